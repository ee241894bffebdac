"""Reports with a lede, a conclusion, an order of their claims and a way to publication."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


# Reports that somebody has approved, published ones among them, are at that stage. In SQL, so that it is run together with
# the changes of the table, which is locked meanwhile.
KEEP_APPROVALS = "UPDATE claims_report SET stage = 'approved' WHERE approved_at IS NOT NULL"


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0015_evidence_address"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="DraftStep",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("submitted", "Submitted for approval"),
                            ("sent-back", "Sent back"),
                            ("approved", "Approved"),
                            ("lapsed", "Approval lapsed"),
                            ("scheduled", "Scheduled"),
                            ("unscheduled", "Publication cancelled"),
                            ("held", "Not published at its time"),
                        ],
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                ("note", models.TextField(blank=True, verbose_name="note")),
                (
                    "publish_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="to be published"),
                ),
                ("actor_name", models.CharField(max_length=301, verbose_name="name")),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="created"),
                ),
            ],
            options={
                "verbose_name": "step of a draft",
                "verbose_name_plural": "steps of drafts",
                "ordering": ["pk"],
            },
        ),
        migrations.RemoveConstraint(
            model_name="notification",
            name="notification_kind_known",
        ),
        migrations.AddField(
            model_name="historicalreport",
            name="conclusion",
            field=models.TextField(
                blank=True, help_text="What stands below the claims.", verbose_name="conclusion"
            ),
        ),
        migrations.AddField(
            model_name="historicalreport",
            name="goes_public",
            field=models.BooleanField(default=True, verbose_name="public when published"),
        ),
        migrations.AddField(
            model_name="historicalreport",
            name="lede",
            field=models.TextField(
                blank=True, help_text="What readers see first.", verbose_name="lede"
            ),
        ),
        migrations.AddField(
            model_name="historicalreport",
            name="omitted",
            field=models.JSONField(
                default=list, editable=False, verbose_name="claims left out by hand"
            ),
        ),
        migrations.AddField(
            model_name="historicalreport",
            name="outline",
            field=models.JSONField(
                default=list, editable=False, verbose_name="order of the claims"
            ),
        ),
        migrations.AddField(
            model_name="historicalreport",
            name="publish_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="to be published"),
        ),
        migrations.AddField(
            model_name="historicalreport",
            name="scheduled_by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="scheduled by",
            ),
        ),
        migrations.AddField(
            model_name="historicalreport",
            name="stage",
            field=models.CharField(
                choices=[
                    ("writing", "Draft"),
                    ("submitted", "Awaiting approval"),
                    ("sent-back", "Sent back"),
                    ("approved", "Approved"),
                ],
                default="writing",
                max_length=10,
                verbose_name="stage",
            ),
        ),
        migrations.AddField(
            model_name="historicalreport",
            name="undecided",
            field=models.CharField(
                choices=[("end", "Show them last"), ("left-out", "Leave them out")],
                default="end",
                max_length=10,
                verbose_name="undecided claims",
            ),
        ),
        migrations.AddField(
            model_name="report",
            name="conclusion",
            field=models.TextField(
                blank=True, help_text="What stands below the claims.", verbose_name="conclusion"
            ),
        ),
        migrations.AddField(
            model_name="report",
            name="goes_public",
            field=models.BooleanField(default=True, verbose_name="public when published"),
        ),
        migrations.AddField(
            model_name="report",
            name="lede",
            field=models.TextField(
                blank=True, help_text="What readers see first.", verbose_name="lede"
            ),
        ),
        migrations.AddField(
            model_name="report",
            name="omitted",
            field=models.JSONField(
                default=list, editable=False, verbose_name="claims left out by hand"
            ),
        ),
        migrations.AddField(
            model_name="report",
            name="outline",
            field=models.JSONField(
                default=list, editable=False, verbose_name="order of the claims"
            ),
        ),
        migrations.AddField(
            model_name="report",
            name="publish_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="to be published"),
        ),
        migrations.AddField(
            model_name="report",
            name="scheduled_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="scheduled by",
            ),
        ),
        migrations.AddField(
            model_name="report",
            name="stage",
            field=models.CharField(
                choices=[
                    ("writing", "Draft"),
                    ("submitted", "Awaiting approval"),
                    ("sent-back", "Sent back"),
                    ("approved", "Approved"),
                ],
                default="writing",
                max_length=10,
                verbose_name="stage",
            ),
        ),
        migrations.AddField(
            model_name="report",
            name="undecided",
            field=models.CharField(
                choices=[("end", "Show them last"), ("left-out", "Leave them out")],
                default="end",
                max_length=10,
                verbose_name="undecided claims",
            ),
        ),
        migrations.AlterField(
            model_name="notification",
            name="kind",
            field=models.CharField(
                choices=[
                    ("assigned", "Assigned"),
                    ("sent-back", "Sent back"),
                    ("check-requested", "Second check requested"),
                    ("answered", "Second check answered"),
                    ("mentioned", "Mentioned in a comment"),
                    ("correction", "Report needs a correction"),
                    ("draft-submitted", "Report submitted for approval"),
                    ("draft-sent-back", "Report sent back"),
                    ("draft-approved", "Report approved"),
                    ("draft-published", "Report published at its time"),
                    ("draft-held", "Report not published at its time"),
                ],
                max_length=20,
                verbose_name="kind",
            ),
        ),
        migrations.RunSQL(KEEP_APPROVALS, migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name="report",
            index=models.Index(
                condition=models.Q(("publish_at__isnull", False)),
                fields=["publish_at"],
                name="report_due",
            ),
        ),
        migrations.AddConstraint(
            model_name="notification",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "assigned",
                            "sent-back",
                            "check-requested",
                            "answered",
                            "mentioned",
                            "correction",
                            "draft-submitted",
                            "draft-sent-back",
                            "draft-approved",
                            "draft-published",
                            "draft-held",
                        ],
                    )
                ),
                name="notification_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("stage__in", ["writing", "submitted", "sent-back", "approved"])
                ),
                name="report_stage_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.CheckConstraint(
                condition=models.Q(("undecided__in", ["end", "left-out"])),
                name="report_undecided_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("publish_at", None),
                    models.Q(("published_at", None), ("stage", "approved")),
                    _connector="OR",
                ),
                name="report_scheduled_is_approved",
            ),
        ),
        migrations.AddField(
            model_name="draftstep",
            name="actor",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="by",
            ),
        ),
        migrations.AddField(
            model_name="draftstep",
            name="report",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="steps",
                to="claims.report",
                verbose_name="report",
            ),
        ),
        migrations.AddConstraint(
            model_name="draftstep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "submitted",
                            "sent-back",
                            "approved",
                            "lapsed",
                            "scheduled",
                            "unscheduled",
                            "held",
                        ],
                    )
                ),
                name="draft_step_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="draftstep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "sent-back"), _negated=True),
                    models.Q(("note", ""), _negated=True),
                    _connector="OR",
                ),
                name="draft_step_sent_back_says_why",
            ),
        ),
    ]
