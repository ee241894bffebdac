"""The data entry menu: described groups, and nothing that looks like a list of database tables."""

import re

import pytest
from django.contrib import admin as django_admin
from django.contrib.auth.models import User
from django.urls import reverse

from claims.admin.menu import MENU, REACHED_OTHERWISE
from claims.models import Source

pytestmark = pytest.mark.ignore_template_errors
"""Django's own admin templates use variables that are not always set."""

GROUPS = [
    "Sources and outlets",
    "Articles",
    "Feeds and files",
    "Newsroom",
    "Logs",
    "Background work",
]


@pytest.fixture
def root(client, db):
    client.force_login(User.objects.create_superuser("root", password="correct horse"))
    return client


def index(client) -> str:
    return client.get(reverse("admin:index")).content.decode()


def headings(page: str) -> list[str]:
    return re.findall(r"<h2[^>]*>([^<]+)</h2>", page)


class TestGroups:
    def test_an_administrator_sees_all_six_in_order(self, root):
        assert headings(index(root)) == GROUPS

    def test_others_see_those_in_which_they_may_read_something(self, client, editor):
        client.force_login(editor)
        page = index(client)
        assert headings(page) == [group for group in GROUPS if group != "Background work"]
        assert "Failed logins" not in page
        assert "Users" not in page

    def test_each_entry_says_what_is_inside(self, root):
        page = index(root)
        for group in MENU.values():
            for model, about in group.entries.items():
                address = reverse(
                    f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist"
                )
                assert f'<a href="{address}">' in page
                assert str(about) in page

    def test_every_record_is_an_entry_or_reached_otherwise(self):
        entries = [model for group in MENU.values() for model in group.entries]
        assert {*entries, *REACHED_OTHERWISE} == set(django_admin.site._registry)
        assert len(entries) == len(set(entries))
        assert not set(entries) & set(REACHED_OTHERWISE)

    def test_no_page_names_an_app_of_django(self, root, claim):
        for name in ("index", "claims_source_changelist", "auth_user_changelist"):
            page = root.get(reverse(f"admin:{name}")).content.decode()
            assert "Authentication and Authorization" not in page
            assert "/admin/claims/&quot;" not in page
            assert 'href="/admin/claims/"' not in page
        assert headings(root.get("/admin/claims/").content.decode()) == GROUPS

    def test_it_stands_beside_the_lists_with_the_current_one_marked(self, admin):
        page = admin.get(reverse("admin:claims_outlet_changelist")).content.decode()
        assert re.findall(r"<caption>([^<]+)</caption>", page)[: len(GROUPS)] == GROUPS
        assert re.findall(r'aria-current="page">([^<]+)<', page) == ["Outlets"]

    def test_what_one_entered_last_is_below_it(self, admin, chief):
        assert "Your latest entries" not in index(admin)
        admin.post(reverse("admin:claims_tag_add"), {"name": "Budget"})
        page = index(admin)
        assert headings(page)[-1] == "Your latest entries"
        assert "Budget" in page


class TestPlaces:
    """The breadcrumbs of a page."""

    def place(self, page) -> list[str]:
        found = re.search(r'<div class="breadcrumbs">(.*?)</div>', page.content.decode(), re.DOTALL)
        words = re.sub(r"<[^>]+>", "", found[1])
        return [
            " ".join(word.split())
            for word in words.split("\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}")
        ]

    @pytest.fixture
    def source(self, db) -> Source:
        return Source.objects.create(name="Ada Venn", kind="minister")

    @pytest.mark.parametrize(
        ("verb", "place"),
        [
            ("changelist", ["Data entry", "Sources"]),
            ("add", ["Data entry", "Sources", "Add source"]),
            ("import", ["Data entry", "Sources", "Import"]),
            ("change", ["Data entry", "Sources", "Ada Venn"]),
            ("delete", ["Data entry", "Sources", "Ada Venn", "Delete"]),
            ("history", ["Data entry", "Sources", "Ada Venn", "Change history: Ada Venn"]),
        ],
    )
    def test_of_a_source(self, admin, source, verb, place):
        names = [source.pk] if verb in {"change", "delete", "history"} else []
        assert self.place(admin.get(reverse(f"admin:claims_source_{verb}", args=names))) == place

    def test_an_earlier_state(self, admin, source):
        earlier = reverse(
            "admin:claims_source_simple_history", args=[source.pk, source.history.get().pk]
        )
        assert self.place(admin.get(earlier))[:3] == ["Data entry", "Sources", "Ada Venn"]


def test_a_list_is_headed_by_what_it_lists(admin):
    page = admin.get(reverse("admin:claims_source_changelist")).content.decode()
    assert "<h1>Sources</h1>" in page
    assert "<title>Sources · Claim Workbench</title>" in page
