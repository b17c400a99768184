"""Exchange rates through the command line."""

import pytest


@pytest.mark.slow
def test_a_rate_is_saved_and_shown_and_orders_are_converted_by_it(shop, tmp_path):
    saved = shop.json("rate", "set", "usd", "405.5", "--from", "2026-01-01")

    assert (
        saved.items()
        >= {"in": "AMD", "currency": "USD", "from": "2026-01-01", "value": "405.5"}.items()
    )
    orders = tmp_path / "dollars.csv"
    orders.write_text(
        "Order ID,Customer ID,Date,Amount\nO-9,C-3,2026-02-01,$10\n", encoding="utf-8"
    )
    assert shop.json("import", str(orders))["uploads"][0]["stored"] == 1
    [found] = shop.json("rate", "list")["rates"]
    assert found["value"] == "405.5"
    explained = shop.json("segment", "explain", "orders >= 1 and revenue = 4055")
    assert explained["count"] == 1


def test_a_rate_of_the_shops_own_currency_or_of_nothing_is_refused(run):
    assert "expected one of GEL" in run("rate", "set", "AMD", "1").stderr
    assert "a number above 0" in run("rate", "set", "USD", "0").stderr
    assert run("rate", "set", "USD", "1.123456789").exit_code == 1
