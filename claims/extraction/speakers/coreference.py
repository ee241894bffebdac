"""Resolves a source's words within an article: whose name, pronoun or description they are."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Token

from claims.extraction.attribution.sources import RELATIVES, Source
from claims.extraction.attribution.types import Attribution
from claims.extraction.lexicons.source_kinds import OTHER, kinds
from claims.extraction.speakers.mentions import Mention, core, describe, mentions
from claims.extraction.text.parsing import Passage
from claims.extraction.types import Referent, Speaker

_BODIES = frozenset({"armed-group", "organisation", "company"})
_GROUPS = _BODIES | {"media", "official", "police-military"}
_THINGS = _BODIES | {"media", "document"}
_NOT_PEOPLE = _THINGS | {"unnamed"}
_ARTICLES = frozenset({"the", "a", "an"})
_SHE = frozenset({"she", "her", "herself"})
_HE = frozenset({"he", "him", "his", "himself"})
_IT = frozenset({"it", "its", "itself"})
_THEY = frozenset({"they", "them", "their", "themselves"})
_DEFINITE = frozenset({"the", "this", "that"})
_ACRONYM = re.compile(
    r"((?:[A-Z][\w’'-]*)(?:[ -](?:[A-Z][\w’'-]*|of|for|and|the|e|de)){0,8}) \(([A-Z]{2,8})\)"
)
_ONE_SENTENCE = 200
"""Characters. Of two this near whom "he" may stand for, it is the one that is known to be a man."""
_LOOK_BACK = 200
"""Mentions; what a pronoun or description stands for is no further off."""


class SpeakerResolver:
    """Everyone and everything that an article names.

    Args:
        passages: the article's parsed passages, in order.
        reports: its attributions, whose sources are the speakers.
    """

    def __init__(self, passages: Sequence[Passage], reports: Iterable[Attribution]) -> None:
        self._passages = passages
        self._text = text = passages[0].text if passages else ""
        found = _all_mentions(passages, reports)
        self._names = _full_names(one for _, one in found)
        self._names |= {match[2]: _without_article(match[1]) for match in _ACRONYM.finditer(text)}
        self._kinds = self._kinds_of(one for _, one in found)
        for name in list(self._names.values()):
            if self._kinds.get(name) in _BODIES:
                self._names.setdefault(name.split()[0], name)
        self._genders: dict[str, str] = {}
        self._mentions: list[Mention] = []
        for head, one in found:
            self._mentions.append(self._resolved(head, one))
            if self._mentions[-1].name and one.gender and one.name:
                self._genders.setdefault(self._mentions[-1].name, one.gender)
        self._learn_genders(passages)

    def _kinds_of(self, found: Iterable[Mention]) -> dict[str, str]:
        known: dict[str, str] = {}
        for one in found:
            if one.name and one.kind != OTHER:
                known.setdefault(self._names.get(one.name, one.name), one.kind)
        return known

    def _resolved(self, head: Token, mention: Mention) -> Mention:
        """Give a mention the full name and the kind of what it refers to, from earlier mentions."""
        mention = self._surname(head, mention)
        if not mention.name:
            found = self._stands_for(head, mention)
            return mention if found is None else replace(mention, name=found.name, kind=found.kind)
        name = self._names.get(mention.name, mention.name)
        kind = mention.kind if mention.kind != OTHER else self._kinds.get(name, OTHER)
        return replace(mention, name=name, kind=kind)

    def _surname(self, head: Token, here: Mention) -> Mention:
        """Treat a known surname as a name even if the parser takes it for a common noun, as it does rare ones."""
        if head.text in self._names and not here.name:
            return replace(here, name=head.text, role="")
        return here

    def _learn_genders(self, passages: Iterable[Passage]) -> None:
        """Make the referent of the first "she" or "he" a woman or a man from there on."""
        for passage in passages:
            for token in passage.doc:
                if token.lower_ in {"she", "he"} and passage.masked[token.i] is None:
                    found = self._pronoun(token.lower_, passage.places[token.i][0])
                    if found is not None and found.name:
                        self._genders.setdefault(found.name, token.lower_)

    def speaker(self, passage: Passage, source: Source) -> Speaker:
        """Return the speaker that a source's words refer to.

        Args:
            passage: their passage.
            source: the words.

        Returns:
            The speaker: the named one that a pronoun, surname or description refers to, else the words
            themselves.
        """
        words = passage.words(_without_relative(source))
        here = self._surname(source.head, describe(passage, source.head, source.tokens))
        joints = {token.lower_ for token in source.head.children if token.dep_ == "cc"}
        if "and" in joints and any(token.dep_ == "conj" for token in source.head.children):
            kind = kinds().of(source.head.lower_)
            return Speaker(_without_article(words), kind, "", words, named=False)
        if here.name:
            return self._named(here, words)
        found = self._stands_for(source.head, here)
        if found is not None:
            name = found.name or found.role
            kind = found.kind if found.kind != OTHER else here.kind
            role = "" if source.head.pos_ == "PRON" else here.role
            return Speaker(_without_article(name), kind, role, words, named=bool(found.name))
        name = self._with_owner(source, here) or _without_article(here.role) or words
        return Speaker(name, here.kind, "", words, named=False)

    def referent(self, start: int, end: int) -> Referent | None:
        """Return who or what the words at a place of the article refer to.

        Args:
            start: the place of the first word: a pronoun, a name, or the first word of a description.
            end: one past the last word.

        Returns:
            Who or what it is, or None if that is not clear. A pronoun in a quotation is read as one outside it;
            "I", "we" and "you" are not resolved, for whose they are depends on who says them.
        """
        words = self._text[start:end].strip()
        if words.lower() in _SHE | _HE | _IT | _THEY:
            found = self._pronoun(words.lower(), start)
        else:
            token = self._token(start, end)
            found = self._stood_for(token) if token is not None else None
        if found is None or not (found.name or found.role):
            return None
        gender = self._gender(found) or ("it" if self._is_thing(found) else "")
        name = _without_article(found.name or found.role)
        return Referent(
            name,
            bool(found.name),
            not self._is_thing(found),
            gender,
            found.plural,
            found.role,
            found.kind,
            0.5,
            f"the {name}" in self._text,
        )

    def _token(self, start: int, end: int) -> Token | None:
        """Find the noun that the words at a place depend on."""
        for passage in self._passages:
            if passage.start <= start < passage.end:
                inside = [
                    token
                    for token in passage.doc
                    if passage.masked[token.i] is None
                    and start <= passage.places[token.i][0] < end
                    and token.pos_ in {"NOUN", "PROPN"}
                ]
                return next((one for one in inside if one.head not in inside), None)
        return None

    def _stood_for(self, token: Token) -> Mention | None:
        place = next(one for one in self._passages if one.doc is token.doc).places[token.i][0]
        near = [one for one in self._mentions if one.place <= place]
        return near[-1] if near and place - near[-1].place < 40 else None

    def _named(self, here: Mention, words: str) -> Speaker:
        name = self._names.get(here.name, here.name)
        kind = here.kind if here.kind != OTHER else OTHER
        # In a headline the parser takes "Minister" for a name.
        common = name.lower() in kinds().words
        if here.kind == OTHER or self._kinds.get(name) == "armed-group":
            kind = self._kinds.get(name, kinds().of(name if common else "", name))
        return Speaker(name, kind, here.role, words, named=not common)

    def _with_owner(self, source: Source, here: Mention) -> str:
        """Replace "their" in "their spokesperson" by a name."""
        for token in source.head.children:
            if token.dep_ == "poss" and token.tag_ == "PRP$":
                owner = self._pronoun(token.lower_, here.place)
                if owner is not None and owner.name:
                    rest = [word.text for word in source.tokens if word.i > token.i]
                    return f"{owner.name}’s {' '.join(rest)}"
        return ""

    def _stands_for(self, head: Token, here: Mention) -> Mention | None:
        if head.pos_ == "PRON" or head.lower_ in RELATIVES:
            return self._pronoun(head.lower_, here.place)
        if any(token.lower_ in _DEFINITE for token in head.children):
            return self._description(head, here)
        return None

    def _pronoun(self, word: str, place: int) -> Mention | None:
        if word in _SHE | _HE:
            gender = "she" if word in _SHE else "he"
            found = self._nearest(
                place, lambda one: _is_person(one) and self._gender(one) in {gender, ""}
            )
            if found is None or self._gender(found) == gender:
                return found
            known = self._nearest(
                place, lambda one: _is_person(one) and self._gender(one) == gender
            )
            near = known is not None and abs(known.place - found.place) < _ONE_SENTENCE
            return known if near else found
        if word in _IT:
            found = self._nearest(place, lambda one: self._is_thing(one) and not one.plural)
            return found or self._nearest(place, self._may_be_group)
        if word in _THEY:
            found = self._nearest(place, lambda one: one.plural or self._is_group(one))
            return found or self._nearest(place, self._may_be_group)
        return None

    def _nearest(self, place: int, fits: Callable[[Mention], bool]) -> Mention | None:
        before = [one for one in self._before(place) if fits(one)]
        return next((one for one in before if one.subject), None) or next(iter(before), None)

    def _before(self, place: int) -> Iterator[Mention]:
        """Return the mentions before a place, the nearest first, as far back as readers remember."""
        end = bisect_left(self._mentions, place, key=lambda one: one.place)
        return reversed(self._mentions[max(0, end - _LOOK_BACK) : end])

    def _gender(self, mention: Mention) -> str:
        return self._genders.get(mention.name, mention.gender)

    def _is_thing(self, mention: Mention) -> bool:
        return self._gender(mention) == "it" or (
            self._gender(mention) == "" and mention.kind in _THINGS and not mention.role
        )

    def _is_group(self, mention: Mention) -> bool:
        return mention.kind in _GROUPS and self._is_thing(mention)

    def _may_be_group(self, mention: Mention) -> bool:
        """Return whether a name may be that of an organisation: nothing describes it as a person."""
        named = bool(mention.name) and mention.subject and not mention.role
        return named and self._gender(mention) in {"", "it"}

    def _description(self, head: Token, here: Mention) -> Mention | None:
        """Find the named one that "the minister" or "the group" refers back to."""
        noun = re.compile(rf"(?<!\w){re.escape(head.lemma_.lower())}(?:s|es)?$")
        telling = _modifiers(head)
        earlier = [one for one in self._before(here.place) if one.name]
        for one in earlier:
            called = core(one.role).lower()
            known = set(f"{one.role} {one.name}".lower().split())
            if telling <= known and (noun.search(called) or self._is_called(one, head)):
                return one
        if here.kind in _BODIES and not here.plural and not telling:
            bodies = {here.kind, "armed-group"} if here.kind == "organisation" else {here.kind}
            return next(
                (one for one in earlier if one.kind in bodies and self._is_thing(one)), None
            )
        return None

    def _is_called(self, mention: Mention, head: Token) -> bool:
        """Return whether an organisation's name contains the noun: "the court" is the Supreme Court of Velmora."""
        words = {word.lower() for word in mention.name.split()}
        return head.lower_ in words and len(words) > 1 and kinds().is_body(head.lower_)


def _all_mentions(
    passages: Sequence[Passage], reports: Iterable[Attribution]
) -> list[tuple[Token, Mention]]:
    """Return the article's mentions, each with the noun that it depends on, in the order of the text."""
    found: dict[Token, Mention] = {}
    for passage in passages:
        found.update(mentions(passage))
    for report in reports:
        source = report.source
        if source is not None and source.head.pos_ != "PRON":
            here = describe(report.passage, source.head, source.tokens)
            found[source.head] = replace(
                here, kind=_made_of(report, here), subject=True, speaks=True
            )
    return sorted(found.items(), key=lambda one: one[1].place)


def _made_of(report: Attribution, here: Mention) -> str:
    """Make a group that claims responsibility for an attack an armed one."""
    makes = report.entry.makes if report.entry is not None else ""
    body = here.kind == "organisation" or (here.kind == OTHER and here.gender == "it")
    return makes if makes and body else here.kind


def _is_person(mention: Mention) -> bool:
    if mention.plural or mention.gender == "it":
        return False
    if mention.role:
        return bool(mention.name) or mention.speaks
    if not mention.name or mention.kind in _NOT_PEOPLE:
        return False
    known = " " in mention.name or bool(mention.gender) or mention.kind != OTHER
    return known or mention.speaks


def _full_names(found: Iterable[Mention]) -> dict[str, str]:
    """Link each surname or short name to the first longer name that ends in it."""
    full: dict[str, str] = {}
    for mention in found:
        words = mention.name.split()
        if len(words) > 1:
            full.setdefault(words[-1], mention.name)
    return full


def _modifiers(head: Token) -> set[str]:
    """Return the words that set a description apart from others: "interior" in "the interior minister"."""
    before = [
        token
        for token in head.lefts
        if token.dep_ in {"compound", "amod", "nmod", "poss", "nummod"}
    ]
    behind = [token for token in head.rights if token.dep_ == "prep"]
    words = {word.lower_ for token in (*before, *behind) for word in token.subtree}
    return {word for word in words if word[0].isalnum()} - _ARTICLES


def _without_relative(source: Source) -> list[Token]:
    """Leave out the "who" that ties a noun to its report, unless it stands alone."""
    kept = [token for token in source.tokens if token.lower_ not in RELATIVES]
    return kept or list(source.tokens)


def _without_article(words: str) -> str:
    words = words.removeprefix("Both ").removeprefix("both ")
    first, _, rest = words.partition(" ")
    return rest if rest and first.lower() in _ARTICLES else words
