"""Reads a description: its noun, whom it belongs to, and the source kind that both indicate."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from claims.extraction.lexicons.source_kinds import OTHER, Head, kinds, words_of
from claims.extraction.lexicons.titles import titles
from claims.extraction.text.parsing import Passage

_CORE_END = re.compile(
    r"\s(?:of|for|with|without|in|at|from|on|to|about|by|near|under|behind|against|who|that|which|whose|named|called|worth|since|until|during)\s"
    r"|\s(?:\w\w+[^\We]ed|seen|shown|given|written|drawn|sent|made|held|known|kept|left|put|led|read|found|taken|run|heard"
    r"|living|working|speaking|writing|attending|standing|staying|travelling|studying|familiar|close)"
    r"\s(?:by|to|on|in|at|of|from|with|for|as|under|near|over|between|about|last|this|yesterday)\s"
    r"|,(?!\d)|[(:]",
    re.IGNORECASE,
)
_PARTITIVE = re.compile(
    r"(?i)^(?:(?:about|only|just|nearly|almost|around|roughly|over|more than|less than|fewer than|at least|as many as|some|"
    r"up to|fully|most) )*(?:the )?(?:\w+ per ?cent|[\d.,]+(?: ?%| per ?cent| in (?:\d+|ten|five|four|three|two))?|majority|percentage|proportion|"
    r"share|average|half|a third|a quarter|one in \w+|one|two|three|four|five|another|some|several|many|most|both|either|each|all|dozens|hundreds|"
    r"thousands|a number|a group|a handful|a spokesman|members|member) of (?:the |these |those |its |their )?"
    r"(?:two |three |four )?(?=\w)"
)
_COUNTED = re.compile(
    r"(?i)^(?:a )?(?:number|handful|dozens|hundreds|thousands|members?|groups?|teams?) of "
)
_OWNER = re.compile(
    r"^\s*(?:of|for|at|with|to|in|from|on|by)\s+(.+?)(?:,|\(| who | which | that |$)", re.IGNORECASE
)
_OF_PERSON = re.compile(r"(?i)(?:his|her|my)\s")
_PROPER = re.compile(r"([A-Z][\w’'&.-]*(?: (?:of |and |the |for |& )*[A-Z][\w’'&.-]*)+) [a-z]")
_ENGAGED = re.compile(
    r"(?i:['’]s?\s|^(?:his|her|my|their|its|our|your|whose)\s|\s(?:for|of|to|representing|acting|defending)\s)|[A-Z]\w+ [a-z -]+$"
)
"""A lawyer of somebody: "her counsel", "a barrister for the firm"; "a tax lawyer at a firm" speaks for nobody."""
_FILLERS = frozenset({"and", "now", "then"})
_ARTICLE = re.compile(r"(?i)^(?:the|an?)\s")
_HANDLE_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
_IN_BRACKETS = re.compile(r"\(([^()]+)\)")
_BRACKETED = re.compile(r"\s*\([^()]*\)")
_OPPOSED = re.compile(r"(?i)\b(?:opposition|shadow|backbench|crossbench)\b")
_POSSESSOR = re.compile(r"^(.*?\w)(?:['’]s|s['’])\s+\S")


KEPT = 1_000
"""How many descriptions and names are remembered: an article has the same ones again and again, and each is compared with many."""
APPOSITION, OFFICE, DESCRIPTION, CLAUSE, PREDICATE, AFFILIATION, COURTESY, SIGN = range(8)
"""What tells most of what somebody is, first; a sign ("was charged with") only tells the kind."""
LAWMAKER, ACCUSED, AUTHOR, WITNESS = "member of parliament", "defendant", "author", "witness"
"""What signs stand for."""


@dataclass(frozen=True, slots=True)
class Description:
    """What a description says.

    Attributes:
        text: its words.
        noun: its last word before whom it belongs to, in small letters ("president").
        head: that noun in the lexicon, or None.
        owner: the body or person it belongs to ("the federation"), or "".
    """

    text: str
    noun: str
    head: Head | None
    owner: str


@dataclass(frozen=True, slots=True)
class Role:
    """A description of somebody at one place.

    Attributes:
        text: its words.
        place: where it stands in the article.
        rank: `APPOSITION` and so on.
        what: what it says.
        noun: the index of its noun's token, or -1.
        start: the index of its first token.
    """

    text: str
    place: int
    rank: int
    what: Description
    noun: int
    start: int


@lru_cache(KEPT)
def read(text: str) -> Description:
    """Read a description, such as "the federation's president" or "chair of their supporters' trust"."""
    text = _ARTICLE.sub("", _BRACKETED.sub("", text) or text)
    whole = _PARTITIVE.sub("", text) if not _COUNTED.match(text) else _COUNTED.sub("", text)
    possessor = _POSSESSOR.match(_CORE_END.split(whole)[0] + " ")
    own = whole[possessor.end() - 1 :] if possessor is not None else whole
    core = _CORE_END.split(own)[0]
    words = words_of(core)
    named = (
        len(words) > 2 and words[-1].islower() and words[-2][0].isupper() and words[-3][0].isupper()
    )
    # "Marlowick Town manager" manages Marlowick Town.
    head = kinds().head(words[-1] if named else own, to=1 if named else len(words))
    if possessor is not None and head is not None:
        # "the ferry's captain" is the ferry captain.
        longer = kinds().head(f"{possessor[1]} {core}")
        head = longer if longer is not None and " " in longer.words else head
    first = core.partition(" and ")[0]
    if first != core and (head is None or head.kind in {OTHER, "unnamed"}):
        # "the chief executive and great-granddaughter of the founder"
        head = kinds().head(first) or head
    return Description(text, _noun(core), head, _owner(own, core, head, possessor))


def _noun(core: str) -> str:
    words = words_of(core.lower())
    return words[-1] if words else ""


def _owner(own: str, core: str, head: Head | None, possessor: "re.Match[str] | None") -> str:
    behind = _OWNER.match(_behind(own, core, head)) or _OWNER.match(own[len(core) :])
    if behind is not None:
        # "Head of Licensing at the Marine Office"
        return behind[1].rpartition(" at ")[2]
    if possessor is not None:
        return possessor[1]
    words = words_of(core)
    return " ".join(words[: len(words) - len(head.words.split())]) if head is not None else ""


def _behind(own: str, core: str, head: Head | None) -> str:
    """Return what stands behind an office, all of whose words may go on behind its noun: "chief of staff to the mayor"."""
    behind = own[len(core) :]
    rest = head.words.partition(f"{_noun(core)} ")[2] if head is not None else ""
    goes_on = rest and behind.lower().startswith(f" {rest} ")
    return behind[len(rest) + 1 :] if goes_on else behind


def sign(word: str) -> Description:
    """Return what a sign stands for: a description by one of the lexicon's words, which the article does not use."""
    return Description("", word, kinds().heads[word], "")


def kind_of(description: Description, owned: Callable[[str], str]) -> str:
    """Return the source kind that a description indicates, or "".

    Args:
        description: the description.
        owned: gives the kind of a body from its name or description, or "".
    """
    head = description.head
    if head is None:
        return ""
    lexicon = kinds()
    if head.words == "office" and _OF_PERSON.match(description.text):
        return "spokesperson"
    if _OPPOSED.search(description.text) and head.kind in {
        "spokesperson",
        "minister",
        "organisation",
    }:
        return "lawmaker"
    if head.lawyer and _ENGAGED.search(description.text):
        return "spokesperson"
    served = _served(head, description.owner, owned) if head.officer and description.owner else ""
    last = head.words.split()[-1]
    alone = lexicon.alone.get(head.words) or lexicon.alone.get(last, "")
    if alone == "minister" and description.owner[:1].islower():
        # "the conference president"; a country's is of nothing, or of a name.
        alone = "organisation"
    return served or head.kind or alone or ("expert" if head.lawyer else "")


def _served(head: Head, owner: str, owned: Callable[[str], str]) -> str:
    """Return the kind of an officer by the body that he or she serves, or ""."""
    kind = owned(owner)
    if not kind and owner[0].isupper():
        # "Westmere manager"
        return kinds().of_a_name.get(head.words, "")
    return kind if kind in kinds().with_officers else ""


def body_kind(words: str) -> str:
    """Return the kind of a body from its name or description ("the Rivers Inspectorate", "the charity"), or ""."""
    plain = re.sub(
        r"(?i)^(?:the|a|an|its|their|his|her|our|this|that|rival|local|state)\s+", "", words.strip()
    )
    proper = _PROPER.match(plain)
    if proper is not None and kinds().of_name(proper[1]):
        # "the Farmers' Union dairy branch"
        return kinds().of_name(proper[1])
    described = read(plain)
    if described.head is not None and described.head.body:
        return described.head.kind
    named = kinds().of_name(plain)
    if named:
        return named
    # "the charity Ashlinwatch", "the trade body Hull & Deck"
    small = [word for word in words_of(plain) if word.islower()]
    head = kinds().head(" ".join(small)) if small and plain[:1].islower() else None
    return head.kind if head is not None and head.body else ""


def handle_kind(handle: str) -> str:
    """Return the kind of whoever writes under a handle: "@OrloPolice", "@CllrAdaVenn", "@ada_reads (head of sales)"."""
    name = handle.lstrip("@").split()[0]
    words = " ".join(_HANDLE_WORD.findall(name))
    inside = _IN_BRACKETS.search(handle)
    told = kind_of(read(inside[1]), body_kind) if inside is not None else ""
    titled = titles().kinds.get(words.partition(" ")[0], "")
    return told or titled or (body_kind(words) if " " in words else "") or "witness"


def role_at(passage: Passage, start: int, end: int, rank: int) -> Role | None:
    """Read the words [start, end) as a description; None if they are none."""
    doc = passage.doc
    while start < end and (doc[start].is_punct or doc[start].lower_ in _FILLERS):
        start += 1
    if start >= end:
        return None
    text = passage.words(doc[start:end])
    what = read(text)
    if text.lower().startswith("one of "):
        return Role(text, passage.places[start][0], COURTESY, what, start, start)
    noun = next((i for i in range(start, end) if doc[i].lower_.rstrip(".") == what.noun), -1)
    if noun < 0:
        noun = next((i for i in range(start, end) if what.noun.endswith(doc[i].lower_)), -1)
    return Role(text, passage.places[start][0], rank, what, noun, start)
