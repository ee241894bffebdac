"""Fills an empty workbench, or works on in one: run as a program, on the database that the environment names.

With the word "fill", an editor decides claims on evidence with files, undoes one decision, and publishes a report; the
texts hold what is written differently by the two databases. With the word "decide", the editor decides one claim more,
and the program prints how often it was decided.
"""

import sys

import django

CLAIMS = 5
FILES = (b"The bridge is closed.", bytes(range(256)) * 40)
HARD = 'Tabs\tand\\backslashes\nlines\r\x08\x0b\x0c, "quotation" marks, \\N and \\., – ŁÓDŹ, 🌊, e\u0301, \u200f'
"""Text with every character that COPY writes in another way, and the words that it ends a table with."""


def fill() -> None:
    from axes.models import AccessFailureLog
    from django.contrib.sessions.backends.db import SessionStore
    from django.core.files.base import ContentFile
    from django.utils import timezone

    from claims.access import Role
    from claims.actions import (
        EvidenceDraft,
        add_evidence,
        create_account,
        decide_claim,
        draft_report,
        publish_report,
        undo_change,
        workbench_account,
    )
    from claims.actions.maintenance import analyze_tables
    from claims.choices import Verdict
    from claims.models import Change, Claim, Tag
    from claims.queries.reports.editions import edition_of
    from tests.models import rows

    editor, _password = create_account(actor=workbench_account(), username="edda", role=Role.CHIEF)
    revision = rows.revision(editor, body=f"{rows.TEXT}\n{HARD}")
    claims = [rows.claim(revision, number) for number in range(CLAIMS)]
    Claim.objects.filter(pk=claims[0].pk).update(
        checkworthiness=0.1 + 0.2, reasons=[{"b": 1e-7, "aa": [1.50, True], "a": HARD, "ä": None}]
    )
    Tag.objects.create(name="water 🌊").claims.set(claims[:2])
    for number, words in enumerate(FILES):
        file = ContentFile(words, name=f"{number}.pdf")
        draft = EvidenceDraft(title=HARD, excerpt=HARD, file=file)
        add_evidence(actor=editor, claim_id=claims[number].pk, version=1, evidence=draft)
        decide_claim(
            actor=editor,
            claim_id=claims[number].pk,
            version=2,
            verdict=Verdict.DISPUTED,
            reason=HARD,
        )
    undo_change(actor=editor, change_id=Change.objects.latest("pk").pk)
    report = draft_report(actor=editor, title="Bridges", article=revision.article)
    seen = edition_of(actor=editor, report=report).digest
    publish_report(actor=editor, report_id=report.pk, seen=seen)
    analyze_tables.enqueue()
    SessionStore().save()
    AccessFailureLog.objects.create(username="edda", ip_address="2001:db8::1", path_info="/login")
    # Whole seconds, which SQLite writes without a fraction.
    editor.last_login = timezone.now().replace(microsecond=0)
    editor.save(update_fields=["last_login"])


def decide() -> None:
    from django.contrib.auth.models import User

    from claims.actions import decide_claim
    from claims.choices import Verdict
    from claims.models import Claim

    claim = Claim.objects.latest("pk")
    decide_claim(
        actor=User.objects.get(username="edda"),
        claim_id=claim.pk,
        version=claim.version,
        verdict=Verdict.VERIFIED,
    )
    sys.stdout.write(str(claim.decisions.count()))


if __name__ == "__main__":
    django.setup()
    {"fill": fill, "decide": decide}[sys.argv[1]]()
