"""The list of sources."""

import re

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from claims.actions import merge_sources
from claims.choices import SourceKind
from claims.models import Alias, Source
from claims.web.components import paging
from tests.models import rows
from tests.web.sources.pages import MINISTER, text_of


def test_a_page_shows_all_its_rows(desk):
    names = [f"Ada Venn {number:02}" for number in range(40)]
    for name in names:
        rows.source(name, kind=MINISTER)
    text = text_of(desk.get(reverse("sources")))
    assert re.findall(r'class="name" href="[^"]*"><bdi>([^<]*)', text) == names
    assert 'rel="next"' not in text


def test_columns_that_no_source_on_the_page_fills_are_left_out(desk, venn):
    def heads() -> list[str]:
        text = text_of(desk.get(reverse("sources")))
        return re.findall(r'<th [^>]*scope="col"[^>]*>\s*(?:<a[^>]*>)?(\w+)', text)

    assert heads() == ["Name", "Kind", "Organisation", "Country", "Claims"]
    Source.objects.update(organisation="")
    assert heads() == ["Name", "Kind", "Country", "Claims"]
    Source.objects.update(country="")
    assert heads() == ["Name", "Kind", "Claims"]


class TestList:
    def names(self, desk, **asked) -> list[str]:
        table = desk.get(reverse("sources"), asked).context["table"]
        return [row.source.name for row in table.data]

    def test_it_shows_who_they_are_and_how_much_they_said(self, desk, venn, said):
        for _claim in range(3):
            said(venn)
        page = desk.get(reverse("sources"))
        text = text_of(page)
        assert all(words in text for words in ("Ada Venn", "Minister", "Ministry", "Ostrey"))
        assert [row.claims_made for row in page.context["table"].data] == [3]

    def test_by_name_in_both_directions(self, desk):
        for name in ("Bo Tarn", "Ada Venn", "Cy Orr"):
            rows.source(name)
        names = ["Ada Venn", "Bo Tarn", "Cy Orr"]
        assert self.names(desk) == self.names(desk, sort="name") == names
        assert self.names(desk, sort="-name") == names[::-1]

    def test_by_the_beginning_of_a_name_or_alias(self, desk, venn):
        other = rows.source("Bo Tarn", kind=SourceKind.WITNESS)
        Alias.objects.create(source=other, name="Vennel")
        rows.source("Cy Orr")
        assert self.names(desk, name="venn") == ["Ada Venn", "Bo Tarn"]
        assert self.names(desk, name="venn", kind=SourceKind.WITNESS) == ["Bo Tarn"]
        assert self.names(desk, kind=MINISTER) == ["Ada Venn"]

    def test_with_a_name_of_their_own_or_of_one_article(self, desk, venn, article):
        rows.source("Zed officials", article=article)
        assert "Zed officials" not in self.names(desk, named="yes", name="zed")
        assert self.names(desk, named="no", name="zed") == ["Zed officials"]

    def test_whoever_was_merged_is_not_listed(self, desk, editor, venn):
        merge_sources(actor=editor, source=rows.source("A. Venn"), into=venn)
        assert self.names(desk) == ["Ada Venn"]
        assert self.names(desk, name="A. Venn") == ["Ada Venn"]

    def test_a_mistyped_filter_shows_the_list(self, desk, venn):
        assert self.names(desk, kind="nobody", named="perhaps", page="") == ["Ada Venn"]

    def test_nothing_found_says_so_and_leads_back(self, desk, venn):
        assert "No sources match" in text_of(desk.get(reverse("sources"), {"name": "x"}))

    def test_an_empty_list_says_what_to_do(self, desk):
        assert "There are no sources yet" in text_of(desk.get(reverse("sources")))

    @pytest.mark.parametrize("sort", ["name", "-name"])
    def test_every_source_is_on_exactly_one_page(self, desk, monkeypatch, sort):
        monkeypatch.setattr(paging, "PER_PAGE", 3)
        for number in range(8):
            rows.source(f"Source {number // 2}", kind=SourceKind.values[number])
        seen, place = [], None
        for _page in range(5):
            query = {"sort": sort} | ({"page": place} if place else {})
            table = desk.get(reverse("sources"), query).context["table"]
            seen += [source.pk for source in table.data]
            place = table.keyset.next
            if not place:
                break
        assert sorted(seen) == sorted(Source.objects.values_list("pk", flat=True))

    def test_the_number_of_queries_is_fixed(self, count, venn, said):
        few = count(reverse("sources"))
        for number in range(20):
            source = rows.source(f"Source {number}")
            Alias.objects.create(source=source, name=f"Alias {number}")
            said(source)
        assert count(reverse("sources")) == few
        assert count(reverse("sources") + "?name=a") == few

    def test_who_may_see_no_source_sees_none(self, client, db):
        client.force_login(User.objects.create_user("nobody"))
        assert client.get(reverse("sources")).status_code == 403
