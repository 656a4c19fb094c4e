"""What is there to stay is set aside from the collector of garbage; what is free is given back.

It holds up every answer while it looks at all that there is: a tenth of a second and more, of which
a served snapshot is nearly everything. What was set aside and is needed no more goes only here.
"""

from __future__ import annotations

import gc

from bot.allocating import give_back


def settle() -> None:
    """For when something large was begun, or took the place of another."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()
    give_back()
