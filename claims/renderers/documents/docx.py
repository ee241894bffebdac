"""DOCX: the report for Word and LibreOffice, for further editing.

Headings form the outline, table headers are repeated on each page, and the footer has page numbers. A character that
XML does not allow becomes a replacement character. A paragraph in a right-to-left script runs from the right.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC

from docx.enum.text import WD_COLOR_INDEX, WD_TAB_ALIGNMENT
from docx.image.exceptions import UnexpectedEndOfFileError, UnrecognizedImageError
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from claims.renderers.documents.blocks import ArticleEntry, Change, ClaimEntry, Fact, Page
from claims.renderers.documents.blocks import Document as Evidence
from claims.renderers.documents.docx_matches import write_checks, write_pairs
from claims.renderers.documents.docx_parts import (
    COLOURS,
    QUIET,
    STEP,
    File,
    add_caption,
    add_fact,
    add_facts,
    add_link,
    add_mark,
    add_prose,
    add_row,
    add_state,
    add_table,
    add_text,
    new_file,
    say,
    set_base_direction,
    set_direction,
)
from claims.renderers.documents.page import page
from claims.renderers.labels import Words, words_in
from claims.renderers.types import Edition, Format
from claims.renderers.xml_text import legal

_PROPERTY = 255
_SHORT = 80
_FONT = "Arial"
_INK = RGBColor(0x1B, 0x1F, 0x24)
_SIZES = {"Title": 22, "Heading 1": 15, "Heading 2": 13, "Heading 3": 11, "Heading 4": 10}
_WIDTH = Mm(170)
_FIELDS = {"%(page)s": "PAGE", "%(pages)s": "NUMPAGES"}
_COUNTS = re.compile(r"(%\(pages?\)s)")


def write(edition: Edition) -> Iterator[bytes]:
    """Write a report as a Word document. The same edition gives the same bytes.

    Args:
        edition: the report.

    Yields:
        The file's bytes, in one piece.
    """
    shown, words = page(edition), words_in(edition.report.language)
    file = new_file()
    _set_up(words, file)
    _set_properties(words, file, edition)
    _set_footer(words, file, shown)
    _write_cover(words, file, shown, edition.logo)
    _write_figures(words, file, shown)
    _write_articles(words, file, shown.articles)
    _write_undecided(words, file, shown)
    write_pairs(words, file, shown)
    _write_summary(words, file, shown)
    _write_claims(words, file, shown)
    if shown.conclusion:
        file.add_heading(words["conclusion"], 1)
        add_prose(file, shown.conclusion)
    _write_changes(words, file, shown)
    _write_end(words, file, shown)
    data = io.BytesIO()
    file.save(data)
    yield _undated(data)


def _set_up(words: Words, file: File) -> None:
    """Set the page size, the language and the styles."""
    section = file.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(20)
    section.top_margin = section.bottom_margin = Mm(20)
    defaults = file.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    for name in ("w:sz", "w:szCs"):
        defaults.find(qn(name)).set(qn("w:val"), "19")
    _set_language(words, file, defaults.find(qn("w:lang")))
    normal = file.styles["Normal"]
    # For Latin, Greek and Cyrillic; other scripts use the reader's own fonts.
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


def _set_language(words: Words, file: File, language: BaseOxmlElement) -> None:
    """Set the language of the texts and, where that runs from right to left, the direction of everything."""
    if words.direction == "rtl":
        # What is in the Latin script is in the language of the fixed texts, or in another article's.
        language.set(qn("w:val"), words.spoken)
        language.set(qn("w:bidi"), words.language)
        set_base_direction(file.styles["Normal"].element.get_or_add_pPr(), "rtl")
    else:
        language.set(qn("w:val"), words.language)


def _set_properties(words: Words, file: File, edition: Edition) -> None:
    created_at = edition.report.issued_at.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    properties = file.core_properties
    properties.title = legal(edition.report.title)[:_PROPERTY]
    properties.author = legal(edition.report.newsroom.name)[:_PROPERTY]
    properties.last_modified_by = properties.author
    properties.language = words.language
    properties.comments = edition.digest
    properties.category = words[edition.kind]
    properties.created = properties.modified = created_at


def _set_footer(words: Words, file: File, shown: Page) -> None:
    line = file.sections[0].footer.paragraphs[0]
    file.styles["Footer"].paragraph_format.tab_stops.clear_all()
    line.paragraph_format.tab_stops.add_tab_stop(_WIDTH, WD_TAB_ALIGNMENT.RIGHT)
    short = " ".join(shown.title.split())
    short = short if len(short) <= _SHORT else f"{short[: _SHORT - 1]}…"
    say(line, f"{shown.edition} · ").bold = True
    say(line, short).font.color.rgb = QUIET
    for part in _COUNTS.split(f"\t{words['page_of']}"):
        if part in _FIELDS:
            _count(line, _FIELDS[part])
        elif part:
            say(line, part).font.color.rgb = QUIET


def _count(line: Paragraph, what: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), what)
    run = Run(OxmlElement("w:r"), line)
    run.text = "1"
    run.font.color.rgb = QUIET
    field.append(run._r)
    line._p.append(field)


def _write_cover(words: Words, file: File, shown: Page, logo: bytes) -> None:
    if shown.logo:
        # An unreadable image must not prevent the report.
        with suppress(UnrecognizedImageError, UnexpectedEndOfFileError):
            file.add_picture(io.BytesIO(logo), height=Mm(14))
    kicker = file.add_paragraph()
    say(kicker, " · ".join(filter(None, (words["kicker"], shown.newsroom)))).font.color.rgb = QUIET
    add_text(file, shown.title, "Title")
    say(file.add_paragraph(), f"{shown.status} · {shown.edition}").bold = True
    if shown.warning:
        say(file.add_paragraph(), shown.warning).bold = True
    add_prose(file, shown.lede)
    add_facts(file, shown.cover)
    for notice in shown.notices:
        numbers = ", ".join(words.numbered(number) for number, _ in notice.claims)
        line = file.add_paragraph()
        say(line, notice.text).bold = True
        say(line, f" ({numbers})")
        add_facts(
            file, tuple(Fact(words.numbered(each.number), each.words) for each in notice.told)
        )
    add_facts(file, shown.text_changes)


def _write_figures(words: Words, file: File, shown: Page) -> None:
    file.add_heading(words["figures"], 1)
    table = add_table(words, file, {"verdict": Mm(90), "claims": Mm(40), "share": Mm(40)})
    for figure in shown.figures:
        cells = add_row(table)
        add_mark(cells[0].paragraphs[0], figure.mark)
        say(cells[1].paragraphs[0], str(figure.count))
        say(cells[2].paragraphs[0], f"{figure.percent}%")
    cells = add_row(table)
    say(cells[0].paragraphs[0], words["all_claims"]).bold = True
    say(cells[1].paragraphs[0], str(len(shown.claims))).bold = True


def _write_articles(words: Words, file: File, articles: tuple[ArticleEntry, ...]) -> None:
    if articles:
        file.add_heading(words["articles" if len(articles) > 1 else "article"], 1)
    for article in articles:
        add_text(file, article.headline, "Heading 2")
        add_facts(file, article.facts)
        add_facts(file, (Fact(each.label, each.text) for each in article.coverage))


def _write_undecided(words: Words, file: File, shown: Page) -> None:
    for group in shown.undecided:
        file.add_heading(group.label, 1)
        say(file.add_paragraph(), group.explanation)
        for number, _anchor, _language, statement in group.claims:
            add_fact(file, Fact(words.numbered(number), statement))


def _write_summary(words: Words, file: File, shown: Page) -> None:
    file.add_heading(words["summary"], 1)
    if not shown.claims:
        say(file.add_paragraph(), words["no_claims"])
        return
    add_caption(file, words["summary_caption_by_hand" if shown.by_hand else "summary_caption"])
    widths = {"number": Mm(12), "statement": Mm(86), "source": Mm(36), "verdict": Mm(36)}
    table = add_table(words, file, widths)
    for claim in (each for section in shown.sections for each in section.claims):
        cells = add_row(table)
        say(cells[0].paragraphs[0], str(claim.number))
        for cell, text in ((cells[1], claim.statement), (cells[2], claim.source)):
            set_direction(cell.paragraphs[0], text)
            say(cell.paragraphs[0], text)
        add_state(cells[3], claim.mark, claim.changes)


def _write_claims(words: Words, file: File, shown: Page) -> None:
    if shown.sections:
        file.add_heading(words["claims_in_full"], 1)
    for section in shown.sections:
        if section.heading:
            add_text(file, section.heading, "Heading 2")
        for claim in section.claims:
            _write_claim(words, file, claim)


def _write_claim(words: Words, file: File, claim: ClaimEntry) -> None:
    add_mark(file.add_heading(f"{words.numbered(claim.number)} ", 3), claim.mark)
    for change in claim.changes:
        _write_change(words, file, change)
    for each in claim.opponents:
        line = file.add_paragraph()
        say(line, f"{words.numbered(each.number)}: ").bold = True
        say(line, each.words)
    statement = add_text(file, claim.statement)
    statement.paragraph_format.keep_with_next = True
    for run in statement.runs:
        run.bold = run.font.cs_bold = True
    add_caption(file, words["quote"])
    line = file.add_paragraph()
    line.paragraph_format.left_indent = STEP
    # A claim stays with its facts.
    line.paragraph_format.keep_with_next = line.paragraph_format.keep_together = True
    set_direction(line, claim.quote)
    say(line, claim.before)
    quote = say(line, claim.quote)
    quote.bold = quote.font.cs_bold = True
    quote.font.highlight_color = WD_COLOR_INDEX.YELLOW
    say(line, claim.after)
    if claim.reason:
        add_caption(file, words["reason"])
        reason = add_text(file, claim.reason)
        reason.paragraph_format.left_indent = STEP
        reason.paragraph_format.keep_with_next = True
    add_facts(file, claim.facts)
    add_text(file, words["evidence"], "Heading 4")
    for group in claim.evidence:
        for document in group.documents:
            _write_evidence(file, group.label, document)
    if claim.evidence_note:
        say(file.add_paragraph(), claim.evidence_note)
    write_checks(words, file, claim.checks)


def _write_change(words: Words, file: File, change: Change) -> None:
    line = file.add_paragraph()
    say(line, f"{change.label}: ").bold = True
    add_mark(line, change.before)
    say(line, f" {words.arrow} ")
    add_mark(line, change.after)
    add_facts(file, change.facts)


def _write_evidence(file: File, stance: str, document: Evidence) -> None:
    line = file.add_paragraph()
    line.paragraph_format.keep_with_next = True
    line.paragraph_format.space_before = Pt(4)
    say(line, f"{stance}: ").bold = True
    add_link(line, document.title, document.href)
    if document.warning:
        warning = say(file.add_paragraph(), document.warning)
        warning.bold, warning.font.color.rgb = True, COLOURS["disputed"]
    add_facts(file, document.facts, STEP)


def _write_changes(words: Words, file: File, shown: Page) -> None:
    changed = [claim for claim in shown.claims if claim.changes]
    if not changed:
        return
    file.add_heading(words["corrections"], 1)
    for claim in changed:
        add_text(file, words.numbered(claim.number), "Heading 2")
        add_text(file, claim.statement)
        for change in claim.changes:
            _write_change(words, file, change)


def _write_end(words: Words, file: File, shown: Page) -> None:
    file.add_heading(words["about"], 1)
    add_facts(file, (*shown.desk, *shown.about))
    say(file.add_paragraph(), words["recompute"])
    command = say(file.add_paragraph(), shown.recompute)
    command.font.name, command.font.size, command.font.no_proof = "Courier New", Pt(8), True


def _undated(file: io.BytesIO) -> bytes:
    """Return the file without the times at which its parts were zipped."""
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
