"""Finds the proper names in a passage, with the titles before them, by their capital letters."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from spacy.tokens import Doc, Token

from claims.extraction.lexicons.first_names import is_known
from claims.extraction.lexicons.source_kinds import kinds
from claims.extraction.lexicons.titles import LONGEST, titles
from claims.extraction.speakers.names.capitals import OF, Word, is_tied_particle, run
from claims.extraction.text.parsing import Passage

_TRADES = ("man", "woman", "ist", "ker", "ger", "ller")
"""Ends of words for what somebody does: "Drayman", "Cellist", "Busker"."""
_ADDRESSED = frozenset({"minister", "court", "lawmaker"})
"""Kinds of those who are called by their office: "Mr Justice", "Madam Minister"."""
_FELLOWS = frozenset({"rival", "fellow", "veteran", "neighbouring", "neighboring", "nearby"})
"""Words that stand before a name and are never a part of it."""
_RANK = 6
"""Letters of the short form of a rank are fewer."""
_LONG_WORD, _HEADLINE = 5, 3
"""Letters of the words that only such a headline gives a capital, and how many of them make one."""
_AND = frozenset({"and", "&"})
_PLACES = frozenset(
    {"in", "at", "to", "from", "near", "outside", "into", "across", "around", "towards", "through"}
)


@dataclass(frozen=True, slots=True)
class Name:
    """A proper name in a passage.

    Attributes:
        start: the index of its first token, titles included.
        first: the index of the name's own first token.
        end: one past its last token, letters behind the name included.
        titles: the titles before it, as written.
        words: the name's words.
        kin: "senior" or "junior" behind it, or "".
        begins: it starts a sentence with a word that may be a common one.
        nickname: what quotation marks between its words call its bearer too, or "".
        addressed: the article has it, or its last word, behind "Mrs" or another title of address.
    """

    start: int
    first: int
    end: int
    titles: tuple[str, ...]
    words: tuple[str, ...]
    kin: str
    begins: bool
    nickname: str = ""
    addressed: bool = False

    @property
    def text(self) -> str:
        """The name without titles."""
        return " ".join(self.words)

    def nicknames(self) -> tuple[str, ...]:
        """Return what a nickname makes of the name: "Bobby", "Bobby Lund"."""
        return (self.nickname, f"{self.nickname} {self.words[-1]}") if self.nickname else ()

    def body_kind(self, doc: Doc) -> str:
        """Return the kind of the body that it names by its form, or "" for a person's or an unknown name."""
        if self.addressed or any(one in titles().strong for one in self.titles):
            return ""
        kind = kinds().of_name(self.text)
        short = len(self.words) < 4 and self.words[-1] in titles().surnames
        person = short and len(self.words) > 1 and is_known(self.words[0])
        called_the = self.first > 0 and doc[self.first - 1].lower_ == "the"
        return "" if person and not called_the else kind

    def is_person(self) -> bool:
        """Return whether a title or a first name shows that it is a person's."""
        return (
            self.addressed or bool(self.titles) or (len(self.words) > 1 and is_known(self.words[0]))
        )

    def is_place(self, doc: Doc) -> bool:
        """Return whether a preposition of place stands before it and nothing tells that it is something else."""
        before = doc[self.start - 1].lower_ if self.start else ""
        unknown = not (self.titles or self.addressed or is_known(self.words[0]))
        return self.is_sure_place(doc) or (before in _PLACES and unknown)

    def is_sure_place(self, doc: Doc) -> bool:
        """Return whether it is the name of a place, whatever its words: "the town of Santa Rua", "of Fern Court", "the Olm valley"."""
        if self.titles:
            return False
        if doc[self.end : self.end + 1].text in titles().areas:
            return True
        before = [one.lower_ for one in doc[max(0, self.start - 2) : self.start]]
        if not before:
            return False
        last = self.words[-1] if len(self.words) > 1 else ""
        street = last in titles().streets or last in titles().nature
        named = before[-1] == "of" and before[0] in titles().areas
        # "From the Harrow Trench"
        led = before[0] if before[-1] == "the" else before[-1]
        return named or (street and led in _PLACES | OF and not self.addressed)


def find(
    passage: Passage,
    surnames: frozenset[str] = frozenset(),
    addressed: frozenset[str] = frozenset(),
) -> list[Name]:
    """Find the names in a passage outside its whole quotations, in the order of the text.

    Args:
        passage: the passage.
        surnames: words that are names in this article even if the parser takes them for others.
        addressed: names, and last words of names, that the article has behind a title of address.
    """
    found: list[Name] = []
    doc = passage.doc
    end = 0
    is_headline = _is_in_capitals(passage)
    for place in [one.i for one in doc if one.text[0].isupper() or is_tied_particle(one)]:
        words: Sequence[Word] = run(passage, place, surnames) if place >= end else []
        if is_headline:
            words = _as_elsewhere(passage, words)
        if words:
            name = _name(doc, words)
            if name is not None:
                found.append(_with_address(doc, name, addressed))
            end = words[-1].end
    return [
        _with_surname(doc, name, following)
        for name, following in zip_longest(found, found[1:])
        if name is not None
    ]


def _with_address(doc: Doc, name: Name, addressed: frozenset[str]) -> Name:
    """Mark a name that the article has behind a title of address: after "Mrs Lane", "Lane" is she and no street."""
    called_the = name.first > 0 and doc[name.first - 1].lower_ == "the"
    own = len(name.words) == 1 or is_known(name.words[0])
    known = name.text in addressed or (own and name.words[-1] in addressed)
    return replace(name, addressed=True) if known and not called_the else name


def _is_in_capitals(passage: Passage) -> bool:
    """Return whether a line gives all its longer words a capital letter, as some headlines do."""
    long = [one for one in passage.doc if one.is_alpha and len(one) >= _LONG_WORD]
    return len(long) >= _HEADLINE and all(one.text[0].isupper() for one in long)


def _as_elsewhere(passage: Passage, words: Sequence[Word]) -> Sequence[Word]:
    """Cut a name in such a line to what the rest of the article has of it: "Orvo Mills" of "Orvo Mills Opens Bakery"."""
    rest = passage.text[: passage.start] + passage.text[passage.end :]
    for last in range(len(words), 0, -1):
        if passage.words(passage.doc[words[0].start : words[last - 1].end]) in rest:
            return words[:last]
    return words


def _with_surname(doc: Doc, name: Name, following: Name | None) -> Name:
    """Give the first of two who share a surname theirs: "Clive and Norma Petherick"."""
    if following is None or following.start != name.end + 1 or len(name.words) > 1 or name.titles:
        return name
    shared = doc[name.end].lower_ in _AND and len(following.words) > 1 and not following.titles
    both = shared and is_known(name.words[0]) and is_known(following.words[0])
    return replace(name, words=(*name.words, *following.words[1:])) if both else name


def _name(doc: Doc, run_of: Sequence[Word]) -> Name | None:
    words = [one for one in run_of if not one.is_nickname]
    nickname = next((one.text for one in run_of if one.is_nickname), "")
    texts = [word.text.rstrip(".") if len(word.text) > 2 else word.text for word in words]
    last = len(words)
    kin = ""
    while last > 1 and texts[last - 1] in titles().behind:
        last -= 1
    end = words[-1].end
    if end < len(doc) and doc[end].text in titles().kin and not doc[end].is_sent_start:
        kin, end = doc[end].text, end + 1
    cut = next(
        (i for i in range(1, last - 1) if texts[i] in titles().kinds and _is_apart(texts, i)), 0
    )
    cut = cut or _is_described(texts[:last], doc[words[0].start]) or _office(texts[:last])
    texts, words, last = texts[cut:], words[cut:], last - cut
    body = _is_body(texts[:last])
    if not body and _is_only_title(texts[:last]):
        return None
    if (
        doc[end : end + 1].text == ","
        and doc[end + 1 : end + 2].text.rstrip(".") in titles().firms
        and doc[end + 2 : end + 3].text != "-"
    ):
        # "Fenwick Gale, Inc."
        words = [*words[:last], Word(end + 1, end + 2, doc[end + 1].text)]
        last, end, body = len(words), end + 2, True
        texts = [word.text for word in words]
    split = 0 if body else _split(texts[:last])
    own = words[split:last]
    begins = bool(doc[words[0].start].is_sent_start) and split == 0
    return Name(
        words[0].start,
        own[0].start,
        end,
        tuple(texts[:split]),
        tuple(word.text for word in own),
        kin,
        begins,
        nickname,
    )


def _is_only_title(texts: Sequence[str]) -> bool:
    """Return whether words are an office and no name: "Queen Mother", but not "Dean Baker"."""
    named = len(texts) > 1 and is_known(texts[0]) and " ".join(texts).lower() not in kinds().heads
    return titles().is_title(texts) and not (named or _is_addressed(texts))


def _is_addressed(texts: Sequence[str]) -> bool:
    """Return whether "Mrs Abbot" names a woman; "Mr Mayor" is the mayor."""
    if len(texts) != 2 or not titles().is_address(texts[0]):
        return False
    head = kinds().head(texts[1].lower())
    office = head is not None and (head.officer or head.kind in _ADDRESSED)
    public = head is not None and head.kind == "official" and texts[1] in titles().strong
    return not (office or public)


def _is_described(texts: Sequence[str], first: Token) -> bool:
    """Return whether the first word is what the sentence calls its bearer, and no name: "Critic Ada Venn"."""
    if len(texts) < 3 or not first.is_sent_start or is_known(texts[0]):
        return False
    if texts[0].lower() in _FELLOWS:
        return True
    if not is_known(texts[1]):
        return False
    head = kinds().heads.get(texts[0].lower())
    described = not head.body if head is not None else texts[0].endswith(_TRADES)
    return described and not titles().is_title(texts[:1])


def _office(texts: Sequence[str]) -> int:
    """Count the words of an office before a name that goes on with "of": "Leader of the Opposition Ada Venn"."""
    for end in range(len(texts) - 1, 2, -1):
        head = kinds().heads.get(" ".join(texts[:end]).lower()) if "of" in texts[1:end] else None
        if head is not None and not head.body:
            return end
    return 0


def _is_apart(texts: Sequence[str], place: int) -> bool:
    """Return whether a title begins a name of its own: "Examinations Dr Ada Venn" is hers from "Dr" on."""
    before = texts[:place]
    return (
        not titles().is_title(before)
        and before[-1] not in titles().kinds
        and not is_known(texts[place])
    )


def _is_body(texts: Sequence[str]) -> bool:
    """Return whether words that may begin with a title are a body's name: "Harbour Workers Union"."""
    if len(texts) < 2 or (titles().is_address(texts[0]) and (len(texts) < 3 or is_known(texts[1]))):
        # "Mr Bank"
        return False
    named = kinds().of_name(" ".join(texts)) and texts[-1] not in titles().surnames
    return bool(named) and not (texts[0] in titles().strong and len(texts) > 2)


def _split(texts: Sequence[str]) -> int:
    """Count the words that are titles, one title of several words after another."""
    start = 0
    while start < len(texts) - 1:
        for end in range(min(start + LONGEST, len(texts) - 1), start, -1):
            if _may_be_title(texts[start:end], left=len(texts) - end):
                start = end
                break
        else:
            break
    return start + _is_rank(texts[start:])


def _is_rank(texts: Sequence[str]) -> bool:
    """Return whether capitals before a full name are the short form of a rank: "DCFO Grace Lund"."""
    if len(texts) < 3 or not texts[0].isalpha() or not texts[0].isupper() or not is_known(texts[1]):
        return False
    return 1 < len(texts[0]) < _RANK and not kinds().of_name(texts[0])


def _may_be_title(words: Sequence[str], *, left: int) -> bool:
    if not titles().is_title(words):
        return False
    if any(is_known(word) for word in words[:-1]):
        return " ".join(words) in titles().kinds
    # "Dean Winters" and "Rose Baker Ltd" begin with a first name, "Dean Ada Winters" with a title.
    return left > 1 or len(words) > 1 or not is_known(words[0]) or words[0] in titles().strong


def titled(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Yield the titles in a row of title words, each as its words: "Prof", "Dr"; "Dep Insp Gen"."""
    start = 0
    while start < len(words):
        for end in range(min(start + LONGEST, len(words)), start, -1):
            if titles().is_title(words[start:end]):
                break
        else:
            end = start + 1
        yield tuple(words[start:end])
        start = end
