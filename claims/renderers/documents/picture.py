"""The picture of a claim or a report for those who share the address of its public page."""

import json
import unicodedata
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import typst

from claims.renderers.documents.blocks import Figure, Mark
from claims.renderers.documents.pdf import FONTS, drawable, primary
from claims.renderers.labels import LANGUAGE, direction

_TEMPLATE = Path(__file__).parents[3] / "templates" / "documents" / "share.typ"
_LONGEST = 300
"""Characters of a title that it shows."""
_LINE = 80
"""Characters of its other lines."""


@dataclass(frozen=True, slots=True)
class Shared:
    """What the picture shows.

    Attributes:
        title: the statement, or the report's title.
        kicker: who said it, or what it is; may be "".
        newsroom: who checked it; may be "".
        mark: the verdict of a claim; None for a report.
        figures: the claims of a report by verdict.
        language: that of the report.
    """

    title: str
    kicker: str
    newsroom: str
    mark: Mark | None = None
    figures: Sequence[Figure] = ()
    language: str = LANGUAGE


WIDTH, HEIGHT = 1200, 630
"""Of the picture, in pixels: the size that networks recommend for shared links."""


def draw(shared: Shared) -> bytes:
    """Draw the picture: a PNG of `WIDTH` by `HEIGHT` pixels.

    It has the same bytes for the same content and fonts.
    """
    title = _short(shared.title, _LONGEST)
    data = {
        **asdict(shared),
        "title": title,
        "kicker": _short(shared.kicker, _LINE),
        "newsroom": _short(shared.newsroom, _LINE),
        "figures": [asdict(figure) for figure in shared.figures if figure.count],
        "language": primary(shared.language),
        "direction": direction(shared.language),
        "from-right": _is_from_right(title),
    }
    return typst.compile(
        _TEMPLATE,
        root=_TEMPLATE.parent,
        font_paths=[FONTS],
        sys_inputs={"data": drawable(json.dumps(data, ensure_ascii=False))},
        format="png",
        ppi=72,
    )


def _short(text: str, most: int) -> str:
    text = " ".join(text.split())
    return text if len(text) <= most else f"{text[:most]}…"


def _is_from_right(text: str) -> bool:
    """Return whether a text is in a script that runs from right to left: its first letter says so."""
    kinds = (unicodedata.bidirectional(character) for character in text)
    return next((kind for kind in kinds if kind in {"L", "R", "AL"}), "L") != "L"
