//! The times among a user's details that a seed tells relative to the clock. They move when a world is built from the seed
//! again, later.

use chrono::TimeDelta;

use super::devices::{DevicesEntry, SeenEntry};
use super::time::When;
use super::user_factors::{CryptoWalletEntry, TotpEntry};
use crate::domain::fraud::device::{Devices, Seen};
use crate::domain::timestamp::Timestamp;
use crate::domain::user::UserDetails;

/// Which time it is, by the place of its entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Detail {
    TotpExpiry(usize),
    TotpCode(usize),
    WalletChallenge(usize),
    FirstSeen(Kind, usize),
    LastSeen(Kind, usize),
}

/// What a user was seen with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Kind {
    Visitor,
    Address,
    Country,
}

/// They, each with how far it is from the clock. Most users have none.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub(super) struct RelativeDetails(Box<[(Detail, TimeDelta)]>);

impl RelativeDetails {
    /// Those of a user's entries.
    pub(super) fn of(
        totps: Option<&Vec<TotpEntry>>,
        wallets: Option<&Vec<CryptoWalletEntry>>,
        devices: Option<&DevicesEntry>,
    ) -> Self {
        let mut found = Vec::new();
        let mut note = |detail: Detail, when: Option<When>| {
            if let Some(When::FromNow(delta)) = when {
                found.push((detail, delta));
            }
        };
        for (index, totp) in totps.into_iter().flatten().enumerate() {
            note(Detail::TotpExpiry(index), totp.expires_at);
            note(Detail::TotpCode(index), totp.last_code_at);
        }
        for (index, wallet) in wallets.into_iter().flatten().enumerate() {
            note(Detail::WalletChallenge(index), wallet.challenge_expires_at);
        }
        for (kind, seen) in devices.into_iter().flat_map(kinds) {
            for (index, seen) in seen.into_iter().flatten().enumerate() {
                note(Detail::FirstSeen(kind, index), seen.first_seen_at);
                note(Detail::LastSeen(kind, index), seen.last_seen_at.or(seen.first_seen_at));
            }
        }
        Self(found.into())
    }

    /// Whether there are none.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Sets them to what they are at `now`.
    pub(super) fn set(&self, details: &mut UserDetails, now: Timestamp) {
        for (detail, delta) in &self.0 {
            let at = When::FromNow(*delta).resolve(now);
            match *detail {
                Detail::TotpExpiry(index) => {
                    if let Some(totp) = &mut details.totps[index].authenticator {
                        totp.expires_at = totp.expires_at.map(|_| at);
                    }
                }
                Detail::TotpCode(index) => {
                    let totp = &mut details.totps[index].authenticator;
                    *totp = totp.take().map(|totp| totp.with_last_code_at(Some(at)));
                }
                Detail::WalletChallenge(index) => {
                    if let Some(challenge) = &mut details.crypto_wallets[index].challenge {
                        challenge.expires_at = at;
                    }
                }
                Detail::FirstSeen(kind, index) => {
                    if let Some(devices) = &mut details.devices {
                        seen(devices, kind)[index].first_seen_at = at;
                    }
                }
                Detail::LastSeen(kind, index) => {
                    if let Some(devices) = &mut details.devices {
                        seen(devices, kind)[index].last_seen_at = at;
                    }
                }
            }
        }
    }
}

fn kinds(devices: &DevicesEntry) -> [(Kind, Option<&Vec<SeenEntry>>); 3] {
    [
        (Kind::Visitor, devices.visitor_ids.as_ref()),
        (Kind::Address, devices.ip_addresses.as_ref()),
        (Kind::Country, devices.ip_geo_countries.as_ref()),
    ]
}

fn seen(devices: &mut Devices, kind: Kind) -> &mut [Seen] {
    match kind {
        Kind::Visitor => &mut devices.visitor_ids,
        Kind::Address => &mut devices.ip_addresses,
        Kind::Country => &mut devices.ip_geo_countries,
    }
}
