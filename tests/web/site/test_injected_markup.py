"""What people type stays text on the admin's pages, too: no element, attribute or link of theirs is in what is sent."""

import pytest
from django.contrib.auth.models import User
from lxml import html

from tests.web import walk
from tests.web.site.injected import newsroom_of_scripts

INJECTED = (
    "//*[@data-injected] | //*[@onerror] | //script[starts-with(normalize-space(.), 'injected()')]"
    " | //*[starts-with(translate(normalize-space(@href), 'JAVSCRIPT', 'javscript'), 'javascript:')]"
)


# Django's own pages ask for variables that are not there.
@pytest.mark.ignore_template_errors
def test_no_page_of_the_admin_holds_markup_that_people_typed(
    client, settings, tmp_path, monkeypatch, db
):
    newsroom_of_scripts(settings, tmp_path, monkeypatch)
    client.force_login(User.objects.get(username="maker"))
    seen, wrong = 0, {}
    for address, _model, _verb in walk.of_the_admin():
        answer = walk.ask(client, address.path, "GET")
        if not answer.body.lstrip()[:15].lower().startswith((b"<!doctype html", b"<html")):
            continue
        seen += b"data-injected" in answer.body
        found = html.document_fromstring(answer.body).xpath(INJECTED)
        if found:
            wrong[address.path] = [html.tostring(one)[:200] for one in found]
    assert wrong == {}
    assert seen > 50
