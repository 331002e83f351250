//! Crypto wallets: their addresses, the challenges that they sign, and whether they signed.

pub mod address;
pub mod challenge;
pub mod siwe;
