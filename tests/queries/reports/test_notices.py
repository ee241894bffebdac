"""What became of a published report's claims since, in the order in which readers were told."""

import pytest
from django.contrib.auth.models import User

from claims.actions import EvidenceDraft, add_evidence, decide_claim, publish_correction
from claims.choices import ReviewStatus, Verdict
from claims.models import Claim, Correction, EarlierNotice, Evidence, Newsroom, Report
from claims.models.newsroom import ONLY
from claims.queries.reports.editions import frozen_edition
from claims.queries.reports.public_claims import public_rows
from claims.queries.reports.public_documents import public_reports_naming
from claims.queries.reports.public_version import public_version
from tests.conftest import version_of
from tests.models import rows
from tests.queries.reports.making import published


@pytest.fixture
def report(chief, earlier) -> Report:
    """A public report that disputes a claim."""
    return published(chief, "Bridges", earlier)


def decide(user: User, claim: Claim, verdict: Verdict) -> None:
    decide_claim(actor=user, verdict=verdict, reason="As the log says.", **version_of(claim))


def tell(user: User, report: Report, notice: str) -> Correction:
    """Publish the notice that waits for a report."""
    waiting = Correction.objects.open().get(reported__report=report)
    decision = waiting.decision_id
    return publish_correction(
        actor=user, correction_id=waiting.pk, decision_id=decision, notice=notice
    )


def told(report: Report) -> list[tuple[str, str, str]]:
    """What readers of the report are told: of which kind, and which verdict became which."""
    corrections = frozen_edition(report).corrections
    return [(one.kind, one.before.code, one.after.code) for one in corrections]


class TestNotices:
    def test_each_begins_with_the_verdict_that_readers_knew(self, chief, earlier, report):
        decide(chief, earlier, Verdict.VERIFIED)
        tell(chief, report, "Nine.")
        decide(chief, earlier, Verdict.PENDING)
        assert told(report) == [
            ("correction", "disputed", "verified"),
            ("correction", "verified", "pending"),
        ]
        first, second = frozen_edition(report).corrections
        assert (first.notice, first.published_at is None) == ("Nine.", False)
        assert (second.notice, second.published_at) == ("", None)

    def test_an_open_one_is_not_told_while_its_claim_is_checked_blind(self, chief, earlier, report):
        decide(chief, earlier, Verdict.VERIFIED)
        waiting = {"blind": True, "review_status": ReviewStatus.WAITING}
        Claim.objects.filter(pk=earlier.pk).update(**waiting)
        assert told(report) == []

    def test_a_notice_on_another_public_report_counts_once(self, chief, earlier, later, report):
        other = published(chief, "More bridges", earlier, later)
        decide(chief, earlier, Verdict.VERIFIED)
        tell(chief, other, "Nine.")
        assert told(report) == told(other) == [("correction", "disputed", "verified")]

    def test_a_later_report_tells_another_verdict_and_not_the_same(self, chief, earlier, report):
        decide(chief, earlier, Verdict.DISPUTED)
        published(chief, "The same", earlier)
        assert ("later-report", "disputed", "disputed") not in told(report)
        decide(chief, earlier, Verdict.VERIFIED)
        Correction.objects.open().delete()
        newest = published(chief, "More bridges", earlier)
        (line,) = [one for one in frozen_edition(report).corrections if one.report]
        assert (line.report, line.before.code, line.after.code) == (
            newest.pk,
            "disputed",
            "verified",
        )
        assert line.line.id == earlier.pk
        assert not [one for one in frozen_edition(newest).corrections if one.report]

    def test_of_other_claims_and_reports_it_tells_nothing(self, chief, editor, later, report):
        decide(editor, later, Verdict.VERIFIED)
        other = published(chief, "Others", later)
        decide(editor, later, Verdict.DISPUTED)
        assert told(report) == []
        assert told(other) == [("correction", "verified", "disputed")]


class TestPublicRows:
    def test_a_claim_is_as_its_newest_public_report_has_it(self, chief, earlier, later, report):
        decide(chief, later, Verdict.VERIFIED)
        newest = published(chief, "Both", earlier, later)
        found = {row.claim_id: row for row in public_rows([earlier.pk, later.pk])}
        assert {row.report_id for row in found.values()} == {newest.pk}
        assert [found[one.pk].verdict for one in (earlier, later)] == ["disputed", "verified"]
        assert [row.claim_id for row in public_rows([later.pk])] == [later.pk]

    def test_it_changed_when_readers_were_last_told_of_it(self, chief, earlier, later, report):
        decide(chief, later, Verdict.VERIFIED)
        both = published(chief, "Both", earlier, later)
        decide(chief, later, Verdict.DISPUTED)
        told = tell(chief, both, "Eight.")
        changed = {row.claim_id: row.changed_at for row in public_rows([earlier.pk, later.pk])}
        assert changed == {earlier.pk: both.published_at, later.pk: told.published_at}

    def test_no_pending_claim_has_one(self, chief, later):
        published(chief, "Bridges", later)
        assert public_rows([later.pk]) == []


class TestDocuments:
    @pytest.fixture
    def piece(self, earlier) -> Evidence:
        return earlier.evidence.get()

    def naming(self, *pieces: Evidence) -> dict[int, list[int]]:
        return dict(public_reports_naming(pieces))

    def test_the_public_reports_that_had_it_when_they_were_published(self, chief, earlier, piece):
        assert self.naming(piece) == {}
        first = published(chief, "Bridges", earlier)
        second = published(chief, "More bridges", earlier)
        assert self.naming(piece) == {piece.pk: [first.pk, second.pk]}
        Report.objects.filter(pk=first.pk).update(public=False)
        assert self.naming(piece) == {piece.pk: [second.pk]}

    def test_none_that_withheld_it_or_came_before_it_or_after_it_was_removed(
        self, chief, earlier, later, piece, report
    ):
        draft = EvidenceDraft(title="Log", url="https://olm.example.org/log")
        late = add_evidence(actor=chief, evidence=draft, **version_of(earlier))
        assert self.naming(late) == {}
        late.confidential = True
        late.save()
        piece.removed_at = report.published_at
        piece.save()
        published(chief, "More bridges", earlier)
        assert self.naming(piece, late) == {piece.pk: [report.pk]}

    def test_the_same_page_for_another_claim_is_the_same_document(
        self, editor, chief, earlier, later, piece, report
    ):
        same = rows.evidence(later, editor, url=f"{piece.url}?utm_source=feed")
        other = rows.evidence(later, editor, url="https://olm.example.org/")
        assert self.naming(same, other) == {same.pk: [report.pk]}

    def test_a_notice_names_what_it_had(self, chief, earlier, report):
        draft = EvidenceDraft(title="Log", url="https://olm.example.org/log")
        late = add_evidence(actor=chief, evidence=draft, **version_of(earlier))
        decide(chief, earlier, Verdict.VERIFIED)
        assert self.naming(late) == {}
        tell(chief, report, "Nine.")
        assert self.naming(late) == {late.pk: [report.pk]}


class TestVersion:
    def test_it_changes_with_everything_that_is_public(self, chief, editor, earlier, later, report):
        newsroom = Newsroom.objects.get(pk=ONLY)
        decide(chief, earlier, Verdict.VERIFIED)
        notice = tell(chief, report, "Nine.")
        rows.evidence(earlier, editor, confidential=True)
        seen = [public_version()]

        def reword() -> None:
            fields = {"notice": "Eight.", "published_at": notice.published_at}
            EarlierNotice.objects.create(
                correction=notice, replaced_by=chief, replaced_by_name="Carl", **fields
            )

        def stamp() -> None:
            number = report.timestamps.count()
            report.timestamps.create(
                edition=("internal", "public")[number],
                digest="d",
                authority="a",
                response=b"",
                stamped_at=notice.published_at,
            )

        for change in (newsroom.save, newsroom.save, report.save, report.save):
            change()
            seen.append(public_version())
        for change in (
            reword,
            reword,
            stamp,
            stamp,
            lambda: rows.evidence(later, editor, confidential=True),
            lambda: Evidence.objects.filter(claim=later).update(confidential=False),
        ):
            change()
            seen.append(public_version())
        assert len(set(seen)) == len(seen) - 1  # the last change takes back the one before
        assert seen[-1] == seen[-3]

    def test_what_only_the_desk_knows_leaves_it_as_it_is(self, chief, editor, earlier, report):
        before = public_version()
        rows.evidence(earlier, editor)
        decide(chief, earlier, Verdict.VERIFIED)
        rows.claim(rows.revision(editor))
        assert public_version() == before
