"""The tests run several processes at once, so polars' threads would only wait for one another."""

import os

os.environ.setdefault("POLARS_MAX_THREADS", "1")  # read when polars is first used
