"""Editing a claim's statement, bounds and source, and whether it is checked: what changes, what is logged, and what is refused."""

from functools import partial

import pytest

from claims.actions import (
    change_source,
    change_spans,
    create_source,
    dismiss_claims,
    mark_checkable,
    restore_claims,
    reword_claim,
)
from claims.choices import ChangeAction, Quotation, SourceKind
from claims.errors import InvalidValueError, NotPossibleError
from claims.models import Article, Change, Claim, Source
from tests.actions.claims.editing.texts import ARABIC, BODY, in_place, place, step
from tests.actions.database import everything
from tests.models import rows


class TestRewording:
    def test_the_statement_changes_and_the_exact_words_stay(self, editor, claim):
        proposed, words = claim.statement, claim.quote
        reword_claim(
            actor=editor, claim_id=claim.pk, version=1, statement="  The bridge\n is closed "
        )
        assert step(claim) == (
            ChangeAction.REWORD,
            {"statement": proposed},
            {"statement": "The bridge is closed"},
        )
        assert (claim.statement, claim.quote) == ("The bridge is closed", words)
        assert claim.touched_at is not None

    def test_the_same_words_are_no_change(self, editor, claim):
        before = everything()
        same = f" {claim.statement} "
        assert reword_claim(actor=editor, claim_id=claim.pk, version=1, statement=same) is None
        assert everything() == before

    @pytest.mark.parametrize("statement", ["", " \n\t\u00a0", "x" * 10_001], ids=["", " ", "long"])
    def test_none_or_too_many_words_are_refused(self, editor, claim, statement):
        before = everything()
        with pytest.raises(InvalidValueError, match="the statement"):
            reword_claim(actor=editor, claim_id=claim.pk, version=1, statement=statement)
        assert everything() == before

    def test_ten_thousand_characters_are_kept(self, editor, claim):
        reword_claim(actor=editor, claim_id=claim.pk, version=1, statement="x" * 10_000)
        claim.refresh_from_db()
        assert claim.statement == "x" * 10_000


class TestBounds:
    @pytest.fixture
    def bound(self, editor):
        def bound(claim: Claim, *spans: list[int]):
            claim.refresh_from_db()
            return change_spans(
                actor=editor, claim_id=claim.pk, version=claim.version, spans=list(spans)
            )

        return bound

    @pytest.mark.parametrize(
        "words",
        [
            "Zoë",
            "Zoë 👩‍🚒 said",
            ARABIC,
            "الجسر مغلق",
            "cafe\u0301 🌉 opened",
            "Nobody was hurt",
            BODY,
        ],
    )
    def test_offsets_are_exact_whatever_stands_before(self, said, bound, words):
        claim = said("opened in May")
        bound(claim, place(words))
        assert in_place(claim) == words
        assert claim.spans == [place(words)]

    def test_the_log_tells_of_it(self, said, bound):
        claim = said("opened in May", statement="It opened")
        bound(claim, place("🌉 opened"))
        before, after = {"spans": [place("opened in May")]}, {"spans": [place("🌉 opened")]}
        assert step(claim) == (ChangeAction.SPANS, before, after)

    def test_a_statement_that_was_those_words_alone_follows(self, said, bound):
        claim = said("Nobody was hurt.", statement="Nobody was hurt")
        bound(claim, place("opened in May. Nobody was hurt."))
        assert step(claim)[2]["statement"] == claim.statement == "Opened in May. Nobody was hurt"

    def test_a_statement_in_an_editors_words_stays(self, said, bound):
        claim = said("Nobody was hurt", statement="There were no injuries")
        bound(claim, place("Nobody"))
        assert claim.changed.get().after == {"spans": [place("Nobody")]}
        claim.refresh_from_db()
        assert claim.statement == "There were no injuries"

    def test_the_quotation_of_a_splitters_claim_follows_too(self, editor, article, bound):
        """The statement of a quotation is its words without the marks."""
        claim = Claim.objects.of_article(article).get(quote="“Nobody was hurt.”")
        claim.statement = "Nobody was hurt"
        claim.save()
        bound(claim, place("Nobody", claim.revision.body))
        claim.refresh_from_db()
        assert claim.statement == "Nobody"

    def test_white_space_at_the_ends_is_left_out(self, said, bound):
        claim = said("opened in May")
        start, end = place("\r\n\r\nThe ")
        bound(claim, [start, end])
        assert in_place(claim) == "The"

    def test_spans_are_sorted_and_joined_where_nothing_is_between_them(self, said, bound):
        claim = said("opened in May")
        bound(claim, place("was hurt"), place("Zoë"), place("Nobody "), place("oë 👩‍🚒"))
        assert in_place(claim) == "Zoë 👩‍🚒 … Nobody was hurt"
        assert claim.spans == [place("Zoë 👩‍🚒"), place("Nobody was hurt")]

    def test_the_same_words_are_no_change(self, said, bound):
        claim = said("opened in May")
        before = everything()
        assert bound(claim, place(" opened in May")) is None
        assert everything() == before

    @pytest.mark.parametrize(
        ("spans", "why"),
        [
            ([], "at least one word"),
            ([[3, 4]], "at least one word"),
            ([place("👩‍🚒")], "at least one word"),
            ([place("\r\n\r\n")], "at least one word"),
            ([[5, 5]], "are not in the article"),
            ([[9, 5]], "are not in the article"),
            ([[-3, 5]], "are not in the article"),
            ([[0, 3], [len(BODY) - 4, len(BODY) + 1]], "are not in the article"),
        ],
    )
    def test_what_holds_no_word_or_lies_outside_is_refused(self, said, bound, spans, why):
        claim = said("opened in May")
        before = everything()
        with pytest.raises(InvalidValueError, match=why):
            bound(claim, *spans)
        assert everything() == before


class TestSources:
    @pytest.fixture
    def source(self, db) -> Source:
        return rows.source("Bo Tarn", kind=SourceKind.WITNESS)

    def test_the_articles_own_voice_becomes_indirect_speech_and_back(self, editor, said, source):
        claim = said("Nobody was hurt")
        give = partial(change_source, actor=editor, claim_id=claim.pk)
        give(version=1, source=source, role=" the  witness", told_to="Radio Ostrey")
        action, before, after = step(claim)
        assert action == ChangeAction.SOURCE
        assert before == {"source_id": None, "role": "", "told_to": "", "quotation": "narration"}
        assert after == {
            "source_id": source.pk,
            "role": "the witness",
            "told_to": "Radio Ostrey",
            "quotation": "indirect",
        }
        assert (claim.source, claim.quotation) == (source, Quotation.INDIRECT)
        give(version=2, source=None)
        claim.refresh_from_db()
        assert (claim.source, claim.role, claim.quotation) == (None, "", Quotation.NARRATION)

    @pytest.mark.parametrize("quotation", [Quotation.DIRECT, Quotation.MIXED])
    def test_what_stands_in_quotation_marks_stays_a_quotation(
        self, editor, said, source, quotation
    ):
        claim = said("Nobody was hurt", quotation=quotation, source=source)
        change_source(actor=editor, claim_id=claim.pk, version=1, source=None)
        assert step(claim) == (ChangeAction.SOURCE, {"source_id": source.pk}, {"source_id": None})
        assert claim.quotation == quotation

    def test_another_source_leaves_indirect_speech(self, editor, said, source):
        claim = said("Nobody was hurt", quotation=Quotation.INDIRECT, source=rows.source())
        change_source(actor=editor, claim_id=claim.pk, version=1, source=source)
        claim.refresh_from_db()
        assert (claim.source, claim.quotation) == (source, Quotation.INDIRECT)

    def test_the_same_again_is_no_change(self, editor, said, source):
        claim = said("Nobody was hurt", quotation=Quotation.INDIRECT, source=source, role="seer")
        before = everything()
        same = {"source": source, "role": "seer"}
        assert change_source(actor=editor, claim_id=claim.pk, version=1, **same) is None
        assert everything() == before

    @pytest.mark.parametrize("field", ["role", "told_to"])
    def test_too_long_a_line_is_refused(self, editor, said, source, field):
        claim = said("Nobody was hurt")
        before, own = everything(), {"actor": editor, "claim_id": claim.pk, "version": 1}
        longest = Claim._meta.get_field(field).max_length
        with pytest.raises(InvalidValueError, match=f"“{'x' * 40}…” is too long"):
            change_source(**own, source=source, **{field: "x" * (longest + 1)})
        assert everything() == before
        change_source(**own, source=source, **{field: "x" * longest})
        claim.refresh_from_db()
        assert getattr(claim, field) == "x" * longest


class TestMakingSources:
    def test_a_new_one_is_kept_with_its_history(self, editor):
        made = create_source(
            actor=editor, name="  Bo \n Tarn ", kind=SourceKind.WITNESS, article=None
        )
        assert Source.objects.get() == made
        assert (made.name, made.kind, made.article) == ("Bo Tarn", SourceKind.WITNESS, None)
        assert made.history.get().history_user == editor

    @pytest.mark.parametrize("name", ["Bo Tarn", "BO TARN", "b. tarn"])
    def test_one_of_that_name_or_alias_is_found(self, editor, name):
        source = rows.source("Bo Tarn", kind=SourceKind.WITNESS)
        source.aliases.create(name="B. Tarn")
        before = everything()
        found = create_source(actor=editor, name=name, kind=SourceKind.WITNESS, article=None)
        assert found == source
        assert everything() == before

    def test_another_kind_or_an_articles_own_is_somebody_else(self, editor, article):
        known = rows.source("officials", kind=SourceKind.UNNAMED)
        own = create_source(
            actor=editor, name="officials", kind=SourceKind.UNNAMED, article=rows.article(editor)
        )
        others = create_source(
            actor=editor, name="officials", kind=SourceKind.OFFICIAL, article=None
        )
        assert len({known, own, others}) == 3

    @pytest.mark.parametrize("name", ["", " \t", "n" * 301], ids=["", " ", "long"])
    def test_a_name_that_is_none_is_refused(self, editor, name):
        before = everything()
        with pytest.raises(InvalidValueError, match="a source needs a name"):
            create_source(actor=editor, name=name, kind=SourceKind.OTHER, article=None)
        assert everything() == before


class TestCheckableDismissedRestored:
    def test_whether_it_can_be_checked(self, editor, claim):
        mark_checkable(actor=editor, claim_id=claim.pk, version=1, checkable=False)
        assert step(claim) == (ChangeAction.CHECKABLE, {"checkable": True}, {"checkable": False})
        assert claim not in Claim.objects.active()
        mark_checkable(actor=editor, claim_id=claim.pk, version=2, checkable=True)
        claim.refresh_from_db()
        assert claim.checkable

    def test_what_is_so_already_is_no_change(self, editor, claim):
        before = everything()
        same = {"actor": editor, "claim_id": claim.pk, "version": 1, "checkable": True}
        assert mark_checkable(**same) is None
        assert restore_claims(actor=editor, versions={claim.pk: 1}) is None
        assert everything() == before

    def test_several_are_dismissed_and_restored_in_one_step_each(self, editor, article):
        claims = list(Claim.objects.of_article(article))
        dismissed = dismiss_claims(actor=editor, versions={claim.pk: 1 for claim in claims})
        assert dismissed.action == ChangeAction.DISMISS
        assert {row.claim for row in dismissed.claims.all()} == set(claims)
        assert not Claim.objects.not_dismissed()
        restored = restore_claims(actor=editor, versions={claim.pk: 2 for claim in claims[:3]})
        assert restored.action == ChangeAction.RESTORE
        assert set(Claim.objects.not_dismissed()) == set(claims[:3])
        assert Change.objects.count() == 2

    def test_only_those_that_it_changes_are_touched(self, editor, article):
        first, second, *_others = Claim.objects.of_article(article).in_reading_order()
        dismiss_claims(actor=editor, versions={first.pk: 1})
        both = dismiss_claims(actor=editor, versions={first.pk: 2, second.pk: 1})
        assert [row.claim for row in both.claims.all()] == [second]
        first.refresh_from_db()
        assert first.version == 2

    def test_none_and_claims_of_two_articles_are_refused(self, editor, claim):
        elsewhere = rows.claim(rows.revision(editor))
        before = everything()
        for versions in ({}, {claim.pk: 1, elsewhere.pk: 1}):
            with pytest.raises(NotPossibleError, match="of the same article"):
                dismiss_claims(actor=editor, versions=versions)
        assert everything() == before


def test_every_edit_moves_the_article_up_in_the_list_of_changes(editor, claim):
    before = Article.objects.get().changed_at
    reword_claim(actor=editor, claim_id=claim.pk, version=1, statement="The bridge is closed")
    assert Article.objects.get().changed_at > before
