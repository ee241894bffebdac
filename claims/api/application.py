"""The API as a whole: its operations, its description in OpenAPI, and how much a token may ask."""

from typing import Any

from django.urls import URLPattern, URLResolver, path, re_path
from ninja import NinjaAPI, Swagger
from ninja.openapi.schema import OpenAPISchema

from claims.api import errors
from claims.api.routes import (
    accounts,
    archive,
    articles,
    claims,
    evidence,
    exports,
    reports,
    sources,
)

DESCRIPTION = """The desk, for the newsroom's other programs: articles come in, claims are found, decided and reported on.

Every request carries a token: `Authorization: Bearer …`. People create theirs under *Access tokens*; a system exchanges
its credentials for one that works for an hour. A token allows no more than its scopes and its account's role.

A claim's version is its ETag. Whatever changes a claim sends the one that it saw as `If-Match`; if somebody has changed
the claim since, the answer is 412 with both sides. A request with an `Idempotency-Key` is carried out once, however often
it is sent. Errors are `application/problem+json`. Lists go on with `cursor`, as long as `next` is not null."""


class Api(NinjaAPI):
    """The API. Errors are described as what they are: `application/problem+json`."""

    _schema: OpenAPISchema | None = None

    def get_openapi_schema(self, *args: Any, **kwargs: Any) -> OpenAPISchema:
        """Return the description in OpenAPI 3.1. It is made once, since that takes half a second."""
        if self._schema is None:
            schema = super().get_openapi_schema(*args, **kwargs)
            for methods in schema["paths"].values():
                # Answered like GET, as HTTP asks, and described with it.
                methods.pop("head", None)
                for operation in methods.values():
                    _correct(operation)
            self._schema = schema
        return self._schema

    @property
    def urls(self) -> tuple[list[URLPattern | URLResolver], str, str]:
        """The addresses. The library answers a wrong method in words of its own, and leaves unknown addresses to Django."""
        patterns, app, namespace = super().urls
        known = [
            path(str(each.pattern), errors.in_problems(each.callback), name=each.name)
            for each in patterns
            if isinstance(each, URLPattern)
        ]
        unknown = re_path("", errors.unknown_address, name="unknown-address")
        return [*known, unknown], app, namespace


def _correct(operation: dict[str, Any]) -> None:
    """Correct what the library cannot know of an operation: the media types of errors and of files."""
    for status, answer in operation["responses"].items():
        content = answer.get("content", {}).pop("application/json", None)
        if content is None:
            continue
        if int(status) >= 400:
            answer["content"][errors.CONTENT_TYPE] = content
        elif content["schema"].get("format") == "binary":
            answer["content"]["*/*"] = content
        else:
            answer["content"]["application/json"] = content


api = Api(
    title="Claim Workbench",
    version="1",
    description=DESCRIPTION,
    urls_namespace="api",
    docs=Swagger(settings={"persistAuthorization": False, "tryItOutEnabled": True}),
)
errors.handle_problems(api)
for noun in (accounts, articles, claims, evidence, sources, reports, exports, archive):
    api.add_router("", noun.router)
