"""What a person's next undo and redo are, and whose changes they pass over."""

from dataclasses import replace

from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.actions import (
    add_evidence,
    change_source,
    decide_claim,
    edit_evidence,
    reword_claim,
    undo_change,
)
from claims.choices import Verdict
from claims.models import Claim
from claims.models.base.prepared import Prepared
from claims.models.claims import changes
from tests.actions.claims.undo.conftest import DOCUMENT
from tests.conftest import newest, version_of
from tests.models import rows


class TestSteps:
    def test_nobody_did_anything(self, steps):
        assert steps() == (None, None)

    def test_the_newest_change_is_undone_first(self, say, steps):
        say(statement="One")
        second = say(statement="Two")
        assert steps() == (second, None)

    def test_undone_steps_are_done_again_in_their_order(self, editor, say, steps):
        first, second = say(statement="One"), say(statement="Two")
        second_undone = undo_change(actor=editor, change_id=second.pk)
        assert steps() == (first, second_undone)
        first_undone = undo_change(actor=editor, change_id=first.pk)
        assert steps() == (None, first_undone)
        first_again = undo_change(actor=editor, change_id=first_undone.pk)
        assert steps() == (first_again, second_undone)

    def test_something_new_leaves_nothing_to_do_again(self, editor, say, steps):
        first = say(statement="One")
        undo_change(actor=editor, change_id=say(statement="Two").pk)
        third = say(statement="Three")
        assert steps() == (third, None)
        third_undone = undo_change(actor=editor, change_id=third.pk)
        assert steps() == (first, third_undone)

    def test_each_person_has_their_own(self, editor, chief, article, act, say, steps):
        mine = say(statement="One")
        theirs = act(change_source, actor=chief, source=None, role="the minister")
        assert steps() == (mine, None)
        assert steps(chief) == (theirs, None)

    def test_those_of_another_article_are_not_among_them(self, editor, say, steps):
        elsewhere = rows.claim(rows.revision(editor))
        reword_claim(actor=editor, claim_id=elsewhere.pk, version=1, statement="Else")
        mine = say(statement="One")
        assert steps() == (mine, None)

    def test_what_somebody_else_took_back_is_no_longer_mine(
        self, editor, chief, claim, act, say, steps
    ):
        """Else every further undo would stop at it."""
        mine = say(statement="One")
        other = act(change_source, source=None, role="the minister")
        taken_back = undo_change(actor=chief, change_id=other.pk)
        assert steps() == (mine, None)
        assert steps(chief) == (taken_back, None)

    def test_somebody_elses_change_that_i_took_back_is_my_step(self, editor, chief, say, steps):
        theirs = say(actor=chief, statement="One")
        mine = undo_change(actor=editor, change_id=theirs.pk)
        assert steps() == (mine, None)
        assert steps(chief) == (None, None)
        again = undo_change(actor=editor, change_id=mine.pk)
        assert steps() == (None, again)

    def test_steps_come_in_the_order_in_which_i_took_them(self, editor, chief, act, say, steps):
        theirs = say(actor=chief, statement="One")
        mine = act(change_source, source=None, role="the minister")
        later = undo_change(actor=editor, change_id=theirs.pk)
        assert steps() == (later, None)
        again = undo_change(actor=editor, change_id=later.pk)
        assert steps() == (mine, again)

    def test_its_questions_do_not_grow_with_the_changes(
        self, editor, say, steps, django_assert_num_queries
    ):
        for statement in ("One", "Two", "Three"):
            say(statement=statement)
        with django_assert_num_queries(4):
            steps()

    def test_a_chain_that_began_before_what_is_remembered_is_none(
        self, editor, say, steps, monkeypatch
    ):
        """Its beginning is out of sight, and so is whether it is done."""
        undone = undo_change(actor=editor, change_id=say(statement="One").pk)
        monkeypatch.setattr(changes, "REMEMBERED", 1)
        # It is put into SQL once.
        monkeypatch.setattr(changes, "_STEPS", Prepared(changes._steps))
        assert steps() == (None, None)
        monkeypatch.undo()
        assert steps() == (None, undone)


def test_a_change_that_someone_has_overtaken_does_not_bar_the_way(
    editor, chief, claims, act, say, steps
):
    other = claims[1]
    decide_claim(actor=editor, claim_id=other.pk, version=1, verdict=Verdict.VERIFIED)
    earlier = newest(other)
    say(statement="The bridge is closed")
    act(reword_claim, actor=chief, statement="The bridge is shut")
    assert steps() == (earlier, None)
    undone = undo_change(actor=editor, change_id=earlier.pk)
    assert steps() == (None, undone)


def test_as_many_queries_for_many_that_are_passed_over_as_for_few(editor, chief, article, steps):
    first, second, third, *rest = Claim.objects.of_article(article).in_reading_order()
    reword_claim(actor=editor, **version_of(first), statement="The bridge is closed")
    kept = newest(first)
    numbers = []
    for claims in ([second, third], rest):
        for claim in claims:
            piece = add_evidence(actor=editor, **version_of(claim), evidence=DOCUMENT)
            edited = replace(DOCUMENT, title="Register of the province")
            edit_evidence(
                actor=chief,
                evidence_id=piece.pk,
                version=version_of(claim)["version"],
                evidence=edited,
            )
        with CaptureQueriesContext(connection) as queries:
            assert steps() == (kept, None)
        numbers.append(len(queries))
    assert len(rest) > 2
    assert numbers[0] == numbers[1]
