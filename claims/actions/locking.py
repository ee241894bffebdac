"""Locking claims for a change."""

import json
from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.errors import NotPossibleError, StaleVersionError
from claims.models import Article, Claim
from claims.models.base.expressions import Among
from claims.models.base.prepared import Prepared


def save_as(actor: User, record: models.Model, *, fields: Collection[str] | None = None) -> None:
    """Save a record, with an entry in its history in the actor's name. `fields` as in `Model.save`."""
    _in_the_name_of(actor, record)
    record.save(update_fields=fields)


def delete_as(actor: User, record: models.Model) -> None:
    """Delete a record, with a last entry in its history in the actor's name."""
    _in_the_name_of(actor, record)
    record.delete()


def _in_the_name_of(actor: User, record: models.Model) -> None:
    # How django-simple-history is told who it is, where there is no request.
    record._history_user = actor  # type: ignore[attr-defined]  # no model declares it


def claim_for_change(*, claim_id: int, version: int) -> Claim:
    """Return the claim, locked until the transaction ends.

    Raises:
        StaleVersionError: if someone has changed the claim since `version`.
    """
    return claims_for_change({claim_id: version})[0]


def claims_for_change(versions: Mapping[int, int]) -> list[Claim]:
    """Return several claims of one article in reading order, locked until the transaction ends.

    Args:
        versions: for each claim's id, the version that the actor saw.

    Raises:
        StaleVersionError: if someone has changed one of them since.
        NotPossibleError: if there are no claims, or they are from several articles.
    """
    found = locked(versions)
    for claim in found:
        if claim.version != versions[claim.pk]:
            raise StaleVersionError(claim=claim, looked_at=versions[claim.pk])
    return found


_LOCKED = Prepared(
    lambda ids: (
        Claim.objects.select_for_update(of=("self",))
        .select_related("revision__article")
        .in_reading_order()
        .filter(Among("pk", [ids]))
    )
)


def locked(claim_ids: Collection[int]) -> list[Claim]:
    """Return several claims of one article in their current state and in reading order, locked.

    Raises:
        NotPossibleError: if there are no claims, or they are from several articles.
    """
    found = _LOCKED.all(claim_ids)
    if len(found) != len(claim_ids):
        raise Claim.DoesNotExist
    if len({claim.revision.article_id for claim in found}) != 1:
        raise NotPossibleError(why=_("select one or more claims of the same article."))
    return found


def locked_across(claim_ids: Collection[int]) -> list[Claim]:
    """Return those of several claims, of any articles, that still exist, locked and in reading order.

    The articles' texts are not loaded; the tags are.
    """
    return list(
        Claim.objects.select_for_update(of=("self",))
        .select_related("revision__article")
        .defer("revision__body")
        .prefetch_related("tags")
        .in_reading_order()
        .filter(pk__in=claim_ids)
    )


def write_fields(fields: Mapping[Claim, Mapping[str, Any]], *, looked_at: bool = True) -> None:
    """Set fields of locked claims, and mark them and their articles as just edited by a person.

    Args:
        fields: each claim's new fields; `tag_ids` are its tags, and a `touched_at` is used instead of now. Claims
            with the same new values are written in one query.
        looked_at: whether the person reviewed the claims themselves; otherwise they still count as proposed by the
            splitter.
    """
    now = timezone.now()
    alike: dict[str, list[Claim]] = defaultdict(list)
    for claim, wanted in fields.items():
        claim.version += 1
        claim.touched_at = now if looked_at else claim.touched_at
        for field, value in wanted.items():
            if field != "tag_ids":
                setattr(claim, field, value)
        alike[json.dumps([claim.version, _columns(wanted)], sort_keys=True, default=str)].append(
            claim
        )
    for claims in alike.values():
        mark = {"touched_at": _touched(claims)} if looked_at else {}
        Claim.objects.filter(pk__in=[claim.pk for claim in claims]).update(
            version=claims[0].version, **mark, **_columns(fields[claims[0]])
        )
    _tag({claim: wanted["tag_ids"] for claim, wanted in fields.items() if "tag_ids" in wanted})
    articles = {claim.revision.article_id for claim in fields}
    Article.objects.filter(pk__in=articles).update(changed_at=now)


def _columns(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the claims written in one query have in common: all but when they were edited, and their tags."""
    return {name: value for name, value in fields.items() if name not in {"tag_ids", "touched_at"}}


def _touched(claims: Collection[Claim]) -> Any:
    """Return when each claim was edited, as one expression for all: those restored by an undo may differ."""
    at: dict[datetime | None, list[int]] = defaultdict(list)
    for claim in claims:
        at[claim.touched_at].append(claim.pk)
    if len(at) == 1:
        return next(iter(at))
    whens = (models.When(pk__in=ids, then=models.Value(moment)) for moment, ids in at.items())
    return models.Case(*whens, output_field=models.DateTimeField())


def _tag(tags: Mapping[Claim, Collection[int]]) -> None:
    """Set the tags of claims, by the tags' ids."""
    if not tags:
        return
    tagged = Claim.tags.through
    tagged._default_manager.filter(claim__in=tags).delete()
    tagged._default_manager.bulk_create(
        tagged(claim_id=claim.pk, tag_id=tag) for claim, wanted in tags.items() for tag in wanted
    )
    models.prefetch_related_objects(list(tags), "tags")
