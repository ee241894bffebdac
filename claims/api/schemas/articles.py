"""Articles, the versions of their text, and the inbox."""

from datetime import datetime
from typing import Any, Literal, Self, cast

from ninja import Field, Schema
from pydantic import model_validator

from claims.api.schemas.base import Moment, NamedRecord, Sent
from claims.errors import from_data
from claims.ingest.drafts import MAX_BODY
from claims.ingest.types import Fields
from claims.messages import message_of
from claims.models import Article, IntakeItem, Revision


class ArticleOut(Schema):
    """An article with its metadata."""

    id: int
    url: str = Field(description="Its page on the desk.")
    headline: str
    outlet: NamedRecord | None
    desk: NamedRecord | None
    byline: str
    address: str = Field(description="Where it was published, or empty.")
    published_at: datetime | None
    embargoed_until: datetime | None = Field(description="Nothing may be published before.")
    language: str
    imported_at: datetime
    changed_at: datetime


class ArticleText(ArticleOut):
    """An article with its newest text."""

    revision: int = Field(description="The number of its newest text, counting from 1.")
    text: str
    sha256: str = Field(description="Of the text in UTF-8, in hex.")


class ArticlePage(Schema):
    """Some articles of a list."""

    items: list[ArticleOut]
    next: str | None


class RevisionOut(Schema):
    """One version of an article's text."""

    number: int
    sha256: str
    created_at: datetime
    text: str


class Revisions(Schema):
    """All versions of an article's text, newest first."""

    items: list[RevisionOut]


class ArticleFacts(Sent):
    """What a program knows about an article."""

    headline: str = Field("", max_length=300, description="By default, the text's first line.")
    outlet: str = Field("", max_length=200)
    byline: str = Field("", max_length=200)
    address: str = Field("", max_length=2000, description="Where it was published.")
    published_at: Moment | None = None
    embargoed_until: Moment | None = None
    language: str = Field("", max_length=35, description="By default, en, or as the file says.")

    def known(self) -> Fields:
        """Return what was sent, by the names that readers use."""
        named = {"address": "url", "published_at": "published"}
        found = {named.get(name, name): getattr(self, name) for name in ArticleFacts.model_fields}
        return cast("Fields", {name: value for name, value in found.items() if value})


class NewArticle(ArticleFacts):
    """An article, by its text or by its address."""

    text: str = Field("", max_length=MAX_BODY * 2)
    fetch: str = Field(
        "", max_length=2000, description="An address that the worker fetches instead."
    )

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if bool(self.text.strip()) == bool(self.fetch.strip()):
            raise ValueError("give either text or fetch")
        return self


class NewArticleFile(ArticleFacts):
    """What a program knows about the article in a file. What is left out is as the file says."""


class NewText(Sent):
    """A new version of an article's text."""

    text: str = Field(min_length=1, max_length=MAX_BODY * 2)
    headline: str = Field("", max_length=300, description="By default, as before.")


class InboxItem(Schema):
    """What waits in the account's inbox."""

    id: int
    status: str = Field(
        description="waiting or running: being read; preview: to be accepted; done; failed"
    )
    name: str = Field(description="The file name, the address or the headline.")
    headline: str
    duplicate_reason: str = Field(description="Why it may be here already, or empty.")
    article_id: int | None = Field(
        description="The article that was made of it, or the one that it resembles."
    )
    problem: str


class Inbox(Schema):
    """The account's inbox."""

    items: list[InboxItem]


class Received(Schema):
    """What became of an article that came in."""

    outcome: Literal["created", "known", "revised", "inbox"] = Field(
        description="created: a new article; known: it is here with this text; "
        "inbox: a person, or the worker, is to look at it first"
    )
    article: ArticleOut | None
    inbox_item: InboxItem | None = None


def article_data(article: Article) -> dict[str, Any]:
    """Return an article, by the fields of `ArticleOut`."""
    outlet, desk = article.outlet, article.desk
    return {
        "id": article.pk,
        "url": article.get_absolute_url(),
        "headline": article.headline,
        "outlet": outlet and {"id": outlet.pk, "name": outlet.name},
        "desk": desk and {"id": desk.pk, "name": desk.name},
        "byline": article.byline,
        "address": article.url,
        "published_at": article.published_at,
        "embargoed_until": article.embargoed_until,
        "language": article.language,
        "imported_at": article.imported_at,
        "changed_at": article.changed_at,
    }


def revision_data(revision: Revision) -> dict[str, Any]:
    """Return a version of a text, by the fields of `RevisionOut`."""
    return {
        "number": revision.number,
        "sha256": revision.digest,
        "created_at": revision.created_at,
        "text": revision.body,
    }


def item_data(item: IntakeItem) -> dict[str, Any]:
    """Return an item of the inbox, by the fields of `InboxItem`."""
    return {
        "id": item.pk,
        "status": item.status,
        "name": item.headline or str(item),
        "headline": item.headline,
        "duplicate_reason": item.duplicate_reason,
        "article_id": item.article_id,
        "problem": message_of(from_data(item.error)) if item.error else "",
    }
