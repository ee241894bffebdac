import pytest

from claims.choices import SourceKind
from claims.extraction import extract
from claims.extraction.lexicons.source_kinds import kinds
from claims.extraction.lexicons.titles import titles
from tests.extraction.reading import only, reported


def last(text: str):
    return reported(text)[-1]


@pytest.mark.parametrize(
    ("text", "name", "kind", "role"),
    [
        (
            "The interior minister, Ilse Brandt, said the road was open.",
            "Ilse Brandt",
            "minister",
            "the interior minister",
        ),
        (
            "Dep Insp Gen Tarek Voss said the road was open.",
            "Tarek Voss",
            "police-military",
            "Dep Insp Gen",
        ),
        (
            "Oona Harl, the province’s spokesperson, said the road was open.",
            "Oona Harl",
            "spokesperson",
            "the province’s spokesperson",
        ),
        (
            "Opposition councillor Tarek Voss said the road was open.",
            "Tarek Voss",
            "lawmaker",
            "Opposition councillor",
        ),
        (
            "Economy Minister Ilse Brandt said the road was open.",
            "Ilse Brandt",
            "minister",
            "Economy Minister",
        ),
        (
            "Chief Executive Agda Pell said the road was open.",
            "Agda Pell",
            "company",
            "Chief Executive",
        ),
        ("One of the officials said the road was open.", "One of the officials", "official", ""),
        ("Officials said the road was open.", "Officials", "official", ""),
        (
            "A spokesman for the army said the road was open.",
            "spokesman for the army",
            "spokesperson",
            "",
        ),
        ("The driver's lawyer said the road was open.", "driver's lawyer", "spokesperson", ""),
        ("Investigators said the road was open.", "Investigators", "police-military", ""),
        ("The court said the road was open.", "court", "court", ""),
        ("Residents said the road was open.", "Residents", "witness", ""),
        ("The rebels said the road was open.", "rebels", "armed-group", ""),
        ("Reuters reported that the road was open.", "Reuters", "media", ""),
        ("The report says the road was open.", "report", "document", ""),
        ("Sources said the road was open.", "Sources", "unnamed", ""),
        ("The airline said the road was open.", "airline", "company", ""),
        ("The charity said the road was open.", "charity", "organisation", ""),
        ("Oona Harl said the road was open.", "Oona Harl", "other", ""),
        ("Mr Harl said the road was open.", "Harl", "other", ""),
        ("One of them, Tom Ade, said the road was open.", "Tom Ade", "other", "one of them"),
        (
            "Police and residents said the road was open.",
            "Police and residents",
            "police-military",
            "",
        ),
    ],
)
def test_name_kind_and_role_there_and_then(text: str, name: str, kind: str, role: str):
    one = only(text)
    assert (one.speaker, one.kind, one.role) == (name, kind, role)


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        (
            "Ilse Brandt, the mayor, opened the tram. She said it was safe.",
            "Ilse Brandt",
            "official",
        ),
        (
            "The mayor, Ilse Brandt, opened the tram. It was safe, Brandt said.",
            "Ilse Brandt",
            "official",
        ),
        (
            "The mayor, Ilse Brandt, opened the tram. The mayor said it was safe.",
            "Ilse Brandt",
            "official",
        ),
        (
            "The mayor, Ilse Brandt, met a driver, Mr Tarek Voss. She said the tram was safe.",
            "Ilse Brandt",
            "official",
        ),
        ("Ilse Brandt, who called the tram safe, said it had new brakes.", "Ilse Brandt", "other"),
        (
            "The Fen Army, a rebel group, burned the mill. The group said it had acted alone.",
            "Fen Army",
            "armed-group",
        ),
        (
            "The Fen Army, a rebel group, burned the mill. They said they had acted alone.",
            "Fen Army",
            "armed-group",
        ),
        (
            "The Harbour Workers Union (HWU) met on Monday. HWU said the strike was over.",
            "Harbour Workers Union",
            "organisation",
        ),
        (
            "Coastguard chief Leena Roy said the vessel, the Star of Aldmere, had sunk. She said it was full.",
            "Leena Roy",
            "police-military",
        ),
        ("Mr Tarek Voss met Ilse Brandt. She said the tram was safe.", "Ilse Brandt", "other"),
        ("The minister said the road was open.", "minister", "minister"),
    ],
)
def test_mention_stands_for_the_article_s_source(text: str, name: str, kind: str):
    one = last(text)
    assert (one.speaker, one.kind) == (name, kind)


def test_mention_keeps_the_words_of_the_place():
    one = last("Ilse Brandt, the mayor, opened the tram. “It is safe,” she said.")
    assert one.claim.speaker is not None
    assert (one.source, one.claim.speaker.mention) == ("she", "she")


def test_their_spokesman_carries_the_group_s_name():
    one = last("The Fen Army burned the mill. Their spokesman said more would follow.")
    assert (one.speaker, one.kind) == ("Fen Army’s spokesman", "spokesperson")


def test_every_kind_of_the_lexicon_is_a_source_kind_and_has_a_word():
    known = {head.kind for head in kinds().heads.values()} - {""}
    assert known == set(SourceKind.values)
    assert set(kinds().names.values()) | set(titles().kinds.values()) - {""} <= known
    assert set(kinds().alone.values()) <= known


def test_a_description_is_not_that_of_a_month_before_it():
    (claim,) = extract("The bridge stays shut until May, the transport minister, Ada Venn, said.")
    assert claim.speaker is not None
    assert (claim.speaker.name, claim.speaker.kind) == ("Ada Venn", "minister")
