"""Staff are offered the resources that fit best, with the reasons, evenly over equals."""

from __future__ import annotations

import pytest

from intents.matching import Fit, fitting
from knowledge.resources import Resource
from knowledge.snapshot import KnowledgeBase

PLEDGE = "开展知识产权质押融资“入园惠企”行动"
HELP = "开展知识产权惠企助企行动"
NEED = "流动资金紧张，想用专利质押贷款"


def resource(id_: str, **given: object) -> Resource:
    return Resource.model_validate({"id": id_, "name": f"示例{id_}", "kind": "institution"} | given)


def offered(
    kb: KnowledgeBase,
    *held: Resource,
    need: str = NEED,
    task: str | None = PLEDGE,
    region: str | None = "思明区",
    loads: dict[str, int] | None = None,
) -> list[Fit]:
    own = KnowledgeBase(
        kb.notices[:1], kb.lexicon, kb.regions, divisions=kb.divisions, resources=held
    )
    own.related = kb.related
    return fitting(need, task, region, own, loads or {})


def ids(fits: list[Fit]) -> list[str]:
    return [fit.resource.id for fit in fits]


def told(fits: list[Fit]) -> str:
    return "；".join(fits[0].reasons)


def test_of_the_same_key_task_goes_before_what_is_for_any(kb: KnowledgeBase) -> None:
    fits = offered(kb, resource("any"), resource("loan", tasks=["质押融资"]))
    assert ids(fits) == ["loan", "any"]
    assert "“质押融资”" in told(fits)


def test_what_nothing_speaks_for_is_left_out(kb: KnowledgeBase) -> None:
    rights, tea = resource("rights", tasks=["维权"]), resource("tea", tasks=["地理标志"])
    assert offered(kb, rights, tea) == []


def test_a_word_of_the_need_speaks_for_what_is_of_another_task(kb: KnowledgeBase) -> None:
    fits = offered(kb, resource("funds", tasks=["惠企"], cues=["流动资金", "补贴"]))
    assert ids(fits) == ["funds"]
    assert "“流动资金”" in told(fits)
    assert "补贴" not in told(fits)


def test_more_words_of_the_need_go_first(kb: KnowledgeBase) -> None:
    one = resource("a1", tasks=["质押"], cues=["评估"])
    two = resource("b1", tasks=["质押"], cues=["流动资金", "贷款"])
    assert ids(offered(kb, one, two)) == ["b1", "a1"]


def test_a_word_of_the_need_says_more_than_the_place(kb: KnowledgeBase) -> None:
    near = resource("near", tasks=["惠企助企"], regions=["厦门市"])
    far = resource("far", tasks=["惠企助企"], cues=["导航"])
    assert ids(offered(kb, near, far, need="想做专利导航", task=HELP)) == ["far", "near"]


def test_who_lists_more_words_for_the_same_thing_fits_no_better(kb: KnowledgeBase) -> None:
    need = "资金紧张，想找银行贷点款"
    short = resource("short", tasks=["质押"], cues=["融资"])
    long = resource("long", tasks=["质押"], cues=["融资", "金融服务", "银企对接", "助企纾困"])
    first, second = offered(kb, short, long, need=need)
    assert first.score == second.score


def test_everyday_words_stand_for_the_resources_own(kb: KnowledgeBase) -> None:
    fits = offered(
        kb, resource("course", cues=["培训"]), resource("other", cues=["海外"]),
        need="员工不懂专利，想请老师来讲课", task=HELP,
    )  # fmt: skip
    assert ids(fits) == ["course", "other"]
    assert "“讲课”" in told(fits)


def test_what_is_denied_speaks_for_nothing(kb: KnowledgeBase) -> None:
    fits = offered(
        kb, resource("loan", tasks=["保护"], cues=["质押"]),
        need="不是质押，想把商标保护好", task=None,
    )  # fmt: skip
    assert "质押" not in told(fits)


def test_where_no_key_task_is_known_the_need_tells_it(kb: KnowledgeBase) -> None:
    held = (resource("loan", tasks=["质押"]), resource("sale", tasks=["转移转化"]))
    assert ids(offered(kb, *held, task=None)) == ["loan"]
    assert ids(offered(kb, *held, task="其他")) == ["loan"]


def test_the_nearest_goes_first_and_who_does_not_serve_the_place_is_left_out(
    kb: KnowledgeBase,
) -> None:
    fits = offered(
        kb,
        resource("nation"),
        resource("province", regions=["福建省"]),
        resource("city", regions=["漳州市", "厦门市"]),
        resource("elsewhere", regions=["泉州市"]),
        resource("abroad", regions=["昆山市"]),
    )
    assert ids(fits) == ["city", "province", "nation"]
    assert [fit.reasons[1] for fit in fits] == ["服务厦门市", "服务福建省", "面向全国"]


@pytest.mark.parametrize("region", [None, "福建省"])
def test_an_unknown_city_is_told_and_not_guessed(kb: KnowledgeBase, region: str | None) -> None:
    fits = offered(kb, resource("city", regions=["厦门市"]), resource("nation"), region=region)
    assert set(ids(fits)) == {"city", "nation"}
    (city,) = (fit for fit in fits if fit.resource.id == "city")
    assert any("所在地不明" in reason and "厦门市" in reason for reason in city.reasons)


def test_equals_are_spread_evenly_the_least_matched_first(kb: KnowledgeBase) -> None:
    held = tuple(resource(id_, tasks=["质押"]) for id_ in ("a1", "b1", "c1"))
    loads: dict[str, int] = {}
    for _ in range(9):
        best = offered(kb, *held, loads=loads)[0].resource.name
        loads[best] = loads.get(best, 0) + 1
    assert loads == {"示例a1": 3, "示例b1": 3, "示例c1": 3}


def test_spreading_never_goes_before_fitting(kb: KnowledgeBase) -> None:
    held = (resource("fits", tasks=["质押"]), resource("any"))
    assert ids(offered(kb, *held, loads={"示例fits": 50})) == ["fits", "any"]


def test_a_public_service_goes_before_its_equals_only(kb: KnowledgeBase) -> None:
    paid, free = resource("a-paid", tasks=["质押"]), resource("b-free", tasks=["质押"], public=True)
    fits = offered(kb, paid, free, resource("c-free", public=True), loads={"示例b-free": 5})
    assert ids(fits) == ["b-free", "a-paid", "c-free"]
    assert "公益服务" in told(fits)


def test_limits_are_told_last_as_a_caution(kb: KnowledgeBase) -> None:
    fits = offered(kb, resource("loan", tasks=["质押"], limits="单笔不超过500万元"))
    assert fits[0].reasons[-1] == "请留意：单笔不超过500万元"


def test_the_order_of_the_files_plays_no_part(kb: KnowledgeBase) -> None:
    held = [resource(id_, tasks=["质押"]) for id_ in ("b1", "a1")]
    assert ids(offered(kb, *held)) == ids(offered(kb, *held[::-1])) == ["a1", "b1"]


def test_no_resources_no_offers(kb: KnowledgeBase) -> None:
    assert offered(kb) == []
