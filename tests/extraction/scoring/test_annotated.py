"""The project's annotated articles are as the format wants them, and mistakes in such files are told."""

from pathlib import Path

import pytest

from claims.choices import SourceKind
from tests.extraction.scoring.annotated import AnnotationError, Article, read_set, read_sets

FOLDER = Path(__file__).parents[1] / "genres"
NAMES = sorted(path.name.removesuffix("-meta.txt") for path in FOLDER.glob("*-meta.txt"))
MOST = 5
"""Of what a desk would check first, so many at most are named."""

TEXT = """@@ pier
<s1>Bo Tarn</s1> <q1>said</q1> <c1>the pier</c1>, in his words, <c1>had sunk</c1> and <q2~1>asked</q2> <c2>who paid</c2>.
"""
META = """@@ pier
# genre: council
1 | Bo Tarn/Tarn | official | mayor/ | | a | 0/1 | +Sund/the pier; -it
2 | ~mayor | | | the Post | k | 0 |
"""
TOP = """@@ pier
had sunk
"""


@pytest.fixture(scope="module")
def articles(request) -> list[Article]:
    return list(read_set(FOLDER, request.param))


def read(folder: Path, text: str = TEXT, meta: str = META, top: str = TOP) -> list[Article]:
    for end, content in (("", text), ("-meta", meta), ("-top", top)):
        (folder / f"set{end}.txt").write_text(content)
    return list(read_set(folder, "set"))


@pytest.mark.parametrize("articles", [pytest.param(one, id=one) for one in NAMES], indirect=True)
class TestOurArticles:
    def test_they_are_as_the_format_wants_them(self, articles):
        """`read_set` raises an error if a tag, a line or a string in one is wrong."""
        assert all(one.attributions for one in articles)

    def test_their_kinds_are_those_of_the_desk(self, articles):
        kinds = {kind for one in articles for said in one.attributions for kind in said.kinds}
        assert kinds <= {*SourceKind.values, ""}

    def test_a_desk_would_check_a_few_first(self, articles):
        assert all(1 <= len(one.first) <= MOST for one in articles)

    def test_who_stands_for_nobody_has_no_name(self, articles):
        """An attribution without a speaker has no role either."""
        unknown = [said for one in articles for said in one.attributions if said.speakers == ("",)]
        assert [said for said in unknown if any(said.roles)] == []


def test_an_article_is_read(tmp_path):
    (article,) = read(tmp_path)
    first, second = article.attributions
    shown = [[article.text[a:b] for a, b in spans] for spans in (first.source, first.content)]
    assert article.text == "Bo Tarn said the pier, in his words, had sunk and asked who paid."
    assert (article.name, article.genre, article.first) == ("pier", "council", ((37, 45),))
    assert shown == [["Bo Tarn"], ["the pier", "had sunk"]]
    assert second.source == first.source
    assert first.speakers == ("Bo Tarn", "Tarn")
    assert (first.roles, first.told_to, first.checkable) == (("mayor", ""), ("",), (False, True))
    assert (first.shows, first.hides) == ((("Sund", "the pier"),), ("it",))
    assert (second.moods, second.shows, second.hides) == (("asked",), (), ())


def test_an_article_without_a_genre_is_one_of_its_own(tmp_path):
    (article,) = read(tmp_path, meta=META.replace("# genre", "# kind"))
    assert article.genre == "pier"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("</c2>", "", "<c2> is never closed"),
        ("<c2>", "", "</c2> stands where it cannot"),
        ("<s1>Bo", "<s1>Bo <s1>", "<s1> stands where it cannot"),
        ("<c2>who paid</c2>", "who paid", "2 has no content"),
        ("q2~1", "q2~3", "2 cannot have the source of 3"),
        ("<c2>who", "<c2 >who", "“<c2” is no whole tag"),
        ("had sunk</c1>", "had sunk</c1> (had sunk)", "“had sunk” stands 2 times"),
        ("@@ pier", "@@ quay", "different articles: ['quay', 'pier', 'pier']"),
        ("@@ pier", "@@ pier\n@@ pier", "several articles ['pier']"),
    ],
)
def test_a_mistake_in_a_text_is_told(tmp_path, old, new, told):
    with pytest.raises(AnnotationError) as raised:
        read(tmp_path, text=TEXT.replace(old, new, 1))
    assert told in str(raised.value)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("2 | ~", "3 | ~", "attributions [1, 2] have the lines ['1', '3']"),
        ("| the Post ", "", "2 has 7 columns and not 8"),
        ("| k |", "| q |", "2 has an unknown value: ['q']"),
        ("| 0/1 |", "| yes |", "1 has an unknown value: ['yes']"),
        ("; -it", "; it", "1 has an unknown value: ['it']"),
        ("; -it", "; -", "1 has an unknown value: ['-']"),
    ],
)
def test_a_mistake_in_a_line_is_told(tmp_path, old, new, told):
    with pytest.raises(AnnotationError) as raised:
        read(tmp_path, meta=META.replace(old, new, 1))
    assert told in str(raised.value)


def test_a_folder_without_articles_is_told(tmp_path):
    with pytest.raises(AnnotationError, match="has no annotated articles"):
        read_sets(tmp_path)


def test_a_set_lacks_no_file(tmp_path):
    (tmp_path / "set-meta.txt").write_text(META)
    with pytest.raises(AnnotationError, match=r"set\.txt is missing"):
        read_sets(tmp_path)
