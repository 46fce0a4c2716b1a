//! What callers of wrappers say of where network calls go, put on the uses. It is one pass over
//! lists, once the calls of all files are known.

use std::collections::HashMap;

use super::RequestWrapperCall;
use crate::finding::Place;
use crate::semantic::api_use::{ApiUse, Destinations};
use crate::semantic::endpoint::Endpoint;

/// Adds to each network use where the callers of the wrapper around it lead it, and to each call of
/// a wrapper inside another one where that one's callers do.
pub fn propagate_callers(uses: &mut [ApiUse], calls: &mut [RequestWrapperCall]) {
    let mut by_place: HashMap<Place, Given> = HashMap::new();
    for call in &*calls {
        for sink in &call.sinks {
            let left = sink.reach.is_left_to_callers(&call.place);
            if left && sink.reach.endpoints.is_empty() {
                continue;
            }
            for step in sink.path.iter().chain([&sink.sink]) {
                let given = by_place.entry(step.clone()).or_default();
                if left {
                    given.defaults.extend(sink.reach.endpoints.iter().cloned());
                } else {
                    given.reaches.push(sink.reach.clone());
                }
            }
        }
    }
    for used in uses {
        if let (Some(reach), Some(given)) = (&mut used.reach, by_place.get(&used.place))
            && !reach.reasons.is_empty()
        {
            given.add_to(reach);
        }
    }
    for call in calls.iter_mut().filter(|call| call.is_passed_on()) {
        let Some(given) = by_place.get(&call.place) else { continue };
        for sink in &mut call.sinks {
            given.add_to(&mut sink.reach);
        }
    }
}

/// Where callers lead a call.
#[derive(Default)]
struct Given {
    /// Those that say so themselves.
    reaches: Vec<Destinations>,
    /// Hosts of those that are led on by callers of their own: what it is when these give nothing.
    defaults: Vec<Endpoint>,
}

impl Given {
    fn add_to(&self, reach: &mut Destinations) {
        reach.endpoints.extend(self.defaults.iter().cloned());
        if self.reaches.is_empty() {
            reach.normalize();
        } else {
            reach.add_callers(&self.reaches);
        }
    }
}
