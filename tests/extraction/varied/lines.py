"""Lines of news as nobody would write them: from a small grammar, from known passages, and both mutated."""

import re
import tomllib
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from random import Random

import claims.extraction
from tests.extraction.expected import passages

_SOURCES = (
    "the minister",
    "Ada Venn",
    "the transport minister, Ada Venn,",
    "police",
    "officials who asked not to be named",
    "she",
    "they",
    "nobody",
    "a spokesman for Ostrey Water",
    "Osk Pelham, 41, a welder from Aldmere,",
    "two people familiar with the matter",
    "the court",
    "Radio Ostrey",
    "the report",
    "it",
    "one of them",
    "Mr. Pelham",
    "the U.N.’s envoy",
)
_SUBJECTS = (
    "the pumps",
    "the dam at Norrel",
    "nine boats",
    "the mayor’s brother",
    "several more",
    "what he called “rumours”",
    "“no”",
    "this",
    "that",
    "half of the 3,400 homes",
    "Venn",
    "whoever signed it",
    "the party",
)
_PREDICATES = (
    "were old",
    "leaked",
    "had been shut since May",
    "killed four and injured eleven",
    "was the answer in every test",
    "would close and cut jobs",
    "is “a disgrace”",
    "fell by 4.5% to $1.2bn",
    "might not have been seen",
    "is to be sold",
    "did not say why",
    "rose, fell and rose again",
    "were killed and nine wounded",
    "ran",
    "was either blind or bought",
    "accused Osk Pelham of theft",
)
_CUES = (
    "said",
    "says",
    "told {s}",
    "claimed",
    "denied",
    "said it is possible",
    "warned",
    "asked whether",
    "vowed",
    "wrote on X",
    "was quoted as saying",
    "added",
    "called it",
    "is said",
    "urged {s} to say",
    "refused to say",
    "put the toll at",
    "announced",
)
_JOINTS = (
    ", and ",
    " and ",
    " but ",
    " though that ",
    ", although ",
    " while ",
    " whereas that ",
    " and that ",
    ", that ",
    "; ",
    " — ",
    " -- ",
    ": ",
    ", which ",
    " because ",
    " after ",
    " if ",
    " or that ",
    " nor ",
    ", ",
    " (",
    ") ",
    "... ",
    " / ",
)
_MARKS = ("“", "”", '"', "‘", "’", "'", "«", "»", "„", "``", "''", "(", ")", "[", "]")
_ODD = (
    "\u00a0",
    "\u200b",
    "\u202e",
    "\ufeff",
    "e\u0301",
    "👩‍🚒",
    "ﬁ",
    "İ",
    "ß",
    "\t",
    "…",
    "–",
    "·",
    "•",
    "%",
    "№",
    "قال",
    "大坝",
    "\u3000",
    "1,000,000",
    "£4m",
    "@ostrey",
    "https://ostrey.example.org/a?b=c",
    "O’Hara’s",
    "U.S.",
    "a.m.",
    "AND",
    "\x00",
)
_TOKEN = re.compile(r"\s+|\w+|[^\w\s]")


@cache
def _known() -> tuple[str, ...]:
    """What the cue lexicon's examples and the tests' passages say."""
    folder = Path(claims.extraction.__file__).parent
    lexicon = tomllib.loads((folder / "lexicons" / "cues.toml").read_text())
    entries = [one for each in lexicon.values() if isinstance(each, list) for one in each]
    told = [
        one[key]
        for one in entries
        if isinstance(one, dict)
        for key in ("example", "counter")
        if key in one
    ]
    plain = [re.sub(r"[{}\[\]]", "", one) for one in told if isinstance(one, str)]
    return (*plain, *(line for one in passages() for line in one.text.splitlines() if line))


def line(chance: Random) -> str:
    """Make one text, seldom of several paragraphs.

    Args:
        chance: what is chosen by; the same gives the same text.
    """
    text = _paragraph(chance)
    while chance.random() < 0.15:
        text += chance.choice(["\n", "\n\n", " "]) + _paragraph(chance)
    return text


def mutated(chance: Random, text: str) -> str:
    """Change a text in one place: a mark, a word, a piece of it.

    Args:
        chance: what is chosen by; the same gives the same text.
        text: any text.
    """
    return chance.choice(_MUTATIONS)(chance, text)


def _paragraph(chance: Random) -> str:
    text = chance.choice(_known()) if chance.random() < 0.35 else _sentence(chance, 0)
    for _ in range(chance.choice([0, 0, 1, 1, 2, 3, 6])):
        text = mutated(chance, text)
    return text


def _sentence(chance: Random, depth: int) -> str:
    text = _report(chance, depth) if chance.random() < 0.7 else _clause(chance, depth)
    return (
        text[:1].upper() + text[1:] + chance.choice([".", ".", ".", "", "?", "!", "…", "...", ":"])
    )


def _clause(chance: Random, depth: int) -> str:
    text = f"{chance.choice(_SUBJECTS)} {chance.choice(_PREDICATES)}"
    while chance.random() < 0.35:
        more = _report(chance, depth + 1) if depth < 3 and chance.random() < 0.3 else ""
        text += chance.choice(_JOINTS) + (
            more or f"{chance.choice(_SUBJECTS)} {chance.choice(_PREDICATES)}"
        )
    if chance.random() < 0.1:
        items = [chance.choice(_SUBJECTS) for _ in range(chance.randint(2, 7))]
        text += f": {', '.join(items)} and {chance.choice(_SUBJECTS)}"
    return text


def _report(chance: Random, depth: int) -> str:
    source, cue = chance.choice(_SOURCES), chance.choice(_CUES).format(s=chance.choice(_SOURCES))
    said = _clause(chance, depth)
    opening, closing = chance.choice([("“", "”"), ('"', '"'), ("‘", "’"), ("“", ""), ("", "”")])
    return chance.choice(_SHAPES).format(
        s=source, c=cue, x=said, y=_clause(chance, 3), o=opening, e=closing
    )


_SHAPES = (
    "{s} {c} {x}",
    "{s} {c} that {x}",
    "{s} {c} though that {x} and that {y}",
    "{s} {c}, {o}{x}{e}",
    "{o}{x},{e} {s} {c}",
    "{o}{x},{e} {c} {s}. {o}{y}.{e}",
    "{o}{x},{e} {s} {c}, {o}{y}{e}",
    "according to {s}, {x}",
    "{x}, according to {s}",
    "{x}, {s} {c}",
    "{x}, {s} {c}, {y}",
    "{s}: {o}{x}{e}",
    "{s} – {x}",
    "asked whether {x}, {s} {c} that {y}",
    "it is {o}{x}{e} that {s} {c} {y}",
    "{s}, who {c} that {x}, {c} {o}{y}{e}",
    "in a letter that {s} signed, {x}",
)


def _tokens(text: str) -> list[str]:
    return _TOKEN.findall(text)


def _at(chance: Random, text: str, added: str) -> str:
    place = chance.randint(0, len(text))
    return text[:place] + added + text[place:]


def _between(chance: Random, text: str, added: str) -> str:
    tokens = _tokens(text)
    tokens.insert(chance.randint(0, len(tokens)), added)
    return "".join(tokens)


def _without(chance: Random, text: str) -> str:
    tokens = _tokens(text)
    start = chance.randint(0, len(tokens))
    del tokens[start : start + chance.choice([1, 1, 2, 5])]
    return "".join(tokens)


def _twice(chance: Random, text: str) -> str:
    tokens = _tokens(text)
    start = chance.randint(0, len(tokens))
    some = tokens[start : start + chance.choice([1, 2, 5, 12])]
    return "".join(tokens[:start] + some * chance.choice([2, 2, 3]) + tokens[start + len(some) :])


def _swapped(chance: Random, text: str) -> str:
    tokens = _tokens(text)
    if tokens:
        one, other = (chance.randrange(len(tokens)) for _ in range(2))
        tokens[one], tokens[other] = tokens[other], tokens[one]
    return "".join(tokens)


def _cased(chance: Random, text: str) -> str:
    return chance.choice([str.upper, str.lower, str.title, str.swapcase])(text)


_MUTATIONS: Sequence[Callable[[Random, str], str]] = (
    lambda chance, text: _between(chance, text, chance.choice(_MARKS)),
    lambda chance, text: _between(chance, text, chance.choice(_MARKS)),
    lambda chance, text: _at(chance, text, chance.choice(_ODD)),
    lambda chance, text: _between(chance, text, chance.choice(_JOINTS)),
    lambda chance, text: _between(chance, text, f" {chance.choice(_CUES).format(s='police')} "),
    lambda chance, text: _between(chance, text, f" {chance.choice(_known())} "),
    lambda chance, text: f"{text} {chance.choice(_known())}",
    lambda chance, text: text[: chance.randint(0, len(text))],
    lambda chance, text: text[chance.randint(0, len(text)) :],
    lambda chance, text: f"{chance.choice(_MARKS)}{text}{chance.choice(_MARKS)}",
    _without,
    _twice,
    _swapped,
    _cased,
)
