"""`python -m claims.extraction`: JSON Lines of articles in, JSON Lines of claims out.

Reads one `{"id", "text"}` per line from standard input, with the article's "headline" if it has one, and writes one `{"id", "claims": [...]}` per line to standard
output, in order, as it goes. A bad line, or an article that the splitter fails on, gets a message with its number on
standard error, and the rest is processed; the exit status is then 1.
"""

import argparse
import json
import sys
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any, BinaryIO, TextIO

from claims.errors import ModelMissingError, SplittingFailedError, WeightsMissingError
from claims.extraction import Claim, extract_many
from claims.extraction.engines import ENGINES
from claims.extraction.text.parsing import MODEL
from claims.json_lines import BadLineError, parse_line


def main(arguments: Sequence[str], lines: BinaryIO, out: TextIO, problems: TextIO) -> int:
    """Split the articles of a stream.

    Args:
        arguments: the command line without the program's name.
        lines: JSON Lines in UTF-8.
        out: where the claims go, one line per article.
        problems: where to report each line that is not an article, or that the splitter fails on.

    Returns:
        The exit status: 0, 1 if there was any such line, or 2 if the model or the weights are missing.
    """
    options = _options(arguments)
    articles = _Articles(lines, problems)
    try:
        split = extract_many(
            articles,
            processes=options.processes,
            model=options.model,
            engine=options.engine,
        )
        for claims in split:
            number, name = articles.waiting.popleft()
            if isinstance(claims, SplittingFailedError):
                articles.tell(number, f"{claims} (id {json.dumps(name, ensure_ascii=False)})")
                continue
            wanted = [_row(claim) for claim in claims if _wanted(claim, options)]
            row = {"id": name, "claims": wanted}
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
            out.flush()
    except (ModelMissingError, WeightsMissingError) as error:
        problems.write(f"{error}\n")
        return 2
    return 1 if articles.bad else 0


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m claims.extraction",
        description="Split articles into claims: JSON Lines in, JSON Lines out.",
    )
    parser.add_argument(
        "--attributed-only",
        action="store_true",
        help="leave out the article's own voice and reports inside reports",
    )
    parser.add_argument(
        "--processes",
        type=_several,
        default=1,
        metavar="N",
        help="split in N processes; some articles are then read ahead (default: 1)",
    )
    parser.add_argument(
        "--model",
        default=MODEL,
        metavar="NAME",
        help="another spaCy model for English, such as en_core_web_md (default: %(default)s)",
    )
    parser.add_argument(
        "--engine",
        choices=ENGINES,
        help="what finds the attributions (default: both, or only the rules if there are no weights)",
    )
    return parser.parse_args(arguments)


def _several(number: str) -> int:
    if not number.isdecimal() or int(number) < 1:
        raise argparse.ArgumentTypeError("a whole number of at least 1 is required")
    return int(number)


class _Articles:
    """The texts of a stream's articles, read one at a time.

    Attributes:
        waiting: the line numbers and ids of the articles that have been read but not written, in order.
        bad: whether any line was not an article, or could not be split.
    """

    def __init__(self, lines: BinaryIO, problems: TextIO) -> None:
        self.waiting: deque[tuple[int, Any]] = deque()
        self.bad = False
        self._lines = lines
        self._problems = problems

    def __iter__(self) -> Iterator[tuple[str, str]]:
        for number, line in enumerate(self._lines, start=1):
            if not line.strip():
                continue
            try:
                article = parse_line(line, ["text"])
            except BadLineError as error:
                self.tell(number, str(error))
                continue
            self.waiting.append((number, article["id"]))
            yield article["text"], str(article.get("headline") or "")

    def tell(self, number: int, problem: str) -> None:
        """Report what is wrong with a line."""
        self._problems.write(f"line {number}: {problem}\n")
        self._problems.flush()
        self.bad = True


def _wanted(claim: Claim, options: argparse.Namespace) -> bool:
    return not options.attributed_only or (bool(claim.cue) and claim.within is None)


def _row(claim: Claim) -> dict[str, Any]:
    row = asdict(claim)
    if claim.within is None:
        del row["within"]
    return row


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], sys.stdin.buffer, sys.stdout, sys.stderr))
