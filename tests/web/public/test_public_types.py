"""Which fields of the types that a report is written from are public: each was decided."""

import dataclasses
import typing
from collections.abc import Iterator

from claims.renderers import types
from claims.renderers.public import PUBLIC

HELD_BACK = {
    types.Edition: {"confidential_since"},
    types.Report: {"scope", "made_by", "approved_by", "published_by"},
    types.ReportArticle: set(),
    types.ReportLine: {"checked_by", "second_checked_by", "earlier_public"},
    types.EarlierCheck: {"statement", "source", "role", "outlet", "published", "checked_by"},
    types.Section: set(),
    types.Contradiction: set(),
    types.Side: set(),
    types.EvidenceLine: set(),
    types.Newsroom: set(),
    types.Correction: {"reason"},
    types.EarlierNotice: set(),
    types.TextCorrection: set(),
    types.Term: set(),
    types.Stamp: set(),
    types.Byline: set(),
}
"""Of what goes out, by its type: what everyone does not see."""

GOES_OUT = {
    types.Edition: "report canonical digest number corrections url site logo checks kind claims_url"
    " published_digest stamps text_corrections",
    types.Report: "title articles lines verdicts created_at newsroom software contradictions"
    " format edition published_at left_out lede conclusion sections language omitted undecided_omitted bylines",
    types.ReportArticle: "id headline outlet byline url published language revision body_digest claims",
    types.ReportLine: "id article prefix quote suffix statement quotation source source_kind source_links role told_to"
    " checkworthiness reasons verdict reason checked_at second_checked_at evidence referred earlier withheld waiting",
    types.EarlierCheck: "claim verdict reason checked_at taken_over report report_title",
    types.Section: "heading claims",
    types.Contradiction: "relation earlier later",
    types.Side: "claim statement source role outlet published verdict",
    types.EvidenceLine: "id stance title url sha256 archive_url excerpt primary interest looked_up confidential",
    types.Newsroom: "name method corrections contact funding logo",
    types.Correction: "claim before after at notice published_at kind line earlier_notices report language",
    types.EarlierNotice: "notice published_at",
    types.TextCorrection: "part before after notice published_at",
    types.Term: "code label language",
    types.Stamp: "digest authority at response",
    types.Byline: "part name",
}
"""Of what goes out, by its type: what everyone may read."""


def dataclasses_within(kind: type) -> Iterator[type]:
    """A dataclass and all that its fields are made of."""
    yield kind
    for hint in typing.get_type_hints(kind).values():
        for part in (hint, *typing.get_args(hint)):
            for each in (part, *typing.get_args(part)):
                if dataclasses.is_dataclass(each) and isinstance(each, type):
                    yield from dataclasses_within(each)


class TestEveryFieldWasDecided:
    def test_of_every_type_that_goes_out(self):
        there = {
            kind: {field.name for field in dataclasses.fields(kind)}
            for kind in dataclasses_within(types.Edition)
        }
        decided = {kind: {*names.split(), *HELD_BACK[kind]} for kind, names in GOES_OUT.items()}
        assert there == decided

    def test_the_public_edition_keeps_to_it(self):
        meant = {kind: set(names.split()) for kind, names in GOES_OUT.items()}
        whole = {types.Edition, types.Term, types.Stamp}
        assert {kind: set(names) for kind, names in PUBLIC.items()} == {
            kind: names for kind, names in meant.items() if kind not in whole
        }
