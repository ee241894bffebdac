"""Importing articles and claims: what it does, and what it refuses row by row; who may, and that it is all or nothing."""

import pytest
from django.contrib.admin.models import LogEntry
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
        own = Source.objects.filter(article=article).earliest("pk")
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
