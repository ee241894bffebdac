"""Which bytes are text."""

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.errors import NotTextError, TooLargeError
from claims.ingest.decoding import MAX_BYTES, recoded, text_of

SENTENCE = "“The café in Ostrey is closed,” Zoë Übelhör said — for ever."
bounded = settings(max_examples=200, deadline=None, derandomize=True)


def decoded(data: bytes) -> str:
    return text_of(io.BytesIO(data))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1252"])
def test_each_known_encoding_gives_the_same_text(encoding):
    assert decoded(SENTENCE.encode(encoding)) == SENTENCE


def test_utf_16_is_read_in_the_other_byte_order_too():
    assert decoded(b"\xfe\xff" + SENTENCE.encode("utf-16-be")) == SENTENCE


@given(st.text(max_size=60))
@bounded
def test_every_text_comes_back_from_utf_8(text):
    assert decoded(b"\xef\xbb\xbf" + text.encode()) == text


def test_nothing_is_text_too():
    assert decoded(b"") == ""


def zip_file() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("word/document.xml", "<w:document/>")
    return stream.getvalue()


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n", "a PDF"),
        (zip_file(), "ZIP archive.*Word"),
        (b"{\\rtf1\\ansi The minister said}", "RTF"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "PNG"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "JPEG"),
        (SENTENCE.encode()[:-8] + b"\xe2\x80", "damaged at byte"),
        (b"\xff\xfeT\x00h\x00\x00", "marked as UTF-16"),
        ("Мост в Острее закрыт, сказал мэр.".encode("windows-1251"), "encoding is unknown"),
        ("橋は閉鎖されたと市長は述べた。".encode("shift-jis"), "not valid UTF-8"),
        (b"plain\x90words", "byte 5 is not valid UTF-8"),
        (b"caf\xe9 \x01\x02 and a long line of words", "encoding is unknown"),
    ],
)
def test_bytes_that_are_no_text_are_refused_and_named(data, why):
    with pytest.raises(NotTextError, match=why):
        decoded(data)


class Endless(io.RawIOBase):
    """A stream that never ends, and counts what is taken from it."""

    taken = 0

    def read(self, size: int = -1) -> bytes:
        assert size >= 0, "reading an endless stream to its end"
        self.taken += size
        return b"a" * size


def test_a_stream_without_end_is_refused_after_a_bounded_read():
    stream = Endless()
    with pytest.raises(TooLargeError, match="the limit is 1 MB"):
        text_of(stream)
    assert stream.taken <= MAX_BYTES + 1


def test_a_file_of_exactly_the_limit_is_read():
    assert len(decoded(b"a" * MAX_BYTES)) == MAX_BYTES


@pytest.mark.parametrize(
    ("data", "declared", "text"),
    [
        (b"caf\xe9", "", b"caf\xe9"),
        (b"caf\xe9", "utf-8", b"caf\xe9"),
        (b"caf\xe9", "iso-8859-1", "café".encode()),
    ],
)
def test_a_text_is_converted_from_what_was_declared_and_from_nothing_else(data, declared, text):
    assert recoded(data, declared=declared) == text


def test_as_many_whole_characters_as_broken_ones_are_damaged_utf_8():
    with pytest.raises(NotTextError, match="damaged at byte"):
        decoded("The café is closed until ".encode() + b"\xe9 May.")
