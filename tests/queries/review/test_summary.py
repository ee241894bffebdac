"""What the end of a queue says: who decided, without what, and what nobody has looked at."""

from django.contrib.auth.models import User
from django.utils import timezone

from claims.choices import ReviewStatus, Verdict
from claims.models import Claim
from claims.queries.review.summary import summary_of
from tests.models import rows


def decide(claim: Claim, user: User, verdict=Verdict.VERIFIED, **fields) -> None:
    """Give a claim a verdict, with its decision."""
    name, now = user.get_full_name(), timezone.now()
    rows.decision(claim, user, verdict=verdict, reason="As the register says", actor_name=name)
    fields = {"verdict": verdict, "version": 2, "touched_at": now} | fields
    Claim.objects.filter(pk=claim.pk).update(**fields)


def test_the_viewer_comes_first_and_then_who_decided_most_and_then_by_name(
    queue, text, four, editor, chief
):
    zoe, anna = (User.objects.create_user(name, first_name=name) for name in ("Zoe", "Anna"))
    deciders = (zoe, chief, anna, chief, editor)
    for claim, user in zip([*four, rows.claim(text, 40)], deciders, strict=True):
        decide(claim, user)
    found = summary_of(queue()).deciders
    assert [(one.name, one.number) for one in found] == [
        ("Edda", 1),
        ("Carl", 2),
        ("Anna", 1),
        ("Zoe", 1),
    ]
    assert [one.is_viewer for one in found] == [True, False, False, False]


def test_only_verified_claims_lack_evidence_and_a_removed_document_is_none(queue, four, editor):
    proved, bare, disputed, _pending = four
    decide(proved, editor)
    decide(bare, editor)
    decide(disputed, editor, Verdict.DISPUTED)
    rows.evidence(proved, editor)
    assert summary_of(queue()).without_evidence == 1
    rows.evidence(bare, editor, removed_at=timezone.now())
    assert summary_of(queue()).without_evidence == 1
    rows.evidence(bare, editor)
    assert summary_of(queue()).without_evidence == 0


def test_disputed_claims_that_were_checked_are_counted_and_those_nobody_has_touched(
    queue, four, editor
):
    decide(four[0], editor, Verdict.DISPUTED, review_status=ReviewStatus.CHECKED)
    decide(four[1], editor, review_status=ReviewStatus.CHECKED)
    decide(four[2], editor, Verdict.DISPUTED)
    found = summary_of(queue())
    assert (found.second_checked, found.untouched) == (1, 1)
    Claim.objects.filter(pk=four[3].pk).update(dismissed=True)
    assert summary_of(queue()).untouched == 0
