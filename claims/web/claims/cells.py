"""The cells of the list of claims, with a function for each column.

They are rendered here and not in a template, because for fifty rows of a dozen columns a template took half of
the page's total time.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.utils.formats import number_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from claims.models import Claim
from claims.queries.accounts import display_name
from claims.queries.claims.rows import ClaimRow
from claims.queries.matching.seen_counts import SeenCounts
from claims.web.claims.archive_chips import archive_chips
from claims.web.components.template_tags import (
    due,
    label,
    marked,
    moment,
    state_label,
    verdict_icon,
)


@dataclass(frozen=True, slots=True)
class Line:
    """A claim's line in the table.

    Attributes:
        row: the claim as its reader may see it.
        seen: what the archive knows of it.
        queue_url: its place in the review queue that goes through this list.
        source_url: the page of its source.
        columns: which are shown.
        words: what was searched for, to be marked.
    """

    row: ClaimRow
    seen: SeenCounts
    queue_url: str
    source_url: str
    columns: Collection[str]
    words: str

    @property
    def pk(self) -> int:
        """The claim's id."""
        return self.row.pk

    @property
    def claim(self) -> Claim:
        """The claim."""
        return self.row.claim

    @property
    def cells(self) -> SafeString:
        """Its cells, in the order of the table."""
        drawn = ((draw(self),) for name, draw in CELLS.items() if name in self.columns)
        return format_html_join("", "{}", drawn)


def _quiet(text: str) -> SafeString:
    return format_html('<span class="quiet">{}</span>', text)


def _named(name: object) -> SafeString:
    return format_html("<bdi>{}</bdi>", name)


def _statement(line: Line) -> SafeString:
    return format_html(
        '<td><a class="claim-link" dir="auto" href="{}">{}</a></td>',
        line.queue_url,
        marked(line.claim.statement, line.words),
    )


def _verdict(line: Line) -> SafeString:
    claim = line.claim
    if line.row.is_hidden:
        state = _quiet(_("Shown after your check."))
    else:
        state = format_html("{} {}", verdict_icon(line.row.state), state_label(line.row))
    also = ""
    if claim.anchor_status:
        also = format_html(" {}", _quiet(label(claim.anchor_status, "anchor_status")))
    elif claim.dismissed:
        also = format_html(" {}", _quiet(_("Dismissed")))
    elif not claim.checkable:
        also = format_html(" {}", _quiet(_("Not checkable")))
    return format_html('<td class="state">{}{}</td>', state, also)


def _source(line: Line) -> SafeString:
    claim = line.claim
    if claim.source is None:
        return _cell("")
    return format_html(
        '<td><a class="source-link" href="{}">{}</a> <span class="kind">{}</span></td>',
        line.source_url,
        _named(claim.source),
        label(claim.source_kind, "kind"),
    )


def _article(line: Line) -> SafeString:
    article = line.claim.revision.article
    return format_html(
        '<td><a dir="auto" href="{}">{}</a></td>', article.get_absolute_url(), article.headline
    )


def _published(line: Line) -> SafeString:
    # The list is sorted by `listed_at`, which is the time of import where this is unknown.
    at = line.claim.revision.article.published_at
    return _cell(moment(at) if at else _quiet(_("unknown")))


def _decided(line: Line) -> SafeString:
    return _cell("" if line.row.is_hidden else moment(line.claim.decided_at))


def _assigned(line: Line) -> SafeString:
    person: User | None = line.claim.assigned_to
    return _cell(_named(display_name(person)) if person else "")


def _tags(line: Line) -> SafeString:
    chips = ((str(tag),) for tag in line.claim.tags.all())
    return _cell(format_html_join("", '<bdi class="chip">{}</bdi> ', chips))


def _cell(what: str) -> SafeString:
    return format_html("<td>{}</td>", what)


CELLS: dict[str, Callable[[Line], SafeString]] = {
    "statement": _statement,
    "verdict": _verdict,
    "archive": lambda line: _cell(archive_chips(line.row, line.seen)),
    "source": _source,
    "role": lambda line: format_html('<td dir="auto">{}</td>', line.claim.role),
    "outlet": lambda line: _cell(_named(line.claim.outlet) if line.claim.outlet else ""),
    "article": _article,
    "published": _published,
    "decided": _decided,
    "touched": lambda line: _cell(moment(line.claim.touched_at)),
    "worth": lambda line: format_html(
        '<td class="number">{}</td>', number_format(line.claim.checkworthiness, 2)
    ),
    "quotation": lambda line: _cell(label(line.claim.quotation, "quotation")),
    "review_status": lambda line: _cell(label(line.claim.review_status, "review_status")),
    "assigned": _assigned,
    "due": lambda line: _cell(due(line.claim, line.row.verdict)),
    "tags": _tags,
}
"""Every column that the table can show."""
