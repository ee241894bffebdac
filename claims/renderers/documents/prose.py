"""What a chief writes in a report: paragraphs, emphasis, links and lists, kept as a small part of Markdown.

Everything else is text and means nothing: headings, pictures, tables, code and HTML. Only web addresses become links.
"""

from collections.abc import Iterable, Sequence

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode
from markupsafe import Markup

from claims.renderers.documents.blocks import Prose, Run
from claims.renderers.documents.facts import href

_MARKDOWN = MarkdownIt("zero").enable(
    ["list", "emphasis", "link", "autolink", "escape", "entity", "newline"]
)
"""Lists nest up to twenty levels deep: that is the limit of this preset."""

_BREAKS = {"softbreak", "hardbreak"}
_LISTS = {"bullet_list": "bullets", "ordered_list": "numbers"}


def prose(text: str) -> tuple[Prose, ...]:
    """Read what a chief has written.

    Args:
        text: any text. What is no markup is itself.

    Returns:
        Its paragraphs and lists; none for an empty text.
    """
    return _blocks(SyntaxTreeNode(_MARKDOWN.parse(text)).children)


def words_of(blocks: Sequence[Prose]) -> str:
    """Return the words alone, on one line, as summaries and descriptions have them."""
    return " ".join(filter(None, map(_words, blocks)))


def in_html(blocks: Sequence[Prose]) -> Markup:
    """Return it as HTML. Every word is escaped; links tell their target nothing."""
    return Markup("\n").join(map(_html, blocks))


def _blocks(nodes: Iterable[SyntaxTreeNode]) -> tuple[Prose, ...]:
    return tuple(_block(node) for node in nodes)


def _block(node: SyntaxTreeNode) -> Prose:
    if node.type in _LISTS:
        start = node.attrs.get("start", 1)
        items = tuple(_blocks(item.children) for item in node.children)
        return Prose(_LISTS[node.type], items=items, start=int(start))
    inline = [each for child in node.children for each in child.children]
    return Prose("paragraph", runs=tuple(_runs(inline, Run(""))))


def _runs(nodes: Iterable[SyntaxTreeNode], style: Run) -> Iterable[Run]:
    for node in nodes:
        if node.children:
            link = href(str(node.attrs.get("href", "")))
            within = Run(
                "",
                style.strong or node.type == "strong",
                style.emphasis or node.type == "em",
                link or style.href,
            )
            yield from _runs(node.children, within)
        else:
            text = " " if node.type in _BREAKS else node.content
            if text:
                yield Run(text, style.strong, style.emphasis, style.href)


def _words(block: Prose) -> str:
    if block.items:
        return " ".join(words_of(item) for item in block.items)
    return "".join(run.text for run in block.runs)


def _html(block: Prose) -> Markup:
    if block.kind == "paragraph":
        return Markup('<p dir="auto">{}</p>').format(Markup("").join(map(_html_run, block.runs)))
    items = Markup("").join(Markup("<li>{}</li>").format(in_html(item)) for item in block.items)
    if block.kind == "bullets":
        return Markup("<ul>{}</ul>").format(items)
    return Markup('<ol start="{}">{}</ol>').format(block.start, items)


def _html_run(run: Run) -> Markup:
    text = Markup("{}").format(run.text)
    if run.emphasis:
        text = Markup("<em>{}</em>").format(text)
    if run.strong:
        text = Markup("<strong>{}</strong>").format(text)
    if run.href:
        text = Markup('<a href="{}" rel="noopener noreferrer">{}</a>').format(run.href, text)
    return text
