"""Claims: listed, read, changed and decided."""

import json
from collections.abc import Callable, Sequence
from typing import Annotated, Any, Literal

from django.contrib.auth.models import User
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema, Status
from pydantic import Field, create_model

from claims.actions import (
    EvidenceDraft,
    assign_claims,
    change_source,
    dismiss_claims,
    mark_checkable,
    restore_claims,
    reword_claim,
)
from claims.actions import decide_claim as decide
from claims.actions.base import transaction_of_action
from claims.actions.locking import claim_for_change
from claims.api.endpoints import endpoint, page, tag_version, version_seen, viewer_of
from claims.api.idempotency import once
from claims.api.schemas import claims as schemas
from claims.api.schemas.base import Cursor, Id, Limit
from claims.api.schemas.evidence import NewEvidence, evidence_data
from claims.api.schemas.external import other_check_data
from claims.choices import Stance, Verdict
from claims.errors import FilterNotUnderstoodError, InvalidValueError
from claims.models import Claim, Source
from claims.queries.claims.details import decisions_of, evidence_of
from claims.queries.claims.filters import ClaimFilter
from claims.queries.claims.names import refused
from claims.queries.claims.records import record_of
from claims.queries.matching.external import other_newsrooms
from claims.queries.matching.matches import MatchedClaim, seen_before

router = Router(tags=["claims"])

SORTS = {
    "published": "listed_at",
    "decided": "decided_at",
    "worth": "checkworthiness",
    "id": "id",
}
"""The orders of the list, by their names in the address."""

Order = Literal["published", "-published", "decided", "-decided", "worth", "-worth", "id", "-id"]
Expand = Annotated[
    str,
    Query(description="What else is wanted: `evidence`, `decisions` or both, with a comma."),
]

_FILTERS: dict[str, Any] = {
    name: (str | None, Field(None, description=str(each.label)))
    for name, each in ClaimFilter.base_filters.items()
}
ClaimFilters = create_model("ClaimFilters", __base__=Schema, **_FILTERS)
"""The filters of the table of claims, as parameters. Their values are checked by the filter itself."""


@endpoint(router, "GET", "/claims", schemas.ClaimPage)
def list_claims(
    request: HttpRequest,
    filters: Query[ClaimFilters],  # type: ignore[valid-type]  # a class made of the filters
    sort: Order = "-published",
    expand: Expand = "",
    cursor: Cursor = "",
    limit: Limit = 100,
) -> HttpResponse:
    """List claims by the filters of the table, as the account may see them. By default, only active ones."""
    viewer = viewer_of(request)
    chosen = filter_of(request.GET, viewer, beside={"sort", "expand", "cursor", "limit"})
    name = sort.removeprefix("-")
    expansions = _expansions(expand)
    found = page(
        chosen.qs.only("pk", SORTS[name]),
        sort.replace(name, SORTS[name]),
        cursor,
        limit,
        lambda rows: with_details([one.pk for one in rows], viewer=viewer, expand=expansions),
        always_set=name != "decided",
    )
    # Written at once, since checking a thousand claims against their own description takes longer than reading them.
    return HttpResponse(json.dumps(found, cls=DjangoJSONEncoder), content_type="application/json")


def filter_of(sent: MultiValueDict[str, str], viewer: User, *, beside: set[str]) -> ClaimFilter:
    """Return the filter in an address.

    Args:
        sent: the parameters.
        viewer: who asks.
        beside: the names of parameters that filter nothing.

    Raises:
        FilterNotUnderstoodError: if a name or a value is not valid.
    """
    wrong = refused(sent, beside | set(ClaimFilter.base_filters))
    if wrong:
        raise FilterNotUnderstoodError(why=wrong[0])
    data = sent.copy()
    for name in beside:
        data.pop(name, None)
    return ClaimFilter(data, Claim.objects.all(), viewer=viewer).understood()


def _expansions(asked: str) -> set[str]:
    names = set(filter(None, asked.split(",")))
    wrong = refused(sorted(names), {"evidence", "decisions"})
    if wrong:
        raise FilterNotUnderstoodError(why=wrong[0])
    return names


def with_details(
    claim_ids: Sequence[int], *, viewer: User, expand: set[str]
) -> list[dict[str, Any]]:
    """Return claims as a person may see them, with their evidence or decisions if these are wanted."""
    items = schemas.claim_data(claim_ids, viewer)
    ids = [item["id"] for item in items]
    hidden = {item["id"] for item in items if item["verdict_hidden"]}
    evidence = decisions = None
    if "evidence" in expand:
        evidence = {
            pk: [evidence_data(one, hidden=pk in hidden) for one in pieces]
            for pk, pieces in evidence_of(ids).items()
        }
    if "decisions" in expand:
        decisions = {
            pk: list(map(schemas.decision_data, some))
            for pk, some in decisions_of(ids, viewer).items()
        }
    schemas.expand(items, evidence, decisions)
    return items


@endpoint(router, "GET", "/claims/{pk}", schemas.ClaimOut)
def get_claim(
    request: HttpRequest, response: HttpResponse, pk: Id, expand: Expand = ""
) -> dict[str, Any]:
    """Return one claim. Its version is the ETag that a change needs."""
    return _claim(request, response, pk, _expansions(expand))


def _claim(
    request: HttpRequest, response: HttpResponse, pk: int, expand: set[str] | None = None
) -> dict[str, Any]:
    get_object_or_404(Claim.objects.only("pk"), pk=pk)
    (item,) = with_details([pk], viewer=viewer_of(request), expand=expand or set())
    tag_version(response, item["version"])
    return item


@endpoint(router, "PATCH", "/claims/{pk}", schemas.ClaimOut, versioned=True)
def update_claim(
    request: HttpRequest, response: HttpResponse, pk: Id, change: schemas.ClaimChange
) -> dict[str, Any]:
    """Change a claim's statement, source, whether it can be checked, or whose it is; all of it or nothing."""
    version = version_seen(request)
    get_object_or_404(Claim.objects.only("pk"), pk=pk)
    with transaction_of_action():
        claim_for_change(claim_id=pk, version=version)
        for step in _steps(viewer_of(request), pk, change):
            step(version)
            version = Claim.objects.values_list("version", flat=True).get(pk=pk)
    return _claim(request, response, pk)


def _steps(actor: User, pk: int, change: schemas.ClaimChange) -> list[Callable[[int], object]]:
    """Return the actions that a change consists of, each of which takes the version that the one before left."""
    sent = change.model_fields_set
    of: dict[str, Any] = {"actor": actor, "claim_id": pk}
    steps: list[Callable[[int], object]] = []
    if change.statement is not None:
        words = change.statement
        steps.append(lambda version: reword_claim(version=version, statement=words, **of))
    if sent & {"source_id", "role", "told_to"}:
        steps.append(lambda version: _set_source(version, change, of))
    if change.checkable is not None:
        can = change.checkable
        steps.append(lambda version: mark_checkable(version=version, checkable=can, **of))
    if change.dismissed is not None:
        act = dismiss_claims if change.dismissed else restore_claims
        steps.append(lambda version: act(actor=actor, versions={pk: version}))
    if change.assigned_to is not None:
        person = _person(change.assigned_to)
        steps.append(lambda version: assign_claims(actor=actor, versions={pk: version}, to=person))
    return steps


def _set_source(version: int, change: schemas.ClaimChange, of: dict[str, Any]) -> None:
    claim = Claim.objects.select_related("source").get(pk=of["claim_id"])
    source = claim.source
    if "source_id" in change.model_fields_set:
        source = _source(change.source_id) if change.source_id else None
    change_source(
        version=version,
        source=source,
        role=claim.role if change.role is None else change.role,
        told_to=claim.told_to if change.told_to is None else change.told_to,
        **of,
    )


def _source(pk: int) -> Source:
    found = Source.objects.filter(pk=pk).first()
    if found is None:
        raise InvalidValueError(why=_("there is no source %(id)s.") % {"id": pk})
    return found


def _person(name: str) -> User | None:
    found = User.objects.filter(username=name).first()
    if name and found is None:
        raise InvalidValueError(why=_("there is no account “%(name)s”.") % {"name": name})
    return found


@endpoint(
    router,
    "POST",
    "/claims/{pk}/decisions",
    schemas.ClaimOut,
    status=201,
    once=once,
    versioned=True,
)
def decide_claim(
    request: HttpRequest, response: HttpResponse, pk: Id, decision: schemas.NewDecision
) -> Status[dict[str, Any]]:
    """Set a claim's verdict, with its evidence if there is some. Returns the claim."""
    version = version_seen(request)
    get_object_or_404(Claim.objects.only("pk"), pk=pk)
    decide(
        actor=viewer_of(request),
        claim_id=pk,
        version=version,
        verdict=Verdict(decision.verdict),
        reason=decision.reason,
        note=decision.note,
        review_by=decision.review_by,
        evidence=draft_of(decision.evidence) if decision.evidence else None,
    )
    return Status(201, _claim(request, response, pk))


def draft_of(sent: NewEvidence) -> EvidenceDraft:
    """Return a document as it was sent."""
    return EvidenceDraft(
        title=sent.title,
        url=sent.url,
        stance=Stance(sent.stance),
        excerpt=sent.excerpt,
        archive_url=sent.archive_url,
        primary=sent.primary,
        interest=sent.interest,
        confidential=sent.confidential,
        looked_up=sent.looked_up or timezone.localdate(),
    )


@endpoint(router, "GET", "/claims/{pk}/decisions", schemas.Decisions)
def list_decisions(request: HttpRequest, pk: Id) -> dict[str, Any]:
    """List a claim's decisions, oldest first. None while the account must not know its verdict."""
    get_object_or_404(Claim.objects.only("pk"), pk=pk)
    found = decisions_of([pk], viewer_of(request)).get(pk, [])
    return {"items": list(map(schemas.decision_data, found))}


@endpoint(router, "GET", "/claims/{pk}/matches", schemas.Matches)
def list_matches(request: HttpRequest, pk: Id) -> dict[str, Any]:
    """List what the archive knows about a claim: what says the same, contradicts it, or replaces its figure."""
    get_object_or_404(Claim.objects.only("pk"), pk=pk)
    viewer = viewer_of(request)
    record = record_of(pk, viewer)
    seen = seen_before(record, viewer)
    return {
        "items": [_match(one) for one in (*seen.same, *seen.otherwise)],
        "other_newsrooms": list(map(other_check_data, other_newsrooms(record))),
    }


def _match(found: MatchedClaim) -> dict[str, Any]:
    claim = found.claim
    return {
        "id": claim.pk,
        "relation": found.match.relation,
        "score": found.match.score,
        "confirmed": found.is_confirmed,
        "statement": claim.statement,
        "source": claim.source.name if claim.source else "",
        "outlet": claim.outlet.name if claim.outlet else "",
        "published_at": claim.listed_at,
        "verdict": found.verdict,
        "decided_at": found.decided_at,
        "url": claim.get_absolute_url(),
    }
