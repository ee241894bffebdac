"""The articles on which the desk is measured, made in a database of its own by whichever checkout runs this file.

Prints, as its last line, a JSON object: the login of an editor as `session`, and under `articles` each article's address by
its number of claims.
"""

import json
import sys

import django

WORDS = "Bridge {0} over the Olm was built in {1}, minister Ada Venn said."


def main() -> None:
    """Make articles of the sizes that the arguments name."""
    django.setup()
    from django.conf import settings  # noqa: PLC0415  # Django is set up now
    from django.contrib.auth.models import Group, User  # noqa: PLC0415
    from django.core.management import call_command  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415

    from claims.actions import import_article  # noqa: PLC0415
    from claims.ingest.types import ArticleDraft  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    editor = User.objects.create_user("bench", is_staff=True)
    editor.groups.set([Group.objects.get(name="editor")])
    articles = {}
    for size in map(int, sys.argv[1:]):
        body = "\n\n".join(WORDS.format(number, 1500 + number) for number in range(size))
        draft = ArticleDraft(headline=f"Bridges {size} (fiction)", body=body)
        articles[size] = import_article(actor=editor, draft=draft).article.get_absolute_url()
    client = Client()
    client.force_login(editor)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    print(json.dumps({"session": session, "articles": articles}))  # noqa: T201  # for the benchmark


if __name__ == "__main__":
    main()
