"""The picture of a shared link."""

import struct

import pytest

from claims.renderers.documents.blocks import Figure, Mark
from claims.renderers.documents.pdf import can_draw
from claims.renderers.documents.picture import Shared, draw

LONG = "Unwaveringly " * 60
MARK = Mark("disputed", "?", "Disputed")
WORD = "W" * 400


@pytest.mark.parametrize("words", ["Bridges of May", LONG, WORD, "", "#[*x*] \\ $y$"])
def test_it_is_one_picture_of_its_size_whatever_the_words(words):
    for shared in (
        Shared(title=words, kicker=words, newsroom=words, mark=MARK),
        Shared(
            title=words,
            kicker=words,
            newsroom=words,
            figures=[Figure(MARK, 12_345, 0.3, 33)] * 3,
        ),
    ):
        picture = draw(shared)
        assert picture.startswith(b"\x89PNG")
        assert struct.unpack(">II", picture[16:24]) == (1200, 630)


def test_what_can_be_drawn_is_told_from_what_would_break_a_pdf():
    picture = draw(Shared(title="Bridges", kicker="", newsroom="", mark=MARK))
    assert can_draw(picture)
    assert not can_draw(picture[:40])
    assert not can_draw(b"no picture")
