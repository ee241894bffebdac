"""The page on which a report is written, without scripts: its words, and the order of its claims."""

import pytest
from django.urls import reverse

from claims.actions import ask_second_check, decide_claim
from claims.choices import Verdict
from claims.models import Claim, Report
from claims.queries.reports.contents import arranged_claims
from claims.queries.reports.editions import edition_of
from tests.models import rows
from tests.web.reports.answers import shown

HTMX = {"HX-Request": "true"}


@pytest.fixture
def ids(kept) -> list[int]:
    """The report's claims in the order of the text."""
    return [pk for pk, _headline in arranged_claims(kept)]


def page_of(browser, report):
    return browser.get(reverse("write-report", args=[report.pk]))


def send(browser, report, *, headers=None, **sent):
    """Press a button of the list as it stands; names have underscores for dashes."""
    data = {name.replace("_", "-"): value for name, value in sent.items()}
    data.setdefault("seen", page_of(browser, report).context["seen"])
    address = reverse("arrange-report", args=[report.pk])
    return browser.post(address, data, headers=headers or {})


def order(browser, report) -> list[int]:
    entries = page_of(browser, report).context["entries"]
    return [entry.row.pk if entry.row else entry.heading for entry in entries]


class TestWords:
    def test_they_are_saved_and_shown_in_the_report(self, desk, kept):
        page = page_of(desk, kept)
        sent = {
            "seen": page.context["seen_texts"],
            "title": "The bridges",
            "lede": "Nine **stand**.",
            "conclusion": "So.",
            "undecided": "end",
        }
        answer = desk.post(reverse("write-report", args=[kept.pk]), sent, follow=True)
        assert "Saved." in shown(answer)
        kept.refresh_from_db()
        assert (kept.title, kept.lede, kept.conclusion) == ("The bridges", "Nine **stand**.", "So.")

    def test_what_was_typed_is_not_lost_where_somebody_else_was_faster(self, desk, kept):
        seen = page_of(desk, kept).context["seen_texts"]
        Report.objects.update(lede="Ten.")
        sent = {"seen": seen, "title": "X", "lede": "My own words.", "undecided": "end"}
        answer = desk.post(reverse("write-report", args=[kept.pk]), sent)
        assert "My own words." in shown(answer, status=409)
        kept.refresh_from_db()
        assert kept.lede == "Ten."

    def test_a_published_report_is_not_written_any_more(self, lead, published):
        answer = page_of(lead, published)
        assert answer["Location"] == published.get_absolute_url()


class TestOrder:
    def test_a_claim_moves_up_and_down(self, desk, kept, ids):
        first, second, *rest = ids
        assert send(desk, kept, up=1).status_code == 302
        assert order(desk, kept) == [second, first, *rest]
        send(desk, kept, down=0)
        assert order(desk, kept) == ids

    def test_the_ends_are_the_ends(self, desk, kept, ids):
        send(desk, kept, up=0)
        send(desk, kept, down=len(ids) - 1)
        assert order(desk, kept) == ids

    def test_a_line_is_dropped_at_a_place(self, desk, kept, ids):
        send(desk, kept, move=0, to=2)
        assert order(desk, kept) == [ids[1], ids[2], ids[0], *ids[3:]]

    def test_sections_are_added_renamed_and_removed(self, desk, kept, ids):
        send(desk, kept, add=1, new_heading="The dyke", before=ids[1])
        assert order(desk, kept) == [ids[0], "The dyke", *ids[1:]]
        entries = page_of(desk, kept).context["entries"]
        assert [one.number for one in entries] == [1, 0, *range(2, len(ids) + 1)]
        send(desk, kept, remove=0)
        send(desk, kept, heading="The old dyke")
        assert order(desk, kept)[1] == "The old dyke"
        made = edition_of(actor=kept.made_by, report=Report.objects.get()).report
        assert [one.heading for one in made.sections] == ["", "The old dyke"]
        send(desk, kept, remove=1)
        assert order(desk, kept) == ids

    def test_a_published_report_has_no_order_to_change(self, lead, published):
        address = reverse("arrange-report", args=[published.pk])
        answer = lead.post(address, {"seen": "", "up": "1"}, headers=HTMX)
        assert answer["Location"] == published.get_absolute_url()

    def test_a_claim_is_left_out_and_put_back(self, desk, kept, ids):
        send(desk, kept, leave_out=ids[0])
        assert "1 claim is left out" in shown(page_of(desk, kept))
        assert order(desk, kept) == ids[1:]
        send(desk, kept, put_back=ids[0])
        assert order(desk, kept) == [*ids[1:], ids[0]]
        send(desk, kept, text_order=1)
        assert order(desk, kept) == ids

    def test_htmx_gets_the_list_and_hears_what_was_done(self, desk, kept, ids):
        answer = send(desk, kept, headers=HTMX, up=1)
        text = shown(answer)
        assert text.lstrip().startswith('<section id="order"')
        assert f"Now at place 1 of {len(ids)}." in text

    def test_somebody_who_saw_another_order_changes_nothing(self, desk, kept, ids):
        seen = page_of(desk, kept).context["seen"]
        send(desk, kept, up=1)
        answer = send(desk, kept, seen=seen, up=1)
        assert "Nothing was done" in shown(answer, status=409)
        assert order(desk, kept) == [ids[1], ids[0], *ids[2:]]

    @pytest.mark.parametrize(
        "sent", [{"up": "x"}, {"move": "1"}, {"add": "1", "new_heading": "A", "before": "4711"}]
    )
    def test_what_no_page_sends_changes_nothing(self, desk, kept, ids, sent):
        assert send(desk, kept, **sent).status_code == 409
        assert order(desk, kept) == ids

    def test_an_empty_heading_says_what_is_wrong(self, desk, kept, ids):
        answer = send(desk, kept, add=1, new_heading=" ", before=ids[1])
        assert "between 1 and 200 characters" in shown(answer, status=400)

    def test_a_report_of_too_many_claims_says_so(self, desk, editor):
        revision = rows.revision(editor, body="bridge " * 600)
        for number in range(501):
            rows.claim(revision, number)
        report = rows.report(editor, article=revision.article)
        assert "more than 500 claims" in shown(page_of(desk, report))
        Claim.objects.filter(revision=revision, spans=[[500, 505]]).delete()
        assert len(page_of(desk, report).context["entries"]) == 500

    def test_as_many_queries_whatever_the_number_of_claims(
        self, desk, editor, django_assert_max_num_queries
    ):
        revision = rows.revision(editor, body="bridge " * 300)
        for number in range(40):
            rows.claim(revision, number, source=rows.source(f"Ada {number}"))
        report = rows.report(editor, article=revision.article)
        with django_assert_max_num_queries(16):
            page_of(desk, report)

    def test_a_verdict_under_blind_check_is_not_shown(self, desk, kept, editor, claim, chief):

        decide_claim(actor=chief, claim_id=claim.pk, version=1, verdict=Verdict.VERIFIED)
        ask_second_check(actor=chief, claim_id=claim.pk, version=2, blind=True)
        entry = next(
            one for one in page_of(desk, kept).context["entries"] if one.row.pk == claim.pk
        )
        assert entry.row.verdict == "pending"
