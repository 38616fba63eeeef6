//! `tellgraph add`: texts into a store.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::{Result, ensure};
use clap::Args;
use rayon::prelude::*;
use tellgraph::ontology::File;
use tellgraph::source::conllu::Given;
use tellgraph::store::folder::{Error, Kept, Settings, Writer};
use tellgraph::{Lexicon, document, mention, syntax};

use super::Place;
use crate::cli::batch::{self, Pace, Progress};
use crate::cli::confidence::Confidence;
use crate::cli::identities::Known;
use crate::cli::input::Input;
use crate::cli::interrupt;
use crate::cli::message::warn;
use crate::cli::vocabulary::{Vocabulary, read_files};

/// Read texts into a store, a folder on disk, which is made if it is not there.
///
/// A text replaces the one of its id that was there; what has not changed is passed over, so that the same command can be
/// run again and again over a growing folder. Each text is in the store wholly or not at all, whenever this is stopped, and
/// others can ask the store meanwhile; only one process at a time can write. Ctrl-C ends it with what was read so far, a second
/// one at once.
///
/// Ids. A file's id is its name without the ending and, below a folder that is named, its path from there: in news/, the file
/// news/2019/monday.txt is 2019/monday. JSON lines and CoNLL-U have ids of their own. The store remembers which file each
/// document is from: the file keeps its id, in whatever way it is named later, and another file of the same id is refused as
/// long as the first is there.
///
/// The store keeps the ontology, and whatever else its texts are read by, from the first time on: no need to name it again.
/// `tellgraph list --settings` shows it.
#[derive(Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Arguments {
    #[command(flatten)]
    place: Place,

    #[command(flatten)]
    input: Input,

    /// Read again all that is in the store, with the built-in ontology of this version of the program: by the options that
    /// are given, each in place of the store's own. It is done at once or, if it is stopped, not at all
    #[arg(long)]
    renew: bool,

    /// With --renew: go by the options that are given alone, and forget the store's own
    #[arg(long, requires = "renew")]
    forget: bool,

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
  curl -s https://a.example/tides | tellgraph add --store news/ --from html --id tides
  tellgraph add --store logs/ --ontology ships.ttl texts/
  tellgraph add --store logs/ texts/                    by ships.ttl, which the store remembers
  tellgraph add --store logs/ --renew --ontology ships-2.ttl
  tellgraph list --store logs/                          what is there
  tellgraph remove --store logs/ 2026/monday            what is in texts/2026/monday.txt
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
    moved: usize,
}

pub fn run(arguments: &Arguments) -> Result<()> {
    let progress = arguments.pace.start()?;
    let mut count = Count::default();
    let done = add(arguments, &progress, &mut count);
    progress.finish();
    if !arguments.pace.quiet && (done.is_ok() || count.added + count.replaced > 0) {
        warn(format_args!("{}", count.told()));
    }
    done
}

fn add(arguments: &Arguments, progress: &Progress, count: &mut Count) -> Result<()> {
    let (mut writer, lexicon) = match Writer::open(&arguments.place.store) {
        Err(Error::Missing { .. }) => {
            // An ontology that cannot be used makes no store, and neither does what is not there.
            arguments.input.check()?;
            let settings = arguments.settings(Settings::default())?;
            let lexicon = lexicon(&settings)?;
            (Writer::create(&arguments.place.store, &settings)?, lexicon)
        }
        opened if arguments.renew => {
            let writer = opened?;
            let own = if arguments.forget { Settings::default() } else { writer.settings().renewed() };
            let (writer, lexicon) = renew(writer, &arguments.settings(own)?, progress)?;
            count.again = writer.count()?;
            if arguments.input.is_empty() {
                return Ok(());
            }
            (writer, lexicon)
        }
        opened => {
            let writer = opened?;
            let settings = arguments.settings(writer.settings().clone())?;
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

fn renew(mut writer: Writer, settings: &Settings, progress: &Progress) -> Result<(Writer, Lexicon)> {
    let lexicon = lexicon(settings)?;
    writer.renew(settings, |texts| {
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
    let stop: Arc<AtomicBool> = Arc::default();
    // Who waits for a line of standard input does not look whether to stop.
    if !input.is_standard() {
        interrupt::set(&stop)?;
    }
    let work = |given: &Given| {
        ensure!(!stop.load(Ordering::Relaxed), "stopped before all was read");
        let file = known.has_moved(given)?.then(|| (given.source.id.clone(), given.source.path.clone()));
        Ok(((!known.is_current(given)).then(|| keep(given, lexicon)), file))
    };
    let mut moved = Vec::new();
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
    let sources = input.open_known(|path| known.id_of(path).map(str::to_owned))?;
    let done = batch::each(sources, work, |read| {
        let (kept, file) = read?;
        progress.step();
        moved.extend(file.and_then(|(id, path)| Some((id, path?))));
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
    writer.put_paths(&moved)?;
    count.unchanged = unchanged;
    count.moved = moved.iter().filter(|(id, _)| known.path_of(id).is_some()).count();
    done
}

impl Count {
    fn told(&self) -> String {
        let numbers = [
            (self.again, "read again"),
            (self.added, "added"),
            (self.replaced, "replaced"),
            (self.unchanged, "unchanged"),
            (self.moved, "from another file than before"),
        ];
        let told = numbers.iter().filter(|(number, _)| *number > 0);
        let told: Vec<String> = told.map(|(number, how)| format!("{number} {how}")).collect();
        if told.is_empty() { "no document".to_owned() } else { format!("documents: {}", told.join(", ")) }
    }
}

impl Arguments {
    /// By what texts are read: as the options say or, where they say nothing, by a store's own settings.
    fn settings(&self, own: Settings) -> Result<Settings> {
        let or = |given: Vec<File>, own: Vec<File>| if given.is_empty() { own } else { given };
        Ok(Settings {
            program: own.program,
            core: own.core.filter(|_| self.vocabulary.has_core()),
            ontologies: or(self.vocabulary.files()?, own.ontologies),
            gazetteers: or(read_files(&self.known.gazetteer)?, own.gazetteers),
            base: self.known.base.clone().or(own.base),
            least_confidence: self.confidence.least().or(own.least_confidence),
        })
    }
}
