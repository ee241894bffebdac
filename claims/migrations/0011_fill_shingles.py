"""The sketches of the texts that are here, by which articles that come in are compared with them."""

from django.db import migrations

from claims.matching import sketch

AT_ONCE = 500
"""How many articles one query writes."""


def fill(apps, schema_editor):
    using = schema_editor.connection.alias
    revision, shingle = (
        apps.get_model("claims", name).objects.using(using) for name in ("Revision", "Shingle")
    )
    # The newest text of each article comes last.
    texts = revision.order_by("article", "number").values_list("article", "body")
    newest = {}
    for article, body in texts.iterator(chunk_size=AT_ONCE):
        if article not in newest and len(newest) == AT_ONCE:
            write(shingle, newest)
            newest = {}
        newest[article] = body
    write(shingle, newest)


def write(shingle, texts):
    shingle.bulk_create(
        shingle.model(article_id=article, value=value)
        for article, body in texts.items()
        for value in sketch(body)
    )


class Migration(migrations.Migration):
    dependencies = [("claims", "0010_intake")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop, elidable=True)]
