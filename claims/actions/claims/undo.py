"""Undoing a change, and doing it again."""

from collections.abc import Mapping, Sequence

from django.contrib.auth.models import User
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from claims.actions.base import action
from claims.actions.claims.changes import change, require_known
from claims.actions.claims.decision_log import tells_a_verdict
from claims.actions.claims.derived_fields import Fields
from claims.actions.claims.evidence_log import value_of
from claims.actions.locking import locked
from claims.choices import Deed
from claims.errors import ChangedSinceError, NothingToUndoError, NotPossibleError
from claims.models import Change, ChangedClaim, Claim, Decision, Source
from claims.models.claims.decisions import behind

_POINTS_AT = {"source_id": Source, "assigned_to_id": User}
"""What a field that an undo gives back may point at, and which may be gone by then."""


@action("claims.decide_claim", what=gettext_noop("change claims"))
def undo(*, actor: User, change_id: int) -> Change:
    """Take a change back, whole, or an undo, which does it again.

    Claims that nobody has looked at since are as before in this, too: as the splitter proposed them, if they were.

    Args:
        actor: who takes it back; anyone who may change claims, not only who made it.
        change_id: the change.

    Returns:
        The change that takes it back. A second click gives the first one's again.

    Raises:
        ChangedSinceError: if any of the same fields changed since, or what a second check was of.
        NothingToUndoError: if someone else took it back already.
        BlindCheckError: if it would show the actor a verdict that they must not know yet.
        NotPossibleError: if what it would bring back was deleted, it would do the actor's own check again, or it
            is part of a merge of sources, which are un-merged as a whole.
    """
    undone = Change.objects.get(pk=change_id)
    require_undoable(undone.deed)
    rows = {row.claim_id: row for row in undone.claims.all()}
    claims = locked(rows)
    if undone.actor_id != actor.pk:  # what a person did themselves they know
        require_known(actor, [claim for claim in claims if tells_a_verdict(rows[claim.pk])])
    taken_back = Change.objects.filter(undoes=undone).first()
    if taken_back and taken_back.actor_id == actor.pk:
        return taken_back
    if taken_back:
        raise NothingToUndoError
    decisions = Decision.objects.by_claim(rows)
    if not all(stands(claim, rows[claim.pk], decisions[claim.pk]) for claim in claims):
        raise ChangedSinceError
    before = {claim: rows[claim.pk].before for claim in claims}
    require_possible(actor, undone, before)
    return change(
        actor, Deed(undone.deed), before, undoes={claim: rows[claim.pk] for claim in claims}
    )


def require_undoable(deed: str) -> None:
    """Raise `NotPossibleError` for what is taken back elsewhere, if at all.

    Merged sources part on their page: their claims alone would go to a source that is still merged. A new text stays,
    and its claims with it.
    """
    if deed == Deed.CARRY:
        raise NotPossibleError(
            why=_("the article has a newer version. To go back, add the old text as a new version.")
        )
    if deed == Deed.UNIFY:
        raise NotPossibleError(
            why=_("a merge is undone on the page of the source that was merged.")
        )


def stands(claim: Claim, row: ChangedClaim, decisions: Sequence[Decision]) -> bool:
    """Whether a claim is still as a change made it: its fields and, where they tell of it, the verdict's grounds."""
    if any(value_of(claim, name) != value for name, value in row.after.items()):
        return False
    if row.after.keys().isdisjoint({"verdict", "process"}):
        return True
    then, now = (behind(decisions, version=at) for at in (row.version, claim.version))
    return then == now


def require_possible(actor: User, undone: Change, wanted: Mapping[Claim, Fields]) -> None:
    """Raise `NotPossibleError` where what an undo would give back is gone, or is not the actor's to give."""
    for name, model in _POINTS_AT.items():
        needed = {fields[name] for fields in wanted.values() if fields.get(name)}
        if model._default_manager.filter(pk__in=needed).count() != len(needed):
            raise NotPossibleError(why=_("something this would restore has since been deleted."))
    if undone.deed == Deed.CHECK and undone.undoes_id:
        for claim in wanted:
            require_other_than_decider(actor, claim)


def require_other_than_decider(actor: User, claim: Claim) -> None:
    """Raise `NotPossibleError` if a claim's verdict is the actor's own, who cannot be its second checker."""
    decision = Decision.objects.behind(claim)
    if decision and decision.actor_id == actor.pk:
        raise NotPossibleError(
            why=_("you decided this claim yourself. Someone else has to do the second check.")
        )
