"""What keeps two figures from being for one thing, whatever else is said of them."""

import math

from claims.matching.figures.counted import is_of_people, share_a_noun
from claims.matching.figures.types import Figure, Kind
from claims.matching.lexicons import lexicon
from claims.matching.relations.sums.comparing import Compared
from claims.matching.relations.sums.purposes import COST, Purpose
from claims.matching.relations.types import Understood
from claims.matching.text.groups import stems_in

_ANYBODY = stems_in("anybody")
_TIMES = 50
"""From here on two figures hardly measure the same."""


def are_apart(
    one: Compared, here: Purpose, there: Purpose, earlier: Understood, later: Understood
) -> bool:
    """Return whether two figures cannot be for one thing.

    Args:
        one: the figures.
        here: what the earlier one is for.
        there: what the later one is for.
        earlier: the earlier statement.
        later: the later one.
    """
    return (
        _are_of_two_kinds(here, there)
        or _count_others(one, here, there)
        or (one.later.kind is Kind.TIME and are_far_apart(one))
        or _are_for_others(here, there, earlier, later)
        or _is_part(here, there, later, one.later)
        or _is_part(there, here, earlier, one.earlier)
    )


def count_alike(one: Compared, *, of_people: bool = True) -> bool:
    """Return whether two figures can count the same: villagers and people; only by their nouns if not `of_people`."""
    here, there = one.earlier.counted, one.later.counted
    return share_a_noun(here, there) or (of_people and _is_crowd(here) and _is_crowd(there))


def are_far_apart(one: Compared) -> bool:
    """Return whether one figure is so many times the other one that they hardly measure the same."""
    sizes = [abs(end) for end in (one.earlier.low, one.earlier.high) if math.isfinite(end)]
    others = [abs(end) for end in (one.later.low, one.later.high) if math.isfinite(end)]
    if not sizes or not others:
        return False
    return max(max(sizes) / (min(others) or 1), max(others) / (min(sizes) or 1)) > _TIMES


def has(stem: str, text: Understood, other: Understood) -> bool:
    """Return whether the other text has a word of a text, or one for the same idea."""
    if any(word.stem == stem for word in other.words):
        return True
    ideas = text.ideas.get(stem)
    return ideas is not None and any(ideas & meant for meant in other.ideas.values())


def _is_crowd(nouns: frozenset[str]) -> bool:
    return is_of_people(nouns) or bool(nouns & _ANYBODY)


def _are_of_two_kinds(here: Purpose, there: Purpose) -> bool:
    if (here.is_change, here.wished, here.rate) != (there.is_change, there.wished, there.rate):
        return True
    if there.is_further and not here.is_further:
        return True
    roles = {here.role, there.role} - {""}
    if len(roles) < 2:
        return here.role != there.role and bool(roles & {*lexicon("counted")["roles"]["time"]})
    return COST not in roles or not roles <= {COST, *lexicon("counted")["costs"]}


def _count_others(one: Compared, here: Purpose, there: Purpose) -> bool:
    """Whether both count something, and it cannot be the same: nurses and welders, but not nurses and people."""
    nouns, others = one.earlier.counted, one.later.counted
    if one.later.kind is not Kind.COUNT or not nouns or not others:
        return False
    is_one_state = bool(one.later.measure) and one.earlier.measure == one.later.measure
    is_one_crowd = is_one_state and is_of_people(nouns) and is_of_people(others)
    if is_one_crowd or count_alike(one, of_people=False) or (nouns | others) & _ANYBODY:
        return False
    return not (nouns & {*there.told} or others & {*here.told})


def _are_for_others(here: Purpose, there: Purpose, earlier: Understood, later: Understood) -> bool:
    """Whether one sum is for a bridge and the other one for a school."""
    if not here.objects or not there.objects:
        return False
    if has(here.objects[0], earlier, later) or has(there.objects[0], later, earlier):
        return False
    meant = {idea for one in here.objects for idea in (one, *earlier.ideas.get(one, ()))}
    return not any(meant & {one, *later.ideas.get(one, ())} for one in there.objects)


def _is_part(whole: Purpose, part: Purpose, text: Understood, figure: Figure) -> bool:
    """Whether the second is of a part of the first: the tunnel on the line, and the line."""
    if figure.kind is Kind.SHARE or whole.subject not in text.content or part.subject in whole.told:
        return False  # "the price of diesel" is that of diesel, "the town hall of Velt" no part of Velt
    stems = [word.stem for word in text.words if word.end <= figure.start]
    if not {whole.subject, part.subject} <= {*stems}:
        return False
    first, behind = stems.index(part.subject), stems.index(whole.subject)
    return bool({"of", "on", "in"} & {word.low for word in text.words[first + 1 : behind][-2:]})
