"""Outlets, desks and tags as records; what lists of a million claims need; what merging sources and bulk changes keep."""

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex(model_name='article', name='article_by_outlet'),
        migrations.RenameField(model_name='article', old_name='outlet', new_name='outlet_name'),
        migrations.RenameField(model_name='historicalarticle', old_name='outlet', new_name='outlet_name'),
        migrations.CreateModel(
            name='Batch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('deed', models.CharField(choices=[('decide', 'Decided'), ('reword', 'Reworded'), ('bounds', 'Changed the exact words'), ('source', 'Changed the source'), ('checkable', 'Marked whether it can be checked'), ('make', 'Made a claim'), ('merge', 'Merged claims'), ('split', 'Split a claim'), ('dismiss', 'Dismissed'), ('restore', 'Restored'), ('assign', 'Assigned'), ('ask', 'Asked for a second check'), ('check', 'Checked a second time'), ('send-back', 'Sent back'), ('enter', 'Changed by data entry'), ('tag', 'Tagged'), ('unify', 'Merged sources')], max_length=10, verbose_name='deed')),
                ('fields', models.JSONField(default=dict, help_text="What the claims' fields become, by column.", verbose_name='fields')),
                ('note', models.TextField(blank=True, verbose_name='note')),
                ('actor_name', models.CharField(max_length=301, verbose_name='name')),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='made')),
                ('progress', models.CharField(choices=[('listed', 'Not begun'), ('waiting', 'Waiting'), ('running', 'Running'), ('done', 'Done'), ('stopped', 'Stopped'), ('failed', 'Failed')], default='listed', max_length=10, verbose_name='progress')),
                ('total', models.PositiveIntegerField(default=0, verbose_name='claims to change')),
                ('kept', models.JSONField(default=dict, help_text='How many claims, by the reason.', verbose_name='left as they are')),
                ('done', models.PositiveIntegerField(default=0, verbose_name='claims gone through')),
                ('changed', models.PositiveIntegerField(default=0, verbose_name='claims changed')),
                ('reached', models.BigIntegerField(default=0, help_text='The last change that was taken back, by id.', verbose_name='reached')),
                ('error', models.TextField(blank=True, verbose_name='what went wrong')),
                ('ended_at', models.DateTimeField(blank=True, null=True, verbose_name='ended')),
            ],
            options={
                'verbose_name': 'bulk change',
                'verbose_name_plural': 'bulk changes',
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='Desk',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=300, verbose_name='name')),
                ('folded', models.CharField(editable=False, max_length=900, verbose_name='name without case')),
            ],
            options={
                'verbose_name': 'desk',
                'verbose_name_plural': 'desks',
                'ordering': ['name', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='HistoricalDesk',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('name', models.CharField(max_length=300, verbose_name='name')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
            ],
            options={
                'verbose_name': 'historical desk',
                'verbose_name_plural': 'historical desks',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalOutlet',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('name', models.CharField(max_length=300, verbose_name='name')),
                ('url', models.CharField(blank=True, max_length=2000, validators=[django.core.validators.URLValidator(schemes=['http', 'https'])], verbose_name='address')),
                ('country', models.CharField(blank=True, max_length=100, verbose_name='country')),
                ('note', models.TextField(blank=True, help_text='For the desk alone.', verbose_name='note')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
            ],
            options={
                'verbose_name': 'historical outlet',
                'verbose_name_plural': 'historical outlets',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalTag',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('name', models.CharField(max_length=300, verbose_name='name')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
            ],
            options={
                'verbose_name': 'historical tag',
                'verbose_name_plural': 'historical tags',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='Outlet',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=300, verbose_name='name')),
                ('folded', models.CharField(editable=False, max_length=900, verbose_name='name without case')),
                ('url', models.CharField(blank=True, max_length=2000, validators=[django.core.validators.URLValidator(schemes=['http', 'https'])], verbose_name='address')),
                ('country', models.CharField(blank=True, max_length=100, verbose_name='country')),
                ('note', models.TextField(blank=True, help_text='For the desk alone.', verbose_name='note')),
            ],
            options={
                'verbose_name': 'outlet',
                'verbose_name_plural': 'outlets',
                'ordering': ['name', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='SavedFilter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=100, verbose_name='name')),
                ('query', models.CharField(blank=True, max_length=2000, verbose_name='filter')),
                ('shared', models.BooleanField(default=False, verbose_name='shared with the desk')),
            ],
            options={
                'verbose_name': 'saved filter',
                'verbose_name_plural': 'saved filters',
                'ordering': ['name', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='SourcesApart',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('said_at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                'verbose_name': 'sources apart',
                'verbose_name_plural': 'sources apart',
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='Tag',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=300, verbose_name='name')),
                ('folded', models.CharField(editable=False, max_length=900, verbose_name='name without case')),
            ],
            options={
                'verbose_name': 'tag',
                'verbose_name_plural': 'tags',
                'ordering': ['name', 'pk'],
            },
        ),
        migrations.RemoveConstraint(
            model_name='change',
            name='change_deed_known',
        ),
        migrations.RemoveIndex(
            model_name='claim',
            name='claim_by_process',
        ),
        migrations.AddField(
            model_name='alias',
            name='merged_from',
            field=models.ForeignKey(blank=True, editable=False, help_text='The merged source that brought this name, and takes it along when they part.', null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='claims.source', verbose_name='came with'),
        ),
        migrations.AddField(
            model_name='claim',
            name='decided_at',
            field=models.DateTimeField(blank=True, editable=False, help_text='When its verdict was set. Empty while it has none.', null=True, verbose_name='decided'),
        ),
        migrations.AddField(
            model_name='claim',
            name='listed_at',
            field=models.DateTimeField(editable=False, null=True, help_text="The article's: when it was published, or else came in.", verbose_name='published'),
        ),
        migrations.AddField(
            model_name='claim',
            name='source_kind',
            field=models.CharField(blank=True, choices=[('minister', 'Minister'), ('spokesperson', 'Spokesperson'), ('official', 'Official'), ('police-military', 'Police or military'), ('lawmaker', 'Lawmaker'), ('court', 'Court'), ('expert', 'Expert'), ('witness', 'Witness'), ('armed-group', 'Armed group'), ('company', 'Company'), ('organisation', 'Organisation'), ('media', 'Media'), ('document', 'Document'), ('unnamed', 'Unnamed'), ('other', 'Other')], editable=False, help_text="The source's; empty without one.", max_length=20, verbose_name='source kind'),
        ),
        migrations.AddField(
            model_name='historicalalias',
            name='merged_from',
            field=models.ForeignKey(blank=True, db_constraint=False, editable=False, help_text='The merged source that brought this name, and takes it along when they part.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='claims.source', verbose_name='came with'),
        ),
        migrations.AddField(
            model_name='historicalsource',
            name='country',
            field=models.CharField(blank=True, max_length=100, verbose_name='country'),
        ),
        migrations.AddField(
            model_name='historicalsource',
            name='links',
            field=models.TextField(blank=True, help_text='One address a line.', verbose_name='links'),
        ),
        migrations.AddField(
            model_name='historicalsource',
            name='merged_into',
            field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='claims.source', verbose_name='merged into'),
        ),
        migrations.AddField(
            model_name='historicalsource',
            name='note',
            field=models.TextField(blank=True, help_text='For the desk alone.', verbose_name='note'),
        ),
        migrations.AddField(
            model_name='historicalsource',
            name='organisation',
            field=models.CharField(blank=True, help_text='Whom they work or speak for.', max_length=300, verbose_name='organisation'),
        ),
        migrations.AddField(
            model_name='historicalsource',
            name='wikidata',
            field=models.CharField(blank=True, help_text='The number of their entry, such as “Q42”.', max_length=20, validators=[django.core.validators.RegexValidator('^Q[1-9]\\d*\\Z', 'A number of Wikidata is a Q and digits: “Q42”.')], verbose_name='Wikidata'),
        ),
        migrations.AddField(
            model_name='source',
            name='country',
            field=models.CharField(blank=True, max_length=100, verbose_name='country'),
        ),
        migrations.AddField(
            model_name='source',
            name='links',
            field=models.TextField(blank=True, help_text='One address a line.', verbose_name='links'),
        ),
        migrations.AddField(
            model_name='source',
            name='merged_into',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.RESTRICT, related_name='merged', to='claims.source', verbose_name='merged into'),
        ),
        migrations.AddField(
            model_name='source',
            name='note',
            field=models.TextField(blank=True, help_text='For the desk alone.', verbose_name='note'),
        ),
        migrations.AddField(
            model_name='source',
            name='organisation',
            field=models.CharField(blank=True, help_text='Whom they work or speak for.', max_length=300, verbose_name='organisation'),
        ),
        migrations.AddField(
            model_name='source',
            name='wikidata',
            field=models.CharField(blank=True, help_text='The number of their entry, such as “Q42”.', max_length=20, validators=[django.core.validators.RegexValidator('^Q[1-9]\\d*\\Z', 'A number of Wikidata is a Q and digits: “Q42”.')], verbose_name='Wikidata'),
        ),
        migrations.AlterField(
            model_name='change',
            name='deed',
            field=models.CharField(choices=[('decide', 'Decided'), ('reword', 'Reworded'), ('bounds', 'Changed the exact words'), ('source', 'Changed the source'), ('checkable', 'Marked whether it can be checked'), ('make', 'Made a claim'), ('merge', 'Merged claims'), ('split', 'Split a claim'), ('dismiss', 'Dismissed'), ('restore', 'Restored'), ('assign', 'Assigned'), ('ask', 'Asked for a second check'), ('check', 'Checked a second time'), ('send-back', 'Sent back'), ('enter', 'Changed by data entry'), ('tag', 'Tagged'), ('unify', 'Merged sources')], max_length=10, verbose_name='deed'),
        ),
        migrations.AlterField(
            model_name='claim',
            name='source',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.RESTRICT, related_name='claims', to='claims.source', verbose_name='source'),
        ),
        migrations.AddIndex(
            model_name='source',
            index=models.Index(fields=['name', 'id'], name='source_by_name'),
        ),
        migrations.AddIndex(
            model_name='source',
            index=models.Index(fields=['kind', 'name', 'id'], name='source_by_kind'),
        ),
        migrations.AddConstraint(
            model_name='source',
            constraint=models.CheckConstraint(condition=models.Q(('merged_into', models.F('id')), _negated=True), name='source_not_merged_into_itself'),
        ),
        migrations.AddField(
            model_name='batch',
            name='actor',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='changed by'),
        ),
        migrations.AddField(
            model_name='batch',
            name='undoes',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='undone_by', to='claims.batch', verbose_name='undoes'),
        ),
        migrations.AddField(
            model_name='change',
            name='batch',
            field=models.ForeignKey(blank=True, help_text='What this was done with in other articles, and is undone with.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='changes', to='claims.batch', verbose_name='bulk change'),
        ),
        migrations.AddConstraint(
            model_name='change',
            constraint=models.CheckConstraint(condition=models.Q(('deed__in', ['decide', 'reword', 'bounds', 'source', 'checkable', 'make', 'merge', 'split', 'dismiss', 'restore', 'assign', 'ask', 'check', 'send-back', 'enter', 'tag', 'unify'])), name='change_deed_known'),
        ),
        migrations.AddConstraint(
            model_name='desk',
            constraint=models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='desk_has_name'),
        ),
        migrations.AddConstraint(
            model_name='desk',
            constraint=models.UniqueConstraint(fields=('folded',), name='desk_once'),
        ),
        migrations.AddField(
            model_name='article',
            name='desk',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='articles', to='claims.desk', verbose_name='desk'),
        ),
        migrations.AddField(
            model_name='historicalarticle',
            name='desk',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='claims.desk', verbose_name='desk'),
        ),
        migrations.AddField(
            model_name='historicaldesk',
            name='history_user',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='historicaloutlet',
            name='history_user',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='historicaltag',
            name='history_user',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='outlet',
            constraint=models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='outlet_has_name'),
        ),
        migrations.AddConstraint(
            model_name='outlet',
            constraint=models.UniqueConstraint(fields=('folded',), name='outlet_once'),
        ),
        migrations.AddField(
            model_name='claim',
            name='outlet',
            field=models.ForeignKey(db_index=False, editable=False, help_text="The article's.", null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='claims.outlet', verbose_name='outlet'),
        ),
        migrations.AddField(
            model_name='article',
            name='outlet',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='articles', to='claims.outlet', verbose_name='outlet'),
        ),
        migrations.AddField(
            model_name='historicalarticle',
            name='outlet',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='claims.outlet', verbose_name='outlet'),
        ),
        migrations.AddField(
            model_name='savedfilter',
            name='owner',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='saved_filters', to=settings.AUTH_USER_MODEL, verbose_name='owner'),
        ),
        migrations.AddField(
            model_name='sourcesapart',
            name='first',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='claims.source'),
        ),
        migrations.AddField(
            model_name='sourcesapart',
            name='said_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='sourcesapart',
            name='second',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='claims.source'),
        ),
        migrations.AddConstraint(
            model_name='tag',
            constraint=models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='tag_has_name'),
        ),
        migrations.AddConstraint(
            model_name='tag',
            constraint=models.UniqueConstraint(fields=('folded',), name='tag_once'),
        ),
        migrations.AddField(
            model_name='claim',
            name='tags',
            field=models.ManyToManyField(blank=True, editable=False, related_name='claims', to='claims.tag', verbose_name='tags'),
        ),
        migrations.AddConstraint(
            model_name='batch',
            constraint=models.CheckConstraint(condition=models.Q(('deed__in', ['decide', 'reword', 'bounds', 'source', 'checkable', 'make', 'merge', 'split', 'dismiss', 'restore', 'assign', 'ask', 'check', 'send-back', 'enter', 'tag', 'unify'])), name='batch_deed_known'),
        ),
        migrations.AddConstraint(
            model_name='batch',
            constraint=models.CheckConstraint(condition=models.Q(('progress__in', ['listed', 'waiting', 'running', 'done', 'stopped', 'failed'])), name='batch_progress_known'),
        ),
        migrations.AddConstraint(
            model_name='savedfilter',
            constraint=models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='saved_filter_has_name'),
        ),
        migrations.AddConstraint(
            model_name='savedfilter',
            constraint=models.UniqueConstraint(fields=('owner', 'name'), name='saved_filter_once'),
        ),
        migrations.AddConstraint(
            model_name='sourcesapart',
            constraint=models.CheckConstraint(condition=models.Q(('first__lt', models.F('second'))), name='sources_apart_in_order'),
        ),
        migrations.AddConstraint(
            model_name='sourcesapart',
            constraint=models.UniqueConstraint(fields=('first', 'second'), name='sources_apart_once'),
        ),
        migrations.CreateModel(
            name='ListedClaim',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField()),
                ('batch', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='listed', to='claims.batch')),
                ('claim', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='claims.claim')),
            ],
            options={
                'verbose_name': 'listed claim',
                'verbose_name_plural': 'listed claims',
                'ordering': ['batch', 'pk'],
                'indexes': [models.Index(fields=['batch', 'id'], name='listed_claim_of_batch')],
            },
        ),
    ]
