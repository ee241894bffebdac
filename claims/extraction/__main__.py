"""`python -m claims.extraction`: JSON Lines of articles in, JSON Lines of claims out.

Reads `{"id", "text"}` a line on standard input and writes `{"id", "claims": [...]}` a line on standard
output, in order, as it goes. A bad line gets a message with its number on standard error, and the rest
goes on; the exit status is then 1.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any, BinaryIO, TextIO

from claims.extraction import Claim, extract


def main(arguments: Sequence[str], lines: BinaryIO, out: TextIO, problems: TextIO) -> int:
    """Split the articles of a stream.

    Args:
        arguments: the command line without the program's name.
        lines: JSON Lines in UTF-8.
        out: where the claims go, a line an article.
        problems: where a message goes for each line that is no article.

    Returns:
        The exit status: 0, or 1 if any line was bad.
    """
    parser = argparse.ArgumentParser(
        prog="python -m claims.extraction",
        description="Split articles into claims: JSON Lines in, JSON Lines out.",
    )
    parser.add_argument(
        "--attributed-only",
        action="store_true",
        help="leave out the article's own voice and reports inside reports",
    )
    options = parser.parse_args(arguments)
    status = 0
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            article = _article(line)
        except BadLineError as error:
            problems.write(f"line {number}: {error}\n")
            problems.flush()
            status = 1
            continue
        claims = [claim for claim in extract(article["text"]) if _wanted(claim, options)]
        row = {"id": article["id"], "claims": [_row(claim) for claim in claims]}
        out.write(json.dumps(row, ensure_ascii=False) + "\n")
        out.flush()
    return status


class BadLineError(Exception):
    """A line that is no article; its message says why."""


def _article(line: bytes) -> dict[str, Any]:
    """Read one line.

    Raises:
        BadLineError: it is no JSON object with an id and a text.
    """
    try:
        article = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise BadLineError(f"not UTF-8 ({error.reason} at byte {error.start + 1})") from error
    except json.JSONDecodeError as error:
        raise BadLineError(f"not JSON ({error.msg} at character {error.pos + 1})") from error
    if not isinstance(article, dict):
        raise BadLineError('expected an object {"id": ..., "text": ...}')
    if "id" not in article:
        raise BadLineError('"id" is missing')
    if not isinstance(article.get("text"), str):
        raise BadLineError('"text" is missing or no string')
    return article


def _wanted(claim: Claim, options: argparse.Namespace) -> bool:
    return not options.attributed_only or (bool(claim.cue) and claim.within is None)


def _row(claim: Claim) -> dict[str, Any]:
    row = asdict(claim)
    if claim.within is None:
        del row["within"]
    return row


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], sys.stdin.buffer, sys.stdout, sys.stderr))
