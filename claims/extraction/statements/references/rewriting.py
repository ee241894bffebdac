"""Replaces the words of a statement that point outside it, where it is sure whom they stand for."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from spacy.tokens import Token

from claims.extraction.statements.references.agreement import agreeing
from claims.extraction.statements.references.antecedents import agree, is_bound, is_of_own_noun
from claims.extraction.statements.references.descriptions import Description, aged, described
from claims.extraction.statements.references.pointing import (
    FORMS,
    PEOPLE,
    Pronoun,
    inner_quotation,
    is_acronym,
    is_anybody,
    is_elliptic_one,
    is_empty_it,
    is_filler,
    is_opening_relative,
    is_pointing_adverb,
    is_pointing_demonstrative,
    is_several,
    pronoun_of,
    surnames_of_others,
)
from claims.extraction.statements.references.voices import (
    SURE,
    Voice,
    in_sentence,
    is_sure,
    owned,
    principal,
    short,
)
from claims.extraction.text.parsing import Passage
from claims.extraction.types import Referent

_VERY_SURE = 0.9
"""The confidence from which "they" and "it" in a quotation get a name: they often mean what was not said."""
_LIKELY = 0.6
"""The confidence from which a speaker's "his" is his own."""
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_OBJECTS = frozenset({"dobj", "pobj", "dative", "conj"})
_MAY_POINT = frozenset({"NOUN", "PROPN", "PRON", "DET", "ADV", "ADJ"})
_PLACE = re.compile(r"\b(?:in|at|on) (?:the )?([A-Z][\w’'-]+(?: [A-Z][\w’'-]+)*)$")
"""Where a source is at home, at the end of its words."""
_NOMINATIVE = frozenset({"i", "we", "he", "she", "they"})


@dataclass(slots=True)
class Rewriting:
    """What is written in place of some of a statement's words.

    Attributes:
        changed: the new words for tokens, by number.
        unresolved: the words that point outside, and nobody is sure to what.
    """

    changed: dict[int, str] = field(default_factory=dict)
    unresolved: list[Token] = field(default_factory=list)


def rewritten(
    passage: Passage, tokens: Sequence[Token], voice: Voice, *, before: str = ""
) -> Rewriting:
    """Find the words that point outside a statement, and what to write for them.

    "I" is the speaker, and "we" the body that he or she speaks for; the others are looked up. The first "I"
    becomes the name, and the next one a pronoun. In the speaker's own words what is put in has square brackets.

    Args:
        passage: the words' passage.
        tokens: the statement's words, in order.
        voice: who speaks.
        before: a name that the statement already begins with, or "".
    """
    return _Rewriter(passage, tokens, voice, before).run()


class _Rewriter:
    def __init__(
        self, passage: Passage, tokens: Sequence[Token], voice: Voice, before: str
    ) -> None:
        self._passage = passage
        self._tokens = tokens
        self._voice = voice
        self._found = Rewriting()
        self._shown = set(before.lower().split())
        self._others = surnames_of_others(tokens)
        self._unclear: set[str] = set()
        self._is_described = False
        self._asks = bool(tokens) and any(token.text == "?" for token in tokens[-2:])

    def run(self) -> Rewriting:
        inner = inner_quotation(self._tokens) if self._voice.verbatim else frozenset()
        for token in self._tokens:
            is_free = token.i not in self._found.changed and token.i not in inner
            if is_free and self._passage.masked[token.i] is None:
                self._see(token)
            self._shown.add(token.lower_)
        return self._found

    def _see(self, token: Token) -> None:
        part = token.pos_
        elliptic = is_elliptic_one(token) and not self._has_noun_before(token)
        if elliptic or is_opening_relative(token):
            self._found.unresolved.append(token)
            return
        if part not in _MAY_POINT:
            return
        pronoun = pronoun_of(token)
        if pronoun is not None and not is_acronym(token):
            self._pronoun(token, pronoun)
        elif part in {"NOUN", "PROPN"}:
            self._noun(described(self._passage, token, self._tokens, self._voice))
        elif token.lower_ == "old":
            self._noun(aged(self._passage, token, self._voice))
        elif is_pointing_adverb(token) or (
            is_pointing_demonstrative(token) and not self._follows_clause(token)
        ):
            self._place(token)

    def _has_noun_before(self, token: Token) -> bool:
        """Return whether the noun that a "one" leaves out stands in the statement: "a pump, but no money for one"."""
        before = (one for one in self._tokens if one.i < token.i and one.tag_ == "NN")
        return any(left.lower_ in {"a", "an"} for one in before for left in one.lefts)

    def _place(self, token: Token) -> None:
        """Write the speaker's place for "there": "the office in Lask said a ship lay there"."""
        voice = self._voice
        place = _PLACE.search(voice.mention) if token.lower_ == "there" and voice.leads else None
        if place is None or self._is_verbatim(token) or self._is_shown(place[1]):
            self._found.unresolved.append(token)
        else:
            self._found.changed[token.i] = place[0]

    def _noun(self, found: Description | None) -> None:
        """Name what "the company" is, or tell what "the levy" is a levy on: one such noun in a statement."""
        if found is None or (self._is_described and not found.name):
            return
        if found.name and self._is_shown(found.name):
            return
        marked = self._is_verbatim(found.noun)
        self._found.changed |= found.marked if marked else found.plain
        self._is_described = True
        self._show(found.name)

    def _follows_clause(self, token: Token) -> bool:
        """Return whether a "that" may stand for the clause before it: "it was shut, and that helped"."""
        clause = token.head
        return clause.dep_ in {"conj", "ccomp"} and self._tokens[0].i <= clause.head.i < token.i

    def _pronoun(self, token: Token, pronoun: Pronoun) -> None:
        if pronoun.person == "third":
            self._third(token, pronoun)
            return
        if self._voice.leads and not (self._voice.outer or self._is_verbatim(token)):
            # "She promised to send me the code": outside quotation marks it is whoever writes the article.
            self._found.unresolved.append(token)
            return
        voice = self._voice.outer or self._voice
        is_asked = self._asks or (voice.partner and not is_several(token))
        is_anybody = pronoun.person == "second" and not is_asked
        if is_filler(token) or is_anybody:
            return
        addressed = "" if is_several(token) else voice.partner or voice.addressed
        names = {"first": voice.called, "first plural": voice.body, "second": addressed}
        name = names[pronoun.person]
        if name:
            self._own(token, pronoun, name, voice)
        elif pronoun.person == "first plural" and voice.called and pronoun.case != "self":
            self._with_others(token, pronoun, voice)
        elif pronoun.case != "self":
            self._found.unresolved.append(token)

    def _with_others(self, token: Token, pronoun: Pronoun, voice: Voice) -> None:
        """Write who "we" are where nothing tells for whom the speaker speaks: the speaker and others."""
        name = f"{voice.called} and others"
        if self._is_shown(name):
            words = "" if self._has_rival("they") else FORMS["they"][pronoun.case]
        else:
            words = "" if pronoun.case == "owner" else name
        if not words:
            self._found.unresolved.append(token)
            return
        self._put(token, f"[{words}]", plural=True)
        self._show(name)

    def _keeps_i(self, voice: Voice) -> bool:
        """Return whether "I" must stay for the sake of a "myself" that nothing tells to be "himself" or "herself"."""
        own = (one for one in self._tokens if one.dep_ in _OBJECTS)
        return not voice.gender and voice.is_person and any(one.lower_ == "myself" for one in own)

    def _own(self, token: Token, pronoun: Pronoun, name: str, voice: Voice) -> None:
        """Write the name for the first "I", "we" or "you", and a pronoun or surname for the next ones."""
        if pronoun.person == "first" and self._keeps_i(voice):
            if not self._is_shown(name):
                self._found.changed[token.i] = f"{token.text} [{name}]"
                self._show(name)
            return
        gender = "it" if pronoun.person == "first plural" else voice.gender
        if name == voice.called:
            # Of a person whose gender nothing tells papers say "their"; "them" might be others.
            reflexive = voice.is_person and pronoun.case in {"owner", "self"}
            gender = voice.gender or ("they" if reflexive else "")
        forms = FORMS.get(gender, {}) if pronoun.person != "second" else {}
        words = owned(name, pronoun.case)
        plural = voice.gender == "they"
        if pronoun.case == "self":
            self._self(token, forms.get("self", "") or short(name))
            return
        if self._is_shown(name):
            again = "" if self._has_rival(gender) else forms.get(pronoun.case, "")
            own = voice.is_person and pronoun.person != "first plural"
            words = again or owned(short(name) if own else name, pronoun.case)
            plural = bool(again) and gender == "they"
        self._put(token, f"[{words}]", plural=plural)
        self._show(name)

    def _self(self, token: Token, words: str) -> None:
        """Write "himself" for "myself"; one that only stresses ("I saw it myself") needs no word."""
        self._found.changed[token.i] = f"[{words}]" if token.dep_ in _OBJECTS else ""

    def _has_rival(self, gender: str) -> bool:
        """Return whether the same pronoun stands for somebody else in the statement."""
        forms = FORMS.get(gender, {}).values()
        return any(token.lower_ in forms for token in self._tokens)

    def _third(self, token: Token, pronoun: Pronoun) -> None:
        if pronoun.case == "self" or is_empty_it(token) or is_anybody(token):
            return
        if is_of_own_noun(token, pronoun, self._tokens):
            return
        name = self._referent(token, pronoun) if pronoun.gender not in self._unclear else ""
        if not name:
            self._unclear.add(pronoun.gender)
            voice = self._voice
            own = pronoun.gender not in PEOPLE and pronoun.gender == voice.gender
            own = own and self._is_shown(voice.called)
            if not own and not is_bound(token, pronoun, self._tokens):
                self._found.unresolved.append(token)
        elif not self._is_shown(name):
            words = owned(name, pronoun.case)
            marked = f"[{words}]" if self._is_verbatim(token) else words
            self._put(token, marked, plural=pronoun.gender == "they")
            self._show(name)

    def _referent(self, token: Token, pronoun: Pronoun) -> str:
        """Return the name for a pronoun of the third person, or "" if it is not sure."""
        start, end = self._passage.places[token.i]
        if start in self._voice.known:
            return self._voice.known[start]
        verbatim = self._is_verbatim(token)
        # Nobody says "she" of herself.
        found = self._voice.look(start, end, self._voice.talking() if verbatim else ())
        if found is not None and not agree(found, pronoun):
            return ""
        if verbatim:
            own = found is not None and (
                self._voice.talks(found) or self._voice.may_be_who_speaks(found, pronoun.gender)
            )
            sure = is_sure(found) if pronoun.gender in PEOPLE else is_sure(found, _VERY_SURE)
            return in_sentence(found) if found and sure and not own else ""
        opens = self._voice.leads and self._is_topmost(token)
        return self._opening(found, pronoun) if opens else self._reported(token, found, pronoun)

    def _own_body(self, token: Token, pronoun: Pronoun) -> str:
        """Return the speaking body where "it" or "its" means it: nothing before it in the statement may be meant."""
        voice = self._voice
        if not (voice.leads and pronoun.gender == voice.gender == "it"):
            return ""
        tokens = self._tokens
        if pronoun.case != "owner" and token.dep_ not in _SUBJECTS:
            # "The strike had cost it a million": the strike does not cost itself.
            own = [one for one in token.head.lefts if one.dep_ in _SUBJECTS and one.pos_ == "NOUN"]
            if not own or token.dep_ not in {"dobj", "dative"}:
                return ""
            tokens = [one for one in tokens if not any(one in verb.subtree for verb in own)]
        return voice.called if not is_bound(token, pronoun, tokens) else ""

    def _reported(self, token: Token, found: Referent | None, pronoun: Pronoun) -> str:
        """Return the name for a pronoun inside indirect speech."""
        # "Venn said his office was shut" nearly always means Venn's.
        own = pronoun.case == "owner" and found is not None and self._voice.is_speaker(found)
        if not is_sure(found, _LIKELY if own else SURE):
            others = found is not None and not self._voice.is_speaker(found)
            return "" if others else self._own_body(token, pronoun)
        return self._voice.called if self._voice.is_speaker(found) else in_sentence(found)

    def _opening(self, found: Referent | None, pronoun: Pronoun) -> str:
        """Return the name for the pronoun that opens indirect speech: "Venn said she" mostly means Venn."""
        voice = self._voice
        meant = principal(voice, pronoun.gender)
        if meant or (voice.hearer and pronoun.gender == voice.hearer):
            # "Venn told him he would win" may mean either.
            return meant
        if found is not None and voice.is_speaker(found):
            return voice.called
        if is_sure(found):
            # Where the look-up says another who may be of that gender, neither is sure.
            own = {pronoun.gender, ""} if voice.is_person else {pronoun.gender}
            return "" if voice.gender in own else in_sentence(found)
        if pronoun.gender in PEOPLE:
            return ""
        if pronoun.gender == "it" and voice.speaker and voice.speaker.kind == "spokesperson":
            # "The ship was new and all of its jackets were there" means the ship's.
            first = self._tokens[0]
            before = first.doc[max(0, first.i - 2) : first.i]
            return "" if any(one.tag_ == "CC" for one in before) else voice.body
        return voice.called if pronoun.gender == voice.gender else ""

    def _is_topmost(self, token: Token) -> bool:
        """Return whether a pronoun opens the statement: "the union said it would appeal"."""
        # "On Sunday it would open" opens with "it".
        subject = next((one for one in self._tokens if one.dep_ in _SUBJECTS), None)
        if subject is None or token == subject:
            return token == subject
        # "Its" is as sure as "it", as in "two of its ships"; "her office" may be anybody's.
        inside = token.i < subject.head.i and subject.is_ancestor(token)
        return token.lower_ in {"its", "their"} and inside

    def _is_verbatim(self, token: Token) -> bool:
        start = self._passage.places[token.i][0]
        return self._voice.verbatim or any(
            one.start <= start < one.end for one in self._passage.quotations
        )

    def _is_shown(self, name: str) -> bool:
        """Return whether a name stands in the statement already; "Lena Wragge" does not show Ollie Wragge."""
        last, first = short(name).lower(), name.lower().split()[:1]
        another = last in self._others and first != [last] and not self._shown.issuperset(first)
        return last in self._shown and not another

    def _show(self, name: str) -> None:
        self._shown.update(name.lower().split())

    def _put(self, token: Token, words: str, *, plural: bool) -> None:
        self._found.changed[token.i] = words
        if token.lower_ in _NOMINATIVE or token.dep_ in _SUBJECTS:
            for verb, word in agreeing(token, plural=plural):
                close = verb.i == token.i + 1 and not token.whitespace_
                self._found.changed[verb.i] = f" {word}" if close else word
