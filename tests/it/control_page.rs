//! The page on the control plane says what the program does: every route that it names is served, and what it has curl do
//! works.

use stytch_mock::Emulator;

use crate::client::Request;
use crate::fixture::House;

const PAGE: &str = include_str!("../../docs/control-plane.md");

#[test]
fn every_route_of_the_table_is_served_with_its_methods() {
    let house = House::of(Emulator::builder());
    let rows = PAGE.lines().filter(|line| line.starts_with("| `") && line.contains("/__mock"));
    let mut routes = 0;
    for row in rows {
        let cells: Vec<&str> = row.trim_matches('|').split(" | ").next().unwrap().split('`').collect();
        let words: Vec<&str> = cells.iter().flat_map(|cell| cell.split([' ', ','])).filter(|word| !word.is_empty()).collect();
        let methods = words.iter().filter(|word| word.chars().all(char::is_uppercase));
        for method in methods {
            for path in words.iter().filter(|word| word.starts_with("/__mock")) {
                let path = path.replace("{id}", "1").replace("{name}", "x");
                let response = house.client.steer(&Request::new(method, &path));
                let text = response.text();
                assert!(!text.contains("no such control route"), "{method} {path}: {text}");
                assert_ne!(response.status, 405, "{method} {path}: {text}");
                routes += 1;
            }
        }
    }
    assert!(routes >= 25, "the table was read: {routes}");
}
