"""What pages of sources are read with."""

from claims.choices import SourceKind

MINISTER = SourceKind.MINISTER


def text_of(answer) -> str:
    """The text of a page that was there."""
    assert answer.status_code == 200
    return answer.content.decode()
