use tellgraph::Ontology;
use tellgraph::ontology::{CORE, FIRST_KISS, File};
#[test]
fn core_reads() {
    match Ontology::read(&[File::new("core.ttl", CORE), File::new("first-kiss.ttl", FIRST_KISS)]) {
        Ok(o) => println!("{} {}", o.classes().len(), o.properties().len()),
        Err(e) => panic!("{e}"),
    }
}
