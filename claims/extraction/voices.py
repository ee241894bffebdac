"""Tells the statements of a report who speaks: what its "I" and "we" stand for, and whom it is told to."""

from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Token

from claims.extraction.attribution.sources import Source
from claims.extraction.attribution.types import Attribution
from claims.extraction.lexicons.source_kinds import kinds
from claims.extraction.speakers.coreference import SpeakerResolver
from claims.extraction.statements.references.pointing import PEOPLE, pronoun_of
from claims.extraction.statements.references.voices import (
    Voice,
    definite,
    in_sentence,
    is_sure,
    may_be_name,
)
from claims.extraction.text.parsing import Passage
from claims.extraction.types import Referent, Speaker

_BODIES = frozenset({"company", "organisation"})
"""Kinds of those whom only their name tells from people."""
_OWNERS = frozenset({"its", "his", "her", "their", "my", "our"})
_LABEL = 2
"""Letters."""


def voice_of(
    cast: SpeakerResolver, article: Voice, report: Attribution, speaker: Speaker | None
) -> Voice:
    """Gather what is known of a report's speaker for the words of its statement.

    Args:
        cast: everyone and everything that the article names.
        article: the article's own voice.
        report: the report.
        speaker: whom its source resolves to, or None.
    """
    named = report.named()
    outer = _outer(cast, article, report)
    if speaker is None or named is None:
        return replace(article, outer=outer)
    passage, source = named
    known = _known(cast, passage, source, speaker)
    mention = passage.words(source.without_clause())
    owner = _owner(cast, passage, source)
    name = _called(speaker, mention, known, owner)
    several = (known is not None and known.plural) or (
        source.head.tag_ == "NNS" and not speaker.named
    )
    body = cast.body_of(speaker, name, known, owner)
    gender = known.gender if known is not None else ""
    return replace(
        article,
        speaker=speaker,
        called=name if _is_telling(source, speaker) else _described(source, speaker, known),
        mention=mention,
        verbatim=report.verbatim or report.entry is None,
        leads=not report.content
        or passage is not report.passage
        or source.head.i < report.content[0].i,
        gender="they" if several else gender or ("it" if body and body == name else ""),
        is_person=speaker.named and known is not None and known.person,
        addressed=_addressed(cast, report),
        hearer=next((one.gender for token in report.told if (one := pronoun_of(token))), ""),
        body=name if several and not speaker.named else body,
        serves=_served(cast, passage, source),
        outer=outer,
    )


def _served(cast: SpeakerResolver, passage: Passage, source: Source) -> Referent | None:
    """Return the person with a name for whom a spokesman or an office speaks."""
    head = kinds().head(source.head.lower_)
    if source.head.lower_ != "office" and (head is None or head.kind != "spokesperson"):
        return None
    owner = next((one for one in source.head.lefts if one.dep_ == "poss"), None)
    places = passage.spans([one for one in owner.subtree if one.tag_ != "POS"]) if owner else ()
    found = cast.referent(places[0][0], places[-1][1]) if places else None
    if found is None or not (found.named and found.person) or found.kind in _BODIES:
        return None
    return found if found.gender in PEOPLE or " " in found.name else None


def _outer(cast: SpeakerResolver, article: Voice, report: Attribution) -> Voice | None:
    """Return who says "I" where a report stands inside somebody's words and quotes nothing itself."""
    outer = report.outer
    named = outer.named() if outer is not None else None
    if outer is None or not report.content or _is_quoted(report):
        return None
    speaker = cast.speaker(*named) if named is not None else None
    return voice_of(cast, article, outer, speaker)


def _is_quoted(report: Attribution) -> bool:
    """Return whether a report's words begin with a quotation mark, or right behind one."""
    first = report.content[0]
    if report.passage.masked[first.i] is not None:
        return True
    return first.is_quote or any(one.is_quote for one in first.doc[max(0, first.i - 1) : first.i])


def _is_telling(source: Source, speaker: Speaker) -> bool:
    """Return whether a speaker's name says who it is; "she" and the label "A" of an interview do not."""
    label = speaker.name.isupper() and len(speaker.name) <= _LABEL
    named = speaker.named and may_be_name(speaker.name)
    return not label and (named or not (speaker.named or source.head.pos_ == "PRON"))


def _described(source: Source, speaker: Speaker, known: Referent | None) -> str:
    """Return who "she" is where that is sure and nobody gives a name: "the chair"."""
    sure = source.head.pos_ == "PRON" and known is not None and is_sure(known)
    return in_sentence(known) if sure and known is not None and not speaker.named else ""


def _known(
    cast: SpeakerResolver, passage: Passage, source: Source, speaker: Speaker
) -> Referent | None:
    """Return what the article tells about a speaker, if its source's words lead there."""
    places = passage.spans(_without_owner(source.tokens))
    found = cast.referent(places[0][0], places[-1][1]) if places else None
    same = found is not None and (found.named, found.name) == (speaker.named, speaker.name)
    return found if same else None


def _without_owner(tokens: Sequence[Token]) -> Sequence[Token]:
    """Leave out whose somebody is at the start: "her sister, Ada Venn" is Ada Venn, and not "her"."""
    owner = next((one for one in tokens if one.dep_ == "poss" and one.head in tokens), None)
    if owner is None or owner.left_edge != tokens[0]:
        return tokens
    return [one for one in tokens if one.i > owner.right_edge.i] or tokens


def _owner(cast: SpeakerResolver, passage: Passage, source: Source) -> Referent | None:
    """Return who "its" is in "its chair, Tom Lind"."""
    owner = next((one for one in source.tokens if one.tag_ == "PRP$"), None)
    return cast.referent(*passage.places[owner.i]) if owner is not None else None


def _addressed(cast: SpeakerResolver, report: Attribution) -> str:
    """Return the one person that a report is told to, or ""."""
    places = report.passage.spans(_without_owner(report.told))
    found = cast.referent(places[0][0], places[-1][1]) if places else None
    return found.name if found is not None and found.named and found.person else ""


def _called(speaker: Speaker, mention: str, known: Referent | None, owner: Referent | None) -> str:
    """Return a speaker's name for use in a sentence, with "the" if the text puts it before the name."""
    if not speaker.named:
        if "’s " in speaker.name and mention.partition(" ")[0].lower() in _OWNERS:
            marked = owner is not None and owner.article and not (owner.person and owner.named)
            return f"the {speaker.name}" if marked else speaker.name
        return definite(mention or speaker.mention)
    marked = known is not None and not known.person and known.article
    article = marked or f"the {speaker.name}".lower() in speaker.mention.lower()
    return f"the {speaker.name}" if article else speaker.name
