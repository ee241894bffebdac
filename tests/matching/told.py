"""What the matcher tells of each pair of our own collection, kept in a file: `python -m tests.matching.told` writes it anew.

The file says what is told now, not what is right; `relation` in the pairs themselves says that. A change of the matcher
is written into it with the change, so that whoever reviews it sees each pair that reads differently.
"""

import json
import math
from collections.abc import Iterator
from dataclasses import MISSING, fields
from typing import Any

from claims.matching.relations import judge, understand
from claims.matching.relations.types import Understood
from tests.bench.matcher.pairs import OWN, statement_of
from tests.printing import say

KEPT = OWN / "told.jsonl"


def told() -> Iterator[dict[str, Any]]:
    """Yield what is told of each pair, and read in its statements, in the order of the files."""
    for name in ("tuned", "batches", "several"):
        for line in (OWN / f"{name}.jsonl").read_text("utf-8").splitlines():
            pair = json.loads(line)
            earlier, later = (understand(statement_of(pair, side)) for side in "ab")
            judged = judge(earlier, later, pair["closeness"])
            yield {
                "id": pair["id"],
                "relation": judged.relation.value,
                "score": round(judged.score, 3),
                "why": [[reason.code, dict(reason.values)] for reason in judged.why],
                "a": _read(earlier),
                "b": _read(later),
            }


def _read(text: Understood) -> list[Any]:
    names = [f"{name.text} ({name.kind})" for name in text.names]
    return names + [
        {"text": text.statement.text[one.start : one.end], **_said(one)} for one in text.figures
    ]


def _said(thing: Any) -> dict[str, Any]:
    """What a figure or a date says of itself, without what is as for most others."""
    values = {
        field.name: getattr(thing, field.name)
        for field in fields(thing)
        if field.name not in {"start", "end"}
        and (field.default is MISSING or getattr(thing, field.name) != field.default)
    }
    return {name: _plain(value) for name, value in values.items()}


def _plain(value: Any) -> Any:
    """The value as JSON has it; floats with the digits that every processor agrees on."""
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, float):
        return float(f"{value:.6g}") if math.isfinite(value) else str(value)
    return value if isinstance(value, (bool, int, str)) else _said(value)


def main() -> None:
    """Write the file anew."""
    lines = [json.dumps(one, ensure_ascii=False) for one in told()]
    KEPT.write_text("\n".join(lines) + "\n", "utf-8")
    say(f"{len(lines)} pairs.")


if __name__ == "__main__":
    main()
