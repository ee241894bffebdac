"""Whether the logs of decisions and changes are as they were written."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, F, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce

from claims.choices import Verdict
from claims.models import Claim, Decision, Erasure
from claims.models.claims.log_chain import FIRST, KINDS, Link, LogLink, digests_of, hash_of

_AT_ONCE = 2_000
"""Links that are read together: memory is the same however long the log is."""


@dataclass(frozen=True, slots=True)
class LogCheck:
    """What a check of the logs found.

    Attributes:
        links: how many links are whole, up to the first fault if there is one.
        head: the hash of the last of them, in hex.
        fault: the first fault in words; "" if there is none.
    """

    links: int
    head: str
    fault: str


def check_log(heads: Mapping[int, str], tell: Callable[[int, int], None]) -> LogCheck:
    """Check every entry of the logs, in order.

    Args:
        heads: hashes that were noted elsewhere, in hex, by position.
        tell: is told how many links were checked, and how many there are.
    """
    total = LogLink.objects.count()
    erased = Erasure.objects.former_editors()
    position, before = 0, FIRST
    while links := LogLink.objects.after(position, _AT_ONCE):
        fault, number, before = _first_fault(links, position, before, heads, erased)
        position += number
        if fault:
            return LogCheck(position, before.hex(), fault)
        tell(position, max(total, position))
    missing = [noted for noted in heads if noted > position]
    fault = f"Links are missing at the end: {max(missing):,} were noted." if missing else ""
    return LogCheck(position, before.hex(), fault or _fault_outside())


def _first_fault(
    links: Sequence[Link],
    position: int,
    before: bytes,
    heads: Mapping[int, str],
    erased: Mapping[int, str],
) -> tuple[str, int, bytes]:
    """Return the first fault of some links, how many are whole before it, and the last one's hash."""
    entries = {
        code: dict(kind.stored(link.entry for link in links if link.kind == code))
        for code, kind in KINDS.items()
    }
    for number, link in enumerate(links):
        at = position + number + 1
        fault = _fault_of_link(link, at, before) or _fault_of_entry(
            link, entries.get(link.kind, {}).get(link.entry), erased
        )
        if not fault and heads.get(at, link.hash.hex()) != link.hash.hex():
            fault = f"Link {at:,} is not the one that was noted: the log was rewritten."
        if fault:
            return fault, number, before
        before = link.hash
    return "", len(links), before


def _fault_of_link(link: Link, at: int, before: bytes) -> str:
    if link.position != at:
        return f"Link {at:,} is missing."
    digests = link.content, link.name
    if link.kind in KINDS and link.hash == hash_of(
        before, at, KINDS[link.kind], link.entry, digests
    ):
        return ""
    return f"Link {at:,}, of the {link.kind} {link.entry}, was changed."


def _fault_of_entry(link: Link, values: tuple[Any, ...] | None, erased: Mapping[int, str]) -> str:
    what = f"The {link.kind} {link.entry}"
    if values is None:
        return f"{what} was deleted: link {link.position:,} proves it."
    kind = KINDS[link.kind]
    content, name = digests_of(kind, link.entry, values)
    if content != link.content:
        return f"{what} was changed: link {link.position:,} proves another content."
    # Whoever was erased has another name, as the erasure says, which is itself in the chain.
    if name != link.name and values[-1] != erased.get(kind.actor_of(values)):
        return f"{what} was changed: link {link.position:,} proves another name."
    return ""


def _fault_outside() -> str:
    """Return what the links cannot prove: an entry without a link, or a claim that is not as its log says."""
    for code, kind in KINDS.items():
        linked = LogLink.objects.filter(kind=code, entry=OuterRef("pk"))
        extra = kind.model._default_manager.filter(~Exists(linked)).order_by("pk").values_list("pk")
        if found := extra.first():
            return f"The {code} {found[0]} has no link: the workbench did not write it."
    newest = Decision.objects.filter(claim=OuterRef("pk")).newest_first().values("verdict")[:1]
    decided = Claim.objects.annotate(
        newest=Coalesce(Subquery(newest), Value(Verdict.PENDING.value))
    )
    if found := decided.exclude(verdict=F("newest")).order_by("pk").values_list("pk").first():
        return f"Claim {found[0]} has a different verdict from its newest decision."
    return ""
