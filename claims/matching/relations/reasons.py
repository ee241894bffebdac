"""Why two statements clash, differ, or tell two states of one thing: each reason with what its sentence needs.

The codes and their values, all of them pieces of the statements unless said otherwise:

- clashes: `other_figure`, `other_date` and `other_event` (counted, measure, earlier, later), `swapped_roles` (first, second),
  `denied` (word), `opposite`, `other_name`, `other_answer` and `other_kind` (earlier, later);
- later states: `later_count` (as `other_figure`), `changed`, `later_state`, `plan_overtaken` and `no_longer_open` (word);
- objections: `hedge`, `planned`, `cause`, `wide`, `superlative`, `part`, `condition`, `denial` and `stance` (word), `left_out` (earlier),
  `other_period`, `far_apart` and `other_measure` (as `other_figure`), `other_object` and `of_several` (earlier, later);
- other things: `other_topic`, `other_names`, `long_apart` (days, a number);
- likeness: `same_words` and `close_in_meaning` (closeness, a number from 0 to 1), `same_figure` (figure), `same_name` (name),
  `other_source` (earlier, later), `same_affair`.
"""

from collections.abc import Iterator

from claims.matching.figures.counted import is_growing, is_moving
from claims.matching.figures.types import Figure, Kind
from claims.matching.lexicons import lexicon
from claims.matching.relations.evidence import Evidence
from claims.matching.relations.scope.bulletins import is_reissued
from claims.matching.relations.sums.comparing import Compared, Fit
from claims.matching.relations.sums.purposes import purpose
from claims.matching.types import Reason

_SOON = 2
"""Days in which a plan and what contradicts it are of one time."""
_NEARLY_SAME = 0.75
"""A denial of something so close in meaning is one of the statement itself."""
_NEAR = 0.5
"""From this closeness on two answers are taken to be to one question."""
_WEEKLY = 5
"""Days after which a source that gives a lower toll in its old words speaks of another week."""
_LONG = 150
"""Days after which the same words hardly tell of the same event."""


_CONSTANT = frozenset(lexicon("counted")["roles"]["measure"])


def other_time(seen: Evidence) -> Reason | None:
    """Return why two statements tell of two events: they are long apart, or of other times and places."""
    days = seen.days or 0
    moves = seen.later.has("now") or seen.later.has("change")
    is_other_day = bool(seen.date_clashes) or days > 45
    if seen.days is not None and seen.names_differ and not seen.common.names and is_other_day:
        return Reason("other_names")
    if seen.date_clashes and not seen.once and days > 120 and not moves:
        return _of_figures(seen, "other_period", seen.date_clashes[0])
    is_unfinished = any(seen.earlier.has(cue) for cue in ("plan", "open", "pending"))
    if days <= _LONG or moves or is_unfinished or seen.same_dates:
        return None
    if seen.closeness < 0.75 or (seen.clashes and not seen.once):
        return Reason("long_apart", {"days": str(days)})
    return None


def of_another(seen: Evidence) -> Reason | None:
    """Return why two statements speak of two of several: of two weeks, two ranks, or of every year and the last time."""
    if seen.apart.series:
        one, other = seen.apart.series
        earlier, later = seen.earlier.statement.text, seen.later.statement.text
        return _between("of_several", _piece(earlier, one), _piece(later, other))
    if seen.apart.ranks:
        return _between("of_several", *(rank.text for rank in seen.apart.ranks))
    return _between("other_period", *seen.apart.recurring) if seen.apart.recurring else None


def later_state(seen: Evidence) -> Reason | None:
    """Return why the later statement tells a later state of the same thing."""
    for one in seen.figures:
        if one.fit is not Fit.EQUAL and seen.is_of_one(one) and _is_later_count(seen, one):
            return _of_figures(seen, "later_count", one)
    if _is_told_anew(seen) and not seen.later.is_past:
        return _of_figures(seen, "later_count", seen.clashes[0])
    return _change(seen) or _plan_overtaken(seen) or _moved_on(seen)


def told_anew(seen: Evidence) -> Reason | None:
    """Return of which days one source tells the same with other figures; None if it does not."""
    one, other = (text.statement.day for text in (seen.earlier, seen.later))
    if one is None or other is None or not _is_told_anew(seen):
        return None
    return _between("other_period", one.isoformat(), other.isoformat())


def clashes(seen: Evidence) -> Iterator[Reason]:
    """Yield why both statements cannot be true, weightiest first."""
    yield from _clashing_figures(seen)
    yield from _swapped(seen)
    if seen.turned and not seen.is_of_other_period:
        yield _between("opposite", seen.turned.earlier, seen.turned.later)
    is_of_others = seen.names_differ or seen.of_other_things or seen.unmatched
    if seen.denied and not seen.turned and seen.closeness > _NEARLY_SAME and not is_of_others:
        yield Reason("denied", {"word": seen.denied})
    for here, there in seen.answers:
        yield _between("other_name", here.text, there.text)
    if seen.kinds:
        yield _between("other_kind", *seen.kinds)
    if seen.closeness > _NEAR or seen.is_about_unnamed:
        for told in seen.told:
            yield _between("other_answer", *told)
        periods = () if seen.is_of_other_period else seen.other_periods
        for one, other_one in (*seen.other_answers, *periods):
            yield _between("other_answer", one.word, other_one.word)
    if seen.names and not seen.answers and seen.common.overlap > 0.75:
        yield _between("other_name", seen.names[0].text, seen.names[1].text)


def hedge(seen: Evidence) -> Reason:
    """Return the word with which one of the statements says "perhaps"."""
    side = seen.earlier if seen.earlier.has("hedge") else seen.later
    return Reason("hedge", {"word": side.cues["hedge"]})


def objections(seen: Evidence) -> Iterator[Reason]:
    """Yield why a verdict on the earlier statement does not carry over, though nothing clashes."""
    if seen.is_hedged:
        yield hedge(seen)
    yield from _planned(seen)
    if seen.common.later_covered < 0.8:
        for cue in ("cause", "wide", "superlative", "part", "condition"):
            if seen.added(cue):
                yield Reason(cue, {"word": seen.later.cues[cue]})
    if seen.denied:
        yield Reason("denied", {"word": seen.denied})
    yield from _other_figures(seen)
    yield from _other_objects(seen)
    if seen.names:
        yield _between("other_name", seen.names[0].text, seen.names[1].text)


def likeness(seen: Evidence) -> Iterator[Reason]:
    """Yield what two statements have in common."""
    is_in_words = seen.common.overlap > 0.85
    code = "same_words" if is_in_words else "close_in_meaning"
    yield Reason(code, {"closeness": f"{seen.closeness:.2f}"})
    for one in (*seen.equal, *seen.same_dates):
        yield Reason("same_figure", {"figure": _piece(seen.later.statement.text, one.later)})
    for name in seen.later.names:
        if name.is_sure and name not in seen.common.only_later:
            yield Reason("same_name", {"name": name.text})
    here, there = seen.earlier.statement.source, seen.later.statement.source
    if here and there and here != there:
        yield _between("other_source", here, there)


def _swapped(seen: Evidence) -> Iterator[Reason]:
    if seen.roles:
        doer, other = seen.roles[0].doer, seen.roles[0].other
        yield Reason("swapped_roles", {"first": doer.text, "second": other.text})
    elif seen.exchanged:
        first, second = seen.exchanged
        yield Reason("swapped_roles", {"first": first, "second": second})


def _planned(seen: Evidence) -> Iterator[Reason]:
    for planned, done in ((seen.earlier, seen.later), (seen.later, seen.earlier)):
        if planned.has("ahead") and done.is_past and not done.has("plan") and not done.has("ahead"):
            yield Reason("planned", {"word": planned.cues["ahead"]})


def _other_objects(seen: Evidence) -> Iterator[Reason]:
    for one, other in (*seen.other_objects, *seen.other_answers):
        yield _between("other_object", one.word, other.word)
    if seen.replaced and not seen.polarity.agreed:
        yield _between("other_object", *seen.replaced)


def _clashing_figures(seen: Evidence) -> Iterator[Reason]:
    if (
        not seen.is_of_other_period
        and not seen.once
        and seen.earlier.cues.get("base") == seen.later.cues.get("base")
    ):
        for one in seen.clashes:
            yield _of_figures(seen, "other_figure", one)
    if seen.once and not seen.clashes:
        yield _of_figures(seen, "other_date", seen.once)
    if seen.event:
        yield _of_two(seen, "other_event", *seen.event)


def _other_figures(seen: Evidence) -> Iterator[Reason]:
    for one in seen.date_clashes[:1]:
        yield _of_figures(seen, "other_period", one)
    for first, second in seen.other_periods[:1]:
        yield _between("other_period", first.word, second.word)
    for one in (*seen.far, *seen.clashes):
        yield _of_figures(seen, "far_apart", one)
    if seen.left_out:
        yield Reason("left_out", {"earlier": _piece(seen.earlier.statement.text, seen.left_out)})
    for one in seen.of_other_things:
        yield _of_figures(seen, "other_measure", one)
    if seen.unmatched:
        yield _of_two(seen, "other_measure", *seen.unmatched)


def _is_later_count(seen: Evidence, one: Compared) -> bool:
    """Whether a figure is a later state of one that moves, and not a correction."""
    later, earlier = one.later, one.earlier
    is_final = seen.later.has("correction") or earlier.high == 0 or _is_denied(seen, earlier)
    if later.kind in (Kind.DATE, Kind.CLOCK, Kind.ORDINAL, Kind.SCORE) or is_final:
        return False
    if (seen.date_clashes or seen.is_period_over) and not seen.later.has("now"):
        return False
    measure = ""
    if later.measure == earlier.measure or one.alike >= 0.8:
        measure = later.measure or earlier.measure
    is_higher = later.low > earlier.high or (later.low > earlier.low >= 0 and one.fit is Fit.FAR)
    if is_growing(measure) and is_higher:
        return True
    is_open = is_moving(measure) or seen.later.has("now") or seen.earlier.has("open")
    return one.fit is Fit.CLASH and is_open


def _is_denied(seen: Evidence, earlier: Figure) -> bool:
    """Whether the later statement names the earlier figure only to deny it: "2,350, not 3,200"."""
    return seen.later.has("not") and any(
        one.low == earlier.low and seen.later.statement.text[: one.start].endswith("not ")
        for one in seen.later.figures
    )


def _change(seen: Evidence) -> Reason | None:
    is_other = _turns(seen) or seen.common.only_later or seen.common.later_covered < 0.75
    if seen.added("change") and _is_one_thing(seen) and is_other:
        return Reason("changed", {"word": seen.later.cues["change"]})
    if seen.earlier.has("pending") and not seen.later.has("pending") and _is_one_thing(seen):
        return Reason("later_state", {"word": seen.earlier.cues["pending"]})
    return None


def _plan_overtaken(seen: Evidence) -> Reason | None:
    if not seen.earlier.has("plan") or (seen.days or 0) <= _SOON:
        return None
    is_new = not seen.later.has("plan") or seen.later.has("now") or _turns(seen)
    is_close = _is_one_thing(seen) or seen.closeness > 0.5
    if is_close and (is_new or seen.date_clashes):
        return Reason("plan_overtaken", {"word": seen.earlier.cues["plan"]})
    return None


def _moved_on(seen: Evidence) -> Reason | None:
    turned, now = _turns(seen), seen.later.has("now")
    if seen.earlier.has("open") and (turned or now):
        return Reason("later_state", {"word": seen.earlier.cues["open"]})
    if now and turned:
        return Reason("later_state", {"word": seen.later.cues["now"]})
    if seen.earlier.has("hedge") and not seen.later.has("hedge") and (seen.days or 0) > _SOON + 1:
        return Reason("no_longer_open", {"word": seen.earlier.cues["hedge"]})
    return None


def _turns(seen: Evidence) -> bool:
    return bool(seen.turned or seen.clashes)


def _is_one_thing(seen: Evidence) -> bool:
    """Whether two statements speak of one thing: close in meaning, or with a name and more in common."""
    return seen.closeness > 0.65 or bool(seen.common.names and (seen.common.words or _turns(seen)))


def _is_told_anew(seen: Evidence) -> bool:
    """Return whether one source tells a new figure in its old words, and neither of a day that it names nor to correct itself.

    A length is what it was, and a toll that falls within days is a correction.
    """
    is_dated = bool(seen.same_dates or seen.date_clashes)
    if not seen.clashes or is_dated or not is_reissued(seen.earlier, seen.later):
        return False
    if seen.later.has("correction"):
        return False
    is_soon = (seen.days or 0) < _WEEKLY
    return not any(
        purpose(seen.later, one.later).role in _CONSTANT
        or (is_soon and is_growing(one.later.measure))
        for one in seen.clashes
    )


def _between(code: str, earlier: str, later: str) -> Reason:
    return Reason(code, {"earlier": earlier, "later": later})


def _of_figures(seen: Evidence, code: str, one: Compared) -> Reason:
    return _of_two(seen, code, one.earlier, one.later)


def _of_two(seen: Evidence, code: str, earlier: Figure, later: Figure) -> Reason:
    counted = " ".join(
        word.text
        for word in seen.later.words
        if word.stem in later.counted and later.end <= word.start < later.end + 40
    )
    return Reason(
        code,
        {
            "counted": counted,
            "measure": later.measure or earlier.measure,
            "earlier": _piece(seen.earlier.statement.text, earlier),
            "later": _piece(seen.later.statement.text, later),
        },
    )


def _piece(text: str, figure: Figure) -> str:
    return text[figure.start : figure.end]
