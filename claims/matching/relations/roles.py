"""Who did it to whom: "Orvik beat Brandt", "Brandt lost to Orvik", "Brandt was beaten by Orvik"."""

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from claims.matching.lexicons import lexicon
from claims.matching.relations.names import same_name
from claims.matching.relations.types import Name, Understood
from claims.matching.text.groups import words_in
from claims.matching.text.phrases import Phrases

_BE = words_in("roles_be")


class Role(NamedTuple):
    """Somebody who does something to somebody: the number of the verb, who, and to whom."""

    verb: int
    doer: Name
    other: Name


def swapped(earlier: Understood, later: Understood) -> tuple[Role, Role] | None:
    """Return the roles of two statements in which two names are changed about; None if there are none."""
    theirs = list(_roles(later))
    for role in _roles(earlier) if theirs else ():
        for other in theirs:
            if (
                role.verb == other.verb
                and same_name(role.doer, other.other)
                and same_name(role.other, other.doer)
            ):
                return role, other
    return None


def _roles(text: Understood) -> Iterator[Role]:
    if len(text.names) < 2:
        return
    for found in _verbs().find(text.words):
        before = [name for name in text.names if name.behind <= found.first]
        after = [name for name in text.names if name.first >= found.behind]
        if not before or not after:
            continue
        verb, side = map(int, found.label.split())
        doer, other = before[-1], after[0]
        ahead = [word.low for word in text.words[found.behind : after[0].first]]
        is_passive = "by" in ahead and any(
            word.low in _BE for word in text.words[max(0, found.first - 3) : found.first]
        )
        if same_name(doer, other):
            continue
        is_turned = is_passive != (side == 1)
        yield Role(verb, other, doer) if is_turned else Role(verb, doer, other)


@cache
def _verbs() -> Phrases:
    lines = lexicon("converse")["verbs"]
    return Phrases(
        (phrase, f"{number} {side}")
        for number, sides in enumerate(lines)
        for side, phrases in enumerate(sides)
        for phrase in phrases
    )
