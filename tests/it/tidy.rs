//! What keeps the house tidy: the direction of imports, the length of files, the words we do not use.

use std::fs;
use std::path::{Path, PathBuf};

const LONGEST_FILE: usize = 500;

/// Every Rust file of the library, with its text.
fn sources() -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    collect(&root().join("src"), &mut found);
    assert!(found.len() > 20, "the sources were not found");
    found
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn collect(folder: &Path, found: &mut Vec<(PathBuf, String)>) {
    let mut entries: Vec<PathBuf> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            collect(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            let text = fs::read_to_string(&path).unwrap();
            found.push((path, text));
        }
    }
}

/// The modules in the order in which `lib.rs` declares them.
fn modules() -> Vec<String> {
    let text = fs::read_to_string(root().join("src/lib.rs")).unwrap();
    let name = |line: &str| Some(line.trim().strip_prefix("pub mod ")?.strip_suffix(';')?.to_owned());
    text.lines().filter_map(name).collect()
}

/// The module that a file of the library belongs to; `None` for `lib.rs` and the command line.
fn module_of(path: &Path, modules: &[String]) -> Option<usize> {
    let inside = path.strip_prefix(root().join("src")).unwrap();
    let first = inside.components().next()?.as_os_str().to_str()?;
    let name = first.strip_suffix(".rs").unwrap_or(first);
    modules.iter().position(|module| module == name)
}

#[test]
fn imports_run_one_way() {
    let modules = modules();
    assert!(modules.len() >= 10, "lib.rs declares {modules:?}");
    let mut wrong = Vec::new();
    for (path, text) in sources() {
        let Some(own) = module_of(&path, &modules) else { continue };
        for (number, line) in text.lines().enumerate() {
            let code = line.split("//").next().unwrap_or_default();
            for (at, _) in code.match_indices("crate::") {
                let rest = &code[at + "crate::".len()..];
                let used = rest.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default();
                if modules.iter().position(|module| module == used).is_some_and(|used| used > own) {
                    wrong.push(format!("{}:{}: {}", path.display(), number + 1, line.trim()));
                }
                if rest.starts_with('{') {
                    wrong.push(format!("{}:{}: one import a module, please", path.display(), number + 1));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "imports that run back:\n{}", wrong.join("\n"));
}

#[test]
fn export_knows_the_graph_the_ontology_and_rdf_only() {
    let modules = modules();
    let export = modules.iter().position(|module| module == "export").unwrap();
    for (path, text) in sources().into_iter().filter(|(path, _)| module_of(path, &modules) == Some(export)) {
        for (number, line) in text.lines().enumerate() {
            let Some(rest) = line.trim().strip_prefix("use crate::") else { continue };
            let known = ["graph", "ontology", "rdf", "export"].iter().any(|module| rest.starts_with(module));
            assert!(known, "{}:{}: {line}", path.display(), number + 1);
        }
    }
}

#[test]
fn files_are_short() {
    for (path, text) in sources() {
        let lines = text.lines().count();
        assert!(lines <= LONGEST_FILE, "{} has {lines} lines", path.display());
    }
}

#[test]
fn modules_have_names_that_say_something() {
    for (path, _) in sources() {
        let stem = path.file_stem().unwrap().to_str().unwrap();
        assert!(
            !["util", "utils", "common", "types", "helpers", "misc", "mod"].contains(&stem),
            "{}",
            path.display()
        );
    }
}

#[test]
fn nothing_is_left_undone() {
    for (path, text) in sources() {
        for word in ["todo!(", "unimplemented!(", "dbg!(", "TODO", "FIXME", "XXX"] {
            assert!(!text.contains(word), "{} has {word}", path.display());
        }
        assert!(!text.contains("unsafe "), "{} has unsafe code", path.display());
    }
}

#[test]
fn every_file_says_what_it_is_for() {
    for (path, text) in sources() {
        assert!(text.starts_with("//!"), "{} has no first sentence", path.display());
    }
}
