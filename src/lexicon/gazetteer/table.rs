//! A gazetteer as a CSV table: a line of column names, then a line for each thing.

use std::sync::Arc;

use csv::{ReaderBuilder, StringRecord, Trim};
use oxrdf::NamedNode;

use super::{Context, Entry, Gazetteer};
use crate::ontology::{Error, File, Ontology, Origin, nearest};

const COLUMNS: [&str; 6] = ["name", "aliases", "class", "iri", "context", "usual"];

/// What a table's class is in the ontology.
pub(super) enum Class {
    Known(NamedNode),
    Unknown,
}

impl Class {
    /// By IRI, by prefixed name or by label; another vocabulary's class is ours where the ontology aligns them.
    pub fn named(name: &str, ontology: &Ontology) -> Self {
        let by_iri = ontology.expand(name).and_then(|iri| ontology.class_for(&iri));
        let is_label = |label: &String| label.eq_ignore_ascii_case(name);
        let labelled = ontology.classes().find(|(_, class)| is_label(&class.label));
        let called = || ontology.classes().find(|(_, class)| class.alternative_labels.iter().any(is_label));
        let found = by_iri.or_else(|| labelled.or_else(called).map(|(id, _)| id));
        found.map_or(Self::Unknown, |id| Self::Known(ontology.class(id).iri.clone()))
    }
}

/// Reads a table; `class` tells what a class is, `expand` what IRI a prefixed name stands for.
pub(super) fn read(
    file: &File,
    class: &dyn Fn(&str) -> Class,
    expand: &dyn Fn(&str) -> Option<NamedNode>,
) -> Result<Vec<Entry>, Error> {
    let text = file.text.strip_prefix('\u{feff}').unwrap_or(&file.text);
    let mut reader = ReaderBuilder::new().trim(Trim::All).comment(Some(b'#')).from_reader(text.as_bytes());
    let name: Arc<str> = file.name.to_string_lossy().into();
    let origin = |line: u64| Origin { file: Arc::clone(&name), line: line as usize, column: 1 };
    let malformed = |error: csv::Error| {
        let line = error.position().map_or(1, csv::Position::line);
        let message = match error.kind() {
            csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
                format!(
                    "{len} fields where the first line has {expected_len}; a field with a comma in it stands in quotation marks"
                )
            }
            _ => format!("not a CSV table: {error}"),
        };
        origin(line).error(message)
    };
    let columns =
        columns(reader.headers().map_err(malformed)?).map_err(|message| origin(1).error(message))?;
    let mut entries = Vec::new();
    for record in reader.records() {
        let record = record.map_err(malformed)?;
        let line = record.position().map_or(1, csv::Position::line);
        let row = Row { record: &record, columns: &columns };
        entries.push(row.entry(class, expand).map_err(|message| origin(line).error(message))?);
    }
    Ok(entries)
}

/// Where each of our columns stands in a table.
fn columns(header: &StringRecord) -> Result<[Option<usize>; 6], String> {
    let mut places = [None; 6];
    for (place, name) in header.iter().enumerate() {
        let known = COLUMNS.iter().position(|column| column.eq_ignore_ascii_case(name));
        let Some(column) = known else {
            let advice = nearest(name, COLUMNS.into_iter()).map(|near| format!("; did you mean {near:?}?"));
            let advice = advice.unwrap_or_else(|| format!("; expected some of {}", COLUMNS.join(",")));
            return Err(format!("no column is called {name:?}{advice}"));
        };
        places[column] = Some(place);
    }
    if places[0].is_none() || places[3].is_none() {
        return Err(format!(
            "expected a first line with the columns name and iri, and any of {}",
            COLUMNS.join(",")
        ));
    }
    Ok(places)
}

struct Row<'r> {
    record: &'r StringRecord,
    columns: &'r [Option<usize>; 6],
}

impl Row<'_> {
    fn field(&self, column: usize) -> &str {
        self.columns[column].and_then(|place| self.record.get(place)).unwrap_or_default()
    }

    /// The parts of a field that `|` separates.
    fn parts(&self, column: usize) -> impl Iterator<Item = &str> {
        self.field(column).split('|').map(str::trim).filter(|part| !part.is_empty())
    }

    fn entry(
        &self,
        class: &dyn Fn(&str) -> Class,
        expand: &dyn Fn(&str) -> Option<NamedNode>,
    ) -> Result<Entry, String> {
        let [name, iri, kind] = [0, 3, 2].map(|column| self.field(column));
        if name.is_empty() {
            return Err("a thing needs a name".to_owned());
        }
        let Some(iri) = expand(iri) else {
            return Err(format!("{iri:?} is no IRI such as http://www.wikidata.org/entity/Q20"));
        };
        let class = match (kind, class(kind)) {
            ("", _) => None,
            (_, Class::Known(class)) => Some(class),
            (_, Class::Unknown) => {
                return Err(format!(
                    "no class is called {kind:?}; expected a label such as \"person\", or a class's IRI"
                ));
            }
        };
        let usual = match self.field(5).to_ascii_lowercase().as_str() {
            "" | "no" => false,
            "yes" => true,
            other => return Err(format!("{other:?} in the column usual; expected yes, or nothing")),
        };
        let names = std::iter::once(name).chain(self.parts(1)).map(str::to_owned).collect();
        let context = |part: &str| match expand(part) {
            Some(iri) => Context::Thing(iri),
            None => Context::Words(Gazetteer::words_key(part)),
        };
        Ok(Entry { names, class, iri, context: self.parts(4).map(context).collect(), usual })
    }
}
