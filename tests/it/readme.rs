//! The README says what the program does: its flags, variables and defaults, and its seed.

use std::collections::BTreeMap;
use std::process::Command;

use stytch_mock::Emulator;

const README: &str = include_str!("../../README.md");

/// Flag to variable and default, as the README's table has them.
fn documented() -> BTreeMap<String, (String, String)> {
    let rows = README.lines().filter(|line| line.starts_with("| `--"));
    rows.map(|row| {
        let cells: Vec<String> = row.trim_matches('|').split('|').map(|cell| cell.trim().replace('`', "")).collect();
        (cells[0].clone(), (cells[1].clone(), cells[2].clone()))
    })
    .collect()
}

/// Flag to variable and default, as the program's help has them; without a default it is empty.
fn offered() -> BTreeMap<String, (String, String)> {
    let mut help = Command::new(env!("CARGO_BIN_EXE_stytch-mock"));
    help.arg("--help").env_clear();
    let help = String::from_utf8(help.output().unwrap().stdout).unwrap();
    let mut flags: BTreeMap<String, (String, String)> = BTreeMap::new();
    let mut flag = String::new();
    for line in help.lines().map(str::trim) {
        if let Some(name) = line.strip_prefix("--") {
            flag = format!("--{}", name.split(' ').next().unwrap());
        } else if let Some(variable) = line.strip_prefix("[env: ") {
            let variable = variable.trim_end_matches([']', '=']).to_owned();
            flags.insert(flag.clone(), (variable, String::new()));
        } else if let Some(default) = line.strip_prefix("[default: ") {
            default.trim_end_matches(']').clone_into(&mut flags.get_mut(&flag).unwrap().1);
        }
    }
    flags
}

#[test]
fn every_flag_is_in_the_table_with_its_variable_and_default() {
    let (documented, offered) = (documented(), offered());
    assert_eq!(documented.keys().collect::<Vec<_>>(), offered.keys().collect::<Vec<_>>());
    for (flag, (variable, default)) in offered {
        let (documented_variable, documented_default) = &documented[&flag];
        assert_eq!(*documented_variable, variable, "{flag}");
        if !default.is_empty() {
            assert_eq!(*documented_default, default, "{flag}");
        }
    }
}

/// Each language of the table of three lines, and the program that has them and is run.
const PROGRAMS: [(&str, &str); 5] = [
    ("[Node]", "tests/packages/node/first.mjs"),
    ("[Python]", "tests/packages/python/first.py"),
    ("[Go]", "tests/packages/go/stay/main.go"),
    ("[Java]", "tests/packages/java/src/test/java/Stay.java"),
    ("Rust", "src/emulator/mod.rs"),
];

#[test]
fn the_three_lines_of_each_language_are_those_of_a_program_that_is_run() {
    let table = README.split("<!-- three lines by language").nth(1).unwrap().split("<!-- end of the three lines").next().unwrap();
    let rows: Vec<&str> = table.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| |")).collect();
    assert_eq!(rows.len(), PROGRAMS.len());
    for (row, (language, program)) in rows.into_iter().zip(PROGRAMS) {
        let cells: Vec<&str> = row.trim_matches('|').split(" | ").map(str::trim).collect();
        assert!(cells[0].starts_with(language), "{row}");
        let program = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/").to_owned() + program).unwrap();
        let lines: Vec<&str> = cells[2].split("<br>").map(|line| line.trim_matches('`')).collect();
        assert_eq!(lines.len(), 3, "{row}");
        for line in lines {
            // several imports share a word
            let line = line.trim_start_matches("import ").trim_end_matches(';');
            assert!(program.lines().any(|other| other.contains(line)), "{language}: {line}");
        }
    }
}

#[test]
fn the_seed_by_example_loads() {
    let start = README.find("```json\n{\n  \"$schema\"").unwrap() + "```json\n".len();
    let seed = &README[start..start + README[start..].find("```").unwrap()];
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let emulator = runtime.block_on(Emulator::builder().seed_json(seed).start()).unwrap();
    assert_eq!(emulator.project_id(), "project-test-11111111-1111-4111-8111-111111111111");
}

/// What links call a heading.
fn anchor_of(heading: &str) -> String {
    let text = heading.trim_start_matches('#').trim().to_lowercase().replace(' ', "-");
    text.chars().filter(|letter| letter.is_alphanumeric() || "-_".contains(*letter)).collect()
}

#[test]
fn what_it_links_to_is_there() {
    for link in README.split("](").skip(1).map(|rest| rest.split(')').next().unwrap()) {
        if !link.starts_with("http") {
            let (path, anchor) = link.split_once('#').unwrap_or((link, ""));
            let path = concat!(env!("CARGO_MANIFEST_DIR"), "/").to_owned() + if path.is_empty() { "README.md" } else { path };
            assert!(std::path::Path::new(&path).exists(), "{link}");
            let is_anchor = |line: &str| line.starts_with('#') && anchor_of(line) == anchor;
            assert!(anchor.is_empty() || std::fs::read_to_string(&path).unwrap().lines().any(is_anchor), "{link}");
        }
    }
}
