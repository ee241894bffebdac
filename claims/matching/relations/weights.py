"""What each sign weighs, which is data: `weights.toml`."""

import math
import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from claims.matching.relations.evidence import Evidence
from claims.matching.types import Reason

_DATA = Path(__file__).with_name("weights.toml")


def weight(name: str) -> float:
    """Return how sure a judgement for a reason is, 0 to 1, or a threshold of that name."""
    return _data()["weights"][name]


def topic(seen: Evidence) -> float:
    """Return how near two statements are in topic: a sum without a bound."""
    of = _data()["topic"]
    names = min(2, seen.common.names)
    return (
        of["closeness"] * seen.closeness + of["names"] * names + of["overlap"] * seen.common.overlap
    )


def likeness(seen: Evidence) -> float:
    """Return how alike two statements are against which nothing speaks: a sum, about 0 to 1."""
    of = _data()["likeness"]
    return (
        of["closeness"] * seen.closeness
        + of["same_figure"] * bool(seen.equal)
        + of["same_date"] * bool(seen.same_dates)
        + of["same_name"] * bool(seen.common.names)
        + of["covered"] * (seen.common.later_covered - of["usual"])
    )


def of_clashes(seen: Evidence, clashes: Sequence[Reason]) -> float:
    """Return how sure a contradiction is: the more clashes and the nearer the topic, the surer, 0 to 1."""
    codes = {reason.code for reason in clashes}
    doubt = math.prod(1 - weight(code) for code in codes)
    return (1 - doubt) * min(1.0, 0.5 + seen.closeness / 2 + 0.1 * bool(seen.common.names))


@cache
def _data() -> dict[str, dict[str, float]]:
    return tomllib.loads(_DATA.read_text("utf-8"))
