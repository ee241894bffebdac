"""Accounts in data entry: created with a role, changed, closed; and an account without a role."""

import re

import pytest
from axes.models import AccessAttempt
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.urls import reverse

from claims.access import Role, role_of
from claims.actions import workbench_account

LIST = reverse("admin:auth_user_changelist")
ADD = reverse("admin:auth_user_add")


@pytest.fixture
def administrator(db) -> User:
    return User.objects.create_superuser("root", first_name="Ada")


@pytest.fixture
def admin(client, administrator):
    client.force_login(administrator)
    return client


@pytest.fixture
def manager(chief) -> Client:
    """A chief who may also change accounts, and is no administrator."""
    names = ["view_user", "add_user", "change_user"]
    chief.user_permissions.set(Permission.objects.filter(codename__in=names))
    client = Client()
    client.force_login(chief)
    return client


def page_of(account: User) -> str:
    return reverse("admin:auth_user_change", args=[account.pk])


def filled(account: User, **changes: str) -> dict[str, str]:
    """The form of an account as it stands, with something changed."""
    held = role_of(account)
    form = {
        "first_name": account.first_name,
        "last_name": account.last_name,
        "email": account.email,
        "role": held.value if held else "none",
        "is_active": "on" if account.is_active else "",
    }
    return {name: value for name, value in (form | changes).items() if value}


def in_the_desk(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.mark.parametrize("role", Role)
def test_an_account_that_is_made_here_can_work_at_once(admin, role):
    answer = admin.post(
        ADD, {"username": "nina", "first_name": "Nina", "role": role.value}, follow=True
    )
    password = re.search(r"The password of nina is ([\w-]+) ", answer.content.decode())[1]
    browser = Client()
    answer = browser.post(reverse("login"), {"username": "nina", "password": password}, follow=True)
    assert answer.status_code == 200
    assert answer.redirect_chain[-1][0] == reverse("dashboard")
    assert browser.get("/admin/", follow=True).status_code == 200
    assert role_of(User.objects.get(username="nina")) == role


def test_the_password_is_shown_once(admin):
    admin.post(ADD, {"username": "nina", "role": "editor"}, follow=True)
    account = User.objects.get(username="nina")
    assert "The password of nina" not in admin.get(page_of(account)).content.decode()


def test_an_account_needs_a_role(admin):
    answer = admin.post(ADD, {"username": "nina"})
    assert answer.status_code == 200
    assert not User.objects.filter(username="nina").exists()


@pytest.mark.parametrize("username", ["rita", "workbench", "two words"])
def test_a_name_that_cannot_be_given_is_refused_in_the_form(admin, reader, username):
    answer = admin.post(ADD, {"username": username, "role": "chief"})
    assert answer.status_code == 200
    assert 'class="errorlist"' in answer.content.decode()
    assert User.objects.filter(is_superuser=False).get() == reader
    assert role_of(reader) == Role.READER


def test_the_role_is_changed_and_taken_away(admin, reader):
    browser = in_the_desk(reader)
    admin.post(page_of(reader), filled(reader, role="chief"))
    assert role_of(User.objects.get(pk=reader.pk)) == Role.CHIEF
    assert browser.get(reverse("new-article")).status_code == 200
    admin.post(page_of(reader), filled(reader, role="none"))
    assert role_of(User.objects.get(pk=reader.pk)) is None
    assert browser.get(reverse("articles")).status_code == 403


def test_a_change_of_the_name_leaves_the_rest(admin, editor):
    admin.post(page_of(editor), filled(editor, last_name="Marr"))
    after = User.objects.get(pk=editor.pk)
    assert after.get_full_name() == "Edda Marr"
    assert (role_of(after), after.password, after.is_active) == (Role.EDITOR, editor.password, True)


def test_a_closed_account_is_out_at_once_and_in_again_when_it_is_opened(admin, editor):
    browser = in_the_desk(editor)
    assert browser.get(reverse("articles")).status_code == 200
    admin.post(page_of(editor), filled(editor, is_active=""))
    assert browser.get(reverse("articles")).status_code == 302
    assert not Client().login(username="edda", password="correct horse")
    admin.post(page_of(editor), filled(User.objects.get(pk=editor.pk), is_active="on"))
    assert Client().login(username="edda", password="correct horse")


def test_a_new_password_is_shown_and_ends_the_logins_with_the_old_one(admin, editor):
    browser = in_the_desk(editor)
    answer = admin.post(page_of(editor), filled(editor, new_password="on"), follow=True)
    password = re.search(r"The password of edda is ([\w-]+) ", answer.content.decode())[1]
    assert browser.get(reverse("articles")).status_code == 302
    assert not Client().login(username="edda", password="correct horse")
    assert Client().login(username="edda", password=password)


def test_the_list_shows_role_last_login_and_who_is_active(admin, reader, editor):
    User.objects.create_user("nobody")
    Client().post(reverse("login"), {"username": "edda", "password": "correct horse"})
    User.objects.filter(pk=reader.pk).update(is_active=False)
    workbench_account()
    page = admin.get(LIST).content.decode()
    rows = {
        row[0]: row[1] for row in re.findall(r'field-username"><a[^>]*>(\w+)</a>(.*?)</tr>', page)
    }
    assert set(rows) == {"root", "rita", "edda", "nobody"}
    for name, role in {
        "root": "Administrator",
        "rita": "Reader",
        "edda": "Editor",
        "nobody": "No role",
    }.items():
        assert f'field-role">{role}<' in rows[name]
    assert "False" in rows["rita"]
    assert "True" in rows["edda"]
    assert re.search(r'field-last_login[^>]*">\d+ \w+ \d{4}, \d\d:\d\d<', rows["edda"])


def test_the_list_can_be_filtered_by_role(admin, reader, editor):
    User.objects.create_user("nobody")
    for role, name in {"reader": "rita", "administrator": "root", "none": "nobody"}.items():
        page = admin.get(LIST, {"role": role}).content.decode()
        assert re.findall(r'field-username"><a[^>]*>(\w+)</a>', page) == [name]


def test_no_raw_permission_can_be_ticked(admin, editor):
    for address in (ADD, page_of(editor)):
        page = admin.get(address).content.decode()
        for field in ("user_permissions", "groups", "is_superuser", "is_staff"):
            assert f'name="{field}"' not in page
    form = filled(editor) | {"is_superuser": "on", "user_permissions": ["1"], "first_name": "E"}
    admin.post(page_of(editor), form)
    after = User.objects.get(pk=editor.pk)
    assert (after.first_name, after.is_superuser, after.user_permissions.count()) == ("E", False, 0)


class TestWhoIsNoAdministrator:
    def test_gives_roles_but_not_that_one(self, manager, reader):
        assert 'value="administrator"' not in manager.get(page_of(reader)).content.decode()
        answer = manager.post(page_of(reader), filled(reader, role="administrator"))
        assert answer.status_code == 200
        assert role_of(User.objects.get(pk=reader.pk)) == Role.READER
        manager.post(page_of(reader), filled(reader, role="editor"))
        assert role_of(User.objects.get(pk=reader.pk)) == Role.EDITOR

    def test_makes_no_administrator(self, manager):
        manager.post(ADD, {"username": "nina", "role": "administrator"})
        assert not User.objects.filter(username="nina").exists()

    def test_gives_oneself_nothing(self, manager, chief):
        page = manager.get(page_of(chief)).content.decode()
        assert 'name="role"' not in page
        manager.post(page_of(chief), filled(chief, role="administrator", first_name="Carla"))
        after = User.objects.get(pk=chief.pk)
        assert (after.first_name, role_of(after)) == ("Carla", Role.CHIEF)

    def test_leaves_administrators_alone(self, manager, administrator):
        answer = manager.post(page_of(administrator), filled(administrator, role="reader"))
        assert answer.status_code == 403
        assert role_of(User.objects.get(pk=administrator.pk)) == Role.ADMINISTRATOR


def test_an_administrator_cannot_shut_themselves_out(admin, administrator):
    admin.post(page_of(administrator), filled(administrator, role="reader", is_active=""))
    after = User.objects.get(pk=administrator.pk)
    assert (role_of(after), after.is_active) == (Role.ADMINISTRATOR, True)


def test_accounts_are_no_chiefs_business(client, chief, editor):
    client.force_login(chief)
    for address in (LIST, ADD, page_of(editor)):
        assert client.get(address).status_code == 403


class TestWithoutARole:
    @pytest.fixture
    def visitor(self, db) -> Client:
        User.objects.create_user("nobody", password="correct horse")
        return Client()

    @pytest.mark.parametrize("where", ["", "/admin/", "/admin/claims/source/"])
    def test_logging_in_leads_to_words_and_not_in_a_circle(self, visitor, where):
        answer = visitor.post(
            reverse("login"),
            {"username": "nobody", "password": "correct horse", "next": where},
            follow=True,
        )
        assert answer.status_code == 403
        assert "Your account has no role yet" in answer.content.decode()
        assert "Ask an administrator" in answer.content.decode()

    def test_who_has_one_is_told_something_else(self, reader):
        page = in_the_desk(reader).get(reverse("new-article")).content.decode()
        assert "Your account is not allowed to do this. Ask an administrator" in page


@pytest.mark.parametrize("may", [False, True])
def test_lockouts_are_removed_by_those_who_may_delete_them(chief, client, may):
    AccessAttempt.objects.create(username="rita", failures_since_start=9)
    names = ["view_loginbrake", *(["delete_loginbrake"] if may else [])]
    chief.user_permissions.set(Permission.objects.filter(codename__in=names))
    client.force_login(chief)
    page = client.get(reverse("admin:claims_loginbrake_changelist"))
    assert ("Remove lockouts" in page.content.decode()) == may
