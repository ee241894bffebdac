"""Claims of a new version that still stand, or whose words changed: nothing is guessed."""

import pytest

from claims.actions import (
    change_spans,
    comment,
    create_claim,
    dismiss_claims,
    draft_report,
    merge_claims,
    next_steps,
    place_claim,
    publish_report,
    reword_claim,
    undo_change,
)
from claims.choices import AnchorStatus, Verdict
from claims.errors import ChangedSinceError
from claims.extraction import extract
from claims.models import Claim, Decision
from claims.queries.reports.editions import edition_of, frozen_edition
from tests.actions.articles.revisions import (
    BOATS,
    BUILT,
    CRACKS,
    HURT,
    claim_of,
    decided,
    everything_of,
    take,
)
from tests.conftest import BODY, newest


class TestKept:
    def test_what_stands_keeps_verdict_evidence_and_history(self, editor, article):
        claim = decided(editor, claim_of(article, CRACKS))
        comment(actor=editor, claim_id=claim.pk, text="Seen by two.")
        before = everything_of(claim)
        take(editor, article, f"Updated at noon.\n\n{BODY}\n\nA ferry sails instead.")
        claim.refresh_from_db()
        revision = article.current_revision()
        assert everything_of(claim) == before
        assert (claim.revision, claim.anchor_status, revision.number) == (revision, None, 2)
        (start, end) = claim.spans[0]
        assert revision.body[start:end] == claim.quote
        assert claim.quote in revision.body
        assert claim.prefix
        assert revision.body[start - len(claim.prefix) : start] == claim.prefix

    def test_what_nobody_has_looked_at_stays_a_proposal(self, editor, article):
        before = set(Claim.objects.of_article(article).values_list("pk", flat=True))
        take(editor, article, f"{BODY}\n\nA ferry sails instead.")
        kept = Claim.objects.filter(pk__in=before)
        assert not kept.exclude(touched_at=None).exists()
        assert {claim.revision for claim in kept} == {article.current_revision()}

    def test_nothing_is_there_twice(self, editor, article):
        number = Claim.objects.count()
        take(editor, article, f"{BODY}\n\nA ferry sails instead.")
        assert Claim.objects.count() == number + 1
        quotes = list(Claim.objects.values_list("quote", flat=True))
        assert len(quotes) == len(set(quotes))

    def test_a_paragraph_that_moved_takes_its_claims_along(self, editor, article):
        claim = decided(editor, claim_of(article, BUILT))
        first, *others = BODY.split("\n\n")
        take(editor, article, "\n\n".join([others[-1], first, *others[:-1]]))
        claim.refresh_from_db()
        assert (claim.verdict, claim.start, claim.anchor_status) == (Verdict.VERIFIED, 0, None)

    def test_other_quotation_marks_and_line_ends_are_no_change(self, editor, article):
        claim = decided(editor, claim_of(article, CRACKS))
        take(editor, article, BODY.replace("“", '"').replace("”", '"').replace("\n\n", "\n"))
        claim.refresh_from_db()
        assert (claim.verdict, claim.anchor_status) == (Verdict.VERIFIED, None)

    def test_a_dismissed_claim_stays_dismissed_and_is_not_proposed_again(self, editor, article):
        claim = claim_of(article, BUILT)
        dismiss_claims(actor=editor, versions={claim.pk: claim.version})
        take(editor, article, f"{BODY}\n\nA ferry sails instead.")
        claim.refresh_from_db()
        assert (claim.dismissed, claim.anchor_status) == (True, None)
        assert Claim.objects.filter(quote__contains=BUILT).count() == 1


class TestChanged:
    @pytest.mark.parametrize(
        ("old", "new"),
        [("two pillars", "three pillars"), ("We found cracks", "We found no cracks")],
        ids=["a number", "a negation"],
    )
    def test_it_is_pending_again_with_the_old_verdict_in_its_history(
        self, editor, article, old, new
    ):
        claim = decided(editor, claim_of(article, CRACKS))
        take(editor, article, BODY.replace(old, new))
        claim.refresh_from_db()
        assert (claim.verdict, claim.anchor_status) == (Verdict.PENDING, AnchorStatus.CHANGED)
        assert new.split()[-1] in claim.quote
        newest = Decision.objects.newest_first().first()
        assert (newest.claim, newest.previous_verdict, newest.verdict) == (
            claim,
            "verified",
            "pending",
        )
        assert newest.reason == "The article has a new version."
        assert claim.evidence.count() == 1

    def test_who_says_it_is_part_of_it(self, editor, article):
        claim = decided(editor, claim_of(article, "stay closed until May"))
        take(editor, article, BODY.replace("Ada Venn", "Bo Tarn"))
        claim.refresh_from_db()
        assert (claim.verdict, claim.anchor_status) == (Verdict.PENDING, AnchorStatus.CHANGED)

    def test_she_is_somebody_else_where_the_sentence_before_names_another_one(
        self, editor, article
    ):
        claim = decided(editor, claim_of(article, CRACKS))
        take(
            editor,
            article,
            BODY.replace("the transport minister, Ada Venn,", "the mayor, Ida Korr,"),
        )
        claim.refresh_from_db()
        assert (claim.verdict, claim.anchor_status) == (Verdict.PENDING, AnchorStatus.CHANGED)

    @pytest.mark.parametrize(
        ("words", "anchor_status"),
        [("and traffic is not light", AnchorStatus.CHANGED), ("and traffic is heavy", None)],
        ids=["they turn it", "they do not"],
    )
    def test_words_beside_it_that_turn_it_are_looked_at(
        self, editor, article, words, anchor_status
    ):
        take(editor, article, BODY.replace("1931.", "1931, and traffic is light."))
        claim = decided(editor, claim_of(article, BUILT))
        claim.refresh_from_db()
        take(editor, article, BODY.replace("1931.", f"1931, {words}."))
        claim.refresh_from_db()
        assert claim.anchor_status == anchor_status
        assert claim.verdict == (Verdict.PENDING if anchor_status else Verdict.VERIFIED)

    def test_who_says_what_an_editor_cut_anew_is_part_of_it(self, editor, article):
        claim = claim_of(article, CRACKS)
        start = article.current_revision().body.index("cracks")
        change_spans(
            actor=editor,
            claim_id=claim.pk,
            version=claim.version,
            spans=[[start, start + len("cracks in two pillars")]],
        )
        claim.refresh_from_db()
        decided(editor, claim)
        take(editor, article, f"{BODY}\n\nA ferry sails instead.")
        claim.refresh_from_db()
        assert (claim.verdict, claim.anchor_status) == (Verdict.VERIFIED, None)
        other = BODY.replace("the transport minister, Ada Venn,", "the mayor, Ida Korr,")
        take(editor, article, other)
        claim.refresh_from_db()
        assert (claim.verdict, claim.anchor_status) == (Verdict.PENDING, AnchorStatus.CHANGED)

    def test_who_decides_it_has_looked(self, editor, article):
        claim = decided(editor, claim_of(article, CRACKS))
        take(editor, article, BODY.replace("two pillars", "three pillars"))
        claim.refresh_from_db()
        decided(editor, claim)
        assert (claim.verdict, claim.anchor_status) == (Verdict.VERIFIED, None)

    def test_who_says_that_these_are_its_words_has_looked(self, editor, article):
        claim = decided(editor, claim_of(article, CRACKS))
        take(editor, article, BODY.replace("two pillars", "three pillars"))
        claim.refresh_from_db()
        place_claim(actor=editor, claim_id=claim.pk, version=claim.version, spans=claim.spans)
        claim.refresh_from_db()
        assert (claim.anchor_status, claim.verdict) == (None, Verdict.PENDING)

    def test_a_published_report_says_so(self, editor, chief, article):
        claim = decided(editor, claim_of(article, CRACKS))
        made = draft_report(actor=editor, title="Bridges", article=article)
        seen = edition_of(actor=chief, report=made).digest
        report = publish_report(actor=chief, report_id=made.pk, seen=seen)
        before = frozen_edition(report)
        take(editor, article, BODY.replace("two pillars", "three pillars"))
        after = frozen_edition(report)
        assert after.digest == before.digest
        assert [(one.claim, one.after.code) for one in after.corrections] == [(claim.pk, "pending")]

    def test_a_statement_that_nobody_reworded_follows_the_new_words(self, editor, article):
        claim = decided(editor, claim_of(article, CRACKS))
        other = BODY.replace("two pillars", "six pillars")
        take(editor, article, other)
        claim.refresh_from_db()
        assert "six pillars" in claim.statement
        assert claim.statement in {one.statement for one in extract(other)}
        # The next version as well.
        take(editor, article, BODY.replace("two pillars", "ten pillars"))
        claim.refresh_from_db()
        assert "ten pillars" in claim.statement

    def test_a_statement_that_was_reworded_and_back_follows_too(self, editor, article):
        claim = claim_of(article, CRACKS)
        change = reword_claim(
            actor=editor, claim_id=claim.pk, version=claim.version, statement="Two pillars crack."
        )
        undo_change(actor=editor, change_id=change.pk)
        take(editor, article, BODY.replace("two pillars", "six pillars"))
        claim.refresh_from_db()
        assert "six pillars" in claim.statement

    def test_a_statement_follows_where_a_person_places_the_claim(self, editor, article):
        start = BODY.index("1931")
        revision = article.current_revision()
        claim = create_claim(
            actor=editor,
            article=article,
            revision_id=revision.pk,
            spans=[[start - len("built in "), start + 4]],
        )
        assert claim.statement == "Built in 1931"
        take(editor, article, BODY.replace("1931", "1941"))
        claim.refresh_from_db()
        assert claim.anchor_status == AnchorStatus.ORPHAN
        place_claim(actor=editor, claim_id=claim.pk, version=claim.version, spans=claim.spans)
        claim.refresh_from_db()
        assert (claim.statement, claim.quote) == ("Built in 1941", "built in 1941")

    @pytest.mark.parametrize(
        ("halves", "old", "new"),
        [
            ((BOATS, "two piers flooded"), "three boats", "five boats"),
            ((BOATS, "two piers flooded"), "two piers", "four piers"),
            ((CRACKS, HURT), "two pillars", "six pillars"),
            ((CRACKS, HURT), "Nobody was hurt", "Nobody was badly hurt"),
        ],
    )
    def test_a_merged_claim_keeps_both_its_halves(self, editor, article, halves, old, new):
        merged, other = (claim_of(article, words) for words in halves)
        merge_claims(actor=editor, versions={one.pk: one.version for one in (merged, other)})
        take(editor, article, BODY.replace(old, new))
        merged.refresh_from_db()
        assert merged.anchor_status == AnchorStatus.CHANGED
        for words in halves:
            assert words.replace(old, new) in merged.quote

    def test_an_earlier_step_on_its_words_is_not_taken_back(self, editor, article):
        """It would say of the new text what was said of the old one."""
        claim = decided(editor, claim_of(article, CRACKS))
        (start, end), *_ = claim.spans
        steps = []
        for last in (end - len(" in two pillars"), end):
            change_spans(
                actor=editor, claim_id=claim.pk, version=claim.version, spans=[[start, last]]
            )
            claim.refresh_from_db()
            steps.append(newest(claim))
        reword_claim(
            actor=editor, claim_id=claim.pk, version=claim.version, statement="Two pillars crack."
        )
        steps.append(newest(claim))
        take(editor, article, BODY.replace("two pillars", "six pillars"))
        for step in steps:
            with pytest.raises(ChangedSinceError):
                undo_change(actor=editor, change_id=step.pk)
        assert next_steps(actor=editor, article=article)[0] not in steps

    def test_a_statement_that_a_person_reworded_stays(self, editor, article):
        claim = claim_of(article, CRACKS)
        reword_claim(
            actor=editor, claim_id=claim.pk, version=claim.version, statement="Two pillars crack."
        )
        take(editor, article, BODY.replace("two pillars", "six pillars"))
        claim.refresh_from_db()
        assert (claim.statement, "six" in claim.quote) == ("Two pillars crack.", True)
