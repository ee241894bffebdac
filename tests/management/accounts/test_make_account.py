"""Accounts from the command line."""

from io import StringIO

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.urls import reverse

from claims.access import Role
from claims.actions import workbench_account

pytestmark = pytest.mark.django_db


def _make(username: str, *options: str) -> list[str]:
    said = StringIO()
    call_command("make_account", username, *options, stdout=said)
    (line,) = said.getvalue().splitlines()
    return line.split("\t")


@pytest.mark.parametrize("role", Role.values)
def test_the_password_it_prints_logs_in(client, role):
    name, printed, password = _make("nina", f"--role={role}")
    assert (name, printed) == ("nina", role)
    answer = client.post(reverse("login"), {"username": "nina", "password": password})
    assert answer.status_code == 302
    assert client.get(reverse("articles")).status_code == 200


def test_an_editor_is_what_one_gets_without_asking():
    _make("nina")
    assert [group.name for group in User.objects.get(username="nina").groups.all()] == ["editor"]


def test_an_account_that_exists_is_left_alone():
    _make("nina", "--role=chief")
    before = User.objects.values().get(username="nina")
    with pytest.raises(CommandError, match="--reset-password"):
        _make("nina", "--role=reader")
    assert User.objects.values().get(username="nina") == before
    assert [group.name for group in User.objects.get(username="nina").groups.all()] == ["chief"]


@pytest.mark.parametrize(("options", "role"), [((), "chief"), (("--role=reader",), "reader")])
def test_unless_it_is_to_have_a_new_password(client, options, role):
    _name, _role, old = _make("nina", "--role=chief")
    _name, told, new = _make("nina", "--reset-password", *options)
    assert told == role
    assert [group.name for group in User.objects.get(username="nina").groups.all()] == [role]
    assert not client.login(username="nina", password=old)
    assert client.login(username="nina", password=new)


def test_no_new_password_for_nobody():
    with pytest.raises(CommandError, match="There is no account “nina”"):
        _make("nina", "--reset-password")
    assert not User.objects.filter(username="nina").exists()


def test_it_is_logged_in_the_command_lines_name():
    _make("nina")
    entry = LogEntry.objects.get()
    assert (entry.user, entry.object_repr) == (workbench_account(), "nina")
    assert "editor" in entry.change_message


def test_an_unknown_role_is_refused():
    with pytest.raises(CommandError, match="reader"):
        _make("nina", "--role=owner")
    assert not User.objects.filter(username="nina").exists()


@pytest.mark.parametrize("username", ["", "two words", "workbench"])
def test_a_name_that_cannot_be_given_is_one_line_and_no_traceback(username):
    with pytest.raises(CommandError):
        _make(username)
