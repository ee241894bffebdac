"""One article in every format, for the tests of what holds for all of them."""

HEADLINE = "Bridge closed"
PARAGRAPHS = (
    "The bridge at Ostrey is closed, the mayor of the town told reporters on Wednesday.",
    "Nobody knows why, and the engineer who had looked at it would not say.",
)
BODY = "\n\n".join(PARAGRAPHS)


def plain() -> bytes:
    return f"{HEADLINE}\n\n{BODY}\n".encode()


def html() -> bytes:
    paragraphs = "".join(f"<p>{each}</p>" for each in PARAGRAPHS)
    return f"<html><body><article><h1>{HEADLINE}</h1>{paragraphs}</article></body></html>".encode()


SAMPLES = {"md": plain, "txt": plain, "html": html}
