//! Events as `events.csv` records them, and the agents that they name.

use super::ITEM;
use super::object::Entity;
use super::xml::{Term, Xml};
use crate::Result;
use crate::packs::agents::{Agents, parted};
use crate::packs::recorded::told;
use provenance::id::item_id;
use provenance::ledger::StoredEvent;
use provenance::{Outcome, Timestamp};
use std::io::Write;

/// Type of the identifiers of events.
const EVENT: &str = "fonds event_id";
/// Type of the identifiers of whoever answered, and of programs.
const AGENT: &str = "name";
const SOFTWARE: &str = "program and version";

/// Writes everybody whom events name. `organization` is who the bundle says that it comes from: of anybody
/// else nobody knows whether it is a person.
pub(super) fn write_agents<W: Write>(
    agents: &Agents,
    xml: &mut Xml<W>,
    organization: Option<&str>,
) -> Result<()> {
    for name in &agents.people {
        xml.element("agent", &mut |xml| {
            xml.identifier("agentIdentifier", AGENT, name)?;
            xml.text("agentName", name)?;
            if organization == Some(name) {
                let term = Term { label: "organization", vocabulary: "agentType", code: "org" };
                xml.term("agentType", term)?;
            }
            Ok(())
        })?;
    }
    for software in &agents.software {
        xml.element("agent", &mut |xml| {
            let (name, version) = parted(software);
            xml.identifier("agentIdentifier", SOFTWARE, software)?;
            xml.text("agentName", name)?;
            xml.term("agentType", Term { label: "software", vocabulary: "agentType", code: "sof" })?;
            version.map_or(Ok(()), |version| xml.text("agentVersion", version))
        })?;
    }
    Ok(())
}

/// Writes an event, and takes note of its agents.
pub(super) fn write_event<W: Write>(
    xml: &mut Xml<W>,
    stored: &StoredEvent<'_>,
    is_of_file: bool,
    entity: &Entity,
    agents: &mut Agents,
) -> Result<()> {
    agents.note(stored)?;
    let event = &stored.event;
    xml.element("event", &mut |xml| {
        xml.identifier("eventIdentifier", EVENT, stored.event_id)?;
        let uri = event.event_type.uri();
        let vocabulary = uri.rsplit_once('/').map_or(uri, |(vocabulary, _)| vocabulary);
        xml.worded("eventType", event.event_type.label(), vocabulary, uri)?;
        let at = Timestamp::try_from(stored.at).map(|at| at.to_string()).unwrap_or_default();
        xml.text("eventDateTime", &at)?;
        let is_named = !is_of_file && !matches!(event.object_path, "" | "data/");
        for detail in
            [told(event), is_named.then(|| format!("done to: {}", event.object_path))].into_iter().flatten()
        {
            xml.element("eventDetailInformation", &mut |xml| xml.text("eventDetail", &detail))?;
        }
        xml.element("eventOutcomeInformation", &mut |xml| {
            xml.term("eventOutcome", outcome(event.outcome))?;
            for (when, digest) in [("before", event.digest_before), ("after", event.digest_after)] {
                let Some(digest) = digest else { continue };
                xml.element("eventOutcomeDetail", &mut |xml| {
                    xml.text("eventOutcomeDetailNote", &format!("digest {when}: {digest}"))
                })?;
            }
            Ok(())
        })?;
        write_agents_of(xml, stored)?;
        if is_of_file {
            xml.identifier("linkingObjectIdentifier", ITEM, item_id(event.object_path).as_str())
        } else {
            let (kind, value) = entity.identifier();
            xml.identifier("linkingObjectIdentifier", kind, value)
        }
    })
}

fn write_agents_of<W: Write>(xml: &mut Xml<W>, stored: &StoredEvent<'_>) -> Result<()> {
    if let Some(agent) = stored.agent {
        xml.element("linkingAgentIdentifier", &mut |xml| {
            xml.identifier_parts("linkingAgentIdentifier", AGENT, agent)?;
            if stored.agent_role.is_empty() {
                Ok(())
            } else {
                xml.text("linkingAgentRole", stored.agent_role)
            }
        })?;
    }
    if stored.software.is_empty() {
        return Ok(());
    }
    xml.element("linkingAgentIdentifier", &mut |xml| {
        xml.identifier_parts("linkingAgentIdentifier", SOFTWARE, stored.software)?;
        let term = Term { label: "executing program", vocabulary: "eventRelatedAgentRole", code: "exe" };
        xml.term("linkingAgentRole", term)
    })
}

fn outcome(outcome: Outcome) -> Term {
    let code = match outcome {
        Outcome::Success => "suc",
        Outcome::Fail => "fai",
        Outcome::Warning => "war",
    };
    Term { label: outcome.word(), vocabulary: "eventOutcome", code }
}
