"""The field for a claim's source: what it offers, and the claims that a new source is for."""

import json

import pytest
from django.urls import reverse

from claims.choices import SourceKind
from claims.models import Change, Claim, Source
from tests.conftest import claims_of
from tests.models import rows


def offered(desk, article, typed: str) -> str:
    address = reverse("source-choices", args=[article.pk])
    return desk.get(address, {"name": typed}).content.decode()


def send(desk, claim: Claim, **fields: str):
    typed = {"version": Claim.objects.get(pk=claim.pk).version, "role": claim.role, **fields}
    return desk.post(reverse("change-claim", args=[claim.pk, "source"]), typed)


class TestOffered:
    def test_a_known_source_says_its_kind_its_role_and_how_much_it_claims(self, desk, article):
        page = " ".join(offered(desk, article, "ven").split())
        number = Claim.objects.filter(source__name="Ada Venn").count()
        for words in ("Ada Venn", "Minister", "the transport minister", f"{number} claims"):
            assert words in page

    def test_a_new_name_can_become_a_source_of_any_kind(self, desk, article):
        page = offered(desk, article, " Dorian  <Vell> ")
        assert "Create “Dorian &lt;Vell&gt;” as …" in page
        kinds = [page.index(f'data-kind="{kind}"') for kind in SourceKind.values]
        assert min(kinds) == page.index('data-kind="other"')

    def test_a_known_name_is_not_offered_anew(self, desk, article):
        assert "Create" not in offered(desk, article, "ada venn")
        assert "Create" not in offered(desk, article, "")


class TestOptions:
    """What is offered while the name of a source is typed."""

    @pytest.fixture
    def options(self, desk):
        def options(**typed: str) -> list[str]:
            answer = desk.get(reverse("source-options"), typed)
            return [source.name for source in answer.context["sources"]]

        return options

    def test_the_first_twelve_whose_names_begin_so(self, options):
        for number in range(13):
            rows.source(f"Dorian Vell {number:02}")
        assert options(name=" dorian   VELL ") == [f"Dorian Vell {n:02}" for n in range(12)]

    @pytest.mark.parametrize(
        ("typed", "found"),
        [
            ({"name": "dor"}, ["Dorian Vell"]),
            ({"source": "dor"}, ["Dorian Vell"]),
            ({"name": "dor", "source": "ada"}, ["Dorian Vell"]),
            ({"name": "", "source": "dor"}, ["Dorian Vell"]),
            ({"name": "vorian"}, []),
            ({"name": " "}, []),
            ({}, []),
        ],
    )
    def test_only_once_something_is_typed(self, options, typed, found):
        rows.source("Dorian Vell")
        assert options(**typed) == found


class TestScopes:
    @pytest.fixture
    def boats(self, article) -> Claim:
        return next(claim for claim in claims_of(article) if "boats" in claim.quote)

    def _page(self, desk, claim: Claim) -> str:
        return " ".join(
            desk.get(claim.revision.article.get_absolute_url(), {"claim": claim.pk})
            .content.decode()
            .split()
        )

    def test_a_claim_says_how_many_others_stand_in_its_sentence_and_have_its_source(
        self, desk, article, boats
    ):
        page = self._page(desk, boats)
        assert 'All claims of this sentence <span class="number">2</span>' in page
        first = self._page(desk, claims_of(article)[0])
        assert "All claims of this sentence" not in first
        number = Claim.objects.filter(source__name="Ada Venn").count()
        assert (
            f'All claims by Ada Venn in this article <span class="number">{number}</span>' in first
        )

    def test_the_choice_is_saved_for_all_of_them_and_shown_in_the_text_and_the_queue(
        self, desk, article, boats
    ):
        piers = next(claim for claim in claims_of(article) if "piers" in claim.quote)
        others = json.dumps({piers.pk: piers.source_id})
        page = desk.post(
            reverse("change-claim", args=[boats.pk, "source"]),
            {"version": 1, "name": "Bo Tarn", "kind": "witness", "others": others},
            headers={"HX-Request": "true"},
        ).content.decode()
        assert page.count('class="row__source">Bo Tarn<') == 2
        assert "Changed the source · 2 claims" in " ".join(page.split())
        assert Change.objects.get().claims.count() == 2

    def test_all_claims_of_the_speaker_are_meant_by_one_word(self, desk, article, claims):
        speaker = Claim.objects.filter(source=claims[0].source_id)
        number = speaker.count()
        send(desk, claims[0], name="Bo Tarn", kind="witness", others="speaker")
        assert not speaker.exists()
        assert Claim.objects.filter(source__name="Bo Tarn").count() == number

    @pytest.mark.parametrize(
        "others",
        [
            "[1]",
            '{"x": 1}',
            '{"1": "x"}',
            "7",
            "{",
            '{"1": 1e999}',
            '{"99999999999999999999": null}',
            '{"987654": null}',
            "[" * 100_000,
        ],
    )
    def test_what_is_no_such_choice_is_refused(self, desk, boats, others):
        assert send(desk, boats, name="Bo Tarn", others=others).status_code == 400
        assert not Change.objects.exists()


class TestKind:
    def test_a_name_without_a_kind_is_the_source_that_is_known(self, desk, article, claims):
        known = Source.objects.create(name="Bo Tarn", kind=SourceKind.WITNESS)
        send(desk, claims[0], name="bo tarn", kind="")
        claims[0].refresh_from_db()
        assert claims[0].source == known

    def test_a_new_name_without_a_kind_is_other(self, desk, claims):
        send(desk, claims[0], name="Bo Tarn", kind="")
        assert Source.objects.get(name="Bo Tarn").kind == SourceKind.OTHER

    def test_another_kind_of_a_known_name_is_another_source(self, desk, claims):
        known = Source.objects.create(name="Bo Tarn", kind=SourceKind.WITNESS)
        send(desk, claims[0], name="Bo Tarn", kind="expert")
        claims[0].refresh_from_db()
        assert (claims[0].source.kind, known.kind) == (SourceKind.EXPERT, SourceKind.WITNESS)


class TestFilter:
    def test_the_panel_leads_to_the_claims_of_its_source_alone_and_back(
        self, desk, article, claims
    ):
        source = claims[0].source_id
        page = desk.get(article.get_absolute_url(), {"show": "pending"}).content.decode()
        there = f"{article.get_absolute_url()}?claim={claims[0].pk}&amp;show=pending"
        assert f'href="{there}&amp;source={source}" aria-keyshortcuts="o"' in page
        page = desk.get(
            article.get_absolute_url(), {"show": "pending", "source": source}
        ).content.decode()
        assert f'href="{there}" aria-keyshortcuts="o"' in page
        assert "governor" not in page
        assert f"Claim 1 of {Claim.objects.filter(source=source).count()}" in page

    def test_a_verdict_goes_on_to_the_next_claim_of_the_source(self, desk, article, claims):
        source = claims[0].source_id
        mine = [claim for claim in claims if claim.source_id == source]
        answer = desk.post(
            f"{reverse('decide', args=[mine[0].pk])}?source={source}",
            {"version": 1, "verdict": "verified"},
        )
        assert answer["Location"].endswith(f"?claim={mine[1].pk}&source={source}")

    def test_every_source_of_the_article_is_named_with_its_claims(self, desk, article):
        page = " ".join(desk.get(article.get_absolute_url()).content.decode().split())
        assert "?source=none" in page
        assert "The article's own voice" in page
