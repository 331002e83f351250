//! Two answers side by side: what differs between them, but for what has to.

pub mod answers;
pub mod difference;
mod head;
mod pairs;
mod values;
mod volatile;
