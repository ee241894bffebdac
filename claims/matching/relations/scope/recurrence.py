"""What happens again and again, against when it last happened: "every year", "not since 2019"."""

from claims.matching.figures.types import Kind
from claims.matching.relations.types import Understood

_NEAR = 5
"""How many words before a date "last" is looked for."""


def recurring(earlier: Understood, later: Understood) -> tuple[str, str] | None:
    """Return how often one statement says that something happens, and when the other one says it last did, in their order."""
    for one, other in ((earlier, later), (later, earlier)):
        last = _last_time(other) if one.has("regularly") else ""
        if last and not other.has("regularly"):
            often = one.cues["regularly"]
            return (often, last) if one is earlier else (last, often)
    return None


def _last_time(text: Understood) -> str:
    """Return when something happened for the last time, as the text has it; "" if it does not say."""
    for figure in text.figures:
        if figure.kind is not Kind.DATE:
            continue
        before = [word.low for word in text.words if word.end <= figure.start][-_NEAR:]
        written = text.statement.text[figure.start : figure.end]
        if before[-1:] == ["since"] and text.has("not"):
            return f"since {written}"
        if "last" in before and before[-1] in ("in", "on", "for", "at"):
            return f"last {before[-1]} {written}"
    return ""
