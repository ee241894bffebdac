"""Several people on one claim: assignment, the second check, comments, presence."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from claims.access import require
from claims.actions.base import action
from claims.actions.claims.changes import (
    apply_change,
    require_known,
    set_fields,
)
from claims.actions.claims.decisions import require_filled_in
from claims.actions.claims.derived_fields import Fields
from claims.actions.claims.logged_fields import field_of
from claims.actions.claims.undo import require_other_than_decider
from claims.actions.locking import claim_for_change
from claims.actions.notifications import notify, notify_mentioned
from claims.choices import ChangeAction, NotificationKind, ReviewStatus, Verdict
from claims.errors import (
    InvalidValueError,
    NotPossibleError,
    ReasonRequiredError,
    StaleVersionError,
)
from claims.models import Article, Change, Claim, Comment, Decision, Presence, SecondCheck
from claims.queries.accounts import display_name

_MAY = "claims.decide_claim"
_LONGEST_COMMENT = 10_000
_LONGEST_NOTE = 1000


@action(_MAY, what=gettext_noop("assign claims"))
def assign_claims(
    *,
    actor: User,
    versions: Mapping[int, int],
    to: User | None,
    due_on: date | None = None,
    note: str = "",
) -> Change | None:
    """Assign claims of one article to a person, or to nobody.

    Args:
        actor: who assigns them.
        versions: for each claim's id, the version that the actor saw.
        to: the person; None for nobody.
        due_on: the day by which that person is to decide them, if any.
        note: what that person should know.

    Returns:
        The change, or None if all of them were already assigned to that person, for that day, and there is no note.

    Raises:
        StaleVersionError: if someone has changed one of them since.
        NotPossibleError: if that person is not allowed to decide claims.
        InvalidValueError: if the note is too long, or there is a day and no person.
    """
    require_decider(to)
    if due_on and to is None:
        raise InvalidValueError(why=_("choose who should decide it by that day."))
    fields = {
        "assigned_to_id": to.pk if to else None,
        "due_on": due_on.isoformat() if due_on else None,
    }
    return set_fields(actor, ChangeAction.ASSIGN, versions, fields, note=_trimmed(note))


def require_decider(person: User | None) -> None:
    """Raise `NotPossibleError` for a person who is not allowed to decide claims."""
    if person and not person.has_perm(_MAY):  # inactive accounts have no permissions
        raise NotPossibleError(
            why=_("%(name)s is not allowed to decide claims.") % {"name": display_name(person)}
        )


def _trimmed(note: str) -> str:
    """Return a note to a colleague, without space around it."""
    note = note.strip()
    if len(note) > _LONGEST_NOTE:
        raise InvalidValueError(why=_("the note is longer than 1,000 characters."))
    return note


@action(_MAY, what=gettext_noop("request a second check"))
def ask_second_check(
    *,
    actor: User,
    claim_id: int,
    version: int,
    blind: bool = False,
    of: User | None = None,
    note: str = "",
) -> Change | None:
    """Request a second check of a decided claim.

    Args:
        actor: who asks.
        claim_id: the claim.
        version: the claim's version that the actor saw.
        blind: whether the second checker gives a verdict without seeing the first one and its
            reason.
        of: the person who is asked; None if anyone else may do it. Anyone else may do it all the same.
        note: what the second checker should know, who reads it before a blind check, too.

    Returns:
        The change, or None if the claim is already waiting for exactly that. A second click returns the first
        change again.

    Raises:
        StaleVersionError: if someone has changed the claim since `version`.
        NotPossibleError: if it has no verdict yet, or that person set it or is not allowed to decide claims.
        BlindCheckError: if it is waiting for the actor's own blind check.
        InvalidValueError: if the note is too long.
    """
    require_decider(of)
    wanted = {"asked_of": of, "note": _trimmed(note), "blind": blind}
    try:
        claim = claim_for_change(claim_id=claim_id, version=version)
    except StaleVersionError:
        made = Change.objects.made_from(actor.pk, {claim_id: version})
        waiting = SecondCheck.objects.waiting().filter(claim=claim_id, **wanted)
        if made and made.action == ChangeAction.REQUEST_CHECK and waiting.exists():
            return made
        raise
    require_known(actor, [claim])
    decision = _decision_to_check(claim, of)
    earlier = SecondCheck.objects.waiting().filter(claim=claim).first()
    if earlier and all(getattr(earlier, name) == value for name, value in wanted.items()):
        return None
    check = _request(actor, decision, wanted)
    fields = {
        "review_status": ReviewStatus.WAITING.value,
        "blind": blind,
        **({field_of(earlier): None} if earlier else {}),
        field_of(check): check.in_log(),
    }
    change = apply_change(
        actor,
        ChangeAction.REQUEST_CHECK,
        {claim: fields},
        note=check.note,
        new=[field_of(check)],
    )
    if of:
        to = {of.pk: [claim]}
        notify(actor=actor, kind=NotificationKind.CHECK_REQUESTED, to=to, change=change)
    return change


def _decision_to_check(claim: Claim, by: User | None) -> Decision:
    """Return the decision that is to be checked, unless there is none, or that person made it."""
    decision = Decision.objects.in_force(claim)
    if claim.verdict == Verdict.PENDING or decision is None:
        raise NotPossibleError(why=_("the claim has no verdict to check yet."))
    if by and by.pk == decision.actor_id:
        raise NotPossibleError(
            why=_("%(name)s set the verdict. Someone else has to do the second check.")
            % {"name": display_name(by)}
        )
    return decision


def _request(actor: User, decision: Decision, wanted: Mapping[str, Any]) -> SecondCheck:
    """Save the request of a second check. Only the change that logs it makes it one that waits."""
    check = SecondCheck(
        claim_id=decision.claim_id,
        decision=decision,
        asked_by=actor,
        asked_by_name=display_name(actor),
        asked_of_name=display_name(wanted["asked_of"]) if wanted["asked_of"] else "",
        **wanted,
    )
    check.withdrawn_at = check.asked_at
    check.save()
    check.withdrawn_at = None
    return check


@action(_MAY, what=gettext_noop("check claims"))
def second_check(
    *, actor: User, claim_id: int, version: int, verdict: Verdict, reason: str = ""
) -> Change:
    """Check a claim that is waiting for it: the same verdict confirms the first, a different one sends it back.

    The claim keeps its first verdict until the first checker, to whom it is then assigned, has seen the other
    one.

    Returns:
        The change. A second click, or a request that is sent again, returns the first change again.

    Raises:
        StaleVersionError: if someone has changed the claim since `version`.
        NotPossibleError: if it is not waiting for a check, or the actor set the verdict.
        ReasonRequiredError: if the actor would dispute it without a reason.
        InvalidValueError: if a place of a template in the reason is not filled in.
    """
    reason = reason.strip()
    try:
        claim = claim_for_change(claim_id=claim_id, version=version)
    except StaleVersionError:
        same = {"answered_by": actor, "verdict": verdict, "reason": reason}
        made = Change.objects.made_from(actor.pk, {claim_id: version})
        if made and SecondCheck.objects.answered().filter(claim=claim_id, **same).exists():
            return made
        raise
    if claim.review_status != ReviewStatus.WAITING:
        raise NotPossibleError(why=_("the claim is not waiting for a second check."))
    require_other_than_decider(actor, claim)
    if verdict == Verdict.DISPUTED and not reason:
        raise ReasonRequiredError
    require_filled_in(reason)
    answer, told = _answer(actor, claim, verdict, reason)
    if verdict == claim.verdict:
        fields = {"review_status": ReviewStatus.CHECKED.value, "blind": False, **answer}
        change = apply_change(actor, ChangeAction.SECOND_CHECK, {claim: fields}, note=reason)
    else:
        # The first checker is told that it comes back.
        told.discard(first_checker(claim))
        note = _("Second check: %(verdict)s") % {"verdict": verdict.label}
        change = _sent_back(actor, claim, answer, note=f"{note}. {reason}" if reason else note)
    to = {person: [claim] for person in told if person}
    notify(actor=actor, kind=NotificationKind.ANSWERED, to=to, change=change)
    return change


def _answer(
    actor: User, claim: Claim, verdict: Verdict, reason: str
) -> tuple[Fields, set[int | None]]:
    """Return the claim's second check, answered, as a field of the claim, and who is told that it has been."""
    told = {first_checker(claim)}
    check = SecondCheck.objects.waiting().filter(claim=claim).first()
    if check is None:
        return {}, told
    answered = check.answered_in_log(actor, display_name(actor), verdict, reason)
    return {field_of(check): answered}, told | {check.asked_by_id}


@action(_MAY, what=gettext_noop("send claims back"))
def send_back(*, actor: User, claim_id: int, version: int, comment: str) -> Change:
    """Send a decided claim back to the person who decided it, with a comment on what needs to be done.

    Raises:
        StaleVersionError: if someone has changed the claim since `version`.
        NotPossibleError: if nobody has decided it.
        InvalidValueError: if the comment is empty.
        BlindCheckError: if it is waiting for the actor's own blind check.
    """
    claim = claim_for_change(claim_id=claim_id, version=version)
    require_known(actor, [claim])
    if not comment.strip():
        raise InvalidValueError(why=_("say what needs to be done."))
    return _sent_back(actor, claim, {}, note=comment.strip())


def _sent_back(actor: User, claim: Claim, answer: Fields, *, note: str) -> Change:
    decider = first_checker(claim)
    if decider is None:
        raise NotPossibleError(why=_("nobody has decided this claim yet."))
    fields = {
        "review_status": ReviewStatus.SENT_BACK.value,
        "blind": False,
        "assigned_to_id": decider,
        **answer,
    }
    return apply_change(actor, ChangeAction.SEND_BACK, {claim: fields}, note=note)


def first_checker(claim: Claim) -> int | None:
    """Return the account that set the claim's verdict, even if someone else has undone a later one since."""
    decision = Decision.objects.in_force(claim)
    return decision.actor_id if decision else None


@action("claims.add_comment", what=gettext_noop("comment on claims"))
def comment(*, actor: User, claim_id: int, text: str) -> Comment:
    """Add a comment to a claim, and notify those whose user names it holds behind an @.

    A second click returns the first comment again.

    Raises:
        InvalidValueError: if it is empty or too long.
    """
    text = text.strip()
    if not text:
        raise InvalidValueError(why=_("the comment is empty."))
    if len(text) > _LONGEST_COMMENT:
        raise InvalidValueError(why=_("the comment is longer than 10,000 characters."))
    rows = Claim.objects.select_for_update(of=("self",)).select_related("revision")
    claim = rows.defer("revision__body").get(pk=claim_id)
    last = claim.comments.order_by("-pk").first()
    if last and last.author_id == actor.pk and last.text == text:
        return last
    notify_mentioned(actor, claim, text)
    return Comment.objects.create(
        claim=claim, text=text, author=actor, author_name=display_name(actor)
    )


def be_present(*, actor: User, article: Article, claim_id: int | None = None) -> list[Presence]:
    """Record that the actor has the article open, and return who else has. Nothing is logged.

    Args:
        actor: who has it open.
        article: the article.
        claim_id: the claim that the actor looks at. A claim of another article counts as none.
    """
    require(actor, "claims.view_article", what=gettext_noop("read articles"))
    of_article = Claim.objects.filter(revision__article=article).values_list("pk", flat=True)
    seen = {
        "last_seen_at": timezone.now(),
        "claim_id": of_article.filter(pk=claim_id).first() if claim_id else None,
    }
    Presence.objects.update_or_create(article=article, user=actor, defaults=seen)
    return [one for one in Presence.objects.at(article) if one.user_id != actor.pk]
