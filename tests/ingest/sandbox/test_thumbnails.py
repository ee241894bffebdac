"""Thumbnails: what is drawn of a file, what is not, and that hostile files harm nobody."""

import io
from contextlib import suppress
from pathlib import Path

import pytest

from claims.errors import ReadingFailedError, TooComplexError
from claims.ingest.sandbox import Sandbox
from claims.ingest.thumbnails import SIDE, size_of
from tests.ingest.pictures import HOSTILE, SECRET, jpeg, pdf, png

PRINTED = Path(__file__).parents[1] / "files" / "printed.pdf"


@pytest.fixture(scope="module")
def box():
    made = Sandbox()
    yield made
    made.close()


@pytest.mark.parametrize(
    ("file", "width", "height"),
    [
        (png(300, 200), SIDE, 128),
        (png(200, 300), 128, SIDE),
        (pdf(), 136, SIDE),
        (pdf("0 0 842 595"), SIDE, 136),
        (PRINTED.read_bytes(), SIDE, 136),
    ],
    ids=["wide picture", "high picture", "page", "page on its side", "printed PDF"],
)
def test_a_picture_and_a_page_keep_their_shape(box, file, width, height):
    drawn = box.thumbnail(io.BytesIO(file))
    assert (drawn.width, drawn.height) == (width, height)
    assert size_of(drawn.png) == (width, height)


@pytest.mark.parametrize("file", [png(30, 20), jpeg()], ids=["PNG", "JPEG"])
def test_nothing_of_the_file_but_its_pixels_is_in_it(box, file):
    assert SECRET in file
    drawn = box.thumbnail(io.BytesIO(file)).png
    assert SECRET not in drawn
    assert b"Exif" not in drawn
    assert b"tEXt" not in drawn


@pytest.mark.parametrize("name", HOSTILE)
def test_of_a_hostile_file_there_is_none_and_the_next_one_is_drawn(box, name):
    # What fills the memory ends its reader.
    with suppress(ReadingFailedError, TooComplexError):
        assert box.thumbnail(io.BytesIO(HOSTILE[name])) is None
    assert box.thumbnail(io.BytesIO(png(30, 20))) is not None


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"<svg onload='alert(1)'>",
        png(30, 20)[:12] + b"junk" + png(30, 20)[16:],
        png(SIDE + 1, 20),
        png(30, 20) + b"\0" * 200_000,
    ],
    ids=["nothing", "SVG", "no header", "too wide", "too long"],
)
def test_what_is_no_thumbnail_is_not_believed(answer):
    assert size_of(answer) is None


def test_what_is_one_is():
    assert size_of(png(30, 20)) == (30, 20)
