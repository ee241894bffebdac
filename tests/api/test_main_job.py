"""The whole main job through the API alone: an article in, its claims decided, its report published."""

from claims.models import Claim
from tests.conftest import BODY


def test_an_article_becomes_a_published_report(program, chiefs):
    article = program.post(
        "/articles",
        {
            "text": BODY,
            "headline": "Bridge over the Olm closed",
            "outlet": "The Ostrey Courier (fiction)",
            "published_at": "2026-03-01T09:00:00+01:00",
        },
    )
    assert article.status_code == 201
    assert article.json()["outcome"] == "created"
    pk = article.json()["article"]["id"]

    found = program.get(f"/claims?article={pk}&sort=id")["items"]
    assert found[0]["statement"].startswith("The bridge over the Olm")
    first, second = found[:2]
    assert first["source"]["name"] == "Ada Venn"
    assert first["verdict"] == "pending"

    decided = program.post(
        f"/claims/{first['id']}/decisions",
        {
            "verdict": "verified",
            "reason": "The ministry's notice says so.",
            "evidence": {"title": "Notice 12", "url": "https://ministry.example/notices/12"},
        },
        seen=first["version"],
    )
    assert decided.status_code == 201
    assert decided.json()["verdict"] == "verified"
    assert decided.headers["ETag"] == f'"{decided.json()["version"]}"'
    disputed = program.post(
        f"/claims/{second['id']}/decisions",
        {"verdict": "disputed", "reason": "The survey found one."},
        seen=second["version"],
    )
    assert disputed.status_code == 201

    told = program.get(f"/claims/{first['id']}?expand=evidence,decisions")
    assert [piece["title"] for piece in told["evidence"]] == ["Notice 12"]
    assert [one["reason"] for one in told["decisions"]] == ["The ministry's notice says so."]

    draft = program.post("/reports", {"title": "The bridge", "article_id": pk})
    assert draft.status_code == 201
    report = draft.json()["id"]
    assert chiefs.get(f"/reports/{report}")["verdicts"] == {
        "verified": 1,
        "disputed": 1,
        "pending": len(found) - 2,
    }


def test_a_published_report_is_what_was_seen(chiefs, claims):
    claim = claims[0]
    chiefs.post(f"/claims/{claim.pk}/decisions", {"verdict": "verified"}, seen=claim.version)
    report = chiefs.post("/reports", {"title": "The bridge", "claim_ids": [claim.pk]}).json()["id"]
    seen = chiefs.get(f"/reports/{report}")
    assert seen["draft"]
    assert seen["verdicts"] == {"verified": 1, "disputed": 0, "pending": 0}

    Claim.objects.filter(pk=claim.pk).update(statement="Another one.")
    stale = chiefs.post(f"/reports/{report}/publish", {"digest": seen["digest"]})
    assert (stale.status_code, stale.json()["code"]) == (409, "look-again")

    seen = chiefs.get(f"/reports/{report}")
    published = chiefs.post(f"/reports/{report}/publish", {"digest": seen["digest"]})
    assert published.status_code == 200
    assert not published.json()["draft"]
    file = chiefs.ask("GET", f"/reports/{report}/files/json")
    assert file.status_code == 200
    assert "Another one." in file.getvalue().decode()
