"""Every text that the sources mark for translation is translated, and the compiled catalogues say the same."""

import gettext
import re

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib import admin
from django.utils.functional import Promise

from claims.models import Claim
from claims.models.languages import known_languages
from workbench import translations

PLACEHOLDER = re.compile(r"%(?:\(\w+\))?[sd]|%%")
MARKED = translations.marked()


def places(words: str) -> set[str]:
    """What is filled in."""
    return set(PLACEHOLDER.findall(words))


def test_texts_are_found_in_every_part_of_the_house():
    places = {name.split("/")[0] for message in MARKED for name, _line in message.locations}
    assert places == {"claims", "templates"}
    assert MARKED.get("%(number)s claim").id == ("%(number)s claim", "%(number)s claims")
    assert MARKED.get("redo", context="history")
    assert MARKED.get("it is UTF-8, but damaged at byte %(place)s")


@pytest.mark.parametrize("language", translations.languages())
class TestCatalogue:
    @pytest.fixture
    def kept(self, language):
        with translations.place(language).open("rb") as stream:
            return translations.read_po(stream, locale=language)

    def test_it_holds_what_the_sources_mark_and_nothing_else(self, language, kept):
        assert {(one.context, one.id) for one in kept} == {(one.context, one.id) for one in MARKED}
        assert not kept.obsolete

    def test_it_is_as_make_translations_writes_it(self, language):
        kept = translations.place(language).read_bytes()
        assert kept == translations.as_po(translations.updated(language, MARKED))

    def test_every_text_is_translated(self, kept):
        assert [
            one.id for one in kept if not all(translations.texts(one.string)) or one.fuzzy
        ] == []

    def test_translations_have_the_places_of_their_texts(self, kept):
        assert [(one.id, wrong) for one, wrong in kept.check()] == []
        for message in kept:
            if message.id:
                first, last = translations.texts(message.id)[0], translations.texts(message.id)[-1]
                one, *more = translations.texts(message.string)
                # "A claim" may be all that the singular says of the number.
                assert places(one) in (places(first), places(last)), last
                assert all(places(words) == places(last) for words in more), last

    def test_the_compiled_one_says_the_same(self, language, kept):
        compiled = translations.place(language).with_suffix(".mo").read_bytes()
        assert compiled == translations.as_mo(kept), "run: make translations"


@pytest.mark.parametrize(
    ("german", "english"),
    [
        # "Nothing was done" is not "nothing was published".
        ("veröffentlich", "publi|appear|correction"),
        # A product has one name in every language.
        ("Werkbank", None),
        # What is reported here are claims in a report, not what newspapers report.
        ("Berichtete", None),
    ],
)
def test_a_german_word_stands_only_for_what_it_means(german, english):
    with translations.place("de").open("rb") as stream:
        kept = translations.read_po(stream, locale="de")
    said = {
        str(one.id): " ".join(translations.texts(one.id))
        for one in kept
        if re.search(german, " ".join(translations.texts(one.string)), re.IGNORECASE)
    }
    assert bool(said) is (english is not None)
    assert [one for one in said.values() if not re.search(english, one, re.IGNORECASE)] == []


def test_what_is_new_waits_and_what_is_gone_goes(monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(translations, "ROOT", tmp_path)
    monkeypatch.setattr(settings, "LANGUAGES", [("en", "English"), ("fr", "Français")])
    page = tmp_path / "templates" / "page.html"
    page.parent.mkdir()
    page.write_text('{% load i18n %}\n<p>)\n  ( it\'s {% translate "Old" %}</p>')
    with pytest.raises(SystemExit, match="1"):
        translations.main()
    assert "no translation for 'Old'" in capsys.readouterr().err
    place = translations.place("fr")
    place.write_text(
        place.read_text().replace('msgid "Old"\nmsgstr ""', 'msgid "Old"\nmsgstr "Vieux"')
    )
    with pytest.raises(SystemExit, match="0"):
        translations.main()
    with place.with_suffix(".mo").open("rb") as stream:
        assert gettext.GNUTranslations(stream).gettext("Old") == "Vieux"
    page.write_text(
        "{% load i18n %}{% blocktranslate count n=2 %}One{% plural %}Many{% endblocktranslate %}"
    )
    with pytest.raises(SystemExit, match="1"):
        translations.main()
    assert "Vieux" not in place.read_text()
    assert "('One', 'Many')" in capsys.readouterr().err


MODELS = [
    model for model in apps.get_app_config("claims").get_models() if model in admin.site._registry
]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_what_the_admin_calls_things_is_marked(model):
    """What Django makes up from a name in the code would stay English."""
    assert isinstance(model._meta.verbose_name, Promise)
    assert isinstance(model._meta.verbose_name_plural, Promise)
    named = {*settings.LANGUAGES, *known_languages()}
    for field in model._meta.get_fields():
        if field.concrete and not field.primary_key:
            assert isinstance(field.verbose_name, Promise), field.name
            assert not field.help_text or isinstance(field.help_text, Promise), field.name
            for choice in field.choices or ():
                # Each language is named in itself.
                assert isinstance(choice[1], Promise) or choice in named, field.name


def test_the_models_of_the_admin_are_there():
    assert Claim in MODELS
