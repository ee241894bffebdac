"""All that is kept of a person, as a file with an explanation of its fields."""

import json
from io import StringIO
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from claims.actions import comment, create_token, decide_claim
from claims.choices import Verdict
from claims.models import Claim
from claims.models.accounts.tokens import digest_of
from tests.conftest import version_of
from tests.models import rows

pytestmark = pytest.mark.django_db


def export(folder: Path, *arguments: object) -> dict[str, list[dict[str, object]]]:
    call_command("export_person", *map(str, arguments), str(folder), stdout=StringIO())
    return json.loads((folder / "person.json").read_text())


@pytest.fixture
def worked(editor: User, chief: User, claims: list[Claim]) -> User:
    """An editor who decided two claims and wrote a comment; a colleague did the same elsewhere."""
    for person, some in ((editor, claims[:2]), (chief, claims[2:3])):
        for claim in some:
            decide_claim(actor=person, **version_of(claim), verdict=Verdict.VERIFIED, reason="Ö.")
        comment(actor=person, claim_id=some[0].pk, text=f"By {person.username}")
    return editor


def test_what_an_editor_did_and_nothing_of_others(worked, tmp_path):
    kept = export(tmp_path / "of", "--account", worked.username)
    (account,) = kept["auth.User"]
    assert account["username"] == worked.username
    assert "password" not in account
    assert [row["reason"] for row in kept["claims.Decision"]] == ["Ö.", "Ö."]
    assert {row["actor_id"] for row in kept["claims.Decision"]} == {worked.pk}
    assert [row["text"] for row in kept["claims.Comment"]] == [f"By {worked.username}"]
    assert len(kept["claims.Change"]) == len(kept["claims.ChangedClaim"]) == 2


def test_nothing_that_opens_the_account_is_written(editor, tmp_path):
    _token, secret = create_token(actor=editor, owner=editor, name="website", scopes=["read"])
    Authenticator.objects.create(
        user=editor, type=Authenticator.Type.TOTP, data={"secret": "OPENSESAME"}
    )
    UserSession.objects.create(
        user=editor, session_key="OPENSESAME", ip="192.0.2.1", user_agent="Browser"
    )
    kept = export(tmp_path / "of", "--account", editor.username)
    assert [row["name"] for row in kept["claims.AccessToken"]] == ["website"]
    assert {"mfa.Authenticator", "usersessions.UserSession"} <= kept.keys()
    written = (tmp_path / "of/person.json").read_text()
    assert "OPENSESAME" not in written
    assert digest_of(secret) not in written


def test_what_is_kept_of_a_source(editor, claims, tmp_path):
    source = claims[0].source
    rows.source("Bo Tarn")
    kept = export(tmp_path / "of", "--source", source.pk)
    assert [row["name"] for row in kept["claims.Source"]] == [source.name]
    theirs = Claim.objects.filter(source=source)
    assert {row["statement"] for row in kept["claims.Claim"]} == {one.statement for one in theirs}


def test_every_field_is_explained(worked, tmp_path):
    kept = export(tmp_path / "of", "--account", worked.username)
    told = (tmp_path / "of/README.md").read_text()
    for table, some in kept.items():
        part = told.partition(f"## {table}: ")[2].partition("\n## ")[0]
        assert part
        assert [f"- `{name}`: " in part for name in some[0]] == [True] * len(some[0])


def test_an_account_that_did_nothing(editor, tmp_path):
    kept = export(tmp_path / "of", "--account", editor.username)
    assert set(kept) == {"auth.User"}


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["--account", "nobody"], "There is no account “nobody”"),
        (["--source", "999"], "There is no source 999"),
        (["--account", "nobody", "--source", "1"], "not allowed with"),
        ([], "required"),
    ],
)
def test_nonsense_is_refused(tmp_path, db, arguments, why):
    with pytest.raises(CommandError, match=why):
        export(tmp_path / "of", *arguments)
    assert not (tmp_path / "of").exists()


def test_a_folder_that_is_there_is_not_touched(editor, tmp_path):
    with pytest.raises(CommandError, match="is there already"):
        export(tmp_path, "--account", editor.username)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_in_no_folder_is_told(editor, tmp_path):
    with pytest.raises(CommandError, match="could not be written: there is no such"):
        export(tmp_path / "none" / "of", "--account", editor.username)
