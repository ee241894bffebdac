"""Roles and what each may do."""

import pytest
from django.contrib.auth.models import AnonymousUser, Group, User

from claims.access import PERMISSIONS, Role, require, role_of, signed_in
from claims.errors import NotAllowedError


def test_each_role_may_do_all_that_the_one_before_may():
    reader, editor, chief = (
        set(PERMISSIONS[role]) for role in (Role.READER, Role.EDITOR, Role.CHIEF)
    )
    assert reader < editor < chief


@pytest.mark.parametrize(
    ("role", "may", "may_not"),
    [
        (Role.READER, "claims.export_report", "claims.decide_claim"),
        (Role.EDITOR, "claims.decide_claim", "claims.publish_report"),
        (Role.CHIEF, "claims.publish_report", "auth.change_user"),
    ],
)
def test_a_role_ends_where_the_next_begins(db, role, may, may_not):
    account = User.objects.create_user("nina")
    account.groups.add(Group.objects.get(name=role.value))
    require(account, may, what="do this")
    with pytest.raises(NotAllowedError):
        require(account, may_not, what="do this")


def test_of_two_roles_the_higher_one_counts(db):
    account = User.objects.create_user("nina")
    assert role_of(account) is None
    account.groups.add(*Group.objects.filter(name__in=("reader", "chief")))
    assert role_of(account) == Role.CHIEF
    account.is_superuser = True
    assert role_of(account) == Role.ADMINISTRATOR


def test_nobody_is_not_an_account():
    with pytest.raises(NotAllowedError):
        signed_in(AnonymousUser())


ALONE = {
    Role.READER: {
        "view": "alias article bulkchange change changedclaim claim claimgroup claimmatch comment correction decision desk"
        " evidence externalcheck externalmatch externalsource feed outlet publiclanguage reasontemplate report reportedclaim revision secondcheck snapshot source tag",
        "export": "report",
    },
    Role.EDITOR: {
        "add": "alias article comment desk evidence outlet report source tag",
        "change": "alias claim desk evidence outlet source tag",
        "decide": "claim",
        "delete": "evidence",
    },
    Role.CHIEF: {
        "add": "externalsource feed publiclanguage reasontemplate",
        "change": "article externalsource feed mail newsroom publiclanguage reasontemplate task",
        "delete": "alias article desk externalsource feed outlet publiclanguage reasontemplate source tag",
        "publish": "report",
        "view": "intakeitem mail mailbox mailedarticle newsroom task",
    },
}
"""What each role may do that the one before may not."""


@pytest.mark.parametrize("role", ALONE)
def test_a_role_may_do_this_more_than_the_one_before(role):
    before = [known for known in PERMISSIONS if list(Role).index(known) < list(Role).index(role)]
    more = set(PERMISSIONS[role]).difference(*(PERMISSIONS[one] for one in before[-1:]))
    told = {f"claims.{verb}_{what}" for verb, all_ in ALONE[role].items() for what in all_.split()}
    assert more == told


@pytest.mark.parametrize("role", PERMISSIONS)
def test_nobody_changes_or_deletes_what_is_a_log(role):
    logs = ("decision", "change", "changedclaim", "comment", "snapshot", "reportedclaim")
    assert not {f"claims.{verb}_{log}" for verb in ("change", "delete") for log in logs} & {
        *PERMISSIONS[role]
    }


def test_an_account_is_itself_and_who_has_no_role_has_no_permission(db):
    account = User.objects.create_user("nina")
    assert signed_in(account) == account
    with pytest.raises(NotAllowedError) as error:
        require(account, "claims.view_claim", what="read claims")
    assert error.value.params["what"] == "read claims"
    account.groups.add(Group.objects.get(name="editor"))
    assert role_of(account) == Role.EDITOR
