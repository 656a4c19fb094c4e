"""Who is spoken of: the party at the head of a stretch of text, and whether it is the issuer."""

from __future__ import annotations

import re

_TAIL = (
    r"(?:管理部门|主管部门|部门|单位|企业|机构|高校|院校|学校|院所|研究所|事务所|中心|协会|学会"
    r"|商会|联盟|公司|集团|申请人|申报人"
    r"|申报者|申报方|申请者|专家|人员|各地|地方|地区|兵团|园区|开发区|高新区|新区|示范区|试验区"
    r"|集聚区|集群|团队|个人|代表|学员|作者"
    r"|委员会|管委会|办公室|处室|科室|支队|大队|参赛者|发明人|权利人|专利权人|代理师|代理人"
    r"|考生|教师|学生|家长|用户|商户|主体"
    r"|服务商|选手|参会者|街道办|街道|镇街|乡镇|社区|医院|银行|基地|实验室|联络员|负责人|推荐人"
    r"|投稿人|参与方|承办方|申办方|合作方"
    r"|政府|法院|检察院|分局|局|厅|委|办|科|股|处|所|站|社|组|会|院|部|省|市|州"
    r"|盟|旗|县|区|镇|乡|分行|支行|你们|你局|你单位)"
    r"(?:（[^（）]{1,40}）|\([^()]{1,40}\))?"
)
_LIST = r"(?:、|和|及|与|以及|或|或者|，(?=[各省市局有]))"
_ADVERB = (
    r"要|应|须|需|可|请|将|把|于|在|按|根据|结合|对|务必|务请|必须|负责|认真|积极|组织|统一"
    r"|严格|及时|尽快|抓紧|自行|自愿|登录|登陆"
    r"|通过|凭|填|报|提|推荐|向|以|做好|完成|从|至|不得|不再|逐|分别|指定|汇总|审核|审查|初审"
    r"|收到|收齐|收集|原则上|均|也|并|会同"
    r"|围绕|制定|聚焦|高度|切实|进一步|确保|依托|每|当年|年底|月底|当月|本月|次月|今年|于每"
    r"|最迟|最晚|即日|自|随|定期|参照|依据|依照"
    r"|联合|牵头|主动|安排|落实|上报|报送|提交|反馈|择优|遴选|如|若|所|具体|加强|全面|充分|广泛"
    r"|深入|立足|针对|选派|只能|限|同时|共同|[\d一二三四五六七八九十〇]"
)
_LEAD = re.compile(
    r"(?:(?:并|现|特|敬|烦|恳|务)?请(?=[^示求])|敬请|烦请|望|希望|希|要求|由|凡是?|同时|另外?"
    r"|其中|此外|原则上|届时|为此|因此|如有|然后|再"
    r"|以便|[\s　]|[（(]?[一二三四五六七八九十\d]{1,3}[)）.．、]|[①-⑳]"
    r"|第[一二三四五六七八九十百]+条)+"
)
_ASKED = re.compile(r"请|要求|望|务必|务请|敬请")
_PARTY = re.compile(rf"[^，,。；;：:]{{0,48}}?{_TAIL}(?={_LIST}|{_ADVERB})")
_GOES_ON = re.compile(rf"{_LIST}[^，,。；;：:]{{0,30}}?{_TAIL}(?={_LIST}|{_ADVERB})")
_NO_PARTY = re.compile(
    r"[经把将给]|(?<!有意)(?<!方)向(?!.*的)|报送|提交|上报|反馈|寄送|发送|逾期|如有|由于"
    r"|为了?(?!主)|关于|根据|按照|通过|截止|截至|时间|日期|\d月|\d日|材料|第.{1,3}[届批]$"
)
_NOT_WHO = re.compile(
    r"(?:全|我|本|该)(?:市|省|区|县|国|州)|(?:对|一|双|各|甲|乙)方|机会|社会|协会|现场|大会"
    r"|年会|名单|附件|每省|城市|超市|入市|上市|地市"
    r"|报名处|联系处|.|参会|开会|与会|逾期.*|其"
)
# 组织辖区企业填报 speaks to the addressees; 组织开展活动的企业 is a party.
_DOES = re.compile(
    r"(?:组织|实现|选择|选取|完成|报(?!名)|交|建成|指导|督促|统筹|引导|推动|支持|制定|开展|实施"
    r"|加强|在|要|认真|对|面向|围绕|动员|鼓励|联合|会同|协调|通知|安排"
    r"|发动|寄|送|发|提交|做好|经|及时|积极|结合|按|依托|通过|明确|确定|做|加快|落实|强化|深入"
    r"|全面|充分|不|可|应|须|需|均|也|填|登|全力|切实|征集|收集|遴选|汇总)"
)
_COLON = re.compile(r"^\s*([^，。；：:]{2,30})[：:]")

_OWN = re.compile(
    r"(?:由)?(?:我|本)(?:省|市|县|区|州)?(?:[\u4e00-\u9fff]{0,12})?(?:局|厅|委|部|办|会|中心|司"
    r"|处|科|办公室|委员会|协会|联盟|院)"
    r"|组委会|组织委员会|主办方|主办单位|承办单位|大赛组委会|评审委员会|评委会|评审组|专家组"
    r"|评审专家组|活动办公室"
)
_LEVEL = re.compile(r"^(国家|省|市|区|县|州|自治区)(?:级)?(局|厅|委|办)$")


def asked(text: str) -> bool:
    """Whether the words turn to the addressees (请, 要求, 务必)."""
    return bool(_ASKED.search(text))


def party(segment: str) -> tuple[int, int] | None:
    """Where the acting party stands at the head of the segment: 各市局 in 请各市局于…."""
    lead = _LEAD.match(segment)
    begin = lead.end() if lead else 0
    found = _PARTY.match(segment, begin)
    if not found:
        return None
    end = found.end()
    while more := _GOES_ON.match(segment, end):
        end = more.end()
    name = segment[begin:end]
    plain = re.sub(r"[（(].*?[）)]", "", name)
    if _NOT_WHO.fullmatch(plain) or _NO_PARTY.search(plain):
        return None
    return None if _DOES.match(plain) and "的" not in plain else (begin, end)


def speaker(text: str) -> tuple[int, int] | None:
    """The party before a colon that opens a paragraph: 各地区：做好…; a label is none."""
    found = _COLON.match(text)
    if not found or not re.fullmatch(rf"[^，。；：:]{{0,28}}?{_TAIL}", found[1].strip()):
        return None
    return (found.start(1), found.end(1)) if party(found[1].strip() + "要") else None


def is_issuer(who: str, issuer: str | None) -> bool:
    """我局, 组委会, the issuer by its name, or 省局 in a notice of a province's bureau."""
    if _OWN.fullmatch(who):
        return True
    if issuer is None:
        return False
    if who == issuer or (len(who) > 3 and issuer.endswith(who)):
        return True
    level = _LEVEL.match(who)
    if level is None:
        return False
    return level_of(issuer) == level[1][0] and issuer.endswith(level[2])


def level_of(issuer: str) -> str | None:
    """国, 省, 市, 区 or 县: whose bureau the issuer is."""
    if issuer.startswith(("国家", "中国", "中华", "全国")):
        return "国"
    levels = re.findall(r"自治区|省|市|县|区|州", issuer)
    return levels[-1][0].replace("自", "省") if levels else None
