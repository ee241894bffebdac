"""A group outlives its main claim, which may be deleted with its article."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [('claims', '0004_listed_decided')]

    operations = [
        migrations.AlterField(
            model_name='claimgroup',
            name='canonical',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='claims.claim', verbose_name='main claim'),
        ),
    ]
