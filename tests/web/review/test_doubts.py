"""What the splitter is not sure of: shown with the claim until an editor has settled it."""

import pytest
from django.test import Client

from claims.actions import (
    COMMAND,
    change_source,
    enter_record,
    merge_sources,
    receive_article,
    reword_claim,
    undo_change,
)
from claims.choices import SourceKind
from claims.extraction.types import Claim as ProposedClaim
from claims.extraction.types import Speaker
from claims.ingest.types import ArticleDraft
from claims.models import Change, Claim
from tests.models import rows

BODY = "He said it would open in May."


@pytest.fixture
def doubtful(editor) -> Claim:
    """A claim as the splitter proposes it when it can only guess who "he" is, and not what "it" is."""
    speaker = Speaker(
        "Tom Lind", SourceKind.MINISTER, "the minister", mention="He", named=True, confidence=0.6
    )
    proposed = ProposedClaim(
        content=((8, 28),),
        statement="It would open in May",
        quotation="indirect",
        attribution=0,
        source=((0, 2),),
        cue=((3, 7),),
        speaker=speaker,
        unresolved=("It",),
    )
    draft = ArticleDraft(headline="Bridges", body=BODY)
    receive_article(actor=editor, draft=draft, policy=COMMAND, claims=[proposed])
    return Claim.objects.get()


def _page(desk: Client, claim: Claim) -> str:
    return " ".join(desk.get(claim.get_absolute_url(), follow=True).content.decode().split())


def test_doubts_are_told_in_the_articles_words(desk, doubtful):
    page = _page(desk, doubtful)
    assert "Uncertain: the article says “He”." in page
    assert "It is not clear what “It” refers to." in page


def test_a_sure_source_and_a_whole_statement_have_none(desk, claim):
    page = _page(desk, claim)
    assert "Uncertain:" not in page
    assert "It is not clear" not in page


def test_saving_the_same_source_confirms_it_and_undo_brings_the_doubt_back(desk, doubtful, editor):
    change_source(
        actor=editor,
        claim_id=doubtful.pk,
        version=doubtful.version,
        source=doubtful.source,
        role="the minister",
    )
    assert "Uncertain:" not in _page(desk, doubtful)
    undo_change(actor=editor, change_id=Change.objects.latest("pk").pk)
    assert "Uncertain:" in _page(desk, doubtful)


def test_a_reworded_statement_is_clear(desk, doubtful, editor):
    reword_claim(
        actor=editor,
        claim_id=doubtful.pk,
        version=doubtful.version,
        statement="The bridge would open in May",
    )
    assert "It is not clear" not in _page(desk, doubtful)


def test_a_source_without_words_of_its_own_is_uncertain_all_the_same(desk, doubtful):
    Claim.objects.update(mention="")
    page = _page(desk, doubtful)
    assert "</span> Uncertain</span>" in page
    assert "the article says" not in page


def test_data_entry_settles_the_source_and_a_merge_of_sources_does_not(desk, doubtful, editor):
    merge_sources(actor=editor, source=doubtful.source, into=rows.source("Thomas Lind"))
    doubtful.refresh_from_db()
    assert "Uncertain:" in _page(desk, doubtful)
    doubtful.source = rows.source("Bo Tarn")
    enter_record(actor=editor, record=doubtful, fields=["source"])
    assert "Uncertain:" not in _page(desk, doubtful)
