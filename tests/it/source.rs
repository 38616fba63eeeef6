//! Files, folders and encodings, through the library.

use std::fs;
use std::io::Write;
use std::path::Path;

use flate2::Compression;
use flate2::write::GzEncoder;
use proptest::collection::vec;
use proptest::prelude::*;
use tellgraph::Source;
use tellgraph::source::{Error, Format, open};

use crate::tool::files;

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn read(path: &Path, format: Option<Format>) -> Result<Vec<Source>, Error> {
    open(&[path.to_owned()], format)?.collect()
}

#[track_caller]
fn check(name: &str, bytes: &[u8], expected: &[(&str, &str)]) {
    let folder = files(&[(name, bytes)]);
    let sources = read(&folder.path().join(name), None).unwrap();
    let found: Vec<_> = sources.iter().map(|source| (source.id.as_str(), source.text.as_str())).collect();
    assert_eq!(found, expected, "{name}");
}

#[track_caller]
fn check_error(name: &str, bytes: &[u8], expected: &str) {
    let folder = files(&[(name, bytes)]);
    let message = read(&folder.path().join(name), None).unwrap_err().to_string();
    let shown = message.replace(&format!("{}/", folder.path().display()), "");
    assert!(shown.contains(expected), "{shown}");
}

#[test]
fn endings_tell_the_format() {
    check("a.txt", b"One.\r\nTwo.\n", &[("a", "One.\r\nTwo.\n")]);
    check("a.b.TXT", b"\xef\xbb\xbfOne.", &[("a.b", "One.")]);
    check("a.md", b"# One\n\n*Two*.", &[("a", "One\n\nTwo.")]);
    check("a.html", b"<p>One.</p><p>Two.</p>", &[("a", "One.\n\nTwo.")]);
    check(
        "a.jsonl",
        b"{\"id\":\"x\",\"text\":\"One.\"}\n{\"id\":\"y\",\"text\":\"\"}",
        &[("x", "One."), ("y", "")],
    );
    check(
        "a.conllu",
        b"1\tHi\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No\n2\t!\t_\t_\t_\t_\t_\t_\t_\t_\n\n",
        &[("a", "Hi!")],
    );
    check("page", b" <!DOCTYPE HTML><p>One.", &[("page", "One.")]);
    check("records", b"{\"id\":\"x\",\"text\":\"One.\"}", &[("x", "One.")]);
    check("empty.txt", b"", &[("empty", "")]);
    check("empty.jsonl", b"", &[]);
    check("empty.conllu", b"", &[]);
}

#[test]
fn gzip_is_unpacked() {
    check("a.txt.gz", &gzip(b"One."), &[("a", "One.")]);
    check("a.jsonl.gz", &gzip(b"{\"id\":\"x\",\"text\":\"One.\"}"), &[("x", "One.")]);
    check("a", &gzip(b"<html><p>One."), &[("a", "One.")]);
    check_error("cut.txt.gz", &gzip(b"One.")[..12], "cannot read cut.txt.gz");
}

#[test]
fn other_encodings() {
    check("a.txt", b"Ren\xe9e\x92s caf\xe9 in M\xfcnchen", &[("a", "Renée’s café in München")]);
    check("a.html", b"<meta charset=iso-8859-2><p>\xb3\xf3d\xbc", &[("a", "łódź")]);
    check("a.txt", b"a\0b", &[("a", "a\0b")]);
}

#[test]
fn faults_tell_what_to_do() {
    check_error("a.txt", &[0; 100], "a.txt: looks like binary, not text");
    check_error("a.pdf", b"%PDF-1.7", "pdftotext");
    check_error(
        "a.jsonl",
        b"{\"id\":\"x\",\"text\":\"\"}\n{\"id\":\"x\",\"text\":\"\"}",
        "a.jsonl:2: the id \"x\" is there twice",
    );
    check_error("a.jsonl", b"{\"id\":\"x\",\"text\":\"\"}\n{", "a.jsonl:2: not a record");
    check_error("a.jsonl", b"\xff\n", "a.jsonl:1: not UTF-8");
    check_error("a.conllu", b"# newdoc\n1\tHi\n", "a.conllu:2: ");
    let missing = read(Path::new("missing.txt"), None).unwrap_err().to_string();
    assert!(missing.starts_with("cannot read missing.txt: "), "{missing}");
}

#[test]
fn a_folder_is_read_in_order() {
    let folder = files(&[
        ("b.txt", "B"),
        ("a/z.md", "Z"),
        ("a/b.txt", "AB"),
        (".hidden.txt", "no"),
        (".git/x.txt", "no"),
        ("picture.png", "\u{89}PNG"),
        ("notes", "N"),
        ("c.jsonl", "{\"id\":\"r\",\"text\":\"R\"}"),
    ]);
    let found = |format| {
        let sources = read(folder.path(), format).unwrap();
        sources.into_iter().map(|source| format!("{}={}", source.id, source.text)).collect::<Vec<_>>()
    };
    assert_eq!(found(None), ["a/b=AB", "a/z=Z", "b=B", "r=R"]);
    assert_eq!(found(Some(Format::Text)), ["a/b=AB", "b=B", "notes=N"]);
    let nothing = tempfile::tempdir().unwrap();
    assert!(matches!(read(nothing.path(), None), Err(Error::EmptyFolder { .. })));
}

#[test]
fn the_articles_of_the_examples() {
    let sources = read(Path::new("examples"), None).unwrap();
    let called = |id: &str| sources.iter().find(|source| source.id == id).unwrap();
    let clockmaker = called("clockmaker");
    assert_eq!(clockmaker.author.as_deref(), Some("Desmond Achterberg"));
    assert_eq!(clockmaker.date.as_deref(), Some("2020-02-29"));
    assert!(
        clockmaker
            .text
            .starts_with("Aurelia Stanwick\n\nBy Desmond Achterberg\n\nAurelia Margaret Stanwick (3 May")
    );
    assert!(!clockmaker.text.contains("escapement: detached"));
    assert!(called("harbor-lights").text.starts_with("A film made on a ferry"));
}

/// What texts of every format are made of.
const PIECES: &[&str] = &[
    "<p>",
    "</p>",
    "<div class=comment>",
    "<div>",
    "</div>",
    "<table>",
    "<td>",
    "<ul><li>",
    "</ul>",
    "<h1>",
    "<br><br>",
    "<!--",
    "-->",
    "<script type=application/ld+json>",
    "</script>",
    "{\"@type\":\"Article\",\"headline\":\"x\"}",
    "<title>a | b</title>",
    "<svg>",
    "<template>",
    "&amp;",
    "&#x110000;",
    "<meta name=date content=2001-01-01>",
    "<time datetime=x>",
    "<plaintext>",
    "<frameset>",
    "Odo met Mara, and they talked. ",
    "\0",
    "é",
    "\n",
    "\r\n",
    "\n\n",
    "---\n",
    "# ",
    "- ",
    "1. ",
    "```",
    "| a | b |\n|--|--|\n",
    "[^1]",
    "![x](y)",
    "title: ",
    "{\"id\":\"a\",",
    "\"text\":\"b\"}",
    "# newdoc\n",
    "1\tOdo\t_\t_\t_\t_\t_\t_\t_\t_\n",
    "1-2\tOdo\t_\t_\t_\t_\t_\t_\t_\t_\n",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_text_is_read_or_refused(picks in vec(0..PIECES.len(), 0..80), bytes in vec(any::<u8>(), 0..20)) {
        let mut text: Vec<u8> = picks.iter().flat_map(|pick| PIECES[*pick].bytes()).collect();
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("text");
        for _ in 0..2 {
            fs::write(&path, &text).unwrap();
            for (format, ..) in Format::all() {
                if let Err(error) = read(&path, Some(format)) {
                    prop_assert!(error.to_string().contains("text"));
                }
            }
            text.extend(&bytes);
        }
    }
}
