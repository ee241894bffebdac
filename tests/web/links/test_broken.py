"""The page of broken links: what is listed, for whom, and what can be done."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from claims.actions import (
    EvidenceDraft,
    add_evidence,
    ask_second_check,
    decide_claim,
    draft_report,
    publish_report,
    remove_evidence,
)
from claims.choices import LinkState, Verdict
from claims.models import Claim, Evidence, LinkCheck
from claims.queries.reports.contents import draft_of
from tests.conftest import version_of
from tests.models import rows
from tests.web.captures.test_captures import words_of

PAGE = "https://harbour.example.org/notice"


@pytest.fixture
def add(editor, claim):
    def add(url: str = PAGE, to: Claim = claim, **fields) -> Evidence:
        draft = EvidenceDraft(**{"title": "Notice", "url": url, **fields})
        return add_evidence(actor=editor, evidence=draft, **version_of(Claim.objects.get(pk=to.pk)))

    return add


@pytest.fixture
def look(desk):
    def look(**query) -> str:
        answer = desk.get(reverse("broken-links"), query)
        assert answer.status_code == 200
        return words_of(answer.content.decode())

    return look


def one(desk, link: LinkCheck) -> str:
    return desk.get(reverse("broken-link", args=[link.pk])).content.decode()


class TestList:
    @pytest.mark.parametrize(
        ("state", "word", "what_to_do"),
        [
            ("changed", "Changed", "See what has changed."),
            ("moved", "Moved", "Open the new address."),
            ("gone", "Gone", "Use a copy of the page"),
            ("unreachable", "Unreachable", "has not answered on several days"),
        ],
    )
    def test_what_somebody_has_to_look_at(self, look, add, claim, state, word, what_to_do):
        rows.link(add(), state=state)
        shown = look()
        assert word in shown
        assert what_to_do in shown
        assert claim.statement[:40] in shown

    def test_what_is_as_it_was_is_not_listed(self, look, add):
        rows.link(add(), state="reachable")
        assert PAGE not in look()
        assert "No link of the evidence is known to be broken." in look()

    def test_what_cannot_be_checked_only_if_asked_for(self, look, add):
        rows.link(add(), state="unknown")
        assert PAGE not in look()
        assert PAGE in look(state="unknown")

    def test_states_are_filtered_and_unknown_ones_ignored(self, look, add):
        rows.link(add(), state="gone")
        assert PAGE in look(state="gone")
        assert PAGE not in look(state="moved")
        assert PAGE in look(state="perhaps")

    def test_evidence_that_was_removed_is_left_out(self, look, add, editor, claim):
        piece = add()
        rows.link(piece, state="gone")
        version = Claim.objects.get(pk=claim.pk).version
        remove_evidence(actor=editor, evidence_id=piece.pk, version=version)
        assert PAGE not in look()

    def test_what_was_captured_since_is_settled(self, look, add, editor):
        piece = add()
        before = timezone.now() - timedelta(days=1)
        rows.link(piece, state="changed", checked_at=before)
        assert PAGE in look()
        rows.capture(piece, editor)
        assert PAGE not in look()

    def test_its_copies_are_offered(self, look, desk, add, editor):
        piece = add(archive_url="https://copies.example.org/7")
        rows.capture(piece, editor, fetched_at=timezone.now() - timedelta(days=9))
        rows.link(piece, state="gone")
        answer = desk.get(reverse("broken-links")).content.decode()
        assert "https://copies.example.org/7" in answer
        assert reverse("captures", args=[piece.pk]) in answer
        assert "There is no copy." not in answer

    def test_without_a_copy_it_says_so(self, look, add):
        rows.link(add(), state="gone")
        assert "There is no copy." in look()

    def test_whether_links_are_checked_at_all(self, look, settings):
        assert "Links are not checked regularly here" in look()
        settings.CHECK_LINKS_DAYS = 30
        assert "Links are not checked regularly here" not in look()

    def test_the_published_reports_that_rest_on_it(self, look, add, claim, chief, claims, article):
        decide_claim(
            actor=chief, verdict=Verdict.VERIFIED, **version_of(Claim.objects.get(pk=claim.pk))
        )
        rows.link(add(), state="gone")
        report = draft_report(actor=chief, title="The harbour in May", article=article)
        rows.link(add("https://tides.example.org/", claims[1]), state="gone")
        assert "The harbour in May" not in look()
        assert PAGE not in look(reports="1")
        publish_report(actor=chief, report_id=report.pk, seen=draft_of(report).digest)
        assert "The harbour in May" in look()
        assert PAGE in look(reports="1")

    def test_hostile_addresses_and_titles_are_shown_as_words(self, desk, add):
        rows.link(add(), state="moved", moved_to="https://evil.example/<script>alert(1)</script>")
        assert "<script>alert" not in desk.get(reverse("broken-links")).content.decode()

    def test_the_queries_do_not_grow_with_the_list(
        self, desk, add, claims, django_assert_max_num_queries
    ):
        rows.link(add(), state="gone")
        desk.get(reverse("broken-links"))
        with CaptureQueriesContext(connection) as once:
            desk.get(reverse("broken-links"))
        for number in range(6):
            add_to = claims[number % len(claims)]
            rows.link(add(f"https://tides.example.org/{number}", add_to), state="moved")
        with django_assert_max_num_queries(len(once)):
            desk.get(reverse("broken-links"))


class TestBlind:
    def test_who_checks_blind_sees_no_verdict(self, client, add, claim, editor, chief):
        rows.link(add(), state="gone")
        now = Claim.objects.get(pk=claim.pk)
        decide_claim(
            actor=editor,
            claim_id=now.pk,
            version=now.version,
            verdict=Verdict.DISPUTED,
            reason="The register says eight.",
        )
        now.refresh_from_db()
        ask_second_check(actor=editor, claim_id=now.pk, version=now.version, blind=True)
        seen = {}
        for person in (editor, chief):
            client.force_login(person)
            for page in (reverse("broken-links"), _page()):
                seen[person, page] = "icon--disputed" in client.get(page).content.decode()
        assert [seen[editor, page] for page in (reverse("broken-links"), _page())] == [True, True]
        assert [seen[chief, page] for page in (reverse("broken-links"), _page())] == [False, False]


def _page() -> str:
    return reverse("broken-link", args=[LinkCheck.objects.get().pk])


class TestPage:
    def test_what_has_changed_and_whether_the_excerpt_is_still_there(self, desk, add, editor):
        piece = add(excerpt="runs from Monday")
        before = timezone.now() - timedelta(days=9)
        rows.capture(piece, editor, text="The ferry runs from Monday.", fetched_at=before)
        link = rows.link(piece, state="changed", text="The ferry runs from Friday.")
        shown = one(desk, link)
        assert "<del>Monday</del>" in shown
        assert "<ins>Friday</ins>" in shown
        assert "It is no longer on the page." in shown

    def test_an_excerpt_that_is_still_there(self, desk, add, editor):
        piece = add(excerpt="The ferry runs")
        before = timezone.now() - timedelta(days=9)
        rows.capture(piece, editor, text="The ferry runs from Monday.", fetched_at=before)
        link = rows.link(piece, state="changed", text="The ferry runs from Friday.")
        assert "It is still on the page." in one(desk, link)

    def test_why_a_page_could_not_be_read(self, desk, add):
        error = {
            "code": "too-slow",
            "template": "%(host)s took longer than %(seconds)s seconds to answer. Try again later, or paste the text instead.",
            "params": {"host": "harbour.example.org", "seconds": "20"},
        }
        link = rows.link(add(), state="unreachable", error=error)
        shown = one(desk, link)
        assert "The site took too long to answer." in shown
        assert "paste" not in shown

    def test_looking_again(self, desk, add):
        link = rows.link(add(), state="gone", due_at=timezone.now() + timedelta(days=9))
        answer = desk.post(reverse("check-link", args=[link.pk]), follow=True)
        assert "The link will be checked in a moment." in answer.content.decode()
        link.refresh_from_db()
        assert link.due_at <= timezone.now()
        assert link.asked_by is not None

    def test_a_reader_cannot_have_it_checked(self, client, reader, add):
        link = rows.link(add(), state="gone")
        client.force_login(reader)
        assert "Look again" not in one(client, link)


def test_the_dashboard_names_those_that_broke_last(desk, add, chief, client):
    assert "Broken links" not in _dashboard(client, chief)
    link = rows.link(add(), state=LinkState.GONE)
    shown = _dashboard(client, chief)
    assert reverse("broken-link", args=[link.pk]) in shown


def _dashboard(client, person) -> str:
    client.force_login(person)
    answer = client.get(reverse("dashboard")).content.decode()
    return answer.partition('class="home"')[2]


class TestPanel:
    """A broken link on the panel of a claim, at its evidence."""

    @pytest.fixture
    def panel(self, desk, claim):
        def panel() -> str:
            address = reverse("claim", args=[claim.pk])
            answer = desk.get(address, headers={"HX-Request": "true"})
            return answer.content.decode()

        return panel

    @pytest.mark.parametrize(
        ("state", "word", "what_to_do"),
        [
            ("changed", "Changed", "See what has changed."),
            ("moved", "Moved", "Open the new address."),
            ("gone", "Gone", "Use a copy of the page"),
            ("unreachable", "Unreachable", "The page has not answered on several days."),
        ],
    )
    def test_it_says_what_is_wrong_and_what_to_do(self, panel, add, state, word, what_to_do):
        check = rows.link(add(), state=state)
        shown = panel()
        assert f"Broken link: {word}. {what_to_do}" in words_of(shown)
        assert reverse("broken-link", args=[check.pk]) in shown

    @pytest.mark.parametrize("state", ["", "reachable", "unknown"])
    def test_what_nobody_has_to_look_at_is_not_shown(self, panel, add, state):
        rows.link(add(), state=state)
        assert "Broken link" not in panel()

    def test_it_stands_at_its_own_document(self, panel, add):
        add(title="Sound", url=f"{PAGE}/sound")
        rows.link(add(title="Rotten"), state="gone")
        shown = words_of(panel())
        assert shown.count("Broken link") == 1
        assert shown.index("Sound") < shown.index("Rotten") < shown.index("Broken link")

    def test_once_the_page_is_captured_again_it_is_silent(self, panel, add, editor):
        piece = add()
        rows.link(piece, state="changed")
        rows.capture(piece, editor)
        assert "Broken link" not in panel()

    def test_it_costs_no_query(self, panel, add):
        piece = add()
        counts = []
        for _turn in range(2):
            panel()
            with CaptureQueriesContext(connection) as queries:
                panel()
            counts.append(len(queries))
            if not LinkCheck.objects.exists():
                rows.link(piece, state="gone")
        assert counts[0] == counts[1]
