"""What an operator must say so that hubs are used, and what a mistake is answered with."""

import pytest

from services.fetcher.settings import FetcherSettings

ADDRESS, SECRET = "https://watch.example/websub", "sixteen characters"
MISTAKES = {
    "no secret": ({"FETCHER_PUBLIC_URL": ADDRESS}, "FETCHER_PUBLIC_URL needs FETCHER_WEBSUB_SECRET"),
    "a short secret": ({"FETCHER_PUBLIC_URL": ADDRESS, "FETCHER_WEBSUB_SECRET": "fifteen chars.."}, "shorter than 16 characters"),
    "a query": ({"FETCHER_PUBLIC_URL": ADDRESS + "?a=1", "FETCHER_WEBSUB_SECRET": SECRET}, "no query"),
    "no address": ({"FETCHER_PUBLIC_URL": "watch.example", "FETCHER_WEBSUB_SECRET": SECRET}, "public_url"),
}


@pytest.mark.parametrize(("variables", "said"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_stops_the_start_with_a_line_that_says_what(
    variables: dict[str, str], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)

    with pytest.raises(SystemExit, match=said) as stopped:
        FetcherSettings.from_environment()
    assert variables.get("FETCHER_WEBSUB_SECRET", "-----") not in str(stopped.value)


def test_an_empty_variable_is_one_that_is_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FETCHER_PUBLIC_URL", "")
    monkeypatch.setenv("FETCHER_WEBSUB_SECRET", "")

    assert FetcherSettings.from_environment().public_url is None


def test_hubs_are_off_by_default_and_the_secret_is_masked_where_settings_are_shown() -> None:
    given = FetcherSettings.model_validate({"public_url": ADDRESS, "websub_secret": SECRET})

    assert FetcherSettings().public_url is None
    assert SECRET not in str(given.model_dump(mode="json"))
    assert SECRET not in repr(given)
