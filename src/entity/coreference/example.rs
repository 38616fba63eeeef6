//! What the tests of the parts of coreference look at: a text's mentions, and what they are tied to.

use crate::Source;
use crate::document;
use crate::entity::{self, Entities};
use crate::lexicon::Lexicon;
use crate::mention::{self, Kind};
use crate::syntax::{self, Parsed};

/// A text as parsed.
pub fn parsed(text: &str) -> Parsed<'static> {
    let source: &'static Source = Box::leak(Box::new(Source::plain("example", text)));
    syntax::parse(document::read(source))
}

/// For each entity that a pronoun or a description means, its mentions as written, in the order of the text.
pub fn entities(text: &str) -> Vec<String> {
    let (parsed, lexicon) = (parsed(text), Lexicon::core());
    let mentions = mention::find(&parsed, &lexicon);
    let entities = entity::resolve(&parsed, mentions, &lexicon);
    let is_told = |kind: &Kind| matches!(kind, Kind::Pronoun | Kind::Description);
    let told = entities
        .entities()
        .filter(|(_, entity)| entity.mentions.iter().any(|id| is_told(&entities.mention(*id).kind)));
    told.map(|(_, entity)| written(&parsed, &entities, &entity.mentions)).collect()
}

fn written(parsed: &Parsed, entities: &Entities, mentions: &[mention::MentionId]) -> String {
    let document = parsed.document();
    let texts = mentions.iter().map(|id| document.slice(document.span(entities.mention(*id).tokens)));
    texts.collect::<Vec<_>>().join(" = ")
}
