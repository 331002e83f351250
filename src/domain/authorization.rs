//! What users let connected apps do: consents, and the codes and tokens that came of them. A code counts once, and so does
//! the refresh token of an app without a secret; whoever comes with one again ends everything that came of it.

use std::collections::{BTreeMap, HashMap};

use super::grant::{AccessToken, Grant, GrantRefusal, OneTime, REFRESH_TOKEN_LIFE};
use super::id::UserId;
use super::pkce::CodeChallenge;
use super::timestamp::Timestamp;

/// The most grants of one user to one app that are kept; the oldest go first.
const MAX_GRANTS: usize = 100;

/// An app and a user.
pub type AuthorizationKey = (String, UserId);

/// What a user lets an app do.
#[derive(Debug, Clone, Default)]
pub struct Authorization {
    /// What the user agreed to last.
    pub scopes: Vec<String>,
    /// When the user took it back, if so.
    pub revoked_at: Option<Timestamp>,
    /// What came of it, the oldest first.
    pub grants: Vec<Grant>,
}

/// What an app is to get for a code or a refresh token.
#[derive(Debug)]
pub struct Issue {
    /// Its access token.
    pub access_token: AccessToken,
    /// Its next refresh token, if it gets one.
    pub refresh_token: String,
}

/// What an app got.
#[derive(Debug)]
pub struct Issued {
    /// Whose data it may have.
    pub user_id: UserId,
    /// What was agreed to.
    pub scopes: Vec<String>,
    /// What it wants to see again.
    pub nonce: Option<String>,
    /// Its new refresh token, if it has one.
    pub refresh_token: Option<String>,
}

/// Everything that the users of a project let apps do.
#[derive(Debug, Clone, Default)]
pub struct Authorizations {
    all: BTreeMap<AuthorizationKey, Authorization>,
    /// Whose a code, a refresh token or the `jti` of an access token is.
    owners: HashMap<String, AuthorizationKey>,
}

impl Authorizations {
    /// Adds what is known of a user and an app.
    pub fn put(&mut self, key: AuthorizationKey, authorization: Authorization) {
        for name in authorization.grants.iter().flat_map(Grant::names) {
            self.owners.insert(name.to_owned(), key.clone());
        }
        self.all.insert(key, authorization);
    }

    /// Forgets everything of an app.
    pub fn forget_app(&mut self, client_id: &str) {
        self.all.retain(|(id, _), _| id != client_id);
        self.owners.retain(|_, (id, _)| id != client_id);
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = (&AuthorizationKey, &Authorization)> {
        self.all.iter()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// What a user lets an app do, if they agreed and did not take it back.
    #[must_use]
    pub fn consent(&self, client_id: &str, user_id: &UserId) -> Option<&Authorization> {
        let authorization = self.all.get(&(client_id.to_owned(), *user_id));
        authorization.filter(|authorization| authorization.revoked_at.is_none())
    }

    /// Notes that a user agreed, and a grant of that.
    pub fn agree(&mut self, key: &AuthorizationKey, grant: Grant) {
        let mut authorization = self.all.remove(key).unwrap_or_default();
        let is_anew = authorization.revoked_at.take().is_some();
        let over = if is_anew { authorization.grants.len() } else { (authorization.grants.len() + 1).saturating_sub(MAX_GRANTS) };
        for name in authorization.grants.drain(..over).flat_map(|grant| grant.names().map(str::to_owned).collect::<Vec<_>>()) {
            self.owners.remove(&name);
        }
        authorization.scopes.clone_from(&grant.scopes);
        authorization.grants.push(grant);
        self.put(key.clone(), authorization);
    }

    /// Takes back what a user lets an app do; whether there was something.
    pub fn revoke(&mut self, client_id: &str, user_id: &UserId, now: Timestamp) -> bool {
        let authorization = self.all.get_mut(&(client_id.to_owned(), *user_id));
        let Some(authorization) = authorization.filter(|authorization| authorization.revoked_at.is_none()) else { return false };
        authorization.revoked_at = Some(now);
        true
    }

    /// The grant of a code, a refresh token or the id of an access token, and whose it is.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<(&AuthorizationKey, &Authorization, &Grant)> {
        let key = self.owners.get(name)?;
        let authorization = self.all.get(key)?;
        let grant = authorization.grants.iter().find(|grant| grant.names().any(|own| own == name))?;
        Some((key, authorization, grant))
    }

    /// The same, to change it, if it is this app's; and whether the user took it back.
    fn find_mut(&mut self, name: &str, client_id: &str) -> Result<(AuthorizationKey, bool, &mut Grant), GrantRefusal> {
        let key = self.owners.get(name).filter(|(owner, _)| owner == client_id).ok_or(GrantRefusal::Unknown)?;
        let authorization = self.all.get_mut(key).ok_or(GrantRefusal::Unknown)?;
        let is_revoked = authorization.revoked_at.is_some();
        let grant = authorization.grants.iter_mut().find(|grant| grant.names().any(|own| own == name));
        Ok((key.clone(), is_revoked, grant.ok_or(GrantRefusal::Unknown)?))
    }

    /// Uses a code up, for the app that knows what it was asked for with.
    ///
    /// # Errors
    /// Why it gives nothing. A wrong verifier or address uses nothing up.
    pub fn redeem_code(
        &mut self,
        (code, client_id): (&str, &str),
        redirect_uri: Option<&str>,
        verifier: Option<&str>,
        issue: Issue,
        now: Timestamp,
    ) -> Result<Issued, GrantRefusal> {
        let (key, is_revoked, grant) = self.find_mut(code, client_id)?;
        if grant.code.text != code {
            return Err(GrantRefusal::Unknown);
        }
        if is_revoked {
            return Err(GrantRefusal::Revoked);
        }
        if let Err(refusal) = grant.code.check(now) {
            if refusal == GrantRefusal::Used {
                grant.revoke(now);
            }
            return Err(refusal);
        }
        if redirect_uri != Some(grant.redirect_uri.as_str()) {
            return Err(GrantRefusal::RedirectUri);
        }
        CodeChallenge::check(grant.code_challenge.as_ref(), verifier).map_err(GrantRefusal::Pkce)?;
        grant.code.used_at = Some(now);
        let refreshes = grant.is_offline();
        Ok(self.issue(&key, code, issue, refreshes, now))
    }

    /// Uses a refresh token: up, if it rotates; otherwise it lasts longer from then on.
    ///
    /// # Errors
    /// Why it gives nothing.
    pub fn refresh(
        &mut self,
        (text, client_id): (&str, &str),
        rotates: bool,
        asked: &[&str],
        issue: Issue,
        now: Timestamp,
    ) -> Result<Issued, GrantRefusal> {
        let (key, is_revoked, grant) = self.find_mut(text, client_id)?;
        if is_revoked {
            return Err(GrantRefusal::Revoked);
        }
        let place = grant.refresh_tokens.iter().position(|token| token.text == text).ok_or(GrantRefusal::Unknown)?;
        if let Err(refusal) = grant.refresh_tokens[place].check(now) {
            if refusal == GrantRefusal::Used {
                grant.revoke(now);
            }
            return Err(refusal);
        }
        if asked.iter().any(|asked| !grant.scopes.iter().any(|agreed| agreed == asked)) {
            return Err(GrantRefusal::Scope);
        }
        let token = &mut grant.refresh_tokens[place];
        if rotates {
            token.used_at = Some(now);
        } else {
            token.expires_at = now.saturating_add(REFRESH_TOKEN_LIFE);
        }
        Ok(self.issue(&key, text, issue, rotates, now))
    }

    /// Notes what an app gets for a name that was found.
    fn issue(&mut self, key: &AuthorizationKey, name: &str, issue: Issue, refreshes: bool, now: Timestamp) -> Issued {
        let refresh_token = refreshes.then_some(issue.refresh_token);
        self.owners.insert(issue.access_token.id.clone(), key.clone());
        if let Some(text) = &refresh_token {
            self.owners.insert(text.clone(), key.clone());
        }
        let (mut scopes, mut nonce, mut forgotten) = (Vec::new(), None, Vec::new());
        if let Ok((.., grant)) = self.find_mut(name, &key.0) {
            let refresh = refresh_token.clone().map(|text| OneTime::new(text, now, now.saturating_add(REFRESH_TOKEN_LIFE)));
            forgotten = grant.issue(issue.access_token, refresh, now);
            (scopes, nonce) = (grant.scopes.clone(), grant.nonce.clone());
        }
        for name in forgotten {
            self.owners.remove(&name);
        }
        Issued { user_id: key.1, scopes, nonce, refresh_token }
    }

    /// Takes a token back for its app: a refresh token with the access tokens of its grant, an access token alone.
    pub fn revoke_token(&mut self, name: &str, client_id: &str, now: Timestamp) {
        let Ok((.., grant)) = self.find_mut(name, client_id) else { return };
        if let Some(token) = grant.access_tokens.iter_mut().find(|token| token.id == name) {
            token.revoked_at.get_or_insert(now);
        } else if grant.refresh_tokens.iter().any(|token| token.text == name) {
            grant.revoke(now);
        }
    }

    /// Notes that an access token became a session; whether it had not before.
    pub fn exchange(&mut self, id: &str, client_id: &str, now: Timestamp) -> bool {
        let Ok((.., grant)) = self.find_mut(id, client_id) else { return false };
        let token = grant.access_tokens.iter_mut().find(|token| token.id == id && token.exchanged_at.is_none());
        token.map(|token| token.exchanged_at = Some(now)).is_some()
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::super::id::Environment;
    use super::*;

    fn at(minute: u32) -> Timestamp {
        Timestamp::parse(&format!("2021-08-09T08:{minute:02}:00Z")).unwrap()
    }

    fn key() -> AuthorizationKey {
        ("app".to_owned(), UserId::new(Environment::Test, Uuid::nil()))
    }

    fn agreed(code: &str) -> Authorizations {
        let mut authorizations = Authorizations::default();
        let grant = Grant {
            scopes: vec!["openid".to_owned(), "offline_access".to_owned()],
            session_id: None,
            nonce: None,
            redirect_uri: "app://in".to_owned(),
            code_challenge: None,
            code: OneTime::new(code.to_owned(), at(0), at(10)),
            refresh_tokens: Vec::new(),
            access_tokens: Vec::new(),
        };
        authorizations.agree(&key(), grant);
        authorizations
    }

    fn issue(name: &str) -> Issue {
        let access_token =
            AccessToken { id: format!("a-{name}"), issued_at: at(0), expires_at: at(30), exchanged_at: None, revoked_at: None };
        Issue { access_token, refresh_token: name.to_owned() }
    }

    fn redeem(authorizations: &mut Authorizations, code: &str, minute: u32) -> Result<Option<String>, GrantRefusal> {
        let issued = authorizations.redeem_code((code, "app"), Some("app://in"), None, issue("r1"), at(minute));
        issued.map(|issued| issued.refresh_token)
    }

    fn refresh(
        authorizations: &mut Authorizations,
        rotates: bool,
        text: &str,
        next: &str,
    ) -> Result<Option<String>, GrantRefusal> {
        authorizations.refresh((text, "app"), rotates, &[], issue(next), at(9)).map(|issued| issued.refresh_token)
    }

    #[test]
    fn a_code_counts_once_and_its_second_use_ends_what_came_of_it() {
        let mut authorizations = agreed("c");
        assert_eq!(redeem(&mut authorizations, "d", 0), Err(GrantRefusal::Unknown));
        let mut other = |client_id, url| authorizations.redeem_code(("c", client_id), url, None, issue("x"), at(0)).map(|_| ());
        assert_eq!(other("app", Some("app://out")), Err(GrantRefusal::RedirectUri));
        assert_eq!(other("app", None), Err(GrantRefusal::RedirectUri));
        assert_eq!(other("other", Some("app://in")), Err(GrantRefusal::Unknown));
        assert_eq!(redeem(&mut authorizations, "c", 10), Err(GrantRefusal::Expired));
        assert_eq!(redeem(&mut authorizations, "c", 9), Ok(Some("r1".to_owned())));
        assert_eq!(redeem(&mut authorizations, "r1", 9), Err(GrantRefusal::Unknown));
        assert_eq!(refresh(&mut authorizations, false, "r1", "x"), Ok(None));
        assert_eq!(redeem(&mut authorizations, "c", 9), Err(GrantRefusal::Used));
        assert_eq!(refresh(&mut authorizations, false, "r1", "x"), Err(GrantRefusal::Revoked));
    }

    #[test]
    fn a_refresh_token_that_rotates_counts_once() {
        let mut authorizations = agreed("c");
        redeem(&mut authorizations, "c", 0).unwrap();
        assert_eq!(refresh(&mut authorizations, true, "r1", "r2"), Ok(Some("r2".to_owned())));
        assert_eq!(refresh(&mut authorizations, true, "c", "x"), Err(GrantRefusal::Unknown));
        let more = authorizations.refresh(("r2", "app"), true, &["openid", "email"], issue("x"), at(9)).map(|_| ());
        assert_eq!(more, Err(GrantRefusal::Scope));
        assert_eq!(refresh(&mut authorizations, true, "r1", "x"), Err(GrantRefusal::Used));
        assert_eq!(refresh(&mut authorizations, true, "r2", "x"), Err(GrantRefusal::Revoked));
    }

    #[test]
    fn what_was_taken_back_counts_no_more_until_the_user_agrees_again() {
        let mut authorizations = agreed("c");
        let (client_id, user_id) = key();
        assert!(authorizations.revoke(&client_id, &user_id, at(1)) && !authorizations.revoke(&client_id, &user_id, at(1)));
        assert!(authorizations.consent(&client_id, &user_id).is_none());
        assert_eq!(redeem(&mut authorizations, "c", 1), Err(GrantRefusal::Revoked));
        let grant = authorizations.find("c").unwrap().2.clone();
        authorizations.agree(&key(), Grant { code: OneTime::new("d".to_owned(), at(0), at(10)), ..grant });
        assert_eq!(redeem(&mut authorizations, "c", 1), Err(GrantRefusal::Unknown));
        assert!(redeem(&mut authorizations, "d", 1).is_ok());
    }

    #[test]
    fn what_is_kept_has_bounds() {
        let mut authorizations = agreed("c");
        let grant = authorizations.find("c").unwrap().2.clone();
        for number in 0..MAX_GRANTS {
            authorizations.agree(&key(), Grant { code: OneTime::new(number.to_string(), at(0), at(10)), ..grant.clone() });
        }
        assert_eq!(redeem(&mut authorizations, "c", 1), Err(GrantRefusal::Unknown));
        assert!(redeem(&mut authorizations, "0", 1).is_ok());
        let mut last = "r1".to_owned();
        for number in 0..500 {
            last = refresh(&mut authorizations, true, &last, &format!("n{number}")).unwrap().unwrap();
        }
        assert!(authorizations.owners.len() < MAX_GRANTS + 100 + 502, "{}", authorizations.owners.len());
        let only = authorizations.find(&last).unwrap().2;
        assert_eq!(only.refresh_tokens.len(), 100);
    }
}
