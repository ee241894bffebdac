"""Evidence keeps the name of its file, and is removed without being deleted; what is done to it is a deed of the log."""

import re
import unicodedata

from django.conf import settings
from django.db import migrations, models

ENDINGS = {
    "application/msword": (".doc",),
    "application/pdf": (".pdf",),
    "application/vnd.ms-excel": (".xls",),
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": (".pptx",),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": (".xlsx",),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": (".docx",),
    "application/zip": (".zip",),
    "image/gif": (".gif",),
    "image/jpeg": (".jpg", ".jpeg"),
    "image/png": (".png",),
    "image/svg+xml": (".svg",),
    "image/webp": (".webp",),
    "text/csv": (".csv",),
    "text/html": (".html", ".htm"),
    "text/plain": (".txt",),
}
"""How the names of files of a kind end, the usual ending first."""


def name_of(title, content_type):
    """What a file of old is called: its own name was not kept, so it is called by its title, with its kind's ending."""
    last = re.split(r"[/\\]", title.rstrip("/"))[-1]
    seen = "".join(" " if unicodedata.category(each)[0] == "C" else each for each in last)
    name = " ".join(seen.split()).strip(". ")[:130] or "file"
    endings = ENDINGS.get(content_type, ("",))
    return name if name.lower().endswith(endings) else name + endings[0]


def fill(apps, schema_editor):
    """Name the files that are there."""
    evidence = apps.get_model("claims", "Evidence").objects.using(schema_editor.connection.alias)
    reached = 0
    while some := list(evidence.filter(pk__gt=reached).exclude(file="").order_by("pk")[:500]):
        for each in some:
            each.file_name = name_of(each.title, each.content_type)
        evidence.bulk_update(some, ["file_name"])
        reached = some[-1].pk


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0014_touched_in_log'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='batch',
            name='batch_deed_known',
        ),
        migrations.RemoveConstraint(
            model_name='change',
            name='change_deed_known',
        ),
        migrations.AddField(
            model_name='evidence',
            name='file_name',
            field=models.CharField(blank=True, editable=False, help_text='As it was uploaded; it is downloaded under this name.', max_length=255, verbose_name='name of the file'),
        ),
        migrations.AddField(
            model_name='evidence',
            name='removed_at',
            field=models.DateTimeField(blank=True, editable=False, help_text='Empty while the evidence stands.', null=True, verbose_name='removed'),
        ),
        migrations.AddField(
            model_name='historicalevidence',
            name='file_name',
            field=models.CharField(blank=True, editable=False, help_text='As it was uploaded; it is downloaded under this name.', max_length=255, verbose_name='name of the file'),
        ),
        migrations.AddField(
            model_name='historicalevidence',
            name='removed_at',
            field=models.DateTimeField(blank=True, editable=False, help_text='Empty while the evidence stands.', null=True, verbose_name='removed'),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
        migrations.AlterField(
            model_name='batch',
            name='deed',
            field=models.CharField(choices=[('decide', 'Decided'), ('reword', 'Reworded'), ('bounds', 'Changed the exact words'), ('source', 'Changed the source'), ('checkable', 'Marked whether it can be checked'), ('make', 'Made a claim'), ('merge', 'Merged claims'), ('split', 'Split a claim'), ('dismiss', 'Dismissed'), ('restore', 'Restored'), ('assign', 'Assigned'), ('ask', 'Asked for a second check'), ('check', 'Checked a second time'), ('send-back', 'Sent back'), ('enter', 'Changed by data entry'), ('tag', 'Tagged'), ('unify', 'Merged sources'), ('carry', 'Carried into a new text'), ('place', 'Placed in the text'), ('attach', 'Added evidence'), ('amend', 'Changed evidence'), ('detach', 'Removed evidence')], max_length=10, verbose_name='deed'),
        ),
        migrations.AlterField(
            model_name='change',
            name='deed',
            field=models.CharField(choices=[('decide', 'Decided'), ('reword', 'Reworded'), ('bounds', 'Changed the exact words'), ('source', 'Changed the source'), ('checkable', 'Marked whether it can be checked'), ('make', 'Made a claim'), ('merge', 'Merged claims'), ('split', 'Split a claim'), ('dismiss', 'Dismissed'), ('restore', 'Restored'), ('assign', 'Assigned'), ('ask', 'Asked for a second check'), ('check', 'Checked a second time'), ('send-back', 'Sent back'), ('enter', 'Changed by data entry'), ('tag', 'Tagged'), ('unify', 'Merged sources'), ('carry', 'Carried into a new text'), ('place', 'Placed in the text'), ('attach', 'Added evidence'), ('amend', 'Changed evidence'), ('detach', 'Removed evidence')], max_length=10, verbose_name='deed'),
        ),
        migrations.AddConstraint(
            model_name='batch',
            constraint=models.CheckConstraint(condition=models.Q(('deed__in', ['decide', 'reword', 'bounds', 'source', 'checkable', 'make', 'merge', 'split', 'dismiss', 'restore', 'assign', 'ask', 'check', 'send-back', 'enter', 'tag', 'unify', 'carry', 'place', 'attach', 'amend', 'detach'])), name='batch_deed_known'),
        ),
        migrations.AddConstraint(
            model_name='change',
            constraint=models.CheckConstraint(condition=models.Q(('deed__in', ['decide', 'reword', 'bounds', 'source', 'checkable', 'make', 'merge', 'split', 'dismiss', 'restore', 'assign', 'ask', 'check', 'send-back', 'enter', 'tag', 'unify', 'carry', 'place', 'attach', 'amend', 'detach'])), name='change_deed_known'),
        ),
        migrations.AlterConstraint(
            model_name='source',
            name='source_known_once',
            constraint=models.UniqueConstraint(condition=models.Q(('article', None)), fields=('folded', 'kind'), name='source_known_once', violation_error_message='A source of this name and kind is here already.'),
        ),
        migrations.AlterConstraint(
            model_name='source',
            name='source_once_in_article',
            constraint=models.UniqueConstraint(condition=models.Q(('article', None), _negated=True), fields=('article', 'folded', 'kind'), name='source_once_in_article', violation_error_message='This article has a source of this name and kind already.'),
        ),
    ]
