"""The control client of the Java artifact."""

import json

from .model import OPAQUE, camel, name_of, only_property, pascal, without_null, wrap

HEADER = "// Written by packages/generate from what the emulator says of itself. Not to be edited.\npackage stytchmock;\n\n"


def comment(text, indent=""):
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("@", "&#64;").replace("*/", "* /")
    lines = wrap(text, 112 - len(indent))
    if len(lines) == 1:
        return f"{indent}/** {lines[0]} */\n"
    return f"{indent}/**\n" + "".join(f"{indent} * {line}\n" for line in lines) + f"{indent} */\n"


def identifier(name):
    name = camel(name.lower() if name.isupper() else name)
    return f"{name}_" if name in ("default", "package", "switch", "new", "class", "for") else name


class Java:
    def __init__(self, model):
        self.model = model

    def type(self, schema, boxed=False):
        schema = self.model.named(schema)
        if name := name_of(schema):
            return "JsonNode" if name in OPAQUE else f"Answers.{name}"
        schema, nullable = without_null(schema)
        boxed = boxed or nullable
        if "anyOf" in schema:
            kinds = {self.type(each, boxed) for each in schema["anyOf"]}
            return kinds.pop() if len(kinds) == 1 else "Object"
        match schema.get("type"):
            case "string":
                return "String"
            case "integer":
                return "Long" if boxed else "long"
            case "number":
                return "Double" if boxed else "double"
            case "boolean":
                return "Boolean" if boxed else "boolean"
            case "array":
                return f"List<{self.type(schema.get('items', {}), boxed=True)}>"
            case "object":
                return "Map<String, Object>"
        return "Object"

    def _answered(self):
        found = {}

        def visit(schema):
            schema = self.model.named(schema)
            if name := name_of(schema):
                if name in OPAQUE or name in found:
                    return
                schema = found[name] = self.model.schemas[name]
            for inner in (*schema.get("properties", {}).values(), *schema.get("anyOf", [])):
                visit(inner)
            if "items" in schema:
                visit(schema["items"])

        for operation in self.model.operations:
            if operation.result:
                visit(operation.result)
        visit({"$ref": "#/components/schemas/Problem"})
        return dict(sorted(found.items()))

    def answers(self):
        text = HEADER + "import com.fasterxml.jackson.annotation.JsonProperty;\nimport java.util.List;\n\n"
        text += "/** What the control plane answers. */\npublic final class Answers {\n    private Answers() {}\n"
        for name, schema in self._answered().items():
            required = schema.get("required", [])
            about = schema.get("description", name)
            parameters, documented = [], []
            for key, value in schema["properties"].items():
                kind = self.type(value, boxed=key not in required).replace("Answers.", "")
                parameters.append(f'            @JsonProperty("{key}") {kind} {identifier(key)}')
                documented.append(f"@param {identifier(key)} {value.get('description', 'as it says.')}")
            text += "\n    /**\n" + "".join(f"     * {line}\n" for line in wrap(about, 108))
            for line in documented:
                escaped = line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
                text += "".join(f"     * {part}\n" for part in wrap(escaped, 108))
            text += f"     */\n    public record {name}(\n" + ",\n".join(parameters) + ") {}\n"
        text += "}\n"
        for kind, package in (("Map", "java.util"), ("JsonNode", "com.fasterxml.jackson.databind")):
            if kind in _words(text):
                text = text.replace("import java.util.List;\n", f"import {package}.{kind};\nimport java.util.List;\n")
        return text

    def parameters(self):
        text = HEADER + "import java.util.LinkedHashMap;\nimport java.util.Map;\n\n"
        text += "/** What control routes take: keys that are not set are not sent. */\npublic final class Parameters {\n    private Parameters() {}\n"
        text += (
            "\n    /** Some keys with their values. */\n    public abstract static class Keys {\n"
            "        final Map<String, Object> values = new LinkedHashMap<>();\n\n        Keys() {}\n    }\n"
        )
        made = set()
        for operation in self.model.operations:
            if operation.query:
                keys = {parameter.name: (parameter.schema, parameter.meaning) for parameter in operation.query}
                about = f"What {operation.group + '().' if operation.group else ''}{operation.name}() takes."
                text += self.keys(self.query_name(operation), about, keys)
            body = name_of(operation.body) if operation.body else None
            if body and body not in OPAQUE and body not in made and not only_property(self.model, operation):
                made.add(body)
                schema = self.model.schemas[body]
                keys = {key: (value, value.get("description", "")) for key, value in schema["properties"].items()}
                text += self.keys(body, schema.get("description", body), keys)
        return text + "}\n"

    def keys(self, name, about, keys):
        text = "\n" + comment(about, "    ") + f"    public static final class {name} extends Keys {{\n"
        text += "        /** Nothing is set. */\n        public " + name + "() {}\n"
        for key, (schema, meaning) in keys.items():
            kind = self.type(without_null(schema)[0])
            lines = wrap(meaning.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"), 104)
            text += "\n        /**\n" + "".join(f"         * {line}\n" for line in lines)
            text += f"         *\n         * @param value its value\n         * @return this\n         */\n"
            text += f"        public {name} {identifier(key)}({kind} value) {{\n"
            text += f'            values.put("{key}", value);\n            return this;\n        }}\n'
        return text + "    }\n"

    @staticmethod
    def query_name(operation):
        return f"{pascal(operation.group)}{pascal(operation.name)}Query"

    def signature(self, operation):
        parameters = [(f"String {identifier(parameter.name)}", parameter.meaning) for parameter in operation.in_path]
        query, body = "null", "null"
        alone = only_property(self.model, operation)
        if alone:
            schema = self.model.resolve(operation.body)["properties"][alone]
            parameters.append((f"{self.type(schema)} {identifier(alone)}", schema.get("description", alone)))
            body = f'Map.of("{alone}", {identifier(alone)})'
        elif operation.body is not None:
            name = name_of(operation.body)
            if name is None or name in OPAQUE:
                parameters.append(("Object body", "what Jackson makes JSON of, such as a Map; null is no body"))
                body = "body"
            else:
                parameters.append((f"Parameters.{name} body", "what is set"))
                body = "body.values"
        if operation.query:
            parameters.append((f"Parameters.{self.query_name(operation)} query", "what is asked for"))
            query = "query.values"
        if operation.takes_project:
            query = f"scoped({query})"
        path = json.dumps(operation.path)
        for parameter in operation.in_path:
            path = path.replace(f"{{{parameter.name}}}", f'" + Transport.quoted({identifier(parameter.name)}) + "')
        return parameters, path.removesuffix(' + ""'), query, body

    def method(self, operation, indent):
        parameters, path, query, body = self.signature(operation)
        name = identifier(operation.name)
        outer, inner = indent, indent + "    "
        arguments = ", ".join(parameter for parameter, _ in parameters)
        if operation.kind == "url":
            result, call = "String", f"transport.url({path}, {query})"
        elif operation.kind == "text":
            result, call = "String", f"transport.text({json.dumps(operation.method)}, {path}, {query}, {body})"
        else:
            result = self.type(operation.result)
            call = f"transport.json({json.dumps(operation.method)}, {path}, {query}, {body}, {result}.class)"
        text = "\n" + self.documentation(operation.summary, parameters, outer)
        text += f"{outer}public {result} {name}({arguments}) {{\n{inner}return {call};\n{outer}}}\n"
        if operation.query:
            # with nothing asked for it is the same without an argument
            others = parameters[:-1]
            rest = ", ".join(parameter for parameter, _ in others)
            given = ", ".join([*(parameter.split()[-1] for parameter, _ in others), f"new Parameters.{self.query_name(operation)}()"])
            text += "\n" + self.documentation(operation.summary, others, outer)
            text += f"{outer}public {result} {name}({rest}) {{\n{inner}return {name}({given});\n{outer}}}\n"
        if operation.can_wait:
            items = self.model.list_of(operation.result)
            item = self.type(self.model.resolve(operation.result)["properties"][items]["items"])
            about = (
                f"The {items} that fit, once there are `count` of them (1). Waits up to `wait` (5s), and throws if they do not come."
            )
            text += "\n" + self.documentation(about, parameters, outer)
            text += f"{outer}public List<{item}> await({arguments}) {{\n"
            text += f'{inner}query.values.putIfAbsent("count", 1L);\n{inner}query.values.putIfAbsent("wait", "5s");\n'
            text += f'{inner}return Transport.enough("{items}", {name}(query).{identifier(items)}(), query.values.get("count"));\n{outer}}}\n'
        return text

    @staticmethod
    def documentation(summary, parameters, indent):
        escape = lambda text: text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")  # noqa: E731
        text = f"{indent}/**\n" + "".join(f"{indent} * {line}\n" for line in wrap(escape(summary), 108 - len(indent)))
        text += f"{indent} *\n"
        for parameter, meaning in parameters:
            lines = wrap(escape(f"@param {parameter.split()[-1]} {meaning}"), 108 - len(indent))
            text += "".join(f"{indent} * {line}\n" for line in lines)
        return text + f"{indent} * @return the answer\n{indent} */\n"

    def client(self, name, base, about, groups, top):
        imports = "import java.util.List;\nimport java.util.Map;\nimport com.fasterxml.jackson.databind.JsonNode;\n"
        body = ""
        constructor, accessors, nested = "", "", ""
        for group in groups:
            kind, field = f"{pascal(group.name)}Control", identifier(group.name)
            body += f"    private final {kind} {field};\n"
            constructor += f"        this.{field} = new {kind}(transport, project);\n"
            accessors += (
                f"\n    /**\n     * The control routes of {group.name}.\n     *\n     * @return them\n     */\n"
                f"    public {kind} {field}() {{\n        return {field};\n    }}\n"
            )
            nested += f"\n    /** The control routes of {group.name}. */\n    public static final class {kind} extends Routes {{\n"
            nested += f"        {kind}(Transport transport, String project) {{\n            super(transport, project);\n        }}\n"
            nested += "".join(self.method(operation, "        ") for operation in group.operations) + "    }\n"
        text = f"/** {about} */\npublic class {name} extends {base} {{\n{body}\n"
        text += f"    {name}(Transport transport, String project) {{\n        super(transport, project);\n{constructor}    }}\n{accessors}"
        text += "".join(self.method(operation, "    ") for operation in top) + nested + "}\n"
        used = "".join(line + "\n" for line in sorted(imports.splitlines()) if f"{line.rsplit('.', 1)[1][:-1]}" in _words(text))
        return HEADER + used + ("\n" if used else "") + text

    def files(self):
        groups = self.model.groups
        of_project = [group for group in groups if group.is_of_project]
        others = [group for group in groups if not group.is_of_project]
        top_of_project = [each for each in self.model.top.operations if each.takes_project]
        top = [each for each in self.model.top.operations if not each.takes_project]
        yield "Answers.java", self.answers()
        yield "Parameters.java", self.parameters()
        about = "The part of the control plane that can be about one project."
        yield "ProjectControl.java", self.client("ProjectControl", "Routes", about, of_project, top_of_project)
        yield "Control.java", self.client("Control", "ProjectControl", "The whole control plane.", others, top)


def _words(text):
    import re

    return set(re.findall(r"\w+", text))
