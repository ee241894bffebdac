"""The page of a group of repeats: who said it when, what the verdicts are, and what becomes of the group."""

from collections.abc import Callable
from dataclasses import replace
from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from claims.access import signed_in
from claims.actions import leave_group, merge_groups, set_canonical, undo_change
from claims.errors import InvalidValueError, WorkbenchError
from claims.messages import message_of
from claims.models import Change, ClaimGroup
from claims.queries.history import of_rows
from claims.queries.matching.groups import (
    GroupRecord,
    alike_groups,
    changes_of_group,
    group_record,
)
from claims.web.components.form_fields import NumberField
from claims.web.components.timelines import Event, Timeline, timeline

_CHANGED_SINCE = gettext_lazy("The group has changed since. Look at it again.")


class ClaimForm(forms.Form):
    """A claim of the group, and the version of it that the editor saw."""

    version = NumberField()

    def __init__(self, *args: Any, group: ClaimGroup, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["claim"] = forms.ModelChoiceField(
            group.claims.all(), error_messages={"invalid_choice": _CHANGED_SINCE}
        )

    @property
    def place(self) -> dict[str, int]:
        """The two as actions are told of them."""
        return {
            "claim_id": self.cleaned_data["claim"].pk,
            "version": self.cleaned_data["version"],
        }


class OtherGroupForm(forms.Form):
    """Another group, by its number."""

    group = forms.ModelChoiceField(
        ClaimGroup.objects.all(), widget=forms.NumberInput(attrs={"min": 1})
    )


class NewestForm(forms.Form):
    """The change that is to be undone, which must still be the newest one."""

    change = NumberField()

    def __init__(self, *args: Any, newest: Change | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.newest = newest

    def clean_change(self) -> Change:
        """Return the change itself."""
        if self.newest is None or self.newest.pk != self.cleaned_data["change"]:
            raise forms.ValidationError(_CHANGED_SINCE)
        return self.newest


@require_GET
def claim_group(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a group as its reader may see it."""
    return _page(request, _found(pk))


@require_POST
def leave(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a claim out of its group."""
    found = _found(pk)
    form = ClaimForm(request.POST, group=found)
    return _done(request, found, form, lambda actor: leave_group(actor=actor, **form.place))


@require_POST
def make_main(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a claim the main one of its group."""
    found = _found(pk)
    form = ClaimForm(request.POST, group=found)
    return _done(request, found, form, lambda actor: set_canonical(actor=actor, **form.place))


@require_POST
def merge(request: HttpRequest, pk: int) -> HttpResponse:
    """Move all claims of another group into this one."""
    found, form = _found(pk), OtherGroupForm(request.POST)
    return _done(
        request,
        found,
        form,
        lambda actor: merge_groups(actor=actor, group=form.cleaned_data["group"], into=found),
    )


@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo, or redo, the newest change of the group that the reader may know of."""
    found = _found(pk)
    newest = next(iter(changes_of_group(found, signed_in(request.user))), None)
    form = NewestForm(request.POST, newest=newest.row.change if newest else None)
    return _done(
        request,
        found,
        form,
        lambda actor: undo_change(actor=actor, change_id=form.cleaned_data["change"].pk),
    )


def _found(pk: int) -> ClaimGroup:
    return get_object_or_404(ClaimGroup.objects.select_related("canonical"), pk=pk)


def _done(
    request: HttpRequest, group: ClaimGroup, form: forms.Form, act: Callable[[User], object]
) -> HttpResponse:
    """Do something to a group, and go back to its page; or say there why it could not be done."""
    try:
        if not form.is_valid():
            raise InvalidValueError(
                why=" ".join(str(one) for each in form.errors.values() for one in each)
            )
        act(signed_in(request.user))
    except WorkbenchError as error:
        return _page(request, group, message=message_of(error), status=HTTPStatus(error.status))
    messages.success(request, _("Saved."))
    return redirect(reverse("claim-group", args=[group.pk]))


def _page(
    request: HttpRequest,
    group: ClaimGroup,
    *,
    message: str = "",
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    viewer = signed_in(request.user)
    record = group_record(group, viewer)
    steps = [] if record.is_hidden else changes_of_group(group, viewer)
    history = [
        replace(entry, others=step.others)
        for entry, step in zip(of_rows(step.row for step in steps), steps, strict=True)
    ]
    context = {
        "group": group,
        "record": record,
        "line": _drawn(record),
        "history": history,
        "newest": history[0] if history else None,
        "alike": alike_groups(group),
        "form": OtherGroupForm(auto_id="id_%s"),
        "message": message,
    }
    return render(request, "matching/group.html", context, status=status)


def _drawn(record: GroupRecord) -> Timeline | None:
    return timeline(
        [
            Event(
                one.row.claim.listed_at,
                str(one.row.claim.outlet or _("No outlet")),
                one.row.state,
            )
            for one in record.repeats
        ]
    )
