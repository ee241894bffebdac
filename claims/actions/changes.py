"""The one way to change claims: a step in the log, with every field before and after, that can be undone."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import User
from django.utils.translation import gettext_noop

from claims.actions.base import action, claims_for_change, name_of, touch
from claims.choices import Deed, Process
from claims.errors import ChangedSinceError, NothingToUndoError
from claims.models import Change, ChangedClaim, Claim, Decision, Evidence
from claims.models.claim import CONTEXT

Fields = dict[str, Any]
"""Fields of a claim by the names of their columns (`source_id`), as JSON keeps them."""


def change(
    actor: User,
    deed: Deed,
    fields: Mapping[Claim, Fields],
    *,
    note: str = "",
    undoes: Change | None = None,
) -> Change:
    """Change locked claims of one article as one step, in the caller's transaction.

    A claim whose words stand elsewhere afterwards gets its quotation and context anew. A changed verdict makes a
    decision as well, for which the note is the reason, and opens a claim anew that was checked a second time.

    Args:
        actor: who changes them.
        deed: what the history calls it.
        fields: what each claim's fields become.
        note: why, in the actor's words.
        undoes: the change that this one takes back.

    Returns:
        The change as the log keeps it.
    """
    article = next(iter(fields)).revision.article
    made = Change.objects.create(
        article=article,
        deed=deed,
        note=note,
        actor=actor,
        actor_name=name_of(actor),
        undoes=undoes,
        root_id=(undoes.root_id or undoes.pk) if undoes else None,
    )
    for claim, wanted in fields.items():
        after = dict(wanted)
        if "verdict" in after and not undoes and claim.process != Process.OPEN:
            after.setdefault("process", Process.OPEN)
        before = {name: getattr(claim, name) for name in after}
        touch(claim, **after, **_anchor(claim, after))
        ChangedClaim.objects.create(
            change=made, claim=claim, before=before, after=after, version=claim.version
        )
        if "verdict" in after:
            _decision(actor, claim, before["verdict"], note, undoes)
    return made


def _anchor(claim: Claim, fields: Fields) -> Fields:
    """What follows from a claim's place: its exact words and those around it."""
    return anchored(claim.revision.body, fields["spans"]) if "spans" in fields else {}


def anchored(body: str, spans: list[list[int]]) -> Fields:
    """The exact words at spans of a body, and those before and after."""
    start, end = spans[0][0], spans[-1][1]
    return {
        "quote": " ".join(body[first:last] for first, last in spans),
        "prefix": body[max(0, start - CONTEXT) : start],
        "suffix": body[end : end + CONTEXT],
    }


def _decision(
    actor: User, claim: Claim, previous: str, reason: str, undoes: Change | None
) -> Decision:
    """Make the decision that a changed verdict is. An undo gives back the reason in force before."""
    undone = None
    if undoes:
        row = undoes.claims.get(claim=claim)
        undone = Decision.objects.get(claim=claim, version=row.version)
        before = claim.decisions.newest_first().filter(pk__lt=undone.pk).first()
        reason = before.reason if before else ""
    return Decision.objects.create(
        claim=claim,
        verdict=claim.verdict,
        previous=previous,
        reason=reason,
        evidence=evidence_as_kept(claim),
        actor=actor,
        actor_name=name_of(actor),
        version=claim.version,
        undoes=undone,
    )


def evidence_as_kept(claim: Claim) -> list[dict[str, Any]]:
    """The claim's evidence as a decision keeps it: a copy that later edits do not change."""
    return [item.as_kept() for item in Evidence.objects.filter(claim=claim).order_by("pk")]


@action("claims.decide_claim", what=gettext_noop("change claims"))
def undo(*, actor: User, change_id: int) -> Change:
    """Take a change back, whole, or an undo, which does it again.

    Args:
        actor: who takes it back; anybody who may change claims, not only who made it.
        change_id: the change.

    Returns:
        The change that takes it back. A second click gives the first one's again.

    Raises:
        ChangedSinceError: if any of the same fields changed since.
        NothingToUndoError: if somebody else took it back already.
    """
    undone = Change.objects.select_related("undone_by").get(pk=change_id)
    rows = {row.claim_id: row for row in undone.claims.all()}
    locked = claims_for_change(dict(Claim.objects.filter(pk__in=rows).values_list("pk", "version")))
    taken_back = Change.objects.filter(undoes=undone).first()
    if taken_back and taken_back.actor_id == actor.pk:
        return taken_back
    if taken_back:
        raise NothingToUndoError
    for claim in locked:
        row = rows[claim.pk]
        if any(getattr(claim, name) != value for name, value in row.after.items()):
            raise ChangedSinceError
    before = {claim: rows[claim.pk].before for claim in locked}
    return change(actor, Deed(undone.deed), before, undoes=undone)
