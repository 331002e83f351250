//! The seed of what was recorded. A service may say more than the emulator knows: what a seed does not take is left out of it,
//! and named.

use serde_json::{Value, json};

use super::fetch::Recorded;
use crate::wire::seed::report::Problem;

/// The seed: the clock stands where it was recorded, so that no session is over when it is played.
#[must_use]
pub fn of(recorded: &Recorded, project_id: &str, secret: &str) -> Value {
    let user = |recorded: &super::fetch::RecordedUser| {
        let mut user = recorded.user.clone();
        user.insert("sessions".to_owned(), Value::from(recorded.sessions.clone()));
        Value::Object(user)
    };
    let users: Vec<Value> = recorded.users.iter().map(user).collect();
    let mut project = json!({ "project_id": project_id, "secrets": [secret], "users": users });
    if let Some(policy) = &recorded.policy {
        project["rbac_policy"] = policy.clone();
    }
    json!({ "clock": recorded.at.to_string(), "projects": [project] })
}

/// Takes out of a seed what was refused of it; says what. Nothing is taken out if nothing can be.
pub fn without(seed: &mut Value, problems: &[Problem]) -> Vec<String> {
    let mut left_out = Vec::new();
    let mut has_cut_array = false;
    // from the end: what stands before keeps its place
    for problem in problems.iter().rev() {
        let Some(pointer) = pointer(&problem.path) else { continue };
        let Some((parent, last)) = pointer.rsplit_once('/') else { continue };
        let taken = match seed.pointer_mut(parent) {
            Some(Value::Object(members)) => members.remove(&last.replace("~1", "/").replace("~0", "~")),
            Some(Value::Array(elements)) if !has_cut_array => {
                has_cut_array = true;
                last.parse().ok().filter(|index| *index < elements.len()).map(|index: usize| elements.remove(index))
            }
            _ => None,
        };
        if taken.is_some() {
            left_out.push(format!("{}: {}", problem.path, problem.message));
        }
    }
    left_out.reverse();
    left_out
}

/// A path of a problem, such as `$.projects[0].users[0]["a-b"]`, as a JSON pointer.
fn pointer(path: &str) -> Option<String> {
    let mut rest = path.strip_prefix('$')?;
    let mut pointer = String::new();
    while !rest.is_empty() {
        let (step, after) = if let Some(quoted) = rest.strip_prefix("[\"") {
            let end = quoted.find("\"]")?;
            (quoted[..end].replace("\\\"", "\"").replace("\\\\", "\\"), &quoted[end + 2..])
        } else if let Some(index) = rest.strip_prefix('[') {
            let (index, after) = index.split_once(']')?;
            (index.to_owned(), after)
        } else {
            let key = rest.strip_prefix('.')?;
            let end = key.find(['.', '[']).unwrap_or(key.len());
            (key[..end].to_owned(), &key[end..])
        };
        pointer.push('/');
        pointer.push_str(&step.replace('~', "~0").replace('/', "~1"));
        rest = after;
    }
    Some(pointer)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_leads_to_its_value() {
        for (path, expected) in [
            ("$", Some("")),
            ("$.projects[0].users[12].emails", Some("/projects/0/users/12/emails")),
            (r#"$.a["b.c/d"][1]"#, Some("/a/b.c~1d/1")),
            ("projects", None),
        ] {
            assert_eq!(pointer(path).as_deref(), expected, "{path}");
        }
    }

    #[test]
    fn what_is_refused_is_left_out_and_named() {
        let problem =
            |path: &str| Problem { file: String::new(), line: 1, column: 1, path: path.to_owned(), message: "no".to_owned() };
        let mut seed = json!({ "a": [{ "b": 1, "c": 2 }, 3, 4] });
        let left_out = without(&mut seed, &[problem("$.a[0].b"), problem("$.a[1]"), problem("$.a[2]"), problem("$.x.y")]);
        assert_eq!(seed, json!({ "a": [{ "c": 2 }, 3] }), "of arrays one element a time");
        assert_eq!(left_out, ["$.a[0].b: no", "$.a[2]: no"]);
    }
}
