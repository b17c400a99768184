"""A third-party package has one home, so that it can be looked over, and replaced, in one place."""

from __future__ import annotations

import sys

import pytest

from tests.house.source import imported, modules

HOMES = {
    "tetrak_translit": ("campaigns/language/",),
    "streamlit": ("campaigns/ui/", "app.py"),
    "babel": ("campaigns/language/", "tools/"),
    "jinja2": ("campaigns/letters/", "campaigns/web/", "tools/"),
    "mrml": ("campaigns/letters/",),
    "markdown_it": ("campaigns/letters/",),
    "fastexcel": ("campaigns/sheets/",),
    "openpyxl": ("campaigns/sheets/", "examples/"),
    "numpy": (
        "campaigns/sheets/reading/",
        "campaigns/letters/columns.py",
        "campaigns/letters/evaluation.py",
        "campaigns/letters/guards.py",
        "campaigns/letters/bulk.py",
        "campaigns/letters/tags.py",
        "campaigns/store/signing.py",
        "campaigns/store/suppressions.py",
        "campaigns/delivery/pairing.py",
        "campaigns/delivery/recipients.py",
        "campaigns/delivery/trial.py",
    ),
    "dns": ("campaigns/delivery/deliverability/",),
    "sendgrid": ("campaigns/delivery/",),
    "aiohttp": ("campaigns/delivery/",),
    "starlette": ("campaigns/web/", "campaigns/ui/", "app.py"),
    "alembic": ("campaigns/store/",),
    "huey": ("campaigns/jobs",),
    "redis": ("campaigns/jobs",),
    "click": ("campaigns/cli",),
    "holidays": ("campaigns/delivery/timing/windows.py",),
    "phonenumbers": ("campaigns/language/",),
    "reportlab": ("campaigns/letters/cards/",),
    "segno": ("campaigns/letters/cards/",),
    "pypdfium2": ("campaigns/letters/cards/",),
    "PIL": ("campaigns/letters/cards/", "campaigns/store/pictures.py", "tools/"),
    "fontTools": ("tools/",),
}
WITHOUT = {
    "campaigns/model/": {"campaigns"},
    "campaigns/errors.py": set(),
    "campaigns/settings.py": {"campaigns"},
    "campaigns/clock.py": set(),
}


@pytest.mark.parametrize("package", sorted(HOMES))
def test_a_package_is_imported_only_where_it_lives(package):
    strays = [
        name
        for name in modules("campaigns/", "app.py", "tools/", "examples/")
        if package in imported(name) and not name.startswith(HOMES[package])
    ]

    assert strays == []


@pytest.mark.parametrize("prefix", sorted(WITHOUT))
def test_the_lowest_layers_need_only_the_standard_library(prefix):
    allowed = set(sys.stdlib_module_names) | WITHOUT[prefix]

    assert {name: imported(name) - allowed for name in modules(prefix)} == {
        name: set() for name in modules(prefix)
    }
