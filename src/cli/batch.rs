//! Many texts at once, results in the order of the texts.

use anyhow::Result;
use rayon::prelude::*;
use tellgraph::source::conllu::Given;
use tellgraph::source::{Error, Sources};

/// Texts are worked on together until they hold this much, in bytes, or are this many: enough to keep every thread at
/// work, and little enough to hold in memory.
const BYTES: usize = 4 << 20;
const TEXTS: usize = 256;

/// Does `work` for every text, many at a time, and hands what comes of it to `take` in the order of the texts; the next
/// texts are read meanwhile.
pub fn each<T: Send>(
    mut sources: Sources,
    work: impl Fn(&Given) -> T + Sync,
    mut take: impl FnMut(T) -> Result<()>,
) -> Result<()> {
    let mut batch = next(&mut sources)?;
    while !batch.is_empty() {
        let results = || batch.par_iter().map(&work).collect::<Vec<_>>();
        let (results, following) = rayon::join(results, || next(&mut sources));
        results.into_iter().try_for_each(&mut take)?;
        batch = following?;
    }
    Ok(())
}

fn next(sources: &mut Sources) -> Result<Vec<Given>, Error> {
    let mut batch = Vec::new();
    let mut bytes = 0;
    while bytes < BYTES && batch.len() < TEXTS {
        let Some(given) = sources.next_given().transpose()? else { break };
        bytes += given.source.text.len();
        batch.push(given);
    }
    Ok(batch)
}
