//! Files, folders and standard input, as a run of sources.

use std::collections::{HashMap, HashSet, VecDeque};
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::vec;

use flate2::bufread::MultiGzDecoder;

use super::conllu::{self, Given};
use super::{Error, Format, Source, decode, html, jsonl, markdown, path_without_gz};

/// What stands for standard input among paths.
const STANDARD_INPUT: &str = "-";

const GZIP: [u8; 2] = [0x1f, 0x8b];

/// Sources that are read one after another, so that a long run of JSON lines or files needs no more memory than its
/// longest text.
///
/// After an error it may go on with the next file.
pub struct Sources {
    files: vec::IntoIter<Input>,
    format: Option<Format>,
    rest: Rest,
    ids: HashSet<String>,
}

/// What is still to come of the file that was opened last.
enum Rest {
    Nothing,
    Records(jsonl::Records),
    /// With the line that each begins on.
    Documents(PathBuf, VecDeque<(usize, Given)>),
}

/// A file to read, and the source's name if it holds just one.
struct Input {
    path: PathBuf,
    id: String,
}

/// Lists what `inputs` hold: files, folders with all below them, and standard input, which is `-` and what is read
/// when there is no input at all.
///
/// Without `format`, a file's ending tells how to read it, or else its beginning. Of a folder those files are read whose
/// ending tells a format (with `format`: that one, or no ending), sorted by path, hidden ones left out. Files ending in
/// `.gz` or beginning as gzip does are unpacked.
///
/// A source's id is its file's name without the ending and, below a folder, the path from there: the same whatever else is
/// there. Where several of these files share it, the ending is added, or else the path as given is taken. A file that is named
/// twice is read once.
///
/// # Errors
/// A folder that cannot be listed, or holds nothing to read.
pub fn open(inputs: &[PathBuf], format: Option<Format>) -> Result<Sources, Error> {
    let standard = [PathBuf::from(STANDARD_INPUT)];
    let inputs = if inputs.is_empty() { &standard } else { inputs };
    let mut files = Vec::new();
    for input in inputs {
        if input.is_dir() {
            let below = list_folder(input, format)?;
            files.extend(below.into_iter().map(|path| NamedFile::below(input, path)));
        } else {
            files.push(NamedFile::alone(input));
        }
    }
    let files = name_apart(files);
    let ids = files.iter().map(|file| file.id.clone()).collect();
    Ok(Sources { files: files.into_iter(), format, rest: Rest::Nothing, ids })
}

/// The files below a folder that hold text, sorted by path.
fn list_folder(folder: &Path, format: Option<Format>) -> Result<Vec<PathBuf>, Error> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let failed = |error| Error::Read { path: folder.clone(), error };
        for entry in fs::read_dir(&folder).map_err(failed)? {
            let entry = entry.map_err(failed)?;
            let path = entry.path();
            if entry.file_name().to_string_lossy().starts_with('.') {
                continue;
            }
            // Links to folders are not followed: they may lead round in a circle.
            if entry.file_type().map_err(failed)?.is_dir() {
                folders.push(path);
            } else if path.is_file() && is_wanted(&path, format) {
                found.push(path);
            }
        }
    }
    found.sort();
    if found.is_empty() { Err(Error::EmptyFolder { path: folder.to_owned() }) } else { Ok(found) }
}

fn is_wanted(path: &Path, format: Option<Format>) -> bool {
    let told = Format::of_path(path);
    match format {
        None => told.is_some(),
        Some(_) => told == format || path_without_gz(path).extension().is_none(),
    }
}

/// A file with its possible ids, the shortest first.
struct NamedFile {
    path: PathBuf,
    names: [String; 4],
}

impl NamedFile {
    fn alone(path: &Path) -> Self {
        if path.as_os_str() == STANDARD_INPUT {
            return Self { path: path.to_owned(), names: ["stdin"; 4].map(str::to_owned) };
        }
        Self::below(path.parent().unwrap_or(Path::new("")), path.to_owned())
    }

    fn below(folder: &Path, path: PathBuf) -> Self {
        let full = path_without_gz(&path);
        let within = path.strip_prefix(folder).unwrap_or(&path).to_owned();
        let stem = path_without_gz(&within).with_extension("");
        let names = [&stem, &within, &full.with_extension(""), &path].map(|path| show(path));
        Self { path, names }
    }
}

/// A path as an id: parts joined by `/`, no `.` among them.
fn show(path: &Path) -> String {
    let parts = path.components().filter(|part| !matches!(part, std::path::Component::CurDir));
    parts.map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}

/// Gives every file an id of its own: the shortest of its names that no other file goes by. A file that is named twice is
/// there once.
fn name_apart(mut files: Vec<NamedFile>) -> Vec<Input> {
    let mut places = HashSet::new();
    files.retain(|file| places.insert(place(&file.path)));
    let mut levels = vec![0; files.len()];
    for level in 1..4 {
        let mut count: HashMap<&str, usize> = HashMap::new();
        for (file, level) in files.iter().zip(&levels) {
            *count.entry(&file.names[*level]).or_default() += 1;
        }
        for (file, at) in files.iter().zip(&mut levels) {
            if count[file.names[*at].as_str()] > 1 {
                *at = level;
            }
        }
    }
    let mut taken = HashSet::new();
    let name = |(file, level): (NamedFile, usize)| {
        let plain = &file.names[level];
        let numbered = (2..).map(|number| format!("{plain}-{number}"));
        let mut ids = std::iter::once(plain.to_owned()).chain(numbered);
        let id = ids.find(|id| taken.insert(id.clone())).unwrap_or_default();
        Input { path: file.path, id }
    };
    files.into_iter().zip(levels).map(name).collect()
}

/// Where a file is, from whatever folder and by whatever links to folders it is named.
fn place(path: &Path) -> PathBuf {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    match (folder.canonicalize(), path.file_name()) {
        (Ok(folder), Some(name)) if path.as_os_str() != STANDARD_INPUT => folder.join(name),
        _ => path.to_owned(),
    }
}

impl Sources {
    /// Lets files go by ids that they have from before, as `known` tells of the path of each.
    #[must_use]
    pub fn known_as(mut self, known: impl Fn(&Path) -> Option<String>) -> Self {
        let mut files: Vec<Input> = self.files.collect();
        for file in &mut files {
            if let Some(id) = known(&place(&file.path)) {
                file.id = id;
            }
        }
        self.ids = files.iter().map(|file| file.id.clone()).collect();
        self.files = files.into_iter();
        self
    }

    /// Names the only text, where there is one file, or standard input, and no more; else nothing is changed, and it says so.
    pub fn rename_only(&mut self, id: &str) -> bool {
        let [file] = self.files.as_mut_slice() else { return false };
        file.id = id.to_owned();
        self.ids = HashSet::from([file.id.clone()]);
        true
    }

    /// The next source, with its tokens and sentences if the file gives them.
    pub fn next_given(&mut self) -> Option<Result<Given, Error>> {
        loop {
            if let Some(given) = self.next_of_rest() {
                return Some(given);
            }
            let input = self.files.next()?;
            let path = (input.path.as_os_str() != STANDARD_INPUT).then(|| place(&input.path));
            if let Some(source) = self.read(input).transpose() {
                let given = |source| Given { source: Source { path, ..source }, ..Given::default() };
                return Some(source.map(given));
            }
        }
    }

    /// Reads one file, or begins to, if it may hold many texts.
    fn read(&mut self, input: Input) -> Result<Option<Source>, Error> {
        let failed = |error| Error::Read { path: input.path.clone(), error };
        let mut reader = unpacked(&input.path).map_err(failed)?;
        let start = reader.fill_buf().map_err(failed)?;
        let format =
            self.format.or_else(|| Format::of_path(&input.path)).unwrap_or_else(|| Format::sniff(start));
        if format == Format::JsonLines {
            self.ids.remove(&input.id);
            self.rest = Rest::Records(jsonl::Records::new(input.path, reader));
            return Ok(None);
        }
        let mut bytes = Vec::new();
        reader.read_to_end(&mut bytes).map_err(failed)?;
        let text = decode::decode(bytes, format == Format::Html)
            .map_err(|decode::Binary(advice)| Error::Binary { path: input.path.clone(), advice })?;
        Ok(Some(match format {
            Format::Html => html::read(&input.id, &text),
            Format::Markdown => markdown::read(&input.id, &text),
            Format::Text | Format::JsonLines => Source::plain(input.id, text),
            Format::Conllu => {
                let documents =
                    conllu::read(&input.id, &text).map_err(|conllu::Fault { line, message }| {
                        Error::Line { path: input.path.clone(), line, message }
                    })?;
                self.ids.remove(&input.id);
                self.rest = Rest::Documents(input.path, documents.into());
                return Ok(None);
            }
        }))
    }

    /// The next text of the file that was opened last; an id that was met before is an error.
    fn next_of_rest(&mut self) -> Option<Result<Given, Error>> {
        let ids = &mut self.ids;
        let mut is_new = |source: &Source| ids.insert(source.id.clone());
        let twice = |source: &Source| {
            format!("the id {:?} is there twice; each text needs one of its own", source.id)
        };
        let next = match &mut self.rest {
            Rest::Nothing => None,
            Rest::Records(records) => records.next().map(|record| match record? {
                source if is_new(&source) => Ok(Given { source, ..Given::default() }),
                source => Err(records.error(twice(&source))),
            }),
            Rest::Documents(path, documents) => {
                documents.pop_front().map(|(line, given)| match &given.source {
                    source if is_new(source) => Ok(given),
                    source => Err(Error::Line { path: path.clone(), line, message: twice(source) }),
                })
            }
        };
        if !matches!(next, Some(Ok(_))) {
            self.rest = Rest::Nothing;
        }
        next
    }
}

impl Iterator for Sources {
    type Item = Result<Source, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        Some(self.next_given()?.map(|given| given.source))
    }
}

/// A file's bytes, unpacked if they are gzip.
fn unpacked(path: &Path) -> io::Result<Box<dyn BufRead + Send>> {
    let mut reader: Box<dyn BufRead + Send> = if path.as_os_str() == STANDARD_INPUT {
        Box::new(BufReader::new(io::stdin()))
    } else {
        Box::new(BufReader::with_capacity(1 << 16, File::open(path)?))
    };
    if reader.fill_buf()?.starts_with(&GZIP) {
        return Ok(Box::new(BufReader::new(MultiGzDecoder::new(reader))));
    }
    Ok(reader)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_tell_files_apart() {
        let below = |folder: &str, path: &str| NamedFile::below(Path::new(folder), path.into());
        let files = vec![
            below("news", "news/a.txt"),
            below("news", "news/2019/b.html.gz"),
            below("news", "news/2020/b.html"),
            below("news", "news/c.md"),
            below("news", "news/c.txt"),
            below("old", "old/e.txt"),
            below("older", "older/e.txt"),
            below("older", "older/2019/f.txt"),
            NamedFile::alone(Path::new("./d.txt")),
            NamedFile::alone(Path::new("d.txt")),
            NamedFile::alone(Path::new("-")),
        ];
        let ids: Vec<String> = name_apart(files).into_iter().map(|input| input.id).collect();
        let expected = ["a", "2019/b", "2020/b", "c.md", "c.txt", "old/e", "older/e", "2019/f", "d", "stdin"];
        assert_eq!(ids, expected);
    }
}
