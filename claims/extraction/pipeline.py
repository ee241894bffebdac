"""From a text to its claims."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

from spacy.tokens import Token

from claims.errors import SplittingFailedError, WorkbenchError, place_of
from claims.extraction import engines, sentences_only
from claims.extraction.attribution import layout
from claims.extraction.attribution.rules import inside, nest
from claims.extraction.attribution.types import Attribution
from claims.extraction.conversations import Conversation
from claims.extraction.engines import Engine
from claims.extraction.headlines import below, headed
from claims.extraction.languages import detect
from claims.extraction.passed_on import without_passed_on
from claims.extraction.speakers.coreference import SpeakerResolver
from claims.extraction.standing_alone import Statement, with_contexts, worded
from claims.extraction.statements.checkworthiness import worth
from claims.extraction.statements.checkworthiness_article import compared
from claims.extraction.statements.checkworthiness_features import is_post
from claims.extraction.statements.checkworthiness_model import TextKind
from claims.extraction.statements.clauses import Piece, cut
from claims.extraction.statements.moods import mood_of
from claims.extraction.statements.people.spoken_of import SpokenOf
from claims.extraction.statements.pieces import (
    pieces,
    quotation_type,
    quoted_pieces,
    sentences_of,
)
from claims.extraction.statements.quoted import Quoted, quoted_sentences
from claims.extraction.statements.references.claimed import Made
from claims.extraction.statements.references.fuller import Descriptions
from claims.extraction.statements.references.topics import Topics
from claims.extraction.statements.references.voices import Voice
from claims.extraction.statements.reporters_facts import without_reporters_facts
from claims.extraction.text import parsing, quotations, segments
from claims.extraction.text.parsing import Passage
from claims.extraction.text.quotations import Quotation
from claims.extraction.types import Claim, Span, Spans
from claims.extraction.types import Quotation as QuotationType
from claims.extraction.voices import voice_of


def extract(
    text: str, *, headline: str = "", model: str = parsing.MODEL, engine: Engine | None = None
) -> list[Claim]:
    """Split an article into its claims.

    Args:
        text: the article's body. Any text will do; one in another language than English gives sentences
            without sources, and says so in `Claim.language`.
        headline: the article's headline. It gives no claims, but tells what the article is about.
        model: the name of the spaCy model that reads its grammar.
        engine: the engine that finds the attributions; by default both together, or the rules if there
            are no weights.

    Raises:
        ModelMissingError: that model is not installed.
        WeightsMissingError: the learned model was asked for and has no weights.
        SplittingFailedError: the splitter failed on this text because of an internal error.

    Returns:
        The claims, by attribution number; numbers count up in the order of the text. Every sentence with
        a word in it is touched by some claim's content, source or cue, but for notices of the page, headings
        and verse. No span starts or ends with white space.
    """
    try:
        return _extracted(text, headline, model, engine or engines.default())
    except WorkbenchError:
        raise
    except Exception as error:
        # Whatever happened, other articles are not affected, and the caller can continue with them.
        raise SplittingFailedError(where=place_of(error)) from error


def _extracted(text: str, headline: str, model: str, engine: Engine) -> list[Claim]:
    language = detect(text)
    if not language.parsed:
        return list(sentences_only.claims(text, language))
    whole, start = (text, 0) if is_post(text) else headed(text, headline)
    with parsing.forgetting(model):
        claims = _claims(whole, model, engine)
    return list(below(claims, start)) if start else claims


def _claims(text: str, model: str, engine: Engine) -> list[Claim]:
    places = list(segments.passages(text))
    found = quotations.find(text, places)
    parsed = list(parsing.parse(text, places, found, model))
    reported = engines.find(text, parsed, engine)
    for here in reported:
        nest(here)
    layout.join(parsed, reported)
    for one in (one for here in reported for one in here):
        one.content = without_reporters_facts(one)
    cast = SpeakerResolver(parsed, [one for here in reported for one in here])
    named = (one.named() for here in reported for one in here)
    spoke = {cast.speaker(*one).name for one in named if one is not None}
    topics = Topics(parsed, cast.referent, spoke)
    article = Voice(look=cast.referent, described=Descriptions(parsed, topics.noun).fuller)
    wanted = [spans for here in reported for one in here for spans in sentences_of(one)]
    quoted = Quoted(text, wanted, model)
    known = {span for here in reported for one in here for span in one.cue_spans()}
    for here in reported:
        here.extend(_inner(here, quoted, known))
    conversation = Conversation(cast, [one for here in reported for one in here])
    made: dict[Attribution, Statement] = {}
    spoken = SpokenOf()
    for one in (one for here in reported for one in here):
        asked = conversation.question_before(one)
        question = made[asked].pieces if asked is not None and asked in made else ()
        voice = conversation.voice(article, one, question)
        made[one] = _statement(cast, voice, one, quoted, spoken)
        claim = _made(text, made[one])
        if claim is not None:
            article.claimed.note(claim)
    statements = [one for one in made.values() if one.pieces and not _repeats(one, made)]
    told = [one.report for one in statements if one.report is not None]
    spans = segments.merged(span for report in told for span in _touched(report))
    sources = segments.merged(span for report in told for span in _source(report))
    for passage in parsed:
        statements.extend(_narration(passage, article, quoted, spans, sources))
    statements.sort(key=lambda one: _order(one, made))
    statements = without_passed_on(text, with_contexts(text, statements))
    claims = list(_number(text, statements, [one for here in found for one in here]))
    # A question that an answer needs to be read makes it no worthier of a check.
    words = (worded(topics, one, piece) for one in statements for piece in one.pieces)
    weighed = compared(claims, text)
    return [replace(claim, statement=told) for claim, told in zip(weighed, words, strict=True)]


def _inner(here: Sequence[Attribution], quoted: Quoted, known: set[Span]) -> list[Attribution]:
    """Find the reports inside the quoted sentences of some reports, and add the places of their cues to the known."""
    found: list[Attribution] = []
    for report in here:
        for sentence in sentences_of(report):
            added = inside(report, quoted.passage(sentence), known)
            known.update(span for one in added for span in one.cue_spans())
            found += added
    return found


def _statement(
    cast: SpeakerResolver, article: Voice, report: Attribution, quoted: Quoted, spoken: SpokenOf
) -> Statement:
    named = report.named()
    speaker = cast.speaker(*named) if named is not None else None
    voice = voice_of(cast, article, report, speaker)
    told = [piece for piece in pieces(report, voice, quoted, spoken) if piece.statement]
    return Statement(told, report, speaker)


def _made(text: str, statement: Statement) -> Made | None:
    """Return what somebody states as a claim that others may reject: a single one, asserted, that is no act."""
    report, speaker = statement.report, statement.speaker
    if report is None or speaker is None or not statement.pieces or report.mood != "asserted":
        return None
    piece = statement.pieces[0]
    exact = " ".join(text[start:end] for start, end in piece.spans)
    added = set(piece.statement.split()) - set(exact.split())
    # "Venn accused the board of fraud" tells an act, and "the claim that Venn accused" would say something else.
    is_act = any(token.text in added for token in report.cue)
    single = len(statement.pieces) == 1 and not is_act
    told = piece.statement if single and not piece.statement.endswith("?") else ""
    cue = report.cue[0].lemma_ if report.cue else ""
    quoted = exact.startswith(("“", '"', "‘"))
    return Made(piece.spans[0][0], cue, speaker.name, told, quoted, exact)


def _repeats(statement: Statement, made: Mapping[Attribution, Statement]) -> bool:
    """Return whether a report inside a report says no more than that.

    Its speaker's own does not ("he said he believed that ..."), but an earlier act of speech does, which a quotation
    tells of ("“I asked him why,” he said").
    """
    speaker, report = statement.speaker, statement.report
    outer = made.get(report.outer) if report is not None and report.outer is not None else None
    if report is None or outer is None:
        return False
    told = {piece.statement for piece in outer.pieces}
    if all(piece.statement in told for piece in statement.pieces):
        return True
    same = speaker is not None and outer.speaker is not None and outer.speaker.name == speaker.name
    return same and report.shown is None


def _touched(report: Attribution) -> Spans:
    """Return the places that a report removes from the article's own voice: its statement and its cue.

    Its source is not included, because it may do something else in the sentence: "the firm raised
    fares, citing fuel costs".
    """
    return (*report.content_spans(), *report.cue_spans())


def _source(report: Attribution) -> Spans:
    return report.passage.spans(report.source.tokens) if report.source is not None else ()


def _order(statement: Statement, made: Mapping[Attribution, Statement]) -> tuple[int, int, int]:
    """Sort by the first word.

    Outer reports go before those within them, and of those with the same start the longer.
    """
    around = list(statement.report.around()) if statement.report is not None else []
    outer = [made[one] for one in around if made[one].pieces]
    first = max(min(_spans(one))[0] for one in (statement, *outer))
    return first, len(around), -max(end for _, end in _spans(statement))


def _spans(statement: Statement) -> list[Span]:
    return [span for piece in statement.pieces for span in piece.spans]


def _narration(
    passage: Passage,
    voice: Voice,
    quoted: Quoted,
    taken: Sequence[Span],
    named: Sequence[Span],
) -> Iterator[Statement]:
    """Yield claims in the article's own voice from everything that no report touches, except mere sources."""
    for sentence in passage.doc.sents:
        tokens = [token for token in sentence if not token.is_space]
        if _within(passage.spans(tokens), taken):
            continue
        hidden = {passage.masked[token.i] for token in tokens} - {None}
        own = [token for token in tokens if passage.masked[token.i] is None]
        is_free = partial(_is_free, taken=taken, named=named)
        if hidden and not any(token.text.isalnum() for token in own):
            marked = sorted((one.start, one.end) for one in hidden if one is not None)
            found = quoted_pieces(quoted_sentences(passage.text, marked), voice, quoted)
        else:
            kept, told = _without_reports(passage, tokens, taken)
            is_free = partial(_is_free, taken=told, named=named)
            found = cut(passage, kept, voice, wanted=is_free) if passage.spans(kept) else []
        free = [piece for piece in found if piece.statement and is_free(piece.own)]
        if free:
            yield Statement(free, None)


def _is_free(own: Spans, taken: Sequence[Span], named: Sequence[Span]) -> bool:
    """Return whether no report touches words at some places, and they are more than a source."""
    return not _overlaps(own, taken) and not _within(own, named)


def _without_reports(
    passage: Passage, tokens: Sequence[Token], taken: Sequence[Span]
) -> tuple[list[Token], Sequence[Span]]:
    """Leave out the side clauses of a sentence that contain reports: "was shut after an engineer warned that".

    A restrictive clause stays: "the engineer who warned of the leak has resigned".

    Returns:
        The words that are left, and the places of reports that they must not touch.
    """
    dropped: set[Token] = set()
    for token in tokens:
        if token.dep_ not in {"advcl", "relcl"} or token in dropped:
            continue
        words = list(token.subtree)
        if _overlaps(tuple(passage.places[word.i] for word in words), taken):
            if _is_whole_sentence(token):
                continue
            if token.dep_ == "relcl" and passage.doc[words[0].i - 1].text != ",":
                start, end = passage.places[words[0].i][0], passage.places[words[-1].i][1]
                taken = [span for span in taken if span[1] <= start or span[0] >= end]
            else:
                dropped.update(words)
    return [token for token in tokens if token not in dropped], taken


def _is_whole_sentence(clause: Token) -> bool:
    """Return whether the parser took a report for a clause about its source: "The platform HostNest said it was sorry"."""
    noun = clause.head
    opened = clause.left_edge.tag_ in {"WDT", "WP", "WP$", "WRB"}
    return clause.dep_ == "relcl" and noun.head == noun and not opened


def _overlaps(spans: Spans, taken: Sequence[Span]) -> bool:
    """Return whether places overlap any of `taken`, which are sorted and do not overlap each other."""
    for start, end in spans:
        behind = bisect_left(taken, (end,))
        if behind and taken[behind - 1][1] > start:
            return True
    return False


def _within(spans: Spans, outer: Sequence[Span]) -> bool:
    """Return whether places lie within those of `outer`, which are sorted and do not overlap."""
    found = [(bisect_left(outer, (start + 1,)) - 1, end) for start, end in spans]
    return all(number >= 0 and outer[number][1] >= end for number, end in found)


def _number(
    text: str, statements: Sequence[Statement], marks: Sequence[Quotation]
) -> Iterator[Claim]:
    text_kind: TextKind = "post" if is_post(text) else "article"
    numbers = {one.report: number for number, one in enumerate(statements) if one.report}
    for number, statement in enumerate(statements):
        for piece in statement.pieces:
            own = statement.report is not None and statement.report.verbatim
            given = "direct" if own else quotation_type(marks, text, piece.spans)
            claim = _claim(statement, piece, number, given, text_kind)
            around = statement.report.around() if statement.report is not None else ()
            within = next((numbers[one] for one in around if one in numbers), None)
            yield claim if within is None else replace(claim, within=within)


def _claim(
    statement: Statement, piece: Piece, number: int, quotation: QuotationType, text_kind: TextKind
) -> Claim:
    report = statement.report
    told = "narration" if report is None and quotation != "direct" else quotation
    own = piece.weighed or piece.statement
    # "I hope" tells a wish, which "[Venn] hopes" would only report.
    spoken = piece.spoken or own
    # What a quotation tells of somebody else's words has the mood of its own cue.
    given = "indirect" if report is not None and report.outer is not None else quotation
    mood = mood_of(spoken, report.mood if report is not None else "asserted", given)
    unresolved = tuple(token.text for token in piece.unresolved)
    value = worth(spoken, mood, statement.speaker, unresolved=unresolved, text_kind=text_kind)
    claim = Claim(
        content=piece.spans,
        statement=own,
        quotation=told,
        attribution=number,
        mood=mood,
        unresolved=unresolved,
        checkable=value.checkable,
        checkworthiness=value.score,
        reasons=value.reasons,
    )
    if report is None:
        return claim
    return replace(
        claim,
        source=_source(report),
        cue=report.cue_spans(),
        speaker=statement.speaker,
        told_to=report.passage.words(report.told),
    )
