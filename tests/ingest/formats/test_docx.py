"""Word files: from LibreOffice and Word, and what might be sent instead."""

import io
import zipfile
from pathlib import Path

import docx
import pytest

from claims.errors import (
    EmptyArticleError,
    LockedFileError,
    NotTextError,
    TooLargeError,
    UnreadableFileError,
)
from claims.ingest import read
from claims.ingest.formats.docx import MAX_PART
from claims.ingest.safe_zip import MAX_ENTRIES

FILES = Path(__file__).parents[1] / "files"
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="%s"/></Relationships>'
)
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def article(data: bytes):
    return read(io.BytesIO(data), name="bridge.docx")


def packed(
    inner: str, *, target: str = "word/document.xml", namespace: str = WORD, doctype: str = ""
):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("_rels/.rels", RELATIONS % target)
        archive.writestr(
            "word/document.xml",
            f'{doctype}<w:document xmlns:w="{namespace}"><w:body>{inner}</w:body></w:document>',
        )
    return stream.getvalue()


def written(*paragraphs: tuple[str, str]) -> bytes:
    file = docx.Document()
    for style, text in paragraphs:
        file.add_paragraph(text, style=style)
    stream = io.BytesIO()
    file.save(stream)
    return stream.getvalue()


def test_a_file_of_libreoffice_is_read_with_its_changes_accepted():
    found = article((FILES / "bridge.docx").read_bytes())
    assert found.headline == "Ostrey closes its oldest bridge"
    assert found.body.split("\n\n") == [
        (
            "OSTREY – The mayor of Ostrey closed the Weavers’ Bridge to all traffic on Wednesday after an engineer "
            "warned that rust had eaten into its main supports and that nobody could promise how long they would "
            "carry the load."
        ),
        "She said it would stay closed for at least eight months, the Ostrey Courier reported.",
        "The engineer, Ilse Brandvik, listed what comes next:",
        "repairs for eight months;",
        "costs of 30 million crowns.",
        "Year | Cars a day",
        "2024 | 14,000",
        "The office is here:\nHarbour Street 4\nOstrey",
    ]


def test_neither_what_was_struck_out_nor_notes_nor_comments_are_text():
    found = article((FILES / "edited.docx").read_bytes())
    assert found.headline == "Ostrey closes its oldest bridge"
    assert found.body.replace("\u00ad", "").split("\n\n") == [
        "By Nele Amsel, The Ostrey Courier",
        (
            "OSTREY – The mayor of Ostrey, Dagny Folkert, closed the Weavers’ Bridge to all traffic on Wednesday after "
            "an engineer warned that rust had eaten into its main supports."
        ),
        "She said it would stay closed for at least eight months, the Ostrey Courier reported.",
        "The traffic office’s affiliated experts found different figures: 14,000 cars a day, it said.",
        "What comes next",
        (
            "“I saw the photographs on Tuesday evening and I have not slept since,” the mayor told the city council."
        ),
        "Year | Cars a day",
        "2024 | 14,000",
        (
            "The interior ministry will send an inspector in February. Its spokesperson, Runa Vesterly, said "
            "responsibility for maintenance lay with the municipality and with nobody else."
        ),
    ]


@pytest.mark.parametrize("style", ["Title", "Heading 1"])
def test_the_headline_is_what_is_styled_as_one(style):
    found = article(written((style, "Bridge closed"), ("Normal", "Nobody knows why.")))
    assert (found.headline, found.body) == ("Bridge closed", "Nobody knows why.")


def test_a_first_heading_is_the_headline_whatever_its_length():
    long = "The bridge is closed, " + "as nobody had expected, " * 8 + "until May"
    found = article(written(("Heading 1", long), ("Normal", "Nobody knows why.")))
    assert (found.headline, found.body) == (long, "Nobody knows why.")


def test_a_heading_further_down_is_no_headline():
    found = article(written(("Normal", "The bridge is closed."), ("Heading 1", "Why?")))
    assert found.headline == "The bridge is closed."
    assert found.body == "The bridge is closed.\n\nWhy?"


def test_a_strict_file_is_read_too():
    inner = "<w:p><w:r><w:t>The bridge is closed.</w:t></w:r></w:p>"
    found = article(packed(inner, namespace="http://purl.oclc.org/ooxml/wordprocessingml/main"))
    assert found.body == "The bridge is closed."


def test_the_text_of_content_controls_and_runs_stays_in_order():
    inner = (
        "<w:sdt><w:sdtContent><w:p><w:r><w:t>The bridge</w:t><w:tab/></w:r><w:ins><w:r><w:t>is</w:t></w:r></w:ins>"
        '<w:del><w:r><w:delText>was</w:delText></w:r></w:del><w:r><w:t xml:space="preserve"> closed</w:t><w:br/>'
        "<w:t>today.</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    )
    assert article(packed(inner)).body == "The bridge\tis closed\ntoday."


def test_the_paragraphs_of_a_layout_table_stay_paragraphs():
    paragraph = "<w:p><w:r><w:t>%s</w:t></w:r></w:p>"
    cell = (
        "<w:tc>" + paragraph % "The bridge is closed." + paragraph % "Nobody knows why." + "</w:tc>"
    )
    assert article(packed(f"<w:tbl><w:tr>{cell}</w:tr></w:tbl>")).body == (
        "The bridge is closed.\n\nNobody knows why."
    )


def zip_with(*entries: tuple[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries:
            archive.writestr(name, data)
    return stream.getvalue()


def locked_zip() -> bytes:
    data = bytearray(zip_with(("_rels/.rels", b"x")))
    # The flag of an encrypted entry, in its own header and in the archive's directory.
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def pretending(size: int) -> bytes:
    """Give an archive whose part says it is small and is not."""
    data = bytearray(packed("<w:p><w:r><w:t>word</w:t></w:r></w:p>" * 100_000))
    place = data.index(b"PK\x01\x02", data.index(b"PK\x01\x02") + 1)
    data[place + 24 : place + 28] = size.to_bytes(4, "little")
    return bytes(data)


@pytest.mark.parametrize(
    ("data", "error", "why"),
    [
        (b"", EmptyArticleError, "no text to split"),
        (packed(""), EmptyArticleError, "no text to split"),
        (b"The bridge is closed.", UnreadableFileError, "not a valid Word file"),
        (b"PK\x03\x04" + b"\0" * 50, UnreadableFileError, "not a valid Word file"),
        ((FILES / "bridge.docx").read_bytes()[:4000], UnreadableFileError, "not a valid Word file"),
        ((FILES / "old.doc").read_bytes(), UnreadableFileError, "an old Office"),
        (zip_with(("a.txt", b"a")), UnreadableFileError, "_rels/.rels is missing"),
        (packed("", target="xl/workbook.xml"), UnreadableFileError, "another program"),
        (packed("", target="word/other.xml"), UnreadableFileError, "word/other.xml is missing"),
        (packed("<w:p>"), UnreadableFileError, "XML is damaged"),
        (packed("<w:p>" * 2000 + "</w:p>" * 2000), UnreadableFileError, "XML is damaged"),
        (locked_zip(), LockedFileError, "Word file is protected by a password"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
            + b"\0" * 999
            + "EncryptedPackage".encode("utf-16-le"),
            LockedFileError,
            "Word file is protected by a password",
        ),
        (packed(" " * (MAX_PART + 1)), UnreadableFileError, "far too large"),
        (
            zip_with(*((f"{n}.xml", b"") for n in range(MAX_ENTRIES + 1))),
            UnreadableFileError,
            "far too large",
        ),
        (
            zip_with(*((f"{n}.xml", bytes(30_000_000)) for n in range(20))),
            UnreadableFileError,
            "far too large",
        ),
        (pretending(1000), UnreadableFileError, "missing or damaged"),
        (packed("<w:p><w:r><w:t>word</w:t></w:r></w:p>" * 50_000), TooLargeError, "characters"),
        (
            packed("<w:p><w:r><w:t>\ue001\ue002\ue003\ue004</w:t></w:r></w:p>"),
            NotTextError,
            "private font",
        ),
    ],
    ids=range(19),
)
def test_a_bad_file_has_its_own_error(data, error, why):
    with pytest.raises(error, match=why):
        article(data)


def test_entities_are_not_replaced(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret words")
    doctype = f'<!DOCTYPE w [<!ENTITY x SYSTEM "file://{secret}"><!ENTITY y "lol">]>'
    inner = "<w:p><w:r><w:t>The bridge is closed.</w:t><w:t>&x;&y;</w:t></w:r></w:p>"
    assert article(packed(inner, doctype=doctype)).body == "The bridge is closed."
