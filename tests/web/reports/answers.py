"""What the pages of reports answer."""

import re


def shown(answer, *, status: int = 200) -> str:
    assert answer.status_code == status
    return answer.content.decode()


def streamed(answer) -> bytes:
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)


def hidden_fields(page: str) -> dict[str, str]:
    """What a form of a page sends along unseen."""
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="(\w*)">', page))
