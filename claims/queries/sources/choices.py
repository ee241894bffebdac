"""The sources offered to whoever corrects who makes a claim: those of the article first."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F, OuterRef, Q, Subquery

from claims.models import Article, Claim, Source
from claims.queries.sources.records import source_rows

_MOST = 8
"""How many sources are offered beside those of the article, and how many of these."""


@dataclass(frozen=True, slots=True)
class SourceChoice:
    """A source as it is offered.

    Attributes:
        source: the source.
        role: its role as stated last, in this article if it has one there.
        role_here: its role as stated last in this article, or "".
        claims_made: how many claims to check it makes, in all articles.
        claims_here: how many of them in this article.
    """

    source: Source
    role: str
    role_here: str
    claims_made: int
    claims_here: int


def source_choices(article: Article, typed: str) -> list[SourceChoice]:
    """Return the sources whose name or alias begins as typed, in at most six queries.

    Those that speak in the article come first, those with the most claims there before the others. Sources that belong
    to another article alone are not offered. If nothing is typed, they are those of the article.

    Args:
        article: the article of the claim.
        typed: the beginning of a name, or of a word in it.
    """
    here = Claim.objects.filter(revision=article.current_revision()).active()
    said = list(here.exclude(source=None).order_by("start", "pk").values_list("source", "role"))
    numbers = Counter(source for source, _role in said)
    roles = {source: role for source, role in said if role}
    found = Source.objects.beginning(typed) if typed else Source.objects.filter(merged_into=None)
    speaking = sorted(
        found.filter(pk__in=numbers), key=lambda source: (-numbers[source.pk], source.name)
    )[:_MOST]
    others: list[Source] = []
    if typed:
        open_to_it = found.filter(Q(article=None) | Q(article=article))
        others = list(open_to_it.exclude(pk__in=numbers)[:_MOST])
    # A name that was typed to its end is meant, however often others speak.
    key = typed.casefold()
    chosen = sorted([*speaking, *others], key=lambda source: source.name_key != key)
    elsewhere = _last_roles(source.pk for source in chosen if source.pk not in roles)
    return [
        SourceChoice(
            row.source,
            roles.get(row.pk) or elsewhere.get(row.pk, ""),
            roles.get(row.pk, ""),
            row.claims_made,
            numbers[row.pk],
        )
        for row in source_rows(chosen)
    ]


def source_called(article: Article, name: str) -> Source | None:
    """Return the source that a name means in an article, whatever its kind: one of its own before others, or None."""
    found = Source.objects.called(name).filter(Q(article=None) | Q(article=article))
    first = found.order_by(F("article").asc(nulls_last=True), "pk").first()
    return first.current() if first else None


def _last_roles(sources: Iterable[int]) -> dict[int, str]:
    """Return the role that each source's newest claim gives it, by the source's id."""
    newest = Claim.objects.filter(source=OuterRef("pk")).order_by("-listed_at", "-pk")
    found = Source.objects.filter(pk__in=list(sources))
    return {
        pk: role or "" for pk, role in found.values_list("pk", Subquery(newest.values("role")[:1]))
    }
