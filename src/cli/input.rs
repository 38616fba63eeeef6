//! Which texts to read.

use std::path::PathBuf;

use anyhow::Result;
use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use tellgraph::source::{self, Format, Sources};

use super::message::warn;

#[derive(Args)]
pub struct Input {
    /// Files, folders (all texts below them), or - for standard input, which is also read if nothing is named
    #[arg(value_name = "INPUT")]
    inputs: Vec<PathBuf>,

    /// How to read the input; if not given, its ending tells, or else its beginning
    #[arg(short, long, value_name = "FORMAT", value_parser = format_parser())]
    from: Option<Format>,
}

fn format_parser() -> impl TypedValueParser<Value = Format> {
    let names = PossibleValuesParser::new(Format::all().map(|(_, name, _)| name));
    names.try_map(|name| Format::named(&name).ok_or("no such format"))
}

impl Input {
    /// Whether nothing is named, so that standard input would be read.
    pub fn is_empty(&self) -> bool {
        self.inputs.is_empty()
    }

    /// Lists the input; what cannot be read shows when its turn comes.
    pub fn open(&self) -> Result<Sources> {
        let sources = source::open(&self.inputs, self.from)?;
        if self.inputs.is_empty() && std::io::IsTerminal::is_terminal(&std::io::stdin()) {
            warn("reading from the terminal; end with Ctrl-D (--help tells what else can be read)");
        }
        Ok(sources)
    }
}
