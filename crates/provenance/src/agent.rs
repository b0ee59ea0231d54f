//! Who answers for what was done.

use chrono::{DateTime, Utc};

/// Who answers for an event, with what software, and when (PREMIS `linkingAgentIdentifier`,
/// `eventDateTime`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attribution {
    /// The person or organisation that answers; `None` is unknown, and stays blank: the name of an
    /// account or a machine is never put in its place.
    pub agent: Option<String>,
    /// What the agent was in this, preferably a term of PREMIS `eventRelatedAgentRole` such as
    /// `implementer` or `authorizer`; blank where unknown.
    pub role: String,
    /// The program and its version, such as `fonds 0.1.0`.
    pub software: String,
    /// When it was done.
    pub at: DateTime<Utc>,
}
