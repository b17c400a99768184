import importlib
import subprocess
import sys
from pathlib import Path

import pytest
from markupsafe import Markup

from campaigns.language.catalogue import catalogue
from campaigns.model.language import Language
from campaigns.web.pages import TEMPLATES, best_language, environment, render, say
from tools.catalogues import by_domain
from tools.extraction import extract

ROOT = Path(__file__).parents[2]


@pytest.mark.slow
@pytest.mark.parametrize("language", [Language.HY, Language.KA])
def test_every_text_of_the_pages_is_translated(language):
    texts = by_domain(extract(ROOT))["web"]
    words = catalogue("web", language)

    assert len(texts) > 50
    assert [text for text in texts if words.gettext(str(text)) == text] == []


@pytest.mark.parametrize("path", sorted(TEMPLATES.glob("*")), ids=lambda path: path.name)
def test_no_template_trusts_a_value_or_runs_a_script(path):
    source = path.read_text(encoding="utf-8")

    assert "|safe" not in source.replace(" ", "")
    assert "autoescape false" not in source
    assert " style=" not in source
    assert " onclick" not in source
    assert source.count("<script") == source.count('<script type="application/ld+json">')


def test_neither_values_nor_translations_bring_markup_in():
    said = say(Language.EN, "<i>{name}</i>", name="<b>{shop}")

    assert said == Markup("&lt;i&gt;&lt;b&gt;{shop}&lt;/i&gt;")


def test_a_forgotten_value_is_an_error_and_no_hole(now):
    with pytest.raises(Exception, match="undefined"):
        render("unsubscribe.html", Language.EN, shop="", site="", brand=None)


def test_an_environment_is_made_once():
    assert environment(Language.KA) is environment(Language.KA)


@pytest.mark.parametrize("accepted", ["hy;q=1.0.0", "hy;q=-1", "hy;q=١", "hy;q=1e9", "hy;level=1"])
def test_an_odd_wish_is_still_a_wish(accepted):
    assert best_language(accepted, Language.EN) is Language.HY


@pytest.mark.slow
def test_the_public_process_never_loads_the_marketers_interface():
    program = "import sys, campaigns.web.app; print([m for m in ('streamlit','pandas') if m in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, cwd=ROOT, check=True
    )

    assert importlib.util.find_spec("streamlit")
    assert done.stdout.strip() == "[]"
