"""Whatever one person did to the claims of an article can be undone completely, and redone completely."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date
from typing import Any

from django.contrib.auth.models import User
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from claims.actions import (
    EvidenceDraft,
    add_evidence,
    ask_second_check,
    assign_claims,
    change_source,
    change_spans,
    confirm_match,
    create_claim,
    decide_claim,
    dismiss_claims,
    dismiss_match,
    edit_evidence,
    enter_record,
    leave_group,
    mark_checkable,
    merge_claims,
    next_steps,
    remove_evidence,
    restore_claims,
    reword_claim,
    send_back,
    set_canonical,
    set_review_date,
    split_claim,
    take_over_verdict,
    undo_change,
)
from claims.actions.claims.derived_fields import anchored
from claims.choices import Verdict
from claims.errors import InvalidValueError, NotPossibleError
from claims.models import Article, Claim, ClaimGroup, ClaimMatch, Evidence, Source
from tests.actions.database import claims_as_they_stand
from tests.models import match_rows, rows

BODY = "Ostrey 🌉 has nine bridges, Ada Venn said. Two of the cafe\u0301s are closed. It rained."


def _document(number: int) -> EvidenceDraft:
    return EvidenceDraft(title=f"Document {number}", url=f"https://example.org/{number}")


class Editor:
    """One person at work on one article. Each action takes two numbers, which choose its arguments."""

    def __init__(self) -> None:
        self.user = User.objects.create_superuser("edda")
        self.revision = rows.revision(self.user, body=BODY)
        self.sources = [None, rows.source("Ada Venn"), rows.source("Bo Tarn")]
        for place, (words, source) in enumerate(
            [("Ostrey 🌉 has nine bridges", 1), ("Two of the cafe\u0301s", 0), ("It rained", 0)]
        ):
            start = BODY.index(words)
            spans = [[start, start + len(words)]]
            rows.claim(
                self.revision,
                spans=spans,
                statement=words,
                attribution=place,
                quotation="indirect" if source else "narration",
                source=self.sources[source],
                **anchored(BODY, spans),
            )
        first, second, third = self.claims()
        for one in (first, second, third):
            match_rows.group(one)
        for earlier, later in ((first, second), (second, third), (first, third)):
            match_rows.match(earlier, later)

    @property
    def article(self) -> Article:
        return self.revision.article

    def claims(self) -> list[Claim]:
        return list(Claim.objects.in_reading_order())

    def one(self, number: int) -> dict[str, Any]:
        """One claim in its version of now, as an action takes it."""
        claims = self.claims()
        claim = claims[number % len(claims)]
        return {"actor": self.user, "claim_id": claim.pk, "version": claim.version}

    def some(self, first: int, second: int) -> dict[str, Any]:
        """One claim or two, as an action on several takes them."""
        claims = self.claims()
        chosen = {claims[number % len(claims)] for number in (first, second)}
        return {"actor": self.user, "versions": {claim.pk: claim.version for claim in chosen}}

    def enter(self, first: int, second: int) -> None:
        claims = self.claims()
        claim = claims[first % len(claims)]
        claim.source, claim.told_to = self._source(second), f"Radio {second}"
        enter_record(actor=self.user, record=claim, fields=["source", "told_to"])

    def piece(self, number: int) -> dict[str, Any]:
        """One piece of evidence in its claim's version of now, as an action takes it."""
        pieces = list(Evidence.objects.not_removed().order_by("pk"))
        if not pieces:
            raise NotPossibleError(why="there is none")
        piece = pieces[number % len(pieces)]
        return {"actor": self.user, "evidence_id": piece.pk, "version": piece.claim.version}

    def edit_evidence(self, first: int, second: int) -> None:
        edit_evidence(**self.piece(first), evidence=_document(second))

    def remove_evidence(self, first: int, _second: int) -> None:
        remove_evidence(**self.piece(first))

    def match(self, first: int, second: int) -> dict[str, Any]:
        """One match of one claim, as an action takes it."""
        claim = self.one(first)
        matches = list(ClaimMatch.objects.of_claims([claim["claim_id"]]).order_by("pk"))
        if not matches:
            raise NotPossibleError(why="there is none")
        return {**claim, "match_id": matches[second % len(matches)].pk}

    def step(self, which: int) -> bool:
        """The next undo (0) or redo (1), if there is one."""
        change = next_steps(actor=self.user, article=self.article)[which]
        if change:
            undo_change(actor=self.user, change_id=change.pk)
        return change is not None

    def all_the_way(self, which: int) -> None:
        for _time in range(100):
            if not self.step(which):
                return
        raise AssertionError("there is always one more step")

    def _source(self, number: int) -> Source | None:
        return self.sources[number % len(self.sources)]

    def steps(self) -> dict[str, Callable[[int, int], object]]:
        one, some = self.one, self.some
        return {
            "reword": lambda a, b: reword_claim(**one(a), statement=f"Statement {b}"),
            "bounds": lambda a, b: change_spans(**one(a), spans=[[b, b + 9], [b + 20, b + 25]]),
            "source": lambda a, b: change_source(**one(a), source=self._source(b), role=f"r{b}"),
            "checkable": lambda a, b: mark_checkable(**one(a), checkable=bool(b % 2)),
            "dismiss": lambda a, b: dismiss_claims(**some(a, b)),
            "restore": lambda a, b: restore_claims(**some(a, b)),
            "merge": lambda a, b: merge_claims(**some(a, b)),
            "split": lambda a, b: split_claim(**one(a), at=b * 3),
            "make": lambda a, b: create_claim(
                actor=self.user,
                article=self.article,
                revision_id=self.revision.pk,
                spans=[[a, a + b + 2]],
            ),
            "assign": lambda a, b: assign_claims(**some(a, b), to=[self.user, None][b % 2]),
            "decide": lambda a, b: decide_claim(
                **one(a), verdict=list(Verdict)[b % 3], reason=f"Reason {b}"
            ),
            "ask": lambda a, b: ask_second_check(**one(a), blind=bool(b % 2)),
            "send back": lambda a, b: send_back(**one(a), comment=f"Comment {b}"),
            "enter": self.enter,
            "add evidence": lambda a, b: add_evidence(**one(a), evidence=_document(b)),
            "edit evidence": self.edit_evidence,
            "remove evidence": self.remove_evidence,
            "take over": lambda a, b: take_over_verdict(**self.match(a, b)),
            "confirm": lambda a, b: confirm_match(**self.match(a, b)),
            "not the same": lambda a, b: dismiss_match(**self.match(a, b)),
            "leave": lambda a, _b: leave_group(**one(a)),
            "main claim": lambda a, _b: set_canonical(**one(a)),
            "review": lambda a, b: set_review_date(**one(a), day=date(2027, 1, 1 + b % 28)),
            "undo": lambda _a, _b: self.step(0),
            "redo": lambda _a, _b: self.step(1),
        }


NAMES = [
    "reword",
    "bounds",
    "source",
    "checkable",
    "dismiss",
    "restore",
    "merge",
    "split",
    "make",
    "assign",
    "decide",
    "ask",
    "send back",
    "enter",
    "add evidence",
    "edit evidence",
    "remove evidence",
    "take over",
    "confirm",
    "not the same",
    "leave",
    "main claim",
    "review",
    "undo",
    "redo",
]


def as_they_stand() -> tuple[Any, ...]:
    """Every claim that stands, and what was said of matches and groups."""
    return (
        claims_as_they_stand(),
        list(ClaimMatch.objects.order_by("pk").values_list("pk", "state")),
        list(ClaimGroup.objects.order_by("pk").values_list("pk", "canonical")),
    )


class TestAllTheWay(TestCase):
    @settings(max_examples=30, deadline=None, derandomize=True)
    @given(
        plan=st.lists(
            st.tuples(st.sampled_from(NAMES), st.integers(0, 40), st.integers(0, 40)), max_size=12
        )
    )
    def test_every_claim_is_as_before_and_then_as_after(self, plan):
        editor = Editor()
        steps = editor.steps()
        assert set(steps) == set(NAMES)
        before = as_they_stand()
        for name, first, second in plan:
            with suppress(NotPossibleError, InvalidValueError):
                steps[name](first, second)
        editor.all_the_way(1)
        after = as_they_stand()
        editor.all_the_way(0)
        assert as_they_stand() == before
        editor.all_the_way(1)
        assert as_they_stand() == after
