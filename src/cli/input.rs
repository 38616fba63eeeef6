//! Which texts to read.

use std::path::PathBuf;

use anyhow::Result;
use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use tellgraph::document::{self, Document, Span, Token, TokenId, TokenRange};
use tellgraph::source::conllu::Given;
use tellgraph::source::{self, Format, Sources};

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
    /// Lists the input; what cannot be read shows when its turn comes.
    pub fn open(&self) -> Result<Sources> {
        let sources = source::open(&self.inputs, self.from)?;
        if self.inputs.is_empty() && std::io::IsTerminal::is_terminal(&std::io::stdin()) {
            eprintln!(
                "tellgraph: reading from the terminal; end with Ctrl-D (--help tells what else can be read)"
            );
        }
        Ok(sources)
    }
}

/// The document of a text: by the tokens and sentences that are given, or found.
pub fn document(given: &Given) -> Document<'_> {
    if given.sentences.is_empty() {
        return document::read(&given.source);
    }
    let text = &given.source.text;
    let token = |range: &std::ops::Range<usize>| Token {
        span: Span { start: range.start, end: range.end },
        space_after: text[range.end..].chars().next().is_none_or(char::is_whitespace),
    };
    let id = |index: usize| TokenId(index as u32);
    let sentences = given.sentences.iter();
    let sentences = sentences
        .map(|sentence| TokenRange { start: id(sentence.tokens.start), end: id(sentence.tokens.end) });
    document::given(&given.source, given.tokens.iter().map(token).collect(), sentences.collect())
}
