"""Which of the articles that come in are here already."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from claims.ingest.types import ArticleDraft
from claims.models import Article, Revision
from claims.models.articles import address_key


class Text(Enum):
    """What the text that comes in is to an article that is here: the one it has, one it had, or another one."""

    NOW = auto()
    BEFORE = auto()
    ANOTHER = auto()


@dataclass(frozen=True, slots=True)
class There:
    """An article that is here, and what the text that comes in is to it."""

    article: Article
    text: Text


def fingerprint_of(draft: ArticleDraft) -> str:
    """SHA-256 of what makes an article the same article."""
    parts = [draft.headline, draft.outlet, draft.url, draft.body]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def of_same_address(draft: ArticleDraft) -> Article | None:
    """The article that was published where this one was, if it has another text: then this is a new text of it."""
    there = Here([draft]).find(draft)
    return there.article if there and there.text != Text.NOW else None


class Here:
    """What of some drafts is here, asked in three queries whatever their number.

    Args:
        drafts: those that will be asked about.
    """

    def __init__(self, drafts: Sequence[ArticleDraft]) -> None:
        prints = {fingerprint_of(draft): draft for draft in drafts}
        found = Article.objects.filter(fingerprint__in=prints)
        self._same = {article.fingerprint: article for article in found}
        addresses = [draft.url for key, draft in prints.items() if key not in self._same]
        # Of several articles at one address the newest counts.
        self._newest = {
            article.address_key: article for article in Article.objects.at(addresses).order_by("pk")
        }
        homes = {article.pk: key for key, article in self._newest.items()}
        self._texts: dict[str, list[str]] = {key: [] for key in self._newest}
        texts = Revision.objects.filter(article__in=homes).order_by("number")
        for home, digest in texts.values_list("article", "digest") if homes else ():
            self._texts[homes[home]].append(digest)

    def find(self, draft: ArticleDraft) -> There | None:
        """The article that a draft is, or else the newest one at its address. None where there is neither."""
        same = self._same.get(fingerprint_of(draft))
        if same:
            return There(same, Text.NOW)
        key = address_key(draft.url)
        if key not in self._newest:
            return None
        *before, now = self._texts[key]
        digest = Revision.digest_of(draft.body)
        text = Text.NOW if digest == now else Text.BEFORE if digest in before else Text.ANOTHER
        return There(self._newest[key], text)

    def add(self, draft: ArticleDraft, article: Article) -> None:
        """Count in an article that is being made of one of the drafts."""
        self._same[article.fingerprint] = article
        if draft.url:
            key = address_key(draft.url)
            self._newest[key], self._texts[key] = article, [Revision.digest_of(draft.body)]
