//! An estimate of how many guesses a password withstands: zxcvbn 3.1.1, made small. See `README.md` for what differs.

use std::collections::HashMap;

pub use scoring::Score;

mod adjacency_graphs;
pub mod feedback;
mod frequency_lists;
mod matching;
mod scoring;

/// How strong a password is.
#[derive(Debug, Clone)]
pub struct Estimate {
    /// How many guesses it takes to find it.
    pub guesses: u64,
    /// The same on a scale from 0 to 4. Less than 3 is too weak.
    pub score: Score,
    /// What to do better, if the score is less than 3.
    pub feedback: Option<feedback::Feedback>,
}

/// What the matchers know besides the password.
struct Context {
    /// Words that this user's attackers would try first, lower-case, each with its rank.
    user_inputs: HashMap<String, usize>,
    /// Years near this one are guessed first.
    year: i32,
}

/// Estimates a password's strength. `user_inputs` are words that this user's attackers would try first (names, the
/// e-mail address); `year` is the present one. Only the first 100 characters count.
pub fn zxcvbn(password: &str, user_inputs: &[&str], year: i32) -> Estimate {
    if password.is_empty() {
        return Estimate { guesses: 0, score: Score::Zero, feedback: feedback::get_feedback(Score::Zero, &[]) };
    }
    // so that a long password costs little
    let password: String = password.chars().take(100).collect();
    let user_inputs = user_inputs.iter().zip(1..).map(|(input, rank)| (input.to_lowercase(), rank)).collect();
    let matches = matching::omnimatch(&password, &Context { user_inputs, year });
    let result = scoring::most_guessable_match_sequence(&password, &matches, false, year);
    let score = score(result.guesses);
    Estimate { guesses: result.guesses, score, feedback: feedback::get_feedback(score, &result.sequence) }
}

fn score(guesses: u64) -> Score {
    const DELTA: u64 = 5;
    match guesses.saturating_sub(DELTA) {
        0..=999 => Score::Zero,
        1_000..=999_999 => Score::One,
        1_000_000..=99_999_999 => Score::Two,
        100_000_000..=9_999_999_999 => Score::Three,
        _ => Score::Four,
    }
}
