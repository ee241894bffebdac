"""Forms that say what a claim is to another one: that it repeats it, takes its verdict over, or has nothing to do with it."""

from typing import Any

from django import forms
from django.contrib.auth.models import User

from claims import actions
from claims.models import Claim, ClaimMatch
from claims.web.review.base_form import ClaimActionForm


class _MatchForm(ClaimActionForm):
    """A form about one of the claim's matches."""

    match = forms.ModelChoiceField(ClaimMatch.objects.none(), widget=forms.HiddenInput)

    def __init__(self, *args: Any, claim: Claim, **kwargs: Any) -> None:
        super().__init__(*args, claim=claim, **kwargs)
        self.fields["match"].queryset = ClaimMatch.objects.of_claims([claim.pk])  # type: ignore[attr-defined]

    @property
    def _pair(self) -> dict[str, int]:
        return {**self._place, "match_id": self.cleaned_data["match"].pk}


class TakeOverForm(_MatchForm):
    """The verdict of a claim that says the same, as the editor's own."""

    next = True

    def act(self, actor: User) -> Claim | None:
        """Take it over."""
        actions.take_over_verdict(actor=actor, **self._pair)
        return None


class ConfirmMatchForm(_MatchForm):
    """That the two say the same, or the opposite."""

    def act(self, actor: User) -> Claim | None:
        """Confirm it."""
        actions.confirm_match(actor=actor, **self._pair)
        return None


class DismissMatchForm(_MatchForm):
    """That they do not."""

    def act(self, actor: User) -> Claim | None:
        """Dismiss the match."""
        actions.dismiss_match(actor=actor, **self._pair)
        return None
