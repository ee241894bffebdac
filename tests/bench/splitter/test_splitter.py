"""The splitter's figures by set and genre, and of labelled sentences. No test here measures anything."""

import json

import pytest

from claims.errors import SplittingFailedError
from claims.extraction import Claim
from tests.bench.splitter import checkworthiness
from tests.bench.splitter import mutated as mutated_lines
from tests.bench.splitter.genres import Genres
from tests.bench.splitter.mutated import IN_A_TEXT, mutated, texts
from tests.bench.splitter.put_in import put_in
from tests.extraction.scoring.annotated import read_sets

TEXT = "@@ pier\n<s1>Bo Tarn</s1> <q1>said</q1> <c1>the pier had sunk</c1>.\n"
META = "@@ pier\n# genre: sport\n1 | Bo Tarn | official | | | a | 1 | \n"
TOP = "@@ pier\nthe pier\n"


@pytest.fixture
def genres(tmp_path) -> Genres:
    """Two sets of an article each: the claim of the first is found, and nothing in the second."""
    for name in ("tuned", "unseen"):
        for end, content in (("", TEXT), ("-meta", META), ("-top", TOP)):
            (tmp_path / f"{name}{end}.txt").write_text(content)
    found = Genres(read_sets(tmp_path))
    claim = Claim(((13, 30),), "The pier had sunk", "indirect", 0, source=((0, 7),), cue=((8, 12),))
    found.add({"both": [[claim], []], "rules": [[], []]})
    return found


def test_each_set_has_its_figures(genres):
    assert genres.texts() == ["Bo Tarn said the pier had sunk."] * 2
    figures = {figure.name: figure for figure in genres.figures("make bench-splitting")}
    assert [figures[f"{name}: spans"].value for name in ("tuned", "unseen")] == [100.0, 0.0]
    assert figures["tuned: spans, rules alone"].value == 0.0
    assert (figures["tuned: spans"].is_missed, figures["unseen: spans"].is_missed) == (False, True)
    assert "unseen: speaker" not in figures


def test_each_genre_has_its_figures(genres):
    assert genres.by_genre()["tuned: sport: spans"] == 100.0
    assert genres.by_genre()["unseen: sport: top five"] == 0.0


def test_tables_show_sets_and_genres(genres):
    rows = [[cell.strip() for cell in line.split("|")] for line in genres.tables().splitlines()]
    assert ["", "spans", "100", "0", "88", ""] in rows
    assert [row[1:4] for row in rows if "sport" in row] == [
        ["sport", "100", "0"],
        ["sport", "0", ""],
    ]


def test_mistakes_are_listed(genres):
    assert any("Bo Tarn: the pier had sunk, got nothing" in str(one) for one in genres.mistakes())


def test_labelled_sentences_are_ranked_speech_by_speech(tmp_path, monkeypatch):
    rows = [
        ("one", "0.2", 0),
        ("one", "0.9", 1),
        ("two", "0.9", 0),
        ("two", "0.1", 1),
        ("without a label", "0.9", 0),
        ("two", "nothing", 0),
        ("two", "fails", 0),
    ]
    lines = (json.dumps({"file": one, "text": text, "label": label}) for one, text, label in rows)
    (tmp_path / "debates-train.jsonl").write_text("\n".join(lines))

    def outcome(text: str) -> list[Claim] | SplittingFailedError:
        if text == "fails":
            return SplittingFailedError(where="")
        worth = [0.0, float(text)] if text[0] == "0" else []
        return [Claim(((0, 1),), text, "narration", 0, checkworthiness=one) for one in worth]

    monkeypatch.setattr(checkworthiness, "extract_many", lambda texts, **_: map(outcome, texts))
    (figure,) = checkworthiness.checkworthiness(tmp_path, "make bench-splitting", None)
    assert figure.name == "check-worthiness: debates-train, average precision"
    assert (figure.value, figure.beside, figure.is_missed) == (0.75, 0.375, False)


def test_words_put_into_statements_are_shown(genres):
    as_it_is = Claim(((13, 30),), "The pier had sunk", "indirect", 0)
    other = Claim(((13, 30),), "The [Sund] pier had sunk", "indirect", 0)
    lines = list(put_in(genres.sets, [[as_it_is], [other]], 5))
    assert lines == ["[ ] pier: The [*Sund*] pier had sunk\n    the pier had sunk"]
    assert len(list(put_in(genres.sets, [[other, other], [other]], 2))) == 2


def test_mutated_lines_are_the_same_in_every_run():
    first, second = list(texts(IN_A_TEXT + 3)), list(texts(IN_A_TEXT + 3))
    assert first == second
    assert len(first) == 2
    assert first[0] != first[1]


def test_texts_that_cannot_be_split_are_counted(monkeypatch, capsys):
    def fails(text: str) -> list[Claim]:
        raise SplittingFailedError(where="a rule")

    monkeypatch.setattr(mutated_lines, "extract", fails)
    (figure,) = mutated(IN_A_TEXT + 3, "make bench-splitting-hostile")
    assert (figure.value, figure.is_missed) == (2, True)
    assert capsys.readouterr().out.count("a rule") == 2
