//! The vendor's errors: every `error_type` the emulator can answer, with its status, its exact message and where each is
//! known from. One table, whose rows stand in the files beside this one; nothing else in the program spells an error.

use super::evidence::Evidence;

#[macro_use]
mod clients;
#[macro_use]
mod fraud;
#[macro_use]
mod logins;
#[macro_use]
mod requests;
#[macro_use]
mod users;
#[macro_use]
mod wallets;

macro_rules! catalogue {
    (; $($variant:ident $status:literal $name:literal $evidence:ident $message:literal)*) => {
        /// An `error_type` of the vendor's.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum ErrorType {
            $($variant,)*
        }

        impl ErrorType {
            /// Every row, in the table's order.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The HTTP status, which the body repeats as `status_code`.
            #[must_use]
            pub fn status(self) -> u16 {
                match self {
                    $(Self::$variant => $status,)*
                }
            }

            /// The `error_type` on the wire.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                }
            }

            /// The `error_message` on the wire.
            #[must_use]
            pub fn message(self) -> &'static str {
                match self {
                    $(Self::$variant => $message,)*
                }
            }

            /// Where the row is known from.
            #[must_use]
            pub fn evidence(self) -> Evidence {
                match self {
                    $(Self::$variant => Evidence::$evidence,)*
                }
            }
        }
    };
}

// each file of rows gives its own on to the next, and the last gives all of them to the table
requests_rows! { logins_rows wallets_rows fraud_rows users_rows clients_rows catalogue; }

impl ErrorType {
    /// The row with this `error_type`.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|error| error.as_str() == name)
    }
}
