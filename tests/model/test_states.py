import pytest

from campaigns.model.states import CAMPAIGN_MOVES, CampaignState, may_move


@pytest.mark.parametrize("state", CampaignState)
def test_nothing_is_sent_without_approval(state):
    if may_move(state, CampaignState.RUNNING):
        assert state in {
            CampaignState.APPROVED, CampaignState.SCHEDULED, CampaignState.PAUSED,
            CampaignState.DONE,
        }  # fmt: skip


def test_a_cancelled_campaign_stays_cancelled():
    assert CAMPAIGN_MOVES[CampaignState.CANCELLED] == frozenset()


def test_every_state_can_be_reached_from_the_draft():
    reached, edge = {CampaignState.DRAFT}, {CampaignState.DRAFT}
    while edge:
        edge = {then for now in edge for then in CAMPAIGN_MOVES[now]} - reached
        reached |= edge

    assert reached == set(CampaignState)
