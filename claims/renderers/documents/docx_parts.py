"""What a Word document is made of: lines, facts, links, marks and tables."""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from copy import deepcopy
from functools import cache
from weakref import WeakKeyDictionary

from docx import Document
from docx.document import Document as DocumentFile
from docx.enum.table import WD_TABLE_DIRECTION
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.part import Part
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.oxml.text.font import CT_RPr
from docx.oxml.text.parfmt import CT_PPr
from docx.shared import Length, Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
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


class File(DocumentFile):
    """A Word document that many paragraphs can be added to.

    python-docx looks through the whole text for its end at each new paragraph, through all styles for the one with a name,
    and through all links at each new link.
    """

    def add_paragraph(self, text: str = "", style: str | ParagraphStyle | None = None) -> Paragraph:
        """Add a paragraph at the end. The style is named as in the template."""
        line = Paragraph(OxmlElement("w:p"), self._body)
        # The text ends with the properties of its last section.
        self.element.body[-1].addprevious(line._p)
        if text:
            line.add_run(text)
        if style not in {None, "Normal"}:
            line._p.style = str(style).replace(" ", "")
        return line


def new_file() -> File:
    """Return an empty document."""
    empty = Document()
    return File(empty.element, empty.part)


_LINKS: WeakKeyDictionary[Part, dict[str, str]] = WeakKeyDictionary()
"""The ids of a part's links, by the addresses that they lead to."""


def _link_id(part: Part, address: str) -> str:
    """Return the id of a part's link to an address, which is made if there is none."""
    known = _LINKS.setdefault(part, {})
    if address not in known:
        known[address] = f"rId{len(part.rels) + 1}"
        part.rels.add_relationship(
            RELATIONSHIP_TYPE.HYPERLINK, address, known[address], is_external=True
        )
    return known[address]


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
    say_quietly(line, text)


def add_facts(file: File, facts: Iterable[Fact], indent: Length = _NONE) -> None:
    """Facts below each other, which stay together."""
    rest = list(facts)
    for number, fact in enumerate(rest, start=1):
        add_fact(file, fact, indent, stays=number < len(rest))


def add_fact(file: File, fact: Fact, indent: Length = _NONE, *, stays: bool = False) -> None:
    """A label, and its text beside it, on one page; that of the next line too if it stays with it."""
    line = file.add_paragraph()
    line._p.append(deepcopy(_fact_properties(indent, stays=stays)))
    say_quietly(line, f"{fact.label}\t")
    add_link(line, fact.text, fact.href)


@cache
def _fact_properties(indent: Length, *, stays: bool) -> CT_PPr:
    """The properties of a fact's line. Most lines of a report are facts, and a copy takes a tenth of making them."""
    line = new_file().add_paragraph()
    layout = line.paragraph_format
    layout.keep_together = True
    # The text hangs beside its label.
    layout.left_indent = Length(indent + _LABELS)
    layout.first_line_indent = Length(-_LABELS)
    layout.tab_stops.add_tab_stop(Length(indent + _LABELS))
    if stays:
        layout.keep_with_next = True
    return line._p.get_or_add_pPr()


def say_quietly(line: Paragraph, text: str) -> None:
    """Text in a line, in the colour of what is less important."""
    run = say(line, text)
    if run._r.rPr is None:
        run._r.insert(0, deepcopy(_quiet()))
    else:
        run.font.color.rgb = QUIET


@cache
def _quiet() -> CT_RPr:
    run = new_file().add_paragraph().add_run()
    run.font.color.rgb = QUIET
    return run._r.get_or_add_rPr()


def add_link(line: Paragraph, text: str, href: str) -> Run:
    """A text in a line, which leads to an address if there is one."""
    run = say(line, text)
    if max(map(len, text.split()), default=0) > _LONG_WORD:
        # A digest or an address that did not fit beside its label would begin below it.
        run.font.size = Pt(8)
    if href:
        link = OxmlElement("w:hyperlink")
        link.set(qn("r:id"), _link_id(line.part, legal(href)))
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
