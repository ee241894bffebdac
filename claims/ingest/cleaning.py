"""The one place where characters of an article are changed.

Everything that comes in passes here, and cleaning what is clean changes nothing: offsets counted on a
cleaned body stay valid.

Characters are not normalised (NFC, NFKC): a quotation has to stay what the outlet published, to the
character, or it cannot be found again in the original, and a digest of it proves nothing. Search and
matching normalise their own copies.
"""

import re

from claims.errors import NotTextError, Phrase

# Control characters but tab and the line ends; halves of surrogate pairs, which no encoding can save;
# the two that XML 1.0 forbids outright (its production 2, "Char").
_UNUSABLE = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")

# Private use, which only one font can show, and the mark of a character lost in an earlier conversion.
_DOUBTFUL = re.compile(r"[\ue000-\uf8ff\ufffd\U000f0000-\U0010ffff]")

_LINE_END = re.compile(r"\r\n|[\r\v\f\x85\u2028\u2029]")
_BLANK_LINES = re.compile(r"\n{3,}")
_LEADING = re.compile(r"\A[\s\ufeff]+")

_FEW = 3
_SHARE = 50


def clean(text: str) -> str:
    r"""Clean a text of several lines.

    Args:
        text: any characters.

    Returns:
        The text with `\n` as its only line end, no white space around it or at the ends of its lines, at
        most one blank line in a row, no byte-order mark in front and no control characters but tabs.
        Nothing else is changed. May be empty.

    Raises:
        NotTextError: more than 3 characters and more than one in 50 are control characters, halves of
            surrogate pairs, for private use or lost: not an article with a flaw but no text.
    """
    text, unusable = _UNUSABLE.subn("", text)
    if _is_flood(unusable, len(text) + unusable):
        raise NotTextError(
            why=Phrase(
                "%(number)s of %(all)s characters are control characters, as in binary files or in UTF-16 without a byte-order mark",
                number=unusable,
                all=len(text) + unusable,
            )
        )
    text = _LINE_END.sub("\n", text)
    text = "\n".join(line.rstrip() for line in text.split("\n"))
    text = _LEADING.sub("", _BLANK_LINES.sub("\n\n", text)).rstrip()
    # Counted last, on what is kept: a clean text then passes again, whatever was cut off it.
    doubtful = len(_DOUBTFUL.findall(text))
    if _is_flood(doubtful, len(text)):
        raise NotTextError(
            why=Phrase(
                "%(number)s of %(all)s characters are lost or belong to a private font",
                number=doubtful,
                all=len(text),
            )
        )
    return text


def clean_line(text: str) -> str:
    """Clean a text that has to fit one line, as a headline does.

    Args:
        text: any characters.

    Returns:
        The cleaned text, each run of white space in it one space.

    Raises:
        NotTextError: as `clean` does.
    """
    return one_line(clean(text))


def one_line(text: str) -> str:
    """Make each run of white space, line ends included, one space.

    Args:
        text: a cleaned text.

    Returns:
        The text on one line.
    """
    return " ".join(text.split())


def _is_flood(junk: int, length: int) -> bool:
    return junk > max(_FEW, length // _SHARE)
