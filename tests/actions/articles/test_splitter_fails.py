"""An article that the splitter fails on is marked as failed with a message, and the rest are processed."""

import pytest

from claims.actions import bring_in, keep_all, keep_intake
from claims.choices import Progress
from claims.errors import SplittingFailedError, from_data
from claims.extraction import pipeline
from claims.ingest.types import ArticleDraft
from claims.models import Article, Intake

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
    intakes = [bring_in(actor=editor, draft=draft) for draft in drafts]
    keep_all(actor=editor, intake_ids=[each.pk for each in intakes])
    work()
    assert sorted(Article.objects.values_list("headline", flat=True)) == ["a", "c"]
    failed = Intake.objects.get(progress=Progress.FAILED)
    assert failed.pk == intakes[1].pk
    assert str(from_data(failed.error)).startswith(
        "This article could not be split into claims because of an internal error (ValueError in "
    )
    assert BAD not in str(failed.error)


def test_the_desk_says_so(client, editor):
    client.force_login(editor)
    intake = bring_in(actor=editor, draft=ArticleDraft(headline="b", body=BAD))
    with pytest.raises(SplittingFailedError):
        keep_intake(actor=editor, intake_id=intake.pk)
    page = client.get(f"/intakes/{intake.pk}/")
    assert page.status_code == 500
    assert "This article could not be split into claims" in page.content.decode()
    assert not Article.objects.exists()
