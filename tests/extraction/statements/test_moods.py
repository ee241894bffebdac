"""The mood of statements, over whole texts."""

import pytest

from claims.extraction import extract
from tests.extraction.reading import only


@pytest.mark.parametrize(
    ("text", "mood"),
    [
        ("The mayor said the tram was safe.", "asserted"),
        ("The mayor denied that the tram was safe.", "denied"),
        ("The mayor asked whether the tram was safe.", "asked"),
        ("The mayor asked residents to wait.", "demanded"),
        ("The mayor urged residents to wait.", "demanded"),
        ("The mayor warned residents to wait.", "demanded"),
        ("The mayor warned that the tram was old.", "asserted"),
        ("The mayor called for calm.", "demanded"),
        ("Engineers were asked to say that the dam was safe.", "demanded"),
        ("The mayor called the plan a disaster.", "asserted"),
        ("The mayor vowed to rebuild.", "promised"),
        ("“Who paid?” the mayor said.", "asked"),
        ("“Stop it now,” the mayor said.", "demanded"),
        ("“The tram is safe,” the mayor said.", "asserted"),
        ("The mayor rebuffed the claim.", "denied"),
        ("The mayor dismissed the claim.", "denied"),
        ("The mayor asked for nine boats.", "demanded"),
        ("The mayor intends to rebuild.", "promised"),
        ("The mayor wondered whether the tram was safe.", "asked"),
        ("“Lift the gates,” the mayor said.", "demanded"),
        ("“We will open nine schools,” the mayor said.", "promised"),
        ("“I will never forget it,” the mayor said.", "asserted"),
        ("“I never paid,” the mayor asked to be noted.", "asserted"),
        ("“Never open that gate,” the mayor said.", "demanded"),
        ("“Walk home with a friend,” the mayor said.", "demanded"),
        ("The mayor asks that residents boil it.", "demanded"),
        ("“Walks are good for the heart,” the mayor said.", "asserted"),
    ],
)
def test_mood(text: str, mood: str):
    assert only(text).claim.mood == mood


def test_the_article_s_own_question_is_asked():
    assert [one.mood for one in extract("Who paid? The mayor left.")] == ["asked", "asserted"]


def test_a_question_that_a_quotation_tells_of_is_asked():
    text = "“I asked them twice whether the tram was safe,” the mayor said."
    assert {one.mood for one in extract(text) if one.within is not None} == {"asked"}
