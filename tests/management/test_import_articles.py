"""Importing articles from files and folders: what it says, how far it is, and what a stop leaves."""

import multiprocessing
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from claims.actions import COMMAND, workbench_account
from claims.errors import SplittingFailedError
from claims.extraction.types import Claim as Proposed
from claims.management.bulk_import import import_all
from claims.management.files import records
from claims.management.splitter_pool import Promise, Splitters
from claims.models import Article, Claim
from tests.actions.database import portrait
from tests.conftest import headlines
from tests.management.importing import Run, rain

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path) -> Path:
    """Two articles, one of them in a folder within, and a file of another kind."""
    (tmp_path / "a-rain.md").write_text("---\nheadline: Rain\n---\nRain fell, Ada Venn said.\n")
    (tmp_path / "older").mkdir()
    (tmp_path / "older" / "b-snow.TXT").write_text("Snow in Ostrey\n\nSnow fell, officials said.\n")
    (tmp_path / "photo.jpg").write_bytes(b"\xff\xd8\xff\xe0")
    return tmp_path


def test_a_folder_is_imported_with_those_within(folder):
    run = Run(folder)
    assert (run.status, run.err) == (0, "")
    assert headlines() == ["Rain", "Snow in Ostrey"]
    assert Claim.objects.count() >= 2
    assert run.out.splitlines() == [
        f"[1/2] {folder / 'a-rain.md'}: imported",
        f"[2/2] {folder / 'older' / 'b-snow.TXT'}: imported",
    ]


def test_files_are_imported_in_the_name_of_the_command_line(folder):
    run = Run(folder / "older" / "b-snow.TXT", folder / "a-rain.md")
    assert run.status == 0
    assert {article.imported_by for article in Article.objects.all()} == {workbench_account()}


def test_a_second_run_imports_nothing(folder):
    Run(folder)
    claims = list(Claim.objects.values())
    run = Run(folder)
    assert run.status == 0
    assert run.out.count("already here") == 2
    assert ": imported" not in run.out
    assert list(Claim.objects.values()) == claims
    assert Article.objects.count() == 2


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("b.md", b"---\nheadline: [\n---\nText.", "front matter"),
        ("b.txt", b"\x00\x01\x02\x03" * 50, "does not look like text"),
        ("b.md", b"---\nheadline: Empty\n---\n", "no text to split"),
        ("b.md", b"---\nurl: nowhere\n---\nText.", "not a web address"),
    ],
    ids=["front matter", "binary", "empty", "address"],
)
def test_a_bad_file_is_named_and_the_good_ones_are_in(folder, name, content, said):
    (folder / name).write_bytes(content)
    run = Run(folder)
    assert run.status == 1
    assert headlines() == ["Rain", "Snow in Ostrey"]
    (line,) = run.err.splitlines()
    assert f"{folder / name}: " in line
    assert said in line
    assert run.end == "1 of 3 articles could not be imported."


@pytest.mark.parametrize(
    ("name", "said"), [("gone.md", "there is no such file"), ("photo.jpg", "jpg")]
)
def test_a_file_named_that_cannot_be_read_is_said(folder, name, said):
    run = Run(folder / name, folder / "a-rain.md")
    assert run.status == 1
    assert said in run.err
    assert headlines() == ["Rain"]


def test_a_folder_without_articles_is_nothing_to_do(tmp_path):
    run = Run(tmp_path)
    assert run.status == 2
    assert "No articles found" in run.end


def test_at_verbosity_0_it_is_quiet(folder):
    run = Run(folder, verbosity=0)
    assert (run.status, run.out, run.err) == (0, "", "")
    assert Article.objects.count() == 2


def test_now_and_then_it_says_how_far_it_is(tmp_path, monkeypatch):
    monkeypatch.setattr("claims.management.progress.EVERY", 2)
    path = rain(tmp_path / "rain.jsonl", 5)
    lines = Run(path).out.splitlines()
    assert [line.partition(";")[0] for line in lines] == [
        f"{path}, line 2, 100 % read: 2 imported",
        f"{path}, line 4, 100 % read: 4 imported",
        "5 imported",
    ]


class _Terminal(StringIO):
    def isatty(self) -> bool:
        return True


def test_on_a_terminal_one_line_says_how_far_it_is_and_how_long_it_takes(tmp_path, monkeypatch):
    monkeypatch.setattr("claims.management.progress._PAUSE", -1)
    path = rain(tmp_path / "rain.jsonl", 3)
    path.write_text(path.read_text() + "no JSON\n")
    run = Run(path, out=_Terminal())
    shown = run.out.split("\r")
    assert "100 % read: 2 imported; " in shown[2]
    assert "0:00:00 left" in shown[2]
    assert run.out.endswith("\x1b[K" + run.out.splitlines()[-1].rpartition("\x1b[K")[2] + "\n")
    assert "3 imported, 1 not imported; " in run.out.splitlines()[-1]
    assert "left" not in run.out.splitlines()[-1].rpartition("\r")[2]


class _Idle(Splitters):
    """Fails the test where something is split."""

    def begin(self, text: str) -> Promise:
        pytest.fail(f"split: {text}")


def test_what_is_here_is_not_split_again(tmp_path):
    path = rain(tmp_path / "rain.jsonl", 3)
    Run(path)
    told = list(import_all(records([path]), splitters=_Idle(1), policy=COMMAND))
    assert [str(brought) for _, brought in told] == ["already here"] * 3


class _Unwilling(Splitters):
    """Cannot split one of the articles."""

    def begin(self, text: str, headline: str = "") -> Promise:
        return _Broken(text) if "1 times" in text else super().begin(text, headline)


class _Broken(Promise):
    def claims(self) -> list[Proposed]:
        raise SplittingFailedError(where="RecursionError in cut.py, line 7")


def test_what_the_splitter_stumbles_over_is_said_and_the_others_are_in(tmp_path):
    path = rain(tmp_path / "rain.jsonl", 3)
    told = list(import_all(records([path]), splitters=_Unwilling(1), policy=COMMAND))
    assert [str(brought) for _, brought in told] == [
        "imported",
        str(SplittingFailedError(where="RecursionError in cut.py, line 7")),
        "imported",
    ]
    assert headlines() == ["Rain 0", "Rain 2"]


@pytest.mark.parametrize("number", ["0", "-1", "two"])
def test_the_number_of_processes_is_a_number(tmp_path, number):
    with pytest.raises(CommandError, match="whole number of at least 1"):
        call_command("import_articles", str(tmp_path), f"--processes={number}")


class _Disturbing(StringIO):
    """Does something when the first article is told."""

    def __init__(self, action) -> None:
        super().__init__()
        self._deed = action

    def write(self, text: str) -> int:
        if ": imported" in text and self._deed:
            action, self._deed = self._deed, None
            action()
        return super().write(text)


def _stop() -> None:
    raise KeyboardInterrupt


def _kill_processes() -> None:
    for process in multiprocessing.active_children():
        process.kill()


def test_ctrl_c_stops_it_and_it_goes_on_from_there(tmp_path, monkeypatch):
    monkeypatch.setattr("claims.management.bulk_import.BATCH", 1)
    path = rain(tmp_path / "rain.jsonl", 3)
    run = Run(path, out=_Disturbing(_stop), verbosity=2)
    assert run.status == 130
    assert run.end.startswith("1 imported; ")
    assert (
        "Stopped. Everything imported so far is complete. Run the same command again to continue."
        in run.end
    )
    assert headlines() == ["Rain 0"]
    assert "2 imported, 1 already here" in Run(path).out


def test_several_processes_import_the_same_and_one_that_is_killed_is_said(tmp_path, monkeypatch):
    monkeypatch.setattr("claims.management.bulk_import.BATCH", 2)
    path = rain(tmp_path / "rain.jsonl", 60)
    workbench_account()
    with transaction.atomic():
        Run(path, processes=1)
        alone = portrait()
        transaction.set_rollback(True)
    run = Run(path, processes=2, out=_Disturbing(_kill_processes), verbosity=2)
    assert run.status == 1
    assert "was killed" in run.end
    assert 0 < Article.objects.count() < 60
    assert Run(path, processes=2).status == 0
    assert portrait() == alone
    assert not multiprocessing.active_children()
