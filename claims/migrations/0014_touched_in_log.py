"""The log of changes keeps when each claim had been touched before a change, and after it.

Both columns may be empty: SQLite adds such a column without making the table anew, which keeps the triggers.
"""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0013_logins'),
    ]

    operations = [
        migrations.AddField(
            model_name='changedclaim',
            name='touched_before',
            field=models.DateTimeField(blank=True, help_text='Empty: it was as the splitter proposed it.', null=True, verbose_name='touched before'),
        ),
        migrations.AddField(
            model_name='changedclaim',
            name='touched_after',
            field=models.DateTimeField(blank=True, help_text='Empty: it is as the splitter proposed it.', null=True, verbose_name='touched after'),
        ),
    ]
