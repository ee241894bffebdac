"""Which claims the table finds by what the archive knows of them, and whose verdicts are to be looked at again."""

from datetime import timedelta

import pytest
from django.utils import timezone

from claims.actions import (
    ask_second_check,
    decide_claim,
    dismiss_claims,
    dismiss_match,
    save_filter,
    set_review_date,
)
from claims.choices import MatchRelation, Verdict
from claims.models import Claim
from claims.queries.claims import archive_conditions
from claims.queries.claims.filters import ClaimFilter
from claims.queries.exports import Rows
from tests.actions.matching.conftest import claim_of
from tests.conftest import version_of
from tests.models import match_rows


@pytest.fixture(params=["few", "many"], autouse=True)
def _either_way(request, monkeypatch):
    """As where few claims are found, which are named one by one, and as where many are."""
    if request.param == "many":
        monkeypatch.setattr(archive_conditions, "_FEW", 0)


@pytest.fixture
def found(editor):
    """The claims that a filter finds, which are those that it counts."""

    def found(query: str, viewer=editor) -> set[Claim]:
        chosen = ClaimFilter.of_query(query, viewer).understood()
        assert set(chosen.to_count()) == set(chosen.qs)
        return set(chosen.qs)

    return found


class TestWhatTheArchiveKnows:
    def test_repeats_on_both_sides(self, found, earlier, later, match):
        assert found("match=seen") == {earlier, later}

    def test_of_a_decided_claim_only_the_others_were_checked_before(
        self, found, earlier, later, match
    ):
        assert found("match=checked") == {later}

    def test_contradictions_on_both_sides_and_what_was_superseded(
        self, editor, found, earlier, later
    ):
        newer = claim_of(editor, 6)
        match_rows.match(earlier, later, relation=MatchRelation.CONTRADICTS)
        match_rows.match(later, newer, relation=MatchRelation.SUPERSEDES)
        assert found("match=contradicted") == {earlier, later}
        assert found("match=superseded") == {later}
        assert found("match=seen") == set()

    def test_not_what_somebody_dismissed(self, editor, found, later, match):
        dismiss_match(actor=editor, match_id=match.pk, **version_of(later))
        assert found("match=seen") == set()

    def test_nor_what_only_a_dismissed_claim_says(self, editor, found, earlier, match):
        version = version_of(earlier)["version"]
        dismiss_claims(actor=editor, versions={earlier.pk: version})
        assert found("match=seen") == set()

    def test_together_with_other_filters(self, found, earlier, later, match):
        assert found("match=seen&verdict=disputed") == {earlier}
        assert found("match=seen&q=bridges") == {earlier, later}


class TestVerdictsToLookAtAgain:
    def test_whose_day_has_come(self, editor, found, earlier):
        today = timezone.localdate()
        set_review_date(actor=editor, day=today + timedelta(days=1), **version_of(earlier))
        assert found("review=date") == set()
        set_review_date(actor=editor, day=today, **version_of(earlier))
        assert found("review=date") == found("review=due") == {earlier}
        assert found("review=newer") == set()

    @pytest.mark.parametrize("relation", [MatchRelation.CONTRADICTS, MatchRelation.SUPERSEDES])
    def test_which_something_newer_asks_about(self, found, earlier, later, relation):
        match_rows.match(earlier, later, relation=relation, challenges=True)
        assert found("review=newer") == found("review=due") == {earlier}
        assert found("review=date") == set()

    def test_older_than_a_year(self, editor, found, earlier, later):
        decide_claim(actor=editor, verdict=Verdict.VERIFIED, **version_of(later))
        for claim, days in ((earlier, 370), (later, 360)):
            at = timezone.now() - timedelta(days=days)
            Claim.objects.filter(pk=claim.pk).update(decided_at=at)
        assert found("review=old") == {earlier}


class TestBlindChecks:
    @pytest.fixture
    def waiting(self, chief, earlier, later, match) -> Claim:
        """The disputed claim: an old verdict, and due, which somebody is to check blind."""
        long_ago = timezone.now() - timedelta(days=400)
        Claim.objects.filter(pk=earlier.pk).update(
            decided_at=long_ago, review_by=timezone.localdate()
        )
        ask_second_check(actor=chief, blind=True, **version_of(earlier))
        return earlier

    @pytest.mark.parametrize("why", ["due", "date", "newer", "old"])
    def test_nobody_finds_it_by_its_verdict(self, found, chief, editor, later, waiting, why):
        match_rows.match(waiting, claim_of(editor, 7), relation="contradicts", challenges=True)
        assert found(f"review={why}") == found(f"review={why}", chief) == set()

    def test_nor_a_repeat_by_having_been_checked(self, found, later, waiting):
        assert found("match=seen") == {waiting, later}
        assert found("match=checked") == set()

    def test_nor_itself_by_a_verdict_on_its_repeat(self, editor, found, later, waiting):
        decide_claim(actor=editor, verdict=Verdict.VERIFIED, **version_of(later))
        assert found("match=checked") == set()


def test_a_saved_filter_and_an_export_hold_it(editor, found, earlier, later, match):
    kept = save_filter(actor=editor, name="Repeats", query="match=seen", shared=False)
    chosen = ClaimFilter.of_query(kept.query, editor).understood()
    assert {row[0] for row in Rows(chosen.qs, editor).table().rows} == {earlier.pk, later.pk}
    assert chosen.in_words == "In the archive: Seen before"
