"""Every address, and its response."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse
from django.urls.resolvers import RoutePattern, URLResolver

from claims.web.access import ACTION_NEEDS
from tests.web.world import World


@dataclass(frozen=True)
class Address:
    """An address.

    Attributes:
        name: with its namespace; where one name stands for many words, the name and the word.
        path: the address itself.
    """

    name: str
    path: str


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    location: str
    body: bytes


def names(resolver: URLResolver | None = None, namespace: str = "") -> Iterator[tuple[str, Any]]:
    """Every name with its pattern; "" where an address has no name."""
    for one in (resolver or get_resolver()).url_patterns:
        if isinstance(one, URLPattern):
            yield (f"{namespace}{one.name or ''}", one.pattern)
        else:
            inner = f"{namespace}{one.namespace}:" if one.namespace else namespace
            yield from names(one, inner)


def of_the_desk(world: World, *, missing: bool = False) -> Iterator[Address]:
    """The addresses outside the admin.

    Args:
        world: what they name.
        missing: whether they name things that are not there instead.
    """
    for name, pattern in names():
        # Both are asked elsewhere: the API by its operations, with tokens.
        if name.startswith(("admin:", "api:")):
            continue
        assert isinstance(pattern, RoutePattern), name
        keywords = {
            key: 10**9 if missing else _thing(world, name, pattern, key)
            for key in pattern.converters
        }
        if "key" in keywords:
            keywords["key"] = "all" if name == "statistics-table" else "json"
        if name != "change-claim":
            yield Address(name, reverse(name, kwargs=keywords))
            continue
        for word in (*ACTION_NEEDS, "unheard-of"):
            yield Address(f"{name} {word}", reverse(name, kwargs={**keywords, "action": word}))


def _thing(world: World, name: str, pattern: Any, key: str) -> Any:
    if key != "pk":
        return {
            "other": world.other.pk,
            "claim": world.claim.pk,
            "key": "json",
            "action": "",
            "name": "editor",
            "section": "reports",
            "part": "lede",
            "token": "forged",
        }[key]
    if name in {
        "approve-report",
        "discard-report",
        "leave-out-report",
        "publish-report",
        "put-back-report",
        "rename-report",
    }:
        return world.draft.pk
    if name == "delete-filter":
        return world.saved.pk
    first = str(pattern).partition("/")[0]
    things = {
        "account": world.passkey,
        "archives": world.archive,
        "articles": world.article,
        "bulk-changes": world.bulk_change,
        "captures": world.capture,
        "changes": world.change,
        "claims": world.claim,
        "corrections": world.correction,
        "evidence": world.evidence,
        "exports": world.export,
        "groups": world.group,
        "inbox": world.intake,
        "links": world.link,
        "notices": world.channel,
        "notifications": world.notification,
        "published": world.report,
        "reports": world.report,
        "sources": world.source,
        "tokens": world.token,
    }
    return things[first].pk


def of_the_admin() -> Iterator[tuple[Address, Any, str]]:
    """The admin's addresses: each with the model that it is about, if any, and what it does to that."""
    for name in ("index", "password_change", "password_change_done", "jsi18n", "autocomplete"):
        yield Address(f"admin:{name}", reverse(f"admin:{name}")), None, name
    for app in ("auth", "claims"):
        yield Address("admin:app_list", reverse("admin:app_list", args=[app])), None, "app_list"
    yield Address("admin:", "/admin/nothing-of-the-kind/"), None, ""
    for model, page in admin.site._registry.items():
        prefix = f"{model._meta.app_label}_{model._meta.model_name}_"
        found = model._default_manager.order_by("pk").first()
        assert found is not None, f"the tests' newsroom lacks a {prefix}"
        for pattern in page.get_urls():
            if not pattern.name:
                yield (
                    Address("admin:", reverse(f"admin:{prefix}changelist") + f"{found.pk}/"),
                    None,
                    "",
                )
                continue
            verb = pattern.name.removeprefix(prefix)
            path = reverse(f"admin:{pattern.name}", args=_arguments(pattern, found))
            yield Address(f"admin:{pattern.name}", path), model, verb


def _arguments(pattern: Any, found: Any) -> list[Any]:
    if pattern.name.endswith("simple_history"):
        kept = found.history.first()
        return [found.pk, kept.pk if kept else 1]
    return [found.pk] if "id" in str(pattern.pattern) else []


def ask(
    client: Client,
    path: str,
    method: str,
    data: Any = None,
    *,
    follow: bool = False,
    **headers: Any,
) -> Answer:
    """Ask, read the whole answer, and undo whatever the question did, the login's cookies too.

    Args:
        client: who asks.
        path: for what.
        method: GET or POST.
        data: what is sent with the question.
        follow: whether to go where the answer leads, and read that.
        headers: of the question.
    """
    cookies = client.cookies.copy()
    with transaction.atomic():
        sender = client.post if method == "POST" else client.get
        response = sender(path, data or {}, follow=follow, headers=headers)
        body = b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]
        transaction.set_rollback(True)
    client.cookies = cookies
    led = [place for place, _status in getattr(response, "redirect_chain", ())]
    return Answer(response.status_code, response.headers.get("Location", " ".join(led)), body)
