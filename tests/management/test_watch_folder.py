"""Importing from a watched folder: when files are read, where they are moved, and what a kill leaves behind."""

import os
import select
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import DataError, OperationalError, connection

from claims.management.watched_folder import MAX_TOLD, WatchedFolder
from claims.models import Article
from tests.bounds import at_most
from tests.management.commands import ROOT, manage, on_file

RAIN = "---\nheadline: Rain\n---\nRain fell, Ada Venn said.\n"
SNOW = "---\nheadline: Snow\n---\nSnow fell, officials said.\n"
EMPTY = "---\nheadline: Nothing\n---\n"
RECORDS = (
    '{"headline": "Rain", "body": "Rain fell, Ada Venn said."}\n'
    "no JSON\n"
    '{"headline": "Snow", "body": "Snow fell, officials said."}\n'
)


@pytest.fixture
def folder(tmp_path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    return folder


@pytest.fixture
def watched(folder, db) -> WatchedFolder:
    watched = WatchedFolder(folder)
    watched.prepare()
    return watched


def look(watched: WatchedFolder) -> list[str]:
    return [f"{told.name}: {told.text}" for told in watched.look()]


def after_two_looks(watched: WatchedFolder) -> list[str]:
    return look(watched) + look(watched)


def files(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def headlines() -> list[str]:
    return sorted(Article.objects.values_list("headline", flat=True))


def ferry(text: str) -> str:
    return f"---\nheadline: Ferry\nurl: https://c.example.org/ferry\n---\n{text}\n"


class TestReading:
    def test_a_file_is_imported_once_it_stands_still(self, folder, watched):
        path = folder / "rain.md"
        path.write_text(RAIN[:-10])
        assert look(watched) == []
        path.write_text(RAIN)
        assert look(watched) == []
        assert not headlines()
        assert look(watched) == ["rain.md: imported (now imported/rain.md)"]
        assert headlines() == ["Rain"]
        assert files(folder) == ["imported/rain.md"]

    def test_a_file_of_one_size_that_is_still_written_is_left(self, folder, watched):
        path = folder / "rain.md"
        path.write_text(RAIN)
        look(watched)
        os.utime(path, ns=(1, 1))
        assert look(watched) == []
        assert files(folder) == ["rain.md"]

    def test_the_oldest_comes_first(self, folder, watched):
        for number, name in enumerate(["c.md", "a.md", "b.md"]):
            (folder / name).write_text(RAIN)
            os.utime(folder / name, ns=(number, number))
        assert [line[:4] for line in after_two_looks(watched)] == ["c.md", "a.md", "b.md"]

    def test_what_cannot_be_read_is_put_aside_with_the_reason(self, folder, watched):
        (folder / "a.md").write_text(EMPTY)
        (folder / "b.MD").write_text(SNOW)
        (said, _) = sorted(after_two_looks(watched))
        assert said.startswith("a.md: refused: There is no text to split")
        assert files(folder) == ["imported/b.MD", "refused/a.md", "refused/a.md.why.txt"]
        assert "a.md: refused: There is no text to split" in (
            folder / "refused" / "a.md.why.txt"
        ).read_text(encoding="utf-8")
        assert look(watched) == []

    def test_of_an_archive_the_refused_records_are_told_by_their_lines(self, folder, watched):
        (folder / "wire.jsonl").write_text(RECORDS)
        assert after_two_looks(watched) == [
            "wire.jsonl: 2 imported, 1 refused (now refused/wire.jsonl)"
        ]
        assert headlines() == ["Rain", "Snow"]
        _head, line = (folder / "refused" / "wire.jsonl.why.txt").read_text().splitlines()
        assert "line 2: This line cannot be read: it must be a JSON object" in line

    def test_an_archive_that_was_mended_comes_in_again(self, folder, watched):
        (folder / "wire.jsonl").write_text(RECORDS)
        after_two_looks(watched)
        (folder / "refused" / "wire.jsonl").rename(folder / "wire.jsonl")
        (folder / "wire.jsonl").write_text(RECORDS.replace("no JSON\n", ""))
        assert after_two_looks(watched) == ["wire.jsonl: 2 already here (now imported/wire.jsonl)"]

    def test_of_a_great_many_refused_records_the_first_are_told(self, folder, watched):
        (folder / "wire.jsonl").write_text("x\n" * (MAX_TOLD + 1))
        (said,) = after_two_looks(watched)
        assert f"{MAX_TOLD + 1} refused" in said
        reasons = (folder / "refused" / "wire.jsonl.why.txt").read_text().splitlines()
        assert len(reasons) == 1 + MAX_TOLD

    def test_a_text_that_is_not_taken_over_is_no_file_that_is_in(self, folder, watched):
        (folder / "ferry.md").write_text(ferry("The ferry is safe, Bo Lind said."))
        after_two_looks(watched)
        (folder / "ferry.md").write_text(ferry("The ferry is closed, Bo Lind said."))
        (said,) = after_two_looks(watched)
        assert "left unchanged" in said
        assert "a different text" in (folder / "refused" / "ferry.md.why.txt").read_text()

    def test_with_update_it_is_taken_over(self, folder, db):
        watched = WatchedFolder(folder, update=True)
        (folder / "ferry.md").write_text(ferry("The ferry is safe, Bo Lind said."))
        after_two_looks(watched)
        (folder / "ferry.md").write_text(ferry("The ferry is closed, Bo Lind said."))
        (said,) = after_two_looks(watched)
        assert said.endswith("(now imported/ferry-2.md)")
        assert "closed" in Article.objects.get().current_revision().body

    @pytest.mark.parametrize(
        "name",
        [
            "photo.jpg",
            "rain",
            "rain.md.part",
            "rain.md.tmp",
            "rain.md.crdownload",
            ".rain.md",
            ".~lock.rain.docx#",
            "~$rain.docx",
            "rain.md.why.txt",
        ],
    )
    def test_files_of_other_kinds_are_left_alone(self, folder, watched, name):
        (folder / name).write_text(RAIN)
        assert after_two_looks(watched) == []
        assert files(folder) == [name]

    def test_a_file_that_a_browser_has_begun_is_left_until_it_is_whole(self, folder, watched):
        (folder / "rain.md").touch()
        (folder / "rain.md.part").write_text(RAIN[:9])
        assert after_two_looks(watched) == []
        (folder / "rain.md.part").write_text(RAIN)
        (folder / "rain.md.part").replace(folder / "rain.md")
        assert after_two_looks(watched) == ["rain.md: imported (now imported/rain.md)"]

    def test_folders_links_and_pipes_are_left_alone(self, folder, watched, tmp_path):
        (tmp_path / "secret.md").write_text(RAIN)
        (folder / "linked.md").symlink_to(tmp_path / "secret.md")
        (folder / "folder.md").mkdir()
        (folder / "folder.md" / "rain.md").write_text(RAIN)
        os.mkfifo(folder / "pipe.md")
        assert after_two_looks(watched) == []
        assert not headlines()

    def test_a_name_that_is_no_text_is_shown_on_one_line(self, folder, watched):
        Path(os.fsdecode(os.fsencode(folder / "two\nlines-") + b"\xff.md")).write_text(RAIN)
        assert after_two_looks(watched) == [
            "two\ufffdlines-\ufffd.md: imported (now imported/two\ufffdlines-\ufffd.md)"
        ]

    def test_a_fault_of_the_workbench_is_told_and_keeps_no_other_file_out(
        self, folder, watched, caplog
    ):
        (folder / "rain.md").write_text(RAIN)
        (folder / "snow.md").write_text(SNOW)

        def fail(execute, sql, params, many, context):
            if "Rain" in map(str, params or ()):
                raise DataError("out of range")
            return execute(sql, params, many, context)

        with connection.execute_wrapper(fail):
            assert any(
                "an internal error occurred (DataError)" in line
                for line in after_two_looks(watched)
            )
        assert headlines() == ["Snow"]
        assert "refused/rain.md" in files(folder)
        assert "out of range" in caplog.text


class TestPuttingAway:
    def test_a_name_that_is_taken_gets_a_number_and_nothing_is_overwritten(self, folder, watched):
        (folder / "imported" / "rain.md").write_text("the first")
        for number in (2, 3):
            (folder / "rain.md").write_text(RAIN.replace("Rain", f"Rain {number}"))
            assert after_two_looks(watched) == [
                f"rain.md: imported (now imported/rain-{number}.md)"
            ]
        assert files(folder / "imported") == ["rain-2.md", "rain-3.md", "rain.md"]
        assert (folder / "imported" / "rain.md").read_text() == "the first"
        assert "Rain 2" in (folder / "imported" / "rain-2.md").read_text()

    def test_the_longest_name_has_room_for_its_reason(self, folder, watched):
        (folder / f"{'é' * 126}.md").write_text(EMPTY)
        after_two_looks(watched)
        kept, reason = files(folder / "refused")
        assert kept == f"{'é' * 50}.md"
        assert reason == f"{kept}.why.txt"

    def test_a_reason_stands_below_an_older_one(self, folder, watched):
        (folder / "refused" / "a.md.why.txt").write_text("an older reason\n")
        (folder / "a.md").write_text(EMPTY)
        after_two_looks(watched)
        first, second = (folder / "refused" / "a.md.why.txt").read_text().splitlines()
        assert first == "an older reason"
        assert "no text to split" in second

    def test_no_reason_is_written_through_a_link(self, folder, watched, tmp_path):
        (tmp_path / "notes.txt").write_text("notes")
        (folder / "refused" / "a.md.why.txt").symlink_to(tmp_path / "notes.txt")
        (folder / "a.md").write_text(EMPTY)
        (said,) = after_two_looks(watched)
        assert said.startswith("a.md: left in place: ")
        assert (tmp_path / "notes.txt").read_text() == "notes"

    def test_what_cannot_be_moved_is_told_once_and_moved_when_it_can_be(self, folder, watched):
        (folder / "imported").rmdir()
        (folder / "imported").write_text("no folder")
        (folder / "rain.md").write_text(RAIN)
        (said,) = after_two_looks(watched)
        assert said.startswith("rain.md: left in place: ")
        assert after_two_looks(watched) == []
        assert headlines() == ["Rain"]
        (folder / "imported").unlink()
        assert look(watched) == ["rain.md: imported (now imported/rain.md)"]

    def test_a_file_that_is_replaced_while_it_is_read_is_read_anew(self, folder, watched):
        (folder / "rain.md").write_text(RAIN)
        look(watched)

        def replace(execute, sql, params, many, context):
            (folder / "rain.md").write_text(RAIN.replace("Rain", "More rain"))
            return execute(sql, params, many, context)

        with connection.execute_wrapper(replace):
            assert look(watched) == []
        assert files(folder) == ["rain.md"]
        assert after_two_looks(watched) == ["rain.md: imported (now imported/rain.md)"]
        assert headlines() == ["More rain", "Rain"]

    def test_a_file_that_was_imported_and_not_yet_moved_is_moved(self, folder, watched):
        call_command("import_articles", _written(folder / "rain.md", RAIN), verbosity=0)
        assert after_two_looks(watched) == ["rain.md: already here (now imported/rain.md)"]
        assert headlines() == ["Rain"]

    def test_two_watchers_take_a_file_once(self, folder, watched):
        (folder / "rain.md").write_text(RAIN)
        other = WatchedFolder(folder)
        look(watched)
        look(other)
        said = []

        def take_first(execute, sql, params, many, context):
            if not said:
                said.append("…")
                said[:] = look(other)
            return execute(sql, params, many, context)

        # The other one comes and goes while this one is at it.
        with connection.execute_wrapper(take_first):
            assert look(watched) == []
        assert said == ["rain.md: imported (now imported/rain.md)"]
        assert files(folder) == ["imported/rain.md"]
        assert headlines() == ["Rain"]


def _written(path: Path, text: str) -> str:
    path.write_text(text)
    return str(path)


class Run:
    """One run of the command: what it said where, and its exit status."""

    def __init__(self, folder: Path, stdout: StringIO | None = None, **options: object) -> None:
        out, err = stdout or StringIO(), StringIO()
        self.status, self.end = 0, ""
        try:
            call_command("watch_folder", str(folder), every=0, stdout=out, stderr=err, **options)
        except CommandError as error:
            self.status, self.end = error.returncode, str(error)
        self.out, self.err = out.getvalue(), err.getvalue()


class Ending(StringIO):
    """Standard output to someone who ends the command at the first line that says this."""

    def __init__(self, word: str) -> None:
        super().__init__()
        self._word = word

    def write(self, text: str) -> int:
        if self._word in text:
            signal.raise_signal(signal.SIGTERM)
        return super().write(text)


PATIENCE = 300
"""Seconds after which a command that says nothing fails its test."""


@pytest.fixture
def _not_for_ever():
    """A command that fails to end fails its test. Most steps by far are the first reading of the splitter's model."""
    with at_most(200_000_000):
        yield


@pytest.mark.django_db
@pytest.mark.usefixtures("_not_for_ever")
class TestCommand:
    def test_once_imports_what_stands_still_with_the_time_before_each_line(self, folder):
        (folder / "rain.md").write_text(RAIN)
        run = Run(folder, once=True)
        assert (run.status, run.err) == (0, "")
        day, _, rest = run.out.partition(" ")
        assert day.count("-") == 2
        assert rest.endswith(" rain.md: imported (now imported/rain.md)\n")

    def test_once_says_by_its_status_that_something_is_not_in(self, folder):
        (folder / "rain.md").write_text(RAIN)
        (folder / "empty.md").write_text(EMPTY)
        run = Run(folder, once=True)
        assert (run.status, run.end) == (1, "1 files were not imported, or only in part.")
        assert "empty.md: refused" in run.err
        assert headlines() == ["Rain"]

    def test_at_verbosity_0_only_what_is_not_in_is_said(self, folder):
        (folder / "rain.md").write_text(RAIN)
        run = Run(folder, once=True, verbosity=0)
        assert (run.status, run.out, run.err) == (0, "", "")

    @pytest.mark.parametrize("place", ["missing", "file", "."])
    def test_a_folder_that_cannot_be_watched_is_said(self, folder, place):
        (folder / "file").touch()
        (folder / "refused").touch()
        run = Run(folder / place)
        assert run.status == 2
        assert run.end.startswith(f"{folder / place} cannot be watched: ")

    def test_told_to_end_it_ends_after_the_article_at_hand(self, folder):
        usual = signal.getsignal(signal.SIGTERM)
        for number, text in enumerate([RAIN, SNOW]):
            (folder / f"{number}.md").write_text(text)
            os.utime(folder / f"{number}.md", ns=(number, number))
        run = Run(folder, Ending("0.md: imported"))
        assert run.status == 0
        assert headlines() == ["Rain"]
        assert files(folder) == ["1.md", "imported/0.md"]
        assert signal.getsignal(signal.SIGTERM) == usual

    def test_told_to_end_within_an_archive_it_leaves_the_rest_for_the_next_time(self, folder):
        (folder / "wire.jsonl").write_text(RECORDS)

        def end(execute, sql, params, many, context):
            if sql.startswith("INSERT"):
                signal.raise_signal(signal.SIGINT)
                signal.signal(signal.SIGINT, signal.SIG_IGN)
            return execute(sql, params, many, context)

        with connection.execute_wrapper(end):
            assert Run(folder).status == 0
        assert headlines() == ["Rain"]
        assert files(folder) == ["wire.jsonl"]

    def test_a_database_that_is_away_is_waited_for_and_said_once(self, folder):
        (folder / "rain.md").write_text(RAIN)
        left = [3]

        def away(execute, sql, params, many, context):
            if left[0]:
                left[0] -= 1
                raise OperationalError("no route\nto host")
            return execute(sql, params, many, context)

        with connection.execute_wrapper(away):
            run = Run(folder, Ending("continuing"))
        assert run.status == 0
        (line,) = run.err.splitlines()
        assert line.endswith(" waiting for the database: no route to host")
        assert "rain.md: imported" in run.out
        assert headlines() == ["Rain"]

    def test_once_does_not_wait_for_a_database(self, folder):
        (folder / "rain.md").write_text(RAIN)

        def away(*_):
            raise OperationalError("no route to host")

        with connection.execute_wrapper(away):
            run = Run(folder, once=True)
        assert (run.status, run.end) == (1, "Not all could be imported: no route to host")
        assert files(folder) == ["rain.md"]

    @pytest.mark.parametrize("every", ["0", "-1", "nan", "soon"])
    def test_a_time_that_is_none_is_refused(self, folder, every):
        with pytest.raises(CommandError, match="number of seconds"):
            call_command("watch_folder", str(folder), f"--every={every}")


@pytest.fixture
def desk(db, tmp_path) -> dict[str, str]:
    """The environment of a workbench of its own, whose database is empty."""
    env = on_file(tmp_path / "desk.sqlite3")
    if connection.vendor == "sqlite":
        source, copy = connection.settings_dict["NAME"], tmp_path / "desk.sqlite3"
        with closing(sqlite3.connect(source)) as read, closing(sqlite3.connect(copy)) as written:
            read.backup(written)
    else:
        assert manage("migrate", "--verbosity=0", env=env).returncode == 0
    return env


def test_killed_between_import_and_move_nothing_is_lost_or_doubled(folder, desk, tmp_path):
    (folder / "wire.jsonl").write_text(RECORDS.replace("no JSON\n", "no JSON\n" * 2_000))
    (folder / "refused").mkdir()
    reason = folder / "refused" / "wire.jsonl.why.txt"
    # A pipe that nobody reads holds less than the reasons: the watcher waits here, with its articles in.
    os.mkfifo(reason)
    command = [sys.executable, "manage.py", "watch_folder", str(folder), "--every=0.1"]
    pipe = os.open(reason, os.O_RDONLY | os.O_NONBLOCK)
    with subprocess.Popen(command, cwd=ROOT, env=desk) as process:
        writing, _, _ = select.select([pipe], [], [], PATIENCE)
        process.kill()
    os.close(pipe)
    assert writing
    assert process.returncode == -signal.SIGKILL
    assert (folder / "wire.jsonl").exists()
    reason.unlink()

    again = manage("watch_folder", folder, "--once", "--every=0.1", env=desk)
    assert again.returncode == 1
    assert "wire.jsonl: 2000 refused, 2 already here (now refused/wire.jsonl)" in again.stderr
    assert files(folder) == ["refused/wire.jsonl", "refused/wire.jsonl.why.txt"]
    with closing(sqlite3.connect(tmp_path / "desk.sqlite3")) as database:
        found = database.execute("SELECT headline FROM claims_article ORDER BY headline").fetchall()
    assert found == [("Rain",), ("Snow",)]
