//! Which texts to read.

use std::path::{Path, PathBuf};

use anyhow::{Result, bail, ensure};
use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use tellgraph::source::{self, Format, Sources};

use super::formats;
use super::message::warn;

#[derive(Args)]
pub struct Input {
    /// Files, folders (all texts below them), or - for standard input, which is also read if nothing is named
    #[arg(value_name = "INPUT")]
    inputs: Vec<PathBuf>,

    /// How to read the input; if not given, its ending tells, or else its beginning
    #[arg(short, long, value_name = "FORMAT", value_parser = format_parser())]
    from: Option<Format>,

    /// What a single text is called, in place of its file's name; what comes by standard input is called stdin else
    #[arg(long, value_name = "ID", value_parser = clap::builder::NonEmptyStringValueParser::new())]
    id: Option<String>,
}

fn format_parser() -> impl TypedValueParser<Value = Format> {
    let names = PossibleValuesParser::new(Format::all().map(|(_, name, _)| name));
    names.try_map(|name| Format::named(&name).ok_or("no such format"))
}

impl Input {
    /// Whether standard input is read.
    pub fn is_standard(&self) -> bool {
        self.is_empty() || self.inputs.iter().any(|path| path.as_os_str() == "-")
    }

    /// Whether nothing is named, so that standard input would be read.
    pub fn is_empty(&self) -> bool {
        self.inputs.is_empty()
    }

    /// Looks whether all that is named is there.
    ///
    /// # Errors
    /// A file that is not, and a folder without texts.
    pub fn check(&self) -> Result<()> {
        let files = self.inputs.iter().filter(|path| path.as_os_str() != "-");
        for path in files.clone() {
            path.metadata().map_err(|error| source::Error::Read { path: path.clone(), error })?;
        }
        let folders: Vec<PathBuf> = files.filter(|path| path.is_dir()).cloned().collect();
        if !folders.is_empty() {
            source::open(&folders, self.from)?;
        }
        self.refuse_graphs()
    }

    /// Lists the input; what cannot be read shows when its turn comes.
    pub fn open(&self) -> Result<Sources> {
        self.refuse_graphs()?;
        let mut sources = source::open(&self.inputs, self.from)?;
        if let Some(id) = &self.id {
            ensure!(sources.rename_only(id), "--id is for one text, and there are several files");
        }
        if self.inputs.is_empty() && std::io::IsTerminal::is_terminal(&std::io::stdin()) {
            warn("reading from the terminal; end with Ctrl-D (--help tells what else can be read)");
        }
        Ok(sources)
    }

    /// The same, where files are known by ids that they have from before.
    pub fn open_known(&self, known: impl Fn(&Path) -> Option<String>) -> Result<Sources> {
        let sources = self.open()?;
        Ok(if self.id.is_some() { sources } else { sources.known_as(known) })
    }

    fn refuse_graphs(&self) -> Result<()> {
        let is_graph = |path: &&PathBuf| {
            Format::of_path(path).is_none() && formats::syntax_of_path(path).is_some() && path.is_file()
        };
        match self.inputs.iter().find(is_graph).filter(|_| self.from.is_none()) {
            Some(path) => bail!(
                "{}: a graph by its ending, and no text: `tellgraph query` and `load` take graphs, and --from text reads it as text",
                path.display()
            ),
            None => Ok(()),
        }
    }
}
