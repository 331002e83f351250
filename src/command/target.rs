//! The flags that name a service, and what they come to: `verify` and `record` ask one.

use std::convert::Infallible;
use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;
use std::sync::Arc;

use clap::Args;
use rustls::ClientConfig;

use crate::verify::remote::address::Address;
use crate::verify::remote::credentials::Credentials;
use crate::verify::remote::pace::Rate;
use crate::verify::remote::trust;

/// Which service, by whose credentials, how fast.
#[derive(Debug, Args)]
pub struct TargetArgs {
    /// The service: `https://test.stytch.com`, or an emulator
    #[arg(long, value_name = "URL", env = "STYTCH_MOCK_AGAINST", hide_env_values = true)]
    pub against: Option<Hidden>,
    /// The id of a project of yours there
    #[arg(long, value_name = "ID", env = "STYTCH_PROJECT_ID")]
    pub project_id: Option<String>,
    /// The project's secret. Better give it by the variable: lists of processes show flags
    #[arg(long, value_name = "SECRET", env = "STYTCH_SECRET", hide_env_values = true)]
    pub secret: Option<Hidden>,
    /// Trust the certificate authorities of this file (PEM) only. Default: those of the system
    #[arg(long, value_name = "FILE", env = "STYTCH_MOCK_CACERT")]
    pub cacert: Option<PathBuf>,
    /// How fast to ask, at most: 5/s, 100/m, 1000/h or off
    #[arg(long, value_name = "RATE", env = "STYTCH_MOCK_RATE", default_value = "5/s")]
    pub rate: Rate,
}

/// A text that is in no message: it is a secret, or one may stand in it.
#[derive(Clone)]
pub struct Hidden(String);

impl FromStr for Hidden {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(Self(text.to_owned()))
    }
}

impl fmt::Debug for Hidden {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Hidden(redacted)")
    }
}

/// The service that the flags come to.
pub struct Service {
    /// Where it is.
    pub address: Address,
    /// Whom TLS trusts, if it speaks that.
    pub tls: Option<Arc<ClientConfig>>,
    /// The user's own.
    pub credentials: Credentials,
}

impl TargetArgs {
    /// The service that they come to.
    ///
    /// # Errors
    /// What is missing or wrong, without the secret.
    pub fn service(&self) -> Result<Service, String> {
        let given = |text: Option<&Hidden>, flag: &str, variable: &str, what: &str| {
            let text = text.map(|text| text.0.trim()).filter(|text| !text.is_empty());
            text.map(str::to_owned).ok_or_else(|| format!("{flag} ({variable}) is missing: {what}"))
        };
        let against = given(self.against.as_ref(), "--against", "STYTCH_MOCK_AGAINST", "such as https://test.stytch.com")?;
        let address = Address::parse(&against).map_err(|error| format!("--against (STYTCH_MOCK_AGAINST): {error}"))?;
        let project_id = self.project_id.as_deref().map(str::trim).filter(|id| !id.is_empty());
        let project_id = project_id.ok_or("--project-id (STYTCH_PROJECT_ID) is missing: the id of a project of yours")?;
        let secret = given(self.secret.as_ref(), "--secret", "STYTCH_SECRET", "the secret of the project, best by the variable")?;
        let credentials = Credentials::new(project_id, &secret).map_err(|error| error.to_string())?;
        let tls = address.is_secure().then(|| trust::config(self.cacert.as_deref())).transpose();
        Ok(Service { address, tls: tls.map_err(|error| error.to_string())?, credentials })
    }
}
