"""The sources that the field for a claim's source offers."""

from datetime import UTC, datetime

import pytest

from claims.actions import change_source, create_source, merge_sources
from claims.choices import SourceKind
from claims.models import Alias, Claim, Source
from claims.queries.sources.choices import source_called, source_choices
from tests.conftest import version_of
from tests.models import rows


def names(found) -> list[str]:
    return [one.source.name for one in found]


@pytest.fixture
def dorian(db) -> Source:
    """Of another article, where he is a clerk."""
    return Source.objects.create(name="Dorian Vell", kind=SourceKind.WITNESS)


def test_nothing_typed_offers_those_who_speak_in_the_article(article, dorian):
    found = source_choices(article, "")
    assert found[0].source.name == "Ada Venn"
    assert found[0].role_here == "the transport minister"
    assert found[0].claims_here == Claim.objects.filter(source__name="Ada Venn").count()
    assert "Dorian Vell" not in names(found)


def test_a_word_finds_those_of_the_article_before_others_with_role_and_claims(
    editor, article, dorian
):
    Source.objects.create(name="Aaron Venn", kind=SourceKind.EXPERT)
    elsewhere = rows.revision(editor)
    for start, role in ((0, "a clerk"), (9, "the town clerk")):
        rows.claim(elsewhere, start, source=dorian, role=role)
    assert names(source_choices(article, "venn")) == ["Ada Venn", "Aaron Venn"]
    (one,) = source_choices(article, "vell")
    assert (one.role, one.role_here) == ("the town clerk", "")
    assert (one.claims_made, one.claims_here) == (2, 0)


def test_a_name_typed_to_its_end_comes_first(editor, article, claims):
    exact = Source.objects.create(name="Venn", kind=SourceKind.COMPANY)
    assert source_choices(article, "venn")[0].source == exact


def test_who_makes_the_most_claims_there_comes_first_and_then_the_name_decides(editor):
    revision = rows.revision(editor)
    for start, name in enumerate(["Bo Venn", "Cora Venn", "Ada Venn", "Cora Venn"]):
        source, _made = Source.objects.get_or_create(name=name)
        rows.claim(revision, start, source=source)
    assert names(source_choices(revision.article, "")) == ["Cora Venn", "Ada Venn", "Bo Venn"]


def test_what_belongs_to_another_article_is_not_offered_and_merged_ones_are_not(
    editor, article, dorian
):
    other = rows.article(editor)
    Source.objects.create(name="Vell clerks", kind=SourceKind.UNNAMED, article=other)
    own = Source.objects.create(name="Vell guards", kind=SourceKind.UNNAMED, article=article)
    merged = Source.objects.create(name="Doriane Vell", kind=SourceKind.OTHER)
    merge_sources(actor=editor, source=merged, into=dorian)
    assert {one.source for one in source_choices(article, "vell")} == {dorian, own}


def test_a_source_is_found_by_an_alias(article, dorian):
    Alias.objects.create(source=dorian, name="The Miller")
    assert names(source_choices(article, "mill")) == ["Dorian Vell"]


class TestRoles:
    """A source is offered with its role as stated last: there if it has one there, or else anywhere."""

    def test_it_is_the_last_one_in_the_article(self, editor):
        venn, text = rows.source("Ada Venn"), rows.revision(editor)
        for start, role in ((9, ""), (5, "the mayor"), (0, "a clerk")):
            rows.claim(text, start, source=venn, role=role)
        rows.claim(rows.revision(editor), source=venn, role="elsewhere")
        (found,) = source_choices(text.article, "")
        assert (found.role, found.role_here, found.claims_here) == ("the mayor", "the mayor", 3)

    def test_or_else_that_of_the_newest_claim(self, editor):
        venn, text = rows.source("Ada Venn"), rows.revision(editor)
        rows.source("Bo Venn")
        rows.claim(text, 0, source=rows.source("Cy Orr"), role="not theirs")
        for year, role in ((2026, "the mayor"), (2020, "a clerk")):
            claim = rows.claim(rows.revision(editor), source=venn, role=role)
            at = datetime(year, 3, 1, tzinfo=UTC)
            Claim.objects.filter(pk=claim.pk).update(listed_at=at)
        found = {one.source.name: one for one in source_choices(text.article, "venn")}
        assert found["Ada Venn"].role == "the mayor"
        assert (found["Bo Venn"].role, found["Ada Venn"].role_here) == ("", "")


def test_only_some_of_those_that_begin_so_are_offered(editor, monkeypatch):
    monkeypatch.setattr("claims.queries.sources.choices._MOST", 2)
    text = rows.revision(editor)
    for number in range(3):
        rows.claim(text, number, source=rows.source(f"Here Venn {number}"))
        rows.source(f"There Venn {number}")
    assert names(source_choices(text.article, "venn")) == [
        "Here Venn 0",
        "Here Venn 1",
        "There Venn 0",
        "There Venn 1",
    ]


class TestCalled:
    def test_whatever_its_kind_the_articles_own_before_others_and_merged_ones_by_what_they_are_now(
        self, editor, article, dorian
    ):
        assert source_called(article, "dorian vell") == dorian
        other = rows.article(editor)
        Source.objects.create(name="Guards", kind=SourceKind.UNNAMED, article=other)
        assert source_called(article, "Guards") is None
        known = Source.objects.create(name="Guards", kind=SourceKind.ORGANISATION)
        own = Source.objects.create(name="Guards", kind=SourceKind.UNNAMED, article=article)
        assert source_called(article, "guards") == own
        assert source_called(other, "guards").article_id == other.pk
        merged = create_source(actor=editor, name="D. Vell", kind=SourceKind.OTHER, article=None)
        merge_sources(actor=editor, source=merged, into=dorian)
        assert source_called(article, "d. vell") == dorian
        assert known.article_id is None


@pytest.mark.parametrize("sources", [2, 12])
def test_many_take_as_many_queries_as_few(
    editor, article, claims, sources, django_assert_max_num_queries
):
    for number in range(sources):
        source = Source.objects.create(name=f"Olm Works {number}", kind=SourceKind.COMPANY)
        change_source(actor=editor, source=source, **version_of(claims[number % len(claims)]))
    with django_assert_max_num_queries(6):
        source_choices(article, "olm")
