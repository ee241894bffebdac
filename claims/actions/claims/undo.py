"""Undoing and redoing changes."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from django.contrib.auth.models import User
from django.db.models import prefetch_related_objects
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from claims.actions.base import action
from claims.actions.claims.changes import apply_changes, require_known
from claims.actions.claims.decision_log import tells_a_verdict
from claims.actions.claims.derived_fields import Fields
from claims.actions.claims.logged_fields import values_of
from claims.actions.locking import locked, locked_across
from claims.choices import ChangeAction, JobStatus
from claims.errors import ChangedSinceError, NothingToUndoError, NotPossibleError
from claims.models import Article, BulkChange, Change, ChangedClaim, Claim, Decision, Source
from claims.models.base.expressions import Among
from claims.models.base.prepared import Prepared
from claims.models.claims.decisions import in_force
from claims.models.claims.matches import CANONICAL
from claims.queries.accounts import display_name

_POINTS_AT = {"source_id": Source, "assigned_to_id": User, CANONICAL: Claim}
"""What a field that an undo gives back may point at, and which may be gone by then, by what begins its name."""

_OF_ITS_TEXT = frozenset({"spans", "source_spans", "cue_spans", "statement"})
"""Fields that say something of one version of the article only."""

_PASSED_OVER = 50
"""Among how many of a person's newest changes one is looked for that can still be undone."""


class Now(NamedTuple):
    """What an undo compares with the log: a claim's current fields, and its decisions, the first one first."""

    fields: Fields
    decisions: Sequence[Decision]


@action("claims.decide_claim", what=gettext_noop("change claims"))
def undo_change(*, actor: User, change_id: int) -> Change:
    """Undo a whole change; undoing an undo redoes it.

    If it merged groups of repeats, the claims that moved with it move back as well, those that are still there.

    Claims that nobody has reviewed since are also restored in this respect: they count as proposed by the splitter
    if they did before.

    Args:
        actor: who undoes it; anyone who may change claims, not only the person who made the change.
        change_id: the change.

    Returns:
        The change that undoes it. A second click returns the first one again.

    Raises:
        ChangedSinceError: if any of the same fields have changed since, or anything that a second check was about.
        NothingToUndoError: if someone else has already undone it.
        BlindCheckError: if it would show the actor a verdict that they must not know yet.
        NotPossibleError: if it would restore something that was deleted, or repeat the actor's own check, or if it
            is part of a merge of sources, which is undone as a whole.
    """
    undone = Change.objects.get(pk=change_id)
    require_undoable(undone.action)
    rows = {row.claim_id: row for row in undone.claims.all()}
    moved = _moved_along(undone)
    every = locked_across([*rows, *moved]) if moved else locked(rows)
    claims = [claim for claim in every if claim.pk in rows]
    if undone.actor_id != actor.pk:  # people know what they did themselves
        require_known(actor, [claim for claim in claims if tells_a_verdict(rows[claim.pk])])
    taken_back = Change.objects.filter(undoes=undone).first()
    if taken_back and taken_back.actor_id == actor.pk:
        return taken_back
    if taken_back:
        raise NothingToUndoError
    now = now_of(every, [*rows.values(), *moved.values()])
    before = _before(actor, undone, rows, claims, now)
    before |= {
        claim: moved[claim.pk].before
        for claim in every
        if claim.pk in moved and stands(claim, moved[claim.pk], now[claim.pk])
    }
    rows |= moved
    made = apply_changes(
        actor,
        ChangeAction(undone.action),
        before,
        undoes={claim: rows[claim.pk] for claim in before},
        bulk_change=_merge_back(actor, undone, len(before)),
    )
    return next(change for change in made if change.undoes_id == undone.pk)


def _moved_along(undone: Change) -> dict[int, ChangedClaim]:
    """Return the log entries of the claims that a change moved to another group, by claim id, without its own.

    Raises:
        NotPossibleError: if some are still to be moved.
    """
    merge = undone.group_merge
    if merge is None:
        return {}
    if not merge.ended:
        raise NotPossibleError(why=_("it is still running. Stop it first."))
    others = ChangedClaim.objects.filter(change__bulk_change=merge).exclude(change=undone)
    return {
        row.claim_id: row for row in others.filter(change__undone_by=None).select_related("change")
    }


def _merge_back(actor: User, undone: Change, number: int) -> BulkChange | None:
    """Return the bulk change that the undo of a merge of groups belongs to, so that it can be redone as a whole."""
    merge = undone.group_merge
    if merge is None or BulkChange.objects.filter(undoes=merge).exists():
        return None
    return BulkChange.objects.create(
        action=merge.action,
        undoes=merge,
        status=JobStatus.DONE,
        total=number,
        done=number,
        changed=number,
        ended_at=timezone.now(),
        actor=actor,
        actor_name=display_name(actor),
    )


def next_steps(*, actor: User, article: Article) -> tuple[Change | None, Change | None]:
    """Return what a person's next undo and redo in an article would reverse. Nothing is changed.

    What can no longer be undone, because someone has changed the same since, is passed over: it would bar the way to
    all that came before it.
    """
    undo, redo = (
        _newest_possible(actor, some[:_PASSED_OVER])
        for some in Change.objects.steps(actor.pk, article)
    )
    return undo, redo


_ROWS = Prepared(
    lambda changes: ChangedClaim.objects.filter(Among("change", [changes])).select_related("change")
)
_CLAIMS = Prepared(
    lambda ids: (
        Claim.objects.select_related("revision").defer("revision__body").filter(Among("pk", [ids]))
    )
)


def _newest_possible(actor: User, changes: Sequence[Change]) -> Change | None:
    """Return the first of some changes that can be undone, in as many queries for many as for two.

    That is nearly always the first, so the others are only read if it is not.
    """
    for some in filter(None, (changes[:1], changes[1:])):
        rows: dict[int, dict[int, ChangedClaim]] = {change.pk: {} for change in some}
        for row in _ROWS.all(rows):
            rows[row.change_id][row.claim_id] = row
        ids = {pk for touched in rows.values() for pk in touched}
        claims = {claim.pk: claim for claim in _CLAIMS.all(ids)}
        if len(some) > 1:
            prefetch_related_objects(list(claims.values()), "evidence")
        now = now_of(
            claims.values(), (row for touched in rows.values() for row in touched.values())
        )
        for change in some:
            touched = rows[change.pk]
            try:
                _before(actor, change, touched, [claims[pk] for pk in touched], now)
            except (ChangedSinceError, NotPossibleError):
                continue
            return change
    return None


def _before(
    actor: User,
    undone: Change,
    rows: Mapping[int, ChangedClaim],
    claims: Sequence[Claim],
    now: Mapping[int, Now],
) -> dict[Claim, Fields]:
    """Return what an undo gives back to each claim, or raise the reason why it cannot."""
    if not all(stands(claim, rows[claim.pk], now[claim.pk]) for claim in claims):
        raise ChangedSinceError
    before = {claim: rows[claim.pk].before for claim in claims}
    require_possible(actor, undone, before)
    return before


def require_undoable(action: str) -> None:
    """Raise `NotPossibleError` for a change that is undone elsewhere, or cannot be undone.

    A merge of sources is undone on the source's page, because its claims alone would go to a source that is still
    merged. A new version stays, and its claims with it.
    """
    if action == ChangeAction.NEW_REVISION:
        raise NotPossibleError(
            why=_("the article has a newer version. To go back, add the old text as a new version.")
        )
    if action == ChangeAction.MERGE_SOURCES:
        raise NotPossibleError(
            why=_("a merge is undone on the page of the source that was merged.")
        )


def now_of(claims: Iterable[Claim], rows: Iterable[ChangedClaim]) -> dict[int, Now]:
    """Return those fields of claims that changes of theirs changed, as they are now, by claim id."""
    names: dict[int, set[str]] = defaultdict(set)
    for row in rows:
        names[row.claim_id] |= row.after.keys()
    fields = values_of({claim: names[claim.pk] for claim in claims})
    decisions = Decision.objects.by_claim(fields)
    return {pk: Now(fields[pk], decisions[pk]) for pk in fields}


def stands(claim: Claim, row: ChangedClaim, now: Now) -> bool:
    """Return whether a claim is still as a change left it: its fields and, if relevant, its text and the verdict's evidence."""
    is_newer = claim.revision.created_at > row.change.created_at
    if is_newer and not row.after.keys().isdisjoint(_OF_ITS_TEXT):
        return False
    if any(now.fields[name] != value for name, value in row.after.items()):
        return False
    if row.after.keys().isdisjoint({"verdict", "review_status"}):
        return True
    then, since = (in_force(now.decisions, version=at) for at in (row.version, claim.version))
    return then == since


def require_possible(actor: User, undone: Change, wanted: Mapping[Claim, Fields]) -> None:
    """Raise `NotPossibleError` if an undo would restore something that is gone, or that the actor must not restore."""
    for name, model in _POINTS_AT.items():
        needed = {
            value
            for fields in wanted.values()
            for field, value in fields.items()
            if value and field.startswith(name)
        }
        if needed and model._default_manager.filter(pk__in=needed).count() != len(needed):
            raise NotPossibleError(why=_("something this would restore has since been deleted."))
    if undone.action == ChangeAction.SECOND_CHECK and undone.undoes_id:
        for claim in wanted:
            require_other_than_decider(actor, claim)


def require_other_than_decider(actor: User, claim: Claim) -> None:
    """Raise `NotPossibleError` if the actor set a claim's verdict and so cannot be its second checker."""
    decision = Decision.objects.in_force(claim)
    if decision and decision.actor_id == actor.pk:
        raise NotPossibleError(
            why=_("you decided this claim yourself. Someone else has to do the second check.")
        )
