"""Finds the proper names in a passage, with the titles before them, by their capital letters."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token

from claims.extraction.lexicons.cues import lexicon
from claims.extraction.lexicons.first_names import is_known
from claims.extraction.lexicons.source_kinds import kinds
from claims.extraction.lexicons.titles import LONGEST, titles
from claims.extraction.text.parsing import Passage

_SMALL = frozenset({"DET", "ADP", "PRON", "CCONJ", "SCONJ", "AUX", "PART", "INTJ", "NUM", "PUNCT"})
_PLACES = frozenset(
    {"in", "at", "to", "from", "near", "outside", "into", "across", "around", "towards", "through"}
)
_OF = frozenset({"of", "for", "on"})


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
    """

    start: int
    first: int
    end: int
    titles: tuple[str, ...]
    words: tuple[str, ...]
    kin: str
    begins: bool

    @property
    def text(self) -> str:
        """The name without titles."""
        return " ".join(self.words)

    def body_kind(self, doc: Doc) -> str:
        """Return the kind of the body that it names by its form, or "" for a person's or an unknown name."""
        if any(one in titles().strong for one in self.titles):
            return ""
        kind = kinds().of_name(self.text)
        short = len(self.words) < 4 and self.words[-1] in titles().surnames
        person = short and len(self.words) > 1 and is_known(self.words[0])
        called_the = self.first > 0 and doc[self.first - 1].lower_ == "the"
        return "" if person and not called_the else kind

    def is_place(self, doc: Doc) -> bool:
        """Return whether a preposition of place stands before it and nothing tells that it is something else."""
        before = doc[self.start - 1].lower_ if self.start else ""
        return before in _PLACES and not self.titles and not is_known(self.words[0])


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of a run of capital letters: its tokens [start, end) and its text."""

    start: int
    end: int
    text: str


def find(passage: Passage) -> list[Name]:
    """Find the names in a passage outside its whole quotations, in the order of the text."""
    found: list[Name] = []
    doc = passage.doc
    end = 0
    for place in [token.i for token in doc if token.text[0].isupper()]:
        words = _run(passage, place) if place >= end else []
        if words:
            name = _name(doc, words)
            if name is not None:
                found.append(name)
            end = words[-1].end
    return found


def _run(passage: Passage, place: int) -> list[_Word]:
    """Take the words with capital letters from a token on, with the small words that tie them."""
    doc = passage.doc
    words: list[_Word] = []
    while place < len(doc) and passage.masked[place] is None:
        word = _word(doc, place, begun=bool(words))
        if word is None:
            tied = _tied(passage, place, words)
            if not tied:
                break
            words.extend(tied)
            place = tied[-1].end
            continue
        words.append(word)
        place = word.end
        if place < len(doc) and (doc[place].tag_ == "POS" or doc[place].text in {"’", "'"}):
            owned = _owned(doc, place, words)
            if owned is None:
                break
            words[-1] = replace(word, end=place + 1, text=word.text + doc[place].text)
            words.append(owned)
            place = owned.end
    return words


def _word(doc: Doc, place: int, *, begun: bool) -> _Word | None:
    token = doc[place]
    if token.text == "(" and place + 2 < len(doc) and doc[place + 2].text == ")":
        inside = doc[place + 1].text
        titled = inside.rstrip(".") in titles().kinds
        return _Word(place, place + 3, inside.rstrip(".")) if titled and begun else None
    if not _is_capital(token, begun=begun):
        return None
    end = place + 1
    # "Brandt-Coyle" is three tokens.
    while (
        end + 1 < len(doc)
        and doc[end].text in "-–'’&/"
        and not (doc[end - 1].whitespace_ or doc[end].whitespace_)
    ):
        end += 2
    text = doc[place:end].text
    if text.isupper() and text.capitalize() in titles().kinds and doc[end : end + 2].text.isupper():
        text = text.capitalize()
    if text in titles().kinds and doc[end : end + 1].text == "." and not doc[end - 1].whitespace_:
        end += 1
    return _Word(place, end, text)


def _is_capital(token: Token, *, begun: bool) -> bool:
    text = token.text
    if not text[0].isupper() or token.lower_ in titles().times or text == "I":
        return False
    if text.isupper() and token.i + 1 < len(token.doc) and token.nbor().text == ":":
        return True
    if token.is_sent_start and _is_participle(token):
        return False
    if begun or not token.is_sent_start:
        return begun or token.pos_ not in {"PRON", "DET"}
    return _opens_sentence(token)


def _opens_sentence(token: Token) -> bool:
    """Return whether a sentence opens with a name, and not with a common word, which has a capital letter there too."""
    if token.pos_ in {"VERB", "AUX"} and token.lower_ in lexicon().forms:
        return False
    text = token.text
    if token.pos_ == "PROPN" or is_known(text) or text.rstrip(".") in titles().kinds:
        return token.pos_ not in {"DET", "ADP", "PRON"}
    following = token.nbor() if token.i + 1 < len(token.doc) else None
    goes_on = (
        following is not None
        and following.text[0].isupper()
        and following.lower_ not in titles().times
    )
    return goes_on and token.pos_ not in _SMALL | {"VERB", "ADV"}


def _is_participle(token: Token) -> bool:
    """Return whether a word opens a sentence as "Reacting, the minister said" does."""
    comma = token.i + 1 < len(token.doc) and token.nbor().text == ","
    return comma and token.text.endswith("ing") and not is_known(token.text)


def _tied(passage: Passage, place: int, words: Sequence[_Word]) -> list[_Word]:
    """Read small words inside a name: "van der", "&", and "of the" where a body's name goes on so."""
    doc = passage.doc
    if not words or words[-1].end != place:
        return []
    end = place
    while end < len(doc) and end < place + 3 and _ties(doc[end], words):
        end += 1
    if end == place or end >= len(doc) or passage.masked[end] is not None:
        return []
    behind = _word(doc, end, begun=True)
    if behind is None or doc[end].lower_ in titles().times:
        return []
    if doc[place].lower_ in _OF and not (
        _goes_on(words, doc[place : end + 1].text) or _is_called_the(doc, words)
    ):
        return []
    small = [_Word(one.i, one.i + 1, one.text) for one in doc[place:end]]
    return [*small, behind]


def _ties(token: Token, words: Sequence[_Word]) -> bool:
    lower = token.lower_
    return (
        lower in titles().particles
        or lower in _OF
        or token.text == "&"
        or (lower == "the" and len(words) > 0)
    )


def _owned(doc: Doc, place: int, words: Sequence[_Word]) -> _Word | None:
    """Take the body behind the possessive of several: "Nurses’ Federation", "Boatmen’s Union"."""
    last = words[-1].text
    several = (doc[place].text in {"’", "'"} and last.endswith("s")) or last.endswith(
        ("men", "ople", "hildren")
    )
    behind = _word(doc, place + 1, begun=True) if several and place + 1 < len(doc) else None
    return behind if behind is not None and behind.text in kinds().names else None


def _is_called_the(doc: Doc, words: Sequence[_Word]) -> bool:
    """Return whether "the" stands before capital letters that are no office: "the Sons of the Marsh"."""
    start = words[0].start
    before = start > 0 and doc[start - 1].lower_ == "the"
    return before and not titles().is_title([word.text for word in words])


def _goes_on(words: Sequence[_Word], behind: str) -> bool:
    """Return whether a name goes on behind "of": that of a body, or an office ("Secretary of State")."""
    known = kinds()
    before = [word.text for word in words]
    for length in (1, 2, 3):
        tail = before[-length:]
        if f"{' '.join(tail)} {behind.split(maxsplit=1)[0]}" in known.starts:
            return True
        if f"{' '.join(tail)} {behind}".lower() in known.heads:
            return True
    head = known.heads.get(before[-1].lower())
    return head is not None and head.body and head.kind != "document"


def _name(doc: Doc, words: Sequence[_Word]) -> Name | None:
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
    texts, words, last = texts[cut:], words[cut:], last - cut
    body = _is_body(texts[:last])
    if not body and titles().is_title(texts[:last]) and not (last > 1 and is_known(texts[0])):
        return None
    if (
        doc[end : end + 1].text == ","
        and doc[end + 1 : end + 2].text.rstrip(".") in titles().firms
        and doc[end + 2 : end + 3].text != "-"
    ):
        # "Fenwick Gale, Inc."
        words = [*words[:last], _Word(end + 1, end + 2, doc[end + 1].text)]
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
    )


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
    named = kinds().of_name(" ".join(texts)) and texts[-1] not in titles().surnames
    return len(texts) > 1 and bool(named) and not (texts[0] in titles().strong and len(texts) > 2)


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
    return start


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
