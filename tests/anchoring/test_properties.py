"""What is true for any edit: edits elsewhere do not change a claim, and a kept claim is there unchanged."""

import random
import re
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.anchoring import Anchor, Outcome, Proposal, ReanchoredClaim, reanchor_claims

# A paragraph a line, a sentence after "|". [...] are a claim's words, <...> its source, *...* its cue, and {...} what is
# no claim's: it may go, or other words may come in its place.
STORY = """{OSTREY –} [The bridge over the Olm will stay closed], {the old minister,} <Ada Venn>, *said* {on Monday}.
{There,} “[we found cracks in two pillars],” <she> *told* {Radio} Ostrey.|Snow fell on the hills and the harbour {all night}.|[Nine boats sank] {in the storm}, <she> *said* {later}.
“[The river],” <he> {then} *said*, {quietly,} “[is calm],” {with a smile}.
The Olm is a river of three countries {in the north}.|[It carries 9,000 barges a day] {to Velmora}.
{In spring} [the pier was built by hand] {in a year of rain}{, a plaque has it}."""
SPEAKERS = ["Ada Venn", "Ada Venn", "Ada Venn", "Bo Tarn", "", ""]
HARMLESS = [
    "",
    "on 3 May",
    "old",
    "Zoë J. Brandt",
    "by the river",
    "notably",
    "“Tug”",
    "🙂",
    "at 4 p.m.",
]
RAIN = ["Rain fell.", "Nobody believes it, if asked.", "Bo Korr did not come.", "Was it so?"]
TURNS = [
    "not",
    "never",
    "Allegedly,",
    "if",
    "may",
    "isn't",
    "denied",
    "falsely",
    "unless",
    "hardly",
]
NOISE = [*TURNS, "Rain", "fell.", "Dr.", "there", "“", "”", ",", ".\n\n", "Bo Tarn", "said", "🙂"]


@dataclass
class Version:
    """A text with the places of its claims' words, sources and cues, by claims."""

    text: str
    claims: list[Proposal]

    def anchors(self) -> list[Anchor]:
        return [
            Anchor(number, one.spans, one.source, one.cue, one.speaker)
            for number, one in enumerate(self.claims)
        ]

    def words(self, spans) -> list[str]:
        return [self.text[start:end] for start, end in spans]


def version(story: str) -> Version:
    """The text of a marked story, and what the splitter would find in it. Each sentence holds one claim at most."""
    text, found = "", []
    for sentence in re.split(r"(?<=[\n|])", story):
        places = {"[": [], "<": [], "*": []}
        for part in re.findall(r"\[[^]]*]|<[^>]*>|\*[^*]*\*|[^[<*]+", sentence):
            words = part[1:-1] if part[0] in places else part.replace("|", " ")
            if part[0] in places:
                places[part[0]].append((len(text), len(text) + len(words)))
            text += words
        if places["["]:
            found.append([tuple(places[mark]) for mark in "[<*"])
    return Version(text, [Proposal(*one) for one in found])


def told(story: str, speakers: dict[str, str]) -> Version:
    """The same with who says each, by its words."""
    one = version(story)
    said = [
        Proposal(each.spans, each.source, each.cue, speakers[one.words(each.spans)[0]])
        for each in one.claims
    ]
    return Version(one.text, said)


PLAIN = version(re.sub(r"[{}]", "", STORY))
WHO = {PLAIN.words(one.spans)[0]: who for one, who in zip(PLAIN.claims, SPEAKERS, strict=True)}
OLD = told(re.sub(r"[{}]", "", STORY), WHO)


def edited(chance: random.Random) -> str:
    """The story with any edits outside its claims."""

    def other(slot: re.Match[str]) -> str:
        kind = chance.randrange(4)
        if kind < 2:
            return slot[1]
        words = chance.choice(HARMLESS)
        return words if kind == 2 else f"{slot[1]} {words}"

    paragraphs = [part.split("|") for part in re.sub(r"\{([^}]*)}", other, STORY).split("\n")]
    for sentences in paragraphs:
        if chance.random() < 0.2 and len(sentences) > 2:
            del sentences[1]
        # Behind the first: what stands before a paragraph's first sentence is another paragraph.
        while chance.random() < 0.3:
            sentences.insert(chance.randint(1, len(sentences)), chance.choice(RAIN))
    if chance.random() < 0.5:
        chance.shuffle(paragraphs)
    alone = [one for sentences in paragraphs for one in sentences if "[" not in one]
    while chance.random() < 0.5:
        # A sentence that stands elsewhere too, or a new one.
        doubled = [chance.choice([*alone, *RAIN])]
        paragraphs.insert(chance.randint(0, len(paragraphs)), doubled)
    return "\n".join("|".join(sentences) for sentences in paragraphs)


def becomes(new: Version) -> list[ReanchoredClaim]:
    return list(reanchor_claims(OLD.text, new.text, OLD.anchors(), new.claims).found)


@settings(max_examples=250, deadline=None, derandomize=True)
@given(st.integers(0, 2**32))
def test_edits_outside_a_claim_never_change_its_verdict_or_its_words(seed):
    """In other sentences and in its own, whatever moves, comes twice or is put between."""
    new = told(edited(random.Random(seed)), WHO)
    for claim, one in zip(OLD.claims, becomes(new), strict=True):
        assert one.state == Outcome.KEPT, (OLD.words(claim.spans), new.text)
        for before, after in zip(
            (claim.spans, claim.source, claim.cue), (one.spans, one.source, one.cue), strict=True
        ):
            assert OLD.words(before) == new.words(after)


@pytest.mark.parametrize("turn", TURNS)
def test_none_of_the_turning_words_stands_in_the_old_text(turn):
    """Else the next property proves nothing."""
    assert turn not in re.findall(r"[\w']+,?", OLD.text)


def around(text: str, start: int, end: int) -> str:
    """A rough sentence around a place: from one full stop or line end to the next."""
    first = max(text.rfind(mark, 0, start) for mark in ".?\n") + 1
    last = min((at for mark in ".?\n" if (at := text.find(mark, end)) >= 0), default=len(text))
    return text[first:start] + text[end:last]


def naive(text: str) -> list[Proposal]:
    """What a splitter would find that sees the same words as before: wherever all words of a claim stand."""
    found = []
    for claim in OLD.claims:
        places, end = [], 0
        for words in (OLD.words(spans) for spans in (claim.spans, claim.source, claim.cue)):
            at = []
            for each in words:
                start = text.find(each, end if each == words[0] and not places else 0)
                at.append((start, start + len(each)))
            places.append(tuple(at))
        if all(start >= 0 for spans in places for start, _end in spans):
            found.append(Proposal(*places, claim.speaker))
    return found


@settings(max_examples=250, deadline=None, derandomize=True)
@given(st.integers(0, 2**32))
def test_what_is_kept_is_there_as_it_was_and_nothing_turns_it(seed):
    """Whatever is put into the text, cut from it or moved in it."""
    chance = random.Random(seed)
    words = re.findall(r"\S+\s*", OLD.text)
    for _edit in range(chance.randint(1, 4)):
        at = chance.randrange(len(words))
        if chance.random() < 0.7:
            words.insert(at, chance.choice(NOISE) + " ")
        else:
            gone = [words.pop(at) for _word in range(min(chance.randint(1, 6), len(words) - at))]
            if chance.random() < 0.5:
                place = chance.randrange(len(words) + 1)
                words[place:place] = gone
    new = "".join(words)
    proposals = naive(new)
    found = reanchor_claims(OLD.text, new, OLD.anchors(), proposals).found
    kept = [one for one in found if one.state == Outcome.KEPT]
    for one in kept:
        claim, text = OLD.claims[one.id], Version(new, [])
        for before, after in (
            (claim.spans, one.spans),
            (claim.source, one.source),
            (claim.cue, one.cue),
        ):
            assert [each.strip() for each in OLD.words(before)] == text.words(after)
        sentence = around(new, one.spans[0][0], one.spans[-1][1])
        assert not set(TURNS) & set(re.findall(r"[\w']+,?", sentence)), (sentence, new)
