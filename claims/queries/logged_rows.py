"""What the log of changes says of evidence, matches and second checks, in words."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _

from claims.choices import MatchRelation, MatchState, ReviewStatus, Stance
from claims.models import ChangedClaim, ClaimMatch, Evidence, ExternalMatch
from claims.models.claims import matches
from claims.models.claims.evidence import LOGGED
from claims.models.claims.second_checks import LOGGED as CHECKED
from claims.models.external import checks

_LONGEST_TITLE = 40
_UNTOLD = {"size", "content_type", "position"}
"""What is logged of evidence, but says nothing by itself."""


@dataclass(frozen=True)
class Difference:
    """One field before and after, as people read it."""

    label: str
    before: str
    after: str


def evidence_differences(row: ChangedClaim) -> Iterator[Difference]:
    """Return what differs in the claim's evidence: a whole piece that was added or removed, else its fields."""
    yield from _reordered(row)
    for name in row.after:
        if name.startswith(LOGGED):
            before, after = row.before[name], row.after[name]
            if before and after:
                yield from _redescribed(before, after)
            else:
                yield Difference(_("Evidence"), *(_piece(side) for side in (before, after)))


def _piece(kept: Mapping[str, Any] | None) -> str:
    """Return a piece of evidence on one line; "" for none."""
    if kept is None:
        return ""
    stance = kept_word("stance", kept["stance"])
    # Without a title, its link or its file name is used.
    told = dict.fromkeys([stance, kept["title"], kept["url"], kept["file_name"]])
    return " · ".join(filter(None, told))


def _reordered(row: ChangedClaim) -> Iterator[Difference]:
    """Return the titles of the pieces that were put in another order, before and after."""
    names = [
        name
        for name, after in row.after.items()
        if name.startswith(LOGGED)
        and after
        and row.before[name]
        and after.get("position") != row.before[name].get("position")
    ]
    if names:
        before, after = (
            " · ".join(
                kept["title"]
                for kept in sorted(
                    (side[name] for name in names),
                    key=lambda kept: (kept.get("position", 0), kept["id"]),
                )
            )
            for side in (row.before, row.after)
        )
        yield Difference(_("Order of the evidence"), before, after)


def _redescribed(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Difference]:
    labels = {field.name: str(field.verbose_name) for field in Evidence._meta.concrete_fields}
    for name, value in after.items():
        if value != before.get(name) and name not in _UNTOLD:
            field = capfirst(labels[name])
            label = _("Evidence “%(title)s”: %(field)s") % {
                "title": Truncator(before["title"]).chars(_LONGEST_TITLE),
                "field": field,
            }
            yield Difference(label, *(kept_word(name, side[name]) for side in (before, after)))


def kept_word(name: str, value: Any) -> str:
    """Return a value of the log as people read it."""
    if name == "stance":
        return str(Stance(value).label)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return str(value)


Matched = ClaimMatch | ExternalMatch


def matches_of(rows: Sequence[ChangedClaim]) -> dict[str, Matched]:
    """Return the matches that changes settled, by their names as fields; no query for a kind that there is none of."""
    own, external = (_ids_of(rows, begins) for begins in (matches.LOGGED, checks.LOGGED))
    found: dict[str, Matched] = {}
    if own:
        known = ClaimMatch.objects.filter(pk__in=own).select_related("earlier", "later")
        found |= {f"{matches.LOGGED}{one.pk}": one for one in known}
    if external:
        read = ExternalMatch.objects.filter(pk__in=external).select_related("external")
        found |= {f"{checks.LOGGED}{one.pk}": one for one in read.defer("external__vector")}
    return found


def _ids_of(rows: Sequence[ChangedClaim], begins: str) -> set[int]:
    names = {name for row in rows for name in row.after if name.startswith(begins)}
    return {int(name.removeprefix(begins)) for name in names}


def match_differences(row: ChangedClaim, known: Mapping[str, Matched]) -> Iterator[Difference]:
    """Yield what a change settled: with which claim or fact-check, and how its match stood before and after.

    A claim that somebody is to check blind is not named: who took its verdict over would tell it.
    """
    for name in row.after.keys() & known.keys():
        label = _label(known[name], row.claim_id)
        if label:
            before, after = row.before[name], row.after[name]
            yield Difference(label, *(str(MatchState(side).label) for side in (before, after)))


def _label(match: Matched, claim_id: int) -> str:
    """Return what is said of a match; "" for one of which nothing may be said."""
    if isinstance(match, ExternalMatch):
        return _("Fact-check by %(publisher)s: “%(statement)s”") % {
            "publisher": match.external.publisher,
            "statement": Truncator(match.external.statement).chars(_LONGEST_TITLE),
        }
    other = match.earlier if match.later_id == claim_id else match.later
    if other.blind and other.review_status == ReviewStatus.WAITING:
        return ""
    return _("%(relation)s: “%(statement)s”") % {
        "relation": MatchRelation(match.relation).label,
        "statement": Truncator(other.statement).chars(_LONGEST_TITLE),
    }


def check_differences(row: ChangedClaim) -> Iterator[Difference]:
    """Yield of whom a second check was requested, where it was requested of somebody or that was taken back."""
    for name in row.after:
        if name.startswith(CHECKED):
            before, after = (_asked_of(side[name]) for side in (row.before, row.after))
            if before != after:
                yield Difference(_("Second check requested of"), before, after)


def _asked_of(kept: Mapping[str, Any] | None) -> str:
    return kept["asked_of"] or _("anyone") if kept else ""
