"""Template filters and tags for the links of the evidence."""

from django import template

from claims.web.links import words

register = template.Library()

register.filter("link_advice", words.advice)
register.filter("archive_failure", words.archive_failure)
register.simple_tag(words.archive_host)
