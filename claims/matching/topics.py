"""What the splitter puts before a statement: its topic, or what was said right before and the statement points to.

"[Sellow tram depot:] Repairs were put off", "[The pump cost 40 crowns.] It never worked". All statements of an article share
the one and two statements the other, so it says nothing about whether two of them agree.
"""

import re

_BEFORE = re.compile(r"^\[[^\[\]]{1,500}(?::|[.!?][”’]?)\] ")


def without_topic(text: str) -> str:
    """Return a statement without the topic and what was said before it."""
    return _BEFORE.sub("", text)
