"""Messages of news agencies that are uploaded: each text by itself, with its embargo."""

import json
from datetime import UTC, datetime

from django.urls import reverse

from claims.models import Article, IntakeItem
from claims.web.intake.views import MOST
from tests.ingest.formats.messages import VERSION_1, XHTML, item, message
from tests.web.intake.test_intake import keep, send, words_of


class TestMessagesOfAgencies:
    WIRE = message(
        item(meta="<embargoed>2126-01-29T06:00:00Z</embargoed>"),
        item("", meta='<pubStatus qcode="stat:canceled"/>'),
        item(XHTML.replace("The bridge", "The other bridge")).replace(
            "Bridge\n closed", "The other"
        ),
    )

    def test_each_text_lies_in_the_inbox_and_what_is_cancelled_is_told_with_its_line(self, desk):
        page = words_of(send(desk, ("wire.xml", self.WIRE)))
        assert [one.headline for one in IntakeItem.objects.order_by("pk")] == [
            "Bridge closed",
            "The other",
        ]
        assert "wire.xml, line 5" in page
        assert "its sender has cancelled it" in page

    def test_an_embargo_is_shown_in_the_inbox_the_preview_and_the_desk_until_it_ends(self, desk):
        page = send(desk, ("wire.xml", self.WIRE))
        assert words_of(page).count("Embargoed until 29 Jan 2126") == 1
        intake = IntakeItem.objects.order_by("pk").first()
        preview = desk.get(reverse("intake", args=[intake.pk]))
        assert "Embargoed until 29 Jan 2126" in words_of(preview)
        keep(desk, intake, embargoed_until="2126-01-29T06:00")
        article = Article.objects.get()
        assert "Embargoed until 29 Jan 2126" in words_of(desk.get(article.get_absolute_url()))
        Article.objects.update(embargoed_until=datetime(2026, 1, 29, 6, tzinfo=UTC))
        assert "Embargoed until" not in words_of(desk.get(article.get_absolute_url()))

    def test_accepted_as_it_is_an_article_keeps_its_embargo(self, desk):
        send(desk, ("wire.xml", self.WIRE))
        intake = IntakeItem.objects.order_by("pk").first()
        desk.post(reverse("accept-item", args=[intake.pk]))
        assert Article.objects.get().embargoed_until == datetime(2126, 1, 29, 6, tzinfo=UTC)

    def test_of_a_long_message_the_first_come_in_and_the_rest_is_told(self, desk):
        wire = [VERSION_1 | {"headline": f"Bridge {n}"} for n in range(MOST + 1)]
        page = words_of(send(desk, ("wire.json", json.dumps(wire))))
        assert IntakeItem.objects.count() == MOST
        assert f"at most {MOST} articles of a file" in page
