"""What the article says of its people and bodies anywhere holds for them everywhere."""

import pytest

from claims.extraction.speakers.coreference import SpeakerResolver
from claims.extraction.text.parsing import parse
from claims.extraction.text.quotations import find
from claims.extraction.text.segments import passages
from tests.extraction.reading import reported


def last(text: str):
    return reported(text)[-1]


@pytest.mark.parametrize(
    ("text", "name", "kind", "role"),
    [
        (
            "Coun Oriel Tapscott, who leads the Mill Party in Brackmoor, left. Tapscott said it was over.",
            "Oriel Tapscott",
            "lawmaker",
            "Coun",
        ),
        (
            "Lena Quist, 44, chair of the Saltworkers’ Union, arrived. Ms Quist said talks had failed.",
            "Lena Quist",
            "organisation",
            "chair of the Saltworkers’ Union",
        ),
        (
            "Fisheries Cabinet Secretary Yaw Antel arrived by boat. He said the quota was cut.",
            "Yaw Antel",
            "minister",
            "Fisheries Cabinet Secretary",
        ),
        (
            "Chair of the bench Mrs Dora Filch said the fine would be doubled.",
            "Dora Filch",
            "court",
            "Chair of the bench",
        ),
        (
            "The Deputy Director (Grants) of the Harbour Agency, Engr. Musa Oyel, said money was there.",
            "Musa Oyel",
            "official",
            "the Deputy Director (Grants) of the Harbour Agency",
        ),
        (
            "Nils Orre KC, prosecuting, opened the case. Mr Orre said the safe had been empty.",
            "Nils Orre",
            "court",
            "prosecuting",
        ),
        (
            "Greta Holm, who chairs the Select Committee on Ferries, was absent. Holm said she had flu.",
            "Greta Holm",
            "lawmaker",
            "chairs the Select Committee on Ferries",
        ),
        (
            "The ferry workers’ union met. Its president, Ivo Cane, said nobody would sail.",
            "Ivo Cane",
            "organisation",
            "its president",
        ),
        (
            "The bus company met. Its president, Ivo Cane, said nobody would drive.",
            "Ivo Cane",
            "company",
            "its president",
        ),
        (
            "Opposition fisheries spokesman Karl Umber said the boats were old.",
            "Karl Umber",
            "lawmaker",
            "Opposition fisheries spokesman",
        ),
        (
            "Dr Mina Soto of the Arnholt Laboratory waited. Soto said the virus was new.",
            "Mina Soto",
            "expert",
            "of the Arnholt Laboratory",
        ),
        (
            "Petra Vill has led the Orlo Cave Rescue Team since May. Vill said the shaft was dry.",
            "Petra Vill",
            "organisation",
            "led the Orlo Cave Rescue Team",
        ),
        (
            "Marek Sorn is the mayor of Orlo. Sorn said the pump was new.",
            "Marek Sorn",
            "official",
            "the mayor of Orlo",
        ),
        (
            "Petra Vill, who works at the Orlo Gazette, left. Vill said it was dry.",
            "Petra Vill",
            "media",
            "works at the Orlo Gazette",
        ),
        (
            "The Minister for Wells (Mrs Petra Vill) said the pump was new.",
            "Petra Vill",
            "minister",
            "the Minister for Wells",
        ),
        # Who is from a place does not serve it; whom a body names is its officer.
        (
            "Petra Vill, a chief economist from Osk, said it was dry.",
            "Petra Vill",
            "expert",
            "a chief economist from Osk",
        ),
        (
            "The Herders’ Union agreed. Chair Petra Vill said it was dry.",
            "Petra Vill",
            "organisation",
            "Chair",
        ),
        # An office that the parser takes for something else, or that goes on with "of".
        ("Game warden Petra Vill said it was dry.", "Petra Vill", "official", "Game warden"),
        (
            "Leader of the Opposition Petra Vill said it was dry.",
            "Petra Vill",
            "lawmaker",
            "Leader of the Opposition",
        ),
        # Who found something did not found it.
        (
            "Petra Vill found the last eleven lamps. Vill said it was dry.",
            "Petra Vill",
            "other",
            "",
        ),
        (
            "Petra Vill, botanist who saved the lamp\n\nVill said it was dry.",
            "Petra Vill",
            "expert",
            "botanist",
        ),
        # A town is not the university named for it.
        (
            "Ivo Cane of Osk University came. The governor of Osk, Petra Vill, said it was dry.",
            "Petra Vill",
            "official",
            "the governor of Osk",
        ),
        # What somebody has given up, belongs to or presides over tells it as well.
        (
            "Petra Vill has resigned as director of the Osk Theatre. Vill said it was dry.",
            "Petra Vill",
            "organisation",
            "director of the Osk Theatre",
        ),
        (
            "Petra Vill of the charity Tidemark waited. Vill said it was dry.",
            "Petra Vill",
            "organisation",
            "of the charity Tidemark",
        ),
        (
            "The conference president, Petra Vill, said it was dry.",
            "Petra Vill",
            "organisation",
            "the conference president",
        ),
        # A manager in a log of the police is a shop's, its deputy chief is not.
        (
            "Officers arrested a man for theft on patrol. The manager, Petra Vill, said it was dry.",
            "Petra Vill",
            "company",
            "the manager",
        ),
        (
            "Officers arrested a man for theft on patrol. Deputy Chief Petra Vill said it was dry.",
            "Petra Vill",
            "police-military",
            "Deputy Chief",
        ),
        # The full stop of a title ends no sentence.
        (
            "The Minister of Salt, Hon. Petra Vill, said it was dry.",
            "Petra Vill",
            "minister",
            "the Minister of Salt",
        ),
        ("Sgt. Petra Vill said it was dry.", "Petra Vill", "police-military", "Sgt"),
        # The court's judge is not whom the next paragraph names.
        (
            "A judge on Monday found a driver guilty.\n\nPetra Vill, 61, wept. Vill said it was dry.",
            "Petra Vill",
            "other",
            "",
        ),
        (
            "In a letter to the mayor, Kalden Bank, a lender, said fares would rise.",
            "Kalden Bank",
            "company",
            "a lender",
        ),
    ],
)
def test_role_and_kind_are_carried(text: str, name: str, kind: str, role: str):
    one = last(text)
    assert (one.speaker, one.kind, one.role) == (name, kind, role)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        # The title tells two of one surname apart.
        (
            "Prof Olaf Brink and his sister, Hilda Brink, met. Prof Brink said it was cold.",
            "Olaf Brink",
        ),
        (
            "Prof Olaf Brink and his sister, Hilda Brink, met. Ms Brink said it was cold.",
            "Hilda Brink",
        ),
        # So does the gender of the first name.
        ("Marek Sorn met Petra Vill at the mill. She said it would close.", "Petra Vill"),
        ("Marek Sorn met Petra Vill at the mill. He said it would close.", "Marek Sorn"),
        # A description that adds the age, or was given before.
        ("Petra Vill, 61, left early. The 61-year-old said it would close.", "Petra Vill"),
        (
            "The mill’s owner, Petra Vill, met the clerk. The owner said it would close.",
            "Petra Vill",
        ),
        # Short names in brackets, and the plain noun for the body.
        (
            "Ostrel Grain Handling (“OGH” or “the Company”) met. The Company said it was sound.",
            "Ostrel Grain Handling",
        ),
        ("The Nurses’ Guild met in Orlo. The guild said wages were low.", "Nurses’ Guild"),
        # Labels of a transcript.
        (
            "Host: Petra Vill\n\nWith us is the mayor, Marek Sorn.\n\nSORN: We closed the mill.",
            "Marek Sorn",
        ),
    ],
)
def test_short_names_and_descriptions_find_their_bearer(text: str, name: str):
    assert last(text).speaker == name


@pytest.mark.parametrize(
    "text",
    [
        # Another minister than the one named.
        "The salt minister, Petra Vill, resigned. The road minister said the bridge was safe.",
        # Nobody is there whom the pronoun could mean.
        "The bridge at Orlo fell on Monday. He said it was old.",
        # Her husband is not she.
        "Petra Vill left early. Her husband said the mill was cold.",
    ],
)
def test_nobody_is_named_who_is_not_meant(text: str):
    one = last(text)
    assert one.speaker != "Petra Vill"
    assert one.claim.speaker is not None
    assert not one.claim.speaker.named


def test_an_answer_says_how_sure_it_is():
    named, unsure = reported(
        "Marek Sorn said the mill was closed. Petra Vill was there. She said it was cold."
    )
    assert named.claim.speaker is not None
    assert unsure.claim.speaker is not None
    assert named.claim.speaker.confidence == 1.0
    assert 0.5 <= unsure.claim.speaker.confidence < 1.0


def test_an_unresolved_pronoun_has_no_confidence():
    one = last("The bridge at Orlo fell on Monday. He said it was old.")
    assert one.claim.speaker is not None
    assert (one.speaker, one.claim.speaker.confidence) == ("He", 0.0)


def test_words_anywhere_in_an_article_find_whom_they_mean():
    text = "The salt minister, Petra Vill, spoke. “Sorn must go,” she said. Marek Sorn was away."
    places = list(passages(text))
    parsed = list(parse(text, places, find(text, places)))
    cast = SpeakerResolver(parsed, [])
    she, sorn = text.index("she"), text.index("Sorn")
    found = cast.referent(she, she + 3)
    assert found is not None
    assert (found.name, found.kind, found.role) == ("Petra Vill", "minister", "the salt minister")
    assert (found.named, found.person, found.gender) == (True, True, "she")
    quoted = cast.referent(sorn, sorn + 4)
    assert quoted is not None
    assert (quoted.name, quoted.gender) == ("Marek Sorn", "he")
    must = text.index("must")
    assert cast.referent(must, must + 4) is None


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        # What a sentence says of its subject, and what a clause says of whom it hangs on.
        ("Marek Sorn was charged with theft. Sorn, 40, said the bike was his.", "other"),
        ("Petra Vill, of Fern Court, said the lift was stuck.", "witness"),
        ("Petra Vill, whose novel won a prize, said the cover was wrong.", "expert"),
        ("Petra Vill, whose bakery burned down, said the oven was cold.", "company"),
        ("Petra Vill, who saw the crash, said the light was red.", "witness"),
        # A party, or a seat and a party, behind the name.
        ("Marek Sorn (R-Norland) said the count was fair.", "lawmaker"),
        # Handles, by their words.
        ("@OrloPolice: The bridge is shut.", "police-military"),
        ("@CllrPetraVill: The bridge is shut.", "lawmaker"),
        ("@petra_reads: The bridge is shut.", "witness"),
        # The form of a body's name.
        ("MillBarn said it had refunded everybody.", "company"),
        ("The UWF said the mill was shut.", "organisation"),
    ],
)
def test_what_somebody_is_shows_in_many_ways(text: str, kind: str):
    assert reported(text)[-1].kind == kind


def test_who_asks_in_an_interview_is_a_journalist():
    text = (
        "Petra Vill keeps bees.\n\nMarek Sorn: How many hives are there?\n\nPetra Vill: I have nine.\n\n"
        "Marek Sorn: Do they sting?\n\nPetra Vill: I was stung in May."
    )
    assert {(one.speaker, one.kind) for one in reported(text)} >= {("Marek Sorn", "media")}
    assert all(one.kind != "media" for one in reported(text) if one.speaker == "Petra Vill")


@pytest.mark.parametrize(
    ("setting", "kind"),
    [
        ("The match ended with two penalties. The league has a new referee.", "organisation"),
        ("Profits and revenue fell. Shareholders lost their dividend.", "company"),
        ("Rain fell. The road was wet.", "other"),
    ],
)
def test_what_an_article_is_about_tells_of_whom_nothing_else_does(setting: str, kind: str):
    assert last(f"{setting} Petra Vill said it was a pity.").kind == kind


def test_only_who_is_charged_is_accused_not_who_charges():
    setting = "Profits and revenue fell. Shareholders lost their dividend. "
    said = " Vill said it was a pity."
    assert last(f"{setting}Petra Vill was charged with theft.{said}").kind == "other"
    assert last(f"{setting}Petra Vill charged two crowns a tour.{said}").kind == "company"
