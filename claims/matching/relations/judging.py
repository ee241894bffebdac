"""What a later statement says of an earlier one: ordered rules, each with its reasons and its weight.

A pair is of two things, or of two of several, or the later statement tells a later state, or somebody only speaks about the earlier one, or both cannot
be true, or something keeps the verdict from carrying over, or they are the same. The first rule that speaks decides.
"""

from collections.abc import Callable
from itertools import islice

from claims.matching.relations import reasons
from claims.matching.relations.evidence import Evidence, gather
from claims.matching.relations.types import Understood
from claims.matching.relations.weights import likeness, of_clashes, topic, weight
from claims.matching.types import Judgement, Reason, Relation

_MOST_REASONS = 5


def judge(earlier: Understood, later: Understood, closeness: float | None = None) -> Judgement:
    """Return what a later statement says of an earlier one.

    Args:
        earlier: the earlier statement, understood.
        later: the later one.
        closeness: the cosine of their sentence vectors; None if it is not known, then the words they share stand in for it.
    """
    return judge_evidence(gather(earlier, later, closeness))


def judge_evidence(seen: Evidence) -> Judgement:
    """Return what a later statement says of an earlier one, by all that they show together."""
    for rule in _RULES:
        found = rule(seen)
        if found:
            return found
    return _judgement(Relation.RELATED, weight("same_affair"), [Reason("same_affair")])


def _unlike(seen: Evidence) -> Judgement | None:
    nearness = topic(seen)
    is_open = seen.days is None and seen.is_about_unnamed
    if nearness < weight("least_topic_unnamed" if is_open else "least_topic"):
        return _judgement(Relation.NONE, 1 - nearness, [Reason("other_topic")])
    if is_open:
        return None  # "she", "the film": the names of the other one may be who is meant
    reason = reasons.other_time(seen)
    if reason is None and seen.names_differ and not seen.common.names:
        is_near = seen.closeness >= 0.75 or seen.common.overlap > 0.5
        reason = None if is_near else Reason("other_names")
    return _judgement(Relation.NONE, weight("other_things"), [reason]) if reason else None


def _asks(seen: Evidence) -> Judgement | None:
    """Whether only one of them is a question, which is no answer to anything."""
    asking = [text.words[-1:] and text.words[-1].low == "?" for text in (seen.earlier, seen.later)]
    if asking[0] == asking[1]:
        return None
    return _judgement(Relation.RELATED, weight("same_affair"), [Reason("same_affair")])


def _of_another(seen: Evidence) -> Judgement | None:
    """Whether each speaks of another one of several, so that nothing in which they differ is a clash."""
    reason = reasons.of_another(seen)
    return _judgement(Relation.RELATED, weight(reason.code), [reason]) if reason else None


def _supersedes(seen: Evidence) -> Judgement | None:
    if not seen.days or seen.days < 0:
        return None
    reason = reasons.later_state(seen)
    return _judgement(Relation.SUPERSEDES, weight(reason.code), [reason]) if reason else None


def _told_anew(seen: Evidence) -> Judgement | None:
    """Whether a source tells what it told some days before, with other figures: the cancelled trains of two days."""
    reason = reasons.told_anew(seen)
    return _judgement(Relation.RELATED, weight(reason.code), [reason]) if reason else None


def _speaks_about(seen: Evidence) -> Judgement | None:
    """Whether the later statement denies, demands or asks something about the earlier one."""
    for cue in ("denial", "stance"):
        if seen.added(cue):
            reason = Reason(cue, {"word": seen.later.cues[cue]})
            return _judgement(Relation.RELATED, weight(cue), [reason])
    return None


def _contradicts(seen: Evidence) -> Judgement | None:
    is_open = seen.days is None and seen.is_about_unnamed
    if seen.closeness < weight("least_closeness") and not is_open:
        return None
    found = list(islice(reasons.clashes(seen), _MOST_REASONS))
    if not found:
        return None
    is_flat = seen.later.has("fails") and (seen.turned or seen.denied)  # "may" against "impossible"
    if seen.is_hedged and not is_flat:
        return _judgement(Relation.RELATED, weight("hedge"), [reasons.hedge(seen), *found])
    return _judgement(Relation.CONTRADICTS, of_clashes(seen, found), found)


def _relates(seen: Evidence) -> Judgement | None:
    found = list(islice(reasons.objections(seen), _MOST_REASONS))
    return _judgement(Relation.RELATED, weight(found[0].code), found) if found else None


def _same(seen: Evidence) -> Judgement | None:
    alike = likeness(seen)
    if alike < weight("least_likeness"):
        return None
    return _judgement(Relation.SAME, alike, list(reasons.likeness(seen)))


def _judgement(relation: Relation, score: float, why: list[Reason]) -> Judgement:
    return Judgement(relation, round(max(0.0, min(1.0, score)), 3), tuple(why[:_MOST_REASONS]))


_RULES: tuple[Callable[[Evidence], Judgement | None], ...] = (
    _unlike,
    _asks,
    _of_another,
    _supersedes,
    _told_anew,
    _speaks_about,
    _contradicts,
    _relates,
    _same,
)
