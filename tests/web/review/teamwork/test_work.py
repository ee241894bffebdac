"""Who is to do what by when, on the pages: due dates, and second checks that one person is asked for."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from claims.actions import ask_second_check, assign_claims, decide_claim
from claims.choices import Verdict
from claims.models import Claim, SecondCheck
from tests.conftest import version_of


def day(number: int):
    """The day so many days from now, in the reader's zone."""
    return timezone.localdate() + timedelta(days=number)


def listed(client, query: str) -> list[int]:
    table = client.get(f"{reverse('claims')}?{query}").context["table"]
    return [line.pk for line in table.keyset.object_list]


def panel(client, claim: Claim) -> str:
    address = reverse("claim", args=[claim.pk])
    return client.get(address, headers={"HX-Request": "true"}).content.decode()


@pytest.fixture
def assign(chief, editor):
    def assign(claim: Claim, due: int | None, note: str = "") -> None:
        due_on = None if due is None else day(due)
        version = Claim.objects.get(pk=claim.pk).version
        told = {"to": editor, "due_on": due_on, "note": note}
        assign_claims(actor=chief, versions={claim.pk: version}, **told)

    return assign


class TestDueDates:
    @pytest.mark.parametrize(
        ("due", "words", "is_now"),
        [(-2, "2 days late", True), (0, "due today", True), (3, "due ", False)],
    )
    def test_the_panel_says_when(self, desk, claim, assign, due, words, is_now):
        assign(claim, due)
        told = panel(desk, claim)
        assert words in told
        assert ('class="due due--now"' in told) == is_now
        assert ("icons.svg#clock" in told) == is_now

    def test_a_decided_claim_is_not_late(self, desk, editor, claim, assign):
        assign(claim, -2)
        decide_claim(actor=editor, verdict=Verdict.VERIFIED, **version_of(claim))
        assert "due--now" not in panel(desk, claim)
        assert listed(desk, "due=late") == []
        assert listed(desk, "due=dated") == [claim.pk]

    def test_it_is_set_from_the_panel_with_a_note(self, do, desk, chief, claim):
        do("assign", to=chief.pk, due_on=day(1).isoformat(), note="Call the ministry.")
        assert (claim.assigned_to, claim.due_on) == (chief, day(1))
        assert "Call the ministry." in panel(desk, claim)

    def test_a_day_without_a_person_comes_back(self, do, claim):
        told = do("assign", status=400, to="", due_on=day(1).isoformat())
        assert "hoose who should decide" in told
        assert f'value="{day(1).isoformat()}"' in told

    def test_the_list_is_filtered_and_sorted_by_it(self, desk, claims, assign):
        for claim, due in zip(claims, (3, -1, 0, 30), strict=False):
            assign(claim, due)
        late, today, soon, month = claims[1].pk, claims[2].pk, claims[0].pk, claims[3].pk
        assert listed(desk, "due=late") == [late]
        assert listed(desk, "due=today&sort=due") == [late, today]
        assert listed(desk, "due=week&sort=due") == [late, today, soon]
        assert listed(desk, "due=dated&sort=-due") == [month, soon, today, late]
        without = listed(desk, "sort=due")[4:]
        assert set(without) == {one.pk for one in claims[4:]}

    def test_my_queue_begins_with_what_is_due_first(self, desk, claims, assign):
        for claim, due in zip(claims, (None, 3, -1), strict=False):
            assign(claim, due)
        mine = desk.get(reverse("dashboard")).context["mine"].claims
        assert [one.pk for one in mine] == [claims[2].pk, claims[1].pk, claims[0].pk]


class TestSecondChecks:
    @pytest.fixture
    def decided(self, chief, claim) -> Claim:
        decide_claim(actor=chief, verdict=Verdict.DISPUTED, reason="Eight.", **version_of(claim))
        return claim

    def test_it_is_requested_of_somebody_from_the_panel(self, client, do, decided, editor, chief):
        client.force_login(chief)
        do("ask", of=editor.pk, note="You know the register.", blind="on")
        check = SecondCheck.objects.waiting().get()
        assert (check.asked_of, check.note, check.blind) == (editor, "You know the register.", True)

    def test_whoever_is_asked_reads_the_note_and_not_the_verdict(
        self, desk, decided, editor, chief
    ):
        note = {"of": editor, "note": "You know the register."}
        ask_second_check(actor=chief, blind=True, **note, **version_of(decided))
        told = panel(desk, decided)
        assert "Carl asked Edda for a second check" in told
        assert "You know the register." in told
        assert "Eight." not in told
        assert "badge--disputed" not in told

    def test_the_queue_begins_with_what_i_was_asked_for(self, desk, claims, editor, chief):
        for claim, of in ((claims[0], None), (claims[1], editor)):
            decide_claim(actor=chief, verdict=Verdict.VERIFIED, **version_of(claim))
            ask_second_check(actor=chief, of=of, **version_of(claim))
        waiting = desk.get(reverse("dashboard")).context["to_check"].claims
        assert [one.pk for one in waiting] == [claims[1].pk, claims[0].pk]
        assert listed(desk, "asked=me") == [claims[1].pk]
        assert listed(desk, "asked=anyone") == [claims[0].pk]
        assert listed(desk, f"asked={editor.pk}") == [claims[1].pk]

    def test_it_is_said_who_confirmed_it(self, do, desk, decided, chief, editor):
        ask_second_check(actor=chief, of=editor, **version_of(decided))
        do("check", verdict="disputed", reason="Eight, indeed.")
        assert "Edda confirmed the verdict" in panel(desk, decided)

    def test_data_entry_lists_them_with_both_verdicts(self, client, do, decided, chief, editor):
        ask_second_check(actor=chief, of=editor, **version_of(decided))
        do("check", verdict="verified", reason="Nine.")
        client.force_login(chief)
        page = client.get(reverse("admin:claims_secondcheck_changelist")).content.decode()
        assert "Disputed" in page
        assert "Verified" in page
        assert "icon-no" in page
