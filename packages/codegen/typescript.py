"""The control client and the options of the npm package."""

import json

from .model import camel, name_of, only_property, pascal, without_null, wrap

HEADER = "// Written by packages/generate from what the emulator says of itself. Not to be edited.\n"


def comment(text, indent=""):
    lines = wrap(text.replace("*/", "* /"), 116 - len(indent))
    if len(lines) == 1:
        return f"{indent}/** {lines[0]} */\n"
    return f"{indent}/**\n" + "".join(f"{indent} * {line}\n" for line in lines) + f"{indent} */\n"


class TypeScript:
    def __init__(self, model):
        self.model = model

    def type(self, schema, indent=""):
        schema = self.model.named(schema)
        if name := name_of(schema):
            return name
        schema, nullable = without_null(schema)
        if nullable:
            return f"{self.type(schema, indent)} | null"
        if "enum" in schema:
            return " | ".join(json.dumps(value) for value in schema["enum"])
        if "const" in schema:
            return json.dumps(schema["const"])
        if "anyOf" in schema or "oneOf" in schema:
            return " | ".join(dict.fromkeys(self.type(each, indent) for each in schema.get("anyOf") or schema["oneOf"]))
        match schema.get("type"):
            case "string":
                return "string"
            case "integer" | "number":
                return "number"
            case "boolean":
                return "boolean"
            case "array":
                items = self.type(schema.get("items", {}), indent)
                return f"Array<{items}>" if any(sign in items for sign in "|{") else f"{items}[]"
            case "object" if schema.get("properties"):
                return "{\n" + self.members(schema, indent + "  ") + f"{indent}}}"
            case "object":
                inner = schema.get("additionalProperties")
                return f"Record<string, {self.type(inner, indent) if isinstance(inner, dict) and inner else 'unknown'}>"
        return "unknown"

    def members(self, schema, indent):
        required = schema.get("required", [])
        text = ""
        for key, value in schema["properties"].items():
            if meaning := value.get("description"):
                text += comment(meaning, indent)
            name = key if key.isidentifier() else json.dumps(key)
            text += f"{indent}{name}{'' if key in required else '?'}: {self.type(value, indent)};\n"
        return text

    def types(self):
        text = ""
        for name, schema in self.model.types(opaque=()).items():
            text += comment(schema.get("description", name))
            text += f"export interface {name} {{\n{self.members(schema, '  ')}}}\n\n"
        return text

    def query_type(self, operation):
        if not operation.query:
            return ""
        members = ""
        for parameter in operation.query:
            members += comment(parameter.meaning, "  ")
            members += f"  {parameter.name}?: {self.type(parameter.schema, '  ')} | undefined;\n"
        name = f"{operation.group}.{operation.name}".removeprefix(".")
        return f"/** What `{name}` takes. */\nexport interface {self.query_name(operation)} {{\n{members}}}\n\n"

    @staticmethod
    def query_name(operation):
        return f"{pascal(operation.group)}{pascal(operation.name)}Query"

    def method(self, operation):
        arguments = [f"{parameter.name}: string | number" for parameter in operation.in_path]
        body, query = "undefined", "{}"
        alone = only_property(self.model, operation)
        if alone:
            kind = self.type(self.model.resolve(operation.body)["properties"][alone])
            arguments.append(f"{alone}: {kind}")
            body = f"{{ {alone} }}"
        elif operation.body is not None:
            arguments.append(f"body{'' if operation.body_required else '?'}: {self.type(operation.body)}")
            body = "body"
        if operation.query:
            arguments.append(f"query: {self.query_name(operation)} = {{}}")
            query = "{ ...query }"
        if operation.takes_project:
            query = "this.scope({ ...query })" if operation.query else "this.scope({})"
        path = operation.path
        for parameter in operation.in_path:
            path = path.replace(f"{{{parameter.name}}}", f"${{encodeURIComponent({parameter.name})}}")
        path = f"`{path}`" if operation.in_path else json.dumps(path)
        text = comment(operation.summary, "  ")
        if operation.kind == "url":
            return text + f"  {operation.name}({', '.join(arguments)}): string {{\n    return this.transport.url({path}, {query});\n  }}\n\n"
        result = "string" if operation.kind == "text" else self.type(operation.result)
        verb = "text" if operation.kind == "text" else "json"
        call = f'this.transport.{verb}({json.dumps(operation.method)}, {path}, {query}, {body})'
        text += f"  async {operation.name}({', '.join(arguments)}): Promise<{result}> {{\n"
        text += f"    return (await {call}) as {result};\n  }}\n\n"
        if operation.can_wait:
            text += self.wait(operation)
        return text

    def wait(self, operation):
        items = self.model.list_of(operation.result)
        item = self.type(self.model.resolve(operation.result)["properties"][items]["items"])
        about = f"The {items} that fit, once there are `count` of them (1). Waits up to `wait` (5s), and throws if they do not come."
        return (
            comment(about, "  ")
            + f"  async wait(query: {self.query_name(operation)} = {{}}): Promise<{item}[]> {{\n"
            + "    const { count = 1, wait = \"5s\" } = query;\n"
            + "    const found = await this.list({ ...query, count, wait });\n"
            + f"    return enough({json.dumps(items)}, found.{items}, count, query);\n  }}\n\n"
        )

    def group(self, group):
        methods = "".join(self.method(operation) for operation in group.operations).rstrip("\n")
        return (
            f"/** The control routes of `{group.name}`. */\n"
            f"export class {pascal(group.name)}Control extends Routes {{\n{methods}\n}}\n\n"
        )

    def control(self):
        groups = self.model.groups
        of_project = [group for group in groups if group.is_of_project]
        others = [group for group in groups if not group.is_of_project]
        top_of_project = [each for each in self.model.top.operations if each.takes_project]
        top = [each for each in self.model.top.operations if not each.takes_project]
        text = HEADER + 'import { Routes, enough } from "./transport.js";\n\n'
        text += self.types()
        text += "".join(self.query_type(operation) for operation in self.model.operations)
        text += "".join(self.group(group) for group in groups)
        text += "/** The part of the control plane that can be about one project. */\n"
        text += self.client("ProjectControl", "Routes", of_project, top_of_project)
        text += "/** The whole control plane. */\n"
        text += self.client("Control", "ProjectControl", others, top)
        return text.rstrip("\n") + "\n"

    def client(self, name, base, groups, top):
        text = f"export class {name} extends {base} {{\n"
        for group in groups:
            kind = f"{pascal(group.name)}Control"
            text += f"  /** The control routes of `{group.name}`. */\n"
            text += f"  readonly {camel(group.name)} = new {kind}(this.transport, this.projectScope);\n"
        text += "\n" if groups and top else ""
        text += "".join(self.method(operation) for operation in top).rstrip("\n")
        return text.rstrip("\n") + "\n}\n\n"


# What the package itself decides.
OWN = ("seed", "seed-json", "exit-with-stdin")


def options(flags):
    text = HEADER + "\n/** The flags of `stytch-mock serve`. */\nexport interface Flags {\n"
    table = ""
    for flag in flags:
        if flag.name in OWN:
            continue
        if flag.is_bare or flag.is_switch:
            kind, how = "boolean", "bare" if flag.is_bare else "switch"
        elif flag.choices:
            kind, how = " | ".join(json.dumps(choice) for choice in flag.choices), "value"
        elif flag.is_number:
            kind, how = "number", "value"
        else:
            kind, how = ("string | string[]" if flag.is_repeatable else "string"), "value"
        meaning = flag.meaning if not flag.default else f"{flag.meaning}. Default: {flag.default}"
        if flag.name == "port":
            meaning, kind = "The port to listen on. Default: a free one", "number"
        if flag.name == "log":
            meaning = "Log each request to standard error. Default: off"
        text += comment(meaning, "  ") + f"  {camel(flag.name)}?: {kind} | undefined;\n"
        table += f'  {camel(flag.name)}: ["--{flag.name}", "{how}"],\n'
    text += "}\n\n/** Each option's flag, and how that is written. */\n"
    text += f"export const FLAGS: Record<keyof Flags, readonly [string, \"value\" | \"switch\" | \"bare\"]> = {{\n{table}}};\n"
    return text
