"""Two forms of the tests' own: one like a demand list, one for a roadshow with other slots."""

from __future__ import annotations

from knowledge.model import DemandForm, KeyTask, Slot

DEMANDS = DemandForm(
    attachment="附件1",
    title="需求清单",
    slots=(
        Slot(
            name="单位名称",
            kind="company",
            prompt="请问单位名称是？",
            required=True,
            ask=True,
            labels=("单位", "公司"),
        ),
        Slot(
            name="联系人",
            kind="person",
            prompt="联系人怎么称呼？",
            required=True,
            ask=True,
            personal=True,
        ),
        Slot(name="部门", kind="text", prompt="在哪个部门？"),
        Slot(name="职务", kind="text", prompt="什么职务？"),
        Slot(
            name="手机",
            kind="mobile",
            prompt="手机号是？",
            required=True,
            ask=True,
            personal=True,
            labels=("电话",),
        ),
        Slot(name="联系电话", kind="phone", prompt="座机是？", personal=True, labels=("座机",)),
        Slot(name="电子邮件", kind="email", prompt="邮箱是？", ask=True, personal=True),
        Slot(name="重点任务", kind="choice", prompt="属于哪一类？", required=True, ask=True),
        Slot(
            name="需求事项",
            kind="text",
            prompt="需要什么帮助？",
            required=True,
            ask=True,
            labels=("需求",),
        ),
        Slot(
            name="需国家局协调",
            kind="yesno",
            prompt="需要国家局协调吗？",
            required=True,
            ask=True,
            labels=("国家局支持", "国家知识产权局协调"),
        ),
        Slot(name="资源建议", kind="text", prompt="想匹配什么？"),
    ),
    key_tasks=(
        KeyTask(name="开展质押融资行动", cues=("质押", "贷款", "银行")),
        KeyTask(name="开展转移转化行动", cues=("转让", "许可", "闲置")),
        KeyTask(name="其他", cues=("版权",)),
    ),
)

ROADSHOW = DemandForm(
    attachment="附件2",
    title="路演报名表",
    slots=(
        Slot(name="负责人", kind="person", prompt="负责人是谁？", required=True, ask=True),
        Slot(name="热线", kind="phone", prompt="怎么给您打电话？", required=True, ask=True),
        Slot(name="项目", kind="text", prompt="想展示什么项目？", required=True, ask=True),
        Slot(
            name="场次",
            kind="choice",
            prompt="报哪一场？",
            required=True,
            ask=True,
            labels=("专场",),
        ),
        Slot(
            name="愿意上台路演",
            kind="yesno",
            prompt="愿意上台路演吗？",
            ask=True,
            labels=("上台",),
        ),
        Slot(name="公司", kind="company", prompt="公司是？", labels=("团队名称",)),
        Slot(name="回执邮箱", kind="email", prompt="回执发到哪个邮箱？", required=True, ask=True),
    ),
    key_tasks=(
        KeyTask(name="智能制造专场", cues=("机器人", "数控")),
        KeyTask(name="生物医药专场", cues=("疫苗", "试剂")),
    ),
)
