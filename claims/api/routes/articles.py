"""Articles: brought in, listed and read, with their inbox."""

from dataclasses import asdict
from itertools import islice
from typing import Annotated, Any, BinaryIO, cast

from django.contrib.auth.models import User
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import File, Form, Router, Status, UploadedFile

from claims import extraction, ingest
from claims.actions import PASTE, accept_item, discard_item, receive_article, request_fetch
from claims.actions import add_revision as revise
from claims.actions.articles.arrival import ArrivalResult, Decision
from claims.api.endpoints import endpoint, page, viewer_of
from claims.api.idempotency import once_slowly
from claims.api.schemas.articles import (
    ArticlePage,
    ArticleText,
    Inbox,
    InboxItem,
    NewArticle,
    NewArticleFile,
    NewText,
    Received,
    Revisions,
    article_data,
    item_data,
    revision_data,
)
from claims.api.schemas.base import Cursor, Id, Limit
from claims.api.splitting import one_at_a_time
from claims.errors import NotPossibleError, WorkbenchError
from claims.ingest import sandbox
from claims.ingest.types import ArticleDraft
from claims.models import Article, IntakeItem, Revision
from claims.models.articles import ArticleQuerySet
from claims.queries.articles.revisions import plan_revision

router = Router(tags=["articles"])

_OUTCOMES = {
    Decision.CREATE: "created",
    Decision.SKIP: "known",
    Decision.LEAVE: "known",
    Decision.REVISE: "revised",
    Decision.ASK: "inbox",
}


def _articles() -> ArticleQuerySet:
    return Article.objects.select_related("outlet", "desk")


@endpoint(router, "GET", "/articles", ArticlePage)
def list_articles(request: HttpRequest, cursor: Cursor = "", limit: Limit = 100) -> dict[str, Any]:
    """List articles, the last to come in first."""
    return page(_articles(), "-id", cursor, limit, lambda found: map(article_data, found))


@endpoint(
    router,
    "POST",
    "/articles",
    Received,
    status=201,
    once=once_slowly,
    status_200=Received,
    status_202=Received,
)
def create_article(request: HttpRequest, article: NewArticle) -> Status[dict[str, Any]]:
    """Bring in an article and split it into claims; or have the worker fetch one into the inbox.

    201: a new article. 200: it is here already. 202: it waits in the inbox, because a person is to look at it first or
    the worker has to fetch it.
    """
    actor = viewer_of(request)
    if article.fetch.strip():
        item = request_fetch(actor=actor, address=article.fetch.strip())
        return Status(202, {"outcome": "inbox", "article": None, "inbox_item": item_data(item)})
    return _brought(actor, ingest.draft(body=article.text, **article.known()))


# Before /articles/{pk}, which would take the word for an id.
@endpoint(
    router,
    "POST",
    "/articles/file",
    Received,
    status=201,
    once=once_slowly,
    status_200=Received,
    status_202=Received,
)
def create_article_from_file(
    request: HttpRequest, article: Form[NewArticleFile], file: Annotated[UploadedFile, File()]
) -> Status[dict[str, Any]]:
    """Bring in the article of a file, of any format that the inbox takes. The answers are those of `POST /articles`."""
    found = asdict(_article_in(file))
    body = found.pop("body")
    return _brought(viewer_of(request), ingest.draft(body=body, **{**found, **article.known()}))


def _article_in(file: UploadedFile) -> ArticleDraft:
    """Return the only article of a file.

    Raises:
        NotPossibleError: if it has several.
        WorkbenchError: if it cannot be read.
    """
    stream = cast("BinaryIO", file)
    first, *more = islice(sandbox.articles(stream, file.name or ""), 2)
    if more:
        raise NotPossibleError(why=_("the file has several articles. Send each in its own file."))
    if isinstance(first.found, WorkbenchError):
        raise first.found
    return first.found


def _brought(actor: User, draft: ArticleDraft) -> Status[dict[str, Any]]:
    with one_at_a_time():
        result = receive_article(actor=actor, draft=draft, policy=PASTE)
    return _received(result)


def _received(result: ArrivalResult) -> Status[dict[str, Any]]:
    outcome = _OUTCOMES[result.decision]
    told = {
        "outcome": outcome,
        "article": article_data(_articles().get(pk=result.article.pk)),
        "inbox_item": item_data(result.item) if result.item else None,
    }
    return Status({"created": 201, "inbox": 202}.get(outcome, 200), told)


@endpoint(router, "GET", "/articles/{pk}", ArticleText)
def get_article(request: HttpRequest, pk: Id) -> dict[str, Any]:
    """Return an article with its newest text. Its claims are `GET /claims?article=…&state=all`."""
    found = get_object_or_404(_articles(), pk=pk)
    current = found.current_revision()
    return article_data(found) | {
        "revision": current.number,
        "text": current.body,
        "sha256": current.digest,
    }


@endpoint(router, "GET", "/articles/{pk}/revisions", Revisions)
def list_revisions(request: HttpRequest, pk: Id) -> dict[str, Any]:
    """List all versions of an article's text, newest first."""
    found = get_object_or_404(Article, pk=pk)
    versions = Revision.objects.filter(article=found).order_by("-number")
    return {"items": list(map(revision_data, versions))}


@endpoint(router, "POST", "/articles/{pk}/revisions", Received, status=200, once=once_slowly)
def add_revision(request: HttpRequest, pk: Id, text: NewText) -> dict[str, Any]:
    """Give an article a new text. Claims whose words are unchanged keep their verdicts; the others are pending again."""
    found = get_object_or_404(_articles(), pk=pk)
    draft = ingest.draft(
        body=text.text, headline=text.headline or found.headline, language=found.language
    )
    with one_at_a_time():
        proposed = extraction.extract(draft.body, headline=draft.headline)
        plan = plan_revision(found.current_revision(), draft, proposed)
    if plan is not None:
        revise(
            actor=viewer_of(request), article=found, draft=draft, seen=plan.seen, claims=proposed
        )
    return {
        "outcome": "revised" if plan else "known",
        "article": article_data(_articles().get(pk=pk)),
    }


@endpoint(router, "GET", "/inbox", Inbox)
def list_inbox(request: HttpRequest) -> dict[str, Any]:
    """List what waits in the account's inbox, and what lately became of it."""
    return {"items": list(map(item_data, IntakeItem.objects.inbox(viewer_of(request))))}


@endpoint(router, "GET", "/inbox/{pk}", InboxItem)
def get_inbox_item(request: HttpRequest, pk: Id) -> dict[str, Any]:
    """Return one item of the inbox: whether it has been read, and what became of it."""
    return item_data(_own(request, pk))


@endpoint(
    router,
    "POST",
    "/inbox/{pk}/accept",
    Received,
    status=201,
    once=once_slowly,
    status_200=Received,
)
def accept_inbox_item(request: HttpRequest, pk: Id) -> Status[dict[str, Any]]:
    """Make what waits in the inbox an article, beside whatever it resembles."""
    item = _own(request, pk)
    with one_at_a_time():
        result = accept_item(actor=viewer_of(request), item_id=item.pk)
    return _received(result)


@endpoint(router, "DELETE", "/inbox/{pk}", None, status=204)
def discard_inbox_item(request: HttpRequest, pk: Id) -> Status[None]:
    """Remove an item from the inbox. An article that was made of it stays."""
    discard_item(actor=viewer_of(request), item_id=_own(request, pk).pk)
    return Status(204, None)


def _own(request: HttpRequest, pk: int) -> IntakeItem:
    return get_object_or_404(IntakeItem.objects.filter(actor=viewer_of(request), feed=None), pk=pk)
