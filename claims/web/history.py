"""What happened to a claim or an article, in words: who, when, before and after."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db.models import TextChoices
from django.utils.translation import gettext as _

from claims.choices import Deed, Process, Quotation, Verdict
from claims.models import Change, ChangedClaim, Claim, Source

_CHOICES: dict[str, type[TextChoices]] = {
    "verdict": Verdict,
    "quotation": Quotation,
    "process": Process,
}


@dataclass(frozen=True)
class Difference:
    """One field before and after, as people read it."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Entry:
    """One line of a history.

    Attributes:
        deed: what was done, a value of `Deed`.
        what: the same in words.
        actor: who did it.
        made_at: when.
        note: why, in the actor's words.
        differences: the fields that changed.
        claim: the claim that it was done to, where the history is an article's.
        again: "undo" or "redo" where it took something back or did it again, else "".
        change_id: the change.
    """

    deed: str
    what: str
    actor: str
    made_at: datetime
    note: str
    differences: tuple[Difference, ...]
    claim: Claim | None
    again: str
    change_id: int


def of_claim(claim: Claim) -> list[Entry]:
    """A claim's history, newest first, in three queries at most."""
    rows = list(claim.changed.select_related("change").order_by("-pk"))
    return list(_entries(claim.revision.body, rows, with_claim=False))


def of_changes(body: str, changes: Iterable[Change], hidden: Collection[int] = ()) -> list[Entry]:
    """An article's history: what was done to each claim but the hidden ones, in the order of `changes`."""
    rows = [row for change in changes for row in change.claims.all() if row.claim_id not in hidden]
    return list(_entries(body, rows, with_claim=True))


def proposed(claim: Claim, entries: list[Entry]) -> str:
    """The statement as the splitter proposed it; "" for a claim that a person made."""
    if entries and entries[-1].deed in {Deed.MAKE, Deed.SPLIT} and not entries[-1].differences:
        return ""
    label = _labels()["statement"]
    for entry in reversed(entries):
        for difference in entry.differences:
            if difference.label == label:
                return difference.before
    return claim.statement


def _entries(body: str, rows: list[ChangedClaim], *, with_claim: bool) -> Iterator[Entry]:
    names = _Names(rows, body)
    depths = _depths(rows)
    for row in rows:
        change = row.change
        yield Entry(
            deed=change.deed,
            what=change.get_deed_display(),
            actor=change.actor_name,
            made_at=change.made_at,
            note=change.note,
            differences=tuple(names.differences(row.before, row.after)),
            claim=row.claim if with_claim else None,
            again=("", _("undo"), _("redo"))[depths.get(change.pk, 0)],
            change_id=change.pk,
        )


def _depths(rows: list[ChangedClaim]) -> dict[int, int]:
    """For each change that takes another back whether it undoes (1) or redoes (2) what its chain began with."""
    roots = {row.change.root_id for row in rows} - {None}
    if not roots:
        return {}
    depths: dict[int, int] = {}
    chain = Change.objects.filter(root__in=roots).order_by("pk")
    for pk, undoes in chain.values_list("pk", "undoes"):
        depths[pk] = 2 if undoes in depths and depths[undoes] == 1 else 1
    return depths


def _labels() -> dict[str, str]:
    return {
        "verdict": _("Verdict"),
        "statement": _("Statement"),
        "spans": _("Exact words"),
        "source_id": _("Source"),
        "role": _("Role as stated"),
        "told_to": _("Told to"),
        "quotation": _("Quotation"),
        "checkable": _("Checkable"),
        "process": _("Process"),
        "assigned_to_id": _("Assigned to"),
    }


class _Names:
    """Turns what the log keeps into words; names of sources and people in one query each."""

    def __init__(self, rows: list[ChangedClaim], body: str) -> None:
        self.body = body
        self.names = {
            "source_id": self._of(rows, "source_id", Source),
            "assigned_to_id": self._of(rows, "assigned_to_id", User),
        }
        self.labels = _labels()

    @staticmethod
    def _of(rows: list[ChangedClaim], name: str, model: Any) -> dict[int, str]:
        wanted = {side.get(name) for row in rows for side in (row.before, row.after)} - {None}
        if not wanted:
            return {}
        return {one.pk: str(one) for one in model.objects.filter(pk__in=wanted)}

    def differences(
        self, before: Mapping[str, Any], after: Mapping[str, Any]
    ) -> Iterator[Difference]:
        for name, label in self.labels.items():
            if name in after and before.get(name) != after[name]:
                yield Difference(label, self._say(name, before[name]), self._say(name, after[name]))

    def _say(self, name: str, value: Any) -> str:
        if name in _CHOICES:
            return str(_CHOICES[name](value).label)
        if name in self.names:
            return self.names[name].get(value, _("none"))
        if name == "spans":
            return " … ".join(self.body[start:end] for start, end in value)
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        return str(value)
