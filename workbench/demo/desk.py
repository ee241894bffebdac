"""Finds what the demo's steps refer to by name: people, articles, claims and sources."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Protocol, TypeVar

from django.contrib.auth.models import User

from claims.extraction.types import Claim as ProposedClaim
from claims.ingest import read
from claims.ingest.types import ArticleDraft
from claims.matching.topics import without_topic
from claims.models import Article, Claim, Evidence, Report, Source
from workbench.demo.timetable import last_before

T = TypeVar("T")


class Split(Protocol):
    """Finds the claims of a text."""

    def __call__(self, text: str, *, headline: str) -> Sequence[ProposedClaim]:
        """Return the claims of an article's body under a headline."""


class NotFoundError(Exception):
    """The demo's life names something that does not exist, or is not unique."""


@dataclass
class Desk:
    """The invented newsroom, as far as its life has been played.

    Attributes:
        seeds: the folder of the articles' files.
        split: what finds the claims of a text.
        people: the accounts by first name.
        articles: the articles that came in, by file name without its ending.
    """

    seeds: Path
    split: Split
    people: dict[str, User] = field(default_factory=dict)
    articles: dict[str, Article] = field(default_factory=dict)

    def draft(self, name: str, came_in: datetime | None = None) -> ArticleDraft:
        """Read an article's file.

        Args:
            name: the file's name without its ending.
            came_in: when it came in; it was published in the week before. None keeps its date.
        """
        path = self.seeds / f"{name}.md"
        if not path.exists():
            raise NotFoundError(f"there is no article {path}")
        with path.open("rb") as file:
            draft = read(file, name=path.name)
        if draft.published and came_in:
            return replace(draft, published=last_before(came_in, draft.published))
        return draft

    def article(self, name: str) -> Article:
        """Return an article that came in."""
        if name not in self.articles:
            raise NotFoundError(f"the article “{name}” has not come in yet")
        return self.articles[name]

    def claim(self, article: str, words: str) -> Claim:
        """Return the one claim of an article's newest text whose statement or quotation has these words."""
        claims = Claim.objects.active().filter(revision=self.article(article).current_revision())
        found = [
            one for one in claims if words in without_topic(one.statement) or words in one.quote
        ]
        # A statement that matches the words exactly wins, even if they are also part of another.
        exact = [one for one in found if one.statement == words]
        return _only(exact or found, f"claim of “{article}” has the words “{words}”")

    def evidence(self, claim: Claim, title: str) -> Evidence:
        """Return the one document of a claim with that title."""
        found = Evidence.objects.not_removed().filter(claim=claim, title=title)
        return _only(list(found), f"document of “{claim}” has the title “{title}”")

    def source(self, name: str) -> Source:
        """Return the one source with that name that has not been merged."""
        found = Source.objects.filter(name=name, merged_into=None)
        return _only(list(found), f"source has the name “{name}”")

    def report(self, title: str) -> Report:
        """Return the report with that title."""
        return _only(list(Report.objects.filter(title=title)), f"report has the title “{title}”")


def edited(text: str, changes: Mapping[str, str]) -> str:
    """Return a text in which some words, each of which it has once, are replaced."""
    for before, after in changes.items():
        if text.count(before) != 1:
            raise NotFoundError(f"the text has “{before}” {text.count(before)} times, not once")
        text = text.replace(before, after)
    return text


def _only(found: Sequence[T], what: str) -> T:
    if len(found) == 1:
        return found[0]
    named = "".join(f"\n  {one}" for one in found)
    raise NotFoundError(f"{'more than one' if found else 'no'} {what}{named}")
