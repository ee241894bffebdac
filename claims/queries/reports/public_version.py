"""What changes whenever something public may have changed: by it, public pages are served from the cache."""

import hashlib
from contextlib import suppress

from django.core.cache import caches
from django.db import connections
from django.db.models import Subquery

from claims.models import (
    Correction,
    EarlierNotice,
    Evidence,
    Newsroom,
    PublicLanguage,
    Report,
    ReportTimestamp,
    SignedPdf,
)
from claims.models.newsroom import ONLY
from claims.queries import replica
from claims.queries.personal_data.bylines import people, waiting_in_public

_KEY = "version-"
"""What stands before the database from which a version was read: a replica may be behind, and its pages with it."""
_SECONDS = 5
"""For how long the version is kept. Actions of this machine make it forgotten at once; those of others wait for this."""


def public_version() -> str:
    """Return a text that changes whenever something public may have changed. No query if nothing happened just now.

    Everything public comes from published reports, notices, timestamps, signatures, what the newsroom says of itself, who agrees to
    be named, and which documents are confidential.
    """
    cache = caches["public"]
    key = _KEY + replica.alias()
    kept: str | None = cache.get(key)
    if kept is None:
        kept = _computed()
        # A full disk must not take the pages from their readers.
        with suppress(OSError):
            cache.set(key, kept, _SECONDS)
    return kept


def forget_public_version() -> None:
    """Have the next request compute the version again. Called after every action."""
    with suppress(OSError):
        caches["public"].delete_many([_KEY + name for name in connections])


def _computed() -> str:
    """In three queries, and one more where people are named."""
    last = {
        "report": Report.history.order_by("-history_id").values("history_id")[:1],
        "newsroom": Newsroom.history.order_by("-history_id").values("history_id")[:1],
        "languages": PublicLanguage.history.order_by("-history_id").values("history_id")[:1],
        "reworded": EarlierNotice.objects.order_by("-pk").values("pk")[:1],
        "told": Correction.objects.published().values("published_at")[:1],
        "stamped": ReportTimestamp.objects.given().order_by("-tried_at").values("tried_at")[:1],
        "signed": SignedPdf.objects.signed().order_by("-signed_at").values("signed_at")[:1],
        "notice": Correction.objects.published().order_by("-pk").values("pk")[:1],
    }
    rows = Newsroom.objects.filter(pk=ONLY).annotate(
        **{f"last_{name}": Subquery(query) for name, query in last.items()}
    )
    newest = rows.values_list(*(f"last_{name}" for name in last))
    confidential = Evidence.objects.filter(confidential=True).order_by("pk")
    named = list(people().values_list("pk", "changed_at"))
    waiting = waiting_in_public().values_list("pk") if named else ()
    parts = (*newest, *named, *waiting, *confidential.values_list("pk", "address_key", "sha256"))
    return hashlib.sha256(repr(parts).encode()).hexdigest()
