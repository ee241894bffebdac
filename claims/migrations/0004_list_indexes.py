"""The indexes of the lists, once their columns are filled."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("claims", "0003_fill_lists")]

    operations = [
        migrations.RemoveField(model_name='article', name='outlet_name'),
        migrations.RemoveField(model_name='historicalarticle', name='outlet_name'),
        migrations.AddIndex(
            model_name='article',
            index=models.Index(fields=['outlet', 'id'], name='article_by_outlet'),
        ),
        migrations.AlterField(
            model_name='claim',
            name='listed_at',
            field=models.DateTimeField(editable=False, help_text="The article's: when it was published, or else came in.", verbose_name='published'),
        ),
        migrations.AddIndex(
            model_name='claim',
            index=models.Index(fields=['source', 'verdict', 'dismissed', 'checkable'], name='claim_record_of_source'),
        ),
        migrations.AddIndex(
            model_name='claim',
            index=models.Index(fields=['-listed_at', '-id'], name='claim_listed'),
        ),
        migrations.AddIndex(
            model_name='claim',
            index=models.Index(fields=['verdict', '-listed_at', '-id'], name='claim_listed_verdict'),
        ),
        migrations.AddIndex(
            model_name='claim',
            index=models.Index(fields=['process', '-listed_at', '-id'], name='claim_listed_process'),
        ),
        migrations.AddIndex(
            model_name='claim',
            index=models.Index(fields=['source', '-listed_at', '-id'], name='claim_listed_source'),
        ),
        migrations.AddIndex(
            model_name='claim',
            index=models.Index(fields=['source_kind', '-listed_at', '-id'], name='claim_listed_kind'),
        ),
        migrations.AddIndex(
            model_name='claim',
            index=models.Index(fields=['outlet', '-listed_at', '-id'], name='claim_listed_outlet'),
        ),
        migrations.AddIndex(
            model_name='claim',
            index=models.Index(fields=['quotation', '-listed_at', '-id'], name='claim_listed_quotation'),
        ),
        migrations.AddIndex(
            model_name='claim',
            index=models.Index(condition=models.Q(('touched_at', None)), fields=['-listed_at', '-id'], name='claim_listed_untouched'),
        ),
        migrations.AddIndex(
            model_name='claim',
            index=models.Index(fields=['-decided_at', '-id'], name='claim_by_decision'),
        ),
        migrations.AddIndex(
            model_name='claim',
            index=models.Index(fields=['-touched_at', '-id'], name='claim_by_touch'),
        ),
        migrations.AddIndex(
            model_name='claim',
            index=models.Index(fields=['-checkworthiness', '-id'], name='claim_by_worth'),
        ),
    ]
