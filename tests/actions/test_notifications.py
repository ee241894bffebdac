"""Who is told of what others do."""

import pytest

from claims.actions import (
    ask_second_check,
    assign_claims,
    comment,
    decide_claim,
    draft_report,
    mark_read,
    preview_bulk_change,
    publish_report,
    second_check,
    send_back,
    start_bulk_change,
    undo_bulk_change,
    undo_change,
)
from claims.actions.notifications import notify
from claims.choices import ChangeAction, NotificationKind, Verdict
from claims.errors import NotAllowedError
from claims.models import Claim, Notification
from claims.queries.reports.editions import edition_of
from tests.conftest import newest, version_of
from tests.models import rows


def told(person) -> list[tuple[str, int]]:
    """What a person has not read: kinds and numbers of claims, oldest first."""
    unread = Notification.objects.to(person).unread().order_by("pk")
    return list(unread.values_list("kind", "number"))


def of(*claims) -> dict[int, int]:
    return dict(
        Claim.objects.filter(pk__in=[one.pk for one in claims]).values_list("pk", "version")
    )


def assign(actor, to, *claims):
    return assign_claims(actor=actor, versions=of(*claims), to=to)


class TestAssigned:
    def test_many_at_once_are_one_notification(self, chief, editor, claims):
        assign(chief, editor, *claims[:3])
        assert told(editor) == [("assigned", 3)]
        assert told(chief) == []

    def test_one_names_its_claim(self, chief, editor, claim):
        assign(chief, editor, claim)
        one = Notification.objects.get()
        assert (one.claim, one.actor, one.actor_name) == (claim, chief, "Carl")

    def test_nobody_is_told_of_their_own_act(self, editor, claim):
        assign(editor, editor, claim)
        assert not Notification.objects.exists()

    def test_undo_withdraws_what_nobody_has_read_and_redo_brings_it_back(
        self, chief, editor, claims
    ):
        change = assign(chief, editor, *claims[:2])
        undone = undo_change(actor=chief, change_id=change.pk)
        assert told(editor) == []
        undo_change(actor=chief, change_id=undone.pk)
        assert told(editor) == [("assigned", 2)]

    def test_what_goes_to_somebody_else_is_withdrawn(self, chief, editor, claim):
        assign(chief, editor, claim)
        other = type(editor).objects.create_superuser("olga")
        assign(chief, other, claim)
        assert (told(editor), told(other)) == ([], [("assigned", 1)])

    def test_a_refused_act_tells_nobody(self, reader, editor, claim):
        with pytest.raises(NotAllowedError):
            assign(reader, editor, claim)
        assert not Notification.objects.exists()

    def test_a_bulk_change_in_several_steps_is_one_and_its_undo_withdraws_it(
        self, chief, editor, claims, monkeypatch, work
    ):
        monkeypatch.setattr("claims.actions.claims.bulk_steps.AT_ONCE", 2)
        bulk = preview_bulk_change(
            actor=chief,
            action=ChangeAction.ASSIGN,
            fields={"assigned_to_id": editor.pk},
            claims=Claim.objects.filter(pk__in=[one.pk for one in claims[:3]]),
        )
        start_bulk_change(actor=chief, bulk_change_id=bulk.pk)
        work()
        assert told(editor) == [("assigned", 3)]
        undo_bulk_change(actor=chief, bulk_change_id=bulk.pk)
        work()
        assert told(editor) == []

    def test_the_undo_of_an_articles_part_of_it_takes_away_as_many(
        self, chief, editor, claims, work
    ):
        elsewhere = rows.claim(rows.revision(chief))
        chosen = [*claims[:2], elsewhere]
        bulk = preview_bulk_change(
            actor=chief,
            action=ChangeAction.ASSIGN,
            fields={"assigned_to_id": editor.pk},
            claims=Claim.objects.filter(pk__in=[one.pk for one in chosen]),
        )
        start_bulk_change(actor=chief, bulk_change_id=bulk.pk)
        assert told(editor) == [("assigned", 3)]
        undo_change(actor=chief, change_id=newest(claims[0]).pk)
        assert told(editor) == [("assigned", 1)]
        undo_change(actor=chief, change_id=newest(elsewhere).pk)
        assert told(editor) == []

    @pytest.mark.parametrize("together", [True, False])
    def test_a_bulk_change_names_the_article_of_all_its_steps(
        self, chief, editor, claims, together
    ):
        step = {
            "actor": chief,
            "kind": NotificationKind.ASSIGNED,
            "bulk_change": rows.bulk_change(chief, action=ChangeAction.ASSIGN),
        }
        second = claims[1] if together else rows.claim(rows.revision(chief))
        for claim in (claims[0], second):
            notify(to={editor.pk: [claim]}, **step)
        one = Notification.objects.get()
        article = claims[0].revision.article if together else None
        assert (one.number, one.claim, one.article) == (2, None, article)

    def test_the_next_step_of_a_bulk_change_is_unread_though_the_last_one_was_read(
        self, chief, editor, claims
    ):
        step = {
            "actor": chief,
            "kind": NotificationKind.ASSIGNED,
            "bulk_change": rows.bulk_change(chief, action=ChangeAction.ASSIGN),
        }
        notify(to={editor.pk: claims[:2]}, **step)
        mark_read(reader=editor)
        notify(to={editor.pk: claims[2:3]}, **step)
        assert told(editor) == [("assigned", 1)]


class TestSecondChecks:
    @pytest.fixture
    def asked(self, editor, claim):
        """A claim that the editor verified and asked a second check of."""
        decide_claim(actor=editor, verdict=Verdict.VERIFIED, **version_of(claim))
        ask_second_check(actor=editor, **version_of(claim))
        return claim

    def test_the_same_verdict_answers(self, chief, editor, asked):
        second_check(actor=chief, verdict=Verdict.VERIFIED, **version_of(asked))
        assert told(editor) == [("answered", 1)]

    def test_another_verdict_sends_back_and_its_undo_withdraws_that(self, chief, editor, asked):
        change = second_check(
            actor=chief, verdict=Verdict.DISPUTED, reason="Two piers.", **version_of(asked)
        )
        assert told(editor) == [("sent-back", 1)]
        undo_change(actor=chief, change_id=change.pk)
        assert told(editor) == []

    def test_who_asked_is_told_too(self, chief, editor, claim):
        asker = type(editor).objects.create_superuser("olga")
        decide_claim(actor=editor, verdict=Verdict.VERIFIED, **version_of(claim))
        ask_second_check(actor=asker, **version_of(claim))
        second_check(actor=chief, verdict=Verdict.DISPUTED, reason="No.", **version_of(claim))
        assert (told(editor), told(asker)) == ([("sent-back", 1)], [("answered", 1)])

    def test_sent_back_twice_is_told_twice(self, chief, editor, asked):
        for words in ("Which ledger?", "Which page?"):
            send_back(actor=chief, comment=words, **version_of(asked))
            mark_read(reader=editor)
        assert Notification.objects.filter(kind=NotificationKind.SENT_BACK).count() == 2


class TestMentioned:
    @pytest.mark.parametrize(
        "text",
        ["@edda, is it open?", "Ask @Edda.", "(@edda)", "@nobody and @edda and @edda again"],
    )
    def test_a_user_name_behind_an_at(self, chief, editor, claim, text):
        comment(actor=chief, claim_id=claim.pk, text=text)
        assert told(editor) == [("mentioned", 1)]

    @pytest.mark.parametrize("text", ["edda", "mail desk@edda", "@eddas", "@carl"])
    def test_anything_else_mentions_nobody(self, chief, editor, claim, text):
        comment(actor=chief, claim_id=claim.pk, text=text)
        assert not Notification.objects.exists()

    @pytest.mark.parametrize(("before", "number"), [(19, 1), (20, 0)])
    def test_twenty_names_are_looked_up(self, chief, editor, claim, before, number):
        others = " ".join(f"@n{number}" for number in range(before))
        comment(actor=chief, claim_id=claim.pk, text=f"{others} @edda")
        assert len(told(editor)) == number

    def test_a_second_click_tells_nobody_again(self, chief, editor, claim):
        for _click in range(2):
            comment(actor=chief, claim_id=claim.pk, text="@edda?")
        assert told(editor) == [("mentioned", 1)]

    def test_who_may_not_read_comments_is_not_told(self, chief, claim):
        stranger = type(chief).objects.create_user("sol")
        comment(actor=chief, claim_id=claim.pk, text="@sol?")
        assert told(stranger) == []


class TestCorrections:
    @pytest.fixture
    def report(self, editor, chief, article, claim):
        """A published report that the editor drafted, on an article of which one claim is verified."""
        decide_claim(actor=editor, verdict=Verdict.VERIFIED, **version_of(claim))
        made = draft_report(actor=editor, title="Bridge", article=article)
        seen = edition_of(actor=chief, report=made).digest
        return publish_report(actor=chief, report_id=made.pk, seen=seen)

    def test_the_drafter_is_told_once_for_all_claims_of_a_report(
        self, chief, editor, report, claims
    ):
        for claim in claims[:2]:
            decide_claim(actor=chief, verdict=Verdict.DISPUTED, reason="No.", **version_of(claim))
        assert told(editor) == [("correction", 1)]
        assert told(chief) == []

    def test_it_is_gone_when_the_verdict_is_the_published_one_again(
        self, chief, editor, report, claim
    ):
        decide_claim(actor=chief, verdict=Verdict.DISPUTED, reason="No.", **version_of(claim))
        undo_change(actor=chief, change_id=newest(claim).pk)
        assert told(editor) == []

    def test_the_next_one_is_unread_again(self, chief, editor, report, claims):
        for claim in claims[:2]:
            decide_claim(actor=chief, verdict=Verdict.DISPUTED, reason="No.", **version_of(claim))
            assert told(editor) == [("correction", 1)]
            mark_read(reader=editor)

    def test_a_blind_checker_is_not_told_that_the_verdict_has_changed(
        self, chief, editor, report, claim
    ):
        decide_claim(actor=chief, verdict=Verdict.DISPUTED, reason="No.", **version_of(claim))
        ask_second_check(actor=chief, blind=True, **version_of(claim))
        assert told(editor) == []
        second_check(actor=editor, verdict=Verdict.DISPUTED, reason="No.", **version_of(claim))
        assert told(editor) == [("correction", 1)]


class TestReading:
    @pytest.fixture
    def three(self, editor, claims):
        return [rows.notification(editor, claim) for claim in claims[:3]]

    def test_of_one_claim(self, editor, claims, three):
        mark_read(reader=editor, claim=claims[0].pk)
        assert len(told(editor)) == 2

    def test_nobody_reads_for_somebody_else(self, chief, editor, three):
        mark_read(reader=chief)
        mark_read(reader=chief, pk=three[0].pk)
        assert len(told(editor)) == 3
