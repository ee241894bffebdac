"""The demo's retelling of a real report: what the newcomer sees first must be right."""

import pytest

from claims.ingest import read as read_file
from tests.extraction.reading import Read, read
from workbench.settings.base import BASE_DIR

SEED = BASE_DIR / "seeds" / "karachi-police-office.md"


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
        ("They were still firing", "Sharjeel Memon", "spokesperson", ""),
        ("The fight was not over", "Sharjeel Memon", "spokesperson", ""),
        (
            "Can’t exactly tell how many terrorists have entered but there are at least more than five",
            "Irfan Baloch",
            "police-military",
            "Reuters",
        ),
        (
            (
                "Investigators blamed an affiliate of the Pakistani Taliban for the blast of 31 January, "
                "which hit a mosque in a police compound in Peshawar"
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
