"""What every form of the panel has."""

from typing import Any, ClassVar

from django import forms
from django.contrib.auth.models import User

from claims.models import Claim
from claims.web.components.form_fields import RENDERER


class DeedForm(forms.Form):
    """A form of the panel.

    Attributes:
        alters_text: whether other claims or the marks in the text change with it.
        next: whether the queue moves on afterwards.
    """

    default_renderer = RENDERER

    alters_text: ClassVar[bool] = False
    next: ClassVar[bool] = False

    version = forms.IntegerField(widget=forms.HiddenInput)
    over = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, claim: Claim, **kwargs: Any) -> None:
        self.claim = claim
        initial = {"version": claim.version, **kwargs.pop("initial", {})}
        options = {"label_suffix": "", "auto_id": f"{type(self).__name__}_%s", "initial": initial}
        super().__init__(*args, **{**options, **kwargs})

    def act(self, actor: User) -> Claim | None:
        """Do it. Returns the claim to show afterwards if it is another one."""
        raise NotImplementedError

    @property
    def _place(self) -> dict[str, int]:
        return {"claim_id": self.claim.pk, "version": self._looked_at}

    @property
    def _versions(self) -> dict[int, int]:
        return {self.claim.pk: self._looked_at}

    @property
    def _looked_at(self) -> int:
        """The version that was looked at: the one that a conflict showed only where its answer says so."""
        looked_at: int = self.cleaned_data["over"] or self.cleaned_data["version"]
        return looked_at
