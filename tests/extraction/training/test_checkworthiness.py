"""Fitting the learned part of check-worthiness to sentences that people labelled."""

import json
from pathlib import Path

import numpy as np
import pytest

from claims.extraction.statements.checkworthiness_model import read
from claims.extraction.training.checkworthiness import reliability
from claims.extraction.training.checkworthiness.__main__ import main
from claims.extraction.training.checkworthiness.labelled import load
from claims.extraction.training.checkworthiness.logistic import fit, rows, sigmoid

TOWNS = ["Aldmere", "Brackwater", "Corrin", "Dunvale", "Eastholm", "Farrow", "Gant", "Hollin"]
WORTH = ["{} spent {} crowns on salt", "Prices in {} rose by {} per cent", "{} lost {} schools"]
NOT_WORTH = ["Good to be in {} for the {}th time", "Let me say {} word {}", "We love {} in {}"]


def corpus(folder: Path, name: str, *, parts: int = 1, rare: int = 1) -> Path:
    """Write a corpus in which figures of spending are worth checking, and compliments are not."""
    lines = [
        {"file": f"{name}{at % parts}", "text": text.format(town, at + 3), "label": label}
        for label, texts in ((1, WORTH), (0, NOT_WORTH * rare))
        for text in texts
        for at, town in enumerate(TOWNS)
    ]
    path = folder / f"{name}.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    return path


@pytest.fixture
def corpora(tmp_path: Path) -> list[Path]:
    return [corpus(tmp_path, "speeches", parts=4, rare=12), corpus(tmp_path, "letters")]


def run(corpora: list[Path], out: Path) -> None:
    assert main(["--corpus", *map(str, corpora), "--out", str(out)]) == 0


def test_what_is_like_the_examples_comes_first(corpora: list[Path], tmp_path: Path):
    run(corpora, tmp_path / "weights.npz")
    model = read(tmp_path / "weights.npz")
    first, last = (
        model.logit(one) for one in ("Ilder spent 14 crowns on salt", "We love Ilder in May")
    )
    assert first > 0 > last


def test_the_same_corpora_give_the_same_file(corpora: list[Path], tmp_path: Path):
    files = [tmp_path / name for name in ("first.npz", "second.npz")]
    for file in files:
        run(corpora, file)
    first, second = (file.read_bytes() for file in files)
    assert first == second


def test_says_how_it_does_on_what_it_has_not_seen(
    corpora: list[Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    run(corpora, tmp_path / "weights.npz")
    told = capsys.readouterr().out
    assert "speeches: average precision" in told
    assert "letters, fitted to the others alone: average precision" in told
    assert "0.0 to 0.1:" in told


def test_a_debate_is_held_out_whole_and_so_are_copies(corpora: list[Path]):
    sentences = load(corpora)
    folds = sentences.folds()
    speeches = sentences.corpus == 0
    for part in np.unique(sentences.part[speeches]):
        assert len(set(folds[speeches & (sentences.part == part)])) == 1
    assert len(set(folds[~speeches])) > 1
    twin = sentences.texts.index("Aldmere spent 3 crowns on salt")
    others = [at for at, text in enumerate(sentences.texts) if text == sentences.texts[twin]][1:]
    kept = sentences.without_copies(np.array([*others, twin + 1]), np.array([twin]))
    assert list(kept) == [twin + 1]


def test_the_fit_finds_the_shares():
    once = np.array([0]), np.array([1.0])
    weights = fit(rows(1, [once] * 10), np.array([1.0] * 8 + [0.0] * 2), np.ones(10), 1e-6)
    assert sigmoid(weights)[0] == pytest.approx(0.8, abs=0.01)


def test_average_precision_is_one_if_all_that_is_worth_checking_comes_first():
    labels = np.array([1.0, 1.0, 0.0, 0.0])
    assert reliability.average_precision(np.array([4.0, 3.0, 2.0, 1.0]), labels) == 1.0
    assert reliability.average_precision(np.array([1.0, 2.0, 3.0, 4.0]), labels) == pytest.approx(
        (1 / 3 + 2 / 4) / 2
    )


def test_reliability_puts_what_is_said_beside_what_holds():
    lines = list(reliability.table(np.array([0.05, 0.82, 0.88]), np.array([0.0, 1.0, 0.0])))
    assert [(name, number) for name, number, _, _ in lines] == [
        ("0.0 to 0.1", 1),
        ("0.8 to 0.9", 2),
    ]
    assert lines[1][2:] == pytest.approx((0.85, 0.5))
