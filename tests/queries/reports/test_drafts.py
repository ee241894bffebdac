"""What a draft is about: which claims it has, in which order, and what it leaves out; and what it says for the archive."""

from datetime import UTC, datetime

import pytest
from django.utils import timezone

from claims.actions import decide_claim
from claims.choices import MatchRelation, MatchState, ReviewStatus, Verdict
from claims.errors import NotPossibleError
from claims.models import Claim, ClaimMatch, Newsroom, PublicLanguage
from claims.queries.reports import contents
from claims.queries.reports.contents import (
    MAX_CLAIMS,
    all_claims_of,
    claims_of,
    data_of,
    line_now,
    newest_decisions,
    newsroom_line,
    require_few,
    waiting_claims,
    waiting_openly,
)
from claims.queries.reports.drafts import proposals
from claims.queries.reports.drafts.proposals import proposals_for
from claims.queries.reports.editions import (
    frozen_edition,
    public_edition_of,
    report_of,
)
from claims.queries.reports.terms import in_language
from tests.conftest import version_of
from tests.models import rows
from tests.models.match_rows import match
from tests.queries.reports.making import published


def become(claim: Claim, **fields) -> None:
    rows.become(claim, **fields)


class TestClaims:
    def test_those_of_a_list_come_by_article_the_newest_first(self, editor):
        made = []
        for day in (1, 2, 2):
            at = datetime(2026, 3, day, tzinfo=UTC)
            text = rows.revision(editor, article=rows.article(editor, published_at=at))
            made.append([rows.claim(text, 5), rows.claim(text, 0), rows.claim(text, 0)])
        old, new, twin = ([two, three, one] for one, two, three in made)
        report = rows.report(editor, claim_ids=[one.pk for text in made for one in text])
        assert list(all_claims_of(report)) == [*new, *twin, *old]

    def test_those_of_an_article_are_of_its_newest_text_in_order_and_in_work(self, editor):
        first = rows.revision(editor)
        rows.claim(first)
        text = rows.revision(editor, article=first.article, number=2)
        late, early = rows.claim(text, 9), rows.claim(text, 3)
        rows.claim(text, 5, dismissed=True)
        rows.claim(text, 6, checkable=False)
        report = rows.report(editor, article=text.article)
        assert list(claims_of(report)) == [early, late]

    def test_what_a_chief_left_out_is_no_longer_in_it(self, editor):
        text = rows.revision(editor)
        kept, left_out = rows.claim(text, 0), rows.claim(text, 5)
        report = rows.report(editor, article=text.article, left_out=[left_out.pk])
        assert list(claims_of(report)) == [kept]
        assert list(all_claims_of(report)) == [kept, left_out]

    def test_blind_checks_keep_it_waiting_and_open_ones_are_counted(self, editor):
        text = rows.revision(editor)
        waiting = {"review_status": ReviewStatus.WAITING}
        blind = rows.claim(text, 0, blind=True, **waiting)
        rows.claim(text, 3, **waiting)
        rows.claim(text, 6, blind=True, review_status=ReviewStatus.CHECKED)
        rows.claim(rows.revision(editor), 0, **waiting)
        report = rows.report(editor, article=text.article)
        assert list(waiting_claims(report)) == [blind]
        assert waiting_openly(report) == 1

    def test_it_holds_some_thousands_and_no_more(self):
        require_few(MAX_CLAIMS)
        with pytest.raises(NotPossibleError):
            require_few(MAX_CLAIMS + 1)

    def test_the_newest_decision_of_each_claim_counts(self, editor):
        first, second, third = (rows.claim(rows.revision(editor)) for _each in range(3))
        rows.decision(first, editor)
        newest = [rows.decision(first, editor, version=3), rows.decision(second, editor)]
        assert newest_decisions([first.pk, third.pk]) == {first.pk: newest[0].pk}
        assert newest_decisions([second.pk]) == {second.pk: newest[1].pk}


class TestContents:
    def data(self, claims, article=None):
        now = timezone.now()
        fields = {"title": "Bridges", "scope": "", "made_by": "Edda", "created_at": now}
        return data_of(claims, article=article, **fields)

    def test_more_claims_than_it_may_have_are_refused(self, editor, monkeypatch):
        text = rows.revision(editor)
        for start in range(2):
            rows.claim(text, start)
        monkeypatch.setattr(contents, "MAX_CLAIMS", 2)
        assert len(self.data(Claim.objects.all()).lines) == 2
        monkeypatch.setattr(contents, "MAX_CLAIMS", 1)
        with pytest.raises(NotPossibleError):
            self.data(Claim.objects.all())

    def test_each_article_says_how_many_of_its_claims_are_in_work(self, editor):
        text = rows.revision(editor)
        chosen = rows.claim(text, 0)
        rows.claim(text, 5)
        rows.claim(text, 9, dismissed=True)
        data = self.data(Claim.objects.filter(pk=chosen.pk))
        assert [(one.id, one.claims) for one in data.articles] == [(text.article_id, 2)]
        assert [number for _verdict, number in data.verdicts] == [0, 0, 1]

    def test_an_article_without_claims_is_named_all_the_same(self, editor):
        text = rows.revision(editor)
        data = self.data(Claim.objects.none(), text.article)
        assert [(one.id, one.claims) for one in data.articles] == [(text.article_id, 0)]
        assert self.data(Claim.objects.none()).articles == ()

    def test_the_newsroom_says_how_it_works_in_its_own_words_if_it_has_some(self, db):
        assert self.data(Claim.objects.none()).newsroom.method.startswith("Software split")
        Newsroom.objects.update(method="We call everybody.")
        assert self.data(Claim.objects.none()).newsroom.method == "We call everybody."

    def test_what_a_newsroom_says_in_a_language_goes_before_what_it_says_in_any(self, db):
        names = ("method", "corrections", "contact", "funding")
        Newsroom.objects.update(**{name: f"Any {name}" for name in names})
        german = PublicLanguage.objects.create(language="de", contact="Kontakt", funding="Geld")
        with in_language("de"):
            line = newsroom_line()
            assert (line.contact, line.funding) == ("Kontakt", "Geld")
            assert (line.method, line.corrections) == ("Any method", "Any corrections")
        german.delete()
        with in_language("de"):
            assert [getattr(newsroom_line(), name) for name in names] == [
                f"Any {name}" for name in names
            ]

    def test_a_claim_now_has_its_decision_evidence_and_newest_second_check(self, editor, chief):
        claim = rows.claim(rows.revision(editor))
        rows.evidence(claim, editor, position=2, title="Second")
        rows.evidence(claim, editor, position=1, title="First")
        rows.evidence(claim, editor, title="Gone", removed_at=timezone.now())
        rows.decision(claim, editor, reason="So it is.")
        become(claim, verdict=Verdict.VERIFIED, touched_at=timezone.now(), version=2)
        for number, name in enumerate(("Carl", "Olga"), start=3):
            change = rows.change(claim, chief, action="second-check", actor_name=name)
            rows.changed(claim, chief, change=change, version=number)
        line = line_now(claim.pk)
        assert (line.verdict.code, line.reason, line.checked_by) == (
            "verified",
            "So it is.",
            "Edda",
        )
        assert [one.title for one in line.evidence] == ["First", "Second"]
        assert line.second_checked_by == ""
        become(claim, review_status=ReviewStatus.CHECKED)
        assert line_now(claim.pk).second_checked_by == "Olga"
        become(claim, blind=True, review_status=ReviewStatus.WAITING)
        line = line_now(claim.pk)
        assert (line.verdict.code, line.reason, line.evidence) == ("pending", "", ())
        assert line.waiting


class TestEditions:
    def test_a_report_without_a_title_has_its_articles_headline(self, editor):
        article = rows.revision(editor).article
        titles = [
            report_of(actor=editor, article=article, title=title).report.title
            for title in ("", "Bridges of May")
        ]
        assert titles == [article.headline, "Bridges of May"]

    def test_a_report_that_is_not_public_has_the_addresses_that_it_will_have(self, chief, earlier):
        report = published(chief, "Bridges", earlier)
        report.public = False
        shown = public_edition_of(actor=chief, report=report)
        assert shown.url == report.future_address != ""
        assert shown.claims_url != ""

    def test_what_became_confidential_since_is_known_and_nothing_else(self, chief, earlier):
        other = rows.evidence(earlier, chief, url="https://olm.example.org/")
        report = published(chief, "Bridges", earlier)
        assert frozen_edition(report).confidential_since == frozenset()
        other.confidential = True
        other.save()
        assert frozen_edition(report).confidential_since == {other.pk}

    def test_a_later_decision_is_told_after_the_report(self, chief, earlier):
        report = published(chief, "Bridges", earlier)
        decide_claim(actor=chief, verdict=Verdict.VERIFIED, reason="Nine.", **version_of(earlier))
        (told,) = frozen_edition(report).corrections
        assert (told.before.code, told.after.code, told.published_at) == (
            "disputed",
            "verified",
            None,
        )


class TestProposals:
    @pytest.fixture
    def three(self, editor) -> list[Claim]:
        """Two claims of a draft, and a verified one of the archive."""
        made = [rows.claim(rows.revision(editor)) for _each in range(3)]
        become(
            made[2], verdict=Verdict.VERIFIED, decided_at=timezone.now(), touched_at=timezone.now()
        )
        return made

    def found(self, *claims: Claim) -> list[tuple[Claim, Claim]]:
        shown = proposals_for([one.pk for one in claims]).shown
        return [(one.claim, one.other) for one in shown]

    def test_verdicts_on_the_same_words_the_surest_first(self, three):
        first, second, archived = three
        match(first, archived, score=0.8)
        match(archived, second, score=0.9)
        assert self.found(first, second) == [(second, archived), (first, archived)]

    def test_of_two_as_sure_the_newer_one_first(self, three):
        first, second, archived = three
        match(first, archived)
        match(second, archived)
        assert self.found(first, second) == [(second, archived), (first, archived)]

    def test_contradictions_between_claims_of_the_draft(self, three):
        first, second, archived = three
        match(first, second, relation=MatchRelation.CONTRADICTS)
        match(first, archived, relation=MatchRelation.CONTRADICTS)
        assert self.found(first, second) == [(second, first)]
        assert self.found(first) == []

    def test_no_repeat_in_the_draft_itself_and_none_without_a_verdict(self, three):
        first, _second, archived = three
        match(first, archived)
        assert self.found(first, archived) == []
        become(archived, verdict=Verdict.PENDING, decided_at=None)
        assert self.found(first) == []

    def test_nothing_that_is_settled_or_out_of_work(self, editor, three):
        first, _second, archived = three
        made = match(first, archived)
        become(archived, dismissed=True)
        assert self.found(first) == []
        become(archived, dismissed=False)
        assert self.found(first) == [(first, archived)]
        settled = {"settled_by": editor, "settled_at": timezone.now()}
        ClaimMatch.objects.filter(pk=made.pk).update(state=MatchState.CONFIRMED, **settled)
        assert self.found(first) == []

    def test_of_many_the_surest_are_shown_and_all_counted(self, three, monkeypatch):
        monkeypatch.setattr(proposals, "MOST", 1)
        first, second, archived = three
        match(first, archived, score=0.8)
        match(second, archived, score=0.9)
        found = proposals_for([first.pk, second.pk])
        assert (found.number, [one.claim for one in found.shown]) == (2, [second])
