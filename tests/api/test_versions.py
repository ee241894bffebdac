"""Changes that name the version they saw: nobody's change is overwritten."""

from django.core.files.uploadedfile import SimpleUploadedFile

from claims.actions import decide_claim
from claims.choices import Verdict
from claims.models import Claim
from tests.conftest import version_of


def test_a_change_without_a_version_is_refused(program, claim):
    answer = program.post(f"/claims/{claim.pk}/decisions", {"verdict": "verified"})
    assert (answer.status_code, answer.json()["code"]) == (428, "version-required")
    assert not claim.decisions.exists()


def test_a_version_that_is_no_etag_is_refused(program, claim):
    answer = program.post(
        f"/claims/{claim.pk}/decisions", {"verdict": "verified"}, If_Match='"seven"'
    )
    assert (answer.status_code, answer.json()["code"]) == (400, "not-an-etag")


def test_a_stale_version_shows_both_sides(program, chief, claim):
    seen = claim.version
    decide_claim(actor=chief, verdict=Verdict.DISPUTED, reason="Two were.", **version_of(claim))
    sent = {"verdict": "verified", "reason": "None was."}
    answer = program.post(f"/claims/{claim.pk}/decisions", sent, seen=seen)
    assert answer.status_code == 412
    told = answer.json()
    assert told["code"] == "stale-version"
    assert told["current"]["verdict"] == "disputed"
    assert told["yours"] == sent
    assert answer.headers["ETag"] == f'"{told["current"]["version"]}"'
    assert Claim.objects.get(pk=claim.pk).verdict == Verdict.DISPUTED


def test_the_etag_of_a_claim_lets_it_be_changed(program, claim):
    tag = program.ask("GET", f"/claims/{claim.pk}").headers["ETag"]
    answer = program.ask("PATCH", f"/claims/{claim.pk}", {"checkable": False}, If_Match=tag)
    assert answer.status_code == 200
    assert answer.json()["checkable"] is False
    assert answer.headers["ETag"] == f'"{claim.version + 1}"'


def test_several_changes_are_made_together(program, claim, chief):
    sent = {"statement": "The Olm bridge stays closed until May.", "assigned_to": "carl"}
    answer = program.ask("PATCH", f"/claims/{claim.pk}", sent, seen=claim.version)
    assert answer.status_code == 200
    assert answer.json()["statement"] == sent["statement"]
    assert answer.json()["assigned_to"]["username"] == "carl"
    assert answer.json()["version"] == claim.version + 2


def test_of_several_changes_none_is_made_if_one_fails(program, claim):
    sent = {"statement": "The Olm bridge stays closed until May.", "assigned_to": "nobody.here"}
    answer = program.ask("PATCH", f"/claims/{claim.pk}", sent, seen=claim.version)
    assert answer.status_code == 400
    assert "nobody.here" in answer.json()["detail"]
    assert Claim.objects.get(pk=claim.pk).statement == claim.statement
    # The second is refused only when the first is done.
    sent = {"statement": "The Olm bridge stays closed until May.", "source_id": 999_999}
    answer = program.ask("PATCH", f"/claims/{claim.pk}", sent, seen=claim.version)
    assert answer.status_code == 400
    assert Claim.objects.get(pk=claim.pk).statement == claim.statement


def test_a_source_is_changed_and_taken_away(program, claim):
    made = program.post("/sources", {"name": "Ministry of Bridges", "kind": "organisation"})
    assert made.status_code == 201
    pk = made.json()["id"]
    answer = program.ask(
        "PATCH", f"/claims/{claim.pk}", {"source_id": pk, "role": "the owner"}, seen=claim.version
    )
    assert answer.json()["source"]["name"] == "Ministry of Bridges"
    assert answer.json()["role"] == "the owner"
    none = program.ask(
        "PATCH", f"/claims/{claim.pk}", {"source_id": None}, seen=answer.json()["version"]
    )
    assert none.json()["source"] is None


def test_evidence_is_added_and_removed_by_the_claims_version(program, claim):
    sent = {"title": "Notice 12", "url": "https://ministry.example/12", "stance": "against"}
    added = program.post(f"/claims/{claim.pk}/evidence", sent, seen=claim.version)
    assert added.status_code == 201
    pk, tag = added.json()["id"], added.headers["ETag"]
    stale = program.ask("DELETE", f"/evidence/{pk}", seen=claim.version)
    assert stale.status_code == 412
    assert program.ask("DELETE", f"/evidence/{pk}", If_Match=tag).status_code == 204
    assert program.get(f"/claims/{claim.pk}/evidence") == {"items": []}


def test_a_file_is_kept_as_it_was_sent(program, claim, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    file = SimpleUploadedFile("survey.csv", b"pillar;cracks\n1;2\n", "text/csv")
    added = program.upload(
        f"/claims/{claim.pk}/evidence/file", {"title": "Survey", "file": file}, seen=claim.version
    )
    assert added.status_code == 201, added.content
    assert added.json()["file_name"] == "survey.csv"
    got = program.ask("GET", f"/evidence/{added.json()['id']}/file")
    assert got.getvalue() == b"pillar;cracks\n1;2\n"
    assert got.headers["Content-Security-Policy"].startswith("sandbox")


def test_a_field_that_does_not_exist_is_refused(program, claim):
    answer = program.ask("PATCH", f"/claims/{claim.pk}", {"asigned_to": "carl"}, seen=claim.version)
    assert answer.status_code == 422
    assert "asigned_to" in answer.json()["detail"]


def test_a_change_of_nothing_checks_the_version_too(program, claim):
    assert program.ask("PATCH", f"/claims/{claim.pk}", {}, seen=claim.version).status_code == 200
    assert program.ask("PATCH", f"/claims/{claim.pk}", {}, seen=9).status_code == 412
