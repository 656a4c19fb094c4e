"""Open questions: those alike answered once, and what was answered kept for all who will ask."""

from __future__ import annotations

import pytest

from bot.console.asked import grouping
from intents.alike.question import Asked, grouped
from knowledge.load import File, load_knowledge, shipped_dir
from knowledge.snapshot import KnowledgeBase
from knowledge.yaml_source import parse_yaml
from storage import drafts, questions
from storage.drafts import DraftFile
from tests.bot.counter.office import NOW, ask_question
from tests.console.office import Office
from tests.console.test_demands import told

ANSWER = "可以，5月25日前带营业执照到窗口办理"


async def _asked(office: Office, *texts: str, region: str = "厦门市") -> list[str]:
    async with office.db.transaction() as conn:
        return [str(await ask_question(conn, region, text)) for text in texts]


async def _in_draft(office: Office, number: int = 1) -> DraftFile:
    async with office.db.transaction() as conn:
        [file] = await drafts.files(conn, number)
    return file


async def test_one_answer_goes_to_all_who_asked_the_same_in_their_own_words(
    office: Office,
) -> None:
    first, second, other = await _asked(
        office, "个体户能报吗？", "个体工商户可以申报吗", "高校能报吗？"
    )
    wang = await office.hires("王芳")
    assert "2 个" in await wang.opens("/questions")
    page = await wang.opens(f"/questions/{second}")
    assert "个体户能报吗？" in page
    assert "个体工商户可以申报吗" in page
    assert "高校" not in page
    page = await wang.sends(f"/questions/{first}", answer=ANSWER, pick=[first, second])
    assert "已答复，会转告2位提问的人" in page
    assert "1 个" in page
    assert [ANSWER in note for note in await told(office)] == [True, True]
    async with office.db.transaction() as conn:
        left = await questions.open_questions(conn)
    assert [str(one.id) for one in left] == [other]


async def test_open_questions_are_put_into_groups_again_only_once_there_are_others(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[tuple[int, ...]] = []

    def noted(asked: list[Asked], kb: KnowledgeBase) -> list[tuple[int, ...]]:
        done.append(tuple(one.id for one in asked))
        return grouped(asked, kb)

    monkeypatch.setattr(grouping, "grouped", noted)
    first, second = await _asked(office, "个体户能报吗？", "高校能报吗？")
    await _asked(office, "盖什么章？", region="漳州市")
    wang = await office.hires("王芳")
    for path in ("/questions", f"/questions/{first}", f"/questions/{second}", "/questions"):
        await wang.opens(path)
    chen = await office.hires("陈处", "head", ("漳州市",))
    assert "高校" not in await chen.opens("/questions"), "another reach has other groups"
    await _asked(office, "个体工商户可以申报吗")
    assert "几人问 2" in await wang.opens(f"/questions/{first}")
    await wang.sends(f"/questions/{first}", answer=ANSWER, pick=[first])
    assert "4号 个体工商户可以申报吗" in await wang.opens("/questions")
    assert {(1, 2), (3,), (1, 2, 4), (2, 4)} <= set(done)
    assert len(done) == len(set(done)), "none twice"


async def test_who_was_unticked_is_not_answered(office: Office) -> None:
    first, second = await _asked(office, "个体户能报吗？", "个体工商户可以申报吗")
    wang = await office.hires("王芳")
    await wang.opens(f"/questions/{first}")
    assert "会转告1位" in await wang.sends(f"/questions/{first}", answer=ANSWER, pick=[first])
    assert len(await told(office)) == 1
    assert "个体工商户可以申报吗" in await wang.opens(f"/questions/{second}")


async def test_an_answer_without_anybody_ticked_is_kept_and_goes_nowhere(office: Office) -> None:
    first, _ = await _asked(office, "个体户能报吗？", "个体工商户可以申报吗")
    wang = await office.hires("王芳")
    await wang.opens(f"/questions/{first}")
    page = await wang.sends(f"/questions/{first}", answer=ANSWER)
    assert wang.status == 400
    assert "请至少勾选一个问题" in page
    assert ANSWER in page
    assert not await told(office)


async def test_nobody_of_another_region_is_answered_along(office: Office) -> None:
    [here] = await _asked(office, "个体户能报吗？")
    [there] = await _asked(office, "个体户能报吗？", region="漳州市")
    wang = await office.hires("王芳")
    await wang.opens(f"/questions/{here}")
    await wang.sends(f"/questions/{here}", answer=ANSWER, pick=[here, there])
    assert len(await told(office)) == 1


async def test_who_answers_second_is_told_and_nothing_is_overwritten(office: Office) -> None:
    [number] = await _asked(office, "个体户能报吗？")
    wang, li = await office.hires("王芳"), await office.hires("李强")
    await wang.opens(f"/questions/{number}")
    await li.opens(f"/questions/{number}")
    await wang.sends(f"/questions/{number}", answer="可以", pick=number)
    page = await li.sends(f"/questions/{number}", answer="不可以", pick=number)
    assert "刚刚有人答复过了，您写的没有发出：“不可以”" in page
    assert "王芳" in page
    assert len(await told(office)) == 1


async def test_personal_data_in_a_question_is_not_shown(office: Office) -> None:
    [number] = await _asked(office, "我叫林小燕，电话13900000001，能报吗？")
    wang = await office.hires("王芳")
    for path in ("/questions", f"/questions/{number}", f"/questions/{number}/faq"):
        page = await wang.opens(path)
        assert "能报吗" in page or "能报吗" in wang.page
        assert "13900000001" not in wang.page
        assert "林小燕" not in wang.page


async def test_an_answer_becomes_a_faq_entry_with_its_clause_and_golden_questions(
    office: Office,
) -> None:
    first, second = await _asked(office, "个体户能报吗？", "个体工商户可以申报吗")
    admin = await office.hires("赵", "admin", ("全国",))
    await admin.opens(f"/questions/{first}")
    page = await admin.sends(f"/questions/{first}", answer=ANSWER, pick=[first, second], then="faq")
    assert "会转告2位" in page
    assert "五（二）" in page
    assert "个体工商户可以申报吗" in page
    await admin.sends(
        f"/questions/{first}/faq",
        question="个体户能报吗？",
        answer=ANSWER,
        notice="cnipa-2021-51",
        clause="五（二）",
        pick=second,
        step="keep",
    )
    assert admin.at == "/console/drafts/1"
    file = await _in_draft(office)
    assert file.name == "cnipa-2021-51.yaml"
    assert file.text is not None
    kb = load_knowledge(shipped_dir(), [File(shipped_dir() / file.name, file.text)])
    notice = kb.notice("cnipa-2021-51")
    assert (notice.faq[-1].question, notice.faq[-1].answer) == ("个体户能报吗？", ANSWER)
    assert [(g.q, g.clauses, g.facts) for g in notice.golden[-2:]] == [
        (said, ("cnipa-2021-51#五（二）",), ("5月25日",))
        for said in ("个体户能报吗？", "个体工商户可以申报吗")
    ]
    parse_yaml(file.text, shipped_dir() / file.name)


async def test_a_clerk_suggests_and_is_not_sent_to_pages_of_admins(office: Office) -> None:
    [number] = await _asked(office, "个体户能报吗？")
    wang = await office.hires("王芳")
    await wang.opens(f"/questions/{number}/faq")
    page = await wang.sends(f"/questions/{number}/faq", **_form())
    assert wang.at == f"/console/questions/{number}"
    assert "已存入草稿1，管理员检查后发布" in page
    [row] = [row for row in await office.on_record() if "question" in row.detail]
    assert (row.act, row.actor) == ("draft", "wecom:王芳")


async def test_a_second_entry_goes_into_the_draft_of_the_first(office: Office) -> None:
    one, other = await _asked(office, "个体户能报吗？", "高校能报吗？")
    wang = await office.hires("王芳")
    await wang.opens(f"/questions/{one}/faq")
    await wang.sends(f"/questions/{one}/faq", **_form())
    assert "草稿1 常见问答：个体户能报吗？" in await wang.opens(f"/questions/{other}/faq")
    await wang.sends(f"/questions/{other}/faq", **_form(question="高校能报吗？", draft="1"))
    text = (await _in_draft(office)).text or ""
    assert text.count(ANSWER) == 2


async def test_another_notice_is_chosen_with_nothing_typed_lost(office: Office) -> None:
    [number] = await _asked(office, "个体户能报吗？")
    wang = await office.hires("王芳")
    await wang.opens(f"/questions/{number}/faq")
    page = await wang.sends(
        f"/questions/{number}/faq", **_form(notice="fujian-2023-10", clause="", step="choose")
    )
    assert ANSWER in page
    assert "个体户能报吗？" in page
    assert all(clause.label in page for clause in office.kb.notice("fujian-2023-10").clauses)
    page = await wang.sends(f"/questions/{number}/faq", **_form(clause="九（九）"))
    assert wang.status == 400
    assert "请选答复依据的通知和条款" in page
    assert ANSWER in page


async def test_a_question_that_the_faq_has_is_not_entered_twice(office: Office) -> None:
    [number] = await _asked(office, "个体户能报吗？")
    wang = await office.hires("王芳")
    await wang.opens(f"/questions/{number}/faq")
    await wang.sends(f"/questions/{number}/faq", **_form())
    await wang.opens(f"/questions/{number}/faq")
    page = await wang.sends(f"/questions/{number}/faq", **_form(draft="1"))
    assert "已经有这个问题" in page
    assert ANSWER in page


async def test_a_draft_that_was_published_meanwhile_takes_no_entry(office: Office) -> None:
    [number] = await _asked(office, "个体户能报吗？")
    wang = await office.hires("王芳")
    await wang.opens(f"/questions/{number}/faq")
    await wang.sends(f"/questions/{number}/faq", **_form())
    async with office.db.transaction() as conn:
        await drafts.close(conn, 1, "discarded", NOW)
    await wang.opens(f"/questions/{number}/faq")
    form = _form(question="个体户报名收费吗", draft="1")
    page = await wang.sends(f"/questions/{number}/faq", **form)
    assert wang.status == 409
    assert "没有存" in page
    assert ANSWER in page


def _form(**other: str) -> dict[str, str]:
    return {
        "question": "个体户能报吗？",
        "answer": ANSWER,
        "notice": "cnipa-2021-51",
        "clause": "五（二）",
        "draft": "",
        "step": "keep",
    } | other
