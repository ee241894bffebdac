"""What a command does with an article that it has read."""

from dataclasses import dataclass
from enum import StrEnum

from claims.actions import import_article, update_article, workbench_account
from claims.anchoring import State
from claims.ingest.types import ArticleDraft
from claims.models import Article
from claims.queries.articles.duplicates import Here, Text, There
from claims.queries.articles.revisions import Update, compare


class Became(StrEnum):
    """What becomes of articles that come in."""

    IMPORTED = "imported"
    HERE = "already here"
    LEFT = "left unchanged"
    UPDATED = "updated"
    FAILED = "not imported"


@dataclass(frozen=True, slots=True)
class Brought:
    """What became of one.

    Attributes:
        became: in a word.
        article: its number, or that of the one in its place; None where there is none.
        why: in words; "" where the one word says it all.
    """

    became: Became
    article: int | None = None
    why: str = ""

    def __str__(self) -> str:
        """What to tell of it."""
        if self.became == Became.FAILED:
            return self.why
        return f"{self.became}: {self.why}" if self.why else str(self.became)


def bring(draft: ArticleDraft, *, update: bool) -> Brought:
    """Keep an article, in the name of the command line, and say what became of it.

    An article's earlier text is one that is here already: an archive that holds both can be imported again.

    Args:
        draft: the article.
        update: whether its text and its headline are taken over where an article with its address has others.

    Raises:
        WorkbenchError: if it could not be kept.
    """
    there = Here([draft]).find(draft)
    if there is None:
        imported = import_article(actor=workbench_account(), draft=draft)
        became = Became.IMPORTED if imported.created else Became.HERE
        return Brought(became, imported.article.pk)
    if not (update and is_news(there, draft)):
        another = there.text == Text.ANOTHER
        return left_alone(there.article) if another else Brought(Became.HERE, there.article.pk)
    found = compare(article=there.article, draft=draft)
    article = update_article(
        actor=workbench_account(), article=there.article, draft=draft, seen=found.seen
    )
    if there.text == Text.NOW:
        return Brought(Became.UPDATED, article.pk, f"article {article.pk} has a new headline")
    return Brought(
        Became.UPDATED, article.pk, f"article {article.pk} has a new version: {_told(found)}"
    )


def is_news(there: There, draft: ArticleDraft) -> bool:
    """Whether an article that comes in has a text that the one that is here never had, or a headline that it never had."""
    if there.text != Text.NOW or there.article.headline == draft.headline:
        return there.text == Text.ANOTHER
    return not there.article.history.filter(headline=draft.headline).exists()


def left_alone(article: Article) -> Brought:
    """What became of another text of an article that is here."""
    why = f"article {article.pk} has the same address but a different text. Compare them on its page, under New version."
    return Brought(Became.LEFT, article.pk, why)


def _told(update: Update) -> str:
    states = [found.state for found in update.matching.found]
    kept = states.count(State.KEPT)
    withdrawn = states.count(State.WITHDRAWN)
    return (
        f"{kept} of {len(states)} claims unchanged, {withdrawn} withdrawn, "
        f"{len(states) - kept - withdrawn} to review, {len(update.matching.new)} new"
    )
