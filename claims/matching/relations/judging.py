"""What a later statement says of an earlier one: ordered rules, each with its reason."""

from dataclasses import dataclass

from claims.matching.relations.common import Common, common, swapped_names
from claims.matching.relations.figures_compared import Compared, Fit, compare_figures, other_event
from claims.matching.relations.polarity import Polarity, other_answers, polarity
from claims.matching.relations.roles import swapped
from claims.matching.relations.types import Understood
from claims.matching.figures.counted import is_growing, is_moving
from claims.matching.figures.types import Kind
from claims.matching.relations import lexicon
from claims.matching.types import Judgement, Reason, Relation


@dataclass(frozen=True)
class Pair:
    earlier: Understood
    later: Understood
    closeness: float
    days: int | None
    common: Common
    figures: list[Compared]
    polarity: Polarity

    def new(self, cue):
        return self.later.has(cue) and not self.earlier.has(cue)


def pair_of(earlier, later, closeness):
    c = common(earlier, later)
    days = None
    if earlier.statement.day and later.statement.day:
        days = (later.statement.day - earlier.statement.day).days
    if closeness is None:
        closeness = min(1.0, 0.25 + 0.7 * c.overlap)
    return Pair(earlier, later, closeness, days, c, compare_figures(earlier.figures, later.figures), polarity(earlier, later))


def judge(earlier: Understood, later: Understood, closeness: float | None = None) -> Judgement:
    p = pair_of(earlier, later, closeness)
    for rule in (unlike, superseding, denying, contradicting, relating):
        found = rule(p)
        if found:
            return found
    if p.closeness >= 0.65:
        return Judgement(Relation.SAME, p.closeness, (Reason("same_words"),))
    return Judgement(Relation.RELATED, 0.5, (Reason("alike"),))


def is_unnamed(text):
    """Whether it speaks of somebody or something that is named elsewhere."""
    first = [word.low for word in text.words[:2]]
    return first[:1] in (["he"], ["she"], ["it"], ["they"], ["his"], ["her"], ["their"], ["its"], ["this"]) or first[:1] == ["the"] and len(first) > 1 and not text.words[1].is_name_like


def unlike(p):
    if p.days is None and is_unnamed(p.earlier):
        return None
    topic = p.closeness + 0.1 * min(2, p.common.names) + 0.2 * p.common.overlap
    if topic < 0.55:
        return Judgement(Relation.NONE, 1 - topic, (Reason("other_topic"),))
    if not p.common.names and p.common.only_earlier and p.common.only_later and p.closeness < 0.75 and not swapped_ok(p):
        return Judgement(Relation.NONE, 0.5, (Reason("no_shared_name"),))
    if p.days is not None and p.days > 150 and p.closeness < 0.85 and not (p.earlier.has("plan") or p.later.has("now") or p.earlier.has("open")):
        return Judgement(Relation.NONE, 0.5, (Reason("long_apart"),))
    return None


def swapped_ok(p):
    return p.common.overlap > 0.5


def clashes(p):
    return [f for f in p.figures if f.fit is Fit.CLASH]


def superseding(p):
    if not p.days or p.days < 0:
        return None
    clash = [f for f in p.figures if f.fit is not Fit.EQUAL and f.earlier.kind not in (Kind.DATE, Kind.CLOCK, Kind.ORDINAL)]
    if clash and not p.later.has("correction"):
        f = clash[0]
        higher = f.later.low > f.earlier.high or (f.later.high > f.earlier.high)
        if is_growing(f.later.measure or f.earlier.measure) and higher:
            return Judgement(Relation.SUPERSEDES, 0.8, (Reason("later_count"),))
        if is_moving(f.later.measure or f.earlier.measure):
            return Judgement(Relation.SUPERSEDES, 0.8, (Reason("later_count"),))
        if p.later.has("now") and not p.earlier.has("outcome"):
            return Judgement(Relation.SUPERSEDES, 0.7, (Reason("later_figure"),))
    turned = p.polarity.clash or clash
    if p.earlier.has("plan") and (not p.later.has("plan") or p.later.has("now")) and p.closeness > 0.5 and p.days > 1:
        return Judgement(Relation.SUPERSEDES, 0.7, (Reason("plan_overtaken"),))
    if p.earlier.has("open") and (turned or p.later.has("now")) and p.days >= 1:
        return Judgement(Relation.SUPERSEDES, 0.6, (Reason("later_state"),))
    if p.later.has("now") and turned:
        return Judgement(Relation.SUPERSEDES, 0.6, (Reason("later_state"),))
    if p.earlier.has("hedge") and not p.later.has("hedge") and p.days > 2:
        return Judgement(Relation.SUPERSEDES, 0.5, (Reason("later_certain"),))
    return None


def denying(p):
    if p.new("denial"):
        return Judgement(Relation.RELATED, 0.6, (Reason("denied"),))
    if p.new("stance"):
        return Judgement(Relation.RELATED, 0.6, (Reason("stance"),))
    return None


def contradicting(p):
    reasons = []
    if any(f.later.kind is Kind.DATE for f in clashes(p)) and len(clashes(p)) > 1:
        return Judgement(Relation.RELATED, 0.5, (Reason("other_period"),))
    for f in clashes(p):
        if f.alike >= 0.35:
            reasons.append(Reason("other_figure" if f.later.kind is not Kind.DATE else "other_date"))
    if other_event(p.earlier.figures, p.later.figures):
        reasons.append(Reason("other_event"))
    if swapped(p.earlier, p.later):
        reasons.append(Reason("swapped_roles"))
    if p.polarity.clash and not (p.polarity.negated and p.common.only_earlier and p.common.only_later):
        reasons.append(Reason("opposite", {"earlier": p.polarity.clash.earlier, "later": p.polarity.clash.later}))
    for one, other in other_answers(p.earlier, p.later):
        if lexicon.is_exclusive(one.group):
            reasons.append(Reason("other_answer", {"earlier": one.word, "later": other.word}))
    names = swapped_names(p.common)
    if names and p.common.overlap > 0.6:
        reasons.append(Reason("other_name"))
    if not reasons:
        return None
    if p.earlier.has("hedge") != p.later.has("hedge") and not (p.later.has("fails") and p.polarity.clash):
        return Judgement(Relation.RELATED, 0.5, (Reason("hedged"),))
    return Judgement(Relation.CONTRADICTS, 0.8, tuple(reasons))


def relating(p):
    for one, other in other_answers(p.earlier, p.later):
        if not lexicon.is_exclusive(one.group):
            return Judgement(Relation.RELATED, 0.5, (Reason("other_object"),))
    for cue in ("hedge", "cause", "wide", "superlative", "part", "condition"):
        if p.new(cue):
            return Judgement(Relation.RELATED, 0.5, (Reason(cue),))
    if p.earlier.has("hedge") and not p.later.has("hedge"):
        return Judgement(Relation.RELATED, 0.5, (Reason("hedge"),))
    if any(f.fit is Fit.FAR for f in p.figures):
        return Judgement(Relation.RELATED, 0.5, (Reason("far"),))
    return None
