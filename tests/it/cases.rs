//! Texts beside the Turtle that they give: `tests/cases/ONTOLOGY/NAME.txt` and `NAME.ttl`.
//!
//! `BLESS=1 cargo test cases` writes what comes out now; read the difference before you commit it.

use std::fs;
use std::path::{Path, PathBuf};

use tellgraph::{Format, Lexicon, Source, export, extract, ontology};

fn lexicon(name: &str, root: &Path) -> Lexicon {
    if name == "core" {
        return Lexicon::core();
    }
    let path = root.join("ontologies").join(name).with_extension("ttl");
    let text = fs::read_to_string(&path).unwrap();
    Lexicon::load(true, &[ontology::File { name: path, text }]).unwrap()
}

fn listed(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

fn ends_in(path: &Path, ending: &str) -> bool {
    path.extension().is_some_and(|found| found == ending)
}

#[test]
fn cases_give_what_stands_beside_them() {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let bless = std::env::var_os("BLESS").is_some();
    let (mut ran, mut wrong) = (0, Vec::new());
    for folder in listed(&root.join("tests/cases")).into_iter().filter(|path| path.is_dir()) {
        let lexicon = lexicon(folder.file_name().unwrap().to_str().unwrap(), &root);
        for path in listed(&folder).into_iter().filter(|path| ends_in(path, "txt")) {
            let text = fs::read_to_string(&path).unwrap();
            let source = Source::plain(path.file_stem().unwrap().to_str().unwrap(), text);
            let found = export::to_string(&extract(&source, &lexicon), lexicon.ontology(), Format::Turtle);
            let beside = path.with_extension("ttl");
            if bless {
                fs::write(&beside, &found).unwrap();
            }
            if fs::read_to_string(&beside).unwrap_or_default() != found {
                wrong.push(format!("{}\n{found}", path.display()));
            }
            ran += 1;
        }
        for path in listed(&folder).into_iter().filter(|path| ends_in(path, "ttl")) {
            assert!(path.with_extension("txt").exists(), "{} has no text beside it", path.display());
        }
    }
    assert!(ran > 25, "only {ran} cases");
    assert!(wrong.is_empty(), "{} of {ran} cases differ:\n{}", wrong.len(), wrong.join("\n"));
}
