"""Labelled lines, links, times and verdicts, as every part of a report for people shows them."""

import re
from collections.abc import Sequence
from datetime import datetime

from claims.renderers.documents.blocks import Fact, Mark
from claims.renderers.labels import Words
from claims.renderers.times import for_people
from claims.renderers.types import Term

ICONS = {"verified": "✓", "disputed": "!", "pending": "○"}
"""What stands beside a verdict's word, so that nobody needs to see its colour."""

_LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")
# Only what a browser opens as a web page is linked: a `javascript:` address is shown as text.
_WEB_ADDRESS = re.compile(r"https?://[^\s\x00-\x1f\x7f]+", re.IGNORECASE)


def href(address: str) -> str:
    """Return the address if it is a web address (http or https), else ""."""
    return address if _WEB_ADDRESS.fullmatch(address) else ""


def fact(words: Words, key: str, text: str, link: str = "") -> Fact:
    """Return a labelled line; `key` is that of its label, and `link` is only used if it is a web address."""
    return Fact(words[key], text, href(link))


def present(*facts: Fact) -> tuple[Fact, ...]:
    """Return those facts that have a text."""
    return tuple(fact for fact in facts if fact.text)


def complete(words: Words, *facts: Fact) -> tuple[Fact, ...]:
    """Return all facts; one without a text says that it is not given."""
    return tuple(fact if fact.text else Fact(fact.label, words["not_given"]) for fact in facts)


def mark(verdict: Term) -> Mark:
    """Return a verdict as readers see it."""
    return Mark(verdict.code, ICONS[verdict.code], verdict.label, verdict.language)


def moment(at: datetime | None) -> str:
    """Return a time for people, or "" if there is none."""
    return for_people(at) if at else ""


def by(words: Words, key: str, at: datetime | None, who: str) -> Fact:
    """Return who did something when, as far as it is known."""
    # The time comes first: after a name in a right-to-left script it would be set from right to
    # left.
    return fact(words, key, " ".join(filter(None, (moment(at), who and f"{words['by']} {who}"))))


def percents(counts: Sequence[int]) -> list[int]:
    """Return the shares of counts in whole per cent, which are 100 together: the largest remainders are rounded up."""
    whole = sum(counts)
    if not whole:
        return [0 for _count in counts]
    down = [100 * count // whole for count in counts]
    by_remainder = sorted(range(len(counts)), key=lambda place: -(100 * counts[place] % whole))
    for place in by_remainder[: 100 - sum(down)]:
        down[place] += 1
    return down


def joined(*parts: str) -> str:
    """Return the parts that there are, on one line."""
    return " · ".join(filter(None, parts))


def anchor_of(claim: int) -> str:
    """Return a claim's name inside a document, by its id."""
    return f"claim-{claim}"


def language_of(tag: str) -> str:
    """Return a language tag if it is valid, else ""."""
    return tag if _LANGUAGE_TAG.fullmatch(tag) else ""
