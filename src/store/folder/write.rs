//! Writing: documents come, change and go.

use std::collections::HashMap;
use std::fs::{self, File, TryLockError};
use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use rusqlite::{Connection, OpenFlags, Row, TransactionBehavior, params};

use super::{
    APPLICATION, Digest, Error, FILE, FORM, Folder, Kept, LOCK, PROGRAM, Settings, connect, found, is_ours,
    kept,
};
use crate::source::Source;
use crate::source::conllu::Given;

/// How many documents are read again together.
const TOGETHER: usize = 256;

const TABLES: &str = "\
CREATE TABLE settings (one INTEGER PRIMARY KEY, value BLOB NOT NULL) STRICT;
CREATE TABLE document (
    id TEXT PRIMARY KEY,
    path TEXT,
    digest BLOB NOT NULL,
    program TEXT NOT NULL,
    title TEXT,
    date TEXT,
    url TEXT,
    source BLOB NOT NULL,
    graph BLOB NOT NULL
) STRICT;";

/// A store, open to be written by this process alone; others may read what it held before, and whatever is put in as soon
/// as that is done.
#[derive(Debug)]
pub struct Writer {
    folder: Folder,
    /// Let go when this is dropped, or the process ends.
    _lock: File,
}

/// What makes of the first form the present one.
const SECOND_FORM: &str = "ALTER TABLE document ADD COLUMN path TEXT; PRAGMA user_version = 2;";

/// Which documents a store holds.
#[derive(Debug)]
pub struct Known {
    store: PathBuf,
    documents: HashMap<String, Entry>,
    /// The id of the document that is from a file.
    files: HashMap<String, String>,
}

/// What is known of a document: what it is like if this version of the program has read it, and from which file it is.
#[derive(Debug)]
struct Entry {
    digest: Option<Digest>,
    path: Option<String>,
}

impl Known {
    /// Whether there is a document of this id.
    pub fn has(&self, id: &str) -> bool {
        self.documents.contains_key(id)
    }

    /// Whether there is this very text with all that is known of it, read by this version of the program.
    pub fn is_current(&self, given: &Given) -> bool {
        let entry = self.documents.get(&given.source.id);
        entry.is_some_and(|entry| entry.digest == Some(kept::digest(given)))
    }

    /// The id of the document that is from a file.
    pub fn id_of(&self, path: &Path) -> Option<&str> {
        self.files.get(&kept::place(path)).map(String::as_str)
    }

    /// The file that a document is from.
    pub fn path_of(&self, id: &str) -> Option<&Path> {
        self.documents.get(id)?.path.as_deref().map(Path::new)
    }

    /// Whether a text is from another file than the document of its id, which is from none that is there any more.
    ///
    /// # Errors
    /// A text from another file than the document of its id, where that file is still there.
    pub fn has_moved(&self, given: &Given) -> Result<bool, Error> {
        let Source { id, path: Some(path), .. } = &given.source else { return Ok(false) };
        let given = kept::place(path);
        match self.path_of(id) {
            Some(known) if known != Path::new(&given) && known.exists() => {
                let known = known.display().to_string();
                Err(Error::OtherFile { path: self.store.clone(), id: id.clone(), known, given })
            }
            known => Ok(self.has(id) && known != Some(Path::new(&given))),
        }
    }
}

impl Deref for Writer {
    type Target = Folder;

    fn deref(&self) -> &Folder {
        &self.folder
    }
}

impl Writer {
    /// Opens a store to write.
    ///
    /// # Errors
    /// As [`Folder::open`], and a store that another process writes.
    pub fn open(path: &Path) -> Result<Self, Error> {
        found(path)?;
        let lock = lock(path)?;
        Self::new(Folder::open(path)?, lock)
    }

    /// Opens a store to write, and makes it if it is not there.
    ///
    /// # Errors
    /// A folder that holds something else, and a store that another process writes.
    pub fn create(path: &Path, settings: &Settings) -> Result<Self, Error> {
        let file = path.join(FILE);
        if !file.exists()
            && let foreign @ Error::Foreign { .. } = Error::missing(path)
        {
            return Err(foreign);
        }
        fs::create_dir_all(path).map_err(|error| Error::of_file(path, error))?;
        let lock = lock(path)?;
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE;
        let mut connection = connect(&file, flags, path)?;
        if !is_ours(&connection, path)? {
            let mut make = || {
                let _: String = connection.query_row("PRAGMA journal_mode = WAL", [], |row| row.get(0))?;
                let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
                transaction.execute_batch(TABLES)?;
                settings.save(&transaction)?;
                transaction.pragma_update(None, "application_id", APPLICATION)?;
                transaction.pragma_update(None, "user_version", FORM)?;
                transaction.commit()
            };
            make().map_err(|error| Error::of_engine(path, error))?;
        }
        drop(connection);
        Self::new(Folder::open(path)?, lock)
    }

    fn new(folder: Folder, lock: File) -> Result<Self, Error> {
        let prepare = || {
            // Each transaction is on the disk before it is told to be done.
            folder.connection.pragma_update(None, "synchronous", "FULL")?;
            let form: i32 = folder.connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
            if form < FORM {
                let transaction = folder.connection.unchecked_transaction()?;
                transaction.execute_batch(SECOND_FORM)?;
                transaction.commit()?;
            }
            Ok(())
        };
        prepare().map_err(|error| folder.error(error))?;
        Ok(Self { folder, _lock: lock })
    }

    /// Which documents there are.
    ///
    /// # Errors
    /// A store that cannot be read.
    pub fn known(&self) -> Result<Known, Error> {
        let read = |row: &Row<'_>| {
            let digest = (row.get::<_, String>(2)? == PROGRAM).then_some(row.get(1)?);
            Ok((row.get(0)?, Entry { digest, path: row.get(3)? }))
        };
        let rows: Vec<(String, Entry)> =
            self.rows("SELECT id, digest, program, path FROM document ORDER BY id", read)?;
        let file = |(id, entry): &(String, Entry)| Some((entry.path.clone()?, id.clone()));
        let files = rows.iter().filter_map(file).collect();
        Ok(Known { store: self.path.clone(), documents: rows.into_iter().collect(), files })
    }

    /// Whether documents that are read by these settings fit those that are there.
    ///
    /// # Errors
    /// Other settings, and a store whose built-in ontology was another.
    pub fn check(&self, settings: &Settings) -> Result<(), Error> {
        let path = || self.path.clone();
        if !self.settings.has_current_core() {
            return Err(Error::OtherCore { path: path(), program: self.settings.program.clone() });
        }
        match self.settings.difference(settings) {
            Some(difference) => Err(Error::Settings { path: path(), difference }),
            None => Ok(()),
        }
    }

    /// Puts documents in, each in place of the one of its id that was there: all of them or, if it fails, none. What is put
    /// in is on the disk when this returns.
    ///
    /// # Errors
    /// A full disk, and a store that cannot be written.
    pub fn put(&mut self, documents: &[Kept]) -> Result<(), Error> {
        let put = || {
            let transaction = self.connection.unchecked_transaction()?;
            documents.iter().try_for_each(|document| insert(&transaction, document))?;
            transaction.commit()
        };
        put().map_err(|error| self.error(error))
    }

    /// Keeps from which files documents are, whose texts are what they were.
    ///
    /// # Errors
    /// A full disk, and a store that cannot be written.
    pub fn put_paths(&mut self, paths: &[(String, PathBuf)]) -> Result<(), Error> {
        let put = || {
            let transaction = self.connection.unchecked_transaction()?;
            for (id, path) in paths {
                let path = kept::place(path);
                transaction.execute("UPDATE document SET path = ?2 WHERE id = ?1", params![id, path])?;
            }
            transaction.commit()
        };
        put().map_err(|error| self.error(error))
    }

    /// Takes documents out: all of them or, if it fails, none.
    ///
    /// # Errors
    /// An id that no document has, and a store that cannot be written.
    pub fn remove(&mut self, ids: &[String]) -> Result<(), Error> {
        let failed = |error| self.error(error);
        let transaction = self.connection.unchecked_transaction().map_err(failed)?;
        for id in ids {
            let count = transaction.execute("DELETE FROM document WHERE id = ?1", [id]).map_err(failed)?;
            if count == 0 {
                return Err(Error::NoDocument { path: self.path.clone(), id: id.clone() });
            }
        }
        transaction.commit().map_err(failed)
    }

    /// Reads every document again by other settings, from the text that is kept: all of them or, if it fails, none.
    /// `read` gets some at a time, and gives as many back in their order.
    ///
    /// # Errors
    /// A full disk, and a store that is damaged or cannot be written.
    pub fn renew(
        &mut self,
        settings: &Settings,
        mut read: impl FnMut(&[Given]) -> Vec<Kept>,
    ) -> Result<(), Error> {
        let failed = |error| self.error(error);
        let transaction = self.connection.unchecked_transaction().map_err(failed)?;
        settings.save(&transaction).map_err(failed)?;
        let row = |row: &Row<'_>| Ok((row.get(0)?, row.get(1)?));
        let rows: Vec<(String, Option<String>)> =
            self.rows("SELECT id, path FROM document ORDER BY id", row)?;
        for rows in rows.chunks(TOGETHER) {
            let given = rows.iter().filter_map(|(id, _)| self.source(id).transpose());
            let documents = read(&given.collect::<Result<Vec<_>, _>>()?);
            for (document, (_, path)) in documents.into_iter().zip(rows) {
                insert(&transaction, &Kept { path: path.clone(), ..document }).map_err(failed)?;
            }
        }
        transaction.commit().map_err(failed)?;
        self.folder.settings = settings.clone();
        Ok(())
    }
}

fn insert(connection: &Connection, document: &Kept) -> rusqlite::Result<()> {
    let Kept { id, path, title, date, url, digest, source, graph } = document;
    let mut insert = connection.prepare(
        "INSERT OR REPLACE INTO document (id, path, digest, program, title, date, url, source, graph)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    )?;
    insert.execute(params![id, path, digest, PROGRAM, title, date, url, source, graph])?;
    Ok(())
}

/// Takes the lock that a process holds as long as it writes.
fn lock(path: &Path) -> Result<File, Error> {
    let failed = |error| Error::of_file(path, error);
    let file = File::options().create(true).append(true).open(path.join(LOCK)).map_err(failed)?;
    let start = Instant::now();
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(file),
            // A process that this one starts elsewhere holds what was just let go until it runs a program of its own.
            Err(TryLockError::WouldBlock) if start.elapsed() < PATIENCE => std::thread::sleep(PATIENCE / 50),
            Err(TryLockError::WouldBlock) => return Err(Error::InUse { path: path.to_owned() }),
            Err(TryLockError::Error(error)) => return Err(failed(error)),
        }
    }
}

/// How long to wait for another that writes.
const PATIENCE: Duration = Duration::from_millis(500);
