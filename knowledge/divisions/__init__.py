"""Every county of the country: where the sender of a form is from. Questions go by `regions`."""

from knowledge.divisions.divisions import Divisions
from knowledge.divisions.gazetteer import Gazetteer

__all__ = ["Divisions", "Gazetteer"]
