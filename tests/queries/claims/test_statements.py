"""Whose words a claim's statement is: the splitter's, or a person's."""

from claims.choices import AnchorStatus, ChangeAction
from claims.models import Claim
from claims.queries.claims.statements import is_of_earlier_text, proposed_statements
from tests.models import rows


def reworded(claim: Claim, user, before: str, after: str, version: int, **fields) -> None:
    change = rows.change(claim, user, **fields)
    told = {"before": {"statement": before}, "after": {"statement": after}}
    rows.changed(claim, user, change=change, version=version, **told)


def test_the_proposal_is_what_stood_before_the_first_change_of_the_words(editor):
    text = rows.revision(editor)
    untouched, changed, renewed, made = (rows.claim(text, start) for start in range(4))
    rows.changed(untouched, editor)
    reworded(changed, editor, "First", "Second", 2)
    reworded(changed, editor, "Second", "Third", 3)
    reworded(renewed, editor, "First", "Second", 2)
    for version, statement in ((3, "Anew"), (4, "Newest")):
        action = ChangeAction.NEW_REVISION
        reworded(renewed, editor, "Second", statement, version, action=action)
    reworded(renewed, editor, "Newest", "Last", 5)
    change = rows.change(made, editor, action=ChangeAction.CREATE)
    rows.changed(made, editor, change=change, before={}, after={"statement": "Own"})
    assert proposed_statements([untouched, changed, renewed, made]) == {
        untouched.pk: untouched.statement,
        changed.pk: "First",
        renewed.pk: "Newest",
        made.pk: "",
    }


def test_a_statement_that_did_not_change_with_its_text_is_of_the_earlier_one(editor):
    claim = rows.claim(rows.revision(editor), anchor_status=AnchorStatus.CHANGED)
    assert not is_of_earlier_text(claim)
    carried = {"before": {"anchor_status": None}, "after": {"anchor_status": "changed"}}
    rows.changed(claim, editor, **carried)
    assert is_of_earlier_text(claim)
    reworded(claim, editor, "First", "Second", 3)
    assert not is_of_earlier_text(claim)
    rows.changed(claim, editor, version=4, **carried)
    assert is_of_earlier_text(claim)
    claim.anchor_status = None
    assert not is_of_earlier_text(claim)
