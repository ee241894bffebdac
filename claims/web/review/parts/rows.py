"""The rows of a review queue.

They are drawn here and not in a template, because five hundred of them took a template longer than all the rest of the page.
"""

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from claims.choices import AnchorStatus, ReviewStatus
from claims.queries.review.rows import Placed, QueuedClaim
from claims.web.components.template_tags import due, icon, label, state_label, verdict_icon
from claims.web.review.links import LinkedQueue

_ROW = (
    '<li id="row{pk}" class="row row--{state}"{oob} data-state="{state}" data-version="{version}"{gone}>{pick}'
    '<a href="{url}" hx-get="{part}" data-claim="{pk}"{current}>{icon}'
    '<span class="row__statement" id="said{pk}" dir="auto">{statement}</span>'
    '<span class="row__about"><span class="row__state">{words}</span> {speaker} {due}{known}</span></a></li>\n'
)
# Its name is made of words that the page has once, and of the statement beside it, which would otherwise be there twice.
_PICK = (
    '<span class="pick"><label><input type="checkbox" id="chosen{pk}" hx-preserve name="chosen" value="{pk}" form="change"'
    ' aria-labelledby="choose said{pk}"></label></span>'
)
_CURRENT = SafeString(' aria-current="true"')
_OOB = SafeString(' hx-swap-oob="true"')
_GONE = SafeString(" data-gone")


def queue_rows(
    queue: LinkedQueue,
    rows: Iterable[QueuedClaim],
    *,
    current: Placed | None = None,
    oob: bool = False,
    gone: bool = False,
) -> SafeString:
    """Return rows of a queue, as elements of its list.

    Args:
        queue: the queue, which has their addresses.
        rows: the claims, as its viewer may see them.
        current: the claim whose panel is shown.
        oob: whether each replaces the row that the page shows.
        gone: whether the queue's filter hides them now.
    """
    return format_html_join("", _ROW, _drawn(queue, rows, current, oob=oob, gone=gone))


def _drawn(
    queue: LinkedQueue,
    rows: Iterable[QueuedClaim],
    current: Placed | None,
    *,
    oob: bool,
    gone: bool,
) -> Iterator[dict[str, Any]]:
    here = current.pk if current else None
    same = {"oob": _OOB if oob else "", "gone": _GONE if gone else ""}
    selectable = queue.viewer.has_perm("claims.change_claim")
    # Five hundred claims have few different states, speakers and signs.
    words, speaker, known = cache(_words), cache(_speaker), cache(_known)
    for row in rows:
        pk, state = row.pk, row.state
        yield {
            **same,
            "pk": pk,
            "state": state,
            "version": row.version,
            "pick": format_html(_PICK, pk=pk) if selectable else "",
            "url": queue.url(row),
            "part": queue.part(row),
            "current": _CURRENT if pk == here else "",
            "icon": verdict_icon(state),
            "statement": row.statement,
            "words": words(
                row.review_status,
                state_label(row),
                dismissed=row.dismissed,
                changed=row.anchor_status == AnchorStatus.CHANGED,
            ),
            "speaker": speaker(row.source_name, row.source_kind, row.quotation),
            "due": due(row, row.verdict),
            "known": known(seen=row.seen, contradicted=row.contradicted),
        }


def _words(review_status: str, state: str, *, dismissed: bool, changed: bool) -> str:
    """Return a claim's state: "Changed · Waiting for a second check · Verified"."""
    said = [label(AnchorStatus.CHANGED, "anchor_status")] if changed else []
    if dismissed:
        said.append(_("Dismissed"))
    elif review_status == ReviewStatus.OPEN:
        said.append(state)
    else:
        said += [label(review_status, "review_status"), state]
    return " · ".join(said)


def _speaker(name: str | None, kind: str | None, quotation: str) -> SafeString:
    """Return who says it; of a claim without a source, how it is quoted."""
    if name:
        return format_html(
            '<bdi class="row__source">{}</bdi> <span class="kind">{}</span>',
            name,
            label(kind or "", "kind"),
        )
    return format_html('<span class="kind">{}</span>', label(quotation, "quotation"))


def _known(*, seen: bool, contradicted: bool) -> SafeString:
    """Return what the archive knows of a claim."""
    signs = ((seen, "again", _("seen before")), (contradicted, "unequal", _("contradicted")))
    return format_html_join(
        "",
        '<span class="row__known">{} {}</span>',
        ((icon(name), words) for there, name, words in signs if there),
    )
