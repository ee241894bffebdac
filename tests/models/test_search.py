"""Full-text search on the tests' database: what is found, index updates, and marks."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection, models
from django.db.migrations import AlterField, Migration
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from claims.actions import import_article, reword_claim
from claims.ingest.types import ArticleDraft
from claims.models import Article, Claim, Source, search
from claims.models.claims.matching import hold_vectors, let_go_of_vectors
from claims.models.search import hold_index, holding, let_go_of_index, postgresql, sqlite
from claims.models.search.indexes import search_index, stem_index
from claims.models.search.words import fold, parse, pieces
from tests.models import rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def said(editor):
    """Make claims of statements."""
    revision = rows.revision(editor)

    def said(*statements: str) -> list[Claim]:
        return [rows.claim(revision, statement=one, quote="x") for one in statements]

    return said


def found(typed: str) -> set[str]:
    return set(Claim.objects.search(typed).values_list("statement", flat=True))


class TestWords:
    @pytest.mark.parametrize(
        ("statement", "typed"),
        [
            ("The café in Łódź is closed", "cafe lodz"),
            ("The cafe in Lodz is closed", "CAFÉ Łódź"),
            ("Straße und Fluß", "strasse fluss"),
            ("STRASSE", "straße"),
            ("Møller og Åse", "moller ase"),
            ("Ærø", "aero"),
            ("The COVID-19 ward", "covid-19"),
            ("The COVID-19 ward", "covid 19"),
            ("Cafe\u0301 with a mark of its own", "café"),
            ("Мост закрыт", "МОСТ"),
            ("A bridge, closed", "closed bridge"),
        ],
    )
    def test_case_and_marks_do_not_matter(self, said, statement, typed):
        said(statement, "Something else altogether")
        assert found(typed) == {statement}

    def test_every_word_must_be_there(self, said):
        said("Nine bridges are closed", "Nine roads are closed")
        assert found("bridges closed") == {"Nine bridges are closed"}
        assert found("bridges roads") == set()

    def test_a_phrase_stands_as_it_is(self, said):
        said("The new bridge", "A bridge new to us")
        assert found('"new bridge"') == {"The new bridge"}
        assert found("“bridge new”") == {"A bridge new to us"}

    def test_a_star_finds_what_begins_so(self, said):
        said("Bridges", "Bridging", "Abridged")
        assert found("bridg*") == {"Bridges", "Bridging"}
        assert found("bridg") == set()

    def test_words_of_a_search_language_are_words(self, said):
        said("Not near or and", "Nothing of it")
        assert found("NOT NEAR OR AND") == {"Not near or and"}

    @pytest.mark.parametrize("typed", ["", "  ", '"', "***", "()", "^:-", "\0", '""', "_"])
    def test_no_word_finds_nothing(self, said, typed):
        said("Anything")
        assert found(typed) == set()

    def test_role_and_exact_words_are_searched_too(self, said):
        (claim,) = said("It is closed")
        Claim.objects.filter(pk=claim.pk).update(role="the transport minister", quote="shut tight")
        assert found("transport closed") == found("shut") == {"It is closed"}

    def test_one_field_alone(self, said):
        (claim, _other) = said("It is closed", "The minister is closed")
        Claim.objects.filter(pk=claim.pk).update(role="the transport minister")
        assert Claim.objects.search("minister", "role").get() == claim
        assert Claim.objects.search("transport minist*", "role").get() == claim
        assert not Claim.objects.search("closed", "role").exists()


class TestArticlesAndSources:
    def test_an_article_by_headline_and_by_its_text(self, editor):
        draft = ArticleDraft(headline="Olm floods", body="Rain fell on Ostrey all night.")
        article = import_article(actor=editor, draft=draft).article
        other = ArticleDraft(headline="Ostrey votes", body="Nobody came.")
        import_article(actor=editor, draft=other)
        assert list(Article.objects.search("olm")) == [article]
        assert list(Article.objects.search("rain night")) == [article]
        assert [one.headline for one in Article.objects.best("ostrey", 5)] == [
            "Ostrey votes",
            "Olm floods",
        ]

    def test_a_source_by_any_of_its_names(self):
        source = Source.objects.create(name="Ada Venn", organisation="Ministry of Transport")
        source.aliases.create(name="The Iron Engineer")
        for typed in ("ada", "transport", "iron eng*"):
            assert list(Source.objects.search(typed)) == Source.objects.best(typed, 5) == [source]


class TestItFollows:
    def test_saving_and_deleting(self, said):
        claim, _other = said("Floods", "Other")
        assert found("floods") == {"Floods"}
        claim.statement = "Drought"
        claim.save()
        assert (found("floods"), found("drought")) == (set(), {"Drought"})
        claim.delete()
        assert found("drought") == set()

    def test_changes_of_many_at_once(self, said):
        some = said("One", "Two", "Three")
        Claim.objects.filter(pk__in=[one.pk for one in some[:2]]).update(statement="Floods")
        assert Claim.objects.search("floods").count() == 2
        for one in some:
            one.statement = "Drought"
        Claim.objects.bulk_update(some, ["statement"])
        assert Claim.objects.search("drought").count() == 3
        assert found("floods") == set()
        Claim.objects.all().delete()
        assert found("drought") == set()

    def test_many_made_at_once(self, said, editor):
        (claim,) = said("One")
        copies = [Claim.objects.get(pk=claim.pk) for _number in range(3)]
        for copy in copies:
            copy.pk, copy.statement = None, "Floods"
        Claim.objects.bulk_create(copies)
        assert Claim.objects.search("floods").count() == 3

    def test_what_the_actions_do(self, editor, article, claim):
        reword_claim(actor=editor, claim_id=claim.pk, version=1, statement="Łódź is dry")
        assert Claim.objects.search("lodz").get().pk == claim.pk

    def test_an_article_that_goes_takes_its_claims_along(self, article):
        assert Claim.objects.search("cracks").exists()
        article.delete()
        assert not Claim.objects.search("cracks").exists()
        assert not Article.objects.search("cracks").exists()

    def test_another_field_leaves_it_alone(self, said):
        (claim,) = said("Floods")
        Claim.objects.filter(pk=claim.pk).update(checkworthiness=0.5)
        assert found("floods") == {"Floods"}


class TestAsAQuery:
    def test_it_filters_sorts_counts_and_nests(self, said):
        some = said("Floods one", "Floods two", "Drought")
        floods = Claim.objects.search("floods")
        assert list(floods.filter(pk__gt=some[0].pk).order_by("-pk")) == [some[1]]
        assert floods.count() == 2
        assert Claim.objects.filter(pk__in=floods.values("pk")).count() == 2
        assert Claim.objects.exclude(pk__in=floods).get() == some[2]

    def test_more_matches_than_are_listed_one_by_one(self, said, monkeypatch):
        monkeypatch.setattr(sqlite, "FEW", 1)
        said("Floods one", "Floods two", "Drought")
        assert found("floods") == {"Floods one", "Floods two"}

    @pytest.mark.skipif(connection.vendor != "postgresql", reason="only there a plan is chosen")
    def test_few_matches_may_be_found_by_the_index_and_many_are_gone_through(
        self, said, monkeypatch
    ):
        said("Floods one", "Floods two", "Drought")
        # So compared, it is nothing that an index knows.
        gone_through = "IS TRUE"
        assert gone_through not in str(Claim.objects.search("floods").query)
        monkeypatch.setattr(postgresql, "FEW", 0)
        assert gone_through in str(Claim.objects.search("floods").query)

    def test_the_better_match_comes_first(self, said):
        said(f"Floods, and {'much ' * 20} else", "Floods and floods", "Drought")
        best = [claim.statement for claim in Claim.objects.best("floods", 2)]
        assert best[0] == "Floods and floods"
        assert len(best) == 2

    def test_the_best_of_those_that_a_filter_leaves(self, said):
        worse, *better = said(f"Floods, and {'much ' * 20} else", *["Floods"] * 15)
        Claim.objects.filter(pk__in=[one.pk for one in better]).update(dismissed=True)
        assert Claim.objects.not_dismissed().best("floods", 1) == [worse]


def test_which_rows_hold_which_words(said, monkeypatch):
    monkeypatch.setattr(search, "_TOGETHER", 2)
    first, second = (claim.pk for claim in said("Floods in Ostrey", "Ostrey has bridges"))
    words = ["flood", "ostrey", "ferry", "bridges", "bridge"]
    held = {word: sorted(ids) for word, ids in holding(stem_index(Claim), words)}
    assert held == {
        "flood": [first],
        "ostrey": [first, second],
        "bridges": [second],
        "bridge": [second],
    }


class TestRebuilding:
    def test_it_finds_the_same_again(self, said, monkeypatch):
        monkeypatch.setattr(sqlite, "_AT_ONCE", 2)
        some = said("Floods one", "Floods two", "Floods three")
        some[0].delete()
        before = found("floods")
        with connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                cursor.execute(
                    "INSERT INTO claims_claim_search(claims_claim_search) VALUES ('delete-all')"
                )
                assert found("floods") == set()
                out = StringIO()
                call_command("rebuild_search", stdout=out)
                assert "claims: 2 of 2" in out.getvalue()
        assert found("floods") == before
        Claim.objects.filter(pk=some[1].pk).update(statement="Drought")
        assert found("floods") == {"Floods three"}

    @pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL builds a second index")
    def test_what_changes_between_two_pieces_is_in_it_once(self, said, monkeypatch):
        monkeypatch.setattr(sqlite, "_AT_ONCE", 1)
        some = said("Floods one", "Floods two", "Floods three")

        def meanwhile(done: int, _total: int) -> None:
            if done == 1:
                Claim.objects.filter(pk=some[0].pk).update(statement="Drought one")
                Claim.objects.filter(pk=some[2].pk).update(statement="Drought three")
                said("Drought four")

        sqlite.rebuild(search_index(Claim), connection, meanwhile)
        assert found("floods") == {"Floods two"}
        assert found("drought") == {"Drought one", "Drought three", "Drought four"}
        Claim.objects.all().delete()
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO claims_claim_search(claims_claim_search) VALUES ('integrity-check')"
            )

    @pytest.mark.skipif(connection.vendor != "sqlite", reason="there no table is rebuilt")
    def test_what_changed_while_a_table_was_rebuilt_is_found(self, said):
        (claim,) = said("Floods")
        with connection.cursor() as cursor:
            cursor.execute("DROP TRIGGER claims_claim_search_change")
        Claim.objects.filter(pk=claim.pk).update(statement="Drought")
        assert found("drought") == set()
        hold_index(connection, search_index(Claim))
        assert (found("drought"), found("floods")) == ({"Drought"}, set())

    @pytest.mark.skipif(connection.vendor != "postgresql", reason="only there words wait")
    def test_few_new_words_wait_to_be_indexed(self, said):
        words = [f"flood{number}" for number in range(15_000)]
        said(*(" ".join(words[first : first + 50]) for first in range(0, len(words), 50)))
        with connection.cursor() as cursor:
            for index in (search_index(Claim), stem_index(Claim)):
                cursor.execute("SELECT gin_clean_pending_list(%s)", [index.name])
                # Pages of 8 kB: 128 kB, and what came with the last claim.
                assert cursor.fetchone()[0] <= 17

    def test_a_migration_may_change_a_searched_column(self, said):
        (claim,) = said("Floods")
        alter = AlterField("claim", "statement", models.CharField(max_length=500))
        migration = type("", (Migration,), {"operations": [alter]})("0099_shorter", "claims")
        connection.check_constraints()  # what waits for the end of the transaction, a changed table would not wait for
        for index in (search_index(Claim), stem_index(Claim)):
            let_go_of_index(connection, index, [(migration, False)])
        let_go_of_vectors(connection, [(migration, False)])
        column = Claim._meta.get_field("statement")
        shorter = models.CharField(max_length=500)
        shorter.set_attributes_from_name("statement")
        if connection.vendor == "postgresql":
            with connection.schema_editor() as editor:
                editor.alter_field(Claim, column, shorter)
                editor.alter_field(Claim, shorter, column)
        Claim.objects.filter(pk=claim.pk).update(statement="Drought")
        if connection.vendor == "sqlite":
            assert found("drought") == set()
        connection.check_constraints()
        for index in (search_index(Claim), stem_index(Claim)):
            hold_index(connection, index)
        hold_vectors(connection)
        assert (found("drought"), found("floods")) == ({"Drought"}, set())

    def test_a_migration_of_another_column_leaves_it_in_use(self, said):
        (claim,) = said("Floods")
        alter = AlterField("claim", "due_on", models.DateTimeField())
        migration = type("", (Migration,), {"operations": [alter]})("0099_hours", "claims")
        for index in (search_index(Claim), stem_index(Claim)):
            let_go_of_index(connection, index, [(migration, False)])
        Claim.objects.filter(pk=claim.pk).update(statement="Drought")
        assert (found("drought"), found("floods")) == ({"Drought"}, set())


class TestHostile(TestCase):
    @settings(max_examples=60, deadline=None)
    @given(st.text(max_size=80))
    def test_nothing_that_is_typed_is_an_error(self, typed):
        list(Claim.objects.search(typed)[:5])
        Claim.objects.best(typed, 3)
        list(Source.objects.search(typed)[:5])

    @settings(max_examples=60, deadline=None)
    @given(st.lists(st.sampled_from("\"*()^:-~+{}[]\\/'%_ aNDORé"), max_size=30).map("".join))
    def test_nor_are_signs_that_mean_something_to_a_database(self, typed):
        list(Claim.objects.search(typed)[:5])
        Claim.objects.best(typed, 3)


class TestMarks:
    @pytest.mark.parametrize(
        ("text", "typed", "marked"),
        [
            ("The Café is closed", "cafe", ["Café"]),
            ("Straße and street", "strasse", ["Straße"]),
            ("Bridges, bridging", "bridg*", ["Bridges", "bridging"]),
            ("A new bridge; a bridge", '"new bridge"', ["new bridge"]),
            ("👍🏽 Łódź 👍🏽", "lodz", ["Łódź"]),
            ("Cafe\u0301!", "café", ["Cafe\u0301"]),
            ("Two bridges", "bridges two", ["Two", "bridges"]),
            ("A new bridge", '"new bridge" bridge', ["new bridge"]),
            ("Nothing", "floods", []),
            ("Nothing", "", []),
        ],
    )
    def test_the_words_are_marked(self, text, typed, marked):
        assert [piece.text for piece in pieces(text, typed) if piece.found] == marked

    @given(st.text(max_size=60), st.text(max_size=20))
    def test_the_pieces_are_the_text(self, text, typed):
        assert "".join(piece.text for piece in pieces(text, typed)) == text

    @given(st.text(max_size=40))
    def test_folding_twice_is_folding_once(self, text):
        assert fold(fold(text)) == fold(text)

    def test_too_much_is_cut(self):
        assert len(parse("word " * 1000)) == 20
