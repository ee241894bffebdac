"""The rows of a list of articles."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from claims.models import Article
from claims.queries.claims.verdict_counts import VerdictCounts, counts_of


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """An article in a list, and how many of its claims have which verdict, as its reader may know."""

    article: Article
    counts: VerdictCounts

    @property
    def shares(self) -> Iterator[tuple[str, str, str]]:
        """Each verdict that some of the claims have, where its part of all of them begins, and its size, in per cent."""
        start = 0
        for verdict, number in self.counts.by_verdict().items():
            if number:
                begins, share = (100 * each / self.counts.total for each in (start, number))
                yield verdict, f"{begins:.2f}", f"{share:.2f}"
            start += number

    @property
    def pk(self) -> int:
        """The article's id."""
        return self.article.pk


def article_rows(articles: Iterable[Article]) -> list[ArticleRow]:
    """The rows of articles that `with_verdict_counts` read."""
    return [ArticleRow(article, counts_of(article)) for article in articles]
