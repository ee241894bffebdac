"""What the panel shows of the archive, and what its buttons do."""

import re

import pytest
from django.urls import reverse

from claims.actions import decide_claim, dismiss_match, take_over_verdict, undo_change
from claims.choices import MatchRelation, MatchState, Verdict
from claims.models import Claim, ClaimMatch, Outlet
from tests.actions.matching.conftest import claim_of, earlier, later, match
from tests.conftest import version_of
from tests.models import match_rows, rows

__all__ = ["earlier", "later", "match"]


@pytest.fixture
def panel(desk):
    """The panel of a claim, as the editor sees it."""

    def panel(claim: Claim) -> str:
        page = desk.get(reverse("claim", args=[claim.pk]), headers={"HX-Request": "true"})
        assert page.status_code == 200
        return page.content.decode()

    return panel


@pytest.fixture
def settle(desk):
    """Send one of the buttons beside a match."""

    def settle(claim: Claim, word: str, match: ClaimMatch, *, status: int = 200) -> str:
        answer = desk.post(
            reverse("change-claim", args=[claim.pk, word]),
            {"version": Claim.objects.get(pk=claim.pk).version, "match": match.pk},
            headers={"HX-Request": "true"},
        )
        assert answer.status_code == status, answer.content.decode()
        return answer.content.decode()

    return settle


def _seen(page: str, name: str = "seen-before") -> str:
    """A part of the panel."""
    return page.partition(f'aria-labelledby="{name}"')[2].partition("</section>")[0]


def test_an_earlier_check_tells_who_decided_what_when_on_whose_words_and_why_it_is_alike(
    panel, earlier, later, match
):
    source, outlet = rows.source("Ada Venn"), Outlet.objects.create(name="The Ostrey Courier")
    Claim.objects.filter(pk=earlier.pk).update(source=source, outlet=outlet, role="harbour master")
    ClaimMatch.objects.update(
        why=[["same_words", {"closeness": "1.00"}], ["same_figure", {"figure": "nine"}]]
    )
    seen = _seen(panel(later))
    for told in (
        earlier.statement,
        "Disputed",
        "The Ostrey Courier",
        "1 Mar 2026",
        "Ada Venn",
        "harbour master",
        "Carl",
        "The register names eight.",
        "The same words, or nearly · The same figure: nine",
        "<kbd>T</kbd>",
        "<kbd>F</kbd>",
    ):
        assert told in seen, told


def test_only_the_first_has_keys(panel, editor, earlier, later, match):
    other = claim_of(editor, 2)
    match_rows.match(other, later, score=0.5)
    seen = _seen(panel(later))
    assert seen.count("Not the same") == 2
    assert [seen.count(f"<kbd>{key}</kbd>") for key in "TIF"] == [1, 1, 1]


def test_a_verdict_is_taken_over_the_queue_moves_on_and_it_is_undone(
    desk, panel, settle, editor, earlier, later, match
):
    follower = rows.claim(later.revision, 10, statement="It rained")
    page = settle(later, "take-over", match)
    assert "Took over an earlier verdict" in page
    assert "Disputed" in page.partition('id="notice"')[2].partition("</form>")[0]
    assert f'data-claim="{follower.pk}"' in page
    later.refresh_from_db()
    assert (later.verdict, later.decisions.get().origin) == (
        Verdict.DISPUTED,
        earlier.decisions.get(),
    )
    taken = panel(later)
    assert "taken over" in _seen(taken)
    assert "Take over" not in _seen(taken)
    desk.post(reverse("undo", args=[later.changed.get().change_id]))
    later.refresh_from_db()
    assert (later.verdict, ClaimMatch.objects.get().state) == ("pending", MatchState.PROPOSED)


def test_a_claim_that_took_a_verdict_over_tells_where_it_is_from_and_shows_its_evidence(
    panel, editor, earlier, later, match
):
    take_over_verdict(actor=editor, match_id=match.pk, **version_of(later))
    page = panel(later)
    origin = page.partition('class="origin')[2].partition("</p>")[0]
    for told in (earlier.statement, "Carl", "1 Mar 2026"):
        assert told in origin
    evidence = page.partition('class="evidence"')[2].partition("</ul>")[0]
    assert "Bridge register" in evidence
    assert "Change or remove" not in evidence
    undo_change(actor=editor, change_id=later.changed.get().change_id)
    assert 'class="origin' not in panel(later)


def test_a_repeat_is_confirmed_and_the_group_is_linked(panel, settle, earlier, later, match):
    page = settle(later, "confirm-match", match)
    assert f'data-claim="{later.pk}"' in page
    assert "Confirmed a match" in page
    later.refresh_from_db()
    assert reverse("claim-group", args=[later.group_id]) in _seen(page)
    assert "1 repeat<" in _seen(page)
    assert "The same <kbd>" not in _seen(page)


def test_what_is_not_the_same_is_gone_and_stays_away(panel, settle, later, match):
    page = settle(later, "dismiss-match", match)
    assert not _seen(page)
    assert "Dismissed a match" in page
    assert not _seen(panel(later))


@pytest.mark.parametrize(
    ("relation", "seen_from", "name", "heading"),
    [
        (MatchRelation.CONTRADICTS, "later", "contradicted", "Contradicted"),
        (MatchRelation.CONTRADICTS, "earlier", "contradicted", "Contradicted"),
        (MatchRelation.SUPERSEDES, "later", "supersedes", "Replaces an earlier figure"),
        (MatchRelation.SUPERSEDES, "earlier", "superseded", "A later figure or state is known"),
    ],
)
def test_what_says_otherwise_stands_side_by_side(
    panel, settle, earlier, later, relation, seen_from, name, heading
):
    Claim.objects.filter(pk=earlier.pk).update(source=rows.source("Ada Venn"), role="minister")
    Claim.objects.filter(pk=later.pk).update(source=rows.source("Bo Tarn"), role="mayor")
    why = [["other_figure", {"earlier": "nine", "later": "ten", "counted": "bridges"}]]
    match = match_rows.match(earlier, later, relation=relation, why=why)
    claim = {"earlier": earlier, "later": later}[seen_from]
    part = _seen(panel(claim), name)
    for told in (
        heading,
        "Ada Venn",
        "minister",
        "Bo Tarn",
        "mayor",
        "1 Mar 2026",
        "1 Apr 2026",
        "Disputed",
        "Proposed",
        "Another figure for the same thing: nine and ten bridges",
        "<kbd>G</kbd>",
    ):
        assert told in part, told
    assert not _seen(settle(claim, "dismiss-match", match), name)


def test_a_match_of_another_claim_is_refused(settle, editor, earlier, match):
    third = claim_of(editor, 5)
    assert "Nothing of the kind is known" in settle(third, "dismiss-match", match, status=400)
    assert ClaimMatch.objects.get().state == MatchState.PROPOSED


def test_what_a_colleague_has_dismissed_meanwhile_is_not_confirmed_from_an_old_tab(
    desk, panel, chief, earlier, later, match
):
    page = panel(later)
    told = {
        name: re.search(rf'name="{name}" value="([^"]*)"', _seen(page))[1]
        for name in ("version", "match", "seen", "decision")
    }
    dismiss_match(actor=chief, match_id=match.pk, **version_of(earlier))
    for word in ("confirm-match", "take-over"):
        answer = desk.post(
            reverse("change-claim", args=[later.pk, word]), told, headers={"HX-Request": "true"}
        )
        assert answer.status_code == 409
        assert "has changed in the meantime" in answer.content.decode()
        assert not _seen(answer.content.decode())
    later.refresh_from_db()
    assert later.verdict == Verdict.PENDING


def test_who_may_only_read_sees_no_buttons(client, reader, later, match):
    client.force_login(reader)
    page = client.get(reverse("claim", args=[later.pk]), headers={"HX-Request": "true"})
    seen = _seen(page.content.decode())
    assert "Disputed" in seen
    assert "<form" not in seen


def test_a_claim_that_was_changed_meanwhile_shows_both_sides(settle, desk, chief, later, match):
    decide_claim(actor=chief, verdict=Verdict.VERIFIED, reason="Theirs", **version_of(later))
    answer = desk.post(
        reverse("change-claim", args=[later.pk, "take-over"]), {"version": 1, "match": match.pk}
    )
    assert answer.status_code == 409
    assert "Theirs" in answer.content.decode()
    later.refresh_from_db()
    assert later.verdict == Verdict.VERIFIED
