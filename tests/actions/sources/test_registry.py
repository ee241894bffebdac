"""The sources of an article's speakers: shared across articles, or the article's own."""

import itertools
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from claims.actions import create_source, enter_record, import_article, mark_distinct, merge_sources
from claims.actions.sources.registry import _NEWEST, SourceRegistry, follow_merges
from claims.choices import SourceKind
from claims.errors import InvalidValueError
from claims.extraction.types import Speaker
from claims.ingest.types import ArticleDraft
from claims.models import Alias, Claim, Source
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

    @pytest.mark.parametrize("turned", [False, True])
    def test_of_two_with_one_alias_in_an_article_the_first_by_name_speaks(self, editor, turned):
        at = rows.article(editor)
        names = ["Union of Ferry Pilots", "Association of Harbour Pilots"]
        for name in reversed(names) if turned else names:
            known = rows.source(name, article=at, kind=SourceKind.ORGANISATION)
            Alias.objects.create(source=known, name="the pilots")
        pilots = Speaker("the pilots", "organisation", "", "the pilots", False)
        found = SourceRegistry(actor=editor).resolve(pilots, at)
        assert found.name == "Association of Harbour Pilots"


class TestBareSurnames:
    """“Venn” is Ada Venn only where it can be nobody else."""

    @pytest.fixture
    def ada(self, editor) -> Source:
        """A minister whom an article called the transport minister."""
        known = rows.source("Ada Venn", kind=SourceKind.MINISTER)
        article = rows.article(editor, published_at=timezone.now() - timedelta(days=60))
        at = rows.revision(editor, article=article)
        rows.claim(at, source=known, role="Transport Minister")
        return known

    @pytest.fixture
    def venn(self, editor):
        """Whom the registry takes a bare surname for in a new article."""

        def venn(role="the transport minister", kind="minister", named=True, others=(), **article):
            registry, at = SourceRegistry(actor=editor), rows.article(editor, **article)
            for other in others:
                registry.resolve(Speaker(other, kind, "", other, True), at)
            found = registry.resolve(Speaker("Venn", kind, role, "Venn", named), at)
            registry.save()
            return found

        return venn

    def test_with_the_role_that_another_article_stated_it_is_the_one_known(self, ada, venn):
        assert venn() == ada

    @pytest.mark.parametrize(
        "differs",
        [
            {"role": ""},
            {"role": "minister"},
            {"role": "the deputy transport minister"},
            {"kind": "lawmaker"},
            {"named": False},
            {"published_at": datetime(2020, 1, 1, tzinfo=UTC)},
            {"others": ["Bo Venn"]},
        ],
    )
    def test_whatever_differs_leaves_it_to_an_editor(self, ada, venn, differs):
        found = venn(**differs)
        assert found != ada
        assert found.article is not None

    @pytest.mark.parametrize(("number", "is_known"), [(_NEWEST - 1, True), (_NEWEST, False)])
    def test_only_the_newest_roles_count(self, editor, ada, number, is_known):
        registry, at = SourceRegistry(actor=editor), rows.article(editor)
        known = registry.resolve(Speaker("Ada Venn", "minister", "", "Ada Venn", True), at)
        now = timezone.now()
        registry.remember(
            Claim(source=known, role="the prime minister", listed_at=now) for _ in range(number)
        )
        venn = Speaker("Venn", "minister", "the transport minister", "Venn", True)
        assert (registry.resolve(venn, at) == ada) is is_known

    def test_another_bearer_of_any_kind_leaves_it_to_an_editor(self, ada, venn):
        rows.source("Bo Venn", kind=SourceKind.WITNESS)
        assert venn() != ada

    def test_whom_somebody_told_apart_is_never_taken_for_them_again(self, editor, ada, venn):
        mark_distinct(actor=editor, source=venn(role=""), other=ada)
        assert venn() != ada

    def test_an_imported_article_meets_them(self, editor, ada, source_of):
        Claim.objects.update(role="transport minister")
        assert source_of("Rain will fall, Transport Minister Venn said.") == ada


@pytest.mark.parametrize("turned", [False, True])
def test_new_ones_are_written_in_one_order_whatever_the_order_of_the_speakers(editor, turned):
    registry, at = SourceRegistry(actor=editor), rows.article(editor)
    speakers = [
        Speaker("officials", "police-military", "", "officials", False),
        Speaker("officials", "witness", "", "officials", False),
        Speaker("Venn", "minister", "", "Venn", True),
        Speaker("Zoe Tarn", "witness", "", "Zoe Tarn", True),
    ]
    for speaker in reversed(speakers) if turned else speakers:
        registry.resolve(speaker, at)
    registry.save()
    assert list(Source.objects.order_by("pk").values_list("name", "kind")) == [
        ("Zoe Tarn", "witness"),
        ("officials", "police-military"),
        ("officials", "witness"),
        ("Venn", "minister"),
    ]


class TestMerged:
    def test_a_merge_while_an_article_comes_in_is_followed(self, editor):
        source, into = rows.source("A. Venn"), rows.source("Ada Venn", kind=SourceKind.MINISTER)
        at = rows.revision(editor)
        merge_sources(actor=editor, source=source, into=into)
        claim = rows.claim(at, source=source)
        follow_merges([at])
        claim.refresh_from_db()
        assert claim.source == into
        assert not Claim.objects.with_stale_copies().exists()

    @pytest.mark.parametrize("name", ["A. Venn", "a. venn", "AV"])
    def test_all_names_of_a_merged_source_lead_to_what_it_is_now(self, editor, name):
        source, into = rows.source("A. Venn"), rows.source("Ada Venn", kind=SourceKind.MINISTER)
        enter_record(actor=editor, record=Alias(source=source, name="AV"))
        merge_sources(actor=editor, source=source, into=into)
        speaker = Speaker(name, "organisation", "", name, True)
        assert SourceRegistry(actor=editor).resolve(speaker, rows.article(editor)) == into
        if name != "AV":
            assert (
                create_source(actor=editor, name=name, kind=SourceKind.OTHER, article=None) == into
            )


@pytest.mark.parametrize(("name", "is_one"), [("x" * 300, True), ("x" * 301, False), (" ", False)])
def test_a_name_of_at_most_300_characters_makes_a_source(editor, name, is_one):
    def made() -> Source:
        return create_source(actor=editor, name=name, kind=SourceKind.OTHER, article=None)

    if is_one:
        assert made() == made()
        assert Source.objects.get().name == name
    else:
        with pytest.raises(InvalidValueError, match="at most 300 characters"):
            made()
