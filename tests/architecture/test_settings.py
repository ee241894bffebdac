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


@pytest.mark.parametrize(("variables", "debug"), [({}, "False"), ({"DEBUG": "on"}, "True")])
def test_debug_is_off_unless_asked_for(variables, debug):
    done = manage("diffsettings", "--all", env=environment(SECRET_KEY=SECRET_KEY, **variables))
    lines = done.stdout.splitlines()
    assert any(line.endswith(f"DEBUG = {debug}") for line in lines), done.stderr
