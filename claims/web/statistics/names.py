"""The names of what the figures count by id, in one query each."""

from collections.abc import Iterable, Mapping
from functools import cached_property

from django.contrib.auth.models import User
from django.utils.translation import gettext as _

from claims.choices import SourceKind
from claims.models import Desk, Outlet, Source
from claims.queries.accounts import display_name
from claims.queries.statistics.kept import KINDS, NOBODY

_MODELS = {"outlet": Outlet, "desk": Desk, "source": Source}


class Names:
    """Names of people, outlets, desks, sources and kinds."""

    @cached_property
    def _people(self) -> Mapping[int, str]:
        accounts = User.objects.only("username", "first_name", "last_name")
        return {one.pk: display_name(one) for one in accounts}

    def person(self, pk: int) -> str:
        """The name of an account; 0 is nobody."""
        return _("Nobody") if pk == NOBODY else self._people.get(pk, "?")


def names_by(by: str, keys: Iterable[int]) -> Mapping[int, str]:
    """Return the names of outlets, desks, sources or kinds of sources, by their ids. 0 is where there is none."""
    if by == "kind":
        labels = {one.value: str(one.label) for one in SourceKind}
        return {
            key: labels[KINDS[key]] if KINDS[key] else _("The article's own voice") for key in keys
        }
    none = {"outlet": _("Unknown outlet"), "desk": _("No desk"), "source": _("No source")}
    found = dict(_MODELS[by]._default_manager.filter(pk__in=list(keys)).values_list("pk", "name"))
    return {key: found.get(key, "?") for key in keys} | {NOBODY: none[by]}
