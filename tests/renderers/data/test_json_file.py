import json
from dataclasses import replace

import pytest

from claims.renderers.data.json_file import write
from claims.renderers.digest import digest
from tests.renderers import reports
from tests.renderers.matches import matching


@pytest.fixture
def exported() -> dict:
    return json.loads(b"".join(write(reports.sample())))


def test_the_head_says_version_and_digest(exported):
    assert exported["schema_version"] == 3
    assert exported["edition"] == "internal"
    assert exported["digest"] == reports.sample().digest
    assert exported["number"] is None


def test_the_report_stands_in_the_file_in_canonical_form():
    made = reports.several()
    assert made.canonical in b"".join(write(made))
    assert digest(made.canonical) == made.digest


def test_schema_version_3_has_these_keys(exported):
    """Taking a key away breaks programs that read exports: it needs a new schema version."""
    assert " ".join(exported) == (
        "schema_version edition digest published_digest number language labels corrections text_corrections verdicts_in_force "
        "earlier_checks timestamp report"
    )
    report = exported["report"]
    assert " ".join(report) == (
        "articles created_at lines made_by newsroom scope software title verdicts"
    )
    assert " ".join(report["articles"][0]) == (
        "body_digest byline claims headline id language outlet published revision url"
    )
    assert " ".join(report["newsroom"]) == "contact corrections funding logo method name"
    assert " ".join(report["lines"][0]) == (
        "article checked_at checked_by checkworthiness evidence id prefix quotation quote reason "
        "reasons role second_checked_at second_checked_by source source_kind source_links "
        "statement suffix told_to verdict"
    )
    assert " ".join(report["lines"][1]["evidence"][0]) == (
        "archive_url confidential excerpt id interest looked_up primary sha256 stance title url"
    )


def test_values_come_back_as_they_were(exported):
    report = exported["report"]
    assert report["articles"][0]["published"] == "2031-05-06T04:30:00+00:00"
    assert report["articles"][0]["revision"] == 2
    assert report["created_at"] == "2031-05-08T16:45:12.345678+00:00"
    assert report["verdicts"] == [["pending", 3], ["verified", 1], ["disputed", 1]]
    assert report["lines"][3]["source"] == "ميرا الصالحية"
    assert report["lines"][3]["statement"].endswith("🐟")
    assert report["lines"][0]["reasons"] == ["figure", "accusation"]
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


def test_corrections_stand_beside_the_report_that_they_correct():
    exported = json.loads(b"".join(write(reports.several())))
    assert exported["number"] == 3
    assert exported["corrections"] == [
        {
            "kind": "correction",
            "claim": 21,
            "before": "verified",
            "after": "disputed",
            "reason": "A second ledger was found.",
            "at": "2031-05-16T11:05:00+00:00",
            "notice": (
                "We first called this claim verified. A second ledger, found since, contradicts it."
            ),
            "published_at": "2031-05-17T11:05:00+00:00",
        },
        {
            "kind": "correction",
            "claim": 22,
            "before": "disputed",
            "after": "pending",
            "reason": "The ledger is being read again.",
            "at": "2031-05-27T11:05:00+00:00",
            "notice": "",
            "published_at": None,
        },
    ]
    assert exported["report"]["lines"][0]["verdict"] == "verified"


@pytest.mark.parametrize(
    "edition",
    [reports.sample(), reports.several(), matching()],
    ids=["sample", "several", "matching"],
)
def test_every_text_is_in_the_file(edition):
    file = b"".join(write(edition)).decode()
    missing = [
        text
        for part in (edition.report, edition.corrections)
        for text in reports.texts(part)
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
        "reason": {"figure": "a figure", "accusation": "an accusation"},
        "stance": {"against": "Against", "for": "For", "context": "Context"},
        "relation": {},
    }


def test_hostile_text_comes_back_unchanged():
    read = json.loads(b"".join(write(reports.hostile())))
    assert read["report"]["lines"][0]["quote"] == reports.HOSTILE
    assert read["report"]["articles"][0]["url"] == "JavaScript:alert(4)"


def test_what_is_only_of_the_public_edition_is_not_in_the_other():
    made = replace(matching(), published_digest="ab" * 32)
    public, internal = (
        json.loads(b"".join(write(replace(made, kind=kind)))) for kind in ("public", "internal")
    )
    assert public["earlier_checks"]
    assert internal["earlier_checks"] == {}
    assert public["published_digest"] == "ab" * 32
    assert json.loads(b"".join(write(reports.sample())))["published_digest"] is None
