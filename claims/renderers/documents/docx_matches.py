"""Earlier checks, and claims that do not agree, in a Word document."""

from collections.abc import Sequence

from docx.shared import Mm, Pt
from docx.table import _Cell

from claims.renderers.documents.blocks import CheckEntry, Page, PairEntry, SideEntry
from claims.renderers.documents.docx_parts import (
    STEP,
    File,
    add_caption,
    add_facts,
    add_link,
    add_mark,
    add_named_table,
    add_row,
    add_state,
    add_text,
    say,
    set_direction,
)
from claims.renderers.labels import Words


def write_pairs(words: Words, file: File, shown: Page) -> None:
    """Write the section of the claims that do not agree, side by side; nothing if there are none."""
    if not shown.pairs:
        return
    file.add_heading(words["pairs"], 1)
    say(file.add_paragraph(), words["pairs_explained"])
    for pair in shown.pairs:
        add_text(file, pair.says, "Heading 3")
        _write_pair(words, file, pair)


def _write_pair(words: Words, file: File, pair: PairEntry) -> None:
    sides = (pair.earlier, pair.later)
    table = add_named_table(
        words, file, [("", Mm(34)), *((_name(words, side), Mm(68)) for side in sides)]
    )
    name, *cells = add_row(table)
    say(name.paragraphs[0], words["statement"])
    for cell, side in zip(cells, sides, strict=True):
        set_direction(cell.paragraphs[0], side.statement)
        add_link(cell.paragraphs[0], side.statement, side.page)
    for one, other in zip(pair.earlier.facts, pair.later.facts, strict=True):
        _write_row(add_row(table), (one.label, one.text, other.text))
    name, *cells = add_row(table)
    say(name.paragraphs[0], words["verdict"])
    for cell, side in zip(cells, sides, strict=True):
        add_state(cell, side.mark, side.changes)


def _name(words: Words, side: SideEntry) -> str:
    return f"{side.label}: {words.numbered(side.number)}" if side.number else side.label


def _write_row(cells: Sequence[_Cell], texts: Sequence[str]) -> None:
    for cell, text in zip(cells, texts, strict=True):
        set_direction(cell.paragraphs[0], text)
        say(cell.paragraphs[0], text)


def write_checks(words: Words, file: File, checks: Sequence[CheckEntry]) -> None:
    """Write the earlier checks of what says the same as a claim; nothing if there are none."""
    if not checks:
        return
    add_text(file, words["earlier_checks"], "Heading 4")
    add_caption(file, words["earlier_checks_explained"])
    for check in checks:
        line = file.add_paragraph()
        line.paragraph_format.keep_with_next = True
        line.paragraph_format.space_before = Pt(4)
        add_mark(line, check.mark)
        say(line, f"  {check.title}").bold = True
        if check.note:
            add_text(file, check.note)
        add_facts(file, check.facts, STEP)
