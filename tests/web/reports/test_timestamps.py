"""Timestamps of published reports: a worker asks for them, pages and files show them, a command checks them."""

import base64
import hashlib
import io
import json
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from claims.actions import draft_report, publish_report, set_public
from claims.models import Report, ReportTimestamp
from claims.queries.reports.editions import both_editions, edition_of
from tests.fetching.authorities import Authority, served


@pytest.fixture
def report(chief, article) -> Report:
    made = draft_report(actor=chief, title="Bridges of May", article=article)
    seen = edition_of(actor=chief, report=made).digest
    return publish_report(actor=chief, report_id=made.pk, seen=seen)


@pytest.fixture
def lead(client, chief) -> Client:
    client.force_login(chief)
    return client


def file_of(client: Client, address: str, report: Report) -> dict:
    return json.loads(client.get(reverse(address, args=[report.pk, "json"])).getvalue())


def test_a_worker_has_both_editions_confirmed(tsa, authority, report, lead, work):
    work()
    internal, public = both_editions(report)
    for edition in (internal, public):
        assert authority.confirms(edition.stamp.response, edition.digest)
    assert internal.stamp != public.stamp
    assert len(tsa.asked) == 2
    work()
    assert len(tsa.asked) == 2
    page = lead.get(reverse("report-editions", args=[report.pk])).content.decode()
    assert page.count(f"{tsa.address} confirms that this digest existed on") == 2


def test_each_file_has_the_timestamp_of_its_own_digest(tsa, authority, report, lead, work):
    before = file_of(lead, "report-file", report)
    assert before["timestamp"] is None
    work()
    files = [file_of(lead, name, report) for name in ("report-file", "report-public-file")]
    for file in files:
        response = base64.b64decode(file["timestamp"]["response"])
        assert authority.confirms(response, file["digest"])
    assert files[0]["digest"] == before["digest"] != files[1]["digest"]


def test_readers_get_it_though_they_had_the_file_before(tsa, report, chief, work):
    set_public(actor=chief, report_id=report.pk, public=True)
    everybody = Client()
    assert file_of(everybody, "public-report-file", report)["timestamp"] is None
    work()
    assert file_of(everybody, "public-report-file", report)["timestamp"]["authority"] == tsa.address


def test_nobody_is_asked_unless_an_authority_is_set(authority, settings, report, lead, work):
    with served(authority) as tsa:
        settings.TIMESTAMP_AUTHORITY = ""
        work()
    assert not tsa.asked
    assert not ReportTimestamp.objects.exists()
    assert "imestamp" not in lead.get(reverse("report-editions", args=[report.pk])).content.decode()


def test_what_goes_wrong_is_shown_and_tried_again_later(tsa, authority, report, lead, work):
    tsa.reply = lambda _query: (503, b"")
    work()
    work()
    assert len(tsa.asked) == 2
    address = reverse("report-editions", args=[report.pk])
    assert "it answered with HTTP status 503" in lead.get(address).content.decode()
    assert file_of(lead, "report-file", report)["timestamp"] is None
    tsa.reply = lambda query: (200, authority.answer(query))
    ReportTimestamp.objects.update(tried_at=timezone.now() - timedelta(minutes=16))
    work()
    assert ReportTimestamp.objects.given().count() == 2
    assert "it answered with" not in lead.get(address).content.decode()


def checked(path, **options) -> str:
    out = io.StringIO()
    call_command("verify_report", path, stdout=out, **options)
    return out.getvalue()


@pytest.fixture
def file(tsa, report, lead, work, tmp_path):
    work()
    path = tmp_path / "report.json"
    path.write_text(json.dumps(file_of(lead, "report-public-file", report)))
    return path


class TestCommand:
    def test_all_holds(self, file, tsa, authority, tmp_path):
        found = checked(file, save_timestamp=tmp_path / "kept.tsr").splitlines()
        assert [line.split()[0] for line in found] == ["holds"] * 3
        digest = json.loads(file.read_text())["digest"]
        assert digest in found[0]
        assert authority.confirms((tmp_path / "kept.tsr").read_bytes(), digest)

    def test_nobody_is_asked(self, file, tsa):
        asked = len(tsa.asked)
        tsa.reply = lambda _query: (500, b"")
        checked(file)
        assert len(tsa.asked) == asked

    def test_what_cannot_be_checked_is_said(self, file, settings):
        settings.TIMESTAMP_CERTIFICATES = b""
        ReportTimestamp.objects.all().delete()
        data = json.loads(file.read_text())
        data["number"] = 10**6
        file.write_text(json.dumps(data))
        found = checked(file)
        assert "not checked  the timestamp by" in found
        assert "not checked  this installation has not published a report" in found
        file.write_text(json.dumps(data | {"timestamp": None}))
        assert "not checked  the file has no timestamp" in checked(file)

    def test_certificates_may_be_named(self, file, settings, authority, tmp_path):
        settings.TIMESTAMP_CERTIFICATES = b""
        assert checked(file, certificates=authority.folder / "root.pem").count("holds") == 3
        other = Authority(tmp_path / "other")
        with pytest.raises(CommandError):
            checked(file, certificates=other.folder / "root.pem")

    def test_the_timestamp_of_other_data_proves_nothing_of_the_file(self, file):
        """The file says that a genuine report was what it first was: anybody can write that into a file."""
        data = json.loads(file.read_text())
        data["report"]["title"] = "Bridges"
        text = json.dumps(data["report"], sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        data["published_digest"] = data["digest"]
        data["digest"], data["number"] = hashlib.sha256(text.encode()).hexdigest(), None
        file.write_text(json.dumps(data))
        found = checked(file)
        assert "not checked  http" in found
        assert "confirms other data" in found
        assert found.count("holds") == 1

    def test_a_changed_file_is_told(self, file):
        data = json.loads(file.read_text())
        data["report"]["title"] = "Bridges of June"
        file.write_text(json.dumps(data))
        out = io.StringIO()
        with pytest.raises(CommandError, match="not what it claims to be"):
            call_command("verify_report", file, stdout=out)
        assert out.getvalue().count("WRONG") == 3

    @pytest.mark.parametrize(
        ("content", "why"),
        [
            (b"%PDF-1.7", "not what it claims to be"),
            (b"PK", "is neither JSON nor PDF"),
            (b"[]", "is not a report's JSON file"),
            (None, "there is no such file"),
        ],
    )
    def test_another_file(self, tmp_path, content, why):
        path = tmp_path / "file"
        if content is not None:
            path.write_bytes(content)
        with pytest.raises(CommandError, match=why):
            checked(path)

    def test_a_timestamp_that_is_none(self, file):
        data = json.loads(file.read_text())
        data["timestamp"]["response"] = "§"
        file.write_text(json.dumps(data))
        with pytest.raises(CommandError):
            checked(file)
