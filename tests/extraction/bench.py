"""`make bench-splitting`: how well the splitter does, and how fast.

Prints a table for people and, as its last line, one JSON object. Compares within one run only.
"""

import json
import platform
import sys
from collections import Counter
from collections.abc import Sequence

from tests.extraction.expected import QUESTIONS, ask, passages

AIM = 95.0
"""Percent of the passages' questions that must be answered right."""


def say(line: str) -> None:
    sys.stdout.write(line + "\n")


def main(arguments: Sequence[str]) -> int:
    """Run the parts that the arguments name.

    Args:
        arguments: `--show` tells every wrong answer.

    Returns:
        The exit status; 0 also where an aim is missed.
    """
    figures = passages_right(show="--show" in arguments)
    missed = [name for name, least in {"passages.all": AIM}.items() if figures[name] < least]
    result = {
        "bench": "splitting",
        "machine": f"{platform.machine()}, Python {platform.python_version()}",
        "figures": figures,
        "missed": missed,
    }
    say(json.dumps(result))
    return 0


def passages_right(*, show: bool) -> dict[str, float]:
    """Give the share of right answers about the passages, in percent, by kind of question."""
    right: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    for passage in passages():
        answers = ask(passage)
        asked["whole passages"] += 1
        right["whole passages"] += all(answer.is_right for answer in answers)
        for answer in answers:
            for row in (answer.question, "all"):
                asked[row] += 1
                right[row] += answer.is_right
            if show and not answer.is_right:
                say(f"{passage.file}: {passage.name}: {answer}")
    figures = {}
    for row in (*QUESTIONS, "all", "whole passages"):
        figures[f"passages.{row}"] = round(100 * right[row] / asked[row], 1)
        say(f"{row:16}{figures[f'passages.{row}']:6.1f} % of {asked[row]}")
    return figures


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
