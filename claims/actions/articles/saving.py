"""Saves articles that have been split, with few queries for any number of articles."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db.models import CharField
from simple_history.utils import bulk_create_with_history

from claims.actions.claims.derived_fields import anchored
from claims.actions.maintenance import EVERY, analyze_tables
from claims.actions.named_records import outlets_named
from claims.actions.sources.registry import SourceRegistry, follow_merges
from claims.actions.webhooks.events import record_articles
from claims.extraction.types import Claim as ProposedClaim
from claims.extraction.types import Spans, Speaker
from claims.ingest.types import ArticleDraft
from claims.models import Article, Claim, Revision, Shingle, UnmatchedClaim
from claims.queries.articles.duplicates import fingerprint_of

BATCH = 500
"""How many rows one query writes."""


@dataclass(frozen=True, slots=True)
class SplitArticle:
    """An article that came in, and the claims that the splitter proposes for it."""

    draft: ArticleDraft
    claims: Sequence[ProposedClaim]

    def article(self, actor: User) -> Article:
        """The article that is to be made of it in somebody's name; it has no outlet and is not saved yet."""
        draft = self.draft
        return Article(
            headline=draft.headline,
            byline=draft.byline,
            url=draft.url,
            published_at=draft.published,
            embargoed_until=draft.embargoed_until,
            language=draft.language,
            fingerprint=fingerprint_of(draft),
            imported_by=actor,
        )


def save_articles(actor: User, new: Sequence[tuple[Article, SplitArticle]]) -> None:
    """Save new articles with their claims in the caller's transaction, in order.

    Raises:
        django.db.IntegrityError: the database refuses one, or someone else brought in the same in the meantime.
    """
    outlets = outlets_named(actor, [one.draft.outlet for _, one in new])
    for article, one in new:
        article.outlet = outlets.get(one.draft.outlet.casefold())
    articles = [article for article, _ in new]
    bulk_create_with_history(articles, Article, batch_size=BATCH, default_user=actor)
    revisions = [
        Revision(article=article, body=one.draft.body, digest=Revision.digest_of(one.draft.body))
        for article, one in new
    ]
    Revision.objects.bulk_create(revisions, batch_size=BATCH)
    Shingle.objects.hold([(article, one.draft.body) for article, one in new])
    proposed = [(revision, one.claims) for revision, (_, one) in zip(revisions, new, strict=True)]
    save_claims(actor, proposed, fresh=articles)
    record_articles(articles)
    if any(article.pk % EVERY == 0 for article in articles):
        analyze_tables.enqueue()


def save_claims(
    actor: User,
    proposed: Sequence[tuple[Revision, Sequence[ProposedClaim]]],
    *,
    fresh: Sequence[Article] = (),
) -> None:
    """Save what the splitter proposes for texts, in order; the claims' sources are found or made.

    Args:
        actor: in whose name.
        proposed: the texts, each with its claims.
        fresh: those of the articles that have just been created.

    Raises:
        django.db.IntegrityError: someone else made one of the sources in the meantime.
    """
    names = {one.speaker.name for _, claims in proposed for one in claims if one.speaker}
    registry = SourceRegistry(actor=actor, names=names, fresh=fresh)
    kept: list[Claim] = []
    for revision, claims in proposed:
        # Bare surnames last, because the full names show whose they are.
        speakers = dict.fromkeys(claim.speaker for claim in claims if claim.speaker)
        for speaker in sorted(speakers, key=_place):
            registry.resolve(speaker, revision.article)
        own = [_claim(revision, claim, registry) for claim in claims]
        registry.remember(own)
        kept += own
    registry.save()
    Claim.objects.bulk_create(kept, batch_size=BATCH)
    UnmatchedClaim.objects.add_claims(claim.pk for claim in kept if claim.checkable)
    follow_merges([revision for revision, _ in proposed])


def _place(speaker: Speaker) -> tuple[bool, str, str, int, str]:
    """Return the sort key of speakers: of those with the same name and kind, the best described one comes first."""
    name = speaker.name.casefold()
    return " " not in name, name, speaker.kind, -len(speaker.role), speaker.role


def _claim(revision: Revision, proposed: ProposedClaim, registry: SourceRegistry) -> Claim:
    speaker, spans = proposed.speaker, _as_lists(proposed.content)
    claim = Claim(
        revision=revision,
        spans=spans,
        **anchored(revision.body, spans),
        statement=proposed.statement,
        quotation=proposed.quotation,
        attribution=proposed.attribution,
        outer_attribution=proposed.within,
        source=registry.resolve(speaker, revision.article) if speaker else None,
        mention=_fitting(speaker.mention if speaker else "", "mention"),
        source_spans=_as_lists(proposed.source),
        cue_spans=_as_lists(proposed.cue),
        source_confidence=speaker.confidence if speaker else 1.0,
        unresolved=list(proposed.unresolved),
        role=_fitting(speaker.role if speaker else "", "role"),
        told_to=_fitting(proposed.told_to, "told_to"),
        mood=proposed.mood,
        checkable=proposed.checkable,
        checkworthiness=proposed.checkworthiness,
        reasons=list(proposed.reasons),
    )
    claim.copy()
    return claim


def _as_lists(spans: Spans) -> list[list[int]]:
    """Return spans as JSON stores them, so that a claim is the same before and after it is saved."""
    return [list(span) for span in spans]


def _fitting(text: str, field: str) -> str:
    """Shorten a source's description to the length of its column; the full words remain in the text."""
    column = Claim._meta.get_field(field)
    return text[: column.max_length] if isinstance(column, CharField) else text
