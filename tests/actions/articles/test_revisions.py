"""New versions of an article: unchanged claims keep their verdict and evidence, and nothing is guessed."""

import pytest
from django.contrib.auth.models import User

from claims import ingest
from claims.actions import (
    EvidenceDraft,
    add_revision,
    change_spans,
    comment,
    create_claim,
    decide_claim,
    dismiss_claims,
    draft_report,
    import_article,
    merge_claims,
    next_steps,
    place_claim,
    publish_report,
    reword_claim,
    undo_change,
    withdraw_claim,
)
from claims.anchoring import Outcome
from claims.choices import AnchorStatus, Verdict
from claims.errors import (
    ChangedSinceError,
    InvalidValueError,
    LookAgainError,
    NotAllowedError,
    NotPossibleError,
    StaleVersionError,
)
from claims.extraction import extract
from claims.ingest.types import ArticleDraft
from claims.models import Article, Claim, Decision
from claims.queries.articles.revisions import RevisionPlan, plan_revision
from claims.queries.reports.editions import edition_of, frozen_edition
from tests.conftest import BODY, newest

CRACKS = "We found cracks in two pillars"
HURT = "Nobody was hurt"
BOATS = "three boats were damaged"
BUILT = "The bridge was built in 1931"


def draft(article: Article, body: str, **fields):
    known = {"headline": article.headline, "outlet": str(article.outlet), **fields}
    return ingest.draft(body=body, **known)


def planned(article: Article, new: ArticleDraft) -> RevisionPlan | None:
    return plan_revision(article.current_revision(), new, extract(new.body))


def take(actor: User, article: Article, body: str) -> Article:
    new = draft(article, body)
    seen = planned(article, new).seen
    return add_revision(actor=actor, article=article, draft=new, seen=seen)


def claim_of(article: Article, words: str) -> Claim:
    return Claim.objects.of_article(article).get(quote__contains=words)


def decided(actor: User, claim: Claim) -> Claim:
    decide_claim(
        actor=actor,
        claim_id=claim.pk,
        version=claim.version,
        verdict=Verdict.VERIFIED,
        reason="As the log says.",
        evidence=EvidenceDraft(title="Log", url="https://log.example.org/"),
    )
    claim.refresh_from_db()
    return claim


def everything_of(claim: Claim) -> tuple:
    return (
        claim.verdict,
        claim.quote,
        claim.statement,
        claim.source_id,
        claim.role,
        list(claim.decisions.values_list("pk", flat=True)),
        list(claim.evidence.values_list("pk", flat=True)),
        list(claim.comments.values_list("pk", flat=True)),
    )


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
        [("and that is not true", AnchorStatus.CHANGED), ("and that is well known", None)],
        ids=["they turn it", "they do not"],
    )
    def test_words_beside_it_that_turn_it_are_looked_at(
        self, editor, article, words, anchor_status
    ):
        take(editor, article, BODY.replace("1931.", "1931, and that is true."))
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


class TestGone:
    def test_it_is_kept_as_withdrawn(self, editor, article):
        claim = decided(editor, claim_of(article, BOATS))
        before = everything_of(claim)
        body = "\n\n".join(part for part in BODY.split("\n\n") if "boats" not in part)
        take(editor, article, body)
        claim.refresh_from_db()
        assert everything_of(claim) == before
        assert (claim.anchor_status, claim.dismissed, claim.revision.number) == (
            AnchorStatus.WITHDRAWN,
            True,
            1,
        )
        assert claim not in Claim.objects.active()

    def test_everything_else_in_its_place_withdraws_all(self, editor, article):
        old = set(Claim.objects.values_list("pk", flat=True))
        take(
            editor, article, "Snow fell on the hills of Velmora all night, and schools stayed shut."
        )
        assert set(Claim.objects.filter(pk__in=old).values_list("anchor_status", flat=True)) == {
            "withdrawn"
        }

    def test_in_two_places_alike_it_is_an_orphan_and_somebody_places_it(self, editor, article):
        claim = decided(editor, claim_of(article, BUILT))
        body = f"{BUILT}.\n\n{BODY}"
        take(editor, article, body)
        claim.refresh_from_db()
        assert (claim.anchor_status, claim.dismissed, claim.verdict) == (
            AnchorStatus.ORPHAN,
            True,
            Verdict.VERIFIED,
        )
        at = body.rindex(BUILT)
        place_claim(
            actor=editor,
            claim_id=claim.pk,
            version=claim.version,
            spans=[[at, at + len(claim.quote)]],
        )
        claim.refresh_from_db()
        assert (claim.anchor_status, claim.dismissed, claim.verdict) == (
            None,
            False,
            Verdict.VERIFIED,
        )
        assert (claim.revision, claim.start) == (article.current_revision(), at)

    def test_an_orphan_can_be_withdrawn_and_that_undone(self, editor, article):
        claim = claim_of(article, BUILT)
        take(editor, article, f"{BUILT}.\n\n{BODY}")
        claim.refresh_from_db()
        change = withdraw_claim(actor=editor, claim_id=claim.pk, version=claim.version)
        claim.refresh_from_db()
        assert claim.anchor_status == AnchorStatus.WITHDRAWN
        undo_change(actor=editor, change_id=change.pk)
        claim.refresh_from_db()
        assert claim.anchor_status == AnchorStatus.ORPHAN

    @pytest.mark.parametrize("spans", [[[0, 10_000]], [[5, 5]], []])
    def test_a_place_outside_the_text_is_refused(self, editor, article, spans):
        claim = claim_of(article, BUILT)
        take(editor, article, f"{BUILT}.\n\n{BODY}")
        claim.refresh_from_db()
        with pytest.raises(InvalidValueError):
            place_claim(actor=editor, claim_id=claim.pk, version=claim.version, spans=spans)


class TestTaking:
    def test_nothing_is_changed_by_looking(self, editor, article):
        before = list(Claim.objects.values())
        planned(article, draft(article, f"{BODY}\n\nMore."))
        assert list(Claim.objects.values()) == before
        assert article.revisions.count() == 1

    def test_a_second_click_changes_nothing(self, editor, article):
        new = draft(article, f"{BODY}\n\nA ferry sails instead.")
        seen = planned(article, new).seen
        for _click in range(2):
            add_revision(actor=editor, article=article, draft=new, seen=seen)
        assert article.revisions.count() == 2

    def test_what_somebody_decided_since_the_look_is_not_run_over(self, editor, article):
        new = draft(article, BODY.replace("two pillars", "three pillars"))
        seen = planned(article, new).seen
        claim = decided(editor, claim_of(article, CRACKS))
        with pytest.raises(LookAgainError):
            add_revision(actor=editor, article=article, draft=new, seen=seen)
        claim.refresh_from_db()
        assert (claim.verdict, article.revisions.count()) == (Verdict.VERIFIED, 1)

    def test_somebody_who_has_the_old_text_open_is_told(self, editor, article):
        claim = claim_of(article, CRACKS)
        take(editor, article, f"{BODY}\n\nA ferry sails instead.")
        with pytest.raises(StaleVersionError):
            decide_claim(
                actor=editor, claim_id=claim.pk, version=claim.version, verdict=Verdict.VERIFIED
            )

    def test_the_same_text_is_no_update(self, article):
        assert planned(article, draft(article, BODY)) is None

    def test_the_same_text_under_another_headline_changes_the_headline_alone(self, editor, article):
        claim = decided(editor, claim_of(article, CRACKS))
        before = list(Claim.objects.of_article(article).order_by("pk").values())
        new = draft(article, BODY, headline="Bridge to reopen in May")
        found = planned(article, new)
        assert {one.state for one in found.matching.found} == {Outcome.KEPT}
        assert found.matching.new == ()
        add_revision(actor=editor, article=article, draft=new, seen=found.seen)
        article.refresh_from_db()
        claim.refresh_from_db()
        assert article.headline == "Bridge to reopen in May"
        assert article.history.first().history_user == editor
        assert (claim.verdict, article.revisions.count()) == (Verdict.VERIFIED, 1)
        assert list(Claim.objects.of_article(article).order_by("pk").values()) == before

    def test_the_text_of_another_article_is_not_taken(self, editor, article):
        other = import_article(actor=editor, draft=draft(article, "It rained.")).article
        with pytest.raises(NotPossibleError, match="another article"):
            take(editor, article, "It rained.")
        assert other.revisions.count() == article.revisions.count() == 1

    def test_it_cannot_be_undone_but_the_old_text_can_come_back(self, editor, article):
        claim = decided(editor, claim_of(article, CRACKS))
        take(editor, article, BODY.replace("two pillars", "three pillars"))
        carried = claim.changed.filter(change__action="new-revision").get()
        with pytest.raises(NotPossibleError, match="add the old text as a new version"):
            undo_change(actor=editor, change_id=carried.change_id)
        take(editor, article, BODY)
        claim.refresh_from_db()
        assert "two pillars" in claim.quote
        assert claim.anchor_status == AnchorStatus.CHANGED

    def test_a_reader_may_not(self, reader, editor, article):
        with pytest.raises(NotAllowedError):
            take(reader, article, f"{BODY}\n\nMore.")

    def test_the_preview_says_what_becomes_of_each(self, article):
        new = draft(article, BODY.replace("two pillars", "three pillars") + "\n\nA ferry sails.")
        plan = planned(article, new)
        states = {plan.claims[one.id].quote: one.state for one in plan.matching.found}
        changed = [quote for quote, state in states.items() if state != Outcome.KEPT]
        assert len(changed) == 1
        assert CRACKS in changed[0]
        assert [plan.proposed[place].statement for place in plan.matching.new] == ["A ferry sails"]
