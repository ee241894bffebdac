"""Evidence added, changed and removed: logged, undone and redone, and never lost."""

from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from claims.actions import (
    EvidenceDraft,
    add_evidence,
    decide_claim,
    delete_record,
    draft_report,
    edit_evidence,
    enter_record,
    next_steps,
    remove_evidence,
    undo_change,
)
from claims.choices import ChangeAction, Stance, Verdict
from claims.errors import (
    ChangedSinceError,
    InvalidValueError,
    NotPossibleError,
    StaleVersionError,
)
from claims.models import Change, Claim, Evidence
from claims.queries.claims.filters import ClaimFilter
from claims.queries.exports import COLUMNS, Rows
from claims.queries.reports.editions import edition_of, report_of
from tests.actions.database import everything
from tests.conftest import newest

REGISTER = EvidenceDraft(title="Bridge register", url="https://register.example.org/olm")


def titles(claim: Claim) -> list[str]:
    """What evidence of the claim stands."""
    return [one.title for one in claim.evidence.not_removed().order_by("pk")]


@pytest.fixture
def version(claim):
    """The claim's version of now."""
    return lambda: Claim.objects.get(pk=claim.pk).version


@pytest.fixture
def add(editor, claim, version):
    def add(draft: EvidenceDraft = REGISTER, actor=editor) -> Evidence:
        return add_evidence(actor=actor, claim_id=claim.pk, version=version(), evidence=draft)

    return add


@pytest.fixture
def edit(editor, version):
    def edit(piece: Evidence, draft: EvidenceDraft, **keywords) -> Change | None:
        told = {"actor": editor, "version": version(), "evidence": draft} | keywords
        return edit_evidence(evidence_id=piece.pk, **told)

    return edit


@pytest.fixture
def remove(editor, version):
    def remove(piece: Evidence, **keywords) -> Change | None:
        told = {"actor": editor, "version": version()} | keywords
        return remove_evidence(evidence_id=piece.pk, **told)

    return remove


class TestSteps:
    def test_each_is_in_the_log_of_the_claim(self, editor, claim, add, edit, remove):
        piece = add()
        edit(piece, replace(REGISTER, title="Register of bridges"))
        remove(piece)
        steps = [row.change for row in claim.changed.order_by("pk")]
        assert [step.action for step in steps] == [
            ChangeAction.ATTACH,
            ChangeAction.AMEND,
            ChangeAction.DETACH,
        ]
        assert {step.actor for step in steps} == {editor}
        first, second, third = (row for row in claim.changed.order_by("pk"))
        name = f"evidence/{piece.pk}"
        assert (first.before, third.after) == ({name: None}, {name: None})
        assert first.after == second.before
        assert second.after == third.before
        assert [side[name]["title"] for side in (second.before, second.after)] == [
            "Bridge register",
            "Register of bridges",
        ]

    def test_the_next_undo_is_of_them(self, editor, article, claim, add):
        """And not of an older step on another claim."""
        other = Claim.objects.of_article(article).in_reading_order().last()
        decide_claim(actor=editor, claim_id=other.pk, version=1, verdict=Verdict.VERIFIED)
        add()
        step, _redo = next_steps(actor=editor, article=article)
        assert step == newest(claim)
        assert step.action == ChangeAction.ATTACH

    def test_undone_and_done_again(self, editor, claim, add, edit, remove):
        piece = add()
        edit(piece, replace(REGISTER, title="Register of bridges", stance=Stance.AGAINST))
        remove(piece)
        steps = [row.change for row in claim.changed.order_by("-pk")]
        seen = []
        undone = []
        for step in steps:
            undone.append(undo_change(actor=editor, change_id=step.pk))
            seen.append(titles(claim))
        assert seen == [["Register of bridges"], ["Bridge register"], []]
        for step in reversed(undone):
            undo_change(actor=editor, change_id=step.pk)
            seen.append(titles(claim))
        assert seen[3:] == [["Bridge register"], ["Register of bridges"], []]
        piece.refresh_from_db()
        assert piece.stance == Stance.AGAINST

    def test_what_others_added_meanwhile_stays(self, editor, chief, claim, add):
        add()
        step = newest(claim)
        add(EvidenceDraft(title="Map", url="https://maps.example.org/"), actor=chief)
        undo_change(actor=editor, change_id=step.pk)
        assert titles(claim) == ["Map"]

    def test_what_somebody_described_otherwise_since_is_not_taken_away(
        self, editor, chief, claim, add, edit
    ):
        piece = add()
        step = newest(claim)
        edit(piece, replace(REGISTER, title="Register of bridges"), actor=chief)
        with pytest.raises(ChangedSinceError):
            undo_change(actor=editor, change_id=step.pk)
        assert titles(claim) == ["Register of bridges"]

    def test_a_verdict_that_relied_on_it_keeps_its_copy(self, editor, chief, claim, version, add):
        add(actor=chief)
        step = newest(claim)
        decision = decide_claim(
            actor=editor, claim_id=claim.pk, version=version(), verdict=Verdict.VERIFIED
        )
        undo_change(actor=chief, change_id=step.pk)
        claim.refresh_from_db()
        decision.refresh_from_db()
        assert titles(claim) == []
        assert claim.verdict == Verdict.VERIFIED
        assert [one["title"] for one in decision.evidence] == ["Bridge register"]

    def test_its_history_names_who_did_it(self, chief, add, remove):
        piece = add()
        remove(piece, actor=chief)
        first, last = piece.history.order_by("pk")
        assert (first.history_type, last.history_type) == ("+", "~")
        assert last.history_user == chief
        assert last.removed_at is not None

    def test_data_entry_makes_the_same_steps(self, chief, claim):
        record = Evidence(claim=claim, title="T", url="https://example.org/")
        enter_record(actor=chief, record=record)
        record.title = "Title"
        enter_record(actor=chief, record=record, fields=["title"])
        delete_record(actor=chief, record=record)
        steps = [row.change.action for row in claim.changed.order_by("pk")]
        assert steps == [ChangeAction.ATTACH, ChangeAction.AMEND, ChangeAction.DETACH]
        undo_change(actor=chief, change_id=newest(claim).pk)
        assert titles(claim) == ["Title"]


class TestSecondClicks:
    def test_another_description_is_one_step(self, add, edit):
        piece = add()
        other = replace(REGISTER, title="Register of bridges")
        first = edit(piece, other, version=2)
        before = everything()
        assert edit(piece, other, version=2) == first
        assert everything() == before

    def test_removing_is_one_step(self, add, remove):
        piece = add()
        first = remove(piece, version=2)
        before = everything()
        assert remove(piece, version=2) == first
        assert everything() == before

    def test_the_same_description_is_none(self, add, edit):
        piece = add()
        before = everything()
        assert edit(piece, REGISTER) is None
        assert everything() == before

    def test_what_was_removed_is_not_given_as_added(self, claim, add, remove, editor):
        remove(add())
        with pytest.raises(StaleVersionError):
            add_evidence(actor=editor, claim_id=claim.pk, version=1, evidence=REGISTER)


class TestRefusing:
    def test_of_a_stale_version(self, chief, add, edit, remove):
        piece = add()
        edit(piece, replace(REGISTER, title="Map"), actor=chief)
        before = everything()
        with pytest.raises(StaleVersionError):
            edit(piece, REGISTER, version=2)
        with pytest.raises(StaleVersionError):
            remove(piece, version=2)
        assert everything() == before

    def test_what_was_removed_is_neither_changed_nor_removed(self, add, edit, remove):
        piece = add()
        remove(piece)
        before = everything()
        with pytest.raises(NotPossibleError, match="has been removed"):
            edit(piece, replace(REGISTER, title="Map"))
        with pytest.raises(NotPossibleError, match="has been removed"):
            remove(piece)
        assert everything() == before

    def test_what_was_removed_is_not_entered(self, chief, add, remove):
        piece = add()
        remove(piece)
        before = everything()
        with pytest.raises(NotPossibleError, match="has been removed"):
            enter_record(actor=chief, record=piece, fields=["title"])
        assert everything() == before

    def test_a_document_stays_one(self, add, edit):
        piece = add()
        before = everything()
        with pytest.raises(InvalidValueError, match="a link or a file"):
            edit(piece, replace(REGISTER, url=""))
        assert everything() == before


class TestFiles:
    @staticmethod
    def scan(words: bytes, name: str) -> EvidenceDraft:
        return EvidenceDraft(title="Scan", file=SimpleUploadedFile(name, words))

    def test_without_another_one_it_stays(self, add, edit):
        piece = add(self.scan(b"One.", "one.pdf"))
        edit(piece, EvidenceDraft(title="Page"))
        piece.refresh_from_db()
        assert (piece.title, piece.file_name, piece.size) == ("Page", "one.pdf", 4)

    def test_another_one_takes_its_place_until_that_is_undone(self, editor, claim, add, edit):
        piece = add(self.scan(b"One.", "one.pdf"))
        edit(piece, self.scan(b"Another.", "two.png"))
        piece.refresh_from_db()
        assert (piece.file_name, piece.content_type, piece.size) == ("two.png", "image/png", 8)
        undo_change(actor=editor, change_id=newest(claim).pk)
        piece.refresh_from_db()
        assert (piece.file_name, piece.content_type, piece.size) == (
            "one.pdf",
            "application/pdf",
            4,
        )
        with piece.file.open() as file:
            assert file.read() == b"One."


def test_what_was_removed_is_listed_nowhere(editor, article, claim, version, add, remove):
    """Reports, exports, filters, counts and the copies that verdicts keep."""
    remove(add())

    def having(word: str) -> set[int]:
        return set(ClaimFilter.of_query(f"evidence={word}", editor).qs.values_list("pk", flat=True))

    assert claim.pk in having("no")
    assert claim.pk not in having("yes")
    (row,) = Rows(Claim.objects.filter(pk=claim.pk), editor).table().rows
    assert row[COLUMNS.index("evidence")] == 0
    line = next(
        one for one in report_of(actor=editor, article=article).report.lines if one.id == claim.pk
    )
    assert line.evidence == ()
    report = draft_report(actor=editor, title="Bridges of May", article=article)
    assert not any(one.evidence for one in edition_of(actor=editor, report=report).report.lines)
    decision = decide_claim(
        actor=editor, claim_id=claim.pk, version=version(), verdict=Verdict.VERIFIED
    )
    assert decision.evidence == []
