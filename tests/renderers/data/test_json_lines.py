import json
from datetime import date, datetime, timedelta, timezone
from itertools import count, islice

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.renderers.data.json_lines import table, write
from claims.renderers.types import Edition, Table
from tests.renderers import reports


def lines(edition: Edition) -> list[dict]:
    return [json.loads(line) for line in b"".join(write(edition)).decode().split("\n")[:-1]]


def test_a_claim_is_a_line_that_can_be_read_alone():
    first, second, third = lines(reports.several())
    assert [first["id"], second["id"], third["id"]] == [21, 22, 23]
    assert first["schema_version"] == 3
    assert first["verdict"] == "verified"
    assert first["verdict_in_force"] == "disputed"
    assert second["verdict_in_force"] == "disputed"
    assert first["evidence"][1]["confidential"] is True
    assert first["second_checked_at"] == "2031-05-07T14:05:00+00:00"
    assert third["article"]["headline"] == "الميناء بلا سفن"
    assert third["article"]["published"] is None
    assert first["report"] == third["report"]
    assert first["report"] == {
        "number": 3,
        "language": "en",
        "edition": "internal",
        "digest": reports.several().digest,
        "title": "What was said of Quillport's harbour in May",
        "lede": "",
        "conclusion": "",
        "scope": "Outlet: The Quillport Lantern · Published from: 1 May 2031",
        "newsroom": "The Veldmark Proof Desk",
        "made_by": "Petra Onslow",
        "created_at": "2031-05-08T16:45:12.345678+00:00",
        "approved_by": "",
        "published_by": "",
        "published_at": "",
        "software": "Claim Workbench 0.1.0",
    }


def test_a_claim_carries_its_own_corrections():
    first, second, third = lines(reports.several())
    assert [each["after"] for each in first["corrections"]] == ["disputed"]
    assert first["corrections"][0]["published_at"] == "2031-05-17T11:05:00+00:00"
    assert [each["published_at"] for each in second["corrections"]] == [None]
    assert third["corrections"] == []


def test_the_claims_are_those_of_the_report_to_the_last_field():
    made = reports.sample()
    kept = json.loads(made.canonical)["lines"]
    assert [
        {name: line[name] for name in kept[0] if name != "article"} for line in lines(made)
    ] == [{name: value for name, value in line.items() if name != "article"} for line in kept]


def test_a_report_without_claims_has_no_lines():
    assert b"".join(write(reports.report())) == b""


def test_every_kind_of_cell():
    east = timezone(timedelta(hours=5))
    cells = ("ميرا", 7, 0.25, True, None, datetime(2031, 5, 6, 9, tzinfo=east), date(2031, 5, 6))
    file = b"".join(table(Table(("a", "b", "c", "d", "e", "f", "g"), [cells])))
    assert json.loads(file) == {
        "a": "ميرا",
        "b": 7,
        "c": 0.25,
        "d": True,
        "e": None,
        "f": "2031-05-06T04:00:00+00:00",
        "g": "2031-05-06",
    }


@pytest.mark.parametrize(
    ("cell", "error"),
    [(float("nan"), ValueError), (datetime(2031, 5, 6), ValueError), (b"x", TypeError)],  # noqa: DTZ001
)
def test_what_json_cannot_hold_is_refused(cell, error):
    with pytest.raises(error):
        list(table(Table(("a",), [(cell,)])))


def test_a_table_never_holds_all_its_rows():
    taken = []
    endless = ((number,) for number in count() if not taken.append(number))
    some = b"".join(islice(table(Table(("id",), endless)), 3)).decode().splitlines()
    assert json.loads(some[-1]) == {"id": len(some) - 1}
    assert len(some) == len(taken) < 1_000


@settings(max_examples=120, deadline=None, derandomize=True)
@given(st.text(st.characters(codec="utf-8") | st.sampled_from('"\\\n\r\x00\u2028'), max_size=30))
def test_any_text_comes_back_on_one_line(text: str):
    file = b"".join(table(Table((text or "name",), [(text,)])))
    assert file.count(b"\n") == 1
    assert json.loads(file) == {text or "name": text}
