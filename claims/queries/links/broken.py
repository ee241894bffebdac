"""Links that no longer lead to what they led to, with the claims and the published reports that rest on them."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from django.contrib.auth.models import User
from django.db.models import Prefetch

from claims.anchoring.types import Side
from claims.choices import LinkState
from claims.models import Capture, Claim, Evidence, LinkCheck, Report, ReportedClaim, Revision
from claims.models.base.expressions import Among
from claims.models.links.checks import BROKEN, LinkCheckQuerySet
from claims.models.reports.reports import NOT_LISTED
from claims.queries.captures.states import compared, excerpt_is_in
from claims.queries.claims.rows import ClaimRow, as_seen_by

_CLAIMS = 5
"""Of how many claims a page is shown to be evidence."""
_READ = 1_000
"""How many pieces of evidence are read for a page of the list, at the most."""
_COUNTED = 200
"""Up to how many broken links are counted."""
_SHOWN = 4
"""How many the dashboard names."""


@dataclass(frozen=True)
class RestingClaim:
    """A claim that rests on a page, as one person may see it.

    Attributes:
        row: the claim.
        piece: the page as its evidence.
        reports: the published reports with the claim, the newest first.
        excerpt_is_in: whether the evidence's excerpt is in what stands there now; None if that is not known.
    """

    row: ClaimRow
    piece: Evidence
    reports: Sequence[Report] = ()
    excerpt_is_in: bool | None = None


@dataclass(frozen=True)
class BrokenLink:
    """A link that somebody has to look at.

    Attributes:
        check: what its last check found.
        claims: the first claims that rest on it; `more` is how many there are besides.
        capture: the newest capture of the page of which something was kept, if there is one.
        sides: what was captured and what stands there now, side by side; only for one link alone, if that has changed.
    """

    check: LinkCheck
    claims: Sequence[RestingClaim]
    more: int = 0
    capture: Capture | None = None
    sides: Sequence[Side] = field(default=())

    @property
    def copies(self) -> list[str]:
        """The archived copies that the evidence names, each once."""
        return list(
            dict.fromkeys(one.piece.archive_url for one in self.claims if one.piece.archive_url)
        )

    @property
    def reports(self) -> list[Report]:
        """The published reports that rest on it, each once."""
        return list(dict.fromkeys(report for one in self.claims for report in one.reports))


@dataclass(frozen=True)
class BrokenTotal:
    """How many links are broken: `number`, or more than that; and those that broke last."""

    number: int
    more: bool
    first: Sequence[LinkCheck]


def listed(state: str, *, in_reports: bool) -> LinkCheckQuerySet:
    """Return the links in a state, without their texts; with "", all that somebody has to look at.

    Args:
        state: one of `LinkState` that can be listed.
        in_reports: whether only those that published reports rest on.
    """
    states = [LinkState(state)] if state else []
    found = LinkCheck.objects.to_look_at(*states).defer("text")
    return found.in_reports() if in_reports else found


LISTED = (*BROKEN, LinkState.UNKNOWN)
"""The states that can be listed."""


def broken_total() -> BrokenTotal:
    """Return how many links are broken. One query, or two if there are any."""
    found = LinkCheck.objects.to_look_at().order_by("-since", "-pk")
    ids = list(found.values_list("pk", flat=True)[: _COUNTED + 1])
    first = LinkCheck.objects.filter(pk__in=ids[:_SHOWN]).defer("text").order_by("-since", "-pk")
    return BrokenTotal(min(len(ids), _COUNTED), len(ids) > _COUNTED, list(first) if ids else [])


def broken_links(viewer: User, checks: Sequence[LinkCheck]) -> list[BrokenLink]:
    """Return some links with what rests on them, as a person may see it. Five queries at most; none without links."""
    if not checks:
        return []
    pieces = _pieces([one.key for one in checks])
    shown = {key: some[:_CLAIMS] for key, some in pieces.items()}
    rows = _rows(viewer, {piece.claim_id for some in shown.values() for piece in some})
    reports = _reports(rows)
    captures = _captures([piece for some in shown.values() for piece in some[:1]])
    return [
        BrokenLink(
            check=one,
            claims=[
                RestingClaim(rows[piece.claim_id], piece, reports.get(piece.claim_id, ()))
                for piece in shown.get(one.key, ())
            ],
            more=max(len(pieces.get(one.key, ())) - _CLAIMS, 0),
            capture=captures.get(one.key),
        )
        for one in checks
    ]


def broken_link(viewer: User, check: LinkCheck) -> BrokenLink:
    """Return one link with what rests on it, and what has changed on its page."""
    (found,) = broken_links(viewer, [check])
    if not check.text:
        return found
    captured = Capture.objects.filter(key=check.key).exclude(text="").order_by("-pk").first()
    now = Capture(text=check.text)
    return BrokenLink(
        check=check,
        claims=[
            RestingClaim(one.row, one.piece, one.reports, excerpt_is_in(one.piece.excerpt, now))
            for one in found.claims
        ],
        more=found.more,
        capture=captured,
        sides=compared(captured.text, check.text) if captured else (),
    )


def _pieces(keys: Collection[str]) -> Mapping[str, list[Evidence]]:
    """Return the evidence that some pages are, by their keys."""
    found: defaultdict[str, list[Evidence]] = defaultdict(list)
    rows = Evidence.objects.not_removed().filter(address_key__in=keys).order_by("pk")
    for piece in rows[:_READ]:
        found[piece.address_key].append(piece)
    return found


def _rows(viewer: User, claim_ids: Collection[int]) -> dict[int, ClaimRow]:
    revisions = Revision.objects.defer("body").select_related("article")
    claims = Claim.objects.filter(Among("pk", sorted(claim_ids)))
    claims = claims.prefetch_related(Prefetch("revision", revisions))
    return {row.pk: row for row in as_seen_by(viewer, claims)}


def _reports(claim_ids: Collection[int]) -> Mapping[int, list[Report]]:
    """Return the published reports with some claims, the newest first, by the claims' ids."""
    found: defaultdict[int, list[Report]] = defaultdict(list)
    rows = ReportedClaim.objects.filter(Among("claim", sorted(claim_ids))).select_related("report")
    rows = rows.defer(*(f"report__{name}" for name in NOT_LISTED))
    for row in rows.order_by("-report__published_at", "-report_id", "-pk"):
        found[row.claim_id].append(row.report)
    return found


def _captures(pieces: Collection[Evidence]) -> dict[str, Capture]:
    """Return the newest capture of some pages of which something was kept, by their keys."""
    keys = {piece.address_key for piece in pieces}
    rows = Capture.objects.filter(key__in=keys).newest().kept().defer("text", "beside")
    return {one.key: one for one in rows.order_by("pk")}
