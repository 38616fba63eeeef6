//! Where requests go: the address of a store, with a graph in it.

use super::Error;
use crate::rdf::percent_encoded;

/// The address of a Graph Store: what stands before the IRI of a graph, and what means the default graph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Address {
    whole: String,
    parameter: String,
}

impl Address {
    /// Reads an address; one that ends with a parameter without a value (`?graph-uri=`) says where the graph goes.
    ///
    /// The standard calls the parameter `graph`. Virtuoso calls it `graph-uri`, in some versions only.
    pub(super) fn read(url: &str) -> Self {
        let (path, query) = url.split_once('?').unwrap_or((url, ""));
        let mut parts: Vec<&str> = query.split('&').filter(|part| !part.is_empty()).collect();
        let given = parts.last().and_then(|last| last.strip_suffix('=')).map(str::to_owned);
        if given.is_some() {
            parts.pop();
        }
        let is_virtuoso = path.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
        let usual = if is_virtuoso.starts_with("sparql-graph-crud") { "graph-uri" } else { "graph" };
        let whole = if parts.is_empty() { path.to_owned() } else { format!("{path}?{}", parts.join("&")) };
        Self { whole, parameter: given.unwrap_or_else(|| usual.to_owned()) }
    }

    /// Refuses an address that names a graph, which would go beside the one that a request is for.
    ///
    /// # Errors
    /// `?graph=IRI`, or `?default`.
    pub(super) fn check(&self) -> Result<(), Error> {
        let query = self.whole.split_once('?').map_or("", |(_, query)| query);
        let names_graph = |part: &str| {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            name == "default"
                || (["graph", "graph-uri", &self.parameter].contains(&name) && !value.is_empty())
        };
        if self.parameter == "default" || query.split('&').any(names_graph) {
            let why = "the address names a graph; use --graph IRI for what stands in none".to_owned();
            return Err(Error::Address { url: self.whole.clone(), why });
        }
        Ok(())
    }

    /// Without any graph.
    pub(super) fn whole(&self) -> &str {
        &self.whole
    }

    /// Whether parameters stand in it that are none of ours.
    pub(super) fn has_parameters(&self) -> bool {
        self.whole.contains('?')
    }

    pub(super) fn of(&self, graph: Option<&str>) -> String {
        let joint = if self.has_parameters() { '&' } else { '?' };
        match graph {
            Some(graph) => format!("{}{joint}{}={}", self.whole, self.parameter, percent_encoded(graph)),
            None => format!("{}{joint}default", self.whole),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_take_graphs() {
        let of = |url: &str, graph| Address::read(url).of(graph);
        assert_eq!(
            of("http://a.example/store", Some("urn:a:é&b")),
            "http://a.example/store?graph=urn%3Aa%3A%C3%A9%26b"
        );
        assert_eq!(of("http://a.example/store", None), "http://a.example/store?default");
        assert_eq!(
            of("http://a.example/store?k=v", Some("urn:a")),
            "http://a.example/store?k=v&graph=urn%3Aa"
        );
        assert_eq!(
            of("http://a.example/s?k=v&context=", Some("urn:a")),
            "http://a.example/s?k=v&context=urn%3Aa"
        );
        assert_eq!(
            of("http://a.example/sparql-graph-crud-auth", Some("urn:a")),
            "http://a.example/sparql-graph-crud-auth?graph-uri=urn%3Aa"
        );
        assert_eq!(Address::read("http://a.example/store?graph=").whole(), "http://a.example/store");
        for (query, is_right) in [
            ("graph=", true),
            ("k=v", true),
            ("k=v&context=", true),
            ("graph=urn:a", false),
            ("k=v&default", false),
            ("default=", false),
            ("graph-uri=urn:a&k=v", false),
        ] {
            assert_eq!(
                Address::read(&format!("http://a.example/s?{query}")).check().is_ok(),
                is_right,
                "{query}"
            );
        }
    }
}
