"""Two figures contradict each other only if they are for one thing."""

import datetime as dt

import pytest

from claims.matching.relations import judge, understand
from claims.matching.relations.sums.apart import are_far_apart
from claims.matching.relations.sums.comparing import Compared, Fit
from claims.matching.types import Relation, Statement

DAY = dt.date(2027, 5, 3)


def relation(earlier: str, later: str, closeness: float = 0.8) -> Relation:
    here, there = (understand(Statement(text, DAY)) for text in (earlier, later))
    return judge(here, there, closeness).relation


FOR_TWO_THINGS = {
    "a bridge and a school": (
        "The council of Ardmere will spend 4 million crowns on a bridge.",
        "The council of Ardmere has set aside 2 million crowns for a school.",
    ),
    "profit and revenue": (
        "Kestrel Foods made a profit of 31 million thalers last year.",
        "Kestrel Foods had revenue of 412 million thalers last year.",
    ),
    "who pays": (
        "The state pays 20 million crowns towards the hospital in Ostby.",
        "The town of Ostby pays 7 million crowns towards its hospital.",
    ),
    "a price and how much cheaper": (
        "The bridge in Ostby costs 19 million crowns.",
        "Another plan for the bridge in Ostby was 7 million crowns cheaper.",
    ),
    "the whole and a part": (
        "The rail line from Sarn to Vell will cost 340 million thalers.",
        "The tunnel on the rail line from Sarn to Vell will cost 120 million thalers.",
    ),
    "what is wanted and what is": (
        "The province asked the army for 30 boats.",
        "The army has sent 12 boats to the province.",
    ),
    "demand and offer": (
        "The union in Belmar demands a pay rise of 8 per cent.",
        "The ministry offers a pay rise of 3 per cent in Belmar.",
    ),
    "north and south": (
        "Twelve schools in the north of Caldera were closed because of the heat.",
        "Thirty schools in the south of Caldera were closed because of the heat.",
    ),
    "how many and how many a week": (
        "The library in Foss has 41,000 books.",
        "The library in Foss lends 3,000 books a week.",
    ),
    "final and semi-final": (
        "Some 18,000 spectators watched the final of the Harbour Cup.",
        "About 7,000 spectators watched the semi-final of the Harbour Cup.",
    ),
    "soldiers and dogs": (
        "Two hundred soldiers are searching for the boy in the Harn forest.",
        "Eleven dogs are searching for the boy in the Harn forest.",
    ),
    "height and length": (
        "The dyke at Zandvoorde is 14 kilometres long.",
        "The dyke at Zandvoorde is six metres high.",
    ),
    "a trial and a sentence": (
        "Doctor Hanne Voss was sentenced to four years in prison.",
        "The trial of Doctor Hanne Voss lasted six weeks.",
    ),
    "a filter and a fence": (
        "A filter will cost the ferry port of Kalden 3 million crowns this summer.",
        "A fence will cost the ferry port of Kalden 5 million crowns this summer.",
    ),
    "others on top": (
        "Police seized 300 kilograms of cocaine on the ferry Astrid.",
        "Police also seized 40 kilograms of cocaine in the harbour.",
    ),
}

FOR_ONE_THING = {
    "a price and a payment": (
        "The minister's trip to Velmora cost taxpayers 84,000 thalers.",
        "Taxpayers paid 132,000 thalers for the minister's trip to Velmora.",
    ),
    "what another clause is for": (
        "For the pilgrims a choir sang, but the town of Kalden gave 3 million crowns.",
        "The town of Kalden gave 5 million crowns for the fountain.",
    ),
    "one payer": (
        "The state pays 20 million crowns towards the hospital in Ostby.",
        "Only 11 million crowns of the hospital in Ostby are paid by the state.",
    ),
    "another verb": (
        "The shipyard in Grau hired 120 welders in spring.",
        "In spring, the shipyard in Grau took on 60 welders.",
    ),
    "who counts": (
        "The province put the number of dead at 24.",
        "We have counted 14 dead.",
    ),
    "a share of one whole": (
        "Forty per cent of the wells in Harl County are contaminated with lead.",
        "Lead was found in only eight per cent of the wells in Harl County.",
    ),
    "a metre": (
        "The dyke at Zandvoorde is to be raised by a metre.",
        "The dyke at Zandvoorde will be raised by only 40 centimetres.",
    ),
    "who says so": (
        "The company said revenue was 3 million crowns.",
        "Its managers said revenue was 4 million crowns.",
    ),
}


@pytest.mark.parametrize("name", FOR_TWO_THINGS)
def test_figures_for_two_things_do_not_contradict_each_other(name):
    earlier, later = FOR_TWO_THINGS[name]
    assert relation(earlier, later) == Relation.RELATED


@pytest.mark.parametrize("name", FOR_ONE_THING)
def test_figures_for_one_thing_contradict_each_other_in_other_words(name):
    earlier, later = FOR_ONE_THING[name]
    assert relation(earlier, later) == Relation.CONTRADICTS


def test_a_part_of_a_million_is_a_number():
    assert (
        relation(
            "The burglars took jewellery worth 250,000 florins from the villa in Kerth.",
            "Jewellery worth a quarter of a million florins was taken from the villa in Kerth.",
        )
        == Relation.SAME
    )


def test_a_question_contradicts_nothing():
    assert (
        relation(
            "The repairs in Ostby cost 12 million crowns.",
            "Did the repairs in Ostby cost 20 million crowns?",
        )
        == Relation.RELATED
    )


def test_a_figure_that_is_named_to_deny_it_is_corrected():
    assert (
        relation(
            "In Tavren 3,200 people were taken to safety.",
            "In Tavren 2,350 people were taken to safety, not 3,200.",
        )
        == Relation.CONTRADICTS
    )


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ("2", "100", False),
        ("2", "101", True),
        ("0", "50", False),
        ("0", "51", True),
        ("7", "7", False),
        ("at least 1", "100", True),
        ("more than 2", "100", False),
    ],
)
def test_fifty_times_as_much_is_the_most_that_can_be_the_same(one, other, apart):
    figures = [
        understand(Statement(f"{number} boats came.", DAY)).figures[0] for number in (one, other)
    ]
    for earlier, later in (figures, reversed(figures)):
        assert are_far_apart(Compared(earlier, later, Fit.CLASH, 1.0)) is apart
