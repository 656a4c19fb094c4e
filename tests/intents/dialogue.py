"""A talk without the router: questions in the middle are answered by a stand-in."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from intents import form
from intents.conversation import FRESH, Conversation, from_json, to_json
from intents.needs import looks_like_question, read_need, wants_form
from intents.turn import CancelDemand, DemandEntry, Reply, SaveDraft, SubmitDemand, Turn
from knowledge.lexicon import Lexicon
from knowledge.model import Clause, DemandForm, Notice
from knowledge.regions import City, Province, Regions
from knowledge.snapshot import KnowledgeBase

NOW = datetime(2021, 5, 10, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


def notice(form: DemandForm, notice_id: str = "test-2021-1", campaign: str = "惠企活动") -> Notice:
    clause = Clause(label="一", heading="需求征集", summary="征集企业需求。")
    return Notice(
        id=notice_id,
        title="测试通知",
        short="测试通知",
        kind="通知",
        campaign=campaign,
        clauses=(clause,),
        form=form,
    )


REGIONS = Regions(
    regions=(
        Province(
            name="福建省",
            cities=(
                City(name="三明市", counties=("沙县区",)),
                City(name="莆田市"),
                City(name="南平市", counties=("武夷山市",)),
            ),
        ),
    )
)


def base(form: DemandForm) -> KnowledgeBase:
    return KnowledgeBase([notice(form)], Lexicon(), REGIONS)


@dataclass
class Talk:
    """One sender's talk; the conversation goes through JSON after every turn, as when stored."""

    kb: KnowledgeBase
    conversation: Conversation = FRESH
    turns: list[Turn] = field(default_factory=list)
    drafts: dict[int, DemandEntry] = field(default_factory=dict)
    submitted: list[DemandEntry] = field(default_factory=list)
    cancelled: list[int] = field(default_factory=list)

    def say(self, text: str) -> Turn:
        turn = self._respond(text)
        self.turns.append(turn)
        self.conversation = from_json(to_json(turn.conversation))
        for effect in turn.effects:
            if isinstance(effect, SaveDraft):
                self.drafts[effect.entry.number] = effect.entry
            elif isinstance(effect, SubmitDemand):
                self.submitted.append(effect.entry)
            elif isinstance(effect, CancelDemand):
                self.cancelled.append(effect.number)
        return turn

    def all(self, *texts: str) -> Turn:
        for text in texts:
            turn = self.say(text)
        return turn

    def _respond(self, text: str) -> Turn:
        talk = self.conversation
        demand_form = self.kb.form_notice().form
        assert demand_form is not None
        if talk.form is None:
            if wants_form(text) or read_need(text, demand_form):
                return form.open_form(talk, text, self.kb, NOW)
            return form.continue_form(talk, text, self.kb, NOW) or self._other(text)
        if looks_like_question(text) and "万里行" in text:
            return self._other(text)
        return form.continue_form(talk, text, self.kb, NOW) or self._other(text)

    def _other(self, text: str) -> Turn:
        again = form.reask(self.conversation, self.kb)
        return Turn(Reply("answer", f"（答）{text}\n{again}".strip()), replace(self.conversation))

    @property
    def fields(self) -> dict[str, str | bool]:
        """The fields of the entry that was submitted last, else of the last draft."""
        if self.submitted:
            return self.submitted[-1].fields
        return self.drafts[max(self.drafts)].fields if self.drafts else {}

    @property
    def outcome(self) -> str:
        number = self.conversation.demands
        if any(e.number == number for e in self.submitted):
            return "submitted"
        return "cancelled" if number in self.cancelled else "draft"
