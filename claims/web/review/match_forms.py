"""Forms that say what a claim is to another one: that it repeats it, takes its verdict over, or has nothing to do with it."""

from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.utils.translation import gettext as _

from claims import actions
from claims.choices import Stance
from claims.models import Claim, ClaimMatch, ExternalMatch
from claims.web.components.form_fields import NumberField
from claims.web.review.base_form import ClaimActionForm


class _MatchForm(ClaimActionForm):
    """A form about one of the claim's matches."""

    match = NumberField(widget=forms.HiddenInput)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_match(self) -> int:
        """Refuse a match of other claims."""
        match: int = self.cleaned_data["match"]
        if not ClaimMatch.objects.of_claims([self.claim.pk]).filter(pk=match).exists():
            raise forms.ValidationError(_("Nothing of the kind is known for this claim."))
        return match

    @property
    def _pair(self) -> dict[str, Any]:
        match, seen = (self.cleaned_data[name] for name in ("match", "seen"))
        return {**self._place, "match_id": match, "seen": seen}


class TakeOverForm(_MatchForm):
    """The verdict of a claim that says the same, as the editor's own."""

    next = True

    decision = NumberField(required=False, widget=forms.HiddenInput)

    def act(self, actor: User) -> Claim | None:
        """Take it over."""
        seen = self.cleaned_data["decision"]
        actions.take_over_verdict(actor=actor, decision_id=seen, **self._pair)
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


class _ExternalForm(ClaimActionForm):
    """A form about another newsroom's fact-check of what the claim says."""

    match = NumberField(widget=forms.HiddenInput)

    def clean_match(self) -> ExternalMatch:
        """Refuse a fact-check of other claims."""
        matches = ExternalMatch.objects.offered().select_related("external")
        found = matches.filter(claim=self.claim, pk=self.cleaned_data["match"]).first()
        if found is None:
            raise forms.ValidationError(_("Nothing of the kind is known for this claim."))
        return found


class CiteForm(_ExternalForm):
    """The fact-check as a document about the claim: it is for the editor to say what it supports."""

    def act(self, actor: User) -> Claim | None:
        """Add it to the evidence."""
        check = self.cleaned_data["match"].external
        document = actions.EvidenceDraft(
            title=check.publisher, url=check.url, stance=Stance.CONTEXT
        )
        place = self._place
        actions.add_evidence(
            actor=actor,
            claim_id=place["claim_id"],
            version=place["version"],
            evidence=document,
        )
        return None


class DismissFactCheckForm(_ExternalForm):
    """That it is about something else."""

    def act(self, actor: User) -> Claim | None:
        """Dismiss it."""
        match = self.cleaned_data["match"]
        actions.dismiss_fact_check(actor=actor, match_id=match.pk, **self._place)
        return None
