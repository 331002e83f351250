"""What the clients of all languages have in common: the control routes, grouped and named, and the types that they speak.

A route is named by its `operationId`, of which `control.drainBucket` becomes `bucket.drain`. So a new route needs nothing
here. These rules make the names:

- The noun of the id names the group, if it is a segment of the path. Without a noun the route stands at the top.
- `get` of several things is `list`, `put` is `set`, `delete` of everything is `clear`.
- A `list` that can wait has a `wait` beside it, which fails unless enough came.
- A page or a stream is no call: the client gives its URL.
"""

import json
import re
from dataclasses import dataclass, field

PREFIX = "/__mock"

# What a seed has inside. Where a language's types could only repeat the schema, clients take any JSON object.
OPAQUE = ("Seed", "SeedProject", "SeedUser", "SeedSession", "OpenApiDocument")


@dataclass(frozen=True)
class Parameter:
    name: str
    schema: dict
    meaning: str


@dataclass(frozen=True)
class Operation:
    method: str
    path: str
    group: str
    name: str
    summary: str
    in_path: tuple[Parameter, ...]
    query: tuple[Parameter, ...]
    takes_project: bool
    body: dict | None
    body_required: bool
    # "json", "text" or "url"
    kind: str
    result: dict | None

    @property
    def can_wait(self):
        return self.kind == "json" and any(parameter.name == "wait" for parameter in self.query)


@dataclass
class Group:
    name: str
    operations: list[Operation] = field(default_factory=list)

    @property
    def is_of_project(self):
        """Whether all of it can be about one project."""
        return all(operation.takes_project for operation in self.operations)


class Model:
    """The control plane, as clients see it."""

    def __init__(self, document):
        self.schemas = document["components"]["schemas"]
        # a schema written out where it could have been named
        self._names = {_key(schema): name for name, schema in self.schemas.items() if schema.get("properties")}
        operations = [
            self._operation(method, path, operation)
            for path, methods in sorted(document["paths"].items())
            if path == PREFIX or path.startswith(PREFIX + "/")
            for method, operation in sorted(methods.items())
        ]
        groups: dict[str, Group] = {}
        for operation in operations:
            groups.setdefault(operation.group, Group(operation.group)).operations.append(operation)
        self.top = groups.pop("", Group(""))
        self.groups = list(groups.values())
        self.operations = operations
        for group in [self.top, *self.groups]:
            names = [operation.name for operation in group.operations]
            if len(set(names)) != len(names):
                raise SystemExit(f"codegen: two control routes would be called {group.name}: {names}; see codegen/model.py")

    def _operation(self, method, path, operation):
        parameters = operation.get("parameters", [])
        read = lambda place: tuple(  # noqa: E731
            Parameter(each["name"], each["schema"], each.get("description", "")) for each in parameters if each["in"] == place
        )
        status, answer = next(
            (status, answer) for status, answer in sorted(operation["responses"].items()) if status.startswith("2")
        )
        kind, result = "text", None
        for content_type, content in answer.get("content", {}).items():
            if content_type == "application/json":
                kind, result = "json", content["schema"]
            elif content_type in ("text/html", "text/event-stream"):
                kind = "url"
        in_path = read("path")
        body = operation.get("requestBody")
        query = read("query")
        group, name = self._name(operation["operationId"], path, in_path, result)
        return Operation(
            method=method.upper(),
            path=path.removeprefix(PREFIX),
            group=group,
            name=name,
            summary=operation["summary"],
            in_path=in_path,
            query=tuple(each for each in query if each.name != "project_id"),
            takes_project=any(each.name == "project_id" for each in query),
            body=self.named(body["content"]["application/json"]["schema"]) if body else None,
            body_required=bool(body and body.get("required")),
            kind=kind,
            result=self.named(result) if result else None,
        )

    def _name(self, operation_id, path, in_path, result):
        whole = operation_id.removeprefix("control.")
        verb, noun = re.fullmatch(r"([a-z0-9]+)(.*)", whole).groups()
        noun = noun[:1].lower() + noun[1:]
        segments = [segment for segment in path.removeprefix(PREFIX).split("/") if segment and "{" not in segment]
        group = next((segment for segment in segments if segment in (noun, noun + "s", noun.removesuffix("s"))), "")
        if not noun or not group:
            return "", whole
        if verb == "get" and result is not None and self._is_list(result):
            verb = "list"
        if verb == "delete" and not in_path:
            verb = "clear"
        return group, {"put": "set"}.get(verb, verb)

    def _is_list(self, schema):
        return self.list_of(schema) is not None

    def resolve(self, schema):
        while "$ref" in schema:
            schema = self.schemas[schema["$ref"].rsplit("/", 1)[1]]
        return schema

    def list_of(self, schema):
        """The key under which an answer has its items, if it is about those."""
        schema = self.resolve(schema)
        if name_of(self.named(schema)) in OPAQUE:
            return None
        arrays = [key for key, value in schema.get("properties", {}).items() if value.get("type") == "array"]
        return arrays[0] if len(arrays) == 1 else None

    def named(self, schema):
        """The schema by its name, if it has one."""
        name = None if "$ref" in schema else self._names.get(_key(schema))
        return {"$ref": f"#/components/schemas/{name}"} if name else schema

    def types(self, opaque):
        """The named schemas that the operations speak, each before nobody in particular; without what lies in opaque ones."""
        found: dict[str, dict] = {}

        def visit(schema):
            schema = self.named(schema)
            if name := name_of(schema):
                if name in found or name in opaque:
                    return
                found[name] = self.schemas[name]
                for value in self.schemas[name].get("properties", {}).values():
                    visit(value)
                return
            for value in schema.get("properties", {}).values():
                visit(value)
            for inner in (*schema.get("anyOf", []), *([schema["items"]] if "items" in schema else [])):
                visit(inner)

        for operation in self.operations:
            for schema in (operation.body, operation.result):
                if schema:
                    visit(schema)
        visit({"$ref": "#/components/schemas/Problem"})
        return dict(sorted(found.items()))


def _key(schema):
    return json.dumps({key: value for key, value in schema.items() if key != "description"}, sort_keys=True)


def name_of(schema):
    """The name that a reference refers to."""
    return schema["$ref"].rsplit("/", 1)[1] if "$ref" in schema else None


def without_null(schema):
    """The schema without the null that it allows, and whether it did."""
    if isinstance(schema.get("type"), list):
        rest = [kind for kind in schema["type"] if kind != "null"]
        if len(rest) != len(schema["type"]):
            return {**schema, "type": rest[0] if len(rest) == 1 else rest}, True
    if "anyOf" in schema:
        rest = [each for each in schema["anyOf"] if each.get("type") != "null"]
        if len(rest) != len(schema["anyOf"]):
            return (rest[0] if len(rest) == 1 else {**schema, "anyOf": rest}), True
    return schema, False


def only_property(model, operation):
    """The one key of a body that has nothing else and needs it: clients take it as an argument."""
    if operation.body is None:
        return None
    schema = model.resolve(operation.body)
    keys = list(schema.get("properties", {}))
    return keys[0] if len(keys) == 1 and schema.get("required") == keys else None


def camel(name):
    """`some_name` or `some-name` as `someName`."""
    head, *tail = re.split(r"[_.-]", name)
    return head + "".join(part.capitalize() for part in tail)


def pascal(name):
    name = camel(name)
    return name[:1].upper() + name[1:]


def wrap(text, width):
    """Lines of a comment."""
    lines, line = [], ""
    for word in text.split():
        if line and len(line) + 1 + len(word) > width:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}" if line else word
    return [*lines, line]
