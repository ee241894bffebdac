"""The requests that the manual shows do what it says."""

import re
import shlex
from itertools import pairwise
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from claims.actions import EvidenceDraft, add_evidence, draft_report
from claims.models import Claim
from claims.queries.reports.contents import draft_of
from tests.api.conftest import secret_of
from tests.conftest import version_of
from tests.ingest.samples import SAMPLES

PAGE = Path(__file__).resolve().parents[2] / "docs" / "api.md"
ADDRESS = "https://desk.example.org"


def requests() -> list[list[str]]:
    """Each `curl` of the page, in words."""
    blocks = re.findall(r"```sh\n(.*?)```", PAGE.read_text(), re.DOTALL)
    lines = [line for block in blocks for line in block.splitlines()]
    return [shlex.split(line) for line in lines if line.startswith("curl")]


@pytest.mark.parametrize("words", requests(), ids=lambda words: words[-1].removeprefix(ADDRESS))
def test_a_request_of_the_manual_is_answered(words, chief, claims, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    given = dict(pairwise(words))
    headers = [after for word, after in pairwise(words) if word == "-H"]
    sent = dict(header.split(": ", 1) for header in headers)
    sent["Authorization"] = sent["Authorization"].replace("$TOKEN", secret_of(chief))
    if "If-Match" in sent:
        version = int(sent["If-Match"].strip('"'))
        Claim.objects.filter(pk=claims[0].pk).update(version=version)
    article = claims[0].revision.article
    report = draft_report(actor=chief, title="The Olm bridge", article=article)
    draft = EvidenceDraft(title="Minutes", file=SimpleUploadedFile("minutes.txt", b"Agreed."))
    piece = add_evidence(actor=chief, evidence=draft, **version_of(claims[1]))
    there = {
        r"/evidence/\d+": f"/evidence/{piece.pk}",
        r"/claims/\d+": f"/claims/{claims[0].pk}",
        r"/reports/\d+": f"/reports/{report.pk}",
        r'"article_id": \d+': f'"article_id": {article.pk}',
        "…": draft_of(report).digest,
    }
    path, body = words[-1].removeprefix(ADDRESS), given.get("-d", "")
    for shown, real in there.items():
        path, body = re.sub(shown, real, path), re.sub(shown, real, body)
    form = [after for word, after in pairwise(words) if word == "-F"]
    answer = Client().generic(
        given.get("-X", "POST" if "-d" in given or form else "GET"),
        path,
        encode_multipart(BOUNDARY, dict(map(field, form))) if form else body.encode(),
        content_type=MULTIPART_CONTENT if form else sent.pop("Content-Type", ""),
        headers=sent,
    )
    assert answer.status_code in {200, 201, 202}, answer.content


def field(written: str) -> tuple[str, object]:
    """A field of a form, as `curl -F` takes it: with "@", it is a file."""
    name, _equals, value = written.partition("=")
    if not value.startswith("@"):
        return name, value
    return name, SimpleUploadedFile(value[1:], SAMPLES[value.rpartition(".")[2]]())


def test_there_are_some():
    assert len(requests()) == 11
