import json
import re
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.exports import digest as digest_module
from claims.exports import get
from claims.exports.digest import canonical, digest
from claims.exports.types import Term
from tests.exports import reports

_ANY_TEXT = st.text(st.characters(codec="utf-8"), max_size=60)


def recompute(path) -> str:
    """Run the one-liner of the docstring, as a reader of the export would."""
    code = re.search(r'python3 -c "(.+)" report\.json', digest_module.__doc__)[1]
    run = subprocess.run(
        [sys.executable, "-I", "-c", code, path], capture_output=True, text=True, check=True
    )
    return run.stdout.strip()


@pytest.mark.parametrize("report", [reports.sample(), reports.hostile()], ids=["sample", "hostile"])
def test_the_documented_line_confirms_an_export(tmp_path, report):
    path = tmp_path / "report.json"
    path.write_bytes(b"".join(get("json").write(report)))
    assert recompute(path) == "True"


def test_the_documented_line_finds_a_changed_export(tmp_path):
    export = b"".join(get("json").write(reports.sample()))
    changed = export.replace(b"eighty-two", b"eighty-one")
    assert changed != export
    path = tmp_path / "report.json"
    path.write_bytes(changed)
    assert recompute(path) == "False"


def test_the_digest_is_the_same_in_every_zone_and_language():
    report = reports.sample()
    elsewhere = report.made_at.astimezone(timezone(timedelta(hours=-3)))
    translated = tuple(
        replace(line, verdict=Term(line.verdict.code, f"<{line.verdict.label}>"))
        for line in report.lines
    )
    assert digest(replace(report, made_at=elsewhere, lines=translated)) == digest(report)


def test_the_digest_changes_with_a_verdict():
    report = reports.report(reports.claim(1))
    decided = replace(report, lines=(replace(report.lines[0], verdict=reports.VERIFIED),))
    assert digest(decided) != digest(report)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(headline=_ANY_TEXT, quote=_ANY_TEXT, worth=st.floats(0, 1))
def test_canonical_json_is_the_only_way_to_write_its_data(headline, quote, worth):
    line = reports.claim(1, quote=quote, checkworthiness=worth)
    data = canonical(reports.report(line, headline=headline))
    read = json.loads(data)
    assert read["headline"] == headline
    assert read["lines"][0]["quote"] == quote
    again = json.dumps(read, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    assert again.encode() == data


def test_canonical_json_refuses_a_number_that_json_does_not_know():
    with pytest.raises(ValueError, match="not JSON compliant"):
        canonical(reports.report(reports.claim(1, checkworthiness=float("nan"))))
