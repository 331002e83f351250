//! The operations of the vendor's fraud product: devices, rules for them, reasons of verdicts, and e-mail addresses.

pub mod email_risk;
pub mod fingerprint_lookup;
pub mod rules_list;
pub mod rules_set;
pub mod verdict_reasons_list;
pub mod verdict_reasons_override;
