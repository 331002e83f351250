//! Files under `tests/goldens`, compared byte by byte. `UPDATE_GOLDENS=1 cargo test` writes them anew.

use std::fs;
use std::path::PathBuf;

/// The `request_id` of every golden: the page's own.
pub const REQUEST_ID: &str = "request-id-test-b05c992f-ebdc-489d-a754-c7e70ba13141";

/// Holds `actual` to the golden of this name.
pub fn assert_golden(name: &str, actual: &str) {
    let path: PathBuf = [env!("CARGO_MANIFEST_DIR"), "tests", "goldens", name].iter().collect();
    if std::env::var_os("UPDATE_GOLDENS").is_some() {
        fs::create_dir_all(path.parent().expect("a golden lies in a folder")).unwrap();
        fs::write(&path, actual).unwrap();
    }
    let expected = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    if actual != expected {
        let (line, (is, was)) =
            actual.split('\n').zip(expected.split('\n')).enumerate().find(|(_, (is, was))| is != was).unwrap_or_default();
        let line = line + 1;
        panic!("{name} differs from line {line} on; if it should, UPDATE_GOLDENS=1 writes it anew\n  is:  {is}\n  was: {was}");
    }
}
