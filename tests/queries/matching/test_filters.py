"""The claims table filtered by what the archive knows, and by how old the verdicts are."""

from datetime import timedelta

import pytest
from django.utils import timezone

from claims.actions import ask_second_check, set_review_date
from claims.choices import MatchRelation
from claims.models import Claim
from claims.queries.claims import conditions
from claims.queries.claims.filters import ClaimFilter
from tests.actions.matching.conftest import claim_of
from tests.conftest import version_of
from tests.models import match_rows


def _found(query: str, viewer) -> set[Claim]:
    return set(ClaimFilter.of_query(query, viewer).understood().qs)


@pytest.fixture(params=[500, 0], ids=["named", "sought"])
def _few(request, monkeypatch):
    """A few are named one by one; more are sought at each claim."""
    monkeypatch.setattr(conditions, "_FEW", request.param)


@pytest.mark.usefixtures("_few")
class TestWhatTheArchiveKnows:
    @pytest.fixture
    def others(self, editor, earlier, later) -> tuple[Claim, Claim]:
        """One that contradicts the later claim, and one that gives a later figure."""
        against, newer = claim_of(editor, 5), claim_of(editor, 6)
        match_rows.match(earlier, later)
        match_rows.match(later, against, relation=MatchRelation.CONTRADICTS)
        match_rows.match(later, newer, relation=MatchRelation.SUPERSEDES)
        return against, newer

    def test_what_was_seen_and_what_was_checked(self, editor, earlier, later, others):
        assert _found("match=seen", editor) == {earlier, later}
        assert _found("match=checked", editor) == {later}

    def test_what_is_contradicted_or_superseded(self, editor, later, others):
        against, _newer = others
        assert _found("match=contradicted", editor) == {later, against}
        assert _found("match=superseded", editor) == {later}

    def test_no_claim_is_found_by_a_verdict_that_somebody_is_to_find_alone(
        self, editor, chief, earlier, others
    ):
        ask_second_check(actor=chief, blind=True, **version_of(earlier))
        assert _found("match=checked", editor) == set()
        assert _found("match=checked", chief) == set()


class TestAge:
    def test_what_is_due(self, editor, earlier, later):
        assert _found("review=due", editor) == set()
        set_review_date(actor=editor, day=timezone.localdate(), **version_of(earlier))
        assert _found("review=due", editor) == {earlier}

    def test_what_is_older_than_a_year(self, editor, earlier, later):
        assert _found("review=old", editor) == set()
        long_ago = timezone.now() - timedelta(days=366)
        Claim.objects.filter(pk=earlier.pk).update(decided_at=long_ago)
        assert _found("review=old", editor) == {earlier}
