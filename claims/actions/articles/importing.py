"""Articles in: split, then kept whole or not at all."""

from collections.abc import Sequence
from typing import TypeVar

from django.contrib.auth.models import User
from django.db import DataError, IntegrityError, connection
from django.utils.translation import gettext_noop

from claims import extraction
from claims.actions.articles.saving import Imported, Split, keep
from claims.actions.base import action, in_one_transaction
from claims.errors import NotKeptError
from claims.ingest.types import ArticleDraft
from claims.queries.articles.duplicates import Here, Text

_MAY, _WHAT = "claims.add_article", gettext_noop("import articles")

_REFUSALS = (IntegrityError, DataError, ValueError)
"""How a database says that it will not have a row, whatever is tried again."""
_ONE_ARCHIVE = 0x617263686976
"""The number of the lock that PostgreSQL gives to one archive at a time."""

R = TypeVar("R")


@action(_MAY, what=_WHAT, atomic=False)
def import_article(*, actor: User, draft: ArticleDraft) -> Imported:
    """Keep an article and the claims it splits into, in one transaction.

    The splitting runs before the transaction, so that nobody waits for it. The same draft again, a double
    click included, gives the article that is already there; so does its text at its address under another headline.
    """
    there = Here([draft]).find(draft)
    if there and there.text == Text.NOW:
        return Imported(there.article, created=False)
    split = Split(draft, extraction.extract(draft.body))
    (imported,) = in_one_transaction(lambda: keep(actor, [split], beside=True))
    return imported


@action(_MAY, what=_WHAT, atomic=False)
def import_articles(*, actor: User, split: Sequence[Split]) -> list[Imported | NotKeptError]:
    """Keep many articles that are split already, in one transaction, as if they came in one after the other.

    One whose address is here with another text is left alone.

    Returns:
        What became of each, in order. Where the database refuses one of them, the others are kept without it, each
        in a transaction of its own.
    """
    try:
        return list(in_one_transaction(lambda: _keep_many(actor, split)))
    except _REFUSALS as error:
        if len(split) == 1:
            return [NotKeptError(why=error)]
    return [each for one in split for each in import_articles(actor=actor, split=[one])]


def _keep_many(actor: User, split: Sequence[Split]) -> list[Imported]:
    if len(split) > 1 and connection.vendor == "postgresql":
        # Two archives whose articles come in another order would wait for each other. SQLite has one writer anyway.
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_ONE_ARCHIVE])
    return keep(actor, split)
