"""The figures of annotated articles, on an article and claims written by hand."""

from dataclasses import replace

import pytest

from claims.extraction import Claim
from claims.extraction.types import Speaker
from tests.extraction.scoring.annotated import read_set
from tests.extraction.scoring.genres import FIGURES, Scores

TEXT = """@@ pier
<s1>Oda Brenning, the mayor,</s1> <q1>told</q1> Radio Ost <c1>that four piers had sunk</c1>. <c2>“I knew,”</c2> \
<s2>she</s2> <q2>said</q2>. <c2>“Help us.”</c2> <s3>Harbour sources</s3> <q3>denied</q3> <c3>it</c3>. Rain fell.
"""
META = """@@ pier
1 | Oda Brenning | official | the mayor | Radio Ost | a | 1 |
2 | Oda Brenning | official | the mayor | | a/m | 0 | +Oda Brenning; -I
3 | ~harbour sources | unnamed | | | d | 1 | +piers; -it
"""
TOP = """@@ pier
four piers
Rain fell
"""
MAYOR = Speaker("Oda Brenning", "official", "mayor", "she", named=True)
SOURCES = Speaker("harbour sources", "unnamed", "", "Harbour sources", named=False)


@pytest.fixture
def article(tmp_path):
    for end, content in (("", TEXT), ("-meta", META), ("-top", TOP)):
        (tmp_path / f"set{end}.txt").write_text(content)
    return next(iter(read_set(tmp_path, "set")))


@pytest.fixture
def right(article) -> list[Claim]:
    """All claims as they should be, the second statement in two."""

    def at(*words: str) -> tuple[tuple[int, int], ...]:
        return tuple((article.text.index(one), article.text.index(one) + len(one)) for one in words)

    first = {"source": at("Oda Brenning"), "cue": at("told"), "told_to": "Radio Ost"}
    second = {"source": at("she"), "cue": at("said"), "checkable": False, "speaker": MAYOR}
    third = {"source": at("Harbour sources"), "cue": at("denied"), "mood": "denied"}
    piers = "Four piers had sunk"
    return [
        Claim(at("four piers had sunk"), piers, "indirect", 0, **first, speaker=MAYOR),
        Claim(at("“I knew,”"), "“[Oda Brenning] knew it all”", "direct", 1, **second),
        Claim(at("“Help us.”"), "“Help us [all]”", "direct", 1, **second),
        Claim(at("it."), "The piers had sunk", "indirect", 2, **third, speaker=SOURCES),
        Claim(at("Rain fell"), "Rain fell", "narration", 3, checkworthiness=0.9),
    ]


def figures(article, claims) -> dict[str, float]:
    scores = Scores()
    scores.add(article, claims)
    return scores.figures()


def test_what_is_all_right_gets_all(article, right):
    assert figures(article, right) == dict.fromkeys(FIGURES, 100.0)


def test_nothing_gets_nothing(article):
    assert figures(article, []) == {"spans": 0.0, "top five": 0.0}


@pytest.mark.parametrize(
    ("number", "change", "lost"),
    [
        (0, {"source": ()}, {"spans"}),
        (0, {"told_to": ""}, {"told to"}),
        (0, {"mood": "denied"}, {"mood"}),
        (0, {"checkable": False}, {"checkable"}),
        (0, {"statement": "and four piers had sunk"}, {"reads"}),
        (0, {"speaker": replace(MAYOR, name="Brenning")}, {"speaker"}),
        (0, {"speaker": replace(MAYOR, kind="other")}, {"kind"}),
        (0, {"speaker": replace(MAYOR, role="")}, {"role"}),
        (1, {"speaker": replace(MAYOR, name="she")}, {"speaker", "pronoun speakers"}),
        (1, {"statement": "“I knew it all”"}, {"alone"}),
        (3, {"statement": "It had all sunk"}, {"alone"}),
        (3, {"told_to": "Radio Ost"}, {"told to"}),
    ],
)
def test_what_is_wrong_costs_its_own_figure(article, right, number, change, lost):
    right[number] = replace(right[number], **change)
    got = figures(article, right)
    assert {name for name in FIGURES if got[name] < 100} == lost


def test_a_statement_that_nobody_made_costs_spans_unless_it_is_inside_another(article, right):
    rain = replace(right[4], quotation="indirect", statement="Rain fell again")
    assert figures(article, [*right, rain])["spans"] == pytest.approx(100 * 6 / 7, abs=0.01)
    assert figures(article, [*right, replace(rain, within=0)])["spans"] == 100.0


def test_the_first_five_are_those_of_most_worth(article, right):
    rest = [replace(right[0], content=((0, 3),), checkworthiness=0.5) for _ in range(4)]
    assert figures(article, [*right, *rest])["top five"] == 50.0


def test_several_articles_are_counted_as_one(article, right):
    once, twice = Scores(), Scores()
    once.add(article, right)
    twice.add(article, [])
    twice.join(once)
    assert twice.figures()["spans"] == pytest.approx(100 * 6 / 9, abs=0.01)
    assert twice.asked["top five"] == 4


def test_mistakes_say_what_is_right_and_what_was_given(article, right):
    scores = Scores()
    scores.add(article, [replace(right[0], speaker=SOURCES), *right[1:]])
    assert "pier: speaker: wanted Oda Brenning, got harbour sources" in map(str, scores.mistakes)
