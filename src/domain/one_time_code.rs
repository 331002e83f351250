//! Codes sent by SMS, `WhatsApp` and e-mail: one that counts for each method, once, for some minutes.

use std::collections::HashMap;
use std::fmt;

use subtle::ConstantTimeEq;

use super::outbox::Channel;
use super::session::Attributes;
use super::timestamp::Timestamp;

/// Six digits.
#[derive(Clone, PartialEq, Eq)]
pub struct Passcode([u8; 6]);

/// A code that was sent.
#[derive(Debug, Clone)]
pub struct OneTimeCode {
    /// The code.
    pub code: Passcode,
    /// How it was sent.
    pub channel: Channel,
    /// From when on it is too late.
    pub expires_at: Timestamp,
    /// Who asked for it, as far as the request said.
    pub attributes: Option<Attributes>,
    is_used: bool,
}

/// Why a code is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CodeRefusal {
    /// It is not the last one that was sent there, if one was at all: `otp_code_not_found`.
    Wrong,
    /// It was used before: `unable_to_auth_otp_code`.
    Used,
    /// It came too late: `unable_to_auth_otp_code`.
    Expired,
}

/// The last code of each method, by the `method_id`: an e-mail address's or a phone number's.
#[derive(Debug, Default)]
pub struct OneTimeCodes(HashMap<String, OneTimeCode>);

impl Passcode {
    /// A code out of random bytes.
    #[must_use]
    pub fn new(random: [u8; 8]) -> Self {
        let mut rest = u64::from_le_bytes(random);
        Self([0; 6].map(|_: u8| {
            let digit = u8::try_from(rest % 10).expect("it is less than 10");
            rest /= 10;
            b'0' + digit
        }))
    }

    /// Reads six digits.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let digits: [u8; 6] = text.as_bytes().try_into().ok()?;
        digits.iter().all(u8::is_ascii_digit).then_some(Self(digits))
    }

    /// The digits, for the message that carries them.
    ///
    /// # Panics
    /// Never: digits are text.
    #[must_use]
    pub fn reveal(&self) -> &str {
        str::from_utf8(&self.0).expect("digits are ASCII")
    }
}

impl fmt::Debug for Passcode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Passcode(redacted)")
    }
}

impl OneTimeCode {
    /// A code that has not been used.
    #[must_use]
    pub fn new(code: Passcode, channel: Channel, expires_at: Timestamp, attributes: Option<Attributes>) -> Self {
        Self { code, channel, expires_at, attributes, is_used: false }
    }
}

impl OneTimeCodes {
    /// Makes `code` the one that counts for a method; the one before it counts no more.
    pub fn issue(&mut self, method_id: &str, code: OneTimeCode) {
        self.0.insert(method_id.to_owned(), code);
    }

    /// Forgets the code of a method that is no more.
    pub fn forget(&mut self, method_id: &str) {
        self.0.remove(method_id);
    }

    /// Looks at the code that was sent, without using it up.
    ///
    /// # Errors
    /// If it is wrong, used or expired.
    pub fn check(&self, method_id: &str, code: &Passcode, now: Timestamp) -> Result<&OneTimeCode, CodeRefusal> {
        match self.0.get(method_id) {
            Some(sent) if !bool::from(sent.code.0.ct_eq(&code.0)) => Err(CodeRefusal::Wrong),
            Some(sent) if sent.is_used => Err(CodeRefusal::Used),
            Some(sent) if now >= sent.expires_at => Err(CodeRefusal::Expired),
            Some(sent) => Ok(sent),
            None => Err(CodeRefusal::Wrong),
        }
    }

    /// Uses the code that was sent up.
    ///
    /// # Errors
    /// If it is wrong, used or expired.
    pub fn redeem(&mut self, method_id: &str, code: &Passcode, now: Timestamp) -> Result<(), CodeRefusal> {
        self.check(method_id, code, now)?;
        if let Some(sent) = self.0.get_mut(method_id) {
            sent.is_used = true;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(minute: u32) -> Timestamp {
        Timestamp::parse(&format!("2021-08-09T08:{minute:02}:00Z")).unwrap()
    }

    fn code(text: &str) -> Passcode {
        Passcode::parse(text).unwrap()
    }

    fn sent(text: &str, expires_at: Timestamp) -> OneTimeCode {
        OneTimeCode::new(code(text), Channel::Email, expires_at, None)
    }

    #[test]
    fn a_code_counts_once() {
        let mut codes = OneTimeCodes::default();
        codes.issue("email-1", sent("123456", at(2)));
        codes.issue("email-2", sent("654321", at(2)));
        assert_eq!(codes.redeem("email-1", &code("000000"), at(0)), Err(CodeRefusal::Wrong));
        assert_eq!(codes.redeem("email-1", &code("654321"), at(0)), Err(CodeRefusal::Wrong), "it is of another method");
        assert_eq!(codes.redeem("email-3", &code("123456"), at(0)), Err(CodeRefusal::Wrong), "nothing was sent there");
        assert!(codes.check("email-1", &code("123456"), at(0)).is_ok(), "a look uses nothing up");
        assert_eq!(codes.redeem("email-1", &code("123456"), at(1)), Ok(()));
        assert_eq!(codes.redeem("email-1", &code("123456"), at(1)), Err(CodeRefusal::Used));
        assert_eq!(codes.redeem("email-1", &code("000000"), at(1)), Err(CodeRefusal::Wrong));
        codes.forget("email-1");
        assert_eq!(codes.redeem("email-1", &code("123456"), at(1)), Err(CodeRefusal::Wrong));
    }

    #[test]
    fn a_code_ends_by_the_clock() {
        let mut codes = OneTimeCodes::default();
        codes.issue("email-1", sent("123456", at(2)));
        assert_eq!(codes.redeem("email-1", &code("123456"), at(2)), Err(CodeRefusal::Expired));
        assert_eq!(codes.redeem("email-1", &code("123456"), at(1)), Ok(()), "as it does if the clock is moved back");
    }

    #[test]
    fn only_the_last_code_of_a_method_counts() {
        let mut codes = OneTimeCodes::default();
        codes.issue("email-1", sent("123456", at(2)));
        codes.issue("email-1", sent("654321", at(5)));
        assert_eq!(codes.redeem("email-1", &code("123456"), at(0)), Err(CodeRefusal::Wrong));
        assert_eq!(codes.redeem("email-1", &code("654321"), at(4)), Ok(()));
    }

    #[test]
    fn a_code_is_six_digits_and_not_printed() {
        assert_eq!(Passcode::new([0; 8]).reveal(), "000000");
        assert_eq!(Passcode::new(123_456_u64.to_le_bytes()).reveal(), "654321");
        for text in ["", "12345", "1234567", "12345x", "１２"] {
            assert_eq!(Passcode::parse(text), None, "{text}");
        }
        assert!(!format!("{:?}", sent("123456", at(0))).contains("123456"));
    }
}
