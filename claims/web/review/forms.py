"""The actions on a claim's panel: each is a form that calls one action.

To add one, write a form, add its line to `CLAIM_ACTION_FORMS`, and place it in the panel's template.
"""

from collections.abc import Sequence
from functools import cached_property

from claims.models import Claim
from claims.queries.accounts import people_of_desk
from claims.web.components.form_fields import AssigneeField
from claims.web.review.base_form import ClaimActionForm
from claims.web.review.edit_forms import (
    CheckableForm,
    DismissForm,
    MergeForm,
    PlaceForm,
    RestoreForm,
    RewordForm,
    SourceForm,
    SpansForm,
    SplitForm,
)
from claims.web.review.match_forms import (
    CiteForm,
    ConfirmMatchForm,
    DismissFactCheckForm,
    DismissMatchForm,
    TakeOverForm,
)
from claims.web.review.teamwork_forms import (
    AskForm,
    AssignForm,
    CheckForm,
    CommentForm,
    ReviewDateForm,
    SendBackForm,
)

CLAIM_ACTION_FORMS: dict[str, type[ClaimActionForm]] = {
    "reword": RewordForm,
    "source": SourceForm,
    "checkable": CheckableForm,
    "dismiss": DismissForm,
    "restore": RestoreForm,
    "spans": SpansForm,
    "merge": MergeForm,
    "split": SplitForm,
    "assign": AssignForm,
    "ask": AskForm,
    "check": CheckForm,
    "send-back": SendBackForm,
    "comment": CommentForm,
    "review-date": ReviewDateForm,
    "place": PlaceForm,
    "take-over": TakeOverForm,
    "confirm-match": ConfirmMatchForm,
    "dismiss-match": DismissMatchForm,
    "cite": CiteForm,
    "dismiss-fact-check": DismissFactCheckForm,
}
"""The actions by their word in the address."""


class ClaimActionForms(dict[str, ClaimActionForm]):
    """A claim's forms by the name of the action, as used in templates; created on demand.

    Args:
        claim: the claim.
        typed: forms to show again with what was typed, by the name of the action.
        people: the ids and names of those whom the forms offer, if they are known; otherwise they are read.
    """

    def __init__(
        self,
        claim: Claim,
        typed: dict[str, ClaimActionForm],
        people: Sequence[tuple[int, str]] | None = None,
    ) -> None:
        super().__init__({word.replace("-", "_"): form for word, form in typed.items()})
        self._claim, self._known = claim, people

    def __missing__(self, word: str) -> ClaimActionForm:
        """Create the form that a template requests."""
        form = CLAIM_ACTION_FORMS[word.replace("_", "-")](claim=self._claim)
        for field in form.fields.values():
            if isinstance(field, AssigneeField):
                field.offer(self._people)
        return self.setdefault(word, form)

    @cached_property
    def _people(self) -> Sequence[tuple[int, str]]:
        """The people of the desk, read once for all forms of a panel."""
        return people_of_desk() if self._known is None else self._known
