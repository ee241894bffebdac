"""What HTTP asks of every address: HEAD, methods that are not allowed, and addresses that are not there."""

import pytest

from tests.api.conftest import Program


def test_head_is_answered_like_get_without_the_body(program, claims):
    path = f"/claims/{claims[0].pk}"
    whole, head = (program.ask(method, path) for method in ("GET", "HEAD"))
    assert (head.status_code, head.content) == (200, b"")
    assert head["ETag"] == whole["ETag"]
    assert Program().ask("HEAD", path).status_code == 401


@pytest.mark.parametrize("path", ["/", "/clams", "/claims/1/x", "/claims/1/decisions/2/3"])
def test_an_unknown_address_is_a_problem(program, path):
    for method in ("GET", "POST"):
        answer = program.ask(method, path)
        assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")
        assert answer.json()["code"] == "not-found"


def test_a_method_that_is_not_allowed_is_a_problem_that_names_the_others(program, db):
    answer = program.ask("PUT", "/claims")
    assert (answer.status_code, answer["Content-Type"]) == (405, "application/problem+json")
    assert answer["Allow"] == "GET, HEAD"
    assert answer.json()["code"] == "method-not-allowed"
