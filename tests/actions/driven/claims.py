"""Actions on claims and their evidence."""

from dataclasses import replace
from datetime import date
from typing import Any

from django.db import IntegrityError

from claims.access import Role
from claims.actions import add_evidence, ask_second_check
from claims.choices import Stance, Verdict
from claims.models import Claim, Decision, Evidence, LinkCheck
from tests.actions.driven.driving import (
    DOCUMENT,
    LAST,
    UNSPEAKABLE,
    Driven,
    claim_and_version,
    decided,
    on_claims,
    somebody,
    to_decide,
    versions,
    with_fields,
)


def _to_decide_in_vain(claim: Claim) -> dict[str, Any]:
    """The log holds an entry that leaves no room for the next one."""
    Decision.objects.create(
        claim=claim,
        verdict=Verdict.VERIFIED,
        previous_verdict=Verdict.PENDING,
        actor=somebody(),
        actor_name="Somebody",
        version=2,
    )
    return to_decide(claim)


def _waiting(claim: Claim) -> Claim:
    """The claim after someone asked for a second check."""
    if not decided(claim).second_checks.exists():
        ask_second_check(actor=somebody(), **claim_and_version(claim))
    return claim


def _to_undo(claim: Claim) -> dict[str, Any]:
    return {"change_id": decided(claim).changed.get().change_id}


def _to_make(claim: Claim) -> dict[str, Any]:
    start = claim.spans[0][0]
    return {
        "article": claim.revision.article,
        "revision_id": claim.revision_id,
        "spans": [[start, start + 10]],
    }


def _to_make_in_vain(claim: Claim) -> dict[str, Any]:
    """No attribution is left for the claim."""
    Claim.objects.filter(revision=claim.revision_id).update(attribution=LAST)
    end = len(claim.revision.body)
    return {**_to_make(claim), "spans": [[end - 5, end]]}


def _to_merge(claim: Claim) -> dict[str, Any]:
    other = Claim.objects.filter(revision=claim.revision_id).exclude(pk=claim.pk).first()
    Claim.objects.filter(pk=other.pk).update(source=claim.source)
    return {"versions": {**versions(claim)["versions"], **versions(other)["versions"]}}


def _to_split(claim: Claim) -> dict[str, Any]:
    place = claim.revision.body.index(" ", claim.spans[0][0])
    return {**claim_and_version(claim), "at": place}


def _to_restore(claim: Claim) -> dict[str, Any]:
    Claim.objects.filter(pk=claim.pk).update(dismissed=True)
    return versions(claim)


def _to_assign(claim: Claim) -> dict[str, Any]:
    return {**versions(claim), "to": somebody(), "due_on": date(2026, 4, 17)}


def _to_remove(claim: Claim) -> dict[str, Any]:
    """A document of the claim, with the claim's version."""
    if not claim.evidence.exists():
        add_evidence(actor=somebody(), evidence=DOCUMENT, **claim_and_version(claim))
    version = Claim.objects.get(pk=claim.pk).version
    return {"evidence_id": claim.evidence.get().pk, "version": version}


def _to_capture(claim: Claim) -> dict[str, Any]:
    return {"evidence_id": _to_remove(claim)["evidence_id"]}


def _to_check(claim: Claim) -> dict[str, Any]:
    piece = Evidence.objects.get(pk=_to_remove(claim)["evidence_id"])
    known, _created = LinkCheck.objects.get_or_create(key=piece.address_key, url=piece.url)
    return {"link_check_id": known.pk}


def _to_move(claim: Claim) -> dict[str, Any]:
    """The claim's second document, to the first place."""
    if not claim.evidence.exists():
        for title in ("Register", "Map"):
            document = replace(DOCUMENT, title=title)
            add_evidence(actor=somebody(), evidence=document, **claim_and_version(claim))
    version = Claim.objects.get(pk=claim.pk).version
    return {"evidence_id": claim.evidence.get(title="Map").pk, "version": version, "to": 0}


def _to_attach(claim: Claim) -> dict[str, Any]:
    """A document of another claim."""
    other = Claim.objects.filter(revision=claim.revision_id).exclude(pk=claim.pk)[0]
    piece = other.evidence.first() or add_evidence(
        actor=somebody(), evidence=DOCUMENT, **claim_and_version(other)
    )
    return {**claim_and_version(claim), "evidence_id": piece.pk, "stance": Stance.CONTEXT}


CLAIMS = {
    "decide_claim": on_claims(
        to_decide, breaks=_to_decide_in_vain, failure=IntegrityError, log="Decision"
    ),
    "undo_change": on_claims(_to_undo),
    "reword_claim": on_claims(with_fields(claim_and_version, statement="The bridge is closed")),
    "change_spans": on_claims(with_fields(claim_and_version, spans=[[4, 10]])),
    "change_source": on_claims(with_fields(claim_and_version, source=None, role="the minister")),
    "mark_checkable": on_claims(with_fields(claim_and_version, checkable=False)),
    "dismiss_claims": on_claims(versions),
    "restore_claims": on_claims(_to_restore),
    "create_claim": on_claims(_to_make, breaks=_to_make_in_vain),
    "merge_claims": on_claims(_to_merge),
    "split_claim": on_claims(_to_split),
    "assign_claims": on_claims(_to_assign),
    "ask_second_check": on_claims(lambda claim: claim_and_version(decided(claim))),
    "second_check": on_claims(
        lambda claim: {**claim_and_version(_waiting(claim)), "verdict": Verdict.VERIFIED}
    ),
    "send_back": on_claims(
        lambda claim: {**claim_and_version(decided(claim)), "comment": "Ask the ministry."}
    ),
    "comment": Driven(
        role=Role.EDITOR,
        keywords=lambda claim: {"claim_id": claim.pk, "text": "Is it open?"},
        breaks=lambda claim: {"claim_id": claim.pk, "text": UNSPEAKABLE},
        failure=UnicodeError,
        log="Comment",
        actor_field="author_id",
    ),
    "add_evidence": on_claims(with_fields(claim_and_version, evidence=DOCUMENT)),
    "edit_evidence": on_claims(with_fields(_to_remove, evidence=replace(DOCUMENT, title="Map"))),
    "remove_evidence": on_claims(_to_remove),
    "move_evidence": on_claims(_to_move),
    "attach_evidence": on_claims(_to_attach),
    "capture_evidence": Driven(
        role=Role.EDITOR,
        keywords=_to_capture,
        breaks=lambda claim: {"evidence_id": LAST},
        failure=Evidence.DoesNotExist,
        log="DueCapture",
        actor_field="asked_by_id",
    ),
    "archive_evidence": Driven(
        role=Role.EDITOR,
        keywords=_to_capture,
        breaks=lambda claim: {"evidence_id": LAST},
        failure=Evidence.DoesNotExist,
        log="ArchiveRequest",
        actor_field="asked_by_id",
    ),
    "check_link": Driven(
        role=Role.EDITOR,
        keywords=_to_check,
        breaks=lambda claim: {"link_check_id": LAST},
        failure=LinkCheck.DoesNotExist,
        log="LinkCheck",
        actor_field="asked_by_id",
    ),
}
