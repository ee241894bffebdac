"""Articles in: split, then kept whole or not at all."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.db.models import CharField
from django.utils.translation import gettext_noop

from claims import extraction
from claims.actions.base import action, save_as
from claims.actions.changes import anchored
from claims.actions.registry import outlet_named
from claims.actions.sources import SourceRegistry, follow_merges
from claims.actions.upkeep import EVERY, look_at_rows
from claims.extraction.types import Claim as ProposedClaim
from claims.extraction.types import Spans, Speaker
from claims.ingest.types import ArticleDraft
from claims.models import Article, Claim, Revision, Shingle


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of an article that came in: the article, and whether it is new."""

    article: Article
    created: bool


@action("claims.add_article", what=gettext_noop("import articles"), atomic=False)
def import_article(*, actor: User, draft: ArticleDraft) -> Imported:
    """Keep an article and the claims it splits into, in one transaction.

    The splitting runs before the transaction, so that nobody waits for it. The same draft again, a double
    click included, gives the article that is already there; so does its text at its address under another headline.
    """
    fingerprint = fingerprint_of(draft)
    existing = Article.objects.filter(fingerprint=fingerprint).first() or _with_its_text(draft)
    if existing:
        return Imported(existing, created=False)
    proposed = extraction.extract(draft.body)
    try:
        with transaction.atomic():
            return Imported(_save(actor, draft, fingerprint, proposed), created=True)
    except IntegrityError:
        existing = Article.objects.filter(fingerprint=fingerprint).first()
        if existing is None:
            raise
        return Imported(existing, created=False)


def of_same_address(draft: ArticleDraft) -> Article | None:
    """The article that was published where this one was, if it has another text: then this is a new text of it."""
    found = _of_address(draft)
    return None if found is None or _reads(found, draft) else found


def _with_its_text(draft: ArticleDraft) -> Article | None:
    found = _of_address(draft)
    return found if found is not None and _reads(found, draft) else None


def _of_address(draft: ArticleDraft) -> Article | None:
    return Article.objects.at([draft.url]).order_by("-pk").first()


def _reads(article: Article, draft: ArticleDraft) -> bool:
    return article.current_revision().body == draft.body


def fingerprint_of(draft: ArticleDraft) -> str:
    """SHA-256 of what makes an article the same article."""
    parts = [draft.headline, draft.outlet, draft.url, draft.body]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def _save(
    actor: User, draft: ArticleDraft, fingerprint: str, proposed: Sequence[ProposedClaim]
) -> Article:
    article = Article(
        headline=draft.headline,
        outlet=outlet_named(actor, draft.outlet),
        byline=draft.byline,
        url=draft.url,
        published_at=draft.published,
        language=draft.language,
        fingerprint=fingerprint,
        imported_by=actor,
    )
    save_as(actor, article)
    revision = Revision.objects.create(
        article=article, body=draft.body, digest=Revision.digest_of(draft.body)
    )
    Shingle.objects.hold(article, draft.body)
    Claim.objects.bulk_create(kept_claims(actor, revision, proposed), batch_size=500)
    follow_merges(revision)
    if article.pk % EVERY == 0:
        look_at_rows.enqueue()
    return article


def kept_claims(actor: User, revision: Revision, proposed: Sequence[ProposedClaim]) -> list[Claim]:
    """What the splitter proposes for a text as claims that are not saved yet; their sources are found or made."""
    registry = SourceRegistry(article=revision.article, actor=actor)
    # In one order for all articles: two that come in at once never wait for each other's sources. Bare surnames last:
    # whose they are shows among the full names.
    speakers = {claim.speaker for claim in proposed if claim.speaker}
    for speaker in sorted(speakers, key=_place):
        registry.resolve(speaker)
    return [_claim(revision, claim, registry) for claim in proposed]


def _place(speaker: Speaker) -> tuple[bool, str, str, int, str]:
    """Where a speaker stands in that order; of the same name and kind the one of whom most is said comes first."""
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
        within=proposed.within,
        source=registry.resolve(speaker) if speaker else None,
        mention=_fitting(speaker.mention if speaker else "", "mention"),
        source_spans=_as_lists(proposed.source),
        cue_spans=_as_lists(proposed.cue),
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
    """Spans as JSON keeps them, so that a claim reads the same before and after it was saved."""
    return [list(span) for span in spans]


def _fitting(text: str, field: str) -> str:
    """Cut words that describe a source to what their column holds; the words themselves stay in the text."""
    column = Claim._meta.get_field(field)
    return text[: column.max_length] if isinstance(column, CharField) else text
