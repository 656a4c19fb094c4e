"""What somebody does with or by a date: the verbs of official notices, in three classes.

`hand`: something reaches somebody, or an applicant acts (报送, 申报, 反馈, 缴纳). `finish`: a piece
of work is done (完成, 制定, 启动). `host`: what issuers and other bodies do (公布, 评审, 召开).
Words that are verbs as well as the first half of a noun (申报材料, 推荐名单) are told apart by what
follows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

Kind = Literal["hand", "finish", "host"]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_DELIVER = _words("""
报送 提交 提报 上报 呈报 报告 报备 报批 反馈 寄送 邮寄 寄达 寄至 寄到 寄往 寄出 发送 发至 发到
发往 发给 传至 传真 送达 送至 送到 送交 报至 交至 交到 交给 交回 上交 递交 呈交 呈送 转交 转送
转报 移交 投递 投稿 上传 回传 回复 函告 函复 函报 回函 提供 缴至 投送 返回 返还 告知 提请 送审
递送 推送
""")
_APPLY = _words("""
申报 申请 报名 推荐 填报 填写 登记 注册 备案 缴纳 缴费 交费 缴款 汇款 支付 录入 更新 提出 补充
补正 补交 补报 补录 修改 确认 领取 申领 办理 签订 签署 签约 参加 参评 参赛 参展 认领 续展 预约
投标 自查 整改 复核 初审 审核 报审 出具 投票 接龙 征集 收集 荐报 核实 核对 汇总 认购 退回 注销
变更 报价 购买 年报 反映 举报 退费 交纳 清退 公开 征求 填答 作答 应聘 录制 制作 撰写 起草 撤回
改正 答复 陈述 扫码 加入 预订 订房 研提 付清 结清 汇入 受理 选送 选派 选报 遴选推荐 择优推荐
组织申报 提名
""")
_FINISH = _words("""
完成 做好 制定 出台 建立 落实 实现 形成 建成 启动 部署 组织 开展 梳理 整理 编制 召集 安排 推进
实施 达到 印制 细化 确定 明确 配齐 办结 结题 竣工 总结 完善 成立 印发 制订 修订 消除 解决 清理
排查 摸排 调研 核查 督促 配合 盘点
""")
_HOST = _words("""
公布 公示 公告 发布 召开 举办 举行 评审 评选 评定 遴选 审定 认定 下达 拨付 批复 通报 颁奖 验收
抽查 检查 督查 督导 考核 考评 评估 审查 复审 审批 立项 奖励 表彰 授牌 答辩 约谈 处理 处罚 施行
生效 执行 废止 抽取 抽检 宣布 揭晓 播出 开幕 闭幕 开馆 开考 开课 开班 开标 报到 签到 入住 返程
离会 集合 乘车 参会 培训 考试 面试 笔试 路演 展出 展示 展览 开庭 审议 出版 发放 颁发
""")
# Nothing but a verb: what follows is its object, 填写汇总表.
_MOSTLY_NOUN = _words("报告 投稿 回函 传真 总结 函复")
_TO_WHOM = re.compile(r"[我省市国各给至到向]|$")
_NEVER_NOUN = (_DELIVER - _MOSTLY_NOUN) | _words(
    "填写 提出 出具 缴纳 录入 完成 领取 签订 办理 制定 做好 建立 落实 形成 组织 开展"
)
# Done on the way to handing in: 汇总后报送, 审核并上报.
_ON_THE_WAY = _words("汇总 审核 初审 填写 核实 核对 整理 收集 梳理 登记 复核 填报 组织 受理 制作")

_NOUN_TAILS = re.compile(
    r"材料|资料|作品|现场|会场|地点|当[天日]|表|书|单位|名单|名录|工作(?!方案|总结)|系统|平台|主体|对象|条件|要求|指南"
    r"|事项|流程|方式|程序|人员|人(?!才)|者"
    r"|企业|机构|部门|期限|截止|时间|日期|结果|函|文件|信息|数据|类别|类型|领域|数量|名额|指标"
    r"|费用|邮箱|电话|网站"
    r"|网址|地址|通道|入口|专区|页面|模块|渠道|回执|意见(?:表|书|函)|阶段|期间|范围|办法|管理"
    r"|服务|专家|会议|标准|档案|课程|号码?"
    r"|截图|链接|二维码|账号|用户|端|证|证书|证明|合同|协议|方向|等次|群|期|点|率|日起|之日|后"
    r"|过程|环节|窗口"
)
_KINDS: dict[str, Kind] = {
    **dict.fromkeys(_HOST, "host"),
    **dict.fromkeys(_FINISH, "finish"),
    **dict.fromkeys(_APPLY, "hand"),
    **dict.fromkeys(_DELIVER, "hand"),
}
_OFFICE_NEXT = (
    r"(?=[^，,。；;流通易付代叉接换互锋替纳涉底]{1,14}[局厅处科室办部委股组](?:[，,。；;（(备汇]"
    r"|$))"
)
_SHORT = (
    r"报(?=[^名告到表销纸考价经刊道账废批备送审酬]|$)"
    r"|[寄发交送](?=[至到往给回我省市各县区所属本]|办公)|[寄报送](?=·+[至到给我省市：:])"
    rf"|[交送]{_OFFICE_NEXT}"
)
_VERB = re.compile("|".join(sorted(_KINDS, key=len, reverse=True)) + "|" + _SHORT)
_DATING = re.compile(r"时[间限]|期限|日期|情况|率")
_LINKED = re.compile(r"(?:后|并|、|和|及|完毕|盖章|统一|，)*")


@dataclass(frozen=True, slots=True)
class Act:
    """A verb at `start:end` of the text that was looked at. `noun`: it only begins a noun there.
    `delivers`: what follows may be the receiver."""

    start: int
    end: int
    verb: str
    kind: Kind
    noun: bool
    delivers: bool


def acts_in(text: str) -> Iterator[Act]:
    """The verbs of the text in reading order."""
    for match in _VERB.finditer(text):
        verb = match[0]
        short = len(verb) == 1
        kind = "hand" if short else _KINDS.get(verb)
        if kind is not None:
            noun = not short and _is_noun(text, verb, match.end())
            yield Act(match.start(), match.end(), verb, kind, noun, short or verb in _DELIVER)


def _is_noun(text: str, verb: str, end: int) -> bool:
    if _DATING.match(text, end):
        return True
    if verb in _MOSTLY_NOUN:
        return not _TO_WHOM.match(text, end)
    return verb not in _NEVER_NOUN and bool(_NOUN_TAILS.match(text, end))


def main_act(acts: Iterable[Act], text: str) -> Act | None:
    """The verb that says what is done: the first real one, or the delivery that it leads to."""
    every = list(acts)
    real = [act for act in every if not act.noun]
    if not real:
        return every[0] if every else None
    for act, following in pairwise(real):
        linked = _LINKED.fullmatch(text, act.end, following.start)
        if act.verb not in _ON_THE_WAY or not (linked and following.kind == "hand"):
            return act
    return real[-1]
