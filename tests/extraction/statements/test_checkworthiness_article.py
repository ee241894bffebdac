"""An article's claims, set against each other."""

from dataclasses import replace

import pytest

from claims.extraction import extract
from claims.extraction.statements.checkworthiness_article import compared
from claims.extraction.types import Claim, Speaker

TEXT = "The lock was left open, the union says. Barges waited by the quay."
CLAIM = Claim(((0, 9),), "The lock was left open", "indirect", 0, checkworthiness=0.4)
OTHER = replace(CLAIM, statement="Barges waited by the quay", attribution=1)


def scores(*claims: Claim) -> list[float]:
    return [claim.checkworthiness for claim in compared(claims, TEXT)]


def test_a_claim_without_others_keeps_its_score():
    assert compared([CLAIM], TEXT) == [CLAIM]
    assert compared([], TEXT) == []


def test_the_order_and_everything_but_the_score_stay():
    found = compared([OTHER, replace(CLAIM, checkworthiness=0.9)], TEXT)
    assert [replace(claim, checkworthiness=0.4) for claim in found] == [OTHER, CLAIM]


@pytest.mark.parametrize(
    "lower",
    [
        replace(OTHER, checkworthiness=0.2),
        replace(OTHER, quotation="narration"),
        replace(OTHER, attribution=0),
        replace(OTHER, statement="By the quay"),
        replace(OTHER, checkable=False),
        replace(OTHER, statement="Barges waited by Harl and Venn"),
        replace(OTHER, mood="promised"),
        replace(OTHER, quotation="direct"),
        replace(OTHER, statement=" ".join(["Barges waited by the quay and"] * 6)),
        replace(OTHER, statement="Harl said: “Not today”"),
        replace(OTHER, statement="It waited by quays", unresolved=("It",)),
    ],
    ids=[
        "less worth",
        "in the article's voice",
        "second piece",
        "fragment",
        "not checkable",
        "names",
        "a promise",
        "the speaker's own words",
        "a list of everything",
        "a mere answer",
        "few words that point elsewhere",
    ],
)
def test_goes_after_another(lower: Claim):
    first, second = scores(CLAIM, lower)
    assert second < first


def test_of_a_report_inside_a_report_only_the_worthier_of_the_two_stays_high():
    inner = replace(CLAIM, content=((2, 9),), attribution=2, within=0, checkworthiness=0.3)
    alone = scores(CLAIM, OTHER, replace(inner, within=None))
    outer_now, other_now, inner_now = scores(CLAIM, OTHER, inner)
    assert alone[2] > inner_now
    assert outer_now >= other_now > inner_now


def test_what_others_speak_of_too_goes_before_what_nobody_else_does():
    harl = Speaker("Harl", "other", "", "Harl", named=True)
    disputed = [
        replace(CLAIM, attribution=2),
        replace(CLAIM, statement="Nobody left the lock open", speaker=harl),
    ]
    aside, *both = scores(OTHER, *disputed)
    assert all(score > aside for score in both)


@pytest.mark.parametrize(
    "higher",
    [
        replace(OTHER, reasons=("figure",)),
        replace(OTHER, reasons=("date",)),
        replace(OTHER, speaker=Speaker("log", "document", "", "log", named=False)),
    ],
    ids=["figure", "date", "document"],
)
def test_goes_before_another(higher: Claim):
    first, second = scores(CLAIM, higher)
    assert second > first


def test_one_strong_claim_lifts_a_short_text_as_a_whole():
    weak = scores(CLAIM, OTHER)
    beside = scores(CLAIM, replace(OTHER, checkworthiness=0.95))
    assert beside[0] > weak[0]


def test_a_post_s_first_claim_is_worth_as_much_as_the_post():
    strong = replace(CLAIM, checkworthiness=0.6)
    dull, bold = (
        [claim.checkworthiness for claim in compared([OTHER, strong], f"{text} #aldmere")]
        for text in ("Lovely evening by the lock", "The vaccine has killed 900 people in the delta")
    )
    assert max(bold) > 1.5 * max(dull)
    assert bold[1] > bold[0]


def test_an_article_s_charge_goes_before_its_small_talk():
    text = (
        "The mill by the lock is painted green. “Good morning to you all,” said the mayor, Tove Quill. "
        "The works union said the company had buried 40 tonnes of arsenic under the school since 2019. "
        "“We never buried anything there,” said Rolf Anders, who runs the company."
    )
    claims = sorted(extract(text), key=lambda claim: -claim.checkworthiness)
    assert "arsenic" in claims[0].statement
    assert not claims[-1].checkable or claims[-1].quotation == "narration"
