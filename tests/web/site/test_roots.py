"""The addresses that browsers and search engines request on every site."""

import pytest
from django.contrib.staticfiles import finders
from django.urls import reverse

pytestmark = pytest.mark.django_db


def test_the_icon_is_found_under_its_old_name(client):
    answer = client.get("/favicon.ico")
    assert answer.status_code == 302
    assert finders.find(answer["Location"].removeprefix("/static/")) is not None
    assert "max-age" in answer["Cache-Control"]


def test_search_engines_may_look_at_the_public_pages_alone(client, settings):
    settings.PUBLIC_URL = "https://desk.example.org"
    answer = client.get("/robots.txt")
    assert answer["Content-Type"].startswith("text/plain")
    assert answer.content.decode().splitlines() == [
        "User-agent: *",
        "Disallow: /published/*?q=",
        "Disallow: /published/*/card/",
        f"Allow: {reverse('public-reports')}",
        "Allow: /static/",
        "Disallow: /",
        f"Sitemap: https://desk.example.org{reverse('public-sitemap')}",
    ]


def test_where_nothing_is_public_search_engines_may_look_at_nothing(client, settings):
    settings.PUBLIC_URL = ""
    answer = client.get("/robots.txt")
    assert answer.content.decode().splitlines() == ["User-agent: *", "Disallow: /"]
