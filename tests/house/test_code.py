"""Files one can hold in one's head, layers that look down, and Russian where it belongs."""

import ast
import io
import re
import tokenize

import pytest
from django.apps import apps
from django.core.management import call_command
from django.urls import URLPattern

from armclients.models import User
from tests.house import tree
from tests.house.test_urls import URLS

LONGEST_FILE, LONGEST_VIEW = 400, 30
FLOORS = ("customers", "vehicles", "orders", "armclients")
UPWARD = {
    *("Event.vehicle", "Event.document", "OdometerReading.document"),
    "OutgoingMessage.document",
}

# Words that the code is about, not words that it says; single letters are an alphabet.
CYRILLIC_BY_NATURE = {
    "armclients/models/user.py": {"Русский"},
    "armclients/templatetags/arm.py": {"[её]"},
    "armclients/embedded/readiness.py": {"Иванов"},
    "customers/messaging/optout.py": {"стоп", "отписаться"},
    "orders/printing/upd.py": {"шт", "компл", "кг", "упак", "пара"},
    "armclients/kit/columns.py": {"да", "нет", "истина", "ложь"},
}
# These are about what is typed and written in Russian.
SPEAKS_RUSSIAN = (
    *("demo", "migrations", "import_files.py", "import_rules.py"),
    *("text.py", "identity.py"),
)


class TestSizes:
    @pytest.mark.parametrize("within", [(*tree.ROOMS, "templates"), ("tests",), ("static",)])
    def test_files(self, within):
        for path in tree.files(".py", ".html", ".sql", ".css", ".js", within=within):
            if not {"migrations", "vendor"} & set(path.parts):
                lines = len(path.read_text().splitlines())
                assert lines <= LONGEST_FILE, f"{tree.name(path)}: {lines}"

    def test_views(self):
        for path in tree.modules():
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.FunctionDef) and is_view(node):
                    lines = node.end_lineno - node.lineno + 1
                    assert lines <= LONGEST_VIEW, f"{tree.name(path)}: {node.name}, {lines}"

    def test_rooms_have_names_that_say_something(self):
        for path in tree.modules():
            vague = {"utils", "helpers", "common", "misc", "services", "service", "manager"}
            assert not vague & set(path.with_suffix("").parts), path


def is_view(function: ast.FunctionDef) -> bool:
    marks = {ast.unparse(mark).split("(")[0] for mark in function.decorator_list}
    return bool(marks & {"needs", "open_to_all"})


def test_views_are_found():
    ours = [url for url in URLS.values() if isinstance(url, URLPattern)]

    assert len(ours) >= 12


class TestLayers:
    def test_links_that_point_up_are_the_listed_ones(self):
        upward = set()
        for model in apps.get_models():
            floor = model._meta.app_label
            if floor not in FLOORS or hasattr(model, "pgh_id"):
                continue
            for field in model._meta.local_fields + model._meta.local_many_to_many:
                other = field.related_model
                if other in (None, User) or other._meta.app_label not in FLOORS:
                    continue
                if FLOORS.index(other._meta.app_label) > FLOORS.index(floor):
                    upward.add(f"{model.__name__}.{field.name}")

        assert upward == UPWARD

    def test_the_user_has_no_link_to_a_floor(self):
        related = {field.related_model for field in User._meta.get_fields() if field.concrete}

        assert {model._meta.app_label for model in related if model} <= {"auth"}

    def test_the_cellar_imports_no_room(self):
        for path in tree.files(".py", within=("armclients/kit",)):
            for module in imports(path):
                own = module.startswith("armclients.kit")
                assert own or module.split(".")[0] not in tree.ROOMS, f"{path}: {module}"

    def test_migrations_import_nothing_by_hand_but_the_cellar(self):
        """`import customers.models.…` for a validator is Django's own writing."""
        for path in tree.files(".py"):
            if "migrations" in path.parts:
                for node in ast.walk(ast.parse(path.read_text())):
                    module = getattr(node, "module", None) or ""
                    own = module.startswith("armclients.kit")
                    assert own or module.split(".")[0] not in tree.ROOMS, f"{path}: {module}"

    def test_only_the_clock_reads_the_clock(self):
        reads = re.compile(r"timezone\.(now|localdate|localtime)\(|datetime\.now\(|date\.today\(")
        readers = {tree.name(p) for p in tree.modules() if reads.search(p.read_text())}

        # The worker and the commands are their own outermost door.
        assert {
            name
            for name in readers
            if not name.startswith(("armclients/tasks", "armclients/management"))
        } == {"armclients/kit/clock.py"}

    def test_no_model_overrides_save_or_orders_itself(self):
        for path in tree.modules():
            if "models" in path.parts:
                source = path.read_text()
                assert "def save(" not in source, path
                assert not re.search(r"^        ordering\s*=", source, re.MULTILINE), path


def imports(path) -> list[str]:
    found = []
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            found.append(node.module or "")
    return found


class TestMigrations:
    def test_have_names_that_say_what_they_do(self):
        for path in tree.files(".py"):
            if path.parent.name == "migrations" and path.name != "__init__.py":
                assert re.fullmatch(r"\d{4}_[a-z][a-z_]+", path.stem), path
                assert not re.search(r"_auto|_initial|alter_|_and_more", path.stem), path

    def test_are_complete(self, db):
        call_command("makemigrations", check=True, dry_run=True, verbosity=0)


class TestLanguage:
    def test_code_says_nothing_in_russian(self):
        """Every word for a person is an English msgid; Russian stands in locale/ru."""
        for path in tree.modules():
            if set(SPEAKS_RUSSIAN) & set(path.parts):
                continue
            allowed = CYRILLIC_BY_NATURE.get(tree.name(path), set())
            for line, text in strings(path):
                rest = text
                for known in sorted(allowed, key=len, reverse=True):
                    rest = rest.replace(known, "")
                assert not re.search("[а-яёА-ЯЁ]{2}", rest), f"{tree.name(path)}:{line}: {text}"

    def test_templates_say_nothing_in_russian(self):
        for path in tree.templates():
            source = re.sub(r"{#.*?#}|{% comment %}.*?{% endcomment %}", "", path.read_text())

            assert not re.search("[а-яёА-ЯЁ]", source), tree.name(path)


def strings(path) -> list[tuple[int, str]]:
    """String literals that are no docstrings."""
    tree_of_file = ast.parse(path.read_text())
    docstrings = {
        (node.body[0].value.lineno, node.body[0].value.col_offset)
        for node in ast.walk(tree_of_file)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
        and isinstance(node.body[0].value, ast.Constant)
    }
    return [
        (node.lineno, node.value)
        for node in ast.walk(tree_of_file)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and (node.lineno, node.col_offset) not in docstrings
    ]


def test_comments_promise_nothing():
    """No TODO without an issue, no code that is commented out by a banner."""
    for path in tree.modules():
        for token in tokenize.generate_tokens(io.StringIO(path.read_text()).readline):
            if token.type == tokenize.COMMENT:
                assert not re.search(r"TODO|FIXME|XXX|HACK", token.string), path
