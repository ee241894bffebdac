"""What counts as a thumbnail: a small PNG, whose size its first bytes tell."""

from pathlib import Path

import pytest

from claims.ingest.thumbnails import SIDE, size_of, thumbnail
from tests.ingest import pictures


def png(width: int, height: int) -> bytes:
    """The first bytes of a picture of this size."""
    return (
        b"\x89PNG\r\n\x1a\n"
        b"\0\0\0\rIHDR" + b"".join(side.to_bytes(4) for side in (width, height)) + b"\x08\x02"
    )


@pytest.mark.parametrize(
    ("drawn", "size"),
    [
        (png(3, 2), (3, 2)),
        (png(SIDE, SIDE), (SIDE, SIDE)),
        (png(SIDE + 1, 2), None),
        (png(2, SIDE + 1), None),
        (png(0, 2), None),
        (png(2, 0), None),
        (b"x" + png(3, 2)[1:], None),
        (png(3, 2).replace(b"IHDR", b"IDAT"), None),
    ],
)
def test_a_picture_that_is_none_or_too_large_is_no_thumbnail(drawn, size):
    assert size_of(drawn) == size


@pytest.mark.parametrize(
    ("file", "size"),
    [
        (pictures.png(30, 20), (60, 40)),
        (pictures.png(3 * SIDE, SIDE), (SIDE, SIDE // 3)),
        (pictures.jpeg(), (16, 16)),
        (pictures.WEBP, (2, 2)),
        (pictures.pdf("0 0 400 800"), (SIDE // 2, SIDE)),
        (pictures.WEBP.replace(b"WEBP", b"WAVE"), None),
        (pictures.SVG, None),
        (b"", None),
    ],
    ids=["png", "large png", "jpeg", "webp", "pdf", "sound", "svg", "nothing"],
)
def test_a_file_is_known_by_its_first_bytes_and_drawn_small(file, size, tmp_path: Path):
    path = tmp_path / "file"
    path.write_bytes(file)
    with path.open("rb") as stream:
        drawn = thumbnail(stream)
    assert (drawn and size_of(drawn)) == size
