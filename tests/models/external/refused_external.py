"""Rows of other newsrooms' fact-checks that the database itself refuses to store."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import User

from tests.models import rows
from tests.models.external import external_rows


def _sources(times: int = 1, **fields: Any) -> Callable[[User], None]:
    def create(_user: User) -> None:
        for _time in range(times):
            external_rows.source(**fields)

    return create


def _check(**fields: Any) -> Callable[[User], object]:
    return lambda _user: external_rows.check(**fields)


def _matches(times: int = 1, **fields: Any) -> Callable[[User], None]:
    def create(user: User) -> None:
        claim, check = rows.claim(rows.revision(user)), external_rows.check()
        for _time in range(times):
            external_rows.match(claim, check, **fields)

    return create


REFUSED_EXTERNAL: list[tuple[str, Callable[[User], object]]] = [
    ("external_source_has_address", _sources(address="")),
    ("external_source_kind_known", _sources(kind="rss")),
    ("external_source_once", _sources(times=2)),
    ("external_check_is_whole", _check(publisher="")),
    ("external_check_is_whole", _check(statement="")),
    ("external_check_is_whole", _check(rating="")),
    ("external_check_is_whole", _check(url="")),
    ("external_match_once", _matches(times=2)),
    ("external_match_score_is_a_share", _matches(score=1.01)),
    ("external_match_settled_by_a_person", _matches(state="dismissed")),
    ("external_match_settled_by_a_person", _matches(state="confirmed")),
]
