"""Forms for working together on a claim."""

from datetime import date
from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.core.validators import MaxValueValidator, MinValueValidator
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from claims import actions
from claims.choices import Verdict
from claims.models import Claim
from claims.web.components.form_fields import AssigneeField, NumberField
from claims.web.review.base_form import ClaimActionForm


def _note(help_text: Any) -> forms.CharField:
    return forms.CharField(
        label=_("Note"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 1, "dir": "auto"}),
        help_text=help_text,
    )


class AssignForm(ClaimActionForm):
    """The person that a claim is assigned to, and by when."""

    to = AssigneeField(label=_("Assigned to"), required=False, empty_label=_("Nobody"))
    due_on = forms.DateField(
        label=_("Due"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        validators=[MinValueValidator(date(2000, 1, 1)), MaxValueValidator(date(9000, 1, 1))],
    )
    note = _note(_("The person the claim is assigned to will see it."))

    def __init__(self, *args: Any, claim: Claim, **kwargs: Any) -> None:
        initial = {"to": claim.assigned_to_id, "due_on": claim.due_on}
        super().__init__(*args, claim=claim, initial=initial, **kwargs)

    def act(self, actor: User) -> Claim | None:
        """Assign it."""
        actions.assign_claims(
            actor=actor,
            versions=self._versions,
            to=self.cleaned_data["to"],
            due_on=self.cleaned_data["due_on"],
            note=self.cleaned_data["note"],
        )
        return None


class AskForm(ClaimActionForm):
    """A request for a second check by someone else."""

    of = AssigneeField(
        label=_("Second check by"),
        required=False,
        empty_label=_("Anyone"),
        help_text=_("It comes first in this person's queue. Others may do it, too."),
    )
    note = _note(
        _(
            "The second checker will see it, even before a blind check, so do not give your verdict away."
        )
    )
    blind = forms.BooleanField(
        label=_("Blind"),
        required=False,
        help_text=_("The second checker does not see your verdict or reason."),
    )

    def act(self, actor: User) -> Claim | None:
        """Request it."""
        actions.ask_second_check(
            actor=actor,
            blind=self.cleaned_data["blind"],
            of=self.cleaned_data["of"],
            note=self.cleaned_data["note"],
            **self._place,
        )
        return None


class CheckForm(ClaimActionForm):
    """The second check itself."""

    next = True

    verdict = forms.TypedChoiceField(choices=Verdict.choices, coerce=Verdict)
    reason = forms.CharField(required=False, max_length=10_000)

    def act(self, actor: User) -> Claim | None:
        """Check it."""
        actions.second_check(
            actor=actor,
            verdict=self.cleaned_data["verdict"],
            reason=self.cleaned_data["reason"],
            **self._place,
        )
        return None


class SendBackForm(ClaimActionForm):
    """Sending a claim back to the person who decided it."""

    comment = forms.CharField(
        label=_("What needs to be done"),
        required=False,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )

    def act(self, actor: User) -> Claim | None:
        """Send it back."""
        actions.send_back(actor=actor, comment=self.cleaned_data["comment"], **self._place)
        return None


class CommentForm(ClaimActionForm):
    """A comment."""

    text = forms.CharField(
        label=_("Comment"),
        required=False,
        max_length=10_000,
        widget=forms.Textarea(
            attrs={
                "rows": 2,
                "dir": "auto",
                "data-combobox": "people",
                "data-people": reverse_lazy("people"),
                "data-options-label": _("People"),
            }
        ),
        help_text=_(
            "Internal: not shown in any report. Type @ and a user name to notify that person."
        ),
    )

    def act(self, actor: User) -> Claim | None:
        """Save it."""
        actions.comment(actor=actor, claim_id=self.claim.pk, text=self.cleaned_data["text"])
        return None


class ReviewDateForm(ClaimActionForm):
    """The day from which the verdict is to be looked at again, without a new verdict. The form of the verdict shows it."""

    review_by = forms.DateField(required=False, widget=forms.HiddenInput)

    def act(self, actor: User) -> Claim | None:
        """Set it, or take it away."""
        actions.set_review_date(actor=actor, day=self.cleaned_data["review_by"], **self._place)
        return None


class PresenceForm(forms.Form):
    """What an open page tells of itself: the claim that it shows, and when the server last answered it."""

    claim = NumberField(required=False)
    since = forms.DateTimeField(required=False)
