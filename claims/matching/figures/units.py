"""Units and currencies: their words are data, `units.toml`; what they are in basic units is known by Pint."""

from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

from claims.matching.lexicons import lexicon
from claims.matching.text.phrases import Phrases
from claims.matching.text.words import Word

TIME = "[time]"
"""The dimension of lengths of time."""


class Unit(NamedTuple):
    """A unit: its dimension, and how to turn a number of it into basic units."""

    dimension: str
    factor: float
    offset: float = 0.0

    def basic(self, number: float) -> float:
        """Return a number of this unit in basic units, such as metres, seconds or kelvin."""
        return number * self.factor + self.offset


def unit_at(words: Sequence[Word], at: int) -> tuple[int, Unit] | None:
    """Return the unit of measure that begins at a word, and the number of the word behind it."""
    found = _measures().longest(words, at) if at < len(words) else None
    return (found.behind, unit(found.label)) if found else None


def currency_at(words: Sequence[Word], at: int) -> tuple[int, str] | None:
    """Return the currency that begins at a word, and the number of the word behind it."""
    found = _money().longest(words, at) if 0 <= at < len(words) else None
    return (found.behind, found.label) if found else None


@cache
def unit(name: str) -> Unit:
    """Return a unit by the name that Pint has for it."""
    known = _registry()
    nothing, one = known.Quantity(0.0, name), known.Quantity(1.0, name)
    offset = float(nothing.to_base_units().magnitude)
    factor = float(one.to_base_units().magnitude) - offset
    powers = sorted(nothing.dimensionality.items())
    dimension = " ".join(name if power == 1 else f"{name}^{power:g}" for name, power in powers)
    return Unit(dimension, factor, offset)


@cache
def _registry() -> Any:
    # Pint takes half a second to load: only where a text has a unit, once per process.
    from pint import UnitRegistry  # noqa: PLC0415

    return UnitRegistry()


@cache
def _measures() -> Phrases:
    return Phrases((word, name) for name, words in _data()["units"].items() for word in words)


@cache
def _money() -> Phrases:
    return Phrases((word, name) for name, words in _data()["money"].items() for word in words)


@cache
def _data() -> dict[str, Any]:
    return lexicon("units")
