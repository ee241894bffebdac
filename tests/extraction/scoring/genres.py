"""Compare the splitter's claims with annotated articles of many genres: who says what, and does it read alone.

Claims in the article's own voice count for `top five` only. The others are joined and matched with the annotated
statements as in `matching`. All figures but `spans`, `reads` and `top five` are over the matched ones, whether their
source is right or not:

- spans: matched, and the source's words are right; of all annotated ones and all given (precision and recall in
  one). A report inside a report that fits nothing is set aside.
- speaker, pronoun speakers: whom the source resolves to; the second where its words are pronouns only.
- kind, role, told to: where the annotation, or the splitter, says any.
- mood, checkable: of any of the statement's claims.
- alone: claims that show what they must to be read alone; only where anything is needed.
- reads: of all claims, those that are complete sentences.
- top five: of what a desk would check first, how much is in the five claims of most worth.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from claims.extraction import Claim
from claims.extraction.types import Span
from tests.extraction.scoring.annotated import Article, Attribution
from tests.extraction.scoring.answers import (
    faults,
    incomplete,
    is_role_right,
    is_speaker_right,
    is_told_right,
)
from tests.extraction.scoring.matching import Statement, Words, is_source_right, joined, pairs

FIGURES = (
    "spans",
    "speaker",
    "pronoun speakers",
    "kind",
    "role",
    "told to",
    "mood",
    "checkable",
    "alone",
    "reads",
    "top five",
)
TOP = 5


@dataclass(frozen=True, slots=True)
class Mistake:
    """A wrong answer.

    Attributes:
        article: the article's name.
        figure: what was asked.
        wanted: what is right.
        given: what the splitter says.
    """

    article: str
    figure: str
    wanted: str
    given: str

    def __str__(self) -> str:
        return f"{self.article}: {self.figure}: wanted {self.wanted}, got {self.given}"


@dataclass
class Scores:
    """How many answers are right.

    Attributes:
        right: right answers by figure; for spans, twice the number of pairs with the right source.
        asked: questions by figure; for spans, annotated and given statements together.
        mistakes: wrong answers, in the order of the articles.
    """

    right: Counter[str] = field(default_factory=Counter)
    asked: Counter[str] = field(default_factory=Counter)
    mistakes: list[Mistake] = field(default_factory=list)

    def figures(self) -> dict[str, float]:
        """Give the percentage of right answers by figure, of those that were asked for at all."""
        return {
            name: round(100 * self.right[name] / self.asked[name], 2)
            for name in FIGURES
            if self.asked[name]
        }

    def add(self, article: Article, claims: Sequence[Claim]) -> None:
        """Count one article with all the claims that the splitter gives for it."""
        told = [one for one in claims if one.quotation != "narration" or one.speaker is not None]
        words = Words(article.text)
        annotated = [
            words.statement(one.source, one.cue, one.content) for one in article.attributions
        ]
        given = joined(words, told)
        fitting = {id(one): other for one, other in pairs(annotated, given)}
        self._add_spans(article, words, annotated, given, fitting)
        for attribution, one in zip(article.attributions, annotated, strict=True):
            if id(one) in fitting:
                self._add_answers(article, words, attribution, one, fitting[id(one)].pieces)
        for claim in told:
            why = incomplete(claim.statement)
            self._count(article, "reads", "a sentence", f"{why}: {claim.statement}", right=not why)
        self._add_top(article, claims)

    def join(self, other: "Scores") -> None:
        """Add what was counted elsewhere."""
        self.right += other.right
        self.asked += other.asked
        self.mistakes += other.mistakes

    def _add_spans(
        self,
        article: Article,
        words: Words,
        annotated: Sequence[Statement],
        given: Sequence[Statement],
        fitting: dict[int, Statement],
    ) -> None:
        matched = set(map(id, fitting.values()))
        counted = [one for one in given if id(one) in matched or not _is_inner(one)]
        self.asked["spans"] += len(annotated) + len(counted)
        for one, attribution in zip(annotated, article.attributions, strict=True):
            other = fitting.get(id(one))
            if other is not None and is_source_right(words, one, other):
                self.right["spans"] += 2
            else:
                found = _shown(article, other.pieces[0].source) if other else "nothing"
                wanted = (
                    f"{_shown(article, attribution.source)}: {_shown(article, attribution.content)}"
                )
                self.mistakes.append(Mistake(article.name, "spans", wanted, found))
        self.mistakes += [
            Mistake(article.name, "spans", "nothing", one.pieces[0].statement)
            for one in counted
            if id(one) not in matched
        ]

    def _add_answers(
        self,
        article: Article,
        words: Words,
        wanted: Attribution,
        one: Statement,
        pieces: Sequence[Claim],
    ) -> None:
        statements = " ‖ ".join(piece.statement for piece in pieces)
        for figure, is_right, right, given in _answers(wanted, pieces):
            self._count(article, figure, "/".join(right), given or statements, right=is_right)
            if figure == "speaker" and any(right) and words.is_pronoun(one.source):
                self._count(article, "pronoun speakers", "/".join(right), given, right=is_right)

    def _add_top(self, article: Article, claims: Sequence[Claim]) -> None:
        first = sorted(claims, key=lambda one: -one.checkworthiness)[:TOP]
        for start, end in article.first:
            right = any(_holds(claim, (start, end)) for claim in first)
            self._count(article, "top five", article.text[start:end], "", right=right)

    def _count(
        self, article: Article, figure: str, wanted: str, given: str, *, right: bool
    ) -> None:
        self.asked[figure] += 1
        self.right[figure] += right
        if not right:
            self.mistakes.append(Mistake(article.name, figure, wanted, given))


def _answers(
    wanted: Attribution, pieces: Sequence[Claim]
) -> Iterator[tuple[str, bool, Iterable[str], str]]:
    """Yield each figure that is asked for, whether the answer is right, what would be, and the answer.

    An answer that is "" is the statements themselves.
    """
    speaker = next((one.speaker for one in pieces if one.speaker is not None), None)
    name, kind, role = (
        (speaker.name, speaker.kind, speaker.role) if speaker is not None else ("", "", "")
    )
    told = next((one.told_to for one in pieces if one.told_to), "")
    moods = [one.mood for one in pieces]
    checkable = any(one.checkable for one in pieces)
    yield "speaker", is_speaker_right(wanted.speakers, name), wanted.speakers, name or "nobody"
    if any(wanted.kinds):
        yield "kind", kind in wanted.kinds, wanted.kinds, f"{kind} ({name})"
    right = is_role_right(wanted.roles, role, wanted.speakers)
    yield "role", right, wanted.roles, f"{role} ({name})"
    if told or "" not in wanted.told_to:
        yield "told to", is_told_right(wanted.told_to, told), wanted.told_to, told or "nobody"
    yield "mood", any(one in moods for one in wanted.moods), wanted.moods, ""
    yield "checkable", checkable in wanted.checkable, map(str, wanted.checkable), ""
    if wanted.shows or wanted.hides:
        lacking = faults(wanted, pieces)
        yield "alone", not lacking, lacking, ""


def _is_inner(statement: Statement) -> bool:
    return all(piece.within is not None for piece in statement.pieces)


def _holds(claim: Claim, span: Span) -> bool:
    """Say whether half of a place or more is in a claim's content."""
    first, last = span
    return 2 * sum(max(0, min(end, last) - max(start, first)) for start, end in claim.content) >= (
        last - first
    )


def _shown(article: Article, spans: Iterable[Span]) -> str:
    return " … ".join(article.text[start:end] for start, end in spans) or "nobody"
