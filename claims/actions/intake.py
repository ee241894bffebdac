"""Articles on their way in: read or fetched, looked at, kept. Nothing that was brought in or typed is lost on the way."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.contrib.admin.models import DELETION, LogEntry
from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django_tasks import TaskContext, task

from claims.actions.articles import import_article
from claims.actions.base import action
from claims.actions.fetched import ROBOTS, article_at
from claims.actions.keeping import Imported
from claims.choices import Progress, Sameness, Verdict
from claims.errors import (
    BadAnswerError,
    NotPossibleError,
    ReadersBusyError,
    TooSlowError,
    UnreachableError,
    WorkbenchError,
    as_data,
)
from claims.fetching import normal
from claims.ingest.types import ArticleDraft
from claims.matching import likeness, shingles
from claims.models import Article, Intake, Revision, Shingle
from claims.queries.articles.duplicates import of_same_address

WAITS = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
)
"""How long until an address that gave no answer is asked again, the first time and each time after."""

LIKE = 0.5
"""From what likeness on an article counts as nearly the same."""

MOST_ALIKE = 3
"""How many articles that are nearly the same are named."""

_CANDIDATES = 20
"""How many articles are compared word by word."""

_MAY = "claims.add_article"
_WHAT = gettext_noop("import articles")


@dataclass(frozen=True)
class Duplicate:
    """An article that is here already and may be the one that comes in.

    Attributes:
        article: the one that is here.
        why: it has just this text, or this address, or most of the shorter text stands in the other one.
        likeness: how much of it does, from 0 to 1.
        decided: how many of its claims to check have a verdict.
        claims: how many claims to check it has.
    """

    article: Article
    why: Sameness
    likeness: float
    decided: int
    claims: int

    @property
    def percent(self) -> int:
        """The likeness in whole percent, rounded down."""
        return int(100 * self.likeness)


@action(_MAY, what=_WHAT)
def bring_in(*, actor: User, draft: ArticleDraft, name: str = "") -> Intake:
    """Lay an article that was read into the actor's tray, to be looked at. The same one again lies there once.

    Args:
        actor: whose tray.
        draft: the article.
        name: of the file that it was read from.
    """
    intake = Intake(actor=actor, name=name[:300], progress=Progress.LISTED)
    intake.hold(draft)
    there = Intake.objects.filter(actor=actor, progress=Progress.LISTED, draft=intake.draft).first()
    if there:
        return there
    _look_for_duplicates(intake)
    intake.save()
    return intake


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
        raise NotPossibleError(why=_("it is no longer waiting to be looked at."))
    intake.hold(draft)
    _look_for_duplicates(intake)
    intake.save(update_fields=["draft", "article", "sameness"])
    return intake


@action(_MAY, what=_WHAT, atomic=False)
def keep_intake(*, actor: User, intake_id: int) -> Imported:
    """Make what lies in the actor's tray an article, split into claims. A second click gives the same article.

    Raises:
        NotPossibleError: if it is another person's, or was not read yet.
    """
    with transaction.atomic():
        intake = _own(actor, intake_id)
        if intake.progress == Progress.DONE and intake.article is not None:
            return Imported(intake.article, created=intake.created)
        if intake.draft is None:
            raise NotPossibleError(why=_("it was not read yet."))
    imported = import_article(actor=actor, draft=intake.read())
    _ended(intake, imported)
    return imported


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
        raise NotPossibleError(why=_("this is in another person's tray."))
    return intake


@task(takes_context=True)
def go_on(context: TaskContext, intake_id: int) -> dict[str, object] | None:
    """Fetch an article, or keep it, whichever comes next for it.

    One worker at a time has it. A worker that died had it, too: then this is not the first attempt.

    Returns:
        What went wrong, as `claims.errors.base.as_data` has it.
    """
    from_the_start = context.attempt == 1
    states = [Progress.WAITING] if from_the_start else [Progress.WAITING, Progress.RUNNING]
    taken = Intake.objects.filter(pk=intake_id, progress__in=states)
    if not taken.update(progress=Progress.RUNNING, next_at=None):
        return None
    intake = Intake.objects.select_related("actor", "feed").get(pk=intake_id)
    intake.tries += 1
    try:
        if intake.draft is None:
            intake.hold(article_at(intake.address, robots=ROBOTS if intake.feed_id else None))
        if not intake.keep:
            _look_for_duplicates(intake)
            _note(
                intake,
                progress=Progress.LISTED,
                draft=intake.draft,
                tries=intake.tries,
                error=None,
                article=intake.article,
                sameness=intake.sameness,
            )
            return None
        _note(intake, draft=intake.draft)
        _keep(intake)
    except WorkbenchError as error:
        _failed(intake, error)
        return as_data(error)
    return None


def _keep(intake: Intake) -> None:
    """Keep what was read without a look; but a new text of an article that is here is for somebody to look at."""
    there = of_same_address(intake.read())
    if there is None:
        _ended(intake, import_article(actor=intake.actor, draft=intake.read()))
    elif intake.feed_id:
        _ended(intake, Imported(there, created=False))
    else:
        _note(
            intake, progress=Progress.LISTED, keep=False, article=there, sameness=Sameness.ADDRESS
        )


def _look_for_duplicates(intake: Intake) -> None:
    """Write down the article that is surest to be the same, if there is one."""
    intake.article, intake.sameness = None, ""
    for found in duplicates(intake.read())[:1]:
        intake.article, intake.sameness = found.article, found.why


def _ended(intake: Intake, imported: Imported) -> None:
    """Say what became of it. The words are the article's now."""
    Intake.objects.filter(pk=intake.pk).update(
        progress=Progress.DONE,
        article=imported.article,
        created=imported.created,
        name=(intake.name or intake.address or imported.article.headline)[:300],
        sameness="",
        draft=None,
        error=None,
    )


def _failed(intake: Intake, error: WorkbenchError) -> None:
    again = is_passing(error) and intake.tries <= len(WAITS)
    _note(
        intake,
        progress=Progress.WAITING if again else Progress.FAILED,
        next_at=timezone.now() + WAITS[intake.tries - 1] if again else None,
        tries=intake.tries,
        error=as_data(error),
    )


def is_passing(error: WorkbenchError) -> bool:
    """Whether it may go better another time: an address gave no answer, too slowly, or said so itself; readers were busy."""
    if isinstance(error, BadAnswerError):
        number = error.params.get("number")
        return isinstance(number, int) and (number >= 500 or number in {408, 425, 429})
    return isinstance(error, ReadersBusyError | TooSlowError | UnreachableError)


def _note(intake: Intake, **fields: object) -> None:
    """Write down how far it is, unless somebody stopped it meanwhile."""
    Intake.objects.filter(pk=intake.pk, progress=Progress.RUNNING).update(**fields)


def try_again() -> None:
    """Hand what is due to be tried again to the workers."""
    due = Intake.objects.filter(progress=Progress.WAITING, next_at__lte=timezone.now())
    for pk in list(due.values_list("pk", flat=True)[:100]):
        with transaction.atomic():
            # Of several workers that look at once, one hands it on.
            if due.filter(pk=pk).update(next_at=None):
                go_on.enqueue(pk)


def duplicates(draft: ArticleDraft) -> list[Duplicate]:
    """The articles that are here already and may be the one that comes in, the surest first."""
    found: dict[int, tuple[Sameness, float]] = {}
    digest = Revision.digest_of(draft.body)
    same = Revision.objects.filter(digest=digest, body=draft.body)
    for pk in same.order_by("-article").values_list("article", flat=True)[:MOST_ALIKE]:
        found[pk] = Sameness.TEXT, 1.0
    there = of_same_address(draft)
    if there is not None:
        found.setdefault(there.pk, (Sameness.ADDRESS, _share(draft.body, there)))
    found |= {
        pk: (Sameness.LIKE, share)
        for pk, share in _alike(draft.body)[:MOST_ALIKE]
        if pk not in found
    }
    return _described(found)


def _alike(body: str) -> list[tuple[int, float]]:
    """Articles whose newest text is nearly this one, with how much they have in common, the likest first."""
    own = shingles(body)
    candidates = Shingle.objects.alike(body, _CANDIDATES)
    shares = (
        (article, likeness(own, shingles(text))) for article, text in _newest_texts(candidates)
    )
    return sorted((pair for pair in shares if pair[1] >= LIKE), key=lambda pair: -pair[1])


def _newest_texts(articles: Sequence[int]) -> list[tuple[int, str]]:
    newest = Revision.objects.filter(article__in=articles).order_by("article", "-number")
    texts: dict[int, str] = {}
    for article, body in newest.values_list("article", "body"):
        texts.setdefault(article, body)
    return list(texts.items())


def _share(body: str, article: Article) -> float:
    return likeness(shingles(body), shingles(article.current_revision().body))


def _described(found: dict[int, tuple[Sameness, float]]) -> list[Duplicate]:
    articles = Article.objects.select_related("outlet").with_listed_at().with_verdict_counts()
    by_id = articles.in_bulk(found)
    described = []
    for pk, (why, share) in found.items():
        article = by_id[pk]
        number = {verdict: getattr(article, verdict.value) for verdict in Verdict}
        claims = sum(number.values())
        described.append(Duplicate(article, why, share, claims - number[Verdict.PENDING], claims))
    return described
