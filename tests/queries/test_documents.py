"""The newsroom's documents, as a search finds them."""

from claims.actions import EvidenceDraft, add_evidence, attach_evidence, remove_evidence
from claims.choices import Stance
from claims.queries.documents import documents_found
from tests.conftest import version_of


def test_a_document_counts_for_the_claims_that_still_have_it(editor, claims):
    first, second, third = claims[:3]
    register = EvidenceDraft(title="Register of bridges", url="https://olm.example.org/")
    piece = add_evidence(actor=editor, evidence=register, **version_of(first))
    attach_evidence(actor=editor, evidence_id=piece.pk, stance=Stance.CONTEXT, **version_of(second))
    (found,) = documents_found("register", third)
    assert (found.claims, found.is_here) == (2, False)
    version = version_of(first)["version"]
    remove_evidence(actor=editor, evidence_id=piece.pk, version=version)
    for claim, is_here in ((first, False), (second, True), (third, False)):
        (found,) = documents_found("register", claim)
        assert (found.claims, found.is_here) == (1, is_here)
