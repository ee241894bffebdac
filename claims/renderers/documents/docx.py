"""DOCX: the report for Word and LibreOffice, to work on and to hand on.

Headings make the outline, the heads of tables are repeated on each page, and the footer numbers the pages. Texts are
set as they are; a character that XML cannot hold becomes a replacement character. A paragraph of a right-to-left
script runs from the right.
"""

import io
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import UTC

from docx import Document
from docx.document import Document as File
from docx.enum.text import WD_COLOR_INDEX, WD_TAB_ALIGNMENT
from docx.image.exceptions import UnexpectedEndOfFileError, UnrecognizedImageError
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Length, Mm, Pt, RGBColor
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from claims.renderers.documents.blocks import ArticleEntry, Change, ClaimEntry, Fact, Mark, Page
from claims.renderers.documents.blocks import Document as Evidence
from claims.renderers.documents.page import page
from claims.renderers.labels import LANGUAGE, WORDS
from claims.renderers.types import Edition, Format
from claims.renderers.xml_text import legal

_PROPERTY = 255
_SHORT = 80
_FONT = "Arial"
_INK = RGBColor(0x1B, 0x1F, 0x24)
_QUIET = RGBColor(0x57, 0x60, 0x6A)
_COLOURS = {
    "verified": RGBColor(0x1A, 0x6B, 0x3C),
    "disputed": RGBColor(0xA3, 0x1F, 0x1F),
    "pending": _QUIET,
}
_SIZES = {"Title": 22, "Heading 1": 15, "Heading 2": 13, "Heading 3": 11, "Heading 4": 10}
_WIDTH = Mm(170)
_LABELS = Mm(48)
_STEP = Mm(5)
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


def write(edition: Edition) -> Iterator[bytes]:
    """Write a report as a Word document. The same edition gives the same bytes.

    Args:
        edition: the report.

    Yields:
        The file's bytes, in one piece.
    """
    shown = page(edition)
    file = Document()
    _set_up(file)
    _set_properties(file, edition)
    _set_footer(file, shown)
    _write_cover(file, shown, edition.logo)
    _write_figures(file, shown)
    _write_articles(file, shown.articles)
    _write_unchecked(file, shown)
    _write_summary(file, shown)
    _write_claims(file, shown.articles)
    _write_changes(file, shown)
    _write_end(file, shown)
    data = io.BytesIO()
    file.save(data)
    yield _undated(data)


def _set_up(file: File) -> None:
    """Set the sheet, the language and the styles."""
    section = file.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(20)
    section.top_margin = section.bottom_margin = Mm(20)
    defaults = file.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    for name in ("w:sz", "w:szCs"):
        defaults.find(qn(name)).set(qn("w:val"), "19")
    defaults.find(qn("w:lang")).set(qn("w:val"), LANGUAGE)
    normal = file.styles["Normal"]
    # Of the Latin, Greek and Cyrillic scripts; other scripts keep the fonts that the reader's machine has for them.
    normal.font.name = _FONT
    normal.paragraph_format.space_after = Pt(3)
    normal.paragraph_format.line_spacing = 1.15
    for name, size in _SIZES.items():
        style = file.styles[name]
        style.font.name = _FONT
        style.font.size = Pt(size)
        for each in style.element.rPr.findall(qn("w:szCs")):
            each.set(qn("w:val"), str(2 * size))
        style.font.bold, style.font.italic, style.font.cs_italic = True, False, False
        style.font.color.rgb = _INK
        style.paragraph_format.keep_with_next = True
        style.paragraph_format.space_before = Pt(0 if name == "Title" else size)
        style.paragraph_format.space_after = Pt(4)
    file.styles["Title"].element.pPr.remove(file.styles["Title"].element.pPr.find(qn("w:pBdr")))


def _set_properties(file: File, edition: Edition) -> None:
    made_at = edition.report.made_at.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    properties = file.core_properties
    properties.title = legal(edition.report.title)[:_PROPERTY]
    properties.author = legal(edition.report.newsroom.name)[:_PROPERTY]
    properties.last_modified_by = properties.author
    properties.language = LANGUAGE
    properties.comments = edition.digest
    properties.created = properties.modified = made_at


def _set_footer(file: File, shown: Page) -> None:
    line = file.sections[0].footer.paragraphs[0]
    file.styles["Footer"].paragraph_format.tab_stops.clear_all()
    line.paragraph_format.tab_stops.add_tab_stop(_WIDTH, WD_TAB_ALIGNMENT.RIGHT)
    short = " ".join(shown.title.split())
    short = short if len(short) <= _SHORT else f"{short[: _SHORT - 1]}…"
    for run in (_say(line, short), _say(line, f"\t{WORDS['page']} ")):
        run.font.color.rgb = _QUIET
    _count(line, "PAGE")
    _say(line, f" {WORDS['page_of']} ").font.color.rgb = _QUIET
    _count(line, "NUMPAGES")


def _count(line: Paragraph, what: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), what)
    run = Run(OxmlElement("w:r"), line)
    run.text = "1"
    run.font.color.rgb = _QUIET
    field.append(run._r)  # noqa: SLF001
    line._p.append(field)  # noqa: SLF001


def _write_cover(file: File, shown: Page, logo: bytes) -> None:
    if shown.logo:
        # A picture that cannot be read costs no report.
        with suppress(UnrecognizedImageError, UnexpectedEndOfFileError):
            file.add_picture(io.BytesIO(logo), height=Mm(14))
    kicker = file.add_paragraph()
    _say(
        kicker, " · ".join(filter(None, (WORDS["kicker"], shown.newsroom)))
    ).font.color.rgb = _QUIET
    _text(file, shown.title, "Title")
    _say(file.add_paragraph(), shown.status).bold = True
    _facts(file, shown.cover)
    for notice in shown.notices:
        numbers = ", ".join(f"{WORDS['claim']} {number}" for number, _ in notice.claims)
        line = file.add_paragraph()
        _say(line, notice.text).bold = True
        _say(line, f" ({numbers})")


def _write_figures(file: File, shown: Page) -> None:
    file.add_heading(WORDS["figures"], 1)
    table = _table(file, {"verdict": Mm(90), "claims": Mm(40), "share": Mm(40)})
    for figure in shown.figures:
        cells = _row(table)
        _mark(cells[0].paragraphs[0], figure.mark)
        _say(cells[1].paragraphs[0], str(figure.count))
        _say(cells[2].paragraphs[0], f"{figure.share:.0%}")
    cells = _row(table)
    _say(cells[0].paragraphs[0], WORDS["all_claims"]).bold = True
    _say(cells[1].paragraphs[0], str(len(shown.claims))).bold = True


def _write_articles(file: File, articles: tuple[ArticleEntry, ...]) -> None:
    if articles:
        file.add_heading(WORDS["articles" if len(articles) > 1 else "article"], 1)
    for article in articles:
        _text(file, article.headline, "Heading 2")
        _facts(file, article.facts)
        _facts(file, (Fact(each.label, each.text) for each in article.coverage))


def _write_unchecked(file: File, shown: Page) -> None:
    unchecked = [claim for claim in shown.claims if not claim.checked]
    if not unchecked:
        return
    file.add_heading(WORDS["unchecked"], 1)
    _say(file.add_paragraph(), WORDS["unchecked_explained"])
    for claim in unchecked:
        _fact(file, Fact(f"{WORDS['claim']} {claim.number}", claim.statement))


def _write_summary(file: File, shown: Page) -> None:
    file.add_heading(WORDS["summary"], 1)
    if not shown.claims:
        _say(file.add_paragraph(), WORDS["no_claims"])
        return
    _caption(file, WORDS["summary_caption"])
    widths = {"number": Mm(12), "statement": Mm(86), "source": Mm(36), "verdict": Mm(36)}
    table = _table(file, widths)
    for claim in shown.claims:
        cells = _row(table)
        _say(cells[0].paragraphs[0], str(claim.number))
        for cell, text in ((cells[1], claim.statement), (cells[2], claim.source)):
            _set_direction(cell.paragraphs[0], text)
            _say(cell.paragraphs[0], text)
        _mark(cells[3].paragraphs[0], claim.mark)
        for change in claim.changes:
            line = cells[3].add_paragraph()
            _say(line, f"{change.label}: ")
            _mark(line, change.after)


def _write_claims(file: File, articles: tuple[ArticleEntry, ...]) -> None:
    if any(article.claims for article in articles):
        file.add_heading(WORDS["claims_in_full"], 1)
    for article in articles:
        _text(file, article.headline, "Heading 2")
        for claim in article.claims:
            _write_claim(file, claim)


def _write_claim(file: File, claim: ClaimEntry) -> None:
    _mark(file.add_heading(f"{WORDS['claim']} {claim.number} ", 3), claim.mark)
    for change in claim.changes:
        _write_change(file, change)
    statement = _text(file, claim.statement)
    statement.paragraph_format.keep_with_next = True
    for run in statement.runs:
        run.bold = run.font.cs_bold = True
    _caption(file, WORDS["quote"])
    line = file.add_paragraph()
    line.paragraph_format.left_indent = _STEP
    _set_direction(line, claim.quote)
    _say(line, claim.before)
    words = _say(line, claim.quote)
    words.bold = words.font.cs_bold = True
    words.font.highlight_color = WD_COLOR_INDEX.YELLOW
    _say(line, claim.after)
    if claim.reason:
        _caption(file, WORDS["reason"])
        _text(file, claim.reason).paragraph_format.left_indent = _STEP
    _facts(file, claim.facts)
    _text(file, WORDS["evidence"], "Heading 4")
    if not claim.evidence:
        _say(file.add_paragraph(), WORDS["no_evidence"])
    for group in claim.evidence:
        for document in group.documents:
            _write_evidence(file, group.label, document)


def _write_change(file: File, change: Change) -> None:
    line = file.add_paragraph()
    _say(line, f"{change.label}: ").bold = True
    _mark(line, change.before)
    _say(line, " → ")
    _mark(line, change.after)
    _facts(file, change.facts)


def _write_evidence(file: File, stance: str, document: Evidence) -> None:
    line = file.add_paragraph()
    line.paragraph_format.keep_with_next = True
    line.paragraph_format.space_before = Pt(4)
    _say(line, f"{stance}: ").bold = True
    _link(line, document.title, document.href)
    if document.warning:
        warning = _say(file.add_paragraph(), document.warning)
        warning.bold, warning.font.color.rgb = True, _COLOURS["disputed"]
    _facts(file, document.facts, _STEP)


def _write_changes(file: File, shown: Page) -> None:
    changed = [claim for claim in shown.claims if claim.changes]
    if not changed:
        return
    file.add_heading(WORDS["corrections"], 1)
    for claim in changed:
        _text(file, f"{WORDS['claim']} {claim.number}", "Heading 2")
        _text(file, claim.statement)
        for change in claim.changes:
            _write_change(file, change)


def _write_end(file: File, shown: Page) -> None:
    file.add_heading(WORDS["about"], 1)
    _facts(file, (*shown.desk, *shown.about))
    _say(file.add_paragraph(), WORDS["recompute"])
    command = _say(file.add_paragraph(), shown.recompute)
    command.font.name, command.font.size, command.font.no_proof = "Courier New", Pt(8), True


def _text(file: File, text: str, style: str = "Normal") -> Paragraph:
    """A paragraph of one text, which runs as its script does."""
    line = file.add_paragraph(style=style)
    _set_direction(line, text)
    _say(line, text)
    return line


def _caption(file: File, text: str) -> None:
    line = file.add_paragraph()
    line.paragraph_format.keep_with_next = True
    _say(line, text).font.color.rgb = _QUIET


def _facts(file: File, facts: Iterable[Fact], indent: Length = _NONE) -> None:
    for fact in facts:
        _fact(file, fact, indent)


def _fact(file: File, fact: Fact, indent: Length = _NONE) -> None:
    line = file.add_paragraph()
    # The text hangs beside its label.
    line.paragraph_format.left_indent = Length(indent + _LABELS)
    line.paragraph_format.first_line_indent = Length(-_LABELS)
    line.paragraph_format.tab_stops.add_tab_stop(Length(indent + _LABELS))
    _say(line, f"{fact.label}\t").font.color.rgb = _QUIET
    _link(line, fact.text, fact.href)


def _link(line: Paragraph, text: str, href: str) -> None:
    run = _say(line, text)
    if max(map(len, text.split()), default=0) > _LONG_WORD:
        # A digest or an address that did not fit beside its label would begin below it.
        run.font.size = Pt(8)
    if href:
        link = OxmlElement("w:hyperlink")
        target = line.part.relate_to(legal(href), RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        link.set(qn("r:id"), target)
        line._p.append(link)  # noqa: SLF001
        link.append(run._r)  # noqa: SLF001
        run.font.underline = True


def _mark(line: Paragraph, mark: Mark) -> None:
    run = _say(line, f"{mark.icon} {mark.word}")
    run.bold, run.font.color.rgb = True, _COLOURS[mark.code]


def _say(line: Paragraph, text: str) -> Run:
    run = line.add_run(legal(text))
    if _is_right_to_left(text):
        run.font.rtl = True
    return run


def _set_direction(line: Paragraph, text: str) -> None:
    if _is_right_to_left(text):
        properties = line._p.get_or_add_pPr()  # noqa: SLF001
        properties.insert_element_before(OxmlElement("w:bidi"), *_AFTER_BIDI)


def _is_right_to_left(text: str) -> bool:
    """Whether the first letter is of a script that runs from the right, as browsers tell it (`dir="auto"`)."""
    directions = map(unicodedata.bidirectional, text)
    return next((each for each in directions if each in {"L", "R", "AL"}), "L") != "L"


def _table(file: File, widths: Mapping[str, Length]) -> Table:
    """A table with its head, which is repeated on each page."""
    table: Table = file.add_table(1, len(widths), "Table Grid")
    table.autofit = False
    for column, (word, width) in zip(table.columns, widths.items(), strict=True):
        column.width = width
        cell = column.cells[0]
        cell.width = width
        _say(cell.paragraphs[0], WORDS[word]).bold = True
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # noqa: SLF001
    return table


def _row(table: Table) -> tuple[_Cell, ...]:
    row: _Row = table.add_row()  # type: ignore[no-untyped-call]
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # noqa: SLF001
    return row.cells


def _undated(file: io.BytesIO) -> bytes:
    """The file without the moment when each of its parts was packed."""
    packed = io.BytesIO()
    with zipfile.ZipFile(file) as parts, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as same:
        for part in parts.infolist():
            same.writestr(zipfile.ZipInfo(part.filename), parts.read(part), zipfile.ZIP_DEFLATED)
    return packed.getvalue()


FORMAT = Format(
    key="docx",
    label="Word (DOCX)",
    content_type="application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    write=write,
)
