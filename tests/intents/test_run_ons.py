"""Several things in one breath: where one ends and the next begins."""

from __future__ import annotations

import pytest

from intents.filling.heard import Asked, Heard
from intents.filling.reading import introduces, read
from intents.slots.text import need_slot
from knowledge.model import DemandForm

HELD: dict[str, str | bool] = {"手机": "13900005679", "联系电话": "0598-8200001"}


def heard(text: str, form: DemandForm, **asked: object) -> Heard:
    return read(text, form, Asked(**asked))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("said", "values"),
    [
        (
            "我这边是三明那个示例木业的叫陈一电话一三九零零零零零零零一想把手上三件实用新型转出去",
            {
                "单位名称": "三明示例木业",
                "联系人": "陈一",
                "手机": "13900000001",
                "服务需求事项": "想把手上三件实用新型转出去",
            },
        ),
        (
            "想用专利质押贷款我们是福建示例印刷股份有限公司我姓倪叫倪海峰有事打13900000002就行",
            {
                "单位名称": "福建示例印刷股份有限公司",
                "联系人": "倪海峰",
                "手机": "13900000002",
                "服务需求事项": "想用专利质押贷款",
            },
        ),
        (
            "我叫欧阳伟，在泉州示例电子商务有限公司科技处做负责人",
            {
                "单位名称": "泉州示例电子商务有限公司",
                "联系人": "欧阳伟",
                "所在处室": "科技处",
                "职务": "负责人",
            },
        ),
        (
            "部门：法务部职位：主任银行要专利评估报告才肯放款",
            {"所在处室": "法务部", "职务": "主任", "服务需求事项": "银行要专利评估报告才肯放款"},
        ),
        (
            "想请专家讲课。邵武示例合作社 汤工，手机13900000003",
            {
                "单位名称": "邵武示例合作社",
                "联系人": "汤工",
                "手机": "13900000003",
                "服务需求事项": "想请专家讲课",
            },
        ),
        ("找黄金水，13900000004", {"联系人": "黄金水", "手机": "13900000004"}),
        ("阿英（13900000005）", {"联系人": "阿英", "手机": "13900000005"}),
        ("Tom Lee（13900000006）", {"联系人": "Tom Lee", "手机": "13900000006"}),
        ("13900000007，就这个号，微信同号", {"手机": "13900000007"}),
        ("【联系人】王敏【手机】13900000008", {"联系人": "王敏", "手机": "13900000008"}),
    ],
)
def test_one_breath_tells_each_slot(
    said: str, values: dict[str, str], shipped_form: DemandForm
) -> None:
    assert dict(heard(said, shipped_form).values) == values


@pytest.mark.parametrize(
    "need",
    [
        "我们是做海带加工的想申请地理标志",
        "想找高校合作搞技术攻关",
        "外观专利被深圳一家公司仿了打官司没钱",
        "我们公司缺懂商标的人",
        "现在公司没有知识产权管理制度希望有人指导",
        "园区企业想听质押融资政策宣讲",
        "服务机构想办职业宣讲缺学校资源",
    ],
)
def test_a_need_is_not_cut_up(need: str, shipped_form: DemandForm) -> None:
    asked = need_slot(shipped_form)
    assert dict(heard(need, shipped_form, slot=asked).values) == {"服务需求事项": need}


@pytest.mark.parametrize("label", ["需求：", "需求:", "我们的需求是：", "服务需求事项："])
def test_a_need_told_at_length_is_kept_without_its_label(
    label: str, shipped_form: DemandForm
) -> None:
    need = "想做专利权质押贷款" + "厂房扩建要用流动资金" * 20
    for asked in (None, need_slot(shipped_form)):
        said = heard(f"{label}{need}", shipped_form, slot=asked)
        assert dict(said.values) == {"服务需求事项": need}


@pytest.mark.parametrize(
    ("said", "slot", "number"),
    [
        ("手机尾号是5678不是5679", "手机", "13900005678"),
        ("尾号5678，不是5679", "手机", "13900005678"),
        ("手机最后四位打错了，应该是五六七八", "手机", "13900005678"),
        ("座机后四位是0002", "联系电话", "0598-8200002"),
    ],
)
def test_the_end_of_a_number_is_corrected(
    said: str, slot: str, number: str, shipped_form: DemandForm
) -> None:
    assert dict(heard(said, shipped_form, values=HELD).values) == {slot: number}


def test_the_end_of_a_number_that_nobody_gave_corrects_nothing(shipped_form: DemandForm) -> None:
    assert "手机" not in heard("手机尾号是5678不是5679", shipped_form).values


@pytest.mark.parametrize(
    ("said", "slot", "value"),
    [
        ("连系人：陈四", "联系人", "陈四"),
        ("电活13900000009", "手机", "13900000009"),
        ("油箱：a@example.com", "电子邮件", "a@example.com"),
        ("单外：三明示例木业有限公司", "单位名称", "三明示例木业有限公司"),
    ],
)
def test_a_label_may_be_written_by_ear(
    said: str, slot: str, value: str, shipped_form: DemandForm
) -> None:
    assert heard(said, shipped_form).values.get(slot) == value


def test_a_right_credit_code_is_neither_phone_nor_need(shipped_form: DemandForm) -> None:
    read_ = heard("三明示例木业有限公司 913504001581427114 陈一 13900000001", shipped_form)
    assert dict(read_.values) == {
        "单位名称": "三明示例木业有限公司",
        "联系人": "陈一",
        "手机": "13900000001",
    }


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("913504001581427114", "核对无误"),
        ("913504001581427110", "校验位"),
        ("91350400158142711", "17位"),
    ],
)
def test_a_credit_code_is_checked(code: str, told: str, shipped_form: DemandForm) -> None:
    read_ = heard(f"统一社会信用代码：{code}", shipped_form)
    assert not read_.values
    assert told in read_.remarks[0]


@pytest.mark.parametrize(
    ("said", "introduced"),
    [
        ("你好，上杭示例铜业有限公司总经理罗建国，手机13900000327", True),
        ("我是安溪示例茶叶合作社的老李 我们这里几十户种茶的想搞那个地理标志", True),
        ("万里行活动什么时候结束？", False),
        ("福建省哪家单位负责质押融资", False),
        ("联系人是谁，电话多少", False),
    ],
)
def test_who_introduces_oneself(said: str, introduced: bool, shipped_form: DemandForm) -> None:
    assert introduces(said, shipped_form) is introduced


@pytest.mark.parametrize("name", ["王小二", "王小明", "许三多", "张三"])
@pytest.mark.parametrize("said", ["联系人换成{}了", "联系人改成{}吧", "联系人现在是{}啦"])
def test_a_name_is_whole_before_a_particle(shipped_form: DemandForm, said: str, name: str) -> None:
    assert heard(said.format(name), shipped_form).values == {"联系人": name}
