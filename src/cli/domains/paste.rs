//! The lists as the console wants them: its name of each, one entry a line. Hosts of packages are
//! in it, since their calls fail as any other; what can never be registered is not, nor is what
//! only other versions than a release reach.

use std::collections::BTreeSet;
use std::io::{self, Write};

use super::Listing;
use crate::catalogue::Port;
use crate::check::domains::{Host, State};

/// Writes the lists.
pub(super) fn write(listing: &Listing, out: &mut dyn Write) -> io::Result<()> {
    let mut first = true;
    for program in &listing.programs {
        if listing.programs.len() > 1 {
            let blank = if first { "" } else { "\n" };
            writeln!(out, "{blank}# {}", listing.names.open(&program.base))?;
            first = true;
        }
        for listed in program.lists.iter().filter(|listed| listed.list.enforced) {
            let entry = |host: &Host| {
                // Where ports play no part, or none is allowed, an entry has none.
                let (scheme, rest) = host.origin.split_once("://")?;
                let rest = match (listed.list.port, rest.rsplit_once(':')) {
                    (Port::Any | Port::None, Some((name, port)))
                        if port.bytes().all(|byte| byte.is_ascii_digit()) =>
                    {
                        name
                    }
                    // The same server, and the default port.
                    (Port::Exact, Some((name, "443"))) => name,
                    _ => rest,
                };
                Some(format!("{scheme}://{rest}"))
            };
            let wanted = listed.hosts.iter().filter(|host| {
                !host.in_plugin
                    && matches!(
                        host.state,
                        State::Registered | State::Unregistered | State::Unknown
                    )
            });
            let entries: BTreeSet<String> = wanted.filter_map(entry).collect();
            if entries.is_empty() {
                continue;
            }
            if !first {
                writeln!(out)?;
            }
            first = false;
            writeln!(out, "{}", listed.list.console)?;
            for entry in entries {
                writeln!(out, "{entry}")?;
            }
        }
    }
    Ok(())
}
