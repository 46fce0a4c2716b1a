//! The rules. A rule is one `.rs`, one `.md` and one line in [`RULES`]; the `.md` is its
//! documentation, its hover, `explain` and an executed test. No rule names a platform interface:
//! they ask the catalogue.

mod address_url;
mod advert_without_close;
mod awaited_privacy_call;
mod blocks_on_refusal;
mod broken_manifest;
mod business_licence_not_shown;
mod cancelled_scope;
mod category_mismatch;
mod competing_privacy_handlers;
mod conflicting_location_interfaces;
mod consent_before_use;
mod context;
mod deposit_without_terms;
mod domain_check_disabled;
mod domain_list_missing;
mod ext_lacks_private_infos;
pub(crate) mod file_not_analysed;
mod filed_name_differs;
mod filing_link_missing;
mod filing_not_recorded;
mod filing_number_not_shown;
mod forbidden_host;
mod form_collects_personal_data;
mod insecure_url;
mod interface_needs_category;
mod invalid_domain_list;
mod invalid_privacy_guide;
mod invalid_settings;
mod licence_not_open_to_entity;
mod marketplace_without_edi;
mod missing_background_mode;
mod missing_permission_description;
mod mistyped_manifest_value;
mod no_account_deletion_entry;
mod no_withdrawal_entry;
mod outdated_domain_list;
mod overseas_host;
mod paid_information_without_icp_licence;
mod payment_model_undeclared;
mod payment_needs_verified_entity;
mod payment_not_mentioned;
mod pre_approval_content;
mod precise_location;
mod preticked_consent;
mod preticked_tie_in;
mod privacy_agree_button_mismatch;
mod privacy_guide_missing;
mod privacy_handler_never_resolves;
mod privacy_handler_unreachable;
mod prompt_loop;
mod prompt_on_every_open;
mod refusal_not_handled;
mod refused_port;
mod regulated_interface;
mod repeated_prompt;
mod setting_page_without_tap;
mod stacked_permission_prompts;
mod suppression_without_reason;
mod template_syntax;
mod undeclared_information;
mod undeclared_private_interface;
mod undefined_url_part;
mod unregistered_domain;
mod unresolved_url;
mod unused_private_interface;
mod unused_registered_domain;
mod unused_suppression;
mod virtual_goods_payment;
mod web_view_closed_to_individuals;
mod withdrawn_interface;

mod checkboxes;
mod commerce;
mod domain_status;
pub mod domains;
mod file_cache;
mod filing;
mod handler_edit;
mod hosts;
pub mod obligations;
mod prompt_groups;
mod settings_edit;
mod user_rights;

pub use context::{Context, LoadedDomains, LoadedGuide, Site};
pub use file_cache::Noted;
pub use hosts::Hosts;

use crate::finding::{Finding, Phrase, Place, Severity};

/// A rule.
#[derive(Debug)]
pub struct Rule {
    /// Its id, e.g. `unregistered-domain`; reads well after "ignore".
    pub id: &'static str,
    /// The severity unless the finding or the settings say otherwise.
    pub severity: Severity,
    /// Whether it speaks unless settings turn it on.
    pub default_on: bool,
    /// One sentence, in both languages: `[en, zh]`.
    pub summary: [&'static str; 2],
    /// The documentation, Markdown, both languages in one file.
    pub docs: &'static str,
    /// What it finds in one program.
    pub check: fn(&Context<'_>) -> Vec<Finding>,
}

impl Rule {
    /// The summary as a phrase.
    pub fn summary(&self) -> Phrase {
        Phrase::new(self.summary[0], self.summary[1])
    }

    /// The address of the rule's documentation page.
    pub fn url(&self) -> String {
        format!(
            "https://github.com/miniguard/miniguard/blob/main/src/rules/{}.md",
            self.id.replace('-', "_")
        )
    }

    /// A finding of this rule with its usual severity, to be completed.
    pub(crate) fn finding(
        &self,
        place: Place,
        message: Phrase,
        subject: impl Into<String>,
    ) -> Finding {
        Finding {
            rule: self.id,
            severity: self.severity,
            place,
            message,
            why: Phrase::default(),
            help: Phrase::default(),
            subject: subject.into(),
            labels: Vec::new(),
            fixes: Vec::new(),
            tag: None,
        }
    }
}

/// Every rule, by id.
pub const RULES: &[Rule] = &[
    address_url::RULE,
    advert_without_close::RULE,
    awaited_privacy_call::RULE,
    blocks_on_refusal::RULE,
    broken_manifest::RULE,
    business_licence_not_shown::RULE,
    cancelled_scope::RULE,
    category_mismatch::RULE,
    competing_privacy_handlers::RULE,
    conflicting_location_interfaces::RULE,
    consent_before_use::RULE,
    deposit_without_terms::RULE,
    domain_check_disabled::RULE,
    domain_list_missing::RULE,
    ext_lacks_private_infos::RULE,
    file_not_analysed::RULE,
    filed_name_differs::RULE,
    filing_link_missing::RULE,
    filing_not_recorded::RULE,
    filing_number_not_shown::RULE,
    forbidden_host::RULE,
    form_collects_personal_data::RULE,
    insecure_url::RULE,
    interface_needs_category::RULE,
    invalid_domain_list::RULE,
    invalid_privacy_guide::RULE,
    invalid_settings::RULE,
    licence_not_open_to_entity::RULE,
    marketplace_without_edi::RULE,
    missing_background_mode::RULE,
    missing_permission_description::RULE,
    mistyped_manifest_value::RULE,
    no_account_deletion_entry::RULE,
    no_withdrawal_entry::RULE,
    outdated_domain_list::RULE,
    overseas_host::RULE,
    paid_information_without_icp_licence::RULE,
    payment_model_undeclared::RULE,
    payment_needs_verified_entity::RULE,
    payment_not_mentioned::RULE,
    pre_approval_content::RULE,
    precise_location::RULE,
    preticked_consent::RULE,
    preticked_tie_in::RULE,
    privacy_agree_button_mismatch::RULE,
    privacy_guide_missing::RULE,
    privacy_handler_never_resolves::RULE,
    privacy_handler_unreachable::RULE,
    prompt_loop::RULE,
    prompt_on_every_open::RULE,
    refusal_not_handled::RULE,
    refused_port::RULE,
    regulated_interface::RULE,
    repeated_prompt::RULE,
    setting_page_without_tap::RULE,
    stacked_permission_prompts::RULE,
    suppression_without_reason::RULE,
    template_syntax::RULE,
    undeclared_information::RULE,
    undeclared_private_interface::RULE,
    undefined_url_part::RULE,
    unregistered_domain::RULE,
    unresolved_url::RULE,
    unused_private_interface::RULE,
    unused_registered_domain::RULE,
    unused_suppression::RULE,
    virtual_goods_payment::RULE,
    web_view_closed_to_individuals::RULE,
    withdrawn_interface::RULE,
];

/// The rule `id`.
pub fn rule(id: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.id == id)
}

/// For rules whose findings arise where suppressions or settings are read, not from a program.
fn nothing(_: &Context<'_>) -> Vec<Finding> {
    Vec::new()
}
