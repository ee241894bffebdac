"""Sources that may be the same: which pairs are proposed, in which direction, and in which order."""

from datetime import UTC, datetime

import pytest

from claims.choices import MatchSignal, SourceKind
from claims.models import Alias, Claim, DistinctSources, Source
from claims.queries.sources import duplicates
from claims.queries.sources.duplicates import (
    in_order,
    proposal_of,
    proposal_page,
    proposals_for,
)
from tests.models import rows

MINISTER, WITNESS = SourceKind.MINISTER, SourceKind.WITNESS


def minister(name: str, **fields) -> Source:
    return rows.source(name, kind=MINISTER, **fields)


def pairs(found) -> list[tuple[str, str]]:
    return [(one.source.name, one.into.name) for one in found]


class TestOrder:
    def test_the_shorter_name_is_merged_into_the_longer_and_then_the_newer_one(self, db):
        full, short, twin = minister("Rana Venn"), minister("Venn"), minister("Rada Venn")
        assert in_order(full, short) == in_order(short, full) == (short, full)
        assert in_order(full, twin) == in_order(twin, full) == (twin, full)

    def test_what_is_of_one_article_is_merged_into_what_is_known(self, editor):
        known, own = minister("Venn"), minister("Rana Maria Venn", article=rows.article(editor))
        assert in_order(known, own) == in_order(own, known) == (own, known)


class TestOfOne:
    def test_who_is_compatible_is_proposed_the_likeliest_first(self, db):
        full = minister("Rana Venn", organisation="Ministry")
        minister("R. Venn", organisation="ministry")
        minister("Rana M. Venn")
        minister("Bo Venn")
        minister("Rana Tarn")
        assert pairs(proposals_for(full)) == [
            ("R. Venn", "Rana Venn"),
            ("Rana Venn", "Rana M. Venn"),
        ]

    def test_only_a_few_are_shown(self, db, monkeypatch):
        full = minister("Rana Venn")
        minister("R. Venn")
        minister("Rana M. Venn")
        monkeypatch.setattr(duplicates, "_SHOWN", 1)
        assert len(proposals_for(full)) == 1

    def test_neither_merged_ones_nor_unnamed_ones_nor_those_told_apart(self, editor):
        full = minister("Rana Venn")
        minister("R. Venn", merged_into=full)
        rows.source("Venn", kind=SourceKind.UNNAMED)
        assert proposals_for(full) == []
        told = minister("Rana M. Venn")
        assert pairs(proposals_for(full)) == [("Rana Venn", "Rana M. Venn")]
        DistinctSources.objects.create(first=full, second=told, marked_by=editor)
        assert proposals_for(full) == proposals_for(told) == []

    def test_nothing_for_one_that_is_merged_or_unnamed(self, db):
        full = minister("Rana Venn")
        assert proposals_for(minister("R. Venn", merged_into=full)) == []
        assert proposals_for(rows.source("Venn", kind=SourceKind.UNNAMED)) == []

    def test_those_of_one_article_meet_known_ones_alone(self, editor):
        one, other = rows.article(editor), rows.article(editor)
        own = minister("R. Venn", article=one)
        minister("R. Venn", article=other)
        assert proposals_for(own) == []
        full = minister("Rana Venn")
        assert pairs(proposals_for(own)) == [("R. Venn", "Rana Venn")]
        assert len(proposals_for(full)) == 2

    @pytest.mark.parametrize(
        ("fields", "asked"),
        [
            ({"organisation": "Ministry"}, 1),  # 50 for the name - 15 - 15 + 10: just enough
            ({}, 0),
            ({"organisation": "Ministry", "wikidata": "Q2"}, 0),
        ],
    )
    def test_who_is_too_different_is_not_proposed(self, db, fields, asked):
        full = minister("Rana Venn", organisation="Ministry", country="Ostrey", wikidata="Q1")
        rows.source("R. Venn", kind=WITNESS, country="Tavren", **fields)
        assert len(proposals_for(full)) == asked

    def test_an_alias_is_a_name(self, db):
        miller = rows.source("Ostrey Mill", kind=SourceKind.COMPANY)
        Alias.objects.create(source=miller, name="Olm Works")
        works = rows.source("Olm Works", kind=SourceKind.COMPANY)
        assert len(proposals_for(works)) == len(proposals_for(miller)) == 1
        (page,) = proposal_page(None).proposals
        assert {page.source, page.into} == {miller, works}


class TestPage:
    @pytest.fixture
    def three(self, db) -> list[Source]:
        """Three pairs of a full name and an initial, the last pair made last."""
        surnames = ("Venn", "Tarn", "Orr")
        made = [(minister(f"Rana {name}"), minister(f"R. {name}")) for name in surnames]
        return [one for pair in made for one in pair]

    def test_each_pair_is_on_it_once(self, three):
        found = proposal_page(None)
        assert sorted(pairs(found.proposals)) == [
            ("R. Orr", "Rana Orr"),
            ("R. Tarn", "Rana Tarn"),
            ("R. Venn", "Rana Venn"),
        ]
        assert found.older is None

    @pytest.mark.parametrize(("limit", "value"), [("_ROWS", 1), ("_PAIRS", 1)])
    def test_the_newest_come_first_page_by_page(self, three, monkeypatch, limit, value):
        monkeypatch.setattr(duplicates, limit, value)
        seen, before = [], None
        for _page in range(3):
            found = proposal_page(before)
            seen.append(pairs(found.proposals))
            before = found.older
        assert seen == [[(f"R. {name}", f"Rana {name}")] for name in ("Orr", "Tarn", "Venn")]
        assert before is None

    def test_what_cannot_be_merged_is_not_on_it(self, editor, three):
        Source.objects.filter(name="R. Venn").update(merged_into=three[0])
        Source.objects.filter(name="R. Tarn").update(kind=SourceKind.UNNAMED)
        told = {"first": three[4], "second": three[5]}
        DistinctSources.objects.create(**told, marked_by=editor)
        assert proposal_page(None).proposals == []

    def test_one_of_an_article_is_on_it_whichever_is_older(self, editor):
        minister("R. Venn", article=rows.article(editor))
        minister("Rana Venn")
        assert pairs(proposal_page(None).proposals) == [("R. Venn", "Rana Venn")]

    def test_equals_come_in_the_order_of_their_names_and_then_the_older_first(self, editor):
        minister("Rana Venn")
        older, newer = (minister("R. Venn", article=rows.article(editor)) for _ in range(2))
        last = minister("R. Aal", article=rows.article(editor))
        minister("Rana Aal")
        found = [one.source for one in proposal_page(None).proposals if one.into.name[:4] == "Rana"]
        assert found == [last, older, newer]


class TestReasons:
    def signals(self, one: Source, other: Source) -> set[str]:
        return {signal.what for signal in proposal_of(one, other).signals}

    def proposed(self, source: Source) -> list[str]:
        """Whether the proposals for a source take the surname for somebody's alone."""
        asked = {MatchSignal.ALONE, MatchSignal.SEVERAL}
        signals = [one.what for found in proposals_for(source) for one in found.similarity.signals]
        return [one for one in signals if one in asked]

    def test_a_bare_surname_is_somebodys_alone_or_several_peoples(self, db):
        bare, full = minister("Venn"), minister("Rana Venn")
        rows.source("Bo Venn", kind=WITNESS)
        assert MatchSignal.ALONE in self.signals(bare, full)
        assert MatchSignal.ALONE in {
            signal.what for one in proposals_for(full) for signal in one.similarity.signals
        }
        minister("Bo Venn")
        assert MatchSignal.SEVERAL in self.signals(bare, full)

    def test_of_an_article_a_bare_surname_is_not_one_of_its_bearers(self, editor):
        bare = minister("Venn", article=rows.article(editor))
        minister("Rana Venn")
        assert self.proposed(bare) == [MatchSignal.ALONE]
        minister("Bo Venn")
        assert self.proposed(bare) == [MatchSignal.SEVERAL] * 2

    def test_roles_and_places_are_those_of_the_newest_claims(self, editor, monkeypatch):
        short, full, text = minister("R. Venn"), minister("Rana Venn"), rows.revision(editor)
        for day, source, role in (
            (1, short, "the clerk"),
            (20, short, "the minister"),
            (20, full, "minister"),
        ):
            claim = rows.claim(text, day + source.pk, source=source, role=role)
            at = datetime(2026, 1, day, tzinfo=UTC)
            Claim.objects.filter(pk=claim.pk).update(listed_at=at)
        assert {MatchSignal.ROLE, MatchSignal.WEEK} <= self.signals(short, full)
        monkeypatch.setattr(duplicates, "_RECENT", 1)
        assert MatchSignal.ROLE in self.signals(short, full)
        Claim.objects.filter(source=full).update(role="the clerk")
        assert MatchSignal.OTHER_ROLE in self.signals(short, full)
