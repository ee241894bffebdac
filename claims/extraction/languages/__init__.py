"""Detects the language of a text. Each language is a data file beside this module, `xx.toml`.

`words` are the commonest words, in lower case; `letters` is a regular expression's class of the letters, if
they are not Latin; `must` is what every text in that language contains, if others share its letters; `marks`
are the pairs of quotation marks; `parsed = true` means that the splitter parses its grammar. The file's name
is the language's code in ISO 639-1.
"""

import re
import tomllib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path

_FOLDER = Path(__file__).parent
_WORD = re.compile(r"[^\W\d_]+")
_NO_LETTERS = re.compile(r"[\W\d_]+")
_NOT_LATIN = re.compile(r"[^A-Za-z\u00aa-\u024f\u1e00-\u1eff\uff21-\uff5a]+")
_SAMPLE = 20_000
"""Characters; what stands further down changes no answer."""
_WORDS = 500
_HITS = 3
_SHARE = 0.12
"""Of a text's words that must be common ones before it is taken for another language than English."""
_LEAD = 1.5
"""How many times as many of them as of English ones; some words are common in several languages."""
_ENOUGH = 60
_STRANGE = 0.04
"""A text of `_ENOUGH` different words with a smaller share of English ones is in a language that no file tells of."""


@dataclass(frozen=True, slots=True, eq=False)
class Language:
    """One language.

    Attributes:
        code: its code in ISO 639-1, or "und" for an unknown language.
        name: its name in English.
        parsed: whether the splitter parses its grammar and finds sources; otherwise only sentences
            and quotations.
        words: its commonest words.
        letters: its letters, or None if they are Latin.
        must: what every text in it contains, or None.
        marks: its pairs of quotation marks.
    """

    code: str
    name: str
    parsed: bool = False
    words: frozenset[str] = frozenset()
    letters: re.Pattern[str] | None = None
    must: re.Pattern[str] | None = None
    marks: tuple[str, ...] = ("“”", "«»", '""')


UNKNOWN = Language("und", "unknown")


def detect(text: str) -> Language:
    """Detect a text's language from its letters and commonest words.

    Args:
        text: any text. One that is too short counts as English.

    Returns:
        The language, or `UNKNOWN`.
    """
    sample = text[:_SAMPLE]
    known = languages()
    letters = _NO_LETTERS.sub("", sample)
    words = [found.group().lower() for found in islice(_WORD.finditer(sample), _WORDS)]
    hits = dict.fromkeys(known.values(), 0)
    for word in words:
        for one in _having().get(word, ()):
            hits[one] += 1
    if len(letters) > 2 * len(_NOT_LATIN.sub("", letters)):
        return _by_letters(letters, hits)
    english = known["en"]
    others = (one for one in hits if one.letters is None and one is not english)
    best = max(others, key=hits.__getitem__)
    if hits[best] >= max(_HITS, _SHARE * len(words), _LEAD * hits[english]):
        return best
    strange = len(set(words)) >= _ENOUGH and hits[english] < _STRANGE * len(words)
    return UNKNOWN if strange else english


@cache
def languages() -> Mapping[str, Language]:
    """Read all languages, once per process.

    Raises:
        TypeError: a file has an unknown key or lacks its name.
    """
    return {path.stem: _read(path) for path in sorted(_FOLDER.glob("*.toml"))}


@cache
def _having() -> Mapping[str, Sequence[Language]]:
    """Return the languages that have each common word."""
    found: dict[str, list[Language]] = defaultdict(list)
    for one in languages().values():
        for word in one.words:
            found[word].append(one)
    return dict(found)


def _by_letters(letters: str, hits: Mapping[Language, int]) -> Language:
    """Choose among the languages that have most of the text's letters."""
    fitting = [
        one
        for one in hits
        if one.letters is not None
        and 2 * len(one.letters.findall(letters)) > len(letters)
        and (one.must is None or one.must.search(letters))
    ]
    return max(fitting, key=lambda one: (hits[one], one.must is not None), default=UNKNOWN)


def _read(path: Path) -> Language:
    data = tomllib.loads(path.read_text("utf-8"))
    for key in ("words", "marks"):
        if key in data:
            data[key] = (frozenset if key == "words" else tuple)(data[key])
    if "letters" in data:
        data["letters"] = re.compile(f"[{data['letters']}]")
    if "must" in data:
        data["must"] = re.compile(data["must"])
    return Language(path.stem, **data)
