"""The only place where the characters of an article are changed.

All text that is added passes through here, and cleaning a clean text changes nothing, so offsets
counted on a cleaned body stay valid.

Characters are not normalized (NFC, NFKC): a quotation must stay exactly what the outlet published, or
it cannot be found again in the original, and a digest of it proves nothing. Search and matching
normalize their own copies.
"""

import re

from claims.errors import NotTextError, Phrase

# Control characters except tab and line ends; halves of surrogate pairs, which cannot be encoded; and
# the two that XML 1.0 forbids outright (production 2, "Char").
_UNUSABLE = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")

# Private use characters, which only one font can show, and the replacement character for one lost in a
# conversion.
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
        The text with `\n` as its only line end, without white space around it or at the ends of lines,
        at most one blank line in a row, no leading byte-order mark and no control characters except
        tabs. Nothing else is changed. May be empty.

    Raises:
        NotTextError: more than 3 characters and more than one in 50 are control characters, halves of
            surrogate pairs, private use or lost: that is not an article with a flaw but not text at all.
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
    # Counted last, on the cleaned text, so that it passes again whatever was cut off.
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
    """Clean a text that must fit on one line, such as a headline.

    Args:
        text: any characters.

    Returns:
        The cleaned text, with each run of white space replaced by one space.

    Raises:
        NotTextError: as in `clean`.
    """
    return one_line(clean(text))


def one_line(text: str) -> str:
    """Replace each run of white space, including line ends, by one space.

    Args:
        text: a cleaned text.

    Returns:
        The text on one line.
    """
    return " ".join(text.split())


def _is_flood(junk: int, length: int) -> bool:
    return junk > max(_FEW, length // _SHARE)
