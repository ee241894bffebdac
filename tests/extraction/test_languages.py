"""Other languages: detected, split into sentences and quotations, without inventing sources."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.extraction import extract
from claims.extraction.languages import UNKNOWN, detect, languages
from claims.extraction.text.segments import has_words
from tests.extraction.expected import passages

TEXTS = {
    "en": "The dam is shut, and nobody may pass until the engineers have looked at it.",
    "fr": "Le barrage est fermé, et personne ne peut passer avant que les ingénieurs ne l’aient vu.",
    "de": "Der Damm ist gesperrt, und niemand darf durch, bis die Ingenieure ihn gesehen haben.",
    "es": "La presa está cerrada y nadie puede pasar hasta que los ingenieros la hayan visto.",
    "it": "La diga è chiusa e nessuno può passare finché gli ingegneri non l’hanno vista.",
    "pt": "A barragem está fechada e ninguém pode passar até que os engenheiros a tenham visto.",
    "nl": "De dam is gesloten en niemand mag erdoor tot de ingenieurs hem hebben gezien.",
    "sv": "Dammen är stängd och ingen får passera förrän ingenjörerna har sett på den.",
    "da": "Dæmningen er lukket, og ingen må passere, før ingeniørerne har set på den.",
    "pl": "Zapora jest zamknięta i nikt nie może przejść, dopóki inżynierowie jej nie zobaczą.",
    "tr": "Baraj kapalı ve mühendisler bakana kadar hiç kimse geçemez, ama bir yol daha var.",
    "ro": "Barajul este închis și nimeni nu poate trece până când inginerii nu l-au văzut.",
    "id": "Bendungan itu ditutup dan tidak ada yang boleh lewat sebelum para insinyur melihatnya.",
    "ru": "Плотина закрыта, и никто не может пройти, пока её не осмотрят инженеры.",
    "uk": "Гребля закрита, і ніхто не може пройти, доки її не оглянуть інженери.",
    "el": "Το φράγμα είναι κλειστό και κανείς δεν περνά.",
    "ar": "السد مغلق ولا يمكن لأحد أن يمر من هناك.",
    "ur": "ڈیم بند ہے اور کوئی بھی نہیں گزر سکتا جب تک کہ انجینئر اس کو نہ دیکھیں۔",
    "fa": "سد بسته است و کسی نمی تواند از آن بگذرد تا مهندسان آن را ببینند.",
    "he": "הסכר סגור ואיש אינו עובר.",
    "hi": "बांध बंद है और कोई भी नहीं जा सकता।",
    "bn": "বাঁধ বন্ধ এবং কেউ যেতে পারে না।",
    "ja": "ダムは閉鎖され、誰も通れない。",
    "zh": "大坝已经关闭，任何人不得通过。",
    "ko": "댐이 폐쇄되어 아무도 지나갈 수 없다.",
}


@pytest.mark.parametrize("code", TEXTS)
def test_language_is_told(code: str):
    assert detect(TEXTS[code]).code == code


@pytest.mark.parametrize("code", [code for code in TEXTS if code != "en"])
def test_other_language_gives_sentences_and_says_so(code: str):
    (one,) = extract(TEXTS[code])
    assert (one.language, one.quotation, one.speaker, one.source) == (code, "narration", None, ())
    assert one.content == ((0, len(TEXTS[code])),)


@pytest.mark.parametrize(
    "text", ["", "12", "Aldmere", "Storm kills nine in Velmora", "“Non!” she said.", "a " * 900]
)
def test_short_and_odd_texts_are_taken_for_english(text: str):
    assert detect(text).code == "en"


def test_passages_are_english():
    assert {detect(one.text).code for one in passages()} == {"en"}


def test_letters_that_no_file_tells_of_are_unknown():
    assert detect("Պատնեշը փակ է և ոչ ոք չի կարող անցնել") is UNKNOWN
    strange = " ".join(
        f"{a}{b}ku"
        for a in ("vel", "mor", "ost", "tavr", "geld", "norb", "sik", "lun")
        for b in "aeioulmn"
    )
    assert detect(strange) is UNKNOWN


def test_one_long_name_makes_no_other_language():
    assert detect("Rain will fall, Ada Venn told Radio " + "Ostrey " * 200).code == "en"


def test_quotations_of_another_language():
    text = (
        "„Der Damm ist zu. Wir haben ihn gesperrt“, sagte die Ministerin. Wer hat das getan? "
        "Er nennt es „eine Schande“ für das Land."
    )
    assert [(one.statement, one.quotation, one.mood) for one in extract(text)] == [
        ("„Der Damm ist zu.", "direct", "asserted"),
        ("Wir haben ihn gesperrt“, sagte die Ministerin.", "mixed", "asserted"),
        ("Wer hat das getan?", "narration", "asked"),
        ("Er nennt es „eine Schande“ für das Land.", "mixed", "asserted"),
    ]


def test_sentences_without_spaces():
    text = "大坝已经关闭。“我们没有选择。”部长说。"
    assert len(extract(text)) == 3


@settings(deadline=None, derandomize=True, max_examples=100)
@given(
    st.lists(st.sampled_from([*TEXTS.values(), "\n", "«", "»", "„", "“", '"', "12. "]), max_size=12)
)
def test_mixed_texts_never_fail(parts: list[str]):
    text = "".join(parts)
    claims = extract(text)
    assert claims or not has_words(text)
    for claim in claims:
        assert claim.language in {*languages(), UNKNOWN.code}
        assert [text[start:end] == text[start:end].strip() for start, end in claim.content]


def test_every_language_has_words_or_letters_and_a_sentence_here_or_is_like_one():
    assert "en" in languages()
    for language in languages().values():
        assert language.name
        assert language.words or language.letters
        assert language.parsed == (language.code == "en")
