"""Requests that must not be carried out twice, although a program may have to send them again.

A program that gets no answer does not know whether its request arrived. If it names the request with a key of its own in
`Idempotency-Key`, it can send it again: what was done is not done twice, and the first answer comes again. See the draft
of the IETF, "The Idempotency-Key HTTP Header Field".
"""

import hashlib
import json
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from claims.actions.base import transaction_of_action
from claims.actions.files import digest_of
from claims.api.access import Need
from claims.api.auth import access_in, admit
from claims.api.errors import UNREADABLE, ProblemError, problem, problem_of, unreadable
from claims.models import KeptAnswer

HEADER = "Idempotency-Key"

Operation = Callable[..., HttpResponseBase]

_KEPT_HEADERS = ("ETag", "Location", "Content-Type")
_LONGEST = 200
_GIVEN_UP = timedelta(minutes=5)
"""After how long a request without an answer is taken to have died with its server."""


def once(operation: Operation, need: Need) -> Operation:
    """Carry an operation out once for each key, and keep its answer in the same transaction.

    Args:
        operation: the operation.
        need: what it needs: a kept answer, too, is only for whoever may ask.
    """
    return _guarded(operation, need, _together)


def once_slowly(operation: Operation, need: Need) -> Operation:
    """The same for an operation that takes long, and that finds by itself what it did before: in no transaction.

    If the server dies meanwhile, the operation is carried out again after some minutes, and its answer is that of a
    repetition.
    """
    return _guarded(operation, need, _apart)


def _guarded(
    operation: Operation,
    need: Need,
    how: Callable[[KeptAnswer, Callable[[], HttpResponseBase]], HttpResponseBase],
) -> Operation:
    @wraps(operation)
    def run(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        key, access = request.headers.get(HEADER, ""), access_in(request)
        if not key or access is None:
            return operation(request, *args, **kwargs)
        try:
            admit(request, access, need)
            asked = KeptAnswer(owner=access.user, key=_valid(key), digest=_digest(request))
        except ProblemError as error:
            return problem_of(error)
        except UNREADABLE as error:
            return unreadable(request, error)
        return how(asked, lambda: operation(request, *args, **kwargs))

    return run


def _valid(key: str) -> str:
    if len(key) > _LONGEST or not key.isprintable():
        raise ProblemError(400, "invalid-key", gettext_noop("The idempotency key is not valid."))
    return key


def _together(asked: KeptAnswer, operation: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    with transaction_of_action():
        # The same request at the same moment waits here for the first one's end.
        kept, is_new = _reserved(asked)
        if not is_new:
            return _again(kept, asked.digest)
        answer = operation()
        _keep(kept, answer)
        return answer


def _apart(asked: KeptAnswer, operation: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    with transaction.atomic():
        kept, is_new = _reserved(asked)
        if not is_new and kept.status is None and kept.created_at < timezone.now() - _GIVEN_UP:
            # Its server died.
            kept.created_at, is_new = timezone.now(), True
            kept.save(update_fields=["created_at"])
    if not is_new:
        return _again(kept, asked.digest)
    try:
        answer = operation()
    except BaseException:
        kept.delete()
        raise
    _keep(kept, answer)
    return answer


def _reserved(asked: KeptAnswer) -> tuple[KeptAnswer, bool]:
    """Return the request that has this key, and whether it is this one."""
    same = {"owner": asked.owner, "key": asked.key}
    return KeptAnswer.objects.get_or_create(**same, defaults={"digest": asked.digest})


def _keep(kept: KeptAnswer, answer: HttpResponseBase) -> None:
    """Keep the answer to something that was done. What was refused is not kept, since nothing was done."""
    if not isinstance(answer, HttpResponse) or answer.status_code >= 300:
        kept.delete()
        return
    kept.status = answer.status_code
    kept.body = answer.content.decode()
    kept.headers = {name: answer[name] for name in _KEPT_HEADERS if name in answer}
    kept.save()


def _again(kept: KeptAnswer, digest: str) -> HttpResponse:
    if kept.digest != digest:
        return problem(
            422,
            "key-used-before",
            _("This idempotency key was used for another request. Use a new one."),
        )
    if kept.status is None:
        return problem(
            409,
            "request-under-way",
            _("A request with this idempotency key is being carried out. Send it again later."),
            headers={"Retry-After": "5"},
        )
    answer = HttpResponse(kept.body, status=kept.status, headers=kept.headers)
    answer["Idempotency-Replayed"] = "true"
    return answer


def _digest(request: HttpRequest) -> str:
    """Return what tells one request from another: method, address, version, and what is sent."""
    told = hashlib.sha256(
        "\n".join(
            [request.method or "", request.get_full_path(), request.headers.get("If-Match", "")]
        ).encode()
    )
    if request.content_type == "multipart/form-data":
        # Whoever sends a form again separates its parts by other words.
        parts = dict(sorted(request.POST.lists()))
        told.update(json.dumps(parts).encode())
        for name, files in sorted(request.FILES.lists()):
            for file in files:
                told.update(f"\n{name}\n{file.name}\n{digest_of(file)}".encode())
    else:
        told.update(request.body)
    return told.hexdigest()
