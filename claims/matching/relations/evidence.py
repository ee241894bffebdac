"""All that two statements show together: what is common, what clashes, and how far apart they are."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from claims.matching.figures.counted import is_once
from claims.matching.figures.types import Figure, Kind
from claims.matching.relations import lexicon
from claims.matching.relations.answers import other_kinds, other_names, other_told
from claims.matching.relations.overlap import Overlap, overlap_of, swapped_names
from claims.matching.relations.polarity import Opposed, Polarity, other_answers, polarity
from claims.matching.relations.roles import Role, swapped
from claims.matching.relations.scope.comparing import Apart, apart
from claims.matching.relations.sums.agreement import APART, agreement
from claims.matching.relations.sums.comparing import Compared, Fit, compare_figures, other_event
from claims.matching.relations.types import Answer, Name, Understood
from claims.matching.relations.wording import exchanged, replaced
from claims.matching.text.groups import words_in
from claims.matching.text.words import stem

_NEWS = 400
"""Days after which an event is no longer news."""
_OPENING = 12
"""Words in which the subject of a statement is looked for."""
_WORKS = words_in("works")
_SURELY = 0.35
"""How surely two figures must measure the same to exclude each other."""
_AGREEING = 1
"""How much more must be said alike of two figures than apart, for them to be for one thing."""
_ONE_EVENT = 0.6
"""From this closeness on statements without a day are taken to tell of one event."""
_OF_ONESELF = 0.5
_PRONOUNS = words_in("pronouns")


@dataclass(frozen=True, slots=True)
class Evidence:
    """What two statements show together.

    Attributes:
        earlier: the earlier statement.
        later: the later one.
        closeness: how near their sentence vectors are, 0 to 1; guessed from the words if the vectors are not known.
        days: days from the earlier to the later; None if one of them has no day.
        common: what they have in common.
        figures: the figures of the later one, each beside one of the earlier that measures the same.
        polarity: where they turn against each other.
        other_answers: words that exclude each other, those that say what a thing is.
        other_objects: words for different things of one kind.
        other_periods: words for different periods of one kind.
        names: a name of each that the other one does not have.
        roles: roles in which two names are changed about.
        answers: names with which they answer one question differently.
        told: what they answer differently to one question without names.
        kinds: what they say that their subject is, if that cannot be both.
        event: figures that tell different events of one date.
        apart: in what they speak of two of several.
        replaced: what each has in one place, if all else is in the same words.
        exchanged: two words that stand in each other's place, if all else is in the same words.
    """

    earlier: Understood
    later: Understood
    closeness: float
    days: int | None
    common: Overlap
    figures: tuple[Compared, ...]
    polarity: Polarity
    other_answers: tuple[tuple[Answer, Answer], ...]
    other_objects: tuple[tuple[Answer, Answer], ...]
    other_periods: tuple[tuple[Answer, Answer], ...]
    names: tuple[Name, Name] | None
    roles: tuple[Role, Role] | None
    answers: tuple[tuple[Name, Name], ...]
    told: tuple[tuple[str, str], ...]
    kinds: tuple[str, str] | None
    event: tuple[Figure, Figure] | None
    apart: Apart
    replaced: tuple[str, str] | None
    exchanged: tuple[str, str] | None

    def added(self, cue: str) -> bool:
        """Return whether only the later statement has a word of a label of `cues.toml`."""
        return self.later.has(cue) and not self.earlier.has(cue)

    def one_sided(self, cue: str) -> bool:
        """Return whether only one of them has a word of a label."""
        return self.later.has(cue) != self.earlier.has(cue)

    @property
    def is_hedged(self) -> bool:
        """Whether only one of them says "perhaps"; "may" is no guess where both are about what is allowed."""
        about_law = self.earlier.has("permission") or self.later.has("permission")
        if any(word.low == "can" for text in (self.earlier, self.later) for word in text.words):
            about_law = True  # "can kill" is no more certain than "may be fatal"
        guesses = [
            text.has("hedge") and not (about_law and text.cues["hedge"] in ("may", "could"))
            for text in (self.earlier, self.later)
        ]
        return guesses[0] != guesses[1]

    @property
    def is_period_over(self) -> bool:
        """Whether the earlier statement counts over a period that had ended: such a count is final."""
        day = self.earlier.statement.day
        dates = [one.date for one in self.earlier.figures if one.kind is Kind.DATE and one.date]
        return day is not None and any(
            date.first is not None
            and date.last is not None
            and date.first < date.last < day.toordinal()
            for date in dates
        )

    @property
    def clashes(self) -> list[Compared]:
        """Figures of one thing that exclude each other, dates apart."""
        return [one for one in self._clashing if one.alike >= _SURELY and self.is_of_one(one)]

    @property
    def of_other_things(self) -> list[Compared]:
        """Figures that exclude each other but are for two things: rents rose by 18 per cent, wages by 25."""
        return [
            one
            for one in self._clashing
            if one.later.kind is not Kind.DATE and not self.is_of_one(one)
        ]

    def is_of_one(self, one: Compared) -> bool:
        """Return whether two figures are for one thing, as far as what is said of them tells.

        Of statements without a day it is taken for granted that they tell of one event, unless something speaks against it;
        but of one whole much may be told: all boats are in use, and four of them have arrived.
        """
        if one.later.kind is Kind.DATE or self.other_objects:
            return False
        is_of_whole = one.earlier.is_of_whole and one.later.is_of_whole
        least = _AGREEING if self.days is not None or is_of_whole else APART + 1
        return agreement(one, self.earlier, self.later, self.common) >= least

    @property
    def date_clashes(self) -> list[Compared]:
        """Dates that exclude each other."""
        return [one for one in self._clashing if one.later.kind is Kind.DATE]

    @property
    def once(self) -> Compared | None:
        """A clash of dates on which something happened that happens once."""
        return next((one for one in self.date_clashes if self._is_once(one)), None)

    def _is_once(self, one: Compared) -> bool:
        what = one.later.measure
        is_bound = any(side.date and side.date.is_bound for side in (one.earlier, one.later))
        is_bound_alike = is_bound and one.earlier.measure == what and (what or not self._differs)
        is_event = is_once(what) and one.earlier.measure in (what, "")
        if is_bound_alike or is_event or (one.later.date and one.later.date.is_denied):
            return True
        is_again = what and not is_once(what)
        is_history = self._is_history(one.earlier) and self._is_history(one.later)
        return is_history and not is_again and not self._differs

    @property
    def is_of_other_period(self) -> bool:
        """Whether they tell of two periods, so that both may be true however they differ."""
        are_two = bool(self.date_clashes) and not self.once
        return are_two or bool(self.other_periods and self._differs)

    @property
    def _differs(self) -> bool:
        """Whether they say different things, whenever that was."""
        return bool(self.turned) or any(one.later.kind is not Kind.DATE for one in self._clashing)

    def _is_history(self, figure: Figure) -> bool:
        """Whether a date is long past: what happens again and again is told soon after each time."""
        day, date = self.earlier.statement.day, figure.date
        if day is None:
            return self.closeness > _ONE_EVENT or self.common.later_covered >= 0.5
        return date is not None and date.last is not None and date.last < day.toordinal() - _NEWS

    @property
    def unmatched(self) -> tuple[Figure, Figure] | None:
        """A figure of each that measures something else than all of the other."""
        matched = {id(one.later) for one in self.figures} | {
            id(one.earlier) for one in self.figures
        }
        here = [one for one in _amounts(self.earlier) if id(one) not in matched]
        there = [one for one in _amounts(self.later) if id(one) not in matched]
        return (here[0], there[0]) if here and there else None

    @property
    def left_out(self) -> Figure | None:
        """A figure of the earlier statement, if the later one has none at all."""
        here = [one for one in _amounts(self.earlier) if not one.is_rough and one.high != 1]
        return here[0] if here and not self.later.amounts else None

    @property
    def equal(self) -> list[Compared]:
        """Figures that say the same, dates and the shares that counts make apart."""
        return [
            one
            for one in self.figures
            if one.fit is Fit.EQUAL
            and one.later.kind is not Kind.DATE
            and not one.later.is_of_whole
        ]

    @property
    def same_dates(self) -> list[Compared]:
        """Dates that are the same."""
        return [one for one in self.figures if one.fit is Fit.EQUAL and one.later.kind is Kind.DATE]

    @property
    def far(self) -> list[Compared]:
        """Figures whose bounds do not exclude each other, but lie far apart, and no other figure says the same."""
        told = [one.earlier for one in self.equal]
        return [one for one in self.figures if one.fit is Fit.FAR and one.earlier not in told]

    @property
    def turned(self) -> Opposed | None:
        """The words that turn the statements against each other."""
        clash = self.polarity.clash
        if clash and self.polarity.negated and (self._denies_another or self.other_objects):
            return None  # "an album by Floyd", "not an album by Devito"
        return clash

    @property
    def _denies_another(self) -> bool:
        """Whether the later statement has a name of its own behind its subject, and the earlier one another."""
        return bool(self.common.only_earlier) and any(
            name.first > 0 and name != self.later.names[0] for name in self.common.only_later
        )

    @property
    def denied(self) -> str:
        """The word with which only one of them denies something, where nothing turns it round again; "" if none does."""
        if self.earlier.denials % 2 == self.later.denials % 2 or self.polarity.agreed:
            return ""
        text, other = self.earlier, self.later
        if text.denials % 2 == 0:
            text, other = other, text
        written = {word.stem for word in text.words}
        if any(
            side.side == 1 and not set(map(stem, side.word.split())) <= written
            for side in other.sides
        ):
            return ""  # "closed" and "not allowed" may be the same
        return next(
            (text.cues[cue] for cue in ("not", "fails", "fails_before") if cue in text.cues), ""
        )

    @property
    def names_differ(self) -> bool:
        """Whether each has a name that the other one does not have."""
        later = self.common.only_later
        if (
            self.days is None
            and self.is_about_unnamed
            and later
            and later[0] == self.later.names[0]
        ):
            later = later[1:]  # the later one's subject may be who is meant
        return bool(self.common.only_earlier and later)

    @property
    def is_about_unnamed(self) -> bool:
        """Whether the earlier statement speaks of what is named elsewhere: "he", "the film"."""
        return _is_unnamed(self.earlier)

    @property
    def _clashing(self) -> Iterator[Compared]:
        return (one for one in self.figures if one.fit is Fit.CLASH)


def _is_unnamed(text: Understood) -> bool:
    words = text.words[:_OPENING]
    if len(words) > 1 and words[0].low == "the" and not words[1].is_name_like:
        return True
    return any(
        one.low in _PRONOUNS or (one.low == "the" and other.low in _WORKS)
        for one, other in pairwise(words)
    )


def gather(earlier: Understood, later: Understood, closeness: float | None) -> Evidence:
    """Return what two statements show together.

    Args:
        earlier: the earlier statement.
        later: the later one.
        closeness: the cosine of their sentence vectors; None if it is not known.
    """
    shared = overlap_of(earlier, later)
    answers = tuple(other_answers(earlier, later))
    days = (
        (later.statement.day - earlier.statement.day).days
        if earlier.statement.day and later.statement.day
        else None
    )
    return Evidence(
        earlier,
        later,
        _nearness(shared, later, closeness),
        days,
        shared,
        tuple(compare_figures(earlier.figures, later.figures)),
        polarity(earlier, later),
        _of_table("exclusive", answers),
        _of_table("object", answers),
        _of_table("period", answers),
        swapped_names(shared),
        swapped(earlier, later),
        tuple(
            (one, other)
            for one, other in other_names(earlier, later)
            if days is not None or not (_is_unnamed(earlier) and other == later.names[0])
        ),
        tuple(other_told(earlier, later)),
        other_kinds(earlier, later),
        other_event(earlier.figures, later.figures),
        apart(earlier, later),
        replaced(earlier, later),
        exchanged(earlier, later),
    )


def _of_table(
    table: str, answers: Iterable[tuple[Answer, Answer]]
) -> tuple[tuple[Answer, Answer], ...]:
    return tuple(pair for pair in answers if lexicon.table_of(pair[0].group) == table)


def _nearness(shared: Overlap, later: Understood, closeness: float | None) -> float:
    near = shared.closeness if closeness is None else closeness
    speaks_of_itself = any(
        name.is_speaker and name not in shared.only_later for name in later.names
    )
    # What "I" say of myself is near to what is said of me, though no word of it is.
    return max(near, _OF_ONESELF) if speaks_of_itself and shared.words else near


def _amounts(text: Understood) -> list[Figure]:
    return [
        one
        for one in text.figures
        if one.kind not in (Kind.DATE, Kind.CLOCK, Kind.ORDINAL, Kind.OF_SEVERAL, Kind.TIMES)
        and not one.is_earlier
        and one.high != 0
    ]
