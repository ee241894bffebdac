"""Lines put together for sending."""

from claims.renderers.data.chunks import pieces


def test_the_first_line_goes_alone_and_at_once_and_then_many_together():
    lines = [f"{number} é\n" for number in range(300)]
    found = [piece.decode() for piece in pieces(lines)]
    assert "".join(found) == "".join(lines)
    assert [piece.count("\n") for piece in found] == [1, 128, 128, 43]
