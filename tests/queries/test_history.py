"""The newest entries of a claim's history."""

from claims.actions import reword_claim
from claims.queries.history import of_claim


def test_only_what_is_not_shown_is_older(editor, claim):
    for version in (1, 2):
        reword_claim(
            actor=editor, claim_id=claim.pk, version=version, statement=f"Shut until {version} May"
        )
    for newest, shown, older in ((1, 1, True), (2, 2, False), (3, 2, False)):
        history = of_claim(claim, newest)
        assert (len(history.entries), history.older) == (shown, older)
        assert history.proposed == claim.statement
