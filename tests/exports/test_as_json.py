import json

import pytest

from claims.exports.as_json import write
from claims.exports.digest import canonical, digest
from tests.exports import reports


@pytest.fixture
def exported() -> dict:
    return json.loads(b"".join(write(reports.sample())))


def test_the_head_says_version_and_digest(exported):
    assert exported["schema_version"] == 1
    assert exported["digest"] == digest(reports.sample())


def test_the_report_stands_in_the_file_in_canonical_form():
    assert canonical(reports.sample()) in b"".join(write(reports.sample()))


def test_schema_version_1_has_these_keys(exported):
    """Taking a key away breaks programs that read exports: it needs a new schema version."""
    report = exported["report"]
    assert " ".join(report) == (
        "body_digest byline corrections headline language lines made_at made_by method newsroom outlet "
        "published revision software url verdicts"
    )
    assert " ".join(report["lines"][0]) == (
        "checked_at checked_by checkworthiness evidence id quotation quote reason role source "
        "source_kind statement told_to verdict"
    )
    assert " ".join(report["lines"][1]["evidence"][0]) == (
        "archive_url excerpt id interest looked_up primary sha256 stance title url"
    )


def test_values_come_back_as_they_were(exported):
    report = exported["report"]
    assert report["published"] == "2031-05-06T04:30:00+00:00"
    assert report["made_at"] == "2031-05-08T16:45:12.345678+00:00"
    assert report["revision"] == 2
    assert report["verdicts"] == [["pending", 3], ["verified", 1], ["disputed", 1]]
    assert report["lines"][3]["source"] == "ميرا الصالحية"
    assert report["lines"][3]["statement"].endswith("🐟")
    narration = report["lines"][2]
    assert narration["source_kind"] is None
    assert narration["verdict"] == "verified"
    assert narration["checked_at"] == "2031-05-07T11:05:00+00:00"
    assert report["lines"][0]["checked_at"] is None
    document = report["lines"][1]["evidence"][1]
    assert document["id"] == 102
    assert document["stance"] == "for"
    assert document["primary"] is False
    assert document["looked_up"] == "2031-05-07"


def test_every_text_is_in_the_file(exported):
    file = b"".join(write(reports.sample())).decode()
    missing = [
        text
        for text in reports.texts(reports.sample())
        if json.dumps(text, ensure_ascii=False) not in file
    ]
    assert missing == []


def test_every_code_has_its_label(exported):
    assert exported["labels"] == {
        "verdict": {"pending": "Pending", "verified": "Verified", "disputed": "Disputed"},
        "quotation": {
            "indirect": "Indirect speech",
            "direct": "Direct quotation",
            "narration": "The article's own voice",
        },
        "source_kind": {"minister": "Minister", "expert": "Expert", "unnamed": "Unnamed"},
        "stance": {"against": "Against", "for": "For", "context": "Context"},
    }


def test_hostile_text_comes_back_unchanged():
    read = json.loads(b"".join(write(reports.hostile())))
    assert read["report"]["lines"][0]["quote"] == reports.HOSTILE
    assert read["report"]["url"] == "JavaScript:alert(4)"
