"""Files: an article comes in as one, and a claim gets its evidence as one, by the rules of the desk."""

import html
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from claims.actions import ask_second_check, decide_claim
from claims.choices import Verdict
from claims.models import Article, Evidence, IntakeItem
from tests.api.conftest import program_of
from tests.conftest import BODY, version_of
from tests.ingest import samples
from tests.ingest.formats.messages import VERSION_1, item, message

STORY = b"""---
headline: Ferry to Marrow Quay
outlet: The Ostrey Courier (fiction)
url: https://courier.example.org/ferry
---
The ferry will sail on Monday, officials said.
"""


def sent(name: str, content: bytes = STORY) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


class TestArticles:
    def test_an_article_comes_in_with_what_its_file_says(self, program):
        answer = program.upload("/articles/file", {"file": sent("ferry.md")})
        assert answer.status_code == 201, answer.content
        article = answer.json()["article"]
        assert (article["headline"], article["outlet"]["name"], article["address"]) == (
            "Ferry to Marrow Quay",
            "The Ostrey Courier (fiction)",
            "https://courier.example.org/ferry",
        )
        (claim,) = program.get(f"/claims?article={article['id']}")["items"]
        assert claim["statement"].startswith("The ferry will sail")
        again = program.upload("/articles/file", {"file": sent("ferry.md")})
        assert (again.status_code, again.json()["outcome"]) == (200, "known")

    def test_what_the_program_knows_counts_more_than_what_the_file_says(self, program):
        known = {"outlet": "Radio Ostrey (fiction)", "published_at": "2026-03-04T05:06:00Z"}
        article = program.upload("/articles/file", {"file": sent("ferry.md"), **known}).json()[
            "article"
        ]
        assert article["outlet"]["name"] == "Radio Ostrey (fiction)"
        assert article["published_at"] == "2026-03-04T05:06:00Z"
        assert article["headline"] == "Ferry to Marrow Quay"

    @pytest.mark.parametrize("kind", ["docx", "pdf"])
    def test_the_formats_of_the_inbox_are_read(self, program, kind):
        file = sent(f"bridge.{kind}", samples.SAMPLES[kind]())
        answer = program.upload("/articles/file", {"file": file})
        assert answer.json()["article"]["headline"] == samples.HEADLINE

    def test_what_resembles_an_article_waits_in_the_inbox(self, program, article):
        file = sent("bridge.txt", BODY.replace("until May", "until June").encode())
        answer = program.upload("/articles/file", {"file": file})
        assert (answer.status_code, answer.json()["outcome"]) == (202, "inbox")
        assert answer.json()["inbox_item"]["article_id"] == article.pk
        assert IntakeItem.objects.get().pk == answer.json()["inbox_item"]["id"]

    @pytest.mark.parametrize(
        ("name", "content", "status"),
        [
            ("bridge.exe", b"MZ", 415),
            ("bridge.pdf", b"%PDF-1.7 and no more", 415),
            ("bridge.txt", b" \n", 400),
            ("bridge.json", b"{}", 422),
            ("bridge.md", b"---\npublished: soon\n---\nThe bridge is closed.", 400),
        ],
    )
    def test_a_file_is_refused_in_the_words_of_the_inbox(
        self, program, desk, name, content, status
    ):
        answer = program.upload("/articles/file", {"file": sent(name, content)})
        assert answer.status_code == status
        assert answer.headers["Content-Type"] == "application/problem+json"
        page = desk.post(reverse("bring-files"), {"files": sent(name, content)})
        assert answer.json()["detail"] in html.unescape(page.content.decode())
        assert not Article.objects.exists()

    def test_a_message_with_one_text_comes_in_and_one_with_several_does_not(self, program):
        one = sent("wire.json", json.dumps(VERSION_1).encode())
        assert program.upload("/articles/file", {"file": one}).status_code == 201
        withheld = message(item("", meta='<pubStatus qcode="stat:canceled"/>')).encode()
        refused = program.upload("/articles/file", {"file": sent("wire.xml", withheld)})
        assert (refused.status_code, refused.json()["code"]) == (422, "not-for-use")
        two = sent("wire.json", json.dumps([VERSION_1, VERSION_1]).encode())
        several = program.upload("/articles/file", {"file": two})
        assert several.status_code == 409
        assert "several articles" in several.json()["detail"]
        assert Article.objects.count() == 1

    def test_a_key_stands_for_one_file(self, program):
        def post(content: bytes, between: str):
            file = sent("ferry.md", content)
            how = {"between": between, "Idempotency_Key": "a1"}
            return program.upload("/articles/file", {"file": file}, **how)

        first, again = post(STORY, "one"), post(STORY, "two")
        assert (first.status_code, again.status_code) == (201, 201)
        assert again.json() == first.json()
        assert again.headers["Idempotency-Replayed"] == "true"
        other = post(STORY + b"\nNobody knows why.\n", "one")
        assert (other.status_code, other.json()["code"]) == (422, "key-used-before")

    def test_a_form_that_breaks_off_says_so(self, program):
        for how in ({}, {"Idempotency_Key": "a1"}):
            answer = program.ask(
                "POST",
                "/articles/file",
                b"--x",
                content_type="multipart/form-data; boundary=",
                **how,
            )
            assert (answer.status_code, answer.json()["code"]) == (400, "unreadable-request")


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"embargoed_til": "2030-01-01T00:00:00Z"}, "embargoed_til"),
        ({"confidental": "true"}, "confidental"),
        ({"title": ["Survey", "Poll"]}, "send only one title"),
        ({"file": [sent("a.md"), sent("b.md")]}, "send only one file"),
    ],
)
def test_what_a_form_says_in_vain_is_refused(program, claim, more, told):
    for path in ("/articles/file", f"/claims/{claim.pk}/evidence/file"):
        fields = {"file": sent("survey.md"), "title": "Survey"}
        if "evidence" not in path:
            del fields["title"]
        answer = program.upload(path, fields | more, seen=claim.version)
        assert (answer.status_code, answer.json()["code"]) == (422, "invalid-request")
        assert told in answer.json()["detail"]
    assert not Evidence.objects.exists()
    assert not Article.objects.filter(headline="Ferry to Marrow Quay").exists()


class TestEvidence:
    @pytest.fixture(autouse=True)
    def _apart(self, settings, tmp_path):
        settings.MEDIA_ROOT = tmp_path

    def test_a_key_adds_a_file_once(self, program, claim):
        def post(between: str):
            fields = {"title": "Survey", "confidential": "true", "file": sent("survey.md")}
            return program.upload(
                f"/claims/{claim.pk}/evidence/file",
                fields,
                seen=claim.version,
                between=between,
                Idempotency_Key="a1",
            )

        first, again = post("one"), post("two")
        assert (first.status_code, again.status_code) == (201, 201)
        assert again.json() == first.json()
        assert again.headers["ETag"] == first.headers["ETag"]
        piece = Evidence.objects.get()
        assert (piece.confidential, piece.file_name) == (True, "survey.md")

    def test_a_file_that_is_empty_or_has_no_title_is_refused(self, program, claim):
        path = f"/claims/{claim.pk}/evidence/file"
        fields = {"title": "Survey", "file": sent("survey.md", b"")}
        empty = program.upload(path, fields, seen=claim.version)
        assert (empty.status_code, empty.json()["code"]) == (400, "invalid-value")
        untitled = program.upload(path, {"file": sent("survey.md")}, seen=claim.version)
        assert untitled.status_code == 422
        assert not Evidence.objects.exists()

    def test_who_checks_blind_sees_the_file_and_not_what_it_supports(self, chiefs, editor, claim):
        fields = {"title": "Survey", "stance": "against", "file": sent("survey.md")}
        path = f"/claims/{claim.pk}/evidence"
        chiefs.upload(f"{path}/file", fields, seen=claim.version)
        claim.refresh_from_db()
        chief = Evidence.objects.get().added_by
        decide_claim(actor=chief, verdict=Verdict.VERIFIED, **version_of(claim))
        ask_second_check(actor=chief, blind=True, **version_of(claim))
        (seen,) = program_of(editor).get(path)["items"]
        assert (seen["title"], seen["stance"]) == ("Survey", None)
        (own,) = chiefs.get(path)["items"]
        assert own["stance"] == "against"

    def test_evidence_stands_in_expanded_lists_as_in_its_own(self, program, claim):
        fields = {"title": "Survey", "file": sent("survey.md")}
        program.upload(f"/claims/{claim.pk}/evidence/file", fields, seen=claim.version)
        (own,) = program.get(f"/claims/{claim.pk}/evidence")["items"]
        expanded = program.get(f"/claims/{claim.pk}?expand=evidence")["evidence"]
        assert expanded == [own | {"captures": None}]
