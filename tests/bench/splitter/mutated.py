"""Whether the splitter breaks down on text that no newspaper prints: lines with characters lost, doubled and put in."""

import random
from collections.abc import Iterator

from claims.errors import SplittingFailedError
from claims.extraction import extract
from tests.bench.figures import Figure
from tests.extraction.expected import passages
from tests.printing import say

LINES, IN_A_TEXT = 20_000, 112
_MARKS = "“”‘’\"'«»`()[]{}:;,.…—–-?!@#/\\|•*\u00a0\u200b\u2028\n\t\U0001f600é中ع0"


def mutated(lines: int, command: str) -> Iterator[Figure]:
    """Return how many texts of mutated lines cannot be split.

    Args:
        lines: how many lines in all; the same ones in every run.
        command: the command that measures it again.
    """
    failed = 0
    for text in texts(lines):
        try:
            extract(text)
        except SplittingFailedError as error:
            failed += 1
            say(f"  {error}: {text[:80]!r} …")
    yield Figure(f"crashes on {lines:,} mutated lines", failed, "", command, most=0)


def texts(lines: int) -> Iterator[str]:
    """Yield texts of mutated lines; the last one may be shorter."""
    chance = random.Random(lines)
    known = [line for one in passages() for line in one.text.splitlines() if line.strip()]
    for start in range(0, lines, IN_A_TEXT):
        number = min(IN_A_TEXT, lines - start)
        yield "\n".join(_mutated(chance.choice(known), chance) for _ in range(number))


def _mutated(line: str, chance: random.Random) -> str:
    characters = list(line)
    for _ in range(chance.randint(1, 6)):
        place = chance.randrange(len(characters) + 1)
        length = chance.randint(0, 12)
        piece = characters[place : place + length]
        put_in = chance.choice(([], [chance.choice(_MARKS)], piece * 2, piece[::-1]))
        characters[place : place + length] = put_in
    return "".join(characters)
