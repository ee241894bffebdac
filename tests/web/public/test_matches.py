"""What everyone reads of claims that say the same, or the opposite: on which page, linked where, and what must not show."""

import re

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from claims.actions import (
    EvidenceDraft,
    add_evidence,
    ask_second_check,
    comment,
    confirm_match,
    decide_claim,
    dismiss_match,
    draft_report,
    publish_report,
    set_public,
    take_over_verdict,
)
from claims.choices import MatchRelation, Verdict
from claims.models import Claim, Report
from claims.queries.reports.editions import edition_of
from tests.actions.matching.conftest import claim_of
from tests.conftest import version_of
from tests.models import match_rows, rows
from tests.web.public.pages import addresses, read, shown

SECRETS = {
    "who decided": "Quillon the first checker",
    "an earlier check in no public report": "zq words of a claim on the desk only",
    "its source": "Zq Source",
    "its reason": "zq reason of the desk",
    "its document": "zq document of the desk",
    "a confidential document that was taken over": "zq letter in confidence",
    "a comment": "zq comment",
    "a dismissed repeat": "zq dismissed repeat",
    "a proposed contradiction": "zq proposed contradiction",
    "a dismissed contradiction": "zq dismissed contradiction",
    "a repeat under a blind check": "zq blind repeat",
    "the reason under the blind check": "zq blind reason",
}
"""What is known of other claims on the desk, and not for the public."""


def _decided(actor, claim, reason, verdict=Verdict.DISPUTED) -> Claim:
    decide_claim(actor=actor, verdict=verdict, reason=reason, **version_of(claim))
    return claim


def _confirmed(actor, match) -> None:
    later = Claim.objects.get(pk=match.later_id)
    confirm_match(actor=actor, match_id=match.pk, **version_of(later))


def _published(actor, title, *claims) -> Report:
    chosen = Claim.objects.filter(pk__in=[claim.pk for claim in claims])
    made = draft_report(actor=actor, title=title, claims=chosen)
    publish_report(actor=actor, report_id=made.pk, seen=edition_of(actor=actor, report=made).digest)
    return set_public(actor=actor, report_id=made.pk, public=True)


@pytest.fixture
def first(editor, chief) -> Claim:
    """A claim of March that is in a public report, with a document for everyone and one in confidence."""
    User.objects.filter(pk=editor.pk).update(first_name=SECRETS["who decided"])
    editor.refresh_from_db()
    claim = claim_of(editor, 3)
    for title, confidential in (
        ("Bridge register", False),
        (SECRETS["a confidential document that was taken over"], True),
    ):
        document = EvidenceDraft(
            title=title, url=f"https://example.org/{confidential}", confidential=confidential
        )
        add_evidence(actor=editor, evidence=document, **version_of(claim))
    return _decided(editor, claim, "The register names eight.")


@pytest.fixture
def in_march(chief, first) -> Report:
    return _published(chief, "Bridges in March", first)


@pytest.fixture
def report(editor, chief, first, in_march) -> Report:
    """A public report: a verdict that was taken over, what contradicts it, and everything else around it on the desk."""
    claim = claim_of(editor, 5)
    take_over_verdict(actor=editor, match_id=match_rows.match(first, claim).pk, **version_of(claim))
    against = claim_of(editor, 6, "Ostrey has eight bridges")
    _confirmed(editor, match_rows.match(claim, against, relation=MatchRelation.CONTRADICTS))
    _around(editor, chief, claim)
    return _published(chief, "Bridges in May", claim, against)


def _around(editor, chief, claim) -> None:
    unpublished = claim_of(editor, 2, SECRETS["an earlier check in no public report"])
    Claim.objects.filter(pk=unpublished.pk).update(source=rows.source(SECRETS["its source"]))
    add_evidence(
        actor=editor,
        evidence=EvidenceDraft(title=SECRETS["its document"], url="https://example.org/"),
        **version_of(unpublished),
    )
    _decided(chief, unpublished, SECRETS["its reason"])
    comment(actor=editor, claim_id=unpublished.pk, text=SECRETS["a comment"])
    _confirmed(editor, match_rows.match(unpublished, claim))
    blind = claim_of(editor, 1, SECRETS["a repeat under a blind check"])
    _decided(editor, blind, SECRETS["the reason under the blind check"])
    _confirmed(editor, match_rows.match(blind, claim))
    ask_second_check(actor=editor, blind=True, **version_of(blind))
    repeat = _decided(editor, claim_of(editor, 1, SECRETS["a dismissed repeat"]), "Seen.")
    proposed = claim_of(editor, 1, SECRETS["a proposed contradiction"])
    opposite = claim_of(editor, 1, SECRETS["a dismissed contradiction"])
    dismissed = [
        match_rows.match(repeat, claim),
        match_rows.match(opposite, claim, relation=MatchRelation.CONTRADICTS),
    ]
    for match in dismissed:
        dismiss_match(actor=editor, match_id=match.pk, **version_of(claim))
    match_rows.match(proposed, claim, relation=MatchRelation.CONTRADICTS)


def test_what_only_the_desk_knows_of_other_claims_shows_nowhere(everybody, report):
    assert shown(SECRETS, everybody, addresses(report)) == []


def test_the_desk_reads_it_in_its_own_edition(chief, report):
    known = edition_of(actor=chief, report=report)
    told = known.canonical.decode()
    for what in (
        "who decided",
        "an earlier check in no public report",
        "its reason",
        "a confidential document that was taken over",
    ):
        assert SECRETS[what] in told, what
    for what in ("a dismissed repeat", "a proposed contradiction", "a repeat under a blind check"):
        assert SECRETS[what] not in told, what


def test_pages_and_files_show_the_public_check_and_lead_to_it(everybody, report, in_march, first):
    there = f"https://desk.example.org{reverse('public-claim', args=[first.pk])}"
    claim = report.claims.order_by("claim").first().claim_id
    page = read(everybody, reverse("public-claim", args=[claim]))
    assert "The verdict on this claim was taken over from this check." in page
    link = re.search(rf'<a href="{there}"[^>]*>([^<]*)</a>', page)
    assert link[1] == f"No. {in_march.pk}: Bridges in March"
    for text in (page, read(everybody, reverse("public-report", args=[report.pk]))):
        assert "Bridge register" in text
    pdf = read(everybody, reverse("public-report-file", args=[report.pk, "pdf"]))
    assert "was taken over from this check" in pdf


def test_pages_show_both_sides_of_a_contradiction_and_lead_to_the_other(everybody, report):
    claim, against = report.claims.order_by("claim").values_list("claim", flat=True)
    whole = read(everybody, reverse("public-report", args=[report.pk]))
    assert "The later claim contradicts the earlier one." in whole
    pairs = whole.partition('id="pairs"')[2]
    assert f'href="#claim-{against}"' in pairs
    assert f'id="claim-{against}"' in whole
    for one, other in ((claim, against), (against, claim)):
        page = read(everybody, reverse("public-claim", args=[one]))
        assert "Ostrey has nine bridges" in page
        assert "Ostrey has eight bridges" in page
        place = reverse("public-claim", args=[other])
        assert f'href="https://desk.example.org{place}"' in page


def test_once_the_other_report_is_taken_off_nothing_leads_there(everybody, chief, report, in_march):
    set_public(actor=chief, report_id=in_march.pk, public=False, notice="It was wrong.")
    for address in addresses(report):
        page = read(everybody, address)
        assert "Bridges in March" not in page
        if address not in {reverse("public-feed"), reverse("public-json-feed")}:
            # The feeds say that it was withdrawn.
            assert f"/published/{in_march.pk}/" not in page
