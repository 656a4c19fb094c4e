"""The running assistant: everything that touches a network, a clock or a screen."""

import os

# No plugins of pydantic are in use, and the search for them among all that is installed takes a
# tenth of the time to start.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
