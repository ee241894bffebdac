"""The tags of the review page: its rows and its text."""

from django import template

from claims.web.review.parts.paragraphs import text_paragraphs
from claims.web.review.parts.rows import queue_rows

register = template.Library()
register.simple_tag(queue_rows)
register.simple_tag(text_paragraphs)
