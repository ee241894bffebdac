"""Articles brought in as files."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from claims.models import Article, Claim

STORY = """---
headline: Ferry to Marrow Quay
url: https://courier.example.org/ferry
published: 2026-03-04 05:06+00:00
---
The ferry will sail on Monday, officials said.
"""


def send(browser, *files: tuple[str, str], **headers):
    sent = [SimpleUploadedFile(name, content.encode()) for name, content in files]
    return browser.post(reverse("bring-files"), {"files": sent}, **headers)


def test_several_files_become_articles_and_each_says_so(desk):
    page = send(desk, ("ferry.md", STORY), ("rain.txt", "Rain fell.\n\nIt fell on Ostrey."))
    assert page.status_code == 200
    assert set(Article.objects.values_list("headline", flat=True)) == {
        "Ferry to Marrow Quay",
        "Rain fell.",
    }
    assert Claim.objects.count() > 1
    for article in Article.objects.all():
        assert article.get_absolute_url() in page.content.decode()


def test_one_that_cannot_be_read_says_why_and_the_others_come_in(desk):
    page = send(desk, ("empty.txt", " "), ("picture.gif", "GIF89a"), ("ferry.md", STORY))
    said = page.content.decode()
    assert "There is no text to split" in said
    assert "There is no format “gif”" in said
    assert Article.objects.get().headline == "Ferry to Marrow Quay"


def test_the_same_file_again_is_the_same_article(desk):
    send(desk, ("ferry.md", STORY))
    page = send(desk, ("ferry again.md", STORY))
    assert "already here:" in page.content.decode()
    assert Article.objects.count() == 1


def test_another_text_of_the_same_address_is_no_second_article_but_can_be_compared(desk):
    send(desk, ("ferry.md", STORY))
    changed = STORY.replace("Monday", "Tuesday")
    page = send(desk, ("ferry.md", changed)).content.decode()
    assert Article.objects.count() == 1
    assert "This address is here already, with another text" in page
    article = Article.objects.get()
    assert reverse("update-article", args=[article.pk]) in page
    sent = {"text": "The ferry will sail on Tuesday, officials said.", "step": "look"}
    look = desk.post(reverse("update-article", args=[article.pk]), sent)
    assert "What becomes of the claims" in look.content.decode()


def test_htmx_gets_the_lines_alone(desk):
    part = send(desk, ("ferry.md", STORY), HTTP_HX_REQUEST="true").content.decode()
    assert part.strip().startswith("<li")
    assert "<html" not in part


def test_no_file_is_said(desk):
    assert "No file was chosen" in desk.post(reverse("bring-files")).content.decode()


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_reader_brings_nothing_in(client, reader, method):
    client.force_login(reader)
    answer = getattr(client, method)(reverse("bring-files"))
    assert answer.status_code in {403, 405}
    assert not Article.objects.exists()


def test_a_hostile_name_stays_text(desk):
    page = send(desk, ("<img src=x onerror=alert(1)>.txt", " ")).content.decode()
    assert "<img src=x" not in page
