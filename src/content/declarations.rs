//! What the platform will ask the team to declare: for each kind of information, everything in the
//! upload that brings it in. It is a prediction. The platform's scan goes by what the code refers
//! to, whether or not it can run, and is known to pass over some things; both are said of each
//! source, and nothing is left out because it seems harmless.
//!
//! Sources: <https://developers.weixin.qq.com/doc/knowledge/010411c70d5a7e2a.html> (what
//! `privacy_list` is),
//! <https://developers.weixin.qq.com/community/develop/doc/000242e84204c0bc06507515761c00> and
//! <https://developers.weixin.qq.com/community/develop/doc/000468d4c18ce0dbb6409ea046b000> (what
//! the scan misses).

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::catalogue::Interface;
use crate::finding::Place;
use crate::path::FilePath;
use crate::semantic::api_references::Reference;
use crate::semantic::api_use::ApiUse;

/// One kind of information that the program has to declare.
#[derive(Clone, Debug, PartialEq)]
pub struct RequiredDeclaration {
    /// Its privacy key.
    pub key: &'static str,
    /// What brings it in, the plainest first, one for each interface and file.
    pub sources: Vec<Source>,
}

/// Something that brings a kind of information in.
#[derive(Clone, Debug, PartialEq)]
pub struct Source {
    /// The interface.
    pub interface: &'static Interface,
    /// How the program comes by it.
    pub how: Provenance,
    /// The first place in its file.
    pub place: Place,
    /// The vendored package that the file belongs to.
    pub package: Option<Arc<str>>,
    /// For a package: the way from the program's own files to it.
    pub chain: Vec<Place>,
}

/// How a source comes into the program, the plainest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Provenance {
    /// Used in a file that the program loads.
    Used,
    /// Named in a file that the program loads, through an object that cannot be followed, or only
    /// to ask whether it exists.
    Named,
    /// In a file that is uploaded, but that nothing which can be followed loads.
    Unloaded,
}

impl RequiredDeclaration {
    /// Whether the platform's scan will find it: any source that it is not known to pass over.
    pub fn is_detected(&self) -> bool {
        self.sources.iter().any(|source| !source.interface.scan_misses)
    }

    /// How plainly the program comes by it.
    pub fn how(&self) -> Provenance {
        self.sources.iter().map(|source| source.how).min().unwrap_or(Provenance::Unloaded)
    }
}

/// Where a file stands with the program.
pub struct UploadScope {
    /// The files that the program loads; `None` when that is not known, then all count as loaded.
    pub loaded: Option<BTreeSet<FilePath>>,
    /// Whether the upload leaves out the others.
    pub only_loaded: bool,
}

impl UploadScope {
    fn how(&self, file: &FilePath, named: bool) -> Option<Provenance> {
        let loaded = self.loaded.as_ref().is_none_or(|loaded| loaded.contains(file));
        match (loaded, named) {
            (true, false) => Some(Provenance::Used),
            (true, true) => Some(Provenance::Named),
            (false, _) => (!self.only_loaded).then_some(Provenance::Unloaded),
        }
    }
}

/// A reference with the package of its file and the way there.
pub struct PackagedReference {
    /// The reference.
    pub reference: Reference,
    /// The package.
    pub package: Option<Arc<str>>,
    /// The way to it.
    pub chain: Vec<Place>,
}

/// What the program has to declare, by key. The plugin's code has a guide of its own and does not
/// count.
pub fn required_declarations(
    uses: &[ApiUse],
    references: &[PackagedReference],
    standing: &UploadScope,
) -> Vec<RequiredDeclaration> {
    let mut by_key: BTreeMap<&'static str, Vec<Source>> = BTreeMap::new();
    let mut add = |interface: &'static Interface,
                   named,
                   place: &Place,
                   package: &Option<Arc<str>>,
                   chain: &[Place]| {
        // What is outside the official table needs no declaration there.
        if interface.table.is_none() {
            return;
        }
        let Some(how) = standing.how(&place.file, named) else { return };
        for key in &interface.information {
            by_key.entry(key).or_default().push(Source {
                interface,
                how,
                place: place.clone(),
                package: package.clone(),
                // What nothing loads has no way to it, though its package may.
                chain: if how == Provenance::Unloaded { Vec::new() } else { chain.to_vec() },
            });
        }
    };
    for used in uses.iter().filter(|used| !used.in_plugin) {
        add(used.interface, false, &used.place, &used.package, &used.chain);
    }
    for one in references {
        let Reference { place, interface } = &one.reference;
        add(interface, true, place, &one.package, &one.chain);
    }
    let mut required_declarations: Vec<RequiredDeclaration> =
        by_key.into_iter().map(|(key, sources)| RequiredDeclaration { key, sources }).collect();
    for required in &mut required_declarations {
        // A package's use is less plain than the program's own.
        required.sources.sort_by(|a, b| {
            (a.how, a.package.is_some(), &a.place, a.interface.name).cmp(&(
                b.how,
                b.package.is_some(),
                &b.place,
                b.interface.name,
            ))
        });
        let mut seen: BTreeSet<(&'static str, FilePath)> = BTreeSet::new();
        required
            .sources
            .retain(|source| seen.insert((source.interface.name, source.place.file.clone())));
    }
    required_declarations
}
