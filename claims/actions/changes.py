"""The one way to change claims: a step in the log, with every field before and after, that can be undone."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from django.contrib.auth.models import User
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from claims.actions.base import action, claims_for_change, locked, touch
from claims.actions.corrections import follow
from claims.actions.evidence_log import columns_of, put_evidence, value_of
from claims.choices import Deed, Fate, Process, Quotation, Verdict
from claims.errors import (
    BlindCheckError,
    ChangedSinceError,
    NothingToUndoError,
    NotPossibleError,
    StaleVersionError,
)
from claims.models import Batch, Change, ChangedClaim, Claim, Decision, Evidence, Revision, Source
from claims.models.blind import hidden_among
from claims.models.claims import CONTEXT
from claims.models.decisions import behind
from claims.models.evidence import LOGGED
from claims.queries.accounts import name_of

Fields = dict[str, Any]
"""Fields of a claim by the names of their columns (`source_id`), as JSON keeps them; evidence as `evidence_log` does."""

_POINTS_AT = {"source_id": Source, "assigned_to_id": User}
"""What a field that an undo gives back may point at, and which may be gone by then."""


def change(
    actor: User,
    deed: Deed,
    fields: Mapping[Claim, Fields],
    *,
    note: str = "",
    undoes: Mapping[Claim, ChangedClaim] | None = None,
    new: Collection[str] = (),
) -> Change:
    """Change locked claims of one article as one step, in the caller's transaction.

    A claim whose words stand elsewhere afterwards gets its quotation and context anew. A claim in the article's
    own voice that gets a source counts as indirect speech, and indirect speech that loses its source as the
    article's own voice. A changed verdict makes a decision as well, for which the note is the reason, and opens a
    claim anew that waited for a second check or had one.

    Args:
        actor: who changes them.
        deed: what the history calls it.
        fields: what each claim's fields become.
        note: why, in the actor's words.
        undoes: for each claim what the log keeps of the change that this one takes back.
        new: those of the fields that were not there before: evidence that was just added.

    Returns:
        The change as the log keeps it.
    """
    return change_across(actor, deed, fields, note=note, undoes=undoes, new=new)[0]


def change_across(
    actor: User,
    deed: Deed,
    fields: Mapping[Claim, Fields],
    *,
    note: str = "",
    batch: Batch | None = None,
    undoes: Mapping[Claim, ChangedClaim] | None = None,
    new: Collection[str] = (),
) -> list[Change]:
    """As `change`, for claims of any number of articles: one change an article, in as many queries as for one.

    Args:
        actor: who changes them.
        deed: what the history calls it.
        fields: what each claim's fields become.
        note: why, in the actor's words.
        batch: what the changes are undone with.
        undoes: for each claim what the log keeps of the change that is taken back, if any is.
        new: those of the fields that were not there before: evidence that was just added.

    Returns:
        The changes as the log keeps them.
    """
    fields = _to_current_sources(fields)
    taken_back = undoes or {}
    # Two changes of one article may be taken back together: each is then taken back by one of its own.
    steps = {
        claim: (
            claim.revision.article_id,
            taken_back[claim].change if claim in taken_back else None,
        )
        for claim in fields
    }
    made = {
        step: Change(
            article_id=step[0],
            deed=deed,
            note=note,
            batch=batch,
            actor=actor,
            actor_name=name_of(actor),
            undoes=step[1],
            root_id=(step[1].root_id or step[1].pk) if step[1] else None,
        )
        for step in steps.values()
    }
    Change.objects.bulk_create(made.values())
    after = {
        claim: {**_following(claim, wanted, undo=bool(undoes)), **wanted}
        for claim, wanted in fields.items()
    }
    before: dict[Claim, Fields] = {
        claim: {name: None if name in new else value_of(claim, name) for name in wanted}
        for claim, wanted in after.items()
    }
    touched = {claim: claim.touched_at for claim in after}
    copies = _copies(after)
    touch(
        {
            claim: {
                **columns_of(wanted),
                **_anchor(claim, wanted),
                **copies[claim],
                **_touched_before(claim, taken_back.get(claim)),
            }
            for claim, wanted in after.items()
        },
        # Who merges sources, or brings in a new text, looks at these, and not at every claim.
        looked_at=deed not in {Deed.UNIFY, Deed.CARRY},
    )
    put_evidence(actor, after.values())
    ChangedClaim.objects.bulk_create(
        ChangedClaim(
            change=made[steps[claim]],
            claim=claim,
            before=before[claim],
            after=wanted,
            touched_before=touched[claim],
            touched_after=claim.touched_at,
            version=claim.version,
        )
        for claim, wanted in after.items()
    )
    decided = {
        claim: before[claim]["verdict"] for claim, wanted in after.items() if "verdict" in wanted
    }
    if decided:
        _keep_decisions(actor, decided, note, taken_back.values())
    follow([claim for claim, wanted in after.items() if wanted.keys() & {"verdict", "process"}])
    return list(made.values())


def change_what_differs(
    actor: User, deed: Deed, fields: Mapping[Claim, Fields], *, note: str = ""
) -> Change | None:
    """As `change`, but only what is not so already. None where all of it is."""
    differing = {
        claim: {name: value for name, value in wanted.items() if value_of(claim, name) != value}
        for claim, wanted in fields.items()
    }
    changed = {claim: wanted for claim, wanted in differing.items() if wanted}
    return change(actor, deed, changed, note=note) if changed else None


def set_all(
    actor: User, deed: Deed, versions: Mapping[int, int], fields: Fields, *, note: str = ""
) -> Change | None:
    """Give claims of one article the same fields, as one step.

    Args:
        actor: who changes them.
        deed: what the history calls it.
        versions: for each claim's id the version that the actor looked at.
        fields: what the claims' fields become.
        note: why, in the actor's words.

    Returns:
        The change, or None where all of it was so already. A second click gives the first one's change again.

    Raises:
        StaleVersionError: if somebody else changed one of them since.
        NotPossibleError: if there are none, or they are of several articles.
    """
    try:
        claims = claims_for_change(versions)
    except StaleVersionError:
        made = Change.objects.made_from(actor.pk, versions)
        repeated = made is not None and (made.deed, made.note) == (deed, note)
        if made is not None and repeated and all(_holds(row, fields) for row in made.claims.all()):
            return made
        raise
    return change_what_differs(actor, deed, dict.fromkeys(claims, fields), note=note)


def _holds(row: ChangedClaim, fields: Fields) -> bool:
    return all(row.after.get(name) == value for name, value in fields.items())


def _to_current_sources(fields: Mapping[Claim, Fields]) -> Mapping[Claim, Fields]:
    """The same fields, where a source that was merged is the one that it is now."""
    wanted = {one["source_id"] for one in fields.values() if one.get("source_id")}
    if not wanted:
        return fields
    merged = Source.objects.filter(pk__in=wanted).exclude(merged_into=None)
    now = {source.pk: source.current().pk for source in merged}
    if not now:
        return fields
    return {
        claim: {**one, "source_id": now.get(one["source_id"], one["source_id"])}
        if "source_id" in one
        else one
        for claim, one in fields.items()
    }


def _following(claim: Claim, fields: Fields, *, undo: bool) -> Fields:
    """The fields that move with others. An undo gives a quotation back only with the change that moved it."""
    following: Fields = {}
    if "verdict" in fields and claim.process != Process.OPEN:
        following["process"] = Process.OPEN.value
    if "verdict" in fields and claim.fate == Fate.CHANGED and not undo:
        following["fate"] = None  # who decides it has looked at its new words
    if "source_id" in fields and not undo:
        if fields["source_id"] and claim.quotation == Quotation.NARRATION:
            following["quotation"] = Quotation.INDIRECT.value
        elif not fields["source_id"] and claim.quotation == Quotation.INDIRECT:
            following["quotation"] = Quotation.NARRATION.value
    return following


def _touched_before(claim: Claim, undone: ChangedClaim | None) -> Fields:
    """When a person had last changed a claim before what is taken back, if nobody has changed it since.

    So a claim is again as the splitter proposed it once all that was done to it is undone. Where somebody looked at
    it since, or the log does not say when it was changed, a person has seen it, and the undo counts like any change.
    """
    if undone is None or claim.touched_at != undone.touched_after:
        return {}
    return {"touched_at": undone.touched_before}


def _anchor(claim: Claim, fields: Fields) -> Fields:
    """What follows from a claim's place: its exact words and those around it."""
    moved = fields.get("revision_id", claim.revision_id) != claim.revision_id
    if moved:
        claim.revision = Revision.objects.select_related("article").get(pk=fields["revision_id"])
    # The same places of another text hold other words.
    if moved or "spans" in fields:
        return anchored(claim.revision.body, fields.get("spans", claim.spans))
    return {}


def _copies(fields: Mapping[Claim, Fields]) -> dict[Claim, Fields]:
    """What lists keep of each claim's source and decision, where these change."""
    now = timezone.now()
    wanted = {one["source_id"] for one in fields.values() if one.get("source_id")}
    kinds = dict(Source.objects.filter(pk__in=wanted).values_list("pk", "kind")) if wanted else {}
    copies: dict[Claim, Fields] = {claim: {} for claim in fields}
    for claim, one in fields.items():
        if "source_id" in one:
            copies[claim]["source_kind"] = kinds.get(one["source_id"], "")
        if "verdict" in one:
            copies[claim]["decided_at"] = None if one["verdict"] == Verdict.PENDING else now
    return copies


def anchored(body: str, spans: list[list[int]]) -> Fields:
    """The exact words at spans of a body, and those before and after."""
    start, end = spans[0][0], spans[-1][1]
    return {
        "quote": " ".join(body[first:last] for first, last in spans),
        "prefix": body[max(0, start - CONTEXT) : start],
        "suffix": body[end : end + CONTEXT],
    }


def _keep_decisions(
    actor: User, decided: Mapping[Claim, str], reason: str, undoes: Collection[ChangedClaim]
) -> None:
    """Make the decisions that changed verdicts are. An undo gives back the reasons in force before.

    Args:
        actor: who decides.
        decided: the claims, each with its verdict before.
        reason: why, where nothing is undone.
        undoes: what the log keeps of the changes that are taken back.
    """
    undone = _undone(undoes) if undoes else {}
    evidence = evidence_as_kept(decided)
    Decision.objects.bulk_create(
        Decision(
            claim=claim,
            verdict=claim.verdict,
            previous=previous,
            reason=undone[claim.pk].reason if claim.pk in undone else reason,
            evidence=evidence[claim.pk],
            actor=actor,
            actor_name=name_of(actor),
            version=claim.version,
            undoes=undone[claim.pk].decision if claim.pk in undone else None,
        )
        for claim, previous in decided.items()
    )


class _Undone(NamedTuple):
    """A decision that is taken back, and the reason that was in force before it."""

    decision: Decision
    reason: str


def _undone(changed: Collection[ChangedClaim]) -> dict[int, _Undone]:
    """For each claim's id the decision that the change made of it."""
    rows = {row.claim_id: row for row in changed}
    found = {}
    for pk, decisions in Decision.objects.by_claim(rows).items():
        made = next((one for one in decisions if one.version == rows[pk].version), None)
        if made is not None:
            before = [one.reason for one in decisions if one.pk < made.pk]
            found[pk] = _Undone(made, before[-1] if before else "")
    return found


def evidence_as_kept(claims: Iterable[Claim]) -> dict[int, list[dict[str, Any]]]:
    """For each claim's id its evidence as a decision keeps it: copies that later edits do not change."""
    kept: dict[int, list[dict[str, Any]]] = {claim.pk: [] for claim in claims}
    for item in Evidence.objects.standing().filter(claim__in=kept).order_by("pk"):
        kept[item.claim_id].append(item.as_kept())
    return kept


@action("claims.decide_claim", what=gettext_noop("change claims"))
def undo(*, actor: User, change_id: int) -> Change:
    """Take a change back, whole, or an undo, which does it again.

    Claims that nobody has looked at since are as before in this, too: as the splitter proposed them, if they were.

    Args:
        actor: who takes it back; anybody who may change claims, not only who made it.
        change_id: the change.

    Returns:
        The change that takes it back. A second click gives the first one's again.

    Raises:
        ChangedSinceError: if any of the same fields changed since, or what a second check was of.
        NothingToUndoError: if somebody else took it back already.
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


def tells_a_verdict(row: ChangedClaim) -> bool:
    """Whether to take a change of a claim back tells what its verdict is or rests on, or lets it be seen."""
    return any(
        name in {"verdict", "process", "blind"} or name.startswith(LOGGED) for name in row.after
    )


def require_known(actor: User, claims: Iterable[Claim]) -> None:
    """Raise `BlindCheckError` if the actor must not know the verdict of one of some locked claims yet."""
    if hidden_among(actor, claims):
        raise BlindCheckError


def require_undoable(deed: str) -> None:
    """Raise `NotPossibleError` for what is taken back elsewhere, if at all.

    Merged sources part on their page: their claims alone would go to a source that is still merged. A new text stays,
    and its claims with it.
    """
    if deed == Deed.CARRY:
        raise NotPossibleError(
            why=_("the article has a new text. To go back, bring the old text in again.")
        )
    if deed == Deed.UNIFY:
        raise NotPossibleError(
            why=_("un-merge the sources on the page of the one that was merged.")
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
            raise NotPossibleError(why=_("what it would bring back was deleted since."))
    if undone.deed == Deed.CHECK and undone.undoes_id:
        for claim in wanted:
            require_other_than_decider(actor, claim)


def require_other_than_decider(actor: User, claim: Claim) -> None:
    """Raise `NotPossibleError` if a claim's verdict is the actor's own, who cannot be its second checker."""
    decision = Decision.objects.behind(claim)
    if decision and decision.actor_id == actor.pk:
        raise NotPossibleError(
            why=_("you decided this claim yourself. The second check is another person's.")
        )
