import pytest

from campaigns.errors import SettingsError
from campaigns.settings import Settings


def test_nothing_needs_to_be_set():
    settings = Settings.from_environ({"HOME": "/root"})

    assert settings == Settings()
    assert settings.base_url == "http://127.0.0.1:8600"
    assert settings.store_url.endswith("/data/campaigns.sqlite")


@pytest.mark.parametrize(
    "environ",
    [
        pytest.param({"CAMPAIGNS_SENDGRID_KEY": "x"}, id="typing-mistake"),
        pytest.param({"CAMPAIGNS_UI_PORT": "http"}, id="no-number"),
        pytest.param({"CAMPAIGNS_UI_ADDRESS": "192.0.2.1"}, id="open-to-the-world"),
        pytest.param({"CAMPAIGNS_PUBLIC_URL": "http://shop.am"}, id="not-https"),
        pytest.param({"CAMPAIGNS_SENDGRID_HOST": "http://api.sendgrid.com"}, id="key-in-clear"),
        pytest.param({"CAMPAIGNS_DATABASE_URL": "mysql://x"}, id="other-database"),
        pytest.param({"CAMPAIGNS_BATCH_SIZE": "10001"}, id="more-than-a-worker-takes-up"),
        pytest.param({"CAMPAIGNS_WORKERS": "0"}, id="nobody-who-works"),
        pytest.param({"CAMPAIGNS_REPLY_DOMAIN": "shop am"}, id="no-domain"),
        pytest.param({"CAMPAIGNS_INBOUND_KEY": "short"}, id="guessable"),
        pytest.param(
            {"CAMPAIGNS_MAILBOX_URL": "imap://u:p@mail.example/INBOX"}, id="mail-in-clear"
        ),
        pytest.param({"CAMPAIGNS_SMTP_URL_FILE": "/no/such/file"}, id="lost-secret"),
    ],
)
def test_a_wrong_setting_is_refused(environ):
    with pytest.raises(SettingsError):
        Settings.from_environ(environ)


def test_a_secret_may_stand_in_a_file_and_is_never_shown(tmp_path):
    file = tmp_path / "key"
    file.write_text("SG.secret\n")

    settings = Settings.from_environ({"CAMPAIGNS_SENDGRID_API_KEY_FILE": str(file)})

    assert settings.sendgrid_api_key == "SG.secret"
    assert "SG.secret" not in repr(settings)


def test_a_refused_database_address_is_not_repeated_in_the_error():
    with pytest.raises(SettingsError) as refusal:
        Settings.from_environ({"CAMPAIGNS_DATABASE_URL": "mysql://user:pass@host/x"})

    assert "pass" not in str(refusal.value)
