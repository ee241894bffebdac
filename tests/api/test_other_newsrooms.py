"""Other newsrooms' fact-checks in the API: beside what the desk itself knows, and never as it."""

from datetime import date

import pytest

from claims.actions import ask_second_check, decide_claim
from claims.actions.external.comparing import compare_fact_checks
from claims.actions.matching.index import index_some
from claims.choices import Verdict
from claims.models import Claim, ExternalMatch
from tests.conftest import version_of
from tests.models.external import external_rows

SAID = "There are nine bridges in Ostrey"


def test_a_sentence_is_answered_with_what_other_newsrooms_found(program):
    external_rows.check(SAID, rating_value=2.5, reviewed_on=date(2026, 5, 4))
    external_rows.check("Il y a neuf ponts à Ostrey", language="fr")
    compare_fact_checks()
    found = program.post("/match", {"text": f"{SAID}."}).json()
    assert (found["check"], found["repeat"]) == (None, None)
    (other,) = found["other_newsrooms"]
    assert (other["publisher"], other["rating"], other["rating_value"]) == (
        "The Kettle",
        "Half-baked",
        2.5,
    )
    assert (other["claim"], other["reviewed_on"]) == (SAID, "2026-05-04")
    assert other["reasons"]
    found = program.post("/match", {"text": SAID, "language": "fr"}).json()
    assert found["other_newsrooms"] == []


class TestBlindChecks:
    """Who may be asked to check a claim blind learns its ratings by no sentence."""

    @pytest.fixture
    def bridge(self, claims, chief) -> Claim:
        """A claim that waits for a blind check."""
        bridge = next(claim for claim in claims if "1931" in claim.statement)
        decide_claim(actor=chief, verdict=Verdict.VERIFIED, **version_of(bridge))
        ask_second_check(actor=chief, blind=True, **version_of(bridge))
        index_some()
        return bridge

    def rating(self, program, text: str) -> tuple[str, float | None]:
        (found,) = program.post("/match", {"text": text}).json()["other_newsrooms"]
        return found["rating"], found["rating_value"]

    def test_not_by_one_that_says_the_same_as_the_claim(self, program, chiefs, bridge):
        external_rows.check(bridge.statement, rating_value=2.5)
        compare_fact_checks()
        ExternalMatch.objects.all().delete()  # as if the worker had not got there yet
        assert self.rating(program, bridge.statement) == ("", None)
        assert self.rating(chiefs, bridge.statement) == ("Half-baked", 2.5)

    def test_nor_by_one_that_says_the_same_as_the_review_alone(self, program, chiefs, bridge):
        external_rows.match(bridge, external_rows.check(SAID, rating_value=2.5))
        compare_fact_checks()
        assert self.rating(program, SAID) == ("", None)
        assert self.rating(chiefs, SAID) == ("Half-baked", 2.5)

    def test_the_ratings_of_other_reviews_are_shown(self, program, bridge):
        external_rows.match(bridge, external_rows.check(bridge.statement))
        external_rows.check(SAID, rating_value=2.5)
        compare_fact_checks()
        assert self.rating(program, SAID) == ("Half-baked", 2.5)


def test_a_claim_s_matches_name_them_in_a_list_of_their_own(program, claim, chief):
    external_rows.match(claim, external_rows.check(SAID, rating_value=2.5))
    found = program.get(f"/claims/{claim.pk}/matches")
    assert found["items"] == []
    assert [one["rating"] for one in found["other_newsrooms"]] == ["Half-baked"]
    decide_claim(actor=chief, verdict=Verdict.VERIFIED, **version_of(claim))
    ask_second_check(actor=chief, blind=True, **version_of(claim))
    (hidden,) = program.get(f"/claims/{claim.pk}/matches")["other_newsrooms"]
    assert (hidden["publisher"], hidden["rating"], hidden["rating_value"]) == (
        "The Kettle",
        "",
        None,
    )
