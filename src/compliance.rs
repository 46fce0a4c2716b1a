//! The compliance report of one program, for the person who files and for the manager who signs. It
//! is a document of titled tables, made once from the analysis; HTML, Markdown and JSON are three
//! ways to write the same document.

mod capabilities;
mod data_flow_diagram;
mod detection;
mod filing_sheet;
mod html;
mod information;
mod json;
mod markdown;
mod open_obligations;
mod payload;
mod registration;
mod summary;
mod third_parties;

use crate::check::project_files::{load_guide, load_settings};
use crate::check::upload_scan::{self, PlatformView};
use crate::check::{Cancel, Cancelled, Obligation, ProgramDomains, Report};
use crate::finding::{Finding, Language, Phrase, Place};
use crate::path::FilePath;
use crate::project::{Files, Program, Project};
use crate::rules::LoadedGuide;
use crate::settings::Settings;
use crate::text::{Text, Units};

pub use data_flow_diagram::DataFlowDiagram;
use payload::SentName;

/// The report of one program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// The folder of its project.config.json.
    pub base: FilePath,
    /// Its appid, where it is known.
    pub appid: Option<String>,
    /// The day on which it was made, `YYYY-MM-DD`; `None` when unknown.
    pub day: Option<String>,
    /// What a reader in a hurry wants to know.
    pub figures: Vec<Figure>,
    /// What is to be done first, heaviest first.
    pub first: Vec<Phrase>,
    /// What is collected, and where requests go.
    pub picture: DataFlowDiagram,
    /// The parts, in reading order.
    pub sections: Vec<Section>,
}

/// A number with a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    /// The key in JSON.
    pub id: &'static str,
    /// The number.
    pub number: usize,
    /// What is counted.
    pub label: Phrase,
    /// What is to be added: a part of the number that matters.
    pub note: Phrase,
    /// How it is to be taken.
    pub tone: Tone,
}

/// A titled table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// The key in JSON, and the anchor.
    pub id: &'static str,
    /// The title.
    pub title: Phrase,
    /// What is to be known to read it.
    pub intro: Phrase,
    /// The columns: key in JSON, title.
    pub columns: Vec<(&'static str, Phrase)>,
    /// The rows, each as long as the columns.
    pub rows: Vec<Vec<Cell>>,
    /// What is said when there are no rows.
    pub none: Phrase,
}

/// A cell: one text or several, one below the other.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// The texts.
    pub lines: Vec<Phrase>,
    /// How it is to be taken.
    pub tone: Tone,
    /// Whether it is a place or a name of the program's code.
    pub code: bool,
}

/// How something is to be taken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// A fact.
    #[default]
    Plain,
    /// As it should be.
    Good,
    /// A person must look.
    Open,
    /// Something is missing or refused.
    Bad,
}

impl Tone {
    /// The word in JSON and the class in HTML.
    pub fn name(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Good => "good",
            Self::Open => "open",
            Self::Bad => "bad",
        }
    }
}

impl Cell {
    fn text(text: impl Into<String>) -> Self {
        let text = text.into();
        Self::said(Phrase::new(text.clone(), text))
    }

    fn said(phrase: Phrase) -> Self {
        Self { lines: vec![phrase], ..Self::default() }
    }

    fn code(lines: impl IntoIterator<Item = String>) -> Self {
        let lines = lines.into_iter().map(|line| Phrase::new(line.clone(), line)).collect();
        Self { lines, code: true, ..Self::default() }
    }

    fn tone(self, tone: Tone) -> Self {
        Self { tone, ..self }
    }
}

impl Document {
    /// The report as one HTML file: no script, nothing from elsewhere.
    pub fn html(&self, language: Language) -> String {
        html::write(self, language)
    }

    /// The report as Markdown.
    pub fn markdown(&self, language: Language) -> String {
        markdown::write(self, language)
    }

    /// The report as `miniguard/report/1`.
    pub fn json(&self, language: Language) -> String {
        json::write(self, language)
    }
}

/// What the parts of a report are made from.
struct ReportInput<'a> {
    files: &'a Files,
    program: &'a Program,
    settings: &'a Settings,
    report: &'a Report,
    domains: Option<&'a ProgramDomains>,
    view: Option<&'a PlatformView>,
    guide: Option<&'a LoadedGuide>,
    /// What requests carry: found once, for the figures, the picture and the table.
    sent: Vec<SentName>,
}

/// The report of each program of a workspace, in the order of the programs. `report` is the
/// analysis of the same files.
///
/// # Errors
/// [`Cancelled`] when `cancel` asked to stop; nothing else can fail.
pub fn documents(
    files: &Files,
    report: &Report,
    cancel: &Cancel,
) -> Result<Vec<Document>, Cancelled> {
    let project = Project::resolve(files);
    let views = upload_scan::views(files, cancel)?;
    let document = |(program, view): (&Program, &PlatformView)| {
        let (settings, ..) = load_settings(files, program);
        let guide = load_guide(files, program, &settings);
        let domains = report.domains.iter().find(|domains| domains.base == program.base);
        let input = ReportInput {
            files,
            program,
            settings: &settings,
            report,
            domains,
            view: Some(view),
            guide: guide.as_ref(),
            sent: Vec::new(),
        };
        ReportInput { sent: payload::names(&input), ..input }.document()
    };
    Ok(project.programs.iter().zip(&views).map(document).collect())
}

impl ReportInput<'_> {
    fn document(&self) -> Document {
        Document {
            base: self.program.base.clone(),
            appid: self.program.appid.as_ref().map(|appid| appid.name.to_string()),
            day: self.files.today().map(|day| day.to_string()),
            figures: summary::figures(self),
            first: summary::first(self),
            picture: data_flow_diagram::of(self),
            sections: vec![
                information::section(self),
                registration::section(self),
                third_parties::section(self),
                capabilities::section(self),
                detection::section(self),
                open_obligations::section(self),
                filing_sheet::section(self),
            ],
        }
    }

    /// Whether a file belongs to the program.
    fn holds(&self, file: &FilePath) -> bool {
        file.is_within(&self.program.base) || file.is_within(&self.program.root)
    }

    fn obligations(&self) -> impl Iterator<Item = &Obligation> {
        self.report.obligations.iter().filter(|one| one.program == self.program.root)
    }

    fn findings(&self) -> impl Iterator<Item = &Finding> {
        self.report.findings.iter().filter(|one| self.holds(&one.place.file))
    }

    /// `file:line` of a place, relative to the program's folder; lines count from 1.
    fn at(&self, place: &Place) -> String {
        let path = place.file.relative_to(&self.program.base);
        let path = path.unwrap_or(place.file.as_str());
        let Some(file) = self.files.get(&place.file) else { return path.to_owned() };
        let line = Text::new(&file.source).position(place.span.start(), Units::Utf8).line + 1;
        format!("{path}:{line}")
    }
}

/// The first of `items`, and how many more there are.
fn truncate_list(items: impl IntoIterator<Item = String>, most: usize) -> Vec<Phrase> {
    let mut all: Vec<String> = items.into_iter().collect();
    all.dedup();
    let more = all.len().saturating_sub(most);
    let mut lines: Vec<Phrase> =
        all.into_iter().take(most).map(|one| Phrase::new(one.clone(), one)).collect();
    if more > 0 {
        lines.push(Phrase::new(format!("and {more} more"), format!("另有 {more} 处")));
    }
    lines
}

#[cfg(test)]
mod tests;
