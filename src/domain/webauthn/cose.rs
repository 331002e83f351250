//! The public key of a credential, in COSE: ES256, `EdDSA` or RS256.

use minicbor::Decoder;
use minicbor::data::Type;
use ring::signature::{ECDSA_P256_SHA256_ASN1, ED25519, RSA_PKCS1_2048_8192_SHA256, RsaPublicKeyComponents, UnparsedPublicKey};

/// A key whose form is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CoseKey {
    /// ECDSA on P-256 with SHA-256; the point, not compressed.
    Es256([u8; 65]),
    /// Ed25519.
    EdDsa([u8; 32]),
    /// RSA, PKCS #1 v1.5, with SHA-256.
    Rs256 { n: Vec<u8>, e: Vec<u8> },
}

/// The algorithms by their COSE numbers, the preferred one first.
pub const ALGORITHMS: [i64; 3] = [-7, -8, -257];

/// A member of the map that a key is.
enum Member<'a> {
    Number(i64),
    Bytes(&'a [u8]),
}

impl CoseKey {
    /// Reads a key; `None` if it is none of the three.
    #[must_use]
    pub fn read(decoder: &mut Decoder<'_>) -> Option<Self> {
        let count = decoder.map().ok()??;
        let mut members = Vec::new();
        for _ in 0..count.min(16) {
            let label = decoder.i64().ok()?;
            match decoder.datatype().ok()? {
                Type::Bytes => members.push((label, Member::Bytes(decoder.bytes().ok()?))),
                Type::U8 | Type::U16 | Type::U32 | Type::U64 | Type::I8 | Type::I16 | Type::I32 | Type::I64 => {
                    members.push((label, Member::Number(decoder.i64().ok()?)));
                }
                _ => decoder.skip().ok()?,
            }
        }
        let number = |label| {
            members.iter().find_map(|(known, member)| match member {
                Member::Number(number) if *known == label => Some(*number),
                _ => None,
            })
        };
        let bytes = |label| {
            members.iter().find_map(|(known, member)| match member {
                Member::Bytes(bytes) if *known == label => Some(*bytes),
                _ => None,
            })
        };
        // the kind of key, its algorithm, its curve
        match (number(1)?, number(3)?, number(-1)) {
            (2, -7, Some(1)) => {
                let mut point = [4; 65];
                point[1..33].copy_from_slice(bytes(-2).filter(|x| x.len() == 32)?);
                point[33..].copy_from_slice(bytes(-3).filter(|y| y.len() == 32)?);
                Some(Self::Es256(point))
            }
            (1, -8, Some(6)) => bytes(-2)?.try_into().ok().map(Self::EdDsa),
            (3, -257, None) => Some(Self::Rs256 { n: bytes(-1)?.to_vec(), e: bytes(-2)?.to_vec() }),
            _ => None,
        }
    }

    /// Its algorithm's COSE number.
    #[must_use]
    pub fn algorithm(&self) -> i64 {
        match self {
            Self::Es256(_) => -7,
            Self::EdDsa(_) => -8,
            Self::Rs256 { .. } => -257,
        }
    }

    /// Whether its owner made a signature of a message.
    #[must_use]
    pub fn verifies(&self, message: &[u8], signature: &[u8]) -> bool {
        match self {
            Self::Es256(point) => UnparsedPublicKey::new(&ECDSA_P256_SHA256_ASN1, point).verify(message, signature),
            Self::EdDsa(key) => UnparsedPublicKey::new(&ED25519, key).verify(message, signature),
            Self::Rs256 { n, e } => RsaPublicKeyComponents { n, e }.verify(&RSA_PKCS1_2048_8192_SHA256, message, signature),
        }
        .is_ok()
    }
}
