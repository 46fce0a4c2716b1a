//! The program that is measured: a shop with six component libraries, written to a temporary folder
//! that goes with the run. The same bytes every time, so two runs differ by nothing but the code
//! under them.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use tempfile::TempDir;

use crate::source::{self, Dice};

/// A third of about 2,000 files are the shop's own …
const PAGES: usize = 180;
const COMPONENTS: usize = 40;
/// … the others those of its libraries.
const LIBRARIES: [&str; 6] =
    ["amber-ui", "birch-ui", "cedar-ui", "delta-charts", "ember-map", "fjord"];
const LIBRARY_COMPONENTS: usize = 73;

/// The script that is typed in, of 3,000 lines.
pub(crate) const LONG_SCRIPT: &str = "pages/page-7/index.js";
const LONG: usize = 3_000;

static ROOT: OnceLock<PathBuf> = OnceLock::new();

/// The written program; its folder goes when this does.
pub(crate) struct Written {
    _folder: TempDir,
}

impl Written {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        write_program(ROOT.get_or_init(|| folder.path().to_owned()));
        Self { _folder: folder }
    }
}

/// The folder of the program.
pub(crate) fn written() -> &'static Path {
    ROOT.get().expect("the program is written first")
}

fn write_program(root: &Path) {
    let write = |path: &str, text: &str| {
        let path = root.join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a writable folder");
        fs::write(path, text).expect("a writable file");
    };
    let mut dice = Dice::new(20);
    let pages: Vec<String> =
        (0..PAGES).map(|page| format!("\"pages/page-{page}/index\"")).collect();
    write("project.config.json", r#"{"appid": "wx0000000000000001", "miniprogramRoot": "./"}"#);
    write("app.json", &source::app(&pages));
    write("app.js", source::APP);
    write("server-domains.json", source::DOMAINS);
    write("config/hosts.js", source::HOSTS);
    write("utils/request.js", source::REQUEST);
    write("utils/format.js", &source::plain_script(&mut dice, 200));
    for page in 0..PAGES {
        let folder = format!("pages/page-{page}");
        let lines = if format!("{folder}/index.js") == LONG_SCRIPT { LONG } else { 120 };
        write(&format!("{folder}/index.js"), &source::page_script(&mut dice, lines));
        write(&format!("{folder}/index.wxml"), &source::template(&mut dice, 30));
        write(&format!("{folder}/index.json"), &source::page_manifest(&mut dice, &LIBRARIES));
    }
    for component in 0..COMPONENTS {
        let folder = format!("components/own-{component}");
        write(&format!("{folder}/index.js"), &source::component_script(&mut dice, 90, false));
        write(&format!("{folder}/index.wxml"), &source::template(&mut dice, 20));
        write(&format!("{folder}/index.json"), r#"{"component": true, "usingComponents": {}}"#);
    }
    for library in LIBRARIES {
        let root = format!("miniprogram_npm/{library}");
        write(&format!("{root}/common/relations.js"), &source::plain_script(&mut dice, 300));
        write(&format!("{root}/common/device.js"), source::DEVICE);
        write(&format!("{root}/vendor.js"), &source::minified_script(&mut dice, 1_500));
        for component in 0..LIBRARY_COMPONENTS {
            let folder = format!("{root}/part-{component}");
            // One in four asks the platform for something, as in the libraries that shops use.
            let asks = component % 4 == 0;
            write(&format!("{folder}/index.js"), &source::component_script(&mut dice, 110, asks));
            write(&format!("{folder}/index.wxml"), &source::template(&mut dice, 24));
            write(&format!("{folder}/index.json"), &source::part_manifest(component));
        }
    }
}
