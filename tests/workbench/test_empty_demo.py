"""A demo without a life, and the errors if the life names something that does not exist."""

from datetime import date

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from claims.extraction import extract
from claims.models import Article
from workbench.demo import script
from workbench.demo.desk import Desk, NotFoundError
from workbench.demo.newsroom import SEEDS, make_newsroom
from workbench.demo.player import LifeError, play


def test_an_empty_demo_has_an_account_of_each_role_and_says_what_to_do_first(db, client):
    accounts = make_newsroom(say=lambda _line: None, empty=True)
    roles = [line.split("\t")[1] for line in accounts.splitlines()]
    assert roles == ["reader", "editor", "chief", "administrator"]
    assert not Article.objects.exists()
    client.force_login(User.objects.get(username="editor"))
    page = client.get(reverse("dashboard")).content.decode()
    assert "Start with an article" in page
    assert reverse("new-article") in page


def test_the_step_and_what_it_looked_for_are_named(db, tmp_path):
    people = {
        one.name[0]: User.objects.create(username=one.username, is_superuser=True)
        for one in script.people()
    }
    with pytest.raises(
        LifeError, match=r"bridge\.toml, 1 Wed 13:10: Odile, receive: .*bridge-closure"
    ):
        play(people, seeds=tmp_path, today=date(2026, 4, 30), say=print, split=extract)


def test_words_that_no_claim_or_several_have_are_named(article):
    desk = Desk(SEEDS, extract, articles={"olm": article})
    assert desk.claim("olm", "cracks in two pillars")
    with pytest.raises(NotFoundError, match="no claim of “olm” has the words “a whale”"):
        desk.claim("olm", "a whale")
    with pytest.raises(NotFoundError, match=r"more than one claim of “olm”"):
        desk.claim("olm", "e")
