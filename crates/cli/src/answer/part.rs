//! What is said of a disclosure, always: how much of the whole it withholds.

use export::examine::Examined;
use serde::{Deserialize, Serialize};

/// A part of a sealed whole.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Part {
    /// The name of the whole, as its root says.
    pub(crate) bundle: String,
    /// Slots of the whole: documents, descriptions and decoys.
    pub(crate) slots: u64,
    /// Those that are opened here and proved.
    pub(crate) opened: u64,
    /// All others.
    pub(crate) withheld: u64,
    /// Who withheld them, when and why, as the statement says.
    pub(crate) withholdings: Vec<Act>,
    /// The key that signed the statement; whose it is, is not said.
    pub(crate) signed_by: Option<String>,
}

/// One act of withholding.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Act {
    pub(crate) slots: u64,
    pub(crate) reason: String,
    pub(crate) at: String,
    pub(crate) agent: Option<String>,
}

impl Part {
    /// Of a bag that is a disclosure, and proved.
    pub(super) fn of(examined: &Examined) -> Option<Self> {
        let (root, disclosed) = (examined.root.as_ref()?, examined.disclosed.as_ref()?);
        let acts = disclosed.statement.iter().flat_map(|statement| &statement.withheld);
        let act = |act: &provenance::seal::statement::Withholding| Act {
            slots: act.slots,
            reason: act.reason.code().to_owned(),
            at: act.at.to_string(),
            agent: act.agent.clone(),
        };
        Some(Self {
            bundle: root.bundle.clone(),
            slots: root.size,
            opened: disclosed.opened.len() as u64,
            withheld: disclosed.withheld,
            withholdings: acts.map(act).collect(),
            signed_by: disclosed.signed_by.clone(),
        })
    }
}
