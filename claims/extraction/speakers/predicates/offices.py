"""What a verb makes of its subject: who chairs a committee is its chair."""

from spacy.tokens import Token

from claims.extraction.speakers.roles import body_kind

_OFFICES = {
    "chair": "chair",
    "chaired": "chair",
    "lead": "leader",
    "head": "head",
    "run": "head",
    "own": "owner",
    "co-own": "owner",
    "found": "founder",
    "co-found": "co-founder",
    "direct": "director",
    "manage": "manager",
    "coach": "coach",
    "captain": "captain",
    "skipper": "captain",
    "command": "commander",
    "represent": "representative",
    "edit": "editor",
    "govern": "governor",
    "teach": "teacher",
    "study": "researcher",
}
_SURE = frozenset({"chair", "head", "captain", "coach", "command"})
"""Those of these verbs that tell an office whatever follows; who leads or runs anything but a body has none."""
_RUNS = frozenset({"run", "lead", "own", "manage", "direct", "found", "co-found"})
"""Those that tell it of whatever has a name."""


def office_of(verb: Token, led: str) -> str:
    """Return what a verb makes of its subject, or "".

    Args:
        verb: the verb.
        led: the words of its object.
    """
    if verb.lemma_ == "find":
        return ""
    known = _OFFICES.get(verb.lemma_.lower()) or _OFFICES.get(verb.lower_.removesuffix("s"), "")
    named = led[:1].isupper() and verb.lemma_.lower() in _RUNS
    return known if named or verb.lemma_.lower() in _SURE or body_kind(led) else ""


def is_office(verb: Token) -> bool:
    """Return whether a word is a verb that may make its subject an officer, even where the parser takes it for a noun."""
    return verb.lemma_.lower() in _OFFICES or verb.lower_.removesuffix("s") in _OFFICES
