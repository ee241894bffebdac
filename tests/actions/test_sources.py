"""Whom the speakers of an article become: shared across articles, or its own."""

import itertools

import pytest

from claims.actions import enter_record, import_article
from claims.choices import SourceKind
from claims.ingest.types import ArticleDraft
from claims.models import Alias, Source
from tests.models import rows


@pytest.fixture
def source_of(editor):
    """The source of the one attributed claim in an article of that text."""
    number = itertools.count()

    def source_of(body: str) -> Source:
        draft = ArticleDraft(headline=f"Rain {next(number)}", body=body)
        article = import_article(actor=editor, draft=draft).article
        return Source.objects.filter(claims__revision__article=article).distinct().get()

    return source_of


class TestWithANameOfTheirOwn:
    def test_the_same_person_speaks_in_two_articles(self, source_of):
        first = source_of("Rain will fall, Ada Venn said.")
        assert source_of("Snow will fall, Ada Venn said.") == first
        assert first.article is None

    @pytest.mark.parametrize("name", ["ADA VENN", "Ada VENN"])
    def test_in_capitals_it_is_the_same_person(self, source_of, name):
        assert source_of("Rain will fall, Ada Venn said.") == source_of(
            f"Snow will fall, {name} said."
        )

    def test_in_capitals_with_accents_it_is_the_same_person(self, source_of):
        assert source_of("Élodie Ömür said rain will fall.") == source_of(
            "ÉLODIE ÖMÜR said snow will fall."
        )

    def test_an_alias_leads_to_its_source(self, editor, source_of):
        known = rows.source("Adelheid Venn-Tarn")
        enter_record(actor=editor, record=Alias(source=known, name="Ada Venn"))
        assert source_of("Rain will fall, Ada Venn said.") == known

    def test_a_known_person_is_found_whatever_kind_this_article_tells(self, source_of):
        known = rows.source("Ada Venn", kind=SourceKind.MINISTER)
        assert source_of("Rain will fall, Ada Venn said.") == known

    def test_of_two_with_one_name_the_one_of_the_kind_speaks(self, source_of):
        rows.source("Ada Venn", kind=SourceKind.WITNESS)
        minister = rows.source("Ada Venn", kind=SourceKind.MINISTER)
        assert source_of("Rain will fall, minister Ada Venn said.") == minister

    def test_of_two_with_one_name_and_other_kinds_neither_is_guessed(self, source_of):
        for kind in (SourceKind.WITNESS, SourceKind.MINISTER):
            rows.source("Ada Venn", kind=kind)
        found = source_of("Rain will fall, Ada Venn said.")
        assert found.article is not None
        assert Source.objects.known().count() == 2

    def test_two_sources_with_one_alias_are_not_guessed_either(self, source_of):
        for name in ("Adelheid Venn", "Adamus Venn"):
            Alias.objects.create(source=rows.source(name, kind=SourceKind.OTHER), name="Ada Venn")
        found = source_of("Rain will fall, Ada Venn said.")
        assert found.name == "Ada Venn"
        assert found.article is not None

    def test_one_person_is_one_source_within_an_article(self, source_of):
        found = source_of("Rain will fall, Ada Venn said.\n\nSnow will fall, Ada Venn said.")
        assert found.claims.count() == 2


class TestWithoutAName:
    @pytest.mark.parametrize("who", ["officials", "the police", "Venn"])
    def test_those_of_two_articles_are_two_sources(self, source_of, who):
        first, second = (source_of(f"{what} will fall, {who} said.") for what in ("Rain", "Snow"))
        assert first != second
        assert first.name == second.name
        assert first.article != second.article

    def test_a_known_source_of_that_name_is_not_taken_for_them(self, source_of):
        known = rows.source("officials", kind=SourceKind.OFFICIAL)
        assert source_of("Rain will fall, officials said.") != known
