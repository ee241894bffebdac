"""Downloading evidence files."""

from urllib.parse import unquote

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from claims.actions import EvidenceDraft, add_evidence
from claims.models import Evidence
from tests.web.review.test_evidence import add, remove


@pytest.fixture
def address(editor, claim) -> str:
    file = SimpleUploadedFile("notice.pdf", b"The bridge is closed.")
    evidence = EvidenceDraft(title="Notice", file=file)
    added = add_evidence(actor=editor, claim_id=claim.pk, version=1, evidence=evidence)
    return reverse("evidence-file", args=[added.pk])


def test_a_reader_gets_it(client, reader, address):
    client.force_login(reader)
    assert b"".join(client.get(address).streaming_content) == b"The bridge is closed."


def test_an_account_without_a_role_does_not(client, address):
    client.force_login(User.objects.create_user("nobody"))
    answer = client.get(address)
    assert answer.status_code == 403
    assert b"The bridge is closed." not in answer.content


def test_nobody_does_without_a_login(client, address):
    assert client.get(address).status_code == 302


class TestFiles:
    @pytest.fixture
    def given_out(self, desk, claim):
        def given_out(name: str, **fields: object):
            add(desk, claim, file=SimpleUploadedFile(name, b"Bytes."), **fields)
            kept = claim.evidence.get()
            return desk.get(reverse("evidence-file", args=[kept.pk]))

        return given_out

    @pytest.mark.parametrize(
        ("name", "kind"),
        [
            ("notice.pdf", "application/pdf"),
            ("photo.png", "image/png"),
            ("tool.exe", "application/octet-stream"),
            ("page.html", "application/octet-stream"),
            ("drawing.svg", "application/octet-stream"),
            (
                "Verkündung.docx",
                "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            ),
        ],
    )
    @pytest.mark.parametrize("url", ["", "https://example.org/index.html"], ids=["alone", "link"])
    def test_it_is_a_download_under_its_own_name(self, given_out, name, kind, url):
        answer = given_out(name, url=url, title="")
        disposition, _, called = answer["Content-Disposition"].partition("; ")
        assert disposition == "attachment"
        assert unquote(called) in {f'filename="{name}"', f"filename*=utf-8''{name}"}
        assert called.isascii()
        assert answer["Content-Type"] == kind
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in answer["Content-Security-Policy"]
        assert b"".join(answer) == b"Bytes."

    def test_one_that_was_kept_as_something_to_run_is_bytes(self, desk, claim, given_out):
        given_out("page.html", url="")
        Evidence.objects.update(content_type="text/html")
        answer = desk.get(reverse("evidence-file", args=[claim.evidence.get().pk]))
        assert answer["Content-Type"] == "application/octet-stream"

    def test_a_name_in_two_lines_breaks_no_header(self, given_out):
        answer = given_out('a"b\r\nX-Evil: 1.pdf', url="")
        assert "X-Evil" not in answer.headers
        assert "\n" not in answer["Content-Disposition"]

    def test_of_removed_evidence_there_is_none(self, desk, claim, given_out):
        given_out("notice.pdf", url="")
        kept = claim.evidence.get()
        remove(desk, kept)
        assert desk.get(reverse("evidence-file", args=[kept.pk])).status_code == 404
