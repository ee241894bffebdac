"""Archives in the browser: looked at before anything is imported, imported by the worker, stopped and continued."""

import csv
import io
import json

import pytest
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from claims.actions.intake import archives as archive_actions
from claims.actions.personal_data.retention import purge
from claims.choices import JobStatus
from claims.models import ArchiveImport, ArchiveProblem, Article
from tests.ingest.archives.records import sheet, table
from tests.models import rows
from tests.web.intake.test_intake import words_of

HEAD = ("Title", "Text", "Section", "date")


def story(number: int) -> tuple[str, str, str, str]:
    text = f"Bridge number {number} at Ostrey is closed, the mayor said on Wednesday."
    return (f"Bridge {number}", text, "Local", "2026-01-28")


def csv_of(*stories: tuple[str, ...]) -> bytes:
    return table(HEAD, *stories).encode()


@pytest.fixture
def add(desk):
    """Upload an archive. Gives the import."""

    def add(data: bytes, name: str = "wire.csv") -> ArchiveImport:
        sent = {"file": SimpleUploadedFile(name, data)}
        answer = desk.post(reverse("archives"), sent)
        assert answer.status_code == 302, words_of(answer)
        return ArchiveImport.objects.get(pk=answer["Location"].strip("/").split("/")[-1])

    return add


def act(desk, word: str, archive: ArchiveImport) -> str:
    return words_of(desk.post(reverse(f"{word}-archive", args=[archive.pk]), follow=True))


def page_of(desk, archive: ArchiveImport) -> str:
    return words_of(desk.get(reverse("archive", args=[archive.pk])))


class TestPreview:
    def test_it_shows_what_each_column_is_read_as_and_imports_nothing(self, desk, add, work):
        archive = add(csv_of(*map(story, range(9))))
        page = page_of(desk, archive)
        for name, label in (("Title", "Headline"), ("Section", "left out"), ("date", "Published")):
            assert f"{name} {label}" in page
        assert "Bridge 4" in page
        assert "Bridge 5" not in page
        work()
        assert not Article.objects.exists()

    @pytest.mark.parametrize(
        ("name", "data"),
        [
            ("wire.jsonl", json.dumps({"title": "Bridge 1", "text": "It is closed."}).encode()),
            ("wire.xlsx", sheet(HEAD, story(1))),
        ],
    )
    def test_other_formats_show_theirs(self, desk, add, name, data):
        page = page_of(desk, add(data, name))
        assert "title Headline" in page.replace("Title", "title")
        assert "Bridge 1" in page

    def test_a_bad_record_is_shown_with_its_reason(self, desk, add):
        bad = ("Bridge", "It is closed.", "", "04/05/2026")
        assert "is not a valid date" in page_of(desk, add(csv_of(story(1), bad)))

    @pytest.mark.parametrize(
        ("name", "data", "why"),
        [
            ("wire.csv", b"a,b\n1,2\n", "no column contains the articles’ text"),
            ("wire.pptx", b"x", "There is no format"),
            ("wire.xlsx", b"x", "cannot be read"),
            ("wire.jsonl", b"", "there are no articles in it"),
        ],
    )
    def test_what_cannot_be_read_is_told_and_not_kept(self, desk, name, data, why):
        answer = desk.post(reverse("archives"), {"file": SimpleUploadedFile(name, data)})
        assert answer.status_code >= 400
        assert why.replace("’", "&#x27;") in words_of(answer) or why in words_of(answer)
        assert not ArchiveImport.objects.exists()

    def test_one_that_is_too_large_is_told(self, desk, monkeypatch):
        monkeypatch.setattr(archive_actions, "MAX_BYTES", 10)
        answer = desk.post(
            reverse("archives"), {"file": SimpleUploadedFile("a.csv", csv_of(story(1)))}
        )
        assert answer.status_code == 413


class TestImporting:
    def test_all_come_in_with_those_that_are_here_and_those_that_cannot_be_told(
        self, desk, add, work, monkeypatch
    ):
        monkeypatch.setattr(archive_actions, "AT_ONCE", 2)
        bad = ("=Bridge", "It is closed.", "", "04/05/2026")
        archive = add(csv_of(story(1), story(2), bad, story(1), story(3)))
        assert "Discard" in page_of(desk, archive)
        act(desk, "start", archive)
        work()
        page = page_of(desk, archive)
        assert "3 articles imported, 1 already here, 1 not imported" in page
        # Its articles stay, whatever becomes of the list of imports.
        assert "Discard" not in page
        assert "Remove from the list" in page
        assert sorted(Article.objects.values_list("headline", flat=True)) == [
            "Bridge 1",
            "Bridge 2",
            "Bridge 3",
        ]
        assert {each.imported_by.username for each in Article.objects.all()} == {"edda"}
        answer = desk.get(reverse("archive-problems", args=[archive.pk]))
        text = b"".join(answer.streaming_content).decode("utf-8-sig")
        heading, problem = csv.reader(io.StringIO(text))
        assert heading == ["Line", "Reason"]
        assert problem[0] == "4"
        assert "is not a valid date" in problem[1]

    def test_an_article_with_another_text_at_its_address_is_left_and_told(
        self, desk, add, work, article
    ):
        Article.objects.update(url="https://courier.example.org/bridges")
        article.refresh_from_db()
        article.save()
        head = ("text", "url")
        other = ("Another text, the mayor said.", "https://courier.example.org/bridges")
        archive = add(table(head, other).encode())
        act(desk, "start", archive)
        work()
        assert "0 articles imported" in page_of(desk, archive)
        assert f"article {article.pk} has the same address" in str(
            ArchiveProblem.objects.get().error
        ).replace("%(number)s", str(article.pk))

    def test_stopped_it_goes_on_where_it_was(self, desk, add, work, monkeypatch):
        monkeypatch.setattr(archive_actions, "AT_ONCE", 2)
        archive = add(csv_of(*map(story, range(6))))
        real = archive_actions._imported

        def stopped(found, batch):
            if batch[0].number > 3:
                act(desk, "stop", archive)
            return real(found, batch)

        with monkeypatch.context() as meanwhile:
            meanwhile.setattr(archive_actions, "_imported", stopped)
            act(desk, "start", archive)
            work()
        archive.refresh_from_db()
        assert (archive.status, archive.created) == (JobStatus.STOPPED, 2)
        work()
        act(desk, "start", archive)
        work()
        archive.refresh_from_db()
        assert archive.status == JobStatus.DONE
        assert Article.objects.count() == 6
        # What was written when it was stopped is not counted twice.
        assert archive.created + archive.here == 6

    def test_a_failure_between_two_steps_loses_nothing_and_doubles_nothing(
        self, desk, add, work, monkeypatch
    ):
        monkeypatch.setattr(archive_actions, "AT_ONCE", 2)
        archive = add(csv_of(*map(story, range(5))))
        act(desk, "start", archive)

        def failing(*_args, **_kwargs):
            raise RuntimeError

        with monkeypatch.context() as meanwhile:
            # The articles of the first step are saved, and not noted yet.
            meanwhile.setattr(archive_actions, "_note", failing)
            work()
        archive.refresh_from_db()
        assert (archive.status, archive.line) == (JobStatus.FAILED, 0)
        assert Article.objects.count() == 2
        act(desk, "start", archive)
        work()
        archive.refresh_from_db()
        assert (archive.status, archive.done) == (JobStatus.DONE, 5)
        assert Article.objects.count() == 5

    def test_its_file_is_deleted_once_it_is_imported_or_discarded(
        self, desk, add, work, django_capture_on_commit_callbacks
    ):
        files = storages["exports"]
        for word in ("start", "discard"):
            archive = add(csv_of(story(1)))
            assert files.exists(archive.file)
            with django_capture_on_commit_callbacks(execute=True):
                act(desk, word, archive)
                work()
            assert not files.exists(archive.file)

    def test_a_file_that_is_gone_is_told(self, desk, add, work):
        archive = add(csv_of(story(1)))
        storages["exports"].delete(archive.file)
        act(desk, "start", archive)
        work()
        assert "The file is gone." in page_of(desk, archive)


def test_nobody_else_sees_an_archive(desk, client, chief):
    archive = rows.archive(chief)
    for name in ("archive", "archive-problems"):
        assert desk.get(reverse(name, args=[archive.pk])).status_code == 404
    for word in ("start", "stop", "discard"):
        answer = desk.post(reverse(f"{word}-archive", args=[archive.pk]))
        assert answer.status_code == 404
    assert archive.name not in words_of(desk.get(reverse("archives")))


def test_old_ones_are_forgotten(desk, add, settings):
    archive = add(csv_of(story(1)))
    settings.KEEP_DAYS = settings.KEEP_DAYS | {"inbox": 0}
    assert purge()["archives"] == 1
    assert not ArchiveImport.objects.filter(pk=archive.pk).exists()
