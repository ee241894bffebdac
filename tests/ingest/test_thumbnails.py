"""What counts as a thumbnail: a small PNG, whose size its first bytes tell."""

import pytest

from claims.ingest.thumbnails import SIDE, size_of


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
