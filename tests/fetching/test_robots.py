"""What a robots.txt says."""

import pytest

from claims.fetching.robots import read_rules
from tests.bounds import grows_evenly

AGENT = "ClaimWorkbench/0.1 (+https://desk.example)"


def allowed(text: str, path: str, agent: str = AGENT) -> bool:
    return read_rules(text, agent).allow(path)


@pytest.mark.parametrize(
    ("rule", "path", "fits"),
    [
        ("/", "/anything", True),
        ("/fish", "/fish.html", True),
        ("/fish", "/catfish", False),
        ("/fish*", "/fishheads/yummy.html", True),
        ("/*.php", "/folder/filename.php5", True),
        ("/*.php$", "/filename.php", True),
        ("/*.php$", "/filename.php?parameters", False),
        ("/fish*.php", "/fishheads/catfish.php?parameters", True),
        ("/fish*.php", "/Fish.PHP", False),
        ("/a$", "/a", True),
        ("/a$", "/ab", False),
        ("/*a*ba$", "/aba", True),
        ("/*ab*ba$", "/aba", False),
        ("/*x*y*z", "/yxz", False),
        ("*/private/", "/x/private/y", True),
        ("*/private/", "/private/y", True),
        ("*/private/*.pdf", "/private/a.pdf", True),
        ("/foo/bar/ツ", "/foo/bar/%E3%83%84", True),
        ("/foo/bar/%e3%83%84", "/foo/bar/%E3%83%84", True),
        ("/foo/bar/%62%61%7A", "/foo/bar/baz", True),
        ("", "/anything", False),
    ],
)
def test_a_rule_fits_as_the_standard_says(rule, path, fits):
    assert allowed(f"User-agent: *\nDisallow: {rule}", path) is not fits


def test_the_longest_rule_decides_and_the_kinder_one_of_two():
    text = "User-agent: *\nDisallow: /\nAllow: /news/\nDisallow: /news/paid\nAllow: /same\nDisallow: /same"
    assert allowed(text, "/news/today")
    assert not allowed(text, "/news/paid/today")
    assert not allowed(text, "/elsewhere")
    assert allowed(text, "/same")


def test_the_reader_follows_its_own_groups_and_else_everybodys():
    text = (
        "\ufeffUser-Agent: *\nDisallow: /all # a remark\n\n"
        "user-agent: OtherBot\nUSER-AGENT: claimworkbench\n\nSitemap: https://x.example/s.xml\n"
        "disallow: /ours\r\n\r\nUser-agent: ThirdBot\nDisallow: /third\n"
        "User-agent: ClaimWorkbench/9\nDisallow: /more\nnonsense\n:\n"
    )
    assert allowed(text, "/all")
    assert not allowed(text, "/ours")
    assert not allowed(text, "/more")
    assert allowed(text, "/third")
    assert not allowed(text, "/all", agent="Somebody/1.0")
    assert allowed(text, "/ours", agent="Somebody/1.0")


@pytest.mark.parametrize(
    ("line", "delay"),
    [
        ("Crawl-delay: 5", 5.0),
        ("crawl-delay: 0.5", 0.5),
        ("Crawl-delay: 0", None),
        ("Crawl-delay: -1", None),
        ("Crawl-delay: nan", None),
        ("Crawl-delay: 1e999", None),
        ("Crawl-delay: soon", None),
        ("Disallow:", None),
    ],
)
def test_the_delay_between_requests_is_read_if_it_is_one(line, delay):
    assert read_rules(f"User-agent: *\n{line}\n", AGENT).delay == delay


def test_rules_without_a_reader_are_nobodys():
    assert allowed("Disallow: /\nUser-agent: x\nDisallow: /", "/a")


def test_a_hostile_file_is_answered_at_once():
    text = "User-agent: *\n" + f"Disallow: /{'*a' * 200}*b$\n" * 500
    assert allowed(text, "/" + "a" * 1_900)


def test_an_answer_takes_no_longer_than_its_path():
    rules = read_rules(f"User-agent: *\nDisallow: /{'*a' * 3}*b\n", AGENT)
    assert grows_evenly(lambda size: rules.allow("/" + "a" * size), 100)
