"""How well the matcher tells what a later claim says of an earlier one, on pairs whose relation is known."""

import datetime as dt
import gzip
import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from time import process_time
from typing import Any

from claims.matching.relations import judge, understand
from claims.matching.types import Relation, Statement

OWN = Path(__file__).parents[2] / "matching" / "pairs"
"""Our own pairs, written before the matcher knew them: see the README there."""

Closeness = Callable[[str, str], float | None]


def pairs_figures(path: Path, closeness: Closeness | None = None) -> dict[str, Any]:
    """Judge the pairs of a file and return how well that went.

    Args:
        path: JSON Lines, which may be gzipped: {"id", "a", "b", "relation", "a_date"?, "b_date"?, "a_source"?,
            "b_source"?, "closeness"?}.
        closeness: the cosine of two texts' sentence vectors; None takes what the file gives, if anything.

    Returns:
        "pairs", how many there are; "accuracy", the share that is judged right; for each relation of the file
        {"precision", "recall", "f1", "gold", "said"}; and "ms", milliseconds of processor time for a pair. Shares from 0 to 1.
    """
    pairs = list(_rows(path))
    began = process_time()
    judged = [(str(pair["relation"]), _relation(pair, closeness)) for pair in pairs]
    spent = process_time() - began
    known = {gold for gold, _ in judged}
    return {
        "pairs": len(pairs),
        "accuracy": _share(sum(gold == said for gold, said in judged), len(judged)),
        **{name.value: _of_relation(judged, name) for name in Relation if name.value in known},
        "ms": round(spent * 1000 / max(1, len(pairs)), 3),
    }


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    data = path.read_bytes()
    lines = gzip.decompress(data) if path.suffix == ".gz" else data
    yield from (json.loads(line) for line in lines.decode("utf-8").splitlines() if line.strip())


def _relation(pair: Mapping[str, Any], closeness: Closeness | None) -> str:
    near = closeness(pair["a"], pair["b"]) if closeness else pair.get("closeness")
    earlier, later = (understand(statement_of(pair, side)) for side in "ab")
    return judge(earlier, later, near).relation.value


def statement_of(pair: Mapping[str, Any], side: str) -> Statement:
    """Return the earlier ("a") or the later ("b") statement of a pair."""
    said_on, source = pair.get(f"{side}_date"), pair.get(f"{side}_source")
    return Statement(pair[side], _day(said_on), str(source or ""))


def _day(written: str | None) -> dt.date | None:
    return dt.date.fromisoformat(written) if written else None


def _of_relation(judged: list[tuple[str, str]], relation: Relation) -> dict[str, float]:
    gold, said = (Counter(side) for side in zip(*judged, strict=True))
    right = sum(one == other == relation for one, other in judged)
    precision, recall = _share(right, said[relation]), _share(right, gold[relation])
    both = precision + recall
    return {
        "precision": precision,
        "recall": recall,
        "f1": round(2 * precision * recall / both, 4) if both else 0.0,
        "gold": gold[relation],
        "said": said[relation],
    }


def _share(part: int, whole: int) -> float:
    return round(part / whole, 4) if whole else 0.0
