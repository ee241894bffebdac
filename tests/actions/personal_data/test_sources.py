"""A source is called otherwise in the registry, its history and its index; what articles say and what was published stays."""

from urllib.parse import quote_plus

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User

from claims.actions import (
    create_source,
    erase_source,
    merge_sources,
    save_filter,
    workbench_account,
)
from claims.actions.locking import delete_as, save_as
from claims.choices import SourceKind
from claims.errors import NotPossibleError
from claims.models import Alias, Claim, SavedFilter, Source
from claims.queries.claims.log_chain import check_log
from tests.actions.personal_data.conftest import found, indexed, rows_by_id

pytestmark = pytest.mark.django_db

NAMES = ("quillfeather", "zebulina", "inkpot", "ferry guild")
"""Parts of all names of the source, and of what its record says, in lower case."""


@pytest.fixture
def source(editor: User, claim: Claim) -> Source:
    """A source with a history, with other names, one of them deleted, and with one that was merged into it."""
    made = create_source(
        actor=editor, name="Zebulina Quillfeather", kind=SourceKind.WITNESS, article=None
    )
    made.organisation, made.note, made.wikidata = "Ferry Guild", "Calls on Fridays: Inkpot", "Q42"
    save_as(editor, made)
    for name in ("Dame Inkpot", "Old Inkpot"):
        save_as(editor, Alias(source=made, name=name))
    delete_as(editor, Alias.objects.get(name="Old Inkpot"))
    other = create_source(
        actor=editor, name="Z. Quillfeather", kind=SourceKind.WITNESS, article=None
    )
    Claim.objects.filter(pk=claim.pk).update(source=other, source_kind=SourceKind.WITNESS)
    merge_sources(actor=editor, source=other, into=made)
    LogEntry.objects.log_actions(
        editor.pk, [made], 2, change_message="Zebulina", single_object=True
    )
    for name in ("Zebulina Quillfeather", "Dame Inkpot"):
        query = f"verdict=verified&source={quote_plus(name)}"
        save_filter(actor=editor, name=f"Of {name[:2]}", query=query, shared=True)
    return Source.objects.get(pk=made.pk)


def erase(source: Source):
    return erase_source(actor=workbench_account(), source=source)


def test_the_name_is_nowhere(source):
    assert {table for table, _column in found(*NAMES)} == {
        "admin.LogEntry",
        "claims.Alias",
        "claims.HistoricalAlias",
        "claims.HistoricalSource",
        "claims.SavedFilter",
        "claims.Source",
    }
    assert indexed("quillfeather")
    assert indexed("inkpot")
    assert erase(source).pseudonym == f"Former source {source.pk}"
    assert found(*NAMES, "q42") == set()
    assert not indexed("quillfeather")
    assert not indexed("inkpot")
    source.refresh_from_db()
    assert (source.name, source.kind) == (f"Former source {source.pk}", SourceKind.WITNESS)


def test_saved_filters_find_it_by_its_number(source):
    erase(source)
    wanted = f"verdict=verified&source={source.pk}"
    assert set(SavedFilter.objects.values_list("query", flat=True)) == {wanted}


def test_claims_and_logs_stay_as_they_were(source):
    before = rows_by_id()
    erase(source)
    after = rows_by_id()
    changed = {table for (table, pk), row in before.items() if after.get((table, pk)) != row}
    assert changed == {
        "admin.LogEntry",
        "claims.Alias",
        "claims.HistoricalAlias",
        "claims.HistoricalSource",
        "claims.SavedFilter",
        "claims.Source",
    }
    assert Claim.objects.filter(source=source).exists()
    assert check_log({}, lambda _done, _total: None).fault == ""


def test_a_namesake_stays_in_the_registry(source, editor):
    other = create_source(
        actor=editor, name="Zebulina Quillfeather", kind=SourceKind.EXPERT, article=None
    )
    erase(source)
    assert Source.objects.get(pk=other.pk).name == "Zebulina Quillfeather"
    assert indexed("quillfeather")


def test_one_that_was_merged_is_refused(source):
    merged = Source.objects.get(merged_into=source)
    with pytest.raises(NotPossibleError, match=f"merged into {source.pk}. Erase that one"):
        erase(merged)


def test_a_second_time_is_refused(source):
    erase(source)
    with pytest.raises(NotPossibleError, match="done before"):
        erase(Source.objects.get(pk=source.pk))
