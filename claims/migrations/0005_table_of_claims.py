"""Indexes of the claims table and the first page, as they were measured at a million claims."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0004_list_indexes'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='claim',
            name='claim_by_assigned',
        ),
        migrations.RemoveIndex(
            model_name='claim',
            name='claim_by_decision',
        ),
        migrations.RemoveIndex(
            model_name='claim',
            name='claim_by_touch',
        ),
        migrations.AlterField(
            model_name='claim',
            name='assigned_to',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='assigned_claims', to=settings.AUTH_USER_MODEL, verbose_name='assigned to'),
        ),
        migrations.AddIndex(
            model_name='article',
            index=models.Index(fields=['-imported_at', '-id'], name='article_by_import'),
        ),
        migrations.AddIndex(
            model_name='claim',
            index=models.Index(condition=models.Q(('dismissed', True)), fields=['-listed_at', '-id'], name='claim_listed_dismissed'),
        ),
        migrations.AddIndex(
            model_name='claim',
            index=models.Index(condition=models.Q(('assigned_to__isnull', False)), fields=['assigned_to', '-listed_at', '-id'], name='claim_listed_assigned'),
        ),
        migrations.AddIndex(
            model_name='claim',
            index=models.Index(condition=models.Q(('process', 'waiting')), fields=['touched_at', 'id'], name='claim_to_check'),
        ),
        migrations.AddIndex(
            model_name='claim',
            index=models.Index(condition=models.Q(('decided_at__isnull', False)), fields=['-decided_at', '-id'], name='claim_by_decision'),
        ),
        migrations.AddIndex(
            model_name='claim',
            index=models.Index(condition=models.Q(('touched_at__isnull', False)), fields=['-touched_at', '-id'], name='claim_by_touch'),
        ),
        migrations.AddIndex(
            model_name='decision',
            index=models.Index(fields=['decided_at', 'verdict'], name='decision_by_day'),
        ),
        migrations.AddIndex(
            model_name='revision',
            index=models.Index(fields=['created_at'], name='revision_by_creation'),
        ),
    ]
