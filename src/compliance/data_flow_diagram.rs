//! The data flow diagram of a program as SVG: the information collected on the left, the hosts
//! reached on the right. It does not show which information is sent to which host.

use maud::{Markup, html};

use super::html::visible;
use super::information::{collected, label, sensitivity};
use super::{ReportInput, Tone};
use crate::catalogue::Sensitivity;
use crate::check::domains::State;
use crate::finding::{Language, Phrase};

/// How many boxes stand below each other on a side; the last one counts the others.
const BOXES: usize = 10;
/// Height of a box with the gap below it, in units of the picture.
const ROW: usize = 34;
/// Width of the picture.
const WIDTH: usize = 860;
/// Width of a box at a side.
const SIDE: usize = 290;
/// How many columns of text a box holds; a Chinese character takes two.
const TEXT: usize = 40;

/// What the picture shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DataFlowDiagram {
    /// The kinds of information that come in, by key.
    pub collected: Vec<(Phrase, Tone)>,
    /// The hosts that are reached, by origin.
    pub reached: Vec<(Phrase, Tone)>,
}

pub(super) fn of(input: &ReportInput<'_>) -> DataFlowDiagram {
    let kinds = collected(input);
    let collected = kinds.iter().map(|(key, kind)| {
        let sensitive = sensitivity(key, kind) == Some(Sensitivity::Sensitive);
        (label(key, kind), if sensitive { Tone::Open } else { Tone::Plain })
    });
    let mut reached: Vec<(Phrase, Tone)> = Vec::new();
    let lists = input.domains.iter().flat_map(|domains| &domains.lists);
    for host in lists.flat_map(|listed| &listed.hosts) {
        let tone = match host.state {
            State::Registered => Tone::Good,
            State::Unregistered | State::Refused => Tone::Bad,
            State::Unknown => Tone::Open,
            State::Local | State::Platform | State::NotReleased => Tone::Plain,
        };
        let name = Phrase::new(host.origin.clone(), host.origin.clone());
        match reached.iter_mut().find(|(known, _)| *known == name) {
            // Of several lists, the worst answer.
            Some((_, known)) if *known != Tone::Bad => *known = tone,
            Some(_) => {}
            None => reached.push((name, tone)),
        }
    }
    DataFlowDiagram { collected: collected.collect(), reached }
}

impl DataFlowDiagram {
    /// Draws the diagram, for a page whose style names `tone-…`.
    pub(super) fn svg(&self, language: Language) -> Markup {
        let word = |en, zh| if language == Language::English { en } else { zh };
        let (left, right) = (boxes(&self.collected, language), boxes(&self.reached, language));
        let rows = left.len().max(right.len()).max(1);
        let height = rows * ROW + 40;
        let middle = 30 + rows * ROW / 2;
        let (near, far) = (WIDTH / 2 - 55, WIDTH / 2 + 55);
        html! {
            svg viewBox={ "-1 0 " (WIDTH + 2) " " (height) } role="img"
                aria-label=(word("What is collected, and where requests go", "收集的信息与请求的去向"))
            {
                @for (x, title) in [(0, word("Collected", "收集")), (WIDTH - SIDE, word("Reached", "访问"))] {
                    text.head x=(x) y="14" { (title) }
                }
                @for (right_side, boxes) in [(false, &left), (true, &right)] {
                    @let offset = (rows - boxes.len().min(rows)) * ROW / 2;
                    @for (index, (label, tone)) in boxes.iter().enumerate() {
                        @let top = 26 + offset + index * ROW;
                        @let centre = top + 13;
                        @if right_side {
                            (edge((far, middle), (WIDTH - SIDE, centre), *tone))
                            (labelled_box(WIDTH - SIDE, top, label, *tone))
                        } @else {
                            (edge((SIDE, centre), (near, middle), *tone))
                            (labelled_box(0, top, label, *tone))
                        }
                    }
                }
                rect.program x=(near) y=(middle - 22) width="110" height="44" rx="6" {}
                text.program x=(WIDTH / 2) y=(middle + 5) { (word("mini-program", "小程序")) }
            }
        }
    }
}

fn edge(from: (usize, usize), to: (usize, usize), tone: Tone) -> Markup {
    let bend = usize::midpoint(from.0, to.0);
    let path =
        format!("M{} {} C{bend} {} {bend} {} {} {}", from.0, from.1, from.1, to.1, to.0, to.1);
    html! { path class={ "flow tone-" (tone.name()) } d=(path) {} }
}

fn labelled_box(x: usize, top: usize, label: &str, tone: Tone) -> Markup {
    html! {
        rect class={ "box tone-" (tone.name()) } x=(x) y=(top) width=(SIDE) height="26" rx="4" {}
        text x=(x + 10) y=(top + 17) { (visible(label)) }
    }
}

fn boxes(all: &[(Phrase, Tone)], language: Language) -> Vec<(String, Tone)> {
    let most = if all.len() > BOXES { BOXES - 1 } else { BOXES };
    let mut shown: Vec<(String, Tone)> =
        all.iter().take(most).map(|(text, tone)| (shortened(text.get(language)), *tone)).collect();
    let more = all.len().saturating_sub(most);
    if more > 0 {
        let text = match language {
            Language::English => format!("and {more} more"),
            Language::Chinese => format!("另有 {more} 项"),
        };
        shown.push((text, Tone::Plain));
    }
    if shown.is_empty() {
        let text = if language == Language::English {
            "none by interface or form"
        } else {
            "接口与表单中未见"
        };
        shown.push((text.to_owned(), Tone::Plain));
    }
    shown
}

/// As much of a text as a box holds.
fn shortened(text: &str) -> String {
    let mut columns = 0;
    let mut short = String::new();
    for letter in text.chars() {
        columns += if letter.is_ascii() { 1 } else { 2 };
        if columns > TEXT {
            short.push('…');
            break;
        }
        short.push(letter);
    }
    short
}
