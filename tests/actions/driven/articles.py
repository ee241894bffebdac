"""Actions on articles and their texts."""

from typing import Any

from django.db import IntegrityError

from claims.access import Role
from claims.actions import COMMAND, SplitArticle
from claims.choices import AnchorStatus
from claims.errors import LookAgainError
from claims.extraction import extract
from claims.ingest.types import ArticleDraft
from claims.models import Claim
from claims.queries.articles.revisions import plan_revision
from tests.actions.driven.driving import Driven, claim_and_version, on_claims


def _to_update(claim: Claim) -> dict[str, Any]:
    """A new text of the claim's article, in which its first words are other ones."""
    article = claim.revision.article
    new = ArticleDraft(headline=article.headline, body=f"Now {claim.revision.body}")
    plan = plan_revision(article.current_revision(), new, extract(new.body))
    return {"article": article, "draft": new, "seen": plan.seen}


def _changed_with_its_text(claim: Claim) -> Claim:
    Claim.objects.filter(pk=claim.pk).update(anchor_status=AnchorStatus.CHANGED)
    return claim


ARTICLES = {
    "import_article": Driven(
        role=Role.EDITOR,
        keywords=lambda _: {"draft": ArticleDraft(headline="Rain", body="It rained.")},
        breaks=lambda _: {"draft": ArticleDraft(headline="Its revision refuses this", body="")},
        failure=IntegrityError,
        log="HistoricalArticle",
    ),
    "receive_article": Driven(
        role=Role.EDITOR,
        keywords=lambda _: {
            "draft": ArticleDraft(headline="Rain", body="It rained."),
            "policy": COMMAND,
        },
        breaks=lambda _: {
            "draft": ArticleDraft(headline="Its revision refuses this", body=""),
            "policy": COMMAND,
        },
        failure=IntegrityError,
        log="HistoricalArticle",
    ),
    "receive_articles": Driven(
        role=Role.EDITOR,
        keywords=lambda _: {
            "articles": [SplitArticle(ArticleDraft(headline="Rain", body="It rained."), [])],
            "policy": COMMAND,
        },
        breaks=lambda _: {
            "articles": [SplitArticle(ArticleDraft(headline="No claim", body="Rain."), [None])],
            "policy": COMMAND,
        },
        failure=AttributeError,
        log="HistoricalArticle",
    ),
    "add_revision": Driven(
        role=Role.EDITOR,
        keywords=_to_update,
        breaks=lambda claim: {**_to_update(claim), "seen": "something else"},
        failure=LookAgainError,
        log="HistoricalArticle",
    ),
    "place_claim": on_claims(
        lambda claim: {**claim_and_version(_changed_with_its_text(claim)), "spans": [[0, 9]]}
    ),
    "withdraw_claim": on_claims(claim_and_version),
}
