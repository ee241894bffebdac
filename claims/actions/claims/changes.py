"""The only way to change claims: a log entry with every field before and after, which can be undone."""

from collections.abc import Collection, Iterable, Mapping

from django.contrib.auth.models import User
from django.utils import timezone

from claims.actions.base import at_the_end
from claims.actions.claims.decision_log import Why, keep_decisions
from claims.actions.claims.derived_fields import Fields, anchored
from claims.actions.claims.logged_fields import (
    changes_secrecy,
    columns_of,
    left_checks,
    put_rows,
    values_of,
)
from claims.actions.locking import claims_for_change, write_fields
from claims.actions.notifications import notify_of_changes, notify_of_corrections
from claims.actions.reports.corrections import sync_corrections
from claims.actions.webhooks.events import record_changes
from claims.choices import AnchorStatus, ChangeAction, Quotation, ReviewStatus, Verdict
from claims.errors import (
    BlindCheckError,
    StaleVersionError,
)
from claims.models import (
    BulkChange,
    Change,
    ChangedClaim,
    Claim,
    Decision,
    LogLink,
    Revision,
    SignedPdf,
    Source,
    UnmatchedClaim,
)
from claims.models.claims.blind import hidden_among
from claims.models.claims.matches import BY_MATCHER
from claims.queries.accounts import display_name

_UNSEEN = frozenset(
    {ChangeAction.MERGE_SOURCES, ChangeAction.NEW_REVISION, ChangeAction.MERGE_GROUPS}
)
"""What changes claims that its actor has not looked at one by one."""


def apply_change(
    actor: User,
    action: ChangeAction,
    fields: Mapping[Claim, Fields],
    *,
    note: str | Why = "",
    undoes: Mapping[Claim, ChangedClaim] | None = None,
    new: Collection[str] = (),
    origins: Mapping[Claim, Decision] | None = None,
) -> Change:
    """Change locked claims of one article as one log entry, in the caller's transaction.

    A claim whose words are in another place afterwards gets a new quotation and context. A claim in the article's
    own voice that gets a source counts as indirect speech, and indirect speech that loses its source as the
    article's own voice. A changed verdict also creates a decision, with the note as its reason, and reopens a
    claim that was waiting for a second check or had one.

    Args:
        actor: who changes them.
        action: the action's name in the history.
        fields: each claim's new fields.
        note: why, in the actor's words; for a decision perhaps with a note for the desk alone.
        undoes: for each claim, the log entry of the change that this one undoes.
        new: those of the fields that did not exist before: evidence that was just added.
        origins: for claims that take over another claim's verdict, the decision behind it.

    Returns:
        The change as it is in the log.
    """
    return apply_changes(actor, action, fields, note=note, undoes=undoes, new=new, origins=origins)[
        0
    ]


def apply_changes(
    actor: User,
    action: ChangeAction,
    fields: Mapping[Claim, Fields],
    *,
    note: str | Why = "",
    bulk_change: BulkChange | None = None,
    undoes: Mapping[Claim, ChangedClaim] | None = None,
    new: Collection[str] = (),
    origins: Mapping[Claim, Decision] | None = None,
) -> list[Change]:
    """As `change`, for claims of any number of articles: one change per article, in as many queries as for one.

    Args:
        actor: who changes them.
        action: the action's name in the history.
        fields: each claim's new fields.
        note: why, in the actor's words; for a decision perhaps with a note for the desk alone.
        bulk_change: the bulk change that they belong to.
        undoes: for each claim, the log entry of the change that is undone, if any.
        new: those of the fields that did not exist before: evidence that was just added.
        origins: for claims that take over another claim's verdict, the decision behind it.

    Returns:
        The changes as they are in the log.
    """
    why = note if isinstance(note, Why) else Why(note)
    fields = _to_current_sources(fields)
    taken_back = undoes or {}
    # Two changes of one article may be undone together; each is then undone by its own change.
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
            action=step[1].action if step[1] else action,
            note=why.reason,
            bulk_change=bulk_change,
            actor=actor,
            actor_name=display_name(actor),
            undoes=step[1],
            root_id=(step[1].root_id or step[1].pk) if step[1] else None,
        )
        for step in steps.values()
    }
    Change.objects.bulk_create(made.values())
    after = {
        claim: {**_following(claim, wanted, action, undo=bool(undoes)), **wanted}
        for claim, wanted in fields.items()
    }
    after = {claim: {**withdrawn, **after[claim]} for claim, withdrawn in left_checks(after)}
    current = values_of(after)
    before: dict[Claim, Fields] = {
        claim: {name: None if name in new else current[claim.pk][name] for name in wanted}
        for claim, wanted in after.items()
    }
    touched = {claim: claim.touched_at for claim in after}
    copies = _copies(after)
    put_rows(actor, after.values())
    decided = {
        claim: (before[claim]["verdict"], wanted["verdict"])
        for claim, wanted in after.items()
        if "verdict" in wanted
    }
    # Before the claims: the database refuses a verdict without its decision.
    decisions = (
        keep_decisions(actor, decided, why, taken_back.values(), origins or {}) if decided else []
    )
    write_fields(
        {
            claim: {
                **columns_of(wanted),
                **_anchor(claim, wanted),
                **copies[claim],
                **_touched_before(claim, taken_back.get(claim)),
            }
            for claim, wanted in after.items()
        },
        looked_at=action not in _UNSEEN,
    )
    UnmatchedClaim.objects.add_claims(
        claim.pk for claim, wanted in after.items() if wanted.keys() & BY_MATCHER
    )
    rows = ChangedClaim.objects.bulk_create(
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
    at_the_end(lambda: LogLink.objects.add([*made.values(), *rows, *decisions]))
    needed = sync_corrections(
        [claim for claim, wanted in after.items() if wanted.keys() & {"verdict", "review_status"}]
    )
    notify_of_corrections(actor, needed)
    changes = list(made.values())
    both = {claim: (before[claim], wanted) for claim, wanted in after.items()}
    if any(changes_secrecy(*fields) for fields in both.values()):
        # A document that several claims have is confidential for all, and published reports have it too.
        SignedPdf.objects.sign_again()
    notify_of_changes(actor, action, changes, both, taken_back.values())
    record_changes(both, decisions)
    return changes


def change_what_differs(
    actor: User,
    action: ChangeAction,
    fields: Mapping[Claim, Fields],
    *,
    note: str = "",
    bulk_change: BulkChange | None = None,
) -> Change | None:
    """As `apply_change`, but only for fields that differ. None if nothing would change."""
    current = values_of(fields)
    differing = {
        claim: {name: value for name, value in wanted.items() if current[claim.pk][name] != value}
        for claim, wanted in fields.items()
    }
    changed = {claim: wanted for claim, wanted in differing.items() if wanted}
    if not changed:
        return None
    return apply_changes(actor, action, changed, note=note, bulk_change=bulk_change)[0]


def set_fields(
    actor: User,
    action: ChangeAction,
    versions: Mapping[int, int],
    fields: Fields,
    *,
    note: str = "",
) -> Change | None:
    """Give claims of one article the same fields, as one step.

    Args:
        actor: who changes them.
        action: what the history calls it.
        versions: for each claim's id the version that the actor looked at.
        fields: what the claims' fields become.
        note: why, in the actor's words, which are kept even if the fields stay.

    Returns:
        The change, or None if nothing would change. A second click returns the first change again.

    Raises:
        StaleVersionError: if someone else has changed one of them since.
        NotPossibleError: if there are no claims, or they are from several articles.
    """
    try:
        claims = claims_for_change(versions)
    except StaleVersionError:
        made = Change.objects.made_from(actor.pk, versions)
        repeated = made is not None and made.action == action
        if made is not None and repeated and all(_holds(row, fields) for row in made.claims.all()):
            return made
        raise
    wanted = dict.fromkeys(claims, fields)
    if note:
        return apply_change(actor, action, wanted, note=note)
    return change_what_differs(actor, action, wanted)


def _holds(row: ChangedClaim, fields: Fields) -> bool:
    return all(row.after.get(name) == value for name, value in fields.items())


def _to_current_sources(fields: Mapping[Claim, Fields]) -> Mapping[Claim, Fields]:
    """Return the same fields, with merged sources replaced by those they were merged into."""
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


def _following(claim: Claim, fields: Fields, action: ChangeAction, *, undo: bool) -> Fields:
    """Return the fields that depend on others.

    An undo restores a quotation, and the splitter's doubts, only along with the change that moved them.
    """
    following: Fields = {}
    if not undo and action not in _UNSEEN:
        following |= _settled(claim, fields)
    if "verdict" in fields and claim.review_status != ReviewStatus.OPEN:
        following["review_status"] = ReviewStatus.OPEN.value
    if "verdict" in fields and claim.review_by and not undo:
        following["review_by"] = None  # the day was set for the verdict before
    if "verdict" in fields and claim.anchor_status == AnchorStatus.CHANGED and not undo:
        following["anchor_status"] = None  # whoever decides the claim has seen its new words
    if "assigned_to_id" in fields and claim.due_on and not undo:
        following["due_on"] = None  # the day was set for the person before
    if "source_id" in fields and not undo:
        if fields["source_id"] and claim.quotation == Quotation.NARRATION:
            following["quotation"] = Quotation.INDIRECT.value
        elif not fields["source_id"] and claim.quotation == Quotation.INDIRECT:
            following["quotation"] = Quotation.NARRATION.value
    return following


def _settled(claim: Claim, fields: Fields) -> Fields:
    """Return the splitter's doubts that a person settles by setting a source or a statement."""
    settled: Fields = {}
    if "source_id" in fields and claim.source_confidence < 1:
        settled["source_confidence"] = 1.0
    if "statement" in fields and claim.unresolved:
        settled["unresolved"] = []
    return settled


def _touched_before(claim: Claim, undone: ChangedClaim | None) -> Fields:
    """Return when a person had last changed a claim before the undone change, if nobody has changed it since.

    So a claim is again as the splitter proposed it once everything done to it has been undone. If someone has
    checked it since, or the log does not say when it was changed, the undo counts like any other change.
    """
    if undone is None or claim.touched_at != undone.touched_after:
        return {}
    return {"touched_at": undone.touched_before}


def _anchor(claim: Claim, fields: Fields) -> Fields:
    """Return what follows from a claim's place: its exact words and those around it."""
    moved = fields.get("revision_id", claim.revision_id) != claim.revision_id
    if moved:
        claim.revision = Revision.objects.select_related("article").get(pk=fields["revision_id"])
    # The same places in another text have other words.
    if moved or "spans" in fields:
        return anchored(claim.revision.body, fields.get("spans", claim.spans))
    return {}


def _copies(fields: Mapping[Claim, Fields]) -> dict[Claim, Fields]:
    """Return the copies of the claims' sources and decisions that lists use, where these change."""
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


def require_known(actor: User, claims: Iterable[Claim]) -> None:
    """Raise `BlindCheckError` if the actor must not yet know the verdict of one of some locked claims."""
    if hidden_among(actor, claims):
        raise BlindCheckError
