"""The history of a claim and of a source, in words: who, what, and each field before and after."""

import pytest
from django.utils import timezone

from claims.actions import reword_claim
from claims.actions.locking import save_as
from claims.choices import ChangeAction, MatchRelation, ReviewStatus
from claims.models import Claim
from claims.queries.history import of_claim, of_rows, of_source
from tests.models import rows
from tests.models.match_rows import match


def test_only_what_is_not_shown_is_older(editor, claim):
    for version in (1, 2):
        reword_claim(
            actor=editor, claim_id=claim.pk, version=version, statement=f"Shut until {version} May"
        )
    for newest, shown, older in ((1, 1, True), (2, 2, False), (3, 2, False)):
        history = of_claim(claim, newest)
        assert (len(history.entries), history.older) == (shown, older)
        assert history.proposed == claim.statement


@pytest.fixture
def bridge(editor) -> Claim:
    return rows.claim(rows.revision(editor))


@pytest.fixture
def told(bridge, editor):
    """What the newest entry says after a change of some fields: its words, and each field before and after."""

    def told(before: dict, after: dict, **fields) -> list[tuple[str, str, str]]:
        version = 2 + bridge.changed.count()
        change = rows.change(bridge, editor, **fields)
        rows.changed(bridge, editor, change=change, before=before, after=after, version=version)
        entry = of_claim(bridge, 1).entries[0]
        return [(one.label, one.before, one.after) for one in entry.differences]

    return told


class TestFields:
    @pytest.mark.parametrize(
        ("field", "before", "after", "words"),
        [
            ("verdict", "pending", "verified", ("Verdict", "Pending", "Verified")),
            ("statement", "Nine", "Ten", ("Statement", "Nine", "Ten")),
            ("checkable", True, False, ("Checkable", "yes", "no")),
            ("review_by", None, "2026-03-02", ("Review by", "none", "2 Mar 2026")),
            ("due_on", "2026-03-02", None, ("Due", "2 Mar 2026", "none")),
            (
                "anchor_status",
                None,
                "changed",
                ("Since the new version", "none", "Changed in the article"),
            ),
            ("spans", [[0, 6]], [[7, 10]], ("Exact words", "Ostrey", "has")),
        ],
    )
    def test_each_is_told_in_words(self, told, field, before, after, words):
        assert told({field: before}, {field: after}) == [words]

    def test_what_stayed_as_it_was_is_not_told(self, told):
        assert told({"role": "clerk", "told_to": ""}, {"role": "clerk", "told_to": "Radio"}) == [
            ("Told to", "", "Radio")
        ]

    def test_sources_and_people_go_by_their_names(self, told, editor, chief):
        venn = rows.source("Ada Venn")
        before = {"source_id": None, "assigned_to_id": editor.pk}
        after = {"source_id": venn.pk, "assigned_to_id": chief.pk}
        assert told(before, after) == [
            ("Source", "none", "Ada Venn"),
            ("Assigned to", "Edda", "Carl"),
        ]

    def test_words_are_those_of_the_text_in_which_they_stood(self, told, bridge, editor):
        """Places moved with a new text of the article, and were changed before that."""
        assert told({"spans": [[0, 6]]}, {"spans": [[7, 10]]})
        newer = rows.revision(
            editor, article=bridge.revision.article, number=2, body="In Ostrey, nine bridges stand."
        )
        before = {"revision_id": bridge.revision_id, "spans": [[0, 6]]}
        after = {"revision_id": newer.pk, "spans": [[3, 9]]}
        Claim.objects.filter(pk=bridge.pk).update(revision=newer)
        bridge.refresh_from_db()
        assert told(before, after, action=ChangeAction.NEW_REVISION) == []
        first = of_claim(bridge, 9).entries[-1]
        assert [(one.before, one.after) for one in first.differences] == [("Ostrey", "has")]


class TestEntries:
    def test_an_undo_and_its_undo_are_called_so(self, bridge, editor):
        first = rows.change(bridge, editor)
        undo = rows.change(bridge, editor, undoes=first, root=first)
        redo = rows.change(bridge, editor, undoes=undo, root=first)
        again = rows.change(bridge, editor, undoes=redo, root=first)
        for version, change in enumerate((first, undo, redo, again), start=2):
            rows.changed(bridge, editor, change=change, version=version)
        entries = of_claim(bridge, 9).entries
        assert [one.again for one in entries] == ["undo", "redo", "undo", ""]
        assert [one.change_id for one in entries] == [again.pk, redo.pk, undo.pk, first.pk]

    def test_to_look_and_leave_it_pending_is_told_as_that(self, told, bridge):
        told({"verdict": "pending"}, {"verdict": "pending"}, action=ChangeAction.DECIDE)
        told({"verdict": "pending"}, {"verdict": "verified"}, action=ChangeAction.DECIDE)
        told({"role": ""}, {"role": "clerk"})
        entries = of_claim(bridge, 9).entries
        assert [one.what for one in entries] == ["Reworded", "Decided", "Marked as seen: pending"]

    def test_an_internal_note_is_told_with_its_own_decision(self, told, bridge, editor):
        rows.decision(bridge, editor, note="Ask again.", version=2)
        rows.decision(bridge, editor, version=3)
        told({"verdict": "pending"}, {"verdict": "verified"})
        told({"verdict": "verified"}, {"verdict": "pending"})
        assert [one.internal_note for one in of_claim(bridge, 9).entries] == ["", "Ask again."]

    def test_hidden_claims_are_left_out_and_each_is_named(self, bridge, editor):
        other = rows.claim(bridge.revision, 5)
        found = [rows.changed(one, editor) for one in (bridge, other)]
        assert [one.claim for one in of_rows(found)] == [bridge, other]
        (entry,) = of_rows(found, {other.pk}, with_claim=False)
        assert entry.claim is None


class TestLogged:
    def evidence(self, **fields) -> dict[str, object]:
        kept = {
            "id": 7,
            "stance": "for",
            "title": "Register",
            "url": "",
            "file_name": "",
            "size": 1,
        }
        return kept | fields

    def test_a_document_comes_changes_and_goes(self, told):
        new, changed = (
            self.evidence(url="https://e.org/"),
            self.evidence(url="https://e.org/", title="Log", size=2),
        )
        key = "evidence/7"
        assert told({key: None}, {key: new}) == [
            ("Evidence", "", "For · Register · https://e.org/")
        ]
        assert told({key: new}, {key: changed}) == [
            ("Evidence “Register”: Title", "Register", "Log")
        ]
        assert told({key: changed}, {key: None}) == [("Evidence", "For · Log · https://e.org/", "")]
        against = self.evidence(stance="against", url="https://e.org/")
        assert told({key: new}, {key: against}) == [
            ("Evidence “Register”: Stance", "For", "Against")
        ]

    def test_documents_in_another_order_are_told_by_their_titles(self, told):
        first, second = self.evidence(), self.evidence(id=8, title="Log")
        moved = {"evidence/7": {**first, "position": 2}, "evidence/8": {**second, "position": 1}}
        assert told({"evidence/7": first, "evidence/8": second}, moved) == [
            ("Order of the evidence", "Register · Log", "Log · Register")
        ]

    def test_a_match_is_told_with_the_other_claim_unless_it_is_checked_blind(
        self, told, bridge, editor
    ):
        other = rows.claim(rows.revision(editor), statement="Ostrey has ten bridges")
        made = match(other, bridge, relation=MatchRelation.CONTRADICTS)
        sides = ({f"match/{made.pk}": "proposed"}, {f"match/{made.pk}": "confirmed"})
        assert told(*sides) == [
            ("Contradicts it: “Ostrey has ten bridges”", "Proposed", "Confirmed")
        ]
        for blind, waits, lines in ((False, True, 1), (True, False, 1), (True, True, 0)):
            status = ReviewStatus.WAITING if waits else ReviewStatus.CHECKED
            Claim.objects.filter(pk=other.pk).update(blind=blind, review_status=status)
            assert len(told(*sides)) == lines

    def test_of_whom_a_check_is_requested(self, told):
        asked, anyone = {"asked_of": "Carl"}, {"asked_of": ""}
        label = "Second check requested of"
        assert told({"second-check/1": None}, {"second-check/1": asked}) == [(label, "", "Carl")]
        assert told({"second-check/1": asked}, {"second-check/1": anyone}) == [
            (label, "Carl", "anyone")
        ]
        assert told({"second-check/1": anyone}, {"second-check/1": anyone}) == []


def test_a_sources_own_record_the_newest_first(editor, chief):
    source, into = rows.source("Bo Tarn"), rows.source("Ada Venn")
    source.name, source.kind = "B. Tarn", "court"
    save_as(chief, source)
    source.merged_into = into
    save_as(chief, source)
    newest, changed, made = of_source(source)
    assert [one.what for one in (newest, changed, made)] == [
        "Record changed",
        "Record changed",
        "Record created",
    ]
    assert (changed.actor, made.actor, made.differences) == ("Carl", "", ())
    told = {(one.label, one.before, one.after) for one in changed.differences}
    assert told == {("name", "Bo Tarn", "B. Tarn"), ("kind", "Other", "Court")}
    assert {(one.label, one.before, one.after) for one in newest.differences} == {
        ("merged into", "none", "Ada Venn")
    }
    assert newest.created_at <= timezone.now()
