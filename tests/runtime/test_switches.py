"""Environment variables: what cannot be meant ends the start with a sentence."""

import stat

import pytest

from .conftest import Product

WRONG = {
    "PORT": ("many", "99999"),
    "PUBLIC_URL": ("arm.example.com", "ftp://arm.example.com", "https://example.com/arm"),
    "TIME_ZONE": ("Moscow", "../etc"),
    "DATABASE_URL": ("mysql://root@localhost/arm", "postgresql://localhost/arm"),
    "EMAIL_URL": ("pigeon://coop",),
    "DEFAULT_FROM_EMAIL": ("nobody",),
    "SMS_URL": (
        *("pigeon://coop", "smsc://login@smsc.ru", "smsru://", "smpp://id:password@"),
        *("smsc://login:hush@smsc.ru:many", "smsc://login:hush@smsc.ru?tls=perhaps"),
    ),
    "DEBUG": ("perhaps",),
    "LOG_LEVEL": ("loud",),
    "SECRET_KEY_FILE": ("/nowhere/key",),
}


class TestSwitches:
    @pytest.mark.parametrize(
        ("name", "value"), [(name, value) for name, values in WRONG.items() for value in values]
    )
    def test_a_wrong_value_is_one_sentence(self, fresh: Product, name: str, value: str):
        code, out, err = fresh.run("check", **{name: value})

        assert (code, out) == (1, "")
        assert len(err.splitlines()) == 1
        assert name.removesuffix("_FILE") in err or "SECRET_KEY" in err

    def test_a_server_that_does_not_answer_is_one_sentence(self, fresh: Product):
        url = f"postgresql://arm@127.0.0.1:{fresh.port}/arm"

        code, _out, err = fresh.run("serve", "--port", "0", DATABASE_URL=url, SECRET_KEY="k" * 50)

        assert code == 1
        assert len(err.splitlines()) == 1
        assert "DATABASE_URL" in err

    def test_a_secret_may_stand_in_a_file(self, fresh: Product):
        file = fresh.home / "given"
        file.write_text("s" * 60 + "\n")
        show = "from django.conf import settings; print(settings.SECRET_KEY)"

        _code, out, _err = fresh.run("shell", "-v0", "-c", show, SECRET_KEY_FILE=str(file))

        assert out == "s" * 60 + "\n"

    def test_the_secret_key_is_made_once_and_kept_private(self, fresh: Product):
        show = "from django.conf import settings; print(settings.SECRET_KEY)"

        first = fresh.run("shell", "-v0", "-c", show)
        second = fresh.run("shell", "-v0", "-c", show)

        key = fresh.home / "secret_key"
        assert first == second == (0, key.read_text() + "\n", "")
        assert stat.S_IMODE(key.stat().st_mode) == 0o600

    @pytest.mark.parametrize("url", ["https://arm.example.com", "http://10.0.0.5:8000"])
    def test_deploy_check_has_nothing_to_say(self, fresh: Product, url: str):
        code, _out, err = fresh.run("check", "--deploy", "--fail-level=WARNING", PUBLIC_URL=url)

        assert code == 0, err
