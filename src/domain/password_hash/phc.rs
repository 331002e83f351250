//! Encoded hashes: `$name$v=1$a=1,b=2$salt$hash`, salt and hash in base64.

use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

/// Base64 with or without padding; written without.
pub(super) const BASE64: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new().with_encode_padding(false).with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// An encoded hash, taken apart.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Encoded<'a> {
    pub(super) name: &'a str,
    pub(super) version: Option<u32>,
    params: &'a str,
    pub(super) salt: Box<[u8]>,
    pub(super) hash: Box<[u8]>,
}

impl<'a> Encoded<'a> {
    /// Takes `text` apart; the name of the part that is wrong, if one is.
    pub(super) fn parse(text: &'a str) -> Result<Self, &'static str> {
        let mut parts = text.strip_prefix('$').ok_or("form")?.split('$');
        let name = parts.next().ok_or("form")?;
        let mut params = parts.next().ok_or("parameters")?;
        let mut version = None;
        if let Some(number) = params.strip_prefix("v=") {
            version = Some(number.parse().map_err(|_| "version")?);
            params = parts.next().ok_or("parameters")?;
        }
        let mut bytes = |part| BASE64.decode(parts.next().ok_or(part)?).map(Into::into).map_err(|_| part);
        let (salt, hash) = (bytes("salt")?, bytes("hash")?);
        if parts.next().is_some() {
            return Err("form");
        }
        Ok(Self { name, version, params, salt, hash })
    }

    /// A parameter that has to be there.
    pub(super) fn param<T: std::str::FromStr>(&self, name: &'static str) -> Result<T, &'static str> {
        let found = self.params.split(',').find_map(|param| param.strip_prefix(name)?.strip_prefix('='));
        found.and_then(|text| text.parse().ok()).ok_or(name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_encoded_hash_is_taken_apart_or_the_wrong_part_is_named() {
        let encoded = Encoded::parse("$argon2id$v=19$m=64,t=2,p=1$c2FsdA$aGFzaA==").unwrap();
        assert_eq!(
            (encoded.name, encoded.version, &*encoded.salt, &*encoded.hash),
            ("argon2id", Some(19), &b"salt"[..], &b"hash"[..])
        );
        assert_eq!((encoded.param::<u32>("m"), encoded.param::<u8>("x")), (Ok(64), Err("x")));
        for (text, part) in [
            ("", "form"),
            ("$scrypt", "parameters"),
            ("$argon2i$v=x$m=1$c2FsdA$aGFzaA", "version"),
            ("$argon2i$v=1", "parameters"),
            ("$scrypt$ln=1", "salt"),
            ("$scrypt$ln=1$!$aGFzaA", "salt"),
            ("$scrypt$ln=1$c2FsdA", "hash"),
            ("$scrypt$ln=1$c2FsdA$aGFzaA$", "form"),
        ] {
            assert_eq!(Encoded::parse(text), Err(part), "{text}");
        }
    }
}
