import re

import pytest
from starlette.testclient import TestClient

from campaigns.web.app import create_app
from tests.support.factory import a_recipient


@pytest.mark.parametrize(
    "path", ["/hy/testimonials", "/t/x", "/u/x", "/static/pages.css", "/nothing", "/health"]
)
def test_every_answer_carries_the_headers_of_safety(light, path):
    headers = light.get(path).headers

    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; ")
    assert "script-src" not in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"]
    assert "set-cookie" not in headers


@pytest.mark.parametrize("path", ["/t/x", "/u/x", "/t/x/withdraw"])
def test_a_private_address_is_kept_private_even_when_it_is_wrong(light, path):
    headers = light.get(path).headers

    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cache-control"] == "no-store"
    assert "noindex" in headers["x-robots-tag"]


@pytest.mark.parametrize(
    ("language", "words"),
    [("hy", "Այսպիսի էջ չկա"), ("ka", "ასეთი გვერდი არ არსებობს"), ("en", "There is no such page")],
)
def test_a_missing_page_says_so_in_the_readers_language(light, language, words):
    by_browser = light.get("/nothing", headers={"Accept-Language": language})
    by_address = light.get(f"/{language}/nothing")

    for answer in (by_browser, by_address):
        assert answer.status_code == 404
        assert words in answer.text
        assert f'<html lang="{language}"' in answer.text


def test_a_wrong_method_names_the_right_ones(light):
    answer = light.delete("/u/x", headers={"Accept-Language": "hy"})

    assert answer.status_code == 405
    assert set(answer.headers["allow"].split(", ")) == {"GET", "HEAD", "POST"}
    assert "Այստեղ դա հնարավոր չէ անել" in answer.text


@pytest.mark.parametrize("path", ["/hy/testimonials", "/t/x", "/robots.txt"])
def test_head_answers_like_get_without_a_body(light, path):
    asked, headed = light.get(path), light.head(path)

    assert headed.status_code == asked.status_code
    assert headed.text == ""


def test_an_unexpected_error_shows_a_number_and_no_traceback(sqlite_workspace, now, caplog):
    recipient = a_recipient(sqlite_workspace, now=now, address="secret@example.am")
    signed = sqlite_workspace.signer.sign("testimonial", recipient.token)
    client = TestClient(create_app(sqlite_workspace, now=lambda: now))
    with sqlite_workspace.database.begin() as connection:
        connection.exec_driver_sql("DROP TABLE testimonial")

    answer = client.post(
        f"/t/{signed}",
        data={"text": "Secret words of mine", "display_name": "Secret", "consented": "yes"},
        headers={"Accept-Language": "ka"},
    )

    assert answer.status_code == 500
    assert "ჩვენი მხრიდან ტექნიკური ხარვეზია" in answer.text
    assert "Traceback" not in answer.text
    assert "sqlite" not in answer.text.lower()
    [reference] = re.findall(r"reference=(\S+)", caplog.text)
    assert reference in answer.text
    assert "ecret" not in caplog.text
    assert recipient.token not in caplog.text


@pytest.mark.parametrize(
    "path",
    ["/static/../pages.py", "/static/%2e%2e/%2e%2e/pyproject.toml", "/static//etc/passwd",
     "/static/", "/static/x%00y"],
)  # fmt: skip
def test_only_the_static_files_are_served(light, path):
    answer = light.get(path)

    assert answer.status_code == 404
    assert "campaigns" not in answer.text


def test_a_header_cannot_be_smuggled_in(light):
    answer = light.get("/u/x%0d%0aSet-Cookie:%20a=b?language=hy%0d%0aX: y")

    assert "set-cookie" not in answer.headers
    assert answer.status_code == 404
