"""A whole wire report, retold, with everything that makes such reports hard in one place."""

import pytest

from tests.extraction.reading import Read, read

ARTICLE = """\
Fighting went on in the Pakistani city of Karachi late on Friday after armed men broke into the police headquarters.
Shots rang out across the port, and a loud blast shook the station.
“They used a rocket on the gate,” the interior minister, Rana Sanaullah, told Samaa TV. “Terrorists are armed with grenades and other weapons.”
Marksmen lay on nearby roofs and the lights of the quarter were put out.
At least two men were shot dead and several others hurt, officials said. There were also reports that policemen had been seized by the attackers.
The Pakistani Taliban, or Tehreek-e-Taliban Pakistan (TTP), took responsibility for the raid in a message sent by their spokesperson to journalists.
Sharjeel Memon, the Sindh province’s spokesperson, said the gunmen had been encircled although shots were still being fired.
“Can’t exactly tell how many terrorists have entered but there are at least more than five,” Dep Insp Gen Irfan Baloch told Reuters.
The police are often attacked by militants.
Investigators blamed an offshoot of the Pakistani Taliban for the 31 January bombing of a mosque in Peshawar.
The TTP and the Afghan Taliban have common roots."""


@pytest.fixture(scope="module", params=["both", "rules"])
def found(request) -> list[Read]:
    return read(ARTICLE, request.param)


def by(found: list[Read], content: str) -> Read:
    return next(one for one in found if content in one.content and one.claim.within is None)


def test_both_sentences_of_the_minister_are_his(found):
    for content in ("They used a rocket on the gate", "Terrorists are armed with grenades"):
        one = by(found, content)
        assert (one.speaker, one.kind, one.role) == (
            "Rana Sanaullah",
            "minister",
            "the interior minister",
        )
        assert (one.claim.told_to, one.claim.quotation, one.cue) == ("Samaa TV", "direct", "told")


def test_officials_make_two_claims_that_read_alone(found):
    dead, hurt = (one for one in found if one.source == "officials")
    assert dead.claim.statement == "At least two men were shot dead"
    assert hurt.claim.statement == "Several others were hurt"
    assert dead.claim.attribution == hurt.claim.attribution
    assert (dead.speaker, dead.kind) == ("officials", "official")


def test_hostages_come_from_unnamed_reports(found):
    one = by(found, "policemen had been seized")
    assert one.content == "policemen had been seized by the attackers"
    assert (one.speaker, one.kind) == ("reports", "unnamed")


def test_responsibility_is_taken_through_the_group_s_spokesperson(found):
    one = by(found, "took responsibility")
    assert (one.source, one.speaker) == ("their spokesperson", "Pakistani Taliban’s spokesperson")
    assert (one.kind, one.claim.told_to) == ("spokesperson", "journalists")


def test_province_s_spokesperson_says_two_things(found):
    ours = [one for one in found if one.speaker == "Sharjeel Memon"]
    assert [one.content for one in ours] == [
        "the gunmen had been encircled",
        "shots were still being fired",
    ]
    assert {(one.kind, one.role) for one in ours} == {
        ("spokesperson", "the Sindh province’s spokesperson")
    }


def test_rank_is_no_part_of_the_name(found):
    one = by(found, "exactly tell")
    assert (one.speaker, one.kind, one.role, one.claim.told_to, one.claim.quotation) == (
        "Irfan Baloch",
        "police-military",
        "Dep Insp Gen",
        "Reuters",
        "direct",
    )


def test_investigators_blame(found):
    one = by(found, "offshoot of the Pakistani Taliban")
    assert (one.speaker, one.kind, one.cue) == ("Investigators", "police-military", "blamed")


def test_everything_else_is_the_article_s_own_voice(found):
    told = [one for one in found if one.claim.quotation == "narration"]
    assert [one.content for one in told] == [
        "Fighting went on in the Pakistani city of Karachi late on Friday after armed men broke into the police headquarters",
        "Shots rang out across the port",
        "a loud blast shook the station",
        "Marksmen lay on nearby roofs",
        "the lights of the quarter were put out",
        "The police are often attacked by militants",
        "The TTP and the Afghan Taliban have common roots",
    ]
    assert all(one.claim.speaker is None and not one.source and not one.cue for one in told)
