"""Several people on one claim: what each action changes, and who is not allowed to do it."""

from datetime import timedelta
from functools import partial

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from claims.actions import (
    ask_second_check,
    assign_claims,
    be_present,
    comment,
    decide_claim,
    second_check,
    send_back,
    undo_change,
)
from claims.actions.claims.teamwork import first_checker
from claims.choices import ChangeAction, ReviewStatus, Verdict
from claims.errors import (
    InvalidValueError,
    NotAllowedError,
    NotPossibleError,
    ReasonRequiredError,
)
from claims.models import Change, Claim, Comment, Decision, Presence
from claims.models.claims.teamwork import HERE
from tests.actions.database import everything
from tests.models import rows


@pytest.fixture
def decided(editor, claim) -> Claim:
    """The claim after the editor verified it."""
    decide_claim(
        actor=editor, claim_id=claim.pk, version=1, verdict=Verdict.VERIFIED, reason="Seen."
    )
    claim.refresh_from_db()
    return claim


@pytest.fixture
def waiting(editor, decided) -> Claim:
    """The claim that waits for a second check."""
    ask_second_check(actor=editor, claim_id=decided.pk, version=2, blind=True)
    decided.refresh_from_db()
    return decided


@pytest.fixture
def check(chief, waiting):
    """The chief's second check."""
    return partial(second_check, actor=chief, claim_id=waiting.pk, version=3)


def logged(claim: Claim) -> tuple[str, str, dict, dict]:
    """The newest change of a claim: its action, its note, and the fields before and after."""
    row = claim.changed.select_related("change").latest("pk")
    claim.refresh_from_db()
    return row.change.action, row.change.note, row.before, row.after


class TestAssigning:
    def test_several_claims_go_to_a_person_in_one_step(self, editor, chief, article):
        claims = list(Claim.objects.of_article(article))
        change = assign_claims(actor=editor, versions={claim.pk: 1 for claim in claims}, to=chief)
        assert (change.action, change.actor) == (ChangeAction.ASSIGN, editor)
        assert set(chief.assigned_claims.all()) == set(claims)
        for row in change.claims.all():
            assert (row.before, row.after) == (
                {"assigned_to_id": None},
                {"assigned_to_id": chief.pk},
            )

    def test_back_to_nobody(self, editor, chief, claim):
        assign_claims(actor=editor, versions={claim.pk: 1}, to=chief)
        assign_claims(actor=chief, versions={claim.pk: 2}, to=None)
        claim.refresh_from_db()
        assert claim.assigned_to is None

    def test_to_the_same_person_again_is_no_change(self, editor, chief, claim):
        assign_claims(actor=editor, versions={claim.pk: 1}, to=chief)
        before = everything()
        assert assign_claims(actor=editor, versions={claim.pk: 2}, to=chief) is None
        assert everything() == before

    def test_only_those_of_others_are_touched(self, editor, chief, article):
        first, second, *_others = Claim.objects.of_article(article).in_reading_order()
        assign_claims(actor=editor, versions={first.pk: 1}, to=chief)
        change = assign_claims(actor=editor, versions={first.pk: 2, second.pk: 1}, to=chief)
        assert [row.claim for row in change.claims.all()] == [second]

    def test_who_may_not_decide_gets_none(self, editor, reader, claim):
        before = everything()
        with pytest.raises(NotPossibleError, match="Rita is not allowed to decide claims"):
            assign_claims(actor=editor, versions={claim.pk: 1}, to=reader)
        assert everything() == before

    def test_who_has_left_gets_none(self, editor, chief, claim):
        User.objects.filter(pk=chief.pk).update(is_active=False)
        with pytest.raises(NotPossibleError):
            assign_claims(actor=editor, versions={claim.pk: 1}, to=User.objects.get(pk=chief.pk))


class TestAskingForASecondCheck:
    @pytest.mark.parametrize("blind", [True, False])
    def test_a_decided_claim_waits(self, editor, decided, blind):
        ask_second_check(actor=editor, claim_id=decided.pk, version=2, blind=blind)
        action, _note, before, after = logged(decided)
        assert (action, before["review_status"], after["review_status"]) == (
            ChangeAction.REQUEST_CHECK,
            "open",
            "waiting",
        )
        assert (decided.review_status, decided.blind) == (ReviewStatus.WAITING, blind)
        assert decided.verdict == Verdict.VERIFIED

    def test_the_same_again_is_no_change(self, editor, waiting):
        before = everything()
        again = {"actor": editor, "claim_id": waiting.pk, "version": 3, "blind": True}
        assert ask_second_check(**again) is None
        assert everything() == before

    def test_a_pending_claim_has_nothing_to_check(self, editor, claim):
        before = everything()
        with pytest.raises(NotPossibleError, match="no verdict to check yet"):
            ask_second_check(actor=editor, claim_id=claim.pk, version=1)
        assert everything() == before

    @pytest.mark.parametrize("verdict", Verdict)
    def test_a_new_verdict_ends_the_waiting(self, chief, waiting, verdict):
        decide_claim(actor=chief, claim_id=waiting.pk, version=3, verdict=verdict, reason="Heard.")
        waiting.refresh_from_db()
        assert waiting.review_status == ReviewStatus.OPEN

    def test_an_undone_verdict_ends_the_waiting(self, editor, waiting):
        undo_change(actor=editor, change_id=waiting.changed.get(version=2).change_id)
        waiting.refresh_from_db()
        assert (waiting.verdict, waiting.review_status) == (Verdict.PENDING, ReviewStatus.OPEN)


class TestTheSecondCheck:
    def test_the_same_verdict_confirms_the_first(self, waiting, check):
        check(verdict=Verdict.VERIFIED, reason=" The register says so too. ")
        action, note, before, after = logged(waiting)
        assert (action, note) == (ChangeAction.SECOND_CHECK, "The register says so too.")
        assert (before["review_status"], before["blind"]) == ("waiting", True)
        assert (after["review_status"], after["blind"]) == ("second-checked", False)
        assert Decision.objects.count() == 1

    @pytest.mark.parametrize("verdict", [Verdict.DISPUTED, Verdict.PENDING])
    def test_another_verdict_sends_it_back_to_its_decider(self, editor, waiting, check, verdict):
        check(verdict=verdict, reason="There are eight.")
        action, note, _before, after = logged(waiting)
        assert action == ChangeAction.SEND_BACK
        assert note == f"Second check: {verdict.label}. There are eight."
        sent = {"review_status": "sent-back", "blind": False, "assigned_to_id": editor.pk}
        assert after.items() >= sent.items()
        assert waiting.verdict == Verdict.VERIFIED
        assert Decision.objects.count() == 1

    def test_without_a_reason_the_verdict_alone_is_told(self, waiting, check):
        check(verdict=Verdict.PENDING)
        assert logged(waiting)[1] == "Second check: Pending"

    def test_to_dispute_it_needs_a_reason(self, check):
        before = everything()
        with pytest.raises(ReasonRequiredError):
            check(verdict=Verdict.DISPUTED, reason=" ")
        assert everything() == before

    @pytest.mark.parametrize("verdict", Verdict)
    def test_it_is_never_the_deciders(self, editor, check, verdict):
        before = everything()
        with pytest.raises(NotPossibleError, match="Someone else has to"):
            check(actor=editor, verdict=verdict, reason="I am sure.")
        assert everything() == before

    def test_who_decided_is_the_decider_whoever_undid_another_verdict_since(
        self, editor, chief, decided
    ):
        decide_claim(actor=chief, claim_id=decided.pk, version=2, verdict=Verdict.PENDING)
        undo_change(actor=chief, change_id=decided.changed.get(version=3).change_id)
        decided.refresh_from_db()
        assert first_checker(decided) == editor.pk
        ask_second_check(actor=chief, claim_id=decided.pk, version=4)
        check = {"claim_id": decided.pk, "version": 5, "verdict": Verdict.VERIFIED}
        with pytest.raises(NotPossibleError):
            second_check(actor=editor, **check)
        second_check(actor=chief, **check)

    def test_a_claim_that_does_not_wait_is_not_checked(self, chief, decided):
        before = everything()
        with pytest.raises(NotPossibleError, match="is not waiting"):
            second_check(actor=chief, claim_id=decided.pk, version=2, verdict=Verdict.VERIFIED)
        assert everything() == before

    def test_a_new_verdict_opens_it_anew_and_its_undo_gives_the_check_back(
        self, editor, waiting, check
    ):
        check(verdict=Verdict.VERIFIED)
        decide_claim(actor=editor, claim_id=waiting.pk, version=4, verdict=Verdict.PENDING)
        waiting.refresh_from_db()
        assert waiting.review_status == ReviewStatus.OPEN
        undo_change(actor=editor, change_id=waiting.changed.get(version=5).change_id)
        waiting.refresh_from_db()
        assert (waiting.verdict, waiting.review_status) == (Verdict.VERIFIED, ReviewStatus.CHECKED)

    def test_the_decider_does_not_do_an_undone_check_again(self, editor, chief, waiting, check):
        undone = undo_change(actor=chief, change_id=check(verdict=Verdict.VERIFIED).pk)
        before = everything()
        with pytest.raises(NotPossibleError, match="Someone else has to"):
            undo_change(actor=editor, change_id=undone.pk)
        assert everything() == before
        undo_change(actor=chief, change_id=undone.pk)
        waiting.refresh_from_db()
        assert waiting.review_status == ReviewStatus.CHECKED


class TestSendingBack:
    def test_it_goes_to_its_decider_with_what_is_to_be_done(self, editor, chief, decided):
        send_back(actor=chief, claim_id=decided.pk, version=2, comment=" Ask the ministry. ")
        action, note, before, after = logged(decided)
        assert (action, note) == (ChangeAction.SEND_BACK, "Ask the ministry.")
        assert before == {"review_status": "open", "blind": False, "assigned_to_id": None}
        assert after == {"review_status": "sent-back", "blind": False, "assigned_to_id": editor.pk}

    def test_what_is_to_be_done_must_be_said(self, chief, decided):
        before = everything()
        with pytest.raises(InvalidValueError, match="what needs to be done"):
            send_back(actor=chief, claim_id=decided.pk, version=2, comment=" \n")
        assert everything() == before

    def test_a_claim_that_nobody_decided_goes_to_nobody(self, chief, claim):
        before = everything()
        with pytest.raises(NotPossibleError, match="nobody has decided"):
            send_back(actor=chief, claim_id=claim.pk, version=1, comment="Check it.")
        assert everything() == before

    def test_nor_does_one_whose_verdict_was_undone(self, editor, chief, decided):
        undo_change(actor=editor, change_id=decided.changed.get().change_id)
        with pytest.raises(NotPossibleError, match="nobody has decided"):
            send_back(actor=chief, claim_id=decided.pk, version=3, comment="Check it.")


class TestCommenting:
    def test_it_is_kept_with_its_writer_and_leaves_the_claim_alone(self, editor, claim):
        start = timezone.now()
        made = comment(actor=editor, claim_id=claim.pk, text=" Is it\nopen? ")
        kept = Comment.objects.get()
        assert kept == made
        assert (kept.claim, kept.author, kept.author_name) == (claim, editor, "Edda")
        assert kept.text == "Is it\nopen?"
        assert start <= kept.written_at <= timezone.now()
        claim.refresh_from_db()
        assert (claim.version, claim.touched_at) == (1, None)
        assert not Change.objects.exists()

    def test_a_second_click_says_it_once(self, editor, claim):
        first = comment(actor=editor, claim_id=claim.pk, text="Is it open?")
        assert comment(actor=editor, claim_id=claim.pk, text="Is it open? ") == first
        assert Comment.objects.count() == 1

    def test_the_same_words_of_another_or_after_an_answer_are_said_again(
        self, editor, chief, claim
    ):
        for actor in (editor, chief, editor):
            comment(actor=actor, claim_id=claim.pk, text="Yes.")
        assert [each.author for each in claim.comments.all()] == [editor, chief, editor]

    @pytest.mark.parametrize("text", ["", " \n", "x" * 10_001], ids=["", " ", "long"])
    def test_none_or_too_many_words_are_refused(self, editor, claim, text):
        before = everything()
        with pytest.raises(InvalidValueError, match="the comment is"):
            comment(actor=editor, claim_id=claim.pk, text=text)
        assert everything() == before

    def test_ten_thousand_characters_are_kept(self, editor, claim):
        assert comment(actor=editor, claim_id=claim.pk, text="x" * 10_000).text == "x" * 10_000

    def test_a_reader_writes_none(self, reader, claim):
        with pytest.raises(NotAllowedError, match="comment on claims"):
            comment(actor=reader, claim_id=claim.pk, text="Is it open?")


class TestPresence:
    def test_each_sees_the_others_by_name(self, reader, editor, chief, article):
        for actor in (reader, editor, chief):
            be_present(actor=actor, article=article)
        assert [one.user for one in be_present(actor=reader, article=article)] == [chief, editor]
        assert Presence.objects.count() == 3

    def test_who_was_not_seen_of_late_or_is_elsewhere_is_not_here(
        self, reader, editor, chief, article
    ):
        be_present(actor=editor, article=rows.article(editor))
        rows.presence(article, chief, last_seen_at=timezone.now() - HERE - timedelta(seconds=1))
        assert be_present(actor=reader, article=article) == []

    def test_they_see_which_claim_each_looks_at_if_it_is_one_of_the_article(
        self, reader, editor, claim
    ):
        article = claim.revision.article
        elsewhere = rows.claim(rows.revision(editor))
        for looked_at, told in ((claim.pk, claim), (elsewhere.pk, None), (None, None)):
            be_present(actor=editor, article=article, claim_id=looked_at)
            (seen,) = be_present(actor=reader, article=article)
            assert seen.claim == told

    def test_being_seen_again_counts_anew(self, reader, chief, article):
        rows.presence(article, chief, last_seen_at=timezone.now() - 2 * HERE)
        be_present(actor=chief, article=article)
        assert [one.user for one in be_present(actor=reader, article=article)] == [chief]

    def test_it_changes_nothing_that_a_log_would_hold(self, reader, article):
        before = everything()
        be_present(actor=reader, article=article)
        after = everything()
        assert after.pop("Presence")
        before.pop("Presence")
        assert after == before

    def test_who_may_not_read_articles_is_nowhere(self, article):
        with pytest.raises(NotAllowedError, match="read articles"):
            be_present(actor=User.objects.create_user("nobody"), article=article)
        assert not Presence.objects.exists()
