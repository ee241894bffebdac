"""What an article or an entry is about stands before a statement that does not say so."""

import pytest

from claims.extraction import extract
from tests.extraction.reading import read

HEADLINE = "Sellow tram depot needs a new roof, engineers say\n"
MINUTES = """Allotments. The clerk reported that nine plots were vacant.
Footpath by the mill. The warden said a bull had been put in the field.
The chair thanked everybody and said the next meeting would be in May."""


def statements(text: str) -> list[str]:
    return [one.claim.statement for one in read(text) if one.source]


def test_a_statement_that_lacks_the_article_s_subject_gets_it():
    text = HEADLINE + (
        "Rain has come into the tram depot since May. The depot was built in 1931. "
        "The foreman said that repairs had been put off for nine years."
    )
    assert "[Sellow tram depot:] Repairs had been put off for nine years" in statements(text)


@pytest.mark.parametrize(
    "said",
    [
        "the depot had been shut",
        # Whose "it" this is nobody knows; it must not seem to be the depot's.
        "it was too loud",
        # Nothing in these points back, and a name tells what they are about.
        "nobody in Osk had fallen ill",
        "a goat of Ada Brenk had run away",
        "the end of the week would be dry in Osk",
        "Ada Brenk of Sellow had left",
    ],
)
def test_others_stay_as_they_are(said: str):
    text = (
        HEADLINE
        + "Rain has come into the tram depot since May. The depot was built in 1931. "
        + f"A dog barked at a goat. The foreman said that {said}."
    )
    found = statements(text)
    assert found[-1].endswith(said.rsplit(maxsplit=1)[-1])
    assert not any(one.startswith("[Sellow tram depot") for one in found)


def test_without_a_headline_the_lead_names_the_subject():
    text = (
        "Rain has come into the Sellow tram depot since May. The depot was built in 1931. "
        "The foreman said that repairs had been put off for nine years."
    )
    assert statements(text)[-1].startswith("[Sellow tram depot:] Repairs")


def test_a_lead_that_only_tells_what_happened_names_none():
    text = (
        "Two lorries went into a ditch near a farm on Monday after a night of heavy rain. "
        "The driver said that nobody had been hurt."
    )
    assert statements(text)[-1].startswith("Nobody")


@pytest.mark.parametrize(
    ("headline", "topic"),
    [
        ("Goat tax: Treasurer says no refunds, herders march on the mint", "Goat tax"),
        ("Quillon Bay recalls two crates of Emberlin fish paste", "Emberlin fish paste"),
        ("Herder tax to fall, mint says", "Herder tax"),
    ],
)
def test_a_headline_names_the_subject(headline: str, topic: str):
    text = (
        f"{headline}\n\nThe herder tax on each goat rose in May, and the paste of Emberlin fish was sold. "
        "The foreman said that the rules had been kept for nine years."
    )
    assert topic in statements(text)[-1].split(":]")[0]


def test_one_phrase_tells_it_where_a_statement_has_none_of_its_words():
    text = (
        "Orvo Dairy withdraws Brightmorn oat bars after tests\n\nThe Brightmorn oat bars were sold in May. The bars are sweet. "
        "The warden said that the tests had cost nine crowns. The warden said that the bars had been dear."
    )
    lacking, telling = statements(text)[-2:]
    assert lacking == "[Brightmorn oat bars:] The tests had cost nine crowns"
    assert telling == "The Brightmorn oat bars had been dear"


@pytest.mark.parametrize(
    "headline",
    [
        # a word alone may be anything, a place or a paper is not what an article is about, and "stun" is a verb
        "Works go on",
        "Varn Rovers stun champions",
        "Varn Gazette told of delays",
    ],
)
def test_a_word_alone_a_paper_and_a_headline_s_verb_are_no_subject(headline: str):
    text = (
        f"{headline}\n\nThe works and the Rovers are in Varn. The Gazette came out. The works are old. "
        "The foreman said that repairs had been put off for nine years."
    )
    assert statements(text)[-1].startswith("Repairs")


def test_nobody_is_told_that_somebody_speaks_of_himself():
    text = (
        "Orvo Mills opens a third bakery\n\nThe bakery is in Dunmere. Orvo was founded in 1931. "
        "Orvo Mills said that prices would not rise."
    )
    assert "Orvo" not in statements(text)[-1]


def test_the_firm_that_an_article_is_about_is_told_where_others_speak():
    text = (
        "Orvo Mills lifts outlook on flour demand\n\nOrvo Mills Ltd on Monday forecast a profit of 9 million crowns on flour demand. "
        "The union urged the board to hire nine bakers. Brell Foods said that its own sales had fallen."
    )
    union, rival = statements(text)[-2:]
    assert union.startswith("[About Orvo Mills")
    assert "About" not in rival


def test_the_person_who_says_nothing_is_told():
    text = (
        "Tomas Brell, 52, walked free from a court in Osk on Monday. Brell had been in prison for nine years. "
        "Mira Tolk, for the family of Brell, did not speak. The judge said that the note had been hidden."
    )
    assert statements(text)[-1] == "[About Tomas Brell:] The note had been hidden"


@pytest.mark.parametrize(
    ("headline", "topic"),
    [
        ("Prison siege: live", "Prison siege"),
        ("The orchard of nowhere", "Orchard"),
    ],
)
def test_a_kicker_and_a_word_that_comes_often(headline: str, topic: str):
    text = (
        f"{headline}\n\nThe prison is old. The orchard is older. An orchard burned, and no orchard grows near the orchard.\n\n"
        "The foreman said that repairs had been put off for nine years."
    )
    assert statements(text)[-1].startswith(f"[{topic}:]")


@pytest.mark.parametrize(
    "headline",
    [
        # No phrase of it comes again; "cuts" is a verb; the agency speaks of something else; seats are only why.
        "Herders blame mine as goats die at Tumbe",
        "Orvo Mills cuts outlook as flour runs out",
        "Osk Salt Agency: all is well",
        "Cook quits over empty seats",
    ],
)
def test_a_poor_subject_is_worse_than_none(headline: str):
    text = (
        f"{headline}\n\nThe Osk Salt Agency said the mills were full. The mill cut its outlook. The agency came. The empty seats are empty.\n\n"
        "The foreman said that the repairs had been put off for nine years."
    )
    assert statements(text)[-1].startswith("The repairs")


def test_what_a_headline_s_person_or_office_is_called_is_no_subject():
    text = (
        "City council votes for the union\nThe council met on Monday. The union came. "
        "The foreman said that repairs had been put off for nine years."
    )
    assert statements(text)[-1].startswith("Repairs")


def test_entries_of_minutes_say_what_they_are_about():
    assert statements(MINUTES) == [
        "[Allotments:] Nine plots were vacant",
        "[Footpath by the mill:] A bull had been put in the field",
        "The next meeting would be in May",
    ]


def test_the_subject_makes_no_statement_worthier_of_a_check():
    plain = MINUTES.replace("Allotments. ", "").replace("Footpath by the mill. ", "")
    scores = [
        [one.claim.checkable for one in read(text) if one.source] for text in (MINUTES, plain)
    ]
    assert scores[0] == scores[1]


SOURCED = "The foreman said that repairs had been put off for nine years."


@pytest.mark.parametrize(
    "text",
    [
        # What a match is played at, and between whom.
        (
            "Orvo stun leaders with late try\n\nMira Tolk ran nine yards on Monday as Orvo beat leaders Brell at Penn's Meadow. "
            "Brell had led. The meadow was wet, and Brell were slow."
        ),
        # What only the lead names is a side matter of what the headline names.
        (
            "Osk pupil Mira Tolk starts goat fund\n\nNews of the warden's letter on Monday led to a goat fund for Osk. "
            "The warden did not speak. A letter came."
        ),
        # To a life the article does not come back.
        "Scholar tells life of explorer\n\nTomas Brell dug in the snow.",
        # What comes out each week has no subject.
        "Warden notes: week of June 3\n\nThe warden was called to Osk on Monday, and a goat was in the well of the farm.",
        # The land where it happens.
        "This year has told of the weight of the Low Isles as a friend of goats.\n\nThe Low Isles are far.\n\nGoats eat.",
        # The middle of a longer name.
        "Osk Post interviews Tolk and Brell of Moon Lent Baking\n\nMoon Lent Baking is a firm of two, and it likes baking.",
        # A short line behind a whole paragraph is no headline.
        (
            "The court must ask today whether what Tolk drew can mean another thing than what Brell drew.\n\n"
            "Is the work new at all?\n\nThe work is a work, and no work is like another work."
        ),
    ],
)
def test_a_side_matter_is_no_subject(text: str):
    assert statements(f"{text}\n\n{SOURCED}")[-1].startswith("Repairs")


def test_who_is_named_in_passing_is_no_subject():
    text = (
        "Blind newt of the Osk well, told by Mira Tolk\n\nJory Penn wrote from the ice that he had seen a newt in a well.\n\n"
        "The newt is white.\n\nPenn has a lamp. Jory Penn let it down.\n\nThe newt is blind.\n\nIt eats sand.\n\n"
        "No newt swims.\n\nThe wells are deep.\n\nA newt may live long.\n\n"
    )
    assert "Penn" not in statements(text + SOURCED)[-1]


@pytest.mark.parametrize("firm", ["Orvo Group Ltd", "Orvo Foods plc"])
def test_the_firm_whose_shares_fall_is_the_subject(firm: str):
    text = (
        f"Orvo shares fall as miller cuts outlook\n\nShares in {firm} fell 9 per cent on Monday after the miller cut its outlook. "
        "The company blamed rain. Orvo has two mills.\n\nThe union said that the new target was too high."
    )
    assert statements(text)[-1].startswith("[About Orvo")


@pytest.mark.parametrize(
    "said",
    ["some of them had been sold", "there was no reason for it", "nobody had seen those"],
)
def test_nothing_stands_before_a_word_that_points_elsewhere(said: str):
    text = (
        HEADLINE
        + "Rain has come into the tram depot since May. The depot was built in 1931.\n\n"
        + f"A dog barked at a goat.\n\nThe foreman said that {said}."
    )
    assert not statements(text)[-1].startswith("[")


def test_a_word_that_answers_is_no_heading():
    text = "Orchard on a hill. Picture: Lisa Penn.\n\nWhy is it bare?\n\nGoats. We fenced it in May.\n\nWhat else?\n\nFoxes. We saw two."
    assert not any(one.startswith("[Goats") for one in statements(text))


def test_a_headline_s_verb_is_no_part_of_its_object():
    text = (
        "Minister rejects calls to scrap ferry levy in heated debate\n\n"
        "The minister, Odo Brenk, has rejected calls to scrap the ferry levy. The levy, which adds 4 crowns to each ticket, was "
        "introduced in 2019. The clerk, Ada Tarn, said the levy should be halved. The ship was not ready, Tarn said."
    )
    assert statements(text)[-2:] == [
        "The ferry levy should be halved",
        "[Ferry levy:] The ship was not ready",
    ]


def test_a_headline_s_verb_that_looks_like_a_plural_is_no_subject():
    text = (
        "A school in Osk is to abolish homework after its pupils asked for it.\n\n"
        "Pupils had written nineteen pages.\n\n"
        "The head, Ada Venn, said that parents would not forgive the governors.\n\n"
        "The minister, Ole Grau, said that the decision would be carried out."
    )
    told = extract(text, headline="School scraps homework after pupils' petition", engine="rules")
    assert not any("scraps" in one.statement for one in told)
