"""Links, and one for every entry of the logs that is there: log by log, in the order of their ids, a little at a time."""

import hashlib
import json
from datetime import UTC, datetime

from django.db import migrations, models

_AT_ONCE = 2_000

# As `claims.models.claims.log_chain` had it when this was written.
_KINDS = [
    (
        "decision",
        "Decision",
        [
            "claim_id", "version", "verdict", "previous_verdict", "reason", "note", "evidence", "actor_id", "decided_at",
            "undoes_id", "origin_id",
        ],
        "actor_name",
    ),
    (
        "change",
        "Change",
        [
            "article_id", "action", "note", "actor_id", "created_at", "bulk_change_id", "undoes_id", "root_id",
        ],
        "actor_name",
    ),
    (
        "claim",
        "ChangedClaim",
        ["change_id", "claim_id", "version", "before", "after", "touched_before", "touched_after"],
        None,
    ),
]


def _plain(value):
    return value.astimezone(UTC).isoformat() if isinstance(value, datetime) else value


def _linked(link, position, before, kind, pk, values, name):
    text = json.dumps(
        [kind, pk, *map(_plain, values)], sort_keys=True, ensure_ascii=False, separators=(",", ":")
    )
    content = hashlib.sha256(text.encode()).digest()
    named = hashlib.sha256(content + name.encode()).digest()
    parts = [before, f"{position} {kind} {pk}".encode(), content, named]
    return link(
        position=position,
        kind=kind,
        entry=pk,
        content=content,
        name=named,
        hash=hashlib.sha256(b"\n".join(parts)).digest(),
    )


def link_entries(apps, _editor):
    link = apps.get_model("claims", "LogLink")
    position, before = 0, b"\0" * 32
    for kind, model, content, name in _KINDS:
        rows = apps.get_model("claims", model).objects.order_by("pk")
        last = 0
        while some := list(
            rows.filter(pk__gt=last).values_list("pk", name or models.Value(""), *content)[:_AT_ONCE]
        ):
            made = []
            for last, named, *values in some:
                position += 1
                made.append(_linked(link, position, before, kind, last, values, named))
                before = made[-1].hash
            link.objects.bulk_create(made)


class Migration(migrations.Migration):
    dependencies = [("claims", "0013_timestamps")]

    operations = [
        migrations.CreateModel(
            name="LogLink",
            fields=[
                ("position", models.PositiveBigIntegerField(primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=10)),
                ("entry", models.PositiveBigIntegerField()),
                ("content", models.BinaryField()),
                ("name", models.BinaryField()),
                ("hash", models.BinaryField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("kind", "entry"), name="log_link_once")
                ],
            },
        ),
        migrations.RunPython(link_entries, migrations.RunPython.noop),
    ]
