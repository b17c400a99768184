"""What SpamAssassin thinks of the shipped letters, offline, where it is installed."""

import re
import shutil
import subprocess

import pytest

from campaigns.clock import utcnow
from campaigns.letters.design import designs_for
from campaigns.letters.library import load, shipped
from campaigns.letters.mime import message
from campaigns.letters.preview import sample_values
from campaigns.letters.render import compile_text
from campaigns.model.language import Language

PROGRAM = shutil.which("spamassassin")
LIMIT = 2.0
ALLOWED = {"HTML_MESSAGE", "NO_RELAYS", "NO_RECEIVED"}
"""Rules that only say what a mail is made of, and that none of these has travelled yet."""
_STATUS = re.compile(
    r"^X-Spam-Status: \w+, score=(-?[\d.]+) .*?tests=([\w,\s]*?)\s+(?=\w+=)", re.MULTILINE
)


def mails(name, brand):
    for language in Language:
        for number, source in enumerate(load(None, name).texts[language]):
            text = compile_text(source, language, brand).text
            for design in designs_for(text)[: 1 if number else None]:
                compiled = compile_text(source, language, brand, design=design)
                mail = message(
                    compiled.render(sample_values(language)), brand=brand, language=language,
                    to_address="ani@example.com", to_name="", message_id="<20261122120000.7f3a91c2d4@nur.example>",
                    unsubscribe_url="https://nur.example/u/x", date=utcnow(),
                )  # fmt: skip
                yield f"{name} {language} {number} {design}", mail.as_bytes()


def scores(folder, found):
    """Return score and rules of each mail; one start of the program for all of them."""
    names = []
    for number, (name, content) in enumerate(found):
        (folder / f"{number:04}.eml").write_bytes(content)
        names.append(name)
    paths = sorted(folder.glob("*.eml"))
    done = subprocess.run([PROGRAM, "-L", *paths], capture_output=True, text=True, check=True)
    said = _STATUS.findall(done.stdout)
    assert len(said) == len(names)
    return {
        name: (float(score), set(re.split(r"[,\s]+", rules)) - {"none", ""})
        for name, (score, rules) in zip(names, said, strict=True)
    }


@pytest.mark.slow
@pytest.mark.skipif(PROGRAM is None, reason="SpamAssassin is not installed here")
@pytest.mark.timeout(300)
@pytest.mark.parametrize("name", shipped())
def test_no_shipped_letter_looks_like_spam_in_any_language_or_design(name, brand, tmp_path):
    for mail, (score, rules) in scores(tmp_path, mails(name, brand)).items():
        assert score < LIMIT, (mail, rules)
        assert rules <= ALLOWED, mail
