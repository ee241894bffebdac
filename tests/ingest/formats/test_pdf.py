"""PDFs: paragraphs, columns, hyphenation, headers and footers; and what cannot be read."""

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
from claims.ingest.formats.pdf import MAX_CONTENT, MAX_PAGES
from claims.ingest.formats.pdf_footnotes import without_notes
from claims.ingest.formats.pdf_layout import Line
from tests.ingest.hostile_documents import pdf

FILES = Path(__file__).parents[1] / "files"
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


@pytest.mark.parametrize("size", ["0", "-12", "12"])
def test_text_of_any_size_is_read(size):
    """Found by a fuzzer: text of no height, and mirrored text, stands nowhere to the right of its own beginning."""
    drawn = (
        f"BT /F1 {size} Tf 20 100 Td (The bridge over the Olm is closed until May.) Tj ET".encode()
    )
    content = b"<</Length %d>>\nstream\n%s\nendstream" % (len(drawn), drawn)
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
    found = article(pdf(content, font, page=b"/Resources<</Font<</F1 5 0 R>>>>"))
    assert "closed until May" in f"{found.headline} {found.body}"


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


def test_notes_and_their_marks_are_left_out():
    assert article((FILES / "notes.pdf").read_bytes()).body.split("\n\n") == [
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
        (
            "The interior ministry will send an inspector in February. Its spokesperson, Runa Vesterly, said "
            "responsibility for maintenance lay with the municipality and with nobody else."
        ),
    ]


def test_a_page_that_a_browser_printed_is_read_without_what_it_adds():
    found = article((FILES / "printed.pdf").read_bytes())
    assert found.headline == "Ostrey closes its oldest bridge"
    assert found.body.split("\n\n") == [
        (
            "OSTREY – The mayor of Ostrey, Dagny Folkert, closed the Weavers’ Bridge to all traffic on the 19th of May "
            "after an engineer warned that rust had eaten into its main supports."
        ),
        (
            "The traffic office’s affiliated experts found different figures: 14,000 cars cross the bridge each day to "
            "the 9 km2 of the west bank, and the detour over the northern dam takes twenty-five minutes."
        ),
        (
            "Shop owners accused the city of having known for years. A spokesperson for the municipal administration "
            "declined to comment on correspondence that the shopkeepers’ association had published."
        ),
        (
            "The interior ministry will send an inspector in February. Its spokesperson, Runa Vesterly, said "
            "responsibility for maintenance lay with the municipality and with nobody else."
        ),
    ]


@pytest.mark.parametrize(
    ("below", "size"),
    [("2 boats sank.", 10), ("2, says the list", 8), ("boats, said 2", 8), ("2", 8)],
    ids=["the text's size", "goes on", "another beginning", "a page number"],
)
def test_a_line_that_is_no_note_stays_with_what_is_raised(below, size):
    page = [Line("It covers 9 km2 of land", 50, 700, 10, ((14, 15),)), Line(below, 50, 650, size)]
    assert without_notes([page]) == [page]


def test_a_note_goes_with_its_mark_and_all_its_lines():
    page = [
        Line("It closed on Wednesday2, she said", 50, 700, 10, ((22, 23),)),
        Line("2 The first of May.", 50, 90, 8),
        Line("It was a holiday.", 50, 80, 8),
        Line("The Ostrey Courier", 50, 60, 10),
    ]
    (kept,) = without_notes([page])
    assert [line.text for line in kept] == [
        "It closed on Wednesday, she said",
        "The Ostrey Courier",
    ]


def test_a_note_may_stand_at_the_end():
    pages = [
        [Line("It closed on Wednesdayi, she said", 50, 700, 10, ((22, 23),))],
        [Line("Nobody knows why.", 50, 700, 10), Line("i The first of May.", 50, 600, 8)],
    ]
    kept = [[line.text for line in page] for page in without_notes(pages)]
    assert kept == [["It closed on Wednesday, she said"], ["Nobody knows why."]]


@pytest.mark.parametrize(
    ("number", "stays"),
    [
        ("#text(size: 7pt)[2]", True),
        ("#box(move(dy: -3pt)[2])", True),
        ("#box(move(dy: -3pt, text(size: 7pt)[2]))", False),
    ],
    ids=["small", "raised", "small and raised"],
)
def test_what_refers_to_a_note_is_small_and_raised(number, stays):
    found = article(
        typeset(
            "#set page(width: 12cm, height: 8cm)\n#set text(size: 10pt)\n"
            f"The bridge closed on Wednesday, {number} hours late, she said.\n\n"
            "Nobody knew why the bridge had closed so late.\n\n"
            "#v(2cm)\n#text(size: 7pt)[2 The first of May.]\n"
        )
    )
    assert ("Wednesday, 2 hours late" in found.body) == stays
    assert ("The first of May" in found.body) == stays


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


ENCRYPTIONS = ["RC4-40", "RC4-128", "AES-128", "AES-256"]


@pytest.mark.parametrize("algorithm", ENCRYPTIONS)
def test_a_file_that_only_its_owner_may_change_is_read(algorithm):
    data = written(lambda file: file.encrypt("", owner_password="owner", algorithm=algorithm))
    assert article(data).body.split("\n\n") == PARAGRAPHS


def test_pages_without_text_are_told_as_pictures():
    with pytest.raises(NoTextLayerError, match="no text layer"):
        article(typeset("#rect(width: 3cm, height: 2cm)"))


@pytest.mark.parametrize("algorithm", ENCRYPTIONS)
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
        (b"The bridge is closed.", UnreadableFileError, "not a valid PDF"),
        (b"%PDF-1.7\n", UnreadableFileError, "not a valid PDF"),
        (b"%PDF-1.7\n" + b"\0" * 10_000, UnreadableFileError, "not a valid PDF"),
        (b"%PDF-1.7\n" + b"[" * 100_000, UnreadableFileError, "not a valid PDF"),
        (b"x" * 20_000_001, TooLargeError, "MB"),
        (blank_pages(MAX_PAGES + 1), TooLargeError, "pages"),
        (with_content(b" " * (MAX_CONTENT + 1)), UnreadableFileError, "far too large"),
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
