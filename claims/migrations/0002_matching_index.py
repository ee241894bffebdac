import django.db.models.deletion
from django.db import migrations, models


def drop_triggers(apps, schema_editor):
    """Backwards: what fills the table of vectors must not outlive it."""
    if schema_editor.connection.vendor == 'sqlite':
        for what in ('add', 'change', 'take'):
            schema_editor.execute(f'DROP TRIGGER IF EXISTS claims_claimvector_{what}')
    else:
        schema_editor.execute('DROP FUNCTION IF EXISTS hold_vector CASCADE')


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='OutlinePage',
            fields=[
                ('number', models.PositiveBigIntegerField(primary_key=True, serialize=False)),
                ('outlines', models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name='StemFrequency',
            fields=[
                ('stem', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('claims', models.PositiveBigIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name='ClaimVector',
            fields=[
                ('claim', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to='claims.claim')),
                ('vector', models.BinaryField(null=True)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('vector', None)), fields=['claim'], name='claim_to_encode')],
            },
        ),
        migrations.RunPython(migrations.RunPython.noop, drop_triggers),
    ]
