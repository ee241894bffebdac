"""The words that may point outside a statement, and when they do."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from spacy.tokens import Token

from claims.extraction.statements.references.words import words

Person = Literal["first", "first plural", "second", "third"]
Case = Literal["subject", "object", "owner", "self"]


@dataclass(frozen=True, slots=True)
class Pronoun:
    """A personal pronoun.

    Attributes:
        person: who it stands for: the speaker, a group of the speaker's, the one spoken to, others.
        case: its place in the sentence; "owner" is "my" and "mine".
        gender: of the third person "she", "he", "it" or "they"; else "".
    """

    person: Person
    case: Case
    gender: str = ""


def _forms(person: Person, gender: str, *forms: str) -> dict[str, Pronoun]:
    cases: tuple[Case, ...] = ("subject", "object", "owner", "owner", "self")
    found: dict[str, Pronoun] = {}
    for form, case in zip(forms, cases, strict=True):
        found.setdefault(form, Pronoun(person, case, gender))
    return found


_PRONOUNS = {
    **_forms("first", "", "i", "me", "my", "mine", "myself"),
    **_forms("first plural", "", "we", "us", "our", "ours", "ourselves"),
    **_forms("second", "", "you", "you", "your", "yours", "yourself"),
    **_forms("third", "she", "she", "her", "her", "hers", "herself"),
    **_forms("third", "he", "he", "him", "his", "his", "himself"),
    **_forms("third", "it", "it", "it", "its", "its", "itself"),
    **_forms("third", "they", "they", "them", "their", "theirs", "themselves"),
}


def _cases(subject: str, other: str, owner: str, itself: str) -> dict[str, str]:
    return {"subject": subject, "object": other, "owner": owner, "self": itself}


PEOPLE = {
    "she": _cases("she", "her", "her", "herself"),
    "he": _cases("he", "him", "his", "himself"),
}
"""The pronouns of one person, by gender and case."""
FORMS = PEOPLE | {
    "it": _cases("it", "it", "its", "itself"),
    "they": _cases("they", "them", "their", "themselves"),
}
"""All pronouns of the third person."""
ANYBODY = words("anybody")
"""Words that "they" may stand for."""
_RELATIVES = frozenset({"which", "whose", "whom"})
_BEFORE_RELATIVES = frozenset({"ADP", "ADJ", "DET", "NUM", "ADV", "PRON"})
"""Parts of speech of what may stand before a relative that opens a sentence: "by which time", "most of whom"."""
_SEVERAL = frozenset(
    {"two", "three", "both", "all", "guys", "folks", "lot", "people", "boys", "girls"}
)
"""Words after "you" that show that several are spoken to."""
_TIMES = words("times")
_EMPTY_BE = frozenset(
    {"be", "seem", "appear", "become", "feel", "look", "sound", "remain", "’", "'s", "’s", "s"}
)
_EMPTY_VERBS = words("empty_verbs")
_UNTOLD = words("vague") | words("places")
"""Nouns after "the" that readers understand by themselves: "the country", "the end"."""
_BACK = frozenset({"the", "this", "that", "these", "those", "such"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_GIVING = words("giving")
_CLAUSES = frozenset({"ccomp", "xcomp", "csubj", "advcl", "relcl", "acl"})
_TIME_OR_WEATHER = words("weather")
_SINGLING_OUT = frozenset(
    {"of", "who", "which", "that", "whom", "whose", "in", "with", "from", "on", "at", "to"}
)


def pronoun_of(token: Token) -> Pronoun | None:
    """Return the personal pronoun that a token is, or None."""
    found = _PRONOUNS.get(token.lower_)
    # "The old mine" is no pronoun.
    is_pronoun = token.pos_ == "PRON" or (token.lower_ == "mine" and not any(token.lefts))
    if found is None or not is_pronoun:
        return None
    # "Followed her home" is no home of hers.
    goes_home = token.lower_ == "her" and token.doc[token.i + 1 : token.i + 2].text == "home"
    if goes_home and token.i and token.doc[token.i - 1].pos_ == "VERB":
        return replace(found, case="object")
    following = token.doc[token.i + 1 : token.i + 2]
    if token.lower_ == "her" and any(one.pos_ in {"PRON", "DET"} for one in following):
        # "Taught her nothing"
        return replace(found, case="object")
    owns = token.lower_ == "her" and any(one.pos_ == "NOUN" for one in following)
    # The parser takes "kept her target" for "gave her flowers".
    owns = owns and token.head.lemma_ not in _GIVING
    if (token.tag_ == "PRP$" or owns) and found.case != "owner":
        return replace(found, case="owner")
    return found


def is_empty_it(token: Token) -> bool:
    """Return whether an "it" stands for nothing: "it rained", "it is clear that", "made it hard to"."""
    if token.lower_ != "it":
        return False
    if token.dep_ == "expl":
        return True
    verb = token.head
    if token.dep_ not in {"nsubj", "nsubjpass"}:
        return _is_placeholder(token)
    if verb.lemma_ in _EMPTY_VERBS and verb.pos_ == "VERB":
        weather = verb.lemma_ in {"rain", "snow", "hail", "thunder", "drizzle", "freeze"}
        return weather or _has_clause(verb)
    if verb.lemma_ in _EMPTY_BE or verb.pos_ == "AUX":
        return _has_clause(verb) or any(
            child.lower_ in _TIME_OR_WEATHER for child in verb.children if child.i > verb.i
        )
    return verb.dep_ != "conj" and token.dep_ == "nsubjpass" and _has_that_clause(verb)


def _has_clause(verb: Token) -> bool:
    """Return whether a clause follows that the "it" stands for."""
    holders = [verb, *(one for one in verb.children if one.dep_ in {"acomp", "attr", "oprd"})]
    return any(
        child.dep_ in _CLAUSES and child.i > verb.i and not _is_circumstance(child)
        for one in holders
        for child in one.children
    )


def _has_that_clause(verb: Token) -> bool:
    return any(child.dep_ == "ccomp" and child.i > verb.i for child in verb.children)


def _is_circumstance(clause: Token) -> bool:
    """Return whether a clause tells when or why: "it was shut because ..."."""
    marks = {child.lower_ for child in clause.children if child.dep_ in {"mark", "advmod"}}
    own = {
        "because",
        "when",
        "after",
        "before",
        "while",
        "since",
        "although",
        "though",
        "as",
        "until",
    }
    return clause.dep_ == "advcl" and bool(marks & own)


def _is_placeholder(token: Token) -> bool:
    """Return whether an object "it" only announces a clause: "made it clear that", "found it hard to"."""
    following = token.doc[token.i + 1 : token.i + 2]
    adjective = next(
        (one for one in following if one.pos_ in {"ADJ", "ADV"} or one.tag_ == "VBN"), None
    )
    if adjective is None or adjective.i + 1 >= len(token.doc):
        return False
    return token.doc[adjective.i + 1].lower_ in {"that", "to", "for", "when", "how"}


def is_pointing_demonstrative(token: Token) -> bool:
    """Return whether a "this" or "those" points to something told before."""
    if token.lower_ not in {"this", "that", "these", "those"} or token.tag_ not in {"DT", "PRP"}:
        return False
    following = token.doc[token.i + 1].lower_ if token.i + 1 < len(token.doc) else ""
    if token.dep_ == "det" or token.pos_ == "DET":
        noun = token.head
        behind = any(
            child.dep_ in {"relcl", "prep", "acl"} for child in noun.children if child.i > noun.i
        )
        return noun.lower_ not in _TIMES and not behind
    # "I leave that to them" has a "to" that tells nothing of "that".
    apart = token.lower_ in {"this", "that"} and token.i + 1 < len(token.doc)
    apart = apart and token.nbor().pos_ == "ADP" and token.nbor().head != token
    return apart or following not in _SINGLING_OUT


def is_elliptic_one(token: Token) -> bool:
    """Return whether a "one" leaves out the noun that was told before: "there was no money for one"."""
    if token.lower_ != "one" or token.dep_ not in {"dobj", "pobj"} or any(token.rights):
        return False
    if token.pos_ == "NOUN":
        return any(left.tag_ in {"JJ", "JJR"} or left.lower_ == "another" for left in token.lefts)
    verb = token.head.head
    if verb.dep_ == "acl" or any(one.dep_ == "auxpass" for one in verb.lefts):
        # A cell built for one is built for one person.
        return False
    around = token.doc[max(0, token.i - 2) : token.i + 2]
    # "Two to one", "one by one" and "I, for one" count or name nobody.
    told = any(one.like_num and one != token for one in around) or any(
        one.is_punct for one in around[:-1]
    )
    return token.pos_ == "NUM" and not any(token.lefts) and not told


def is_pointing_adverb(token: Token) -> bool:
    """Return whether a "here" or "there" points to a place told before."""
    return token.lower_ in {"here", "there"} and token.dep_ != "expl" and token.pos_ == "ADV"


def is_opening_relative(token: Token) -> bool:
    """Return whether a "which" or "whose" that opens a sentence goes on from the one before: "In which case he would go"."""
    if token.lower_ not in _RELATIVES or token.tag_ not in {"WDT", "WP", "WP$"}:
        return False
    sentence = token.sent
    before = [one for one in token.doc[sentence.start : token.i] if not one.is_punct]
    if (
        any(one.pos_ not in _BEFORE_RELATIVES for one in before)
        or sentence.text.rstrip("”’\"' ")[-1:] == "?"
    ):
        return False
    verb = next((one for one in token.ancestors if one.pos_ in {"VERB", "AUX"}), token)
    if verb.dep_ in {"csubj", "csubjpass", "relcl"}:
        # "Which of them knew is unclear"
        return False
    plain = token.lower_ == "which" and (token.dep_ not in {"det", "poss"} or bool(before))
    # "Whose boat it was, nobody knows" asks what it does not tell.
    return plain or verb.dep_ == "ROOT"


def is_several(token: Token) -> bool:
    """Return whether "you two" or "you guys" means several."""
    following = token.doc[token.i + 1 : token.i + 2]
    return any(one.lower_ in _SEVERAL for one in following)


def is_filler(token: Token) -> bool:
    """Return whether "I mean" or "you know" only fills a pause."""
    if token.i + 2 >= len(token.doc) or token.doc[token.i + 1].lower_ not in {"mean", "know"}:
        return False
    return token.doc[token.i + 2].text == ","


def is_anybody(token: Token) -> bool:
    """Return whether "his or her" means no one person."""
    following = [one.lower_ for one in token.doc[token.i + 1 : token.i + 3]]
    before = [one.lower_ for one in token.doc[max(0, token.i - 2) : token.i]]
    either = {"he", "she", "his", "her", "him"}
    return (following[:1] == ["or"] and following[-1] in either) or (
        before[-1:] == ["or"] and before[0] in either
    )


def is_acronym(token: Token) -> bool:
    """Return whether "US" or "IT" is a name."""
    return token.pos_ == "PROPN" or (
        len(token) > 1 and token.is_upper and not token.doc[0].is_upper
    )


def surnames_of_others(tokens: Sequence[Token]) -> frozenset[str]:
    """Return the words that stand in a statement only behind a first name."""
    names = [one for one in tokens if one.pos_ == "PROPN"]
    behind = {one.lower_ for one in names if one.i and one.nbor(-1).pos_ == "PROPN"}
    return frozenset(
        behind - {one.lower_ for one in names if not (one.i and one.nbor(-1).pos_ == "PROPN")}
    )


def points_back(noun: Token) -> bool:
    """Return whether a noun stands for something told before: "the vote", "such a plan", or "repairs" as a subject."""
    if noun.pos_ != "NOUN" or noun.lemma_.lower() in _UNTOLD or noun.lower_ in _TIMES:
        return False
    opening = next(noun.lefts, noun)
    bare = opening == noun and noun.dep_ in _SUBJECTS and not any(noun.rights)
    return bare or opening.lower_ in _BACK


def points_outside(token: Token) -> bool:
    """Return whether a word stands for somebody or something told elsewhere, and for nobody who speaks or listens."""
    pronoun = pronoun_of(token)
    return pronoun is None or pronoun.person == "third"


def inner_quotation(tokens: Sequence[Token]) -> frozenset[int]:
    """Return the numbers of the words that a speaker quotes: in them "I" is somebody else."""
    found: set[int] = set()
    opened: Token | None = None
    for number, token in enumerate(tokens):
        if token.text == "”" and opened is None:
            # The quotation began before these words, or its mark was cut off with the white space.
            found.update(one.i for one in tokens[:number])
        elif token.is_quote and token.text != "’" and opened is None:
            opened = token if not token.whitespace_ else None
        elif token.is_quote and opened is not None:
            opened = None
        elif opened is not None:
            found.add(token.i)
    # Without a closing mark it was an apostrophe, unless it opens what somebody says to the end.
    told = opened is None or (opened.i > 0 and opened.doc[opened.i - 1].text in {",", ":"})
    return frozenset(found) if told else frozenset()
