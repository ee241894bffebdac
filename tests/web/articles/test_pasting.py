"""Pasting an article, and what is refused."""

from django.test import Client
from django.urls import reverse

from claims.models import Article, Claim


def paste(client: Client, **fields: str):
    return client.post(
        reverse("new-article"), {"language": "en", "headline": "H", "text": "", **fields}
    )


class TestPasting:
    def test_an_article_is_split_and_shown(self, desk):
        answer = paste(
            desk, headline="Rain", text="Rain will fall, minister Ada Venn said.\n\nIt did."
        )
        article = Article.objects.get()
        assert answer.status_code == 302
        assert answer["Location"] == article.get_absolute_url()
        assert Claim.objects.of_article(article).count() >= 2

    def test_without_text_it_says_so_and_keeps_the_headline(self, desk):
        answer = paste(desk, headline="A headline that took a while")
        assert answer.status_code == 400
        assert "There is no text to split" in answer.content.decode()
        assert "A headline that took a while" in answer.content.decode()
        assert not Article.objects.exists()

    def test_five_megabytes_are_refused_with_the_limit(self, desk):
        answer = paste(desk, text="Rain fell. " * 500_000)
        assert answer.status_code == 413
        assert "This is too large: the limit is" in answer.content.decode()
        assert not Article.objects.exists()

    def test_a_form_larger_than_the_server_reads_is_refused_clearly(self, desk, settings):
        settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
        answer = paste(desk, text="Rain fell. " * 500)
        assert answer.status_code == 413
        assert "Nothing was saved" in answer.content.decode()

    def test_binary_junk_is_refused_as_no_text(self, desk):
        answer = paste(desk, text="".join(chr(number % 32) for number in range(4000)))
        assert answer.status_code == 415
        assert "does not look like text" in answer.content.decode()
        assert not Article.objects.exists()

    def test_a_second_click_makes_no_second_article(self, desk):
        for _click in range(2):
            answer = paste(desk, headline="Rain", text="Rain fell.")
        assert Article.objects.count() == 1
        assert answer["Location"] == Article.objects.get().get_absolute_url()

    def test_markup_stays_text(self, desk):
        paste(
            desk,
            headline="<script>alert(1)</script>",
            text="<img src=x onerror=alert(1)> fell, Ada Venn said.",
        )
        page = desk.get(Article.objects.get().get_absolute_url()).content.decode()
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert "&lt;img src=x" in page

    def test_a_reader_may_not(self, client, reader):
        client.force_login(reader)
        assert paste(client, text="Rain fell.").status_code == 403
        assert not Article.objects.exists()
