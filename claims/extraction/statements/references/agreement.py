"""Fits verbs to a subject that was put in: "I have" becomes "[Venn] has"."""

from collections.abc import Iterator

from spacy.tokens import Token

from claims.extraction.statements.references.words import words

_THIRD = {
    "am": "is",
    "'m": "is",
    "are": "is",
    "'re": "is",
    "were": "was",
    "have": "has",
    "'ve": "has",
    "do": "does",
    "go": "goes",
}
_PLURAL = {"am": "are", "is": "are", "was": "were", "has": "have", "does": "do"}
_PAST = words("past")
"""Irregular past forms, which the tagger may take for present ones."""
_SHORT = {"'ll": "will", "'re": "are", "'ve": "have", "'m": "is"}
"""Short forms that lean on a pronoun, in full."""
_PRESENT = frozenset({"VBP", "VBZ"})
_FINITE = frozenset({"VBP", "VBZ", "VBD", "MD"})
_HELPERS = frozenset({"aux", "auxpass"})
_NOMINATIVE = frozenset({"i", "we", "they"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})


def agreeing(subject: Token, *, plural: bool) -> Iterator[tuple[Token, str]]:
    """Yield the verbs of a pronoun that is replaced by a name, with the words to write for them.

    Args:
        subject: the pronoun, a subject.
        plural: the name is a plural.
    """
    several = subject.dep_ == "conj" or any(child.dep_ == "conj" for child in subject.children)
    for verb in _finite_verbs(subject):
        word = _in_full(verb) if verb.i == subject.i + 1 else plain(verb)
        changed = _PLURAL.get(word, word) if plural or several else _third(verb, word)
        if changed != verb.text.lower():
            yield verb, changed


def plain(token: Token) -> str:
    """Return a word in lower case and with a straight apostrophe."""
    return token.lower_.replace("’", "'")


def _finite_verbs(subject: Token) -> Iterator[Token]:
    """Yield the finite verbs of a subject, those joined by "and" included."""
    if subject.dep_ not in _SUBJECTS:
        following = subject.doc[subject.i + 1 : subject.i + 2]
        yield from (token for token in following if token.tag_ in _FINITE)
        return
    waiting = [subject.head]
    while waiting:
        verb = waiting.pop()
        if verb.dep_ == "aux" and verb.head != verb:
            verb = verb.head
        # Of verbs after "and", and after "I no longer", the tagger may take a present form for an infinitive.
        is_bare = not _helped(verb) and (verb != subject.head or subject.lower_ in _NOMINATIVE)
        forms = _FINITE | {"VB"} if is_bare else _FINITE
        finite = next((one for one in _chain(verb) if one.tag_ in forms or _is_short(one)), None)
        if finite is not None:
            yield finite
        if finite == verb:
            # After a helper ("did not seek or receive") the next verb shares it.
            waiting += [
                one for one in verb.children if one.dep_ == "conj" and not _has_subject(one)
            ]


def _is_short(token: Token) -> bool:
    """Return whether a helper is a short form, which the tagger may misread: "I’m"."""
    return token.dep_ in _HELPERS and (plain(token) in _SHORT or plain(token) in {"'s", "'d"})


def _chain(verb: Token) -> Iterator[Token]:
    """Yield a verb's helpers in order, then the verb."""
    yield from (child for child in verb.children if child.dep_ in _HELPERS)
    yield verb


def _helped(verb: Token) -> bool:
    return verb.tag_ != "VB" or any(child.dep_ in _HELPERS for child in verb.children)


def _has_subject(verb: Token) -> bool:
    return any(child.dep_ in _SUBJECTS for child in verb.children)


def _in_full(verb: Token) -> str:
    """Write a short form in full: "'s gone" is "has gone", "'d go" is "would go"."""
    word, follows = plain(verb), _word_behind(verb)
    if word == "'s":
        return "has" if follows == "been" or _is_perfect(verb) else "is"
    if word == "'d":
        is_past = follows not in {"have", "be"} and verb.head.tag_ in {"VBN", "VBD"}
        return "had" if follows in {"been", "had", "better"} or is_past else "would"
    return _SHORT.get(word, word)


def _is_perfect(verb: Token) -> bool:
    # "He's caught me": what is done to him leaves no object.
    acts = verb.dep_ == "aux" or any(one.dep_ == "dobj" for one in verb.head.rights)
    return acts and verb.head != verb and verb.head.tag_ in {"VBN", "VBD"}


def _word_behind(verb: Token) -> str:
    """Return the first word behind a short form that is neither an adverb nor "not"."""
    behind = (
        token
        for token in verb.doc[verb.i + 1 :]
        if (token.pos_ != "ADV" or token.lower_ == "better") and token.dep_ != "neg"
    )
    return next((token.lower_ for token in behind), "")


def _third(verb: Token, word: str) -> str:
    """Return the form for "he"; a past or modal stays."""
    if plain(verb) in {"'d", "'ll", "'s", "'m"}:
        return word
    if word in _THIRD:
        return _THIRD[word]
    past = word in _PAST or (word.endswith("ed") and not word.endswith("eed"))
    return word if past or verb.tag_ not in {"VBP", "VB"} else _with_s(word)


def _with_s(word: str) -> str:
    if word.endswith(("s", "sh", "ch", "x", "z", "o")):
        return word + "es"
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return word[:-1] + "ies"
    return word + "s"
