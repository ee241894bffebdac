"""Whose name, office or pronoun a source is: what an editor sees in the list of sources."""

import pytest

from claims.extraction.speakers.authors import author_of
from tests.extraction.reading import reported


def speakers(text: str) -> list[str]:
    return [one.speaker for one in reported(text)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        # a body behind what it is
        ("The ferry operator, Nordhal, left. Nordhal said the pier was safe.", "Nordhal"),
        ("The owner, Quill Quay LLC, told divers the hull was sound.", "Quill Quay"),
        ("The brewer, Oltan, says the water is clean.", "Oltan"),
        ("One of the two brewers, Quill Ales, said the water was clean.", "Quill Ales"),
        # names with something in them, or about them
        ("HANNELORE ‘HANNI’ VOSK died in May. Hanni Vosk said she was ready.", "Hanni Vosk"),
        ("The lawmaker Dirk Voss (Farmers' League) said a neighbour had drowned.", "Dirk Voss"),
        ("Dirk Voss (Millers’ Union) said a neighbour had drowned.", "Dirk Voss"),
        ("The evening was for Talim al-Zarqoun. “I came,” al-Zarqoun said.", "Talim al-Zarqoun"),
        # what a clause adds is no part of it
        (
            "“It was loud,” said a shepherd who watched from a near hill and who asked for tea.",
            "shepherd",
        ),
        (
            "An association of millers, which had gone to court, said it won.",
            "association of millers",
        ),
        ("Officials in that valley said it was loud.", "Officials in that valley"),
        ("Edda and Joss Marrable left. Mrs Marrable said the hens were hers.", "Edda Marrable"),
        ("Critic Odile Farr said the play was long.", "Odile Farr"),
        ("Cellist Odile Farr said the hall was cold.", "Odile Farr"),
        ("Rival Zephyr Semiconductors blamed the weather.", "Zephyr Semiconductors"),
        (
            "Orvo Tidal Energy Opens Mill\n\nOrvo Tidal Energy shut the pier. Orvo said it was long.",
            "Orvo Tidal Energy",
        ),
        (
            "Orvo Home met the Salt Safety Board. The board said it was long.",
            "Salt Safety Board",
        ),
        (
            "Simon Oake said it was over. A teachers’ union representative said it was long.",
            "teachers’ union representative",
        ),
        (
            "The Herders’ Council left. The government said it was long.",
            "government",
        ),
        ("Countess Odile Farr said the play was long.", "Odile Farr"),
        ("Hanna Reeds runs the mill. Reeds said it was loud.", "Hanna Reeds"),
        ("A porter, who gave his name only as Sef, said the lift fell.", "Sef"),
        ("Mr Tarek Dole bakes bread. Mrs Dole said the oven was cold.", "Dole"),
        # offices and descriptions, also before the name
        (
            "The secretary of state asked for time. The secretary of state for ports (Mrs Edda Voss) left.",
            "Edda Voss",
        ),
        ("CFO warns of losses.\n\nChief Financial Officer Edda Voss left.", "Edda Voss"),
        ("Striker Luka Voss, 30, said nothing. The Dane said he was tired.", "Luka Voss"),
        (
            "A porter who stole a cello said he was cold.\n\nTarek Voss, 31, of Pier Lane, was fined.",
            "Tarek Voss",
        ),
        ("Nordhal closed the pier. It said it was unsafe.", "Nordhal"),
    ],
)
def test_source_is_called_by_its_name(text: str, name: str):
    assert name in speakers(text)


def test_a_captain_is_not_the_captain_of_another_ship():
    text = """“The fire is out,” said Captain Edda Voss of the coastguard.

The captain of the Marrow left last, the owner said. The captain said the pumps had failed."""
    assert speakers(text)[-1] == "captain"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        # no person speaks as a place, nor one office as another
        ("A dam broke above the town of Santa Ruda, officials said.", "officials"),
        ("Woman, 82, of Hazel Court, said the dog was hers.", "Woman"),
        (
            "A spokesman for the trade body, HopUnited, said prices would rise.",
            "spokesman for the trade body",
        ),
        ("The minister left. The prime minister said it was late.", "prime minister"),
        # a party in brackets is not a name for all of its members
        (
            """The lawmaker J. Pask (Towns) spoke.

Hedda Quillan (Union) left. The minister, Oskin Varel (Union), said it was late. Varel repeated it. “I was tired,” he said.""",
            "Oskin Varel",
        ),
        (
            """The Karve valley police counted 61 cars.

Four cars burned near the Karve exit on Saturday. Two drivers were hurt, the ambulance service said.""",
            "ambulance service",
        ),
        # her partner may be a man, and he is not who he speaks of
        (
            "Edda Voss left with her partner, Tarek Rill. He said they were late.",
            "Tarek Rill",
        ),
        (
            "Solicitor Tarek Rill said his client, Joss Farr, was sorry. Farr had, he added, paid.",
            "Tarek Rill",
        ),
        # the last to speak goes on, whoever the article is about
        (
            "Edda Voss was found by a customer, Odile Farr. “I ran,” Farr said. “I fell.” She said it was dark.",
            "Odile Farr",
        ),
    ],
)
def test_last_source_is_nobody_else(text: str, name: str):
    assert speakers(text)[-1] == name


@pytest.mark.parametrize(
    ("text", "author"),
    [
        ("Dear all,\n\nThe hall is shut.\n\nEdda Voss\nHeadteacher", ("Edda Voss", "Headteacher")),
        ("Bring back the bell\n\nODILE FARR\n\nI miss it.", ("Odile Farr", "")),
        ("By Tarek Voss\n\nThe hall is shut.", ("Tarek Voss", "")),
        ("The hall is shut.\n\nIt opens in May.", ("", "")),
        ("Hall shut\n\nCouncil Leader\n\nThe hall is shut.", ("", "")),
    ],
)
def test_author_is_named_in_a_line_of_its_own(text: str, author: tuple[str, str]):
    assert author_of(text) == author


def test_a_ministry_is_not_whoever_is_named_before_it():
    text = "Averland’s navy seized a trawler, the defence ministry said. The ministry said two men were held."
    assert {one.speaker for one in reported(text)} == {"defence ministry"}
