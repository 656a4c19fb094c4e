"""`python -m bot` is `zhixing`."""

import sys

from bot.cli import main

sys.exit(main())
