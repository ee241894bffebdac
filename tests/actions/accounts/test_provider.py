"""Whose account somebody gets who comes from the identity provider, and in which role."""

from dataclasses import replace

import pytest
from allauth.socialaccount.models import SocialAccount
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User

from claims.access import Role, role_of
from claims.actions.accounts.provider import Person, admit
from claims.errors import NotPossibleError

NINA = Person("nina", "Nina", "Ostrand", "nina@ostrey.example", ["checkers", "football"])


@pytest.fixture(autouse=True)
def _roles(settings, db) -> None:
    settings.OIDC_ROLES = {"checkers": "editor", "heads": "chief", "staff": "reader"}
    settings.OIDC_REPLACES_PASSWORDS = False


@pytest.fixture
def known(editor) -> User:
    """An editor with the address that the provider names."""
    editor.email = "Nina@Ostrey.example"
    editor.save()
    return editor


def logged(account: User) -> list[str]:
    return list(
        LogEntry.objects.filter(object_id=account.pk).values_list("change_message", flat=True)
    )


def test_somebody_new_gets_an_account_without_a_password():
    account = admit(person=NINA, account=None)
    assert (account.username, account.get_full_name()) == ("nina", "Nina Ostrand")
    assert (account.email, role_of(account)) == (NINA.email, Role.EDITOR)
    assert not account.has_usable_password()


@pytest.mark.parametrize(
    ("groups", "role"),
    [
        (["staff"], Role.READER),
        (["staff", "checkers"], Role.EDITOR),
        (["heads", "staff", "checkers"], Role.CHIEF),
    ],
)
def test_the_highest_of_the_groups_counts_each_time(groups, role):
    account = admit(person=replace(NINA, groups=groups), account=None)
    assert role_of(account) == role
    assert role_of(admit(person=NINA, account=account)) == Role.EDITOR
    assert role_of(admit(person=replace(NINA, groups=[]), account=account)) is None


def test_a_role_that_is_right_already_is_not_given_again(known):
    admit(person=NINA, account=known)
    assert logged(known) == []


@pytest.mark.parametrize("groups", [[], ["football"]])
def test_without_a_group_that_has_a_role_there_is_no_account(groups):
    with pytest.raises(NotPossibleError, match="no role for one"):
        admit(person=replace(NINA, groups=groups), account=None)
    assert not User.objects.filter(first_name="Nina").exists()


def test_where_the_groups_are_not_said_nothing_changes(known, settings):
    person = replace(NINA, groups=None)
    with pytest.raises(NotPossibleError, match="did not say"):
        admit(person=person, account=known)
    assert role_of(known) == Role.EDITOR
    settings.OIDC_ROLES = {}
    assert role_of(admit(person=person, account=known)) == Role.EDITOR
    assert role_of(admit(person=replace(NINA, groups=["heads"]), account=known)) == Role.EDITOR
    with pytest.raises(NotPossibleError, match="no role for one"):
        admit(person=replace(person, email=""), account=None)


def test_the_only_account_with_the_address_is_theirs(known, chief):
    assert admit(person=NINA, account=None) == known
    chief.email = known.email
    chief.save()
    assert admit(person=NINA, account=None) not in {known, chief}


@pytest.mark.parametrize("why", ["no address", "somebody else uses it"])
def test_otherwise_they_get_an_account_of_their_own(known, why):
    person = NINA
    if why == "no address":
        person = replace(NINA, email="")
        User.objects.update(email="")
    else:
        SocialAccount.objects.create(user=known, provider="openid_connect", uid="another")
    assert admit(person=person, account=None).username == "nina"


def test_whoever_came_before_keeps_their_account_whatever_the_address(known, chief):
    assert admit(person=replace(NINA, groups=["heads"]), account=chief) == chief


def test_a_closed_account_stays_closed(known):
    known.is_active = False
    known.save()
    with pytest.raises(NotPossibleError, match="is closed"):
        admit(person=NINA, account=None)


@pytest.mark.parametrize("replaces", [True, False])
def test_a_password_goes_where_the_provider_replaces_them(known, settings, replaces):
    settings.OIDC_REPLACES_PASSWORDS = replaces
    for _time in range(2):
        admit(person=NINA, account=known)
    known.refresh_from_db()
    assert known.has_usable_password() is not replaces
    assert logged(known) == ["password replaced by the identity provider"] * replaces
