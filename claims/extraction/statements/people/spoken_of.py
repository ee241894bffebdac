"""Whom a quotation speaks of: "he" in its further sentences is whoever its first part names, and never who speaks."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from claims.extraction.attribution.types import Attribution
from claims.extraction.lexicons.first_names import is_known, share_of_women
from claims.extraction.lexicons.source_kinds import kinds, words_of
from claims.extraction.lexicons.titles import titles
from claims.extraction.statements.references.pointing import (
    PEOPLE,
    Pronoun,
    inner_quotation,
    pronoun_of,
)
from claims.extraction.statements.references.voices import (
    Voice,
    definite,
    in_sentence,
    is_sure,
    owned,
)
from claims.extraction.text.parsing import Passage
from claims.extraction.types import Referent

_PLURAL = frozenset({"NNS", "NNPS"})
_SAME = frozenset({"attr", "oprd", "acomp", "appos", "npadvmod"})
"""What says more of somebody named in the sentence, and is nobody else: "Karl was a good man"."""
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_DEALING = frozenset(
    {"with", "for", "by", "to", "from", "about", "of", "without", "against", "after", "like"}
)
"""Prepositions behind which a noun may well be somebody."""
_INNER = frozenset({"compound", "nmod"})
_WHERE = frozenset({"in", "at", "from", "to", "near", "on", "into", "through", "across", "around"})
_UNSURE = (0.1, 0.9)
"""Between these, a first name does not tell whether its bearer is a woman."""
_BETWEEN = 12
"""Letters besides cue and source that stand between two parts of a quotation: "she added on Friday"."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of whom a quotation speaks.

    Attributes:
        name: what a sentence puts for him or her, or "" where that is not sure.
        gender: "she" or "he" where something tells, else "".
    """

    name: str
    gender: str


class SpokenOf:
    """Whom the last quotation of an article spoke of, for the one that goes on from it."""

    def __init__(self) -> None:
        self._last: Attribution | None = None
        self._speaker = ""
        self._people: Sequence[Person] = ()

    def before(self, report: Attribution, voice: Voice) -> Sequence[Person]:
        """Return whom the words right before a report spoke of, if the same one said them and nothing else came between."""
        last, speaker = self._last, _name(voice)
        if last is None or not speaker or speaker != self._speaker or report.outer is not None:
            return ()
        return self._people if _goes_on(last, report) else ()

    def note(self, report: Attribution, voice: Voice, people: Sequence[Person]) -> None:
        """Note whom a report that has been read to its end spoke of."""
        if report.outer is None:
            self._last, self._speaker, self._people = report, _name(voice), people


def _name(voice: Voice) -> str:
    return voice.speaker.name if voice.speaker is not None else ""


def _goes_on(last: Attribution, report: Attribution) -> bool:
    """Return whether only cues and sources stand between two reports: "“He ran,” she said. “He fell,” she added."."""
    text = report.passage.text
    ends = [end for _, end in last.content_spans()]
    starts = [start for start, _ in report.content_spans()]
    if not ends or not starts or min(starts) < max(ends):
        return False
    first, behind = max(ends), min(starts)
    left = list(text[first:behind])
    for one in (last, report):
        sources = one.passage.spans(one.source.tokens) if one.source is not None else ()
        for start, end in (*one.cue_spans(), *sources):
            for place in range(max(first, start), min(behind, end)):
                left[place - first] = " "
    words = words_of("".join(left))
    named = any(word[0].isupper() and word.lower() not in titles().times for word in words)
    return not named and sum(map(len, words)) < _BETWEEN


class About:
    """Whom the sentences of a quotation speak of, one after the other.

    Args:
        people: those of whom the words before it spoke.
    """

    def __init__(self, people: Sequence[Person] = ()) -> None:
        self.people = people

    def known(self, passage: Passage, tokens: Sequence[Token], voice: Voice) -> dict[int, str]:
        """Return what stands for the pronouns of a sentence that goes on about somebody.

        Args:
            passage: the sentence's passage.
            tokens: its words.
            voice: who says it.

        Returns:
            A name by the place of a pronoun, or "" where it may mean one of two, or one who has none. The others are
            to be looked up.
        """
        found: dict[int, str] = {}
        cases: dict[Token, set[str]] = {}
        nouns = _people(passage, tokens, voice)
        named = [one.i for one in nouns]
        for token, pronoun in _pronouns(tokens):
            place = passage.places[token.i]
            own = {one.name for one in self.people if one.gender in {"", pronoun.gender}}
            name = next(iter(own)) if len(own) == 1 else ""
            looked = voice.look(*place, voice.talking())
            if own and not any(one < token.i for one in named):
                found[place[0]] = name
                cases.setdefault(token.head, set()).add(pronoun.case)
            elif looked is not None and (
                self._may_be_another(looked.name, name, own)
                or _is_nearer(nouns, token, pronoun, looked)
            ):
                found[place[0]] = ""
        # "He told him": two people.
        twice = any({"subject", "object"} <= one for one in cases.values())
        genders = {one.gender for _, one in _pronouns(tokens)}
        mixed = len(genders) > 1 and any(not one.gender for one in self.people)
        return dict.fromkeys(found, "") if twice or mixed else found

    def _may_be_another(self, looked: str, name: str, own: Collection[str]) -> bool:
        """Return whether a name that was looked up for a pronoun is not that of whom the quotation speaks."""
        others = {one.name for one in self.people}
        return bool(others) and looked != name and (bool(own) or looked in others)

    def hear(self, passage: Passage, tokens: Sequence[Token], voice: Voice) -> None:
        """Note whom a sentence leaves its reader thinking of: those whom it names, else who it was before.

        Args:
            passage: the sentence's passage.
            tokens: its words.
            voice: who says it.
        """
        before = self.people or _looked_up(passage, tokens, voice)
        found = _people(passage, tokens, voice)
        if not found:
            self.people = before
            return
        named = [_person(passage, one, voice) for one in found]
        genders = {pronoun.gender for _, pronoun in _pronouns(tokens)}
        # After "he saved my daughter", "he" is the same one; after "he saved my son", it may be either.
        kept = [one for one in before if one.gender in genders or (genders and not one.gender)]
        if not _is_foremost(found, tokens):
            kept.append(Person("", ""))
        self.people = tuple(dict.fromkeys((*kept, *named)))


def _people(passage: Passage, tokens: Sequence[Token], voice: Voice) -> list[Token]:
    """Return the nouns and names of a sentence that mean one person each, outside what the speaker quotes."""
    inner = inner_quotation(tokens)
    return [one for one in tokens if one.i not in inner and _is_person(passage, one, voice)]


def _is_nearer(nouns: Sequence[Token], token: Token, pronoun: Pronoun, looked: Referent) -> bool:
    """Return whether a noun before a pronoun may be meant, and not who was looked up: "we had one nurse, and she was deaf"."""
    words = looked.name.lower().split()
    before = [one for one in nouns if one.i < token.i and one.pos_ == "NOUN"]
    return any(
        one.lower_ not in words and titles().gender([one.lower_]) in {pronoun.gender, ""}
        for one in before
        if _is_new(one)
    )


def _is_new(noun: Token) -> bool:
    """Return whether a noun tells of somebody new: "a nurse", "one nurse"."""
    return any(left.lower_ in {"a", "an", "one", "another"} for left in noun.lefts)


def _is_foremost(found: Sequence[Token], tokens: Sequence[Token]) -> bool:
    """Return whether people are what a sentence is about, and no noun that may be somebody too: "the chef hit the waiter"."""
    subjects = [one for one in tokens if one.dep_ in _SUBJECTS]
    return any(one in subjects for one in found) or all(one.pos_ == "PRON" for one in subjects)


def _pronouns(tokens: Sequence[Token]) -> Iterator[tuple[Token, Pronoun]]:
    """Yield the forms of "she" and "he" outside what the speaker quotes."""
    inner = inner_quotation(tokens)
    for token in tokens:
        pronoun = pronoun_of(token)
        told = pronoun is not None and pronoun.gender in PEOPLE and pronoun.case != "self"
        if pronoun is not None and told and token.i not in inner:
            yield token, pronoun


def _looked_up(passage: Passage, tokens: Sequence[Token], voice: Voice) -> Sequence[Person]:
    """Return whom the first "he" or "she" of a sentence was found to stand for."""
    token, pronoun = next(_pronouns(tokens), (None, None))
    if token is None or pronoun is None:
        return ()
    found = voice.look(*passage.places[token.i], voice.talking())
    if not is_sure(found) or not found.person or voice.talks(found):
        return ()
    fits = found.gender in {pronoun.gender, ""} and not found.plural
    return (Person(in_sentence(found), pronoun.gender),) if fits else ()


def _is_person(passage: Passage, token: Token, voice: Voice) -> bool:
    """Return whether a word is the noun of one person, the last word of a name included, and not of who speaks."""
    if token.tag_ in _PLURAL or token.dep_ in _INNER | _SAME:
        return False
    if token.pos_ == "PROPN":
        return _is_named(passage, token, voice)
    gendered = bool(titles().gender([token.lower_]))
    if token.pos_ != "NOUN" or gendered:
        return token.pos_ == "NOUN"
    head = kinds().head(token.lower_)
    # "In that chair", "over a guide"
    done = token.dep_ != "pobj" or token.head.lower_ in _DEALING
    return done and head is not None and not head.body and not head.either


def _is_named(passage: Passage, token: Token, voice: Voice) -> bool:
    """Return whether a name may be a person's; one behind "in" or "the" is not unless something tells otherwise."""
    if token.lower_ in titles().times:
        return False
    words = _words(token)
    found = voice.look(*passage.places[token.i])
    if found is not None and (not found.person or voice.is_speaker(found)):
        return False
    if found is not None and (found.gender in PEOPLE or found.role):
        return True
    before = words[0].nbor(-1).lower_ if words[0].i else ""
    told = _title(words) or is_known(words[0].text)
    return bool(told) or before not in _WHERE | {"the"}


def _words(noun: Token) -> list[Token]:
    """Return the words of a name that ends with a token, titles included."""
    first = noun.i
    while first and noun.doc[first - 1].pos_ == "PROPN" and noun.doc[first - 1].is_title:
        first -= 1
    return list(noun.doc[first : noun.i + 1])


def _title(words: Sequence[Token]) -> str:
    first = words[0].text.rstrip(".")
    return first if len(words) > 1 and first in titles().kinds else ""


def _person(passage: Passage, noun: Token, voice: Voice) -> Person:
    """Return who a noun or name of a sentence is."""
    if noun.pos_ == "PROPN":
        return _of_name(passage, noun, voice)
    named = next((one for one in _apposed(noun) if one.pos_ == "PROPN"), None)
    if named is not None:
        person = _of_name(passage, named, voice)
        return Person(person.name, titles().gender([noun.lower_]) or person.gender)
    opening = next(noun.lefts, noun)
    gender = titles().gender([noun.lower_])
    # Of "his wife" the words alone would find him.
    first = noun if opening.tag_ == "PRP$" else opening
    found = voice.look(passage.places[first.i][0], passage.places[noun.i][1])
    if is_sure(found) and found.person and found.named and not voice.is_speaker(found):
        return Person(found.name, gender or _of_people(found.gender))
    return Person(_described(passage, noun, opening, voice), gender)


def _of_people(gender: str) -> str:
    return gender if gender in PEOPLE else ""


def _apposed(noun: Token) -> Iterator[Token]:
    """Yield the names that stand beside a noun for the same one: "my partner, Ole Grau"."""
    for one in noun.children:
        if one.dep_ == "appos":
            yield one
    if noun.dep_ == "appos":
        yield noun.head


def _described(passage: Passage, noun: Token, opening: Token, voice: Voice) -> str:
    """Return what a further sentence says for somebody without a name: "the minister", "Venn’s husband"; "" if unsure."""
    words = [one for one in noun.lefts if one.dep_ in {"compound", "amod", "nmod"}]
    own = passage.words([*words, noun])
    pronoun = pronoun_of(opening)
    if pronoun is not None:
        if pronoun.person == "first" and voice.called:
            return f"{owned(voice.called, 'owner')} {own}"
        return f"the {own}" if pronoun.person == "first plural" else ""
    if any(one.dep_ == "poss" for one in noun.lefts) or opening == noun:
        return ""
    return definite(f"the {own}") if opening.lower_ in {"the", "a", "an", "this", "that"} else ""


def _of_name(passage: Passage, name: Token, voice: Voice) -> Person:
    words = _words(name)
    title = _title(words)
    found = voice.look(*passage.places[name.i])
    own = passage.words(words[1:] if title else words)
    if is_sure(found) and found.person and found.named:
        full = own if own.endswith(f" {found.name}") else found.name
        return Person(full, titles().gender([title]) or _of_people(found.gender))
    gender = titles().gender([title]) if title else ""
    given = words[1 if title else 0].text
    if not gender and is_known(given):
        share = share_of_women(given)
        gender = "" if _UNSURE[0] < share < _UNSURE[1] else "she" if share > _UNSURE[0] else "he"
    sure = bool(title) or is_known(given)
    return Person(passage.words(words) if sure else "", gender)
