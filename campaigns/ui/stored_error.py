"""Errors that a job left in its row, as errors again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from campaigns.errors import CampaignsError


def rebuilt(stored: Mapping[str, Any]) -> CampaignsError:
    """Return the error that ``stored`` (code and facts) describes."""
    return CampaignsError(str(stored.get("code", "unexpected")), **stored.get("facts", {}))
