//! How a folder of other people's code comes into the program: the shortest way of
//! `usingComponents` entries and module specifiers. A search visits the files in the same order
//! whatever it looks for, so it is made once, goes on where the last question stopped, and parses
//! no script that no answer needs.

use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::Arc;

use super::packages::npm_package;
use super::{ComponentEdge, File, Files, Program};
use crate::finding::Place;
use crate::path::FilePath;
use crate::syntax::Kind;

/// What a file leads to, and where it says so, in order.
type Edges = Arc<[(FilePath, Place)]>;

/// The way to a folder: what asks for what, first to last.
pub type ImportPath = Arc<[Place]>;

/// What a file leads to, beside the file that says it.
type Known = HashMap<FilePath, (Arc<File>, Edges)>;

/// What files lead to, and the ways that were found: for the next look at the same program.
#[derive(Debug, Default)]
pub struct DependencyEdges {
    by_file: Arc<Known>,
    /// Of files that were replaced since by others that lead to the same.
    newer: Known,
    /// By folder; they hold while every file above leads to the same.
    import_paths: Arc<HashMap<FilePath, ImportPath>>,
}

impl DependencyEdges {
    fn of(&self, path: &FilePath) -> Option<&(Arc<File>, Edges)> {
        self.newer.get(path).or_else(|| self.by_file.get(path))
    }
}

/// The ways into the folders of one program.
pub struct ImportPaths<'a> {
    reader: Reader<'a>,
    /// From what runs by itself, through the program's own files.
    own: Search,
    /// From what runs by itself, through packages too.
    through: Search,
    /// The first entry or specifier in any of the program's own files, by file.
    any: Option<Vec<(FilePath, Place)>>,
    /// The ways that were asked for and searched, by folder.
    found: HashMap<FilePath, ImportPath>,
    /// Whether all files lead to what they led to before, so that the ways found then hold.
    hold: bool,
}

impl<'a> ImportPaths<'a> {
    /// The ways of `program`; nothing is searched yet. `before` are the steps of a program with the
    /// same footing, among files of the same paths, of which `edited` were replaced since.
    pub fn new<'e>(
        program: &'a Program,
        files: &'a Files,
        before: Option<&'a DependencyEdges>,
        edited: impl Iterator<Item = &'e Arc<File>>,
    ) -> Self {
        let mut reader = Reader { program, files, before, now: Known::new() };
        let hold = before.is_some_and(|before| reader.leads_to_the_same(before, edited));
        let (own, through) = (Search::new(false), Search::new(true));
        Self { reader, own, through, any: None, found: HashMap::new(), hold }
    }

    /// The steps that were looked at.
    pub fn into_steps(self) -> DependencyEdges {
        let Reader { now, before, .. } = self.reader;
        let Some(before) = before.filter(|_| self.hold) else {
            return DependencyEdges {
                by_file: Arc::new(now),
                newer: Known::new(),
                import_paths: Arc::new(self.found),
            };
        };
        let mut newer = before.newer.clone();
        newer.extend(now);
        let import_paths = if self.found.is_empty() {
            Arc::clone(&before.import_paths)
        } else {
            let known =
                before.import_paths.iter().map(|(folder, way)| (folder.clone(), Arc::clone(way)));
            Arc::new(known.chain(self.found).collect())
        };
        DependencyEdges { by_file: Arc::clone(&before.by_file), newer, import_paths }
    }

    /// How the package in `folder` comes into the program: the shortest chain from app.json, the
    /// app's script or a page; failing that, one step from any of the program's own files. Empty
    /// when nothing asks for it.
    ///
    /// Reads the facts of scripts on the way, of packages only when the program's own files do not
    /// lead there.
    pub fn to(&mut self, folder: &FilePath) -> ImportPath {
        let before = self.reader.before.filter(|_| self.hold);
        let known = before.and_then(|before| before.import_paths.get(folder));
        if let Some(way) = known.or_else(|| self.found.get(folder)) {
            return Arc::clone(way);
        }
        let way: ImportPath = self
            .own
            .chain_to(&mut self.reader, folder)
            .or_else(|| self.through.chain_to(&mut self.reader, folder))
            .or_else(|| self.step_to(folder).map(|place| vec![place]))
            .unwrap_or_default()
            .into();
        self.found.insert(folder.clone(), Arc::clone(&way));
        way
    }

    /// The first step from a file of the program's own outside `folder` into it.
    fn step_to(&mut self, folder: &FilePath) -> Option<Place> {
        let Reader { program, files, .. } = self.reader;
        let reader = &mut self.reader;
        let steps = self.any.get_or_insert_with(|| {
            files
                .within(&program.root)
                .map(|file| &file.path)
                .filter(|path| npm_package(path).is_none())
                .flat_map(|path| reader.edges(path).to_vec())
                .collect()
        });
        let mut steps = steps.iter();
        let step =
            steps.find(|(target, place)| target.is_within(folder) && !place.file.is_within(folder));
        step.map(|(_, place)| place.clone())
    }
}

/// Reads what files lead to, each once.
struct Reader<'a> {
    program: &'a Program,
    files: &'a Files,
    before: Option<&'a DependencyEdges>,
    now: Known,
}

impl Reader<'_> {
    fn edges(&mut self, path: &FilePath) -> Edges {
        let Some(file) = self.files.get(path) else { return Arc::from([]) };
        if let Some((_, known)) = self.now.get(path) {
            return Arc::clone(known);
        }
        let before = self.before.and_then(|before| before.of(path));
        let edges = match before.filter(|(old, _)| Arc::ptr_eq(old, file)) {
            Some((_, known)) => Arc::clone(known),
            None => edges(self.program, self.files, path).into(),
        };
        self.now.insert(path.clone(), (Arc::clone(file), Arc::clone(&edges)));
        edges
    }

    /// Whether each of the files that were replaced leads to what it led to, said at the same
    /// place.
    fn leads_to_the_same<'e>(
        &mut self,
        before: &DependencyEdges,
        edited: impl Iterator<Item = &'e Arc<File>>,
    ) -> bool {
        // What was never looked at decided nothing.
        let mut looked_at = edited.filter_map(|old| Some((&old.path, &before.of(&old.path)?.1)));
        looked_at.all(|(path, led)| self.edges(path) == *led)
    }
}

/// A search, breadth first, over files: a script leads to its modules, a manifest to its
/// components.
struct Search {
    through_packages: bool,
    started: bool,
    queue: VecDeque<Step>,
    /// What was reached, in order.
    reached: Vec<Step>,
    seen: HashSet<FilePath>,
    /// The first that was reached of each folder and file.
    first: HashMap<FilePath, usize>,
}

/// A file that was reached.
struct Step {
    path: FilePath,
    /// From which of those reached before.
    from: Option<usize>,
    /// What asks for it; nothing does for what runs by itself.
    place: Option<Place>,
}

impl Search {
    fn new(through_packages: bool) -> Self {
        Self {
            through_packages,
            started: false,
            queue: VecDeque::new(),
            reached: Vec::new(),
            seen: HashSet::new(),
            first: HashMap::new(),
        }
    }

    fn chain_to(&mut self, reader: &mut Reader<'_>, folder: &FilePath) -> Option<Vec<Place>> {
        if !self.started {
            self.started = true;
            self.queue = starts(reader.program, reader.files);
        }
        while !self.first.contains_key(folder) {
            let step = self.queue.pop_front()?;
            self.reach(reader, step);
        }
        let mut chain = Vec::new();
        let mut next = self.first.get(folder).copied();
        while let Some(step) = next.and_then(|index| self.reached.get(index)) {
            chain.extend(step.place.clone());
            next = step.from;
        }
        chain.reverse();
        Some(chain)
    }

    /// Takes one file in, and queues what it leads to.
    fn reach(&mut self, reader: &mut Reader<'_>, step: Step) {
        if !self.seen.insert(step.path.clone()) {
            return;
        }
        let index = self.reached.len();
        let mut folder = step.path.clone();
        // The folders around a known folder are known.
        while !self.first.contains_key(&folder) {
            let around = folder.parent();
            self.first.insert(folder, index);
            folder = around;
        }
        if self.through_packages || npm_package(&step.path).is_none() {
            for (path, place) in reader.edges(&step.path).iter() {
                if !self.seen.contains(path) {
                    let (path, place) = (path.clone(), Some(place.clone()));
                    self.queue.push_back(Step { path, from: Some(index), place });
                }
            }
        }
        self.reached.push(step);
    }
}

/// What runs by itself: the app's script and the pages; then, with a step behind them, the
/// components of app.json.
fn starts(program: &Program, files: &Files) -> VecDeque<Step> {
    let own = |path| Step { path, from: None, place: None };
    let mut starts: VecDeque<Step> = program.entry_scripts().cloned().map(own).collect();
    for stem in program.entry_stems() {
        starts.extend(parts(program, files, &stem).map(own));
    }
    for edge in program.global_components(files) {
        let place = Some(edge.place.clone());
        let brought = |path| Step { path, from: None, place: place.clone() };
        starts.extend(component_parts(program, files, &edge).map(brought));
    }
    starts
}

/// What the file at `path` leads to, and where it says so, in order.
pub(super) fn edges(program: &Program, files: &Files, path: &FilePath) -> Vec<(FilePath, Place)> {
    let Some(file) = files.get(path) else { return Vec::new() };
    let mut found = Vec::new();
    if matches!(file.kind, Kind::Manifest | Kind::SingleFile(_)) {
        for edge in program.components_of(files, &path.without_extension()) {
            let parts = component_parts(program, files, &edge);
            found.extend(parts.map(|part| (part, edge.place.clone())));
        }
    }
    let imports = file.imports();
    found.extend(imports.iter().filter(|import| !import.type_only).filter_map(|import| {
        let target = program.resolve_specifier(path, &import.specifier, files)?;
        Some((target, Place::new(path, import.span)))
    }));
    found
}

/// The files of a page or component that lead on: its manifest, then its script.
fn parts(program: &Program, files: &Files, stem: &FilePath) -> impl Iterator<Item = FilePath> {
    let parts = program.parts_of(files, stem).into_iter();
    parts.filter(|part| files.get(part).is_some_and(|file| file.kind != Kind::Template))
}

fn component_parts(
    program: &Program,
    files: &Files,
    edge: &ComponentEdge,
) -> impl Iterator<Item = FilePath> {
    let stem = edge.target.stem();
    stem.map(|stem| parts(program, files, stem)).into_iter().flatten()
}
