"""The figures, of claims whose days, people and verdicts are known."""

from datetime import timedelta

import pytest
from django.utils import timezone

from claims.choices import ReviewStatus, SourceKind, Verdict
from claims.models import Claim
from claims.queries.statistics.facts import Chosen, Facts, Period
from claims.queries.statistics.figures import Figures
from claims.queries.statistics.kept import KINDS
from claims.queries.statistics.measures import wilson_interval
from tests.models import rows
from tests.queries.statistics.newsroom import PERIOD, WEDNESDAY, Newsroom, at

HOUR = 60


@pytest.fixture
def newsroom(chief) -> Newsroom:
    return Newsroom.of(chief)


def of(**chosen) -> Figures:
    return Figures(Facts(PERIOD, Chosen(**chosen)))


def test_an_interval_is_wilsons():
    # E. B. Wilson's interval for 1 of 10, as statsmodels and R's binom::binom.wilson give it.
    assert wilson_interval(1, 10) == pytest.approx((0.017876, 0.404150), abs=1e-6)
    assert wilson_interval(0, 5) == pytest.approx((0, 0.434482), abs=1e-6)
    assert wilson_interval(0, 0) == (0, 1)


def test_how_long_claims_take_by_week(newsroom):
    for hours in (1, 2, 3, 30):
        newsroom.decided(at(WEDNESDAY), after=timedelta(hours=hours))
    newsroom.decided(at(WEDNESDAY - timedelta(weeks=1)), after=timedelta(hours=4))
    newsroom.decided(at(WEDNESDAY - timedelta(weeks=9)), after=timedelta(hours=400))
    weeks, whole = of().turnaround
    assert [week.number for week in weeks] == [0, 0, 1, 4]
    assert weeks[-1].median == 2.5 * HOUR
    assert weeks[-1].p90 == pytest.approx(21.9 * HOUR)
    assert weeks[0].median is None
    assert (whole.number, whole.median) == (5, 3 * HOUR)


def test_it_is_the_time_to_the_first_verdict(newsroom, chief):
    claim = newsroom.decided(at(WEDNESDAY, 10), after=timedelta(hours=2))
    rows.decision(
        claim,
        chief,
        verdict=Verdict.DISPUTED,
        reason="No.",
        version=3,
        decided_at=at(WEDNESDAY, 20),
    )
    rows.become(claim, verdict=Verdict.DISPUTED, decided_at=at(WEDNESDAY, 20))
    _weeks, whole = of().turnaround
    assert whole.median == 2 * HOUR


@pytest.mark.parametrize("zone", ["UTC", "Pacific/Auckland", "America/Los_Angeles"])
def test_weeks_begin_at_the_readers_midnight(newsroom, zone):
    with timezone.override(zone):
        monday = PERIOD.weeks[-1]
        midnight = timezone.make_aware(timezone.datetime(monday.year, monday.month, monday.day))
        newsroom.decided(midnight)
        newsroom.decided(midnight - timedelta(minutes=1))
        assert [week.number for week in of().turnaround[0]] == [0, 0, 1, 1]


def test_what_was_decided_on_each_day_by_whom(newsroom, chief, editor):
    newsroom.decided(at(WEDNESDAY), Verdict.DISPUTED)
    newsroom.decided(at(WEDNESDAY), by=editor)
    newsroom.decided(at(WEDNESDAY - timedelta(days=1)), by=editor)
    days = of().decided_by_time(daily=True)
    assert (days[-1].people, days[-1].verdicts) == (
        {chief.pk: 1, editor.pk: 1},
        {"disputed": 1, "verified": 1},
    )
    assert days[-2].people == {editor.pk: 1}
    weeks = of(person=editor.pk).decided_by_time(daily=False)
    assert [(one.first, one.last, one.people) for one in weeks[-1:]] == [
        (WEDNESDAY - timedelta(days=2), WEDNESDAY, {editor.pk: 2})
    ]


def test_pending_claims_by_age(newsroom):
    for days in (0, 1, 2, 7, 8, 14, 15, 400):
        newsroom.claim(at(WEDNESDAY - timedelta(days=days), 0))
    newsroom.claim(at(WEDNESDAY + timedelta(days=3)))
    found = of().backlog
    assert [group.number for group in found] == [2, 2, 1, 2, 2]
    assert found[-1].oldest_day == WEDNESDAY - timedelta(days=400)


def test_who_has_how_much_to_do(newsroom, chief, editor):
    newsroom.decided(at(WEDNESDAY), by=editor)
    newsroom.claim(at(WEDNESDAY), assigned_to=editor, due_on=WEDNESDAY - timedelta(days=1))
    newsroom.claim(at(WEDNESDAY), assigned_to=chief, due_on=WEDNESDAY)
    newsroom.claim(at(WEDNESDAY))
    assert [(one.person, one.decided.number, one.open, one.late) for one in of().workload] == [
        (editor.pk, 1, 1, 1),
        (chief.pk, 0, 1, 0),
        (0, 0, 1, 0),
    ]


def test_how_often_second_checks_agree(newsroom, editor):
    for second, blind, minutes in (
        (Verdict.VERIFIED, True, 30),
        (Verdict.VERIFIED, False, 90),
        (Verdict.DISPUTED, True, 60),
    ):
        decision = newsroom.decided(at(WEDNESDAY)).decisions.get()
        rows.second_check(
            decision,
            editor,
            verdict=second,
            answered_by=editor,
            asked_at=at(WEDNESDAY) - timedelta(minutes=minutes),
            answered_at=at(WEDNESDAY),
            withdrawn_at=None,
            blind=blind,
        )
    found = of().agreement
    assert (found.same, found.number, found.blind) == (2, 3, (1, 2))
    assert found.pairs == {("verified", "verified"): 2, ("verified", "disputed"): 1}
    assert found.waited.median == HOUR
    assert list(found.weeks) == [(0, 0), (0, 0), (0, 0), (2, 1)]


def test_the_disputed_share_of_outlets_desks_and_kinds(newsroom):
    for verdict in (Verdict.DISPUTED, Verdict.VERIFIED, Verdict.VERIFIED):
        newsroom.decided(at(WEDNESDAY), verdict, outlet="Post", desk="Economy")
    newsroom.decided(at(WEDNESDAY), kind=SourceKind.EXPERT)
    post, courier = newsroom.outlet("Post"), newsroom.outlet("Courier")
    found = of().shares("outlet", 9)
    assert [(one.key, one.decided, one.disputed) for one in found] == [
        (post.pk, 3, 1),
        (courier.pk, 1, 0),
    ]
    assert list(found[0].weeks) == [(0, 0), (0, 0), (0, 0), (3, 1)]
    assert [one.decided for one in of().shares("desk", 9)] == [3, 1]
    assert {KINDS[one.key]: one.decided for one in of().shares("kind", 9)} == {"": 3, "expert": 1}
    # The article's own voice is no source.
    assert [one.decided for one in of().shares("source", 9)] == [1]


def test_only_those_with_most_claims_are_named(newsroom):
    for outlet in ("Post", "Post", "Courier", "Courier", "Courier", "Herald"):
        newsroom.decided(at(WEDNESDAY), outlet=outlet)
    assert [one.decided for one in of().shares("outlet", 2)] == [3, 2]


def test_a_change_needs_enough_claims(newsroom):
    figures = Figures(Facts(Period.until(WEDNESDAY, 12)))
    for back, verdicts in ((5, "vvvvd"), (1, "vvddd")):
        for letter in verdicts:
            newsroom.decided(
                at(WEDNESDAY - timedelta(weeks=back)),
                Verdict.DISPUTED if letter == "d" else Verdict.VERIFIED,
            )
    (share,) = figures.shares("outlet", 9)
    assert share.change == pytest.approx(0.4)
    assert of().shares("outlet", 9)[0].change is None


def test_published_claims_and_corrections(newsroom, chief):
    claim = newsroom.decided(at(WEDNESDAY))
    report = rows.report(chief, published_at=at(WEDNESDAY))
    reported = rows.reported(claim, chief, report=report)
    rows.reported(newsroom.claim(at(WEDNESDAY)), chief, report=report, verdict=Verdict.PENDING)
    told = {"reported": reported, "decision": claim.decisions.get(), "notice": "Eight."}
    rows.correction(claim, chief, published_at=at(WEDNESDAY), **told)
    # An update tells of what had been published as pending; an open correction has been told to nobody.
    rows.correction(claim, chief, published_at=at(WEDNESDAY), previous_verdict="pending", **told)
    rows.correction(claim, chief, **told)
    assert of().publications == [(0, 0), (0, 0), (0, 0), (1, 1)]


def test_on_what_evidence(newsroom, chief):
    primary, archived, none, removed = (newsroom.decided(at(WEDNESDAY)) for _claim in range(4))
    rows.evidence(primary, chief, primary=True)
    rows.evidence(archived, chief, archive_url="https://archive.example.org/1")
    rows.evidence(removed, chief, primary=True, removed_at=at(WEDNESDAY))
    week = of().evidence_quality[-1]
    assert (week.decided, week.evidence, week.primary, week.archived) == (4, 2, 1, 1)
    assert none.pk


@pytest.mark.parametrize(
    "left_out",
    [
        {"dismissed": True},
        {"checkable": False},
        {"blind": True, "review_status": ReviewStatus.WAITING},
    ],
)
def test_what_is_left_out(newsroom, left_out):
    newsroom.decided(at(WEDNESDAY), Verdict.DISPUTED)
    newsroom.claim(at(WEDNESDAY))
    Claim.objects.update(**left_out)
    figures = of()
    assert figures.turnaround[1].number == 0
    assert figures.workload == []
    assert sum(group.number for group in figures.backlog) == 0


def test_filters_narrow_every_figure_together(newsroom, chief, editor):
    newsroom.decided(at(WEDNESDAY), outlet="Post", desk="Economy", kind=SourceKind.EXPERT)
    newsroom.decided(at(WEDNESDAY), outlet="Post", by=editor)
    post, economy = newsroom.outlet("Post"), newsroom.desk("Economy")
    for chosen, number in (
        ({"outlet": post.pk}, 2),
        ({"outlet": post.pk, "desk": economy.pk}, 1),
        ({"outlet": post.pk, "person": editor.pk}, 1),
        ({"kind": "expert", "person": editor.pk}, 0),
        ({"kind": ""}, 1),
        ({"kind": "expert", "person": chief.pk, "desk": economy.pk}, 1),
    ):
        assert of(**chosen).turnaround[1].number == number, chosen
