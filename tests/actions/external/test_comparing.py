"""Claims and other newsrooms' fact-checks find each other, whichever came first."""

import logging

import pytest

from claims.actions import dismiss_fact_check, reword_claim, undo_change
from claims.actions.external import comparing
from claims.actions.matching.index import start_again
from claims.choices import MatchState
from claims.models import Article, ExternalCheck, ExternalMatch, UnmatchedClaim
from claims.models.search import holding
from claims.models.search.indexes import stem_index
from tests.actions.matching.conftest import claim_of
from tests.conftest import version_of
from tests.models.external import external_rows

SAID = "Ostrey has nine bridges"
OTHERS = ["The lighthouse keeper of Kröna has retired.", "Milk prices rose by a tenth last year."]


def matched() -> set[tuple[int, int]]:
    return set(ExternalMatch.objects.offered().values_list("claim", "external"))


@pytest.fixture
def come_in(work):
    """Claims that are to be matched, as those of a new article are."""

    def come_in(*claims) -> None:
        UnmatchedClaim.objects.add_claims([claim.pk for claim in claims])
        work()

    return come_in


@pytest.fixture
def claim(editor, come_in):
    claim = claim_of(editor, 4, SAID)
    come_in(claim, claim_of(editor, 4, OTHERS[0]))
    return claim


@pytest.fixture
def check(db):
    for statement in OTHERS[1:]:
        external_rows.check(statement)
    return external_rows.check("There are nine bridges in Ostrey")


def test_a_fact_check_that_is_read_later_finds_the_claim(claim, work):
    check = external_rows.check(f"{SAID}.", claimant="Ada Venn")
    external_rows.check(OTHERS[1])
    work()
    assert matched() == {(claim.pk, check.pk)}
    match = ExternalMatch.objects.get()
    assert match.why
    assert 0 < match.score <= 1
    assert not ExternalCheck.objects.waiting().exists()


def test_a_claim_that_comes_in_later_finds_the_fact_check(check, editor, work, come_in):
    work()
    claim = claim_of(editor, 4, SAID)
    come_in(claim)
    assert matched() == {(claim.pk, check.pk)}


@pytest.mark.parametrize(("tag", "found"), [("de", False), ("en-GB", True), ("EN", True)])
def test_only_the_same_language_is_compared_whichever_came_first(
    check, editor, work, come_in, tag, found
):
    claim = claim_of(editor, 4, SAID)
    Article.objects.update(language=tag)
    come_in(claim)
    assert bool(matched()) is found
    ExternalMatch.objects.all().delete()
    come_in(claim)
    assert bool(matched()) is found


def test_a_withdrawn_one_is_not_offered_and_finds_nothing(claim, check, work, come_in):
    work()
    assert matched()
    ExternalCheck.objects.update(withdrawn_at=check.fetched_at)
    assert not matched()
    ExternalMatch.objects.all().delete()
    come_in(claim)
    assert not ExternalMatch.objects.exists()


def test_words_that_change_are_compared_again(claim, check, editor, work):
    work()
    reword_claim(actor=editor, statement="The ferry sails on Sundays", **version_of(claim))
    work()
    assert not matched()
    reword_claim(actor=editor, statement=SAID, **version_of(claim))
    work()
    assert matched() == {(claim.pk, check.pk)}


def test_what_was_dismissed_is_not_offered_again_until_that_is_undone(
    claim, check, editor, work, come_in
):
    work()
    match = ExternalMatch.objects.get()
    change = dismiss_fact_check(actor=editor, match_id=match.pk, **version_of(claim))
    come_in(claim)
    assert not matched()
    match.refresh_from_db()
    assert (match.state, match.settled_by) == (MatchState.DISMISSED, editor)
    undo_change(actor=editor, change_id=change.pk)
    assert matched()


def test_a_fact_check_of_other_claims_cannot_be_dismissed(claim, check, editor):
    match = external_rows.match(claim_of(editor, 5, OTHERS[0]), check)
    with pytest.raises(ExternalMatch.DoesNotExist):
        dismiss_fact_check(actor=editor, match_id=match.pk, **version_of(claim))


def test_with_other_weights_it_is_encoded_and_found_anew(claim, check, work):
    work()
    start_again()
    assert ExternalCheck.objects.waiting().count() == len(OTHERS)
    work()
    assert matched() == {(claim.pk, check.pk)}
    assert not ExternalCheck.objects.waiting().exists()


def test_its_words_are_in_an_index_of_their_own(check):
    index = stem_index(ExternalCheck)
    assert dict(holding(index, ["bridges", "ferry"])) == {"bridges": [check.pk]}


def test_one_that_the_matcher_fails_on_is_passed_over(claim, check, work, monkeypatch, caplog):
    bad = external_rows.check("Nobody can read this")
    others = [external_rows.check(f"Nobody reads this number {number}") for number in range(2)]
    found = comparing.claims_like

    def fails(checks, *others):
        if bad in checks:
            raise ValueError("an invented failure")
        return found(checks, *others)

    monkeypatch.setattr(comparing, "claims_like", fails)
    with caplog.at_level(logging.ERROR):
        work()
    assert matched() == {(claim.pk, check.pk)}
    assert not ExternalCheck.objects.waiting().exists()
    assert f"[{bad.pk}]" in caplog.text
    for other in others:
        assert f"[{other.pk}]" not in caplog.text
