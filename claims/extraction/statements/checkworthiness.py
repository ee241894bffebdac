"""How much a claim deserves checking first, 0..1, and the codes of the reasons.

The signs and their weights are data, `checkworthiness.toml`; that file says how to read and extend it.
"""

import math
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from claims.extraction.types import Mood, Speaker

_DATA = Path(__file__).with_name("checkworthiness.toml")


@dataclass(frozen=True, slots=True)
class Worth:
    """The check-worthiness of a claim.

    Attributes:
        checkable: whether it can be checked.
        score: 0..1, to two places; a ranking and not a probability.
        reasons: the codes of the reasons for checking it first, or why it cannot be checked, in the
            order of `checkworthiness.toml`.
    """

    checkable: bool
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Sign:
    code: str
    weight: float
    pattern: re.Pattern[str]
    fact: bool = False
    unfit: bool = False


@dataclass(frozen=True, slots=True)
class _Scale:
    signs: tuple[_Sign, ...]
    sources: Mapping[str, tuple[str, float]]
    base: float
    short: float
    few: int
    unchecked: float
    named: float


def worth(statement: str, mood: Mood, speaker: Speaker | None) -> Worth:
    """Rate a statement by its figures, dates, named actors and accusations, and by who makes it.

    Args:
        statement: the claim in words that can be read on their own.
        mood: how the source presents it; what is asked or demanded cannot be checked.
        speaker: whose claim it is, or None.

    Returns:
        Its worth.
    """
    scale = _scale()
    if mood in {"asked", "demanded"}:
        return Worth(checkable=False, score=scale.unchecked, reasons=(mood,))
    found = [sign for sign in scale.signs if sign.pattern.search(statement)]
    unfit = [sign.code for sign in found if sign.unfit]
    if unfit and not any(sign.fact for sign in found):
        return Worth(checkable=False, score=scale.unchecked, reasons=tuple(unfit))
    reasons = [(sign.code, sign.weight) for sign in found]
    reasons += _of_source(scale, speaker)
    total = scale.base + sum(weight for _, weight in reasons)
    if len(statement.split()) < scale.few:
        total += scale.short
    score = round(1 / (1 + math.exp(-total)), 2)
    told = tuple(code for code, weight in reasons if weight > 0)
    return Worth(checkable=True, score=score, reasons=told)


def codes() -> frozenset[str]:
    """Return all codes that a claim's reasons may have."""
    scale = _scale()
    own = {sign.code for sign in scale.signs if sign.weight > 0 or sign.unfit}
    told = {code for code, _ in scale.sources.values()}
    return frozenset(own | told | {"named-source", "asked", "demanded"})


def _of_source(scale: _Scale, speaker: Speaker | None) -> Iterator[tuple[str, float]]:
    if speaker is None:
        return
    if speaker.kind in scale.sources:
        yield scale.sources[speaker.kind]
    if speaker.named:
        yield "named-source", scale.named


@cache
def _scale() -> _Scale:
    data = tomllib.loads(_DATA.read_text("utf-8"))
    return _Scale(
        signs=tuple(_sign(**entry) for entry in data["sign"]),
        sources={
            kind: (entry["code"], entry["weight"])
            for entry in data["source"]
            for kind in entry["kinds"]
        },
        **{key: data[key] for key in ("base", "short", "few", "unchecked", "named")},
    )


def _sign(words: tuple[str, ...] = (), pattern: str = "", **rest: Any) -> _Sign:
    if words:
        parts = (re.escape(word).replace(r"\*", r"\w*") for word in words)
        pattern = rf"(?i)(?<!\w)(?:{'|'.join(parts)})(?!\w)"
    return _Sign(pattern=re.compile(pattern), **rest)
