"""The form of a bulk change."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.choices import ChangeAction, Verdict
from claims.models import Source, Tag
from claims.web.components.form_fields import AssigneeField

TAKE_OVER = ChangeAction.TAKE_OVER.value


class BulkChangeForm(forms.Form):
    """What becomes of several claims, and why."""

    what = forms.ChoiceField(
        label=gettext_lazy("Action"),
        choices=[
            ("", gettext_lazy("Choose …")),
            *Verdict.choices,
            (TAKE_OVER, gettext_lazy("Take over earlier verdicts on the same words")),
            ("assign", gettext_lazy("Assign")),
            ("dismiss", gettext_lazy("Dismiss")),
            ("restore", gettext_lazy("Restore")),
            ("source", gettext_lazy("Change the source")),
            ("add_tag", gettext_lazy("Add a tag")),
            ("remove_tag", gettext_lazy("Remove a tag")),
        ],
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        required=False,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
        help_text=gettext_lazy(
            "Required for disputed claims. The same reason is saved with every claim."
        ),
    )
    to = AssigneeField(
        label=gettext_lazy("Assigned to"), required=False, empty_label=gettext_lazy("Nobody")
    )
    source = forms.CharField(
        label=gettext_lazy("Source"),
        required=False,
        widget=forms.TextInput(attrs={"list": "sources", "autocomplete": "off", "dir": "auto"}),
        help_text=gettext_lazy("The name of an existing source."),
    )
    tag = forms.ModelChoiceField(
        label=gettext_lazy("Tag"),
        queryset=Tag.objects.order_by("name", "pk"),
        required=False,
        empty_label=gettext_lazy("Choose …"),
    )
    replace = forms.BooleanField(
        label=gettext_lazy("Also change claims that are already verified or disputed"),
        required=False,
        help_text=gettext_lazy("Otherwise, existing verdicts are not changed."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})

    def clean(self) -> dict[str, Any]:
        """What the chosen action needs: a reason, a tag, a source."""
        fields = super().clean() or {}
        what = fields.get("what")
        if what == Verdict.DISPUTED and not (fields.get("reason") or "").strip():
            self.add_error("reason", _("Say why these claims are disputed."))
        if what in {"add_tag", "remove_tag"} and not fields.get("tag"):
            self.add_error("tag", _("Choose a tag."))
        if what == "source":
            fields["source"] = self._source(fields.get("source") or "")
        return fields

    def _source(self, name: str) -> Source | None:
        found = list(Source.objects.known().called(name)[:2]) if name.strip() else []
        if len(found) == 1:
            return found[0]
        self.add_error(
            "source",
            _("Several sources have this name. Enter one of their other names.")
            if found
            else _("No source has this name."),
        )
        return None

    def action(self) -> tuple[ChangeAction, dict[str, Any]]:
        """The action's name in the history, and the claims' new fields. The form must be valid."""
        typed = self.cleaned_data
        what = typed["what"]
        if what in Verdict.values:
            return ChangeAction.DECIDE, {"verdict": what}
        if what == TAKE_OVER:
            return ChangeAction.TAKE_OVER, {}
        if what == "assign":
            return ChangeAction.ASSIGN, {"assigned_to_id": typed["to"].pk if typed["to"] else None}
        if what == "source":
            return ChangeAction.SOURCE, {"source_id": typed["source"].pk}
        if what in {"add_tag", "remove_tag"}:
            return ChangeAction.TAG, {what: typed["tag"].pk}
        return (ChangeAction.DISMISS if what == "dismiss" else ChangeAction.RESTORE), {
            "dismissed": what == "dismiss"
        }
