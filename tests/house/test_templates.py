"""Templates: all compile, all that is named exists, and none carries style, script or surprise."""

import ast
import importlib
import re
from collections.abc import Iterator

import pytest
from django.template.loader import get_template

from tests.house import tree

TEMPLATES = list(tree.templates())
# Facts that the server announces or a part listens to (kit/htmx.py keeps the list).
FACTS = {
    *("customer-changed", "vehicle-changed", "events-changed", "cart-changed"),
    *("documents-changed", "call-changed", "board-changed", "tires-changed"),
    *("toast", "dialog-close"),
}
OF_HTMX = {"submit", "change", "input", "click", "load", "revealed", "intersect", "keyup", "search"}


def named_in_code() -> Iterator[tuple[str, str]]:
    """Templates and partials that Python and templates name, with where."""
    for path in [*tree.modules(), *TEMPLATES]:
        for named in re.findall(r"""["']([\w/]+\.html(?:#\w+)?)["']""", path.read_text()):
            yield tree.name(path), named
    for path in tree.modules():
        if "screen(" in path.read_text():
            yield from ((tree.name(path), named) for named in parts_of_screens(path))


def parts_of_screens(path) -> Iterator[str]:
    """`template#partial` of each `screen(…, template, …, parts={…})` of a module."""
    module = importlib.import_module(".".join(path.relative_to(tree.ROOT).with_suffix("").parts))
    for call in ast.walk(ast.parse(path.read_text())):
        if not (isinstance(call, ast.Call) and getattr(call.func, "id", "") == "screen"):
            continue
        names = vars(module)
        expression = {keyword.arg: keyword.value for keyword in call.keywords}["parts"]
        template = eval(ast.unparse(call.args[1]), {}, names)
        parts = eval(ast.unparse(expression), {}, names)
        for partial in parts.values():
            yield partial if "#" in partial else f"{template}#{partial}"


@pytest.mark.parametrize("path", TEMPLATES, ids=tree.template_name)
def test_compiles(path):
    get_template(tree.template_name(path))


def test_all_that_is_named_exists():
    named = set(named_in_code())

    assert len(named) > 30
    for _where, name in named:
        get_template(name)


@pytest.mark.parametrize("path", TEMPLATES, ids=tree.template_name)
def test_partials_used_are_defined_in_the_same_file(path):
    source = path.read_text()

    used = set(re.findall(r"{% partial (\w+)", source))
    defined = re.findall(r"{% partialdef (\w+)", source)
    assert used <= set(defined)
    assert len(defined) == len(set(defined))


@pytest.mark.parametrize("path", TEMPLATES, ids=tree.template_name)
class TestHabits:
    def test_loads_nothing_outside_the_base(self, path):
        assert path.name == "base.html" or "{% load" not in path.read_text()

    def test_has_no_style_script_or_handler_inside(self, path):
        source = re.sub(r"{#.*?#}|{% comment %}.*?{% endcomment %}", "", path.read_text())

        assert not re.search(r"\sstyle\s*=|<style", source)
        assert not re.search(r"<script(?![^>]*\ssrc=)", source)
        assert not re.search(r"<[^>]*\son\w+\s*=", source)
        assert "javascript:" not in source
        assert not re.search(r"\|safe\b|{% autoescape", source)

    def test_listens_to_known_events_only(self, path):
        for triggers in re.findall(r'hx-trigger="([^"]*)"', path.read_text()):
            for trigger in triggers.split(","):
                event, *_how = trigger.split()
                assert event.split("[")[0] in OF_HTMX | FACTS, triggers

    def test_states_its_target_with_every_request(self, path):
        for tag in re.findall(r"<[^<>]*\shx-(?:get|post)=[^<>]*>", path.read_text()):
            assert "hx-target=" in tag, tag

    def test_writes_by_forms_with_a_token(self, path):
        source = path.read_text()

        assert len(re.findall(r'method="post"', source)) == source.count("{% csrf_token %}")
        assert "hx-boost" not in source
        assert "hx-on" not in source
