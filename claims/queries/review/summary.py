"""What the end of a queue says of an article's claims besides their verdicts: who gave these, and on what."""

from collections import Counter
from dataclasses import dataclass
from typing import NamedTuple

from claims.choices import ReviewStatus, Verdict
from claims.models import Decision, Evidence
from claims.models.claims.decisions import in_force
from claims.queries.review.queue import Queue


class Decider(NamedTuple):
    """A person whose verdicts are in force: their name, how many, and whether it is the viewer."""

    name: str
    number: int
    is_viewer: bool


@dataclass(frozen=True)
class Summary:
    """The claims in work of a queue's article, as its viewer may know them.

    Attributes:
        deciders: whose verdicts they have; the viewer first, then whoever gave most.
        without_evidence: how many verified claims have no evidence.
        second_checked: how many disputed claims somebody else has confirmed.
        untouched: how many claims nobody has looked at.
    """

    deciders: list[Decider]
    without_evidence: int
    second_checked: int
    untouched: int


def summary_of(queue: Queue) -> Summary:
    """Count the claims in work of a queue's article, in two queries."""
    decided = [claim for claim in queue.active if claim.verdict != Verdict.PENDING]
    ids = [claim.pk for claim in decided]
    by_claim = Decision.objects.by_claim(ids)
    numbers: Counter[int] = Counter()
    names: dict[int, str] = {}
    for claim in decided:
        decision = in_force(by_claim[claim.pk], version=claim.version)
        if decision:
            numbers[decision.actor_id] += 1
            names[decision.actor_id] = decision.actor_name
    deciders = [
        Decider(names[actor], number, actor == queue.viewer.pk) for actor, number in numbers.items()
    ]
    proved = set(
        Evidence.objects.not_removed().filter(claim__in=ids).values_list("claim", flat=True)
    )
    return Summary(
        sorted(deciders, key=lambda one: (not one.is_viewer, -one.number, one.name)),
        sum(one.verdict == Verdict.VERIFIED and one.pk not in proved for one in decided),
        sum(
            one.verdict == Verdict.DISPUTED and one.review_status == ReviewStatus.CHECKED
            for one in decided
        ),
        sum(one.state == "proposed" for one in queue.active),
    )
