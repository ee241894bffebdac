"""`make samples`: one file of each format of a report, for an article from seeds/, in the folder `samples`.

The report is created as in the application, in a temporary database. Its decisions are samples and say so: nobody
checked the claims. What the worker takes for contradictions among them is confirmed as well.
"""

import argparse
import os
import secrets
import tempfile
from pathlib import Path

import django
from django.core.management import call_command

BASE_DIR = Path(__file__).resolve().parents[1]
ADDRESS = "https://desk.example.org"
REASON = "A sample decision: nobody checked this claim."


def main() -> None:
    """Write the samples."""
    parser = argparse.ArgumentParser(prog="make samples")
    parser.add_argument("--article", type=Path, default=BASE_DIR / "seeds/garrison-raid.md")
    parser.add_argument("--output", type=Path, default=BASE_DIR / "samples")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as data:
        os.environ.update(
            DJANGO_SETTINGS_MODULE="workbench.settings.base",
            SECRET_KEY=secrets.token_urlsafe(60),
            DATA_DIR=data,
            DATABASE_URL=f"sqlite:///{data}/workbench.sqlite3",
            PUBLIC_URL=ADDRESS,
        )
        django.setup()
        call_command("migrate", verbosity=0)
        call_command("import_articles", options.article)
        call_command("export_report", report=publish(), format="all", output=options.output)


def publish() -> int:
    """Decide the first claims of the only article as samples, and publish its report. Returns the report's number."""
    # Only once Django is set up.
    from claims import actions
    from claims.choices import Verdict
    from claims.models import Article, Claim
    from claims.queries.reports.editions import edition_of

    actor, article = actions.workbench_account(), Article.objects.get()
    actions.change_newsroom(
        actor=actor, words={"name": "A sample desk (fiction)", "contact": "desk@desk.example.org"}
    )
    for claim, verdict in zip(
        Claim.objects.active().of_article(article).exclude(source=None).in_reading_order(),
        (Verdict.VERIFIED, Verdict.DISPUTED),
        strict=False,
    ):
        actions.decide_claim(
            actor=actor,
            claim_id=claim.pk,
            version=claim.version,
            verdict=verdict,
            reason=REASON,
            evidence=actions.EvidenceDraft(title="The article itself", url=article.url or ADDRESS),
        )
    confirm_contradictions()
    report = actions.draft_report(actor=actor, title=article.headline, article=article)
    seen = edition_of(actor=actor, report=report).digest
    actions.publish_report(actor=actor, report_id=report.pk, seen=seen)
    actions.set_public(actor=actor, report_id=report.pk, public=True)
    return report.pk


def confirm_contradictions() -> None:
    """Confirm which claims of the only article contradict or supersede each other, for the report to show it."""
    from claims import actions
    from claims.models import Claim, ClaimMatch
    from claims.models.claims.matches import CHALLENGING
    from workbench.demo.match_steps import compare_with_archive

    compare_with_archive()
    for match in ClaimMatch.objects.filter(relation__in=CHALLENGING).order_by("pk"):
        actions.confirm_match(
            actor=actions.workbench_account(),
            claim_id=match.later_id,
            version=Claim.objects.get(pk=match.later_id).version,
            match_id=match.pk,
        )


if __name__ == "__main__":
    main()
