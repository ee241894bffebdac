"""What should be checked first, what cannot be checked, and why."""

import pytest

from claims.choices import Reason, SourceKind
from claims.extraction.statements import checkworthiness
from claims.extraction.statements.checkworthiness import codes, worth
from claims.extraction.statements.checkworthiness_features import is_post
from claims.extraction.types import Mood, Speaker


def speaker(kind: str, *, named: bool = False) -> Speaker:
    return Speaker("Oona Harl", kind, "", "Harl", named)


@pytest.mark.parametrize(
    ("statement", "reason"),
    [
        ("The firm paid 12 men", "figure"),
        ("Rents rose by nine per cent", "quantity"),
        ("The hall was half empty", "number-word"),
        ("Rents are higher than ever", "comparison"),
        ("The dam was shut on 4 May", "date"),
        ("The dam was shut on Monday", "date"),
        ("The dam lies in Aldmere", "name"),
        ("The clerk took bribes", "accusation"),
        ("Salt caused the leak", "cause"),
    ],
)
def test_reasons_are_told(statement: str, reason: str):
    found = worth(statement, "asserted", None)
    assert found.checkable
    assert reason in found.reasons


@pytest.mark.parametrize(
    ("statement", "mood", "reason"),
    [
        ("Who paid for it?", "asked", "asked"),
        ("Teachers called for more heating", "demanded", "demanded"),
        ("I love this town", "asserted", "opinion"),
        ("But we [the Harl family] really hope to see them again", "asserted", "opinion"),
        ("The council ought to listen to its tenants", "asserted", "opinion"),
        ("May his family find peace", "asserted", "opinion"),
        ("It was a shameful night", "asserted", "praise-or-blame"),
        ("That’s simply wonderful", "asserted", "praise-or-blame"),
        ("What a dreadful way to treat a neighbour", "asserted", "praise-or-blame"),
        ("The whole team is so very proud", "asserted", "praise-or-blame"),
        ("Thank you all", "asserted", "greeting"),
        ("This is a ship without a rudder", "asserted", "opinion"),
        ("Ladders do not dig wells", "asserted", "opinion"),
        ("Whoever counts the rain owns no roof", "asserted", "opinion"),
        ("[Oona Harl] would rather walk", "asserted", "opinion"),
        ("The Harl Society welcomes the ruling", "asserted", "opinion"),
        ("Oona Harl accused the board of “juggling eggs”", "asserted", "opinion"),
        ("It might", "asserted", "opinion"),
        ("Oona Harl said: “Plumbing”", "asserted", "fragment"),
    ],
)
def test_what_nobody_can_check_is_kept_and_says_why(statement: str, mood: Mood, reason: str):
    found = worth(statement, mood, None)
    assert not found.checkable
    assert reason in found.reasons
    assert found.score < 0.25


@pytest.mark.parametrize(
    "statement",
    [
        "We will open the ward next month",
        "Trams do not stop at the mill since the flood of 2031",
        "It is a copy that the clerk made in the cellar",
        "It was a shameful night on which nine men died",
        "The Great Hall of Aldmere stood empty all winter",
        "The proud owner sold the mill to his cousin",
        "The harbour’s great crane fell into the lock",
        "The mayor should have told the divers that the valve was open",
        "I think the ferry left without its captain",
        "Oona Harl said: “Not the plumbing”",
        "Oona Harl said: “Twice”",
        "Oona Harl said: “The bridge fell into the lock”",
        "Asked who had paid, Oona Harl said: “The mill”",
        "The beautiful house by the lock belongs to the minister’s wife",
    ],
)
def test_a_word_of_praise_or_doubt_does_not_hide_a_fact(statement: str):
    assert worth(statement, "asserted", None).checkable


@pytest.mark.parametrize("mood", ["asserted", "denied", "promised"])
def test_what_is_asserted_denied_or_promised_is_checkable(mood: Mood):
    assert worth("The clerk took bribes", mood, None).checkable


def test_a_fact_goes_before_small_talk_and_a_figure_before_both():
    statements = [
        "Unemployment in the delta has risen by 14 per cent since the new government came in",
        "The government has closed the school in every second village of the delta",
        "Let me say a word about that",
    ]
    scores = [worth(statement, "asserted", None).score for statement in statements]
    assert scores == sorted(scores, reverse=True)
    assert scores[0] > 0.8
    assert scores[2] < 0.1


def test_scores_of_similar_statements_differ():
    towns = ["Aldmere", "Brackwater", "Corrin", "Dunvale", "Eastholm", "Farrow"]
    done = ["has shut its school", "buys coal from abroad", "lost its only doctor", "has no bridge"]
    scores = {worth(f"{town} {what}", "asserted", None).score for town in towns for what in done}
    assert len(scores) > 20


def test_the_words_of_a_language_that_was_not_learned_do_not_count():
    lively, dull = "Die Steuern sind hoch", "Die Wiesen sind grau"
    scores = {worth(one, "asserted", None, text_kind="foreign").score for one in (lively, dull)}
    assert len(scores) == 1
    with_figures = worth("Die Steuern sind um 40 % hoch", "asserted", None, text_kind="foreign")
    assert with_figures.score > scores.pop()


def test_a_statement_that_cannot_be_read_alone_comes_lower():
    statement = "They sold it to the highest bidder in March"
    alone = worth(statement, "asserted", None)
    pointing = worth(statement, "asserted", None, unresolved=("They", "it"))
    assert pointing.score < alone.score
    assert pointing.checkable


def test_a_minister_s_figure_goes_first():
    kinds = ["minister", "official", "company", "other"]
    scores = [worth("Rents rose by 12", "asserted", speaker(kind)).score for kind in kinds]
    assert scores == sorted(scores, reverse=True)
    assert len(set(scores)) == len(kinds)


def test_a_source_with_a_name_is_a_reason():
    named = worth("Rents rose", "asserted", speaker("other", named=True))
    assert "named-source" in named.reasons
    assert named.score > worth("Rents rose", "asserted", speaker("other")).score


def test_the_lexicon_s_sources_are_source_kinds():
    assert set(checkworthiness._scale().sources) <= set(SourceKind.values)


def test_every_reason_has_words_for_the_editor():
    assert codes() == set(Reason.values)


def test_every_reason_that_is_told_is_a_known_code():
    texts = ["Who paid 12?", "I love it", "Hello", "Nine men died on Monday because of Salt"]
    told = {code for text in texts for code in worth(text, "asserted", speaker("minister")).reasons}
    assert told <= codes()


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("The dam is shut #Aldmere", True),
        ("The dam is shut at Aldmere", False),
        ("#Aldmere " + "x" * 591, True),
        ("#Aldmere " + "x" * 592, False),
    ],
)
def test_a_post_has_a_tag_and_at_most_600_characters(text: str, is_one: bool):
    assert is_post(text) is is_one
