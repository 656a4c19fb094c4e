"""Why a resource fits a demand, and why two demands may be one: said to staff."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.regions import NATION


def fits_task(named: str) -> str:
    return f"适用“{named}”"


def fits_any_task() -> str:
    return "不限重点任务"


def speaks_of(words: Sequence[str]) -> str:
    return f"需求提到{_quoted(words)}"


def serves(region: str) -> str:
    return "面向全国" if region == NATION else f"服务{region}"


def region_unknown(regions: Sequence[str]) -> str:
    return f"企业所在地不明，它服务{'、'.join(regions)}，请先核实"


def free_of_charge() -> str:
    return "公益服务"


def matched_so_far(times: int) -> str:
    return f"此前匹配过{times}次" if times else "还没有匹配过"


def mind(limits: str) -> str:
    return f"请留意：{limits}"


def same_need(company: str, need: str) -> str:
    return f"{company}，{need}"


def same_company() -> str:
    return "同一家企业"


def short_company() -> str:
    return "企业名称像是同一家的简称和全称"


def company_mistyped() -> str:
    return "企业名称只差个别字，像是同一家"


def word_for_word() -> str:
    return "需求一字不差"


def both_speak_of(words: Sequence[str]) -> str:
    return f"都提到{_quoted(words)}"


def of_one_task(task: str) -> str:
    return f"都属“{task}”"


def _quoted(words: Sequence[str]) -> str:
    return "".join(f"“{word}”" for word in words)
