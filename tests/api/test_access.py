"""Who may use which operation: every operation, by each role and with each scope."""

from typing import Any

import pytest
from django.contrib.auth.models import Group, User

from claims.access import Role
from claims.actions import create_token
from claims.api.access import NEEDS
from claims.api.application import api
from claims.choices import TokenScope
from tests.api.conftest import Program, program_of

LEAST = {
    Role.READER: {
        "get_account",
        "list_articles",
        "get_article",
        "list_revisions",
        "list_claims",
        "get_claim",
        "list_decisions",
        "list_evidence",
        "list_matches",
        "get_evidence_file",
        "list_captures",
        "get_capture_file",
        "list_sources",
        "get_source",
        "list_reports",
        "get_report",
        "get_report_file",
        "create_export",
        "get_export",
        "get_export_file",
        "list_saved_filters",
        "search",
        "match",
    },
    Role.EDITOR: {
        "create_article",
        "create_article_from_file",
        "add_revision",
        "list_inbox",
        "get_inbox_item",
        "accept_inbox_item",
        "discard_inbox_item",
        "update_claim",
        "decide_claim",
        "add_evidence",
        "add_evidence_file",
        "remove_evidence",
        "capture_document",
        "create_source",
        "create_report",
        "discard_report",
        "split",
    },
    Role.CHIEF: {"publish_report"},
}
"""The least role that may use each operation."""

OPEN = {"get_token"}
"""What needs no token."""


def operations() -> dict[str, tuple[str, str]]:
    """Method and path of each operation, by its id; an id of something that is not there stands in the path."""
    return {
        operation["operationId"]: (
            method.upper(),
            path.removeprefix("/api/v1").replace("{pk}", "1").replace("{key}", "json"),
        )
        for path, methods in api.get_openapi_schema()["paths"].items()
        for method, operation in methods.items()
    }


def asked(program: Program, name: str) -> Any:
    """The answer to an operation that is sent nothing: refused, or else told what is missing."""
    return program.ask(*operations()[name], seen=1)


def account(role: Role | None) -> User:
    user = User.objects.create_user(f"a {role}")
    if role:
        user.groups.set([Group.objects.get(name=role)])
    return user


def test_each_operation_has_its_row_and_each_row_an_operation():
    assert operations().keys() - OPEN == NEEDS.keys() == set().union(*LEAST.values())


def test_nobody_may_do_anything_without_a_token(db):
    for name in NEEDS:
        answer = asked(Program(), name)
        assert (answer.status_code, answer.json()["code"]) == (401, "no-valid-token"), name


@pytest.mark.parametrize("role", [None, *LEAST])
def test_each_role_may_do_its_own_and_no_more(db, role, settings):
    settings.API_REQUESTS_PER_MINUTE = 1000
    program = program_of_any(account(role))
    allowed: set[str] = {"get_account"}
    for one, names in LEAST.items():
        if role and list(LEAST).index(one) <= list(LEAST).index(role):
            allowed |= names
    for name in NEEDS:
        answer = asked(program, name)
        assert answer.status_code < 500, name
        refused = answer.status_code == 403
        assert refused == (name not in allowed), (name, answer.content)


def program_of_any(user: User) -> Program:
    """A program of an account that may have no role, and so could not create a token itself."""
    boss = User.objects.create_superuser(f"boss of {user.pk}")
    return Program(create_token(actor=boss, owner=user, name="x", scopes=TokenScope.values)[1])


@pytest.mark.parametrize("scope", TokenScope)
def test_each_scope_opens_its_own_and_no_more(chief, scope):
    program = program_of(chief, [scope])
    for name, need in NEEDS.items():
        refused = asked(program, name).status_code == 403
        assert refused == (need.scope != scope), name


def test_who_is_refused_does_not_learn_whether_a_thing_is_there(reader, claim):
    program = program_of(reader)
    for pk in (claim.pk, 999_999):
        answer = program.ask("PATCH", f"/claims/{pk}", {"checkable": False}, seen=1)
        assert (answer.status_code, answer.json()["code"]) == (403, "not-allowed")


def test_an_error_of_the_server_is_a_problem_too(program, monkeypatch):
    def fail(*_args, **_kwargs):
        raise RuntimeError

    monkeypatch.setattr("claims.api.routes.archive.seen_proposals", fail)
    answer = program.post("/match", {"text": "The dam is safe."})
    assert answer.status_code == 500
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["code"] == "server-error"
