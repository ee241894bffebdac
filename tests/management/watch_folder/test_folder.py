"""Importing from a watched folder: when files are read, and where they are moved."""

import os
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import DataError, connection

from claims.management.watched_folder import MAX_TOLD, WatchedFolder
from claims.models import Article
from tests.conftest import headlines
from tests.management.watch_folder.watching import EMPTY, RAIN, RECORDS, SNOW, files


@pytest.fixture
def watched(folder, db) -> WatchedFolder:
    watched = WatchedFolder(folder)
    watched.prepare()
    return watched


def look(watched: WatchedFolder) -> list[str]:
    return [f"{told.name}: {told.text}" for told in watched.look()]


def after_two_looks(watched: WatchedFolder) -> list[str]:
    return look(watched) + look(watched)


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
