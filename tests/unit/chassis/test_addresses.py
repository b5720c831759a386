import ipaddress

import pytest

from services.chassis.addresses import AllowList, is_public

CLOSED = [
    "0.0.0.0", "10.0.0.1", "100.64.0.1", "100.100.100.200", "127.0.0.1", "169.254.169.254", "172.16.0.1", "172.31.255.255",
    "192.0.0.192", "192.0.2.1", "192.88.99.1", "192.168.1.1", "198.18.0.1", "198.51.100.7", "203.0.113.9", "224.0.0.1", "239.255.255.255",
    "240.0.0.1", "255.255.255.255", "168.63.129.16",
    "::", "::1", "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "64:ff9b::7f00:1", "64:ff9b::808:808", "64:ff9b:1::1", "100::1",
    "2001::1", "2001:db8::1", "2002:7f00:1::", "2002:808:808::", "3fff::1", "fc00::1", "fd00:ec2::254", "fe80::1", "fec0::1", "ff02::1",
]  # fmt: skip
OPEN = [
    "1.1.1.1",
    "8.8.8.8",
    "100.63.255.255",
    "100.128.0.1",
    "172.15.0.1",
    "172.32.0.1",
    "192.0.1.1",
    "223.255.255.254",
    "2606:4700::1111",
    "2a00:1450::1",
]


@pytest.mark.parametrize("text", CLOSED)
def test_an_address_that_is_not_public_is_refused(text: str) -> None:
    address = ipaddress.ip_address(text)

    assert not is_public(address)
    assert not AllowList().permits(address)


@pytest.mark.parametrize("text", OPEN)
def test_a_public_address_is_permitted(text: str) -> None:
    assert AllowList().permits(ipaddress.ip_address(text))


def test_an_allowed_network_is_permitted_and_its_neighbour_is_not() -> None:
    allow = AllowList(["10.1.0.0/16", "::1"])

    assert allow.permits(ipaddress.ip_address("10.1.2.3"))
    assert allow.permits(ipaddress.ip_address("::1"))
    assert not allow.permits(ipaddress.ip_address("10.2.0.1"))


def test_allowing_nat64_does_not_allow_the_private_addresses_that_it_can_wrap() -> None:
    allow = AllowList(["64:ff9b::/96"])

    assert allow.permits(ipaddress.ip_address("64:ff9b::808:808"))
    assert not allow.permits(ipaddress.ip_address("64:ff9b::7f00:1"))


def test_hosts_are_allowed_by_name_in_any_case_and_with_a_final_dot() -> None:
    allow = AllowList([" Feeds.Internal ", ""])

    assert allow.has_host("feeds.internal.")
    assert not allow.has_host("evil-feeds.internal")


@pytest.mark.parametrize("entry", ["10.0.0.0/40", "fe80::zz", "host/8"])
def test_an_entry_that_is_neither_host_nor_network_is_refused(entry: str) -> None:
    with pytest.raises(ValueError, match="neither a host nor a network"):
        AllowList([entry])
