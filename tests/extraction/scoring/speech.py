"""Which cues are of speech, and which words tell of no source which one it is. The words are in `speech.toml`.

Training loads this file by itself, so it needs nothing of the project.
"""

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

_DATA = Path(__file__).with_name("speech.toml")


def is_speech_cue(cue: str) -> bool:
    """Say whether a cue's words speak or report, rather than believe or plan; a mere mark does."""
    cue, lists = cue.lower(), words()
    if cue and not any(character.isalnum() or character == "_" for character in cue):
        return True
    told = any(phrase in cue for phrase in lists["phrases"])
    return told or any(word in lists["forms"] for word in re.findall(r"\w+", cue))


@cache
def words() -> dict[str, frozenset[str]]:
    """Give the lists: `forms` and `phrases` of speech; `pronouns`, and `stop` words with the pronouns."""
    data = tomllib.loads(_DATA.read_text("utf-8"))
    forms = {*data["forms"], *(form for verb in data["verbs"] for form in _forms(verb))}
    pronouns = frozenset(data["pronouns"])
    return {
        "forms": frozenset(forms),
        "phrases": frozenset(data["phrases"]),
        "pronouns": pronouns,
        "stop": pronouns | frozenset(data["stop_words"]),
    }


def _forms(verb: str) -> Iterator[str]:
    """Give a verb's forms as if it were regular; a few that do not exist do no harm."""
    yield from (verb, verb + "s", verb + "ed", verb + "ing")
    if verb.endswith("e"):
        yield from (verb + "d", verb[:-1] + "ing")
    if re.search(r"(?:s|sh|ch|x|z|o)$", verb):
        yield verb + "es"
    if re.search(r"[^aeiou]y$", verb):
        yield from (verb[:-1] + "ies", verb[:-1] + "ied")
    if re.search(r"[^aeiou][aeiou][bdgmnprt]$", verb):
        yield from (verb + verb[-1] + "ed", verb + verb[-1] + "ing")
