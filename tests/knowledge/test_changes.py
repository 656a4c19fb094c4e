"""What differs between two knowledge bases, in the words that an admin reads."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.changes import changes
from knowledge.lexicon import Lexicon
from knowledge.load import File, file_of, load_knowledge, shipped_dir
from knowledge.model import Clause
from knowledge.snapshot import KnowledgeBase
from tests.knowledge.small import FILE, NOTICE, REGIONS, renamed

FORM = """\
attachments:
  - {label: 附件1, title: 需求表, clause: 二（一）, columns: [单位名称, 需求]}
form:
  attachment: 附件1
  title: 需求表
  slots:
    - {name: 单位名称, kind: company, prompt: 请问单位名称, ask: true}
  key_tasks:
    - {name: 惠企行动, clause: 一, cues: [贷款]}
"""
BEFORE = NOTICE + FORM


def base(*texts: str, golden: str = "") -> KnowledgeBase:
    files = [File(Path(f"{text.split(maxsplit=2)[1]}.yaml"), text) for text in texts]
    return load_knowledge([*files, File(Path("golden.yaml"), f"golden: [{golden}]\n")])


def told(old: str, new: str) -> list[str]:
    return [str(change) for change in changes(base(old), base(new))]


def edited(old: str, new: str, text: str = BEFORE) -> str:
    assert old in text
    return text.replace(old, new)


def test_what_is_the_same_has_no_changes() -> None:
    assert told(BEFORE, BEFORE) == []


def test_the_shipped_knowledge_is_what_it_is() -> None:
    kb = load_knowledge(shipped_dir())
    assert changes(kb, load_knowledge(shipped_dir())) == []


def test_a_comment_changes_nothing() -> None:
    assert told(BEFORE, f"{BEFORE}# 已核对\n") == []


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (
            "due: 2030-05-20",
            "due: 2030-05-25",
            "二（一）截止时间 5月20日 → 5月25日（报送实施计划）",
        ),
        (
            "due: 2030-05-20",
            "due: 2031-05-20",
            "二（一）截止时间 5月20日 → 2031年5月20日（报送实施计划）",
        ),
        (
            "    due: 2030-05-20\n    words: 5月20日前",
            "    due: 2030-05-31\n    precision: month-end\n    words: 5月底前",
            "二（一）截止时间 5月20日 → 5月底（报送实施计划）",
        ),
        (
            "    due: 2030-05-20\n    words: 5月20日前",
            "    open: --05-20\n    words: 5月20日前",
            "二（一）截止时间 5月20日 → 5月20日（年份未定）（报送实施计划）",
        ),
        (
            "    due: 2030-05-20\n    words: 5月20日前",
            "    open: P3D\n    words: 结束后3日内",
            "二（一）截止时间 5月20日 → 结束后3日内（报送实施计划）",
        ),
        (
            "due: 2030-05-20",
            "due: 2030-05-20\n    time: '17:00'",
            "二（一）截止时间 5月20日 → 5月20日 17:00（报送实施计划）",
        ),
        ("who: 各市", "who: 各县", "二（一）截止时间对象 各市 → 各县（报送实施计划）"),
        (
            "what: 报送实施计划",
            "what: 报送方案",
            "二（一）截止时间事项 报送实施计划 → 报送方案（报送方案）",
        ),
        (
            "end: 2030-06-30",
            "end: 2030-07-01",
            "一 时间安排 4月1日至6月30日 → 4月1日至7月1日（活动时间）",
        ),
        (
            "0591-12345678",
            "0591-87654321",
            "二（一）联系方式电话 增加 0591-87654321；去掉 0591-12345678",
        ),
        ("heading: 活动主题", "heading: 主题", "一 标题 活动主题 → 主题（主题）"),
        ("columns: [单位名称, 需求]", "columns: [需求, 单位名称]", "附件1 列 换了次序（需求表）"),
        ("kind: 通知", "kind: 函", "种类 通知 → 函"),
        ("kind: 通知", "kind: 通知\ndoc_number: 示〔2030〕1号", "文号 无 → 示〔2030〕1号"),
        ("kind: 通知", "kind: 通知\nissued: 2030-03-01", "发文日期 无 → 2030年3月1日"),
        (
            "prompt: 请问单位名称",
            "prompt: 单位叫什么",
            "栏目问法 请问单位名称 → 单位叫什么（单位名称）",
        ),
        ("cues: [贷款]", "cues: [贷款, 质押]", "一 重点任务提示词 增加 质押（惠企行动）"),
        ("name: 惠企行动", "name: 助企行动", "一 重点任务名称 惠企行动 → 助企行动（助企行动）"),
    ],
)
def test_each_change_is_told_where_it_is_and_from_what_to_what(
    old: str, new: str, words: str
) -> None:
    assert told(BEFORE, edited(old, new)) == [f"2030年惠企通知 {words}"]


def test_an_entry_that_is_new_or_gone_is_told_whole() -> None:
    more = "  - {clause: 二（一）, what: 报送总结, due: 2030-11-30, words: 11月30日前}\n"
    with_more = BEFORE.replace("periods:\n", f"{more}periods:\n")
    assert told(BEFORE, with_more) == ["2030年惠企通知 二（一）新增截止时间 11月30日（报送总结）"]
    assert told(with_more, BEFORE) == ["2030年惠企通知 二（一）删去截止时间 11月30日（报送总结）"]


def test_a_clause_that_is_new_is_told() -> None:
    more = "  - {label: 三, heading: 工作要求, summary: 加强组织。}\n"
    new = BEFORE.replace("deadlines:\n", f"{more}deadlines:\n")
    assert told(BEFORE, new) == ["2030年惠企通知 三 新增条款 工作要求"]


def test_of_a_long_text_only_what_differs_is_told() -> None:
    long = "各市要高度重视，" * 8
    old = edited("活动主题是惠企助企。", f"{long}五月底前完成。{long}")
    (line,) = told(old, old.replace("五月底", "六月底"))
    assert "视，五月" in line
    assert "视，六月" in line
    assert len(line) < 80


def test_a_notice_that_is_new_or_gone_is_told_in_one_line() -> None:
    other = renamed("demo-2031-1", short="2031年惠企通知", year="2031")
    one, both = base(BEFORE), base(BEFORE, other)
    (new,) = changes(one, both)
    assert str(new).startswith("2031年惠企通知 新增这份通知（条款2、截止时间1")
    assert [str(gone) for gone in changes(both, one)] == ["2031年惠企通知 删去这份通知"]


def test_a_form_that_is_gone_is_told() -> None:
    new = BEFORE[: BEFORE.index("form:")]
    assert told(BEFORE, new) == ["2030年惠企通知 删去表单"]
    assert told(new, BEFORE) == ["2030年惠企通知 新增表单（需求表）"]


def test_two_deadlines_of_one_clause_are_told_apart() -> None:
    more = "  - {clause: 二（一）, what: 报送总结, due: 2030-11-30, words: 11月30日前}\n"
    old = BEFORE.replace("periods:\n", f"{more}periods:\n")
    new = old.replace("2030-11-30", "2030-11-20").replace("2030-05-20", "2030-05-21")
    assert told(old, new) == [
        "2030年惠企通知 二（一）截止时间 5月20日 → 5月21日（报送实施计划）",
        "2030年惠企通知 二（一）截止时间 11月30日 → 11月20日（报送总结）",
    ]


def test_the_lexicon_is_told_in_short() -> None:
    def with_words(words: str) -> KnowledgeBase:
        lexicon = File(Path("lexicon.yaml"), f"synonyms:\n  地理标志: [{words}]\n  专利: [专立]\n")
        return load_knowledge([File(Path(FILE), NOTICE), lexicon])

    found = changes(with_words("地标"), with_words("地标, 土特产标志"))
    assert [str(change) for change in found] == ["说法词表 同义词 地理标志 有改动"]


def test_a_golden_question_of_no_notice_is_told() -> None:
    (found,) = changes(base(NOTICE), base(NOTICE, golden="{q: 你好, kind: smalltalk}"))
    assert str(found) == "通用样题 新增样题 你好"


def test_bureaus_and_resources_are_told_each_by_its_name() -> None:
    def with_files(bureau: str, *resources: str) -> KnowledgeBase:
        held = "".join(f"  - {{kind: product, {line}}}\n" for line in resources)
        given = {
            "regions.yaml": "regions: [{name: 福建省}]\n",
            "bureaus.yaml": f"bureaus: [{{id: fj, name: {bureau}, short: 省局, region: 福建省}}]\n",
            "resources/own.yaml": f"resources:\n{held}",
        }
        own = [file_of(name, text) for name, text in given.items()]
        return load_knowledge([File(Path(FILE), NOTICE), *own])

    old = with_files("福建省知识产权局", "id: a1, name: 示例贷", "id: a2, name: 旧产品")
    new = with_files("福建省局", "id: a1, name: 示例贷, limits: 500万元", "id: a3, name: 新产品")
    assert [str(change) for change in changes(old, new)] == [
        "局名表 局名称 福建省知识产权局 → 福建省局（福建省局）",
        "服务资源 资源限制条件 无 → 500万元（示例贷）",
        "服务资源 新增资源 新产品",
        "服务资源 删去资源 旧产品",
    ]


def test_canned_answers_are_told_each_by_its_name() -> None:
    def with_canned(*canned: str) -> KnowledgeBase:
        lines = "".join(f"  - {{{line}}}\n" for line in canned)
        own = file_of("canned.yaml", f"canned:\n{lines}")
        return load_knowledge([File(Path(FILE), NOTICE), own])

    old = with_canned("name: 稍等, answer: 请稍等。", "name: 再见, answer: 再见。")
    new = with_canned("name: 稍等, answer: 请稍候。", "name: 请补充, answer: 请补充。")
    assert [str(change) for change in changes(old, new)] == [
        "常用答复 条目答复 请稍等。 → 请稍候。（稍等）",
        "常用答复 新增条目 请补充",
        "常用答复 删去条目 再见",
    ]


LABELS = "一二三四五六七八"


@given(st.sets(st.sampled_from(LABELS), min_size=1), st.sets(st.sampled_from(LABELS), min_size=1))
def test_every_clause_that_comes_or_goes_is_told_once(old: set[str], new: set[str]) -> None:
    found = changes(with_clauses(old), with_clauses(new))
    told = sorted(change.words for change in found)
    come = [f"{label} 新增条款 第{label}条" for label in new - old]
    assert told == sorted([*come, *(f"{label} 删去条款 第{label}条" for label in old - new)])


def with_clauses(labels: set[str]) -> KnowledgeBase:
    notice = base(NOTICE).notices[0]
    clauses = [Clause(label=one, heading=f"第{one}条", summary=one) for one in sorted(labels)]
    emptied = {"clauses": tuple(clauses), "deadlines": (), "periods": (), "contacts": ()}
    return KnowledgeBase([notice.model_copy(update=emptied)], Lexicon(), REGIONS)
