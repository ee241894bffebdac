"""How much a claim deserves checking first, 0..1, and the codes of the reasons.

The score is learned from sentences that fact-checkers labelled (`checkworthiness_model.py`). The reasons are signs,
which are data: `checkworthiness.toml` says how to read and extend it.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from claims.extraction.statements.checkworthiness_model import TextKind, model
from claims.extraction.statements.logits import rounded, share
from claims.extraction.types import Mood, Speaker

_BEFORE_QUESTION = re.compile(
    r".*[.!…][”’\"]?(?=\s)"
    r"|.*(?=,\s(?:is|are|was|were|has|have|had|do|does|did|can|could|will|would)(?:n[’']t)?\s\w+\?\W*$)"
)
"""What comes before a question, or before "did he?"."""
_FEW = 3
"""So few words before a question state nothing: "Well, Dr. Harl."."""

_WORD = re.compile(r"\w+")
_DATA = Path(__file__).with_name("checkworthiness.toml")


@dataclass(frozen=True, slots=True)
class Worth:
    """The check-worthiness of a claim.

    Attributes:
        checkable: whether it can be checked.
        score: 0..1, the share of desks that would check it, by its own words; less where it cannot be checked.
        reasons: the codes of the reasons for checking it first, or why it cannot be checked, in the
            order of `checkworthiness.toml`.
    """

    checkable: bool
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Sign:
    """A reason's sign: one of `words`, in small letters, or what `pattern` or, at its beginning, `opening` matches."""

    code: str
    words: frozenset[str]
    pattern: re.Pattern[str] | None
    opening: re.Pattern[str] | None
    weight: float = 0.0
    fact: bool = False
    unfit: bool = False
    always: bool = False


@dataclass(frozen=True, slots=True)
class _Scale:
    signs: tuple[_Sign, ...]
    sources: Mapping[str, tuple[str, float]]
    unchecked: float
    named: float
    unresolved: float


def worth(
    statement: str,
    mood: Mood,
    speaker: Speaker | None,
    *,
    unresolved: Sequence[str] = (),
    text_kind: TextKind = "article",
) -> Worth:
    """Rate a statement by its words, by who makes it and by whether it can be read alone.

    Args:
        statement: the claim in words that can be read on their own.
        mood: how the source presents it; what is asked or demanded cannot be checked.
        speaker: whose claim it is, or None.
        unresolved: the words of it that point outside it, to nobody knows what.
        text_kind: where it stands.

    Returns:
        Its worth.
    """
    scale = _scale()
    found = _signs(statement)
    told = dict(_of_source(scale, speaker))
    total = model().logit(statement, text_kind) + sum(told.values())
    total += sum(sign.weight for sign in found) + bool(unresolved) * scale.unresolved
    unfit = _unfit(statement, mood, found)
    if unfit:
        return Worth(checkable=False, score=rounded(share(total) * scale.unchecked), reasons=unfit)
    reasons = dict.fromkeys(sign.code for sign in found if not sign.unfit)
    return Worth(checkable=True, score=rounded(share(total)), reasons=(*reasons, *told))


def codes() -> frozenset[str]:
    """Return all codes that a claim's reasons may have."""
    scale = _scale()
    told = {code for code, _ in scale.sources.values()}
    return frozenset(
        {sign.code for sign in scale.signs} | told | {"named-source", "asked", "demanded"}
    )


@cache
def common_words() -> frozenset[str]:
    """Return words of four letters and more that say nothing of what a claim is about."""
    return frozenset(tomllib.loads(_DATA.read_text("utf-8"))["common"]["words"])


def _unfit(statement: str, mood: Mood, found: Sequence[_Sign]) -> tuple[str, ...]:
    """Return why a claim with some signs cannot be checked; nothing if it can."""
    if mood == "asked":
        before = _BEFORE_QUESTION.match(statement)
        words = before[0] if before is not None else ""
        stated = len(words.split()) > _FEW and not _unfit(words, "asserted", _signs(words))
        return () if stated else (mood,)
    if mood == "demanded":
        return (mood,)
    if any(sign.fact for sign in found) and not any(sign.always for sign in found):
        return ()
    return tuple(dict.fromkeys(sign.code for sign in found if sign.unfit))


def _signs(statement: str) -> list[_Sign]:
    words = _WORD.findall(statement.lower())
    return [
        sign
        for sign in _scale().signs
        if not sign.words.isdisjoint(words)
        or (sign.pattern is not None and sign.pattern.search(statement))
        or (sign.opening is not None and sign.opening.match(statement))
    ]


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
    lists = {name: _any_of(data[name]["words"]) for name in ("judging", "linking")}
    return _Scale(
        signs=tuple(_sign(lists, **entry) for entry in data["sign"]),
        sources={
            kind: (entry["code"], entry["weight"])
            for entry in data["source"]
            for kind in entry["kinds"]
        },
        **{key: data[key] for key in ("unchecked", "named", "unresolved")},
    )


def _sign(
    lists: Mapping[str, str],
    words: Sequence[str] = (),
    pattern: str = "",
    opening: str = "",
    **rest: Any,
) -> _Sign:
    single = frozenset(word.lower() for word in words if _WORD.fullmatch(word))
    others = [word for word in words if not _WORD.fullmatch(word)]
    if others:
        pattern = rf"(?i)(?<!\w){_any_of(others)}(?!\w)"
    return _Sign(
        words=single,
        pattern=_compiled(lists, pattern),
        opening=_compiled(lists, opening),
        **rest,
    )


def _compiled(lists: Mapping[str, str], pattern: str) -> re.Pattern[str] | None:
    for name, several in lists.items():
        pattern = pattern.replace(f"{{{name}}}", several)
    return re.compile(pattern) if pattern else None


def _any_of(words: Sequence[str]) -> str:
    parts = (re.escape(word).replace(r"\*", r"\w*").replace("'", "['’]") for word in words)
    return f"(?:{'|'.join(parts)})"
