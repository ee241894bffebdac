"""Sources."""

from typing import Any

from ninja import Field, Schema

from claims.api.schemas.base import Key, Sent
from claims.choices import SourceKind
from claims.models import Source


class SourceSummary(Schema):
    """Who makes a claim."""

    id: int
    name: str
    kind: SourceKind


class SourceOut(SourceSummary):
    """A source of the registry."""

    organisation: str
    country: str
    wikidata: str
    links: list[str]
    article_id: int | None = Field(
        description="Of a source without a name of its own, such as “officials”, its article."
    )


class SourceRecord(SourceOut):
    """A source with how many of its active claims have which verdict, as the account may know."""

    verdicts: dict[str, int]


class SourcePage(Schema):
    """Some sources of a list."""

    items: list[SourceOut]
    next: str | None


class NewSource(Sent):
    """A source to find or to create."""

    name: str = Field(min_length=1, max_length=300)
    kind: SourceKind
    article_id: Key | None = Field(
        None, description="For a source without a name of its own, its article."
    )


def source_data(source: Source) -> dict[str, Any]:
    """Return a source, by the fields of `SourceOut`."""
    return {
        "id": source.pk,
        "name": source.name,
        "kind": source.kind,
        "organisation": source.organisation,
        "country": source.country,
        "wikidata": source.wikidata,
        "links": source.links.split(),
        "article_id": source.article_id,
    }
