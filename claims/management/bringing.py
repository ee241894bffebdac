"""What a command does with an article that it has read."""

from claims.actions import (
    compare,
    import_article,
    of_same_address,
    update_article,
    workbench_account,
)
from claims.actions.updates import Update
from claims.ingest.types import ArticleDraft
from claims.matching import State
from claims.models import Article, Revision


def bring(draft: ArticleDraft, *, update: bool) -> str:
    """Keep an article, in the name of the command line, and say what became of it.

    An article's earlier text is one that is here already: an archive that holds both can be imported again.

    Args:
        draft: the article.
        update: whether its text is taken over where an article with its address has another one.

    Raises:
        WorkbenchError: if it could not be kept.
    """
    there = of_same_address(draft)
    if there is None:
        imported = import_article(actor=workbench_account(), draft=draft)
        return "imported" if imported.created else "already here"
    if _had(there, draft):
        return "already here"
    if not update:
        return f"left alone: article {there.pk} has its address and another text. Compare them there: New text."
    found = compare(article=there, draft=draft)
    update_article(actor=workbench_account(), article=there, draft=draft, seen=found.seen)
    return f"a new text of article {there.pk}: {_told(found)}"


def _had(article: Article, draft: ArticleDraft) -> bool:
    return Revision.objects.filter(article=article, digest=Revision.digest_of(draft.body)).exists()


def _told(update: Update) -> str:
    states = [found.state for found in update.matching.found]
    kept = states.count(State.KEPT)
    withdrawn = states.count(State.WITHDRAWN)
    return (
        f"{kept} of {len(states)} claims unchanged, {withdrawn} withdrawn, "
        f"{len(states) - kept - withdrawn} to look at, {len(update.matching.new)} new"
    )
