"""Forms for verdicts and evidence."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.files import File
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from claims.actions import EvidenceDraft, require_fitting
from claims.choices import Stance, Verdict
from claims.errors import InvalidValueError
from claims.models import Evidence
from claims.web.components.form_fields import RENDERER, NumberField, chosen_among, web_address


def stance_after(verdict: str) -> Stance:
    """Return what a document most likely is to a claim with a verdict: it was found while the claim was checked."""
    return Stance.AGAINST if verdict == Verdict.DISPUTED else Stance.FOR


class EvidenceForm(forms.ModelForm[Evidence]):
    """A document for or against a claim. All empty, it is not there."""

    prefix = "evidence"
    instead_of: int | None = None
    """The id of the document that this was typed into, where someone removed that one meanwhile."""

    url = web_address(_("Link"))
    file = forms.FileField(
        label=_("or a file"),
        required=False,
        allow_empty_file=True,
        help_text=_(
            "At most 20 MB. The file is stored with its SHA-256 and can be downloaded. Pictures and PDFs get a thumbnail."
        ),
    )
    archive_url = web_address(_("Archived copy"))

    class Meta:
        model = Evidence
        fields = [
            "stance",
            "url",
            "title",
            "excerpt",
            "archive_url",
            "primary",
            "interest",
            "confidential",
            "looked_up",
        ]
        widgets = {
            "excerpt": forms.Textarea(attrs={"rows": 2}),
            "looked_up": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        options = {"label_suffix": "", "use_required_attribute": False, "empty_permitted": True}
        super().__init__(*args, **{**options, **kwargs})
        chosen_among(self, "stance").choices = [
            ("", _("Follows the verdict: for, or against if disputed")),
            *Stance.choices,
        ]
        self.fields["stance"].required = False
        self.initial.setdefault("stance", "")
        self.fields["title"].required = False
        self.fields["title"].help_text = _("If empty, the link or the file name is used.")
        self.order_fields(["url", "file", *self.Meta.fields])

    def has_changed(self) -> bool:
        """Return whether a document was described; the stance and the date alone do not count."""
        return bool(set(self.changed_data) - {"stance", "looked_up"})

    def clean_file(self) -> File[bytes] | None:
        """Accept only a file that is allowed as evidence."""
        file: File[bytes] | None = self.cleaned_data["file"]
        if file:
            try:
                require_fitting(file)
            except InvalidValueError as error:
                raise forms.ValidationError(
                    _("%(why)s Choose another file."),
                    params={"why": capfirst(str(error.params["why"]))},
                ) from error
        return file

    def clean(self) -> dict[str, Any]:
        """Fill in the title: an editor in a hurry only pastes the link, or chooses the file."""
        cleaned = super().clean() or self.cleaned_data
        file = cleaned.get("file")
        serves = cleaned.get("url") or (file.name if file else self.instance.file_name)
        cleaned["title"] = cleaned.get("title") or serves[:300]
        if self.has_changed() and not (serves or self.errors):
            raise forms.ValidationError(
                _("The document is missing. Paste its address, or choose a file.")
            )
        return cleaned

    def draft(self, verdict: str = "") -> EvidenceDraft | None:
        """The document of a valid form, or None if none was described.

        Args:
            verdict: what its stance follows where none was chosen: the verdict that is set with it, or stands.
        """
        if not self.has_changed():
            return None
        told = self.cleaned_data
        return EvidenceDraft(**told | {"stance": told["stance"] or stance_after(verdict)})

    def ask_for_file_again(self) -> None:
        """In a form that is shown again, say which file has to be chosen again, because browsers do not keep it."""
        file = self.files.get(self.add_prefix("file"))
        if file and "file" not in self.errors:
            again = _("“%(name)s” was not saved. Choose the file again.")
            self.add_error("file", forms.ValidationError(again, params={"name": file.name}))


class EvidenceEdit(EvidenceForm):
    """A new description of an existing document."""

    default_renderer = RENDERER

    def __init__(self, *args: Any, instance: Evidence, **kwargs: Any) -> None:
        prefix = f"evidence-{instance.pk}"
        super().__init__(*args, **{"instance": instance, "prefix": prefix, **kwargs})
        chosen_among(self, "stance").choices = Stance.choices
        self.fields["stance"].required = True
        self.form_id = f"edit-{prefix}"
        if instance.file:
            self.fields["file"].label = _("Another file")
            self.fields["file"].help_text = _("Leave empty to keep the current file.")

    @property
    def version(self) -> int | None:
        """The version of its claim that was seen: the one before a conflict, until that is resolved."""
        sent = AnswerForm(self.data)
        fields = sent.cleaned_data if sent.is_valid() else {}
        return fields.get("over") or fields.get("version")

    def has_changed(self) -> bool:
        """Return whether anything was changed, even only the stance."""
        return forms.ModelForm.has_changed(self)

    def as_new(self) -> EvidenceForm:
        """Return what was typed as a new document, in case someone has removed the existing one in the meantime."""
        names = {self.add_prefix(name): name for name in self.fields}
        typed: Mapping[str, Any] = self.data
        data = {
            f"{EvidenceForm.prefix}-{names[each]}": typed[each] for each in names if each in typed
        }
        files = {f"{EvidenceForm.prefix}-file": file for file in self.files.values()}
        form = EvidenceForm(data, files)
        form.instead_of = self.instance.pk
        return form


class VersionForm(forms.Form):
    """The version of the claim that was seen."""

    version = NumberField(widget=forms.HiddenInput)


class AnswerForm(VersionForm):
    """The same, and the version shown in a conflict, if the form is meant to save over that one."""

    over = NumberField(required=False, widget=forms.HiddenInput)


class DecisionForm(VersionForm):
    """A verdict with its reason, the day on which to look at it again, and the version of the claim that was seen."""

    default_renderer = RENDERER

    verdict = forms.TypedChoiceField(choices=Verdict.choices, coerce=Verdict)
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    note = forms.CharField(
        label=_("Internal note"),
        required=False,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    review_by = forms.DateField(
        label=_("Propose the verdict for another look from"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
