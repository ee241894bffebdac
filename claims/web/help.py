"""Help: the manual, page by page, and a search in it."""

from collections.abc import Iterator, Mapping, MutableMapping, Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_GET
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import OptionsDict

from claims.queries.help import MARKDOWN, ManualPage, find_passages, manual, manual_page, words_of


@require_GET
def help_page(request: HttpRequest, name: str = "") -> HttpResponse:
    """Show a page of the manual, or the search results from all pages.

    Args:
        request: `q` is what to search for.
        name: the page's name; "" for the index.
    """
    page = manual_page(name)
    if page is None:
        raise Http404
    typed = request.GET.get("q", "").strip()
    context: dict[str, Any] = {"page": page, "pages": manual(), "typed": typed}
    if typed:
        return render(request, "help/found.html", {**context, "found": find_passages(typed)})
    pages = list(manual())
    here = pages.index(page)
    context |= {
        "html": _html(page),
        "headings": [
            (words_of(inline), token.attrs["id"])
            for token, inline in pairwise(page.tokens)
            if token.type == "heading_open" and token.tag == "h2"
        ],
        "before": pages[here - 1] if here else None,
        "after": pages[here + 1] if here + 1 < len(pages) else None,
    }
    return render(request, "help/page.html", context)


@require_GET
def help_of_keys(request: HttpRequest) -> HttpResponse:
    """Show the keys that the reader may use."""
    return render(request, "help/keys.html", {"page": None, "pages": manual(), "typed": ""})


@cache
def _html(page: ManualPage) -> SafeString:
    """A page as HTML. The renderer escapes all text and drops any HTML."""
    renderer = _Renderer(MARKDOWN)
    env: MutableMapping[str, Any] = {"page": page, "pages": {one.path: one for one in manual()}}
    return SafeString(renderer.render(page.tokens, MARKDOWN.options, env))


class _Renderer(RendererHTML):
    """Markdown as HTML, with the addresses of this site. HTML within the Markdown is left out."""

    def html_block(self, *_given: Any) -> str:
        return ""

    def html_inline(self, *_given: Any) -> str:
        return ""

    def table_open(self, *_given: Any) -> str:
        return '<div class="table-container" tabindex="0"><table>'

    def table_close(self, *_given: Any) -> str:
        return "</table></div>"

    def td_open(self, tokens: Sequence[Token], idx: int, *_rest: Any) -> str:
        # Columns of numbers need a class: inline styles are not allowed on any page.
        is_number = "right" in str(tokens[idx].attrs.get("style", ""))
        return f'<{tokens[idx].tag} class="number">' if is_number else f"<{tokens[idx].tag}>"

    th_open = td_open

    def image(
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: MutableMapping[str, Any]
    ) -> str:
        token = tokens[idx].copy()
        token.attrs = {"alt": "", "src": static(f"docs/{token.attrs['src']}"), "loading": "lazy"}
        return super().image([token], 0, options, env)

    def renderInline(  # noqa: N802 - the name of the method that it extends
        self, tokens: Sequence[Token], options: OptionsDict, env: MutableMapping[str, Any]
    ) -> str:
        return super().renderInline(list(_with_addresses(tokens, env)), options, env)


def _with_addresses(tokens: Sequence[Token], env: Mapping[str, Any]) -> Iterator[Token]:
    """The tokens, with links to pages of the manual; those to other files of the project are left out."""
    is_open = True
    for token in tokens:
        if token.type == "link_open":
            address = _address(str(token.attrs["href"]), env["page"], env["pages"])
            is_open = address is not None
            if is_open:
                yield token.copy(attrs={"href": address})
        elif token.type != "link_close" or is_open:
            yield token


def _address(target: str, page: ManualPage, pages: Mapping[Path, ManualPage]) -> str | None:
    """The address that a link on a page leads to; None for a file that is not in the manual."""
    parts = urlsplit(target)
    if parts.scheme or not parts.path:
        return target
    linked = pages.get((page.path.parent / parts.path).resolve())
    if linked is None:
        return None
    return address_of(linked) + f"#{parts.fragment}" * bool(parts.fragment)


def address_of(page: ManualPage) -> str:
    """Return the address of a page of the manual."""
    return reverse("help-page", args=[page.name]) if page.name else reverse("help")
