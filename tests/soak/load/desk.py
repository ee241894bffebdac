"""The desk that the load is on: an archive of made-up claims, articles that the splitter has read, and editors' accounts.

Whichever checkout runs it fills its empty database, and prints what `tests.soak.load.plays` needs to know.
"""

import argparse
import json
import os
import sys


def main() -> None:
    """Fill the database. SOAK_PASSWORD is the password of all accounts."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rows", type=int, required=True, help="claims of the archive")
    options.add_argument("--articles", type=int, required=True, help="articles to be reviewed")
    options.add_argument("--editors", type=int, required=True)
    chosen = options.parse_args()
    import django  # noqa: PLC0415  # for this part alone

    django.setup()
    from django.contrib.auth.hashers import make_password  # noqa: PLC0415
    from django.contrib.auth.models import Group, User  # noqa: PLC0415
    from django.core.management import call_command  # noqa: PLC0415
    from django.db import transaction  # noqa: PLC0415

    from claims import models  # noqa: PLC0415
    from claims.actions import import_article  # noqa: PLC0415
    from claims.actions.maintenance import analyze_tables  # noqa: PLC0415
    from claims.ingest.types import ArticleDraft  # noqa: PLC0415
    from tests.bench.archive import Sizes, build  # noqa: PLC0415
    from tests.bench.newsroom_archive import article  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    build(Sizes(chosen.rows))
    if hasattr(models, "LogLink"):  # older checkouts have no chain
        with transaction.atomic():
            models.LogLink.objects.add(models.Decision.objects.order_by("pk"))
    # Hashed once: the same password for all.
    password = make_password(os.environ["SOAK_PASSWORD"])
    names = [f"desk{number}" for number in range(chosen.editors)]
    User.objects.bulk_create(User(username=name, password=password) for name in names)
    group = Group.objects.get(name="editor")
    group.user_set.set(User.objects.filter(username__in=names))
    actor = User.objects.get(username=names[0])
    drafts = (
        ArticleDraft(headline=one["headline"], body=one["body"])
        for one in map(article, range(chosen.articles))
    )
    made = [import_article(actor=actor, draft=draft).article.pk for draft in drafts]
    analyze_tables.func()
    sys.stdout.write(json.dumps({"accounts": names, "articles": made}))


if __name__ == "__main__":
    main()
