"""The page of statistics, and its tables as CSV."""

import csv
import io
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from claims.actions import ask_second_check, assign_claims, decide_claim, second_check
from claims.actions.maintenance import count_stale_days
from claims.choices import ReviewStatus, SourceKind, Verdict
from claims.models import Claim
from claims.queries.claims.filters import ClaimFilter
from claims.queries.statistics import facts as facts_module
from claims.web.statistics.sections import Section
from claims.web.statistics.tables import Cell
from tests.conftest import version_of
from tests.models import rows
from tests.queries.statistics.newsroom import Newsroom, at

ADDRESS = "/statistics/"


def noon() -> datetime:
    """Noon of today: what came in some hours before came in on the same day, whatever the time is."""
    return at(timezone.localdate())


@pytest.fixture
def newsroom(chief) -> Newsroom:
    return Newsroom.of(chief)


@pytest.fixture
def busy(newsroom, editor, chief) -> Newsroom:
    """Some weeks of work, of which there is something in each figure."""
    now = noon()
    for back in range(12):
        when = now - timedelta(days=3 * back)
        verdict = Verdict.DISPUTED if back % 3 == 0 else Verdict.VERIFIED
        claim = newsroom.decided(
            when,
            verdict,
            by=editor if back % 2 else chief,
            outlet=("Post", "Courier")[back % 2],
            desk="Economy" if back % 4 else "",
            kind=SourceKind.EXPERT if back % 3 else None,
        )
        rows.evidence(claim, chief, primary=back % 2 == 0)
        newsroom.claim(when, outlet="Post", assigned_to=editor if back % 2 else None)
    pending = Claim.objects.filter(verdict=Verdict.PENDING, assigned_to=editor)
    pending.filter(pk=pending.first().pk).update(due_on=timezone.localdate() - timedelta(days=1))
    for claim in Claim.objects.exclude(verdict=Verdict.PENDING).filter(decisions__actor=chief)[:3]:
        ask_second_check(actor=chief, **version_of(claim))
        second_check(actor=editor, verdict=Verdict.VERIFIED, reason="Yes.", **version_of(claim))
    return newsroom


def sections(page) -> dict[str, Section]:
    return {one.key: one for one in page.context["sections"]}


def cells(page) -> Iterator[Cell]:
    for section in page.context["sections"]:
        foot = [section.table.foot] if section.table.foot else []
        for line in [*section.table.lines, *foot]:
            yield from line.cells


@pytest.mark.parametrize(
    "query",
    [
        "",
        "weeks=4",
        "weeks=52&by=kind",
        "kind=expert&by=source",
        "kind=none",
        "desk=1",
        "person=me",
    ],
)
def test_each_number_is_that_of_its_list(desk, busy, editor, query):
    query = query.replace("me", str(editor.pk)).replace("desk=1", f"desk={busy.desk('Economy').pk}")
    page = desk.get(f"{ADDRESS}?{query}")
    linked = [
        cell
        for cell in cells(page)
        if cell.url.startswith("/claims/") and isinstance(cell.value, int)
    ]
    assert len(linked) > 10
    for cell in linked:
        listed = ClaimFilter.of_query(urlsplit(cell.url).query, editor).understood()
        assert listed.qs.count() == cell.value, cell.url


def test_each_share_is_that_of_its_list(desk, busy, editor):
    table = sections(desk.get(ADDRESS))["evidence"].table
    decided, _evidence, primary, _archived = table.foot.cells
    listed = ClaimFilter.of_query(urlsplit(primary.url).query, editor).understood()
    assert listed.qs.count() == round(primary.value * decided.value) == 6


def test_every_drawing_has_its_table(desk, busy):
    page = desk.get(ADDRESS)
    for section in page.context["sections"]:
        assert bool(section.pictures) == (section.key != "corrections")
    text = page.content.decode()
    assert text.count('role="img"') == sum(len(one.pictures) for one in page.context["sections"])


def test_little_work_is_told_and_not_drawn(desk, newsroom):
    newsroom.decided(noon())
    page = desk.get(ADDRESS)
    assert not sections(page)["turnaround"].pictures
    assert "once claims have been decided on five different days" in page.content.decode()


def test_nothing_at_all(desk):
    page = desk.get(ADDRESS)
    assert all(section.empty for section in page.context["sections"])
    for words in (
        "No claims were decided.",
        "No claims are pending.",
        "No second checks were answered.",
    ):
        assert words in page.content.decode()


def test_each_section_says_in_words_what_it_shows(desk, busy):
    findings = {key: section.finding for key, section in sections(desk.get(ADDRESS)).items()}
    assert findings["checks"].startswith("2 of 3 second checks came to the same verdict.")
    assert " of the request, nine of ten within " in findings["checks"]
    assert [key for key, words in findings.items() if words.startswith("No ")] == ["corrections"]


def test_a_filter_stays_while_the_period_changes(desk, busy):
    outlet = busy.outlet("Post").pk
    text = desk.get(f"{ADDRESS}?outlet={outlet}&by=desk").content.decode()
    assert f'href="?weeks=52&amp;by=desk&amp;outlet={outlet}"' in text
    assert f'href="/statistics/all.csv?by=desk&amp;outlet={outlet}"' in text


def test_a_filter_that_is_not_valid_shows_no_figures(desk, busy):
    page = desk.get(f"{ADDRESS}?outlet=999999")
    assert "sections" not in page.context
    assert "Select a valid choice" in page.content.decode()
    assert desk.get(f"{ADDRESS}all.csv?outlet=999999").status_code == 404


def test_a_number_of_weeks_that_there_is_not(desk):
    assert len(desk.get(f"{ADDRESS}?weeks=many").context["period"].weeks) == 12


def read(answer) -> list[list[str]]:
    return list(csv.reader(io.StringIO(answer.getvalue().decode())))


def test_one_table_as_a_file(desk, busy):
    answer = desk.get(f"{ADDRESS}turnaround.csv?weeks=4")
    assert answer["Content-Disposition"] == 'attachment; filename="statistics-turnaround.csv"'
    head, *lines = read(answer)
    assert head == ["Week from", "Decided", "Half within", "Nine of ten within"]
    assert [re.fullmatch(r"\d{4}-\d\d-\d\d", line[0]) is not None for line in lines] == [
        *[True] * 4,
        False,
    ]
    # In days, as a number.
    assert lines[-1][2] == "0.25"


def test_all_tables_as_a_file(desk, busy):
    head, *lines = read(desk.get(f"{ADDRESS}all.csv"))
    assert head == ["Table", "Row", "Column", "Value"]
    page = desk.get(ADDRESS)
    assert len({line[0] for line in lines}) == len(page.context["sections"])
    assert ["Workload", "Edda", "Decided", "6"] in lines


def test_a_table_that_there_is_not(desk):
    assert desk.get(f"{ADDRESS}unheard-of.csv").status_code == 404


@pytest.mark.parametrize(
    ("key", "reads"),
    [
        *[("turnaround", 1), ("decided", 1), ("backlog", 1), ("workload", 2), ("checks", 1)],
        *[("verdicts", 1), ("corrections", 1), ("evidence", 1), ("all", 4)],
    ],
)
def test_a_file_reads_only_what_is_in_it(desk, busy, key, reads):
    while count_stale_days():
        pass
    with CaptureQueriesContext(connection) as found:
        lines = read(desk.get(f"{ADDRESS}{key}.csv"))
    assert len(lines) > 2
    assert sum('FROM "claims_dailycount"' in query["sql"] for query in found) == reads


def test_the_page_names_each_file(desk, busy):
    page = desk.get(ADDRESS)
    shown = {key: one for key, one in sections(page).items() if not one.empty}
    assert len(shown) == len(sections(page)) - 1  # nothing was corrected
    for key, section in shown.items():
        assert f'href="{ADDRESS}{key}.csv?' in page.content.decode()
        assert read(desk.get(f"{ADDRESS}{key}.csv"))[0][0] == section.table.head


def test_an_outlet_is_never_a_formula(desk, newsroom):
    newsroom.decided(noon(), outlet="=1+1")
    assert read(desk.get(f"{ADDRESS}verdicts.csv"))[1][0] == "'=1+1"


@pytest.mark.parametrize("weeks", [4, 52])
def test_the_number_of_queries_is_fixed(desk, newsroom, chief, weeks):
    def queries() -> int:
        desk.get(f"{ADDRESS}?weeks={weeks}")
        with CaptureQueriesContext(connection) as found:
            assert desk.get(f"{ADDRESS}?weeks={weeks}").status_code == 200
        return len(found)

    def work(number: int) -> None:
        for back in range(number):
            claim = newsroom.decided(
                noon() - timedelta(days=back), outlet=f"Outlet {back}", desk=f"Desk {back}"
            )
            rows.evidence(claim, chief)
            newsroom.claim(noon() - timedelta(days=back))

    work(1)
    few = queries()
    work(25)
    assert queries() == few
    while count_stale_days():
        pass
    assert queries() < few <= 24


def test_many_changed_days_are_left_to_the_worker(desk, newsroom, monkeypatch):
    monkeypatch.setattr(facts_module, "FRESH", 2)
    for back in range(5):
        newsroom.decided(noon() - timedelta(days=back))
    page = desk.get(ADDRESS)
    assert sections(page)["turnaround"].table.foot.cells[0].value == 2
    assert "3 days have changed" in page.content.decode()
    while count_stale_days():
        pass
    page = desk.get(ADDRESS)
    assert sections(page)["turnaround"].table.foot.cells[0].value == 5
    assert "have changed" not in page.content.decode()


def test_what_waits_for_a_blind_check_is_left_out_for_everybody(client, editor, chief, claims):
    decide_claim(actor=chief, verdict=Verdict.DISPUTED, reason="No.", **version_of(claims[0]))
    ask_second_check(actor=chief, blind=True, **version_of(claims[0]))
    for person in (editor, chief):
        client.force_login(person)
        page = client.get(ADDRESS)
        assert page.context["left_out"] == 1
        assert sections(page)["turnaround"].empty
        assert sections(page)["backlog"].table.foot.cells[0].value == len(claims) - 1
    second_check(actor=editor, verdict=Verdict.DISPUTED, reason="No.", **version_of(claims[0]))
    page = client.get(ADDRESS)
    assert not page.context["left_out"]
    assert sections(page)["turnaround"].table.foot.cells[0].value == 1
    assert Claim.objects.get(pk=claims[0].pk).review_status == ReviewStatus.CHECKED


def test_who_decided_is_a_filter_of_the_list(desk, claims, editor, chief):
    for claim, person in zip(claims, (editor, chief, chief), strict=False):
        decide_claim(actor=person, verdict=Verdict.VERIFIED, **version_of(claim))
    assign_claims(actor=chief, versions={claims[3].pk: claims[3].version}, to=editor)
    for asked, number in ((f"decided_by={chief.pk}", 2), ("decided_by=me", 1)):
        assert ClaimFilter.of_query(asked, editor).understood().qs.count() == number
    text = desk.get(f"{reverse('claims')}?decided_by={chief.pk}").content.decode()
    assert "Decided by" in text
