"""What a report tells of other claims: earlier checks of what says the same, and which of its claims do not agree.

Only what people have confirmed, and nothing of a claim that is waiting for a blind check.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.db.models import F, Window
from django.db.models.functions import RowNumber

from claims.choices import MatchRelation, MatchState, Verdict
from claims.models import Claim, ClaimMatch, Correction, Decision, Evidence, ReportedClaim
from claims.models.base.expressions import Among
from claims.models.claims.blind import hidden_among, open_to_all, seen_by
from claims.models.claims.decisions import in_force
from claims.models.claims.matches import CHALLENGING
from claims.models.reports.reports import claim_address
from claims.queries.reports.lines import Matched, evidence_line
from claims.queries.reports.terms import term_of
from claims.renderers.types import Contradiction, EarlierCheck, EvidenceLine, Report, Side

MOST = 3
"""How many checks with each verdict a report tells of, of what says the same as a claim: the newest ones."""


def matched(
    claims: Sequence[Claim], decisions: Mapping[int, Decision]
) -> defaultdict[int, Matched]:
    """Return what a report tells of the claims that say the same as its own, by the id of its own.

    A claim of the report itself is only among them if its verdict was taken over. At most ten queries; none if no
    repeat has been confirmed.

    Args:
        claims: the report's.
        decisions: the newest decision of each, by claim id.
    """
    found: defaultdict[int, Matched] = defaultdict(Matched)
    known = [claim for claim in _known(claims) if claim.group_id]
    if not known:
        return found
    origins = _origins(decisions[claim.pk] for claim in known if claim.pk in decisions)
    others = _others(known, claims, set(origins.values()))
    published = _published(others)
    checks = _checks(others, published)
    dismissed = _dismissed(checks)
    referred = _referred(pk for pk, origin in origins.items() if origin in checks)
    groups = defaultdict(list)
    for pk in checks:
        groups[others[pk].group_id].append(pk)
    own = {claim.pk for claim in claims}
    for claim in known:
        origin = origins.get(claim.pk)
        same = [
            pk
            for pk in groups[claim.group_id]
            if (pk == origin or pk not in own) and frozenset((pk, claim.pk)) not in dismissed
        ]
        found[claim.pk] = Matched(
            tuple(referred[claim.pk]) if origin in same else (),
            tuple(replace(checks[pk], taken_over=pk == origin) for pk in same),
            tuple(
                replace(published[pk], taken_over=pk == origin) for pk in same if pk in published
            ),
        )
    return found


def contradictions_among(claims: Sequence[Claim]) -> tuple[Contradiction, ...]:
    """Return which of a report's claims do not agree, in the order of the earlier ones. One query."""
    places = {claim.pk: place for place, claim in enumerate(claims)}
    sides = {claim.pk: _side(claim) for claim in _known(claims)}
    inside = [Among(side, sorted(sides)) for side in ("earlier", "later")]
    pairs = ClaimMatch.objects.filter(
        *inside, state=MatchState.CONFIRMED, relation__in=CHALLENGING
    ).values_list("earlier", "later", "relation")
    return tuple(
        Contradiction(term_of(MatchRelation(relation)), sides[earlier], sides[later])
        for earlier, later, relation in sorted(
            pairs, key=lambda pair: (places[pair[0]], places[pair[1]])
        )
    )


def public_checks(report: Report, *, since: datetime | None = None) -> dict[tuple[int, int], str]:
    """Return the public pages on which a report's earlier checks stand as it tells of them.

    Args:
        report: the report.
        since: when it was published; checks that were corrected after that are left out.

    Returns:
        Their addresses, by the number of the page's report and the id of its claim.
    """
    told = {(one.report, one.claim) for line in report.lines for one in line.earlier_public}
    if not told:
        return {}
    rows = ReportedClaim.objects.filter(
        report__public=True,
        report__in={report for report, _claim in told},
        claim__in={claim for _report, claim in told},
    )
    if since:
        rows = rows.exclude(corrections__published_at__gt=since)
    return {
        (report, claim): address
        for report, claim in rows.values_list("report", "claim")
        if (report, claim) in told and (address := claim_address(claim))
    }


def _known(claims: Sequence[Claim]) -> list[Claim]:
    hidden = hidden_among(AnonymousUser(), claims)
    return [claim for claim in claims if claim.pk not in hidden]


def _side(claim: Claim) -> Side:
    article = claim.revision.article
    return Side(
        claim=claim.pk,
        statement=claim.statement,
        source=claim.source.name if claim.source else "",
        role=claim.role,
        outlet=article.outlet.name if article.outlet else "",
        published=article.published_at,
        verdict=term_of(Verdict(claim.verdict)),
    )


def _origins(decisions: Iterable[Decision]) -> dict[int, int]:
    """Return the claims whose verdicts were taken over, by the id of the claim that took it over."""
    taken = {one.claim_id: one.origin_id for one in decisions if one.origin_id}
    if not taken:
        return {}
    origins = Decision.objects.filter(pk__in=set(taken.values()))
    claims = dict(origins.values_list("pk", "claim"))
    return {pk: claims[origin] for pk, origin in taken.items()}


def _others(
    known: Sequence[Claim], claims: Sequence[Claim], origins: Collection[int]
) -> dict[int, Claim]:
    """Return the newest checks of what says the same, and those that were taken over: the claims by id."""
    groups = {claim.group_id for claim in known}
    decided = open_to_all(Claim.objects.active()).decided().filter(group__in=groups)
    read = decided.select_related("source", "outlet", "revision__article").defer("revision__body")
    place = Window(
        RowNumber(),
        partition_by=["group", "verdict"],
        order_by=[F("decided_at").desc(), F("pk").desc()],
    )
    newest = (
        read.exclude(pk__in=[claim.pk for claim in claims])
        .annotate(place=place)
        .filter(place__lte=MOST)
    )
    taken = read.filter(pk__in=origins)
    return {claim.pk: claim for claim in (*newest.order_by(), *taken.order_by())}


def _checks(
    others: Mapping[int, Claim], published: Mapping[int, EarlierCheck]
) -> dict[int, EarlierCheck]:
    """Return what the newsroom knows of the checks, by claim id, the newest first."""
    decisions = Decision.objects.defer("evidence").by_claim(others)
    found = {}
    for pk, claim in others.items():
        decision = in_force(decisions[pk], version=claim.version)
        if decision is not None:
            public = published.get(pk)
            article = claim.revision.article
            found[pk] = EarlierCheck(
                claim=pk,
                statement=claim.statement,
                source=claim.source.name if claim.source else "",
                role=claim.role,
                outlet=claim.outlet.name if claim.outlet else "",
                published=article.published_at,
                verdict=term_of(Verdict(claim.verdict)),
                reason=decision.reason,
                checked_by=decision.actor_name,
                checked_at=decision.decided_at,
                taken_over=False,
                report=public.report if public else None,
                report_title=public.report_title if public else "",
            )
    return dict(sorted(found.items(), key=lambda one: (one[1].checked_at, one[0]), reverse=True))


def _published(others: Mapping[int, Claim]) -> dict[int, EarlierCheck]:
    """Return what the newest public report with each claim tells of its check, by claim id, as corrected since."""
    rows = ReportedClaim.objects.filter(claim__in=list(others), report__public=True)
    read = rows.select_related("report", "decision").defer(
        "report__claim_ids", "decision__evidence"
    )
    newest = {row.claim_id: row for row in read.order_by("report__published_at", "report")}
    told = (
        Correction.objects.published()
        .filter(reported__in=newest.values())
        .select_related("decision")
        .defer("decision__evidence")
    )
    corrections = {one.reported_id: one for one in reversed(told)}
    found = {}
    for pk, row in newest.items():
        corrected = corrections.get(row.pk)
        decision = corrected.decision if corrected else row.decision
        if decision is not None and decision.verdict != Verdict.PENDING:
            found[pk] = EarlierCheck(
                claim=pk,
                statement="",
                source="",
                role="",
                outlet="",
                published=None,
                verdict=term_of(Verdict(decision.verdict)),
                reason=corrected.notice if corrected else decision.reason,
                checked_by="",
                checked_at=decision.decided_at,
                taken_over=False,
                report=row.report_id,
                report_title=row.report.title,
            )
    return found


def _dismissed(claim_ids: Collection[int]) -> set[frozenset[int]]:
    """Return the pairs of which a person has said that they do not say the same."""
    matches = ClaimMatch.objects.of_claims(claim_ids).filter(state=MatchState.DISMISSED)
    return {frozenset(pair) for pair in matches.values_list("earlier", "later")}


def _referred(claim_ids: Iterable[int]) -> defaultdict[int, list[EvidenceLine]]:
    """Return the documents of other claims on which claims with a verdict that was taken over rely, as they are now.

    The verdict may have been passed on several times: documents of a claim before its origin are among them, and left
    out while that is checked blind.
    """
    found: defaultdict[int, list[EvidenceLine]] = defaultdict(list)
    taken = Decision.objects.filter(claim__in=list(claim_ids)).newest_of_each_claim()
    kept = {one.claim_id: {each["id"] for each in one.evidence} for one in taken}
    wanted = {pk for ids in kept.values() for pk in ids}
    documents = Evidence.objects.not_removed().with_secrecy().filter(pk__in=wanted)
    for item in seen_by(AnonymousUser(), documents).order_by("pk"):
        for pk, ids in kept.items():
            if item.pk in ids and item.claim_id != pk:
                found[pk].append(evidence_line(item))
    return found
