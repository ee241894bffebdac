"""First names and the gender of those who bear them: `first_names.txt`, which names its source and licence."""

import unicodedata
from collections.abc import Mapping
from functools import cache
from pathlib import Path

_DATA = Path(__file__).with_name("first_names.txt")
_SHARES = {"women": 0.98, "mostly women": 0.87, "both": 0.5, "mostly men": 0.13, "men": 0.02}
"""The share of women that stands for each group of names."""
_ENDINGS = (5, 4, 3, 2, 1)
_LIKE = 12.0
"""Names with an ending that weigh as much as what its shorter ending says."""
_UNSURE = (0.15, 0.85)
"""How far the ending of an unknown name is believed."""


def is_known(name: str) -> bool:
    """Return whether a word is a first name that the list has."""
    return _plain(name) in _shares()


def share_of_women(name: str) -> float:
    """Return how likely the bearer of a first name is a woman, from 0 to 1.

    Args:
        name: the first name; of "Anne-Marie" its first part counts.

    Returns:
        The share of women among its bearers. If the list does not have the name, its ending tells.
    """
    plain = _plain(name)
    if len(plain) < 2:
        return 0.5
    known = _shares().get(plain)
    if known is not None:
        return known
    share = 0.5
    for length in reversed(_ENDINGS):
        women, names = _endings().get(plain[-length:], (0.0, 0))
        share = (women + share * _LIKE) / (names + _LIKE)
    return min(max(share, _UNSURE[0]), _UNSURE[1])


def _plain(name: str) -> str:
    first = name.replace("’", "'").partition("-")[0].strip(".'").lower()
    return "".join(one for one in unicodedata.normalize("NFKD", first) if one.isalpha())


@cache
def _shares() -> Mapping[str, float]:
    found: dict[str, float] = {}
    share = 0.5
    for line in _DATA.read_text("utf-8").splitlines():
        if line.startswith("["):
            share = _SHARES[line.strip("[]")]
        elif not line.startswith("#"):
            found.update(dict.fromkeys(line.split(), share))
    return found


@cache
def _endings() -> Mapping[str, tuple[float, int]]:
    """Count, for each ending of the listed names, the women among them and the names."""
    found: dict[str, tuple[float, int]] = {}
    for name, share in _shares().items():
        for length in _ENDINGS:
            women, names = found.get(name[-length:], (0.0, 0))
            found[name[-length:]] = (women + share, names + 1)
    return found
