//! What has to differ from answer to answer, declared key by key: of these the form is compared, not the value.

use uuid::Uuid;

/// What the values of a key look like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// `<type>-<test|live>-<uuid>`. The same id on one side is the same id on the other.
    Id,
    /// RFC 3339, in UTC, with or without a fraction.
    Time,
    /// Base64url of some length.
    Token,
    /// A JWT; its header and its claims are compared as JSON.
    Jwt,
    /// Base64 of any length: keys and certificates.
    Material,
    /// Seconds since 1970.
    Seconds,
}

/// Each volatile key. A `*` in front stands for any beginning.
pub const VOLATILE: [(&str, Form); 17] = [
    ("request_id", Form::Id),
    ("user_id", Form::Id),
    ("session_id", Form::Id),
    ("email_id", Form::Id),
    ("phone_id", Form::Id),
    ("password_id", Form::Id),
    ("kid", Form::Id),
    // of a session JWT: the session, and the user
    ("id", Form::Id),
    ("sub", Form::Id),
    ("*_at", Form::Time),
    ("session_token", Form::Token),
    ("session_jwt", Form::Jwt),
    ("exp", Form::Seconds),
    ("iat", Form::Seconds),
    ("nbf", Form::Seconds),
    // of a key set
    ("x5c", Form::Material),
    ("x5tS256", Form::Material),
];

/// The modulus of a key. It stands apart: nothing else has so short a name.
const MODULUS: &str = "n";

/// The form of the values of a key, if they are volatile.
#[must_use]
pub fn form(key: &str) -> Option<Form> {
    if key == MODULUS {
        return Some(Form::Material);
    }
    let is_meant = |(name, _): &&(&str, Form)| match name.strip_prefix('*') {
        Some(end) => key.ends_with(end),
        None => key == *name,
    };
    VOLATILE.iter().find(is_meant).map(|(_, form)| *form)
}

/// What a value of a form looks like, with what has to differ left out. A value of another form is shown as it is.
#[must_use]
pub fn outline(form: Form, text: &str) -> String {
    match form {
        Form::Id => id(text),
        Form::Time => time(text),
        Form::Token => of_alphabet(text, "-_").map(|length| format!("<{length} characters of base64url>")),
        Form::Jwt => {
            let is_jwt = text.split('.').count() == 3 && text.split('.').all(|part| of_alphabet(part, "-_").is_some());
            is_jwt.then(|| "<jwt>".to_owned())
        }
        Form::Material => of_alphabet(text, "-_+/=").map(|_| "<base64>".to_owned()),
        Form::Seconds => None,
    }
    .unwrap_or_else(|| text.to_owned())
}

/// Whether a text is an id of the vendor's form.
#[must_use]
pub fn is_id(text: &str) -> bool {
    id(text).is_some()
}

fn id(text: &str) -> Option<String> {
    let (kind, uuid) = text.split_at_checked(text.len().checked_sub(36)?)?;
    let parsed = Uuid::try_parse(uuid).ok()?;
    let is_vendors = kind.ends_with("-test-") || kind.ends_with("-live-");
    let is_lower = parsed.hyphenated().to_string() == uuid;
    (is_vendors && is_lower).then(|| format!("{kind}<uuid v{}>", parsed.get_version_num()))
}

fn time(text: &str) -> Option<String> {
    let body = text.strip_suffix('Z')?;
    let (seconds, fraction) = body.split_once('.').unwrap_or((body, ""));
    let is_like = |(letter, model): (u8, u8)| if model == b'0' { letter.is_ascii_digit() } else { letter == model };
    let model = b"0000-00-00T00:00:00";
    let is_time = seconds.len() == model.len() && seconds.bytes().zip(model.iter().copied()).all(is_like);
    let is_fraction = body.contains('.') && !fraction.is_empty() && fraction.bytes().all(|digit| digit.is_ascii_digit());
    match (is_time, body.contains('.')) {
        (true, false) => Some("<time>".to_owned()),
        (true, true) if is_fraction => Some("<time with a fraction>".to_owned()),
        _ => None,
    }
}

/// The length of a text of base64's letters and these.
fn of_alphabet(text: &str, more: &str) -> Option<usize> {
    let is_letter = |letter: char| letter.is_ascii_alphanumeric() || more.contains(letter);
    (!text.is_empty() && text.chars().all(is_letter)).then_some(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_volatile_values_the_form_is_left() {
        for (key, text, outlined) in [
            ("user_id", "user-test-16d9ba61-97a1-4ba4-9720-b03761dc50c6", "user-test-<uuid v4>"),
            ("user_id", "user-test-16D9BA61-97a1-4ba4-9720-b03761dc50c6", "user-test-16D9BA61-97a1-4ba4-9720-b03761dc50c6"),
            ("user_id", "", ""),
            ("expires_at", "2021-08-09T08:00:00Z", "<time>"),
            ("expires_at", "2021-08-09T08:00:00.5Z", "<time with a fraction>"),
            ("expires_at", "2021-08-09T08:00:00+00:00", "2021-08-09T08:00:00+00:00"),
            ("expires_at", "2021-08-09 08:00:00Z", "2021-08-09 08:00:00Z"),
            ("session_token", "WJtR5BCy38Szd5AfoDpf0iqFKEt4EE5JhjlWUY7l3FtY", "<44 characters of base64url>"),
            ("session_token", "", ""),
            ("session_jwt", "a.b.c", "<jwt>"),
            ("session_jwt", "a.b", "a.b"),
            ("n", "5at4-_", "<base64>"),
        ] {
            assert_eq!(outline(form(key).unwrap(), text), outlined, "{key}");
        }
        for key in ["status_code", "error_type", "project_id", "roles", "email", "external_id"] {
            assert_eq!(form(key), None, "{key}");
        }
    }
}
