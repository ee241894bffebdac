"""Pages of other sites, brought to the form of new articles: by a bookmarklet, or by the share menu of a phone."""

import json
import re
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

NAME = "Claim Workbench"
THEME = "#22303c"
"""The colour of the header, as in tokens.css."""

LONGEST = 6_000
"""Characters of a selection, encoded. Servers and proxies take addresses of some 8,000."""

_LIMITS = {"title": 300, "url": 2_000, "text": LONGEST}
_ADDRESS = re.compile(r"https?://\S+")

# Its address is that of a link, where a browser replaces each sign of percentage: there is none.
_SCRIPT = (
    "javascript:(()=>{let t=String(getSelection());if(encodeURIComponent(t).length>%d)t='';"
    "open(%s+'?'+new URLSearchParams({title:document.title,url:location.href,text:t}),'_blank')})()"
)


class Shared(NamedTuple):
    """What a page brought along.

    Attributes:
        address: the address to fetch; "" if the text came with it.
        fields: what the form of a pasted article begins with.
    """

    address: str
    fields: dict[str, Any]


def shared_page(request: HttpRequest) -> Shared:
    """Return what another page brought to the form by its address, if any did.

    Text that was selected there is the article's. Without any, the page is to be fetched. Programs on phones often send the
    address of a page at the end of a text, and its title before.
    """
    sent = {name: request.GET.get(name, "").strip()[:most] for name, most in _LIMITS.items()}
    found = None if sent["url"] else _ADDRESS.search(sent["text"])
    if found:
        sent |= {
            "url": found[0],
            "text": "",
            "title": sent["title"] or sent["text"][: found.start()].strip(),
        }
    if not sent["text"]:
        return Shared(sent["url"], {})
    return Shared("", {"headline": sent["title"], "url": sent["url"], "text": sent["text"]})


@require_GET
def bookmarklet(request: HttpRequest) -> HttpResponse:
    """Explain how to bring in the page at hand, with the link to drag to the bookmarks."""
    place = request.build_absolute_uri(reverse("new-article"))
    script = _SCRIPT % (LONGEST, json.dumps(place))
    return render(request, "intake/bookmarklet.html", {"script": script})


@require_GET
def manifest(_request: HttpRequest) -> HttpResponse:
    """Return what a browser needs to install the desk, and to offer it where pages are shared."""
    icons = [
        {"src": static("claims/icon.svg"), "sizes": "any", "type": "image/svg+xml"},
        *(
            {"src": static(f"claims/icon-{n}.png"), "sizes": f"{n}x{n}", "type": "image/png"}
            for n in (192, 512)
        ),
    ]
    told = {
        "id": reverse("dashboard"),
        "name": NAME,
        "short_name": _("Claims"),
        "lang": get_language(),
        "start_url": reverse("dashboard"),
        "scope": reverse("dashboard"),
        "display": "minimal-ui",
        "theme_color": THEME,
        "background_color": THEME,
        "icons": icons,
        "share_target": {
            "action": reverse("new-article"),
            "method": "GET",
            "params": {"title": "title", "text": "text", "url": "url"},
        },
    }
    return JsonResponse(told, content_type="application/manifest+json")
