"""How often customers hear from the shop, through the command line."""

import pytest


@pytest.mark.slow
def test_limits_are_saved_one_by_one_and_shown(shop):
    assert shop.json("limits", "show") == {"limits": ["1/1", "2/7", "6/30"], "holdout": 0}
    assert shop.json("limits", "set", "3/14", "1/2")["limits"] == ["3/14", "1/2"]
    assert shop.json("limits", "set", "--holdout", "5")["holdout"] == 5
    assert shop.json("limits", "show") == {"limits": ["1/2", "3/14"], "holdout": 5}
    assert shop.json("limits", "set", "--none") == {"limits": [], "holdout": 5}


@pytest.mark.parametrize("words", [["7"], ["1/1", "2/1"], ["1/1", "--none"], ["1/91"]])
def test_what_is_no_limit_is_refused(run, words):
    assert run("limits", "set", *words).exit_code == 1
