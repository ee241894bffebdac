import json
import re
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.renderers import digest as digest_module
from claims.renderers import get
from claims.renderers.digest import canonical, digest, edition, thaw
from claims.renderers.types import Report, Term
from tests.renderers import reports
from tests.renderers.matches import matching

_ANY_TEXT = st.text(st.characters(codec="utf-8"), max_size=60)


def recompute(path) -> str:
    """Run the one-liner of the docstring, as a reader of the export would."""
    code = re.search(r'python3 -c "(.+)" report\.json', digest_module.__doc__)[1]
    run = subprocess.run(
        [sys.executable, "-I", "-c", code, path], capture_output=True, text=True, check=True
    )
    return run.stdout.strip()


def labels(report: Report) -> dict[str, Term]:
    """The terms of a report by their codes."""
    found = {}

    def look(value: object) -> None:
        if isinstance(value, Term):
            found[value.code] = value
        elif isinstance(value, tuple):
            for each in value:
                look(each)
        elif hasattr(value, "__dataclass_fields__"):
            for name in value.__dataclass_fields__:
                look(getattr(value, name))

    look(report)
    return found


EDITIONS = {
    "sample": reports.sample(),
    "several": reports.several(),
    "hostile": reports.hostile(),
    "matching": matching(),
    "no claims": reports.report(),
}
every_edition = pytest.mark.parametrize("made", EDITIONS.values(), ids=EDITIONS)


@every_edition
def test_the_documented_line_confirms_an_export(tmp_path, made):
    path = tmp_path / "report.json"
    path.write_bytes(b"".join(get("json").write(made)))
    assert recompute(path) == "True"


def test_the_documented_line_finds_a_changed_export(tmp_path):
    export = b"".join(get("json").write(reports.sample()))
    changed = export.replace(b"eighty-two", b"eighty-one")
    assert changed != export
    path = tmp_path / "report.json"
    path.write_bytes(changed)
    assert recompute(path) == "False"


@every_edition
def test_a_report_is_read_back_as_it_was(made):
    terms = labels(made.report)
    assert thaw(made.canonical, lambda _list, code: terms[code]) == made.report


def test_a_term_is_asked_for_by_its_list():
    asked = set()
    thaw(
        reports.several().canonical, lambda name, code: asked.add((name, code)) or Term(code, code)
    )
    assert asked == {
        *(("verdict", code) for code in ("pending", "verified", "disputed")),
        ("quotation", "indirect"),
        ("source_kind", "minister"),
        ("reason", "figure"),
        ("reason", "accusation"),
        ("stance", "for"),
        ("stance", "against"),
    }


def test_the_digest_is_the_same_in_every_zone_and_language():
    report = reports.sample().report
    elsewhere = report.created_at.astimezone(timezone(timedelta(hours=-3)))
    translated = tuple(
        replace(line, verdict=Term(line.verdict.code, f"<{line.verdict.label}>"))
        for line in report.lines
    )
    other = replace(report, created_at=elsewhere, lines=translated)
    assert edition(other).digest == edition(report).digest


def test_the_digest_changes_with_a_verdict_and_not_with_a_correction():
    made = reports.report(reports.claim(1)).report
    decided = replace(made, lines=(replace(made.lines[0], verdict=reports.VERIFIED),))
    assert edition(decided).digest != edition(made).digest
    published = reports.several()
    assert published.corrections
    assert edition(published.report).digest == published.digest == digest(published.canonical)


_MOMENTS = st.datetimes(
    datetime(1900, 1, 2),  # noqa: DTZ001
    datetime(2200, 1, 1),  # noqa: DTZ001
    timezones=st.integers(-14 * 60, 14 * 60).map(
        lambda minutes: timezone(timedelta(minutes=minutes))
    ),
)


@settings(max_examples=80, deadline=None, derandomize=True)
@given(text=_ANY_TEXT, worth=st.floats(0, 1), created_at=_MOMENTS, checked_at=st.none() | _MOMENTS)
def test_canonical_json_is_the_only_way_to_write_its_data(text, worth, created_at, checked_at):
    line = reports.claim(
        1,
        quote=text,
        checkworthiness=worth,
        source_links=(text,),
        checked_at=checked_at,
        evidence=(reports.evidence(1, reports.FOR, excerpt=text),),
    )
    made = reports.report(line, headline=text, title=text, method=text, created_at=created_at)
    data = made.canonical
    read = json.loads(data)
    assert read["title"] == read["articles"][0]["headline"] == text
    assert read["lines"][0]["quote"] == text
    assert datetime.fromisoformat(read["created_at"]) == created_at.astimezone(UTC)
    again = json.dumps(read, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    assert again.encode() == data
    terms = labels(made.report)
    thawed = thaw(data, lambda _list, code: terms[code])
    assert thawed == made.report
    assert canonical(thawed) == data


def test_canonical_json_refuses_a_number_that_json_does_not_know():
    with pytest.raises(ValueError, match="not JSON compliant"):
        reports.report(reports.claim(1, checkworthiness=float("nan")))
