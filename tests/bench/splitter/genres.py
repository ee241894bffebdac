"""The figures of annotated articles of many genres: by set, and by genre."""

from collections.abc import Iterator, Mapping, Sequence

from claims.extraction.engines import Engine
from claims.extraction.types import Claim
from tests.bench.figures import Figure, markdown
from tests.extraction.scoring.annotated import Article
from tests.extraction.scoring.genres import FIGURES, Mistake, Scores

AIMS: Mapping[str, float] = {
    "spans": 88.0,
    "speaker": 92.0,
    "pronoun speakers": 85.0,
    "kind": 90.0,
    "role": 90.0,
    "told to": 90.0,
    "mood": 97.0,
    "checkable": 94.0,
    "alone": 70.0,
    "top five": 80.0,
}
"""The lowest acceptable percentages of right answers."""


class Genres:
    """The right answers about annotated articles.

    Attributes:
        sets: the annotated articles of each set.
    """

    def __init__(self, sets: Mapping[str, Sequence[Article]]) -> None:
        self.sets = sets
        self._scores: dict[tuple[str, str], Scores] = {}
        self._by_rules: dict[str, Scores] = {}

    def texts(self) -> list[str]:
        """The articles' texts, in the order in which `add` takes their claims."""
        return [article.text for articles in self.sets.values() for article in articles]

    def add(self, claims: Mapping[Engine, Sequence[Sequence[Claim]]]) -> None:
        """Count what each engine made of `texts`."""
        places = [(name, one) for name, articles in self.sets.items() for one in articles]
        for (name, article), both, rules in zip(
            places, claims["both"], claims["rules"], strict=True
        ):
            self._scores.setdefault((name, article.genre), Scores()).add(article, both)
            self._by_rules.setdefault(name, Scores()).add(article, rules)

    def figures(self, command: str) -> Iterator[Figure]:
        """Return each figure of each set, and the spans found by the rules alone."""
        for name in self.sets:
            for figure, percent in self._whole(name).figures().items():
                yield Figure(f"{name}: {figure}", percent, "%", command, least=AIMS.get(figure))
            percent = self._by_rules[name].figures()["spans"]
            yield Figure(f"{name}: spans, rules alone", percent, "%", command)

    def by_genre(self) -> dict[str, float]:
        """Return each figure of each genre of each set, by its name."""
        return {
            f"{name}: {genre}: {figure}": percent
            for (name, genre), scores in self._scores.items()
            for figure, percent in scores.figures().items()
        }

    def mistakes(self) -> Iterator[Mistake]:
        """Return every wrong answer."""
        for scores in self._scores.values():
            yield from scores.mistakes

    def tables(self) -> str:
        """Return the figures in Markdown: a table of the sets, and one for each set by genre."""
        wholes = {name: self._whole(name).figures() for name in self.sets}
        overall = [
            (figure, *(_cell(figures.get(figure)) for figures in wholes.values()), _aim(figure))
            for figure in FIGURES
        ]
        parts = [markdown([("in percent", *self.sets, "aim"), *overall])]
        for name in self.sets:
            rows = [
                (genre, *(_cell(scores.figures().get(figure)) for figure in FIGURES))
                for (here, genre), scores in sorted(self._scores.items())
                if here == name
            ]
            parts.append(markdown([(f"{name}, by genre", *FIGURES), *rows]))
        return "\n\n".join(parts)

    def _whole(self, name: str) -> Scores:
        whole = Scores()
        for (here, _), scores in self._scores.items():
            if here == name:
                whole.join(scores)
        return whole


def _cell(percent: float | None) -> str:
    return "" if percent is None else f"{percent:.0f}"


def _aim(figure: str) -> str:
    return f"{AIMS[figure]:.0f}" if figure in AIMS else ""
