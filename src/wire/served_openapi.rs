//! The OpenAPI document as the program serves it: a copy, made by [`crate::openapi`], since making it takes the schemas of
//! all types. A test holds the copy to what would be made (`UPDATE_DOCS=1 cargo test --test it openapi` makes it anew).

use miniz_oxide::inflate::decompress_to_vec_zlib;

/// Its text, as zlib packs it.
static PACKED: &[u8] = include_bytes!("openapi.json.zz");

/// Its text.
///
/// # Panics
/// Never: what was packed is UTF-8.
#[must_use]
pub fn text() -> String {
    let text = decompress_to_vec_zlib(PACKED).expect("it was packed by zlib");
    String::from_utf8(text).expect("it is UTF-8")
}
