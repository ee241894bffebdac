"""The tags of the review page: its rows and its text."""

from django import template

from claims.web.review.parts.forms import action_forms, comment_form, decision_form
from claims.web.review.parts.paragraphs import text_paragraphs
from claims.web.review.parts.rows import queue_rows

register = template.Library()
register.simple_tag(queue_rows)
register.simple_tag(text_paragraphs)
register.simple_tag(action_forms, takes_context=True)
register.simple_tag(comment_form, takes_context=True)
register.simple_tag(decision_form, takes_context=True)
