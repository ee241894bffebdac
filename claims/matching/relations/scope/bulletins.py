"""What one source tells again and again with other figures, as bulletins do: "The Lodra stands at 4.10 metres."."""

from claims.matching.relations.types import Understood

_LEAST = 3
"""How many words beside the figures must be the same: fewer are a headline's."""


def is_reissued(earlier: Understood, later: Understood) -> bool:
    """Return whether a source says on a later day what it said before, in the same words but for the figures."""
    one, other = earlier.statement, later.statement
    if one.day is None or other.day is None or one.day >= other.day or one.source != other.source:
        return False
    words = _beside_figures(earlier)
    return len(words) >= _LEAST and words == _beside_figures(later)


def _beside_figures(text: Understood) -> list[str]:
    spans = [(figure.start, figure.end) for figure in text.figures]
    return [
        word.stem
        for word in text.words
        if word.low[0].isalpha() and not any(a <= word.start < b for a, b in spans)
    ]
