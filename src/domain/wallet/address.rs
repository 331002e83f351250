//! The address of a wallet, and whether it signed something: Ethereum by secp256k1 and EIP-191, Solana by Ed25519.

use data_encoding::HEXLOWER;
use k256::ecdsa::{RecoveryId, Signature, VerifyingKey};
use ring::signature::{ED25519, UnparsedPublicKey};
use sha3::{Digest, Keccak256};
use subtle::ConstantTimeEq;

use crate::domain::refusal::{ErrorType, Refusal};

/// The kinds of wallets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WalletType {
    /// Every chain that goes by Ethereum's signatures.
    Ethereum,
    /// Solana.
    Solana,
}

/// An address that exists only if it parsed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WalletAddress {
    /// The end of the hash of a public key.
    Ethereum([u8; 20]),
    /// A public key.
    Solana([u8; 32]),
}

impl WalletType {
    /// The word on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ethereum => "ethereum",
            Self::Solana => "solana",
        }
    }

    /// The kind with this word, in any letter case.
    ///
    /// # Errors
    /// `invalid_wallet_type`.
    pub fn parse(text: &str) -> Result<Self, Refusal> {
        let found = [Self::Ethereum, Self::Solana].into_iter().find(|kind| kind.as_str().eq_ignore_ascii_case(text));
        found.ok_or_else(|| Refusal::new(ErrorType::InvalidWalletType, "expected ethereum or solana"))
    }
}

impl WalletAddress {
    /// Reads an address. One of Ethereum in mixed case has to have the right checksum (EIP-55).
    ///
    /// # Errors
    /// `invalid_ethereum_address`, `invalid_solana_address`.
    pub fn parse(kind: WalletType, text: &str) -> Result<Self, Refusal> {
        match kind {
            WalletType::Ethereum => {
                let wrong = |reason| Refusal::new(ErrorType::InvalidEthereumAddress, reason);
                let digits = text.strip_prefix("0x").unwrap_or_default();
                let bytes = HEXLOWER.decode(digits.to_ascii_lowercase().as_bytes()).ok();
                let bytes = bytes.and_then(|bytes| bytes.try_into().ok());
                let address = Self::Ethereum(bytes.ok_or_else(|| wrong("expected 0x and 40 hexadecimal digits"))?);
                let has_checksum =
                    digits.bytes().any(|byte| byte.is_ascii_lowercase()) && digits.bytes().any(|byte| byte.is_ascii_uppercase());
                if has_checksum && address.text() != text {
                    return Err(wrong("the letter case of the address is not that of its checksum (EIP-55)"));
                }
                Ok(address)
            }
            WalletType::Solana => {
                let bytes = read_base58(text);
                let wrong = || Refusal::new(ErrorType::InvalidSolanaAddress, "expected 32 bytes in base58");
                bytes.map(Self::Solana).ok_or_else(wrong)
            }
        }
    }

    /// What kind of address it is.
    #[must_use]
    pub fn kind(&self) -> WalletType {
        match self {
            Self::Ethereum(_) => WalletType::Ethereum,
            Self::Solana(_) => WalletType::Solana,
        }
    }

    /// The address as it is written, with its checksum.
    #[must_use]
    pub fn text(&self) -> String {
        match self {
            Self::Ethereum(bytes) => {
                let digits = HEXLOWER.encode(bytes);
                let hash = HEXLOWER.encode(&Keccak256::digest(digits.as_bytes()));
                let cased = digits.chars().zip(hash.chars());
                let cased = cased.map(|(digit, hash)| if hash >= '8' { digit.to_ascii_uppercase() } else { digit });
                std::iter::once("0x".to_owned()).chain(cased.map(String::from)).collect()
            }
            Self::Solana(bytes) => bs58::encode(bytes).into_string(),
        }
    }

    /// Whether this wallet made a signature of a message.
    ///
    /// # Errors
    /// `invalid_signature` if it can't be one: for Ethereum 65 bytes in hexadecimal digits, for Solana 64 in base58.
    pub fn signed(&self, message: &str, signature: &str) -> Result<bool, Refusal> {
        match self {
            Self::Ethereum(address) => {
                let digits = signature.strip_prefix("0x").unwrap_or(signature).to_ascii_lowercase();
                let bytes: Option<[u8; 65]> = HEXLOWER.decode(digits.as_bytes()).ok().and_then(|bytes| bytes.try_into().ok());
                let wrong = || Refusal::new(ErrorType::InvalidSignature, "expected 65 bytes in hexadecimal digits");
                let signer = recover(message, &bytes.ok_or_else(wrong)?);
                Ok(signer.is_some_and(|signer| signer.ct_eq(address).into()))
            }
            Self::Solana(key) => {
                let wrong = || Refusal::new(ErrorType::InvalidSignature, "expected 64 bytes in base58");
                let signature: [u8; 64] = read_base58(signature).ok_or_else(wrong)?;
                Ok(UnparsedPublicKey::new(&ED25519, key).verify(message.as_bytes(), &signature).is_ok())
            }
        }
    }
}

fn read_base58<const N: usize>(text: &str) -> Option<[u8; N]> {
    // longer texts hold more; decoding takes the square of their length
    let decoded = Some(text).filter(|text| text.len() <= 2 * N).and_then(|text| bs58::decode(text).into_vec().ok());
    decoded.and_then(|bytes| bytes.try_into().ok())
}

/// The address that signed a message (EIP-191, `personal_sign`).
fn recover(message: &str, signature: &[u8; 65]) -> Option<[u8; 20]> {
    let prefix = format!("\x19Ethereum Signed Message:\n{}", message.len());
    let hash = Keccak256::new_with_prefix(prefix).chain_update(message).finalize();
    let [.., v] = *signature;
    let recovery_id = RecoveryId::from_byte(v.checked_sub(27).unwrap_or(v)).filter(|id| !id.is_x_reduced())?;
    let signature = Signature::from_slice(&signature[..64]).ok()?;
    let key = VerifyingKey::recover_from_prehash(&hash, &signature, recovery_id).ok()?;
    // without the byte that says that the point is not compressed
    let point = key.to_sec1_point(false);
    let hash = Keccak256::digest(point.as_bytes().get(1..)?);
    hash.get(12..)?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The examples of EIP-55.
    #[test]
    fn a_checksum_is_that_of_the_standard() {
        for text in [
            "0x52908400098527886E0F7030069857D2E4169EE7",
            "0xde709f2102306220921060314715629080e2fb77",
            "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
            "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359",
            "0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB",
            "0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb",
        ] {
            let read = |text: &str| WalletAddress::parse(WalletType::Ethereum, text).map(|address| address.text());
            assert_eq!(read(text), Ok(text.to_owned()));
            assert_eq!(read(&text.to_lowercase()), Ok(text.to_owned()));
        }
        for text in ["0x5aAeb6053F3E94C9b9A09f33669435E7Ef1Beaed", "5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", "0x5a", "", "0x"] {
            let error = WalletAddress::parse(WalletType::Ethereum, text).unwrap_err().error;
            assert_eq!(error, ErrorType::InvalidEthereumAddress, "{text}");
        }
    }

    /// A signature that Ethereum's own tools print for the key 0x4646…46.
    #[test]
    fn the_signer_of_a_message_is_recovered() {
        let key = k256::ecdsa::SigningKey::from_slice(&[0x46; 32]).unwrap();
        let point = key.verifying_key().to_sec1_point(false);
        let hash = Keccak256::digest(&point.as_bytes()[1..]);
        let address = WalletAddress::Ethereum(hash[12..].try_into().unwrap());
        assert_eq!(address.text(), "0x9d8A62f656a8d1615C1294fd71e9CFb3E4855A4F", "the address of EIP-155's example");
        let message = "Signing in with Project: ä";
        let digest = Keccak256::digest(format!("\x19Ethereum Signed Message:\n{}{message}", message.len()));
        let (signature, recovery_id) = key.sign_prehash_recoverable(&digest);
        let mut bytes = [signature.to_bytes().to_vec(), vec![27 + recovery_id.to_byte()]].concat();
        assert_eq!(address.signed(message, &format!("0x{}", HEXLOWER.encode(&bytes))), Ok(true));
        assert_eq!(address.signed("another", &HEXLOWER.encode(&bytes)), Ok(false));
        for bit in 0..8 * 64 {
            bytes[bit / 8] ^= 1 << (bit % 8);
            assert_eq!(address.signed(message, &HEXLOWER.encode(&bytes)), Ok(false), "bit {bit}");
            bytes[bit / 8] ^= 1 << (bit % 8);
        }
        bytes[64] ^= 1;
        assert_eq!(address.signed(message, &HEXLOWER.encode(&bytes)), Ok(false));
        assert!(address.signed(message, "0x00").is_err());
    }

    #[test]
    fn a_solana_address_is_a_key() {
        use ring::signature::{Ed25519KeyPair, KeyPair};

        let key = Ed25519KeyPair::from_seed_unchecked(&[7; 32]).unwrap();
        let text = bs58::encode(key.public_key().as_ref()).into_string();
        let address = WalletAddress::parse(WalletType::Solana, &text).unwrap();
        assert_eq!(address.text(), text);
        let mut signature = key.sign(b"m").as_ref().to_vec();
        assert_eq!(address.signed("m", &bs58::encode(&signature).into_string()), Ok(true));
        signature[0] ^= 1;
        assert_eq!(address.signed("m", &bs58::encode(&signature).into_string()), Ok(false));
        assert!(address.signed("m", "0OIl").is_err());
        assert!(WalletAddress::parse(WalletType::Solana, &"1".repeat(33)).is_err());
    }
}
