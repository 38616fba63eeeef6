//! How many words a second are read, tagged, parsed, and searched for names and what they refer to, on one thread.
//!
//! `cargo bench` runs it; items are words between spaces. The text of the example grows tenfold, and its time should, too.

use std::path::Path;
use std::time::Instant;

use divan::Bencher;
use divan::counter::ItemsCount;
use tellgraph::{Lexicon, Source, document, entity, mention, source, syntax};

const EXAMPLE: &str = include_str!("../examples/harbor-lights.txt");

fn main() {
    rayon::ThreadPoolBuilder::new().num_threads(1).build_global().expect("no pool has been built");
    let begin = Instant::now();
    syntax::load();
    mention::name::load();
    println!("models loaded in {:.1} ms", begin.elapsed().as_secs_f64() * 1e3);
    divan::main();
}

fn annotate(source: &Source, lexicon: &Lexicon) -> usize {
    let parsed = syntax::parse(document::read(source));
    let mentions = mention::find(&parsed, lexicon);
    entity::resolve(&parsed, mentions, lexicon).mentions().count()
}

fn count_words(sources: &[Source]) -> ItemsCount {
    ItemsCount::new(sources.iter().map(|source| source.text.split_whitespace().count()).sum::<usize>())
}

#[divan::bench(args = [1, 10, 100], sample_count = 10)]
fn example(bencher: Bencher, times: usize) {
    let lexicon = Lexicon::core();
    let source = [Source::plain("example", EXAMPLE.repeat(times))];
    bencher.counter(count_words(&source)).bench(|| annotate(&source[0], &lexicon));
}

/// A thousand web pages, where the corpora are at hand.
#[divan::bench(sample_count = 3)]
fn pages(bencher: Bencher) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/articles/web.jsonl.gz");
    if !path.exists() {
        return;
    }
    let lexicon = Lexicon::core();
    let pages = source::open(&[path], None).expect("the pages can be read");
    let pages: Vec<Source> = pages.collect::<Result<_, _>>().expect("each page is text");
    bencher
        .counter(count_words(&pages))
        .bench(|| pages.iter().map(|page| annotate(page, &lexicon)).sum::<usize>());
}
