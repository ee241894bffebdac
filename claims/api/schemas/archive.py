"""What is asked of the archive and of the splitter."""

from datetime import datetime
from typing import Any

from ninja import Field, Schema

from claims.api.schemas.articles import ArticleOut
from claims.api.schemas.base import Moment, NamedRecord, Sent, VerdictCode
from claims.api.schemas.claims import ClaimOut
from claims.api.schemas.external import OtherCheckOut
from claims.api.schemas.sources import SourceOut
from claims.choices import SourceKind
from claims.extraction.types import Claim as ProposedClaim
from claims.ingest.drafts import MAX_BODY


class Found(Schema):
    """What fits best what was searched for, the best first."""

    claims: list[ClaimOut]
    articles: list[ArticleOut]
    sources: list[SourceOut]


class Sentence(Sent):
    """Something that somebody says: "have we checked this?"."""

    text: str = Field(min_length=1, max_length=2000)
    published_at: Moment | None = Field(None, description="When it was said; by default, now.")
    language: str = Field(
        "en",
        max_length=35,
        description="Other newsrooms' fact-checks are looked for in this language.",
    )


class EarlierClaim(Schema):
    """A claim of the archive that says the same, or the opposite."""

    id: int
    url: str
    statement: str
    source: str
    outlet: NamedRecord | None
    published_at: datetime
    verdict: VerdictCode


class ArchiveAnswer(Schema):
    """What the archive knows about a sentence."""

    check: EarlierClaim | None = Field(
        description="The surest claim that says the same and has been verified or disputed."
    )
    repeat: EarlierClaim | None = Field(
        description="The surest one that says the same, decided or not."
    )
    contradiction: EarlierClaim | None = Field(description="The surest one that it contradicts.")
    other_newsrooms: list[OtherCheckOut] = Field(
        description="What other newsrooms found of the same, the surest first. Not verdicts of the desk."
    )


class Text(Sent):
    """A text to split."""

    text: str = Field(min_length=1, max_length=MAX_BODY)
    headline: str = Field("", max_length=300)


class SpeakerOut(Schema):
    """Who makes a statement."""

    name: str
    kind: SourceKind
    role: str
    mention: str
    confidence: float


class Proposal(Schema):
    """A claim that the splitter finds in a text."""

    content: list[tuple[int, int]] = Field(
        description="The places of its words: [start, end) in code points."
    )
    statement: str
    quotation: str
    attribution: int
    source: list[tuple[int, int]]
    cue: list[tuple[int, int]]
    speaker: SpeakerOut | None
    told_to: str
    mood: str
    checkable: bool
    checkworthiness: float
    reasons: list[str]
    within: int | None


class Split(Schema):
    """A text's claims. Nothing is saved."""

    text: str = Field(description="The text as it was split, cleaned; the places are in it.")
    claims: list[Proposal]


def proposal_data(claim: ProposedClaim) -> dict[str, Any]:
    """Return a claim of the splitter, by the fields of `Proposal`."""
    names = set(Proposal.model_fields) - {"speaker"}
    speaker = claim.speaker
    return {name: getattr(claim, name) for name in names} | {
        "speaker": speaker and {name: getattr(speaker, name) for name in SpeakerOut.model_fields}
    }
