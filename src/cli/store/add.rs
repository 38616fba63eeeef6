//! `tellgraph add`: texts into a store.

use anyhow::Result;
use clap::Args;
use rayon::prelude::*;
use tellgraph::source::conllu::Given;
use tellgraph::store::folder::{Error, Kept, Settings, Writer};
use tellgraph::{Lexicon, document, mention, syntax};

use super::Place;
use crate::cli::batch::{self, Pace, Progress};
use crate::cli::confidence::Confidence;
use crate::cli::identities::Known;
use crate::cli::input::Input;
use crate::cli::vocabulary::{Vocabulary, read_files};

/// Read texts into a store, a folder on disk, which is made if it is not there.
///
/// A text replaces the one of its id that was there; what has not changed is passed over, so that the same command can be
/// run again and again over a growing folder. Each text is in the store wholly or not at all, whenever this is stopped, and
/// others can ask the store meanwhile; only one process at a time can write.
///
/// The store keeps the ontology, and whatever else its texts are read by, from the first time on: no need to name it again.
#[derive(Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Arguments {
    #[command(flatten)]
    place: Place,

    #[command(flatten)]
    input: Input,

    /// Read again all that is in the store: by the options that are given, or else by the store's own with the built-in
    /// ontology of this version of the program. It is done at once or, if it is stopped, not at all
    #[arg(long)]
    renew: bool,

    #[command(flatten)]
    vocabulary: Vocabulary,

    #[command(flatten)]
    known: Known,

    #[command(flatten)]
    confidence: Confidence,

    #[command(flatten)]
    pace: Pace,
}

const EXAMPLES: &str = "\
Examples:
  tellgraph add --store news/ articles/                 all texts below a folder
  zcat dump.jsonl.gz | tellgraph add --store news/ --from jsonl
  tellgraph add --store logs/ --ontology ships.ttl 2026/
  tellgraph add --store logs/ 2027/                     by ships.ttl, which the store remembers
  tellgraph add --store logs/ --renew --ontology ships-2.ttl
  tellgraph list --store logs/                          what is there
  tellgraph remove --store logs/ 2026/monday
  tellgraph query --store logs/ --ask words --about Harrow
  tellgraph export --store logs/ -o all.trig --evidence graph";

/// How many texts are put in together.
const TOGETHER: usize = 64;

/// How many texts came into the store, and how.
#[derive(Default)]
struct Count {
    added: usize,
    replaced: usize,
    unchanged: usize,
    again: usize,
}

pub fn run(arguments: &Arguments) -> Result<()> {
    let progress = arguments.pace.start()?;
    let mut count = Count::default();
    let done = add(arguments, &progress, &mut count);
    progress.finish();
    if !arguments.pace.quiet && (done.is_ok() || count.added + count.replaced > 0) {
        eprintln!("tellgraph: {}", count.told());
    }
    done
}

fn add(arguments: &Arguments, progress: &Progress, count: &mut Count) -> Result<()> {
    let asked = arguments.settings()?;
    let (mut writer, lexicon) = match Writer::open(&arguments.place.store) {
        Err(Error::Missing { .. }) => {
            // An ontology that cannot be used makes no store.
            let lexicon = lexicon(&asked)?;
            (Writer::create(&arguments.place.store, &asked)?, lexicon)
        }
        opened if arguments.renew => {
            let (writer, lexicon) = renew(opened?, asked, progress)?;
            count.again = writer.count()?;
            if arguments.input.is_empty() {
                return Ok(());
            }
            (writer, lexicon)
        }
        opened => {
            let writer = opened?;
            let settings = if asked.are_default() { writer.settings().clone() } else { asked };
            writer.check(&settings)?;
            (writer, lexicon(&settings)?)
        }
    };
    add_texts(&arguments.input, &mut writer, &lexicon, progress, count)
}

/// What reads texts, with the models that it needs.
fn lexicon(settings: &Settings) -> Result<Lexicon> {
    let models = || rayon::join(syntax::load, mention::name::load);
    let (lexicon, _) = rayon::join(|| settings.lexicon(), models);
    Ok(lexicon?)
}

fn keep(given: &Given, lexicon: &Lexicon) -> Kept {
    Kept::of(given, &tellgraph::tell(document::of(given), lexicon))
}

fn renew(mut writer: Writer, asked: Settings, progress: &Progress) -> Result<(Writer, Lexicon)> {
    let settings = if asked.are_default() { writer.settings().renewed() } else { asked };
    let lexicon = lexicon(&settings)?;
    writer.renew(&settings, |texts| {
        let kept = texts.par_iter().map(|given| keep(given, &lexicon)).collect();
        texts.iter().for_each(|_| progress.step());
        kept
    })?;
    Ok((writer, lexicon))
}

fn add_texts(
    input: &Input,
    writer: &mut Writer,
    lexicon: &Lexicon,
    progress: &Progress,
    count: &mut Count,
) -> Result<()> {
    let known = writer.known()?;
    let work = |given: &Given| (!known.is_current(given)).then(|| keep(given, lexicon));
    let mut waiting: Vec<Kept> = Vec::new();
    let mut put = |waiting: &mut Vec<Kept>| -> Result<()> {
        writer.put(waiting)?;
        let replaced = waiting.iter().filter(|kept| known.has(kept.id())).count();
        count.replaced += replaced;
        count.added += waiting.len() - replaced;
        waiting.clear();
        Ok(())
    };
    let mut unchanged = 0;
    let done = batch::each(input.open()?, work, |kept| {
        progress.step();
        match kept {
            Some(kept) => waiting.push(kept),
            None => unchanged += 1,
        }
        if waiting.len() < TOGETHER { Ok(()) } else { put(&mut waiting) }
    });
    // What was read before a text that cannot be is kept, too; not so what there was no room for.
    if waiting.len() < TOGETHER {
        put(&mut waiting)?;
    }
    count.unchanged = unchanged;
    done
}

impl Count {
    fn told(&self) -> String {
        let numbers = [
            (self.again, "read again"),
            (self.added, "added"),
            (self.replaced, "replaced"),
            (self.unchanged, "unchanged"),
        ];
        let told = numbers.iter().filter(|(number, _)| *number > 0);
        let told: Vec<String> = told.map(|(number, how)| format!("{number} {how}")).collect();
        if told.is_empty() { "no document".to_owned() } else { format!("documents: {}", told.join(", ")) }
    }
}

impl Arguments {
    /// By what the options say that texts are read.
    fn settings(&self) -> Result<Settings> {
        let Settings { program, core, .. } = Settings::default();
        Ok(Settings {
            program,
            core: core.filter(|_| self.vocabulary.has_core()),
            ontologies: self.vocabulary.files()?,
            gazetteers: read_files(&self.known.gazetteer)?,
            base: self.known.base.clone(),
            least_confidence: self.confidence.least(),
        })
    }
}
