"""Forms that change what a claim says."""

import json
from typing import Any, NamedTuple

from django import forms
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from claims import actions
from claims.anchoring.words import offset_in_text
from claims.choices import SourceKind
from claims.models import Claim, Source
from claims.queries.review.scopes import Scopes, others_of_speaker
from claims.queries.sources.choices import source_called
from claims.web.components.form_fields import NumberField
from claims.web.review.base_form import ClaimActionForm


class RewordForm(ClaimActionForm):
    """A new wording of the statement."""

    statement = forms.CharField(
        label=_("Statement"),
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text=_("The claim in neutral words that can be understood on their own."),
    )

    def __init__(self, *args: Any, claim: Claim, **kwargs: Any) -> None:
        super().__init__(*args, claim=claim, initial={"statement": claim.statement}, **kwargs)

    def act(self, actor: User) -> Claim | None:
        """Reword it."""
        actions.reword_claim(actor=actor, statement=self.cleaned_data["statement"], **self._place)
        return None


class ScopeChoice(NamedTuple):
    """Which other claims a new source is for, too.

    Attributes:
        value: the choice as the form sends it.
        label: the choice in words.
        number: how many claims it is, with the claim itself.
        also: the names of their other sources than the claim's own.
    """

    value: str
    label: str
    number: int
    also: str = ""


SPEAKER = "speaker"
"""The choice of all claims of the article that have the claim's source."""


def scope_choices(claim: Claim, scopes: Scopes) -> list[ScopeChoice]:
    """Return what else than a claim alone a new source may be for; nothing where there are no other claims."""
    found = []
    if scopes.sentence:
        label, number = gettext("All claims of this sentence"), len(scopes.sentence) + 1
        also = ", ".join(scopes.also)
        found.append(ScopeChoice(json.dumps(scopes.sentence), label, number, also))
    # The same claims are not offered twice.
    same = [claim.source_id] * scopes.speaker
    if scopes.speaker and [*scopes.sentence.values()] != same:
        label = gettext("All claims by %(name)s in this article") % {"name": claim.source}
        found.append(ScopeChoice(SPEAKER, label, scopes.speaker + 1))
    return found


class SourceForm(ClaimActionForm):
    """Who makes the claim, in what role, to whom; and who makes others with it."""

    name = forms.CharField(
        label=_("Source"),
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
        help_text=_(
            "Type to search. A name not on the list creates a new source. Leave empty for the article's own voice."
        ),
    )
    kind = forms.ChoiceField(
        label=_("Kind"), choices=[("", _("As recorded")), *SourceKind.choices], required=False
    )
    own = forms.BooleanField(
        label=_("Only in this article"),
        required=False,
        help_text=_("For “officials” and others without a name of their own."),
    )
    role = forms.CharField(label=_("Role as stated"), max_length=500, required=False)
    told_to = forms.CharField(label=_("Told to"), max_length=500, required=False)
    others = forms.CharField(required=False)

    def __init__(self, *args: Any, claim: Claim, **kwargs: Any) -> None:
        source = claim.source
        initial = {
            "name": source.name if source else "",
            "kind": source.kind if source else "",
            "own": bool(source and source.article_id),
            "role": claim.role,
            "told_to": claim.told_to,
        }
        super().__init__(*args, claim=claim, initial=initial, **kwargs)
        options = reverse("source-choices", args=[claim.revision.article_id])
        self.fields["name"].widget.attrs |= {"data-combobox": "source", "data-options": options}

    def clean_others(self) -> dict[int, int | None]:
        """Other claims by their ids, each with its source as it was shown."""
        chosen = self.cleaned_data["others"]
        if chosen == SPEAKER:
            return others_of_speaker(self.claim)
        wrong = forms.ValidationError(_("Choose which claims the source applies to."))
        try:
            others = json.loads(chosen or "{}")
            found = {int(pk): source and int(source) for pk, source in others.items()}
        except (AttributeError, ArithmeticError, RecursionError, TypeError, ValueError) as error:
            raise wrong from error
        in_text = Claim.objects.filter(revision=self.claim.revision_id)
        if not found.keys() <= set(in_text.values_list("pk", flat=True)):
            raise wrong
        return found

    def act(self, actor: User) -> Claim | None:
        """Find or create the source, and set it."""
        source = self._source(actor)
        self.alters_text = bool(self.cleaned_data["others"])
        actions.change_source(
            actor=actor,
            source=source,
            role=self.cleaned_data["role"],
            told_to=self.cleaned_data["told_to"],
            others=self.cleaned_data["others"],
            **self._place,
        )
        return None

    def _source(self, actor: User) -> Source | None:
        name = " ".join(self.cleaned_data["name"].split())
        if not name:
            return None
        article = self.claim.revision.article
        if not self.cleaned_data["kind"]:
            known = source_called(article, name)
            if known:
                return known
        return actions.create_source(
            actor=actor,
            name=name,
            kind=SourceKind(self.cleaned_data["kind"] or SourceKind.OTHER),
            article=article if self.cleaned_data["own"] else None,
        )


class CheckableForm(ClaimActionForm):
    """Whether the claim can be checked at all."""

    alters_text = True

    checkable = forms.TypedChoiceField(
        choices=[("yes", ""), ("no", "")],
        coerce=lambda word: word == "yes",
        widget=forms.HiddenInput,
    )

    def act(self, actor: User) -> Claim | None:
        """Mark it."""
        actions.mark_checkable(actor=actor, checkable=self.cleaned_data["checkable"], **self._place)
        return None


class DismissForm(ClaimActionForm):
    """Removal from the queue."""

    alters_text = True
    next = True

    def act(self, actor: User) -> Claim | None:
        """Dismiss it."""
        actions.dismiss_claims(actor=actor, versions=self._versions)
        return None


class RestoreForm(ClaimActionForm):
    """Return to the queue."""

    alters_text = True

    def act(self, actor: User) -> Claim | None:
        """Restore it."""
        actions.restore_claims(actor=actor, versions=self._versions)
        return None


class SpansForm(ClaimActionForm):
    """A different selection of words for the claim."""

    alters_text = True

    spans = forms.JSONField(widget=forms.HiddenInput)

    def clean_spans(self) -> list[list[int]]:
        """Pairs of integers. The action checks whether they are in the text."""
        return clean_spans(self.cleaned_data["spans"])

    def act(self, actor: User) -> Claim | None:
        """Change the claim's words."""
        actions.change_spans(actor=actor, spans=self.cleaned_data["spans"], **self._place)
        return None


class MergeForm(ClaimActionForm):
    """Merging this claim and another one."""

    alters_text = True

    other = NumberField(widget=forms.HiddenInput)
    other_version = NumberField(widget=forms.HiddenInput)

    def clean_other(self) -> int:
        """Refuse a claim of another article, and one that is not there."""
        other: int = self.cleaned_data["other"]
        article = self.claim.revision.article_id
        if not Claim.objects.filter(pk=other, revision__article=article).exists():
            raise forms.ValidationError(_("select one or more claims of the same article."))
        return other

    def act(self, actor: User) -> Claim | None:
        """Merge the two."""
        other = {self.cleaned_data["other"]: self.cleaned_data["other_version"]}
        return actions.merge_claims(actor=actor, versions=self._versions | other)


class SplitForm(ClaimActionForm):
    """Splitting this claim in two. `caret` is a place in its exact words, in code points."""

    alters_text = True

    caret = NumberField(widget=forms.HiddenInput)

    def act(self, actor: User) -> Claim | None:
        """Split it at the place in the text that the caret refers to."""
        body = self.claim.revision.body
        at = offset_in_text(body, self.claim.spans, self.cleaned_data["caret"])
        actions.split_claim(actor=actor, at=at, **self._place)
        return None


class PlaceForm(ClaimActionForm):
    """Confirmation of the words of a claim in a new version."""

    alters_text = True

    spans = forms.JSONField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, claim: Claim, **kwargs: Any) -> None:
        super().__init__(*args, claim=claim, initial={"spans": claim.spans}, **kwargs)

    def clean_spans(self) -> list[list[int]]:
        """As in `SpansForm`."""
        return clean_spans(self.cleaned_data["spans"])

    def act(self, actor: User) -> Claim | None:
        """Place the claim."""
        actions.place_claim(actor=actor, spans=self.cleaned_data["spans"], **self._place)
        return None


class NewClaimForm(forms.Form):
    """A claim from selected words."""

    revision = NumberField()
    spans = forms.JSONField()

    def clean_spans(self) -> list[list[int]]:
        """As in `SpansForm`."""
        return clean_spans(self.cleaned_data["spans"])


def clean_spans(spans: Any) -> list[list[int]]:
    """Pairs of whole numbers, or a validation error."""
    pairs = isinstance(spans, list) and all(
        isinstance(pair, list) and len(pair) == 2 and all(type(place) is int for place in pair)
        for pair in spans
    )
    if not pairs or not spans:
        raise forms.ValidationError(_("Select at least one word in the article."))
    return list(spans)
