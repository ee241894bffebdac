"""Front matter: what it may contain, and the messages if it is not valid."""

from datetime import UTC, datetime, timedelta, timezone
from io import BytesIO

import pytest

from claims.errors import FrontMatterError
from claims.ingest.formats import markdown
from claims.ingest.formats.front_matter import MAX_LENGTH, split


def with_front_matter(*lines: str) -> str:
    return "\n".join(["---", *lines, "---", "", "The bridge is closed."])


def test_the_fields_are_read_and_the_others_left_alone():
    fields, body = split(
        with_front_matter(
            "headline: 'Bridge: closed'",
            "outlet: The Ostrey Courier",
            "byline: Łucja İnan 🎉",
            "url: https://courier.example.org/bridge",
            "language: en",
            "note: fiction",
            "tags: [bridge, rust]",
        )
    )
    assert fields == {
        "headline": "Bridge: closed",
        "outlet": "The Ostrey Courier",
        "byline": "Łucja İnan 🎉",
        "url": "https://courier.example.org/bridge",
        "language": "en",
    }
    assert body.strip() == "The bridge is closed."


@pytest.mark.parametrize(
    "value", ["no", "1984", "2026-04-15", "0x1F", "1e3", "true", "=", "'null'"]
)
def test_a_text_stays_what_was_written_whatever_yaml_makes_of_it(value):
    fields, _ = split(with_front_matter(f"headline: {value}"))
    assert fields["headline"] == value.strip("'")


@pytest.mark.parametrize("value", ["", "~", "null"])
def test_an_empty_value_is_no_value(value):
    assert split(with_front_matter(f"byline: {value}", f"published: {value}"))[0] == {}


@pytest.mark.parametrize(
    ("written", "published"),
    [
        (
            "2026-04-15T18:40:00+02:00",
            datetime(2026, 4, 15, 18, 40, tzinfo=timezone(timedelta(hours=2))),
        ),
        ("2026-04-15 16:40:00Z", datetime(2026, 4, 15, 16, 40, tzinfo=UTC)),
        ("'2026-04-15T16:40Z'", datetime(2026, 4, 15, 16, 40, tzinfo=UTC)),
        ("2026-04-15", datetime(2026, 4, 15)),  # noqa: DTZ001 -- the draft adds the zone
    ],
)
def test_dates_are_read_in_iso_form(written, published):
    assert split(with_front_matter(f"published: {written}"))[0]["published"] == published


def test_a_text_without_front_matter_is_all_text():
    text = "The bridge is closed.\n\n---\n\nNobody knows why.\n\n---\n\nThe end."
    assert split(text) == ({}, text)


@pytest.mark.parametrize(
    "text",
    [
        "--\nheadline: Bridge\n--\nOne.",
        "--- headline: Bridge\n---\nOne.",
        " ---\nheadline: Bridge\n---\nOne.",
        "+++\nheadline = 'Bridge'\n+++\nOne.",
        "———\nheadline: Bridge\n———\nOne.",
    ],
)
def test_only_a_first_line_of_three_hyphens_or_more_opens_front_matter(text):
    assert split(text) == ({}, text)


@pytest.mark.parametrize(
    ("opening", "closing"), [("---", "---"), ("---", "-----"), ("----", "---")]
)
def test_the_two_lines_need_not_be_equally_long(opening, closing):
    text = f"{opening}\nheadline: Bridge\n{closing}\nOne."
    assert split(text) == ({"headline": "Bridge"}, "One.")


@pytest.mark.parametrize(
    "line", ["headline: the bridge --- closed", "headline: |\n  ---\n  Bridge"]
)
def test_hyphens_within_a_field_do_not_end_the_fields(line):
    fields, body = split(with_front_matter(line, "outlet: Courier"))
    assert fields["outlet"] == "Courier"
    assert "---" in fields["headline"]
    assert body == "The bridge is closed."


@pytest.mark.parametrize("after", ["", "\n", "\n\nOne.\n\n---"])
def test_the_text_begins_at_its_first_line_and_may_be_empty(after):
    assert split(f"---\nheadline: Bridge\n---{after}")[1] == after.lstrip()


def test_a_rule_in_the_text_does_not_end_the_text():
    _, body = split("---\nheadline: Bridge\n---\nOne.\n\n---\n\nTwo.")
    assert body.strip() == "One.\n\n---\n\nTwo."


def test_empty_front_matter_has_no_fields():
    assert split("---\n---\nThe bridge is closed.")[0] == {}


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        (["headline: Bridge: closed"], "“headline: Bridge: closed”.*in quotes"),
        (["headline: 'Bridge"], "“headline: 'Bridge”"),
        (["outlet: x", "headline: *unknown"], "headline: .*unknown"),
        (["published: yesterday"], "published “yesterday” is not a valid date.*2026-04-15"),
        (["published: 2026-13-45"], "published “2026-13-45” is not a valid date"),
        (["published: " + "x" * 101], f"published “{'x' * 100}” is not"),
        (["headline: Bridge", "x" * 101], f"“{'x' * 100}”"),
        (["published: [2026, 4, 15]"], "published is a list"),
        (["headline: [Bridge, closed]"], "headline is a list"),
        (["byline: {name: Marit}"], "byline is a list or has fields"),
        (["- headline", "- outlet"], "no fields"),
        (["The bridge is closed."], "no fields"),
        (["headline: Bridge", "headline closed"], "“headline closed”"),
        (["headline: Bridge", "\toutlet: x"], "outlet: x"),
        (["? [headline]", ": Bridge"], "unhashable"),
        (["headline: &a [*a]"], "recursive"),
        (["headline: Bridge", "--- outlet: x"], "another document"),
        (["note: {a: " * 400], "not valid YAML|note"),
        (["[" * 2000], "not valid YAML"),
        (["headline: a\ufffeb"], "not valid YAML"),
        (["note: " + "x" * MAX_LENGTH], f"at most {MAX_LENGTH}"),
    ],
)
def test_the_error_names_what_is_wrong_and_how_to_mend_it(lines, why):
    with pytest.raises(FrontMatterError, match=why):
        split(with_front_matter(*lines))


def test_front_matter_without_an_end_is_told():
    with pytest.raises(FrontMatterError, match="its closing line “---” is missing"):
        split("---\nheadline: Bridge\n\nThe bridge is closed.")


def test_front_matter_without_an_end_is_told_of_a_long_text_too():
    with pytest.raises(FrontMatterError, match="its closing line “---” is missing"):
        split("---\n" + "-- ------ --\n" * 20_000)


def test_fields_without_a_name_or_with_a_number_for_one_are_left_alone():
    lines = ["~: nothing", "1984: year", "true: yes", "2026-04-15: day", "headline: Bridge"]
    assert split(with_front_matter(*lines))[0] == {"headline": "Bridge"}


def test_a_field_that_stands_twice_has_its_last_value():
    assert split(with_front_matter("headline: One", "headline: Two"))[0] == {"headline": "Two"}


def test_a_bomb_of_aliases_and_merges_stays_small():
    levels = [f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 9)}]" for n in range(1, 30)]
    merges = [f"m{n}: &m{n} {{<<: [{', '.join([f'*m{n - 1}'] * 9)}]}}" for n in range(1, 30)]
    bomb = with_front_matter(
        "l0: &l0 [lol]", *levels, "m0: &m0 {a: b}", *merges, "headline: Bridge"
    )
    assert split(bomb)[0] == {"headline": "Bridge"}


def test_tags_build_nothing():
    fields, _ = split(with_front_matter("outlet: !!python/name:os.getcwd x"))
    assert fields == {"outlet": "x"}


@pytest.mark.parametrize(
    ("text", "headline", "body"),
    [
        ("# Bridge\n\nIt is closed.", "Bridge", "It is closed."),
        ("---\nheadline: Bridge\n---\n# Why\n\nIt is closed.", "Bridge", "# Why\n\nIt is closed."),
        ("---\noutlet: Courier\n---\n# Bridge\n\nIt is closed.", "Bridge", "It is closed."),
        (
            "It is closed.\n\nNobody knows why.",
            "It is closed.",
            "It is closed.\n\nNobody knows why.",
        ),
    ],
)
def test_a_heading_is_the_headline_where_no_field_is(text, headline, body):
    found = markdown.read(BytesIO(text.encode()))
    assert (found.headline, found.body) == (headline, body)
