"""How well the matcher does on labelled sets, beside plain baselines.

A set to be searched is NAME-collection with NAME-train or NAME-dev: lines `{"id", "text", "title"?}`, and texts `{"id",
"text", "same": [ids]}`. A set of pairs has lines `{"id", "a", "b", "relation"}`. Files may end in .gz.
"""

import gzip
import io
import json
import re
import sqlite3
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from claims.matching.__main__ import main
from claims.matching.candidates.words import content_words
from tests.bench.figures import Figure

Row = dict[str, Any]
Found = dict[str, list[str]]

SEARCHED = {
    ("checkthat2020", "dev"): (0.90, 0.99),
    ("debates", "train"): (0.75, None),
}
"""The sets to be searched, each with the aims for MAP@5 and recall@50."""
PAIRS = {
    "fever-symmetric-dev": {"accuracy": 0.75, "contradicts, numeric, F1": 0.88},
    "vitaminc-dev": {"contradicts, numeric, precision": 0.75, "contradicts, numeric, recall": 0.65},
    "pairs-dev": {
        "contradicts, precision": 0.88,
        "contradicts, recall": 0.70,
        "same, precision": 0.92,
        "same, recall": 0.80,
    },
}
"""The sets of pairs, each with its aims. A pair is numeric if both of its texts hold a figure, in digits or in words."""
FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
NUMERIC = re.compile(
    r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty|thirty|forty|fifty|sixty|seventy|eighty"
    r"|ninety|half|dozens?|hundreds?|thousands?|millions?|[bt]illion)\b",
    re.IGNORECASE,
)
CLOSE = 0.5
"""The score from which a candidate counts as a close one."""


def quality(folder: Path, limit: int | None) -> Iterator[Figure]:
    """The figures of each set that is in a folder, on its first so many texts or pairs."""
    command = "make bench-matching SETS=folder"
    for (name, part), (ranked, found) in SEARCHED.items():
        collection, asked = (_path(folder, f"{name}-{what}") for what in ("collection", part))
        if not (collection and asked):
            continue
        rows, texts = _read(collection), _read(asked)[:limit]
        baselines = {
            "all words": _by_words(rows, texts),
            "eight rarest words": _by_words(rows, texts, rarest=8),
        }
        matched = _matched(["--collection", str(collection)], texts)
        ours = {row["id"]: [one["id"] for one in row["matches"]] for row in matched}
        for peer, other in baselines.items():
            for measure, score, aim in (
                ("MAP@5", average_precision, ranked),
                ("recall@50", recall, found),
            ):
                yield Figure(
                    f"{name}, {part}, {measure}, beside {peer}", _mean(score, texts, ours), "", command,
                    peer=f"bm25, {peer}", beside=_mean(score, texts, other), least=aim, by_ratio=False,
                )  # fmt: skip
        yield from _nothing_seen(name, part, collection, texts, command)
    for name in PAIRS:
        if path := _path(folder, name):
            yield from _pairs(name, _read(path)[:limit], command)


def _nothing_seen(
    name: str, part: str, collection: Path, texts: Sequence[Row], command: str
) -> Iterator[Figure]:
    """What is shown of a collection from which the right claims were taken out."""
    right = {one for text in texts for one in text["same"]}
    rest = [row for row in _read(collection) if row["id"] not in right]
    with tempfile.TemporaryDirectory() as data:
        shortened = Path(data) / "rest.jsonl"
        shortened.write_text("".join(json.dumps(row) + "\n" for row in rest), "utf-8")
        matched = _matched(["--collection", str(shortened)], texts)
    for what, shown in (
        ("called same", lambda one: one["relation"] == "same"),
        ("with a close candidate", lambda one: one["score"] >= CLOSE),
    ):
        share = sum(any(map(shown, row["matches"])) for row in matched) / len(matched)
        yield Figure(
            f"{name}, {part}, nothing seen before, {what}", round(100 * share, 1), "%", command,
            most=2.0 if what == "called same" else None,
        )  # fmt: skip


def _pairs(name: str, pairs: Sequence[Row], command: str) -> Iterator[Figure]:
    matched = {row["id"]: row["relation"] for row in _matched(["--pairs"], pairs)}
    plain = {
        pair["id"]: "contradicts"
        if set(FIGURE.findall(pair["b"])) - set(FIGURE.findall(pair["a"]))
        else "none"
        for pair in pairs
    }
    ours, others = (_measures(pairs, said) for said in (matched, plain))
    for measure, value in ours.items():
        yield Figure(
            f"{name}, {measure}", value, "", command, peer="a figure is absent", beside=others[measure],
            least=PAIRS[name].get(measure), by_ratio=False,
        )  # fmt: skip


def _measures(pairs: Sequence[Row], said: Mapping[str, str]) -> dict[str, float]:
    """Return the measures of a set: by relation, of all pairs and of numeric ones; accuracy where there are two relations."""
    numeric = [pair for pair in pairs if NUMERIC.search(pair["a"]) and NUMERIC.search(pair["b"])]
    known = {pair["relation"] for pair in pairs}
    found = _scores("contradicts", pairs, said) | {
        measure.replace(",", ", numeric,"): value
        for measure, value in _scores("contradicts", numeric, said).items()
    }
    if "same" in known:
        found |= _scores("same", pairs, said)
    if len(known) == 2:
        right = [
            (said[pair["id"]] == "contradicts") == (pair["relation"] == "contradicts")
            for pair in pairs
        ]
        found["accuracy"] = round(sum(right) / len(right), 3)
    return found


def _scores(relation: str, pairs: Sequence[Row], said: Mapping[str, str]) -> dict[str, float]:
    right = sum(said[pair["id"]] == pair["relation"] == relation for pair in pairs)
    told = sum(said[pair["id"]] == relation for pair in pairs)
    true = sum(pair["relation"] == relation for pair in pairs)
    precision, recall = right / max(1, told), right / max(1, true)
    both = 2 * precision * recall / ((precision + recall) or 1)
    named = {"precision": precision, "recall": recall, "F1": both}
    return {f"{relation}, {measure}": round(value, 3) for measure, value in named.items()}


def average_precision(right: set[str], found: Sequence[str], most: int = 5) -> float:
    """Return the precision at the place of each right one among the first ones, divided by how many there could be."""
    hits, total = 0, 0.0
    for place, one in enumerate(found[:most], 1):
        if one in right:
            hits += 1
            total += hits / place
    return total / min(len(right), most)


def recall(right: set[str], found: Sequence[str], most: int = 50) -> float:
    """Return which share of the right ones is among the first ones."""
    return len(right & set(found[:most])) / len(right)


def _mean(score: Callable[..., float], texts: Sequence[Row], found: Found) -> float:
    scores = [score(set(text["same"]), found[text["id"]]) for text in texts]
    return round(sum(scores) / len(scores), 3)


def _by_words(rows: Sequence[Row], texts: Sequence[Row], rarest: int | None = None) -> Found:
    """Rank by SQLite's bm25 with stems: by all words of a text, or by its rarest ones."""
    with closing(sqlite3.connect(":memory:")) as database:
        database.execute(
            "CREATE VIRTUAL TABLE held USING fts5(text, title, tokenize='porter unicode61')"
        )
        database.executemany(
            "INSERT INTO held(rowid, text, title) VALUES (?, ?, ?)",
            ((at, row["text"], row.get("title", "")) for at, row in enumerate(rows)),
        )

        def holding(word: str) -> int:
            counted = "SELECT count(*) FROM held WHERE held MATCH ?"
            return database.execute(counted, [f'"{word}"']).fetchone()[0]

        found = {}
        for text in texts:
            words = content_words(text["text"])
            if rarest:
                counts = {word: holding(word) for word in words}
                words = sorted(filter(counts.get, words), key=counts.__getitem__)[:rarest]
            best = "SELECT rowid FROM held WHERE held MATCH ? ORDER BY bm25(held) LIMIT 50"
            query = " OR ".join(f'"{word}"' for word in words) or '"…"'
            found[text["id"]] = [rows[at]["id"] for (at,) in database.execute(best, [query])]
        return found


def _matched(arguments: Sequence[str], rows: Sequence[Row]) -> list[Row]:
    """Return what the command line of the matcher writes."""
    lines = io.BytesIO("".join(json.dumps(row) + "\n" for row in rows).encode())
    out, problems = io.StringIO(), io.StringIO()
    if main(arguments, lines, out, problems):
        raise RuntimeError(problems.getvalue())
    return [json.loads(line) for line in out.getvalue().splitlines()]


def _path(folder: Path, name: str) -> Path | None:
    found = (folder / f"{name}{end}" for end in (".jsonl", ".jsonl.gz"))
    return next((path for path in found if path.exists()), None)


def _read(path: Path) -> list[Row]:
    with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as lines:
        return [json.loads(line) for line in lines]
