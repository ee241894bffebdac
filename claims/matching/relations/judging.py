"""What a later statement says of an earlier one: ordered rules, each with its reason."""

from collections.abc import Callable, Iterator

from claims.matching.figures.counted import is_growing, is_moving
from claims.matching.figures.types import Figure, Kind
from claims.matching.relations.evidence import Evidence, gather
from claims.matching.relations.figures_compared import Compared, Fit
from claims.matching.relations.types import Understood
from claims.matching.types import Judgement, Reason, Relation

SAME = 0.64
TOPIC = 0.55


def judge(earlier: Understood, later: Understood, closeness: float | None = None) -> Judgement:
    """Return what a later statement says of an earlier one.

    Args:
        earlier: the earlier statement, understood.
        later: the later one.
        closeness: the cosine of their sentence vectors; None if it is not known.
    """
    seen = gather(earlier, later, closeness)
    for rule in _RULES:
        found = rule(seen)
        if found:
            return found
    return Judgement(Relation.RELATED, 0.5, (Reason("same_affair"),))


def _unlike(seen: Evidence) -> Judgement | None:
    if seen.days is None and seen.is_about_unnamed:
        return None
    topic = seen.closeness + 0.1 * min(2, seen.common.names) + 0.2 * seen.common.overlap
    if topic < TOPIC:
        return Judgement(Relation.NONE, min(1.0, 1 - topic), (Reason("other_topic"),))
    reason = _other_time(seen)
    if reason:
        return Judgement(Relation.NONE, 0.6, (reason,))
    if not seen.common.names and seen.names_differ and seen.closeness < 0.75 and seen.common.overlap <= 0.5:
        return Judgement(Relation.NONE, 0.5, (Reason("other_names"),))
    return None


def _other_time(seen: Evidence) -> Reason | None:
    """Return why two statements tell of two events: they are long apart, or of other times and places."""
    days = seen.days or 0
    moves = seen.later.has("now") or seen.later.has("change")
    if seen.days is not None and not seen.common.names and seen.names_differ and (seen.date_clashes or days > 45):
        return Reason("other_names")
    if seen.date_clashes and not seen.once and days > 120 and not moves:
        return Reason("other_period", _figures(seen, seen.date_clashes[0].earlier, seen.date_clashes[0].later))
    if days <= 150 or moves or any(seen.earlier.has(cue) for cue in ("plan", "open", "pending")) or seen.same_dates:
        return None
    if seen.closeness < 0.75 or (seen.clashes and not seen.once):
        return Reason("long_apart", {"days": str(days)})
    return None


def _supersedes(seen: Evidence) -> Judgement | None:
    if not seen.days or seen.days < 0:
        return None
    for one in seen.figures:
        if one.fit is not Fit.EQUAL and _is_later_count(seen, one):
            return Judgement(Relation.SUPERSEDES, 0.8, (Reason("later_count", _figures(seen, one.earlier, one.later)),))
    reason = _later_state(seen)
    return Judgement(Relation.SUPERSEDES, 0.7, (reason,)) if reason else None


def _later_state(seen: Evidence) -> Reason | None:
    turned = seen.turned or seen.clashes
    is_close = seen.closeness > 0.65 or bool(seen.common.names and (seen.common.words or turned))
    is_other = turned or seen.common.only_later or seen.closeness < 0.75
    if seen.added("change") and is_close and is_other:
        return Reason("changed", {"word": seen.later.cues["change"]})
    if seen.earlier.has("pending") and not seen.later.has("pending") and is_close:
        return Reason("later_state", {"word": seen.earlier.cues["pending"]})
    is_new = not seen.later.has("plan") or seen.later.has("now") or turned or seen.date_clashes
    if seen.earlier.has("plan") and is_new and seen.days > 2 and (is_close or seen.closeness > 0.5):
        return Reason("plan_overtaken", {"word": seen.earlier.cues["plan"]})
    for text, cue in ((seen.earlier, "open"), (seen.later, "now")):
        if text.has(cue) and (turned or (cue == "open" and seen.later.has("now"))):
            return Reason("later_state", {"word": text.cues[cue]})
    if seen.earlier.has("hedge") and not seen.later.has("hedge") and seen.days > 3:
        return Reason("no_longer_open", {"word": seen.earlier.cues["hedge"]})
    return None


def _is_later_count(seen: Evidence, one: Compared) -> bool:
    """Whether a figure is a later state of one that moves, and not a correction."""
    later, earlier = one.later, one.earlier
    if later.kind in (Kind.DATE, Kind.CLOCK, Kind.ORDINAL, Kind.SCORE) or seen.later.has("correction"):
        return False
    if (seen.date_clashes or seen.is_period_over) and not seen.later.has("now"):
        return False
    if earlier.high == 0:
        return False  # that nobody died is no early state of a toll
    measure = later.measure if later.measure == earlier.measure or one.alike >= 0.8 else ""
    measure = measure or (earlier.measure if one.alike >= 0.8 else "")
    is_higher = later.low > earlier.high or (later.low > earlier.low >= 0 and one.fit is Fit.FAR)
    if is_growing(measure) and is_higher:
        return True
    return one.fit is Fit.CLASH and (is_moving(measure) or seen.later.has("now") or seen.earlier.has("open"))


def _other_kind(seen: Evidence) -> Judgement | None:
    for cue in ("denial", "stance"):
        if seen.added(cue):
            return Judgement(Relation.RELATED, 0.6, (Reason(cue, {"word": seen.later.cues[cue]}),))
    return None


def _contradicts(seen: Evidence) -> Judgement | None:
    reasons = tuple(_clashes(seen))
    if not reasons:
        return None
    if seen.is_hedged and not (seen.later.has("fails") and seen.turned):
        side = seen.earlier if seen.earlier.has("hedge") else seen.later
        return Judgement(Relation.RELATED, 0.5, (Reason("hedge", {"word": side.cues["hedge"]}), *reasons))
    return Judgement(Relation.CONTRADICTS, 0.8, reasons)


def _clashes(seen: Evidence) -> Iterator[Reason]:
    if not seen.date_clashes and seen.earlier.cues.get("base") == seen.later.cues.get("base"):
        for one in seen.clashes:
            yield Reason("other_figure", _figures(seen, one.earlier, one.later))
    if seen.once and not seen.clashes:
        yield Reason("other_date", _figures(seen, seen.once.earlier, seen.once.later))
    if seen.event:
        yield Reason("other_event", _figures(seen, *seen.event))
    if seen.roles:
        yield Reason("swapped_roles", {"first": seen.roles[0].doer.text, "second": seen.roles[0].other.text})
    if seen.turned and not (seen.date_clashes and not seen.once):
        yield Reason("opposite", {"earlier": seen.turned.earlier, "later": seen.turned.later})
    for here, there in seen.answers:
        yield Reason("other_name", {"earlier": here.text, "later": there.text})
    for first, second in seen.told:
        yield Reason("other_answer", {"earlier": first, "later": second})
    if seen.kinds:
        yield Reason("other_kind", {"earlier": seen.kinds[0], "later": seen.kinds[1]})
    for one, other in seen.other_answers:
        yield Reason("other_answer", {"earlier": one.word, "later": other.word})
    if seen.names and not seen.answers and seen.common.overlap > 0.75:
        yield Reason("other_name", {"earlier": seen.names[0].text, "later": seen.names[1].text})


def _relates(seen: Evidence) -> Judgement | None:
    reason = next(_objections(seen), None)
    return Judgement(Relation.RELATED, 0.5, (reason,)) if reason else None


def _objections(seen: Evidence) -> Iterator[Reason]:
    if seen.is_hedged:
        side = seen.earlier if seen.earlier.has("hedge") else seen.later
        yield Reason("hedge", {"word": side.cues["hedge"]})
    if seen.common.later_covered < 0.8:
        for cue in ("cause", "wide", "superlative", "part", "condition"):
            if seen.added(cue):
                yield Reason(cue, {"word": seen.later.cues[cue]})
    if seen.date_clashes:
        yield Reason("other_period", _figures(seen, seen.date_clashes[0].earlier, seen.date_clashes[0].later))
    for one in (*seen.far, *seen.clashes):
        yield Reason("far_apart", _figures(seen, one.earlier, one.later))
    if seen.left_out:
        yield Reason("left_out", {"earlier": seen.earlier.statement.text[seen.left_out.start : seen.left_out.end]})
    if seen.unmatched:
        yield Reason("other_measure", _figures(seen, *seen.unmatched))
    for here, there in (*seen.other_objects, *seen.other_answers):
        yield Reason("other_object", {"earlier": here.word, "later": there.word})
    if seen.names:
        yield Reason("other_name", {"earlier": seen.names[0].text, "later": seen.names[1].text})


def _same(seen: Evidence) -> Judgement | None:
    likeness = seen.closeness + 0.06 * bool(seen.equal) + 0.04 * bool(seen.same_dates) + 0.05 * bool(seen.common.names) + 0.1 * (seen.common.later_covered - 0.6)
    if likeness < SAME + 0.05:
        return None
    return Judgement(Relation.SAME, min(1.0, likeness), (Reason("same_words"),))


def _figures(seen: Evidence, earlier: Figure, later: Figure) -> dict[str, str]:
    here, there = seen.earlier.statement.text, seen.later.statement.text
    return {
        "counted": later.measure or earlier.measure or " ".join(sorted(later.counted)),
        "earlier": here[earlier.start : earlier.end],
        "later": there[later.start : later.end],
    }


_RULES: tuple[Callable[[Evidence], Judgement | None], ...] = (_unlike, _supersedes, _other_kind, _contradicts, _relates, _same)
