"""A mistake in the environment stops the start, with a message on how to correct it."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from tests.management.commands import ROOT, SECRET_KEY, environment, manage
from workbench.environment import VARIABLES, read_environment
from workbench.files import Bucket, Folder

BAD = [
    ("SECRET_KEY", ""),
    ("HTTPS", "enabled"),
    ("HTTPS", ""),
    ("DEBUG", "banana"),
    ("WORKER", "yes"),
    ("BEHIND_PROXY", "nginx"),
    ("DATABASE_URL", ""),
    ("DATABASE_URL", "desk.example.org"),
    ("DATABASE_URL", "mysql://user:hunter2@host/name"),
    ("DATABASE_URL", "postgres://user:hunter2@host:port/name"),
    ("DATABASE_URL", "postgres://"),
    ("DATABASE_POOL_MAX", "many"),
    ("DATABASE_POOL_MIN", "-1"),
    ("REPLICA_DATABASE_URL", "desk.example.org"),
    ("REPLICA_DATABASE_URL", "sqlite:////var/hunter2/desk.sqlite3"),
    ("REPLICA_MAX_LAG", "0"),
    ("FILES_URL", "/mnt/desk"),
    ("FILES_URL", "file:///dev/null/desk"),
    ("FILES_URL", "s3:///prefix"),
    ("FILES_URL", "s3://user:hunter2@bucket/prefix"),
    ("FILES_URL", "s3://bucket?endpoint=s3.example.org"),
    ("FILES_URL", "s3://bucket?key=hunter2"),
    ("FILES_URL", "https://bucket.s3.example.org"),
    ("TIME_ZONE", "Mars/Olympus"),
    ("TIME_ZONE", "../../etc/passwd"),
    ("DATA_DIR", ""),
    ("DATA_DIR", "/dev/null/data"),
    ("ALLOWED_HOSTS", "https://desk.example.org"),
    ("ALLOWED_HOSTS", "desk.example.org desk.example.com"),
    ("CSRF_TRUSTED_ORIGINS", "desk.example.org"),
    ("CSRF_TRUSTED_ORIGINS", "https://desk.example.org/path"),
    ("PUBLIC_URL", "desk.example.org"),
    ("PUBLIC_URL", "//desk.example.org"),
    ("FETCH_ALLOW", "https://wire.intern"),
    ("PUBLIC_URL", "https://desk.example.org#top"),
    ("PUBLIC_URL", "https://desk.example.org:99999"),
    ("CAPTURE_EVIDENCE", "perhaps"),
    ("CAPTURE_PICTURES", "/nowhere/chromium"),
    ("CAPTURE_PICTURES", "chromium"),
    ("TIMESTAMP_AUTHORITY", "tsa.example.org"),
    ("TIMESTAMP_AUTHORITY", "ftp://tsa.example.org/"),
    ("TIMESTAMP_CERTIFICATES", "/dev/null"),
    ("TIMESTAMP_CERTIFICATES", "/nowhere/authority.pem"),
    ("BIND", "nowhere"),
    ("BIND", "127.0.0.1:99999"),
    ("WEB_CONCURRENCY", "0"),
    ("WEB_CONCURRENCY", "two"),
    ("LOG_FORMAT", "xml"),
    ("LOG_HEADS", "/nowhere/heads.txt"),
    ("LOG_HEADS", "/"),
    ("METRICS_TOKEN", "hunter2"),
    ("METRICS_TOKEN", "hunter2 and a space in it"),
    ("LOG_LEVEL", "loud"),
    ("REQUIRE_SECOND_FACTOR", "boss"),
    ("EMAIL_URL", "mail.example.org"),
    ("EMAIL_URL", "imap://user:hunter2@mail.example.org"),
    ("EMAIL_FROM", "desk"),
    ("EMAIL_FROM", "Desk <everybody>"),
    ("OIDC_ISSUER", "login.example.org"),
    ("OIDC_ISSUER", "http://login.example.org"),
    ("OIDC_ROLES", "checkers"),
    ("OIDC_ROLES", "checkers=boss"),
    ("OIDC_ROLES", "=editor"),
    ("KEEP_INBOX_DAYS", "0"),
    ("KEEP_EXPORTS_DAYS", "-1"),
    ("KEEP_NOTIFICATIONS_DAYS", "3651"),
    ("KEEP_TASKS_DAYS", "a week"),
    ("KEEP_LOGINS_DAYS", ""),
    ("KEEP_DRAFTS_DAYS", "1.5"),
    ("CHECK_LINKS_DAYS", "monthly"),
    ("ARCHIVE_URL", "https://archive.example.org/save"),
    ("ARCHIVE_URL", "archive.example.org"),
    ("ARCHIVE_KEY", "key without a secret"),
    ("ARCHIVE_KEY", "key:"),
]


@pytest.fixture
def good(tmp_path) -> dict[str, str]:
    return {"SECRET_KEY": SECRET_KEY, "DATA_DIR": str(tmp_path)}


@pytest.mark.parametrize(("name", "value"), BAD)
def test_what_is_not_understood_is_named_in_one_line_with_what_it_takes(good, name, value):
    with pytest.raises(ImproperlyConfigured) as refused:
        read_environment({**good, name: value})
    (line,) = str(refused.value).splitlines()
    assert line.startswith(f"{name} is ")
    assert VARIABLES[name].takes in line
    assert "hunter2" not in line


@pytest.mark.parametrize(
    ("name", "value", "read"),
    [
        ("HTTPS", "OFF", False),
        ("ALLOWED_HOSTS", "desk.example.org, .example.com,127.0.0.1,[::1]", None),
        ("ALLOWED_HOSTS", "", []),
        ("CSRF_TRUSTED_ORIGINS", "https://*.example.org,http://desk.intern:8000", None),
        ("PUBLIC_URL", "https://desk.example.org/", "https://desk.example.org"),
        ("PUBLIC_URL", "", ""),
        ("FETCH_ALLOW", "wire.intern:8080,[::1]:80", ["wire.intern:8080", "[::1]:80"]),
        ("BIND", "0.0.0.0:80", "0.0.0.0:80"),
        ("BIND", "unix:/run/desk.sock", "unix:/run/desk.sock"),
        ("WEB_CONCURRENCY", "12", 12),
        ("REQUIRE_SECOND_FACTOR", "chief, administrator", None),
        ("OIDC_ROLES", "cn=desk=editor, heads=chief", {"cn=desk": "editor", "heads": "chief"}),
        ("KEEP_DRAFTS_DAYS", "0", 0),
        ("KEEP_INBOX_DAYS", "1", 1),
        ("CHECK_LINKS_DAYS", "30", 30),
        ("ARCHIVE_KEY", "a:b:c", "a:b:c"),
    ],
)
def test_what_is_understood(good, name, value, read):
    found = read_environment({**good, name: value})[name]
    assert found == (value.replace(" ", "").split(",") if read is None else read)


def test_without_a_database_address_it_lies_in_the_data_folder(good, tmp_path):
    found = read_environment(good)
    assert found["DATABASE_URL"]["NAME"] == str(tmp_path / "workbench.sqlite3")


@pytest.mark.parametrize(
    ("url", "read"),
    [
        ("s3://desk", Bucket("desk", "", None, None)),
        (
            "s3://desk/news/two/?endpoint=http://10.0.0.7:9000&region=eu-1",
            Bucket("desk", "news/two", "http://10.0.0.7:9000", "eu-1"),
        ),
        ("", None),
    ],
)
def test_files_are_in_a_bucket_or_in_the_data_folder(good, url, read):
    assert read_environment({**good, "FILES_URL": url})["FILES_URL"] == read


def test_files_are_in_another_folder(good, tmp_path):
    found = read_environment({**good, "FILES_URL": f"file://{tmp_path}/on%20a%20share"})
    assert found["FILES_URL"] == Folder(tmp_path / "on a share")
    assert found["FILES_URL"].path.is_dir()


@pytest.mark.parametrize("named", ["FILES_KEY_ID", "FILES_SECRET_KEY"])
def test_a_key_needs_its_other_half(good, named):
    (missing,) = {"FILES_KEY_ID", "FILES_SECRET_KEY"} - {named}
    with pytest.raises(ImproperlyConfigured, match=f"^{missing} is empty"):
        read_environment({**good, named: "hunter2"})


def test_a_replica_needs_a_primary(good):
    asked = {**good, "REPLICA_DATABASE_URL": "postgres://desk:hunter2@second/desk"}
    with pytest.raises(
        ImproperlyConfigured, match="does not name a PostgreSQL database"
    ) as refused:
        read_environment(asked)
    assert "hunter2" not in str(refused.value)
    assert read_environment({**asked, "DATABASE_URL": "postgres://desk@first/desk"})


def test_without_a_number_the_server_has_a_process_for_each_core_up_to_four(good):
    assert read_environment(good)["WEB_CONCURRENCY"] == min(os.cpu_count() or 1, 4)


def test_a_mail_server_is_reached_as_its_address_says_and_needs_a_sender(good):
    asked = {**good, "EMAIL_URL": "smtp+tls://desk:hunter2@mail.example.org:587"}
    with pytest.raises(ImproperlyConfigured, match=r"^EMAIL_FROM is empty, and EMAIL_URL is set"):
        read_environment(asked)
    found = read_environment({**asked, "EMAIL_FROM": "The desk <desk@example.org>"})["EMAIL_URL"]
    assert (found["EMAIL_HOST"], found["EMAIL_PORT"], found["EMAIL_USE_TLS"]) == (
        "mail.example.org",
        587,
        True,
    )
    assert (found["EMAIL_HOST_USER"], found["EMAIL_HOST_PASSWORD"]) == ("desk", "hunter2")


def test_a_provider_needs_what_it_gave_to_this_workbench(good):
    with pytest.raises(ImproperlyConfigured) as refused:
        read_environment({**good, "OIDC_ISSUER": "https://login.example.org"})
    assert [line.split()[0] for line in str(refused.value).splitlines()] == [
        "OIDC_CLIENT_ID",
        "OIDC_CLIENT_SECRET",
    ]


def test_an_archive_needs_a_key(good):
    asked = {**good, "ARCHIVE_URL": "https://archive.example.org"}
    with pytest.raises(ImproperlyConfigured, match=r"^ARCHIVE_KEY is empty, and ARCHIVE_URL"):
        read_environment(asked)
    found = read_environment(
        {**asked, "ARCHIVE_URL": f"{asked['ARCHIVE_URL']}/", "ARCHIVE_KEY": "k:s"}
    )
    assert (found["ARCHIVE_URL"], found["ARCHIVE_KEY"]) == (asked["ARCHIVE_URL"], "k:s")


def test_an_authority_needs_the_certificates_that_it_is_trusted_by(good, tmp_path):
    asked = {**good, "TIMESTAMP_AUTHORITY": "https://tsa.example.org/tsr"}
    with pytest.raises(ImproperlyConfigured, match=r"^TIMESTAMP_CERTIFICATES is empty, and TIME"):
        read_environment(asked)
    file = tmp_path / "authority.pem"
    file.write_text("-----BEGIN CERTIFICATE-----\n")
    found = read_environment({**asked, "TIMESTAMP_CERTIFICATES": str(file)})
    assert found["TIMESTAMP_CERTIFICATES"] == file.read_bytes()


def test_every_fault_is_named_at_once(good):
    with pytest.raises(ImproperlyConfigured) as refused:
        read_environment({**good, **dict(reversed(BAD))})
    assert {line.split()[0] for line in str(refused.value).splitlines()} == {
        name for name, _value in BAD
    }


@pytest.mark.parametrize(
    "command",
    [
        ["manage.py", "check"],
        ["-m", "gunicorn", "--config", "python:workbench.server", "workbench.wsgi"],
    ],
)
def test_neither_a_command_nor_the_server_starts_and_each_says_why_in_a_line(good, command):
    ended = subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env=environment(**good, HTTPS="enabled"),
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 78
    assert ended.stdout == ""
    assert ended.stderr == (
        "Configuration: HTTPS is “enabled”, which is not valid: set it to on or off.\n"
    )


def test_the_command_line_starts_with_what_is_understood(good):
    assert manage("check", env=environment(**good)).returncode == 0


def test_sqlite_has_each_commit_on_the_disk_before_it_is_acknowledged(good):
    asked = "from django.db import connection as c; print(c.cursor().execute('PRAGMA synchronous').fetchone())"
    full = "(2,)"
    assert manage("shell", "-v0", "-c", asked, env=environment(**good)).stdout.strip() == full


def test_the_manual_lists_every_variable_and_no_other():
    running = Path(ROOT, "docs", "running.md").read_text()
    table = running.partition("| variable | what it is |")[2].partition("\n\n")[0]
    listed = re.findall(
        r"`([A-Z_]+)`", "\n".join(row.split("|")[1] for row in table.splitlines()[2:])
    )
    assert sorted(listed) == sorted(VARIABLES)
