"""Blind second checks of a claim whose verdict was taken over: nothing says so to whoever must not know it."""

import re

import pytest
from django.test import Client

from claims.access import Role
from claims.actions import ask_second_check, reword_claim, second_check, take_over_verdict
from claims.choices import Verdict
from claims.models import Change, ChangedClaim, Claim
from tests.actions.matching.conftest import claim_of, earlier, later, match
from tests.conftest import version_of
from tests.models import match_rows
from tests.queries.reports.making import line_of
from tests.web import walk
from tests.web.blind.first_check import account

__all__ = ["earlier", "later", "match"]

TELLS = ("Took over", "taken over", "Bridge register")
"""Words of a claim that took over the verdict of an earlier one."""


@pytest.fixture
def taken(editor, chief, earlier, later, match) -> Claim:
    """A claim that took over the verdict of one that is then to be checked blind."""
    take_over_verdict(actor=editor, match_id=match.pk, **version_of(later))
    ask_second_check(actor=chief, blind=True, **version_of(earlier))
    return later


def _pages(claim: Claim) -> list[str]:
    article = claim.revision.article
    group = Claim.objects.get(pk=claim.pk).group_id
    rows = ChangedClaim.objects.filter(claim=claim)
    return [
        f"/claims/{claim.pk}/history/",
        f"{article.get_absolute_url()}?claim={claim.pk}",
        f"/articles/{article.pk}/history/",
        f"/groups/{group}/",
        f"/admin/claims/claim/{claim.pk}/change/",
        "/admin/claims/change/",
        "/admin/claims/decision/",
        *(f"/admin/claims/change/{row.change_id}/change/" for row in rows),
        *(f"/admin/claims/decision/{one.pk}/change/" for one in claim.decisions.all()),
    ]


def _asked(user, claim: Claim) -> dict[str, str]:
    client = Client()
    client.force_login(user)
    return {path: walk.ask(client, path, "GET").body.decode() for path in _pages(claim)}


# Django's own pages ask for variables that are not there.
@pytest.mark.ignore_template_errors
@pytest.mark.parametrize("role", [Role.EDITOR, Role.CHIEF])
def test_no_page_tells_the_checker_whose_verdict_a_claim_took_over(taken, role):
    told = _asked(account(role), taken)
    for path, page in told.items():
        history = page.partition('data-fold="history"')[2].partition("</details>")[0]
        where = history if "?claim=" in path else page.partition("<main")[2]
        # The words that the list of the admin's filters offers are not about a claim.
        found = where.partition("changelist-filter")[0]
        assert not [word for word in TELLS if word in found], path
        assert 'class="origin' not in page
        assert "Bridge register" not in page


def test_the_group_tells_no_verdict_until_the_check_is_done(taken, earlier, client):
    checker = account(Role.EDITOR)
    client.force_login(checker)
    group = f"/groups/{Claim.objects.get(pk=taken.pk).group_id}/"
    page = client.get(group).content.decode()
    assert "waiting for a blind second check" in page
    assert "badge--disputed" not in page
    assert "The register names eight." not in page
    second_check(
        actor=checker, verdict=Verdict.DISPUTED, reason="I counted eight", **version_of(earlier)
    )
    page = client.get(group).content.decode()
    assert page.count("badge--disputed") == 2
    assert "Took over an earlier verdict" in page


@pytest.mark.ignore_template_errors
def test_who_took_it_over_and_who_decided_first_see_all_of_it(taken, editor, chief):
    for knows in (editor, chief):
        told = _asked(knows, taken)
        assert "Took over an earlier verdict" in told[f"/claims/{taken.pk}/history/"]
        assert str(Change.objects.get(action="take-over").pk) in told["/admin/claims/change/"]


def test_other_claims_keep_their_logs(taken, client, editor):
    other = claim_of(editor, 7)
    reword_claim(actor=editor, statement="Ostrey has ten bridges", **version_of(other))
    client.force_login(account(Role.EDITOR))
    page = client.get(f"/claims/{other.pk}/history/").content.decode()
    assert "Ostrey has ten bridges" in page.partition("<ol")[2]


@pytest.fixture
def passed_on(editor, chief, earlier, later, match) -> Claim:
    """A claim that took over the verdict of one that had taken it over itself, from one that is then checked blind."""
    take_over_verdict(actor=editor, match_id=match.pk, **version_of(later))
    last = claim_of(editor, 5)
    second = match_rows.match(later, last)
    take_over_verdict(actor=editor, match_id=second.pk, **version_of(last))
    ask_second_check(actor=chief, blind=True, **version_of(earlier))
    return last


@pytest.mark.ignore_template_errors
@pytest.mark.parametrize("role", [Role.EDITOR, Role.CHIEF])
def test_nor_does_a_claim_to_which_it_was_passed_on_tell_for_what_its_documents_are(
    passed_on, role, chief
):
    for path, page in _asked(account(role), passed_on).items():
        documents = page.partition('class="evidence"')[2].partition("</ul>")[0]
        assert "Bridge register" not in documents, path
        assert not re.search(r"(For|Against|Context): +Bridge register", page), path
    assert line_of(chief, passed_on).referred == ()
    assert [one.claim for one in line_of(chief, passed_on).earlier] == [
        passed_on.decisions.get().origin.claim_id
    ]
