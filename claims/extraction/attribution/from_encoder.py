"""Converts the encoder's results for a text to attributions over its parse."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence

from spacy.tokens import Token

from claims.extraction.attribution.addressees import told_to
from claims.extraction.attribution.non_reports import (
    is_anonymity,
    is_contrary,
    is_kept_from,
    is_of_few,
    is_unreal,
    negations,
)
from claims.extraction.attribution.sources import (
    Source,
    direct_object,
    is_passive,
    noun_phrase,
    subject,
    with_antecedent,
)
from claims.extraction.attribution.types import Attribution
from claims.extraction.encoder.reading import Found
from claims.extraction.lexicons.cues import Cue, entry_of, lexicon
from claims.extraction.text.parsing import VERBS, Passage
from claims.extraction.text.segments import has_words, trim
from claims.extraction.types import Mood, Span, Spans

_SIDE_CLAUSES = frozenset({"advcl", "pcomp", "acl", "relcl"})
_NOBODY = frozenset(
    {"i", "we", "you", "one", "who", "anyone", "everyone", "nobody", "somebody", "someone"}
)
"""Outside quotation marks the first two are the article's own voice; the others hold no view that a desk could check."""
_SURE = 0.6
"""The confidence from which a belief counts; "has assumed a role" has less."""
_SUPPOSED = frozenset({"might", "may", "could", "should", "must", "can"})
_CLAUSE_SUBJECTS = frozenset({"who", "which"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})


def attributions(passages: Sequence[Passage], found: Iterable[Found]) -> list[list[Attribution]]:
    """Assign results to the passages of their cues.

    Args:
        passages: the article's passages, in order.
        found: the encoder's results for the article.

    Returns:
        The attributions of each passage, in the order of their cues. Results without parsed words for
        their cue or content are left out.
    """
    starts = [passage.start for passage in passages]
    sorted_in: list[list[Attribution]] = [[] for _ in passages]
    for one in found:
        number = bisect_right(starts, one.cue[0][0]) - 1
        if number < 0:
            continue
        elsewhere = list(_outside(passages, starts, number, one.content))
        attribution = _attribution(passages[number], one, elsewhere)
        if attribution is not None and (one.speech or _is_attitude(attribution, one.confidence)):
            sorted_in[number].append(attribution)
    for here in sorted_in:
        here.sort(key=Attribution.place)
    return sorted_in


def _attribution(passage: Passage, found: Found, elsewhere: list[Span]) -> Attribution | None:
    cue = tuple(_tokens(passage, found.cue))
    content = tuple(_tokens(passage, found.content))
    taken = {*cue, *content}
    source = tuple(token for token in _tokens(passage, found.source) if token not in taken)
    if len(source) == 1 and source[0].lower_ in _CLAUSE_SUBJECTS:
        source = with_antecedent(source[0])
    relayer: tuple[Token, ...] = ()
    quoted = next((names for verb in cue if (names := _quoted(verb))), None)
    if quoted is not None:
        relayer, (source, cue) = source, quoted
    apart = {*cue, *source, *_beside(cue, content)}
    content = _in_one_run([token for token in content if token not in apart], cue)
    if content and content[0].lower_ == "that" and content[0].dep_ == "mark":
        content = content[1:]
    if not cue or not (elsewhere or passage.spans(content)) or is_anonymity(content):
        return None
    verb = next((token for token in cue if token.pos_ in VERBS and entry_of(token)), cue[0])
    if is_kept_from(verb) or is_contrary(verb) or is_unreal(verb):
        return None
    denied = negations(cue)
    cue = tuple(sorted({*cue, *denied}, key=lambda token: token.i))
    is_denied = bool(denied) or (bool(source) and is_of_few(_head(source)))
    entry = entry_of(verb) or lexicon().nouns.get(verb.lemma_.lower())
    told = relayer or tuple(token for token in told_to(verb) if token not in content)
    return Attribution(
        passage=passage,
        entry=entry,
        cue=cue,
        content=content,
        source=Source(_head(source), source) if source else None,
        clausal=(_is_clausal(content) or _is_fronted(content, verb, source)) and not is_denied,
        told=told,
        mood="denied" if is_denied else _mood(entry, content),
        joined=elsewhere,
    )


def _in_one_run(content: Sequence[Token], cue: Sequence[Token]) -> tuple[Token, ...]:
    """Leave out what another sentence parts from a cue behind it: “A.” Parents had complained. “B,” said one mother."""
    if not cue or not content or content[0].i > cue[0].i:
        return tuple(content)
    said = {token.sent.start for token in content}
    begun = cue[0].sent.start
    for sentence in reversed([one for one in cue[0].doc.sents if one.start < begun]):
        if sentence.start not in said:
            break
        begun = sentence.start
    return tuple(token for token in content if token.i >= begun)


def _mood(entry: Cue | None, content: Sequence[Token]) -> Mood:
    """Return how a source presents a statement; who "wanted to know" something asked for it."""
    if content and content[0].lower_ == "know":
        return "asked"
    return entry.mood_of(_shape(content)) if entry is not None else "asserted"


def _is_attitude(one: Attribution, confidence: float) -> bool:
    """Return whether a cue that is none of speech surely ties a belief, wish or plan to somebody other than the author."""
    if one.source is None or one.source.head.lower_ in _NOBODY or confidence < _SURE:
        return False
    if not any(token.tag_ in _FINITE for token in one.cue):
        return False
    if any(token.lower_ in _SUPPOSED for token in one.cue):
        return False
    return any(
        token.lemma_.lower() in lexicon().attitudes and token.pos_ != "NOUN" for token in one.cue
    )


def _shape(content: Sequence[Token]) -> str:
    """Return the shape of a statement behind its cue, where it is an infinitive or follows a preposition."""
    if not content:
        return ""
    inside = set(content)
    top = next((token for token in content if token.head not in inside - {token}), content[0])
    if any(child.tag_ == "TO" for child in top.children):
        return "infinitive" if content[0].tag_ == "TO" else "object infinitive"
    before = content[0].nbor(-1) if content[0].i else None
    return before.lower_ if before is not None and before.dep_ == "prep" else ""


def _quoted(verb: Token) -> tuple[tuple[Token, ...], tuple[Token, ...]] | None:
    """Return the person quoted, and the cue, in "the newspaper quoted him as saying": he is the source."""
    whom = noun_phrase(direct_object(verb), verb)
    if whom is None or is_passive(verb):
        return None
    for link in verb.children:
        if link.dep_ == "prep" and link.lower_ == "as":
            saying = next((one for one in link.children if one.dep_ == "pcomp"), None)
            if saying is not None and entry_of(saying) is not None:
                return whom.tokens, (verb, link, saying)
    return None


def _outside(
    passages: Sequence[Passage], starts: Sequence[int], number: int, spans: Spans
) -> Iterator[Span]:
    """Yield places that are in other passages: "She added:" may be a paragraph of its own.

    What lies in no passage, such as a dateline, is not part of a statement.
    """
    for start, end in spans:
        first = max(bisect_right(starts, start) - 1, 0)
        for other in range(first, bisect_left(starts, end)):
            passage = passages[other]
            inside = max(start, passage.start), min(end, passage.end)
            if other != number and has_words(passage.text, *inside):
                yield trim(passage.text, *inside)


def _tokens(passage: Passage, spans: Spans) -> Iterator[Token]:
    """Yield the words in places; a quotation's stand-in where most of the quotation does."""
    starts = [place[0] for place in passage.places]
    for start, end in spans:
        for token in passage.doc[max(0, bisect_left(starts, start) - 1) : bisect_left(starts, end)]:
            first, last = passage.places[token.i]
            if 2 * (min(end, last) - max(start, first)) > last - first and not token.is_space:
                yield token


def _beside(cue: Sequence[Token], content: Sequence[Token]) -> set[Token]:
    """Find participles that tell how it was said: "she said on Friday, correcting her earlier figure"."""
    found = {
        token
        for verb in cue
        for clause in verb.children
        if clause.dep_ == "advcl" and clause.tag_ == "VBG" and clause.i > verb.i
        for token in clause.subtree
    }
    return found if any(token not in found for token in content) else set()


def _head(tokens: Sequence[Token]) -> Token:
    """Find the noun of a source; of two that attach elsewhere, not the owner ("the city's statistics")."""
    inside = set(tokens)
    tops = [token for token in tokens if token.head not in inside] or [tokens[0]]
    return next((token for token in tops if token.dep_ != "poss"), tops[0])


def _is_clausal(content: Sequence[Token]) -> bool:
    """Return whether a statement can be read on its own.

    It has a verb, and is not a "to comment" or a "what it called rumours"; nor "a mine after goats died", of which only a
    side clause has one.
    """
    inside = set(content)
    first = next((token for token in content if token.head not in inside - {token}), None)
    if first is None:
        return False
    if first.dep_ == "dobj" and any(one.dep_ == "pcomp" and one.i > first.i for one in content):
        # "accused a mine of poisoning the well"
        return False
    tops = [
        token
        for token in content
        if token.pos_ in VERBS
        and token.head not in inside - {token}
        and not (token.dep_ in _SIDE_CLAUSES and token.left_edge.i > content[0].i)
    ]
    return any(not _is_infinitive(top) and not _is_free_relative(top, content[0]) for top in tops)


def _is_fronted(content: Sequence[Token], verb: Token, source: Sequence[Token]) -> bool:
    """Return whether a statement precedes its source, with a comma: it is a sentence even if no verb was found.

    The parser takes "the first ferry sails on Monday" for sails.
    """
    if not content or not source or verb.pos_ not in VERBS or is_passive(verb):
        return False
    behind = content[-1].i + 1
    comma = behind < len(verb.doc) and verb.doc[behind].text == ","
    return comma and content[-1].i < min(verb.i, source[0].i)


def _is_infinitive(verb: Token) -> bool:
    return subject(verb) is None and any(child.tag_ == "TO" for child in verb.children)


def _is_free_relative(verb: Token, first: Token) -> bool:
    return (
        verb.dep_ in {"pcomp", "dobj", "ccomp"}
        and first.tag_ == "WP"
        and first.i == verb.left_edge.i
    )
