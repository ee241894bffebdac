"""What all formats have in common, and what is specific to one."""

import io

import pytest

from claims.errors import (
    EmptyArticleError,
    FrontMatterError,
    InvalidValueError,
    NotAnArticleError,
    NotTextError,
    TooLargeError,
    UnknownFormatError,
    UnreadableFileError,
    WorkbenchError,
)
from claims.ingest import EXTENSIONS, FORMATS, read
from tests.ingest.samples import BODY, HEADLINE, SAMPLES

FRONT = b"---\nheadline: Bridge closed\noutlet: The Ostrey Courier\npublished: 2026-01-28\n---\n"
TEXT = b"The bridge is closed.\r\n\r\nNobody knows why.\r\n"

every_format = pytest.mark.parametrize("key", FORMATS)
texts = pytest.mark.parametrize("key", ["md", "txt"])


def article(data: bytes, key: str):
    return read(io.BytesIO(data), name=f"bridge.{key}")


@every_format
def test_a_format_has_a_lower_case_extension_and_a_name(key):
    assert FORMATS[key].key == key == key.lower()
    assert "." not in key
    assert FORMATS[key].label


@texts
def test_front_matter_and_text_are_read(key):
    found = article(b"\xef\xbb\xbf" + FRONT + TEXT, key)
    assert found.headline == "Bridge closed"
    assert found.outlet == "The Ostrey Courier"
    assert found.body == "The bridge is closed.\n\nNobody knows why."
    assert found.published is not None
    assert found.published.isoformat() == "2026-01-28T00:00:00+00:00"


@texts
@pytest.mark.parametrize("before", [b"", b"\xef\xbb\xbf", b"\r\n  \r\n"])
def test_front_matter_is_read_with_any_line_ends_and_blanks_around_it(key, before):
    front = FRONT.replace(b"---", b"---  ").replace(b"\n", b"\r\n")
    found = article(before + front + TEXT, key)
    assert (found.headline, found.outlet) == ("Bridge closed", "The Ostrey Courier")
    assert found.body == "The bridge is closed.\n\nNobody knows why."


@pytest.mark.parametrize("gap", [b"", b"\n"])
def test_a_heading_below_front_matter_without_a_headline_is_the_headline(gap):
    found = article(b"---\noutlet: Courier\n---\n" + gap + b"# Bridge closed\n" + TEXT, "md")
    assert (found.headline, found.outlet) == ("Bridge closed", "Courier")
    assert found.body == "The bridge is closed.\n\nNobody knows why."


@texts
def test_text_without_front_matter_is_read(key):
    found = article(b"Bridge closed\n\n" + TEXT, key)
    assert found.headline == "Bridge closed"
    assert found.body == "The bridge is closed.\n\nNobody knows why."


@texts
@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", EmptyArticleError),
        (FRONT, EmptyArticleError),
        (b"---\nheadline: [a]\n---\n" + TEXT, FrontMatterError),
        (b"---\nurl: ftp://example.org\n---\n" + TEXT, InvalidValueError),
        (b"\x89PNG\r\n\x1a\n\x00\x00", NotTextError),
        (TEXT.decode().encode("utf-16-le"), NotTextError),
        (SAMPLES["html"](), NotTextError),
        (b"\n<!DOCTYPE HTML>\n<p>" + TEXT, NotTextError),
        (b"word " * 50_000, TooLargeError),
        (b"word " * 250_000, TooLargeError),
    ],
)
def test_bad_input_has_its_own_error(key, data, error):
    with pytest.raises(error):
        article(data, key)


@every_format
def test_an_article_is_read(key):
    found = article(SAMPLES[key](), key)
    assert found.headline == HEADLINE
    assert found.body == BODY


@every_format
def test_the_stream_is_left_open(key):
    stream = io.BytesIO(SAMPLES[key]())
    read(stream, name=f"bridge.{key}")
    assert not stream.closed


@every_format
def test_the_extension_counts_in_either_case(key):
    assert read(io.BytesIO(SAMPLES[key]()), name=f"a.b.{key.upper()}").body == BODY


@every_format
def test_an_empty_file_is_told_as_such(key):
    with pytest.raises(EmptyArticleError):
        article(b"", key)


@every_format
@pytest.mark.parametrize("size", [5, 60, 0.5, 0.9])
def test_half_a_file_gives_an_error_or_a_part_of_the_article(key, size):
    data = SAMPLES[key]()
    try:
        found = article(data[: size if size > 1 else int(len(data) * size)], key)
    except WorkbenchError:
        return
    assert set(found.body.split()[:-1]) <= set(f"{HEADLINE} {BODY}".split())


@every_format
@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n" + b"\0" * 99, bytes(range(256)) * 40])
def test_a_file_of_another_kind_is_refused(key, data):
    with pytest.raises((NotTextError, UnreadableFileError, NotAnArticleError)):
        article(data, key)


def test_no_two_formats_share_an_extension():
    assert len(EXTENSIONS) == sum(1 + len(each.aliases) for each in FORMATS.values())


@pytest.mark.parametrize("name", ["bridge.odt", "bridge", "bridge.", "", "bridge.txt.exe"])
def test_an_unknown_extension_is_refused_with_the_known_ones(name):
    with pytest.raises(UnknownFormatError) as raised:
        read(io.BytesIO(TEXT), name=name)
    assert all(key in str(raised.value) for key in FORMATS)


def test_a_markdown_heading_is_the_headline():
    found = article(b"# Bridge closed\n" + TEXT, "md")
    assert found.headline == "Bridge closed"
    assert found.body == "The bridge is closed.\n\nNobody knows why."


def test_a_markdown_heading_beside_a_headline_stays_in_the_text():
    assert article(FRONT + b"# Why?\n" + TEXT, "md").body.startswith("# Why?\nThe bridge")


def test_plain_text_knows_no_heading():
    assert article(b"# Bridge closed\n\n" + TEXT, "txt").headline == "# Bridge closed"
