"""Corrects the parse of sentences that open with where or when, or with what somebody is.

In "Outside court, Sergeant Roe said" the parser takes the name for another word for the court, and the court for who
spoke. In "The daughter of a clerk, Venn left" it sees two subjects, where there is one and what describes it.
"""

from itertools import takewhile

from spacy.tokens import Doc, Span, Token

from claims.extraction.lexicons.source_kinds import kinds
from claims.extraction.lexicons.titles import titles

_PREPOSITIONS = frozenset(
    {
        "above",
        "across",
        "after",
        "along",
        "amid",
        "among",
        "around",
        "at",
        "before",
        "behind",
        "below",
    }
    | {
        "beneath",
        "beside",
        "between",
        "beyond",
        "by",
        "during",
        "following",
        "from",
        "in",
        "inside",
    }
    | {"near", "on", "opposite", "outside", "over", "past", "since", "through", "under", "within"}
)
_LOOSE = frozenset({"nsubj", "nsubjpass", "dep", "npadvmod", "dobj", "advcl"})
"""What the parser makes of a description that stands before the subject."""
_BESIDE = frozenset({"appos", "conj"})
_LONGEST = 10
"""Words before the comma."""
_VERBS = frozenset({"VERB", "AUX"})
_HELPERS = frozenset({"aux", "auxpass"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})


def correct(doc: Doc) -> None:
    """Give the verb of such sentences the subject behind the comma, and the preposition its noun."""
    # The sentences are found by the parse that is changed.
    for sentence in list(doc.sents):
        if sentence[0].lower_ in _PREPOSITIONS:
            _correct(sentence)
            _part(sentence)
        elif sentence[0].pos_ in {"DET", "PROPN"}:
            _describe(sentence)


def _describe(sentence: Span) -> None:
    """Make an apposition of the person's description before the subject."""
    first = sentence[0]
    before = [first, *_before_comma(sentence)]
    subject = next((one for one in sentence if _is_described(one, before[-1].i + 1)), None)
    if len(before) < 2 or subject is None:
        return
    verb = subject.head
    torn = verb.dep_ == "relcl" and verb.head.dep_ == "ROOT" and verb.head in before
    own = [one for one in before if one.head == verb and one.dep_ in _LOOSE]
    own += [verb.head] if torn else []
    # "The nurse, Venn said, had lied": the nurse is what she speaks of.
    closed = verb.doc[verb.i + 1 : verb.i + 2].text in {",", ".", ""}
    if len(own) != 1 or closed or not _is_persons(own[0]):
        return
    if torn:
        # "The daughter of a clerk, Venn painted", read as a daughter whom Venn painted
        verb.head, verb.dep_ = verb, "ROOT"
    if torn or (own[0].left_edge.i, own[0].right_edge.i) == (first.i, before[-1].i):
        own[0].head, own[0].dep_ = subject, "appos"


def _part(sentence: Span) -> None:
    """Part where or when from the name behind it: "Outside court Ada Venn said" is said by Ada Venn, and by no court."""
    first, *behind = list(sentence[:_LONGEST])
    noun = behind[0] if behind else first
    name = list(takewhile(lambda one: one.pos_ == "PROPN" and one.is_title, behind[1:]))
    verb = sentence.root
    if not name or noun.dep_ != "compound" or noun.head != name[-1] or not _is_where(noun):
        return
    following = noun.doc[name[-1].i + 1 : name[-1].i + 2]
    if not any(one == verb or (one.dep_ in _HELPERS and one.head == verb) for one in following):
        return
    if any(one.dep_ in _SUBJECTS and one != name[-1] for one in verb.children):
        return
    name[-1].head, name[-1].dep_ = verb, "nsubj"
    first.head, first.dep_, first.tag_, first.pos_ = verb, "prep", "IN", "ADP"
    noun.head, noun.dep_ = first, "pobj"


def _is_where(noun: Token) -> bool:
    """Return whether a noun tells where or when, and not what somebody is: "in court", "at dusk", "on Monday"."""
    return noun.lower_ in titles().times or (noun.tag_ == "NN" and not _is_persons(noun))


def _is_described(token: Token, comma: int) -> bool:
    """Return whether a name, or "he" or "she", is the subject right behind a comma."""
    named = token.pos_ == "PROPN" or token.lower_ in {"he", "she"}
    return named and token.dep_ in _SUBJECTS and token.left_edge.i == comma + 1


def _is_persons(noun: Token) -> bool:
    """Return whether a noun is one that people are described with."""
    head = kinds().head(noun.lower_)
    described = head is not None and not head.body
    return described or noun.lower_ in titles().relatives or bool(titles().gender([noun.lower_]))


def _correct(sentence: Span) -> None:
    first = sentence[0]
    before = _before_comma(sentence)
    if not before or before[0].text == "-" or any(one.pos_ in _VERBS for one in before):
        return
    comma = before[-1].i + 1
    for noun in before:
        apposed = [one for one in noun.children if one.dep_ in _BESIDE and one.i > comma]
        verb = _verb(noun, first)
        joined = any(one.dep_ == "cc" for one in noun.children)
        if apposed and not joined and verb is not None and apposed[0].i < verb.i:
            _reattach(first, noun, apposed, verb)
            return


def _before_comma(sentence: Span) -> list[Token]:
    """Return the words between a sentence's first word and its first comma, if they are few."""
    inside = list(sentence[1 : _LONGEST + 2])
    comma = next((number for number, one in enumerate(inside) if one.text == ","), 0)
    return inside[:comma]


def _verb(noun: Token, first: Token) -> Token | None:
    """Return the verb whose subject a noun was taken for, or the one that was left without a subject."""
    if noun.dep_ in _SUBJECTS:
        return noun.head if noun.head.pos_ in _VERBS else None
    if noun.dep_ != "pobj" or not first.is_ancestor(noun) or first.head.pos_ not in _VERBS:
        return None
    return None if any(one.dep_ in _SUBJECTS for one in first.head.children) else first.head


def _reattach(first: Token, noun: Token, apposed: list[Token], verb: Token) -> None:
    speaker, *others = apposed
    speaker.head, speaker.dep_ = verb, "nsubj"
    for one in others:
        one.head = speaker
    if noun.dep_ == "pobj":
        return
    for one in noun.doc[first.i : noun.i]:
        if one.head == first:
            one.head = noun
    first.head, first.dep_, first.tag_, first.pos_ = verb, "prep", "IN", "ADP"
    noun.head, noun.dep_ = first, "pobj"
