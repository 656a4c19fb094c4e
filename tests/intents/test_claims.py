"""What a question believes and wants confirmed is held against the notices, never taken over."""

from __future__ import annotations

import pytest

from knowledge.snapshot import KnowledgeBase
from tests.intents.asking import ask, cited

W2021, FUJIAN, OPINION, GUIDE = "cnipa-2021-51", "fujian-2023-10", "cnipa-2024-22", "cnipa-2021-3"


@pytest.mark.parametrize(
    ("question", "told", "place"),
    [
        ("2021万里行需求清单是5月20号前报吧", "不是5月20日。", f"{W2021}#六（一）"),
        ("福建万里行书面总结10月31日前交就行对吧", "不是10月31日。", f"{FUJIAN}#五（四）"),
        ("2021万里行活动办一整年是吗", "2021年10月26日", f"{W2021}#二"),
        ("2021年万里行的总结是不是交给办公室", "运用促进司", f"{W2021}#六（三）"),
        ("22号文是不是2024年7月30日印发的", "2024年7月24日", f"{OPINION}#发文信息"),
        ("2021工作指引的成效光发电子邮件就可以吧", "纸件和电子件", f"{GUIDE}#五"),
        ("福建2023优秀案例的附件是附件1吗", "附件2", f"{FUJIAN}#五（四）"),
    ],
)
def test_what_is_wrong_is_answered_with_what_is_right(
    kb: KnowledgeBase, question: str, told: str, place: str
) -> None:
    reply = ask(kb, question)
    assert reply.kind == "answer"
    assert told in reply.text
    assert cited(reply)[0] == place


def test_what_is_right_is_not_denied(kb: KnowledgeBase) -> None:
    reply = ask(kb, "福建2023万里行需求清单是5月20号前报吧")
    assert "2023年5月20日" in reply.text
    assert "不是" not in reply.text


def test_a_day_on_which_anything_is_due_stays_a_condition(kb: KnowledgeBase) -> None:
    reply = ask(kb, "福建23年10月30日前要交东西是吧")
    assert f"{FUJIAN}#五（四）" in cited(reply)
    assert "不是" not in reply.text


def test_a_task_without_a_date_has_none_though_one_is_believed(kb: KnowledgeBase) -> None:
    assert ask(kb, "24年清单第13条建保护中心，几月底前必须建成").kind == "refuse"
