"""An article that the splitter fails on is marked as failed with a message, and the rest are processed."""

import pytest

from claims.actions import accept_item, accept_items, add_to_inbox
from claims.choices import JobStatus
from claims.errors import SplittingFailedError, from_data
from claims.extraction import pipeline
from claims.ingest.types import ArticleDraft
from claims.models import Article, IntakeItem

pytestmark = pytest.mark.django_db
BAD = "Nobody can split this."


@pytest.fixture(autouse=True)
def _one_cannot_be_split(monkeypatch):
    """The splitter breaks down over one text, as it does where it has a fault."""
    detect = pipeline.detect

    def broken(text):
        if text == BAD:
            raise ValueError(text)
        return detect(text)

    monkeypatch.setattr(pipeline, "detect", broken)


def test_the_worker_says_which_and_keeps_the_others(work, editor):
    drafts = [
        ArticleDraft(headline=name, body=text)
        for name, text in (("a", "It rained."), ("b", BAD), ("c", "It snowed."))
    ]
    intakes = [add_to_inbox(actor=editor, draft=draft) for draft in drafts]
    accept_items(actor=editor, item_ids=[each.pk for each in intakes])
    work()
    assert sorted(Article.objects.values_list("headline", flat=True)) == ["a", "c"]
    failed = IntakeItem.objects.get(status=JobStatus.FAILED)
    assert failed.pk == intakes[1].pk
    assert str(from_data(failed.error)).startswith(
        "This article could not be split into claims because of an internal error (ValueError in "
    )
    assert BAD not in str(failed.error)


def test_the_desk_says_so(client, editor):
    client.force_login(editor)
    intake = add_to_inbox(actor=editor, draft=ArticleDraft(headline="b", body=BAD))
    with pytest.raises(SplittingFailedError):
        accept_item(actor=editor, item_id=intake.pk)
    page = client.get(f"/inbox/{intake.pk}/")
    assert page.status_code == 500
    assert "This article could not be split into claims" in page.content.decode()
    assert not Article.objects.exists()
