"""Verdicts: what a decision requires, what it records, and what it changes."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.utils import timezone

from claims.actions import (
    EvidenceDraft,
    add_evidence,
    ask_second_check,
    decide_claim,
    enter_record,
    reword_claim,
    undo_change,
)
from claims.choices import Stance, Verdict
from claims.errors import (
    InvalidValueError,
    ReasonRequiredError,
    StaleVersionError,
)
from claims.models import Article, Change, Claim, Decision, Evidence
from tests.actions.database import everything

DAY = date(2026, 8, 1)
DOCUMENT = EvidenceDraft(
    title="Bridge register",
    url="https://register.example.org/olm",
    stance=Stance.AGAINST,
    excerpt="Opened 1929.",
    archive_url="https://archive.example.org/olm",
    primary=True,
    interest="Owner of the bridge",
)


@pytest.fixture
def verify(editor, claim):
    """Verify the claim from the version given, with what else is told."""

    def verify(version: int = 1, **keywords) -> Decision:
        keywords = {"actor": editor, "verdict": Verdict.VERIFIED} | keywords
        return decide_claim(claim_id=claim.pk, version=version, **keywords)

    return verify


class TestDeciding:
    def test_the_decision_tells_all(self, editor, claim, verify):
        start = timezone.now()
        decision = verify(reason=" Register of bridges. ")
        decision.refresh_from_db()
        assert (decision.claim, decision.actor, decision.actor_name) == (claim, editor, "Edda")
        assert (decision.previous_verdict, decision.verdict) == (Verdict.PENDING, Verdict.VERIFIED)
        assert (decision.reason, decision.version) == ("Register of bridges.", 2)
        assert start <= decision.decided_at <= timezone.now()
        assert decision.undoes is None

    def test_claim_and_article_move(self, claim, verify):
        start = timezone.now()
        verify()
        claim.refresh_from_db()
        assert (claim.verdict, claim.version) == (Verdict.VERIFIED, 2)
        assert start <= claim.touched_at <= timezone.now()
        assert start <= Article.objects.get().changed_at <= timezone.now()

    def test_other_claims_stay_as_they_were(self, claim, verify):
        others = Claim.objects.exclude(pk=claim.pk)
        before = list(others.values())
        verify()
        assert list(others.values()) == before

    @pytest.mark.parametrize("verdict", Verdict)
    def test_every_verdict_can_follow_every_other(self, claim, verify, verdict):
        for round_, before in enumerate(Verdict):
            verify(round_ * 2 + 1, verdict=before, reason=f"Before, round {round_}.")
            verify(round_ * 2 + 2, verdict=verdict, reason=f"After, round {round_}.")
            claim.refresh_from_db()
            assert claim.verdict == verdict
        assert Decision.objects.count() == 6

    def test_a_verdict_in_force_is_not_decided_again(self, chief, verify):
        first = verify(1, reason="Seen.")
        before = everything()
        assert verify(2, reason="Seen.", actor=chief) == first
        assert everything() == before

    @pytest.mark.parametrize(("verdict", "day"), [(Verdict.VERIFIED, DAY), (Verdict.PENDING, None)])
    def test_a_verdict_is_to_be_looked_at_again_from_a_day_on(self, claim, verify, verdict, day):
        verify(verdict=verdict, review_by=DAY)
        claim.refresh_from_db()
        assert claim.review_by == day

    def test_another_day_is_a_decision_and_the_same_one_is_none(self, verify):
        first = verify(1, review_by=DAY)
        assert verify(2, review_by=DAY) == first
        assert verify(2, review_by=DAY + timedelta(days=1)) != first

    def test_who_sets_a_day_does_not_merely_agree(self, chief, verify):
        verify(1, actor=chief)
        with pytest.raises(StaleVersionError):
            verify(1, review_by=DAY)

    @pytest.mark.parametrize("new", [{"reason": "Heard."}, {"evidence": DOCUMENT}], ids=str)
    def test_new_grounds_for_the_same_verdict_are_a_decision(self, verify, new):
        verify(1, reason="Seen.")
        verify(2, **{"reason": "Seen."} | new)
        assert Decision.objects.count() == 2

    def test_the_same_verdict_after_a_change_of_the_claim_is_a_decision(
        self, editor, claim, verify
    ):
        """What was decided was another wording."""
        verify(1, reason="Seen.")
        claim.statement = "The bridge is closed"
        enter_record(actor=editor, record=claim, fields=["statement"])
        verify(3, reason="Seen.")
        assert Decision.objects.count() == 2

    def test_the_newest_decision_is_the_verdict(self, claim, verify):
        verify(1)
        verify(2, verdict=Verdict.DISPUTED, reason="The register says 1929.")
        claim.refresh_from_db()
        assert claim.decisions.newest_of_each_claim().get().verdict == claim.verdict

    @pytest.mark.parametrize("reason", ["", "  ", "\n\t\u00a0"])
    def test_disputed_needs_a_reason(self, verify, reason):
        before = everything()
        with pytest.raises(ReasonRequiredError, match="why this claim is disputed"):
            verify(verdict=Verdict.DISPUTED, reason=reason, evidence=DOCUMENT)
        assert everything() == before

    def test_the_user_name_stands_for_who_has_no_other(self, editor, verify):
        editor.first_name = ""
        assert verify().actor_name == "edda"

    def test_the_longest_name_fits(self, editor, verify):
        editor.first_name, editor.last_name = "E" * 150, "D" * 150
        editor.save()
        decision = verify()
        decision.refresh_from_db()
        assert decision.actor_name.startswith("E" * 150 + " " + "D" * 140)
        assert len(decision.actor_name) <= Decision._meta.get_field("actor_name").max_length


class TestEvidence:
    def test_it_is_added_with_the_verdict_at_once(self, editor, claim, verify):
        decision = verify(evidence=DOCUMENT)
        kept = Evidence.objects.get()
        assert (kept.claim, kept.added_by, kept.title) == (claim, editor, DOCUMENT.title)
        assert [item["id"] for item in decision.evidence] == [kept.pk]
        claim.refresh_from_db()
        assert claim.version == 2

    def test_a_decision_keeps_the_evidence_as_it_was(self, editor, verify):
        decision = verify(evidence=DOCUMENT)
        evidence = Evidence.objects.get()
        evidence.title, evidence.stance = "Something else", Stance.FOR
        enter_record(actor=editor, record=evidence, fields=["title", "stance"])
        decision.refresh_from_db()
        assert decision.evidence == [
            {
                "id": evidence.pk,
                "title": "Bridge register",
                "url": "https://register.example.org/olm",
                "sha256": "",
                "stance": "against",
                "excerpt": "Opened 1929.",
                "archive_url": "https://archive.example.org/olm",
                "primary": True,
                "interest": "Owner of the bridge",
                "confidential": False,
                "looked_up": DOCUMENT.looked_up.isoformat(),
            }
        ]

    def test_a_later_decision_keeps_all_of_it_in_order(self, editor, claim, verify):
        verify(evidence=DOCUMENT)
        add_evidence(
            actor=editor, claim_id=claim.pk, version=2, evidence=replace(DOCUMENT, title="Map")
        )
        decision = verify(3)
        assert [item["title"] for item in decision.evidence] == ["Bridge register", "Map"]

    def test_adding_alone_decides_nothing(self, editor, claim):
        add_evidence(actor=editor, claim_id=claim.pk, version=1, evidence=DOCUMENT)
        claim.refresh_from_db()
        assert (claim.verdict, claim.version) == (Verdict.PENDING, 2)
        assert claim.touched_at is not None
        assert not Decision.objects.exists()

    def test_adding_to_a_stale_version_is_refused(self, editor, claim, verify):
        verify()
        before = everything()
        with pytest.raises(StaleVersionError):
            add_evidence(actor=editor, claim_id=claim.pk, version=1, evidence=DOCUMENT)
        assert everything() == before

    def test_a_second_click_adds_nothing(self, editor, claim):
        first, second = (
            add_evidence(actor=editor, claim_id=claim.pk, version=1, evidence=DOCUMENT)
            for _click in range(2)
        )
        claim.refresh_from_db()
        assert first == second == Evidence.objects.get()
        assert claim.version == 2

    @pytest.mark.parametrize(
        "wrong",
        [
            {"url": "javascript:alert(1)"},
            {"url": "register of bridges"},
            {"url": ""},
            {"archive_url": "file:///etc/hosts"},
            {"title": ""},
            {"title": "T" * 301},
            {"interest": "I" * 301},
            {"stance": "perhaps"},
        ],
        ids=str,
    )
    def test_what_cannot_be_kept_is_refused_with_the_verdict(self, verify, wrong):
        before = everything()
        with pytest.raises(InvalidValueError, match="cannot be saved"):
            verify(evidence=replace(DOCUMENT, **wrong))
        assert everything() == before


class TestStaleVersions:
    @pytest.fixture
    def theirs(self, chief, verify) -> Decision:
        return verify(actor=chief, reason="The chief knows.")

    @pytest.mark.parametrize("evidence", [None, DOCUMENT], ids=["bare", "with evidence"])
    @pytest.mark.parametrize("version", [0, 1, 3])
    def test_any_other_version_changes_nothing(self, theirs, verify, version, evidence):
        before = everything()
        with pytest.raises(StaleVersionError, match="Your changes have not been saved yet"):
            verify(version, reason="My own reason.", evidence=evidence)
        assert everything() == before

    def test_another_editors_equal_verdict_is_agreed_to(self, theirs, verify):
        before = everything()
        assert verify(1, reason=f" {theirs.reason} ") == theirs
        assert everything() == before

    @pytest.mark.parametrize(
        "mine",
        [
            {"reason": "My own reason."},
            {"verdict": Verdict.PENDING, "reason": ""},
            {"verdict": Verdict.DISPUTED},
            {"evidence": DOCUMENT},
        ],
    )
    def test_whoever_says_anything_else_does_not_agree(self, theirs, verify, mine):
        before = everything()
        with pytest.raises(StaleVersionError):
            verify(1, **{"reason": theirs.reason} | mine)
        assert everything() == before

    def test_an_equal_verdict_on_other_words_is_refused(self, chief, claim, verify):
        reword_claim(actor=chief, claim_id=claim.pk, version=1, statement="Something else")
        verify(2, actor=chief)
        with pytest.raises(StaleVersionError):
            verify(1)

    def test_whoever_is_to_check_it_blind_learns_of_no_equal_verdict(
        self, chief, claim, theirs, verify
    ):
        ask_second_check(actor=chief, claim_id=claim.pk, version=2, blind=True)
        with pytest.raises(StaleVersionError):
            verify(1, reason=theirs.reason)

    def test_an_equal_verdict_that_was_taken_back_is_refused(self, chief, theirs, verify):
        undo_change(actor=chief, change_id=Change.objects.get().pk)
        with pytest.raises(StaleVersionError):
            verify(1, reason=theirs.reason)

    def test_the_error_tells_what_stands_there_now(self, claim, theirs, verify):
        with pytest.raises(StaleVersionError) as stale:
            verify(1)
        assert stale.value.params["claim"] == claim
        assert stale.value.params["claim"].verdict == Verdict.VERIFIED

    def test_a_second_click_gives_the_first_ones_decision(self, verify):
        first = verify(reason="Seen.", evidence=DOCUMENT)
        before = everything()
        assert verify(reason="Seen. ", evidence=DOCUMENT) == first
        assert everything() == before

    @pytest.mark.parametrize(
        "other", [{"reason": "Heard."}, {"verdict": Verdict.DISPUTED}, {"verdict": Verdict.PENDING}]
    )
    def test_other_words_are_no_second_click(self, verify, other):
        verify(reason="Seen.")
        with pytest.raises(StaleVersionError):
            verify(**{"reason": "Seen."} | other)
        assert Decision.objects.count() == 1

    def test_other_evidence_is_no_second_click(self, verify):
        """What the editor typed was not saved, and nobody may be told that it was."""
        verify(reason="Seen.")
        with pytest.raises(StaleVersionError):
            verify(reason="Seen.", evidence=DOCUMENT)


def test_who_gives_no_reason_is_told_first_that_somebody_else_decided(editor, chief, claim):
    decide_claim(actor=chief, claim_id=claim.pk, version=1, verdict=Verdict.VERIFIED)
    with pytest.raises(StaleVersionError):
        decide_claim(actor=editor, claim_id=claim.pk, version=1, verdict=Verdict.DISPUTED)
    with pytest.raises(ReasonRequiredError):
        decide_claim(actor=editor, claim_id=claim.pk, version=2, verdict=Verdict.DISPUTED)
