"""The base of all forms on the claim's panel."""

from typing import Any, ClassVar

from django import forms
from django.contrib.auth.models import User

from claims.models import Claim
from claims.web.components.form_fields import RENDERER, NumberField


class ClaimActionForm(forms.Form):
    """A form on the panel.

    Attributes:
        alters_text: whether it also changes other claims or the marks in the text.
        next: whether the queue moves on afterwards.
    """

    default_renderer = RENDERER

    alters_text: bool = False
    next: ClassVar[bool] = False

    version = NumberField(widget=forms.HiddenInput)
    over = NumberField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, claim: Claim, **kwargs: Any) -> None:
        self.claim = claim
        initial = {"version": claim.version, **kwargs.pop("initial", {})}
        options = {"label_suffix": "", "auto_id": f"{type(self).__name__}_%s", "initial": initial}
        super().__init__(*args, **{**options, **kwargs})

    def act(self, actor: User) -> Claim | None:
        """Do it. Returns the claim to show afterwards if it is a different one."""
        raise NotImplementedError

    @property
    def _place(self) -> dict[str, int]:
        return {"claim_id": self.claim.pk, "version": self._looked_at}

    @property
    def _versions(self) -> dict[int, int]:
        return {self.claim.pk: self._looked_at}

    @property
    def _looked_at(self) -> int:
        """Return the version that the actor saw: the one shown in a conflict only if they chose to save over it."""
        looked_at: int = self.cleaned_data["over"] or self.cleaned_data["version"]
        return looked_at
