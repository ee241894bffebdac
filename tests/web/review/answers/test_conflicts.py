"""What a conflict offers to save over the other version, for each form that meets one."""

import re

import pytest
from django.urls import reverse
from django.utils.html import strip_tags

from claims.actions import EvidenceDraft, add_evidence, ask_second_check, decide_claim
from claims.choices import Verdict

NOTICE = EvidenceDraft(title="Notice", url="https://example.org/notice")
BELOW = "In the open form below."
MINE = {"verdict": "disputed", "reason": "Mine"}
LINK = {"evidence-url": "https://example.org/mine"}
OVER = ' name="over" value="4"'
DISPUTED = ' name="verdict" value="disputed" data-label="Disputed"'


@pytest.mark.parametrize(
    ("address", "typed", "told", "form", "sends"),
    [
        ("decide", MINE, "Disputed Mine", "decision", DISPUTED),
        ("add-evidence", LINK, BELOW, "decision", ' formaction=""'),
        ("check", MINE, f"Disputed Mine {BELOW}", "decision", DISPUTED),
        ("check", {**MINE, **LINK}, f"Disputed Mine {BELOW}", "decision", DISPUTED),
        ("reword", {"statement": "Mine"}, BELOW, "action-reword", OVER),
        ("send-back", {"comment": "Mine"}, BELOW, "action-send-back", OVER),
        ("dismiss", {}, BELOW, None, None),
        ("remove-evidence", {}, "", None, None),
    ],
)
def test_it_names_what_was_typed_and_sends_it_again_where_something_was(
    desk, chief, claim, address, typed, told, form, sends
):
    piece = add_evidence(actor=chief, claim_id=claim.pk, version=1, evidence=NOTICE)
    decide_claim(actor=chief, claim_id=claim.pk, version=2, verdict=Verdict.VERIFIED)
    ask_second_check(actor=chief, claim_id=claim.pk, version=3)
    to = {
        "decide": reverse("decide", args=[claim.pk]),
        "add-evidence": reverse("add-evidence", args=[claim.pk]),
        "remove-evidence": reverse("remove-evidence", args=[piece.pk]),
    }
    where = to.get(address) or reverse("change-claim", args=[claim.pk, address])
    answer = desk.post(where, {"version": 1, **typed})
    page = answer.content.decode()
    assert answer.status_code == 409
    yours = page.partition("Your version, not saved</dt>")[2].partition("</dl>")[0]
    assert " ".join(strip_tags(yours.replace("<", " <")).split()) == told
    button = re.search(r'<button[^>]* form="([\w-]+)"([^>]*) data-answer="mine"', page)
    found = button and (button[1], re.sub('(formaction=").*?"', r'\1"', button[2]))
    assert found == (form and (form, sends))
