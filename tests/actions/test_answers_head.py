"""Every page that answers GET answers HEAD alike: link checkers, monitors and proxies ask so."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse

from support.api import place_today

pytestmark = pytest.mark.django_db


def plain_addresses() -> list[str]:
    """Of every page that has a name and needs nothing in its address."""
    found = set()
    for name in get_resolver().reverse_dict:
        if isinstance(name, str):
            try:
                found.add(reverse(name))
            except NoReverseMatch:
                continue
    return sorted(found)


def test_every_plain_page_answers_head_as_it_answers_get() -> None:
    place = place_today()
    addresses = [*plain_addresses(), f"/services/{place.district.slug}/missed-bin"]
    assert len(addresses) > 10
    otherwise = {}
    for address in addresses:
        asked, looked = Client().get(address).status_code, Client().head(address).status_code
        if asked != looked:
            otherwise[address] = (asked, looked)
    assert otherwise == {}
