"""Template tags of the public pages, which are in the language of their report or of the site.

Where the software's own words are not translated into that, they are in English and marked as what they are.
"""

from datetime import date
from typing import Any

from django.template import Context, Library, Node
from django.template.base import Parser, Token
from django.templatetags.i18n import do_block_translate, do_translate
from django.utils import translation
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from claims.queries.reports.terms import current_language, own_words
from claims.renderers.documents.html_page import labelled
from claims.renderers.labels import direction, words_in

register = Library()


@register.simple_tag
def page_language() -> str:
    """The language of the page."""
    return current_language()


@register.simple_tag
def page_direction() -> str:
    """The direction in which it is written: "ltr" or "rtl"."""
    return direction(current_language())


@register.filter(expects_localtime=True)
def day(at: date) -> str:
    """A day in the language of the page. Of languages that the software does not speak, Django knows the months."""
    language = current_language()
    if not words_in(language).are_foreign:
        return date_format(at, _("j F Y"))
    with translation.override(language):
        return date_format(at, "DATE_FORMAT")


@register.filter
def fixed(text: object) -> str:
    """One of the software's words, which do not come from a tag: a label, or a sentence made of such words.

    The newsroom's own words, which may stand in their place, are in the language of the page.
    """
    if text in own_words().words:
        return str(text)
    return labelled(words_in(current_language()), str(text))


class _Marked(Node):
    """A translation that stands among other words. One for an attribute is kept in a variable instead."""

    def __init__(self, node: Any) -> None:
        self.node = node

    def render(self, context: Context) -> SafeString:
        text: SafeString = self.node.render(context)
        return SafeString(labelled(words_in(current_language()), text)) if text else text


@register.tag("translate")
def translate(parser: Parser, token: Token) -> Node:
    """Django's tag of this name, marked as in another language where it is."""
    node = do_translate(parser, token)
    return node if node.asvar else _Marked(node)


@register.tag("blocktranslate")
def blocktranslate(parser: Parser, token: Token) -> Node:
    """The same for Django's other tag."""
    node = do_block_translate(parser, token)
    return node if node.asvar else _Marked(node)
