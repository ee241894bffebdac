"""What stands around a name: offices, ranks, parties, legal forms; and what it makes of the source."""

import pytest

from tests.extraction.reading import Read, read, reported


def last(text: str) -> Read:
    return reported(text)[-1]


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        # an office in capitals is no name, even where its first word is one
        ("The island’s Queen Mother, Efua Mansfort, said the well was dry.", "Efua Mansfort", "the island’s Queen Mother"),
        ("The town’s Queen Mother, Efua Mansfort, left. “Who dug it?” she asked.", "Efua Mansfort", "the town’s Queen Mother"),
        # the short form of a rank that no list has
        ("The harbour fire commander, DFOC Grace Addoquaye, said the pump was new.", "Grace Addoquaye", "the harbour fire commander"),
        ("The opposition Heron Front said the vote was bought.", "Heron Front", ""),
        ("The ruling Heron Alliance said the vote was fair.", "Heron Alliance", ""),
        # two offices of one person, and one that a clause tells
        ("His partner and co-author, Dr Wim Ashdol, said the ants were blind.", "Wim Ashdol", "his partner and co-author"),
        ("Egon Paskal, who had opened the pool as mayor, said it leaked.", "Egon Paskal", "mayor"),
        ("Laura Obreck, premier since 2031, said the count was slow.", "Laura Obreck", "premier since 2031"),
        # of several under one heading, each is what stands behind the name
        ("Guests: Bako Dorris, harbour pilot; Ann Veil, pathologist\n\nMr Dorris said the buoy was lit.", "Bako Dorris", "harbour pilot"),
        # whom somebody is not related to is somebody else
        ("Paula Rosvig, the port’s deputy director, is no kin of the Chief Medical Officer. She said it was old.", "Paula Rosvig", "the port’s deputy director"),
    ],
)  # fmt: skip
def test_name_and_role(text: str, name: str, role: str):
    found = last(text)
    assert (found.speaker, found.role) == (name, role)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Orvall Mills N.V. said the flour was clean.", "Orvall Mills"),
        ("Dunmark Pumps AG said the flood was small.", "Dunmark Pumps"),
        ("Kestrel Bay Pty Ltd said the boat was sold.", "Kestrel Bay"),
        ("Orvall Mills N.V. (“Orvall”) is old. Orvall said the flour was clean.", "Orvall Mills"),
    ],
)
def test_a_firm_is_called_without_its_legal_form(text: str, name: str):
    assert last(text).speaker == name


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Clerk Ann Boole said the roof was wet.", "official"),
        ("The Dunmere Silver Band said the stage was small.", "organisation"),
        ("Hobb & Daughters said the sofa was new.", "company"),
        ("Several applicants left. They said the test had been sold.", "witness"),
        ("The former barrister left. The energy minister, Ada Vennor, a former barrister, said it rained.", "minister"),
        # who testifies is the witness, and who is tried is not
        ("Wim Labord was testifying against his cousin. Labord said the safe was empty.", "witness"),
        ("Ada Kroll gave evidence for an hour. Kroll said the safe was full.", "witness"),
        ("Curt Labord is on trial. Labord said the safe was empty.", "other"),
    ],
)  # fmt: skip
def test_kind(text: str, kind: str):
    assert last(text).kind == kind


def test_the_witness_is_who_testifies():
    text = "Wim Labord was testifying against Curt Ashby, who is on trial. The witness said the safe was empty."
    assert last(text).speaker == "Wim Labord"


HEARING = """COMMITTEE ON INLAND PORTS
Uncorrected record of the sitting of 4 May

Witnesses: Ada Forrest, harbour engineer; Ola Bray, diver

THE CHAIR (Mrs Odile Marchand): We resume on the crane.

MR. TANNICK: Who greased it?

MS. FORREST: I did. I signed the log.

MR. TANNICK: Who read it?

MS. FORREST: The night foreman told me that he had.
"""


def test_members_who_ask_at_a_hearing_are_no_journalists():
    kinds = {one.speaker: one.kind for one in read(HEARING)}
    assert kinds["TANNICK"] == "lawmaker"
    assert kinds["Odile Marchand"] == "lawmaker"
    assert kinds["Ada Forrest"] == "expert"


def test_who_asks_in_an_interview_is_a_journalist():
    text = HEARING.replace(
        "COMMITTEE ON INLAND PORTS\nUncorrected record of the sitting of 4 May", "The crane and I"
    )
    assert {one.kind for one in reported(text) if one.speaker == "TANNICK"} == {"media"}


def test_a_full_stop_behind_an_office_ends_the_sentence():
    text = "Ada Vennor met the Chief Medical Officer. She said the ward was shut."
    assert last(text).speaker != "She"
    assert "Officer" not in last(text).speaker


def test_a_description_behind_a_quotation_is_that_of_who_spoke_before_without_any():
    text = (
        "Tessa Ostrick climbed on a crate and declared victory. “The night is over,” the leader of the Heron Alliance "
        "told supporters."
    )
    assert (last(text).speaker, last(text).role) == (
        "Tessa Ostrick",
        "the leader of the Heron Alliance",
    )


@pytest.mark.parametrize(
    "text",
    [
        "Tessa Ostrick said the night was over. The mayor said it was not.",
        "Tessa Ostrick, a baker, declared victory. “The night is over,” the mayor told supporters.",
        "Tessa Ostrick declared victory. Jory Venn laughed. “The night is over,” the mayor told supporters.",
    ],
)
def test_another_description_is_somebody_else_s(text: str):
    assert last(text).speaker == "mayor"


def test_the_governor_is_no_mayor():
    text = "Mayor Ada Venn offered to mediate. She said it was time. The governor said it was late."
    assert read(text)[-1].speaker == "governor"
