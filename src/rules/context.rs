//! What a rule sees of a program. Rules read facts and flow through this, never a tree and never a
//! disk.

use std::sync::Arc;

use super::hosts::Hosts;
use super::{Noted, mistyped_manifest_value};
use crate::catalogue;
use crate::consent::Consent;
use crate::content::declarations::RequiredDeclaration;
use crate::content::filing::ShownNumber;
use crate::content::forms::FormField;
use crate::content::topics::DetectedTopic;
use crate::facts::ManifestFacts;
use crate::facts::manifest::Json;
use crate::finding::{Edit, Label, Phrase, Place};
use crate::path::FilePath;
use crate::project::domains::RegisteredDomains;
use crate::project::{Field, File, Files, ImportPath, Named, Permission, PrivacyGuide, Program};
use crate::semantic::api_use::ApiUse;
use crate::semantic::request_wrappers::RequestWrapperCall;
use crate::settings::{Problem, Settings};
use crate::text::Span;

/// One program, for rules to read.
pub struct Context<'a> {
    /// The files of the workspace.
    pub files: &'a Files,
    /// The program.
    pub program: &'a Program,
    /// Every use in it, of any tier, by file and place; also those in packages and in the plugin.
    pub uses: &'a [ApiUse],
    /// Every call of a request wrapper in it, by file and place.
    pub calls: &'a [RequestWrapperCall],
    /// The settings that hold for it.
    pub settings: &'a Settings,
    /// The settings file.
    pub settings_file: Option<FilePath>,
    /// What of the settings file does not apply.
    pub settings_problems: &'a [Problem],
    /// The registered domains, when they are in the tree.
    pub domain_list: Option<LoadedDomains>,
    /// The privacy guide, when it is in the tree.
    pub privacy_guide: Option<LoadedGuide>,
    /// What the program has to declare in it, by privacy key; looked for only where there is a
    /// guide to compare with.
    pub required_declarations: &'a [RequiredDeclaration],
    /// The fields of the program's own templates that ask for personal information, by file and
    /// place.
    pub forms: &'a [FormField],
    /// The program's own scripts and templates that are looked at, packages and the plugin's code
    /// left out, by path.
    pub own: &'a [&'a File],
    /// The filing numbers that it shows, app.json first.
    pub filings: &'a [ShownNumber],
    /// What it is about, by licence.
    pub topics: &'a [DetectedTopic],
    /// How it asks for consent.
    pub consent: &'a Consent,
    /// Whether code of the program could not be read.
    pub unread: bool,
    /// What was found out about single files before, and is now.
    pub noted: &'a Noted,
    /// The hosts that it reaches, once a rule asked.
    pub hosts: Hosts<'a>,
}

/// The guide file and what it says.
pub struct LoadedGuide {
    /// The file.
    pub file: FilePath,
    /// The guide.
    pub guide: PrivacyGuide,
}

/// The list file and what it says.
pub struct LoadedDomains {
    /// The file.
    pub file: FilePath,
    /// The program's own lists.
    pub registered: RegisteredDomains,
    /// The lists of the plugin in the same tree, when the file has them.
    pub plugin: Option<RegisteredDomains>,
}

/// A use, and where a person must act about it.
pub struct Site<'a> {
    /// The use.
    pub used: &'a ApiUse,
    /// The use itself; for a package, where the program brings it in.
    pub place: Place,
    /// For a package: the way from there to the use.
    chain: ImportPath,
}

impl Site<'_> {
    /// Whether the use is in a vendored package.
    pub fn in_package(&self) -> bool {
        self.used.package.is_some()
    }

    /// The interface, with the package that holds it.
    pub fn name(&self) -> Phrase {
        let api = self.used.api;
        match &self.used.package {
            Some(package) => {
                Phrase::new(format!("{api} (in {package})"), format!("{api}（位于 {package}）"))
            }
            None => Phrase::new(api, api),
        }
    }

    /// For a package: the way to the use.
    pub fn labels(&self) -> Vec<Label> {
        let Some(package) = &self.used.package else { return Vec::new() };
        let mut labels: Vec<Label> = self
            .chain
            .iter()
            .skip(1)
            .map(|place| Label {
                place: place.clone(),
                message: Phrase::new(format!("leads to {package}"), format!("由此引入 {package}")),
            })
            .collect();
        if self.place != self.used.place {
            labels.push(Label {
                place: self.used.place.clone(),
                message: Phrase::new(
                    format!("{} is used here", self.used.api),
                    format!("在此使用 {}", self.used.api),
                ),
            });
        }
        labels
    }
}

impl<'a> Context<'a> {
    /// The sites of the uses that `wanted` picks: each own one, and of each package the first of
    /// each interface.
    pub fn sites(&self, wanted: impl Fn(&ApiUse) -> bool) -> Vec<Site<'a>> {
        let mut seen: Vec<(&str, &str)> = Vec::new();
        let mut sites = Vec::new();
        for used in self.uses.iter().filter(|used| wanted(used)) {
            if let Some(package) = &used.package {
                let key = (&**package, used.api);
                if seen.contains(&key) {
                    continue;
                }
                seen.push(key);
            }
            sites.push(self.site_of(used));
        }
        sites
    }

    /// The first site for each value of `key`, own code before packages.
    pub fn first_sites(&self, key: impl Fn(&ApiUse) -> Option<&'static str>) -> Vec<Site<'a>> {
        let mut seen: Vec<&str> = Vec::new();
        let mut sites = Vec::new();
        for own in [true, false] {
            for used in self.uses.iter().filter(|used| used.package.is_none() == own) {
                if let Some(key) = key(used)
                    && !seen.contains(&key)
                {
                    seen.push(key);
                    sites.push(self.site_of(used));
                }
            }
        }
        sites
    }

    /// Where a person must act about `used`.
    pub fn site_of(&self, used: &'a ApiUse) -> Site<'a> {
        let chain = Arc::clone(&used.chain);
        let place = chain.first().unwrap_or(&used.place).clone();
        Site { used, place, chain }
    }

    /// The manifest that counts for `field`: ext.json where it repeats the field, else app.json.
    pub fn manifest_of(&self, field: Field) -> Option<FilePath> {
        self.program.app.as_ref()?;
        Some(self.program.effective(field).file.clone())
    }

    /// What `requiredPrivateInfos` declares.
    pub fn declared_private_infos(&self) -> &'a [Named] {
        self.program.required_private_infos()
    }

    /// What `permission` declares.
    pub fn declared_permissions(&self) -> &'a [Permission] {
        self.program.permission()
    }

    /// What `requiredBackgroundModes` declares.
    pub fn declared_background_modes(&self) -> &'a [Named] {
        self.program.required_background_modes()
    }

    /// Where `field` stands in `manifest`: its key.
    pub fn field_place(&self, manifest: &FilePath, field: Field) -> Option<Place> {
        let member = self.declarations(manifest)?.member(field.key())?;
        Some(Place::new(manifest, member.key_span))
    }

    /// The object of `manifest` that declares what the platform gates.
    pub(super) fn declarations(&self, manifest: &FilePath) -> Option<&'a Json> {
        let app = &self.program.app_manifest;
        if app.file == *manifest {
            return app.declarations(self.files);
        }
        self.files.manifest(manifest)?.root.as_ref()
    }

    /// The edits of `field` in `manifest` that `make` asks for; it is told the keys that lead
    /// there.
    pub fn edit_field(
        &self,
        manifest: &FilePath,
        field: Field,
        make: impl Fn(&ManifestFacts, &str, &[&str]) -> Option<Vec<(Span, String)>>,
    ) -> Option<Vec<Edit>> {
        let app = &self.program.app_manifest;
        let keys = if app.file == *manifest { app.keys_of(field) } else { vec![field.key()] };
        self.edit_manifest(manifest, |facts, source| make(facts, source, &keys))
    }

    /// Whether the value of `field` in `manifest` is of a type that declares nothing:
    /// `mistyped-manifest-value` speaks about it, and until it is fixed it is unknown what is
    /// declared.
    pub fn mistyped(&self, manifest: &FilePath, field: Field) -> bool {
        let value = self.declarations(manifest).and_then(|json| json.get(field.key()));
        let row = catalogue::app_fields().iter().find(|row| row.field == field.key());
        row.zip(value).is_some_and(|(row, value)| !mistyped_manifest_value::fits(value, row.kind))
    }

    /// The lists that hold for the code of `used`: the plugin's own for its code.
    pub fn domains_for(&self, used: &ApiUse) -> Option<&RegisteredDomains> {
        let list = self.domain_list.as_ref()?;
        if used.in_plugin { list.plugin.as_ref() } else { Some(&list.registered) }
    }

    /// Whether some code is out of sight: plugins, files that could not be read, interfaces reached
    /// by an unknown name.
    pub fn has_blind_spots(&self) -> bool {
        self.unread || !self.program.plugins().is_empty()
    }

    /// The file at `path`, when it may be edited as it was read.
    pub fn editable(&self, path: &FilePath) -> Option<&'a File> {
        self.files.get(path).map(|file| &**file).filter(|file| file.read_error.is_none())
    }

    /// The edits of the manifest at `path` that `make` asks for.
    pub fn edit_manifest(
        &self,
        path: &FilePath,
        make: impl Fn(&ManifestFacts, &str) -> Option<Vec<(Span, String)>>,
    ) -> Option<Vec<Edit>> {
        let file = self.editable(path)?;
        let edits = make(file.facts().as_manifest()?, &file.source)?;
        Some(
            edits
                .into_iter()
                .map(|(span, text)| Edit::Replace { place: Place::new(path, span), text })
                .collect(),
        )
    }
}
