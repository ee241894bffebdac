"""What a chief writes in a draft, and by what somebody says which words they saw."""

import hashlib
import json

from claims.models import Report

LONGEST_LEDE, LONGEST_CONCLUSION = 5_000, 20_000
"""In characters."""


def key_of_texts(report: Report) -> str:
    """Return the digest of a draft's own words, their language, and what becomes of its undecided claims."""
    seen = [report.title, report.lede, report.conclusion, report.undecided, report.language]
    return hashlib.sha256(json.dumps(seen).encode()).hexdigest()
