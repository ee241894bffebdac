"""By what sources that look alike are found, and what moved the claims of a merged one."""

import re

import django.db.models.deletion
from django.db import migrations, models

WORDS = re.compile(r"\w+(?:[-'’.]\w+)*")


def fill(apps, schema_editor):
    sources = apps.get_model("claims", "Source").objects.using(schema_editor.connection.alias)
    reached = 0
    while some := list(sources.filter(pk__gt=reached).order_by("pk").only("folded")[:500]):
        for source in some:
            source.last_word = (WORDS.findall(source.folded) or [""])[-1]
        sources.bulk_update(some, ["last_word"])
        reached = some[-1].pk


class Migration(migrations.Migration):
    dependencies = [("claims", "0005_table_of_claims")]

    operations = [
        migrations.AddField(
            model_name="source",
            name="last_word",
            field=models.CharField(default="", editable=False, help_text="Of the name, without its case. Sources that share it may be the same.", max_length=900, verbose_name="last word"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="source",
            name="moved_by",
            field=models.ForeignKey(blank=True, editable=False, help_text="The bulk change that moves, or moved, its claims away when it was merged, or back.", null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="claims.batch", verbose_name="moved by"),
        ),
        migrations.AlterField(
            model_name="alias",
            name="merged_from",
            field=models.ForeignKey(blank=True, editable=False, help_text="The merged source that brought this name, and takes it along when they part.", null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="claims.source", verbose_name="came with"),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
    ]
