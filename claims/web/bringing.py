"""Articles brought to the desk as files: each is read, split and kept, or said why not."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import permission_required
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from claims import ingest
from claims.actions import import_article, signed_in
from claims.errors import WorkbenchError
from claims.ingest.types import ArticleDraft
from claims.models import Article
from claims.web.problems import message_of


@dataclass(frozen=True)
class Brought:
    """What became of one.

    Attributes:
        name: of the file.
        article: the article that it is, or the one that has its address.
        created: whether it is new here.
        draft: what was read, where it is to be a new text of the article; else None.
        problem: why it is not here; "" if it is.
    """

    name: str
    article: Article | None = None
    created: bool = False
    draft: ArticleDraft | None = None
    problem: str = ""


@require_POST
@permission_required("claims.add_article", raise_exception=True)
def bring_files(request: HttpRequest) -> HttpResponse:
    """Keep the articles of some files. For htmx the lines of the list alone."""
    actor = signed_in(request.user)
    brought = [_bring(actor, file) for file in request.FILES.getlist("files")]
    return _answer(request, brought)


def _bring(actor: User, file: Any) -> Brought:
    name = file.name or ""
    try:
        draft = ingest.read(file, name=name)
        there = _of_same_address(draft)
        if there is not None:
            return Brought(name, article=there, draft=draft)
        imported = import_article(actor=actor, draft=draft)
    except WorkbenchError as error:
        return Brought(name, problem=message_of(error))
    return Brought(name, article=imported.article, created=imported.created)


def _of_same_address(draft: ArticleDraft) -> Article | None:
    """The article that was published where this one was, if it has another text."""
    if not draft.url:
        return None
    found = Article.objects.filter(url=draft.url).order_by("-pk").first()
    if found is None or found.current_revision().body == draft.body:
        return None
    return found


def _answer(request: HttpRequest, brought: list[Brought]) -> HttpResponse:
    part = request.htmx  # type: ignore[attr-defined]
    template = "articles/brought.html" if part else "articles/brought_page.html"
    return render(request, template, {"brought": brought})
