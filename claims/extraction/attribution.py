"""Find attributions in a parsed passage: a statement, its source, and the cue that ties them.

Every cue of the lexicon that stands in the passage is tried with the shapes of statement that its entry
takes. What each shape looks like in the parse is one function here; which cue takes which shape is data.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial

from spacy.tokens import Token

from claims.extraction.cues import Cue, entry_of, lexicon
from claims.extraction.grammar import Passage
from claims.extraction.sources import Source, is_passive, is_taken_over, noun_phrase, source_of, subject
from claims.extraction.types import Span, Spans

_CLAUSES = frozenset({"ccomp", "acl", "relcl"})
_LEADING = frozenset({"but", "and", "yet", "so", "still", "however", ","})
_SUPPOSED = frozenset({"if", "unless", "whether", "might", "may", "could"})
_NOBODY = frozenset({"nobody", "none", "no", "neither", "nothing"})
_AUTHOR = frozenset({"i", "we"})
"""Outside quotation marks these are the article's own voice."""
_WORD_TAGS = frozenset({"VERB", "AUX"})


@dataclass(eq=False, slots=True)
class Attribution:
    """A statement with its source and cue, in one passage; quotations elsewhere may join it.

    Attributes:
        passage: where the cue stands.
        entry: the cue's entry, or None for a mark ("Mayor: ...").
        cue: the cue's words.
        content: the statement's words in the passage.
        source: who says it, or None.
        clausal: the content is a whole clause, so that it reads alone.
        told: the words that name whom it is told to.
        joined: places of further quotations of the same statement, in this passage or later ones.
        outer: the report inside which this one stands.
    """

    passage: Passage
    entry: Cue | None
    cue: tuple[Token, ...]
    content: tuple[Token, ...]
    source: Source | None
    clausal: bool
    told: tuple[Token, ...] = ()
    joined: list[Span] = field(default_factory=list)
    outer: "Attribution | None" = None

    def place(self) -> int:
        """Give the place of its first cue word in the article."""
        return self.passage.places[self.cue[0].i][0]

    def quotes(self) -> bool:
        """Say whether its content holds a quotation."""
        return bool(self.joined) or any(
            start <= quotation.start < end
            for quotation in self.passage.quotations
            for start, end in self.passage.spans(self.content)
        )

    def content_spans(self) -> Spans:
        """Give the places of all content, joined quotations included."""
        spans = sorted({*self.passage.spans(self.content), *self.joined})
        kept: list[Span] = []
        for span in spans:
            if kept and span[0] < kept[-1][1]:
                kept[-1] = (kept[-1][0], max(kept[-1][1], span[1]))
            else:
                kept.append(span)
        return tuple(kept)


def attributions(passage: Passage) -> list[Attribution]:
    """Find a passage's attributions, in the order of their first words.

    Args:
        passage: a parsed passage.

    Returns:
        Outer and inner ones alike. A cue makes one attribution at most.
    """
    found: list[Attribution] = []
    for token in passage.doc:
        if passage.masked[token.i] is None:
            attribution = _read(passage, token)
            if attribution is not None and passage.spans(attribution.content):
                found.append(attribution)
    return found


def nest(found: list[Attribution]) -> None:
    """Tell each attribution whose cue stands in another one's content which one that is."""
    for inner in found:
        around = [
            outer
            for outer in found
            if outer is not inner and inner.cue[0] in outer.content and outer.cue[0] not in inner.content
        ]
        inner.outer = min(around, key=lambda outer: len(outer.content), default=None)


def _read(passage: Passage, token: Token) -> Attribution | None:
    if token.pos_ in _WORD_TAGS:
        return _verb(passage, token) or _phrase(passage, token)
    if token.pos_ == "NOUN":
        return _noun(passage, token)
    return _phrase(passage, token)


# ---------------------------------------------------------------------------------------------- verbs


def _verb(passage: Passage, verb: Token) -> Attribution | None:
    entry = entry_of(verb)
    if entry is None or is_silent(verb):
        return None
    for shape in sorted(entry.takes | _ALWAYS, key=_turn):
        read = _SHAPES.get(shape) or partial(_preposition, shape)
        content = read(passage, verb)
        if content:
            return _attribution(passage, verb, entry, content, shape in _CLAUSAL)
    return None


def _attribution(
    passage: Passage, verb: Token, entry: Cue, content: list[Token], clausal: bool
) -> Attribution | None:
    inside = set(content)
    source = source_of(verb)
    if source is None and not (is_passive(verb) and subject(verb) is not None):
        return None
    if source is not None and source.head.lower_ in _AUTHOR:
        return None
    if verb in inside or (source is not None and source.head in inside):
        return None
    told = tuple(token for token in told_to(verb) if token not in inside)
    return Attribution(passage, entry, cue_words(verb, inside), tuple(content), source, clausal, told)


def is_silent(verb: Token) -> bool:
    """Say whether a cue reports nothing: denied, refused, only supposed, or asked for."""
    current = verb
    while True:
        for child in current.children:
            if child.dep_ == "neg" or (child.dep_ in {"mark", "aux"} and child.lower_ in _SUPPOSED):
                return True
        if current.dep_ not in {"xcomp", "conj"} or current.head == current:
            break
        if current.dep_ == "conj" and subject(current) is not None:
            break
        current = current.head
        if current.lemma_ in lexicon().refusals:
            return True
    return _is_question(current) or _is_order(verb) or _is_purpose(verb) or _names_nobody(current)


def _is_question(verb: Token) -> bool:
    asker = subject(verb)
    return (
        asker is not None
        and verb.sent[-1].text == "?"
        and any(child.dep_ == "aux" and child.i < asker.i for child in verb.children)
    )


def _is_purpose(verb: Token) -> bool:
    """Say whether a cue is only to be: "urged them to say", "an order to explain"."""
    infinitive = any(child.dep_ == "aux" and child.lower_ == "to" for child in verb.children)
    return infinitive and (verb.dep_ not in {"xcomp", "advcl"} or _object(verb.head) is not None)


def _names_nobody(verb: Token) -> bool:
    """Say whether a subject denies itself: "nobody said", "neither side said"."""
    found = subject(verb)
    return found is not None and any(token.lower_ in _NOBODY for token in (found, *found.lefts))


def _is_order(verb: Token) -> bool:
    return verb.dep_ == "ROOT" and verb.tag_ == "VB" and subject(verb) is None


def cue_words(verb: Token, content: Iterable[Token]) -> tuple[Token, ...]:
    """Take a verb with its auxiliaries and particle, and what it hangs on in "was quoted as saying"."""
    words = {verb}
    words.update(child for child in verb.children if child.dep_ in {"aux", "auxpass", "prt"})
    governor = verb.head.head if verb.dep_ == "pcomp" else None
    if governor is not None and verb.head.lower_ == "as" and is_passive(governor):
        words.update({governor, verb.head})
        words.update(child for child in governor.children if child.dep_ in {"aux", "auxpass"})
    return tuple(sorted(words - set(content), key=lambda token: token.i))


def _boundary(verb: Token) -> int:
    """Find where a cue's own words start: its subject, or itself where that follows."""
    found = subject(verb)
    helpers = [child.i for child in verb.children if child.dep_ in {"aux", "auxpass"}]
    return min([verb.i, *helpers, *([found.left_edge.i] if found is not None else [])])


def _clause(passage: Passage, verb: Token) -> list[Token] | None:
    """A clause of its own: "said the bridge was shut", "the bridge is shut, he said"."""
    for child in verb.children:
        if child.dep_ in _CLAUSES and child.dep_ != "relcl" and child.dep_ != "acl":
            if child.i < verb.i and child.right_edge.i < verb.i:
                return _before(passage, verb, child)
            return _without_that(child)
    if _is_aside(verb):
        return _around(verb)
    return None


def _is_aside(verb: Token) -> bool:
    """Say whether a cue stands inside or behind its statement: "the bridge, he said, will open"."""
    if verb.dep_ == "parataxis":
        return subject(verb) is not None
    head = verb.head
    if _is_as(verb):
        return subject(verb) is not None and not any(child.dep_ == "dobj" for child in verb.children)
    return (
        verb.dep_ in {"ccomp", "advcl", "dep"}
        and head.pos_ in _WORD_TAGS
        and head.i != verb.i
        and subject(verb) is not None
        and _stands_apart(verb)
        and not any(child.dep_ in {"dobj", "mark", "xcomp"} for child in verb.children)
    )


def _is_as(verb: Token) -> bool:
    return verb.dep_ == "advcl" and any(
        child.lower_ == "as" and child.dep_ in {"mark", "advmod"} for child in verb.children
    )


def _stands_apart(verb: Token) -> bool:
    left, right = _boundary(verb), verb.right_edge.i
    doc = verb.doc
    before = left > verb.sent.start and doc[left - 1].text in {",", "—", "–", "-", "―"}
    after = right + 1 < verb.sent.end and doc[right + 1].text in {",", "—", "–", ".", "-", "―"}
    return before and after


def _before(passage: Passage, verb: Token, clause: Token) -> list[Token]:
    """What stands before its cue reaches back to the start of the sentence."""
    doc = verb.doc
    first = clause.left_edge.i
    if verb.dep_ == "ROOT":
        first = verb.sent.start
        for child in verb.children:
            if child.dep_ in {"prep", "advcl"} and child.right_edge.i < clause.left_edge.i:
                if any(token.lemma_ in lexicon().nouns for token in child.subtree):
                    first = child.right_edge.i + 1
    while first < clause.i and (doc[first].lower_ in _LEADING or doc[first].is_space):
        first += 1
    return list(doc[first : max(_boundary(verb), clause.i + 1)])


def _around(verb: Token) -> list[Token]:
    own = set(verb.subtree)
    head = verb.head
    rest = head.sent if head.dep_ == "ROOT" else head.subtree
    aside = {
        token
        for child in head.children
        if child.dep_ == "advcl" and child.tag_ == "VBG" and child.i > verb.i and entry_of(child)
        for token in child.subtree
    }
    content = [token for token in rest if token not in own and token not in aside]
    while content and content[0].lower_ in _LEADING:
        content.pop(0)
    return content


def _without_that(clause: Token) -> list[Token]:
    tokens = list(clause.doc[clause.left_edge.i : clause.right_edge.i + 1])
    taken = next((child for child in clause.children if is_taken_over(child)), None)
    if taken is not None:
        tokens = [token for token in tokens if token.i < taken.left_edge.i and not (token.dep_ == "cc" and token.head == clause)]
    while tokens and (tokens[0].is_punct or tokens[0].dep_ == "mark" and tokens[0].lower_ == "that"):
        if tokens[0].is_quote:
            break
        tokens.pop(0)
    return tokens


def _quotation_before(passage: Passage, verb: Token) -> list[Token] | None:
    """A whole quotation right before the cue: "“...,” he said"."""
    doc, sentence = verb.doc, verb.sent
    left = _boundary(verb) - 1
    while left >= sentence.start and (doc[left].is_punct or doc[left].is_space):
        left -= 1
    if left < sentence.start or passage.masked[left] is None:
        return None
    content = _stand_in(passage, left)
    before = doc[sentence.start : content[0].i]
    return None if any(token.is_alpha for token in before) else content


def _quotation_after(passage: Passage, verb: Token) -> list[Token] | None:
    """A whole quotation behind the cue, where the parser saw no clause."""
    doc, sentence = verb.doc, verb.sent
    right = verb.i + 1
    while right < sentence.end and passage.masked[right] is None:
        if doc[right].pos_ in _WORD_TAGS:
            return None
        right += 1
    return _stand_in(passage, right) if right < sentence.end else None


def _stand_in(passage: Passage, index: int) -> list[Token]:
    hidden = passage.masked[index]
    return [token for token in passage.doc if passage.masked[token.i] == hidden]


def _infinitive(_: Passage, verb: Token) -> list[Token] | None:
    """An infinitive or gerund: "vowed to rebuild", "denied taking bribes"."""
    for child in verb.children:
        if child.dep_ == "xcomp" and child.i > verb.i:
            return list(child.subtree)
    return None


def _object_infinitive(_: Passage, verb: Token) -> list[Token] | None:
    """Somebody and what they are to do: "urged voters to wait"."""
    for child in verb.children:
        if child.i > verb.i and child.dep_ in {"ccomp", "xcomp"}:
            to = [token for token in child.children if token.lower_ == "to" and token.dep_ == "aux"]
            target = _object(verb) or subject(child)
            if to and target is not None and verb.i < target.i < child.i:
                return list(verb.doc[target.left_edge.i : child.right_edge.i + 1])
    return None


def _object_predicate(_: Passage, verb: Token) -> list[Token] | None:
    """Somebody and what they are called: "called the plan a disaster"."""
    for child in verb.children:
        if child.dep_ == "oprd" and child.i > verb.i:
            target = _object(verb)
            first = target.left_edge.i if target is not None else child.left_edge.i
            return list(verb.doc[min(first, child.left_edge.i) : child.right_edge.i + 1])
        if child.dep_ == "ccomp" and child.i > verb.i and child.pos_ not in _WORD_TAGS:
            return list(child.subtree)
    return None


def _object_alone(_: Passage, verb: Token) -> list[Token] | None:
    """A thing: "announced a new tax"."""
    target = _object(verb)
    return list(target.subtree) if target is not None and target.i > verb.i else None


def _object(verb: Token) -> Token | None:
    return next((child for child in verb.children if child.dep_ in {"dobj", "obj"}), None)


def _preposition(takes: str, _: Passage, verb: Token) -> list[Token] | None:
    """A preposition, behind an object ("object of": "accused the firm of fraud") or alone ("about")."""
    *before, word = takes.split()
    target = _object(verb)
    passive = is_passive(verb)
    if before and target is None and not passive:
        return None
    for child in verb.children:
        marks = [token for token in child.children if token.dep_ == "mark" and token.lower_ == word]
        if marks and child.i > verb.i and not before:
            return [token for token in child.subtree if token not in marks]
    holders = [verb, target] if target is not None else [verb]
    for holder in holders:
        for child in holder.children:
            if child.dep_ in {"prep", "agent"} and child.lower_ == word and child.i > verb.i:
                inside = list(child.subtree)
                if not before:
                    return inside[1:]
                if target is not None:
                    return list(verb.doc[target.left_edge.i : child.right_edge.i + 1])
                return [*_passive_subject(verb), *inside]
    return None


def _passive_subject(verb: Token) -> list[Token]:
    found = subject(verb)
    phrase = noun_phrase(found, verb)
    return list(phrase.tokens) if phrase is not None else []


Shape = Callable[[Passage, Token], list[Token] | None]
_SHAPES: dict[str, Shape] = {
    "quotation before": _quotation_before,
    "object infinitive": _object_infinitive,
    "clause": _clause,
    "quotation": _quotation_after,
    "infinitive": _infinitive,
    "preposition": _preposition,
    "object predicate": _object_predicate,
    "object": _object_alone,
}
"""In the order of trial; every other shape is a preposition, tried just before the lone object."""
_CLAUSAL = frozenset({"clause", "quotation"})
_ALWAYS = frozenset({"quotation before", "quotation"})


def _turn(shape: str) -> int:
    """Give a shape's place in the order of trial: clauses, prepositions, a lone object last."""
    order = list(_SHAPES)
    return order.index(shape if shape in _SHAPES else "preposition")


def told_to(verb: Token) -> list[Token]:
    """Find whom a statement is told: "told Reuters", "said to reporters", "in an interview with the BBC"."""
    for child in verb.children:
        if child.dep_ in {"dative", "dobj"} and child.i > verb.i and child.pos_ in {"NOUN", "PROPN"}:
            if verb.lemma_ in lexicon().telling:
                return list(child.subtree)
        if child.dep_ in {"prep", "dative"} and child.lower_ == "to":
            return [token for noun in child.children if noun.dep_ == "pobj" for token in noun.subtree]
        if child.dep_ == "prep" and child.lower_ in {"in", "during"}:
            for noun in child.children:
                listener = _interviewer(noun)
                if listener:
                    return listener
    return []


def _interviewer(noun: Token) -> list[Token]:
    if noun.lemma_ in {"interview", "conversation", "call"}:
        for child in noun.children:
            if child.dep_ == "prep" and child.lower_ == "with":
                return [token for inner in child.children for token in inner.subtree]
    return []


# ------------------------------------------------------------------------------------ nouns and phrases


def _noun(passage: Passage, noun: Token) -> Attribution | None:
    """A noun that holds a statement: "his claim that ...", "reports that ...", "in a message sent by ..."."""
    entry = lexicon().nouns.get(noun.lemma_.lower())
    if entry is None:
        return None
    if "by" in entry.takes:
        sent = _sent_by(passage, noun, entry)
        if sent is not None:
            return sent
    if "clause" not in entry.takes:
        return None
    clause = next((child for child in noun.children if child.dep_ in {"acl", "ccomp"} and _is_that(child)), None)
    if clause is None or any(token.dep_ == "neg" for token in noun.head.children):
        return None
    owner = next((child for child in noun.children if child.dep_ == "poss"), None)
    source = noun_phrase(owner, noun)
    if source is None and entry.itself:
        own = [token for token in noun.subtree if token.i < clause.left_edge.i]
        source = Source(noun, tuple(token for token in own if not token.is_punct))
    return Attribution(passage, entry, (noun,), tuple(_without_that(clause)), source, clausal=True)


def _is_that(clause: Token) -> bool:
    return any(child.dep_ == "mark" and child.lower_ == "that" for child in clause.children)


def _sent_by(passage: Passage, noun: Token, entry: Cue) -> Attribution | None:
    """What a whole clause says, where it ends in "in a message sent by X to Y"."""
    opening = noun.head
    if opening.dep_ != "prep" or opening.lower_ not in {"in", "through", "via"}:
        return None
    for child in noun.children:
        if child.dep_ == "acl" and child.tag_ == "VBN" and child.i > noun.i:
            by = next((token for token in child.children if token.dep_ == "agent"), None)
            sender = next((token for token in by.children if token.dep_ == "pobj"), None) if by else None
            source = noun_phrase(sender, child)
            if by is not None and source is not None:
                clause = _clause_around(opening)
                content = [token for token in clause if token.i < opening.i or token.i > noun.right_edge.i]
                cue = tuple(passage.doc[opening.i : by.i + 1])
                return Attribution(passage, entry, cue, tuple(content), source, True, tuple(told_to(child)))
    return None


def _clause_around(token: Token) -> list[Token]:
    while token.dep_ not in {"ROOT", "ccomp", "conj", "advcl", "relcl"} and token.head != token:
        token = token.head
    return list(token.sent if token.dep_ == "ROOT" else token.subtree)


def _to_comma(source: Source | None) -> Source | None:
    """End a source that runs on into the statement at its last comma: "according to police, 14 of the ..."."""
    if source is None or source.tokens[-1].i + 1 == len(source.head.doc):
        return source
    following = source.head.doc[source.tokens[-1].i + 1]
    commas = [token.i for token in source.tokens if token.text == "," and token.i > source.head.i]
    if following.is_punct or following.is_space or not commas:
        return source
    return Source(source.head, tuple(token for token in source.tokens if token.i < commas[-1]))


def _phrase(passage: Passage, token: Token) -> Attribution | None:
    """A phrase before the source, "according to police"; the statement is the rest of the clause."""
    doc = token.doc
    for words, entry in lexicon().phrases.items():
        length = words.count(" ") + 1
        phrase = doc[token.i : token.i + length]
        if phrase.text.lower() != words:
            continue
        last = phrase[-1]
        noun = next((child for child in last.children if child.dep_ == "pobj"), None)
        source = _to_comma(noun_phrase(noun, token))
        if source is None:
            continue
        group = {*phrase, *source.tokens}
        content = [word for word in _clause_around(token) if word not in group]
        while content and (content[0].lower_ in _LEADING or content[0].is_punct):
            content.pop(0)
        if content:
            return Attribution(passage, entry, tuple(phrase), tuple(content), source, clausal=True)
    return None

