"""Finding claims of the archive that may be about the same thing, on the tests' database."""

import numpy as np
import pytest

from claims.actions.matching import index
from claims.actions.matching.index import index_some
from claims.matching.vectors import SIZE, distances, outline
from claims.models import Claim, ClaimVector, OutlinePage
from claims.models.search import holding
from claims.models.search.indexes import stem_index
from claims.queries.matching import candidates
from claims.queries.matching.candidates import candidates_of, own_archive
from tests.models import rows

pytestmark = pytest.mark.django_db

ARCHIVE = [
    "The bridge over the Olm will stay closed until May.",
    "Two pillars of the Olm bridge have cracks.",
    "Unemployment in Ostrey fell to four percent.",
    "The lighthouse keeper of Kröna has retired.",
    "Nobody was hurt in the flood.",
    "Ostrey will elect a new mayor in June.",
    "The hospital bought thirty new beds.",
    "A ferry ran aground near Łódź harbour.",
    "Milk prices rose by a tenth last year.",
    "The court acquitted the former treasurer.",
]


@pytest.fixture
def said(editor):
    """Make claims of statements, each in an article of its own."""

    def said(*statements: str, **fields) -> list[Claim]:
        return [rows.claim(rows.revision(editor), statement=one, **fields) for one in statements]

    return said


def best_of(claim: Claim) -> str:
    return Claim.objects.get(pk=candidates_of([claim])[claim.pk][0].pk).statement


class TestCandidates:
    @pytest.mark.parametrize(
        ("statement", "expected"),
        [
            ("Until May nobody can cross the Olm bridge", ARCHIVE[0]),
            ("Cracked pillars were found below the bridge over the Olm", ARCHIVE[1]),
            ("The jobless rate in Ostrey dropped to 4 percent", ARCHIVE[2]),
            ("Krona's lighthouse keepers retire", ARCHIVE[3]),
            ("Ferries often run aground at Lodz", ARCHIVE[7]),
            ("The ex-treasurer was found not guilty", ARCHIVE[9]),
        ],
    )
    def test_the_claim_about_the_same_thing_is_first(self, said, statement, expected):
        said(*ARCHIVE)
        index_some()
        (new,) = said(statement)
        assert best_of(new) == expected

    def test_a_claim_that_nobody_has_encoded_yet_finds_others_and_is_found_by_its_words(self, said):
        said(*ARCHIVE)
        index_some()
        (old,) = Claim.objects.filter(statement=ARCHIVE[3])
        Claim.objects.filter(pk=old.pk).update(statement="Kröna's lighthouse keeper is back")
        (new,) = said("The keeper of the lighthouse at Kröna came back")
        found = candidates_of([new])[new.pk][0]
        assert (found.pk, found.closeness) == (old.pk, None)

    def test_the_same_words_are_as_close_as_can_be(self, said):
        said(*ARCHIVE)
        (new,) = said(ARCHIVE[4])
        index_some()
        found = candidates_of([new])[new.pk]
        assert found[0].closeness == pytest.approx(1, abs=0.001)
        assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)

    def test_a_claim_is_not_its_own_candidate_and_a_dismissed_one_is_none(self, said):
        (new, same) = said(ARCHIVE[0], ARCHIVE[0])
        said(ARCHIVE[0], dismissed=True)
        index_some()
        assert {
            claim: [one.pk for one in found] for claim, found in candidates_of([new, same]).items()
        } == {new.pk: [same.pk], same.pk: [new.pk]}

    def test_no_more_than_asked_for(self, said):
        claims = said(*ARCHIVE)
        index_some()
        assert {len(found) for found in candidates_of(claims, 3).values()} == {3}
        assert candidates_of([]) == {}

    def test_a_deleted_claim_is_not_found(self, said):
        new, old = said(ARCHIVE[0], ARCHIVE[0])
        index_some()
        Claim.objects.filter(pk=old.pk).delete()
        assert candidates_of([new]) == {new.pk: []}

    @pytest.mark.parametrize("statement", ["…", "of the and", "ß ø 東京", "'\"()*: NOT", "\x01"])
    def test_any_statement_will_do(self, said, statement):
        said(*ARCHIVE)
        (new,) = said(statement)
        index_some()
        candidates_of([new])

    def test_as_many_queries_for_an_article_as_its_rare_words_need(
        self, said, django_assert_max_num_queries
    ):
        claims = said(*ARCHIVE)
        index_some()
        with django_assert_max_num_queries(12):
            candidates_of(claims)


class TestStems:
    """One behaviour on both databases, whose stemmers differ in rare words."""

    @pytest.mark.parametrize(
        ("statement", "word"),
        [
            ("Nine bridges are closing", "bridge"),
            ("The bridge is closed", "closing"),
            ("Voters elected a president", "elections"),
            ("The café in Łódź is shut", "cafe"),
            ("The cafe in Lodz is shut", "lodz"),
            ("Jobs for 3,000 people", "000"),
            ("The COVID-19 ward", "19"),
        ],
    )
    def test_a_word_is_found_in_its_other_forms(self, said, statement, word):
        (claim,) = said(statement)
        said("Something else altogether")
        assert dict(holding(stem_index(Claim), [word])) == {word: [claim.pk]}

    def test_what_changes_or_is_deleted_is_found_as_it_is_now(self, said):
        first, second, third = said("A bridge", "A bridge", "A bridge")
        Claim.objects.filter(pk=first.pk).update(statement="A ferry")
        second.delete()
        words = ["bridges", "ferries", "roads"]
        found = dict(holding(stem_index(Claim), words))
        assert found == {"bridges": [third.pk], "ferries": [first.pk]}


class TestIndex:
    def test_what_changes_is_encoded_again_and_the_rest_is_not(self, said):
        first, second = said(ARCHIVE[0], ARCHIVE[1])
        index_some()
        assert index_some() == []
        Claim.objects.filter(pk=first.pk).update(statement=ARCHIVE[2])
        Claim.objects.filter(pk=second.pk).update(role="engineer")
        assert index_some() == [first.pk]
        (new,) = said("The jobless rate in Ostrey dropped")
        assert best_of(new) == ARCHIVE[2]

    def test_a_claim_that_changes_while_it_is_encoded_waits_again(self, said, monkeypatch):
        (claim,) = said(ARCHIVE[0])

        def meanwhile(texts):
            Claim.objects.filter(pk=claim.pk).update(statement=ARCHIVE[1])
            monkeypatch.undo()
            return index.encode(texts)

        monkeypatch.setattr(index, "encode", meanwhile)
        index_some()
        assert list(ClaimVector.objects.waiting()) == [ClaimVector(claim.pk)]


def test_the_nearest_outlines_of_a_large_archive_are_found(db):
    """Of more than are read at a time, and of many that are nearer than all before them."""
    vectors = np.random.default_rng(1).integers(-99, 99, (40_000, SIZE), np.int8)
    # Each is a little nearer to the first one than those before.
    vectors[:, : SIZE // 4] = vectors[0, : SIZE // 4] * np.linspace(-1, 1, 40_000)[:, None]
    OutlinePage.objects.put(range(40_000), vectors)
    (found,) = candidates._near(own_archive(), outline(vectors[:1]))
    away = distances(outline(vectors[:1])[0], np.ascontiguousarray(outline(vectors).T))
    assert len(set(found)) == candidates.SHORTLIST
    assert sorted(away[found]) == sorted(away)[: candidates.SHORTLIST]
