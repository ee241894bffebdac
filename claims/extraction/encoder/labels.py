"""The network's labels for word pieces, by number."""

from enum import IntEnum


class CueTag(IntEnum):
    """Whether a piece is part of a cue, and of which sort. The first piece of a cue has a tag of its own."""

    NONE = 0
    SPEECH = 1
    IN_SPEECH = 2
    OTHER = 3
    IN_OTHER = 4

    @classmethod
    def of(cls, *, speech: bool) -> tuple["CueTag", "CueTag"]:
        """Return the tags of a cue's first piece and of the others."""
        return (cls.SPEECH, cls.IN_SPEECH) if speech else (cls.OTHER, cls.IN_OTHER)


class Role(IntEnum):
    """The role of a piece for one cue."""

    NONE = 0
    SOURCE = 1
    IN_SOURCE = 2
    CONTENT = 3
    IN_CONTENT = 4


BEFORE, BEHIND = 64, 128
"""How many pieces before and behind a cue its distance is told apart."""

PARAGRAPHS = 2
"""How many paragraphs before and after a cue are told apart."""
