"""Shares as logits, which can be added up, and back."""

import math

_PLACES = 4


def rounded(share: float) -> float:
    """Round a share to a number that a logit can stand for."""
    least = 10.0**-_PLACES
    return round(min(max(share, least), 1 - least), _PLACES)


def share(logit: float) -> float:
    """Return the share that a logit stands for."""
    return 1 / (1 + math.exp(-logit))


def logit(share: float) -> float:
    """Return the logit of a share between 0 and 1, not including them."""
    return math.log(share / (1 - share))
