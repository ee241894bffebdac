"""New versions of an article: claims that are gone, and who may take over what."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from claims.actions import (
    add_revision,
    decide_claim,
    import_article,
    place_claim,
    undo_change,
    withdraw_claim,
)
from claims.anchoring import Outcome
from claims.choices import AnchorStatus, Verdict
from claims.errors import (
    InvalidValueError,
    LookAgainError,
    NotAllowedError,
    NotPossibleError,
    StaleVersionError,
)
from claims.models import Claim
from claims.queries.articles.revisions import plan_revision
from tests.actions.articles.revisions import (
    BOATS,
    BUILT,
    CRACKS,
    claim_of,
    decided,
    draft,
    everything_of,
    planned,
    take,
)
from tests.conftest import BODY, proposed


class TestGone:
    def test_it_is_kept_as_withdrawn(self, editor, article):
        claim = decided(editor, claim_of(article, BOATS))
        before = everything_of(claim)
        body = "\n\n".join(part for part in BODY.split("\n\n") if "boats" not in part)
        take(editor, article, body)
        claim.refresh_from_db()
        assert everything_of(claim) == before
        assert (claim.anchor_status, claim.dismissed, claim.revision.number) == (
            AnchorStatus.WITHDRAWN,
            True,
            1,
        )
        assert claim not in Claim.objects.active()

    def test_everything_else_in_its_place_withdraws_all(self, editor, article):
        old = set(Claim.objects.values_list("pk", flat=True))
        take(
            editor, article, "Snow fell on the hills of Velmora all night, and schools stayed shut."
        )
        assert set(Claim.objects.filter(pk__in=old).values_list("anchor_status", flat=True)) == {
            "withdrawn"
        }

    def test_in_two_places_alike_it_is_an_orphan_and_somebody_places_it(self, editor, article):
        claim = decided(editor, claim_of(article, BUILT))
        body = f"{BUILT}.\n\n{BODY}"
        take(editor, article, body)
        claim.refresh_from_db()
        assert (claim.anchor_status, claim.dismissed, claim.verdict) == (
            AnchorStatus.ORPHAN,
            True,
            Verdict.VERIFIED,
        )
        at = body.rindex(BUILT)
        place_claim(
            actor=editor,
            claim_id=claim.pk,
            version=claim.version,
            spans=[[at, at + len(claim.quote)]],
        )
        claim.refresh_from_db()
        assert (claim.anchor_status, claim.dismissed, claim.verdict) == (
            None,
            False,
            Verdict.VERIFIED,
        )
        assert (claim.revision, claim.start) == (article.current_revision(), at)

    def test_an_orphan_can_be_withdrawn_and_that_undone(self, editor, article):
        claim = claim_of(article, BUILT)
        take(editor, article, f"{BUILT}.\n\n{BODY}")
        claim.refresh_from_db()
        change = withdraw_claim(actor=editor, claim_id=claim.pk, version=claim.version)
        claim.refresh_from_db()
        assert claim.anchor_status == AnchorStatus.WITHDRAWN
        undo_change(actor=editor, change_id=change.pk)
        claim.refresh_from_db()
        assert claim.anchor_status == AnchorStatus.ORPHAN

    @pytest.mark.parametrize("spans", [[[0, 10_000]], [[5, 5]], []])
    def test_a_place_outside_the_text_is_refused(self, editor, article, spans):
        claim = claim_of(article, BUILT)
        take(editor, article, f"{BUILT}.\n\n{BODY}")
        claim.refresh_from_db()
        with pytest.raises(InvalidValueError):
            place_claim(actor=editor, claim_id=claim.pk, version=claim.version, spans=spans)


class TestTaking:
    def test_nothing_is_changed_by_looking(self, editor, article):
        before = list(Claim.objects.values())
        planned(article, draft(article, f"{BODY}\n\nMore."))
        assert list(Claim.objects.values()) == before
        assert article.revisions.count() == 1

    def test_a_second_click_changes_nothing(self, editor, article):
        new = draft(article, f"{BODY}\n\nA ferry sails instead.")
        seen = planned(article, new).seen
        for _click in range(2):
            add_revision(actor=editor, article=article, draft=new, seen=seen)
        assert article.revisions.count() == 2

    def test_what_somebody_decided_since_the_look_is_not_run_over(self, editor, article):
        new = draft(article, BODY.replace("two pillars", "three pillars"))
        seen = planned(article, new).seen
        claim = decided(editor, claim_of(article, CRACKS))
        with pytest.raises(LookAgainError):
            add_revision(actor=editor, article=article, draft=new, seen=seen)
        claim.refresh_from_db()
        assert (claim.verdict, article.revisions.count()) == (Verdict.VERIFIED, 1)

    def test_somebody_who_has_the_old_text_open_is_told(self, editor, article):
        claim = claim_of(article, CRACKS)
        take(editor, article, f"{BODY}\n\nA ferry sails instead.")
        with pytest.raises(StaleVersionError):
            decide_claim(
                actor=editor, claim_id=claim.pk, version=claim.version, verdict=Verdict.VERIFIED
            )

    def test_the_same_text_is_no_update(self, article):
        assert planned(article, draft(article, BODY)) is None

    def test_the_same_text_under_another_headline_changes_the_headline_alone(self, editor, article):
        claim = decided(editor, claim_of(article, CRACKS))
        before = list(Claim.objects.of_article(article).order_by("pk").values())
        new = draft(article, BODY, headline="Bridge to reopen in May")
        found = planned(article, new)
        assert {one.state for one in found.matching.found} == {Outcome.KEPT}
        assert found.matching.new == ()
        add_revision(actor=editor, article=article, draft=new, seen=found.seen)
        article.refresh_from_db()
        claim.refresh_from_db()
        assert article.headline == "Bridge to reopen in May"
        assert article.history.first().history_user == editor
        assert (claim.verdict, article.revisions.count()) == (Verdict.VERIFIED, 1)
        assert list(Claim.objects.of_article(article).order_by("pk").values()) == before

    def test_its_byline_and_embargo_are_taken_over_where_it_has_them(self, editor, article):
        until = datetime(2126, 1, 29, tzinfo=UTC)
        claims = proposed(BODY)
        for headline, fields, kept in (
            ("One", {"byline": "Ada Marr", "embargoed_until": until}, ("Ada Marr", until)),
            ("Two", {}, ("Ada Marr", until)),
            ("Three", {"byline": "Bo Marr"}, ("Bo Marr", until)),
        ):
            new = replace(draft(article, BODY, headline=headline), **fields)
            seen = plan_revision(article.current_revision(), new, claims).seen
            add_revision(actor=editor, article=article, draft=new, seen=seen, claims=claims)
            article.refresh_from_db()
            assert (article.headline, article.byline, article.embargoed_until) == (headline, *kept)

    def test_the_text_of_another_article_is_not_taken(self, editor, article):
        other = import_article(actor=editor, draft=draft(article, "It rained.")).article
        with pytest.raises(NotPossibleError, match="another article"):
            take(editor, article, "It rained.")
        assert other.revisions.count() == article.revisions.count() == 1

    def test_it_cannot_be_undone_but_the_old_text_can_come_back(self, editor, article):
        claim = decided(editor, claim_of(article, CRACKS))
        take(editor, article, BODY.replace("two pillars", "three pillars"))
        carried = claim.changed.filter(change__action="new-revision").get()
        with pytest.raises(NotPossibleError, match="add the old text as a new version"):
            undo_change(actor=editor, change_id=carried.change_id)
        take(editor, article, BODY)
        claim.refresh_from_db()
        assert "two pillars" in claim.quote
        assert claim.anchor_status == AnchorStatus.CHANGED

    def test_a_reader_may_not(self, reader, editor, article):
        with pytest.raises(NotAllowedError):
            take(reader, article, f"{BODY}\n\nMore.")

    def test_the_preview_says_what_becomes_of_each(self, article):
        new = draft(article, BODY.replace("two pillars", "three pillars") + "\n\nA ferry sails.")
        plan = planned(article, new)
        states = {plan.claims[one.id].quote: one.state for one in plan.matching.found}
        changed = [quote for quote, state in states.items() if state != Outcome.KEPT]
        assert len(changed) == 1
        assert CRACKS in changed[0]
        assert [plan.proposed[place].statement for place in plan.matching.new] == ["A ferry sails"]
