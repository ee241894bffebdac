"""PDFs: paragraphs, columns, cut words, heads and feet; and what cannot be read."""

import io
import random
from pathlib import Path

import pytest
import typst
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DecodedStreamObject, NameObject

from claims.errors import (
    EmptyArticleError,
    LockedFileError,
    NoTextLayerError,
    TooLargeError,
    UnreadableFileError,
    WorkbenchError,
)
from claims.ingest import read
from claims.ingest.pdf import MAX_CONTENT, MAX_PAGES

FILES = Path(__file__).parent / "files"
TEXT = """
OSTREY – The mayor of Ostrey closed the Weavers’ Bridge to all traffic on Wednesday after an engineer warned
that rust had eaten into its main supports and that nobody could promise how long they would carry the load.

“I saw the photographs on Tuesday evening and I have not slept since,” the mayor, Dagny Folkert, told the
city council. She said the bridge would stay closed for at least eight months.

Some 14,000 cars cross the bridge each day, according to the city’s traffic office, and the detour over the
northern dam takes twenty-five minutes in the morning. The transportation department recommended travelling
outside rush hours and announced additional ferries.

The engineer, Ilse Brandvik, said the repairs would cost up to 30 million crowns. “Half of that is
scaffolding,” she added.

What comes next

Shop owners on the west bank accused the city of having known for years. A spokesperson for the municipal
administration declined to comment on correspondence that the shopkeepers’ association had published.

The association’s chair, Osk Pelham, said its members had written four letters. “We have four answers, and
they are all the same letter,” he said.

The interior ministry will send an inspector in February. Its spokesperson, Runa Vesterly, said
responsibility for maintenance lay with the municipality and with nobody else.

Opposition councillors demanded an extraordinary meeting. The council’s chair said it would take place on
Friday, unless the heating in the town hall failed again.
"""
PARAGRAPHS = [" ".join(paragraph.split()) for paragraph in TEXT.split("\n\n")]


def article(data: bytes):
    return read(io.BytesIO(data), name="bridge.pdf")


def typeset(source: str) -> bytes:
    return typst.compile(source.encode())


def written(change) -> bytes:
    writer = PdfWriter(clone_from=FILES / "gaps.pdf")
    change(writer)
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


@pytest.mark.parametrize("name", ["gaps", "indents", "columns", "hyphens"])
def test_paragraphs_are_whole_and_heads_and_feet_are_left_out(name):
    found = article((FILES / f"{name}.pdf").read_bytes())
    assert found.headline == "Ostrey closes its oldest bridge"
    assert found.body.split("\n\n") == PARAGRAPHS


def test_the_language_is_the_one_that_the_file_names():
    assert article((FILES / "gaps.pdf").read_bytes()).language == "en-GB"


def test_a_hyphen_that_the_word_has_elsewhere_stays_at_the_end_of_a_line():
    found = article(
        typeset(
            "#set page(width: 8cm, height: 8cm)\n#set text(size: 10pt)\n"
            "The well-known mayor of Ostrey spoke.\\ Nobody on the square was so well-\\ known, they said, "
            "but nobody was so dis-\\ appointed.\n"
        )
    )
    assert found.body == (
        "The well-known mayor of Ostrey spoke. Nobody on the square was so well-known, they said, but nobody was "
        "so disappointed."
    )


def test_a_page_number_alone_at_the_foot_is_left_out():
    found = article(
        typeset(
            '#set page(width: 8cm, height: 8cm, numbering: "1")\nThe bridge is closed, he said.'
        )
    )
    assert found.body == "The bridge is closed, he said."


def test_right_to_left_text_is_refused_rather_than_read_in_a_wrong_order():
    with pytest.raises(UnreadableFileError, match="right to left"):
        article(
            typeset('#set text(lang: "ar", dir: rtl)\nأغلقت البلدية الجسر القديم يوم الأربعاء.')
        )


def test_a_file_that_only_its_owner_may_change_is_read():
    data = written(lambda file: file.encrypt("", owner_password="owner", algorithm="RC4-128"))
    assert article(data).body.split("\n\n") == PARAGRAPHS


def test_pages_without_text_are_told_as_pictures():
    with pytest.raises(NoTextLayerError, match="no text layer"):
        article(typeset("#rect(width: 3cm, height: 2cm)"))


@pytest.mark.parametrize("algorithm", ["RC4-40", "RC4-128"])
def test_a_password_is_told(algorithm):
    data = written(lambda file: file.encrypt("secret", algorithm=algorithm))
    with pytest.raises(LockedFileError, match="PDF is protected by a password"):
        article(data)


def with_content(content: bytes) -> bytes:
    writer = PdfWriter()
    page = writer.add_blank_page(200, 200)
    stream = DecodedStreamObject()
    stream.set_data(content)
    page[NameObject("/Contents")] = writer._add_object(stream.flate_encode())
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def blank_pages(number: int) -> bytes:
    writer = PdfWriter()
    for _ in range(number):
        writer.add_blank_page(10, 10)
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "error", "why"),
    [
        (b"", EmptyArticleError, "no text to split"),
        (b"The bridge is closed.", UnreadableFileError, "no PDF"),
        (b"%PDF-1.7\n", UnreadableFileError, "no PDF"),
        (b"%PDF-1.7\n" + b"\0" * 10_000, UnreadableFileError, "no PDF"),
        (b"%PDF-1.7\n" + b"[" * 100_000, UnreadableFileError, "no PDF"),
        (b"x" * 20_000_001, TooLargeError, "bytes"),
        (blank_pages(MAX_PAGES + 1), TooLargeError, "pages"),
        (with_content(b" " * (MAX_CONTENT + 1)), UnreadableFileError, "far too much"),
        (with_content(b"q " * 100_000), NoTextLayerError, "no text layer"),
        (with_content(b"[" * 100_000), NoTextLayerError, "no text layer"),
    ],
    ids=range(10),
)
def test_a_bad_file_has_its_own_error(data, error, why):
    with pytest.raises(error, match=why):
        article(data)


def test_a_damaged_file_gives_an_error_or_what_can_be_read():
    whole = (FILES / "gaps.pdf").read_bytes()
    dice = random.Random(7)
    for _ in range(60):
        data = bytearray(whole)
        for _ in range(dice.choice([1, 10, 300])):
            data[dice.randrange(len(data))] = dice.randrange(256)
        try:
            found = article(bytes(data[: dice.choice([len(data), dice.randrange(len(data))])]))
        except WorkbenchError:
            continue
        assert found.body


def test_the_files_have_what_they_are_to_test():
    text = PdfReader(FILES / "hyphens.pdf").pages[0].extract_text()
    assert "\u00ad\n" in text
