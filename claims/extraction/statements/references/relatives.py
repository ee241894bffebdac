"""What a relative pronoun stands for that a statement begins with: "which he said would open" is "the tunnel would open"."""

from collections.abc import Sequence

from spacy.tokens import Token

from claims.extraction.text.parsing import Passage

_PRONOUNS = frozenset({"which", "who", "whom"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_LONGEST = 12
"""Words of a noun phrase that is repeated."""
_UNFIT = frozenset({"PRON", "SCONJ", "VERB"})
"""Parts of speech of what would have to be explained in its turn."""


def relative_in_full(passage: Passage, tokens: Sequence[Token], name: str = "") -> dict[int, str]:
    """Return what to write for the relative pronoun that a statement begins with; nothing if there is none.

    Args:
        passage: the words' passage.
        tokens: the statement's words, in order.
        name: whose verb the pronoun is the object of, where the words don't say: "which [he] called a folly".

    Returns:
        The new words for tokens, by number.
    """
    pronoun = tokens[0] if tokens else None
    if pronoun is None or pronoun.lower_ not in _PRONOUNS:
        return {}
    clause = next((one for one in (pronoun, *pronoun.ancestors) if one.dep_ == "relcl"), None)
    phrase = _phrase(passage, clause.head, pronoun) if clause is not None else ""
    if not phrase:
        return {}
    if pronoun.dep_ in _SUBJECTS:
        return {pronoun.i: phrase}
    verb = pronoun.head
    named = name or any(child.dep_ in _SUBJECTS for child in verb.children if child in tokens)
    if pronoun.dep_ == "dobj" and verb in tokens and named:
        return {pronoun.i: name, verb.i: f"{passage.words([verb])} {phrase}"}
    return {}


def _phrase(passage: Passage, noun: Token, pronoun: Token) -> str:
    """Return the noun phrase before a relative pronoun, or "" if it is none that can be repeated."""
    words = list(noun.doc[noun.left_edge.i : pronoun.i])
    while words and words[-1].is_punct:
        words.pop()
    owner = "the " if len(words) > 1 and words[0].tag_ == "PRP$" else ""
    words = words[1:] if owner else words
    is_fit = 0 < len(words) <= _LONGEST and noun in words and words[0].dep_ != "cc"
    if not is_fit or _is_name_in_phrase(noun):
        return ""
    if any(one.pos_ in _UNFIT or passage.masked[one.i] is not None for one in words):
        return ""
    text = passage.words(words)
    opens = words[0].is_sent_start and words[0].pos_ == "DET"
    return owner + (text[:1].lower() + text[1:] if opens else text)


def _is_name_in_phrase(noun: Token) -> bool:
    """Return whether the pronoun may as well be of an outer noun: "a wall at the dock of Ostrey, which"."""
    return noun.pos_ == "PROPN" and noun.dep_ == "pobj" and noun.head.head.pos_ == "NOUN"
