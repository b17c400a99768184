"""What runs in the background, when, and how it is taken up again after a crash.

A row of the table ``job`` is the truth (``campaigns.store.work`` writes it). Huey only carries
its id to a thread; a message that is lost, doubled or late changes nothing, because a thread
first claims the row for the time of a lease (``rows``), and a ticker hands every row that nobody
holds to Huey again (``worker``). What a job of each kind does stands in ``handlers``.
"""

from campaigns.jobs.here import run_here
from campaigns.jobs.worker import run_worker

__all__ = ["run_here", "run_worker"]
