//! What the program answers for all of its code. One handler covers every use of the app – except
//! in an independent subpackage, and on a page where its pop-up cannot appear: there the interface
//! waits.

use super::Consent;
use super::analyzer::{ConsentState, takes};
use super::evidence_kind::EvidenceKind;
use super::registration::ResolveFate;
use crate::catalogue::ConsentUi;
use crate::finding::Place;
use crate::project::Program;
use crate::semantic::api_use::{ApiUse, UseKind};

impl Consent {
    /// What stands before `used`, where `on_the_ways` stands on the ways to it: also what the
    /// program answers for all of its code.
    pub fn with_app_handler(
        &self,
        program: &Program,
        used: &ApiUse,
        on_the_ways: ConsentState,
    ) -> ConsentState {
        let mut state = on_the_ways;
        if used.form == UseKind::Template
            && let Some(button) =
                self.buttons.iter().find(|button| button.coupled && button.place == used.place)
        {
            state = ConsentState::proven(EvidenceKind::Coupled, button.place.clone());
        }
        if takes(used)
            && state.class > EvidenceKind::App
            && let Some(place) = self.answered_for(program, used)
        {
            if self.is_shown(program, used) {
                state = ConsentState { class: EvidenceKind::App, place: Some(place), ..state };
            } else {
                let unhandled_event = Some(place);
                state = ConsentState {
                    class: EvidenceKind::None,
                    place: None,
                    unhandled_event,
                    ..state
                };
            }
        }
        state
    }

    /// Where the program answers the privacy event for the file of the use, if it does.
    fn answered_for(&self, program: &Program, used: &ApiUse) -> Option<Place> {
        // A field for a nickname raises no event.
        if used.interface.consent_ui == Some(ConsentUi::None) {
            return None;
        }
        let island = |place: &Place| {
            program.subpackage_of(&place.file).filter(|one| one.independent).map(|one| &one.root)
        };
        let here = island(&used.place);
        let mut here = self.registrations.iter().filter(|one| island(&one.place) == here);
        let first = here.next().filter(|one| one.keeping == ResolveFate::Answerable)?;
        let all = here.all(|one| one.keeping == ResolveFate::Answerable);
        (all && self.can_agree()).then(|| first.place.clone())
    }

    /// Whether the pop-up may appear where the use runs. Only for the files of a page is it known
    /// which page that is.
    fn is_shown(&self, program: &Program, used: &ApiUse) -> bool {
        let stem = used.place.file.without_extension();
        let Some(shown) = &self.shown else { return true };
        shown.contains(&stem) || !program.pages().iter().any(|page| page.stem == stem)
    }
}
