"""Exports that a worker writes: whose they are, when they are written, and when they are not."""

import os
from datetime import timedelta

import pytest
from django.utils import timezone

from claims.actions import begin_export, exports, stop_export, write_export
from claims.actions.exports import delete_unfinished, open_export, write_in_background
from claims.choices import JobStatus
from claims.errors import InvalidValueError, NotPossibleError, UnknownReportFormatError
from claims.models import Claim, Export
from claims.renderers.types import Table

LINES = [[str(number)] for number in range(2_001)]


pytestmark = pytest.mark.usefixtures("export_folder")


def begin(actor, **fields) -> Export:
    return begin_export(
        actor=actor, **{"query": "kind=minister", "key": "csv", "total": 1} | fields
    )


def become(export: Export, **fields) -> Export:
    Export.objects.filter(pk=export.pk).update(**fields)
    export.refresh_from_db()
    return export


def write(export: Export, lines=(), **options) -> Export:
    write_export(export, lambda: (len(LINES), Table(("number",), lines)), **options)
    return become(export)


@pytest.mark.parametrize("status", JobStatus)
def test_a_second_click_gives_the_one_that_is_under_way(editor, chief, status):
    first = become(begin(editor), status=status)
    under_way = status in {JobStatus.WAITING, JobStatus.RUNNING}
    assert (begin(editor) == first) is under_way
    assert first not in {begin(chief), begin(editor, key="xlsx"), begin(editor, query="")}


def test_what_cannot_be_begun(editor):
    with pytest.raises(UnknownReportFormatError):
        begin(editor, key="pdf")
    with pytest.raises(InvalidValueError):
        begin(editor, query="x" * 2_001)
    assert begin(editor, query="x" * 2_000).pk


@pytest.mark.parametrize("status", JobStatus)
def test_it_is_stopped_while_it_is_not_over_and_by_its_person(editor, chief, status):
    export = become(begin(editor), status=status)
    with pytest.raises(NotPossibleError, match="someone else"):
        stop_export(actor=chief, export_id=export.pk)
    assert become(export).status == status
    over = status in {JobStatus.DONE, JobStatus.FAILED}
    stopped = stop_export(actor=editor, export_id=export.pk)
    assert stopped.status == (status if over else JobStatus.STOPPED)


@pytest.mark.parametrize(
    ("status", "anew", "written"),
    [
        (JobStatus.WAITING, False, True),
        (JobStatus.WAITING, True, True),
        (JobStatus.RUNNING, False, False),
        (JobStatus.RUNNING, True, True),
        (JobStatus.STOPPED, True, False),
    ],
)
def test_it_is_written_if_it_waits_or_its_worker_died(editor, status, anew, written):
    export = write(become(begin(editor), status=status), LINES, anew=anew)
    assert (export.status == JobStatus.DONE) is written
    assert export.done == (len(LINES) if written else 0)
    if written:
        with open_export(export) as file:
            assert len(file.read()) == export.size > 0


def test_stopped_meanwhile_it_is_not_finished(editor, monkeypatch):
    monkeypatch.setattr(exports, "_TELL_EVERY", -1)
    export = begin(editor)

    def lines():
        yield from LINES[:1_000]
        stop_export(actor=editor, export_id=export.pk)
        yield from LINES[1_000:]

    assert (write(export, lines()).status, export.done) == (JobStatus.STOPPED, 0)
    with pytest.raises(FileNotFoundError):
        open_export(export)


def test_its_progress_is_told_now_and_then(editor, monkeypatch):
    told = []
    export = begin(editor)

    def lines():
        for number, line in enumerate(LINES):
            if number % 1_000 == 1:
                told.append(become(export).done)
            yield line

    write(export, lines())
    assert told == [0, 0]
    told.clear()
    monkeypatch.setattr(exports, "_TELL_EVERY", -1)
    write(become(export, status=JobStatus.WAITING), lines())
    assert told == [0, 1_000]


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (NotPossibleError(why="no."), "no."),
        (OSError(28, "No space left on device"), "No space left on device"),
        (OSError("odd"), "odd"),
    ],
)
def test_a_failure_says_why(editor, error, said):
    def lines():
        raise error
        yield

    export = write(begin(editor), lines())
    assert export.status == JobStatus.FAILED
    assert said in export.error


def test_a_worker_writes_what_its_filter_finds(editor, article):
    class Context:
        attempt = 1

    export = begin(editor)
    assert write_in_background.func(Context, export.pk) is None
    number = Claim.objects.active().filter(source_kind="minister").count()
    assert become(export).done == export.total == number > 0
    assert write_in_background.func(Context, export.pk + 1) is None
    become(export, status=JobStatus.RUNNING, done=0)
    write_in_background.func(Context, export.pk)
    assert become(export).done == 0
    Context.attempt = 2
    write_in_background.func(Context, export.pk)
    assert become(export).done == number


def test_what_killed_writers_left_goes_after_a_day(tmp_path):
    for name, hours in (("tmp1.upload", 25), ("tmp2.upload", 23), ("other", 25)):
        path = tmp_path / name
        path.touch()
        at = (timezone.now() - timedelta(hours=hours)).timestamp()
        os.utime(path, (at, at))
    delete_unfinished()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["other", "tmp2.upload"]
