"""The methods of the models' QuerySets."""

import hashlib

import pytest
from django.contrib.auth.models import User
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from claims.choices import Verdict
from claims.models import Alias, Article, Claim, Decision, Revision, Source
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


def test_newest_of_each_claim_gives_the_decisions_in_force(editor):
    revision = rows.revision(editor)
    first, second, undecided = (rows.claim(revision, start) for start in range(3))
    rows.decision(first, editor, version=2)
    only = rows.decision(second, editor, version=2)
    newest = rows.decision(first, editor, version=3)
    assert set(Decision.objects.newest_of_each_claim()) == {newest, only}
    assert list(Decision.objects.newest_first()[:1]) == [newest]
    assert not undecided.decisions.newest_of_each_claim()
