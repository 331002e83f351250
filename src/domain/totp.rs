//! Codes of an authenticator app (RFC 6238: SHA-1, 6 digits, 30 seconds) and the recovery codes beside them.

use std::fmt;

use chrono::TimeDelta;
use data_encoding::BASE32_NOPAD;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use ring::hmac;
use subtle::ConstantTimeEq;

use super::timestamp::Timestamp;

/// How long a code lasts, in seconds.
const STEP_SECONDS: i64 = 30;

/// How many steps a code may be early or late (documented).
const WINDOW: i64 = 1;

/// What a URL takes as it is: RFC 3986's unreserved characters.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// What an authenticator app and the server share.
#[derive(Clone, PartialEq, Eq)]
pub struct TotpSecret(Box<[u8]>);

/// A text that is no secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("expected base32: letters and the digits 2 to 7, such as BTGNX5RKJRMQWQFRQKTG34JCF6XDRHZS")]
pub struct InvalidTotpSecret;

/// Why a code is refused; each is an `error_type` of the vendor's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TotpRefusal {
    /// `invalid_totp_code`: not six digits.
    Malformed,
    /// `expired_totp`: nobody used it in time.
    Expired,
    /// `unable_to_authenticate_totp`
    Wrong,
    /// `totp_code_already_authenticated`
    AlreadyUsed,
}

/// A secret of a user's, its recovery codes, and what has been used of both.
#[derive(Clone, PartialEq, Eq)]
pub struct Totp {
    /// What the authenticator app has.
    pub secret: TotpSecret,
    /// Recovery codes that have not been used.
    pub recovery_codes: Vec<String>,
    /// Until when a first code has to come; `None` once one came.
    pub expires_at: Option<Timestamp>,
    /// The step of the last code that was accepted: neither it nor an older one is accepted again.
    last_step: Option<i64>,
}

impl TotpSecret {
    /// A new secret, of as many bytes as the vendor's.
    #[must_use]
    pub fn new(random: [u8; 20]) -> Self {
        Self(random.into())
    }

    /// Reads base32, in any letter case, with or without padding.
    ///
    /// # Errors
    /// If it is something else, or nothing.
    pub fn parse(text: &str) -> Result<Self, InvalidTotpSecret> {
        let text = text.trim_end_matches('=').to_ascii_uppercase();
        let bytes = BASE32_NOPAD.decode(text.as_bytes()).map_err(|_| InvalidTotpSecret)?;
        if bytes.is_empty() { Err(InvalidTotpSecret) } else { Ok(Self(bytes.into())) }
    }

    /// The secret in base32.
    #[must_use]
    pub fn base32(&self) -> String {
        BASE32_NOPAD.encode(&self.0)
    }

    /// The code that an authenticator app shows at `now`.
    #[must_use]
    pub fn code(&self, now: Timestamp) -> String {
        self.code_of_step(step(now))
    }

    /// What an authenticator app reads from a QR picture. The name of the account is the user's e-mail address or id
    /// (assumed).
    #[must_use]
    pub fn otpauth_url(&self, issuer: &str, account: &str) -> String {
        let (issuer, account) = (utf8_percent_encode(issuer, RESERVED), utf8_percent_encode(account, RESERVED));
        let secret = self.base32();
        format!("otpauth://totp/{issuer}:{account}?algorithm=SHA1&digits=6&issuer={issuer}&period=30&secret={secret}")
    }

    fn code_of_step(&self, step: i64) -> String {
        let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, &self.0);
        let tag = hmac::sign(&key, &step.to_be_bytes());
        let bytes = tag.as_ref();
        let offset = usize::from(bytes[bytes.len() - 1] & 0xf);
        let truncated = [bytes[offset] & 0x7f, bytes[offset + 1], bytes[offset + 2], bytes[offset + 3]];
        format!("{:06}", u32::from_be_bytes(truncated) % 1_000_000)
    }

    /// The step that `code` is the code of, if it is one of those around `now`.
    fn step_of(&self, code: &str, now: Timestamp) -> Option<i64> {
        let is_code = |step: &i64| bool::from(self.code_of_step(*step).as_bytes().ct_eq(code.as_bytes()));
        (-WINDOW..=WINDOW).map(|offset| step(now) + offset).find(is_code)
    }
}

fn step(now: Timestamp) -> i64 {
    now.unix_seconds().div_euclid(STEP_SECONDS)
}

impl fmt::Debug for TotpSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TotpSecret(redacted)")
    }
}

impl Totp {
    /// A secret that a first code makes last; until `expires_at` it may come.
    #[must_use]
    pub fn new(secret: TotpSecret, recovery_codes: Vec<String>, expires_at: Timestamp) -> Self {
        Self { secret, recovery_codes, expires_at: Some(expires_at), last_step: None }
    }

    /// A secret that lasts.
    #[must_use]
    pub fn verified(secret: TotpSecret, recovery_codes: Vec<String>) -> Self {
        Self { secret, recovery_codes, expires_at: None, last_step: None }
    }

    /// The same, of which a code was accepted that the app shows at this time.
    #[must_use]
    pub fn with_last_code_at(self, at: Option<Timestamp>) -> Self {
        Self { last_step: at.map(step), ..self }
    }

    /// When the app began to show the last code that was accepted.
    #[must_use]
    pub fn last_code_at(&self) -> Option<Timestamp> {
        self.last_step.map(|step| Timestamp::EPOCH.saturating_add(TimeDelta::seconds(step.saturating_mul(STEP_SECONDS))))
    }

    /// Whether a code of it was ever accepted.
    #[must_use]
    pub fn is_verified(&self) -> bool {
        self.expires_at.is_none()
    }

    /// Whether no first code came in time.
    #[must_use]
    pub fn is_expired(&self, now: Timestamp) -> bool {
        self.expires_at.is_some_and(|expires_at| now >= expires_at)
    }

    /// Accepts a code, once.
    ///
    /// # Errors
    /// If it is none of those around `now`, or was accepted before.
    pub fn authenticate(&mut self, code: &str, now: Timestamp) -> Result<(), TotpRefusal> {
        if !is_code(code) {
            return Err(TotpRefusal::Malformed);
        }
        if self.is_expired(now) {
            return Err(TotpRefusal::Expired);
        }
        let step = self.secret.step_of(code, now).ok_or(TotpRefusal::Wrong)?;
        // after the clock was moved back, codes of the new present count again
        let newest = self::step(now) + WINDOW;
        if self.last_step.is_some_and(|last| step <= last && last <= newest) {
            return Err(TotpRefusal::AlreadyUsed);
        }
        self.last_step = Some(step);
        self.expires_at = None;
        Ok(())
    }

    /// Uses a recovery code up, in any letter case; whether it was one.
    pub fn recover(&mut self, code: &str) -> bool {
        let found = self.recovery_codes.iter().position(|unused| unused.eq_ignore_ascii_case(code));
        if let Some(index) = found {
            self.recovery_codes.remove(index);
        }
        found.is_some()
    }
}

impl fmt::Debug for Totp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { expires_at, last_step, .. } = self;
        f.debug_struct("Totp").field("expires_at", expires_at).field("last_step", last_step).finish_non_exhaustive()
    }
}

/// Whether a text has the form of a code.
#[must_use]
pub fn is_code(text: &str) -> bool {
    text.len() == 6 && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether a text has the form of a recovery code, `xxxx-xxxx-xxxx`.
#[must_use]
pub fn is_recovery_code(text: &str) -> bool {
    let is_part = |part: &str| part.len() == 4 && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    text.split('-').count() == 3 && text.split('-').all(is_part)
}

/// How many recovery codes the vendor gives at once.
pub const RECOVERY_CODES: usize = 10;

/// A recovery code of the vendor's form, such as `ckss-2skx-ebow`.
#[must_use]
pub fn recovery_code(random: [u8; 8]) -> String {
    const ALPHABET: &[u8; 36] = b"0123456789abcdefghijklmnopqrstuvwxyz";
    let mut rest = u64::from_le_bytes(random);
    let mut four = || -> String {
        let mut draw = || {
            let index = usize::try_from(rest % 36).expect("it is less than 36");
            rest /= 36;
            char::from(ALPHABET[index])
        };
        (0..4).map(|_| draw()).collect()
    };
    [four(), four(), four()].join("-")
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_datetime(DateTime::from_timestamp(seconds, 0).unwrap())
    }

    fn totp() -> Totp {
        Totp::new(TotpSecret::new(*b"12345678901234567890"), vec!["ckss-2skx-ebow".to_owned()], at(1_000))
    }

    /// RFC 6238, appendix B, the last six digits.
    #[test]
    fn codes_are_those_of_the_standard() {
        for (seconds, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            assert_eq!(totp().secret.code(at(seconds)), code, "{seconds}");
        }
    }

    #[test]
    fn a_code_may_be_one_step_early_or_late() {
        let code = totp().secret.code(at(120));
        for (now, expected) in
            [(89, Err(TotpRefusal::Wrong)), (90, Ok(())), (120, Ok(())), (179, Ok(())), (180, Err(TotpRefusal::Wrong))]
        {
            assert_eq!(totp().authenticate(&code, at(now)), expected, "{now}");
        }
    }

    #[test]
    fn a_code_counts_once_and_none_before_it_counts_any_more() {
        let code = |seconds| totp().secret.code(at(seconds));
        let mut totp = totp();
        assert_eq!(totp.authenticate(&code(150), at(120)), Ok(()));
        for (seconds, now, expected) in [
            (150, 120, Err(TotpRefusal::AlreadyUsed)),
            (120, 120, Err(TotpRefusal::AlreadyUsed)),
            (180, 160, Ok(())),
            (60, 60, Ok(())),
        ] {
            assert_eq!(totp.authenticate(&code(seconds), at(now)), expected, "{seconds} at {now}");
        }
    }

    #[test]
    fn the_first_code_has_to_come_in_time() {
        let mut late = totp();
        let code = late.secret.code(at(1_000));
        assert_eq!(late.authenticate(&code, at(1_000)), Err(TotpRefusal::Expired));
        assert!(!late.is_verified() && late.is_expired(at(1_000)) && !late.is_expired(at(999)));
        let mut verified = totp();
        assert_eq!(verified.authenticate(&verified.secret.code(at(999)), at(999)), Ok(()));
        assert!(verified.is_verified() && !verified.is_expired(at(5_000)));
        assert_eq!(verified.authenticate(&verified.secret.code(at(5_000)), at(5_000)), Ok(()));
    }

    #[test]
    fn what_is_no_code_is_malformed() {
        for code in ["", "12345", "1234567", "12345a", "１２３４５６"] {
            assert_eq!(totp().authenticate(code, at(0)), Err(TotpRefusal::Malformed), "{code}");
        }
    }

    #[test]
    fn a_recovery_code_counts_once() {
        let mut totp = totp();
        assert!(!totp.recover("ckss-2skx-eboX"));
        assert!(totp.recover("CKSS-2skx-ebow"));
        assert!(!totp.recover("ckss-2skx-ebow") && totp.recovery_codes.is_empty());
    }

    #[test]
    fn recovery_codes_have_the_vendors_form() {
        assert_eq!(recovery_code([0; 8]), "0000-0000-0000");
        let code = recovery_code(*b"\x01\x23\x45\x67\x89\xab\xcd\xef");
        assert!(is_recovery_code(&code) && code == code.to_lowercase(), "{code}");
        assert!(!is_recovery_code("123456") && !is_recovery_code("0000-0000") && !is_recovery_code("0000-0000-000"));
    }

    #[test]
    fn a_secret_is_read_as_it_is_written_and_not_printed() {
        let secret = TotpSecret::parse("BTGNX5RKJRMQWQFRQKTG34JCF6XDRHZS").unwrap();
        assert_eq!(secret.base32(), "BTGNX5RKJRMQWQFRQKTG34JCF6XDRHZS");
        assert_eq!(TotpSecret::parse("gezdgnbvgy3tqojqgezdgnbvgy3tqojq====").unwrap(), totp().secret);
        for text in ["", "====", "1", "BTGN X5RK"] {
            assert_eq!(TotpSecret::parse(text), Err(InvalidTotpSecret), "{text}");
        }
        assert!(!format!("{:?} {:?}", secret, totp()).contains("ckss"));
        assert_eq!(
            secret.otpauth_url("My App", "a+b@example.com"),
            "otpauth://totp/My%20App:a%2Bb%40example.com?algorithm=SHA1&digits=6&issuer=My%20App&period=30\
             &secret=BTGNX5RKJRMQWQFRQKTG34JCF6XDRHZS"
        );
    }
}
