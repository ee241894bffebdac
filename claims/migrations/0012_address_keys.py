"""By what articles of one page are found, however their address is written."""

from django.db import migrations, models

from claims.migrations._address_keys import address_key


def fill(apps, schema_editor):
    articles = apps.get_model("claims", "Article").objects.using(schema_editor.connection.alias)
    reached = 0
    while some := list(
        articles.filter(pk__gt=reached).exclude(url="").order_by("pk").only("url")[:500]
    ):
        for article in some:
            article.address_key = address_key(article.url)
        articles.bulk_update(some, ["address_key"])
        reached = some[-1].pk


class Migration(migrations.Migration):
    dependencies = [("claims", "0011_fill_shingles")]

    operations = [
        migrations.AddField(
            model_name="article",
            name="address_key",
            field=models.CharField(blank=True, default="", editable=False, help_text="SHA-256 of the address without what makes no difference to where it leads.", max_length=64, verbose_name="key of the address"),
            preserve_default=False,
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(condition=models.Q(("address_key", ""), _negated=True), fields=["address_key", "id"], name="article_by_address"),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
    ]
