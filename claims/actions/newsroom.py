"""The newsroom's details, which reports show."""

from collections.abc import Mapping

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.files import File
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from claims.actions.base import action
from claims.actions.files import digest_of, keep_file
from claims.actions.locking import save_as
from claims.errors import InvalidValueError
from claims.models import Newsroom
from claims.models.newsroom import ONLY
from claims.renderers.documents.pdf import can_draw

LARGEST_LOGO = 500 * 1000
"""Bytes that a logo may have: every report carries it."""

_BEGINNINGS = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")
"""How files begin that are a PNG or a JPEG."""


@action("claims.change_newsroom", what=gettext_noop("edit the newsroom's details"))
def change_newsroom(
    *, actor: User, words: Mapping[str, str | bool], logo: File[bytes] | bool | None = None
) -> Newsroom:
    """Change the newsroom's details for future reports. Published reports do not change.

    Args:
        actor: who changes it.
        words: its fields by name, except the logo; `publish_updates` is a truth value.
        logo: a new image; False removes it, None leaves it.

    Raises:
        InvalidValueError: if the image is not a PNG or JPEG, or is larger than 500 KB, or a field is not
            valid.
    """
    newsroom = Newsroom.objects.select_for_update().get(pk=ONLY)
    for name, value in words.items():
        setattr(newsroom, name, value.strip() if isinstance(value, str) else value)
    if logo is False:
        newsroom.logo, newsroom.logo_sha256 = "", ""
    elif isinstance(logo, File):
        require_picture(logo)
        newsroom.logo_sha256 = digest_of(logo)
        newsroom.logo = keep_file(logo, newsroom.logo.storage, newsroom.logo_sha256)
    try:
        newsroom.full_clean(exclude={"logo"})
    except ValidationError as error:
        raise InvalidValueError(why=" ".join(error.messages)) from error
    save_as(actor, newsroom)
    return newsroom


def require_picture(logo: File[bytes]) -> None:
    """Raise `InvalidValueError` for a file that is not an image suitable for reports."""
    if not logo.size or logo.size > LARGEST_LOGO:
        raise InvalidValueError(why=_("the logo is empty or larger than 500 KB."))
    logo.seek(0)
    picture = logo.read()
    if not (picture.startswith(_BEGINNINGS) and can_draw(picture)):
        raise InvalidValueError(why=_("the logo must be a PNG or a JPEG."))
    logo.seek(0)
