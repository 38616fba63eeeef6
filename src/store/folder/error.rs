//! What can go wrong with a store on disk, and what to do about it.

use std::ffi::OsStr;
use std::io;
use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

use super::{FILE, LOCK};

/// Why a store cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    #[error("{}: there is no store; `tellgraph add --store` makes one", path.display())]
    Missing { path: PathBuf },
    #[error("{}: a folder that holds something else, and no store", path.display())]
    Foreign { path: PathBuf },
    #[error("{}: kept in form {form}, which only a later tellgraph reads", path.display())]
    Newer { path: PathBuf, form: i32 },
    #[error("{}: the store is in use by another process that adds or removes; try again when it is done", path.display())]
    InUse { path: PathBuf },
    #[error("{}: no room left on the disk; the store holds what it held after the last step that was told", path.display())]
    Full { path: PathBuf },
    #[error("{}: the store is damaged: {message}", path.display())]
    Damaged { path: PathBuf, message: String },
    #[error("{}: there is no document {id:?}; nothing was removed (tellgraph list --store shows what there is)", path.display())]
    NoDocument { path: PathBuf, id: String },
    /// Documents that are read by other means than those that are there would not fit together.
    #[error("{}: its documents were read with {difference}: leave the options out to go by the store's own, or read all of them again by adding --renew", path.display())]
    Settings { path: PathBuf, difference: &'static str },
    #[error("{}: its documents were read by tellgraph {program}, whose built-in ontology was another: read them again with --renew", path.display())]
    OtherCore { path: PathBuf, program: String },
    #[error("{}: you may not write in this folder, which takes reading, too: readers and writers leave notes for each other there", path.display())]
    ReadOnly { path: PathBuf },
    /// Two files that would be one document.
    #[error("{}: document {id:?} is {known}, and {given} would have the same id: give it another by --id, or `tellgraph remove` {id:?} and add the folder that holds both", path.display())]
    OtherFile { path: PathBuf, id: String, known: String, given: String },
    #[error("{}: {error}", path.display())]
    File { path: PathBuf, error: io::Error },
    #[error("{}: {error}", path.display())]
    Engine { path: PathBuf, error: rusqlite::Error },
}

impl Error {
    /// What an error of the engine means.
    pub(super) fn of_engine(path: &Path, error: rusqlite::Error) -> Self {
        let path = path.to_owned();
        // The engine does not tell a file that may not grow from other errors of writing.
        const GROWING: [i32; 2] = [rusqlite::ffi::SQLITE_IOERR_WRITE, rusqlite::ffi::SQLITE_IOERR_SHMSIZE];
        match error.sqlite_error().map(|told| (told.code, told.extended_code)) {
            Some((ErrorCode::DiskFull, _)) => Self::Full { path },
            Some((_, code)) if GROWING.contains(&code) => Self::Full { path },
            Some((ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked, _)) => Self::InUse { path },
            Some((ErrorCode::ReadOnly | ErrorCode::PermissionDenied, _)) => Self::ReadOnly { path },
            Some((ErrorCode::NotADatabase, _)) => Self::Foreign { path },
            Some((ErrorCode::DatabaseCorrupt, _)) => Self::Damaged { path, message: error.to_string() },
            _ => Self::Engine { path, error },
        }
    }

    /// What goes wrong with a file, in our words where we have any.
    pub(super) fn of_file(path: &Path, error: io::Error) -> Self {
        let path = path.to_owned();
        match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::FileTooLarge | io::ErrorKind::QuotaExceeded => {
                Self::Full { path }
            }
            _ => Self::File { path, error },
        }
    }

    /// The error of a folder without the file that makes it a store.
    pub(super) fn missing(path: &Path) -> Self {
        let path = path.to_owned();
        let is_ours = |name: &OsStr| name == LOCK || name.to_string_lossy().starts_with(FILE);
        let holds_more =
            path.read_dir().is_ok_and(|entries| entries.flatten().any(|entry| !is_ours(&entry.file_name())));
        if path.is_file() || holds_more { Self::Foreign { path } } else { Self::Missing { path } }
    }
}

#[cfg(test)]
mod tests {
    use rusqlite::{Connection, OpenFlags};

    use super::*;

    #[test]
    fn who_may_only_read_is_told_so() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join(FILE);
        Connection::open(&file).unwrap().execute_batch("CREATE TABLE t (a)").unwrap();
        let reader = Connection::open_with_flags(&file, OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
        let error = reader.execute_batch("DROP TABLE t").unwrap_err();
        let told = Error::of_engine(folder.path(), error).to_string();
        assert!(told.contains("you may not write in this folder"), "{told}");
    }
}
