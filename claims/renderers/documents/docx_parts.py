"""What a Word document is made of: lines, facts, links, marks and tables."""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence

from docx.document import Document as File
from docx.enum.table import WD_TABLE_DIRECTION
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.oxml.text.parfmt import CT_PPr
from docx.shared import Length, Mm, Pt, RGBColor
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from claims.renderers.documents.blocks import Change, Fact, Mark, Prose
from claims.renderers.labels import Words
from claims.renderers.xml_text import legal

QUIET = RGBColor(0x57, 0x60, 0x6A)
COLOURS = {
    "verified": RGBColor(0x1A, 0x6B, 0x3C),
    "disputed": RGBColor(0xA3, 0x1F, 0x1F),
    "pending": QUIET,
}
_LABELS = Mm(48)
STEP = Mm(5)
_LONG_WORD = 48
_NONE = Mm(0)
# What comes after `w:bidi` among the properties of a paragraph: Word insists on the order.
_AFTER_BIDI = (
    "w:adjustRightInd",
    "w:snapToGrid",
    "w:spacing",
    "w:ind",
    "w:contextualSpacing",
    "w:jc",
    "w:outlineLvl",
    "w:rPr",
)


def add_text(file: File, text: str, style: str = "Normal") -> Paragraph:
    """A paragraph of one text, which runs as its script does."""
    line = file.add_paragraph(style=style)
    set_direction(line, text)
    say(line, text)
    return line


def add_caption(file: File, text: str) -> None:
    """A quiet line that stays with what it heads."""
    line = file.add_paragraph()
    line.paragraph_format.keep_with_next = True
    say(line, text).font.color.rgb = QUIET


def add_facts(file: File, facts: Iterable[Fact], indent: Length = _NONE) -> None:
    """Facts below each other, which stay together."""
    lines = [add_fact(file, fact, indent) for fact in facts]
    for line in lines[:-1]:
        line.paragraph_format.keep_with_next = True


def add_fact(file: File, fact: Fact, indent: Length = _NONE) -> Paragraph:
    """A label, and its text beside it, on one page."""
    line = file.add_paragraph()
    line.paragraph_format.keep_together = True
    # The text hangs beside its label.
    line.paragraph_format.left_indent = Length(indent + _LABELS)
    line.paragraph_format.first_line_indent = Length(-_LABELS)
    line.paragraph_format.tab_stops.add_tab_stop(Length(indent + _LABELS))
    say(line, f"{fact.label}\t").font.color.rgb = QUIET
    add_link(line, fact.text, fact.href)
    return line


def add_link(line: Paragraph, text: str, href: str) -> Run:
    """A text in a line, which leads to an address if there is one."""
    run = say(line, text)
    if max(map(len, text.split()), default=0) > _LONG_WORD:
        # A digest or an address that did not fit beside its label would begin below it.
        run.font.size = Pt(8)
    if href:
        link = OxmlElement("w:hyperlink")
        target = line.part.relate_to(legal(href), RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        link.set(qn("r:id"), target)
        line._p.append(link)
        link.append(run._r)
        run.font.underline = True
    return run


def add_mark(line: Paragraph, mark: Mark) -> None:
    """A verdict in a line: its icon and its word in its colour."""
    run = say(line, f"{mark.icon} {mark.word}")
    run.bold, run.font.color.rgb = True, COLOURS[mark.code]


def add_state(cell: _Cell, mark: Mark, changes: Iterable[Change]) -> None:
    """A verdict in a cell, and below it what became of it since."""
    add_mark(cell.paragraphs[0], mark)
    for change in changes:
        line = cell.add_paragraph()
        say(line, f"{change.aside}: ")
        add_mark(line, change.aside_mark)


def add_prose(file: File, blocks: Iterable[Prose], depth: int = 0) -> None:
    """What a chief wrote: paragraphs and lists, which begin a step further in at each depth."""
    for block in blocks:
        if block.kind == "paragraph":
            _add_runs(file.add_paragraph(), block, depth)
        for number, item in enumerate(block.items, start=block.start):
            first, *rest = item or (Prose("paragraph"),)
            line = file.add_paragraph()
            line.paragraph_format.first_line_indent = Length(-STEP)
            line.paragraph_format.tab_stops.add_tab_stop(Length(STEP * (depth + 1)))
            say(line, f"{number}.\t" if block.kind == "numbers" else "•\t")
            if first.kind == "paragraph":
                _add_runs(line, first, depth + 1)
            else:
                rest = [first, *rest]
            add_prose(file, rest, depth + 1)


def _add_runs(line: Paragraph, block: Prose, depth: int) -> None:
    line.paragraph_format.left_indent = Length(STEP * depth)
    set_direction(line, "".join(run.text for run in block.runs))
    for each in block.runs:
        run = add_link(line, each.text, each.href)
        run.bold = run.font.cs_bold = each.strong
        run.italic = run.font.cs_italic = each.emphasis


def say(line: Paragraph, text: str) -> Run:
    """Text in a line. What XML cannot hold becomes a replacement character; a script that runs from the right does."""
    run = line.add_run(legal(text))
    if _first_direction(text) == "rtl":
        run.font.rtl = True
    return run


def set_direction(line: Paragraph, text: str) -> None:
    """Let a line run as its text does, whatever the direction of the report."""
    first = _first_direction(text)
    if first:
        set_base_direction(line._p.get_or_add_pPr(), first)


def set_base_direction(properties: CT_PPr, direction: str) -> None:
    """Say in the properties of a paragraph or a style in which direction it runs: "rtl" or "ltr"."""
    bidi = OxmlElement("w:bidi")
    if direction == "ltr":
        bidi.set(qn("w:val"), "0")
    properties.insert_element_before(bidi, *_AFTER_BIDI)


def _first_direction(text: str) -> str:
    """The direction of the first letter, as browsers tell it (`dir="auto"`): "rtl", "ltr", or "" without a letter."""
    directions = map(unicodedata.bidirectional, text)
    first = next((each for each in directions if each in {"L", "R", "AL"}), "")
    return first and ("ltr" if first == "L" else "rtl")


def add_table(words: Words, file: File, widths: Mapping[str, Length]) -> Table:
    """A table with its head, which is repeated on each page; the columns are named by keys of the fixed texts."""
    return add_named_table(words, file, [(words[word], width) for word, width in widths.items()])


def add_named_table(words: Words, file: File, columns: Sequence[tuple[str, Length]]) -> Table:
    """The same for columns with any names."""
    table: Table = file.add_table(1, len(columns), "Table Grid")
    table.autofit = False
    if words.direction == "rtl":
        table.table_direction = WD_TABLE_DIRECTION.RTL
    for column, (name, width) in zip(table.columns, columns, strict=True):
        column.width = width
        cell = column.cells[0]
        cell.width = width
        say(cell.paragraphs[0], name).bold = True
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    return table


def add_row(table: Table) -> tuple[_Cell, ...]:
    """A row at the end of a table, kept on one page: its cells."""
    row: _Row = table.add_row()  # type: ignore[no-untyped-call]  # its types leave this one out
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    return row.cells
