//! What is asked, each with its source. The first four files only read; `written` makes users of its own.

pub mod logins;
pub mod projects;
pub mod requests;
pub mod sessions;
pub mod users;
pub mod written;
