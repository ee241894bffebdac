"""The sketches of the texts that are here, by which articles that come in are compared with them."""

import re
from hashlib import blake2b

from django.db import migrations

AT_ONCE = 500
"""How many articles one query writes."""


# The sketch of a text as it was when this migration was written: five words are a shingle, the eight least a sketch.
_UNSPACED = r"\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_WORD = re.compile(rf"[{_UNSPACED}]|[^\W{_UNSPACED}]+")


def sketch(text):
    words = [found.casefold() for found in _WORD.findall(text)]
    places = range(max(1, len(words) - 4) if words else 0)
    return sorted({number(" ".join(words[at : at + 5])) for at in places})[:8]


def number(words):
    return int.from_bytes(blake2b(words.encode("utf-8", "replace"), digest_size=8).digest()) >> 1


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
