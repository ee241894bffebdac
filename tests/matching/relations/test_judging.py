"""What a later statement says of an earlier one, and why."""

import datetime as dt

import pytest

from claims.matching.relations import judge, understand
from claims.matching.types import Judgement, Relation, Statement

DAY = dt.date(2027, 5, 7)


def judged(earlier: str, later: str, days: int = 0, closeness: float | None = 0.85) -> Judgement:
    """What the later text says, published some days after the earlier one."""
    first = understand(Statement(earlier, DAY, "Police"))
    second = understand(Statement(later, DAY + dt.timedelta(days=days), "Radio"))
    return judge(first, second, closeness)


def codes(judgement: Judgement) -> list[str]:
    return [reason.code for reason in judgement.why]


@pytest.mark.parametrize(
    ("earlier", "later", "code"),
    [
        ("Three people died in Kalden.", "Five people died in Kalden.", "other_figure"),
        ("At least 50 people died in Kalden.", "Two people died in Kalden.", "other_figure"),
        ("Over 40 people died in Kalden.", "Forty people died in Kalden.", "other_figure"),
        ("The pier at Kalden is 1.2 km long.", "The pier at Kalden is 900 m long.", "other_figure"),
        ("The bank of Kalden was founded in 1987.", "The bank of Kalden was founded in 1991.", "other_date"),
        ("The pool in Kalden is safe.", "The pool in Kalden is not safe.", "opposite"),
        ("The court upheld the ban on Ott.", "The court lifted the ban on Ott.", "opposite"),
        ("Exports of Kalden rose last year.", "Exports of Kalden fell last year.", "opposite"),
        ("Lena Orvik beat Tomas Brandt in the final.", "Tomas Brandt beat Lena Orvik in the final.", "swapped_roles"),
        ("Lena Orvik beat Tomas Brandt.", "Lena Orvik lost to Tomas Brandt.", "swapped_roles"),
        ("Emmy Tarr wrote Salt Road.", "Salt Road was written by Hedda Moll.", "other_name"),
        ("Ott Grau was born in Kalden.", "Ott Grau was born in Vossberg.", "other_name"),
        ("Ott Grau is an Italian painter.", "Ott Grau is an Italian swimmer.", "other_answer"),
        ("Vitamin D protects against colds.", "Vitamin D does not prevent colds.", "denied"),
        ("Wages rose faster than prices.", "Prices rose faster than wages.", "swapped_roles"),
        ("The court upheld the sentence of nine years.", "The court cut the sentence of nine years.", "opposite"),
        ("The two sides signed a ceasefire.", "The two sides broke a ceasefire.", "opposite"),
        ("All of Kalden's 11 boats reached the island.", "Only four of Kalden's 11 boats reached the island.", "other_figure"),
        ("Each of the nine judges voted for the ban.", "Six of the nine judges voted for the ban.", "other_figure"),
        ("None of the 40 inspectors has seen Kalden.", "Four of the 40 inspectors have seen Kalden.", "other_figure"),
    ],
)  # fmt: skip
def test_both_cannot_be_true(earlier, later, code):
    found = judged(earlier, later)
    assert found.relation is Relation.CONTRADICTS
    assert code in codes(found)


def test_a_clash_of_figures_tells_what_was_counted():
    found = judged("Two people were killed in Kalden.", "Four people were killed in Kalden.")
    assert found.why[0].values == {
        "counted": "people",
        "measure": "dead",
        "earlier": "Two",
        "later": "Four",
    }


def test_parts_of_one_whole_clash_once_and_are_quoted_as_they_stand():
    found = judged(
        "All of Kalden's 11 boats have reached the island.",
        "Only four of Kalden's 11 boats have reached the island.",
    )
    values = {"counted": "boats", "measure": "", "earlier": "All", "later": "Only four"}
    assert [reason.values for reason in found.why] == [values]
    found = judged("Five of the nine judges came.", "Six of the nine judges came.")
    assert [(one.values["earlier"], one.values["later"]) for one in found.why] == [("Five", "Six")]


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ("Ott Grau was born in Kalden.", "Ott Grau was born in Vossberg."),
        # Whom the later one calls "he" has no other name there.
        ("Ott Grau was born in Kalden.", "He was born in Vossberg."),
    ],
)
def test_names_that_differ_are_of_one_kind(earlier, later):
    (reason,) = judged(earlier, later).why
    assert reason.code == "other_name"
    assert reason.values == {"earlier": "kalden", "later": "vossberg"}


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ("Three people died in Kalden.", "The crash in Kalden cost three lives."),
        ("397 runners finished in Kalden.", "Around 400 people finished in Kalden."),
        ("The pier at Kalden is 1.2 kilometres long.", "The pier at Kalden is 1,200 metres long."),
        ("It was 41 degrees Celsius in Kalden.", "It was 106F in Kalden."),
        ("A quarter of Kalden's teachers are old.", "25 per cent of Kalden's teachers are old."),
        ("Ten of the fifteen judges of Kalden resigned.", "Two thirds of the 15 judges of Kalden resigned."),
        ("The crossing at Kalden is not open.", "The crossing at Kalden is closed."),
        ("Nobody at the shipyard in Kalden was not paid.", "Everyone at the shipyard in Kalden was paid."),
        ("It is not true that Ott was unarmed.", "Ott was armed."),
        ("Belgara grew faster than Merovia.", "Merovia grew more slowly than Belgara."),
        ("Gallo Foods bought the dairy from Lind.", "Lind sold the dairy to Gallo Foods."),
        ("Mara Holm pardoned Simon Ax.", "Simon Ax was pardoned by Mara Holm."),
        ("Doctors and nurses in Kalden resigned.", "Nurses and doctors in Kalden resigned."),
        ("A bus collided with a lorry in Kalden.", "A lorry collided with a bus in Kalden."),
        # What one is allowed to do is not in doubt, whichever of them says so.
        ("It is legal to swim in the reservoir at Kalden.", "Swimmers may use the reservoir at Kalden."),
        ("Swimmers may use the reservoir at Kalden.", "It is legal to swim in the reservoir at Kalden."),
        ("General Yuriy Dalenko was dismissed.", "General Iurii Dalenko was sacked."),
        ("Мирослава Тарнюк spent most.", "Myroslava Tarniuk spent most."),
        # A phrase is read whole: a green light is not the opposite of a heavy crane, nor a bus driver on the bus.
        ("The heavy crane in Kalden got permission.", "The crane in Kalden got the green light."),
        ("The bus driver Ott Grau came to Kalden.", "The driver Ott Grau came to Kalden by train."),
    ],
)  # fmt: skip
def test_other_words_for_the_same(earlier, later):
    assert judged(earlier, later).relation is Relation.SAME


def test_the_same_words_of_another_speaker_say_so():
    found = judged("Kalden's pool is closed.", "Kalden's pool is closed.", closeness=1.0)
    assert found.relation is Relation.SAME
    assert codes(found) == ["same_words", "same_name", "other_source"]


@pytest.mark.parametrize(
    ("earlier", "later", "days", "code"),
    [
        ("Three people died in Kalden.", "The death toll in Kalden has risen to five.", 1, "later_count"),
        ("Forty people are missing in Kalden.", "Nine people are missing in Kalden.", 2, "later_count"),
        ("Petrol in Kalden costs 1.80 crowns.", "Petrol in Kalden now costs 2.05 crowns.", 90, "later_count"),
        ("The factory in Kalden will close.", "The factory in Kalden stayed open.", 90, "plan_overtaken"),
        ("Ulf Anders is on trial for bribery.", "Ulf Anders was convicted of bribery.", 60, "later_state"),
        ("The tunnel at Kalden is closed.", "The tunnel at Kalden has reopened.", 3, "changed"),
    ],
)  # fmt: skip
def test_a_later_state_of_what_moves(earlier, later, days, code):
    found = judged(earlier, later, days)
    assert found.relation is Relation.SUPERSEDES
    assert codes(found) == [code]


def test_a_lower_toll_and_one_of_the_same_day_correct_the_earlier_one():
    assert judged("Seven people died in Kalden.", "Six people died in Kalden.", 1).relation is (
        Relation.CONTRADICTS
    )
    assert judged("Six people died in Kalden.", "Seven people died in Kalden.").relation is (
        Relation.CONTRADICTS
    )


@pytest.mark.parametrize(
    ("earlier", "later", "code"),
    [
        ("Three people died in Kalden.", "Eleven people were injured in Kalden.", "other_measure"),
        ("More than 20 people came to Kalden.", "55 people came to Kalden.", "far_apart"),
        ("Ott fired alone in Kalden.", "Ott may have fired alone in Kalden.", "hedge"),
        ("Ott took money from Lind.", "Ott rejects the accusation that he took money from Lind.", "denial"),
        ("The fire in Kalden was arson.", "Residents demand answers on the arson in Kalden.", "stance"),
        ("Tap water in Kalden is brown.", "Tap water in Kalden is brown, as in the whole country.", "wide"),
        ("Police arrested 24 people in Kalden.", "People were arrested in Kalden.", "left_out"),
        ("All of the army's 11 boats are in use.", "Only four of the army's 11 boats reached the island.", "other_measure"),
        ("The council will vote on the budget.", "The council approved the budget.", "planned"),
        ("The government has banned the party.", "The government wants to ban the party.", "planned"),
        ("Most of the victims were children.", "Most of the victims were soldiers.", "other_object"),
        ("The road was closed because of snow.", "The road was closed because of an accident.", "other_object"),
        ("All of the five bridges were inspected.", "Two of the five bridges are closed.", "other_measure"),
    ],
)  # fmt: skip
def test_one_affair_but_the_verdict_does_not_carry_over(earlier, later, code):
    found = judged(earlier, later)
    assert found.relation is Relation.RELATED
    assert code in codes(found)


def test_what_is_not_of_one_topic_is_of_nothing():
    found = judged("Two thirds reject the toll.", "Two thirds sleep too little.", closeness=0.2)
    assert (found.relation, codes(found)) == (Relation.NONE, ["other_topic"])


def test_another_year_is_another_event():
    earlier, later = "8,214 runners came to Kalden.", "9,020 runners came to Kalden."
    assert judged(earlier, later, 365).relation is Relation.NONE
    assert judged(earlier, later, 1).relation is Relation.CONTRADICTS


def test_who_says_i_is_who_is_spoken_of():
    earlier = understand(Statement("Rolf Ames holds an account in Velden.", DAY, "Gazette"))
    later = understand(Statement("I never held an account in Velden.", DAY, "Rolf Ames"))
    assert judge(earlier, later, 0.5).relation is Relation.CONTRADICTS


def test_without_vectors_the_words_stand_in_for_them():
    earlier, later = (
        "Three people died in the fire at Kalden.",
        "Three people died in Kalden's fire.",
    )
    assert judged(earlier, later, closeness=None).relation is Relation.SAME
    assert judged(earlier, "The zoo has a bear.", closeness=None).relation is Relation.NONE
