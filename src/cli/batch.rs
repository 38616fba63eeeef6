//! Many texts at once, results in the order of the texts.

use anyhow::Result;
use clap::Args;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use rayon::prelude::*;
use tellgraph::source::conllu::Given;
use tellgraph::source::{Error, Sources};

/// Texts are worked on together until they hold this much, in bytes, or are this many: enough to keep every thread at
/// work, and little enough to hold in memory.
const BYTES: usize = 4 << 20;
const TEXTS: usize = 256;

/// From how many texts on progress is shown, if standard error is a terminal.
const MANY: u64 = 100;

/// How many threads work, and what shows of it.
#[derive(Args)]
pub struct Pace {
    /// How many threads to use; the result does not depend on it [default: one for each processor]
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u16).range(1..))]
    threads: Option<u16>,

    /// Show no progress
    #[arg(short, long)]
    pub quiet: bool,
}

/// How many texts were read, to see.
pub struct Progress {
    bar: ProgressBar,
    quiet: bool,
}

impl Pace {
    /// Starts the threads that are asked for.
    pub fn start(&self) -> Result<Progress> {
        if let Some(threads) = self.threads {
            rayon::ThreadPoolBuilder::new().num_threads(threads.into()).build_global()?;
        }
        let style = ProgressStyle::with_template("{pos} texts read, {per_sec}")?;
        Ok(Progress { bar: ProgressBar::hidden().with_style(style), quiet: self.quiet })
    }
}

impl Progress {
    /// Counts a text.
    pub fn step(&self) {
        self.bar.inc(1);
        if self.bar.position() == MANY && !self.quiet {
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
    }

    pub fn finish(&self) {
        self.bar.finish_and_clear();
    }
}

/// Does `work` for every text, many at a time, and hands what comes of it to `take` in the order of the texts; the next
/// texts are read meanwhile. Where one cannot be read, those before it are done all the same.
pub fn each<T: Send>(
    mut sources: Sources,
    work: impl Fn(&Given) -> T + Sync,
    mut take: impl FnMut(T) -> Result<()>,
) -> Result<()> {
    let (mut batch, mut end) = next(&mut sources);
    while !batch.is_empty() {
        let results = || batch.par_iter().map(&work).collect::<Vec<_>>();
        let read = || if end.is_ok() { next(&mut sources) } else { (Vec::new(), Ok(())) };
        let (results, (following, following_end)) = rayon::join(results, read);
        results.into_iter().try_for_each(&mut take)?;
        end?;
        (batch, end) = (following, following_end);
    }
    Ok(end?)
}

/// The next texts, and what put an end to them before there were enough.
fn next(sources: &mut Sources) -> (Vec<Given>, Result<(), Error>) {
    let mut batch = Vec::new();
    let mut bytes = 0;
    while bytes < BYTES && batch.len() < TEXTS {
        match sources.next_given() {
            None => break,
            Some(Err(error)) => return (batch, Err(error)),
            Some(Ok(given)) => {
                bytes += given.source.text.len();
                batch.push(given);
            }
        }
    }
    (batch, Ok(()))
}
