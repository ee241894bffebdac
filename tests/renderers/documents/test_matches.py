"""Earlier checks, and claims that do not agree, in what readers see."""

import io
from dataclasses import replace

import pytest
from docx import Document

from claims.renderers import FORMATS
from claims.renderers.documents.blocks import Fact
from claims.renderers.documents.page import page
from claims.renderers.public import for_public, of_claim
from claims.renderers.types import Correction
from tests.renderers import reports
from tests.renderers.matches import MAY, hostile, matching


def told(all_facts: tuple[Fact, ...]) -> dict[str, str]:
    """The facts by their labels."""
    return {fact.label: fact.text for fact in all_facts}


class TestPairs:
    def test_two_claims_that_do_not_agree_stand_side_by_side(self):
        first, second = page(matching()).pairs
        assert first.says == "The later claim contradicts the earlier one."
        assert second.says == "The later claim gives a later figure or state."
        earlier, later = first.earlier, first.later
        assert (earlier.label, earlier.number, earlier.anchor) == ("Earlier claim", 1, "claim-51")
        assert (later.label, later.number, later.anchor) == ("Later claim", 2, "claim-52")
        assert (earlier.mark.word, later.mark.word) == ("Verified", "Disputed")
        assert earlier.statement == "The storm of 51 took 51 boats."
        assert told(earlier.facts) == {
            "Source": "Oswin Tarrabel",
            "Role as stated": "the harbour minister of Veldmark",
            "Said in": "2031-05-06 04:30 UTC · The Quillport Lantern",
        }
        assert told(second.later.facts)["Source"] == "Not given"

    def test_each_claim_names_the_others_in_its_own_place(self):
        first, second, third = page(matching()).claims
        assert [(one.number, one.words) for one in first.opponents] == [
            (2, "A later claim that contradicts this one."),
            (3, "A later claim with a later figure or state."),
        ]
        assert [(one.number, one.words) for one in second.opponents] == [
            (1, "An earlier claim that this one contradicts.")
        ]
        assert [one.words for one in third.opponents] == [
            "An earlier claim with an earlier figure or state."
        ]

    def test_a_side_says_what_became_of_its_verdict(self):
        corrected = Correction(52, reports.DISPUTED, reports.VERIFIED, "", MAY, "We erred.", MAY)
        pair = page(matching(corrections=(corrected,))).pairs[0]
        assert [change.after.word for change in pair.later.changes] == ["Verified"]
        assert pair.earlier.changes == ()

    def test_a_claims_own_page_leads_to_the_page_of_the_other(self):
        corrected = Correction(52, reports.DISPUTED, reports.VERIFIED, "", MAY, "We erred.", MAY)
        shown = page(of_claim(for_public(matching(corrections=(corrected,))), 51))
        (claim,) = shown.claims
        assert claim.opponents == ()
        first, second = shown.pairs
        assert (first.earlier.number, first.earlier.page) == (1, "")
        assert first.later.page == "https://proofdesk.example/published/claims/52/"
        assert (first.later.number, first.later.anchor) == (0, "")
        assert [change.after.word for change in first.later.changes] == ["Verified"]
        assert second.later.page == "https://proofdesk.example/published/claims/53/"
        assert len(page(of_claim(for_public(matching()), 53)).pairs) == 1


class TestEarlierChecks:
    def test_the_desk_reads_verdict_time_place_and_who(self):
        first, second = page(matching()).claims[1].checks
        assert (first.mark.word, first.title) == (
            "Disputed",
            "Half of the berths of Quillport are empty.",
        )
        assert first.note == "The verdict on this claim was taken over from this check."
        assert told(first.facts) == {
            "Checked": "2031-03-04 09:15 UTC by Brona Kestle",
            "Reason": "The plan shows a third.",
            "Source": "Edda Lorrimer",
            "Role as stated": "the harbour master",
            "Said in": "2031-03-02 08:00 UTC · The Fennick Post",
            "Public report": "No. 2: Berths in March",
            "Claim ID": "41",
        }
        assert second.note == ""
        assert "Public report" not in told(second.facts)

    def test_the_public_report_is_linked(self):
        linked = {
            fact.href
            for claim in page(matching()).claims
            for check in claim.checks
            for fact in check.facts
        }
        assert linked == {"", "https://proofdesk.example/published/2/41/"}

    def test_evidence_that_was_found_for_another_claim_says_so(self):
        (group,) = page(matching()).claims[1].evidence
        assert [one.title for one in group.documents] == ["Plan of March", "A letter"]
        assert told(group.documents[0].facts)["Found for"] == (
            "An earlier claim that says the same"
        )
        own = replace(matching().report.lines[0], evidence=(reports.evidence(9, reports.FOR),))
        (group,) = page(reports.report(own)).claims[0].evidence
        assert "Found for" not in told(group.documents[0].facts)


def test_a_word_document_says_of_each_check_what_the_page_says():
    file = Document(io.BytesIO(b"".join(FORMATS["docx"].write(matching()))))
    texts = [one.text for one in file.element.body.iter() if one.tag.endswith("}t")]
    whole = "".join(filter(None, texts))
    first, second = page(matching()).claims[1].checks
    assert whole.count(first.note) == 1
    for check in (first, second):
        assert check.title in whole
        assert all(fact.label in whole and fact.text in whole for fact in check.facts)


@pytest.mark.parametrize("key", ["html", "pdf", "docx", "md", "csv", "xlsx", "json", "jsonl"])
def test_hostile_words_of_other_claims_stay_words(key):
    file = b"".join(FORMATS[key].write(hostile()))
    assert b"<script>alert" not in file if key in {"html", "md"} else file
    assert b'href="javascript:' not in file
    assert b"](<javascript:" not in file
