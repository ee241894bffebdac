"""The signals for and against two sources being the same, without a database."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.choices import MatchSignal, SourceKind
from claims.queries.sources.similarity import (
    ASKED,
    Place,
    SourceFacts,
    compare_sources,
    name_signal,
)

MINISTER, EXPERT = SourceKind.MINISTER.value, SourceKind.EXPERT.value
COMPANY, ORGANISATION = SourceKind.COMPANY.value, SourceKind.ORGANISATION.value


def known(name: str, kind: str = MINISTER, **more) -> SourceFacts:
    names = frozenset(more.pop("names", ())) | {name}
    return SourceFacts(name.casefold(), kind, frozenset(one.casefold() for one in names), **more)


def whats(found) -> set[MatchSignal]:
    return {signal.what for signal in found.signals}


class TestNames:
    @pytest.mark.parametrize(
        ("one", "other", "signal"),
        [
            ("Ada Venn", "ADA VENN", MatchSignal.NAME),
            ("Venn", "Ada Venn", MatchSignal.SURNAME),
            ("A. Venn", "Ada Venn", MatchSignal.FORENAMES),
            ("Ada Venn", "Ada Maria Venn", MatchSignal.FORENAMES),
            ("A. M. Venn", "Ada Maria Venn", MatchSignal.FORENAMES),
            ("Maria Venn", "Ada Maria Venn", MatchSignal.FORENAMES),
            ("Adela Tarnowska", "Adele Tarnowska", MatchSignal.SPELLING),
            ("Adelheid Venn", "Adelheid Wenn", MatchSignal.SPELLING),
            (
                "Arnold Tarns",
                "Arnold Tarnau",
                MatchSignal.SPELLING,
            ),  # 22 of 25 letters: just enough
            ("Tarnowska", "Tarnowski", None),
            ("Ada Venn", "Bo Venn", None),
            ("A. Venn", "Bo Venn", None),
            ("Venn", "Tarn", None),
            ("Venn", "Wenn", None),
            ("…", "Ada Venn", None),
        ],
    )
    def test_of_people(self, one, other, signal):
        assert name_signal(known(one), known(other)) is signal
        assert name_signal(known(other), known(one)) is signal

    @pytest.mark.parametrize(
        ("one", "other", "signal"),
        [
            ("Bank of Ostrey", "Ostrey Bank of", MatchSignal.SPELLING),
            ("Ostrey Roads", "Ostrey Road", MatchSignal.SPELLING),
            ("Ostrey Mills", "Ostrey Millet", MatchSignal.SPELLING),  # just enough, too
            ("Bank of Ostrey", "Government of Ostrey", None),
            ("Ostrey", "Bank of Ostrey", None),
        ],
    )
    def test_of_bodies(self, one, other, signal):
        assert name_signal(known(one, COMPANY), known(other, ORGANISATION)) is signal

    def test_an_alias_that_is_the_others_name_or_alias(self):
        one = known("Ada Venn", names=["The Iron Minister"])
        assert name_signal(one, known("Cy Orr", names=["The iron minister"])) is MatchSignal.ALIAS
        assert name_signal(one, known("The Iron Minister")) is MatchSignal.ALIAS


class TestGrounds:
    def test_each_with_the_words_for_it(self):
        week = Place((2026, 9), 3)
        one = known(
            "Venn",
            roles=("the interior minister", "candidate"),
            places=(week,),
            country="Ostrey",
            organisation="Ministry",
        )
        other = known(
            "Ada Venn",
            roles=("Interior Minister",),
            places=(week, Place((2026, 1), None)),
            country="ostrey",
            organisation="Party",
        )
        found = compare_sources(one, other)
        assert whats(found) == {
            MatchSignal.SURNAME,
            MatchSignal.KIND,
            MatchSignal.ROLE,
            MatchSignal.COUNTRY,
            MatchSignal.OUTLET,
            MatchSignal.ALONE,
            MatchSignal.OTHER_ORGANISATION,
        }
        assert next(one for one in found.signals if one.what is MatchSignal.ROLE).detail == (
            "interior minister"
        )
        assert [signal.what for signal in found.speaks_against] == [MatchSignal.OTHER_ORGANISATION]
        assert found.safe

    def test_a_deputy_is_not_the_minister(self):
        found = compare_sources(
            known("Venn", roles=("deputy interior minister",)),
            known("Ada Venn", roles=("interior minister",)),
        )
        assert MatchSignal.OTHER_ROLE in whats(found)
        assert not found.safe

    def test_a_slip_in_a_role_makes_no_other_role(self):
        found = compare_sources(
            known("Venn", roles=("headmaster",)), known("Ada Venn", roles=("headmastor",))
        )
        assert whats(found) == {
            MatchSignal.SURNAME,
            MatchSignal.KIND,
            MatchSignal.ROLE,
            MatchSignal.ALONE,
        }
        assert found.safe

    def test_the_same_week_in_another_outlet_says_less(self):
        found = compare_sources(
            known("Venn", places=(Place((2026, 9), 1),)),
            known("Ada Venn", places=(Place((2026, 9), 2),)),
        )
        assert MatchSignal.WEEK in whats(found)

    def test_wikidata_tells_apart_and_together(self):
        assert (
            compare_sources(known("Ada Venn", wikidata="Q1"), known("Ada Venn", wikidata="Q2"))
            is None
        )
        assert MatchSignal.WIKIDATA in whats(
            compare_sources(known("Ada Venn", wikidata="Q1"), known("A. Venn", wikidata="Q1"))
        )

    def test_a_kind_that_nobody_told_speaks_neither_way(self):
        found = compare_sources(known("A. Venn", SourceKind.OTHER), known("Ada Venn"))
        assert whats(found) == {MatchSignal.FORENAMES}


class TestWeights:
    """How much each signal counts, the strongest first."""

    @pytest.mark.parametrize(
        ("one", "other", "rivals", "signals", "score"),
        [
            ({}, {}, 0, [("surname", 30), ("kind", 15), ("alone", 5)], 50),
            ({}, {}, 2, [("surname", 30), ("kind", 15), ("several", -10)], 35),
            ({}, {}, 9, [("surname", 30), ("several", -20), ("kind", 15)], 25),
            ({"kind": EXPERT}, {}, 0, [("surname", 30), ("other-kind", -15)], 15),
            (
                {"country": "Ostrey"},
                {"country": "Tavren"},
                0,
                [("surname", 30), ("kind", 15), ("other-country", -15), ("alone", 5)],
                35,
            ),
            ({"country": "Ostrey"}, {}, 0, [("surname", 30), ("kind", 15), ("alone", 5)], 50),
            (
                {"places": (Place((2026, 1), None),)},
                {"places": (Place((2026, 2), None),)},
                0,
                [("surname", 30), ("kind", 15), ("alone", 5)],
                50,
            ),
            (
                {"places": (Place((2026, 1), None),), "organisation": "Roads"},
                {"places": (Place((2026, 1), None),), "organisation": "ROADS"},
                0,
                [("surname", 30), ("kind", 15), ("organisation", 10), ("alone", 5), ("week", 5)],
                65,
            ),
        ],
    )
    def test_of_a_bare_surname(self, one, other, rivals, signals, score):
        found = compare_sources(known("Venn", **one), known("Ada Venn", **other), rivals=rivals)
        assert [(signal.what.value, signal.weight) for signal in found.signals] == signals
        assert found.score == score

    def test_the_sum_ends_at_a_hundred(self):
        alike = {"wikidata": "Q1", "country": "Ostrey", "organisation": "Roads"}
        assert compare_sources(known("Ada Venn", **alike), known("Ada Venn", **alike)).score == 100


class TestAsking:
    def test_a_surname_and_a_kind_are_asked_about_but_not_safe(self):
        found = compare_sources(known("Venn"), known("Ada Venn"))
        assert found.score >= ASKED
        assert not found.safe

    def test_with_rivals_it_is_never_safe_and_with_many_not_asked(self):
        roles = {"roles": ("minister",)}
        few = compare_sources(known("Venn", **roles), known("Ada Venn", **roles), rivals=1)
        assert few.score >= ASKED
        assert not few.safe
        assert compare_sources(known("Venn"), known("Ada Venn"), rivals=4).score < ASKED

    def test_a_bare_surname_of_another_kind_is_not_asked_about(self):
        assert compare_sources(known("Venn", EXPERT), known("Ada Venn")).score < ASKED


WORDS = st.sampled_from(["ada", "a.", "bo", "maria", "venn", "tarn", "wenn", "…", ""])
KNOWN = st.builds(
    known,
    name=st.lists(WORDS, min_size=1, max_size=4).map(" ".join),
    kind=st.sampled_from(SourceKind.values),
    names=st.frozensets(st.sampled_from(["ada venn", "bo", "tarn"])),
    organisation=st.sampled_from(["", "Ministry", "Party"]),
    country=st.sampled_from(["", "Ostrey", "Tavren"]),
    wikidata=st.sampled_from(["", "Q1", "Q2"]),
    roles=st.lists(st.sampled_from(["the minister", "Minister", "candidate"])).map(tuple),
    places=st.lists(
        st.builds(Place, st.tuples(st.just(2026), st.integers(1, 3)), st.sampled_from([None, 1, 2]))
    ).map(tuple),
)


@given(one=KNOWN, other=KNOWN, rivals=st.integers(0, 9))
def test_it_makes_no_difference_who_comes_first(one, other, rivals):
    found = compare_sources(one, other, rivals=rivals)
    assert found == compare_sources(other, one, rivals=rivals)
    if found:
        assert 0 <= found.score <= 100
        assert found.speaks_for
        assert len(whats(found)) == len(found.signals)
        assert set(found.speaks_for) | set(found.speaks_against) == set(found.signals)


@given(one=KNOWN)
def test_everybody_is_alike_to_themselves(one):
    assert MatchSignal.NAME in whats(compare_sources(one, one))
