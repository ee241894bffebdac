"""The cells of the claims table: a column, a function.

Drawn here and not in a template: fifty lines of a dozen columns took a template half of the whole page's time.
"""

from collections.abc import Callable, Collection

from django.contrib.auth.models import User
from django.utils.formats import number_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from claims.models import Claim
from claims.queries.accounts import name_of
from claims.web.components.template_tags import label, marked, moment, state_label, verdict_icon


def cells(claim: Claim, columns: Collection[str], words: str) -> SafeString:
    """A claim's cells, in the order of the table.

    Args:
        claim: with its `queue_url`, its `source_url` and, where its viewer is to check it blind, `hidden`.
        columns: which are shown.
        words: what was searched for, to be marked.
    """
    drawn = ((draw(claim, words),) for name, draw in CELLS.items() if name in columns)
    return format_html_join("", "{}", drawn)


def _quiet(text: str) -> SafeString:
    return format_html('<span class="quiet">{}</span>', text)


def _named(name: object) -> SafeString:
    return format_html("<bdi>{}</bdi>", name)


def _statement(claim: Claim, words: str) -> SafeString:
    return format_html(
        '<td><a class="claim-link" dir="auto" href="{}">{}</a></td>',
        claim.queue_url,  # type: ignore[attr-defined]
        marked(claim.statement, words),
    )


def _verdict(claim: Claim, _words: str) -> SafeString:
    if getattr(claim, "hidden", False):
        state = _quiet(_("Shown after your check."))
    else:
        state = format_html("{} {}", verdict_icon(claim.state), state_label(claim))
    also = ""
    if claim.fate:
        also = format_html(" {}", _quiet(label(claim.fate, "fate")))
    elif claim.dismissed:
        also = format_html(" {}", _quiet(_("Dismissed")))
    elif not claim.checkable:
        also = format_html(" {}", _quiet(_("Not checkable")))
    return format_html('<td class="state">{}{}</td>', state, also)


def _source(claim: Claim, _words: str) -> SafeString:
    if claim.source is None:
        return _cell("")
    return format_html(
        '<td><a class="source-link" href="{}">{}</a> <span class="kind">{}</span></td>',
        claim.source_url,  # type: ignore[attr-defined]
        _named(claim.source),
        label(claim.source_kind, "kind"),
    )


def _article(claim: Claim, _words: str) -> SafeString:
    article = claim.revision.article
    return format_html(
        '<td><a dir="auto" href="{}">{}</a></td>', article.get_absolute_url(), article.headline
    )


def _decided(claim: Claim, _words: str) -> SafeString:
    return _cell("" if getattr(claim, "hidden", False) else moment(claim.decided_at))


def _assigned(claim: Claim, _words: str) -> SafeString:
    person: User | None = claim.assigned_to
    return _cell(_named(name_of(person)) if person else "")


def _tags(claim: Claim, _words: str) -> SafeString:
    chips = ((str(tag),) for tag in claim.tags.all())
    return _cell(format_html_join("", '<bdi class="chip">{}</bdi> ', chips))


def _cell(what: str) -> SafeString:
    return format_html("<td>{}</td>", what)


CELLS: dict[str, Callable[[Claim, str], SafeString]] = {
    "statement": _statement,
    "verdict": _verdict,
    "source": _source,
    "role": lambda claim, _: format_html('<td dir="auto">{}</td>', claim.role),
    "outlet": lambda claim, _: _cell(_named(claim.outlet) if claim.outlet else ""),
    "article": _article,
    "published": lambda claim, _: _cell(moment(claim.listed_at)),
    "decided": _decided,
    "touched": lambda claim, _: _cell(moment(claim.touched_at)),
    "worth": lambda claim, _: format_html(
        '<td class="number">{}</td>', number_format(claim.checkworthiness, 2)
    ),
    "quotation": lambda claim, _: _cell(label(claim.quotation, "quotation")),
    "process": lambda claim, _: _cell(label(claim.process, "process")),
    "assigned": _assigned,
    "tags": _tags,
}
"""Every column that the table can show."""
