//! Finds texts by a part of them, in any letter case: what lists are searched by.

/// A part of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextFilter(String);

impl TextFilter {
    /// Looks for this.
    #[must_use]
    pub fn of(part: &str) -> Self {
        Self(part.trim().to_lowercase())
    }

    /// Whether it is in a text.
    #[must_use]
    pub fn is_in(&self, text: &str) -> bool {
        // most of what is searched is short and ASCII: no copy is made of it
        if text.is_ascii() && self.0.is_ascii() {
            let (text, part) = (text.as_bytes(), self.0.as_bytes());
            return part.is_empty() || text.windows(part.len()).any(|window| window.eq_ignore_ascii_case(part));
        }
        text.to_lowercase().contains(&self.0)
    }

    /// Whether it is in one of some texts.
    #[must_use]
    pub fn is_in_any<T: AsRef<str>>(&self, texts: impl IntoIterator<Item = T>) -> bool {
        texts.into_iter().any(|text| self.is_in(text.as_ref()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_found_in_any_letter_case() {
        for (part, text, expected) in [
            ("", "", true),
            ("", "anything", true),
            (" GRACE ", "grace@example.com", true),
            ("grace", "Grace@Example.com", true),
            ("grace@example.com!", "grace@example.com", false),
            ("größe", "GRÖSSE und GRÖẞE", true),
            ("grace", "größe", false),
            ("o", "", false),
        ] {
            assert_eq!(TextFilter::of(part).is_in(text), expected, "{part:?} in {text:?}");
        }
        assert!(TextFilter::of("b").is_in_any(["a", "b"]) && !TextFilter::of("c").is_in_any(["a", "b"]));
    }
}
