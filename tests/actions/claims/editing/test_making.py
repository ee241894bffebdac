"""Making, merging and splitting claims: what changes, what is logged, and what is refused."""

from functools import partial

import pytest

from claims.actions import create_claim, decide_claim, merge_claims, split_claim, undo_change
from claims.choices import ChangeAction, Mood, Quotation, Verdict
from claims.errors import InvalidValueError, NotPossibleError
from claims.models import Change, Claim
from tests.actions.claims.editing.texts import ARABIC, BODY, in_place, place, step
from tests.actions.database import everything
from tests.models import rows


class TestMaking:
    @pytest.fixture
    def make(self, editor, revision):
        return partial(
            create_claim, actor=editor, article=revision.article, revision_id=revision.pk
        )

    @pytest.mark.parametrize("words", ["Zoë 👩‍🚒 said", ARABIC, "The cafe\u0301 🌉 opened"])
    def test_words_that_no_claim_holds_are_the_articles_own_voice(self, make, words):
        claim = make(spans=[place(words)])
        assert in_place(claim) == words
        assert (claim.quotation, claim.source) == (Quotation.NARRATION, None)
        assert (claim.verdict, claim.dismissed) == (Verdict.PENDING, False)
        assert claim.touched_at is not None
        assert step(claim) == (ChangeAction.CREATE, {"dismissed": True}, {"dismissed": False})

    def test_the_statement_reads_alone(self, make):
        claim = make(spans=[place("“" + ARABIC + ".”")])
        assert claim.statement == ARABIC
        assert make(spans=[place("opened in May.")]).statement == "Opened in May"

    @pytest.mark.parametrize("words", ["opened in May", "May. Nobody", "Nobody was hurt"])
    def test_words_inside_anothers_statement_are_of_the_same_statement(self, make, said, words):
        source = rows.source()
        outer = said(
            "opened in May. Nobody was hurt",
            source=source,
            quotation=Quotation.INDIRECT,
            mood=Mood.DENIED,
            attribution=7,
            role="the minister",
            told_to="Radio Ostrey",
            mention="she",
            cue_spans=[[8, 12]],
        )
        claim = make(spans=[place(words)])
        shared = ("source", "quotation", "mood", "attribution", "role", "told_to", "mention")
        for field in (*shared, "cue_spans"):
            assert getattr(claim, field) == getattr(outer, field)

    def test_of_two_statements_around_them_the_one_that_was_made_last_counts(self, make, said):
        words = "opened in May. Nobody was hurt"
        for name in ("Ada Venn", "Bo Tarn"):
            last = said(words, source=rows.source(name), quotation=Quotation.INDIRECT)
        assert make(spans=[place("Nobody was hurt")]).source == last.source

    def test_of_one_statement_within_another_the_inner_one_counts(self, make, said):
        inner, _outer = (
            said(words, source=rows.source(name), quotation=Quotation.INDIRECT)
            for name, words in (
                ("Ada Venn", "in May. Nobody was hurt"),
                ("Bo Tarn", "opened in May. Nobody was hurt"),
            )
        )
        assert make(spans=[place("Nobody was hurt")]).source == inner.source

    def test_words_of_a_gap_in_another_claim_are_not_its_words(self, make, said):
        outer = said("Zoë", source=rows.source(), quotation=Quotation.INDIRECT)
        spans = [place("Zoë"), place("Nobody was hurt")]
        Claim.objects.filter(pk=outer.pk).update(spans=spans)
        assert make(spans=[place("opened in May")]).source is None
        assert make(spans=[place("was hurt")]).source == outer.source

    def test_words_inside_a_dismissed_claim_are_the_articles(self, make, said):
        said("opened in May", source=rows.source(), quotation="indirect", dismissed=True)
        assert make(spans=[place("in May")]).source is None

    def test_each_gets_a_statement_of_its_own(self, make):
        numbers = [make(spans=[place(words)]).attribution for words in ("Zoë", "May", "Nobody")]
        assert numbers == [0, 1, 2]

    def test_a_second_click_gives_the_first_ones_claim(self, make):
        first = make(spans=[place("in May")])
        before = everything()
        assert make(spans=[place(" in May")]) == first
        assert everything() == before

    def test_it_is_rated_like_the_splitters_own(self, make, article):
        revision = article.current_revision()
        start = revision.body.index("three boats")
        span = [start, start + len("three boats were damaged")]
        made = make(article=article, revision_id=revision.pk, spans=[span])
        assert made.checkworthiness > 0
        assert "number-word" in made.reasons

    def test_after_an_undo_the_same_words_can_be_made_again(self, editor, make):
        first = make(spans=[place("in May")])
        undo_change(actor=editor, change_id=first.changed.get().change_id)
        assert make(spans=[place("in May")]) in Claim.objects.not_dismissed()
        assert Claim.objects.not_dismissed().count() == 1

    def test_a_newer_text_is_told(self, editor, make, revision):
        rows.revision(editor, article=revision.article, number=2)
        before = everything()
        with pytest.raises(NotPossibleError, match="text has changed"):
            make(spans=[place("in May")])
        assert everything() == before

    @pytest.mark.parametrize("spans", [[], [[3, 4]], [[0, len(BODY) + 1]]])
    def test_what_holds_no_word_or_lies_outside_is_refused(self, make, spans):
        before = everything()
        with pytest.raises(InvalidValueError):
            make(spans=spans)
        assert everything() == before


class TestMerging:
    def test_the_first_takes_the_others_words_in(self, editor, said):
        second, first = said("Nobody was hurt."), said("🌉 opened in May.")
        merged = merge_claims(actor=editor, versions={second.pk: 1, first.pk: 1})
        assert merged == first
        assert in_place(first) == "🌉 opened in May. Nobody was hurt."
        assert first.spans == [place("🌉 opened in May. Nobody was hurt.")]
        assert first.statement == "🌉 opened in May. Nobody was hurt"
        second.refresh_from_db()
        assert (first.dismissed, second.dismissed) == (False, True)
        (change,) = Change.objects.all()
        assert change.action == ChangeAction.MERGE
        assert {row.claim for row in change.claims.all()} == {first, second}

    def test_words_between_them_stay_out(self, editor, said):
        first, second, third = said("Zoë"), said("opened"), said("Nobody")
        merge_claims(actor=editor, versions={first.pk: 1, third.pk: 1})
        assert in_place(first) == "Zoë … Nobody"
        assert first.spans == [place("Zoë"), place("Nobody")]
        second.refresh_from_db()
        assert (second.version, second.dismissed) == (1, False)

    def test_words_that_both_have_are_taken_once(self, editor, said):
        first, second = said("The cafe\u0301 🌉 opened"), said("opened in May")
        merge_claims(actor=editor, versions={first.pk: 1, second.pk: 1})
        assert in_place(first) == "The cafe\u0301 🌉 opened in May"

    def test_a_statement_that_becomes_too_long_is_cut(self, editor, said):
        first, second = said("Zoë", statement="x" * 6_000), said("opened", statement="y" * 6_000)
        merged = merge_claims(actor=editor, versions={first.pk: 1, second.pk: 1})
        assert merged.statement == "x" * 6_000 + ". " + "y" * 3_998

    def test_one_undo_brings_all_back(self, editor, said):
        claims = [said(words) for words in ("Zoë", "opened", "Nobody")]
        before = list(Claim.objects.values("spans", "quote", "statement", "dismissed"))
        merge_claims(actor=editor, versions={claim.pk: 1 for claim in claims})
        undo_change(actor=editor, change_id=Change.objects.get().pk)
        after = list(Claim.objects.values("spans", "quote", "statement", "dismissed"))
        assert after == before

    def test_different_sources_are_refused(self, editor, said):
        claims = [said("Zoë"), said("opened", source=rows.source(), quotation="indirect")]
        before = everything()
        with pytest.raises(NotPossibleError, match="different sources"):
            merge_claims(actor=editor, versions={claim.pk: 1 for claim in claims})
        assert everything() == before

    def test_different_verdicts_are_refused(self, editor, said):
        """A verdict on some of the words is none on all of them, and none is lost in silence."""
        first, second = said("Zoë"), said("opened")
        decide_claim(actor=editor, claim_id=second.pk, version=1, verdict=Verdict.VERIFIED)
        before = everything()
        with pytest.raises(NotPossibleError, match="different verdicts"):
            merge_claims(actor=editor, versions={first.pk: 1, second.pk: 2})
        assert everything() == before

    def test_one_alone_and_claims_of_two_texts_are_refused(self, editor, said, revision):
        claim = said("Zoë")
        newer = rows.claim(rows.revision(editor, article=revision.article, number=2))
        before = everything()
        for versions in ({claim.pk: 1}, {claim.pk: 1, newer.pk: 1}):
            with pytest.raises(NotPossibleError, match="from the same version"):
                merge_claims(actor=editor, versions=versions)
        assert everything() == before


class TestSplitting:
    WORDS = "The cafe\u0301 🌉 opened in May"

    @pytest.mark.parametrize("at", ["opened", " opened", "🌉 opened"])
    def test_the_cut_leaves_no_white_space_at_the_ends(self, editor, said, at):
        claim = said(self.WORDS, source=rows.source(), quotation="indirect", mood=Mood.PROMISED)
        at_place = place(at)[0]
        second = split_claim(actor=editor, claim_id=claim.pk, version=1, at=at_place)
        halves = (in_place(claim), in_place(second))
        kept = self.WORDS.partition(at)
        assert halves == (kept[0].rstrip(), (at + kept[2]).lstrip())
        assert (second.source, second.mood) == (claim.source, Mood.PROMISED)
        assert (second.quotation, second.attribution) == (claim.quotation, claim.attribution)

    def test_both_have_statements_of_their_own(self, editor, said):
        claim = said(self.WORDS, statement="The bridge café opened")
        second = split_claim(actor=editor, claim_id=claim.pk, version=1, at=place("opened")[0])
        claim.refresh_from_db()
        assert (claim.statement, second.statement) == ("The cafe\u0301", "Opened in May")

    def test_the_first_keeps_its_verdict_and_the_second_is_pending(self, editor, said):
        claim = said(self.WORDS)
        decide_claim(actor=editor, claim_id=claim.pk, version=1, verdict=Verdict.VERIFIED)
        second = split_claim(actor=editor, claim_id=claim.pk, version=2, at=place("opened")[0])
        claim.refresh_from_db()
        assert (claim.verdict, second.verdict) == (Verdict.VERIFIED, Verdict.PENDING)

    def test_it_is_one_step_that_one_undo_takes_back(self, editor, said):
        claim = said(self.WORDS)
        second = split_claim(actor=editor, claim_id=claim.pk, version=1, at=place("opened")[0])
        change = Change.objects.get()
        assert change.action == ChangeAction.SPLIT
        assert {row.claim for row in change.claims.all()} == {claim, second}
        undo_change(actor=editor, change_id=change.pk)
        assert in_place(claim) == self.WORDS
        assert claim.statement == self.WORDS
        assert set(Claim.objects.not_dismissed()) == {claim}

    def test_between_two_spans(self, editor, said):
        claim = said("Zoë")
        Claim.objects.filter(pk=claim.pk).update(spans=[place("Zoë"), place("Nobody was hurt")])
        second = split_claim(actor=editor, claim_id=claim.pk, version=1, at=place("opened")[0])
        assert (in_place(claim), in_place(second)) == ("Zoë", "Nobody was hurt")

    def test_within_the_second_span(self, editor, said):
        claim = said("Zoë")
        Claim.objects.filter(pk=claim.pk).update(spans=[place("Zoë"), place("Nobody was hurt")])
        second = split_claim(actor=editor, claim_id=claim.pk, version=1, at=place("was hurt")[0])
        assert (in_place(claim), in_place(second)) == ("Zoë … Nobody", "was hurt")

    @pytest.mark.parametrize(
        "at",
        [
            place(WORDS)[0],
            place(WORDS)[1],
            place("opened in May.")[1],
            place(WORDS)[0] - 5,
            0,
            -1,
            10_000,
        ],
    )
    def test_at_an_end_or_outside_it_is_refused(self, editor, said, at):
        claim = said(self.WORDS)
        before = everything()
        with pytest.raises(NotPossibleError, match="between two words"):
            split_claim(actor=editor, claim_id=claim.pk, version=1, at=at)
        assert everything() == before

    def test_a_side_of_marks_alone_is_refused(self, editor, said):
        claim = said("🌉 opened")
        with pytest.raises(NotPossibleError, match="between two words"):
            split_claim(actor=editor, claim_id=claim.pk, version=1, at=place("opened")[0])
