"""Office files with a few words, as other programs write them."""

from io import BytesIO
from zipfile import ZipFile

import typst
from docx import Document
from openpyxl import Workbook

WORDS = "The harbour office counted 214 trips."
REMOVED = "It counted 300."

_ODF = "urn:oasis:names:tc:opendocument:xmlns"
_CONTENT = f"""<office:document-content xmlns:office="{_ODF}:office:1.0" xmlns:text="{_ODF}:text:1.0"><office:body>
<text:tracked-changes><text:p>{REMOVED}</text:p></text:tracked-changes><text:h>Notice</text:h>
<text:p>The harbour <text:span>office</text:span><text:s/>counted 214 trips.</text:p></office:body></office:document-content>"""
_SLIDE = """<p:sld xmlns:p="urn:p" xmlns:a="urn:a"><a:p><a:r><a:t>{}</a:t></a:r></a:p></p:sld>"""


def _zipped(**parts: str) -> bytes:
    file = BytesIO()
    with ZipFile(file, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return file.getvalue()


def docx() -> bytes:
    document, file = Document(), BytesIO()
    document.add_paragraph(WORDS)
    document.save(file)
    return file.getvalue()


def xlsx() -> bytes:
    book, file = Workbook(), BytesIO()
    book.active.append(["Year", "Trips"])
    book.active.append([2031, WORDS])
    book.save(file)
    return file.getvalue()


FILES = {
    "txt": WORDS.encode(),
    "docx": docx(),
    "xlsx": xlsx(),
    "pdf": typst.compile(f"= Notice\n\n{WORDS}".encode()),
    "odt": _zipped(**{"content.xml": _CONTENT, "styles.xml": "<a/>"}),
    "pptx": _zipped(
        **{
            "ppt/slides/slide10.xml": _SLIDE.format("The last slide."),
            "ppt/slides/slide2.xml": _SLIDE.format(WORDS),
            "ppt/notesSlides/notesSlide2.xml": _SLIDE.format(REMOVED),
        }
    ),
}
"""A file of each kind by its extension; each says `WORDS`."""
