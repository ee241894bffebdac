"""What the archive knows, and what the splitter finds in a text. Nothing is saved."""

from typing import Annotated, Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router

from claims import extraction, ingest
from claims.api.endpoints import endpoint, viewer_of
from claims.api.schemas import archive as schemas
from claims.api.schemas.articles import article_data
from claims.api.schemas.claims import claim_data
from claims.api.schemas.external import other_check_data
from claims.api.schemas.sources import source_data
from claims.api.splitting import one_at_a_time
from claims.extraction.types import Claim as ProposedClaim
from claims.models import Article, Claim, Source
from claims.queries.claims.rows import ClaimRow
from claims.queries.matching.external import checks_of_sentence
from claims.queries.matching.preview import seen_proposals

router = Router(tags=["archive"])

_BEST = 20

Typed = Annotated[
    str,
    Query(
        min_length=1, max_length=500, description="Words, “phrases”, or the beginning of a word*."
    ),
]


@endpoint(router, "GET", "/search", schemas.Found)
def search(request: HttpRequest, q: Typed) -> dict[str, Any]:
    """Search the claims, articles and sources, the best first."""
    claims = Claim.objects.not_dismissed().only("pk").best(q, _BEST)
    articles = Article.objects.select_related("outlet", "desk").best(q, _BEST)
    sources = Source.objects.filter(merged_into=None).best(q, _BEST)
    return {
        "claims": claim_data([claim.pk for claim in claims], viewer_of(request)),
        "articles": list(map(article_data, articles)),
        "sources": list(map(source_data, sources)),
    }


@endpoint(router, "POST", "/match", schemas.ArchiveAnswer)
def match(request: HttpRequest, sentence: schemas.Sentence) -> dict[str, Any]:
    """Say whether a sentence has been checked before, and what contradicts it."""
    asked = ProposedClaim(
        content=((0, len(sentence.text)),),
        statement=sentence.text,
        quotation="narration",
        attribution=0,
    )
    viewer = viewer_of(request)
    (seen,) = seen_proposals([asked], sentence.published_at, viewer)
    said_at = sentence.published_at or timezone.now()
    found = checks_of_sentence(
        sentence.text, said_at, sentence.language, viewer, is_hidden=seen.is_hidden
    )
    return {
        "check": _earlier(seen.check),
        "repeat": _earlier(seen.repeat),
        "contradiction": _earlier(seen.contradiction),
        "other_newsrooms": list(map(other_check_data, found)),
    }


def _earlier(row: ClaimRow | None) -> dict[str, Any] | None:
    if row is None:
        return None
    claim = row.claim
    return {
        "id": claim.pk,
        "url": claim.get_absolute_url(),
        "statement": claim.statement,
        "source": claim.source.name if claim.source else "",
        "outlet": {"id": claim.outlet.pk, "name": claim.outlet.name} if claim.outlet else None,
        "published_at": claim.listed_at,
        "verdict": row.verdict,
    }


@endpoint(router, "POST", "/split", schemas.Split)
def split(request: HttpRequest, text: schemas.Text) -> dict[str, Any]:
    """Split a text into claims with their sources."""
    draft = ingest.draft(body=text.text, headline=text.headline or "-")
    with one_at_a_time():
        found = extraction.extract(draft.body, headline=text.headline)
    return {"text": draft.body, "claims": list(map(schemas.proposal_data, found))}
