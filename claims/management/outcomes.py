"""What a command says of an article that came in."""

from dataclasses import dataclass
from enum import StrEnum

from claims.actions import ArrivalResult, Decision
from claims.anchoring import Outcome
from claims.queries.articles.revisions import RevisionPlan


class ArrivalOutcome(StrEnum):
    """What becomes of articles that come in, as it is counted."""

    IMPORTED = "imported"
    HERE = "already here"
    LEFT = "left unchanged"
    UPDATED = "updated"
    FAILED = "not imported"


@dataclass(frozen=True, slots=True)
class OutcomeLine:
    """What became of one.

    Attributes:
        outcome: in a word.
        article: its number, or that of the one in its place; None where there is none.
        why: in words; "" where the one word says it all.
    """

    outcome: ArrivalOutcome
    article: int | None = None
    why: str = ""

    def __str__(self) -> str:
        """What to tell of it."""
        if self.outcome == ArrivalOutcome.FAILED:
            return self.why
        return f"{self.outcome}: {self.why}" if self.why else str(self.outcome)


def failure(why: object) -> OutcomeLine:
    """What to say of an article that could not be imported."""
    return OutcomeLine(ArrivalOutcome.FAILED, why=str(why))


def line_of(result: ArrivalResult) -> OutcomeLine:
    """What to say of an article that was received."""
    pk = result.article.pk
    if result.plan:
        return OutcomeLine(ArrivalOutcome.UPDATED, pk, f"article {pk} has {_told(result.plan)}")
    if result.decision == Decision.LEAVE:
        why = (
            f"article {pk} has the same address but a different text. "
            "Compare them on its page, under New version."
        )
        return OutcomeLine(ArrivalOutcome.LEFT, pk, why)
    return OutcomeLine(ArrivalOutcome.IMPORTED if result.created else ArrivalOutcome.HERE, pk)


def _told(plan: RevisionPlan) -> str:
    if plan.revision.body == plan.body:
        return "a new headline"
    states = [found.state for found in plan.matching.found]
    kept = states.count(Outcome.KEPT)
    withdrawn = states.count(Outcome.WITHDRAWN)
    return (
        f"a new version: {kept} of {len(states)} claims unchanged, {withdrawn} withdrawn, "
        f"{len(states) - kept - withdrawn} to review, {len(plan.matching.new)} new"
    )
