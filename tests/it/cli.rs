//! The command line: arguments, files, errors and exit codes.

use std::fs;
use std::io::Read;
use std::path::Path;
use std::process::{Command as Process, Stdio};

use predicates::prelude::*;
use predicates::str::{contains, is_empty, starts_with};

use crate::tool::tellgraph;

/// What reads texts, by each way that they take through the program.
const READING: &[&[&str]] = &[
    &["extract"],
    &["extract", "--to", "facts"],
    &["annotate"],
    &["show", "--step", "tokens"],
    &["show", "--step", "facts"],
    &["explain"],
];

#[test]
fn help_teaches_with_examples() {
    tellgraph(&["--help"]).assert().success().stdout(contains("tellgraph extract story.txt"));
    for command in
        ["extract", "explain", "annotate", "show", "check", "add", "remove", "list", "export", "query"]
    {
        tellgraph(&[command, "--help"]).assert().success().stdout(contains("Examples:"));
    }
    tellgraph(&["--version"]).assert().success().stdout(starts_with("tellgraph 0."));
    tellgraph(&["formats"]).assert().success().stdout(contains("turtle").and(contains(".md .markdown")));
}

#[test]
fn wrong_arguments_exit_with_2() {
    for arguments in [
        &["extract", "--to", "prose"][..],
        &["extract", "--from", "pdf"],
        &["extract", "--base", "not an iri"],
        &["extract", "--min-confidence", "2"],
        &["extract", "--min-confidence", "NaN"],
        &["extract", "--threads", "0"],
        &["extract", "--no-core"],
        &["explain", "--fact", "_ founderOf _", "--node", "Ada Park"],
        &["show", "--step", "magic"],
        &["dance"],
        &[],
    ] {
        tellgraph(arguments).assert().code(2).stdout(is_empty()).stderr(is_empty().not());
    }
}

#[test]
fn what_cannot_be_read_exits_with_1() {
    let folder = tempfile::tempdir().unwrap();
    let binary = folder.path().join("noise.bin");
    fs::write(&binary, [0; 500]).unwrap();
    for (path, expected) in [
        ("missing.txt", "tellgraph: cannot read missing.txt: No such file"),
        (binary.to_str().unwrap(), "looks like binary, not text"),
        (folder.path().to_str().unwrap(), "no text in this folder"),
    ] {
        tellgraph(&["extract", path]).assert().code(1).stdout(is_empty()).stderr(contains(expected));
    }
    let missing = ["extract", "--ontology", "missing.ttl"];
    tellgraph(&missing)
        .assert()
        .code(1)
        .stderr("tellgraph: cannot read missing.ttl: No such file or directory (os error 2)\n");
}

#[test]
fn any_text_is_taken() {
    let long = "Odo Marsh met Mara Quill and ".repeat(200);
    let texts: &[&[u8]] = &[
        b"",
        b"\n \t\n",
        b"a\0b",
        b"Ren\xe9e\x92s caf\xe9",
        "👩‍🚀 e\u{301} \u{202e}שלום\u{202c} \"<&>\\|{}".as_bytes(),
        b"<html><p>Odo met <b>Mara",
        b"\xff\xfe\x00",
        long.as_bytes(),
    ];
    for command in READING {
        for text in texts {
            tellgraph(command).write_stdin(*text).assert().success();
        }
    }
}

#[test]
fn ten_megabytes_on_one_line() {
    let text = "Odo Marsh, the owner of a lamp shop, met Mara Quill in Bergen, ".repeat(160_000);
    tellgraph(&["show", "--step", "tokens"]).write_stdin(text).assert().success();
}

#[test]
fn a_file_appears_whole_or_not_at_all() {
    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().join("out.nt");
    let records = folder.path().join("bad.jsonl");
    fs::write(&records, "{\"id\":\"a\",\"text\":\"Odo met Mara.\"}\n{\"id\":\n").unwrap();
    let files = || fs::read_dir(folder.path()).unwrap().count();
    let arguments = ["extract", records.to_str().unwrap(), "-o", output.to_str().unwrap()];
    tellgraph(&arguments).assert().code(1).stderr(contains("bad.jsonl:2: not a record"));
    assert_eq!(files(), 1, "nothing is left behind");

    fs::write(&output, "old").unwrap();
    tellgraph(&arguments).assert().code(1);
    assert_eq!(fs::read_to_string(&output).unwrap(), "old");

    fs::write(&records, "").unwrap();
    tellgraph(&arguments).assert().success().stdout(is_empty());
    assert_ne!(fs::read_to_string(&output).unwrap(), "old");
    assert_eq!(files(), 2);
}

#[cfg(unix)]
#[test]
fn files_get_the_permissions_of_any_file() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let (plain, output) = (folder.path().join("plain"), folder.path().join("out.ttl"));
    fs::write(&plain, "").unwrap();
    let extract =
        || tellgraph(&["extract", "-o", output.to_str().unwrap()]).write_stdin("").assert().success();
    extract();
    assert_eq!(mode(&output), mode(&plain));
    fs::set_permissions(&output, fs::Permissions::from_mode(0o640)).unwrap();
    extract();
    assert_eq!(mode(&output), 0o640);

    let link = folder.path().join("link.ttl");
    std::os::unix::fs::symlink(&output, &link).unwrap();
    tellgraph(&["extract", "-o", link.to_str().unwrap()]).write_stdin("").assert().success();
    assert!(link.is_symlink(), "a link is written through");
}

#[cfg(unix)]
#[test]
fn devices_are_written_to_straight() {
    tellgraph(&["annotate", "-o", "/dev/null"]).write_stdin("Hi.").assert().success();
    let direct = tellgraph(&["annotate"]).write_stdin("Hi.").assert().success().get_output().stdout.clone();
    tellgraph(&["annotate", "-o", "/dev/stdout"]).write_stdin("Hi.").assert().success().stdout(direct);
    tellgraph(&["annotate", "-o", "/dev/full"])
        .write_stdin("Hi.")
        .assert()
        .code(1)
        .stderr(contains("No space left"));
}

#[test]
fn what_cannot_be_written_exits_with_1() {
    let folder = tempfile::tempdir().unwrap();
    let inside = folder.path().join("missing/out.ttl");
    let inside = inside.to_str().unwrap();
    tellgraph(&["extract", "-o", inside])
        .write_stdin("")
        .assert()
        .code(1)
        .stderr(contains(format!("cannot write {inside}")));
    let folder = folder.path().to_str().unwrap();
    tellgraph(&["extract", "--to", "dot", "-o", folder])
        .write_stdin("")
        .assert()
        .code(1)
        .stderr(contains("cannot write"));
    tellgraph(&["extract", "-o", "graph.xyz"]).write_stdin("").assert().code(1).stderr(contains("--to"));
    assert!(!Path::new("graph.xyz").exists());
}

#[test]
fn a_broken_pipe_is_no_error() {
    let mut child = Process::new(assert_cmd::cargo::cargo_bin("tellgraph"))
        .args(["annotate", "--from", "conllu"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    let writer = std::thread::spawn(move || {
        let _ = std::io::Write::write_all(
            &mut input,
            "1\tOdo\t_\t_\t_\t_\t_\t_\t_\t_\n\n".repeat(50_000).as_bytes(),
        );
    });
    let mut first = [0; 16];
    child.stdout.take().unwrap().read_exact(&mut first).unwrap();
    let done = child.wait_with_output().unwrap();
    writer.join().unwrap();
    assert_eq!(&first, b"# newdoc id = st");
    assert_eq!((done.status.code(), String::from_utf8(done.stderr).unwrap()), (Some(0), String::new()));
}

#[test]
fn threads_do_not_show() {
    let names = ["Mara Quill", "Odo Marsh", "Runa Dahl", "Berit Sund", "Ilse Vang"];
    let record = |number: usize| {
        let (one, other) = (names[number % 5], names[number / 5 % 5]);
        format!(
            "{{\"id\":\"r{number}\",\"text\":\"{one} founded Lumen Works in 19{:02}. {other} directed Salt Road.\"}}\n",
            number % 100
        )
    };
    let records: String = (0..300).map(record).collect();
    for format in ["nquads", "facts"] {
        let with = |threads: &str| {
            let mut command =
                tellgraph(&["extract", "--from", "jsonl", "--to", format, "--threads", threads]);
            command.write_stdin(records.clone()).assert().success().get_output().stdout.clone()
        };
        assert!(with("1") == with("7"), "{format}");
    }
}

#[test]
fn given_tokens_and_sentences_are_kept() {
    let row = |id: &str, form: &str, misc: &str| format!("{id}\t{form}\t_\t_\t_\t_\t_\t_\t_\t{misc}\n");
    let given = [
        "# newdoc id = tale\n# sent_id = t1\n",
        &row("1", "Odo", "SpaceAfter=No"),
        &row("2", "…", "_"),
        &row("3-4", "don't", "_"),
        &row("3", "do", "_"),
        &row("4", "n't", "_"),
        "\n",
        &row("1", "Zoë", "_"),
        &row("2", "New York", "_"),
    ]
    .concat();
    let out =
        tellgraph(&["annotate", "--from", "conllu", "--to", "conllu"]).write_stdin(given).assert().success();
    let out = String::from_utf8(out.get_output().stdout.clone()).unwrap();
    let kept: Vec<String> = out
        .lines()
        .map(|line| match line.split('\t').collect::<Vec<_>>()[..] {
            [id, form, .., misc] => {
                let misc =
                    misc.split('|').filter(|field| field.starts_with("Space") || field.starts_with("Token"));
                format!("{id} {form} {}", misc.collect::<Vec<_>>().join("|"))
            }
            _ => line.to_owned(),
        })
        .collect();
    assert_eq!(
        kept,
        [
            "# newdoc id = tale",
            "# sent_id = t1",
            "# text = Odo… don't",
            "1 Odo SpaceAfter=No|TokenRange=0:3",
            "2 … TokenRange=3:4",
            "3 do SpaceAfter=No|TokenRange=5:7",
            "4 n't TokenRange=7:10",
            "",
            "# sent_id = tale-2",
            "# text = Zoë New York",
            "1 Zoë TokenRange=11:14",
            "2 New York TokenRange=15:23",
            "",
        ]
    );
    assert!(out.lines().filter(|line| line.contains('\t')).all(|line| line.split('\t').count() == 10));
}

#[test]
fn check_tells_an_ontology() {
    tellgraph(&["check"]).assert().success().stdout(contains("properties"));
    tellgraph(&["check", "missing.ttl"]).assert().code(1).stderr(contains("cannot read missing.ttl"));
}

#[test]
fn explain_tells_why_a_fact_is_told_and_why_not() {
    let check = |text: &str, fact: &str, parts: &[&str]| {
        let mut command = tellgraph(&["explain", "--fact", fact]);
        let told = command.write_stdin(text.to_owned()).assert().success().get_output().stdout.clone();
        let told = String::from_utf8(told).unwrap();
        for part in parts {
            assert!(told.contains(part), "{part} is not in what is told of {fact}:\n{told}");
        }
    };
    let park = "Ada Park founderOf Lumen Works";
    check(
        "Ada Park sailed. She founded Lumen Works.",
        park,
        &[
            "{subject: She} *founded* {object: Lumen Works}.",
            "core.ttl:",
            "pronoun \"She\"",
            "of the phrase",
            "asserted",
        ],
    );
    check("Ada Park denied that she founded Lumen Works.", park, &["negated, by \"denied\"", "left out"]);
    check(
        "Ada Park, a former chief executive of Lumen Works, left.",
        "_ chief executive of _",
        &["past, by \"former\""],
    );
    check(
        "Ada Park scolded Lumen Works.",
        park,
        &["no text states it", "no word of its phrases", "scold ─object→"],
    );
    check(
        "Norway founded Lumen Works.",
        "Norway founderOf Lumen Works",
        &["its subject, \"Norway\", is a place"],
    );
    check("They founded Lumen Works.", "_ founderOf Lumen Works", &["nothing names its subject, \"They\""]);
    check("Odo Marsh founded Lumen Works.", park, &["told instead: Odo Marsh | founder of | Lumen Works"]);
    check("Ada Park founded Lumen Works.", "Bo Xu founderOf _", &["no sentence names what is asked for"]);
    check("Ada Park slept.", "_ founderOf _", &["no text states it", "no wording of it fits any sentence"]);
    check(
        "Ada Park married Jonas Feld.",
        "Jonas Feld spouseOf Ada Park",
        &["Ada Park | spouse of | Jonas Feld"],
    );
}

#[test]
fn explain_knows_iris_and_every_reason() {
    let check = |text: &str, arguments: &[&str], parts: &[&str]| {
        let mut command = tellgraph(&[&["explain", "--fact"], arguments].concat());
        let told = command.write_stdin(text.to_owned()).assert().success().get_output().stdout.clone();
        let told = String::from_utf8(told).unwrap();
        for part in parts {
            assert!(told.contains(part), "{part} is not in what is told of {arguments:?}:\n{told}");
        }
    };
    let text = "Mira Holt is a Norwegian painter.";
    let parts = &["by the whole sentence", "features  ", "{object: Norwegian}"];
    check(text, &["person:mira-holt nationality _"], parts);
    check(text, &["<https://example.org/person/mira-holt> nationality place:norway"], parts);
    check(text, &["_ nationality _", "--min-confidence", "0.99"], &["no text states it", "below 0.99"]);
    check(
        "Founder Leeds spoke.",
        &["_ founderOf _"],
        &["role \"founder\"", "nothing stands here, or stood before"],
    );
    check(
        "Brant Foods, founded by Tom Reed and chaired by Ann Hale, is based in Leeds.",
        &["Brant Foods livedIn Leeds"],
        &["is a company, as the text's other facts say"],
    );
}

#[test]
fn check_shows_what_a_label_became() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("club.ttl");
    let text = "@prefix o: <http://o.example/> . o:coach a <http://www.w3.org/2002/07/owl#ObjectProperty> .";
    fs::write(&file, text).unwrap();
    tellgraph(&["check", file.to_str().unwrap()])
        .assert()
        .success()
        .stdout(contains("label   {object} is the coach of {subject}"));
}

#[test]
fn extract_tells_its_reasons_beside_the_graph() {
    let text = "Ada Park founded Lumen Works.";
    let plain = tellgraph(&["extract"]).write_stdin(text).assert().success().get_output().stdout.clone();
    let mut command = tellgraph(&["extract", "--explain"]);
    let reasons = contains("{subject: Ada Park} *founded* {object: Lumen Works}.").and(contains("core.ttl:"));
    command.write_stdin(text).assert().success().stdout(plain).stderr(reasons);
}

#[test]
fn explain_tells_which_words_made_a_node() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    fs::write(path("monday.txt"), "Ida Holm founded Quillon Works. Holm was born in Norway in 1950.")
        .unwrap();
    fs::write(path("friday.txt"), "Ida Holm was born in 1987.").unwrap();
    let files = [&path("monday.txt")[..], &path("friday.txt")];
    let explain = |rest: &[&str]| tellgraph(&[&["explain"][..], &files, rest].concat());
    let told = [
        "Ida Holm (person), also Holm\n\
         <https://example.org/person/ida-holm_1950> by its class and name, told apart from others by born on 1950\n\
         monday (document; in a --same file <https://example.org/person/ida-holm#monday>)\n\
         \x20 Ida Holm founded Quillon Works.\n    name  name  0:8  Ida Holm\n\
         \x20 Holm was born in Norway in 1950.\n    surname  name  32:36  Holm\n",
        "\nIda Holm (person)\n<https://example.org/person/ida-holm_1987>",
    ];
    explain(&["--node", "ida holm"]).assert().success().stdout(starts_with(told[0]).and(contains(told[1])));
    explain(&["--node", "person:ida-holm_1950"]).assert().success().stdout(told[0]);
    explain(&["--node", "Norway"])
        .assert()
        .success()
        .stdout(contains("same as <http://www.wikidata.org/entity/Q20> by the built-in gazetteer"));
    explain(&["--node", "wd:Q20", "--adopt-iris"]).assert().success().stdout(contains(
        "<http://www.wikidata.org/entity/Q20> in place of <https://example.org/place/norway>",
    ));
    explain(&["--node", "Ida Lind"])
        .assert()
        .code(1)
        .stderr(contains("no node is called \"Ida Lind\"; there is Ida Holm"));
    // A user may say that they are one; a file that contradicts itself is told.
    let one = "<https://example.org/person/ida-holm#monday> <http://www.w3.org/2002/07/owl#sameAs> \
        <https://example.org/person/ida-holm#friday> .";
    fs::write(path("same.ttl"), one).unwrap();
    explain(&["--same", &path("same.ttl")])
        .assert()
        .success()
        .stdout(contains("<https://example.org/person/ida-holm> by"));
    fs::write(path("same.ttl"), format!("{one}\n{}", one.replace("sameAs", "differentFrom"))).unwrap();
    for command in ["explain", "extract"] {
        tellgraph(&[command, "--same", &path("same.ttl"), files[0]])
            .assert()
            .code(1)
            .stdout(is_empty())
            .stderr(contains("same.ttl:2:").and(contains("are said to be different here, and the same by")));
    }
    fs::write(path("known.csv"), "name,iri\nQuillon Works,nowhere\n").unwrap();
    tellgraph(&["extract", "--gazetteer", &path("known.csv"), files[0]])
        .assert()
        .code(1)
        .stdout(is_empty())
        .stderr(contains("known.csv:2:1: \"nowhere\" is no IRI"));
}
