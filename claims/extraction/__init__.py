"""The splitter: an article's text in, its claims with their sources out. Knows no Django."""

from claims.extraction.many import extract_many
from claims.extraction.pipeline import extract
from claims.extraction.types import Claim, Speaker

VERSION = "3"
"""Changes whenever the same text may give other claims."""

__all__ = ["VERSION", "Claim", "Speaker", "extract", "extract_many"]
