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

#[test]
fn the_seed_by_example_loads() {
    let start = README.find("```json\n{\n  \"$schema\"").unwrap() + "```json\n".len();
    let seed = &README[start..start + README[start..].find("```").unwrap()];
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let emulator = runtime.block_on(Emulator::builder().seed_json(seed).start()).unwrap();
    assert_eq!(emulator.project_id(), "project-test-11111111-1111-4111-8111-111111111111");
}

#[test]
fn what_it_links_to_is_there() {
    for link in README.split("](").skip(1).map(|rest| rest.split(')').next().unwrap()) {
        if !link.starts_with("http") {
            let path = concat!(env!("CARGO_MANIFEST_DIR"), "/").to_owned() + link;
            assert!(std::path::Path::new(&path).exists(), "{link}");
        }
    }
}
