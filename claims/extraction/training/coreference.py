"""`python -m claims.extraction.training.coreference CORPUS [--news NEWS]`: fit whom pronouns and descriptions stand for.

The corpus is one JSON object a line: `text`, `tokens` ([start, end) in characters) and `mentions` ([entity, first token,
last token]); mentions with one entity are of the same person or thing. GUM (Zeldes, 2017) in this form is meant.

NEWS has only the `text` of each article; `told_by_gender` says how "she" and "he" are learned from it too.

Candidates are those that the weights in use leave, so a second run may change the weights a little.
"""

import argparse
import sys
import tomllib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from claims.extraction import speakers
from claims.extraction.speakers.discourse import SURE, Discourse
from claims.extraction.speakers.following.anaphors import Anaphor, Candidate, Link
from claims.extraction.speakers.mentions import Mention
from claims.extraction.speakers.ranking import features, of_none
from claims.extraction.training.resolving import resolve, rows
from claims.extraction.training.told_by_gender import ToldByGender

FORMS = ("person", "it", "they", "the")
"""What is fitted apart: he and she, "it", "they", and descriptions."""
PRIOR = Path(__file__).with_name("ranking_prior.toml")
WEIGHTS = Path(speakers.__file__).with_name("ranking.toml")
_FOLDS = 5
_RIDGE = 0.01
_STEPS = 400
_RATE = 0.05
_HELD = "none speaks"
_SPEAKS = 4.0
"""How much more a source counts than another pronoun: sources are what is asked for."""


@dataclass(frozen=True, slots=True)
class Example:
    """A pronoun or description: its candidates and which of them are right.

    Attributes:
        document: where it stands.
        form: "person", "it", "they" or "the".
        candidates: what is true of each.
        right: whether each is right.
        known: whether the corpus links it to something before it at all.
        none: what is true if it stands for none of them; None if it surely stands for one.
        speaks: it is the source of a statement.
    """

    document: str
    form: str
    candidates: tuple[Mapping[str, float], ...]
    right: tuple[bool, ...]
    known: bool
    none: Mapping[str, float] | None
    speaks: bool


class _Recording(Discourse):
    """Takes down the candidates of everything that it resolves."""

    seen: list[tuple[Anaphor, Mention, list[Candidate], list[list[Mention]]]]

    def best(self, anaphor: Anaphor, place: int, mention: Mention | None = None) -> Link | None:
        if not hasattr(self, "seen"):
            self.seen = []
        found = self.candidates(anaphor, place, mention)
        if mention is not None:
            before = [[m for m in one.entity.mentions if m.place < place] for one in found]
            self.seen.append((anaphor, mention, found, before))
        return super().best(anaphor, place, mention)


def examples(path: Path) -> Iterator[Example]:
    """Yield the pronouns and descriptions of a corpus."""
    for row in rows(path):
        yield from _of(row)


def examples_of_news(path: Path) -> Iterator[Example]:
    """Yield the pronouns of articles whose meaning only gender tells."""
    for row in rows(path):
        for one in getattr(resolve(row["text"], ToldByGender), "told", ()):
            yield Example(
                row["id"],
                "person",
                one.candidates,
                one.right,
                known=True,
                none=None,
                speaks=one.speaks,
            )


def _of(row: Mapping[str, Any]) -> Iterator[Example]:
    cast = resolve(row["text"], _Recording)
    gold = _Gold(row)
    for anaphor, mention, found, before in getattr(cast, "seen", ()):
        own = gold.of(_place(cast, mention))
        if own is None:
            continue
        right = tuple(gold.is_of(own, [_place(cast, m) for m in them]) for them in before)
        form = "person" if anaphor.form in {"she", "he"} else anaphor.form
        known = gold.has_before(own, mention.place)
        yield Example(
            row["id"],
            form,
            tuple(features(one, anaphor) for one in found),
            right,
            known,
            of_none(anaphor),
            anaphor.speaks,
        )


def _place(cast: Discourse, mention: Mention) -> int:
    return cast.place_of(mention.head)


class _Gold:
    def __init__(self, row: Mapping[str, Any]) -> None:
        tokens = row["tokens"]
        self._spans = sorted(
            (tokens[last][1] - tokens[first][0], tokens[first][0], tokens[last][1], entity)
            for entity, first, last in row["mentions"]
        )
        self._first: dict[str, int] = {}
        for _, start, _, entity in self._spans:
            self._first[entity] = min(self._first.get(entity, start), start)

    def of(self, place: int) -> str | None:
        """Return the entity of the shortest mention around a place."""
        return next((entity for _, start, end, entity in self._spans if start <= place < end), None)

    def is_of(self, entity: str, places: Sequence[int]) -> bool:
        found = Counter(self.of(place) for place in places)
        return bool(found) and found.most_common(1)[0][0] == entity

    def has_before(self, entity: str, place: int) -> bool:
        return self._first[entity] < place


def fit(found: Sequence[Example], form: str, prior: Mapping[str, float]) -> dict[str, float]:
    """Fit the weights of one form, by gradient descent on the likelihood of what is right.

    That a source stands for none of the candidates is not fitted: "it" and "they" are sources too rarely in the corpus.

    Args:
        found: the examples of all forms.
        form: the form.
        prior: what the weights are drawn to where the corpus has few examples.
    """
    own = [one for one in found if one.form == form]
    known = {name for one in own for row in (*one.candidates, one.none or {}) for name in row}
    names = sorted(known | set(prior))
    table, right, real = _tables(own, {name: number for number, name in enumerate(names)})
    heavy = np.array([_SPEAKS if one.speaks else 1.0 for one in own])[:, None]
    start = np.array([prior.get(name, 0.0) for name in names])
    fitted = np.array([name != _HELD or form == "person" for name in names])
    weights = start.copy()
    moment, square = np.zeros(len(names)), np.zeros(len(names))
    for step in range(1, _STEPS + 1):
        scores = np.where(real, table @ weights, -np.inf)
        shares = np.exp(scores - scores.max(axis=1, keepdims=True))
        shares /= shares.sum(axis=1, keepdims=True)
        wanted = shares * right
        wanted /= np.maximum(wanted.sum(axis=1, keepdims=True), 1e-12)
        gradient = np.einsum("nk,nkf->f", heavy * (wanted - shares), table) / len(own)
        gradient += _RIDGE * (start - weights)
        moment = 0.9 * moment + 0.1 * gradient
        square = 0.999 * square + 0.001 * gradient**2
        step_size = _RATE / (1 - 0.9**step)
        weights += fitted * step_size * moment / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
    return {name: round(float(weight), 2) for name, weight in zip(names, weights, strict=True)}


def _tables(
    own: Sequence[Example], index: Mapping[str, int]
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return what is true of each candidate, "none" last, which are right, and which rows are filled."""
    most = max((len(one.candidates) for one in own), default=0) + 1
    table = np.zeros((len(own), most, len(index)))
    right = np.zeros((len(own), most))
    real = np.zeros((len(own), most), dtype=bool)
    for number, one in enumerate(own):
        for place, row in enumerate((one.none, *one.candidates)):
            real[number, place] = row is not None
            for name, value in (row or {}).items():
                table[number, place, index[name]] = value
        right[number, : len(one.right) + 1] = [not any(one.right), *one.right]
    return table, right, real


def measure(
    found: Sequence[Example], weights: Callable[[Example], Mapping[str, float]]
) -> Iterator[str]:
    """Yield, by form, how many there are, what share is answered, how many answers are right, and of how many linked."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for one in found:
        here = counts[_class(one)]
        likely = _likely(one, weights(one))
        best = max(range(len(likely)), key=likely.__getitem__, default=-1)
        sure = bool(best >= 0 and likely[best] >= SURE)
        here.update(all=1, linked=one.known, answered=sure, right=sure and one.right[best])
    for form, here in sorted(counts.items()):
        answered, right = here["answered"], here["right"]
        yield (
            f"{form}: {here['all']}, answered {answered / here['all']:.3f}, "
            f"right of these {right / max(answered, 1):.3f}, of those linked {right / max(here['linked'], 1):.3f}"
        )


def _class(one: Example) -> str:
    return f"{one.form}{', a source' if one.speaks else ''}{', told by gender' if one.none is None else ''}"


def _likely(one: Example, weights: Mapping[str, float]) -> list[float]:
    told = [one_of for one_of in (*one.candidates, one.none) if one_of is not None]
    scores = np.array([sum(weights.get(name, 0.0) * row[name] for name in row) for row in told])
    shares = np.exp(scores - scores.max())
    return list((shares / shares.sum())[: len(one.candidates)])


def _held_out(
    found: Sequence[Example], prior: Mapping[str, Mapping[str, float]]
) -> Callable[[Example], Mapping[str, float]]:
    """Return weights for each example that were fitted without its document."""
    documents = sorted({one.document for one in found})
    fold = {document: number % _FOLDS for number, document in enumerate(documents)}
    fitted = {
        (number, form): fit(
            [one for one in found if fold[one.document] != number], form, prior[form]
        )
        for number in range(_FOLDS)
        for form in FORMS
    }
    return lambda one: fitted[fold[one.document], one.form]


def main(arguments: Sequence[str]) -> int:
    """Fit the weights, write them, and print how well they do on documents that they were not fitted on.

    Args:
        arguments: the command line without the program's name.

    Returns:
        The exit status.
    """
    parser = argparse.ArgumentParser(prog="python -m claims.extraction.training.coreference")
    parser.add_argument("corpus", type=Path, help="JSON Lines, .gz or not")
    parser.add_argument("--news", type=Path, help="articles, one JSON object a line")
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    options = parser.parse_args(arguments)
    prior = tomllib.loads(PRIOR.read_text("utf-8"))
    found = list(examples(options.corpus))
    if options.news is not None:
        found += examples_of_news(options.news)
    for line in measure(found, _held_out(found, prior)):
        sys.stdout.write(f"{line}\n")
    head = WEIGHTS.read_text("utf-8").partition("\n[")[0]
    tables = [
        f"\n[{form}]\n"
        + "".join(f'"{name}" = {value}\n' for name, value in fitted.items() if value)
        for form in FORMS
        for fitted in [fit(found, form, prior[form])]
    ]
    options.out.write_text("\n".join((head, *tables)).replace("\n\n\n", "\n\n"), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
