"""Template filters for captures."""

from django import template

from claims.queries.captures import words

register = template.Library()

register.filter("why_not", words.why_not)
register.filter("advice", words.advice)
