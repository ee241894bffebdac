"""The splitter: an article's text in, its claims with their sources out. It does not know Django."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from claims.extraction.types import Claim, Speaker

if TYPE_CHECKING:
    from claims.extraction.parallel import extract_many, workers
    from claims.extraction.pipeline import extract

VERSION = "8"
"""Changes whenever the same text may give other claims."""

_HOMES = {
    "extract": "claims.extraction.pipeline",
    "extract_many": "claims.extraction.parallel",
    "workers": "claims.extraction.parallel",
}

__all__ = ["VERSION", "Claim", "Speaker", "extract", "extract_many", "workers"]


def __getattr__(name: str) -> Any:
    """Load the splitting functions on first use, because the model's libraries take 0.6 s and 50 MB."""
    if name not in _HOMES:
        raise AttributeError(name)
    return getattr(import_module(_HOMES[name]), name)
