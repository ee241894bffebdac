"""An article comes in: is it here already, and what then? One table says so, for every way in."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from django.contrib.auth.models import User
from django.db import DataError, IntegrityError, connection
from django.utils.translation import gettext_noop

from claims import extraction
from claims.actions.articles.revisions import add_revision
from claims.actions.articles.saving import SplitArticle, save_articles
from claims.actions.base import action, in_one_transaction
from claims.choices import JobStatus
from claims.errors import NotKeptError, WorkbenchError
from claims.extraction.types import Claim as ProposedClaim
from claims.ingest.types import ArticleDraft
from claims.models import Article, IntakeItem
from claims.queries.articles.duplicates import (
    KnownArticle,
    KnownArticles,
    TextMatch,
    duplicates,
    has_new_headline,
    most_similar,
)
from claims.queries.articles.revisions import RevisionPlan, plan_revision

_MAY, _WHAT = "claims.add_article", gettext_noop("import articles")

_REFUSALS = (IntegrityError, DataError, ValueError)
"""How a database says that it will not have a row, whatever is tried again."""
_ONE_ARCHIVE = 0x617263686976
"""The number of the lock that PostgreSQL gives to one archive at a time."""


class Decision(Enum):
    """What is done with an article that comes in."""

    CREATE = auto()
    """It becomes an article of its own."""
    SKIP = auto()
    """Nothing, for it is here."""
    LEAVE = auto()
    """Nothing, although its text is not here: the article that is here stays as it is."""
    REVISE = auto()
    """It becomes a new version of the article that is here."""
    ASK = auto()
    """It goes to the inbox, for a person to look at."""


_ALONE = {Decision.REVISE, Decision.ASK}
"""What is done with one article at a time."""


@dataclass(frozen=True, slots=True)
class Policy:
    """What one way in decides about an article that is not simply new.

    Attributes:
        similar: where nothing but its words says that it may be here. Only if that is no reason to create it like
            anything new are articles of similar words looked for.
        current: where it is here with just this text.
        retitled: where it is here with just this text, but never had this headline.
        earlier: where an earlier version of the article at its address has its text.
        different: where the article at its address never had its text.
    """

    similar: Decision
    current: Decision
    retitled: Decision
    earlier: Decision
    different: Decision


_CREATE, _SKIP, _LEAVE, _REVISE, _ASK = Decision

# fmt: off
#                        similar  current  retitled  earlier  different
PASTE          = Policy( _ASK,    _SKIP,   _SKIP,    _ASK,    _ASK    )
INBOX          = Policy( _CREATE, _SKIP,   _SKIP,    _ASK,    _ASK    )
SEPARATE       = Policy( _CREATE, _SKIP,   _SKIP,    _CREATE, _CREATE )
FEED           = Policy( _CREATE, _SKIP,   _SKIP,    _SKIP,   _LEAVE  )
COMMAND        = Policy( _CREATE, _SKIP,   _SKIP,    _SKIP,   _LEAVE  )
COMMAND_UPDATE = Policy( _CREATE, _SKIP,   _REVISE,  _SKIP,   _REVISE )
# fmt: on
"""The ways in: typed by a person, accepted from the inbox unseen, accepted by a person who looked at what is here, read by
the worker from a feed, read by a command, and by one that takes over new texts. An archive that holds an article's earlier
text, too, can so be imported again."""


def decide_arrival(known: KnownArticle | None, draft: ArticleDraft, policy: Policy) -> Decision:
    """What is to be done with an article that comes in, by what of it is here."""
    if known is None:
        return Decision.CREATE
    match known.text:
        case TextMatch.SIMILAR:
            return policy.similar
        case TextMatch.CURRENT:
            return policy.retitled if has_new_headline(known, draft) else policy.current
        case TextMatch.EARLIER:
            return policy.earlier
        case TextMatch.DIFFERENT:
            return policy.different


@dataclass(frozen=True, slots=True)
class ArrivalResult:
    """What became of an article that came in.

    Attributes:
        decision: what was done.
        article: the article that it is now, or the one that is here in its place.
        plan: where it is a new version, what became of the claims.
        item: where a person is asked, what waits in the inbox.
    """

    decision: Decision
    article: Article
    plan: RevisionPlan | None = None
    item: IntakeItem | None = None

    @property
    def created(self) -> bool:
        """Whether there is an article more."""
        return self.decision == Decision.CREATE


@action(_MAY, what=_WHAT, atomic=False)
def receive_article(
    *,
    actor: User,
    draft: ArticleDraft,
    policy: Policy,
    claims: Sequence[ProposedClaim] | None = None,
    item: IntakeItem | None = None,
) -> ArrivalResult:
    """Do with an article that comes in what the policy says. The same one again, a double click included, is here.

    Splitting runs before the transaction, so that nobody waits for it, and only for what is saved.

    Args:
        actor: in whose name.
        draft: the article.
        policy: the way in.
        claims: what the splitter finds in it, if it was split already.
        item: what lies in the inbox already, if the worker takes the article from there: it goes back to its person
            where the policy says to ask.

    Raises:
        LookAgainError: if the article or a claim changed while it got its new version.
        WorkbenchError: if the article cannot be split or saved.
    """
    known = KnownArticles([draft]).find(draft)
    if known is None and policy.similar != Decision.CREATE:
        known = most_similar(draft)
    decision = decide_arrival(known, draft, policy)
    if claims is None and decision in {Decision.CREATE, Decision.REVISE}:
        claims = extraction.extract(draft.body, headline=draft.headline)
    if known is None or decision == Decision.CREATE:
        split = SplitArticle(draft, claims or [])
        ((decision, article),) = in_one_transaction(lambda: _created([split], actor, policy))
    else:
        article = known.article
    if decision == Decision.REVISE:
        return _revised(actor, article, draft, claims or [])
    if decision == Decision.ASK:
        asked = _asked_again(item) if item else ask_about(actor, draft)
        return ArrivalResult(decision, article, item=asked)
    return ArrivalResult(decision, article)


@action(_MAY, what=_WHAT, atomic=False)
def receive_articles(
    *, actor: User, articles: Sequence[SplitArticle], policy: Policy
) -> list[ArrivalResult | WorkbenchError]:
    """Do what the policy says with many articles that are split already, as if they came in one after the other.

    The new ones that follow each other are saved together, in one transaction. No article of similar words is looked for.

    Returns:
        What became of each, in order, or why nothing did. Where the database refuses one of the new ones, the others
        are saved without it, each in a transaction of its own.
    """
    results: list[ArrivalResult | WorkbenchError] = []
    while len(results) < len(articles):
        results += _received(actor, articles[len(results) :], policy)
    return results


@action(_MAY, what=_WHAT, atomic=False)
def import_article(*, actor: User, draft: ArticleDraft) -> ArrivalResult:
    """Make an article of what a person has looked at, beside whatever else is at its address."""
    return receive_article(actor=actor, draft=draft, policy=SEPARATE)


def _received(
    actor: User, articles: Sequence[SplitArticle], policy: Policy
) -> list[ArrivalResult | WorkbenchError]:
    """What became of some articles up to the first that is not to be created, skipped or left."""
    try:
        decided = in_one_transaction(lambda: _created(articles, actor, policy))
    except _REFUSALS as error:
        if len(articles) == 1:
            return [NotKeptError(why=error)]
        return [result for one in articles for result in _received(actor, [one], policy)]
    return [
        _done_alone(actor, one, policy) if decision in _ALONE else ArrivalResult(decision, article)
        for one, (decision, article) in zip(articles, decided, strict=False)
    ]


def _created(
    articles: Sequence[SplitArticle], actor: User, policy: Policy
) -> list[tuple[Decision, Article]]:
    """Save those of some articles that are to be created, up to the first that is to be done alone.

    Returns:
        For each up to there what is to be done, and with which article.
    """
    if len(articles) > 1 and connection.vendor == "postgresql":
        # Two archives whose articles come in another order would wait for each other. SQLite has one writer anyway.
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_ONE_ARCHIVE])
    here = KnownArticles([one.draft for one in articles])
    decided: list[tuple[Decision, Article]] = []
    new: list[tuple[Article, SplitArticle]] = []
    for one in articles:
        known = here.find(one.draft)
        decision = decide_arrival(known, one.draft, policy)
        if known is None or decision == Decision.CREATE:
            article = one.article(actor)
            here.add(one.draft, article)
            new.append((article, one))
            decided.append((Decision.CREATE, article))
        else:
            decided.append((decision, known.article))
        if decision in _ALONE:
            break
    if new:
        save_articles(actor, new)
    return decided


def _done_alone(actor: User, one: SplitArticle, policy: Policy) -> ArrivalResult | WorkbenchError:
    try:
        return receive_article(actor=actor, draft=one.draft, policy=policy, claims=one.claims)
    except WorkbenchError as error:
        return error


def _revised(
    actor: User, article: Article, draft: ArticleDraft, claims: Sequence[ProposedClaim]
) -> ArrivalResult:
    plan = plan_revision(article.current_revision(), draft, claims)
    if plan is None:
        # Somebody else brought in the same meanwhile.
        return ArrivalResult(Decision.SKIP, article)
    article = add_revision(actor=actor, article=article, draft=draft, seen=plan.seen, claims=claims)
    return ArrivalResult(Decision.REVISE, article, plan=plan)


def ask_about(actor: User, draft: ArticleDraft, *, name: str = "") -> IntakeItem:
    """Put an article into somebody's inbox, to be looked at. The same one again lies there once.

    Args:
        actor: whose inbox.
        draft: the article.
        name: of the file that it was read from.
    """
    item = IntakeItem(actor=actor, name=name[:300], status=JobStatus.PREVIEW)
    item.hold(draft)
    waiting = IntakeItem.objects.to_look_at().filter(actor=actor, draft=item.draft).first()
    if waiting:
        return waiting
    look_for_duplicates(item)
    item.save()
    return item


def _asked_again(item: IntakeItem) -> IntakeItem:
    """Give an article of the inbox back to its person, unless somebody stopped it meanwhile."""
    look_for_duplicates(item)
    item.status, item.auto_accept = JobStatus.PREVIEW, False
    IntakeItem.objects.filter(pk=item.pk, status=JobStatus.RUNNING).update(
        status=item.status,
        auto_accept=item.auto_accept,
        article=item.article,
        duplicate_reason=item.duplicate_reason,
    )
    return item


def look_for_duplicates(item: IntakeItem) -> None:
    """Note on an article of the inbox the one that is surest to be the same, if there is one. Nothing is saved."""
    item.article, item.duplicate_reason = None, ""
    for found in duplicates(item.read())[:1]:
        item.article, item.duplicate_reason = found.article, found.reason
