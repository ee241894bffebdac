"""The forms of new articles."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from claims import ingest
from claims.ingest.types import ArticleDraft
from claims.models import Article
from claims.web.components.form_fields import web_address


class PasteForm(forms.ModelForm[Article]):
    """A new article, pasted."""

    headline = forms.CharField(
        label=_("Headline"),
        max_length=300,
        required=False,
        help_text=_("If empty, the first line of the text is used."),
    )
    outlet = forms.CharField(label=_("Outlet"), max_length=200, required=False)
    # A plain field, because cleaning the article decides which characters are allowed.
    text = forms.Field(
        label=_("Text"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 18}),
        help_text=_("The article as published. Keep the paragraphs as they are."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})

    url = web_address(_("Address"))

    def draft(self) -> ArticleDraft:
        """The article of a valid form, cleaned.

        Raises:
            WorkbenchError: as in `claims.ingest.draft`.
        """
        fields = self.cleaned_data
        return ingest.draft(
            headline=fields["headline"],
            body=fields["text"] or "",
            outlet=fields["outlet"],
            byline=fields["byline"],
            url=fields["url"],
            published=fields["published_at"],
            language=fields["language"],
            embargoed_until=fields["embargoed_until"],
        )

    class Meta:
        model = Article
        fields = ["headline", "byline", "url", "published_at", "embargoed_until", "language"]
        widgets = {
            name: forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
            for name in ("published_at", "embargoed_until")
        }
        labels = {
            "byline": _("Byline"),
            "published_at": _("Published"),
            "embargoed_until": _("Embargoed until"),
            "language": _("Language"),
        }
