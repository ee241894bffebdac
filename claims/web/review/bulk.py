"""Changing several claims of an article at once: first how many and what, before and after; then one step."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims import actions
from claims.choices import Process, Verdict
from claims.models import Change
from claims.queries.accounts import deciders, name_of
from claims.queries.review.rows import QueuedClaim
from claims.web.review.queue import Queue

_VERDICTS = [
    (verdict.value, verdict.label)
    for verdict in (Verdict.VERIFIED, Verdict.DISPUTED, Verdict.PENDING)
]


@dataclass(frozen=True)
class Row:
    """What the step does to one claim: a field in words before and after."""

    claim: QueuedClaim
    before: str
    after: str


@dataclass(frozen=True)
class LeftOut:
    """A chosen claim that the step does not touch, and why."""

    claim: QueuedClaim
    why: str


@dataclass(frozen=True)
class Preview:
    """What a step would do."""

    rows: Sequence[Row]
    left_out: Sequence[LeftOut]

    @property
    def versions(self) -> str:
        """The claims that it changes and their versions, as one field of its form: "12:1 13:4"."""
        return " ".join(f"{row.claim.pk}:{row.claim.version}" for row in self.rows)


class StepForm(forms.Form):
    """What becomes of several claims, and why."""

    what = forms.ChoiceField(
        label=gettext_lazy("Action"),
        choices=[
            ("", gettext_lazy("Choose …")),
            *_VERDICTS,
            ("assign", gettext_lazy("Assign")),
            ("dismiss", gettext_lazy("Dismiss")),
            ("restore", gettext_lazy("Restore")),
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
    to = forms.ModelChoiceField(
        label=gettext_lazy("Assigned to"),
        queryset=User.objects.none(),
        required=False,
        empty_label=gettext_lazy("Nobody"),
    )
    replace = forms.BooleanField(
        label=gettext_lazy("Also change claims that are already verified or disputed"),
        required=False,
        help_text=gettext_lazy("Otherwise, existing verdicts are not changed."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        self.fields["to"].queryset = deciders()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A reason for what needs one."""
        fields = super().clean() or {}
        if fields.get("what") == Verdict.DISPUTED and not (fields.get("reason") or "").strip():
            self.add_error("reason", _("Say why these claims are disputed."))
        return fields


class BulkForm(StepForm):
    """What to do to which claims of a queue.

    Args:
        queue: the claims to choose among are those that its filter shows.
    """

    chosen = forms.TypedMultipleChoiceField(coerce=int, required=False)
    every = forms.BooleanField(required=False)
    versions_shown = forms.CharField(required=False)

    def __init__(self, *args: Any, queue: Queue, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.queue = queue
        self.fields["chosen"].choices = [(one.pk, "") for one in queue.listed]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """At least one claim, too."""
        fields = super().clean()
        if not (fields.get("every") or fields.get("chosen")):
            self.add_error("chosen", _("Select at least one claim."))
        return fields

    def preview(self) -> Preview:
        """What the step would do to the claims as they stand now. The form is valid."""
        chosen = set(self.cleaned_data["chosen"])
        claims = [
            one for one in self.queue.listed if self.cleaned_data["every"] or one.pk in chosen
        ]
        rows, left_out = [], []
        people = _people(claims, self.cleaned_data["to"])
        for claim in claims:
            before, after = self._sides(claim, people)
            why = self._kept_because(claim)
            if why or before == after:
                left_out.append(LeftOut(claim, why or _("nothing to change")))
            else:
                rows.append(Row(claim, before, after))
        return Preview(rows, left_out)

    def versions(self) -> dict[int, int]:
        """For each claim of the preview that comes back its version there. What is no claim of the text is left out."""
        known = {claim.pk for claim in self.queue.claims}
        pairs = (pair.partition(":") for pair in self.cleaned_data["versions_shown"].split())
        read = {int(pk): int(at) for pk, _colon, at in pairs if pk.isdecimal() and at.isdecimal()}
        return {pk: at for pk, at in read.items() if pk in known}

    def act(self, actor: User, versions: Mapping[int, int]) -> Change | None:
        """Do it, as one step.

        Args:
            actor: who does it.
            versions: the claims and their versions as the preview showed them.
        """
        what = self.cleaned_data["what"]
        if what == "assign":
            return actions.assign(actor=actor, versions=versions, to=self.cleaned_data["to"])
        if what == "dismiss":
            return actions.dismiss(actor=actor, versions=versions)
        if what == "restore":
            return actions.restore(actor=actor, versions=versions)
        return actions.decide_all(
            actor=actor,
            versions=versions,
            verdict=Verdict(what),
            reason=self.cleaned_data["reason"],
        )

    def _sides(self, claim: QueuedClaim, people: Mapping[int | None, str]) -> tuple[str, str]:
        what = self.cleaned_data["what"]
        if what == "assign":
            to = self.cleaned_data["to"]
            return people[claim.assigned_to_id], people[to.pk if to else None]
        if what in {"dismiss", "restore"}:
            words = {False: _("in the queue"), True: _("dismissed")}
            return words[claim.dismissed], words[what == "dismiss"]
        return str(Verdict(claim.verdict).label), str(Verdict(what).label)

    def _kept_because(self, claim: QueuedClaim) -> str:
        """Why a claim's verdict is not to be replaced, or ""."""
        if self.cleaned_data["what"] not in Verdict.values:
            return ""
        if claim.process == Process.WAITING:
            return _("waiting for a second check")
        if claim.verdict != Verdict.PENDING and not self.cleaned_data["replace"]:
            return _("already decided")
        return ""


def _people(claims: Sequence[QueuedClaim], to: User | None) -> dict[int | None, str]:
    wanted = {claim.assigned_to_id for claim in claims if claim.assigned_to_id}
    people = User.objects.filter(pk__in=wanted) if wanted else User.objects.none()
    found: dict[int | None, str] = {one.pk: name_of(one) for one in people}
    if to is not None:
        found[to.pk] = name_of(to)
    return found | {None: _("nobody")}
