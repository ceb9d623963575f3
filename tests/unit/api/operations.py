"""The operations as the served document lists them, and bodies made from its own schemas."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from random import Random
from typing import Any

from django.test import Client

from tests.fakes.council import Desks

Schema = Mapping[str, Any]
TEXTS = ("", "x", "見本", "registry-notices-down", "2026-12-01", "=1+1", "\u0000", "9" * 300, "owner_name")
DAYS = ("2026-12-01", "0001-01-01", "9999-12-31", "tomorrow")
MOMENTS = ("2026-12-01T17:00:00+09:00", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "later")


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One thing that can be asked or done."""

    method: str
    path: str
    told: Schema

    @property
    def roles(self) -> frozenset[str]:
        """The roles that it names."""
        return frozenset(self.told["x-roles"])

    @property
    def name(self) -> str:
        """Its id in the document."""
        return str(self.told["operationId"])

    @property
    def changes_something(self) -> bool:
        """Is it an act?"""
        return self.method == "post"

    def body_schema(self) -> Schema | None:
        """What its body must look like, if it has one."""
        body = self.told.get("requestBody")
        found: Schema | None = body["content"]["application/json"]["schema"] if body else None
        return found


def operations(document: Schema) -> list[Operation]:
    """Every operation of a document."""
    return [
        Operation(method=method, path=path, told=told)
        for path, methods in document["paths"].items()
        for method, told in methods.items()
    ]


def address_of(operation: Operation, mine: Desks, permit: str, person: str) -> str:
    """Its address with the ids of one municipality's own things."""
    matter = mine.decided if operation.name in {"decision", "letter", "letter_pdf"} else mine.circulated
    names = {"matter": matter, "meeting": mine.meeting, "condition": mine.condition, "permit": permit}
    names |= {
        "assessment": mine.assessment,
        "minutes": mine.minutes,
        "check": mine.check,
        "terminal": f"{person}-terminal",
        "question": mine.question,
        "finding": mine.finding,
        "campaign": mine.campaign,
    }
    numbers = {"version": 1, "before": 1, "after": 1, "consultation": "56", "person": person, "precedent": "c-56"}
    return operation.path.format(**names, **numbers)


def ask(client: Client, operation: Operation, address: str, body: object = None) -> Any:
    """Ask it, with a body if it wants one."""
    if operation.method == "get":
        return client.get(address)
    return client.post(address, json.dumps(body or {}), content_type="application/json")


def _resolved(schema: Schema, parts: Schema) -> Schema:
    """A schema where it stands itself, not a name of it."""
    found: Schema = parts[schema["$ref"].rpartition("/")[2]] if "$ref" in schema else schema
    return found


def made_up(schema: Schema, parts: Schema, chance: Random, slips: float = 0.05) -> Any:
    """A value of a schema, sometimes one that is almost of it."""
    schema = _resolved(schema, parts)
    if chance.random() < slips:
        return chance.choice([None, 7, "x", [], {}])
    if "anyOf" in schema:
        return made_up(chance.choice(schema["anyOf"]), parts, chance, slips)
    if "enum" in schema:
        return chance.choice(schema["enum"])
    if "const" in schema:
        return schema["const"]
    return _plain(schema, parts, chance, slips)


def _plain(schema: Schema, parts: Schema, chance: Random, slips: float) -> Any:
    """A value of one of JSON's own kinds."""
    kind = schema.get("type")
    if kind == "object":
        fields = schema.get("properties", {}).items()
        return {name: made_up(each, parts, chance, slips) for name, each in fields}
    if kind == "array":
        return [made_up(schema["items"], parts, chance, slips) for _ in range(chance.randint(0, 2))]
    if kind == "string":
        return chance.choice({"date": DAYS, "date-time": MOMENTS}.get(schema.get("format", ""), TEXTS))
    simple = {"integer": chance.choice([-1, 0, 1, 2**40]), "boolean": chance.random() < 0.5, "null": None}
    return simple[str(kind)]


def bodies(operation: Operation, document: Schema, count: int) -> Iterator[Any]:
    """Some bodies for an operation, the same ones each time."""
    chance, schema = Random(operation.name), operation.body_schema()
    for _ in range(count):
        yield made_up(schema, document["components"]["schemas"], chance) if schema else None
