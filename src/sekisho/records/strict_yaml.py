"""YAML as plain data, strictly: no key twice, nothing but tables, lists, texts, numbers, dates and yes or no."""

import re
from collections.abc import Hashable, Mapping
from typing import Any, Final

import yaml

from sekisho.records.errors import RecordsError

_BOOL: Final = "tag:yaml.org,2002:bool"
# How Python says that a name is not expected, or missing.
_UNKNOWN: Final = re.compile("unexpected keyword argument '([^']*)'")
_MISSING: Final = "missing "
_NAME: Final = re.compile("'[^']*'")


class _StrictLoader(yaml.CSafeLoader):  # libyaml: a sixth of the time, which every command waits for
    """Plain data only, and no key twice in one table; only true and false are yes and no, so that `no` is a word."""

    yaml_implicit_resolvers = {  # noqa: RUF012 - PyYAML's own attribute
        letter: [(tag, form) for tag, form in forms if tag != _BOOL]
        for letter, forms in yaml.CSafeLoader.yaml_implicit_resolvers.items()
    }

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:  # noqa: FBT001, FBT002 - PyYAML's own signature
        """A table whose keys differ.

        Raises:
            RecordsError: A key stands twice, with its line.

        """
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        doubled = [str(key) for number, key in enumerate(keys) if key in keys[:number]]
        if doubled:
            message = (
                f"{node.start_mark.line + 1}行目: {', '.join(doubled)} が2回あります"
                f" / stands twice, line {node.start_mark.line + 1}"
            )
            raise RecordsError(message)
        return super().construct_mapping(node, deep=deep)


_StrictLoader.add_implicit_resolver(_BOOL, re.compile("^(?:true|false)$"), ["t", "f"])


def load_yaml(text: str, what: str) -> Any:
    """YAML as plain data.

    Raises:
        RecordsError: It is not YAML, or a key stands twice.

    """
    try:
        return yaml.load(text, Loader=_StrictLoader)  # noqa: S506 - a SafeLoader, only stricter
    except (yaml.YAMLError, ValueError, TypeError) as fault:
        message = f"{what}: YAML として読めません / not YAML ({str(fault).splitlines()[0]})"
        raise RecordsError(message) from fault


Kinds = Mapping[str, type | tuple[type, ...]]


def as_table(data: Any, what: str, kinds: Kinds) -> dict[str, Any]:
    """A table of named values, each of its kind.

    Raises:
        RecordsError: It is none, or a value is of another kind.

    """
    if not isinstance(data, dict):
        message = f"{what}: 名前と値の表ではありません / not a table"
        raise RecordsError(message)
    for name, value in data.items():
        kind = kinds.get(str(name), object)
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            message = f"{what}: {name} の値の種類が違います / {name} is not of its kind"
            raise RecordsError(message)
    return data


def told(fault: TypeError | ValueError | KeyError) -> str:
    """Why a table does not make what it should, as somebody reads it who wrote the table and not the program."""
    text = str(fault)
    if found := _UNKNOWN.search(text):
        return (
            f"知らない項目 {found[1]} があります。綴りを確かめてください / unknown key {found[1]}; check its spelling"
        )
    if isinstance(fault, KeyError):
        names = repr(fault.args[0])
    elif _MISSING in text:
        names = ", ".join(_NAME.findall(text))
    else:
        return text
    return f"必要な項目 {names} がありません / missing: {names}"


def as_texts(data: Any, what: str) -> tuple[str, ...]:
    """A list of texts.

    Raises:
        RecordsError: It is none.

    """
    if not isinstance(data, list) or not all(isinstance(each, str) for each in data):
        message = f"{what}: 文字列の並びではありません / not a list of texts"
        raise RecordsError(message)
    return tuple(data)


def as_pairs(data: Any, what: str) -> tuple[tuple[str, str], ...]:
    """A table of texts by name.

    Raises:
        RecordsError: It is none.

    """
    if not isinstance(data, dict) or not all(isinstance(each, str) for pair in data.items() for each in pair):
        message = f"{what}: 文字列の表ではありません / not a table of texts"
        raise RecordsError(message)
    return tuple(data.items())


def twice(names: list[str]) -> list[str]:
    """The names that stand twice or more."""
    seen: set[str] = set()
    return sorted({name for name in names if name in seen or seen.add(name)})  # type: ignore[func-returns-value]
