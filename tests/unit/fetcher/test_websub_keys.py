"""Behaviour 38: callback addresses that cannot be guessed, secrets that are stored nowhere, signatures that cannot be forged."""

import pytest

from services.fetcher.domain.websub.keys import Keys, is_signed, may_have_secret

HUB, TOPIC = "https://hub.example/", "https://news.example/feed"
SECRET, BODY = "Jefe", b"what do ya want for nothing?"
SHA256 = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
# Test case 2 of RFC 2202 and RFC 4231, not made by the code that is tested.
SIGNED = {
    "sha1": "sha1=effcdf6ae5eb2fa2d27416d5f184df9c259a7c79",
    "sha256": f"sha256={SHA256}",
    "sha384": "sha384=af45d2e376484031617f78d2b58a6b1b9c7ef464f5a01b47e42ec3736322445e8e2240ca5e69e2c78b3239ecfab21649",
    "sha512": "sha512=164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea2505549"
    "758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737",
    "capitals": f"SHA256={SHA256.upper()}",
    "spaces around": f" sha256={SHA256} ",
}
FORGED = {
    "none": None,
    "empty": "",
    "no method": SHA256,
    "no digest": "sha256=",
    "a digit too few": f"sha256={SHA256[:-1]}",
    "a digit too many": f"sha256={SHA256}0",
    "one digit wrong": f"sha256={SHA256[:-1]}4",
    "the digest of another method": f"sha512={SHA256}",
    "a right digest of a broken way": "md5=750c783e6ab0b503eaa86e310a5db738",
    "a right digest of a way that is not of the Recommendation": "sha224=a30e01098bc6dbbf45690f3a7e9e6d0f8bbea2a39e6148008fd05e44",
    "not hexadecimal": "sha256=" + "x" * 64,
    "letters beyond ASCII": "sha256=é",
    "digits beyond ASCII": f"sha256={SHA256[:-1]}٣",
    "the same twice": f"sha256={SHA256},sha256={SHA256}",
}


@pytest.mark.parametrize("header", SIGNED.values(), ids=SIGNED)
def test_a_signature_of_each_method_is_known_as_right(header: str) -> None:
    assert is_signed(BODY, header=header, secret=SECRET)


@pytest.mark.parametrize("header", FORGED.values(), ids=FORGED)
def test_what_is_no_signature_of_the_body_is_refused(header: str | None) -> None:
    assert not is_signed(BODY, header=header, secret=SECRET)


@pytest.mark.parametrize("header", list(SIGNED.values())[:4], ids=list(SIGNED)[:4])
def test_a_signature_fits_one_body_and_one_secret(header: str) -> None:
    assert not is_signed(BODY + b" ", header=header, secret=SECRET)
    assert not is_signed(BODY, header=header, secret="jefe")


def keys(secret: bytes = b"a secret of the operator", public_url: str = "https://watch.example/websub/") -> Keys:
    return Keys(secret=secret, public_url=public_url)


def test_a_callback_address_holds_the_feed_and_a_token_of_its_own() -> None:
    address = keys().callback("news")
    before, feed_id, token = address.rsplit("/", 2)

    assert (before, feed_id, len(token)) == ("https://watch.example/websub", "news", 32)
    assert keys().is_token(token, feed_id="news")
    assert not keys().is_token(token, feed_id="other")
    assert not keys().is_token(token[:-1], feed_id="news")
    assert not keys().is_token("é" * 32, feed_id="news")
    assert not keys(b"another secret").is_token(token, feed_id="news")


def test_every_process_of_a_group_derives_the_same_wherever_it_is_reached() -> None:
    here, there = keys(), keys(public_url="https://watch-2.example")

    assert here.token("news") == there.token("news")
    assert here.secret("news", hub=HUB, topic=TOPIC) == there.secret("news", hub=HUB, topic=TOPIC)
    assert here.callback_name != there.callback_name


def test_a_secret_is_of_one_feed_one_hub_and_one_topic_and_below_200_bytes() -> None:
    secrets = {
        keys().secret("news", hub=HUB, topic=TOPIC),
        keys().secret("other", hub=HUB, topic=TOPIC),
        keys().secret("news", hub=HUB + "2", topic=TOPIC),
        keys().secret("news", hub=HUB, topic=TOPIC + "2"),
        keys(b"another secret").secret("news", hub=HUB, topic=TOPIC),
        keys().token("news"),
        keys().callback_name,
    }

    assert len(secrets) == 7
    assert max(map(len, secrets)) < 200


def test_a_secret_is_sent_over_https_alone() -> None:
    assert [may_have_secret(hub) for hub in ("https://hub.example/", "HTTPS://hub.example/", "http://hub.example/")] == [True, True, False]
