"""What each section of the statistics says, and the rows of its table, of work that is known."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.utils import timezone

from claims.access import Role
from claims.actions import (
    ask_second_check,
    decide_claim,
    draft_report,
    publish_correction,
    publish_report,
    second_check,
)
from claims.choices import Verdict
from claims.models import Claim, Correction
from claims.queries.reports.editions import edition_of
from claims.web.statistics.sections import Section
from tests.conftest import version_of
from tests.queries.statistics.newsroom import Newsroom
from tests.web.statistics.test_statistics import ADDRESS, noon, sections

TODAY, DAY = timezone.localdate, timedelta(days=1)


@pytest.fixture
def newsroom(chief) -> Newsroom:
    return Newsroom.of(chief)


def section(browser: Client, key: str, **query: object) -> Section:
    return sections(browser.get(ADDRESS, query))[key]


def words(one: Section) -> dict[str, list[str]]:
    """The cells of each row, by its label."""
    foot = [one.table.foot] if one.table.foot else []
    return {line.label: [cell.words for cell in line.cells] for line in [*one.table.lines, *foot]}


def highlights(browser: Client) -> dict[str, tuple[str, str]]:
    page = browser.get(ADDRESS)
    return {one.label: (one.number, one.unit) for one in page.context["highlights"]}


def test_what_is_pending_by_its_age(desk, newsroom):
    for days in (0, 2, 7, 8, 15):
        newsroom.claim(noon() - days * DAY)
    found = section(desk, "backlog")
    assert found.finding == "5 claims are pending; 2 in articles older than a week."
    assert words(found) == {
        "today": ["1", "20 %", "0 d"],
        "1 to 2 days": ["1", "20 %", "2 d"],
        "3 to 7 days": ["1", "20 %", "7 d"],
        "8 to 14 days": ["1", "20 %", "8 d"],
        "over 14 days": ["1", "20 %", "15 d"],
        "All": ["5", "100 %", "15 d"],
    }
    assert highlights(desk)["Pending now"] == ("5", "oldest 15 days")


def test_what_is_assigned_and_overdue(desk, newsroom, editor, chief):
    for days in (-1, 0, 1):
        newsroom.claim(noon(), assigned_to=editor, due_on=TODAY() + days * DAY)
    newsroom.claim(noon())
    newsroom.decided(noon(), by=chief)
    found = section(desk, "workload")
    assert found.finding == "3 pending claims are assigned, 1 of them overdue; 1 unassigned."
    rows = words(found)
    assert rows["Edda"][:3] == ["0", "3", "1"]
    assert rows["Carl"][:3] == ["1", "0", "0"]
    assert rows["Nobody"][:3] == ["0", "1", "0"]
    assert rows["All"][:3] == ["1", "4", "1"]
    drawn = {row.label: row.numbers for row in found.pictures[0].figure.rows}
    assert drawn["Edda"] == {"decided": 0, "open": 2, "late": 1}
    assert "Nobody" not in drawn
    assert highlights(desk)["Overdue"] == ("1", "of 3 assigned")


def test_how_often_second_checks_agree(desk, newsroom, editor, chief):
    for first, second, blind in (
        (Verdict.VERIFIED, Verdict.VERIFIED, True),
        (Verdict.VERIFIED, Verdict.DISPUTED, True),
        (Verdict.DISPUTED, Verdict.VERIFIED, False),
    ):
        claim = newsroom.decided(noon(), first)
        ask_second_check(actor=chief, blind=blind, **version_of(claim))
        second_check(actor=editor, verdict=second, reason="I counted.", **version_of(claim))
    found = section(desk, "checks")
    assert "1 of 3 second checks came to the same verdict." in found.finding
    assert "Among the blind checks, 1 of 2 did." in found.finding
    assert words(found) == {
        "Pending": ["0", "0", "0", "0", "0"],
        "Verified": ["1", "1", "0", "1", "1"],
        "Disputed": ["1", "0", "0", "0", "1"],
        "Second verdict": ["2", "1", "0", "1", "2"],
    }
    assert highlights(desk)["Second checks agree"] == ("33 %", "1 of 3")


@pytest.mark.parametrize(("people", "others"), [(4, False), (5, True)])
def test_four_people_have_a_column_of_their_own(desk, newsroom, people, others):
    for number in range(people):
        person = User.objects.create_user(f"p{number}", first_name=f"Person {number}")
        person.groups.set([Group.objects.get(name=Role.EDITOR.value)])
        for _time in range(people - number):
            newsroom.decided(noon(), by=person)
    found = section(desk, "decided", weeks=4)
    named = [f"Person {number}" for number in range(4)]
    assert list(found.table.columns) == ["All", *named, *(["Others"] if others else [])]
    numbers = [str(people - number) for number in range(4)]
    total = str(sum(range(people + 1)))
    assert words(found)["4 weeks"] == [total, *numbers, *(["1"] if others else [])]


@pytest.mark.parametrize(("weeks", "head"), [(4, "Day"), (12, "Week from")])
def test_a_month_is_told_by_day(desk, newsroom, weeks, head):
    newsroom.decided(noon())
    newsroom.decided(noon(), Verdict.DISPUTED)
    found = section(desk, "decided", weeks=weeks)
    assert found.table.head == head
    assert found.finding == "2 claims were decided: 1 verified, 1 disputed."


def test_how_much_of_it_is_disputed_and_how_that_has_changed(desk, newsroom):
    for week, disputed in ((0, 1), (5, 2)):
        for number in range(5):
            newsroom.decided(
                noon() - week * 7 * DAY - number * timedelta(minutes=1),
                Verdict.DISPUTED if number < disputed else Verdict.VERIFIED,
                outlet="Courier",
            )
    for number in range(4):
        newsroom.decided(noon() - number * DAY, outlet=f"Post {number}")
    found = section(desk, "verdicts")
    decided, verified, share, _range, change = words(found)["Courier"]
    assert (decided, verified, share, change) == ("10", "70 %", "30 %", "\N{MINUS SIGN}20 pts")
    assert words(found)["Post 0"][4] == "–"
    assert [one.heading for one in found.pictures] == ["Courier", "Post 0", "Post 1", "Post 2"]


def test_how_many_corrections_there_are_for_what_was_published(desk, chief, editor, claims):
    for claim in claims[:4]:
        decide_claim(actor=editor, verdict=Verdict.VERIFIED, **version_of(claim))
    chosen = Claim.objects.filter(pk__in=[one.pk for one in claims[:4]])
    made = draft_report(actor=chief, title="Bridges", claims=chosen)
    seen = edition_of(actor=chief, report=made).digest
    publish_report(actor=chief, report_id=made.pk, seen=seen)
    decide_claim(actor=editor, verdict=Verdict.DISPUTED, reason="No.", **version_of(claims[0]))
    one = Correction.objects.get()
    publish_correction(
        actor=chief, correction_id=one.pk, decision_id=one.decision_id, notice="It is not."
    )
    found = section(desk, "corrections")
    assert found.finding == "1 correction for 4 claims published with a verdict: 25.0 per hundred."
    assert words(found)["12 weeks"] == ["4", "1", "25.0"]
    assert found.pictures
