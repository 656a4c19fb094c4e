"""What staff read in the morning: numbers, who asks for support, what is due, and no secrets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.push.dialects import DINGTALK, PLAIN, WECOM, Dialect
from bot.push.digest import Digest, Rows, compose
from bot.push.digest_text import MOST_PARTS, Frame, render, title
from bot.staff.inert import inert, masked
from knowledge.lexicon import Lexicon
from knowledge.model import Clause, Deadline, DemandForm, KeyTask, Notice, Slot
from knowledge.regions import Regions
from knowledge.snapshot import KnowledgeBase
from storage.demands import Fields, Status, StoredDemand
from storage.life import Step
from storage.questions import StoredQuestion
from storage.tickets import StoredTicket

BEIJING = ZoneInfo("Asia/Shanghai")
NOW = datetime(2021, 5, 20, 9, 0, tzinfo=BEIJING)
SINCE = NOW - timedelta(days=1)
TRANSFER, PLEDGE = "开展知识产权转移转化行动", "开展知识产权质押融资“入园惠企”行动"


def knowledge(*notices: Notice, home: str | None = None) -> KnowledgeBase:
    """Of these notices, with the form in use if they have none."""
    return KnowledgeBase(notices, Lexicon(), Regions(), home=home)


def notice(*deadlines: Deadline, **more: Any) -> Notice:
    given: dict[str, Any] = {
        "id": "cnipa-2021-51",
        "title": "关于组织开展2021年“知识产权服务万里行”活动的通知",
        "short": "2021年万里行通知",
        "doc_number": "国知发运函字〔2021〕51号",
        "kind": "通知",
        "clauses": (Clause(label="六（一）", heading="加强组织", summary="报送方案和清单"),),
        "deadlines": deadlines,
    }
    return Notice(**given | more)


def deadline(due: date | None, **more: Any) -> Deadline:
    given: dict[str, Any] = {
        "clause": "六（一）",
        "what": "报送工作方案和需求清单",
        "who": "各省知识产权局",
        "due": due,
        "words": "5月25日前",
    }
    return Deadline(**given | more)


FORM = DemandForm(
    attachment="附件1",
    title="需求清单",
    slots=(
        Slot(name="单位名称", kind="company", prompt="？"),
        Slot(name="联系人", kind="person", prompt="？", personal=True),
        Slot(name="手机", kind="mobile", prompt="？", personal=True),
        Slot(name="重点任务", kind="choice", prompt="？"),
    ),
    key_tasks=(KeyTask(name=TRANSFER),),
)
FORM_NOTICE = notice(form=FORM)
KB = knowledge(notice(deadline(date(2021, 5, 25)), form=FORM))
NO_DATES = knowledge(FORM_NOTICE)


def demand(
    id_: int = 1,
    *,
    fields: Fields | None = None,
    status: Status = "submitted",
    moved: datetime = NOW - timedelta(hours=2),
    region: str | None = "福建省三明市",
    national: bool = False,
) -> StoredDemand:
    given: Fields = {"单位名称": "三明示例木业有限公司", "重点任务": TRANSFER}
    return StoredDemand(
        id=id_,
        sender="wecom:chenyi",
        number=id_,
        notice="cnipa-2021-51",
        campaign=None,
        region=region,
        channel="wecom",
        status=status,
        fields=given | (fields or {}),
        created=moved,
        updated=moved,
        moved=moved.astimezone(UTC),
        national=national,
    )


def question(id_: int, text: str, at: datetime = NOW - timedelta(days=3)) -> StoredQuestion:
    return StoredQuestion(id_, "wecom:chenyi", text, "", None, at.astimezone(UTC), "question")


def ticket(id_: int, about: str = "转人工", at: datetime = NOW - timedelta(days=3)) -> StoredTicket:
    sent = at.astimezone(UTC)
    return StoredTicket(id_, "wecom:chenyi", "三明市", about, "waiting", None, sent, sent)


def digest_of(
    demands: Sequence[StoredDemand] = (),
    questions: Sequence[StoredQuestion] = (),
    kb: KnowledgeBase = NO_DATES,
    waiting: Sequence[StoredTicket] = (),
) -> Digest:
    return compose(Rows(demands, questions, waiting), kb, NOW, SINCE)


def text_of(digest: Digest, dialect: Dialect = WECOM, **frame: Any) -> str:
    """All of its messages."""
    return "\n".join(render(digest, Frame(dialect, **frame)))


DEMANDS = [
    demand(1, national=True),
    demand(2, region=None, fields={"重点任务": PLEDGE}),
    demand(3, national=True, fields={"单位名称": None}, moved=SINCE - timedelta(days=4)),
    demand(4),
]
QUESTIONS = [question(7, "专利年费怎么减缴？")]


def test_the_whole_digest_as_a_wecom_group_sees_it() -> None:
    digest = digest_of(DEMANDS, QUESTIONS, KB, [ticket(8)])
    assert render(digest, Frame(WECOM, link="https://ip.example")) == [
        "## 知行简报 5月20日 周四\n"
        "新增需求 **3** 项，待受理 **4** 项，需国家局协调 **2** 项，待答问题 **1** 个，"
        "等待人工 **1** 位，30天内截止 **1** 项\n"
        '<font color="comment">统计时段：5月19日 09:00 至 5月20日 09:00</font>\n'
        "### 新增需求 3 项\n"
        "按重点任务：开展知识产权转移转化行动 **2**、开展知识产权质押融资“入园惠企”行动 **1**\n"
        "按地区：福建省三明市 **2**、地区未知 **1**\n"
        "### 需国家局协调 2 项\n"
        "> 3号　单位未填｜福建省三明市｜开展知识产权转移转化行动\n"
        "> **新** 1号　三明示例木业有限公司｜福建省三明市｜开展知识产权转移转化行动\n"
        "在知行里发“受理 3”受理，“需求 3”看全文，“退回 3 原因”请企业补充\n"
        "### 其他待受理 2 项\n"
        "> **新** 4号　三明示例木业有限公司｜福建省三明市｜开展知识产权转移转化行动\n"
        "> **新** 2号　三明示例木业有限公司｜开展知识产权质押融资“入园惠企”行动\n"
        "### 待答问题 1 个\n"
        "> 7号　专利年费怎么减缴？\n"
        "在知行里发“答 7 答复内容”答复提问的人\n"
        "### 等待人工 1 位\n"
        "> 8号　三明市｜5月17日 09:00 起等待\n"
        "在知行里发“接 8”接入会话\n"
        "### 30天内截止 1 项\n"
        '> 5月25日 <font color="warning">还剩5天</font>　各省知识产权局：报送工作方案和需求清单'
        "　2021年万里行通知 国知发运函字〔2021〕51号 六（一）\n"
        "[打开知行](https://ip.example)"
    ]


def test_a_member_of_staff_reads_it_without_marks_and_answers_it_where_it_stands() -> None:
    text = text_of(digest_of(DEMANDS[:1], kb=KB), PLAIN, here=True, link="https://ip.example")
    assert "【需国家局协调 1 项】\n新 1号　三明示例木业有限公司" in text
    assert "\n回复“受理 1”受理，“需求 1”看全文" in text
    assert text.endswith("\n打开知行：https://ip.example")
    assert not set(text) & set("#*<>[]")


def test_dingtalk_gets_blank_lines_and_bold_instead_of_colours() -> None:
    text = render(digest_of(kb=KB), Frame(DINGTALK))[0]
    assert "<font" not in text
    assert "**还剩5天**" in text
    assert "\n" not in text.replace("\n\n", "")
    assert title(digest_of()) == "知行简报 5月20日"


def test_a_week_is_told_as_one_with_what_was_done_in_it() -> None:
    steps: dict[Step, int] = {"accept": 3, "close": 1}
    rows = Rows(steps=steps, answers=2, failed=4)
    text = text_of(
        compose(rows, NO_DATES, NOW, NOW - timedelta(days=7)), weekly=True, scope="范围：三明市"
    )
    assert text.startswith("## 知行周报 5月13日至5月20日 周四\n")
    assert "本期办理：受理 3 项、办结 1 项、答复问题 2 个" in text
    assert "发送失败 **4** 条" in text
    assert "范围：三明市" in text


@pytest.mark.parametrize(
    ("moved", "counts"),
    [
        (SINCE, True),
        (NOW - timedelta(seconds=1), True),
        (SINCE - timedelta(seconds=1), False),
        (NOW, False),
    ],
    ids=["as the period begins", "just before its end", "before it", "as it ends"],
)
def test_a_demand_is_new_in_exactly_one_period(moved: datetime, counts: bool) -> None:
    assert digest_of([demand(moved=moved)]).new == int(counts)


def test_a_form_that_calls_its_slots_otherwise_is_told_alike() -> None:
    slots = (
        Slot(name="企业全称", kind="company", prompt="？"),
        Slot(name="诉求类别", kind="choice", prompt="？"),
    )
    form = DemandForm(attachment="附件3", title="诉求表", slots=slots, key_tasks=FORM.key_tasks)
    fields: Fields = {"企业全称": "三明示例木业有限公司", "诉求类别": TRANSFER}
    asking = replace(demand(national=True), fields=fields)
    digest = digest_of([asking], kb=knowledge(notice(form=form)))
    assert [(share.label, share.number) for share in digest.by_task] == [(TRANSFER, 1)]
    assert [appeal.company for appeal in digest.appeals] == ["三明示例木业有限公司"]


def test_a_demand_that_was_taken_up_meanwhile_is_new_all_the_same() -> None:
    taken = replace(demand(status="accepted"), moved=NOW - timedelta(hours=1))
    rows = Rows([taken], submitted={1: NOW - timedelta(hours=3)})
    digest = compose(rows, NO_DATES, NOW, SINCE)
    assert (digest.new, digest.entries) == (1, ())


def test_drafts_and_cancelled_demands_are_no_news() -> None:
    told = digest_of([demand(1, status="draft"), demand(2, status="cancelled")])
    assert told.empty


def test_support_that_was_asked_for_before_stays_until_it_is_taken_up() -> None:
    long_ago = NOW - timedelta(days=90)
    waiting = demand(1, national=True, moved=long_ago)
    accepted = demand(2, national=True, moved=long_ago, status="accepted")
    refused = demand(3, moved=long_ago)
    assert [a.id for a in digest_of([waiting, accepted, refused]).appeals] == [1]


def test_the_newest_questions_come_first_and_are_marked() -> None:
    questions = [question(1, "年费"), question(2, "质押", at=SINCE), question(3, "导航", at=NOW)]
    assert [(q.text, q.new) for q in digest_of((), questions).questions] == [
        ("质押", True),
        ("年费", False),
    ]


def test_of_many_questions_the_newest_are_shown_and_all_are_counted() -> None:
    newest = [question(n, f"第{n}个问题") for n in range(20, 8, -1)]
    digest = compose(Rows(questions=newest, asked=34_169), NO_DATES, NOW, SINCE)
    text = "\n".join(render(digest, Frame(PLAIN)))
    assert "34169 个" in text
    assert "第20个问题" in text
    assert "等34169个" in text


@pytest.mark.parametrize(
    ("due", "told"),
    [
        (date(2021, 5, 19), None),
        (date(2021, 5, 20), "今天截止"),
        (date(2021, 5, 21), "还剩1天"),
        (date(2021, 6, 19), "还剩30天"),
        (date(2021, 6, 20), None),
    ],
)
def test_deadlines_of_the_next_thirty_days(due: date, told: str | None) -> None:
    digest = digest_of(kb=knowledge(notice(deadline(due))))
    assert (told in text_of(digest)) if told else digest.empty


def test_a_late_evening_in_greenwich_is_already_tomorrow_in_beijing() -> None:
    kb = knowledge(notice(deadline(date(2021, 5, 21))))
    now = datetime(2021, 5, 20, 16, 30, tzinfo=UTC).astimezone(BEIJING)
    assert compose(Rows(), kb, now, SINCE).deadlines[0].days(now.date()) == 0


def test_the_words_of_the_notice_stand_beside_a_date_that_it_only_circumscribes() -> None:
    month_end = deadline(date(2021, 5, 31), precision="month-end", words="5月底前")
    assert "> 5月31日（5月底前） 还剩11天" in text_of(digest_of(kb=knowledge(notice(month_end))))


def test_superseded_notices_and_events_without_a_date_remind_of_nothing() -> None:
    old = notice(deadline(date(2021, 5, 25)), superseded_by="cnipa-2024-22")
    event = notice(deadline(None, precision="event", words="另行通知"))
    assert digest_of(kb=knowledge(old, event)).empty


def test_a_day_on_which_nothing_happened_says_so() -> None:
    assert digest_of().empty
    assert "本期没有新情况" in text_of(digest_of())


@pytest.mark.parametrize("dialect", [WECOM, DINGTALK, PLAIN], ids=["wecom", "dingtalk", "plain"])
def test_a_flood_is_cut_with_its_size_named(dialect: Dialect) -> None:
    demands = [
        demand(n, region=f"第{n}区", national=True, fields={"单位名称": "示例" * 40})
        for n in range(500)
    ]
    questions = [question(n, "如何办理" * 200) for n in range(500)]
    waiting = [ticket(1000 + n) for n in range(500)]
    parts = render(digest_of(demands, questions, KB, waiting), Frame(dialect))
    assert len(parts) <= MOST_PARTS
    assert all(len(part.encode()) <= dialect.limit for part in parts)
    text = "\n".join(parts)
    for cut in ("等500项", "等500个", "等500位"):
        assert cut in text
    assert "还剩5天" in text


PRIVATE = ["陈一", "一三九", "chenyi", "13900000001", "example.com", "0598", "8222333"]


def test_personal_data_never_appear() -> None:
    fields: Fields = {
        "联系人": "陈一",
        "手机": "13900000001",
        "联系电话": "0598-8222333",
        "电子邮件": "chenyi@example.com",
        "工作内容": "请联系陈一 13900000001",
    }
    texts = [
        "我叫陈一，电话１３９ ００００ ０００１，专利怎么转让？",
        "联系人：陈一 0598-8222333",
        "陈一问的：年费多少",
        "发到chenyi@example.com行吗，微信chenyi001",
        "一三九零零零零零零零一",
    ]
    questions = [question(n, text) for n, text in enumerate(texts)]
    waiting = [ticket(50, "转人工，我是陈一，13900000001")]
    digest = digest_of([demand(1, fields=fields, national=True)], questions, KB, waiting)
    for shown in (repr(digest), text_of(digest), text_of(digest, DINGTALK)):
        assert [secret for secret in PRIVATE if secret in shown] == []
    assert "三明示例木业有限公司" in text_of(digest)
    assert "专利怎么转让？" in text_of(digest)


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("联系人怎么填？", "联系人怎么填？"),
        ("国知发运函字〔2021〕51号第三条是什么", "国知发运函字〔2021〕51号第三条是什么"),
        ("2021-05-25前报什么，2021-2025年规划呢", "2021-05-25前报什么，2021-2025年规划呢"),
        ("我是福建的企业", "我是福建的企业"),
        ("我叫张三，想做质押", "我叫某，想做质押"),
        ("请李处长回电059188880000", "请某处长回电［号码已隐去］"),
        ("专利ZL202010012345.6想质押", "专利ZL202010012345.6想质押"),
        ("专利zl 2020100123456、13900000001", "专利zl 2020100123456、［号码已隐去］"),
        ("电话CN 13900000001", "电话CN ［号码已隐去］"),
        ("请打［号码已隐去］，或13900000001", "请打［号码已隐去］，或［号码已隐去］"),
    ],
)
def test_questions_stay_readable(asked: str, shown: str) -> None:
    assert masked(asked) == shown


HOSTILE = [
    "<@all> <@zhangsan>",
    "@所有人 @13800001111",
    "[点我领补贴](http://evil.example/a?b=c)",
    "https://evil.example www.evil.example evil.example",
    '<font color="warning">红</font><a href="x">y</a><img src=x>',
    "&lt;@all&gt; &#60;@all&#62;",
    "**粗** __粗__ *斜* `码` ~~删~~ ![图](x)",
    "公司\n# 标题\r\n> 引用\n\n- 项\n1. 项\n---\n| a | b |",
    "公司\u2028# 标题\u0085> 引用\x0b# 又",
    "＜＠all＞ ＃ ［x］（y） ﹤﹫all﹥",
    "<\u200b@all>\u202e\ufeff",
    "\\# \\* a\x00b\ud800c",
]
LIVE = "<>@`[]#*_|\\&~"


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("dialect", [WECOM, DINGTALK, PLAIN], ids=["wecom", "dingtalk", "plain"])
def test_hostile_names_and_questions_are_only_words(text: str, dialect: Dialect) -> None:
    fields: Fields = {"单位名称": text, "重点任务": text}
    clean: Fields = {"单位名称": "甲", "重点任务": "甲"}
    asking = demand(1, region=text, fields=fields, national=True)
    hostile = digest_of([asking], [question(2, text)])
    harmless = digest_of([replace(asking, region="甲", fields=clean)], [question(2, "甲")])
    ours = text_of(harmless, dialect)
    text = text_of(hostile, dialect)
    for sign in (*LIVE, "\n", "http", "://", "www."):
        assert text.count(sign) == ours.count(sign), sign
    text.encode()


@given(st.text(max_size=300), st.integers(2, 80))
@example("\ufdfa" * 50, 80)
def test_users_words_are_one_line_of_plain_signs(text: str, limit: int) -> None:
    shown = inert(masked(text), limit)
    assert len(shown) <= limit
    assert not set(shown) & set(LIVE + '!()^{}"$')
    assert shown.splitlines() in ([], [shown])
    assert inert(shown, limit) == shown


wild = st.text(max_size=80) | st.none()
demands_of_all_kinds = st.lists(
    st.builds(
        lambda id_, region, company, task, asks: demand(
            id_,
            region=region,
            fields={"单位名称": company, "重点任务": task},
            national=asks,
        ),
        st.integers(0, 2**63 - 1),
        wild,
        wild,
        wild,
        st.booleans(),
    ),
    max_size=40,
)
questions_of_all_kinds = st.lists(
    st.builds(
        question,
        st.integers(0, 2**63 - 1),
        st.text(max_size=2000),
    ),
    max_size=40,
)


@given(demands_of_all_kinds, questions_of_all_kinds, st.sampled_from([WECOM, DINGTALK, PLAIN]))
def test_no_digest_is_ever_too_long(
    demands: list[StoredDemand], questions: list[StoredQuestion], dialect: Dialect
) -> None:
    parts = render(digest_of(demands, questions, KB), Frame(dialect))
    assert len(parts) <= MOST_PARTS
    assert max(len(part.encode()) for part in parts) <= dialect.limit
