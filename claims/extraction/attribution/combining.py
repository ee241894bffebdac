"""Combines two readings of one passage: the learned model finds more, grammar knows better who can say what."""

from collections.abc import Sequence

from spacy.tokens import Token

from claims.extraction.attribution.addressees import is_heard
from claims.extraction.attribution.sources import Source, agent, is_passive, subject
from claims.extraction.attribution.types import Attribution
from claims.extraction.lexicons.cues import entry_of, lexicon
from claims.extraction.text.parsing import VERBS

_ALIKE = 0.75
"""From which share of their words two statements are one, of which the parser knows the bounds better."""


def combine(read: Sequence[Attribution], ruled: Sequence[Attribution]) -> list[Attribution]:
    """Combine two readings of a passage.

    Args:
        read: what the learned model finds; it is changed.
        ruled: what the rules find.

    Returns:
        What the learned model finds, corrected, and what the rules find wholly apart from it.
    """
    by_cue = {token.i: one for one in ruled for token in one.cue}
    for one in read:
        same = next((by_cue[token.i] for token in one.cue if token.i in by_cue), None)
        verb = next((token for token in one.cue if _is_passive_verb(token)), None)
        if same is not None:
            _agree(one, same, passive=verb is not None)
        elif verb is not None and (verb.dep_ == "advcl" or _is_patient(one.source, verb)):
            one.source = _only_agent(one.source, verb)
        if one.source is not None and not _can_say(one.source, one):
            one.source = None
        one.source = one.source or _opening(one)
        one.content = _without_source(_without_next(one, ruled), one.source)
    cues = {token.i for one in read for token in one.cue}
    told = {token.i for one in read for token in one.content}
    return [*read, *(one for one in ruled if _is_apart(one, cues, told))]


def _opening(one: Attribution) -> Source | None:
    """Return the name that opens a sentence to which the parser gives no verb: "Ada Venn, who rows for Orvo, alleged that"."""
    root, cue = one.cue[0].sent.root, one.cue[0]
    parted = cue.dep_ == "acl" and cue.doc[cue.i - 1].text == "," and cue.tag_ == "VBN"
    if not parted or root.pos_ != "PROPN" or root.i > cue.i or cue.sent.start != root.left_edge.i:
        return None
    return Source(root, tuple(cue.doc[root.left_edge.i : cue.i - 1]))


def _agree(one: Attribution, same: Attribution, *, passive: bool) -> None:
    """Take from the rules what grammar knows better.

    This is the mood and the addressees; the agent of a passive; a longer source with the same words ("his
    translator, Noam Barkalim") or one whose words the model took for said; limits that differ by one word; and all of it
    if one quotes another "as saying".
    """
    one.entry, one.mood, one.told = same.entry, same.mood, same.told
    if any(token.lower_ == "as" for token in same.cue):
        one.cue, one.source, one.content, one.clausal = (
            same.cue,
            same.source,
            same.content,
            same.clausal,
        )
        return
    if passive or (one.source is None and same.cue[0].pos_ == "NOUN") or _is_fuller(same, one):
        one.source = same.source
    read, ruled = set(one.content), set(same.content)
    if len(read & ruled) >= _ALIKE * len(read | ruled) or _is_cut_off(one, same):
        one.content, one.clausal = same.content, same.clausal


def _is_fuller(same: Attribution, one: Attribution) -> bool:
    """Return whether the rules have more words of a source, or one right behind its cue that the model took for what is said."""
    if same.source is None:
        return False
    if one.source is None:
        is_next = same.source.tokens[0].i == one.cue[-1].i + 1
        return is_next and not set(one.content).isdisjoint(same.source.tokens)
    return set(one.source.tokens) < set(same.source.tokens)


def _is_cut_off(one: Attribution, same: Attribution) -> bool:
    """Return whether a statement lacks a figure after its last word, or has an introduction up to a colon."""
    read, ruled = set(one.content), set(same.content)
    lacking = [token for token in same.content if token not in read and not token.is_punct]
    more = [token for token in one.content if token not in ruled]
    if not more:
        return any(token.like_num for token in lacking)
    return not lacking and more[-1].text == ":"


def _without_next(one: Attribution, ruled: Sequence[Attribution]) -> tuple[Token, ...]:
    """Leave out the report that a sentence goes on with: "..., he said, but the province put it at 22"."""
    last = one.cue[-1].i
    firsts = [other.source.tokens[0] for other in ruled if other.source is not None]
    ends = [first.i for first in firsts if first.i > last and first.nbor(-1).lower_ == "but"]
    if not ends or not one.content or one.content[0].i > last:
        return one.content
    return tuple(token for token in one.content if token.i < min(ends) - 1)


def _without_source(content: tuple[Token, ...], source: Source | None) -> tuple[Token, ...]:
    """Leave out words that name the source, as those in the brackets behind it."""
    if source is None:
        return content
    return tuple(token for token in content if token not in source.tokens) or content


def _is_apart(one: Attribution, cues: set[int], told: set[int]) -> bool:
    """Return whether a report of the rules is not one of the learned model's: outside all, or inside one's words."""
    own = {token.i for token in one.cue}
    if own & cues or _is_meant(one):
        return False
    content = {token.i for token in one.content}
    return (own | content) <= told if own & told else not content & told


def _is_meant(one: Attribution) -> bool:
    """Return whether a cue tells of nothing said yet: "a tweet to mock the mayor"."""
    verb = next((token for token in reversed(one.cue) if token.pos_ in VERBS), None)
    return verb is not None and any(child.tag_ == "TO" for child in verb.children)


def _is_passive_verb(token: Token) -> bool:
    return token.pos_ == "VERB" and is_passive(token)


def _is_patient(source: Source | None, verb: Token) -> bool:
    """Return whether a source is the patient of a passive: "his group, called the Friends of the Lake"."""
    about = subject(verb) or (verb.head if verb.dep_ == "acl" else None)
    return source is not None and about in source.tokens


def _can_say(source: Source, one: Attribution) -> bool:
    """Return whether the grammar lets a source say it.

    Not one in a side clause that the cue is not part of (", which Harl called a scandal, one question is"),
    not who hears it ("Jury told gate was open"), not the target of what others say ("Harl faced questions about"), and not a thing that is given its name
    ("his group, called the Friends of the Lake, owns it").
    """
    clause = next((word for word in source.head.ancestors if word.dep_ == "relcl"), None)
    if clause is not None and one.cue[0] not in clause.subtree:
        return False
    for verb in one.cue:
        if verb.pos_ not in VERBS or source.head != subject(verb):
            continue
        if is_heard(verb):
            return False
        if verb.lemma_ in lexicon().receiving and entry_of(verb) is None:
            return False
        if verb.lemma_ in lexicon().naming and _is_named(verb, source):
            return False
    return True


def _is_named(verb: Token, source: Source) -> bool:
    """Return whether a verb between commas names its noun: with one noun after it and nothing said about that."""
    behind = [child for child in verb.children if child.i > verb.i and not child.is_punct]
    apart = verb.doc[verb.i - 1].text == "," and source.tokens[-1].i == verb.i - 2
    return apart and len(behind) == 1 and behind[0].pos_ in {"NOUN", "PROPN"}


def _only_agent(source: Source | None, verb: Token) -> Source | None:
    """Keep the agent of a passive; whom it is about ("was accused of", "asked about it, he said") is nobody."""
    by = agent(verb)
    return source if source is not None and by is not None and by in source.tokens else None
