"""Roles, and the accounts that have them."""

from threading import BoundedSemaphore

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.models import AnonymousUser, Group, Permission, User

from claims.access import Role, role_of, signed_in
from claims.actions import (
    create_account,
    decide_claim,
    reset_password,
    set_active,
    set_role,
    workbench_account,
)
from claims.actions.accounts.managing import sync_roles
from claims.actions.logins import Backend
from claims.choices import Verdict
from claims.errors import (
    BusyLoginsError,
    InvalidValueError,
    NotAllowedError,
    NotPossibleError,
)
from claims.models import APPEND_ONLY
from tests.actions.database import everything

LOOKS_AT = {
    "claimmatch",
    "claimgroup",
    "article",
    "revision",
    "source",
    "alias",
    "claim",
    "evidence",
    "decision",
    "change",
    "changedclaim",
    "comment",
    "outlet",
    "desk",
    "tag",
    "bulkchange",
    "report",
    "snapshot",
    "reportedclaim",
    "correction",
    "feed",
    "reasontemplate",
    "publiclanguage",
    "secondcheck",
    "externalcheck",
    "externalmatch",
    "externalsource",
}
KEPT = ("source", "alias", "evidence", "outlet", "desk", "tag")
"""What is entered. Evidence alone may be deleted by who enters it: it stays, and comes back with an undo."""
READS = {f"view_{model}" for model in LOOKS_AT} | {"export_report"}
EDITS = READS | {
    "add_article",
    "decide_claim",
    "change_claim",
    "add_comment",
    "add_report",
    *(f"{verb}_{model}" for verb in ("add", "change") for model in KEPT),
    "delete_evidence",
}
LEADS = EDITS | {
    "change_article",
    "publish_report",
    "view_newsroom",
    *(
        f"{verb}_{model}"
        for verb in ("add", "change", "delete")
        for model in ("reasontemplate", "publiclanguage")
    ),
    "change_newsroom",
    "delete_article",
    "view_intakeitem",
    "view_mail",
    "change_mail",
    "view_mailbox",
    "view_mailedarticle",
    "view_task",
    "change_task",
    *(
        f"{verb}_{model}"
        for verb in ("add", "change", "delete")
        for model in ("feed", "externalsource")
    ),
    *(f"delete_{model}" for model in KEPT),
}
HOLDS = {Role.READER: READS, Role.EDITOR: EDITS, Role.CHIEF: LEADS}


def _held() -> dict[str, set[str]]:
    return {
        group.name: set(group.permissions.values_list("codename", flat=True))
        for group in Group.objects.all()
    }


@pytest.fixture
def administrator(db) -> User:
    return User.objects.create_superuser("root", password="unused but required")


class TestRoles:
    def test_each_holds_exactly_what_it_should(self, db):
        assert _held() == {role.value: names for role, names in HOLDS.items()}

    def test_none_may_touch_the_log_or_the_accounts(self, db):
        logs = {model._meta.model_name for model in APPEND_ONLY}
        for model in logs | {"revision", "user", "group", "permission", "logentry"}:
            changing = Permission.objects.filter(content_type__model=model).exclude(
                codename__in=[f"view_{model}", "add_comment"]
            )
            assert changing.exists()
            assert not changing.filter(group__isnull=False)

    def test_syncing_again_changes_nothing(self, db):
        before = (_held(), set(Group.objects.values_list("pk", flat=True)))
        sync_roles()
        assert (_held(), set(Group.objects.values_list("pk", flat=True))) == before

    def test_syncing_mends_what_was_changed_by_hand(self, db):
        reader = Group.objects.get(name=Role.READER.value)
        reader.permissions.set(Permission.objects.filter(codename="delete_user"))
        Group.objects.get(name=Role.EDITOR.value).delete()
        sync_roles()
        assert _held() == {role.value: names for role, names in HOLDS.items()}

    def test_a_reader_cannot_decide(self, reader, claim):
        before = everything()
        with pytest.raises(NotAllowedError, match="is not allowed to decide claims"):
            decide_claim(actor=reader, claim_id=claim.pk, version=1, verdict=Verdict.VERIFIED)
        assert everything() == before

    def test_an_account_that_was_closed_cannot_decide(self, editor, claim):
        User.objects.filter(pk=editor.pk).update(is_active=False)
        closed = User.objects.get(pk=editor.pk)
        with pytest.raises(NotAllowedError):
            decide_claim(actor=closed, claim_id=claim.pk, version=1, verdict=Verdict.VERIFIED)


class TestAccounts:
    @pytest.mark.parametrize("role", HOLDS)
    def test_the_password_logs_in_with_the_role(self, administrator, role):
        user, password = create_account(actor=administrator, username="nina", role=role)
        assert authenticate(username="nina", password=password) == user
        assert [group.name for group in user.groups.all()] == [role.value]
        assert role_of(user) == role
        assert user.is_staff
        assert not user.is_superuser

    def test_an_administrator_needs_no_group(self, administrator):
        user, _password = create_account(
            actor=administrator, username="nina", role=Role.ADMINISTRATOR
        )
        assert role_of(user) == Role.ADMINISTRATOR
        assert (user.is_staff, user.is_superuser, user.groups.count()) == (True, True, 0)

    def test_a_name_that_is_somebodys_is_refused(self, administrator):
        create_account(actor=administrator, username="nina", role=Role.CHIEF)
        before = everything()
        with pytest.raises(InvalidValueError, match="already exists"):
            create_account(actor=administrator, username="nina", role=Role.READER)
        assert everything() == before

    def test_a_new_password_ends_the_old_one(self, administrator):
        user, old = create_account(actor=administrator, username="nina", role=Role.CHIEF)
        new = reset_password(actor=administrator, account=user)
        assert authenticate(username="nina", password=old) is None
        assert authenticate(username="nina", password=new) == user
        assert role_of(user) == Role.CHIEF

    def test_a_role_is_all_that_an_account_holds(self, administrator, reader):
        reader.user_permissions.add(Permission.objects.get(codename="delete_user"))
        for role in (Role.CHIEF, Role.ADMINISTRATOR, Role.EDITOR):
            set_role(actor=administrator, account=reader, role=role)
            assert role_of(User.objects.get(pk=reader.pk)) == role
        editor = User.objects.get(pk=reader.pk)
        assert editor.has_perm("claims.decide_claim")
        assert not editor.has_perm("auth.delete_user")
        assert not editor.is_superuser
        set_role(actor=administrator, account=reader, role=None)
        nobody = User.objects.get(pk=reader.pk)
        assert role_of(nobody) is None
        assert (nobody.is_staff, nobody.get_all_permissions()) == (False, set())

    def test_nobody_changes_what_they_are_themselves(self, administrator):
        before = everything()
        with pytest.raises(NotPossibleError):
            set_role(actor=administrator, account=administrator, role=None)
        with pytest.raises(NotPossibleError):
            set_active(actor=administrator, account=administrator, active=False)
        assert everything() == before

    def test_who_may_change_accounts_makes_no_administrator(self, administrator, chief, reader):
        accounts = Permission.objects.filter(codename__in=["add_user", "change_user"])
        chief.user_permissions.set(accounts)
        chief = User.objects.get(pk=chief.pk)
        before = everything()
        steps = (
            (set_role, {"account": reader, "role": Role.ADMINISTRATOR}),
            (set_role, {"account": administrator, "role": Role.READER}),
            (set_active, {"account": administrator, "active": False}),
            (reset_password, {"account": administrator}),
            (create_account, {"username": "nina", "role": Role.ADMINISTRATOR}),
        )
        for action, keywords in steps:
            with pytest.raises(NotAllowedError, match="administrators"):
                action(actor=chief, **keywords)
        with pytest.raises(NotAllowedError):
            set_role(actor=chief, account=chief, role=Role.ADMINISTRATOR)
        with pytest.raises(NotPossibleError):
            set_role(actor=chief, account=chief, role=Role.EDITOR)
        assert everything() == before
        set_role(actor=chief, account=reader, role=Role.EDITOR)
        assert role_of(User.objects.get(pk=reader.pk)) == Role.EDITOR

    @pytest.mark.parametrize("username", ["", " ", "two words", "n" * 151, "tab\there"])
    def test_a_name_that_nobody_could_log_in_with_is_refused(self, administrator, username):
        before = everything()
        with pytest.raises(InvalidValueError):
            create_account(actor=administrator, username=username, role=Role.EDITOR)
        assert everything() == before

    def test_the_command_lines_own_account_gets_no_password(self, administrator):
        """It is a superuser's: whoever logged in with it could do anything."""
        workbench_account()
        before = everything()
        with pytest.raises(InvalidValueError):
            create_account(actor=administrator, username="workbench", role=Role.READER)
        assert everything() == before

    def test_nobody_logs_in_as_the_command_line(self, db):
        account = workbench_account()
        assert workbench_account() == account
        assert not account.has_usable_password()
        assert account.has_perm("claims.add_article")

    def test_nobodys_session_is_refused(self):
        with pytest.raises(NotAllowedError):
            signed_in(AnonymousUser())

    def test_somebodys_session_gives_the_account(self, editor):
        assert signed_in(editor) is editor


def test_what_is_incomplete_opens_nothing_and_waits_for_no_turn(monkeypatch):
    taken = BoundedSemaphore(1)
    monkeypatch.setattr("claims.actions.logins._looking", taken)
    with taken:
        for name, password in ((None, "x"), ("edda", None), (None, None)):
            assert Backend().authenticate(None, name, password) is None
        with pytest.raises(BusyLoginsError):
            Backend().authenticate(None, "edda", "x")
