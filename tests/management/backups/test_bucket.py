"""Backups of files in a bucket, and restored into one."""

from collections.abc import Iterator

import pytest

from tests.buckets import new_bucket, s3_server
from tests.management.backups.conftest import DIGESTS, Env, backed_up, done, refused

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with s3_server() as address:
        yield address


def test_files_go_into_a_bucket_and_come_back(server, backup, empty, tmp_path):
    bucket = new_bucket(server)
    first: Env = empty() | bucket
    done("restore", backup, env=first)
    target = tmp_path / "of the bucket"
    folder = backed_up(first, target)
    for digest in DIGESTS:
        assert (folder / "files" / digest).read_bytes() == (backup / "files" / digest).read_bytes()
    # What has not changed is not fetched again.
    assert "of which 0 were copied" in done("backup", target, env=first)
    # The bucket has the files already, and they are the same.
    done("restore", folder, env=empty() | bucket)


def test_a_bucket_that_has_another_file_of_that_name_is_left_alone(server, backup, empty):
    bucket = new_bucket(server)
    put = "from django.core.files.base import ContentFile as F;"
    put += "from django.core.files.storage import default_storage as s;"
    put += f"s.save('{DIGESTS[0]}', F(b'Something else.'))"
    env: Env = empty() | bucket
    done("shell", "--no-imports", "-c", put, env=env)
    said = refused("restore", backup, env=env)
    assert f"{DIGESTS[0]} is already stored with different contents" in said


def test_without_the_server_no_backup_is_taken(backup, empty, tmp_path):
    env = empty() | {"FILES_URL": "s3://desk?endpoint=http://127.0.0.1:1&region=eu-1"}
    env |= {"FILES_KEY_ID": "a", "FILES_SECRET_KEY": "b"}
    assert "the file storage cannot be used" in refused("restore", backup, env=env)
