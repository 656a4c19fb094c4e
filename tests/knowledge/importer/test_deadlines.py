"""Who must hand in what, to whom, by when; and the dates that nobody has to keep."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.importer.deadlines import LOOK_BROKEN, LOOK_PAST, LOOK_YEAR, deadlines_of
from knowledge.importer.facts import Anchor, DeadlineFact, Head
from knowledge.importer.page import Outline, Page, Paragraph, Place
from knowledge.importer.passage import passage
from tests.knowledge.importer.building import one_place, outline, table

ISSUED = date(2024, 5, 8)
HEAD = Head(
    title="关于做好有关工作的通知",
    issuer="云江省知识产权局",
    doc_number=None,
    kind="通知",
    issued=ISSUED,
)
ANCHOR = Anchor(ISSUED, ISSUED.year)


def found(text: str, heading: str = "") -> list[DeadlineFact]:
    made = one_place(text)
    if heading:
        page = Page(f"{heading}\n{text}", ())
        lines = text.split("\n")
        starts = [len(heading) + 1 + sum(len(x) + 1 for x in lines[:i]) for i in range(len(lines))]
        blocks = tuple(Paragraph(passage(x, at)) for x, at in zip(lines, starts, strict=True))
        made = Outline(page, (Place("一", "clause", passage(heading), blocks),))
    return deadlines_of(made, ANCHOR, HEAD)


def told(text: str, heading: str = "") -> list[tuple[str | None, str | None]]:
    return [(fact.due, fact.time) for fact in found(text, heading)]


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("请各单位于5月20日前报送工作总结。", "2024-05-20"),
        ("各市州局应在2024年6月3日之前将推荐表报送我局。", "2024-06-03"),
        ("请于6月11日（周二）前反馈修改意见。", "2024-06-11"),
        ("申报截止时间：2024年6月15日。", "2024-06-15"),
        ("网上申报截止日期为6月15日，逾期不予受理。", "2024-06-15"),
        ("报名截至6月5日。", "2024-06-05"),
        ("本次报名5月30日截止。", "2024-05-30"),
        ("申报系统将于5月30日关闭。", "2024-05-30"),
        ("征集时间：即日起至6月28日。", "2024-06-28"),
        ("受理时间为2024年5月15日至6月15日。", "2024-06-15"),
        ("申报单位于5月20日至6月5日登录系统提交申请。", "2024-06-05"),
        ("请各县区6月底前报送自查报告。", "2024-06-30"),
        ("各单位要在年底前完成整改。", "2024-12-31"),
        ("每年7月底前，各市向省局报送半年总结。", "--07-31"),
        ("年度总结请在12月15号前交综合科。", "2024-12-15"),
        ("各推荐单位应于20240617日前报送推荐材料。", "2024-06-17"),
        ("请在收到通知后5个工作日内提交整改报告。", "P5D"),
        ("代理机构应当在信息变更之日起30日内办理变更备案。", "P30D"),
        ("请贵单位最迟于6月6日将名单发至邮箱 a@b.gov.cn。", "2024-06-06"),
        ("5月31日前，各区局完成摸底并将情况表报市局。", "2024-05-31"),
        ("有关企业可于6月7日前提出意见。", "2024-06-07"),
        ("现将申报截止时间延长至6月25日。", "2024-06-25"),
        ("缴费时间：5月20日9:00—6月12日。", "2024-06-12"),
        ("由所在单位审核后，于6月9日前统一报送至省局。", "2024-06-09"),
        ("请将名单于本周五（5月17日）下班前报市局。", "2024-05-17"),
        ("时间要求：请各县区于5月24日前将汇总表报送市局。", "2024-05-24"),
        ("自查自纠（5月20日前）。各单位开展自查。", "2024-05-20"),
    ],
)
def test_a_day_by_which_somebody_must_act_is_a_deadline(text: str, due: str) -> None:
    assert [day for day, _ in told(text)] == [due]


@pytest.mark.parametrize(
    "text",
    [
        "2020年1月1日前注册成立的企业。",
        "企业应在2023年12月31日前获得高新技术企业认定。",
        "专利授权公告日在2022年12月31日前。",
        "2023年1月1日至2023年12月31日期间获得授权的专利。",
        "申报单位应于2023年5月31日前在我省注册，具有独立法人资格。",
        "截至2024年4月30日，企业资产总额不低于500万元。",
        "候选人须为1984年1月1日以后出生。",
        "2024年5月17日前已提交申请的，按原规定执行。",
        "申请日在2024年5月31日前的专利。",
        "成果完成时间应在2022年1月1日至2024年5月31日之间。",
        "原则上项目起始时间不得早于2024年1月1日，完成时间不晚于2026年12月31日。",
        "我局将于6月底前形成报告，7月10日前公布典型案例。",
        "省局于5月31日前组织专家评审，6月15日前完成公示。",
        "评审时间：6月10日至6月20日。",
        "评审结果将于8月31日前通知申报单位。",
        "市局将于收到材料后10个工作日内完成初审。",
        "公示时间：2024年5月10日至5月16日（5个工作日）。",
        "自公示之日起7日内，如有异议，请以书面形式提出。",
        "对申报材料有异议的，请于公示期内（6月3日至6月7日）反馈。",
        "定于2024年6月18日上午9:30召开座谈会。",
        "培训时间：2024年6月5日至6月8日，6月4日下午报到。",
        "请参训学员于6月4日18:00前到酒店报到。",
        "本办法自2024年7月1日起施行，有效期至2029年6月30日。",
        "到2025年底，建成20个知识产权强县。",
        "2025年底前，全省专利质押融资额突破100亿元。",
        "根据《云江省知识产权规划（2021—2035年）》要求。",
        "办公时间：周一至周五上午9:00-12:00。",
        "合同履行期限：2024年12月31日前。",
        "开标时间：2024年6月3日9:30",
        "5月10日—5月20日，各单位组织开展宣传活动。",
        "组委会于8月15日前公布初赛结果，8月20日前通知入围作者。",
    ],
)
def test_other_dates_are_no_deadlines(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize("heading", ["总体目标", "主要目标"])
def test_a_goal_of_a_plan_is_no_deadline(heading: str) -> None:
    assert told("2024年底前完成改造，建设5家运营中心。", heading) == []


def test_a_heading_may_be_the_label() -> None:
    assert told("2024年5月20日至2024年6月12日17:00。", "申报时间") == [("2024-06-12", "17:00")]


def test_label_and_value_may_stand_on_two_lines() -> None:
    assert told("材料报送时间：\n2024年6月12日前") == [("2024-06-12", None)]


@pytest.mark.parametrize(
    ("words", "time"),
    [("6月14日17:00前", "17:00"), ("6月14日下午3点前", "15:00"), ("6月14日下班前", None)],
)
def test_the_clock_time_is_kept(words: str, time: str | None) -> None:
    assert told(f"请各单位于{words}将回执发至邮箱 hy@bhip.gov.cn。") == [("2024-06-14", time)]


def test_who_what_to_whom_and_how() -> None:
    text = "请各市知识产权局于6月20日前将推荐函（附件2）以电子件形式报送我局运用促进处，逾期不候。"
    [fact] = found(text)
    assert fact.who == "各市知识产权局"
    assert fact.what == "报送推荐函（附件2）"
    assert fact.to == "我局运用促进处"
    assert fact.via == "电子件"
    assert (fact.words, fact.quote, fact.inferred) == ("6月20日前", text, True)


def test_every_value_knows_where_it_stands() -> None:
    text = "各市局应于2024年6月20日17:00前通过业务平台将推荐函报送省局保护处。"
    [fact] = found(text)
    parts = {name: text[span.start : span.end] for name, span in fact.spans.items()}
    assert parts["due"] == fact.words
    assert (parts["who"], parts["to"], parts["via"]) == (fact.who, fact.to, fact.via)
    assert "推荐函" in parts["what"]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("请于6月3日前报送工作方案和需求清单。", "报送工作方案和需求清单"),
        ("纸质材料一式两份于6月3日前寄送至省局。", "寄送纸质材料"),
        ("各单位填写《需求表》（附件），并于6月3日前反馈至市局。", "反馈《需求表》（附件）"),
        ("申报书经所在单位审核盖章后，于6月3日前报送至区局。", "报送申报书"),
        ("各市应当在6月3日前完成初审，并将汇总表报省局。", "完成初审，报送汇总表"),
        ("请于6月3日前填写回执，并发送至邮箱a@b.cn。", "填写回执并发送"),
        ("项目推荐截止时间为6月3日。", "项目推荐"),
        ("请你单位于6月3日前将整改报告书面报送我局。", "报送整改报告"),
        ("请在接到通知后3日内报送名单。", "接到通知后3日内报送名单"),
    ],
)
def test_what_is_verb_and_object(text: str, what: str) -> None:
    assert [fact.what for fact in found(text)] == [what]


def test_mail_and_post_in_one_sentence_are_one_deadline() -> None:
    text = "请于6月10日17:00前将电子版发送至kjc@x.gov.cn，纸质版寄送至省局科技处。"
    [fact] = found(text)
    assert (fact.due, fact.time, fact.via) == ("2024-06-10", "17:00", "kjc@x.gov.cn")


def test_two_things_with_two_dates_are_two_deadlines() -> None:
    first, second = found("电子版于6月10日前、纸质版于6月15日前报送我局。")
    assert (first.due, first.what) == ("2024-06-10", "报送电子版")
    assert (second.due, second.what) == ("2024-06-15", "报送纸质版")


def test_each_step_of_a_chain_has_its_own_party() -> None:
    steps = found("申请企业应在6月3日前将材料送县局初审，县局于6月8日前报市局审定。")
    assert [(s.due, s.who, s.to) for s in steps] == [
        ("2024-06-03", "申请企业", "县局"),
        ("2024-06-08", "县局", "市局"),
    ]


def test_the_party_may_stand_in_an_earlier_sentence() -> None:
    [fact] = found("各市局要及时总结经验。活动结束后认真梳理，于10月30日前报送书面总结。")
    assert fact.who == "各市局"


def test_nobody_is_named_where_the_text_names_nobody() -> None:
    [fact] = found("请于10月30日前报送书面总结。")
    assert (fact.who, fact.to, fact.via) == (None, None, None)


def test_the_same_day_told_twice_stays_once_and_exactly() -> None:
    [fact] = found(
        "请各单位于11月底前完成普查并上报结果。\n各单位于2024年11月30日前将普查表报送市局地标科。"
    )
    assert (fact.due, fact.precision, fact.to) == ("2024-11-30", "day", "市局地标科")
    assert any("11月底前" in note for note in fact.look)


def test_a_duty_to_report_without_a_date_is_told_as_open() -> None:
    [fact] = found("各市局要及时上报活动进展情况，总结好经验。")
    assert (fact.due, fact.precision, fact.words) == (None, "event", "及时")
    assert fact.what == "上报活动进展情况"
    assert fact.sure < 0.8


def test_a_text_that_breaks_off_is_looked_at() -> None:
    _, last = found("企业于6月3日前将申报书报所在县局，由其审核后于6月8日前")
    assert (last.due, last.who) == ("2024-06-08", None)
    assert LOOK_BROKEN in last.look


def test_a_day_before_the_issue_is_looked_at() -> None:
    [fact] = found("各地方局要在2021年12月15日前将成效报送我局。")
    assert LOOK_PAST in fact.look
    assert fact.sure < 0.8


def test_without_any_year_the_year_stays_open() -> None:
    facts = deadlines_of(one_place("请于7月31日前报送需求表。"), Anchor(None, None), HEAD)
    assert [(f.due, f.inferred) for f in facts] == [("--07-31", True)] or not facts[0].inferred
    assert LOOK_YEAR in facts[0].look


def test_a_cell_under_its_completion_column_is_a_deadline_of_its_task() -> None:
    made, text = table(
        [
            ["序号", "重点任务", "责任单位", "完成时限"],
            ["1", "建设保护站点", "保护科", "6月底前"],
            ["2", "开展集中培训", "人事科", "年底前"],
        ]
    )
    places = (Place("附件", "annex", None, (made,)),)
    [fact] = deadlines_of(Outline(Page(text, (made,)), places), ANCHOR, HEAD)
    assert (fact.clause, fact.due, fact.what) == ("附件 任务1", "2024-06-30", "建设保护站点")


def test_in_a_task_cell_who_speaks_stands_before_the_colon() -> None:
    made, text = table(
        [
            ["重点任务", "工作举措"],
            ["1.存量盘点", "省局：6月底前公布名单。"],
            ["2.方案制定", "各地区：结合实际，在6月底前制定出台实施方案。"],
        ]
    )
    places = (Place("附件", "annex", None, (made,)),)
    [fact] = deadlines_of(Outline(Page(text, (made,)), places), ANCHOR, HEAD)
    assert (fact.clause, fact.who, fact.what) == ("附件 任务2", "各地区", "制定出台实施方案")


def test_cover_note_and_forwarded_notice_have_a_deadline_each() -> None:
    made = outline(
        """\
        关于转发省局复核工作通知的通知
        各县局：
        请组织企业填报，于2024年10月20日前将复核材料报市局知识产权科。
        一、复核范围
        往年认定的企业。
        二、时间要求
        各市局请于2024年10月31日前将复核意见报省局。
        """
    )
    facts = deadlines_of(made, ANCHOR, HEAD)
    assert [(f.due, f.to) for f in facts] == [
        ("2024-10-20", "市局知识产权科"),
        ("2024-10-31", "省局"),
    ]


WHO = st.sampled_from(
    [
        "各市知识产权局",
        "各有关单位",
        "申报企业",
        "各县（市、区）科技局",
        "各推荐单位",
        "项目承担单位",
    ]
)
THING = st.sampled_from(
    ["申报材料", "工作总结", "推荐函和汇总表", "《需求清单》", "整改情况", "培训名单（附件1）"]
)
VERB = st.sampled_from(["报送", "提交", "上报", "反馈"])
TO = st.sampled_from(["我局运用促进处", "省科技厅", "市局办公室", "区市场监管局知识产权科"])
DAY = st.dates(date(2024, 5, 9), date(2024, 12, 31))
STYLE = st.sampled_from(["{m}月{d}日前", "{y}年{m}月{d}日之前", "{y}.{m}.{d}前", "{m}月{d}号前"])
ORDER = st.sampled_from(
    [
        "请{who}于{when}将{thing}{verb}{to}。",
        "{who}应于{when}将{thing}{verb}至{to}，逾期不予受理。",
        "{who}要高度重视，认真组织，于{when}将{thing}{verb}{to}。",
        "{when}，{who}将{thing}{verb}{to}。",
    ]
)


@given(ORDER, WHO, THING, VERB, TO, DAY, STYLE)
def test_what_is_put_together_is_read_back(
    order: str, who: str, thing: str, verb: str, to: str, day: date, style: str
) -> None:
    when = style.format(y=day.year, m=day.month, d=day.day)
    [fact] = found(order.format(who=who, when=when, thing=thing, verb=verb, to=to))
    assert (fact.due, fact.who, fact.what, fact.to) == (day.isoformat(), who, verb + thing, to)
    assert fact.words == when


LABEL = st.sampled_from(["申报", "网上报名", "材料报送", "意见反馈", "项目推荐", "作品征集"])
COLON = st.sampled_from(["截止时间：", "截止日期为", "截止时间:", "截止日期："])


@given(LABEL, COLON, DAY)
def test_a_label_says_what_is_due(label: str, colon: str, day: date) -> None:
    [fact] = found(f"{label}{colon}{day.year}年{day.month}月{day.day}日。")
    assert (fact.due, fact.what) == (day.isoformat(), label)


FOUNDED = st.sampled_from(["注册成立", "取得授权", "获得认定", "立项", "投产", "出生"])
KIND = st.sampled_from(["企业", "专利", "项目", "个人"])


@given(FOUNDED, KIND, DAY)
def test_what_came_about_by_a_day_binds_nobody(founded: str, kind: str, day: date) -> None:
    assert found(f"{day.year}年{day.month}月{day.day}日前{founded}的{kind}。") == []


@given(st.text(max_size=60))
def test_no_text_is_too_odd(text: str) -> None:
    for fact in found(text):
        assert fact.words in text


def test_a_term_tells_what_is_to_be_done_where_only_the_party_stands_before_it() -> None:
    (fact,) = found("申报单位应当自收到补正通知之日起5个工作日内补齐，逾期视为放弃。")
    assert (fact.who, fact.what) == ("申报单位", "自收到补正通知之日起5个工作日内补齐")
