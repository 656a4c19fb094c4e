"""What a demand can be matched with: institutions, experts, products, training. Admins keep it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from knowledge.divisions import Divisions
from knowledge.regions import NATION
from knowledge.strict import Strict, Text
from knowledge.yaml_source import Loc

FOLDER = "resources/"

ResourceId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{1,40}$")]
ResourceKind = Literal["institution", "expert", "product", "training"]


class Resource(Strict):
    """One of them. It serves those `regions` and all that lies in them."""

    id: ResourceId
    name: Text
    kind: ResourceKind = Field(description="服务机构、专家、金融等产品、培训课程")
    tasks: tuple[Text, ...] = Field(
        (), description="key tasks of the demand form, or words of their names (质押); none: all"
    )
    regions: tuple[Text, ...] = Field((NATION,), min_length=1, description="full names; 全国")
    contact: Text | None = Field(None, description="whom staff call, and how")
    limits: Text | None = Field(None, description="whom it is not for, and up to what: 单笔500万元")
    cues: tuple[Text, ...] = Field((), description="words in a need that it answers (流动资金)")
    public: bool = Field(False, description="a public service, without charge: goes before others")


class ResourceFile(Strict):
    """One file of `resources/`."""

    resources: tuple[Resource, ...] = ()


def unsound(
    files: Mapping[str, ResourceFile], divisions: Divisions
) -> Iterator[tuple[str, Loc, str]]:
    """(file, place, what is wrong) of each id that comes twice and each region that is none."""
    owners: dict[str, str] = {}
    for file, held in files.items():
        for place, resource in enumerate(held.resources):
            at: Loc = ("resources", place)
            if resource.id in owners:
                there = f"there is another one in {owners[resource.id]}"
                yield file, (*at, "id"), f'"{resource.id}": {there}'
            owners.setdefault(resource.id, file)
            for number, region in enumerate(resource.regions):
                if divisions.lineage(region)[-1] != NATION:
                    meant = divisions.find(region)
                    advice = f": write {meant}" if meant else ""
                    told = f'"{region}" is no division{advice}'
                    yield file, (*at, "regions", number), told
