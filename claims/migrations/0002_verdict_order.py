"""Verdicts are listed in another order. The tables stay as they are: their constraints name the same three."""

from django.db import migrations, models

VERDICTS = [("verified", "Verified"), ("disputed", "Disputed"), ("pending", "Pending")]
CODES = [code for code, _label in VERDICTS]
KNOWN = {
    "claim": ("claim_verdict_known", ["verdict"]),
    "decision": ("decision_verdict_known", ["previous_verdict", "verdict"]),
    "reportedclaim": ("reported_verdict_known", ["verdict"]),
    "correction": ("correction_verdict_known", ["before"]),
}
"""The constraint of each model that has verdicts, and its fields."""


def _verdict(name, **options):
    return models.CharField(max_length=10, choices=VERDICTS, verbose_name=name, **options)


FIELDS = {
    ("claim", "verdict"): _verdict(
        "verdict",
        default="pending",
        editable=False,
        help_text="The verdict of the latest decision.",
    ),
    ("decision", "verdict"): _verdict("verdict"),
    ("decision", "previous_verdict"): _verdict("verdict before"),
    ("reportedclaim", "verdict"): _verdict("verdict"),
    ("correction", "before"): _verdict("verdict before"),
}


class Migration(migrations.Migration):
    """State only."""

    dependencies = [("claims", "0001_initial")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                *(
                    migrations.AlterField(model_name=model, name=name, field=field)
                    for (model, name), field in FIELDS.items()
                ),
                *(
                    migrations.RemoveConstraint(model_name=model, name=name)
                    for model, (name, _fields) in KNOWN.items()
                ),
                *(
                    migrations.AddConstraint(
                        model_name=model,
                        constraint=models.CheckConstraint(
                            condition=models.Q(**{f"{field}__in": CODES for field in fields}),
                            name=name,
                        ),
                    )
                    for model, (name, fields) in KNOWN.items()
                ),
            ]
        )
    ]
