"""What merging two sources would do, and into which ones a source may be merged."""

from claims.models import Alias, DistinctSources
from claims.queries.sources.merges import choices_for, names_given, preview_of
from tests.models import rows


def test_it_gives_each_name_that_the_other_one_has_not(db):
    source, into = rows.source("R. Venn"), rows.source("Rana Venn")
    Alias.objects.create(source=into, name="The Miller")
    for name in ("the miller", "Frau Venn", "RANA VENN"):
        Alias.objects.create(source=source, name=name)
    assert names_given(source, into) == ["R. Venn", "Frau Venn"]
    assert names_given(into, source) == []


def test_it_moves_the_claims_of_the_one_and_says_which_way_is_usual(editor):
    short, full, text = rows.source("Venn"), rows.source("Rana Venn"), rows.revision(editor)
    rows.claim(text, 0, source=short)
    rows.claim(text, 5, source=full)
    rows.claim(text, 9, source=full)
    there, back = preview_of(short, full), preview_of(full, short)
    assert (there.claims, there.backwards) == (1, False)
    assert (back.claims, back.backwards) == (2, True)
    assert there.similarity == back.similarity is not None
    assert preview_of(full, full).similarity is None


def test_it_says_who_has_told_them_apart(editor):
    first, second, third = (rows.source(name) for name in ("A. Venn", "Ada Venn", "Adam Venn"))
    DistinctSources.objects.create(first=first, second=second, marked_by=editor)
    assert preview_of(second, first).apart.marked_by == editor
    assert preview_of(first, second).apart.marked_by == editor
    assert preview_of(first, third).apart is preview_of(second, third).apart is None


def test_one_is_merged_into_what_begins_as_typed_and_never_into_itself(db, monkeypatch):
    first, second, other = (rows.source(name) for name in ("A. Venn", "Ada Venn", "Bo Tarn"))
    assert choices_for(first, "") == []
    assert choices_for(first, "venn") == [second]
    assert choices_for(other, "venn") == [first, second]
    monkeypatch.setattr("claims.queries.sources.merges._CHOICES", 1)
    assert choices_for(other, "venn") == [first]
