"""Articles brought to the desk as files or by their address: each is read, split and kept, or said why not."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib.auth.decorators import permission_required
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from claims import ingest
from claims.actions import article_at, import_article, of_same_address, signed_in
from claims.errors import WorkbenchError
from claims.ingest.types import ArticleDraft
from claims.models import Article
from claims.web.problems import message_of


@dataclass(frozen=True)
class Brought:
    """What became of one.

    Attributes:
        name: of the file, or the address.
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
    brought = [
        _bring(actor, file.name or "", partial(_read, file))
        for file in request.FILES.getlist("files")
    ]
    return _answer(request, brought)


def _read(file: Any) -> ArticleDraft:
    return ingest.read(file, name=file.name or "")


@require_POST
@permission_required("claims.add_article", raise_exception=True)
def bring_address(request: HttpRequest) -> HttpResponse:
    """Fetch the article at an address and keep it."""
    actor, address = signed_in(request.user), request.POST.get("address", "").strip()
    return _answer(request, [_bring(actor, address, partial(article_at, address))])


def _bring(actor: User, name: str, read: Callable[[], ArticleDraft]) -> Brought:
    try:
        draft = read()
        there = of_same_address(draft)
        if there is not None:
            return Brought(name, article=there, draft=draft)
        imported = import_article(actor=actor, draft=draft)
    except WorkbenchError as error:
        return Brought(name, problem=message_of(error))
    return Brought(name, article=imported.article, created=imported.created)


def _answer(request: HttpRequest, brought: list[Brought]) -> HttpResponse:
    part = request.htmx  # type: ignore[attr-defined]
    template = "articles/brought.html" if part else "articles/brought_page.html"
    return render(request, template, {"brought": brought})
