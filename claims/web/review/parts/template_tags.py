"""The tags of the review page: its rows and its text."""

from django import template

from claims.web.review.parts.forms import (
    comment_form,
    decision_form,
    people_forms,
    source_form,
    wording_forms,
)
from claims.web.review.parts.paragraphs import text_paragraphs
from claims.web.review.parts.rows import queue_rows
from claims.web.review.parts.steps import saved_change, undo_steps

register = template.Library()
register.simple_tag(queue_rows)
register.simple_tag(text_paragraphs)
for tag in (
    comment_form,
    decision_form,
    people_forms,
    saved_change,
    source_form,
    undo_steps,
    wording_forms,
):
    register.simple_tag(tag, takes_context=True)
