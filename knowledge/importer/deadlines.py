"""The last days that a notice sets its addressees: who hands in what, to whom, by when."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from knowledge.importer.askings import Asking, askings_of, with_contents
from knowledge.importer.facts import Anchor, DeadlineFact, Head
from knowledge.importer.judging import HOST, breaks_off, in_column, is_past, sure_of
from knowledge.importer.labels import adjoins, subject_of
from knowledge.importer.page import Outline
from knowledge.importer.passage import Span
from knowledge.importer.recurring import recurring_of
from knowledge.importer.roles import ELSEWHERE, Roles, shortened
from knowledge.importer.sentences import Sentence, sentences_of
from knowledge.importer.twice import once

LOOK_VERB = "动作不常见，请确认是否截止时间"
LOOK_HOST = "可能是发文单位自己的步骤"
LOOK_BROKEN = "原文在此中断"
LOOK_PAST = "早于发文日期"
LOOK_FAR = "距发文日期超过三年"
LOOK_DATE = "日期写法存疑"
LOOK_YEAR = "原文没有年份"

_FAR = timedelta(days=3 * 366)
_DOUBTED = 0.75
_LONGEST_HEADING = 24
_ITEM = re.compile(r"^\d+[.．、]")


def deadlines_of(outline: Outline, anchor: Anchor, head: Head) -> list[DeadlineFact]:
    """In reading order, each once; steps of the issuer and conditions are left out."""
    found: list[DeadlineFact] = []
    for sentence in sentences_of(outline):
        askings = map(with_contents, askings_of(sentence, anchor))
        judged = ((asking, sure_of(asking, anchor, head.issuer)) for asking in askings)
        found += [_Maker(asking, anchor, sure).fact() for asking, sure in judged if sure]
        found += recurring_of(sentence, head)
    return once(found)


@dataclass(frozen=True, slots=True)
class _Maker:
    """Makes the fact of an asking that is a deadline, with `sure` by its grammar."""

    asking: Asking
    anchor: Anchor
    sure: float

    def fact(self) -> DeadlineFact:
        asking, roles = self.asking, self._roles
        mention, resolved, sentence = asking.mention, asking.resolved, asking.sentence
        look = tuple(self._looks())
        return DeadlineFact(
            clause=sentence.label,
            span=sentence.passage.span(),
            spans=dict(self._spans(roles)),
            sure=round(min(self.sure, resolved.sure, _DOUBTED if look else 1.0), 2),
            look=look,
            what=self._what(roles),
            who=asking.named,
            to=roles.to.value if roles and roles.to else None,
            via=roles.via.value if roles and roles.via else None,
            due=resolved.due,
            time=resolved.time,
            precision=resolved.precision,
            inferred=resolved.inferred,
            words=mention.words,
            quote=sentence.text,
        )

    @property
    def _roles(self) -> Roles | None:
        """None where the label alone says what is due."""
        asking, roles = self.asking, self.asking.roles
        if roles is None or in_column(asking):
            return None
        label = asking.label
        if label is None or label.at is None:
            return roles
        before = roles.what_at[1] <= asking.mention.start
        adjoined = label.kind != "event" and adjoins(
            label, asking.sentence.text, asking.mention.start
        )
        alone = adjoined and not asking.mention.words.endswith("前")
        return None if before or alone else roles

    def _what(self, roles: Roles | None) -> str:
        asking = self.asking
        if roles is not None:
            counted = asking.mention.term is not None and asking.mention.event
            what = self._left() if counted and roles.what == asking.named else roles.what
            return f"{asking.mention.words}{what}" if counted else what
        label = asking.label.text if asking.label else ""
        return subject_of(label) or _about(asking.sentence) or label.strip() or "截止"

    def _left(self) -> str:
        """What stands behind the date, where no more than the party stands before it."""
        stretch = self.asking.stretch
        return re.split("[，。；]", stretch.text[stretch.date[1] : stretch.end])[0].strip()

    def _spans(self, roles: Roles | None) -> Iterator[tuple[str, Span]]:
        asking = self.asking
        span = asking.sentence.passage.span
        yield "due", span(asking.mention.start, asking.mention.end)
        if asking.resolved.time:
            yield "time", span(asking.mention.start, asking.mention.end)
        parts = {"who": asking.who}
        if roles:
            parts["what"] = roles.what_at
            parts["to"] = roles.to.at if roles.to else None
            parts["via"] = roles.via.at if roles.via else None
        elif asking.label:
            parts["what"] = asking.label.at
        yield from ((name, span(*at)) for name, at in parts.items() if at and at != ELSEWHERE)

    def _looks(self) -> Iterator[str]:
        asking, issued = self.asking, self.anchor.issued
        due = asking.resolved.due or ""
        if breaks_off(asking):
            yield LOOK_BROKEN
        elif self.sure < HOST:
            yield LOOK_VERB
        elif self.sure == HOST:
            yield LOOK_HOST
        if asking.resolved.sure < 0.6:
            yield LOOK_DATE
        if due.startswith("--"):
            yield LOOK_YEAR
        if is_past(asking, self.anchor):
            yield LOOK_PAST
        elif issued and due[:1].isdigit() and date.fromisoformat(due) - issued > _FAR:
            yield LOOK_FAR


def _about(sentence: Sentence) -> str:
    """What the line is about where its label is a bare 截止时间: its row, else its heading."""
    for cell in sentence.row[:3]:
        words = "".join(cell.text.split())
        if len(words) > 2:
            return shortened(_ITEM.sub("", words).rstrip("。；"))
    return subject_of(sentence.heading) if len(sentence.heading) <= _LONGEST_HEADING else ""
