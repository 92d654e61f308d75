"""Russian is whole: every English msgid has its Russian, none is guessed, none is left over."""

import gettext
import shutil
import subprocess

import pytest
from django.conf import settings
from django.core.management import call_command

from tests.house import tree

PO = "locale/ru/LC_MESSAGES/django.po"
SEARCHED = (*tree.ROOMS, "templates", "locale")

pytestmark = pytest.mark.skipif(
    not (shutil.which("xgettext") and shutil.which("msgattrib")),
    reason="the gettext programs are not installed",
)


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory):
    """The Russian catalogue as makemessages would leave it today, made in a copy."""
    copy = tmp_path_factory.mktemp("product")
    for folder in SEARCHED:
        ignored = shutil.ignore_patterns("__pycache__", "migrations", "*.mo")
        shutil.copytree(tree.ROOT / folder, copy / folder, ignore=ignored)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(copy)
        patch.setattr(settings, "LOCALE_PATHS", [str(copy / "locale")])
        call_command("makemessages", locale=["ru"], domain="django", verbosity=0, no_wrap=True)
    return copy / PO


def entries(catalogue, *, which: str) -> str:
    """The entries of a kind, in the catalogue's own writing; empty when there are none."""
    listed = subprocess.run(
        ["msgattrib", which, "--no-wrap", str(catalogue)],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    _header, *found = [block for block in listed.split("\n\n") if block.strip()] or [""]
    return "\n".join(found)


@pytest.mark.parametrize("which", ["--untranslated", "--only-fuzzy", "--only-obsolete"])
def test_the_catalogue_is_whole(catalogue, which):
    assert entries(catalogue, which=which) == ""


def test_the_compiled_catalogue_says_what_is_written(tmp_path):
    po = tree.ROOT / PO
    fresh = tmp_path / "django.mo"
    subprocess.run(["msgfmt", "-o", str(fresh), str(po)], check=True)

    assert messages(po.with_suffix(".mo")) == messages(fresh)


def messages(compiled) -> dict:
    with compiled.open("rb") as file:
        return gettext.GNUTranslations(file)._catalog
