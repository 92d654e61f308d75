"""Where strangers come from, and how often."""

import pytest
from django.test import RequestFactory

from armclients.kit import visitors


def request(**headers):
    return RequestFactory().get("/", **{"REMOTE_ADDR": "10.0.0.1"} | headers)


class TestAddress:
    @pytest.mark.parametrize(
        ("told", "address"),
        [("10.0.0.7", "10.0.0.7"), ("::1", "::1"), ("", None), ("unix:", None), ("1.2.3", None)],
    )
    def test_is_one_or_nothing(self, told, address):
        assert visitors.address_of(request(REMOTE_ADDR=told)) == address

    def test_of_whoever_says_so_themselves_is_not_believed(self):
        assert visitors.address_of(request(HTTP_X_FORWARDED_FOR="1.1.1.1")) == "10.0.0.1"

    def test_behind_a_proxy_is_what_the_proxy_saw(self, settings):
        settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

        forged = request(HTTP_X_FORWARDED_FOR="1.1.1.1, 8.8.8.8")

        assert visitors.address_of(forged) == "8.8.8.8"
        assert visitors.address_of(request()) == "10.0.0.1"


class TestKnocks:
    def test_are_counted_for_each(self):
        knocks = [visitors.knocks_too_often("one", at_most=3, seconds=60) for _ in range(4)]

        assert knocks == [False, False, False, True]
        assert not visitors.knocks_too_often("other", at_most=3, seconds=60)
