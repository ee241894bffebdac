"""Articles as nobody would lay them out: the seeds and the tests' passages with lines moved, cut, joined and marked."""

from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from random import Random

from claims.ingest import read
from tests.extraction.expected import passages
from tests.extraction.varied.lines import mutated

_SEEDS = Path(__file__).resolve().parents[3] / "seeds"
_BEFORE = (
    "Q: ", "A: ", "Q ", "VENN: ", "Ada Venn: ", "@venn (Ada Venn): ", "THE CHAIR: ", "[Ada Venn]: ", "Note: ", "By ", "• ",
    "– ", "1. ", "(a) ", "1/5 ", "2/", "14:05 ", "9am – ", "**", "_", "“", '"', "‘", "OSTREY: ", "OSTREY, May 6 – ", "> ", "# ",
)  # fmt: skip
_BEHIND = (
    "?",
    "**",
    ":",
    " 2/7",
    "”",
    '"',
    " —",
    " — Ada Venn",
    "…",
    ".",
    "; ",
    " (Photo: Ada Venn)",
    " said Ada Venn",
    ",",
)
_LINES = (
    "", "“", ":", "14:05", "ENDS", "###", "By Ada Venn", "VENN:", "Q:", "A: No.", "Why?", "Who paid for it?", "I do not know.",
    "We spoke to Ada Venn, who runs the pumps.", "Ada Venn (@venn)", "(Applause.)", "12 March 2031", "The demands:", "** **",
    "1/3", "The river took my boat", "And then it took my own", "Read more: pumps", "—",
)  # fmt: skip


@cache
def _articles() -> tuple[str, ...]:
    seeds = []
    for path in sorted(_SEEDS.glob("*.md")):
        with path.open("rb") as file:
            seeds.append(read(file, name=path.name).body)
    known = [one.text for one in passages()]
    return (*seeds, *("\n\n".join(known[first : first + 12]) for first in range(0, len(known), 12)))


def article(chance: Random) -> str:
    """Make one article of many lines.

    Args:
        chance: what is chosen by; the same gives the same article.
    """
    lines = chance.choice(_articles()).split("\n")
    for _ in range(chance.choice([1, 2, 4, 8, 16, 40])):
        lines = chance.choice(_CHANGES)(chance, lines)
    return "\n".join(lines)


def _at(chance: Random, lines: Sequence[str]) -> int:
    return chance.randrange(len(lines)) if lines else 0


def _changed(lines: Sequence[str], place: int, *put: str) -> list[str]:
    """Put lines in the place of one."""
    return [*lines[:place], *put, *lines[place + 1 :]]


def _marked(chance: Random, lines: Sequence[str]) -> list[str]:
    place = _at(chance, lines)
    return _changed(lines, place, chance.choice(_BEFORE) + "".join(lines[place : place + 1]))


def _closed(chance: Random, lines: Sequence[str]) -> list[str]:
    place = _at(chance, lines)
    return _changed(lines, place, "".join(lines[place : place + 1]) + chance.choice(_BEHIND))


def _every_other(chance: Random, lines: Sequence[str]) -> list[str]:
    """Mark lines as the turns of two speakers, or as questions and answers."""
    marks = chance.choice(
        [("Q: ", "A: "), ("VENN: ", "PELHAM: "), ("**", ""), ("• ", "• "), ("1/9 ", "2/9 ")]
    )
    words = [number for number, line in enumerate(lines) if line.strip()]
    asked = dict(zip(words, marks * len(words), strict=False))
    return [asked.get(number, "") + line for number, line in enumerate(lines)]


def _broken(chance: Random, lines: Sequence[str]) -> list[str]:
    place = _at(chance, lines)
    line = "".join(lines[place : place + 1])
    cut = chance.randint(0, len(line))
    return _changed(lines, place, line[:cut], line[cut:])


def _added(chance: Random, lines: Sequence[str]) -> list[str]:
    place = _at(chance, lines)
    return _changed(lines, place, *lines[place : place + 1], chance.choice(_LINES))


def _joined(chance: Random, lines: Sequence[str]) -> list[str]:
    place = _at(chance, lines)
    return [*lines[:place], " ".join(lines[place : place + 2]), *lines[place + 2 :]]


def _moved(chance: Random, lines: Sequence[str]) -> list[str]:
    place = _at(chance, lines)
    rest = _changed(lines, place)
    to = _at(chance, rest)
    return [*rest[:to], *lines[place : place + 1], *rest[to:]]


def _worded(chance: Random, lines: Sequence[str]) -> list[str]:
    place = _at(chance, lines)
    return _changed(lines, place, mutated(chance, "".join(lines[place : place + 1])))


_CHANGES: Sequence[Callable[[Random, Sequence[str]], list[str]]] = (
    _marked,
    _marked,
    _closed,
    _every_other,
    _broken,
    _added,
    _added,
    _joined,
    _moved,
    _worded,
    _worded,
    lambda chance, lines: _changed(lines, _at(chance, lines)),
    lambda chance, lines: [*lines, *lines[_at(chance, lines) :][:3]],
)
