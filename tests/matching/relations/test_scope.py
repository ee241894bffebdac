"""Statements about two of several, or of two periods, do not contradict each other."""

import datetime as dt

import pytest

from claims.matching.relations import judge, understand
from claims.matching.types import Statement
from tests.matching.relations.test_judging import codes, judged


@pytest.mark.parametrize(
    ("earlier", "later", "values"),
    [
        ("In week 3 eleven barges sank.", "In week 4 two barges sank.", ("week 3", "week 4")),
        ("The first wave killed 40 people.", "The third wave killed nine people.", ("first wave", "third wave")),
        ("The highest mast is 90 metres.", "The second-highest mast is 71 metres.", ("highest", "second highest")),
        ("The third most costly pump failed.", "The most costly pump did not fail.", ("third most costly", "most costly")),
        ("Ada was the fourth storm, with 40 dead.", "The fifth storm left nine dead.", ("fourth", "fifth")),
    ],
)  # fmt: skip
def test_two_of_several_are_related_and_named(earlier, later, values):
    found = judged(earlier, later)
    assert (found.relation, codes(found)) == ("related", ["of_several"])
    assert tuple(found.why[0].values.values()) == values


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ("The dyke is inspected every year.", "The dyke has not been inspected since 2019."),
        ("The stove is swept each winter.", "The stove was last swept in 2015."),
        ("The dyke has not been inspected since 2019.", "The dyke is inspected annually."),
    ],
)
def test_what_happens_regularly_is_not_said_again_by_when_it_last_did(earlier, later):
    assert codes(judged(earlier, later)) == ["other_period"]


@pytest.mark.parametrize(
    ("earlier", "later", "days"),
    [
        ("Sales of Velm rose in the first quarter.", "Sales of Velm fell in the third quarter.", 0),
        ("In Q1 Velm lost 5 million crowns.", "In Q2 Velm earned 9 million crowns.", 0),
        ("In the morning the lock was open.", "In the evening the lock was closed.", 0),
        ("In spring 310 geese came to Kalden.", "In autumn 120 geese came to Kalden.", 0),
        ("On Thursday 14 trains to Kalden failed.", "On Thursday 31 trains to Kalden failed.", 7),
        ("This week 14 trains to Kalden failed.", "This week 31 trains to Kalden failed.", 7),
        ("In the past 24 hours 14 trains to Kalden failed.", "In the past 24 hours 31 trains to Kalden failed.", 1),
        ("In the 2024-25 season Kalden scored 61 goals.", "In the 2025-26 season Kalden scored 48 goals.", 1),
    ],
)  # fmt: skip
def test_what_differs_in_two_periods_can_both_be_true(earlier, later, days):
    found = judged(earlier, later, days)
    assert (found.relation, codes(found)[0]) == ("related", "other_period")


@pytest.mark.parametrize(
    ("earlier", "later", "days"),
    [
        ("On Thursday 14 trains to Kalden failed.", "On Thursday 31 trains to Kalden failed.", 3),
        ("In spring 310 geese came to Kalden.", "In spring 120 geese came to Kalden.", 0),
        ("In week 3 eleven barges sank.", "In the third week two barges sank.", 0),
        ("The fire in Kalden broke out before 2015.", "The fire in Kalden broke out after 2018.", 0),
        ("Eating liver raises the risk of gout.", "Eating liver lowers the risk of gout.", 0),
        ("The fair in Kalden had 900 visitors.", "The fair in Kalden had barely 300 visitors.", 0),
    ],
)  # fmt: skip
def test_one_and_the_same_period_keeps_its_contradictions(earlier, later, days):
    assert judged(earlier, later, days).relation == "contradicts"


def test_a_bound_beside_its_exact_figure_is_not_far_from_it():
    found = judged(
        "Wind supplied 22 per cent of Kalden's power.",
        "More than a fifth of Kalden's power, 22 per cent, came from wind.",
    )
    assert found.relation == "same"


def told_again(text: str, days: int, source: str = "Bulletin") -> tuple[str, list[str]]:
    """What a text says with 31 instead of 42, some days later."""
    first = dt.date(2027, 3, 3)
    earlier = understand(Statement(text.format(42), first, "Bulletin"))
    later = understand(Statement(text.format(31), first + dt.timedelta(days=days), source))
    found = judge(earlier, later, 0.97)
    return found.relation, list(found.why[0].values.values())


@pytest.mark.parametrize(
    "text",
    [
        "The Lodra stands at {} metres in Kelm.",
        "The reservoir at Brenna is {} per cent full.",
        "Petrol costs {} crowns a litre in Ostrey.",
    ],
)
def test_a_source_that_says_in_its_old_words_how_things_stand_tells_a_later_state(text):
    assert told_again(text, 1)[0] == "supersedes"
    assert told_again(text, 0)[0] == "contradicts"
    assert told_again(text, 1, "Radio Kelm")[0] == "contradicts"


@pytest.mark.parametrize(
    "text",
    [
        "The temperature in Kelm was {} degrees at noon.",
        "The Nordal share closed at {} crowns.",
        "The police in Ostrey recorded {} burglaries.",
        "There were {} accidents on the roads of Tarvia.",
    ],
)
def test_a_source_that_says_in_its_old_words_what_was_tells_of_another_day(text):
    assert told_again(text, 7) == ("related", ["2027-03-03", "2027-03-10"])
    assert told_again(text, 0)[0] == "contradicts"


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("{} people died in the fire at Kelm.", 1),
        ("The pier at Kelm is {} metres long.", 30),
        ("On 1 March {} trains to Kelm failed.", 7),
        ("A corrected count finds {} trains to Kelm failed.", 7),
    ],
)
def test_what_cannot_have_changed_is_corrected(text, days):
    assert told_again(text, days)[0] == "contradicts"
