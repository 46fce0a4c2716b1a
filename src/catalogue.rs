//! What the platform and the law are: interfaces, components, information kinds, sinks, duties –
//! as tables.
//!
//! The facts live in `catalogue/*.json`, sorted, one row a line, each row with its source; this
//! module only parses them once and finds rows. There is no platform name in Rust outside the
//! tests: adding a row is enough to have an interface detected, explained and listed. Everything
//! handed out is `&'static`.

mod admission;
mod app_field;
mod category;
mod consent_role;
mod control;
mod dialect;
mod domain;
mod duty;
mod field;
mod filing;
mod gate;
mod hook;
mod host_region;
mod information;
mod interface;
mod licence;
mod media;
mod member;
mod package;
mod phrase;
mod pre_approval;
mod row;
mod table;
#[cfg(test)]
mod tests;
mod topic;
mod withdrawal;
mod wording;

pub use admission::{ConsentUi, ConsoleGate, ExclusiveGroup, PrivacyTable};
pub use app_field::{AppField, FieldType, app_fields};
pub use category::{
    AS_OF as CATEGORIES_AS_OF, Category, Mode, categories, categories_named, category_fits,
    first_levels_agree, is_first_level,
};
pub use consent_role::ConsentRole;
pub use control::{Control, ControlRole, control, controls, controls_of};
pub use dialect::{
    Dialect, build_constant, dialects, is_box, is_composition_package, is_pass, is_platform_global,
    is_platform_package, platform_globals,
};
pub use domain::{
    DomainList, ForbiddenHost, Port, PortRange, domain_list, domain_lists, forbidden_host,
    forbidden_hosts, refused_tcp_ports, tcp_port_refused,
};
pub use duty::{Condition, Duty, Enforcement, duties, duties_of, duty};
pub use field::{FieldKind, NameMatch, field_kinds, field_of_label};
pub use filing::{FILING_SITE, FilingForm, filing_numbers, form_of as filing_form};
pub use gate::{Gate, Region, gates, gates_of};
pub use hook::{Hook, hook, hooks};
pub use host_region::{
    Confidence, ExportPath, HostRegion, Side, export_path, export_paths, host_region, host_regions,
};
pub use information::{
    Information, Scope, ScopeStatus, information, information_kinds, scope, scopes,
};
pub use interface::{
    attributes_of, background_modes, component, interface, interfaces, method, open_type,
    open_type_of_event, private_info, private_info_names, scope_use,
};
pub use licence::{EnforcedBy, EntityKind, HeldBy, Licence, licence, licences};
pub use media::{Medium, media};
pub use member::{
    Factory, Member, class_of_factory, factories, is_class, is_known, member, members,
};
pub use package::{Package, package_folder, packages};
pub use phrase::Phrase;
pub use pre_approval::{PreApproval, pre_approvals};
pub use row::{Form, Interface, Kind, Payment, Plugin, Sensitivity, Tier};
pub use topic::{Topic, TopicWord, topic_words, topics, topics_of_path};
pub use withdrawal::{Withdrawal, WithdrawalState};
pub use wording::{Wording, wording, wordings};
