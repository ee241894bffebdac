"""The rows of a list of articles."""

from collections.abc import Iterable
from dataclasses import dataclass

from claims.models import Article
from claims.queries.claims.verdict_counts import VerdictCounts, counts_of


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """An article in a list, and how many of its claims have which verdict, as its reader may know."""

    article: Article
    counts: VerdictCounts

    @property
    def pk(self) -> int:
        """The article's id."""
        return self.article.pk


def article_rows(articles: Iterable[Article]) -> list[ArticleRow]:
    """The rows of articles that `with_verdict_counts` read."""
    return [ArticleRow(article, counts_of(article)) for article in articles]
