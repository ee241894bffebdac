"""A draft report is visible only to its creator and to chief editors: for anyone else it does not exist."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from claims.actions import discard_report, draft_report, publish_report, rename_report
from claims.models import Report
from claims.queries.reports.editions import edition_of
from claims.web.access import is_met, need_of
from tests.actions.database import everything

PAGES = ["report", "report-page", "report-file"]
CLAIM_ACTION_FORMS = ["publish", "rename", "discard", "show", "withdraw"]


@pytest.fixture
def draft(editor, article) -> Report:
    return draft_report(actor=editor, title="Bridges of May", article=article)


@pytest.fixture
def other(editor) -> User:
    """Another editor."""
    user = User.objects.create_user("otto", is_staff=True)
    user.groups.set(editor.groups.all())
    return user


@pytest.fixture(params=["other", "reader"])
def stranger(request) -> User:
    """Who did not make the draft and publishes none."""
    return request.getfixturevalue(request.param)


def _browser(user: User) -> Client:
    browser = Client()
    browser.force_login(user)
    return browser


def _address(name: str, report: Report) -> str:
    return reverse(name, args=[report.pk, "csv"] if name == "report-file" else [report.pk])


def _answers(user: User, report: Report) -> dict[str, int]:
    browser = _browser(user)
    return {name: browser.get(_address(name, report)).status_code for name in PAGES}


def _listed(user: User) -> bool:
    return "Bridges of May" in _browser(user).get(reverse("reports")).content.decode()


def test_nobody_else_sees_it(draft, stranger):
    assert _answers(stranger, draft) == dict.fromkeys(PAGES, 404)
    assert not _listed(stranger)


@pytest.mark.parametrize("who", ["editor", "chief"])
def test_its_drafter_and_chiefs_see_it(request, draft, who):
    user = request.getfixturevalue(who)
    assert _answers(user, draft) == dict.fromkeys(PAGES, 200)
    assert _listed(user)


def test_nobody_else_does_anything_to_it(draft, stranger):
    browser = _browser(stranger)
    before = everything()
    for action in CLAIM_ACTION_FORMS:
        answer = browser.post(reverse(f"{action}-report", args=[draft.pk]), {"title": "Mine"})
        may = is_met(need_of(f"{action}-report", {}), stranger)
        assert answer.status_code == (404 if may else 403), action
    assert everything() == before


def test_the_actions_hold_it_too(draft, other):
    with pytest.raises(Report.DoesNotExist):
        edition_of(actor=other, report=draft)
    with pytest.raises(Report.DoesNotExist):
        rename_report(actor=other, report_id=draft.pk, title="Mine")
    with pytest.raises(Report.DoesNotExist):
        discard_report(actor=other, report_id=draft.pk)
    assert Report.objects.get() == draft


def test_published_everybody_sees_it(draft, chief, stranger):
    seen = edition_of(actor=chief, report=draft).digest
    publish_report(actor=chief, report_id=draft.pk, seen=seen)
    assert _answers(stranger, draft) == dict.fromkeys(PAGES, 200)
    assert _listed(stranger)


def test_a_chief_discards_it(draft, chief):
    discard_report(actor=chief, report_id=draft.pk)
    assert not Report.objects.exists()
