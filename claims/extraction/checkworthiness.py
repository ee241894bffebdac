"""How much a claim deserves checking first, 0..1."""

import math
import re

_SIGNS: tuple[tuple[re.Pattern[str], float], ...] = (
    # Figures first: fact-checkers can look them up.
    (re.compile(r"\d"), 1.1),
    (
        re.compile(
            r"(?i)\b(?:per ?cent|percent|%|million|billion|crore|lakh|thousands?|hundreds?|dozens?)"
        ),
        0.6,
    ),
    (
        re.compile(
            r"(?i)\b(?:two|three|four|five|six|seven|eight|nine|ten|twenty|half|twice|double)\b"
        ),
        0.5,
    ),
    (
        re.compile(
            r"(?i)\b(?:most|least|more|fewer|less|higher|lower|highest|lowest|first|biggest|record)\b"
        ),
        0.4,
    ),
    (
        re.compile(
            r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December)\b"
        ),
        0.3,
    ),
    (re.compile(r"(?<!^)(?<![.!?“] )\b[A-Z]\w+"), 0.5),
    (
        re.compile(
            r"(?i)\b(?:killed|wounded|injured|died|dead|attack\w*|bomb\w*|arrest\w*|charged|brib\w+|corrupt\w*|"
            r"fraud\w*|stole\w*|lied|blame\w*|responsib\w+|abus\w+|rap(?:ed|e)|hostages?|illegal\w*|murder\w*)"
        ),
        0.8,
    ),
    (
        re.compile(
            r"(?i)\b(?:caus\w+|because|led to|result\w* in|ris\w+|rose|fell|increas\w+|decreas\w+|cut)\b"
        ),
        0.4,
    ),
    # What nobody can look up: feelings, plans, guesses, questions.
    (re.compile(r"(?i)\b(?:i|we) (?:think|feel|believe|hope|want|love|like)\b"), -1.0),
    (re.compile(r"(?i)\b(?:will|would|should|could|may|might|must|can|hopes?)\b"), -0.6),
    (
        re.compile(
            r"(?i)\b(?:great|good|bad|terrible|wonderful|beautiful|sad|happy|proud|tremendous)\b"
        ),
        -0.5,
    ),
    (re.compile(r"\?$"), -2.0),
)
_BASE = -1.2
_SHORT = 4
_QUESTION = 0.05


def checkworthiness(statement: str, *, asserted: bool) -> float:
    """Rate a statement by its figures, dates, named actors and accusations.

    The weights are set by hand, to rank a desk's list; they are no probability.

    Args:
        statement: the claim in words that read alone.
        asserted: somebody says that it is so; what is asked or demanded cannot be checked.

    Returns:
        0..1, to two places.
    """
    if not asserted:
        return _QUESTION
    total = _BASE + sum(weight for sign, weight in _SIGNS if sign.search(statement))
    if len(statement.split()) < _SHORT:
        total -= 1.0
    return round(1 / (1 + math.exp(-total)), 2)
