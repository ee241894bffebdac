"""Exports of lists of claims: at once, in the background, stopped, expired."""

import csv
import io
import json
import os
import stat
from datetime import timedelta
from pathlib import Path

import openpyxl
import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_tasks import TaskResultStatus

from claims import renderers
from claims.actions import begin_export, stop_export, write_export
from claims.actions.exports import open_export, write_in_background
from claims.choices import JobStatus
from claims.errors import UnknownFormatError
from claims.models import Claim, Export, Task
from claims.renderers.types import Table
from tests.admin.import_export.files import changes, look, problems
from tests.models import rows


@pytest.fixture(autouse=True)
def folder(export_folder) -> Path:
    """The folder of the files, as production keeps them."""
    return export_folder


def lying(folder: Path) -> list[str]:
    """The names of the files of exports, and of unfinished ones."""
    return sorted(path.name for path in folder.parent.glob("**/*") if path.is_file())


@pytest.fixture
def few(monkeypatch) -> None:
    """Anything at all is written in the background."""
    monkeypatch.setattr("claims.web.exports.AT_ONCE", 0)


def body(answer) -> bytes:
    assert answer.status_code == 200
    return answer.getvalue()


def send(browser: Client, **sent):
    return browser.post(reverse("export-claims"), sent)


class TestPage:
    def test_it_says_first_how_many(self, desk, article):
        number = Claim.objects.active().filter(source_kind="minister").count()
        query = {"list": "kind=minister", "every": "1"}
        page = desk.get(reverse("export-claims"), query)
        assert page.context["number"] == number
        assert f"{number} claim" in page.content.decode()
        for each in renderers.TABLES.values():
            assert each.label in page.content.decode()

    def test_without_a_choice_it_leads_back_to_the_list(self, desk, article):
        answer = desk.get(reverse("export-claims"), {"list": "kind=minister"})
        assert answer["Location"] == f"{reverse('claims')}?kind=minister"

    def test_a_reader_exports_and_makes_no_report(self, client, reader, article):
        client.force_login(reader)
        page = client.get(reverse("export-claims"), {"every": "1"}).content.decode()
        assert "As a table" in page
        assert "As a report" not in page
        assert "Export all matching claims" in client.get(reverse("claims")).content.decode()
        assert "Change all matching claims" not in client.get(reverse("claims")).content.decode()

    def test_more_than_a_report_holds_makes_none(self, monkeypatch, desk, article):
        monkeypatch.setattr("claims.web.exports.MAX_CLAIMS", 1)
        page = desk.get(reverse("export-claims"), {"every": "1"}).content.decode()
        assert "A report can have at most 1 claims" in page

    def test_ones_own_last_five_are_listed(self, desk, editor, chief, article):
        own = [rows.export(editor) for _each in range(6)]
        rows.export(chief)
        page = desk.get(reverse("export-claims"), {"every": "1"})
        assert [one for one, _label in page.context["exports"]] == own[:0:-1]

    def test_nobody_else_may(self, client, article):
        client.force_login(User.objects.create_user("nobody"))
        assert client.get(reverse("export-claims"), {"every": "1"}).status_code == 403


class TestAtOnce:
    @pytest.mark.parametrize("key", renderers.TABLES)
    def test_the_file_holds_exactly_what_the_filter_shows(self, desk, article, key):
        wanted = Claim.objects.active().filter(source_kind="minister")
        answer = send(desk, list="kind=minister", every="1", format=key)
        assert f".{renderers.get(key).suffix}" in answer["Content-Disposition"]
        assert answer["Cache-Control"] == "no-store, private"
        ids = READ[key](body(answer))
        assert sorted(ids) == sorted(wanted.values_list("pk", flat=True))

    def test_chosen_claims_alone(self, desk, claim):
        answer = send(desk, list="", chosen=[claim.pk], format="csv")
        assert _csv(body(answer)) == [claim.pk]

    def test_a_filter_that_cannot_be_understood_exports_nothing(self, desk, article):
        answer = send(desk, list="verdict=maybe", every="1", format="csv")
        assert answer.status_code == 400
        assert "The filter is not valid" in answer.content.decode()

    @pytest.mark.parametrize("key", ["pdf", "odt", ""])
    def test_a_format_that_is_not_for_tables_is_said(self, desk, article, key):
        answer = send(desk, list="", every="1", format=key)
        assert answer.status_code == 400
        assert "Choose one of: csv" in answer.content.decode()

    @pytest.mark.parametrize("key", ["csv", "csv-excel", "xlsx"])
    def test_the_admin_takes_the_file_in_again_and_nothing_changes(self, chief, article, key):
        Claim.objects.update(statement="=1+1 bridges — “so many”")
        browser = Client()
        browser.force_login(chief)
        file = body(send(browser, list="", every="1", format=key))
        page = look(browser, Claim, file)
        assert problems(page) == changes(page) == []
        assert "nothing to import" in page.content.decode()


def _csv(file: bytes) -> list[int]:
    text = file.decode("utf-8-sig")
    separator = ";" if text.startswith("id;") else ","
    lines = csv.DictReader(io.StringIO(text, newline=""), delimiter=separator)
    return [int(line["id"]) for line in lines]


def _xlsx(file: bytes) -> list[int]:
    sheet = openpyxl.load_workbook(io.BytesIO(file), read_only=True).worksheets[0]
    head, *lines = sheet.iter_rows(values_only=True)
    return [int(line[head.index("id")]) for line in lines]


def _jsonl(file: bytes) -> list[int]:
    return [json.loads(line)["id"] for line in file.splitlines()]


READ = {
    "csv": _csv,
    "csv-excel": _csv,
    "csv-excel-semicolons": _csv,
    "xlsx": _xlsx,
    "jsonl": _jsonl,
}


@pytest.mark.usefixtures("few")
class TestInTheBackground:
    def test_many_are_written_by_the_worker_and_downloaded(self, desk, article, work):
        answer = send(desk, list="kind=minister", every="1", format="csv")
        work()
        export = Export.objects.get()
        assert answer["Location"] == reverse("export", args=[export.pk])
        page = desk.get(answer["Location"]).content.decode()
        assert reverse("export-file", args=[export.pk]) in page
        file = body(desk.get(reverse("export-file", args=[export.pk])))
        wanted = Claim.objects.active().filter(source_kind="minister")
        assert sorted(_csv(file)) == sorted(wanted.values_list("pk", flat=True))
        assert (export.status, export.total, export.done) == (
            "done",
            wanted.count(),
            wanted.count(),
        )
        assert export.size == len(file)

    def test_the_file_is_its_makers_alone(self, desk, article, chief, work, folder):
        send(desk, list="", every="1", format="csv")
        work()
        export = Export.objects.get()
        assert stat.S_IMODE((folder / str(export.pk)).stat().st_mode) == 0o600
        other = Client()
        other.force_login(chief)
        for name in ("export", "export-file"):
            assert other.get(reverse(name, args=[export.pk])).status_code == 404
        assert other.post(reverse("stop-export", args=[export.pk])).status_code == 404

    def test_a_second_click_begins_no_second_one(self, desk, article, work):
        for _click in range(2):
            send(desk, list="", every="1", format="csv")
        assert Export.objects.count() == 1

    def test_while_it_waits_it_can_be_stopped_and_is_not_written(self, desk, article, work, folder):
        send(desk, list="", every="1", format="csv")
        export = Export.objects.get()
        assert "Stop" in desk.get(reverse("export", args=[export.pk])).content.decode()
        desk.post(reverse("stop-export", args=[export.pk]))
        work()
        export.refresh_from_db()
        assert export.status == JobStatus.STOPPED
        assert lying(folder) == []
        assert desk.get(reverse("export-file", args=[export.pk])).status_code == 404

    def test_the_part_that_tells_how_far_it_is_asks_for_itself_until_it_ends(
        self, desk, article, work
    ):
        send(desk, list="", every="1", format="csv")
        export = Export.objects.get()
        part = desk.get(
            reverse("export", args=[export.pk]), HTTP_HX_REQUEST="true"
        ).content.decode()
        assert "every 1s" in part
        assert "<html" not in part
        work()
        part = desk.get(
            reverse("export", args=[export.pk]), HTTP_HX_REQUEST="true"
        ).content.decode()
        assert "every 1s" not in part
        assert 'role="status"' in part


class TestWriting:
    @pytest.fixture
    def export(self, editor) -> Export:
        return rows.export(editor)

    def test_stopped_half_way_nothing_is_left(self, monkeypatch, editor, export, folder):
        monkeypatch.setattr("claims.actions.exports._TELL_EVERY", 0)

        def lines():
            for number in range(5_000):
                if number == 2_500:
                    stop_export(actor=editor, export_id=export.pk)
                yield (number,)

        write_export(export, lambda: (5_000, Table(("id",), lines())))
        export.refresh_from_db()
        assert export.status == JobStatus.STOPPED
        assert 0 < export.done < 5_000
        assert lying(folder) == []

    def test_a_failure_says_why_and_leaves_nothing(self, settings, tmp_path, export):
        (tmp_path / "exports").write_text("a file in the folder's place")
        write_export(export, lambda: (0, Table(("id",), ())))
        export.refresh_from_db()
        assert export.status == JobStatus.FAILED
        assert export.error
        assert export.error != "None"

    def test_a_failure_of_the_list_says_why(self, export):
        def broken():
            raise UnknownFormatError(name="x", known="y")

        write_export(export, broken)
        export.refresh_from_db()
        assert (export.status, export.error) == (
            JobStatus.FAILED,
            "There is no format “x”. Choose one of: y.",
        )

    def test_what_ended_is_not_written_again(self, export):
        write_export(export, lambda: (1, Table(("id",), [(1,)])))
        with open_export(export) as file:
            first = file.read()
        write_export(export, lambda: (2, Table(("id",), [(1,), (2,)])))
        with open_export(export) as file:
            assert file.read() == first

    def test_one_that_is_gone_is_nothing_to_do(self, work):
        task = write_in_background.enqueue(4711)
        work()
        task.refresh()
        assert task.status == TaskResultStatus.SUCCESSFUL

    def test_one_whose_worker_died_is_written_by_another(
        self, editor, article, export, work, folder
    ):
        write_in_background.enqueue(export.pk)
        Task.objects.get().claim("a worker that died")
        Export.objects.update(status=JobStatus.RUNNING, done=7)
        work()
        export.refresh_from_db()
        assert export.status == JobStatus.DONE
        assert export.done == Claim.objects.active().count()
        assert lying(folder) == [str(export.pk)]

    def test_files_whose_time_is_over_go(
        self, editor, export, desk, folder, django_capture_on_commit_callbacks
    ):
        write_export(export, lambda: (1, Table(("id",), [(1,)])))
        left, new = (folder.parent / f"tmp{age}.upload" for age in ("old", "new"))
        left.touch()
        new.touch()
        os.utime(left, (0, 0))
        Export.objects.update(created_at=timezone.now() - timedelta(days=1, seconds=1))
        assert desk.get(reverse("export-file", args=[export.pk])).status_code == 404
        with django_capture_on_commit_callbacks(execute=True):
            begin_export(actor=editor, query="", key="csv", total=1)
        assert lying(folder) == [new.name]
        assert not Export.objects.filter(pk=export.pk).exists()


def test_a_column_that_no_file_of_claims_has_is_still_refused(chief, article):
    browser = Client()
    browser.force_login(chief)
    page = look(browser, Claim, b"id,colour\n1,red\n")
    assert "there is no column “colour”" in page.content.decode()
