"""`python -m claims.matching`: JSON Lines of claims in, JSON Lines of what was seen before out.

With `--collection FILE` it reads one `{"id", "text"}` per line and writes one `{"id", "matches": [{"id", "score",
"relation", "why"}]}` per line: the claims of FILE, which has lines of the same kind, that may be about the same thing,
best first. A line of FILE may also have a "title", whose words count as well.

With `--pairs` it reads one `{"id", "a", "b"}` per line and writes one `{"id", "relation", "score", "why"}`: what the
later statement b says of the earlier one a. "a_date" and "b_date" (such as "2026-03-01"), "a_source" and "b_source"
may be there too.

Both write as they go, in order. A bad line gets a message with its number on standard error, and the rest is
processed; the exit status is then 1.
"""

import argparse
import datetime as dt
import gzip
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any, BinaryIO, TextIO

from claims.errors import WeightsMissingError
from claims.json_lines import BadLineError, parse_line
from claims.matching.candidates.collection import Collection
from claims.matching.relations import Understood, judge, understand
from claims.matching.screening import judge_candidate
from claims.matching.types import Statement
from claims.matching.vectors import closeness, encode

Row = dict[str, Any]


def main(arguments: Sequence[str], lines: BinaryIO, out: TextIO, problems: TextIO) -> int:
    """Match the claims of a stream.

    Args:
        arguments: the command line without the program's name.
        lines: JSON Lines in UTF-8.
        out: where the results go, one line for each claim or pair.
        problems: where to report each bad line.

    Returns:
        The exit status: 0, 1 if there was any bad line, or 2 if the collection or the weights are missing.
    """
    options = _options(arguments)
    told = _Problems(problems)
    try:
        if options.pairs:
            results = _judged(_rows(lines, ("a", "b"), told))
        else:
            with _opened(options.collection) as texts:
                collection = list(_rows(texts, ("text",), told, of=options.collection.name))
            results = _matched(collection, _rows(lines, ("text",), told), options.top)
        for row in results:
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
            out.flush()
    except (OSError, WeightsMissingError) as error:
        problems.write(f"{error}\n")
        return 2
    return 1 if told.any else 0


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m claims.matching",
        description="Find claims that were seen before: JSON Lines in, JSON Lines out.",
    )
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument(
        "--collection",
        type=Path,
        metavar="FILE",
        help="find the claims of standard input in this file of earlier ones; its name may end in .gz",
    )
    what.add_argument(
        "--pairs",
        action="store_true",
        help="say what the later claim of each pair says of the earlier",
    )
    parser.add_argument(
        "--top",
        type=_several,
        default=50,
        metavar="N",
        help="write at most N matches for each claim (default: %(default)s)",
    )
    return parser.parse_args(arguments)


def _several(number: str) -> int:
    if not number.isdecimal() or int(number) < 1:
        raise argparse.ArgumentTypeError("a whole number of at least 1 is required")
    return int(number)


class _Problems:
    """Reports bad lines.

    Attributes:
        any: whether there was one.
    """

    def __init__(self, out: TextIO) -> None:
        self.any = False
        self._out = out

    def tell(self, where: str, problem: str) -> None:
        """Report what is wrong with a line."""
        self._out.write(f"{where}: {problem}\n")
        self._out.flush()
        self.any = True


def _opened(path: Path) -> BinaryIO | gzip.GzipFile:
    return gzip.open(path) if path.suffix == ".gz" else path.open("rb")


def _rows(
    lines: Iterable[bytes], texts: Sequence[str], problems: _Problems, of: str = ""
) -> Iterator[Row]:
    """Yield the rows of a stream, and report those that are none."""
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            row = parse_line(line, texts)
            for side in ("a", "b"):
                row[f"{side}_date"] = _day(row, f"{side}_date")
        except BadLineError as error:
            problems.tell(f"{of} line {number}".strip(), str(error))
            continue
        yield row


def _day(row: Row, name: str) -> dt.date | None:
    """Return the day in a field; None if it is missing or empty.

    Raises:
        BadLineError: it is not a date.
    """
    written = row.get(name)
    if not written:
        return None
    try:
        return dt.date.fromisoformat(written[:10])
    except (TypeError, ValueError) as error:
        raise BadLineError(f'"{name}" is not a date such as "2026-03-01"') from error


def _judged(pairs: Iterable[Row]) -> Iterator[Row]:
    for pair in pairs:
        close = float(closeness(*(encode([pair[side]]) for side in "ab"))[0, 0])
        earlier, later = (
            understand(
                Statement(pair[side], pair[f"{side}_date"], str(pair.get(f"{side}_source") or ""))
            )
            for side in "ab"
        )
        judgement = judge(earlier, later, close)
        yield {
            "id": pair["id"],
            "relation": judgement.relation,
            "score": round(judgement.score, 4),
            "why": [reason.code for reason in judgement.why],
        }


def _matched(rows: Sequence[Row], queries: Iterable[Row], top: int) -> Iterator[Row]:
    collection = Collection([(row["text"], str(row.get("title") or "")) for row in rows])

    @cache
    def known(number: int) -> Understood:
        return understand(Statement(rows[number]["text"]))

    for query in queries:
        matches = []
        asked = understand(Statement(query["text"]))
        for match in collection.nearest(query["text"], top):
            text = rows[match.number]["text"]
            judgement = judge_candidate(
                known(match.number), asked, match.closeness, same_words=text == query["text"]
            )
            matches.append(
                {
                    "id": rows[match.number]["id"],
                    "score": round(match.score, 4),
                    "relation": judgement.relation,
                    "why": [reason.code for reason in judgement.why],
                }
            )
        yield {"id": query["id"], "matches": matches}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], sys.stdin.buffer, sys.stdout, sys.stderr))
