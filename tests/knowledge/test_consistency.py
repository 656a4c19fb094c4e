"""What files that are sound by themselves say against each other."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.consistency import findings
from knowledge.load import File, Loaded, load_with_sources, shipped_dir
from tests.knowledge.small import FILE, NOTICE, renamed

SECOND = """\
  - clause: 二（一）
    what: 报送实施计划
    who: 各市
    due: {due}
    words: {words}
"""


def loaded(*texts: str, golden: str = "") -> Loaded:
    files = [File(Path(f"{text.split(maxsplit=2)[1]}.yaml"), text) for text in texts]
    return load_with_sources([*files, File(Path("golden.yaml"), f"golden: [{golden}]\n")])


def told(*texts: str, golden: str = "", grave: bool = True) -> list[str]:
    """The errors, or the hints, as an admin reads them."""
    base = loaded(*texts, golden=golden)
    found = [f for f in findings(base.kb) if f.grave == grave and f.loc != ("region",)]
    return [base.problem(one.file, one.loc, one.what) for one in found]


def deadline(due: str, words: str = "5月25日前", **more: str) -> str:
    """The notice with one more deadline of the same duty."""
    entry = SECOND.format(due=due, words=words) + "".join(
        f"    {name}: {value}\n" for name, value in more.items()
    )
    return NOTICE.replace("periods:\n", f"{entry}periods:\n")


def edited(old: str, new: str) -> str:
    assert old in NOTICE
    return NOTICE.replace(old, new)


def test_the_shipped_knowledge_neither_contradicts_itself_nor_gives_a_hint() -> None:
    base = load_with_sources(shipped_dir())
    assert [base.problem(one.file, one.loc, one.what) for one in findings(base.kb)] == []


def test_a_sound_notice_has_nothing_against_it() -> None:
    assert told(NOTICE) == told(NOTICE, grave=False) == []


def test_the_same_duty_on_two_days_is_a_contradiction_told_at_the_second() -> None:
    text = deadline("2030-05-25")
    line = text[: text.index("2030-05-25")].count("\n") + 1
    assert told(text) == [
        f"{FILE}:{line}:10: deadlines[1].due: "
        "报送实施计划: 2030-05-25 here, but 2030-05-20 in deadlines[0]"
    ]


@pytest.mark.parametrize(
    "other",
    [{"who": "各县"}, {"to": "市局"}, {"via": "纸件"}, {"what": "报送总结"}],
    ids=lambda field: next(iter(field)),
)
def test_another_duty_may_have_another_day(other: dict[str, str]) -> None:
    fields = {"what": "报送实施计划", "who": "各市", "due": "2030-05-25", "words": "5月25日前"}
    entry = "".join(f", {name}: {value}" for name, value in {**fields, **other}.items())
    text = NOTICE.replace("periods:\n", f"  - {{clause: 二（一）{entry}}}\nperiods:\n")
    assert told(text) == []


@pytest.mark.parametrize(
    ("due", "words", "precision"),
    [("2030-05-31", "5月底前", "month-end"), ("2030-12-31", "年底前", "year-end")],
)
def test_the_same_day_told_less_exactly_is_a_hint(due: str, words: str, precision: str) -> None:
    text = deadline(due, words, precision=precision)
    assert told(text) == []
    assert len(told(text, grave=False)) == 1


def test_a_month_that_does_not_hold_the_day_is_a_contradiction() -> None:
    assert told(deadline("2030-06-30", "6月底前", precision="month-end"))


def test_the_same_deadline_twice_is_a_hint() -> None:
    text = deadline("2030-05-20", "5月20日前")
    assert told(text) == []
    assert "told twice" in told(text, grave=False)[0]


def test_two_times_of_one_day_are_a_contradiction() -> None:
    text = edited("due: 2030-05-20\n", "due: 2030-05-20\n    time: '17:00'\n")
    entry = SECOND.format(due="2030-05-20", words="5月20日前") + "    time: '12:00'\n"
    assert "12:00" in told(text.replace("periods:\n", f"{entry}periods:\n"))[0]


def test_a_period_with_two_starts_is_a_contradiction() -> None:
    second = "  - {clause: 一, what: 活动时间, start: 2030-04-02, words: 4月2日起}\n"
    found = told(NOTICE.replace("contacts:\n", f"{second}contacts:\n"))
    assert "2030-04-02 to ? here, but 2030-04-01 to 2030-06-30" in found[0]


def test_a_period_that_leaves_out_its_end_is_no_contradiction() -> None:
    second = "  - {clause: 一, what: 活动时间, start: 2030-04-01, words: 4月1日起}\n"
    assert told(NOTICE.replace("contacts:\n", f"{second}contacts:\n")) == []


def test_a_deadline_of_the_wrong_year_is_before_the_notice() -> None:
    found = told(
        edited("year: 2030\n", "year: 2030\nissued: 2030-05-01\n").replace(
            "due: 2030-05-20", "due: 2029-05-20"
        )
    )
    assert "2029-05-20 is before the notice was issued, 2030-05-01" in found[0]


def test_a_notice_that_was_sent_on_late_is_a_hint() -> None:
    text = edited("year: 2030\n", "year: 2030\nissued: 2030-05-28\n")
    assert told(text) == []
    assert "before the notice was issued" in told(text, grave=False)[0]


def test_a_day_that_is_not_the_words_is_a_hint() -> None:
    text = edited("due: 2030-05-20", "due: 2030-05-25")
    assert told(text) == []
    assert "5月20日前" in told(text, grave=False)[0]


def test_a_span_in_the_words_is_no_hint() -> None:
    text = edited("words: 5月20日前", "words: 4月1日至5月20日")
    assert told(text, grave=False) == []


def test_a_notice_that_ends_before_it_begins_is_a_contradiction() -> None:
    text = edited("year: 2030\n", "effective_from: 2030-06-01\neffective_to: 2030-05-01\n")
    assert "effective_to: 2030-05-01 is before effective_from" in told(text)[0]


def test_notices_that_supersede_each_other_are_a_circle() -> None:
    texts = [
        renamed("demo-2030-1", short="一", superseded_by="demo-2030-2"),
        renamed("demo-2030-2", short="二", superseded_by="demo-2030-3"),
        renamed("demo-2030-3", short="三", superseded_by="demo-2030-2"),
    ]
    found = told(*texts)
    assert len(found) == 2
    assert "demo-2030-2 → demo-2030-3 → demo-2030-2" in "".join(found)


def test_one_number_of_two_documents_is_a_contradiction() -> None:
    one = renamed("demo-2030-1", short="一", doc_number="示范〔2030〕1号")
    other = renamed("demo-2030-2", short="二", doc_number="示范〔2030〕1号")
    assert "示范〔2030〕1号 is demo-2030-" in told(one, other)[0]


def test_one_name_of_two_notices_is_a_hint() -> None:
    texts = renamed("demo-2030-1"), renamed("demo-2030-2", title="另一份通知")
    assert told(*texts) == []
    assert "2030年惠企通知" in told(*texts, grave=False)[0]


@pytest.mark.parametrize(
    "golden",
    [
        "{q: 几号交, clauses: ['demo-2030-1#九'], facts: [5月20日]}",
        "{q: 几号交, clauses: ['gone-2030-1#一'], facts: [5月20日]}",
        "{q: 几号交, clauses: [一], facts: [5月20日]}",
        "{q: 想贷款, kind: collect, task: 没有这项}",
    ],
)
def test_a_golden_question_that_expects_what_is_not_there_is_an_error(golden: str) -> None:
    assert told(NOTICE, golden=golden)[0].startswith("golden.yaml:1:")


def test_a_golden_question_may_expect_any_place_that_is_there() -> None:
    golden = "{q: 几号交, clauses: ['demo-2030-1#二（一）', 'demo-2030-1#发文信息'], facts: [x]}"
    assert told(NOTICE, golden=golden) == []


def test_a_golden_question_that_expects_two_things_is_a_contradiction() -> None:
    golden = "{q: 你好, kind: smalltalk}, {q: 你好, kind: refuse}"
    assert "expects something else elsewhere" in told(NOTICE, golden=golden)[0]


def test_the_same_question_on_two_days_may_expect_two_things() -> None:
    golden = "{q: 几号, kind: refuse, today: 2030-01-01}, {q: 几号, kind: answer}"
    assert told(NOTICE, golden=golden) == []


def test_a_place_that_nobody_can_name_is_a_hint() -> None:
    base = loaded(edited("year: 2030", "region: 桃源县"))
    assert [f.loc for f in findings(base.kb) if not f.grave] == [("region",)]
