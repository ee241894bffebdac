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
            "The Deputy Director (Grants) of the Harbour Agency",
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
            "Its president",
        ),
        (
            "The bus company met. Its president, Ivo Cane, said nobody would drive.",
            "Ivo Cane",
            "company",
            "Its president",
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
    assert (found.name, found.kind, found.role) == ("Petra Vill", "minister", "The salt minister")
    assert (found.named, found.person, found.gender) == (True, True, "she")
    quoted = cast.referent(sorn, sorn + 4)
    assert quoted is not None
    assert (quoted.name, quoted.gender) == ("Marek Sorn", "he")
    must = text.index("must")
    assert cast.referent(must, must + 4) is None
