"""The language of reports and public pages: what is said in it, and the terms of closed lists."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from django.conf import settings
from django.db.models import TextChoices
from django.utils import translation

from claims.choices import MatchRelation, Quotation, Reason, SourceKind, Stance, Verdict
from claims.models import Newsroom, PublicLanguage
from claims.models.languages import known_languages
from claims.renderers.labels import LANGUAGE, spoken
from claims.renderers.types import Term

_LISTS: dict[str, type[TextChoices]] = {
    "verdict": Verdict,
    "quotation": Quotation,
    "source_kind": SourceKind,
    "reason": Reason,
    "stance": Stance,
    "relation": MatchRelation,
}


@dataclass(frozen=True, slots=True)
class _Spoken:
    """The language that is spoken, and what the newsroom says of itself in each."""

    language: str
    own: Mapping[str, PublicLanguage]


_spoken: ContextVar[_Spoken | None] = ContextVar("spoken", default=None)


@contextmanager
def in_language(language: str) -> Iterator[None]:
    """Speak a language, whichever one the reader uses: that of a report, or of the public site.

    The software's own words are in it if they are translated, and otherwise in English. One query; none inside another
    `in_language`.
    """
    outer = _spoken.get()
    own = outer.own if outer else {one.language: one for one in PublicLanguage.objects.all()}
    token = _spoken.set(_Spoken(language, own))
    try:
        with translation.override(spoken(language)):
            yield
    finally:
        _spoken.reset(token)


def current_language() -> str:
    """Return the language that is spoken; outside of `in_language`, English."""
    found = _spoken.get()
    return found.language if found else LANGUAGE


def own_words() -> PublicLanguage:
    """Return what the newsroom says in the language that is spoken; without a field set, if it has not said anything."""
    found = _spoken.get()
    language = current_language()
    return (found and found.own.get(language)) or PublicLanguage(language=language)


def public_language() -> str:
    """Return the language of the public site, and of new reports."""
    return Newsroom.current().language


def languages_of_reports(*, besides: str = "") -> list[tuple[str, str]]:
    """Return the languages that a report can be written in, by their names: tags, and the names themselves.

    These are the software's, the public site's, and those that the newsroom has added.

    Args:
        besides: one more, such as that of the report.
    """
    tags = {
        besides,
        public_language(),
        *(code for code, _name in settings.LANGUAGES),
        *PublicLanguage.objects.values_list("language", flat=True),
    }
    return [(tag, name) for tag, name in known_languages() if tag in tags]


def term_of(member: TextChoices) -> Term:
    """Return a member of a closed list as a report contains it: its code, and its label in the language that is spoken.

    A verdict has the newsroom's own word, if there is one.
    """
    word = own_words().word_for(member) if isinstance(member, Verdict) else ""
    code = str(member.value)
    return Term(code, word, current_language()) if word else Term(code, str(member.label))


def known_term(kind: str, code: str) -> Term:
    """Return a term of a frozen report, which may be older than today's lists. A code that no longer exists is its own label."""
    members = _LISTS[kind]
    return term_of(members(code)) if code in members.values else Term(code, code)
