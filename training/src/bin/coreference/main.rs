//! Trains the network of coreference (`src/entity/coreference/antecedent.model`).
//!
//! `coreference train DATA MODEL [ROUNDS]`: DATA is the folder of corpora.
//! `coreference annotate MODEL DATA OUTPUT`: writes OUTPUT.gum.conllu and OUTPUT.gap.conllu of the dev parts, for the scorers.

mod corpus;
mod learn;
mod tally;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::time::Instant;

use anyhow::{Result, bail};
use corpus::Text;
use learn::{Learner, Lesson};
use tally::Tally;
use tellgraph::Lexicon;
use tellgraph::document::TokenId;
use tellgraph::entity;
use tellgraph::entity::coreference::ByNetwork;
use tellgraph::entity::coreference::network::Network;

const ROUNDS: usize = 10;
/// How often a round goes through GAP's pronouns, of which there are few.
const GAP_WEIGHT: usize = 5;
/// How often it follows its own choices, once it knows something.
const OWN_WAY: f64 = 0.9;
const SEED: u64 = 1;

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["train", data, model] => train(Path::new(data), Path::new(model), ROUNDS),
        ["train", data, model, rounds] => train(Path::new(data), Path::new(model), rounds.parse()?),
        ["annotate", model, data, output] => annotate(Path::new(model), Path::new(data), output),
        _ => bail!("usage: coreference train DATA MODEL [ROUNDS] | coreference annotate MODEL DATA OUTPUT"),
    }
}

fn train(data: &Path, model: &Path, rounds: usize) -> Result<()> {
    let lexicon = Lexicon::core();
    let start = Instant::now();
    let mut texts = corpus::gum(&data.join("discourse/en_gum-train.conllu.gz"), &lexicon)?;
    texts.extend(corpus::litbank(&data.join("coreference/litbank"), &lexicon)?);
    let gap = corpus::gap(&data.join("coreference/gap-validation.tsv.gz"), &lexicon)?;
    let first_gap = texts.len();
    texts.extend(gap);
    eprintln!("{} texts read, {:.0?}", texts.len(), start.elapsed());
    let mut learner = Learner::new(SEED);
    let gap = || first_gap..texts.len();
    let mut order: Vec<usize> = (0..first_gap).collect();
    for _ in 0..GAP_WEIGHT {
        order.extend(gap());
    }
    for round in 0..rounds {
        for at in (1..order.len()).rev() {
            let other = (learner.uniform() * (at + 1) as f64) as usize;
            order.swap(at, other);
        }
        learner.own_way = if round < 2 { 0.0 } else { OWN_WAY };
        (learner.loss, learner.decisions) = (0.0, 0);
        for at in &order {
            let Text { parsed, mentions, gold, .. } = &texts[*at];
            entity::resolve_by(
                parsed,
                mentions.clone(),
                &lexicon,
                &mut Lesson { learner: &mut learner, gold },
            );
        }
        if 2 * round >= rounds {
            learner.remember();
        }
        let mean = learner.loss / learner.decisions as f64;
        eprintln!(
            "round {}: loss {mean:.4} over {} choices, {:.0?}",
            round + 1,
            learner.decisions,
            start.elapsed()
        );
    }
    Ok(std::fs::write(model, learner.model())?)
}

fn annotate(model: &Path, data: &Path, output: &str) -> Result<()> {
    let lexicon = Lexicon::core();
    let network = Box::leak(Box::new(Network::read(&std::fs::read(model)?)));
    let gum = corpus::gum(&data.join("discourse/en_gum-dev.conllu.gz"), &lexicon)?;
    let mut counts = BTreeMap::new();
    for Text { parsed, mentions, gold, .. } in &gum {
        let judge = ByNetwork(network);
        let mut tally = Tally { judge, gold, counts: &mut counts, met: Default::default() };
        entity::resolve_by(parsed, mentions.clone(), &lexicon, &mut tally);
    }
    counts.iter().for_each(|((form, named), count)| eprintln!("{form:?} named:{named} {count:?}"));
    let gap = corpus::gap(&data.join("coreference/gap-development.tsv.gz"), &lexicon)?;
    for (name, texts) in [("gum", gum), ("gap", gap)] {
        let start = Instant::now();
        let rows: String = texts.into_iter().map(|text| write(text, network, &lexicon)).collect();
        eprintln!("{name}: {:.2?}", start.elapsed());
        std::fs::write(format!("{output}.{name}.conllu"), rows)?;
    }
    Ok(())
}

/// The text as CoNLL-U, with its entities in brackets.
fn write(text: Text, network: &'static Network, lexicon: &Lexicon) -> String {
    let parsed = &text.parsed;
    let entities = entity::resolve_by(parsed, text.mentions, lexicon, &mut ByNetwork(network));
    let mut fields = vec![String::new(); parsed.words().len()];
    for (id, mention) in entities.mentions().filter(|(_, mention)| !mention.tokens.is_empty()) {
        let Some(entity) = entities.of(id) else { continue };
        let class = entities.entity(entity).class.or(mention.class);
        let class = class.map_or("Thing", |class| lexicon.ontology().class(class).iri.as_str());
        let class = class.rsplit('#').next().unwrap_or_default();
        let (first, last) = (mention.tokens.start.index(), mention.tokens.end.index() - 1);
        if first == last {
            let _ = write!(fields[first], "(e{}-{class})", entity.0);
        } else {
            let _ = write!(fields[first], "(e{}-{class}", entity.0);
            let _ = write!(fields[last], "e{})", entity.0);
        }
    }
    let mut rows = format!("# newdoc id = {}\n", text.id);
    let source = &parsed.document().source().text;
    let points = |byte: usize| source[..byte].chars().count();
    for (_, sentence) in parsed.document().sentences() {
        for (number, token) in sentence.iter().enumerate() {
            let span = parsed.document().token(token).span;
            let head = parsed.word(token).head.map_or(0, |TokenId(head)| head - sentence.start.0 + 1);
            let range = format!("TokenRange={}:{}", points(span.start), points(span.end));
            let entity = Some(&fields[token.index()]).filter(|field| !field.is_empty());
            let entity = entity.map_or(String::new(), |field| format!("|Entity={field}"));
            let word = parsed.text(token);
            let _ = writeln!(rows, "{}\t{word}\t_\t_\t_\t_\t{head}\t_\t_\t{range}{entity}", number + 1);
        }
        rows.push('\n');
    }
    rows
}
