"""The filters of the list of claims. They also select the claims of review queues, bulk changes and exports."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import Any
from urllib.parse import parse_qsl, urlencode

import django_filters as filters
from django import forms
from django.contrib.auth.models import User
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.choices import AnchorStatus, Quotation, ReviewStatus, SourceKind, Verdict
from claims.errors import FilterNotUnderstoodError
from claims.models import Article, Claim, Desk, Outlet, Revision, Source, Tag
from claims.models.base.ids import id_of
from claims.models.claims.blind import hidden_from
from claims.models.claims.querysets import ClaimQuerySet
from claims.queries.accounts import PeopleChoices, assignable_users
from claims.queries.claims import archive_conditions, conditions, work_filters
from claims.queries.claims.names import OnlyKnownNames, parsed

SORT = "sort"
"""What the address of the table calls its order, which stays while filters come and go."""
LIST = "list"
"""What the address of a review queue calls the filter that it goes through."""
BACK = "back"
"""What an address calls the page of a review queue that claims were chosen on."""
PAGE, COLUMNS = "page", "columns"
"""What else the address of the table holds that filters nothing."""
ME, NOBODY = work_filters.ME, "nobody"
_YES_NO = [("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No"))]

Condition = Callable[[ClaimQuerySet, str, date], ClaimQuerySet]
READ_WHOLE: Mapping[str, conditions.Condition] = MappingProxyType(
    {"desk": conditions.of_desk, "match": archive_conditions.of_match}
)
"""Cheaper conditions for filters whose claims are all read at once rather than listed page by page."""


@dataclass(frozen=True)
class Chip:
    """An active filter, in words, and the list without it."""

    label: str
    value: str
    without: str


def _day(label: Promise, field: str, method: Condition) -> filters.DateFilter:
    """A filter by a day. The first and the last that there are begin, in some zones, on a day that there is not."""
    return filters.DateFilter(
        label=label,
        field_name=field,
        method=method,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        validators=[MinValueValidator(date(1000, 1, 1)), MaxValueValidator(date(9000, 1, 1))],
    )


class ClaimFilterForm(OnlyKnownNames):
    """The form that validates the filters."""

    beside = frozenset({SORT, PAGE, COLUMNS})


class ClaimFilter(filters.FilterSet):  # type: ignore[misc]  # its package has no types
    """Which claims of all articles are listed.

    By default, it selects only active claims: not those that were dismissed or cannot be checked. If any filter's name
    or value is not valid, it selects nothing and reports an error, because a mistake must not widen a list, or what is
    done to all of it. Claims waiting for a blind check are not found by their verdict by anyone.

    Args:
        data: the filter, as in the address.
        queryset: the claims to select from.
        viewer: who sees the list.
    """

    q = filters.CharFilter(label=gettext_lazy("Words"), method=conditions.by_words)
    verdict = filters.ChoiceFilter(
        label=gettext_lazy("Verdict"),
        choices=[
            *Verdict.choices,
            (conditions.DECIDED, gettext_lazy("Verified or disputed")),
            (conditions.TO_DECIDE, gettext_lazy("Pending or sent back")),
        ],
        method=conditions.by_verdict,
        empty_label=gettext_lazy("Any"),
    )
    review_status = filters.ChoiceFilter(
        label=gettext_lazy("Review status"),
        choices=[
            *ReviewStatus.choices,
            (conditions.TO_CHECK, gettext_lazy("For me to check")),
        ],
        method="_review_status",
        empty_label=gettext_lazy("Any"),
    )
    state = filters.ChoiceFilter(
        label=gettext_lazy("Claims"),
        choices=[
            ("not-checkable", gettext_lazy("Not checkable")),
            ("dismissed", gettext_lazy("Dismissed")),
            *AnchorStatus.choices,
            ("all", gettext_lazy("All")),
        ],
        method=conditions.by_state,
        empty_label=gettext_lazy("Active"),
    )
    source = filters.CharFilter(
        label=gettext_lazy("Source"),
        method=conditions.by_source,
        widget=forms.TextInput(attrs={"list": "sources", "autocomplete": "off", "dir": "auto"}),
    )
    kind = filters.ChoiceFilter(
        label=gettext_lazy("Source kind"),
        field_name="source_kind",
        choices=[*SourceKind.choices, (conditions.NO_SOURCE, gettext_lazy("Without a source"))],
        method=conditions.by_source_kind,
        empty_label=gettext_lazy("Any"),
    )
    role = filters.CharFilter(label=gettext_lazy("Role as stated"), method=conditions.by_role)
    outlet = filters.ModelChoiceFilter(
        label=gettext_lazy("Outlet"),
        queryset=Outlet.objects.order_by("name", "pk"),
        empty_label=gettext_lazy("Any"),
    )
    desk = filters.ModelChoiceFilter(
        label=gettext_lazy("Desk"),
        method=conditions.by_desk,
        queryset=Desk.objects.order_by("name", "pk"),
        empty_label=gettext_lazy("Any"),
    )
    article = filters.ModelChoiceFilter(
        label=gettext_lazy("Article"),
        field_name="revision__article",
        queryset=Article.objects.order_by(),
        widget=forms.HiddenInput,
    )
    revision = filters.ModelChoiceFilter(
        label=gettext_lazy("Article version"),
        queryset=Revision.objects.order_by(),
        widget=forms.HiddenInput,
    )
    seen = filters.ChoiceFilter(
        label=gettext_lazy("Verdict"),
        choices=Verdict.choices,
        method="_seen",
        widget=forms.HiddenInput,
    )
    quotation = filters.ChoiceFilter(
        label=gettext_lazy("Quotation"), choices=Quotation.choices, empty_label=gettext_lazy("Any")
    )
    assigned = filters.ChoiceFilter(
        label=gettext_lazy("Assigned to"), method="_assigned", empty_label=gettext_lazy("Anyone")
    )
    due = work_filters.due_filter()
    asked = work_filters.asked_filter()
    tag = filters.ModelChoiceFilter(
        label=gettext_lazy("Tag"),
        queryset=Tag.objects.order_by("name", "pk"),
        method=conditions.by_tag,
        empty_label=gettext_lazy("Any"),
    )
    evidence = filters.ChoiceFilter(
        label=gettext_lazy("Has evidence"),
        choices=[
            *_YES_NO,
            (conditions.PRIMARY, gettext_lazy("With a primary source")),
            (conditions.ARCHIVED, gettext_lazy("With an archived copy")),
        ],
        method=conditions.by_evidence,
        empty_label=gettext_lazy("Any"),
    )
    touched = filters.ChoiceFilter(
        label=gettext_lazy("Reviewed by a person"),
        choices=_YES_NO,
        method=conditions.by_review,
        empty_label=gettext_lazy("Any"),
    )
    match = filters.ChoiceFilter(
        label=gettext_lazy("In the archive"),
        choices=[
            (archive_conditions.SEEN, gettext_lazy("Seen before")),
            (archive_conditions.CHECKED, gettext_lazy("Checked before")),
            (archive_conditions.CONTRADICTED, gettext_lazy("Contradicted")),
            (archive_conditions.SUPERSEDED, gettext_lazy("A later figure or state is known")),
        ],
        method=archive_conditions.by_match,
        empty_label=gettext_lazy("Any"),
    )
    review = filters.ChoiceFilter(
        label=gettext_lazy("To look at again"),
        choices=[
            (archive_conditions.DUE, gettext_lazy("Due for review")),
            (archive_conditions.DATE_PASSED, gettext_lazy("Review date has come")),
            (archive_conditions.CHALLENGED, gettext_lazy("Newer figure or contradiction")),
            (archive_conditions.OLD, gettext_lazy("Verdict older than a year")),
        ],
        method=archive_conditions.by_review_date,
        empty_label=gettext_lazy("Any"),
    )
    worth = filters.NumberFilter(
        label=gettext_lazy("Check-worthiness at least"),
        field_name="checkworthiness",
        lookup_expr="gte",
        min_value=0,
        max_value=1,
        widget=forms.NumberInput(attrs={"min": "0", "max": "1", "step": "0.05"}),
    )
    published_from = _day(gettext_lazy("Published from"), "listed_at", conditions.since)
    published_to = _day(gettext_lazy("Published until"), "listed_at", conditions.until)
    decided_from = _day(gettext_lazy("Decided from"), "decided_at", conditions.since)
    decided_to = _day(gettext_lazy("Decided until"), "decided_at", conditions.until)
    decided_by = work_filters.decided_by_filter()
    checked = work_filters.checked_filter()
    checked_from = _day(gettext_lazy("Second-checked from"), "", work_filters.with_the_others)
    checked_to = _day(gettext_lazy("Second-checked until"), "", work_filters.with_the_others)

    class Meta:
        model = Claim
        form = ClaimFilterForm
        fields: list[str] = []

    def __init__(self, data: Mapping[str, Any], queryset: ClaimQuerySet, *, viewer: User) -> None:
        super().__init__(data, queryset)
        self.viewer = viewer
        people = cache(lambda: list(assignable_users()))
        for name, other in (
            ("assigned", [(NOBODY, _("Nobody"))]),
            ("asked", [(work_filters.ANYONE, _("Anyone"))]),
            ("decided_by", []),
        ):
            self.form.fields[name].choices = PeopleChoices([(ME, _("Me")), *other], people)

    @classmethod
    def of_query(cls, query: str, viewer: User) -> "ClaimFilter":
        """The filter of all claims that a query string holds. Whatever is done to them asks `understood` first."""
        return cls(parsed(query), Claim.objects.all(), viewer=viewer)

    def understood(self) -> "ClaimFilter":
        """Return the filter itself.

        Raises:
            FilterNotUnderstoodError: if a name in it is not a filter's, or a value is not valid.
        """
        if self.form.errors:
            raise FilterNotUnderstoodError(why=" ".join(self._refusals()))
        return self

    def _refusals(self) -> Iterator[str]:
        for name, why in self.form.errors.items():
            field = self.form.fields.get(name)
            yield " ".join([f"{name}:", *why] if field else why)

    def filter_queryset(self, queryset: ClaimQuerySet) -> ClaimQuerySet:
        """Return the selected claims; none if a filter is not valid."""
        return self._filtered(queryset)

    def to_count(self, *, without: str = "") -> ClaimQuerySet:
        """Return the selected claims, or those selected without one of the filters, unordered, to be read as a whole."""
        return self._filtered(self.queryset.all(), without, READ_WHOLE)

    def _filtered(
        self,
        claims: ClaimQuerySet,
        without: str = "",
        instead: Mapping[str, conditions.Condition] = MappingProxyType({}),
    ) -> ClaimQuerySet:
        if self.form.errors:
            return claims.none()
        if not self.form.cleaned_data["state"]:
            claims = claims.active()
        chosen = {name: each for name, each in self.form.cleaned_data.items() if name != without}
        for name, value in chosen.items():
            own, other = self.filters[name], instead.get(name) if value else None
            claims = other(claims, name, value) if other else own.filter(claims, value)
        return work_filters.by_second_check(claims, chosen)

    @property
    def query(self) -> str:
        """The filter as a query string: the active filters in the order of the form, and the sort order."""
        return self.query_with()

    @property
    def kept(self) -> list[tuple[str, str]]:
        """What a search among the listed claims keeps of the filter: all but its words."""
        return [(name, value) for name, value in parse_qsl(self.query) if name != "q"]

    @property
    def chips(self) -> Iterator[Chip]:
        """Each active filter in words, with the list without it."""
        self.is_valid()  # valid values are available afterwards, even if others are not valid
        for name, value in self.form.cleaned_data.items():
            if value not in {None, ""}:
                label = str(self.form.fields[name].label)
                yield Chip(label, self._in_words(name, value), self.query_with(**{name: ""}))

    @property
    def in_words(self) -> str:
        """All active filters in words; "" if there are none."""
        return " · ".join(f"{chip.label}: {chip.value}" for chip in self.chips)

    def query_with(self, **changed: str) -> str:
        """The query string with some filters set otherwise; "" takes one away."""
        values = {
            name: changed.get(name, self.data.get(name, "")) for name in (*self.filters, SORT)
        }
        return urlencode({name: value for name, value in values.items() if value})

    def _in_words(self, name: str, value: Any) -> str:
        if isinstance(value, date):
            return date_format(value, _("j M Y"))
        if name == "source" and (pk := id_of(value)) is not None:
            return str(Source.objects.filter(pk=pk).first() or value)
        choices = getattr(self.form.fields[name], "choices", None)
        if choices is None or not isinstance(value, str):
            return str(value)
        return str(dict(choices).get(value, value))

    def _seen(self, claims: ClaimQuerySet, _name: str, verdict: str) -> ClaimQuerySet:
        """By the verdict that the viewer sees, as an article's queue does: who is to check a claim blind sees it pending."""
        hidden = Q(pk__in=hidden_from(self.viewer, claims))
        so = Q(verdict=verdict) & ~hidden
        return claims.filter(so | hidden if verdict == Verdict.PENDING else so)

    def _decided_by(self, claims: ClaimQuerySet, _name: str, who: str) -> ClaimQuerySet:
        return work_filters.decided_by(claims, self.viewer.pk if who == ME else int(who))

    def _asked(self, claims: ClaimQuerySet, _name: str, of: str) -> ClaimQuerySet:
        return work_filters.asked_of(claims, of, self.viewer)

    def _review_status(self, claims: ClaimQuerySet, _name: str, status: str) -> ClaimQuerySet:
        if status == conditions.TO_CHECK:
            return conditions.to_check(claims, self.viewer)
        return claims.filter(review_status=status)

    def _assigned(self, claims: ClaimQuerySet, _name: str, to: str) -> ClaimQuerySet:
        if to == NOBODY:
            return claims.filter(assigned_to=None)
        return claims.filter(assigned_to=self.viewer.pk if to == ME else int(to))
