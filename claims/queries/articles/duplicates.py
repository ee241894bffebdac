"""Which of the articles that come in are here already, or may be."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from claims.choices import DuplicateReason
from claims.ingest.types import ArticleDraft
from claims.matching import shingles, similarity
from claims.models import Article, Revision, Shingle
from claims.models.base.addresses import address_key


class TextMatch(Enum):
    """What the text that comes in is to an article that is here: its current text, an earlier one, or a different one."""

    CURRENT = auto()
    EARLIER = auto()
    DIFFERENT = auto()
    SIMILAR = auto()
    """Most of the shorter text stands in the other one, but nothing else says that they are the same article."""


@dataclass(frozen=True, slots=True)
class KnownArticle:
    """An article that is here, and what the text that comes in is to it.

    Attributes:
        article: the article.
        text: what the text is to it.
        headlines: those that it has and had, where it was found by its address.
    """

    article: Article
    text: TextMatch
    headlines: frozenset[str] = frozenset()


def fingerprint_of(draft: ArticleDraft) -> str:
    """Return the SHA-256 of what makes two articles the same."""
    parts = [draft.headline, draft.outlet, draft.url, draft.body]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def has_new_headline(known: KnownArticle, draft: ArticleDraft) -> bool:
    """Whether the current text of an article comes in under a headline that the article never had."""
    return (
        known.text == TextMatch.CURRENT
        and bool(known.headlines)
        and draft.headline not in known.headlines
    )


def known_at_address(draft: ArticleDraft) -> Article | None:
    """The article that was published where this one was, if it has another text: then this is a new text of it."""
    known = KnownArticles([draft]).find(draft)
    return known.article if known and known.text != TextMatch.CURRENT else None


def new_addresses(addresses: Sequence[str]) -> list[str]:
    """Those of some addresses at which no article is, in their order."""
    known = set(Article.objects.at(addresses).values_list("address_key", flat=True))
    return [each for each in addresses if address_key(each) not in known]


class KnownArticles:
    """What of some drafts is here, asked in four queries whatever their number.

    Args:
        drafts: all drafts that will be looked up.
    """

    def __init__(self, drafts: Sequence[ArticleDraft]) -> None:
        prints = {fingerprint_of(draft): draft for draft in drafts}
        found = Article.objects.filter(fingerprint__in=prints)
        self._same = {article.fingerprint: article for article in found}
        addresses = [draft.url for key, draft in prints.items() if key not in self._same]
        # Of several articles with the same address, the newest counts.
        self._newest = {
            article.address_key: article for article in Article.objects.at(addresses).order_by("pk")
        }
        homes = {article.pk: key for key, article in self._newest.items()}
        self._digests: dict[str, list[str]] = {key: [] for key in self._newest}
        self._headlines = {key: {article.headline} for key, article in self._newest.items()}
        if homes:
            texts = Revision.objects.filter(article__in=homes).order_by("number")
            for home, digest in texts.values_list("article", "digest"):
                self._digests[homes[home]].append(digest)
            past = Article.history.filter(id__in=homes).order_by()
            for home, headline in past.values_list("id", "headline").distinct():
                self._headlines[homes[home]].add(headline)

    def find(self, draft: ArticleDraft) -> KnownArticle | None:
        """The article that a draft is, or else the newest one at its address. None where there is neither."""
        same = self._same.get(fingerprint_of(draft))
        if same:
            return KnownArticle(same, TextMatch.CURRENT)
        key = address_key(draft.url)
        if key not in self._newest:
            return None
        *earlier, current = self._digests[key]
        digest = Revision.digest_of(draft.body)
        if digest == current:
            text = TextMatch.CURRENT
        else:
            text = TextMatch.EARLIER if digest in earlier else TextMatch.DIFFERENT
        return KnownArticle(self._newest[key], text, frozenset(self._headlines[key]))

    def add(self, draft: ArticleDraft, article: Article) -> None:
        """Take into account an article that is being created from one of the drafts."""
        self._same[article.fingerprint] = article
        if draft.url:
            key = address_key(draft.url)
            self._newest[key], self._digests[key] = article, [Revision.digest_of(draft.body)]
            self._headlines[key] = {draft.headline}


NEAR_DUPLICATE = 0.5
"""The least similarity at which an article counts as nearly the same."""


MAX_DUPLICATES = 3
"""How many articles that are nearly the same are named."""


_CANDIDATES = 20
"""How many articles are compared word by word."""


@dataclass(frozen=True)
class Duplicate:
    """A known article that may be the same as a new one.

    Attributes:
        article: the known article.
        reason: whether it has exactly this text, this address, or most of the shorter text in common.
        similarity: the share of the shorter text that is in both, from 0 to 1.
    """

    article: Article
    reason: DuplicateReason
    similarity: float

    @property
    def percent(self) -> int:
        """The similarity in whole percent, rounded down."""
        return int(100 * self.similarity)


def duplicates(draft: ArticleDraft) -> list[Duplicate]:
    """Return the known articles that may be the same as a new one, the most likely first."""
    found: dict[int, tuple[DuplicateReason, float]] = {}
    digest = Revision.digest_of(draft.body)
    same = Revision.objects.filter(digest=digest, body=draft.body)
    for pk in same.order_by("-article").values_list("article", flat=True)[:MAX_DUPLICATES]:
        found[pk] = DuplicateReason.TEXT, 1.0
    known = known_at_address(draft)
    if known is not None:
        found.setdefault(known.pk, (DuplicateReason.ADDRESS, _share(draft.body, known)))
    found |= {
        pk: (DuplicateReason.NEAR_DUPLICATE, share)
        for pk, share in _alike(draft.body)[:MAX_DUPLICATES]
        if pk not in found
    }
    articles = Article.objects.select_related("outlet").in_bulk(found)
    return [Duplicate(articles[pk], reason, share) for pk, (reason, share) in found.items()]


def most_similar(draft: ArticleDraft) -> KnownArticle | None:
    """The article whose text is nearly that of a draft, but not the same. None where there is none."""
    similar = (
        found.article
        for found in duplicates(draft)
        if found.reason == DuplicateReason.NEAR_DUPLICATE
    )
    return next((KnownArticle(article, TextMatch.SIMILAR) for article in similar), None)


def _alike(body: str) -> list[tuple[int, float]]:
    """Return the articles whose newest text is nearly this one, with the similarity, the most similar first."""
    own = shingles(body)
    candidates = Shingle.objects.alike(body, _CANDIDATES)
    shares = (
        (article, similarity(own, shingles(text))) for article, text in _newest_texts(candidates)
    )
    return sorted((pair for pair in shares if pair[1] >= NEAR_DUPLICATE), key=lambda pair: -pair[1])


def _newest_texts(articles: Sequence[int]) -> list[tuple[int, str]]:
    newest = Revision.objects.filter(article__in=articles).order_by("article", "-number")
    texts: dict[int, str] = {}
    for article, body in newest.values_list("article", "body"):
        texts.setdefault(article, body)
    return list(texts.items())


def _share(body: str, article: Article) -> float:
    return similarity(shingles(body), shingles(article.current_revision().body))
