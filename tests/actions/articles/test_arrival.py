"""An article comes in: what becomes of it by each way in, whatever of it is here already.

Each way is taken from its outside: a page, the worker, a command. So the table below is what a person notices.
"""

import json
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import NamedTuple

import pytest
from django.contrib.auth.models import User
from django.contrib.messages import get_messages
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from claims.actions.intake.processing import process_item
from claims.choices import JobStatus
from claims.ingest.types import ArticleDraft
from claims.models import Article, Feed, IntakeItem, Revision

pytestmark = pytest.mark.django_db

HERE = "https://courier.example.org/ferry"
EARLIER = "The ferry to Marrow Quay will sail on Sunday from the old pier, officials said."
CURRENT = "The ferry to Marrow Quay will sail on Monday from the new pier, officials said."
HEADLINE = "Ferry to Marrow Quay"

ARTICLE = ArticleDraft(headline=HEADLINE, body=CURRENT, url=HERE)
CASES = {
    "new": ArticleDraft(headline="Rain", body="It rained on Ostrey.", url=f"{HERE}/rain"),
    "current": ARTICLE,
    "current, written with another address": ArticleDraft(
        headline=HEADLINE, body=CURRENT, url=f"{HERE}/?utm_source=letter"
    ),
    "current under a new headline": ArticleDraft(headline="Monday", body=CURRENT, url=HERE),
    "current under an earlier headline": ArticleDraft(headline="Sunday", body=CURRENT, url=HERE),
    "earlier": ArticleDraft(headline=HEADLINE, body=EARLIER, url=HERE),
    "different": ArticleDraft(headline=HEADLINE, body="No ferry will sail, she said.", url=HERE),
    "near-duplicate": ArticleDraft(headline="Ferry", body=f"{CURRENT} It is a start.", url=""),
    "same text elsewhere": ArticleDraft(headline="Ferry", body=CURRENT, url=f"{HERE}/copy"),
}


class Effect(NamedTuple):
    """What is more afterwards, and what the way in says."""

    articles: int = 0
    revisions: int = 0
    renamed: bool = False
    asked: bool = False
    said: str = ""


ALREADY = "This article is already here. Nothing was added."
RESEMBLES = "This resembles an article already here. Nothing has been saved yet."
LEFT = (
    "left unchanged: article {pk} has the same address but a different text. "
    "Compare them on its page, under New version."
)
COUNTS = "0 of 1 claims unchanged, 1 withdrawn, 0 to review, 1 new"

CREATED = Effect(articles=1, revisions=1)
ASKED = Effect(asked=True)
KNOWN = Effect()
SAME_TEXT = (
    "current",
    "current, written with another address",
    "current under a new headline",
    "current under an earlier headline",
)


def _saying(effect: Effect, said: str) -> Effect:
    return effect._replace(said=said)


def _row(
    *, new: Effect, near: Effect, same: Effect, earlier: Effect, different: Effect
) -> dict[str, Effect]:
    return {
        "new": new,
        **dict.fromkeys(SAME_TEXT, same),
        "earlier": earlier,
        "different": different,
        "near-duplicate": near,
        # A text that another article has may be a copy of it, as agencies send them: it is an article of its own.
        "same text elsewhere": new,
    }


_IN, _THERE = _saying(CREATED, "done, new"), _saying(KNOWN, "done, known")
_TOLD = _saying(CREATED, "imported"), _saying(KNOWN, "already here")

TABLE = {
    "pasted": _row(
        new=CREATED,
        near=_saying(ASKED, RESEMBLES),
        same=_saying(KNOWN, ALREADY),
        earlier=_saying(ASKED, RESEMBLES),
        different=_saying(ASKED, RESEMBLES),
    ),
    "accepted unseen": _row(
        new=_IN,
        near=_IN,
        same=_THERE,
        earlier=_saying(ASKED, "preview"),
        different=_saying(ASKED, "preview"),
    ),
    "accepted as seen": _row(new=_IN, near=_IN, same=_THERE, earlier=_IN, different=_IN),
    "feed": _row(new=_IN, near=_IN, same=_THERE, earlier=_THERE, different=_THERE),
    "command": _row(
        new=_TOLD[0],
        near=_TOLD[0],
        same=_TOLD[1],
        earlier=_TOLD[1],
        different=_saying(KNOWN, LEFT),
    ),
    "command, updating": _row(
        new=_TOLD[0],
        near=_TOLD[0],
        same=_TOLD[1],
        earlier=_TOLD[1],
        different=Effect(revisions=1, said=f"updated: article {{pk}} has a new version: {COUNTS}"),
    )
    | {
        "current under a new headline": Effect(
            renamed=True, said="updated: article {pk} has a new headline"
        )
    },
}


def _pasted(desk: Client, draft: ArticleDraft) -> str:
    fields = {"headline": draft.headline, "text": draft.body, "url": draft.url, "language": "en"}
    answer = desk.post(reverse("new-article"), fields)
    said = " ".join(map(str, get_messages(answer.wsgi_request)))
    asked = IntakeItem.objects.first()
    article = Article.objects.order_by("pk").last()
    assert answer["Location"] == (
        reverse("intake", args=[asked.pk]) if asked else article.get_absolute_url()
    )
    return said


def _held(actor: User, draft: ArticleDraft, **fields: object) -> IntakeItem:
    intake = IntakeItem(actor=actor, **fields)
    intake.hold(draft)
    intake.save()
    return intake


def _told(intake: IntakeItem) -> str:
    intake.refresh_from_db()
    # Where nothing is made, there is one article.
    assert intake.article == Article.objects.order_by("pk").last()
    if intake.status == JobStatus.PREVIEW:
        assert (intake.auto_accept, bool(intake.duplicate_reason)) == (False, True)
        return "preview"
    return f"{intake.status}, {'new' if intake.created else 'known'}"


def _accepted_unseen(desk: Client, draft: ArticleDraft) -> str:
    intake = _held(User.objects.get(username="edda"), draft, auto_accept=True)
    process_item.enqueue(intake.pk)
    return _told(intake)


def _accepted_as_seen(desk: Client, draft: ArticleDraft) -> str:
    intake = _held(User.objects.get(username="edda"), draft, status=JobStatus.PREVIEW)
    desk.post(reverse("accept-item", args=[intake.pk]))
    return _told(intake)


def _from_feed(desk: Client, draft: ArticleDraft) -> str:
    feed = Feed.objects.create(address="https://courier.example.org/feed.xml")
    intake = _held(User.objects.get(username="edda"), draft, auto_accept=True, feed=feed)
    process_item.enqueue(intake.pk)
    return _told(intake)


def _command(folder: Path, *drafts: ArticleDraft, update: bool) -> str:
    path, out = folder / "articles.jsonl", StringIO()
    lines = ({"headline": each.headline, "body": each.body, "url": each.url} for each in drafts)
    path.write_text("\n".join(map(json.dumps, lines)))
    call_command("import_articles", str(path), stdout=out, update=update, verbosity=2, processes=1)
    told = [line.partition(": ")[2] for line in out.getvalue().splitlines() if line[0] == "["]
    return told[-1]


@pytest.fixture
def ferry(tmp_path, db) -> Article:
    """An article of two versions and two headlines."""
    first = ArticleDraft(headline="Sunday", body=EARLIER, url=HERE)
    _command(tmp_path, first, ARTICLE, update=True)
    return Article.objects.get()


@pytest.fixture
def desk(client: Client, editor: User) -> Client:
    client.force_login(editor)
    return client


@pytest.fixture
def ways(desk, tmp_path) -> dict[str, Callable[[ArticleDraft], str]]:
    return {
        "pasted": lambda draft: _pasted(desk, draft),
        "accepted unseen": lambda draft: _accepted_unseen(desk, draft),
        "accepted as seen": lambda draft: _accepted_as_seen(desk, draft),
        "feed": lambda draft: _from_feed(desk, draft),
        "command": lambda draft: _command(tmp_path, draft, update=False),
        "command, updating": lambda draft: _command(tmp_path, draft, update=True),
    }


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("way", TABLE)
def test_what_becomes_of_it(way, case, ways, ferry):
    expected = TABLE[way][case]
    said = ways[way](CASES[case])
    articles, revisions = Article.objects.count() - 1, Revision.objects.count() - 2
    current = ferry.current_revision().body
    ferry.refresh_from_db()
    asked = IntakeItem.objects.filter(status=JobStatus.PREVIEW, article=ferry).exists()
    found = Effect(articles, revisions, ferry.headline != HEADLINE, asked, said)
    assert found == _saying(expected, expected.said.format(pk=ferry.pk))
    is_revised = expected.revisions > expected.articles
    assert current == (CASES[case].body if is_revised else CURRENT)
