"""The production settings."""

import pytest

from tests.management.commands import SECRET_KEY, environment, manage


def test_without_a_secret_key_it_says_so_in_one_line():
    done = manage("check", env=environment())
    assert done.returncode == 78
    assert done.stdout == ""
    (line,) = done.stderr.splitlines()
    assert "SECRET_KEY" in line


def test_it_is_ready_to_deploy_with_a_secret_key_and_its_hosts():
    env = environment(SECRET_KEY=SECRET_KEY, ALLOWED_HOSTS="desk.example.org")
    done = manage("check", "--deploy", "--fail-level", "WARNING", env=env)
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({}, {"DEBUG = False", "SESSION_COOKIE_AGE = 43200"}),
        (
            {"DEBUG": "on", "SESSION_IDLE_MINUTES": "30"},
            {"DEBUG = True", "SESSION_COOKIE_AGE = 1800"},
        ),
    ],
)
def test_debug_and_the_idle_limit_are_as_the_environment_says(variables, expected):
    done = manage("diffsettings", "--all", env=environment(SECRET_KEY=SECRET_KEY, **variables))
    lines = {line.removeprefix("### ").strip() for line in done.stdout.splitlines()}
    assert expected <= lines, done.stderr
