"""The topic that the splitter puts before a statement which does not name it: "[Sellow tram depot:] Repairs were put off".

All statements of an article share it, so it says nothing about whether two of them agree.
"""

import re

_TOPIC = re.compile(r"^\[[^\[\]]{1,100}:\] ")


def without_topic(text: str) -> str:
    """Return a statement without the topic before it."""
    return _TOPIC.sub("", text)
