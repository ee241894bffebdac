"""Two writers at the same moment, each in a thread with its own connection."""

import itertools
from collections.abc import Callable
from threading import Event

import pytest
from django.contrib.auth.models import User
from django.db import transaction

from claims.actions import (
    COMMAND,
    EvidenceDraft,
    SplitArticle,
    add_evidence,
    assign_claims,
    comment,
    confirm_match,
    create_claim,
    create_source,
    decide_claim,
    dismiss_claims,
    draft_report,
    import_article,
    publish_report,
    receive_articles,
    reword_claim,
    undo_change,
)
from claims.choices import SourceKind, Verdict
from claims.errors import (
    ChangedSinceError,
    LookAgainError,
    NothingToUndoError,
    StaleVersionError,
)
from claims.extraction import extract
from claims.ingest.types import ArticleDraft
from claims.models import Article, Change, Claim, ClaimGroup, Comment, Decision, Evidence, Source
from claims.queries.claims.log_chain import check_log
from claims.queries.reports.editions import edition_of
from tests.actions.at_once import PATIENCE, at_once, wait_until_somebody_waits
from tests.models import match_rows, rows

pytestmark = pytest.mark.usefixtures("shared_database")


@pytest.fixture
def editors() -> list[User]:
    return [User.objects.create_superuser(name) for name in ("edda", "edgar")]


@pytest.fixture
def claim(editors) -> Claim:
    return rows.claim(rows.revision(editors[0]))


@pytest.mark.parametrize("round_", range(5))
def test_of_two_editors_one_decides_and_the_other_is_told(editors, claim, round_):
    def deciding(actor: User) -> Callable[[], Decision]:
        document = EvidenceDraft(title="Register", url="https://register.example.org/")
        return lambda: decide_claim(
            actor=actor,
            claim_id=claim.pk,
            version=1,
            verdict=Verdict.DISPUTED,
            reason=f"{actor.username} knows better.",
            evidence=document,
        )

    outcomes = at_once(*map(deciding, editors))
    assert {type(outcome) for outcome in outcomes} == {Decision, StaleVersionError}
    assert Decision.objects.get() in outcomes
    assert Evidence.objects.get().added_by == Decision.objects.get().actor
    claim.refresh_from_db()
    assert (claim.version, claim.verdict) == (2, Verdict.DISPUTED)


def test_a_double_click_in_two_requests_decides_once(editors, claim):
    def click() -> Decision:
        return decide_claim(
            actor=editors[0], claim_id=claim.pk, version=1, verdict=Verdict.VERIFIED
        )

    first, second = at_once(click, click)
    assert first == second == Decision.objects.get()


def test_evidence_and_verdict_at_once_are_never_mixed(editors, claim):
    document = EvidenceDraft(title="Register", url="https://register.example.org/")
    outcomes = at_once(
        lambda: add_evidence(actor=editors[0], claim_id=claim.pk, version=1, evidence=document),
        lambda: decide_claim(
            actor=editors[1], claim_id=claim.pk, version=1, verdict=Verdict.VERIFIED
        ),
    )
    assert [isinstance(outcome, StaleVersionError) for outcome in outcomes].count(True) == 1
    assert Evidence.objects.count() + Decision.objects.count() == 1


@pytest.fixture
def reworded(editors, claim) -> Change:
    return reword_claim(actor=editors[0], claim_id=claim.pk, version=1, statement="Nine bridges")


def test_a_double_click_in_two_requests_undoes_once(editors, claim, reworded):
    def click() -> Change:
        return undo_change(actor=editors[0], change_id=reworded.pk)

    first, second = at_once(click, click)
    assert first == second == Change.objects.get(undoes=reworded)
    claim.refresh_from_db()
    assert claim.version == 3


def test_of_two_editors_who_undo_one_is_told(editors, claim, reworded):
    outcomes = at_once(
        *(lambda actor=actor: undo_change(actor=actor, change_id=reworded.pk) for actor in editors)
    )
    assert {type(outcome) for outcome in outcomes} == {Change, NothingToUndoError}
    assert Change.objects.get(undoes=reworded) in outcomes


def test_an_undo_never_overwrites_what_came_at_the_same_moment(editors, claim, reworded):
    proposed, asked = reworded.claims.get().before["statement"], {"claim_id": claim.pk}
    undone, reworded_again = at_once(
        lambda: undo_change(actor=editors[0], change_id=reworded.pk),
        lambda: reword_claim(actor=editors[1], version=2, statement="Ten bridges", **asked),
    )
    claim.refresh_from_db()
    told = (type(undone), type(reworded_again), claim.statement)
    assert told in {
        (Change, StaleVersionError, proposed),
        (ChangedSinceError, Change, "Ten bridges"),
    }


def test_bulk_changes_of_the_same_claims_never_wait_for_each_other(editors, claim):
    claims = [claim, *(rows.claim(claim.revision, start) for start in (7, 14, 21))]
    versions = {claim.pk: 1 for claim in claims}
    backwards = dict(reversed(versions.items()))
    outcomes = at_once(
        lambda: dismiss_claims(actor=editors[0], versions=versions),
        lambda: assign_claims(actor=editors[1], versions=backwards, to=editors[0]),
    )
    assert {type(outcome) for outcome in outcomes} == {Change, StaleVersionError}
    assert set(Claim.objects.values_list("version", flat=True)) == {2}
    assert Change.objects.get().claims.count() == len(claims)


def test_a_double_click_in_two_requests_makes_one_claim(editors, claim):
    revision = claim.revision

    def click() -> Claim:
        return create_claim(
            actor=editors[0],
            article=revision.article,
            revision_id=revision.pk,
            spans=[[7, 24]],
        )

    first, second = at_once(click, click)
    assert first == second == Claim.objects.exclude(pk=claim.pk).get()
    assert Change.objects.count() == 1


@pytest.mark.parametrize("round_", range(3))
def test_two_editors_who_confirm_repeats_of_the_same_claim_found_one_group(editors, claim, round_):
    repeats = [rows.claim(rows.revision(editor)) for editor in editors]
    matches = [match_rows.match(claim, repeat) for repeat in repeats]
    outcomes = at_once(
        *(
            lambda actor=actor, match=match: confirm_match(
                actor=actor, claim_id=match.later_id, version=1, match_id=match.pk
            )
            for actor, match in zip(editors, matches, strict=True)
        )
    )
    assert {type(outcome) for outcome in outcomes} == {Change}
    group = ClaimGroup.objects.get()
    assert set(group.claims.all()) == {claim, *repeats}
    assert group.canonical == claim


@pytest.mark.parametrize("round_", range(5))
def test_two_editors_who_join_the_same_two_groups_crosswise_do_not_block_each_other(
    editors, claim, round_
):
    second, third, fourth = (rows.claim(rows.revision(editors[0])) for _claim in range(3))
    for one, other in ((claim, second), (third, fourth)):
        match_rows.group(one, other)
    matches = [match_rows.match(claim, fourth), match_rows.match(third, second)]
    outcomes = at_once(
        *(
            lambda actor=actor, match=match: confirm_match(
                actor=actor, claim_id=match.earlier_id, version=1, match_id=match.pk
            )
            for actor, match in zip(editors, matches, strict=True)
        )
    )
    assert {type(outcome) for outcome in outcomes} <= {Change, StaleVersionError}
    assert Change in {type(outcome) for outcome in outcomes}
    assert len(set(Claim.objects.values_list("group", flat=True))) == 1


def test_two_editors_who_confirm_one_repeat_found_one_group(editors, claim):
    match = match_rows.match(claim, rows.claim(rows.revision(editors[0])))
    outcomes = at_once(
        *(
            lambda actor=actor: confirm_match(
                actor=actor, claim_id=match.later_id, version=1, match_id=match.pk
            )
            for actor in editors
        )
    )
    assert {type(outcome) for outcome in outcomes} == {Change, StaleVersionError}
    assert set(ClaimGroup.objects.get().claims.all()) == {claim, match.later}


def test_a_double_click_in_two_requests_makes_one_comment(editors, claim):
    def click() -> Comment:
        return comment(actor=editors[0], claim_id=claim.pk, text="Is it open?")

    first, second = at_once(click, click)
    assert first == second == Comment.objects.get()


def test_a_report_is_not_published_while_one_of_its_claims_is_being_decided(editors, claim):
    """It would tell the old verdict, and nobody would be asked for a correction."""
    report = draft_report(actor=editors[0], title="Bridges", claims=Claim.objects.all())
    seen = edition_of(actor=editors[0], report=report).digest
    is_decided = Event()

    def decide() -> None:
        with transaction.atomic():
            decide_claim(actor=editors[1], claim_id=claim.pk, version=1, verdict=Verdict.VERIFIED)
            is_decided.set()
            wait_until_somebody_waits()

    def publish() -> None:
        is_decided.wait(PATIENCE)
        publish_report(actor=editors[0], report_id=report.pk, seen=seen)

    _decided, published = at_once(decide, publish)
    assert isinstance(published, LookAgainError)
    report.refresh_from_db()
    assert report.is_draft


def test_two_editors_who_make_the_same_source_share_it(editors):
    outcomes = at_once(
        *(
            lambda actor=actor: create_source(
                actor=actor, name="Bo Tarn", kind=SourceKind.WITNESS, article=None
            )
            for actor in editors
        )
    )
    assert set(outcomes) == {Source.objects.get()}


def test_one_draft_imported_twice_is_one_article(editors):
    draft = ArticleDraft(headline="Rain", body="Rain will fall, Ada Venn said.\n\nIt rained.")
    first, second = at_once(
        *(lambda actor=actor: import_article(actor=actor, draft=draft) for actor in editors)
    )
    assert first.article == second.article == Article.objects.get()
    assert sorted([first.created, second.created]) == [False, True]
    assert Claim.objects.count() == len(extract(draft.body))
    assert Source.objects.count() == 1


@pytest.mark.parametrize("names", [["Ada Venn"], ["Ada Venn", "Bo Tarn"]], ids=len)
def test_two_articles_that_bring_in_the_same_people_share_their_sources(editors, names):
    """The one that comes second waits for the first one's sources, and then takes them.

    It names them the other way round: if each made its sources in the order of its text, both would wait
    for each other.
    """
    body = "\n\n".join(f"Rain will fall, {name} said." for name in reversed(names))
    first_is_made = Event()

    def first() -> set[Source]:
        with transaction.atomic():
            made = {rows.source(names[0])}
            first_is_made.set()
            wait_until_somebody_waits()
            return made | {rows.source(name) for name in names[1:]}

    def second() -> set[Source]:
        first_is_made.wait(PATIENCE)
        draft = ArticleDraft(headline="Rain", body=body)
        article = import_article(actor=editors[0], draft=draft).article
        return set(Source.objects.filter(claims__revision__article=article))

    made, found = at_once(first, second)
    assert made == found == set(Source.objects.all())


def test_two_archives_that_hold_the_same_articles_in_another_order_import_each_once(editors):
    split = [
        SplitArticle(ArticleDraft(headline=f"Rain {number}", body=body), extract(body))
        for number, body in enumerate(
            f"Rain will fall, {name} said.\n\nIt rained, {other} said."
            for name, other in itertools.pairwise(["Ada Venn", "Bo Tarn", "Cora Lind"] * 4)
        )
    ]
    first, second = at_once(
        lambda: receive_articles(actor=editors[0], articles=split, policy=COMMAND),
        lambda: receive_articles(actor=editors[1], articles=split[::-1], policy=COMMAND),
    )
    assert [each.article for each in first] == [each.article for each in reversed(second)]
    assert [one.created for one in first] == [not one.created for one in reversed(second)]
    assert Article.objects.count() == len(split)
    assert Claim.objects.count() == sum(len(one.claims) for one in split)
    assert set(Source.objects.values_list("name", flat=True)) == {
        "Ada Venn",
        "Bo Tarn",
        "Cora Lind",
    }
    assert Source.objects.count() == 3


@pytest.mark.parametrize("round_", range(3))
def test_decisions_of_the_same_moment_stand_in_one_chain(editors, claim, round_):
    """The links of each transaction follow each other, and those of another one follow them."""
    claims = [claim, *(rows.claim(claim.revision, number) for number in range(1, 4))]

    def deciding(claim: Claim) -> Callable[[], Decision]:
        return lambda: decide_claim(
            actor=editors[0], claim_id=claim.pk, version=1, verdict=Verdict.VERIFIED
        )

    outcomes = at_once(*map(deciding, claims))
    assert {type(outcome) for outcome in outcomes} == {Decision}
    found = check_log({}, lambda _done, _total: None)
    assert (found.links, found.fault) == (12, "")
