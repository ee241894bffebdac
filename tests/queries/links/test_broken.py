"""Links that somebody has to look at, with the claims and reports that rest on them."""

from datetime import UTC, datetime

import pytest

from claims.models import Claim, Evidence, LinkCheck
from claims.queries.links import broken
from claims.queries.links.broken import broken_link, broken_links, broken_total, listed
from tests.models import rows

MAY = datetime(2026, 5, 4, tzinfo=UTC)


@pytest.fixture
def claim(editor) -> Claim:
    return rows.claim(rows.revision(editor))


@pytest.fixture
def link(editor, claim):
    """A link in a state, which is evidence for a claim."""

    def link(name: str, state: str = "gone", to: Claim = claim, **fields) -> LinkCheck:
        piece = rows.evidence(to, editor, url=f"https://{name}.example.org/")
        values = {"state": state, "since": MAY, "checked_at": MAY, "host": f"{name}.example.org"}
        return LinkCheck.objects.create(key=piece.address_key, url=piece.url, **values | fields)

    return link


def evidence_for(check: LinkCheck, to: Claim, editor, **fields) -> Evidence:
    return rows.evidence(to, editor, url=check.url, **fields)


def test_links_in_a_state_or_in_any_that_somebody_has_to_look_at(link, editor):
    gone, unknown = link("a"), link("b", "unknown")
    link("c", "reachable")
    assert list(listed("", in_reports=False)) == [gone]
    assert list(listed("unknown", in_reports=False)) == [unknown]
    assert list(listed("", in_reports=True)) == []
    rows.reported(Evidence.objects.get(url=gone.url).claim, editor)
    assert list(listed("", in_reports=True)) == [gone]


class TestTotal:
    def test_without_any_one_query(self, db, django_assert_num_queries):
        with django_assert_num_queries(1):
            assert broken_total() == broken.BrokenTotal(0, False, [])

    def test_those_that_broke_last_come_first(self, link, monkeypatch):
        older, newer = link("a"), link("b")
        newest = link("c", since=MAY.replace(month=6))
        assert broken_total() == broken.BrokenTotal(3, False, [newest, newer, older])
        monkeypatch.setattr(broken, "_SHOWN", 2)
        assert broken_total().first == [newest, newer]

    @pytest.mark.parametrize(("counted", "number", "more"), [(2, 2, False), (1, 1, True)])
    def test_they_are_counted_up_to_a_limit(self, link, monkeypatch, counted, number, more):
        link("a"), link("b")
        monkeypatch.setattr(broken, "_COUNTED", counted)
        found = broken_total()
        assert (found.number, found.more) == (number, more)


class TestWhatRestsOnThem:
    def test_without_links_there_is_no_query(self, editor, django_assert_num_queries):
        with django_assert_num_queries(0):
            assert broken_links(editor, []) == []

    @pytest.mark.parametrize(("shown", "number", "more"), [(3, 3, 0), (2, 2, 1), (1, 1, 2)])
    def test_the_first_claims_and_how_many_there_are_besides(
        self, link, editor, claim, monkeypatch, shown, number, more
    ):
        check = link("a")
        others = [rows.claim(claim.revision, start) for start in (5, 10)]
        for other in others:
            evidence_for(check, other, editor)
        monkeypatch.setattr(broken, "_CLAIMS", shown)
        (found,) = broken_links(editor, [check])
        assert [one.row.claim for one in found.claims] == [claim, *others][:number]
        assert found.more == more

    def test_the_newest_capture_of_each_and_reports_newest_first(self, link, editor, claim):
        first, second = link("a"), link("b")
        pieces = [Evidence.objects.get(url=one.url) for one in (first, second)]
        rows.capture(pieces[0], editor, text="Nine.")
        kept = rows.capture(pieces[0], editor, text="Eight.")
        at = [MAY, MAY, MAY.replace(month=4)]
        reports = [rows.report(editor, published_at=one) for one in at]
        for report in reports:
            rows.reported(claim, editor, report=report)
        one, other = broken_links(editor, [first, second])
        assert (one.capture, other.capture) == (kept, None)
        assert one.reports == [reports[1], reports[0], reports[2]]

    def test_what_stands_there_now_beside_what_was_captured(self, link, editor):
        check = link("a", "changed", text="Eight bridges.")
        piece = Evidence.objects.get(url=check.url)
        Evidence.objects.filter(pk=piece.pk).update(excerpt="nine bridges")
        found = broken_link(editor, check)
        assert [one.excerpt_is_in for one in found.claims] == [False]
        assert (found.capture, found.sides) == (None, ())
        kept = rows.capture(piece, editor, text="Nine bridges.")
        found = broken_link(editor, check)
        assert found.capture == kept
        assert found.sides

    def test_of_a_page_that_is_gone_nothing_is_said_of_the_excerpt(self, link, editor):
        check = link("a")
        Evidence.objects.filter(url=check.url).update(excerpt="nine bridges")
        found = broken_link(editor, check)
        assert [one.excerpt_is_in for one in found.claims] == [None]
        assert found.sides == ()
