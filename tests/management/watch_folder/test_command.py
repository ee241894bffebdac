"""The command that watches a folder: what it says, how it ends, and what a kill leaves behind."""

import os
import select
import signal
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection

from tests.bounds import at_most
from tests.conftest import headlines
from tests.management.commands import ROOT, manage, reading
from tests.management.watch_folder.watching import EMPTY, RAIN, RECORDS, SNOW, files


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


def test_killed_between_import_and_move_nothing_is_lost_or_doubled(folder, own_database):
    (folder / "wire.jsonl").write_text(RECORDS.replace("no JSON\n", "no JSON\n" * 2_000))
    (folder / "refused").mkdir()
    reason = folder / "refused" / "wire.jsonl.why.txt"
    # A pipe that nobody reads holds less than the reasons: the watcher waits here, with its articles in.
    os.mkfifo(reason)
    command = [sys.executable, "manage.py", "watch_folder", str(folder), "--every=0.1"]
    pipe = os.open(reason, os.O_RDONLY | os.O_NONBLOCK)
    with subprocess.Popen(command, cwd=ROOT, env=own_database) as process:
        writing, _, _ = select.select([pipe], [], [], PATIENCE)
        process.kill()
    os.close(pipe)
    assert writing
    assert process.returncode == -signal.SIGKILL
    assert (folder / "wire.jsonl").exists()
    reason.unlink()

    again = manage("watch_folder", folder, "--once", "--every=0.1", env=own_database)
    assert again.returncode == 1
    assert "wire.jsonl: 2000 refused, 2 already here (now refused/wire.jsonl)" in again.stderr
    assert files(folder) == ["refused/wire.jsonl", "refused/wire.jsonl.why.txt"]
    found = reading(own_database, "SELECT headline FROM claims_article ORDER BY headline")
    assert found == [("Rain",), ("Snow",)]
