"""The one table of figures, and the page that keeps it. No test here measures anything."""

import json
import subprocess
import sys
from dataclasses import replace

import pytest

from tests.architecture.test_house import ROOT
from tests.bench.__main__ import SMALL
from tests.bench.figures import BEGIN, END, INTO, Figure, between_marks, rewritten, table, tell

IMPORT = Figure(
    "importing", 9.6, "articles a second", "make bench-intake", "splitting alone", 10.1, least=0.8
)
PAGE = Figure("first page", 71.04, "ms", "make bench-lists", most=60.0)


class TestAims:
    def test_beside_a_peer_the_ratio_counts(self):
        assert (IMPORT.ratio, IMPORT.aim, IMPORT.is_missed) == (0.95, "at least 0.8", False)
        assert replace(IMPORT, value=7).is_missed

    def test_alone_the_value_counts(self):
        assert (PAGE.ratio, PAGE.aim, PAGE.is_missed) == (None, "at most 60 ms", True)
        assert not replace(PAGE, value=60).is_missed

    def test_beside_a_peer_the_value_counts_where_its_figure_says_so(self):
        beside = replace(PAGE, peer="of 5,000", beside=70.0, by_ratio=False)
        assert (beside.ratio, beside.aim, beside.is_missed) == (1.01, "at most 60 ms", True)

    def test_an_aim_without_a_unit(self):
        assert replace(PAGE, unit="").aim == "at most 60"

    def test_nothing_is_missed_without_an_aim(self):
        assert replace(PAGE, most=None).aim == ""
        assert not replace(PAGE, most=None).is_missed

    def test_beside_nothing_there_is_no_ratio(self):
        assert replace(IMPORT, beside=0).ratio is None


def test_a_row_of_the_table():
    lines = table([IMPORT, PAGE]).splitlines()
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    assert cells[0] == [
        "figure",
        "here",
        "compared with, in the same run",
        "ratio",
        "target",
        "command",
    ]
    assert cells[2] == [
        "importing",
        "9.6 articles a second",
        "10.1, splitting alone",
        "0.95",
        "at least 0.8",
        "`make bench-intake`",
    ]
    assert cells[3][1:5] == ["71.0 ms", "", "", "at most 60 ms: missed"]
    assert len({len(line) for line in lines}) == 1


@pytest.mark.parametrize(
    ("value", "told"),
    [(70_500.0, "70,500 ms"), (450.2, "450 ms"), (0.95, "0.95 ms"), (18, "18 ms"), (0, "0 ms")],
)
def test_numbers_are_told_as_people_read_them(value, told):
    assert replace(PAGE, value=value).row()[1] == told


class TestThePage:
    PAGE = f"# Performance\n\nWords.\n\n{BEGIN}\n\n| old |\n\n{END}\n\nMore words.\n"

    def test_its_table_alone_is_another(self):
        page = rewritten(self.PAGE, [IMPORT], "a machine")
        assert page.startswith(f"# Performance\n\nWords.\n\n{BEGIN}\n\n| figure ")
        assert page.endswith(f"\n\nMeasured on a machine.\n\n{END}\n\nMore words.\n")
        assert "| old |" not in page

    def test_twice_is_as_once(self):
        once = rewritten(self.PAGE, [IMPORT], "a machine")
        assert rewritten(once, [IMPORT], "a machine") == once

    @pytest.mark.parametrize(
        "page",
        [
            "no marks",
            f"{BEGIN} without an end",
            f"an end {END} alone",
            f"{END} before {BEGIN}",
            f"{BEGIN}{BEGIN}{END}",
            f"{BEGIN}{END}{END}",
        ],
    )
    def test_without_its_marks_it_is_refused(self, page):
        with pytest.raises(ValueError, match="once each, around its table"):
            rewritten(page, [IMPORT], "a machine")

    def test_the_project_has_one(self):
        """And only that page: figures live in one place."""
        pages = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
        marked = [page.relative_to(ROOT).as_posix() for page in pages if BEGIN in page.read_text()]
        assert marked == ["docs/performance.md"]
        assert rewritten((ROOT / "docs" / "performance.md").read_text(), [IMPORT], "a machine")


def test_the_splitter_s_figures_have_their_place_in_its_model_card():
    card = (ROOT / "claims" / "extraction" / "weights" / "MODEL_CARD.md").read_text()
    assert f"{BEGIN}\n\nfigures\n\n{END}" in between_marks(card, "figures")


def test_values_too_many_for_the_table_are_in_the_last_line(capsys):
    tell("lists", [IMPORT], more={"importing: sport": 3.5})
    *before, last = capsys.readouterr().out.splitlines()
    assert json.loads(last)["figures"] == {"importing": 9.6, "importing: sport": 3.5}
    assert "sport" not in "".join(before)


def test_a_benchmark_hands_its_figures_on(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv(INTO, str(tmp_path / "figures.json"))
    tell("lists", [IMPORT, PAGE], where="SQLite")
    kept = json.loads((tmp_path / "figures.json").read_text())
    assert [Figure.of(row) for row in kept] == [IMPORT, PAGE]
    told = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert told["missed"] == ["first page"]
    assert told["figures"] == {"importing": 9.6, "first page": 71.04}
    assert told["machine"].endswith("SQLite")


@pytest.mark.parametrize("bench", SMALL)
def test_every_benchmark_understands_how_it_is_made_short(bench):
    """With --help at the end, it parses all the arguments before and measures nothing."""
    command = [sys.executable, "-m", f"tests.bench.{bench}", *SMALL[bench], "--help"]
    said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stderr
    assert f"`make bench-{bench}" in said.stdout


def test_make_runs_every_benchmark_by_itself_too():
    makefile = (ROOT / "Makefile").read_text()
    for bench in SMALL:
        assert f"\nbench-{bench}: " in makefile
        assert (
            f"-m tests.bench.{bench} " in makefile + " " or f"-m tests.bench.{bench}\n" in makefile
        )
