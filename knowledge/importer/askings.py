"""The dates of a sentence, each with the words that belong to it and who is spoken of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from knowledge.importer.dates import Mention, Resolved, find_dates, resolve
from knowledge.importer.facts import Anchor
from knowledge.importer.labels import Label, label_before
from knowledge.importer.parties import party, speaker
from knowledge.importer.roles import ELSEWHERE, Roles, Stretch, pieces, roles_of
from knowledge.importer.sentences import Sentence
from knowledge.importer.timing import binds, is_loose

_CONTENTS = re.compile(r"\s*(?:工作|主要|活动)?(?:内容|任务|要求)[：:]")
_ENDS = re.compile(r"\s*(?:截止|结束|关闭|为止)")
_FINISHED = re.compile(r"(?<=[。；;！？])")
_BROKEN = re.compile(r"[，,。；;]")


@dataclass(frozen=True, slots=True)
class Asking:
    """A date that may bind somebody, with what the words around it say.

    `who` is where the party stands in the sentence; `named` is its name, which may come from an
    earlier sentence (then `who` is None). `after` are the words of its own after the date.
    """

    sentence: Sentence
    mention: Mention
    resolved: Resolved
    stretch: Stretch
    label: Label | None
    roles: Roles | None
    who: tuple[int, int] | None
    named: str | None

    @property
    def piece(self) -> str:
        """The words between the commas around the date, up to it."""
        return _BROKEN.split(self.sentence.text[: self.mention.start])[-1]


def askings_of(sentence: Sentence, anchor: Anchor) -> Iterator[Asking]:
    """Every date of the sentence that is not part of a title or a condition."""
    text = sentence.text
    every = find_dates(text)
    labels = {m.start: label_before(sentence, m.start) for m in every}
    kept = [m for m in every if binds(sentence, m) and (labels[m.start] or not is_loose(m))]
    stretches = _stretches(text, kept)
    for i, (mention, stretch) in enumerate(zip(kept, stretches, strict=True)):
        earlier = [m for m in every if m.start < mention.start]
        roles = roles_of(stretch) or _borrowed(stretches, i) or _ended(stretch)
        theirs = "由其" in text[stretch.begin : mention.start]
        who = None if theirs else _party_in(stretch) or subject_in(text, stretch.begin)
        yield Asking(
            sentence,
            mention,
            resolve(mention, anchor, earlier),
            stretch,
            labels[mention.start],
            roles,
            who,
            text[who[0] : who[1]] if who else None if theirs else spoken_of(sentence),
        )


def with_contents(asking: Asking) -> Asking:
    """A schedule's step: 时间：10月底前。 and on the next line 内容：各园区将总结报市局。"""
    label, after = asking.label, asking.sentence.after
    bare = label is not None and label.kind == "event" and label.text in ("时间", "时间安排")
    found = _CONTENTS.match(after)
    if not bare or found is None or asking.mention.relation != "before":
        return asking
    words = after[found.end() :].rstrip("。；")
    told = roles_of(Stretch(words, 0, (0, 0), len(words)))
    if told is None or not told.act.delivers:
        return asking
    who = party(words)
    roles = replace(
        told, what_at=ELSEWHERE, via=None, to=told.to and replace(told.to, at=ELSEWHERE)
    )
    named = words[who[0] : who[1]] if who else None
    return replace(asking, label=None, roles=roles, who=None, named=named)


def _stretches(text: str, mentions: Sequence[Mention]) -> list[Stretch]:
    """Each date's own words: to the comma before the next date, or to the next date itself."""
    out: list[Stretch] = []
    begin = 0
    for i, mention in enumerate(mentions):
        end = _before_next(text, mention, mentions[i + 1]) if i + 1 < len(mentions) else len(text)
        out.append(Stretch(text, begin, (mention.start, mention.end), _trimmed(text, end)))
        begin = end
    return out


def _trimmed(text: str, end: int) -> int:
    return len(text[:end].rstrip("。；;！!？? \n，,、"))


def _before_next(text: str, mention: Mention, following: Mention) -> int:
    between = text[mention.end : following.start]
    cut = max(between.rfind(mark) for mark in "，,；;")
    if cut < 0:
        cut = between.rfind("、")
    return mention.end + cut + 1 if cut >= 0 else following.start


def _borrowed(stretches: Sequence[Stretch], i: int) -> Roles | None:
    """电子版于6月10日前、纸质版于6月15日前报送: the verb stands after the last of the dates."""
    if i + 1 >= len(stretches):
        return None
    own = stretches[i]
    return roles_of(Stretch(own.text, own.begin, own.date, stretches[i + 1].end))


def _ended(stretch: Stretch) -> Roles | None:
    """申报于5月20日开始，6月20日结束: what ends stands where it began."""
    if not _ENDS.match(stretch.text, stretch.date[1]):
        return None
    return roles_of(replace(stretch, begin=0))


def _party_in(stretch: Stretch) -> tuple[int, int] | None:
    """Right after the date (5月25日前，各市局将…), else nearest before it."""
    text = stretch.text
    for begin, end in list(pieces(text, stretch.date[1], stretch.end))[:2]:
        words = text[begin:end]
        if found := party(words.lstrip("由，, ")):
            shift = begin + len(words) - len(words.lstrip("由，, "))
            return shift + found[0], shift + found[1]
        if words.strip():
            break
    return _nearest(text, stretch.begin, stretch.date[0])


def _nearest(text: str, begin: int, end: int) -> tuple[int, int] | None:
    for at, stop in reversed(list(pieces(text, begin, end))):
        words = text[at:stop]
        label = re.match(r"\s*[^，。；：:]{1,24}[：:]", words)
        shift = label.end() if label else 0
        own = words[shift:]
        if re.match(r"\s*由其", own):
            return None
        if found := party(own + ("于" if stop == end else "")):
            return at + shift + found[0], min(at + shift + found[1], stop)
    return None


def subject_in(text: str, at: int) -> tuple[int, int] | None:
    """The party that the words before `at` speak of."""
    return _nearest(text, 0, at) or speaker(text)


def spoken_of(sentence: Sentence) -> str | None:
    """Whom the paragraph's last sentence with a subject speaks of."""
    for words in reversed(_FINISHED.split(sentence.earlier)):
        if found := party(words) or speaker(words):
            return words[found[0] : found[1]]
    return None
