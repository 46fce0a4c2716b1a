//! How fast templates parse and how much memory their trees take, beside tree-sitter-html on the same bytes.
//! The one thing to know: figures of one machine mean nothing on another, so read the ratios of one run.
//!
//! `cargo bench` measures our own example, again and again up to 1 MB; `MINIGUARD_CORPORA=<folder> cargo bench` also every
//! template below that folder, one after the other, and joined to one text.

#[path = "allocation.rs"]
mod allocation;

use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use std::{env, fs, io};

use allocation::counted;
use tree_sitter::{InputEdit, Language, Parser, Point, Tree};

fn parser(language: &Language) -> Parser {
    let mut parser = Parser::new();
    parser.set_language(language).expect("a grammar of this runtime");
    parser
}

fn parse(language: &Language, source: &str) -> Tree {
    parser(language).parse(source, None).expect("nobody cancels")
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

fn templates(folder: &Path, found: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            templates(&path, found)?;
        } else if path.extension().is_some_and(|extension| extension == "wxml") {
            found.push(path);
        }
    }
    Ok(())
}

/// Time and memory of parsing each of `texts`, in both grammars, turn by turn.
fn compare(name: &str, texts: &[String], wxml: &Language, html: &Language) {
    let bytes: usize = texts.iter().map(String::len).sum();
    let pass = |language| {
        let begun = Instant::now();
        texts.iter().for_each(|text| drop(black_box(parse(language, text))));
        begun.elapsed()
    };
    let (ours, theirs) = (0..15).map(|_| (pass(wxml), pass(html))).unzip();
    let (ours, theirs) = (median(ours), median(theirs));
    let memory = |language| {
        let each = texts.iter().map(|text| counted(|| parse(language, text)));
        each.fold((0, 0), |(kept, peak), (_, k, p)| (kept + k, peak + p))
    };
    let (kept, peak) = memory(wxml);
    let (html_kept, html_peak) = memory(html);
    let times = |part: usize| part as f64 / bytes as f64;
    println!(
        "{name:<28}{bytes:>9}{:>9.1}{:>9.2}{:>8.1}{:>8.1}{:>8.1}{:>8.1}",
        bytes as f64 / 1e6 / ours.as_secs_f64(),
        theirs.as_secs_f64() / ours.as_secs_f64(),
        times(kept),
        times(peak),
        times(html_kept),
        times(html_peak),
    );
}

/// A letter typed into the middle of a template of 2,000 lines, and taken out again: edit and reparse.
fn edits(source: &str, language: &Language) -> (Duration, Duration) {
    let middle = source.len() / 2;
    let at = middle + source[middle..].find("class=\"").expect("a class") + "class=\"".len();
    let mut parser = parser(language);
    let mut text = source.to_owned();
    let mut tree = parser.parse(&text, None).expect("nobody cancels");
    let mut times = Vec::new();
    for turn in 0..201 {
        let insert = turn % 2 == 0;
        if insert {
            text.insert(at, 'x')
        } else {
            text.replace_range(at..=at, "")
        }
        let begun = Instant::now();
        tree.edit(&InputEdit {
            start_byte: at,
            old_end_byte: at + usize::from(!insert),
            new_end_byte: at + usize::from(insert),
            start_position: Point::default(),
            old_end_position: Point::default(),
            new_end_position: Point::default(),
        });
        tree = parser.parse(&text, Some(&tree)).expect("nobody cancels");
        times.push(begun.elapsed());
    }
    let whole = (0..15).map(|_| {
        let begun = Instant::now();
        drop(black_box(parser.parse(&text, None)));
        begun.elapsed()
    });
    let whole = median(whole.collect());
    (median(times), whole)
}

fn main() {
    let (wxml, html) = (tree_sitter_wxml::LANGUAGE.into(), tree_sitter_html::LANGUAGE.into());
    // Counting begins before tree-sitter makes anything.
    counted(|| ());
    let example = include_str!("../../examples/orders.wxml");
    println!(
        "                                      MB/s   html's    memory / text   html's memory"
    );
    println!(
        "                                bytes  speed   time      kept    peak    kept    peak"
    );
    compare("the example, to 1 MB", &[example.repeat(1_000_000 / example.len())], &wxml, &html);
    compare("the example", &[example.to_owned()], &wxml, &html);
    for (name, one) in [
        ("<view> 10,000 deep", format!("{}{}", "<view>".repeat(10_000), "</view>".repeat(10_000))),
        ("<view/> 10,000 times", "<view/>".repeat(10_000)),
        ("<a/> 10,000 times", "<a/>".repeat(10_000)),
        ("<a b=\"c\"/> 10,000 times", "<a b=\"c\"/>".repeat(10_000)),
        ("{{a}} 10,000 times", "{{a}}".repeat(10_000)),
    ] {
        compare(name, &[one], &wxml, &html);
    }
    if let Some(folder) = env::var_os("MINIGUARD_CORPORA") {
        let mut found = Vec::new();
        templates(Path::new(&folder), &mut found).expect("a folder that can be read");
        found.sort();
        let texts: Vec<String> =
            found.iter().filter_map(|path| fs::read_to_string(path).ok()).collect();
        compare(&format!("{} real templates", texts.len()), &texts, &wxml, &html);
        compare("the same, joined", &[texts.concat()], &wxml, &html);
        let mut worst: Vec<_> = texts
            .iter()
            .filter(|text| !text.is_empty())
            .map(|text| counted(|| parse(&wxml, text)).2 as f64 / text.len() as f64)
            .collect();
        worst.sort_by(f64::total_cmp);
        println!(
            "peak of one, median {:.1}, 99th of 100 {:.1}",
            worst[worst.len() / 2],
            worst[worst.len() * 99 / 100]
        );
    }
    let lines = example.lines().count();
    let (edit, whole) = edits(&example.repeat(2_000 / lines + 1), &wxml);
    println!(
        "\na letter in 2,000 lines: {edit:.1?}; {:.3} of parsing all of it",
        edit.as_secs_f64() / whole.as_secs_f64()
    );
}
