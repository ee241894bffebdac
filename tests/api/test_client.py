"""A typed client, made of the description alone, plays the whole main job."""

import sys
from importlib.util import module_from_spec, spec_from_file_location
from types import ModuleType
from typing import Any

import pytest
from datamodel_code_generator import DataModelType, InputFileType, generate
from datamodel_code_generator.format import Formatter
from django.test import Client

from tests.api.conftest import secret_of
from tests.conftest import BODY


@pytest.fixture
def types(client: Client, tmp_path) -> ModuleType:
    """The types of the description, as Python."""
    path = tmp_path / "workbench_api.py"
    generate(
        client.get("/api/v1/openapi.json").content.decode(),
        input_file_type=InputFileType.OpenAPI,
        output=path,
        output_model_type=DataModelType.PydanticV2BaseModel,
        formatters=[Formatter.BUILTIN],
    )
    spec = spec_from_file_location("workbench_api", path)
    module = module_from_spec(spec)
    sys.modules["workbench_api"] = module
    spec.loader.exec_module(module)
    return module


class Typed:
    """Sends and returns only what the types allow."""

    def __init__(self, secret: str) -> None:
        self._client, self._headers = Client(), {"Authorization": f"Bearer {secret}"}

    def ask(self, answer: Any, method: str, path: str, sent: Any = None, tag: str = "") -> Any:
        """The answer as a type; what is sent is one, too."""
        response = self._client.generic(
            method,
            f"/api/v1{path}",
            sent.model_dump_json(exclude_unset=True).encode() if sent else b"",
            content_type="application/json",
            headers=self._headers | ({"If-Match": tag} if tag else {}),
        )
        assert response.status_code < 300, response.content
        return answer.model_validate_json(response.content)


def test_from_a_text_to_a_published_report(types, chief):
    desk = Typed(secret_of(chief))
    sent = types.NewArticle(
        text=BODY, headline="Bridge over the Olm closed", outlet="The Ostrey Courier (fiction)"
    )
    article = desk.ask(types.Received, "POST", "/articles", sent).article
    claims = desk.ask(types.ClaimPage, "GET", f"/claims?article={article.id}&sort=id").items
    assert [claim.source.name for claim in claims if claim.source][:2] == ["Ada Venn", "Ada Venn"]
    for claim in claims:
        verdict = types.NewDecision(
            verdict="verified",
            reason="The register says so.",
            evidence=types.NewEvidence(title="Register", url="https://register.example/1931"),
        )
        path = f"/claims/{claim.id}/decisions"
        decided = desk.ask(types.ClaimOut, "POST", path, verdict, tag=f'"{claim.version}"')
        assert decided.verdict.value == "verified"
    report = types.NewReport(title="The bridge", article_id=article.id)
    pk = desk.ask(types.ReportOut, "POST", "/reports", report).id
    seen = desk.ask(types.ReportDetail, "GET", f"/reports/{pk}")
    assert len(seen.claims) == len(claims)
    publication = types.Publication(digest=seen.digest)
    published = desk.ask(types.ReportOut, "POST", f"/reports/{pk}/publish", publication)
    assert not published.draft
    assert published.published_by
