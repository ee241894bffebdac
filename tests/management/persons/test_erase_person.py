"""Names are removed on the command line only when somebody says so twice."""

from io import StringIO

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from claims.actions import comment
from claims.models import Comment, Erasure, Source
from tests.models import rows

pytestmark = pytest.mark.django_db


def said(*arguments: object) -> str:
    told = StringIO()
    call_command("erase_person", *map(str, arguments), stdout=told)
    return told.getvalue()


@pytest.fixture
def left(editor: User, claim) -> User:
    comment(actor=editor, claim_id=claim.pk, text="Is it?")
    editor.is_active = False
    editor.save()
    return editor


def test_without_confirmation_it_says_what_there_is(left):
    told = said("--account", left.username)
    assert "        1  comments\n" in told
    assert "Nothing was changed. Add --confirm" in told
    assert "What was published stays" in told
    left.refresh_from_db()
    assert left.username == "edda"
    assert not Erasure.objects.exists()


def test_with_it_the_name_is_replaced(left):
    told = said("--account", left.username, "--confirm")
    assert f"The person is “Former editor {left.pk}” from now on." in told
    kept = Comment.objects.get()
    assert (kept.author_name, kept.text) == (f"Former editor {left.pk}", "Is it?")
    assert Erasure.objects.get().actor.username == "workbench"


def test_and_the_comments_too(left):
    said("--account", left.username, "--empty-comments", "--confirm")
    assert Comment.objects.get().text == "—"


def test_a_source(db):
    source = rows.source("Bo Tarn")
    assert "Nothing was changed" in said("--source", source.pk)
    said("--source", source.pk, "--confirm")
    assert Source.objects.get().name == f"Former source {source.pk}"


def test_nonsense_is_refused(editor):
    source = rows.source("Bo Tarn")
    for arguments, why in (
        (["--source", source.pk, "--empty-comments"], "a source writes none"),
        (["--account", editor.username, "--confirm"], "Close it first"),
        (["--account", "nobody", "--confirm"], "There is no account “nobody”"),
    ):
        with pytest.raises(CommandError, match=why):
            said(*arguments)
    assert not Erasure.objects.exists()
