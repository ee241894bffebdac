"""Pages of other sites in the form of new articles, by a bookmarklet or by the share menu of a phone."""

import html
import json

import pytest
from django.contrib.staticfiles import finders
from django.urls import reverse

from claims.models import Article, IntakeItem

PAGE = "https://courier.example.org/ferry?a=1&b=2"
TEXT = "The ferry will sail on Monday, officials said.\n\nNobody had expected it."


def form_of(desk, **shared: str) -> str:
    page = desk.get(reverse("new-article"), shared)
    assert page.status_code == 200
    assert not IntakeItem.objects.exists()
    assert not Article.objects.exists()
    return html.unescape(page.content.decode())


def field(page: str, name: str) -> str:
    """What a text area holds."""
    return page.partition(f'name="{name}"')[2].partition(">")[2].partition("</textarea>")[0].strip()


def test_a_page_without_a_selection_is_to_be_fetched(desk):
    page = form_of(desk, title="Ferry", url=PAGE, text="")
    assert field(page, "address") == PAGE
    assert field(page, "text") == ""
    assert "Nothing has been fetched yet" in page


def test_what_was_selected_becomes_the_text_with_its_address(desk):
    page = form_of(desk, title="Ferry", url=PAGE, text=TEXT)
    assert (field(page, "address"), field(page, "text")) == ("", TEXT)
    assert f'value="{PAGE}"' in page
    assert 'value="Ferry"' in page


@pytest.mark.parametrize("text", [PAGE, f"Ferry sails again {PAGE}"])
def test_an_address_within_a_shared_text_is_to_be_fetched(desk, text):
    page = form_of(desk, text=text)
    assert (field(page, "address"), field(page, "text")) == (PAGE, "")


def test_without_anything_shared_the_form_is_empty(desk):
    page = form_of(desk, title="Ferry")
    assert (field(page, "address"), field(page, "text")) == ("", "")
    assert 'role="status">The' not in page


def test_markup_that_is_shared_is_no_markup_here(desk):
    page = desk.get(reverse("new-article"), {"url": "</textarea><script>x", "text": ""})
    assert "<script>x" not in page.content.decode()


def test_whoever_has_not_logged_in_comes_back_to_the_filled_form(client, editor):
    asked = client.get(reverse("new-article"), {"url": PAGE, "text": TEXT})
    assert asked.status_code == 302
    editor.set_password("Quay-Olm-7721")
    editor.save()
    login = {"username": editor.username, "password": "Quay-Olm-7721"}
    answer = client.post(asked["Location"], login, follow=True)
    assert field(html.unescape(answer.content.decode()), "text") == TEXT


def test_the_manifest_offers_the_form_and_icons_that_are_there(client):
    answer = client.get(reverse("manifest"))
    assert answer["Content-Type"] == "application/manifest+json"
    told = json.loads(answer.content)
    assert told["share_target"]["action"] == reverse("new-article")
    assert set(told["share_target"]["params"].values()) == {"title", "text", "url"}
    for icon in told["icons"]:
        assert finders.find(icon["src"].removeprefix("/static/")), icon
    assert told["theme_color"] in client.get(reverse("login")).content.decode()


def test_the_policy_lets_browsers_read_the_manifest(client):
    assert "manifest-src 'self'" in client.get(reverse("login"))["Content-Security-Policy"]


def test_the_link_to_drag_names_this_desk(desk):
    page = html.unescape(desk.get(reverse("bookmarklet")).content.decode())
    script = page.partition('href="javascript:')[2].partition('"')[0]
    assert script.startswith("(()=>")
    assert f"http://testserver{reverse('new-article')}" in page
