"""What an editor can do to a claim from its panel: one form each, which calls one action.

A new deed is a form here, its line in `DEEDS`, and its place in the panel's template.
"""

from claims.models import Claim
from claims.web.review.base_form import DeedForm
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
from claims.web.review.teamwork_forms import (
    AskForm,
    AssignForm,
    CheckForm,
    CommentForm,
    SendBackForm,
)

DEEDS: dict[str, type[DeedForm]] = {
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
    "place": PlaceForm,
}
"""The deeds by their word in the address."""


class DeedForms(dict[str, DeedForm]):
    """A claim's forms by the word of the deed, as templates write it; made when one is asked for.

    Args:
        claim: the claim.
        typed: forms that come back with what was typed, by the word of the deed.
    """

    def __init__(self, claim: Claim, typed: dict[str, DeedForm]) -> None:
        super().__init__({word.replace("-", "_"): form for word, form in typed.items()})
        self._claim = claim

    def __missing__(self, word: str) -> DeedForm:
        """Make the form that a template asks for."""
        return self.setdefault(word, DEEDS[word.replace("_", "-")](claim=self._claim))
