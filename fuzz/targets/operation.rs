//! The bodies of every operation, as its description has them and with strangers in between.

#![no_main]

use std::cell::RefCell;

use arbitrary::Unstructured;
use libfuzzer_sys::fuzz_target;
use stytch_mock_fuzz::Line;
use stytch_mock_fuzz::operations::Operations;

thread_local!(static LINE: RefCell<(Line, Operations)> = RefCell::new({
    let mut line = Line::open();
    let operations = Operations::of(&mut line);
    (line, operations)
}));

fuzz_target!(|bytes: &[u8]| {
    LINE.with_borrow_mut(|(line, operations)| {
        let mut input = Unstructured::new(bytes);
        // several in a row: one sends what the next redeems
        for _ in 0..4 {
            let Ok((operation, path, body)) = operations.request(&mut input) else { return };
            let basic = line.basic();
            let headers: [(&str, &[u8]); 2] = [("authorization", basic.as_bytes()), ("content-type", b"application/json")];
            line.send(&operation.method, &path, &headers, &body);
        }
    });
});
