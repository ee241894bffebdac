"""Articles on their way in: read or fetched, looked at, kept. Nothing that was brought in or typed is lost on the way."""

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
    """Lay an article that was read into the actor's tray, to be looked at. The same one again lies there once.

    Args:
        actor: whose tray.
        draft: the article.
        name: of the file that it was read from.
    """
    return ask_about(actor, draft, name=name)


@action(_MAY, what=_WHAT)
def ask_for(*, actor: User, address: str) -> Intake:
    """Have the worker fetch an article, to be looked at. An address that is in the actor's tray is asked for anew.

    Raises:
        BadAddressError: if that is no address that can be fetched.
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
    """Change what was read of an article before it is kept.

    Raises:
        NotPossibleError: if it is another person's, or was kept already.
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
        NotPossibleError: if it is another person's, or was not read yet.
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
    """Have the worker make articles of several that lie read in the actor's tray.

    Returns:
        Of how many: what is like an article that is here stays in the tray.
    """
    listed = Intake.objects.to_look_at().filter(actor=actor, sameness="", pk__in=intake_ids)
    chosen = list(listed.select_for_update(of=("self",)).values_list("pk", flat=True))
    Intake.objects.filter(pk__in=chosen).update(keep=True, progress=Progress.WAITING, tries=0)
    for pk in chosen:
        go_on.enqueue(pk)
    return len(chosen)


@action(_MAY, what=_WHAT)
def discard_intake(*, actor: User, intake_id: int) -> None:
    """Take something out of the actor's tray; what is under way is stopped. Articles that it became stay.

    A second click does nothing.

    Raises:
        NotPossibleError: if it is another person's.
    """
    if not Intake.objects.filter(pk=intake_id).exists():
        return
    intake = _own(actor, intake_id)
    LogEntry.objects.log_actions(actor.pk, [intake], DELETION, single_object=True)
    intake.delete()


@action(_MAY, what=_WHAT)
def retry_intake(*, actor: User, intake_id: int) -> Intake:
    """Try again what failed, was stopped, or waits for its next try. What is under way, or was read, stays.

    Raises:
        NotPossibleError: if it is another person's.
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
