"""A report that a chief has written: with a lede, a conclusion and sections."""

from claims.renderers.types import Edition, Section
from tests.renderers import reports

LEDE = "Half of the berths **lie empty**, and [the ledger](https://ledger.example/all) says so."
CONCLUSION = "Two things follow:\n\n1. The minister *was right* about the thaw.\n2. Nobody counted:\n   - barges\n   - berths"


def written(**changes: object) -> Edition:
    """A published report: claims 43 and 41 under a heading of their own, 44 under another, and 42 without a verdict."""
    return reports.report(
        reports.claim(43, verdict=reports.DISPUTED, reason="The ledger lists four."),
        reports.claim(41, verdict=reports.VERIFIED, reason="The ledger says so."),
        reports.claim(44, verdict=reports.VERIFIED),
        reports.claim(42),
        **{
            "title": "What is left of Quillport's harbour",
            "lede": LEDE,
            "conclusion": CONCLUSION,
            "sections": (Section("Empty berths", (43, 42, 41)), Section("The channel", (44,))),
            "format": 3,
            "edition": "internal",
            "number": 9,
        }
        | changes,
    )
