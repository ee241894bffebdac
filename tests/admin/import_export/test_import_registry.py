"""Importing sources, outlets, desks and tags: what it does, and what it refuses row by row."""

import pytest
from django.contrib.admin.models import ADDITION, CHANGE, LogEntry

from claims.actions import enter_record
from claims.choices import SourceKind
from claims.models import Alias, Claim, Desk, Outlet, Source, Tag
from tests.actions.database import everything
from tests.admin.import_export.files import (
    add_to_inbox,
    as_csv,
    changes,
    confirm,
    export,
    look,
    problems,
    source,
    table,
)

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]


class TestSources:
    def test_new_ones_come_with_their_aliases_in_the_persons_name(self, admin, chief):
        lines = [
            source(aliases="A. Venn | The Iron Engineer"),
            source(name="Bo Tarn", kind="Expert"),
        ]
        page = look(admin, Source, as_csv(lines))
        assert not Source.objects.exists()
        assert changes(page)[:2] == [
            (2, ("name", "", "Ada Venn")),
            (2, ("kind", "", "minister")),
        ]
        assert "New: 2, changed: 0, unchanged: 0" in confirm(admin, Source, page).content.decode()
        ada, bo = Source.objects.order_by("pk")
        assert [alias.name for alias in ada.aliases.order_by("pk")] == [
            "A. Venn",
            "The Iron Engineer",
        ]
        assert (bo.kind, Source.objects.called("the iron engineer").get()) == (
            SourceKind.EXPERT,
            ada,
        )
        for record in (ada, bo, *ada.aliases.all()):
            entry = record.history.get()
            assert (entry.history_user, entry.history_change_reason) == (chief, "records.csv")
        logged = LogEntry.objects.all()
        assert {(entry.user, entry.action_flag, entry.object_repr) for entry in logged} == {
            (chief, ADDITION, "Ada Venn"),
            (chief, ADDITION, "Bo Tarn"),
        }

    def test_a_changed_one_shows_before_and_after_and_keeps_its_history(self, admin, chief, editor):
        ada = enter_record(actor=editor, record=Source(name="Ada Ven", kind=SourceKind.MINISTER))
        for name in ("A. Ven", "The Iron Engineer", "the boss"):
            enter_record(actor=editor, record=Alias(source=ada, name=name))
        (line,) = table(export(admin, Source))
        line |= {"name": "Ada Venn", "aliases": "A. Venn | the iron engineer | the boss"}
        page = look(admin, Source, as_csv([line]))
        assert changes(page) == [
            (2, ("name", "Ada Ven", "Ada Venn")),
            (
                2,
                (
                    "aliases",
                    "A. Ven | the boss | The Iron Engineer",
                    "A. Venn | the boss | the iron engineer",
                ),
            ),
        ]
        confirm(admin, Source, page)
        ada.refresh_from_db()
        assert [entry.name for entry in ada.history.all()] == ["Ada Venn", "Ada Ven"]
        assert ada.history.first().history_user == chief
        assert {alias.name for alias in ada.aliases.all()} == {
            "A. Venn",
            "the iron engineer",
            "the boss",
        }
        assert Alias.history.filter(history_type="-").get().history_user == chief
        assert Alias.history.filter(history_type="~").get().name == "the iron engineer"
        assert LogEntry.objects.get().action_flag == CHANGE

    def test_long_cells_come_in_whole(self, admin):
        note = "line\nof a note " * 400
        add_to_inbox(admin, Source, as_csv([{"name": "Ada", "note": note}]))
        assert Source.objects.get().note == note.strip()

    def test_columns_that_a_file_leaves_out_stay(self, admin, chief):
        ada = enter_record(actor=chief, record=Source(name="Ada", note="n", country="Ostrey"))
        add_to_inbox(admin, Source, as_csv([{"id": str(ada.pk), "country": "Olm"}]))
        ada.refresh_from_db()
        assert (ada.name, ada.note, ada.country) == ("Ada", "n", "Olm")

    def test_lists_keep_step_with_a_new_kind(self, admin, article):
        lines = [line | {"kind": "expert"} for line in table(export(admin, Source))]
        add_to_inbox(admin, Source, as_csv(lines))
        assert set(Source.objects.values_list("kind", flat=True)) == {"expert"}
        assert not Claim.objects.with_stale_copies().exists()

    @pytest.mark.parametrize(
        ("fields", "column", "why"),
        [
            ({"kind": "oracle"}, "kind", "“oracle” is not one of: minister, "),
            ({"name": ""}, "name", "cannot be blank"),
            ({"name": "x" * 301}, "name", "at most 300 characters"),
            (
                {"id": "99999"},
                "id",
                "There is no record with the number “99999”. Leave the cell empty",
            ),
            ({"id": "9" * 40}, "id", "There is no record with the number"),
            ({"id": "-1"}, "id", "There is no record with the number “-1”"),
            ({"id": "one"}, "id", "There is no record with the number “one”"),
            (
                {"name": "bo tarn", "kind": "witness"},
                "name",
                "“bo tarn” already exists with the number",
            ),
            ({"name": "ADA VENN"}, "name", "Row 2 already changes the same record"),
            ({"aliases": "x" * 301}, "aliases", "is longer than 300 characters"),
        ],
    )
    def test_what_is_wrong_is_told_by_line_and_nothing_comes_in(self, admin, fields, column, why):
        Source.objects.create(name="Bo Tarn", kind=SourceKind.WITNESS)
        before = everything()
        lines = [source(), source(name="Cy Oss"), source(name="Di Roe") | fields]
        page = look(admin, Source, as_csv(lines))
        ((line, said_column, said),) = problems(page)
        assert (line, said_column) == (4, column)
        assert why in said
        assert page.context["confirm"] is None
        assert "Nothing was imported" in page.content.decode()
        assert everything() == before

    def test_one_without_a_kind_is_another(self, admin):
        add_to_inbox(admin, Source, as_csv([source(kind="")]))
        assert Source.objects.get().kind == SourceKind.OTHER

    def test_every_mistake_of_a_line_is_told(self, admin):
        file = as_csv([{"name": "", "kind": "oracle", "wikidata": "42", "links": ""}])
        assert {column for _line, column, _why in problems(look(admin, Source, file))} == {
            "name",
            "kind",
            "wikidata",
        }

    def test_a_number_stands_once(self, admin):
        pk = str(Source.objects.create(name="Ada").pk)
        file = as_csv([{"id": pk, "name": "Bo"}, {"id": pk, "name": "Cy"}])
        ((line, column, why),) = problems(look(admin, Source, file))
        assert (line, column, why) == (3, "id", "Row 2 already changes the same record.")

    @pytest.mark.parametrize("column", ["article", "merged_into"])
    def test_where_a_source_belongs_is_shown_only(self, admin, article, column):
        lines = [line | {column: "77"} for line in table(export(admin, Source))]
        assert {
            (name, why[:18]) for _line, name, why in problems(look(admin, Source, as_csv(lines)))
        } == {(column, "This column cannot")}

    def test_who_may_not_delete_aliases_takes_none_away(self, client, editor):
        client.force_login(editor)
        ada = enter_record(actor=editor, record=Source(name="Ada"))
        enter_record(actor=editor, record=Alias(source=ada, name="A."))
        (line,) = table(export(client, Source))
        ((_line, column, why),) = problems(look(client, Source, as_csv([line | {"aliases": "B."}])))
        assert (column, "but not to remove them" in why) == ("aliases", True)
        add_to_inbox(client, Source, as_csv([line | {"aliases": "A. | B."}]))
        assert ada.aliases.count() == 2

    def test_aliases_may_hold_bars_and_backslashes(self, admin):
        add_to_inbox(admin, Source, as_csv([source(aliases="A\\|B | C\\\\ || c\\\\ | ")]))
        assert set(Alias.objects.values_list("name", flat=True)) == {"A|B", "c\\"}


class TestOutletsDesksAndTags:
    @pytest.mark.parametrize("model", [Outlet, Desk, Tag])
    def test_new_and_changed(self, admin, chief, model):
        kept = enter_record(actor=chief, record=model(name="one"))
        lines = [{"id": str(kept.pk), "name": "ONE"}, {"id": "", "name": "  two   words "}]
        add_to_inbox(admin, model, as_csv(lines))
        assert list(model.objects.order_by("pk").values_list("name", "name_key")) == [
            ("ONE", "one"),
            ("two words", "two words"),
        ]
        assert {entry.history_user for entry in model.history.all()} == {chief}

    def test_an_address_that_is_none(self, admin):
        file = as_csv([{"name": "The Courier (fiction)", "url": "javascript:alert(1)"}])
        ((line, column, why),) = problems(look(admin, Outlet, file))
        assert (line, column, why) == (2, "url", "Enter a valid URL.")

    def test_a_semicolon_in_the_only_column_is_part_of_the_name(self, admin):
        add_to_inbox(admin, Tag, b"name\nharbour; pier\n")
        assert Tag.objects.get().name == "harbour; pier"

    def test_a_name_cannot_be_swapped_in_one_file(self, admin):
        one, two = Tag.objects.create(name="one"), Tag.objects.create(name="two")
        file = as_csv([{"id": str(one.pk), "name": "two"}, {"id": str(two.pk), "name": "one"}])
        assert len(problems(look(admin, Tag, file))) == 2
