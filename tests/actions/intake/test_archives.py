"""Importing archives: whose they are, what can be done with them when, and where they go on."""

import pytest
from django.contrib.admin.models import LogEntry
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile

from claims.actions import add_archive, discard_archive, start_archive, stop_archive
from claims.actions.intake import archives
from claims.actions.intake.archives import import_archive
from claims.choices import JobStatus
from claims.errors import NotPossibleError, TooLargeError
from claims.models import ArchiveImport, ArchiveProblem, Article, Task
from tests.ingest.archives.records import jsonl

pytestmark = pytest.mark.usefixtures("_queued")


def story(number: int) -> dict[str, str]:
    return {
        "headline": f"Bridge {number}",
        "body": f"Bridge number {number} at Ostrey is closed, the mayor said on Wednesday.",
        "url": f"https://courier.example.org/{number}",
    }


@pytest.fixture
def add(editor):
    def add(*records: dict[str, str], name: str = "wire.jsonl") -> ArchiveImport:
        file = SimpleUploadedFile("file", jsonl(*records).encode())
        return add_archive(actor=editor, file=file, name=name)

    return add


def become(archive: ArchiveImport, **fields) -> ArchiveImport:
    ArchiveImport.objects.filter(pk=archive.pk).update(**fields)
    archive.refresh_from_db()
    return archive


def imported(archive: ArchiveImport, work) -> ArchiveImport:
    start_archive(actor=archive.actor, archive_id=archive.pk)
    work()
    archive.refresh_from_db()
    return archive


def test_its_first_records_are_shown_shortened(add):
    archive = add(*map(story, range(6)), story(7) | {"body": "x" * 300})
    assert [each["line"] for each in archive.preview["records"]] == [1, 2, 3, 4, 5]
    assert archive.preview["columns"] == ["headline", "body", "url"]
    long = add(story(1) | {"body": "x" * 201, "published": "2026-01-28"}, {"headline": "No text"})
    shown, problem = long.preview["records"]
    assert shown["text"] == "x" * 200
    assert shown["published"].startswith("2026-01-28")
    assert problem.keys() == {"line", "error"}
    assert not Article.objects.exists()


def test_a_long_name_is_cut(add):
    assert add(story(1), name=f"{'x' * 301}.jsonl").name == "x" * 300


def test_it_may_have_so_many_bytes(add, monkeypatch):
    size = len(jsonl(story(1)).encode())
    monkeypatch.setattr(archives, "MAX_BYTES", size)
    assert add(story(1)).size == size
    monkeypatch.setattr(archives, "MAX_BYTES", size - 1)
    with pytest.raises(TooLargeError):
        add(story(1))


@pytest.mark.parametrize("status", JobStatus)
def test_it_is_started_and_stopped_when_that_makes_sense(add, status):
    may_start = status in {JobStatus.PREVIEW, JobStatus.STOPPED, JobStatus.FAILED}
    may_stop = status in {JobStatus.WAITING, JobStatus.RUNNING}
    archive = become(add(story(1)), status=status, error="It failed.")
    own = {"actor": archive.actor, "archive_id": archive.pk}
    stopped = stop_archive(**own)
    assert (stopped.status == JobStatus.STOPPED) == (may_stop or status == JobStatus.STOPPED)
    become(archive, status=status)
    started = start_archive(**own)
    assert started.status == (JobStatus.WAITING if may_start else status)
    assert started.error == ("" if may_start else "It failed.")
    assert Task.objects.count() == may_start


@pytest.mark.parametrize("act", [start_archive, stop_archive, discard_archive])
def test_nobody_else_does_anything_with_it(add, chief, act):
    archive = become(add(story(1)), status=JobStatus.RUNNING)
    with pytest.raises(NotPossibleError, match="someone else"):
        act(actor=chief, archive_id=archive.pk)
    assert become(archive).status == JobStatus.RUNNING


def test_discarded_it_is_gone_with_its_file(add, editor, django_capture_on_commit_callbacks):
    archive, other = add(story(1)), add(story(2))
    with django_capture_on_commit_callbacks(execute=True):
        for _time in range(2):
            discard_archive(actor=editor, archive_id=archive.pk)
    assert ArchiveImport.objects.get() == other
    assert [storages["exports"].exists(each.file) for each in (archive, other)] == [False, True]
    assert LogEntry.objects.count() == 1


def test_each_record_is_counted_as_what_became_of_it(
    add, work, monkeypatch, django_capture_on_commit_callbacks
):
    monkeypatch.setattr(archives, "AT_ONCE", 2)
    other = story(1) | {"body": "Bridge 1 is open again, the mayor said on Thursday."}
    bad = {"headline": "No text"}
    archive = add(story(1), bad, story(2), story(1), other)
    with django_capture_on_commit_callbacks(execute=True):
        archive = imported(archive, work)
    assert (archive.created, archive.here, archive.failed) == (2, 1, 2)
    assert (archive.status, archive.line) == (JobStatus.DONE, 5)
    assert [each.line for each in ArchiveProblem.objects.order_by("line")] == [2, 5]
    assert Article.objects.count() == 2
    assert not storages["exports"].exists(archive.file)


def test_it_goes_on_behind_the_last_line_that_was_read(add, work):
    archive = become(add(*map(story, (1, 2, 3))), line=2)
    assert imported(archive, work).created == 1
    assert Article.objects.get().headline == "Bridge 3"


def test_a_record_that_the_splitter_fails_on_keeps_out_no_other(add, work, monkeypatch):
    split = archives.extraction.extract

    def failing(body: str, **kwargs):
        if "number 1" in body:
            raise ZeroDivisionError
        return split(body, **kwargs)

    monkeypatch.setattr(archives.extraction, "extract", failing)
    archive = imported(add(story(1), story(2)), work)
    assert (archive.created, archive.failed) == (1, 1)


@pytest.mark.parametrize(
    ("status", "attempt", "goes"),
    [
        (JobStatus.WAITING, 1, True),
        (JobStatus.RUNNING, 1, False),
        (JobStatus.RUNNING, 2, True),
        (JobStatus.STOPPED, 2, False),
    ],
)
def test_only_one_worker_imports_it(add, status, attempt, goes):
    class Context:
        pass

    Context.attempt = attempt
    archive = become(add(story(1)), status=status)
    assert import_archive.func(Context, archive.pk) is None
    assert Article.objects.exists() is goes
    assert become(archive).status == (JobStatus.DONE if goes else status)


def test_a_file_that_is_gone_or_damaged_is_told(add, work):
    gone = add(story(1))
    storages["exports"].delete(gone.file)
    damaged = become(add(story(2)), name="wire.odd")
    assert imported(gone, work).error == "The file is gone."
    assert "format" in imported(damaged, work).error
    assert {gone.status, damaged.status} == {JobStatus.FAILED}
