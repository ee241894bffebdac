"""The article's text with its claims underlined: drawn here and not in a template, because a long one has a thousand marks."""

from collections.abc import Iterable, Iterator

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from claims.web.components.marked_text import Paragraph, Run
from claims.web.components.template_tags import label, mark_end
from claims.web.review.links import LinkedQueue

_PARAGRAPH = '<p id="p{}" data-start="{}" dir="auto"{}>{}</p>\n'
_MARK = '<a class="{}" data-claims="{}" href="{}" hx-get="{}" tabindex="-1">{}</a>{}'
_OOB = SafeString(' hx-swap-oob="true"')


def text_paragraphs(
    queue: LinkedQueue, paragraphs: Iterable[Paragraph], *, oob: bool = False
) -> SafeString:
    """Return paragraphs of an article with their claims underlined, each a link to the innermost one.

    Args:
        queue: the queue, which has the addresses of claims.
        paragraphs: the paragraphs.
        oob: whether each replaces the paragraph that the page shows.
    """
    swap = _OOB if oob else ""
    return format_html_join(
        "", _PARAGRAPH, ((one.number, one.start, swap, _text(one, queue)) for one in paragraphs)
    )


def _text(paragraph: Paragraph, queue: LinkedQueue) -> SafeString:
    return format_html_join("", "{}", _runs(paragraph, queue))


def _runs(paragraph: Paragraph, queue: LinkedQueue) -> Iterator[tuple[str]]:
    for run in paragraph.runs:
        if run.claim:
            yield (_mark(run, queue),)
        elif run.unclaimed:
            kind = label(run.unclaimed, "detail")
            yield (format_html('<span class="unclaimed" title="{}">{}</span>', kind, run.text),)
        else:
            yield (run.text,)


def _mark(run: Run, queue: LinkedQueue) -> SafeString:
    claim = run.claims[-1]
    ends = format_html_join(
        "", '<span data-end="{}">{}</span>', ((one.pk, mark_end(one)) for one in run.ends)
    )
    return format_html(
        _MARK, run.marks, run.ids, queue.url(claim), queue.part(claim), run.text, ends
    )
