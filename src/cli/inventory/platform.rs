//! `inventory --platform`: what the platform's scan will ask to be declared, in each form
//! (`miniguard/platform/1` in JSON). It is a prediction and says so; what the scan is known to miss
//! stands apart, with the same weight.

use std::io::{self, Write};
use std::slice;

use anstyle::Style;
use serde::Serialize;

use super::table::Table;
use super::{markdown, plain};
use crate::catalogue;
use crate::check::Cancel;
use crate::check::upload_scan::{
    self, Advice, PlatformView, Provenance, RequiredDeclaration, Source,
};
use crate::cli::args::{InventoryArguments, InventoryFormat};
use crate::cli::console::Console;
use crate::cli::display_paths::Names;
use crate::cli::failure::Failure;
use crate::cli::progress::{Progress, Stage};
use crate::cli::target::{self, Target};
use crate::finding::{Language, Phrase, Place};
use crate::project::Files;
use crate::text::{Text, Units};

const BOLD: Style = Style::new().bold();

/// What is to be shown.
struct Listing<'a> {
    files: &'a Files,
    names: &'a Names,
    views: &'a [PlatformView],
    language: Language,
}

/// Runs the command.
///
/// # Errors
/// A path that cannot be used.
pub(super) fn run(arguments: &InventoryArguments, console: Console) -> Result<(), Failure> {
    let progress = Progress::start(console.language());
    let mut targets = target::open(slice::from_ref(&arguments.path), &progress)?;
    let Some(Target { workspace, names, .. }) = targets.pop() else { return Ok(()) };
    progress.stage(Stage::Analysing(workspace.files().clone()));
    // It is never cancelled, so the default never stands in for an answer.
    let views = upload_scan::views(workspace.files(), &Cancel::never()).unwrap_or_default();
    drop(progress);
    if views.is_empty() {
        return Err(Phrase::new("There is no mini-program here.", "此处没有小程序。").into());
    }
    let listing = Listing {
        files: workspace.files(),
        names: &names,
        views: &views,
        language: console.language(),
    };
    console.write(arguments.format == InventoryFormat::Plain, |out| match arguments.format {
        InventoryFormat::Plain => listing.plain(out),
        InventoryFormat::Json => listing.json(out),
        InventoryFormat::Markdown => listing.markdown(out),
    })
}

/// What every reader has to know about the list.
fn caveat() -> Phrase {
    Phrase::new(
        "This is a prediction. WeChat's scan goes by what uploaded code refers to, whether or not it can run; what it finds must be declared. It is known to miss the avatar and nickname components and the phone number, which must be declared all the same. Code of plugins is declared by their makers.",
        "以上为预测。微信的检测依据上传代码中的引用，而非是否执行；检测到的类型必须声明。已知它会漏掉头像、昵称组件和手机号，但这些同样必须声明。插件代码由其提供方声明。",
    )
}

impl Listing<'_> {
    fn word(&self, en: &'static str, zh: &'static str) -> &'static str {
        if self.language == Language::English { en } else { zh }
    }

    fn tables(&self, view: &PlatformView) -> Vec<Table> {
        let groups = [
            (true, self.word("WeChat's scan will ask for", "微信检测将要求声明")),
            (
                false,
                self.word(
                    "The scan is known to miss; declare them all the same",
                    "微信检测会漏掉，但同样必须声明",
                ),
            ),
        ];
        let mut tables = Vec::new();
        for (detected, title) in groups {
            let required_declarations: Vec<&RequiredDeclaration> = view
                .required_declarations
                .iter()
                .filter(|required| required.is_detected() == detected)
                .collect();
            if required_declarations.is_empty() {
                continue;
            }
            let packages = required_declarations
                .iter()
                .any(|one| one.sources.iter().any(|source| source.package.is_some()));
            let mut head = vec![self.word("Information", "个人信息")];
            head.extend(view.guide.as_ref().map(|_| self.word("In the guide", "指引")));
            head.extend([
                self.word("Interface", "接口"),
                self.word("How", "方式"),
                self.word("What to do", "处理"),
            ]);
            head.extend(packages.then(|| self.word("Package", "依赖包")));
            head.push(self.word("Place", "位置"));
            let rows = required_declarations.iter().flat_map(|required| {
                required.sources.iter().map(|source| self.row(view, required, source, packages))
            });
            tables.push(Table {
                title: format!("{title} ({})", required_declarations.len()),
                head,
                rows: rows.collect(),
            });
        }
        tables
    }

    fn row(
        &self,
        view: &PlatformView,
        required: &RequiredDeclaration,
        source: &Source,
        packages: bool,
    ) -> Vec<String> {
        let label = catalogue::information(required.key)
            .map_or("", |kind| self.word(kind.label.en, kind.label.zh));
        let way: Vec<String> =
            source.chain.iter().chain([&source.place]).map(|place| self.place(place)).collect();
        let mut row = vec![format!("{label} ({})", required.key)];
        if view.guide.is_some() {
            row.push(match declared(view, required) {
                Some(true) => self.word("yes", "已声明").to_owned(),
                Some(false) => self.word("no", "未声明").to_owned(),
                None => String::new(),
            });
        }
        row.push(source.interface.name.to_owned());
        row.push(how(source.how).get(self.language).to_owned());
        row.push(advice(Advice::of(source)).get(self.language).to_owned());
        if packages {
            row.push(source.package.as_deref().unwrap_or_default().to_owned());
        }
        row.push(way.join(" > "));
        row
    }

    fn place(&self, place: &Place) -> String {
        let (line, column) = self.position(place);
        format!("{}:{line}:{column}", self.names.open(&place.file))
    }

    /// Line and column, from 1, the column in UTF-16 units.
    fn position(&self, place: &Place) -> (usize, usize) {
        let text = self.files.get(&place.file).map(|file| Text::new(&file.source));
        let position = text.unwrap_or_default().position(place.span.start(), Units::Utf16);
        (position.line + 1, position.column + 1)
    }

    fn plain(&self, out: &mut dyn Write) -> io::Result<()> {
        for view in self.views {
            if self.views.len() > 1 {
                writeln!(out, "{BOLD}{}{BOLD:#}\n", self.names.open(&view.base))?;
            }
            let tables = self.tables(view);
            if tables.is_empty() {
                writeln!(
                    out,
                    "{}\n",
                    self.word("Nothing to declare was found.", "未发现需要声明的内容。")
                )?;
            }
            for table in tables {
                writeln!(out, "{BOLD}{}{BOLD:#}", table.title)?;
                plain::rows(&table, out)?;
                writeln!(out)?;
            }
        }
        writeln!(out, "{}", caveat().get(self.language))
    }

    fn markdown(&self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(
            out,
            "# {}",
            self.word("What the platform will ask to be declared", "平台将要求声明的信息类型")
        )?;
        for view in self.views {
            if self.views.len() > 1 {
                writeln!(out, "\n`{}`", self.names.open(&view.base))?;
            }
            for table in self.tables(view) {
                markdown::section(&table, out)?;
            }
        }
        writeln!(out, "\n{}", caveat().get(self.language))
    }

    fn json(&self, out: &mut dyn Write) -> io::Result<()> {
        let programs = self.views.iter().map(|view| Program {
            folder: self.names.relative(&view.base),
            guide: view.guide.as_ref().map(|loaded| self.names.relative(&loaded.file)),
            information: view
                .required_declarations
                .iter()
                .map(|required| self.kind(view, required))
                .collect(),
        });
        let document = Document { schema: "miniguard/platform/1", programs: programs.collect() };
        serde_json::to_writer_pretty(&mut *out, &document)?;
        writeln!(out)
    }

    fn kind<'a>(&self, view: &PlatformView, required: &'a RequiredDeclaration) -> Kind<'a> {
        let sources = required.sources.iter().map(|source| {
            let (line, column) = self.position(&source.place);
            Entry {
                api: source.interface.name,
                file: self.names.relative(&source.place.file),
                line,
                column,
                package: source.package.as_deref(),
                way: source
                    .chain
                    .iter()
                    .map(|place| {
                        let (line, column) = self.position(place);
                        format!("{}:{line}:{column}", self.names.relative(&place.file))
                    })
                    .collect(),
                how: match source.how {
                    Provenance::Used => "used",
                    Provenance::Named => "named",
                    Provenance::Unloaded => "unloaded",
                },
                missed: source.interface.scan_misses,
                advice: match Advice::of(source) {
                    Advice::Declare | Advice::DeclareUnasked => "declare",
                    Advice::DeclareOrAsk => "declare-or-ask-vendor",
                    Advice::DropFromPackage => "drop-component",
                    Advice::DropFile => "drop-file",
                },
            }
        });
        Kind {
            key: required.key,
            detected: required.is_detected(),
            declared: declared(view, required),
            sources: sources.collect(),
        }
    }
}

/// Whether the guide declares the kind; `None` where there is no guide to ask.
fn declared(view: &PlatformView, required: &RequiredDeclaration) -> Option<bool> {
    let guide = &view.guide.as_ref()?.guide;
    guide.declared.as_ref().map(|_| guide.declares(required.key))
}

fn how(how: Provenance) -> Phrase {
    match how {
        Provenance::Used => Phrase::new("used", "使用"),
        Provenance::Named => Phrase::new("named", "引用"),
        Provenance::Unloaded => Phrase::new("not loaded", "未加载"),
    }
}

fn advice(advice: Advice) -> Phrase {
    match advice {
        Advice::Declare => Phrase::new("declare it with its purpose", "声明并写明用途"),
        Advice::DeclareUnasked => Phrase::new(
            "declare it (WeChat's scan won't remind you)",
            "必须声明（微信检测不到，也不会提醒）",
        ),
        Advice::DeclareOrAsk => Phrase::new(
            "declare it, drop the component, or ask its makers",
            "声明、移除该组件，或联系提供方",
        ),
        Advice::DropFromPackage => Phrase::new(
            "leave the unused part of the package out of the upload",
            "将依赖包中未使用的部分排除在上传之外",
        ),
        Advice::DropFile => {
            Phrase::new("delete the file or leave it out of the upload", "删除文件或排除在上传之外")
        }
    }
}

#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    programs: Vec<Program<'a>>,
}

#[derive(Serialize)]
struct Program<'a> {
    folder: String,
    guide: Option<String>,
    information: Vec<Kind<'a>>,
}

#[derive(Serialize)]
struct Kind<'a> {
    key: &'a str,
    detected: bool,
    declared: Option<bool>,
    sources: Vec<Entry<'a>>,
}

#[derive(Serialize)]
struct Entry<'a> {
    api: &'a str,
    file: String,
    line: usize,
    column: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    package: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    way: Vec<String>,
    how: &'static str,
    missed: bool,
    advice: &'static str,
}
