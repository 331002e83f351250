//! The operations of `/v1/crypto_wallets`.

pub mod authenticate;
pub mod authenticate_start;
