//! The devices, addresses and countries that a user has logged in from, as far as logins brought a telemetry id.

use super::telemetry::Telemetry;
use crate::domain::timestamp::Timestamp;

/// The most that is remembered of each kind; what was seen least lately goes.
const MAX_SEEN: usize = 100;

/// What a user was seen with.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Devices {
    pub visitor_ids: Vec<Seen>,
    pub ip_addresses: Vec<Seen>,
    pub ip_geo_countries: Vec<Seen>,
}

/// Something that a user was seen with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    pub value: String,
    pub first_seen_at: Timestamp,
    pub last_seen_at: Timestamp,
}

/// What a login says of something that its user was seen with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SeenDetails {
    pub is_new: bool,
    pub first_seen_at: Timestamp,
    /// When it was seen before this login; this login, if it never was (assumed).
    pub last_seen_at: Timestamp,
}

/// The device of a login.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UserDevice {
    pub visitor_id: String,
    pub visitor_id_details: SeenDetails,
    pub ip_address: String,
    pub ip_address_details: SeenDetails,
    pub ip_geo_city: String,
    pub ip_geo_region: String,
    pub ip_geo_country: String,
    pub ip_geo_country_details: SeenDetails,
}

impl Devices {
    /// Remembers the device of a login.
    pub fn note(&mut self, device: &Telemetry, now: Timestamp) -> UserDevice {
        let (now, network) = (now.whole_seconds(), &device.network);
        UserDevice {
            visitor_id: device.fingerprints.visitor_id.clone(),
            visitor_id_details: note(&mut self.visitor_ids, &device.fingerprints.visitor_id, now),
            ip_address: network.ip_address.clone(),
            ip_address_details: note(&mut self.ip_addresses, &network.ip_address, now),
            ip_geo_city: network.city.clone(),
            ip_geo_region: network.region.clone(),
            ip_geo_country: network.country.clone(),
            ip_geo_country_details: note(&mut self.ip_geo_countries, &network.country, now),
        }
    }
}

fn note(seen: &mut Vec<Seen>, value: &str, now: Timestamp) -> SeenDetails {
    if let Some(known) = seen.iter_mut().find(|known| known.value == value) {
        let details = SeenDetails { is_new: false, first_seen_at: known.first_seen_at, last_seen_at: known.last_seen_at };
        known.last_seen_at = now;
        return details;
    }
    if seen.len() >= MAX_SEEN
        && let Some(oldest) = (0..seen.len()).min_by_key(|index| seen[*index].last_seen_at)
    {
        seen.remove(oldest);
    }
    seen.push(Seen { value: value.to_owned(), first_seen_at: now, last_seen_at: now });
    SeenDetails { is_new: true, first_seen_at: now, last_seen_at: now }
}

#[cfg(test)]
mod tests {
    use super::super::telemetry::defaults;
    use super::*;

    #[test]
    fn a_device_is_new_once() {
        let at = |minute: u32| Timestamp::parse(&format!("2021-08-09T08:{minute:02}:00Z")).unwrap();
        let (mut devices, known) = (Devices::default(), defaults());
        let first = devices.note(&known[0], at(0)).visitor_id_details;
        assert_eq!(first, SeenDetails { is_new: true, first_seen_at: at(0), last_seen_at: at(0) });
        devices.note(&known[0], at(1));
        let third = devices.note(&known[0], at(2)).visitor_id_details;
        assert_eq!(third, SeenDetails { is_new: false, first_seen_at: at(0), last_seen_at: at(1) });
        let other = devices.note(&known[1], at(3));
        assert!(other.visitor_id_details.is_new && !other.ip_geo_country_details.is_new);
        for number in 0..MAX_SEEN {
            note(&mut devices.visitor_ids, &number.to_string(), at(4));
        }
        assert_eq!(devices.visitor_ids.len(), MAX_SEEN);
        assert!(devices.note(&known[0], at(5)).visitor_id_details.is_new, "it was forgotten");
    }
}
