"""A report is written: its words, and the order and the sections of its claims, frozen when it is published."""

import json

import pytest

from claims.actions import (
    arrange_report,
    draft_report,
    leave_out_waiting,
    set_public,
    write_report,
)
from claims.choices import UndecidedClaims, Verdict
from claims.errors import InvalidValueError, LookAgainError, NotPossibleError
from claims.models import Claim, Report, Snapshot
from claims.queries.reports.contents import arranged_claims
from claims.queries.reports.drafts.outlines import key_of, outline_of
from claims.queries.reports.drafts.texts import key_of_texts
from claims.queries.reports.editions import edition_of, frozen_edition
from claims.renderers import get
from claims.renderers.documents.page import page
from claims.renderers.public import for_public
from tests.actions.reports.conftest import decided, published
from tests.models import rows


@pytest.fixture
def draft(editor, article) -> Report:
    return draft_report(actor=editor, title="Bridges", article=article)


def seen(report: Report) -> str:
    """By what somebody says that they saw the order as it is."""
    return key_of(outline_of(report, arranged_claims(report)), report.omitted)


def ids(report: Report) -> list[int]:
    """The report's claims in the order of the text."""
    return [pk for pk, _headline in arranged_claims(report)]


def lines(actor, report: Report) -> list[int]:
    report.refresh_from_db()
    return [line.id for line in edition_of(actor=actor, report=report).report.lines]


class TestWords:
    def test_they_are_kept_tidied_and_are_in_the_draft(self, editor, draft):
        write_report(
            actor=editor,
            report_id=draft.pk,
            title=" The  bridges ",
            lede="Nine **bridges** \r\nstand.\r\n\r\n",
            conclusion="",
            seen=key_of_texts(draft),
        )
        draft.refresh_from_db()
        assert (draft.title, draft.lede) == ("The bridges", "Nine **bridges**\nstand.")
        assert edition_of(actor=editor, report=draft).report.lede == draft.lede
        assert draft.history.latest().lede == draft.lede

    def test_who_writes_over_another_ones_words_looks_again(self, editor, chief, draft):
        before = key_of_texts(draft)
        words = {"title": "Bridges", "lede": "Nine.", "conclusion": ""}
        write_report(actor=chief, report_id=draft.pk, seen=before, **words)
        with pytest.raises(LookAgainError):
            write_report(actor=editor, report_id=draft.pk, seen=before, **words | {"lede": "Ten."})
        draft.refresh_from_db()
        assert draft.lede == "Nine."

    @pytest.mark.parametrize(
        "words",
        [{"title": " "}, {"lede": "x" * 5_001}, {"conclusion": "x" * 20_001}, {"undecided": "?"}],
    )
    def test_what_is_empty_too_long_or_unknown_is_refused(self, editor, draft, words):
        whole = {"title": "Bridges", "lede": "", "conclusion": ""} | words
        with pytest.raises(InvalidValueError):
            write_report(actor=editor, report_id=draft.pk, **whole)

    def test_as_long_as_it_may_be_it_is_kept(self, editor, draft):
        words = {"lede": "x" * 5_000, "conclusion": "y" * 20_000}
        write_report(actor=editor, report_id=draft.pk, title="Bridges", **words)
        draft.refresh_from_db()
        assert (draft.lede, draft.conclusion) == tuple(words.values())

    def test_without_a_language_it_keeps_its_own(self, editor, draft):
        words = {"title": "Bridges", "lede": "", "conclusion": ""}
        for language in ("de", ""):
            write_report(actor=editor, report_id=draft.pk, language=language, **words)
            draft.refresh_from_db()
            assert draft.language == "de"

    def test_a_published_report_and_a_draft_of_somebody_else_stay(self, editor, chief, draft):
        words = {"title": "X", "lede": "", "conclusion": ""}
        theirs = rows.report(chief)
        with pytest.raises(Report.DoesNotExist):
            write_report(actor=editor, report_id=theirs.pk, **words)
        published(chief, draft)
        with pytest.raises(NotPossibleError):
            write_report(actor=chief, report_id=draft.pk, **words)


class TestOrder:
    def test_claims_come_as_ordered_and_undecided_ones_last(self, editor, draft, claims):
        first, second, third, *rest = ids(draft)
        for one in (first, third):
            decided(editor, Claim.objects.get(pk=one), Verdict.VERIFIED)
        outline = [third, "The rest", second, first, *rest]
        arrange_report(actor=editor, report_id=draft.pk, seen=seen(draft), outline=outline)
        assert lines(editor, draft) == [third, first, second, *rest]
        made = edition_of(actor=editor, report=draft).report
        assert [(one.heading, one.claims) for one in made.sections] == [
            ("", (third,)),
            ("The rest", (second, first, *rest)),
        ]

    def test_a_claim_is_left_out_by_hand_and_put_back(self, editor, draft):
        first, *rest = ids(draft)
        arrange_report(
            actor=editor, report_id=draft.pk, seen=seen(draft), outline=rest, omitted=[first]
        )
        assert lines(editor, draft) == rest
        arrange_report(actor=editor, report_id=draft.pk, seen=seen(draft), outline=[*rest, first])
        assert lines(editor, draft) == [*rest, first]
        arrange_report(actor=editor, report_id=draft.pk, seen=seen(draft), outline=[])
        assert lines(editor, draft) == [first, *rest]
        assert edition_of(actor=editor, report=draft).report.sections == ()

    def test_readers_are_told_how_many_were_left_out_and_not_which(self, editor, draft, claim):
        decided(editor, claim, Verdict.VERIFIED)
        first, second, *rest = ids(draft)
        write_report(
            actor=editor,
            report_id=draft.pk,
            title="Bridges",
            lede="",
            conclusion="",
            undecided=UndecidedClaims.LEFT_OUT,
        )
        draft.refresh_from_db()
        omitted = next(pk for pk in (second, first) if pk != claim.pk)
        arrange_report(
            actor=editor,
            report_id=draft.pk,
            seen=seen(draft),
            outline=[pk for pk in (first, second, *rest) if pk != omitted],
            omitted=[omitted],
        )
        draft.refresh_from_db()
        edition = for_public(edition_of(actor=editor, report=draft))
        assert [line.id for line in edition.report.lines] == [claim.pk]
        assert (edition.report.omitted, edition.report.undecided_omitted) == (1, len(rest))
        cover = {fact.label: fact.text for fact in page(edition).cover}
        assert cover["Left out"].splitlines()[0] == "1 claim, by the newsroom’s choice"
        assert cover["Left out"].splitlines()[1].endswith("because they had not been decided")
        left = Claim.objects.get(pk=omitted).statement
        assert left not in b"".join(get("html").write(edition)).decode()

    def test_undecided_claims_are_left_out_if_wished(self, editor, draft, claim):
        decided(editor, claim, Verdict.VERIFIED)
        write_report(
            actor=editor,
            report_id=draft.pk,
            title="Bridges",
            lede="",
            conclusion="",
            undecided=UndecidedClaims.LEFT_OUT,
        )
        assert lines(editor, draft) == [claim.pk]

    def test_who_saw_another_order_looks_again(self, editor, chief, draft):
        before, known = seen(draft), ids(draft)
        arrange_report(actor=chief, report_id=draft.pk, seen=before, outline=known[::-1])
        with pytest.raises(LookAgainError):
            arrange_report(actor=editor, report_id=draft.pk, seen=before, outline=known)
        assert lines(editor, draft) == known[::-1]

    @pytest.mark.parametrize("wrong", ["twice", "missing", "another's", "both", "alone"])
    def test_an_order_has_every_claim_once(self, editor, draft, wrong):
        known = ids(draft)
        outline, omitted = {
            "twice": ([*known, known[0]], []),
            "missing": (known[1:], []),
            "another's": ([*known, 4711], []),
            "both": (known, known[:1]),
            "alone": ([], [4711]),
        }[wrong]
        with pytest.raises(LookAgainError):
            arrange_report(
                actor=editor,
                report_id=draft.pk,
                seen=seen(draft),
                outline=outline,
                omitted=omitted,
            )

    def test_what_is_left_out_needs_no_order_by_hand(self, editor, draft):
        first, *rest = ids(draft)
        arrange_report(
            actor=editor, report_id=draft.pk, seen=seen(draft), outline=[], omitted=[first]
        )
        assert lines(editor, draft) == rest

    def test_a_heading_may_have_200_characters(self, editor, draft):
        outline = ["x" * 200, *ids(draft)]
        arrange_report(actor=editor, report_id=draft.pk, seen=seen(draft), outline=outline)
        draft.refresh_from_db()
        assert draft.outline == outline

    @pytest.mark.parametrize("heading", [" ", "x" * 201])
    def test_a_heading_has_words(self, editor, draft, heading):
        with pytest.raises(InvalidValueError):
            arrange_report(
                actor=editor, report_id=draft.pk, seen=seen(draft), outline=[heading, *ids(draft)]
            )

    def test_not_all_claims_can_be_left_out(self, editor, draft):
        with pytest.raises(NotPossibleError, match="no claims"):
            arrange_report(
                actor=editor, report_id=draft.pk, seen=seen(draft), outline=[], omitted=ids(draft)
            )

    def test_a_long_report_keeps_the_order_of_the_text(self, editor):
        revision = rows.revision(editor, body="bridge " * 600)
        for number in range(501):
            rows.claim(revision, number)
        report = rows.report(editor, article=revision.article)
        with pytest.raises(NotPossibleError, match="500"):
            arrange_report(actor=editor, report_id=report.pk, seen="", outline=[])
        Claim.objects.filter(revision=revision, spans=[[500, 505]]).delete()
        known = ids(report)
        arrange_report(actor=editor, report_id=report.pk, seen=seen(report), outline=known[::-1])
        report.refresh_from_db()
        assert report.outline == known[::-1]


def test_what_is_published_is_what_was_written_in_both_editions(editor, chief, draft, claim):
    decided(editor, claim, Verdict.VERIFIED)
    first, *rest = ids(draft)
    outline = ["The rest", *rest, "The bridge", first]
    arrange_report(actor=editor, report_id=draft.pk, seen=seen(draft), outline=outline)
    write_report(
        actor=editor, report_id=draft.pk, title="Bridges", lede="Nine stand.", conclusion="So."
    )
    published(chief, Report.objects.get(pk=draft.pk))
    kept = json.loads(Snapshot.objects.get(report=draft).data)
    assert (kept["format"], kept["lede"], kept["conclusion"]) == (3, "Nine stand.", "So.")
    assert kept["sections"][1] == {"heading": "The bridge", "claims": [first]}
    assert [line["id"] for line in kept["lines"]] == [first, *rest]
    report = set_public(actor=chief, report_id=draft.pk, public=True)
    internal = frozen_edition(report)
    assert internal.report.lede == for_public(internal).report.lede == "Nine stand."
    assert for_public(internal).report.sections == internal.report.sections


def test_leaving_out_what_waits_for_a_check_keeps_the_order(chief, editor, draft):
    known = ids(draft)
    arrange_report(actor=editor, report_id=draft.pk, seen=seen(draft), outline=known[::-1])
    leave_out_waiting(actor=chief, report_id=draft.pk, leave_out=True)
    assert lines(chief, draft) == known[::-1]
