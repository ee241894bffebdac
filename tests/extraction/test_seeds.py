"""The demo's articles: what newcomers see first must be right, and every claim must be a real claim."""

import pytest

from claims.ingest import read as read_file
from tests.extraction.reading import Read, read
from workbench.settings.base import BASE_DIR

SEEDS = sorted((BASE_DIR / "seeds").glob("*.md"))
SEED = BASE_DIR / "seeds" / "karachi-police-office.md"
FEWEST_WORDS = 4
"""A checkable claim with fewer words, such as “It could”, says nothing on its own in a list."""


@pytest.fixture(scope="module", params=["both", "rules"])
def found(request) -> list[Read]:
    with SEED.open("rb") as stream:
        return read(read_file(stream, name=SEED.name).body, request.param)


def test_every_reported_claim_has_its_source(found):
    assert [
        (one.claim.statement, one.speaker, one.kind, one.claim.told_to)
        for one in found
        if one.speaker
    ] == [
        ("They used a rocket on the gate", "Rana Sanaullah", "minister", "Samaa TV"),
        (
            "Terrorists are armed with grenades and other weapons",
            "Rana Sanaullah",
            "minister",
            "Samaa TV",
        ),
        ("At least two people had died", "officials", "official", ""),
        ("Several more had been wounded", "officials", "official", ""),
        ("The gunmen had taken hostages", "reports", "unnamed", ""),
        (
            "The Pakistani Taliban, also known as Tehreek-e-Taliban Pakistan (TTP), took responsibility",
            "Pakistani Taliban’s spokesperson",
            "spokesperson",
            "journalists",
        ),
        ("The gunmen were encircled", "Sharjeel Memon", "spokesperson", ""),
        ("The gunmen were still firing", "Sharjeel Memon", "spokesperson", ""),
        ("The fight was not over", "Sharjeel Memon", "spokesperson", ""),
        (
            "Can’t exactly tell how many terrorists have entered",
            "Irfan Baloch",
            "police-military",
            "Reuters",
        ),
        ("There are at least more than five", "Irfan Baloch", "police-military", "Reuters"),
        (
            (
                "Investigators blamed an affiliate of the Pakistani Taliban for the bomb in the mosque, "
                "which went off in Peshawar on 31 January"
            ),
            "Investigators",
            "police-military",
            "",
        ),
    ]


def test_the_rest_is_the_article_s_own_voice(found):
    told = [one.claim for one in found if not one.speaker]
    assert {one.quotation for one in told} == {"narration"}
    assert len(told) == 15


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem)
def test_every_claim_says_something_when_it_stands_alone(path):
    with path.open("rb") as stream:
        claims = [one.claim for one in read(read_file(stream, name=path.name).body, "both")]
    short = {
        claim.statement
        for claim in claims
        if claim.checkable and len(claim.statement.split()) < FEWEST_WORDS
    }
    assert short == set()
