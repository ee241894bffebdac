"""Editing claims: what each edit changes, what is logged, and what is refused."""

from functools import partial

import pytest

from claims.actions import (
    change_source,
    change_spans,
    create_claim,
    create_source,
    decide_claim,
    dismiss_claims,
    mark_checkable,
    merge_claims,
    restore_claims,
    reword_claim,
    split_claim,
    undo_change,
)
from claims.anchoring.words import exact_words
from claims.choices import ChangeAction, Mood, Quotation, SourceKind, Verdict
from claims.errors import InvalidValueError, NotPossibleError
from claims.models import Article, Change, Claim, Revision, Source
from tests.actions.database import everything
from tests.models import rows

ARABIC = "قال الوزير إن الجسر مغلق"
BODY = f"Zoë 👩‍🚒 said: “{ARABIC}.”\r\n\r\nThe cafe\u0301 🌉 opened in May. Nobody was hurt."
"""Emoji of several characters, combining accents, words from right to left, and odd line ends."""


def place(words: str, body: str = BODY) -> list[int]:
    """Where words stand in a text."""
    start = body.index(words)
    return [start, start + len(words)]


@pytest.fixture
def revision(editor) -> Revision:
    return rows.revision(editor, body=BODY)


@pytest.fixture
def said(revision) -> Claim:
    """A claim of given words, as the splitter would propose it."""

    def said(words: str, **fields) -> Claim:
        fields = {"statement": words, "quotation": Quotation.NARRATION} | fields
        return rows.claim(revision, spans=[place(words)], quote=words, **fields)

    return said


def step(claim: Claim):
    """The newest change of a claim: its action, and the fields before and after."""
    row = claim.changed.select_related("change").latest("pk")
    claim.refresh_from_db()
    assert row.version == claim.version
    return row.change.action, row.before, row.after


def in_place(claim: Claim) -> str:
    """The claim's words as its spans cut them out of the text. Its other words about its place agree."""
    claim.refresh_from_db()
    body = claim.revision.body
    words = exact_words(body, claim.spans)
    first, last = claim.spans[0][0], claim.spans[-1][1]
    assert claim.quote == words
    assert claim.start == first
    assert body[:first].endswith(claim.prefix)
    assert body[last:].startswith(claim.suffix)
    assert (len(claim.prefix), len(claim.suffix)) == (min(48, first), min(48, len(body) - last))
    return words


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
        claim = Claim.objects.of_article(article).get(statement="Nobody was hurt")
        assert claim.quote == "“Nobody was hurt.”"
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
        before = everything()
        with pytest.raises(InvalidValueError, match="is too long"):
            change_source(
                actor=editor, claim_id=claim.pk, version=1, source=source, **{field: "x" * 501}
            )
        assert everything() == before


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

    def test_words_inside_anothers_statement_are_of_the_same_statement(self, make, said):
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
        claim = make(spans=[place("Nobody was hurt")])
        shared = ("source", "quotation", "mood", "attribution", "role", "told_to", "mention")
        for field in (*shared, "cue_spans"):
            assert getattr(claim, field) == getattr(outer, field)

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
        assert (claim.statement, second.statement) == ("The cafe\u0301 🌉", "Opened in May")

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


def test_every_edit_moves_the_article_up_in_the_list_of_changes(editor, claim):
    before = Article.objects.get().changed_at
    reword_claim(actor=editor, claim_id=claim.pk, version=1, statement="The bridge is closed")
    assert Article.objects.get().changed_at > before
