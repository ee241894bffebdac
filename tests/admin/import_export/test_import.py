"""What an import does, and what it refuses row by row."""

import pytest
from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.contrib.auth.models import Permission
from django.utils import timezone

from claims.actions import decide_claim, enter_record, import_article
from claims.choices import ChangeAction, Quotation, ReviewStatus, SourceKind, Verdict
from claims.ingest.types import ArticleDraft
from claims.models import Alias, Article, Change, Claim, Desk, Outlet, Source, Tag
from tests.actions.database import everything
from tests.admin.import_export.files import (
    add_to_inbox,
    address,
    as_csv,
    as_xlsx,
    changes,
    confirm,
    export,
    look,
    problems,
    table,
)

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]


def source(**fields: str) -> dict[str, str]:
    return {"id": "", "name": "Ada Venn", "kind": "minister", "aliases": ""} | fields


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

    def test_a_name_cannot_be_swapped_in_one_file(self, admin):
        one, two = Tag.objects.create(name="one"), Tag.objects.create(name="two")
        file = as_csv([{"id": str(one.pk), "name": "two"}, {"id": str(two.pk), "name": "one"}])
        assert len(problems(look(admin, Tag, file))) == 2


class TestArticles:
    def test_metadata_are_changed_by_the_names_of_outlets_and_desks(self, admin, chief, registry):
        outlet = Outlet.objects.create(name="The Other (fiction)")
        (line,) = table(export(admin, Article))
        line |= {"outlet": "the other (FICTION)", "desk": "", "published_at": "2026-03-04 05:06"}
        line |= {"headline": "Bridge open", "byline": "Ilse Marrowby", "language": "en-GB"}
        add_to_inbox(admin, Article, as_csv([line]))
        registry.refresh_from_db()
        assert (registry.outlet, registry.desk) == (outlet, None)
        assert registry.published_at.isoformat() == "2026-03-04T05:06:00+00:00"
        assert (registry.headline, registry.byline) == ("Bridge open", "Ilse Marrowby")
        assert registry.history.first().history_user == chief
        assert not Claim.objects.with_stale_copies().exists()

    @pytest.mark.parametrize(
        ("fields", "column", "why"),
        [
            ({"id": ""}, "id", "New articles cannot be imported here"),
            (
                {"outlet": "The Nowhere (fiction)"},
                "outlet",
                "There is no outlet “The Nowhere (fiction)”",
            ),
            ({"desk": "weather"}, "desk", "There is no desk “weather”"),
            ({"published_at": "yesterday"}, "published_at", "“yesterday” is not a valid date"),
            ({"headline": " "}, "headline", "cannot be blank"),
            ({"url": "ftp://example.org"}, "url", "valid URL"),
        ],
    )
    def test_what_cannot_be(self, admin, registry, fields, column, why):
        (line,) = table(export(admin, Article))
        ((number, said_column, said),) = problems(look(admin, Article, as_csv([line | fields])))
        assert (number, said_column) == (2, column)
        assert why in said

    def test_dates_of_a_spreadsheet(self, admin, registry):
        moment = timezone.now().replace(tzinfo=None, microsecond=0, hour=5)
        for value, hour in ((moment, 5), (moment.date(), 0)):
            page = look(
                admin, Article, as_xlsx(["id", "published_at"], [registry.pk, value]), "a.xlsx"
            )
            confirm(admin, Article, page)
            registry.refresh_from_db()
            assert (registry.published_at.date(), registry.published_at.hour) == (
                moment.date(),
                hour,
            )


class TestClaims:
    def test_words_and_source_become_a_step_in_the_log(self, admin, chief, article):
        source = Source.objects.create(name="Bo Tarn", kind=SourceKind.WITNESS)
        Alias.objects.create(source=source, name="B. Tarn")
        lines = table(export(admin, Claim))
        lines[0] |= {
            "statement": "The bridge stays closed.",
            "source": "b. tarn",
            "role": "a witness",
        }
        lines[-1] |= {"checkable": "no", "told_to": "Radio Ostrey", "source": f"#{source.pk}"}
        page = look(admin, Claim, as_csv(lines))
        assert (2, ("role", table(export(admin, Claim))[0]["role"], "a witness")) in changes(page)
        confirm(admin, Claim, page)
        first, *_rest, last = Claim.objects.order_by("pk")
        assert (first.statement, first.source, first.role) == (
            "The bridge stays closed.",
            source,
            "a witness",
        )
        assert (last.checkable, last.told_to, last.source) == (False, "Radio Ostrey", source)
        assert (last.quotation, last.source_kind) == (Quotation.INDIRECT, SourceKind.WITNESS)
        step = Change.objects.get()
        assert (step.action, step.actor, step.note) == (
            ChangeAction.DATA_ENTRY,
            chief,
            "records.csv",
        )
        assert step.claims.count() == 2
        assert set(
            Claim.objects.exclude(pk__in=[first.pk, last.pk]).values_list("version", flat=True)
        ) == {1}
        assert not Claim.objects.with_stale_copies().exists()

    @pytest.mark.parametrize(
        ("fields", "column", "why"),
        [
            ({"verdict": "verified"}, "verdict", "verdicts are set on the review page"),
            ({"quote": "Other words"}, "quote", "are set on the review page"),
            ({"spans": "[[0,1]]"}, "spans", "are set on the review page"),
            ({"headline": "Other"}, "headline", "cannot be changed here"),
            ({"id": ""}, "id", "New claims cannot be imported here"),
            ({"statement": ""}, "statement", "cannot be blank"),
            ({"source": "Nobody"}, "source", "There is no source “Nobody” for this article"),
            ({"source": "#0"}, "source", "There is no source “#0”"),
            (
                {"source": "Twin"},
                "source",
                "Several sources are called “Twin”. Write one of these numbers instead: #",
            ),
            ({"checkable": "perhaps"}, "checkable", "Write “yes” or “no”"),
            ({"statement": "x" * 10_001}, "statement", "longer than 10,000"),
            ({"role": "x" * 501}, "role", "at most 500 characters"),
        ],
    )
    def test_what_cannot_be(self, admin, article, fields, column, why):
        Source.objects.create(name="Twin", kind=SourceKind.MEDIA)
        Source.objects.create(name="Twin", kind=SourceKind.COURT)
        before = everything()
        first, *rest = table(export(admin, Claim))
        page = look(admin, Claim, as_csv([first | fields, *rest]))
        ((number, said_column, said),) = problems(page)
        assert (number, said_column) == (2, column)
        assert why in said
        assert everything() == before

    def test_a_source_of_another_article_is_none_of_this_one(self, admin, article, editor):
        other = ArticleDraft(headline="Rain", body="Rain will fall, officials said.")
        made = import_article(actor=editor, draft=other).article
        own = Source.objects.get(article=article)
        line = next(line for line in table(export(admin, Claim)) if line["article"] == str(made.pk))
        assert problems(look(admin, Claim, as_csv([line | {"source": f"#{own.pk}"}])))
        assert not problems(look(admin, Claim, as_csv([line | {"source": ""}])))


class TestAllOrNothing:
    def test_what_somebody_changed_meanwhile_is_shown_and_not_overwritten(self, admin, editor):
        tags = [enter_record(actor=editor, record=Tag(name=name)) for name in ("one", "two")]
        lines = table(export(admin, Tag))
        page = look(admin, Tag, as_csv([lines[0] | {"name": "uno"}, lines[1]]))
        tags[1].name = "due"
        enter_record(actor=editor, record=tags[1], fields=["name"])
        before = everything()
        answer = confirm(admin, Tag, page)
        assert "Someone has changed some of these records" in answer.content.decode()
        assert everything() == before
        assert changes(answer) == [(2, ("name", "one", "uno")), (3, ("name", "due", "two"))]
        assert "changed: 2" in confirm(admin, Tag, answer).content.decode()

    def test_what_became_impossible_meanwhile_is_told(self, admin):
        page = look(admin, Tag, as_csv([{"name": "one"}, {"name": "two"}]))
        Tag.objects.create(name="ONE")
        answer = confirm(admin, Tag, page)
        assert [line for line, _column, _why in problems(answer)] == [2]
        assert Tag.objects.count() == 1

    def test_what_the_database_refuses_is_told_and_nothing_is_written(self, admin, monkeypatch):
        monkeypatch.setattr(
            "claims.admin.import_export.resources.NamedResource.require_unique",
            lambda _self, _record: None,
        )
        page = look(admin, Tag, as_csv([{"name": "one"}, {"name": "One"}]))
        answer = confirm(admin, Tag, page)
        assert answer.status_code == 200
        assert "Nothing was imported" in answer.content.decode()
        assert not Tag.objects.exists()
        assert not LogEntry.objects.exists()

    def test_a_mistake_of_the_code_is_not_told_as_one_of_the_line(self, admin, monkeypatch):
        def broken(*_args):
            raise ZeroDivisionError

        monkeypatch.setattr(
            "claims.admin.import_export.resources.NamedResource.require_unique", broken
        )
        with pytest.raises(ZeroDivisionError):
            look(admin, Tag, as_csv([{"name": "one"}]))

    def test_a_dry_run_is_carried_out_once(self, admin):
        page = look(admin, Tag, as_csv([{"name": "one"}]))
        confirm(admin, Tag, page)
        assert "already been carried out" in confirm(admin, Tag, page).content.decode()
        assert Tag.objects.count() == 1


class TestWhoMay:
    @pytest.mark.parametrize("model", [Source, Outlet, Desk, Tag, Article, Claim])
    def test_readers_take_out_and_bring_nothing_in(self, client, reader, registry, model):
        client.force_login(reader)
        file = export(client, model)
        assert client.get(address(model, "import")).status_code == 403
        assert client.post(address(model, "import"), {}).status_code == 403
        assert client.post(address(model, "process_import"), {"key": "x"}).status_code == 403
        page = client.get(address(model, "changelist")).content.decode()
        assert address(model, "export") in page
        assert address(model, "import") not in page
        assert "note" not in table(file)[0]

    def test_editors_bring_in_what_they_may_change(self, client, editor):
        client.force_login(editor)
        for model in (Source, Outlet, Desk, Tag, Claim):
            assert client.get(address(model, "import")).status_code == 200
        assert client.get(address(Article, "import")).status_code == 403

    def test_who_may_only_add_or_only_change_brings_nothing_in(self, client, reader):
        client.force_login(reader)
        for verb in ("add", "change"):
            reader.user_permissions.set([Permission.objects.get(codename=f"{verb}_tag")])
            assert client.get(address(Tag, "import")).status_code == 403

    def test_who_may_not_see_them_takes_none_out(self, client, reader):
        reader.groups.clear()
        client.force_login(reader)
        assert client.get(address(Source, "export")).status_code == 403

    def test_notes_go_out_for_those_who_write_them(self, admin, registry):
        assert table(export(admin, Outlet))[-1]["note"] == "'+1 to them"

    def test_nobody_carries_out_anothers_dry_run(self, client, chief, editor):
        client.force_login(chief)
        page = look(client, Tag, as_csv([{"name": "one"}]))
        client.force_login(editor)
        assert "Nothing was imported" in confirm(client, Tag, page).content.decode()
        client.force_login(chief)
        assert "Nothing was imported" in confirm(client, Desk, page).content.decode()
        assert not Tag.objects.exists()
        assert not Desk.objects.exists()


class TestBlindChecks:
    @pytest.fixture
    def blind(self, editor, claim):
        decide_claim(actor=editor, claim_id=claim.pk, version=1, verdict=Verdict.VERIFIED)
        Claim.objects.filter(pk=claim.pk).update(review_status=ReviewStatus.WAITING, blind=True)
        return claim

    def test_their_verdict_goes_out_to_nobody_but_who_decided(self, client, editor, chief, blind):
        for user, verdict in ((editor, "verified"), (chief, "")):
            client.force_login(user)
            lines = {line["id"]: line for line in table(export(client, Claim))}
            assert lines[str(blind.pk)]["verdict"] == verdict
            assert {line["verdict"] for pk, line in lines.items() if pk != str(blind.pk)} == {
                "pending"
            }

    @pytest.mark.parametrize("guess", ["verified", "disputed"])
    def test_nobody_finds_it_out_by_trying(self, admin, blind, guess):
        (line,) = [line for line in table(export(admin, Claim)) if line["id"] == str(blind.pk)]
        assert problems(look(admin, Claim, as_csv([line]))) == []
        assert problems(look(admin, Claim, as_csv([line | {"verdict": guess}])))
