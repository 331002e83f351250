//! How risky an e-mail address is: by its form, and by what a seed says of it and of its domain. Nobody's mail server is
//! asked. The fields are the vendor's; the score is this project's (assumed).

use super::action::Action;

/// What a project's seed says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EmailRisks {
    pub domains: Vec<EmailDomain>,
    /// Addresses whose mail came back.
    pub bounces: Vec<String>,
}

/// What is known of a domain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EmailDomain {
    pub domain: String,
    pub has_mx_or_a_record: bool,
    pub is_disposable_domain: bool,
}

/// Domains that are disposable unless the seed says otherwise.
const DISPOSABLE: [&str; 12] = [
    "10minutemail.com",
    "dispostable.com",
    "getnada.com",
    "grr.la",
    "guerrillamail.com",
    "maildrop.cc",
    "mailinator.com",
    "sharklasers.com",
    "temp-mail.org",
    "throwawaymail.com",
    "trashmail.com",
    "yopmail.com",
];

/// Names behind which there is hardly one person.
const ROLES: [&str; 20] = [
    "abuse",
    "admin",
    "administrator",
    "billing",
    "contact",
    "help",
    "hello",
    "hostmaster",
    "hr",
    "info",
    "jobs",
    "mail",
    "marketing",
    "no-reply",
    "noreply",
    "postmaster",
    "sales",
    "security",
    "support",
    "webmaster",
];

/// What is said of an address.
#[expect(clippy::struct_excessive_bools, reason = "the vendor says as much")]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EmailRisk {
    pub has_known_bounces: bool,
    pub has_valid_syntax: bool,
    pub is_suspected_role_address: bool,
    pub normalized_email: String,
    pub tumbling_character_count: usize,
    pub has_mx_or_a_record: bool,
    pub is_disposable_domain: bool,
    pub action: Action,
    /// From 0 to 100.
    pub risk_score: u32,
}

impl EmailRisks {
    /// What this says of an address; letter case does not matter.
    #[must_use]
    pub fn assess(&self, address: &str) -> EmailRisk {
        let address = address.to_lowercase();
        let (local, domain) = address.rsplit_once('@').unwrap_or((&address, ""));
        let has_valid_syntax = is_local(local) && is_domain(domain);
        let known = self.domains.iter().find(|known| known.domain.eq_ignore_ascii_case(domain));
        let has_mx_or_a_record =
            has_valid_syntax && known.map_or(!domain.ends_with(".invalid"), |known| known.has_mx_or_a_record);
        let is_disposable_domain = known.map_or(DISPOSABLE.contains(&domain), |known| known.is_disposable_domain);
        let has_known_bounces = self.bounces.iter().any(|bounced| bounced.eq_ignore_ascii_case(&address));
        let name = local.split('+').next().unwrap_or_default().replace('.', "");
        let is_suspected_role_address = ROLES.contains(&name.as_str());
        let tumbling_character_count = local.chars().filter(|each| matches!(each, '.' | '+')).count();
        let tumbling = u32::try_from(tumbling_character_count).unwrap_or(u32::MAX);
        let role = if is_suspected_role_address { 40 } else { 0 };
        let mild = tumbling.saturating_mul(10).saturating_add(role).min(79);
        let risk_score = match (has_valid_syntax && has_mx_or_a_record, has_known_bounces, is_disposable_domain) {
            (false, ..) => 100,
            (_, true, _) => 90,
            (.., true) => 80,
            _ => mild,
        };
        let action = match risk_score {
            0..40 => Action::Allow,
            40..80 => Action::Challenge,
            _ => Action::Block,
        };
        EmailRisk {
            has_known_bounces,
            has_valid_syntax,
            is_suspected_role_address,
            normalized_email: if domain.is_empty() { name } else { format!("{name}@{domain}") },
            tumbling_character_count,
            has_mx_or_a_record,
            is_disposable_domain,
            action,
            risk_score,
        }
    }
}

fn is_local(text: &str) -> bool {
    let is_fine = |each: char| each.is_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(each);
    (1..=64).contains(&text.len())
        && text.chars().all(is_fine)
        && !text.starts_with('.')
        && !text.ends_with('.')
        && !text.contains("..")
}

fn is_domain(text: &str) -> bool {
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.chars().all(|each| each.is_alphanumeric() || each == '-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    text.len() <= 253 && text.contains('.') && text.split('.').all(is_label)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_judged_by_what_is_known_of_it() {
        let domain = |domain: &str, has_mx_or_a_record, is_disposable_domain| EmailDomain {
            domain: domain.to_owned(),
            has_mx_or_a_record,
            is_disposable_domain,
        };
        let risks = EmailRisks {
            domains: vec![
                domain("Gone.example", false, false),
                domain("burner.example", true, true),
                domain("grr.la", true, false),
            ],
            bounces: vec!["Bounced@example.com".to_owned()],
        };
        for (address, action, score) in [
            ("ada@example.com", Action::Allow, 0),
            ("ada.lovelace+x@example.com", Action::Allow, 20),
            ("a.d.a.l.o+x@example.com", Action::Challenge, 50),
            ("a.d.a.l.o.v.e.l.a.c.e@example.com", Action::Challenge, 79),
            ("Support@example.com", Action::Challenge, 40),
            ("ada@mailinator.com", Action::Block, 80),
            ("ada@burner.example", Action::Block, 80),
            ("ada@grr.la", Action::Allow, 0),
            ("bounced@EXAMPLE.com", Action::Block, 90),
            ("ada@gone.example", Action::Block, 100),
            ("ada@nowhere.invalid", Action::Block, 100),
            ("ada", Action::Block, 100),
            ("ada@", Action::Block, 100),
            ("a da@example.com", Action::Block, 100),
            ("ada@-.com", Action::Block, 100),
        ] {
            let risk = risks.assess(address);
            assert_eq!((risk.action, risk.risk_score), (action, score), "{address}");
        }
        let risk = risks.assess("A.da+b.c@Example.com");
        assert_eq!((risk.normalized_email.as_str(), risk.tumbling_character_count), ("ada@example.com", 3));
        assert!(risk.has_valid_syntax && risk.has_mx_or_a_record && !risk.is_disposable_domain);
    }
}
