"""Terms of frozen reports, which may be older than today's lists."""

from django.db.models import TextChoices

from claims.choices import MatchRelation, Quotation, Reason, SourceKind, Stance, Verdict
from claims.queries.reports.lines import term_of
from claims.renderers.types import Term

_LISTS: dict[str, type[TextChoices]] = {
    "verdict": Verdict,
    "quotation": Quotation,
    "source_kind": SourceKind,
    "reason": Reason,
    "stance": Stance,
    "relation": MatchRelation,
}


def known_term(kind: str, code: str) -> Term:
    """Return a term of a frozen report. A code that no longer exists is its own label."""
    members = _LISTS[kind]
    return term_of(members(code)) if code in members.values else Term(code, code)
