"""The inbox: articles are read or fetched, reviewed and accepted. Nothing that was added or typed is lost."""

from collections.abc import Collection

from django.contrib.admin.models import DELETION, LogEntry
from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from claims.actions.articles.arrival import (
    ArrivalResult,
    Decision,
    ask_about,
    import_article,
    look_for_duplicates,
)
from claims.actions.base import action
from claims.actions.intake.processing import finish, go_on
from claims.choices import Progress
from claims.errors import (
    NotPossibleError,
)
from claims.fetching import normal
from claims.ingest.types import ArticleDraft
from claims.models import Intake

_MAY = "claims.add_article"
_WHAT = gettext_noop("import articles")


@action(_MAY, what=_WHAT)
def bring_in(*, actor: User, draft: ArticleDraft, name: str = "") -> Intake:
    """Add an article that has been read to the actor's inbox. Adding the same one again has no effect.

    Args:
        actor: whose inbox.
        draft: the article.
        name: the name of the file that it was read from.
    """
    return ask_about(actor, draft, name=name)


@action(_MAY, what=_WHAT)
def ask_for(*, actor: User, address: str) -> Intake:
    """Have the worker fetch an article into the actor's inbox. An address already there is fetched again.

    Raises:
        BadAddressError: if the address cannot be fetched.
    """
    normal(address)
    asked = Intake.objects.filter(actor=actor, address=address, feed=None)
    there = asked.exclude(progress=Progress.DONE).order_by("-pk").first()
    if there:
        return retry_intake(actor=actor, intake_id=there.pk)
    intake = Intake.objects.create(actor=actor, address=address)
    go_on.enqueue(intake.pk)
    return intake


@action(_MAY, what=_WHAT)
def edit_intake(*, actor: User, intake_id: int, draft: ArticleDraft) -> Intake:
    """Change what was read from an article before it is accepted.

    Raises:
        NotPossibleError: if it belongs to someone else, or has already been accepted.
    """
    intake = _own(actor, intake_id)
    if intake.progress != Progress.LISTED:
        raise NotPossibleError(why=_("this article is no longer waiting for review."))
    intake.hold(draft)
    look_for_duplicates(intake)
    intake.save(update_fields=["draft", "article", "sameness"])
    return intake


@action(_MAY, what=_WHAT, atomic=False)
def keep_intake(*, actor: User, intake_id: int) -> ArrivalResult:
    """Make what lies in the actor's tray an article, split into claims. A second click gives the same article.

    Raises:
        NotPossibleError: if it belongs to someone else, or has not been read yet.
    """
    with transaction.atomic():
        intake = _own(actor, intake_id)
        if intake.progress == Progress.DONE and intake.article is not None:
            decision = Decision.CREATE if intake.created else Decision.SKIP
            return ArrivalResult(decision, intake.article)
        if intake.draft is None:
            raise NotPossibleError(why=_("this article has not been read yet."))
    result = import_article(actor=actor, draft=intake.read())
    finish(intake, result)
    return result


@action(_MAY, what=_WHAT)
def keep_all(*, actor: User, intake_ids: Collection[int]) -> int:
    """Have the worker accept several articles in the actor's inbox.

    Returns:
        How many; those that resemble an existing article stay in the inbox.
    """
    listed = Intake.objects.to_look_at().filter(actor=actor, sameness="", pk__in=intake_ids)
    chosen = list(listed.select_for_update(of=("self",)).values_list("pk", flat=True))
    Intake.objects.filter(pk__in=chosen).update(keep=True, progress=Progress.WAITING, tries=0)
    for pk in chosen:
        go_on.enqueue(pk)
    return len(chosen)


@action(_MAY, what=_WHAT)
def discard_intake(*, actor: User, intake_id: int) -> None:
    """Remove an item from the actor's inbox, and stop it if it is running. An article that was created from it stays.

    A second click does nothing.

    Raises:
        NotPossibleError: if it belongs to someone else.
    """
    if not Intake.objects.filter(pk=intake_id).exists():
        return
    intake = _own(actor, intake_id)
    LogEntry.objects.log_actions(actor.pk, [intake], DELETION, single_object=True)
    intake.delete()


@action(_MAY, what=_WHAT)
def retry_intake(*, actor: User, intake_id: int) -> Intake:
    """Retry an item that failed, was stopped, or is waiting for its next attempt. Others are not affected.

    Raises:
        NotPossibleError: if it belongs to someone else.
    """
    intake = _own(actor, intake_id)
    waits = intake.progress == Progress.WAITING and intake.next_at is not None
    if waits or intake.progress in {Progress.FAILED, Progress.STOPPED}:
        intake.progress, intake.tries, intake.next_at = Progress.WAITING, 0, None
        intake.save(update_fields=["progress", "tries", "next_at"])
        go_on.enqueue(intake.pk)
    return intake


def _own(actor: User, intake_id: int) -> Intake:
    intake = Intake.objects.select_for_update(of=("self",)).get(pk=intake_id)
    if intake.actor_id != actor.pk:
        raise NotPossibleError(why=_("this article is in someone else's inbox."))
    return intake
