import pytest

from claims.extraction.lexicons.first_names import is_known, share_of_women
from claims.extraction.speakers.roles import body_kind, kind_of, read


@pytest.mark.parametrize(
    ("description", "kind"),
    [
        ("the Chief Medical Officer of Arnholt", "official"),
        ("Chief Financial Officer", "company"),
        ("a senior police officer", "police-military"),
        ("chief of police", "police-military"),
        ("the bank's president", "company"),
        ("president of the Bakers' Union", "organisation"),
        ("president of Vorland", "minister"),
        ("chairman of the city council", "official"),
        ("chair of the Senate Committee on Salt", "lawmaker"),
        ("director of the charity Open Doors", "organisation"),
        ("her lawyer", "spokesperson"),
        ("a constitutional lawyer", "expert"),
        ("the ex-premier", "minister"),
        ("a limnologist", "expert"),
        ("editor-in-chief", "media"),
        ("one of the officials", "official"),
        ("the chief executive and great-granddaughter of the founder", "company"),
        ("Union branch secretary", "organisation"),
        ("vice president of marketing", "company"),
        ("the member for Lower Orlo", "lawmaker"),
        ("attorney for the state", "court"),
        ("a tax lawyer at Pell & Moss", "expert"),
        ("a solicitor for the widow", "spokesperson"),
        ("minutes released to the harbour board", "document"),
        ("the firm's own terms and conditions", "document"),
        ("a fighter pilot", "police-military"),
        ("a panchayat secretary", "official"),
        ("the branch's shop steward", "organisation"),
        ("his widow", "other"),
        ("a rickshaw puller", "witness"),
        ("the trawler's skipper", "witness"),
        ("a minister without portfolio", "minister"),
        ("nearly nine per cent of tenants", "witness"),
        ("a senior adviser to Orla Venn", "official"),
        ("a wumpist", ""),
    ],
)
def test_a_description_tells_the_kind(description: str, kind: str):
    assert kind_of(read(description), body_kind) == kind


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Arnholt High Court", "court"),
        ("Ministry of Salt", "official"),
        ("Brackmoor Constabulary", "police-military"),
        ("University of Orlo", "organisation"),
        ("Orlo Courier", "media"),
        ("Sorn Shipping", "company"),
        ("Vill & Sons", "company"),
        ("Orlo Airports", "official"),
        ("Vosker Zeitung", "media"),
        ("Orlo Marsh Rescue Team", "organisation"),
        ("Orlo Building Code", "document"),
        ("the Orlo Farmers' Union dairy branch", "organisation"),
        ("Orlo", ""),
    ],
)
def test_a_name_tells_the_kind_of_a_body(name: str, kind: str):
    assert body_kind(name) == kind


@pytest.mark.parametrize(
    ("name", "low", "high"),
    [
        ("Ngozi", 0.8, 1),
        ("Óskar", 0, 0.1),
        ("Anne-Marie", 0.9, 1),
        ("Robin", 0.1, 0.9),
        # Not in the list: the ending tells, and is not believed too far.
        ("Zrvelina", 0.6, 0.9),
    ],
)
def test_a_first_name_tells_women_from_men(name: str, low: float, high: float):
    assert low <= share_of_women(name) <= high


def test_common_words_are_no_first_names():
    assert is_known("Petra")
    assert not is_known("Star")
