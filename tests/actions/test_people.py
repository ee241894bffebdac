"""Roles, and the accounts that hold them."""

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.models import AnonymousUser, Group, Permission, User

from claims.actions import Role, decide, make_account, signed_in, workbench_account
from claims.actions.people import sync_roles
from claims.choices import Verdict
from claims.errors import InvalidValueError, NotAllowedError
from claims.models import APPEND_ONLY
from tests.actions.database import everything

LOOKS_AT = {
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
    "batch",
    "report",
    "snapshot",
    "reportedclaim",
    "correction",
    "feed",
}
KEPT = ("source", "alias", "evidence", "outlet", "desk", "tag")
READS = {f"view_{model}" for model in LOOKS_AT} | {"export_report"}
EDITS = READS | {
    "add_article",
    "decide_claim",
    "change_claim",
    "add_comment",
    "add_report",
    *(f"{verb}_{model}" for verb in ("add", "change") for model in KEPT),
}
LEADS = EDITS | {
    "change_article",
    "publish_report",
    "view_newsroom",
    "change_newsroom",
    "delete_article",
    "view_intake",
    "view_task",
    "change_task",
    *(f"{verb}_feed" for verb in ("add", "change", "delete")),
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
        with pytest.raises(NotAllowedError, match="may not decide claims"):
            decide(actor=reader, claim_id=claim.pk, version=1, verdict=Verdict.VERIFIED)
        assert everything() == before

    def test_an_account_that_was_closed_cannot_decide(self, editor, claim):
        User.objects.filter(pk=editor.pk).update(is_active=False)
        closed = User.objects.get(pk=editor.pk)
        with pytest.raises(NotAllowedError):
            decide(actor=closed, claim_id=claim.pk, version=1, verdict=Verdict.VERIFIED)


class TestAccounts:
    @pytest.mark.parametrize("role", Role)
    def test_the_password_logs_in_with_the_role(self, administrator, role):
        user, password = make_account(actor=administrator, username="nina", role=role)
        assert authenticate(username="nina", password=password) == user
        assert [group.name for group in user.groups.all()] == [role.value]
        assert not user.is_superuser

    def test_a_second_time_it_gives_a_new_password_and_role(self, administrator):
        _user, old = make_account(actor=administrator, username="nina", role=Role.CHIEF)
        user, new = make_account(actor=administrator, username="nina", role=Role.READER)
        assert authenticate(username="nina", password=old) is None
        assert authenticate(username="nina", password=new) == user
        assert [group.name for group in user.groups.all()] == ["reader"]
        assert User.objects.filter(username="nina").count() == 1

    @pytest.mark.parametrize("username", ["", " ", "two words", "n" * 151, "tab\there"])
    def test_a_name_that_nobody_could_log_in_with_is_refused(self, administrator, username):
        before = everything()
        with pytest.raises(InvalidValueError):
            make_account(actor=administrator, username=username, role=Role.EDITOR)
        assert everything() == before

    def test_the_command_lines_own_account_gets_no_password(self, administrator):
        """It is a superuser's: whoever logged in with it could do anything."""
        workbench_account()
        before = everything()
        with pytest.raises(InvalidValueError):
            make_account(actor=administrator, username="workbench", role=Role.READER)
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
