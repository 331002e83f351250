//! Templates of custom claims: JSON in which `{{ client.trusted_metadata.plan }}` stands for what is there. Source: the
//! vendor's guides; that a tag inside a string gives text, and one for nothing gives `null`, is assumed.

use serde_json::Value;

use super::JsonObject;

/// Why a template makes no claims.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TemplateRefusal {
    /// A tag does not end.
    #[error("a {{{{ has no }}}}")]
    MismatchedTag,
    /// A tag names nothing that there could be.
    #[error("the tag {{{{{0}}}}} names none of {1}")]
    InvalidTag(String, String),
    /// Without its tags it is no JSON object.
    #[error("it is no JSON object")]
    InvalidJson,
}

/// The claims that a template makes out of what `known` has.
///
/// # Errors
/// If the template is none.
pub fn render(template: &str, known: &JsonObject) -> Result<JsonObject, TemplateRefusal> {
    let (mut json, mut rest, mut in_string) = (String::with_capacity(template.len()), template, false);
    while let Some((before, after)) = rest.split_once("{{") {
        in_string ^= quotes(before) % 2 == 1;
        json.push_str(before);
        let (tag, after) = after.split_once("}}").ok_or(TemplateRefusal::MismatchedTag)?;
        let text = value(tag, known)?.to_string();
        match text.strip_prefix('"').and_then(|text| text.strip_suffix('"')) {
            Some(inner) if in_string => json.push_str(inner),
            _ if in_string => json.push_str(&text.replace('\\', "\\\\").replace('"', "\\\"")),
            _ => json.push_str(&text),
        }
        rest = after;
    }
    json.push_str(rest);
    match serde_json::from_str(&json) {
        Ok(Value::Object(claims)) => Ok(claims),
        _ => Err(TemplateRefusal::InvalidJson),
    }
}

/// How many quotation marks begin or end a string.
fn quotes(json: &str) -> usize {
    let mut is_escaped = false;
    let is_quote = |letter: char| {
        let escaped = is_escaped;
        is_escaped = letter == '\\' && !escaped;
        letter == '"' && !escaped
    };
    json.chars().map(is_quote).filter(|is_quote| *is_quote).count()
}

/// What a tag stands for.
fn value(tag: &str, known: &JsonObject) -> Result<Value, TemplateRefusal> {
    let mut names = tag.trim().split('.');
    let root = names.next().and_then(|root| known.get(root)).ok_or_else(|| {
        let roots: Vec<&str> = known.keys().map(String::as_str).collect();
        TemplateRefusal::InvalidTag(tag.to_owned(), roots.join(", "))
    })?;
    Ok(names.try_fold(root, |value, name| value.get(name)).cloned().unwrap_or(Value::Null))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn rendered(template: &str) -> Result<Value, TemplateRefusal> {
        let known =
            json!({ "client": { "client_id": "c\"1", "trusted_metadata": { "plan": "pro", "seats": [1, 2] } }, "request": {} });
        render(template, known.as_object().unwrap()).map(Value::Object)
    }

    #[test]
    fn a_tag_gives_what_is_there_as_json_and_in_a_string_as_text() {
        for (template, expected) in [
            ("{}", json!({})),
            (r#"{"a": {{ client.trusted_metadata.plan }}}"#, json!({ "a": "pro" })),
            (
                r#"{"a": {{client.trusted_metadata.seats}}, "b": {"c": {{ request.x }}}}"#,
                json!({ "a": [1, 2], "b": { "c": null } }),
            ),
            (
                r#"{"a": "plan \" {{ client.trusted_metadata.plan }} of {{ client.client_id }}"}"#,
                json!({ "a": "plan \" pro of c\"1" }),
            ),
            (r#"{"a": "{{ client.trusted_metadata }}"}"#, json!({ "a": r#"{"plan":"pro","seats":[1,2]}"# })),
        ] {
            assert_eq!(rendered(template), Ok(expected), "{template}");
        }
    }

    #[test]
    fn what_is_no_template_is_refused() {
        for (template, expected) in [
            ("", TemplateRefusal::InvalidJson),
            ("[]", TemplateRefusal::InvalidJson),
            (r#"{"a": {{ request.x }"#, TemplateRefusal::MismatchedTag),
            (r#"{"a": {{ user.x }}}"#, TemplateRefusal::InvalidTag(" user.x ".to_owned(), "client, request".to_owned())),
        ] {
            assert_eq!(rendered(template), Err(expected), "{template}");
        }
    }
}
