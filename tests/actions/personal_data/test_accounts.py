"""An editor who left is called otherwise wherever the workbench keeps the name, and the logs stay provable."""

import pytest
from django.contrib.auth.models import User
from django.db import DatabaseError, transaction

from claims.actions import erase_account, workbench_account
from claims.actions.personal_data.erasing import NOTHING
from claims.errors import NotPossibleError
from claims.models import Change, Claim, Comment, Decision, Erasure, Notification, Snapshot
from claims.queries.claims.log_chain import check_log
from tests.actions.personal_data.conftest import NAMES, found, rows_by_id
from tests.models import rows
from tests.models.triggers import drop_triggers

pytestmark = pytest.mark.django_db


def erase(account: User, **choices) -> Erasure:
    return erase_account(actor=workbench_account(), account=account, **choices)


def fault() -> str:
    return check_log({}, lambda _done, _total: None).fault


class TestNames:
    def test_the_name_is_nowhere_but_in_what_was_published(self, leaver):
        before = found(*NAMES)
        assert {("claims.Decision", "actor_name"), ("claims.Change", "actor_name")} < before
        assert len(before) > 15
        published = dict(Snapshot.objects.values_list("pk", "data"))
        erasure = erase(leaver)
        assert found(*NAMES) <= {("claims.Snapshot", "data"), ("claims.Snapshot", "public_data")}
        assert dict(Snapshot.objects.values_list("pk", "data")) == published
        assert erasure.pseudonym == f"Former editor {leaver.pk}"
        for model, name in (
            (Decision, "actor_name"),
            (Change, "actor_name"),
            (Comment, "author_name"),
        ):
            assert model.objects.filter(**{name: erasure.pseudonym}).exists()

    def test_nothing_but_names_changes(self, leaver):
        before = rows_by_id()
        erase(leaver)
        after = rows_by_id()
        changed = {
            (table, column)
            for (table, pk), row in before.items()
            if (table, pk) in after
            for column, value in row.items()
            if after[table, pk][column] != value
        }
        names = {(table, column) for table, column in changed if column.endswith("_name")}
        account = {(table, column) for table, column in changed if table == "auth.User"}
        assert changed - names - account <= {("admin.LogEntry", "object_repr")}
        new = {table for table, pk in after.keys() - before.keys()}
        assert new <= {"claims.Erasure", "claims.LogLink", "auth.User"}
        gone = {table for table, pk in before.keys() - after.keys()}
        assert gone <= {
            "axes.AccessFailureLog",
            "claims.ArchiveImport",
            "claims.Export",
            "claims.IntakeItem",
            "claims.NoticeChannel",
            "claims.Notification",
            "claims.Presence",
            "claims.SavedFilter",
        }

    def test_comments_are_emptied_if_that_is_wanted(self, leaver, editor, claim):
        theirs = rows.comment(claim, editor, text="Is it?")
        text = Comment.objects.filter(author=leaver).first().text
        assert erase(leaver, empty_comments=True).comments_emptied
        assert text != NOTHING
        assert set(Comment.objects.filter(author=leaver).values_list("text", flat=True)) == {
            NOTHING
        }
        assert Comment.objects.get(pk=theirs.pk).text == "Is it?"

    def test_who_left_can_do_nothing_any_more(self, leaver, client):
        erase(leaver)
        leaver.refresh_from_db()
        assert (leaver.email, leaver.is_superuser, leaver.has_usable_password()) == (
            "",
            False,
            False,
        )
        assert not leaver.groups.exists()
        assert not client.login(username="quillfeather", password="a fresh horse in May")

    def test_notifications_of_others_name_nobody(self, leaver, editor, claim):
        told = rows.notification(editor, claim, actor=leaver, actor_name="Zebulina Quillfeather")
        erase(leaver)
        assert Notification.objects.get(pk=told.pk).actor_name == f"Former editor {leaver.pk}"


class TestProof:
    def test_the_logs_stay_whole(self, leaver):
        assert fault() == ""
        links = check_log({}, lambda _done, _total: None).links
        erase(leaver)
        assert fault() == ""
        assert check_log({}, lambda _done, _total: None).links == links + 1

    @pytest.mark.parametrize("name", ["", "Rita", "Former editor 7"])
    def test_another_name_is_found(self, leaver, name):
        erase(leaver)
        drop_triggers(Decision)
        Decision.objects.filter(actor=leaver).update(actor_name=name)
        assert "proves another name" in fault()

    def test_a_name_that_nobody_erased_is_found(self, leaver):
        drop_triggers(Decision)
        Decision.objects.update(actor_name=f"Former editor {leaver.pk}")
        assert "proves another name" in fault()

    def test_an_erasure_that_the_workbench_did_not_write_is_found(self, leaver, editor):
        drop_triggers(Decision)
        name = f"Former editor {leaver.pk}"
        Decision.objects.update(actor_name=name)
        Erasure.objects.create(kind="account", number=leaver.pk, pseudonym=name, actor=editor)
        assert "has no link" in fault()

    def test_the_rest_stays_proven(self, leaver):
        erase(leaver)
        drop_triggers(Decision)
        Decision.objects.filter(actor=leaver).update(reason="Forged.")
        assert "was changed" in fault()

    def test_the_database_refuses_changes_as_before(self, leaver):
        erase(leaver)
        for model, name in ((Decision, "actor_name"), (Comment, "author_name")):
            with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
                model.objects.update(**{name: "Rita"})


class TestRefused:
    def test_an_open_account(self, editor):
        with pytest.raises(NotPossibleError, match="Close it first"):
            erase(editor)

    def test_the_command_lines_own(self, db):
        with pytest.raises(NotPossibleError, match="reserved"):
            erase(workbench_account())

    def test_one_that_has_claims_to_decide(self, leaver, claims):
        pending = [one for one in claims if one.verdict == "pending"]
        Claim.objects.filter(pk=pending[-1].pk).update(assigned_to=leaver)
        with pytest.raises(NotPossibleError, match="1 pending claims are assigned"):
            erase(leaver)

    def test_a_second_time(self, leaver):
        erase(leaver)
        with pytest.raises(NotPossibleError, match="done before"):
            erase(leaver)
