//! Where the command line writes. Reports go to standard output, everything about the run itself to
//! standard error; a reader that closes the pipe early (`| head`) is no error.

use std::io::{self, BufWriter, ErrorKind, Write};

use anstream::AutoStream;
use anstyle::{AnsiColor, Style};

use super::failure::Failure;
use super::sanitize::visible;
use crate::finding::{Language, Phrase};

const ERROR: Style = AnsiColor::BrightRed.on_default().bold();
const BOLD: Style = Style::new().bold();

/// What a command needs to speak.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Console {
    /// The language that was asked for with `--lang`.
    pub(crate) asked: Option<Language>,
}

impl Console {
    /// The language where no settings have a say.
    pub(crate) fn language(self) -> Language {
        super::language::choose(self.asked, None)
    }

    /// Writes to standard output; colours are kept only where they are seen, and never taken out of
    /// data.
    ///
    /// # Errors
    /// The disk is full, or the like.
    #[expect(clippy::unused_self, reason = "one place through which everything is written")]
    pub(crate) fn write(
        self,
        for_a_person: bool,
        write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> Result<(), Failure> {
        let stdout = io::stdout().lock();
        let written = if for_a_person {
            let mut out = BufWriter::new(AutoStream::auto(stdout));
            write(&mut out).and_then(|()| out.flush())
        } else {
            let mut out = BufWriter::new(stdout);
            write(&mut out).and_then(|()| out.flush())
        };
        match written {
            Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(Phrase::new(
                format!("The report could not be written: {error}"),
                format!("无法写出报告：{error}"),
            )
            .into()),
            _ => Ok(()),
        }
    }

    /// Says something about the run.
    pub(crate) fn note(self, text: &str) {
        self.complain(BOLD, "note", "说明", text);
    }

    /// Says why the run ended.
    pub(crate) fn failure(self, failure: &Failure) {
        let language = self.language();
        self.complain(ERROR, "error", "错误", failure.message.get(language));
        if !failure.help.is_empty() {
            self.complain(BOLD, "help", "建议", failure.help.get(language));
        }
    }

    fn complain(self, style: Style, en: &str, zh: &str, text: &str) {
        let word = match self.language() {
            Language::English => en,
            Language::Chinese => zh,
        };
        let lines: Vec<_> = text.lines().map(visible).collect();
        // There is no way to report that standard error is closed.
        let _ =
            writeln!(anstream::stderr().lock(), "{style}{word}{style:#}: {}", lines.join("\n  "));
    }
}
