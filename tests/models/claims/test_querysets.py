"""The methods of the models' QuerySets."""

import hashlib

import pytest
from django.contrib.auth.models import User
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from claims.choices import ChangeAction, ReviewStatus, Verdict
from claims.models import (
    Alias,
    Article,
    Change,
    Claim,
    Decision,
    Evidence,
    Revision,
    SecondCheck,
    Source,
)
from claims.models.base.expressions import Among
from claims.models.claims.decisions import in_force
from tests.models import rows


class TestReadingOrder:
    @pytest.mark.parametrize("start", [0, 7, 1_234_567])
    def test_start_is_the_first_spans_beginning(self, editor, start):
        spans = [[start, start + 5], [start + 20, start + 30]]
        claim = rows.claim(rows.revision(editor), spans=spans)
        assert Claim.objects.get(start=start) == claim
        claim.refresh_from_db()
        assert claim.start == start

    def test_start_follows_the_spans(self, editor):
        claim = rows.claim(rows.revision(editor), 7)
        Claim.objects.filter(pk=claim.pk).update(spans=[[11, 16]])
        claim.refresh_from_db()
        assert claim.start == 11

    def test_start_counts_as_a_number(self, editor):
        revision = rows.revision(editor)
        late, early = rows.claim(revision, 100), rows.claim(revision, 20)
        assert list(Claim.objects.in_reading_order()) == [early, late]

    def test_claims_that_start_together_keep_their_order(self, editor):
        revision = rows.revision(editor)
        claims = [rows.claim(revision, 3) for _time in range(3)]
        assert list(Claim.objects.in_reading_order()) == claims

    def test_of_article_gives_its_own_claims(self, editor):
        mine = rows.claim(rows.revision(editor))
        rows.claim(rows.revision(editor))
        assert list(Claim.objects.of_article(mine.revision.article)) == [mine]

    def test_pending_decided_and_untouched_part_the_claims(self, editor):
        revision = rows.revision(editor)
        fresh = rows.claim(revision, 0)
        reworded = rows.claim(revision, 1, touched_at=timezone.now())
        verified, disputed = (
            rows.decided(revision, verdict, start)
            for start, verdict in ((2, Verdict.VERIFIED), (3, Verdict.DISPUTED))
        )
        assert list(Claim.objects.pending()) == [fresh, reworded]
        assert list(Claim.objects.decided()) == [verified, disputed]
        assert list(Claim.objects.untouched()) == [fresh]

    def test_standing_and_to_check_leave_out_what_nobody_checks(self, editor):
        revision = rows.revision(editor)
        fresh, opinion = rows.claim(revision, 0), rows.claim(revision, 1, checkable=False)
        for checkable in (True, False):
            rows.claim(revision, 2, dismissed=True, checkable=checkable)
        assert list(Claim.objects.not_dismissed().in_reading_order()) == [fresh, opinion]
        assert list(Claim.objects.active()) == [fresh]


class TestNeighbours(TestCase):
    """`after` and `before` agree with reading order whatever the offsets."""

    @settings(max_examples=15, deadline=None, derandomize=True)
    @given(starts=st.lists(st.integers(0, 5), min_size=1, max_size=7))
    def test_after_and_before_part_the_article_at_each_claim(self, starts):
        revision = rows.revision(User.objects.create_user("edda"))
        for start in starts:
            rows.claim(revision, start)
        order = list(Claim.objects.in_reading_order())
        for place, claim in enumerate(order):
            assert list(Claim.objects.before(claim).in_reading_order()) == order[:place]
            assert list(Claim.objects.after(claim).in_reading_order()) == order[place + 1 :]


def test_listed_at_is_when_it_was_published_or_else_imported(editor):
    now = timezone.now()
    published = rows.article(editor, published_at=now.replace(year=2020))
    undated = rows.article(editor, imported_at=now)
    listed = {each: each.listed_at for each in Article.objects.with_listed_at()}
    assert listed == {published: now.replace(year=2020), undated: now}


def test_the_current_revision_is_the_newest(editor):
    first = rows.revision(editor)
    second = rows.revision(editor, article=first.article, number=2)
    assert first.article.current_revision() == second


def test_a_digest_is_that_of_the_bytes_in_utf8():
    assert Revision.digest_of("Ölm 🌉") == hashlib.sha256("Ölm 🌉".encode()).hexdigest()


class TestCalled:
    @pytest.mark.parametrize(
        ("name", "asked"),
        [
            ("Ada Venn", "Ada Venn"),
            ("Ada Venn", "ADA VENN"),
            ("ADA VENN", "ada venn"),
            ("Élodie Ömür", "ÉLODIE ÖMÜR"),
            ("ŽOFIA ĆIRIĆ", "Žofia Ćirić"),
        ],
    )
    def test_a_name_is_found_in_any_case(self, db, name, asked):
        source = rows.source(name)
        assert list(Source.objects.called(asked)) == [source]

    @pytest.mark.parametrize("asked", ["A. Venn", "a. venn"])
    def test_an_alias_is_found_in_any_case(self, db, asked):
        source = rows.source()
        for alias in ("A. Venn", "Minister Venn"):
            Alias.objects.create(source=source, name=alias)
        assert list(Source.objects.called(asked)) == [source]

    @pytest.mark.parametrize("asked", ["Ada", "Venn", "Ada_Venn", "Ada%", "", "%"])
    def test_no_part_or_pattern_of_a_name_is_its_name(self, db, asked):
        Alias.objects.create(source=rows.source(), name="Minister Venn")
        assert not Source.objects.called(asked)

    def test_a_source_with_two_fitting_aliases_is_found_once(self, db):
        source = rows.source("Venn Ada")
        Alias.objects.create(source=source, name="Venn ada")
        Alias.objects.create(source=source, name="V. A.")
        assert Source.objects.called("venn ada").count() == 1

    def test_known_leaves_out_the_sources_of_one_article(self, editor):
        known = rows.source("officials")
        rows.source("officials", article=rows.article(editor))
        assert list(Source.objects.known().called("Officials")) == [known]


class TestBeginning:
    @pytest.mark.parametrize("words", ["ada", "VENN", "ada v", "mill", "élo"])
    def test_a_word_of_a_name_or_alias_is_enough(self, db, words):
        source = rows.source("Ada Venn")
        for name in ("The Miller", "Élodie Mill"):
            Alias.objects.create(source=source, name=name)
        rows.source("Bo Tarn")
        assert list(Source.objects.beginning(words)) == [source]

    def test_no_middle_of_a_word_is_and_no_merged_source(self, db):
        source = rows.source("Ada Venn")
        rows.source("Ada Vennel", merged_into=source)
        assert not Source.objects.beginning("enn")
        assert list(Source.objects.beginning("venn")) == [source]

    def test_they_are_listed_by_name(self, db):
        second, third, first = (
            rows.source(name, kind=kind)
            for name, kind in (("Bo Venn", "court"), ("Bo Venn", "media"), ("Ada Venn", "court"))
        )
        assert list(Source.objects.beginning("venn")) == [first, second, third]


def test_newest_of_each_claim_gives_the_decisions_in_force(editor):
    revision = rows.revision(editor)
    first, second, undecided = (rows.claim(revision, start) for start in range(3))
    rows.decision(first, editor, version=2)
    only = rows.decision(second, editor, version=2)
    newest = rows.decision(first, editor, version=3)
    assert set(Decision.objects.newest_of_each_claim()) == {newest, only}
    assert list(Decision.objects.newest_first()[:1]) == [newest]
    assert not undecided.decisions.newest_of_each_claim()


class TestClaims:
    def test_to_decide_are_pending_ones_and_those_sent_back(self, editor):
        revision = rows.revision(editor)
        pending = rows.claim(revision, 0)
        sent_back = rows.decided(revision, Verdict.VERIFIED, 5)
        Claim.objects.filter(pk=sent_back.pk).update(review_status=ReviewStatus.SENT_BACK)
        rows.decided(revision, Verdict.DISPUTED, 10)
        assert set(Claim.objects.to_decide()) == {pending, sent_back}

    def test_stale_are_those_whose_copies_are_not_their_articles_and_sources(self, editor):
        source = rows.source(kind="minister")
        claim = rows.claim(rows.revision(editor), source=source)
        rows.claim(rows.revision(editor))
        assert not Claim.objects.with_stale_copies()
        Source.objects.update(kind="court")
        assert list(Claim.objects.with_stale_copies()) == [claim]
        Source.objects.update(kind="minister")
        Article.objects.filter(revisions=claim.revision).update(published_at=timezone.now())
        assert list(Claim.objects.with_stale_copies()) == [claim]


def test_a_verdict_is_the_word_of_whoever_gave_it_whatever_was_undone(editor, chief):
    claim = rows.claim(rows.revision(editor))
    first = rows.decision(claim, editor, version=2)
    second = rows.decision(claim, chief, version=3)
    undo = rows.decision(claim, editor, version=5, undoes=second)
    by_claim = Decision.objects.by_claim([claim.pk, 0])
    assert by_claim == {claim.pk: [first, second, undo], 0: []}
    words = [in_force(by_claim[claim.pk], version=version) for version in range(1, 7)]
    assert words == [None, first, second, second, first, first]
    claim.version = 4
    assert Decision.objects.in_force(claim) == second


class TestSecondChecks:
    def test_they_wait_or_are_answered_unless_they_are_withdrawn(self, editor, chief):
        made = rows.decision(rows.claim(rows.revision(editor)), editor)
        answer = {"answered_at": timezone.now(), "answered_by": chief}
        rows.second_check(made, editor)
        rows.second_check(made, editor, **answer, verdict=Verdict.VERIFIED)
        waiting, same, other = (
            rows.second_check(made, editor, withdrawn_at=None, **fields)
            for fields in (
                {},
                {**answer, "verdict": Verdict.VERIFIED},
                {**answer, "verdict": Verdict.DISPUTED},
            )
        )
        checks = SecondCheck.objects
        assert set(checks.not_withdrawn()) == {waiting, same, other}
        assert set(checks.answered()) == {same, other}
        assert list(checks.waiting()) == [waiting]
        assert list(checks.agreed()) == [same]
        assert checks.waiting_by_claim([made.claim_id]) == {made.claim_id: waiting}
        assert checks.waiting_by_claim([0]) == {}


class TestEvidence:
    @pytest.fixture
    def claim(self, editor) -> Claim:
        return rows.claim(rows.revision(editor))

    def test_it_stands_in_the_order_of_the_editors_and_then_as_it_came(self, editor, claim):
        made = [rows.evidence(claim, editor, position=place) for place in (2, 1, 1)]
        assert list(Evidence.objects.in_order()) == [made[1], made[2], made[0]]
        Evidence.objects.filter(pk=made[1].pk).update(removed_at=timezone.now())
        assert set(Evidence.objects.not_removed()) == {made[0], made[2]}

    def test_alike_are_those_with_the_same_link_and_file(self, editor, claim):
        file = {"file": "f" * 64, "sha256": "f" * 64}
        piece, same = (rows.evidence(claim, editor, **file) for _each in range(2))
        other = rows.evidence(claim, editor)
        elsewhere = rows.evidence(claim, editor, url="https://olm.example.org/", **file)
        assert set(Evidence.objects.identical_to(piece)) == {piece, same}
        assert set(Evidence.objects.of_same_documents([other])) == {piece, same, other}
        assert set(Evidence.objects.of_same_documents([elsewhere])) == {piece, same, elsewhere}
        assert not Evidence.objects.of_same_documents([])

    def test_a_document_that_is_confidential_anywhere_is_withheld_everywhere(self, editor, claim):
        file = {"file": "f" * 64, "sha256": "f" * 64, "url": ""}
        secret_page = rows.evidence(claim, editor, confidential=True, removed_at=timezone.now())
        secret_file = rows.evidence(claim, editor, confidential=True, **file)
        same_page = rows.evidence(claim, editor, url=f"{secret_page.url}?utm_source=feed")
        same_file = rows.evidence(claim, editor, **file)
        rows.evidence(claim, editor, url="https://olm.example.org/")
        rows.evidence(claim, editor, file="g" * 64, sha256="g" * 64, url="")
        withheld = Evidence.objects.with_secrecy().filter(is_withheld=True)
        assert set(withheld) == {secret_page, secret_file, same_page, same_file}


class TestSteps:
    @pytest.fixture
    def claim(self, editor) -> Claim:
        return rows.claim(rows.revision(editor))

    def test_a_second_click_repeats_the_newest_change_of_the_same_versions(self, editor, claim):
        other = rows.claim(claim.revision, 5)
        first = rows.changed(claim, editor, version=2).change
        both = rows.change(claim, editor)
        for one, version in ((claim, 3), (other, 2)):
            rows.changed(one, editor, change=both, version=version)
        again = Change.objects.made_from
        assert again(editor.pk, {claim.pk: 2, other.pk: 1}) == both
        assert again(editor.pk, {claim.pk: 2}) is None
        assert again(editor.pk, {claim.pk: 1}) is None
        assert again(0, {claim.pk: 2, other.pk: 1}) is None
        assert set(Change.objects.of(editor.pk, claim.revision.article)) == {first, both}
        assert not Change.objects.of(0, claim.revision.article)
        assert not Change.objects.of(editor.pk, rows.article(editor))

    def test_only_a_merge_of_groups_is_undone_as_a_whole(self, editor, claim):
        for action, whole in ((ChangeAction.MERGE_GROUPS, True), (ChangeAction.TAG, False)):
            job = rows.bulk_change(editor, action=action)
            change = rows.change(claim, editor, bulk_change=job)
            assert change.group_merge == (job if whole else None)
        assert rows.change(claim, editor).group_merge is None

    def test_undo_goes_back_from_the_newest_and_redo_from_what_was_undone_last(
        self, editor, chief, claim
    ):
        def change(by, *, undoes=None, action=ChangeAction.REWORD) -> Change:
            root = undoes and (undoes.root or undoes)
            return rows.change(claim, by, undoes=undoes, root=root, action=action)

        def steps(by) -> tuple[list[Change], list[Change]]:
            return Change.objects.steps(by.pk, claim.revision.article)

        first, second, theirs = change(editor), change(editor), change(chief)
        for apart in (ChangeAction.NEW_REVISION, ChangeAction.MERGE_SOURCES):
            change(editor, action=apart)
        rows.change(rows.claim(rows.revision(editor)), editor)
        assert steps(editor) == ([second, first], [])
        assert steps(chief) == ([theirs], [])
        undo_second = change(editor, undoes=second)
        undo_first = change(editor, undoes=first)
        assert steps(editor) == ([], [undo_first, undo_second])
        assert steps(chief) == ([theirs], [])
        redo_first = change(editor, undoes=undo_first)
        assert steps(editor) == ([redo_first], [undo_second])
        newest = change(editor)
        assert steps(editor) == ([newest, redo_first], [])
        undone_by_chief = change(chief, undoes=newest)
        assert steps(editor) == ([redo_first], [])
        assert steps(chief) == ([undone_by_chief, theirs], [])

    def test_what_was_undone_last_is_done_again_first_whichever_was_made_first(self, editor, claim):
        made = [rows.change(claim, editor) for _each in range(3)]
        undone = [rows.change(claim, editor, undoes=made[at], root=made[at]) for at in (1, 2, 0)]
        done, again = Change.objects.steps(editor.pk, claim.revision.article)
        assert (done, again) == ([], undone[::-1])


@pytest.mark.parametrize("ids", [[], [1], range(2000)])
def test_a_long_list_of_ids_is_one_value(editor, ids):
    claim = rows.claim(rows.revision(editor))
    wanted = [*ids, claim.pk] if ids else []
    found = Claim.objects.filter(Among("pk", wanted))
    assert list(found) == ([claim] if ids else [])
    assert list(Claim.objects.filter(Among("revision", [claim.revision_id]))) == [claim]
