"""Requests that must not be carried out twice, although a program may have to send them again.

A program that gets no answer does not know whether its request arrived. If it names the request with a key of its own in
`Idempotency-Key`, it can send it again: what was done is not done twice, and the first answer comes again. See the draft
of the IETF, "The Idempotency-Key HTTP Header Field".
"""

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from claims.actions.base import transaction_of_action
from claims.api.auth import access_in
from claims.api.errors import problem
from claims.models import KeptAnswer

HEADER = "Idempotency-Key"

Operation = Callable[..., HttpResponseBase]

_KEPT_HEADERS = ("ETag", "Location", "Content-Type")
_LONGEST = 200


def once(operation: Operation) -> Operation:
    """Carry an operation out once for each key, and keep its answer in the same transaction."""

    @wraps(operation)
    def run(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return _run(request, lambda: operation(request, *args, **kwargs), atomic=True)

    return run


def once_slowly(operation: Operation) -> Operation:
    """The same for an operation that takes long, and that finds by itself what it did before: in no transaction.

    If the server dies between the two, the operation is carried out again, and its answer is that of a repetition.
    """

    @wraps(operation)
    def run(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return _run(request, lambda: operation(request, *args, **kwargs), atomic=False)

    return run


def _run(
    request: HttpRequest, operation: Callable[[], HttpResponseBase], *, atomic: bool
) -> HttpResponseBase:
    key, access = request.headers.get(HEADER, ""), access_in(request)
    if not key or access is None:
        return operation()
    if len(key) > _LONGEST or not key.isprintable():
        return problem(400, "invalid-key", _("The idempotency key is not valid."))
    asked = {"owner": access.user, "key": key}
    digest = _digest(request)
    if not atomic:
        kept = KeptAnswer.objects.filter(**asked).first()
        if kept is None:
            return _kept(KeptAnswer(**asked, digest=digest), operation())
        return _again(kept, digest)
    with transaction_of_action():
        # The same request at the same moment waits here for the first one's end.
        kept, is_new = KeptAnswer.objects.get_or_create(**asked, defaults={"digest": digest})
        if not is_new:
            return _again(kept, digest)
        answer = _kept(kept, operation())
        if kept.status is None:
            kept.delete()
        return answer


def _kept(kept: KeptAnswer, answer: HttpResponseBase) -> HttpResponseBase:
    """Keep the answer to something that was done. What was refused is not kept, since nothing was done."""
    if isinstance(answer, HttpResponse) and answer.status_code < 300:
        kept.status = answer.status_code
        kept.body = answer.content.decode()
        kept.headers = {name: answer[name] for name in _KEPT_HEADERS if name in answer}
        with transaction.atomic():
            if kept.pk or not KeptAnswer.objects.filter(owner=kept.owner, key=kept.key).exists():
                kept.save()
    return answer


def _again(kept: KeptAnswer, digest: str) -> HttpResponse:
    if kept.digest != digest:
        return problem(
            422,
            "key-used-before",
            _("This idempotency key was used for another request. Use a new one."),
        )
    answer = HttpResponse(kept.body, status=kept.status, headers=kept.headers)
    answer["Idempotency-Replayed"] = "true"
    return answer


def _digest(request: HttpRequest) -> str:
    """Return what tells one request from another: method, address, version and body."""
    told = hashlib.sha256(
        "\n".join(
            [request.method or "", request.get_full_path(), request.headers.get("If-Match", "")]
        ).encode()
    )
    told.update(request.body)
    return told.hexdigest()
