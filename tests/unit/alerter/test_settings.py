"""Settings: what is refused, and when a key is needed."""

from pathlib import Path

import pytest

from services.alerter.settings import AlerterSettings


def settings(monkeypatch: pytest.MonkeyPatch, **variables: str) -> AlerterSettings:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    return AlerterSettings.from_environment()


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost", "127.8.8.8"])
def test_no_key_is_needed_on_loopback(monkeypatch: pytest.MonkeyPatch, host: str) -> None:
    assert settings(monkeypatch, ALERTER_HTTP_HOST=host).required_key() is None


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "10.1.2.3", "alerter.internal"])
def test_beyond_loopback_the_start_is_refused_without_a_key(monkeypatch: pytest.MonkeyPatch, host: str) -> None:
    with pytest.raises(SystemExit, match="set ALERTER_API_KEY_FILE or ALERTER_API_KEY"):
        settings(monkeypatch, ALERTER_HTTP_HOST=host).required_key()


def test_it_may_be_opened_on_purpose(monkeypatch: pytest.MonkeyPatch) -> None:
    assert settings(monkeypatch, ALERTER_HTTP_HOST="0.0.0.0", ALERTER_OPEN_WITHOUT_KEY="true").required_key() is None


def test_the_key_may_be_in_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "key").write_text("s3cret\n")

    key = settings(monkeypatch, ALERTER_HTTP_HOST="0.0.0.0", ALERTER_API_KEY_FILE=str(tmp_path / "key")).required_key()

    assert key is not None
    assert key.get_secret_value() == "s3cret"


@pytest.mark.parametrize(("content", "why"), [(None, "cannot be read"), ("\n", "is empty")])
def test_a_key_file_without_a_key_stops_the_start(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, content: str | None, why: str) -> None:
    path = tmp_path / "key"
    if content is not None:
        path.write_text(content)

    with pytest.raises(SystemExit, match=why):
        settings(monkeypatch, ALERTER_API_KEY_FILE=str(path)).required_key()


def test_a_misspelt_variable_stops_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(SystemExit, match="ALERTER_ALLOWED"):
        settings(monkeypatch, ALERTER_ALLOWED="x")


def test_hosts_are_separated_by_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    assert settings(monkeypatch, ALERTER_ALLOW="127.0.0.0/8, receiver,").allow == ("127.0.0.0/8", "receiver")


def test_what_is_logged_holds_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = str(settings(monkeypatch, ALERTER_API_KEY="s3cret", ALERTER_DATABASE_URL="postgresql://me:pa55@db/x").shown())

    assert "s3cret" not in shown
    assert "pa55" not in shown
