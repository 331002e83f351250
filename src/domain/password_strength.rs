//! Whether a password is good enough: the vendor's two policies, and a list of breached passwords.

use std::collections::HashSet;

use chrono::Datelike;

use super::timestamp::Timestamp;
use super::zxcvbn::zxcvbn;

/// What a project asks of its users' passwords.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StrengthPolicy {
    /// What makes a password strong.
    pub rule: StrengthRule,
    /// Passwords that are known to attackers. The vendor asks a service; the emulator can't.
    pub breached: HashSet<String>,
}

/// What makes a password strong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StrengthRule {
    /// How many guesses it withstands, on zxcvbn's scale.
    Zxcvbn {
        /// The least score, 0 to 4. The vendor's is 3.
        min_score: u8,
    },
    /// Lower case, upper case, digits and symbols.
    Luds {
        /// The fewest characters.
        min_length: usize,
        /// The fewest of those four kinds, 1 to 4.
        min_complexity: usize,
    },
}

impl Default for StrengthRule {
    fn default() -> Self {
        Self::Zxcvbn { min_score: 3 }
    }
}

/// What `passwords.strength_check` answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Strength {
    /// Whether a user may choose it.
    pub valid_password: bool,
    /// zxcvbn's score, 0 to 4; 0 under the other policy.
    pub score: u8,
    /// Whether attackers know it.
    pub breached_password: bool,
    /// The name of the policy, `zxcvbn` or `luds`.
    pub strength_policy: &'static str,
    /// What zxcvbn finds wrong; may be empty.
    pub warning: String,
    /// What zxcvbn would do about it; may be empty.
    pub suggestions: Vec<String>,
    /// What the other policy finds.
    pub luds_requirements: Option<LudsRequirements>,
}

/// Which kinds of characters are there, and what is missing.
#[expect(clippy::struct_excessive_bools, reason = "the vendor's answer has four")]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LudsRequirements {
    /// One of a-z.
    pub has_lower_case: bool,
    /// One of A-Z.
    pub has_upper_case: bool,
    /// One of 0-9.
    pub has_digit: bool,
    /// Any other character.
    pub has_symbol: bool,
    /// How many kinds are missing.
    pub missing_complexity: usize,
    /// How many characters are missing.
    pub missing_characters: usize,
}

impl StrengthPolicy {
    /// Judges a password at `now`. A breached one is invalid only if it comes with an e-mail address, as the vendor has
    /// it (documented); operations that set a password always have one.
    ///
    /// zxcvbn takes 30 ms at its first use, then a tenth of a millisecond for most passwords, and up to a second for 100
    /// characters full of look-alikes: it does not belong on a thread that serves requests.
    #[must_use]
    pub fn check(&self, password: &str, has_email: bool, now: Timestamp) -> Strength {
        let breached_password = self.breached.contains(password);
        let is_allowed = !(breached_password && has_email);
        match self.rule {
            StrengthRule::Zxcvbn { min_score } => {
                let estimate = zxcvbn(password, &[], now.datetime().year());
                let feedback = estimate.feedback.unwrap_or_default();
                let score = estimate.score.into();
                Strength {
                    valid_password: is_allowed && score >= min_score,
                    score,
                    breached_password,
                    strength_policy: "zxcvbn",
                    warning: feedback.warning().map_or_else(String::new, |warning| warning.to_string()),
                    suggestions: feedback.suggestions().iter().map(ToString::to_string).collect(),
                    luds_requirements: None,
                }
            }
            StrengthRule::Luds { min_length, min_complexity } => {
                let luds = LudsRequirements::of(password, min_length, min_complexity);
                Strength {
                    valid_password: is_allowed && luds.missing_complexity == 0 && luds.missing_characters == 0,
                    score: 0,
                    breached_password,
                    strength_policy: "luds",
                    warning: String::new(),
                    suggestions: Vec::new(),
                    luds_requirements: Some(luds),
                }
            }
        }
    }
}

impl LudsRequirements {
    fn of(password: &str, min_length: usize, min_complexity: usize) -> Self {
        let has = |kind: fn(&char) -> bool| password.chars().any(|char| kind(&char));
        let kinds = [
            has(char::is_ascii_lowercase),
            has(char::is_ascii_uppercase),
            has(char::is_ascii_digit),
            has(|char| !char.is_ascii_alphanumeric()),
        ];
        let [has_lower_case, has_upper_case, has_digit, has_symbol] = kinds;
        let complexity = kinds.into_iter().filter(|has| *has).count();
        Self {
            has_lower_case,
            has_upper_case,
            has_digit,
            has_symbol,
            missing_complexity: min_complexity.saturating_sub(complexity),
            missing_characters: min_length.saturating_sub(password.chars().count()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> Timestamp {
        Timestamp::parse("2026-01-01T00:00:00Z").unwrap()
    }

    #[test]
    fn zxcvbn_scores_as_the_original() {
        let original = include_str!("../../vendor/zxcvbn/original.tsv");
        assert!(original.lines().count() > 500);
        for line in original.lines() {
            let mut fields = line.split('\t');
            let mut field = || fields.next().unwrap();
            let (password, guesses, score) = (field(), field().parse::<u64>().unwrap(), field().parse::<u8>().unwrap());
            let estimate = zxcvbn(password, &["rosebud"], 2026);
            assert_eq!((estimate.guesses, u8::from(estimate.score)), (guesses, score), "{password}");
        }
    }

    #[test]
    fn a_weak_password_is_told_what_is_wrong_and_what_helps() {
        let another = "Add another word or two. Uncommon words are better.";
        for (password, score, warning, suggestions) in [
            ("", 0, "", &["Use a few words, avoid common phrases.", "No need for symbols, digits, or uppercase letters."][..]),
            ("password", 0, "This is a top-10 common password.", &[another]),
            (
                "p@ssword1",
                1,
                "This is similar to a commonly used password.",
                &[another, "Predictable substitutions like '@' instead of 'a' don't help very much."],
            ),
            (
                "drowssap",
                0,
                "This is similar to a commonly used password.",
                &[another, "Reversed words aren't much harder to guess."],
            ),
            ("Password", 0, "This is a top-10 common password.", &[another, "Capitalization doesn't help very much."]),
            (
                "PASSWORD",
                0,
                "This is a top-10 common password.",
                &[another, "All-uppercase is almost as easy to guess as all-lowercase."],
            ),
            ("aaaaaaa", 0, "Repeats like \"aaa\" are easy to guess.", &[another, "Avoid repeated words and characters."]),
            ("lmnopqrst", 0, "Sequences like \"abc\" or \"6543\" are easy to guess.", &[another, "Avoid sequences."]),
            ("EntropyIsInformation", 3, "", &[]),
            ("correct horse battery staple", 4, "", &[]),
        ] {
            let strength = StrengthPolicy::default().check(password, true, now());
            assert_eq!((strength.score, strength.warning.as_str()), (score, warning), "{password}");
            assert_eq!(strength.suggestions, suggestions, "{password}");
            assert_eq!((strength.valid_password, strength.strength_policy), (score >= 3, "zxcvbn"), "{password}");
        }
    }

    #[test]
    fn a_project_chooses_the_least_score() {
        let policy = StrengthPolicy { rule: StrengthRule::Zxcvbn { min_score: 0 }, ..StrengthPolicy::default() };
        assert!(policy.check("password", true, now()).valid_password);
    }

    #[test]
    fn luds_counts_kinds_and_characters() {
        let policy =
            StrengthPolicy { rule: StrengthRule::Luds { min_length: 8, min_complexity: 3 }, ..StrengthPolicy::default() };
        for (password, has, missing_complexity, missing_characters) in [
            ("", [false; 4], 3, 8),
            ("12", [false, false, true, false], 2, 6),
            ("abcdefgh", [true, false, false, false], 2, 0),
            ("Abc 1", [true, true, true, true], 0, 3),
            ("Abcdefg1", [true, true, true, false], 0, 0),
            ("Äbcdefgh", [true, false, false, true], 1, 0),
        ] {
            let strength = policy.check(password, true, now());
            let luds = strength.luds_requirements.unwrap();
            assert_eq!([luds.has_lower_case, luds.has_upper_case, luds.has_digit, luds.has_symbol], has, "{password}");
            assert_eq!(
                (luds.missing_complexity, luds.missing_characters),
                (missing_complexity, missing_characters),
                "{password}"
            );
            assert_eq!(strength.valid_password, missing_complexity + missing_characters == 0, "{password}");
            assert_eq!((strength.score, strength.strength_policy), (0, "luds"));
        }
    }

    #[test]
    fn a_breached_password_is_invalid_beside_an_email_address() {
        let breached = HashSet::from(["correct horse battery staple".to_owned()]);
        for rule in [StrengthRule::default(), StrengthRule::Luds { min_length: 8, min_complexity: 2 }] {
            let policy = StrengthPolicy { rule, breached: breached.clone() };
            let check = |password, has_email| {
                let strength = policy.check(password, has_email, now());
                (strength.valid_password, strength.breached_password)
            };
            assert_eq!(check("correct horse battery staple", true), (false, true));
            assert_eq!(check("correct horse battery staple", false), (true, true));
            assert_eq!(check("another horse battery staple", true), (true, false));
        }
    }
}
