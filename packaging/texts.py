"""Every text that people read: what say() is given, what forms and regulations hold, what faults tell."""

import ast
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass

from steps import ROOT

PACKAGE = ROOT / "p2kp_desktop"
TELLING = {"Trouble", "Unreadable", "Refused", "Objection", "Problem", "Finding", "DamagedRow", "Limit"}
SAYING = {"say", "told_again"}
_TABLES = {"MONTHS", "_TOLD"}
_ALL_SHOWN = {"rules/live.py", "rules/coverage.py", "rules/indicators.py", "rules/profile.py", "rules/map_measures.py"}


@dataclass(frozen=True, order=True)
class Found:
    """A text, the file where it was met first (line numbers would change with every edit), and its context."""

    text: str
    where: str
    context: str = ""


def every_text() -> list[Found]:
    """Return the texts in the order of their files, each once."""
    found: dict[tuple[str, str], Found] = {}
    for one in (*_in_forms(), *_in_regulations(), *_in_readiness(), *_in_code()):
        if re.search("[A-Za-z]", one.text) and not re.fullmatch(r"[A-Z]\d\d", one.text):
            found.setdefault((one.text, one.context), one)
    return list(found.values())


def _in_forms() -> Iterator[Found]:
    from p2kp_desktop.forms import FORMS
    from p2kp_desktop.schema import Choice, Several

    for form in FORMS:
        where = f"forms/{form.key}"
        texts = [form.title, form.new, form.nameless]
        for question in form.questions:
            title = question.section.title
            texts += [title, re.sub(r"^[A-C0-9.]+ ", "", title), question.section.note]
            texts += [question.label, question.help, question.unit or ""]
            if isinstance(question, Choice | Several):
                texts += [option.label for option in question.options]
            texts.append(question.when.sentence())
        texts += [check.sentence() for check in form.checks]
        yield from (Found(text, where) for text in texts)


def _in_regulations() -> Iterator[Found]:
    resources = ROOT / "resources"
    for path in (resources / "criteria.toml", *sorted((resources / "regulations").glob("*.toml"))):
        for name in _names(tomllib.loads(path.read_text(encoding="utf-8"))):
            yield Found(name, path.relative_to(ROOT).as_posix())


def _in_readiness() -> Iterator[Found]:
    content = tomllib.loads((ROOT / "resources" / "readiness.toml").read_text(encoding="utf-8"))
    for part in content["part"]:
        yield from (Found(part[key], "resources/readiness.toml") for key in ("says", "unit", "source", "sure")
                    if key in part)


def _names(content: object) -> Iterator[str]:
    if isinstance(content, dict):
        for key, value in content.items():
            if key in ("name", "title", "unit") and isinstance(value, str):
                yield value
            yield from _names(value)
    elif isinstance(content, list):
        for each in content:
            yield from _names(each)


def _in_code() -> Iterator[Found]:
    from p2kp_desktop.language import MANY

    for path in sorted(PACKAGE.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        where = path.relative_to(PACKAGE).as_posix()
        reader = _Reader(tree)
        yield from (Found(text, where) for text in reader.texts())
        yield from (Found(text, where, MANY) for text in reader.words_for_many())
        if where in _ALL_SHOWN:
            yield from (Found(text, where) for text in reader.everything())


class _Reader:
    """Finds the texts of one module."""

    def __init__(self, tree: ast.Module) -> None:
        self._tree = tree
        self._constants = {
            target.id: node.value for node in tree.body if isinstance(node, ast.Assign)
            for target in node.targets if isinstance(target, ast.Name)
        }
        self._constants |= {
            node.target.id: node.value for node in tree.body
            if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value is not None
        }

    def texts(self) -> Iterator[str]:
        """Yield the texts in the order of the module."""
        for node in ast.walk(self._tree):
            if not isinstance(node, ast.Call):
                continue
            name = _called(node.func)
            if name in SAYING and node.args:
                yield from self._written(node.args[0])
            elif name in TELLING:
                given = [*node.args, *(word.value for word in node.keywords if word.arg in (None, "remedy", "safe"))]
                for argument in given:
                    yield from (text for text in self._written(argument) if " " in text)
        for name, value in self._constants.items():
            if name in _TABLES or name.endswith("_TEXTS"):
                yield from (text for text in _constants_in(value) if re.match(r"[A-Z«]", text))

    def words_for_many(self) -> Iterator[str]:
        """Yield the words that stand for several things."""
        for node in ast.walk(self._tree):
            if isinstance(node, ast.Call) and _called(node.func) == "say_many":
                yield from self._written(node.args[0])

    def everything(self) -> Iterator[str]:
        """Yield every text of the module that begins like a sentence or a name, but for docstrings."""
        silent = {id(node.value) for node in ast.walk(self._tree) if isinstance(node, ast.Expr)}
        for node in ast.walk(self._tree):
            if isinstance(node, ast.JoinedStr):
                silent |= {id(part) for part in node.values}
        for node in ast.walk(self._tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in silent:
                yield from (text for text in [node.value] if re.match(r"[A-Z][a-z]", text))

    def _written(self, node: ast.expr) -> Iterator[str]:
        """Yield the literal texts that an expression may give; raise ValueError for one that nobody could translate."""
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
        elif isinstance(node, ast.JoinedStr):
            if any(
                isinstance(part, ast.Constant) and re.search("[A-Za-z]{3}", str(part.value)) for part in node.values
            ):
                raise ValueError(f"put together before it could be told in another language: {ast.unparse(node)}")
        elif isinstance(node, ast.Lambda):
            yield from self._written(node.body)
        elif isinstance(node, ast.IfExp):
            yield from self._written(node.body)
            yield from self._written(node.orelse)
        elif isinstance(node, ast.Name) and node.id in self._constants:
            yield from _constants_in(self._constants[node.id])


def _called(function: ast.expr) -> str:
    if isinstance(function, ast.Name):
        return function.id
    return function.attr if isinstance(function, ast.Attribute) else ""


def _constants_in(node: ast.AST) -> list[str]:
    """Return every text in a table of texts, but for the keys of a dictionary."""
    keys = {id(key) for inner in ast.walk(node) if isinstance(inner, ast.Dict) for key in inner.keys}
    return [
        inner.value for inner in ast.walk(node)
        if isinstance(inner, ast.Constant) and isinstance(inner.value, str) and id(inner) not in keys
    ]
