"""The sentence in which a claim stands, and who else speaks in it."""

import pytest

from claims.models import Claim
from claims.queries.review.scopes import others_of_speaker, sentence_of
from tests.models import rows

BODY = "The bridge is shut. Ada Venn said so on Monday.\nBoats still sail.\n\nNobody was hurt"


@pytest.mark.parametrize(
    ("spans", "sentence"),
    [
        (["bridge"], "The bridge is shut."),
        (["The bridge is shut."], "The bridge is shut."),
        (["Ada Venn"], "Ada Venn said so on Monday."),
        (["bridge", "Monday"], "The bridge is shut. Ada Venn said so on Monday."),
        (["Boats"], "Boats still sail."),
        (["Nobody"], "Nobody was hurt"),
        (["hurt"], "Nobody was hurt"),
    ],
)
def test_it_is_the_sentence_or_those_over_which_the_claim_goes(spans, sentence):
    places = [[BODY.index(words), BODY.index(words) + len(words)] for words in spans]
    start, end = sentence_of(BODY, places)
    assert BODY[start:end].strip() == sentence


def test_other_sources_of_the_sentence_are_named_by_name_and_no_other_texts(
    editor, text, scopes_in_text
):
    own, *others = (rows.source(name) for name in ("Ada Venn", "Zoe Marsh", "Bo Lind"))
    first = rows.claim(text, 0, source=own)
    for start, source in enumerate([*others, own], start=5):
        rows.claim(text, start, source=source)
    elsewhere = rows.claim(rows.revision(editor), 5, source=own)
    found = scopes_in_text(first)
    assert found.also == ["Bo Lind", "Zoe Marsh"]
    assert (len(found.sentence), found.speaker) == (3, 1)
    assert elsewhere.pk not in {*found.sentence, *others_of_speaker(first)}
    Claim.objects.filter(source=own).exclude(pk=first.pk).update(dismissed=True)
    assert scopes_in_text(first).speaker == 0
