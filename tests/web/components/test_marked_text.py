"""The article's text as the review page marks it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.actions import (
    ask_second_check,
    create_claim,
    decide_claim,
    dismiss_claims,
    mark_checkable,
)
from claims.choices import Verdict
from claims.extraction.text.details import uncovered
from claims.models import Claim
from claims.queries.review.rows import QueuedClaim
from claims.web.components.marked_text import paragraphs, unclaimed


def queued(pk: int, spans: list[list[int]], **fields) -> QueuedClaim:
    values = dict.fromkeys(QueuedClaim.__slots__) | {"source_spans": [], "dismissed": False}
    return QueuedClaim(**values | {"pk": pk, "start": spans[0][0], "spans": spans} | fields)


TEXT = "Ada Venn said it costs 40 %.\n\nIt was built in 1931 by Olm Works, they said."


def words(body: str, claims: list[QueuedClaim]) -> list[str]:
    return [body[one.start : one.end] for one in unclaimed(body, claims, "en")]


def test_a_claim_covers_its_words_and_those_for_its_source():
    claim = queued(1, [[14, 27]], source_spans=[[0, 8]], source_name="Ada Venn")
    assert words(TEXT, [claim]) == ["1931", "Olm Works"]
    assert words(TEXT, [queued(1, [[14, 27]])]) == ["Ada Venn", "1931", "Olm Works"]


def test_a_dismissed_claim_covers_its_words_too():
    assert words(TEXT, [queued(1, [[30, 66]], dismissed=True)]) == ["Ada Venn", "40 %"]


def test_details_are_runs_of_their_own():
    details = unclaimed(TEXT, [], "en")
    runs = [run for part in paragraphs(TEXT, [], details) for run in part.runs]
    assert [(run.text, run.unclaimed) for run in runs if run.unclaimed] == [
        ("Ada Venn", "name"),
        ("40 %", "figure"),
        ("1931", "date"),
        ("Olm Works", "name"),
    ]


@given(
    st.text(alphabet="Ab 4%“”.\n🎉", max_size=80),
    st.lists(st.tuples(st.integers(0, 60), st.integers(1, 20)), max_size=5),
)
def test_the_runs_make_up_the_text_and_none_is_both_a_claims_and_unclaimed(body, places):
    spans = [(start, min(start + length, len(body))) for start, length in places]
    claims = [queued(pk, [[s, e]]) for pk, (s, e) in enumerate(spans) if s < e]
    cut = paragraphs(body, claims, uncovered(body, [s for s in spans if s[0] < s[1]]))
    for part in cut:
        whole = "".join(run.text for run in part.runs)
        assert body[part.start : part.start + len(whole)] == whole
    assert "".join(run.text for part in cut for run in part.runs) == body.replace("\n", "")
    assert not any(run.claims and run.unclaimed for part in cut for run in part.runs)


class TestPage:
    @pytest.fixture
    def page(self, client, editor, article):
        client.force_login(editor)

        def page() -> str:
            return client.get(article.get_absolute_url()).content.decode()

        return page

    def test_it_counts_and_marks_what_no_claim_covers(self, page, editor, article, claim):
        before = page().count('class="unclaimed" title=')
        assert before
        loose = unclaimed(article.current_revision().body, [], "en")
        create_claim(
            actor=editor,
            article=article,
            revision_id=claim.revision_id,
            spans=[[loose[0].start, loose[0].end]],
        )
        assert page().count('class="unclaimed" title=') <= before

    @pytest.mark.parametrize("act", ["dismiss", "uncheckable"])
    def test_what_somebody_put_aside_stays_covered(self, page, editor, claim, act):
        before = page().count('class="unclaimed" title=')
        if act == "dismiss":
            dismiss_claims(actor=editor, versions={claim.pk: claim.version})
        else:
            mark_checkable(actor=editor, claim_id=claim.pk, version=claim.version, checkable=False)
        assert page().count('class="unclaimed" title=') == before

    def test_a_verdict_changes_nothing_so_that_a_blind_check_learns_nothing(
        self, page, chief, claim
    ):
        def marked() -> list[str]:
            return [part.split("</span>")[0] for part in page().split('class="unclaimed"')[1:]]

        before = marked()
        decide_claim(
            actor=chief, claim_id=claim.pk, version=1, verdict=Verdict.DISPUTED, reason="Secret"
        )
        ask_second_check(actor=chief, claim_id=claim.pk, version=2, blind=True)
        assert marked() == before
        assert Claim.objects.get(pk=claim.pk).blind
