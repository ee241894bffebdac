"""Several people on one claim: assignment, the second check, comments, presence."""

from collections.abc import Mapping

from django.contrib.auth.models import User
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from claims.access import require
from claims.actions.base import action
from claims.actions.claims.changes import (
    apply_change,
    change_what_differs,
    require_known,
    set_fields,
)
from claims.actions.claims.undo import require_other_than_decider
from claims.actions.locking import claim_for_change
from claims.choices import ChangeAction, ReviewStatus, Verdict
from claims.errors import InvalidValueError, NotPossibleError, ReasonRequiredError
from claims.models import Article, Change, Claim, Comment, Decision, Presence
from claims.queries.accounts import display_name

_MAY = "claims.decide_claim"
_LONGEST_COMMENT = 10_000


@action(_MAY, what=gettext_noop("assign claims"))
def assign_claims(*, actor: User, versions: Mapping[int, int], to: User | None) -> Change | None:
    """Assign claims of one article to a person, or to nobody.

    Returns:
        The change, or None if all of them were already assigned to that person.

    Raises:
        StaleVersionError: if someone has changed one of them since.
        NotPossibleError: if that person is not allowed to decide claims.
    """
    if to and not to.has_perm(_MAY):  # inactive accounts have no permissions
        raise NotPossibleError(
            why=_("%(name)s is not allowed to decide claims.") % {"name": display_name(to)}
        )
    person = to.pk if to else None
    return set_fields(actor, ChangeAction.ASSIGN, versions, {"assigned_to_id": person})


@action(_MAY, what=gettext_noop("request a second check"))
def ask_second_check(
    *, actor: User, claim_id: int, version: int, blind: bool = False
) -> Change | None:
    """Request a second check of a decided claim.

    Args:
        actor: who asks.
        claim_id: the claim.
        version: the claim's version that the actor saw.
        blind: whether the second checker gives a verdict without seeing the first one and its
            reason.

    Returns:
        The change, or None if the claim is already waiting for exactly that.

    Raises:
        StaleVersionError: if someone has changed the claim since `version`.
        NotPossibleError: if it has no verdict yet.
        BlindCheckError: if it is waiting for the actor's own blind check.
    """
    claim = claim_for_change(claim_id=claim_id, version=version)
    require_known(actor, [claim])
    if claim.verdict == Verdict.PENDING:
        raise NotPossibleError(why=_("the claim has no verdict to check yet."))
    fields = {"review_status": ReviewStatus.WAITING.value, "blind": blind}
    return change_what_differs(actor, ChangeAction.REQUEST_CHECK, {claim: fields})


@action(_MAY, what=gettext_noop("check claims"))
def second_check(
    *, actor: User, claim_id: int, version: int, verdict: Verdict, reason: str = ""
) -> Change:
    """Check a claim that is waiting for it: the same verdict confirms the first, a different one sends it back.

    The claim keeps its first verdict until the first checker, to whom it is then assigned, has seen the other
    one.

    Raises:
        StaleVersionError: if someone has changed the claim since `version`.
        NotPossibleError: if it is not waiting for a check, or the actor set the verdict.
        ReasonRequiredError: if the actor would dispute it without a reason.
    """
    claim = claim_for_change(claim_id=claim_id, version=version)
    if claim.review_status != ReviewStatus.WAITING:
        raise NotPossibleError(why=_("the claim is not waiting for a second check."))
    require_other_than_decider(actor, claim)
    reason = reason.strip()
    if verdict == Verdict.DISPUTED and not reason:
        raise ReasonRequiredError
    if verdict == claim.verdict:
        fields = {"review_status": ReviewStatus.CHECKED.value, "blind": False}
        return apply_change(actor, ChangeAction.SECOND_CHECK, {claim: fields}, note=reason)
    note = _("Second check: %(verdict)s") % {"verdict": verdict.label}
    return _sent_back(actor, claim, note=f"{note}. {reason}" if reason else note)


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
    return _sent_back(actor, claim, note=comment.strip())


def _sent_back(actor: User, claim: Claim, *, note: str) -> Change:
    decider = first_checker(claim)
    if decider is None:
        raise NotPossibleError(why=_("nobody has decided this claim yet."))
    fields = {
        "review_status": ReviewStatus.SENT_BACK.value,
        "blind": False,
        "assigned_to_id": decider,
    }
    return apply_change(actor, ChangeAction.SEND_BACK, {claim: fields}, note=note)


def first_checker(claim: Claim) -> int | None:
    """Return the account that set the claim's verdict, even if someone else has undone a later one since."""
    decision = Decision.objects.in_force(claim)
    return decision.actor_id if decision else None


@action("claims.add_comment", what=gettext_noop("comment on claims"))
def comment(*, actor: User, claim_id: int, text: str) -> Comment:
    """Add a comment to a claim. A second click returns the first comment again.

    Raises:
        InvalidValueError: if it is empty or too long.
    """
    text = text.strip()
    if not text:
        raise InvalidValueError(why=_("the comment is empty."))
    if len(text) > _LONGEST_COMMENT:
        raise InvalidValueError(why=_("the comment is longer than 10,000 characters."))
    claim = Claim.objects.select_for_update(of=("self",)).get(pk=claim_id)
    last = claim.comments.order_by("-pk").first()
    if last and last.author_id == actor.pk and last.text == text:
        return last
    return Comment.objects.create(
        claim=claim, text=text, author=actor, author_name=display_name(actor)
    )


def be_present(*, actor: User, article: Article) -> list[Presence]:
    """Record that the actor has the article open, and return who else has. Nothing is logged."""
    require(actor, "claims.view_article", what=gettext_noop("read articles"))
    Presence.objects.update_or_create(
        article=article, user=actor, defaults={"last_seen_at": timezone.now()}
    )
    return [one for one in Presence.objects.at(article) if one.user_id != actor.pk]
