"""The control clients and the options of the PyPI package."""

import json
import keyword

from .model import OPAQUE, name_of, only_property, pascal, without_null, wrap
from .typescript import OWN

HEADER = '"""{}\n\nWritten by packages/generate from what the emulator says of itself. Not to be edited.\n"""\n\nfrom __future__ import annotations\n\n'


def docstring(text, indent):
    text = text.replace("\\", "\\\\")
    lines = wrap(text, 112 - len(indent))
    if len(lines) == 1:
        return f'{indent}"""{lines[0]}"""\n'
    return f'{indent}"""{lines[0]}\n' + "".join(f"{indent}{line}\n" for line in lines[1:]) + f'{indent}"""\n'


def identifier(name):
    name = name.replace("-", "_")
    return f"{name}_" if keyword.iskeyword(name) else name


class Python:
    def __init__(self, model):
        self.model = model

    def type(self, schema, answer=True):
        schema = self.model.named(schema)
        if name := name_of(schema):
            if name in OPAQUE:
                return "Dict[str, Any]" if answer else "Mapping[str, Any]"
            return name
        schema, nullable = without_null(schema)
        if nullable:
            return f"Optional[{self.type(schema, answer)}]"
        if "enum" in schema:
            return f"Literal[{', '.join(json.dumps(value) for value in schema['enum'])}]"
        if "anyOf" in schema:
            kinds = dict.fromkeys(self.type(each, answer) for each in schema["anyOf"])
            return next(iter(kinds)) if len(kinds) == 1 else f"Union[{', '.join(kinds)}]"
        match schema.get("type"):
            case "string":
                return "str"
            case "integer":
                return "int"
            case "number":
                return "float"
            case "boolean":
                return "bool"
            case "array":
                return f"{'List' if answer else 'Sequence'}[{self.type(schema.get('items', {}), answer)}]"
            case "object":
                return "Dict[str, Any]" if answer else "Mapping[str, Any]"
        return "Any"

    def answers(self):
        """The named types of answers."""
        found = {}

        def visit(schema):
            schema = self.model.named(schema)
            if name := name_of(schema):
                if name in OPAQUE or name in found:
                    return
                found[name] = self.model.schemas[name]
                schema = self.model.schemas[name]
            for inner in (*schema.get("properties", {}).values(), *schema.get("anyOf", [])):
                visit(inner)
            if "items" in schema:
                visit(schema["items"])

        for operation in self.model.operations:
            if operation.result:
                visit(operation.result)
        visit({"$ref": "#/components/schemas/Problem"})
        return dict(sorted(found.items()))

    def types(self):
        text = HEADER.format("What the control plane answers.")
        text += "from typing import Any, Dict, List, Literal, Optional, TypedDict, Union\n"
        for name, schema in self.answers().items():
            required = schema.get("required", [])
            optional = [key for key in schema["properties"] if key not in required]
            about = schema.get("description", name)
            if required and optional:
                text += f"\n\nclass _{name}(TypedDict):\n{self.members(schema, required)}"
                text += f"\n\nclass {name}(_{name}, total=False):\n{docstring(about, '    ')}\n{self.members(schema, optional)}"
            else:
                total = "" if required else ", total=False"
                text += f"\n\nclass {name}(TypedDict{total}):\n{docstring(about, '    ')}\n{self.members(schema, required or optional)}"
        return text

    def members(self, schema, keys):
        text = ""
        for key, value in schema["properties"].items():
            if key in keys:
                text += f"    {key}: {self.type(value)}\n"
                if meaning := value.get("description"):
                    text += docstring(meaning, "    ")
        return text

    def signature(self, operation):
        """The parameters of a method, and the expressions of path, query and body."""
        positional = [f"{identifier(parameter.name)}: Union[str, int]" for parameter in operation.in_path]
        named, query, body = [], [], "None"
        alone = only_property(self.model, operation)
        if alone:
            kind = self.type(self.model.resolve(operation.body)["properties"][alone], answer=False)
            positional.append(f"{identifier(alone)}: {kind}")
            body = f"{{{json.dumps(alone)}: {identifier(alone)}}}"
        elif operation.body is not None:
            name = name_of(operation.body)
            properties = self.model.resolve(operation.body).get("properties")
            if name in OPAQUE or not properties:
                kind = "Mapping[str, Any]"
                positional.append(f"body: {kind}" if operation.body_required else f"body: Optional[{kind}] = None")
                body = "body"
            else:
                for key, value in properties.items():
                    kind = self.type(without_null(value)[0], answer=False)
                    named.append(f"{identifier(key)}: Optional[{kind}] = None")
                body = "given({" + ", ".join(f"{json.dumps(key)}: {identifier(key)}" for key in properties) + "})"
        for parameter in operation.query:
            kind = self.type(without_null(parameter.schema)[0], answer=False)
            named.append(f"{identifier(parameter.name)}: Optional[{kind}] = None")
            query.append(f"{json.dumps(parameter.name)}: {identifier(parameter.name)}")
        parameters = ", ".join(["self", *positional, *(["*", *named] if named else [])])
        query = "{" + ", ".join(query) + "}"
        if operation.takes_project:
            query = f"self._scope({query})"
        path = json.dumps(operation.path)
        if operation.in_path:
            for parameter in operation.in_path:
                path = path.replace(f"{{{parameter.name}}}", f"{{quoted({identifier(parameter.name)})}}")
            path = f"f{path}"
        return parameters, path, query, body

    def method(self, operation, asynchronous):
        define, wait = ("async def", "await ") if asynchronous else ("def", "")
        parameters, path, query, body = self.signature(operation)
        about = docstring(operation.summary, "        ")
        name = identifier(operation.name)
        if operation.kind == "url":
            return f"    def {name}({parameters}) -> str:\n{about}        return self._transport.url({path}, {query})\n\n"
        result = "str" if operation.kind == "text" else self.type(operation.result)
        verb = "text" if operation.kind == "text" else "json"
        call = f'{wait}self._transport.{verb}({json.dumps(operation.method)}, {path}, {query}, {body})'
        if operation.kind == "json":
            call = f"cast({json.dumps(result)}, {call})"
        text = f"    {define} {name}({parameters}) -> {result}:\n{about}        return {call}\n\n"
        if operation.can_wait:
            text += self.wait(operation, asynchronous)
        return text

    def wait(self, operation, asynchronous):
        define, wait = ("async def", "await ") if asynchronous else ("def", "")
        parameters = self.signature(operation)[0]
        parameters = parameters.replace("count: Optional[int] = None", "count: int = 1")
        parameters = parameters.replace("wait: Optional[str] = None", 'wait: str = "5s"')
        items = self.model.list_of(operation.result)
        item = self.type(self.model.resolve(operation.result)["properties"][items]["items"])
        names = [identifier(parameter.name) for parameter in operation.query]
        passed = ", ".join(f"{name}={name}" for name in names)
        about = f"The {items} that fit, once there are `count` of them. Waits up to `wait`, and raises if they do not come."
        return (
            f"    {define} wait({parameters}) -> List[{item}]:\n{docstring(about, '        ')}"
            f"        found = {wait}self.list({passed})\n"
            f"        return enough({json.dumps(items)}, found[{json.dumps(items)}], count)\n\n"
        )

    def control(self, asynchronous):
        prefix = "Async" if asynchronous else ""
        groups = self.model.groups
        of_project = [group for group in groups if group.is_of_project]
        others = [group for group in groups if not group.is_of_project]
        top_of_project = [each for each in self.model.top.operations if each.takes_project]
        top = [each for each in self.model.top.operations if not each.takes_project]
        text = HEADER.format("The control plane, awaited." if asynchronous else "The control plane.")
        text += "from typing import Any, Dict, List, Literal, Mapping, Optional, Sequence, Union, cast\n\n"
        text += f"from ._transport import {prefix}Routes, enough, given, quoted\n"
        text += f"from ._types import {', '.join(name for name in self.answers() if name not in ('Problem', 'ProjectEnv'))}\n\n"
        for group in groups:
            methods = "".join(self.method(operation, asynchronous) for operation in group.operations).rstrip("\n")
            name = f"{prefix}{pascal(group.name)}Control"
            text += f'\nclass {name}({prefix}Routes):\n    """The control routes of `{group.name}`."""\n\n{methods}\n\n'
        about = "The part of the control plane that can be about one project."
        text += self.client(f"{prefix}ProjectControl", f"{prefix}Routes", about, of_project, top_of_project, asynchronous)
        text += self.client(f"{prefix}Control", f"{prefix}ProjectControl", "The whole control plane.", others, top, asynchronous)
        return text.rstrip("\n") + "\n"

    def client(self, name, base, about, groups, top, asynchronous):
        prefix = "Async" if asynchronous else ""
        text = f'\nclass {name}({base}):\n    """{about}"""\n\n'
        text += f"    def __init__(self, transport: {prefix}Transport, project_scope: Optional[str] = None) -> None:\n"
        text += "        super().__init__(transport, project_scope)\n"
        for group in groups:
            text += f"        self.{identifier(group.name)} = {prefix}{pascal(group.name)}Control(transport, project_scope)\n"
        text += "\n" + "".join(self.method(operation, asynchronous) for operation in top)
        return text.rstrip("\n") + "\n\n"

    def files(self):
        yield "_types.py", self._without_unused(self.types())
        for name, asynchronous in (("_control.py", False), ("_async_control.py", True)):
            text = self.control(asynchronous)
            prefix = "Async" if asynchronous else ""
            text = text.replace(f"import {prefix}Routes,", f"import {prefix}Routes, {prefix}Transport,", 1)
            yield name, self._without_unused(text)

    @staticmethod
    def _without_unused(text):
        """The text, whose imports name nothing that it does not use."""
        lines = text.split("\n")
        for index, line in enumerate(lines):
            if not line.startswith("from ") or "__future__" in line:
                continue
            start, names = line.split(" import ")
            rest = "\n".join(lines[:index] + lines[index + 1 :])
            used = [name for name in names.split(", ") if _uses(rest, name)]
            lines[index] = f"{start} import {', '.join(used)}"
        return "\n".join(lines)


def _uses(text, name):
    import re

    return re.search(rf"(?<![\w`]){name}(?=[\[\](),:\"])", text) is not None


def options(flags):
    text = HEADER.format("The flags of `stytch-mock serve`.")
    text += "from typing import Dict, Literal, Sequence, Tuple, TypedDict, Union\n\n\n"
    text += 'class Options(TypedDict, total=False):\n    """How the emulator is to be started, beside its seed."""\n\n'
    table = ""
    for flag in flags:
        if flag.name in OWN:
            continue
        how = "bare" if flag.is_bare else "switch" if flag.is_switch else "value"
        if how != "value":
            kind = "bool"
        elif flag.choices:
            kind = f"Literal[{', '.join(json.dumps(choice) for choice in flag.choices)}]"
        elif flag.is_number:
            kind = "int"
        else:
            kind = "Union[str, Sequence[str]]" if flag.is_repeatable else "str"
        meaning = flag.meaning if not flag.default else f"{flag.meaning}. Default: {flag.default}"
        meaning = {"port": "The port to listen on. Default: a free one", "log": "Log each request to standard error. Default: off"}.get(
            flag.name, meaning
        )
        text += f"    {identifier(flag.name)}: {kind}\n{docstring(meaning, '    ')}"
        table += f'    "{identifier(flag.name)}": ("--{flag.name}", "{how}"),\n'
    text += f'\n\n# Each option\'s flag, and how that is written.\nFLAGS: Dict[str, Tuple[str, Literal["value", "switch", "bare"]]] = {{\n{table}}}\n'
    return text
