"""The indexes of sources that look alike and of the figures, once their columns are filled."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("claims", "0006_sources_alike")]

    operations = [
        migrations.AddIndex(
            model_name="source",
            index=models.Index(fields=["last_word", "kind", "id"], name="source_by_last_word"),
        ),
        migrations.AddIndex(
            model_name="alias",
            index=models.Index(fields=["folded", "source"], name="alias_by_name"),
        ),
        migrations.AddIndex(
            model_name="claim",
            index=models.Index(condition=models.Q(("blind", True)), fields=["process", "source"], name="claim_to_check_blind"),
        ),
        migrations.AddIndex(
            model_name="claim",
            index=models.Index(condition=models.Q(("checkable", True), ("dismissed", False)), fields=["listed_at", "verdict", "source_kind", "outlet"], name="claim_figures"),
        ),
    ]
