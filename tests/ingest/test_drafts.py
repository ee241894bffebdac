"""From fields to an article: headlines, limits, addresses, times."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.errors import EmptyArticleError, InvalidValueError, NotTextError, TooLargeError
from claims.ingest import draft
from claims.ingest.cleaning import clean
from claims.ingest.drafts import MAX_BODY, MAX_LENGTHS, TITLE_LENGTH

LONG = "The mayor of Ostrey closed the Weavers' Bridge on Wednesday, after an engineer had warned that rust had eaten into its supports."


def test_all_fields_arrive_clean():
    published = datetime(2026, 1, 28, 12, tzinfo=timezone(timedelta(hours=1)))
    article = draft(
        body=" The bridge is closed.\r\n\r\n\r\nNobody knows why. ",
        headline=" Bridge\n closed ",
        outlet="The  Ostrey Courier",
        byline="\tMarit Solvane",
        url=" https://courier.example.org/bridge ",
        published=published,
        language="pt-BR",
    )
    assert article.body == "The bridge is closed.\n\nNobody knows why."
    assert article.headline == "Bridge closed"
    assert article.outlet == "The Ostrey Courier"
    assert article.byline == "Marit Solvane"
    assert article.url == "https://courier.example.org/bridge"
    assert article.published == published
    assert article.language == "pt-BR"


def test_what_is_not_known_stays_empty_and_the_language_is_english():
    article = draft(body="The bridge is closed.")
    assert (article.outlet, article.byline, article.url, article.published) == ("", "", "", None)
    assert article.language == "en"


@pytest.mark.parametrize(
    "title", ["Bridge closed", "Is the bridge closed?", "  Bridge\u00a0closed"]
)
def test_a_short_first_line_that_stands_alone_is_the_headline_and_not_the_text(title):
    article = draft(body=f"{title}\n\nThe bridge is closed.\n\nNobody knows why.")
    assert article.headline == " ".join(title.split())
    assert article.body == "The bridge is closed.\n\nNobody knows why."


@pytest.mark.parametrize(
    "body",
    [
        "The bridge is closed.\n\nNobody knows why.",
        "“The bridge is closed.”\n\nNobody knows why.",
        "The bridge is closed\nNobody knows why",
        "The bridge is closed",
        "The bridge is closed\n\n***",
    ],
)
def test_a_first_line_that_may_be_a_claim_stays_in_the_text(body):
    article = draft(body=body)
    assert article.body == body
    assert article.headline == body.split("\n")[0]


def test_a_headline_made_of_a_long_line_ends_at_a_word():
    article = draft(body=LONG)
    assert article.body == LONG
    assert article.headline.endswith("…")
    words = article.headline.removesuffix("…")
    assert LONG.startswith(words + " ")
    assert TITLE_LENGTH - 20 < len(words) < TITLE_LENGTH


def test_a_headline_made_of_one_endless_word_is_cut_inside_it():
    assert draft(body="x" * 500).headline == "x" * (TITLE_LENGTH - 1) + "…"


def test_a_headline_is_made_of_words_and_not_of_a_ruler():
    assert draft(body="***\n\nThe bridge is closed.").headline == "The bridge is closed."


@given(st.text(max_size=400), st.text(max_size=40))
@settings(max_examples=300, deadline=None, derandomize=True)
def test_every_article_has_a_headline_and_a_body_that_cleaning_leaves_alone(body, headline):
    try:
        article = draft(body=body, headline=headline)
    except (EmptyArticleError, NotTextError):
        return
    assert article.headline
    assert article.headline == " ".join(article.headline.split())
    assert any(c.isalnum() for c in article.body)
    assert clean(article.body) == article.body


@pytest.mark.parametrize("body", ["", " \r\n\t", "\ufeff", "— … !", "🎉🎉"])
def test_a_body_without_a_word_is_refused(body):
    with pytest.raises(EmptyArticleError):
        draft(body=body, headline="Bridge closed")


def test_a_body_may_be_as_long_as_the_limit_and_no_longer():
    assert len(draft(body="x" * MAX_BODY).body) == MAX_BODY
    with pytest.raises(TooLargeError, match=f"the limit is {MAX_BODY} characters"):
        draft(body="x" * (MAX_BODY + 1))


@pytest.mark.parametrize("field", MAX_LENGTHS)
def test_each_field_has_a_limit_and_its_error_names_it(field):
    begin, fill = {"url": ("https://example.org/", "x"), "language": ("e", "n-abcd-efg")}.get(
        field, ("", "x")
    )
    longest = (begin + fill * 2000)[: MAX_LENGTHS[field]]
    assert getattr(draft(body="The bridge is closed.", **{field: longest}), field) == longest
    with pytest.raises(InvalidValueError, match=field) as raised:
        draft(body="The bridge is closed.", **{field: longest + "x"})
    assert raised.value.params["field"] == field


@pytest.mark.parametrize(
    "url",
    [
        "ftp://example.org/a",
        "javascript:alert(1)",
        "example.org/bridge",
        "https://",
        "http://[broken/",
        "file:///etc/hosts",
        "https://example.org/a b",
    ],
)
def test_what_is_no_web_address_is_refused(url):
    with pytest.raises(InvalidValueError, match="not a web address"):
        draft(body="The bridge is closed.", url=url)


@pytest.mark.parametrize("url", ["http://example.org", "HTTPS://example.org/é?a=1#b"])
def test_web_addresses_are_kept_as_written(url):
    assert draft(body="The bridge is closed.", url=url).url == url


@pytest.mark.parametrize("language", ["english language", "en_GB", "1", "-en", "é"])
def test_what_is_no_language_tag_is_refused(language):
    with pytest.raises(InvalidValueError, match="language"):
        draft(body="The bridge is closed.", language=language)


@pytest.mark.parametrize("field", ["url", "language"])
def test_a_wrong_value_is_quoted_up_to_100_characters(field):
    with pytest.raises(InvalidValueError, match=f"“{'/' * 100}” is not"):
        draft(body="The bridge is closed.", **{field: "/" * 101})


def test_a_time_without_a_zone_is_utc():
    naive = datetime(2026, 1, 28, 12)  # noqa: DTZ001 -- the case itself
    article = draft(body="The bridge is closed.", published=naive)
    assert article.published == datetime(2026, 1, 28, 12, tzinfo=UTC)


def test_a_time_outside_the_calendar_is_refused():
    before = datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=14)))
    with pytest.raises(InvalidValueError, match="out of range"):
        draft(body="The bridge is closed.", published=before)
