"""Corrects the parse of sentences that open with where or when: in "Outside court, Sergeant Roe said" Roe is who said it.

The parser takes a name or noun behind the comma for another word for the court, and the court for who spoke.
"""

from spacy.tokens import Doc, Span, Token

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
_BESIDE = frozenset({"appos", "conj"})
_LONGEST = 10
"""Words before the comma."""
_VERBS = frozenset({"VERB", "AUX"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})


def correct(doc: Doc) -> None:
    """Give the verb of such sentences the subject behind the comma, and the preposition its noun."""
    # The sentences are found by the parse that is changed.
    for sentence in list(doc.sents):
        if sentence[0].lower_ in _PREPOSITIONS:
            _correct(sentence)


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
