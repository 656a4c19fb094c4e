"""What a demand says is found by what its form is made of, not by what the slots are called."""

from __future__ import annotations

from intents.told import Told, told
from knowledge.model import DemandForm, KeyTask, Slot

ANOTHER = DemandForm(
    attachment="附件3",
    title="企业诉求登记表",
    slots=(
        Slot(name="诉求类别", kind="choice", prompt="？"),
        Slot(name="企业全称", kind="company", prompt="？"),
        Slot(name="经办人", kind="person", prompt="？", personal=True),
        Slot(name="诉求内容", kind="text", prompt="？", required=True),
        Slot(name="希望匹配的机构", kind="text", prompt="？"),
        Slot(name="报国家局", kind="yesno", prompt="？"),
    ),
    key_tasks=(KeyTask(name="维权援助"),),
)


def test_a_form_that_names_everything_otherwise() -> None:
    fields: dict[str, str | bool | None] = {
        "企业全称": "三明示例木业有限公司",
        "经办人": "陈一",
        "诉求类别": "维权援助",
        "诉求内容": "被外地厂家仿冒",
        "希望匹配的机构": "三明维权援助中心",
        "报国家局": True,
    }
    assert told(fields, ANOTHER) == Told(
        company="三明示例木业有限公司",
        task="维权援助",
        need="被外地厂家仿冒",
        proposal="三明维权援助中心",
    )


def test_what_was_not_given_or_belongs_to_no_known_form_is_empty() -> None:
    assert told({"诉求内容": None, "企业全称": False}, ANOTHER) == Told()
    assert told({"企业全称": "三明示例木业有限公司"}, None) == Told()
