//! An open case: made, opened for reading or writing, and closed.

use super::connection::{connect, keep_no_journal, prepare};
use super::file::CaseFile;
use super::lock::WriterLock;
use super::migrate::SCHEMA_VERSION;
use super::open::PutBack;
use super::problem::{refused_problem, sql_problem, write_problem};
use super::{derived, earlier, guard, migrate, open};
use crate::files::{self, Existing};
use crate::locale::Problem;
use jiff::civil::Date;
use rusqlite::backup::Backup;
use rusqlite::{Connection, OpenFlags, Params, Row};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// An open case. It writes with a rollback journal: a failure or a cancel leaves the file as it was,
/// byte for byte. Only an import beside an open window ([`Case::for_job`]) writes ahead (WAL), so
/// that the window goes on reading.
pub struct Case {
    pub(super) conn: Connection,
    pub(super) file: Arc<CaseFile>,
    role: Role,
    /// Why the case cannot be written to, where it cannot.
    pub(super) read_only: Option<Problem>,
    /// The day whose knowledge is shown; see [`Case::look_back`].
    pub(super) known_on: Option<Date>,
    version: i64,
    put_back: Option<PutBack>,
}

/// What a connection is to the case.
enum Role {
    /// It alone writes to the case; its lock is let go with it.
    Writer { _lock: WriterLock },
    /// It reads, or it writes for the one that holds the lock.
    Guest,
    /// The case is a copy without a name that goes with it.
    Scratch,
}

impl Case {
    /// Makes a new, empty case. Fails where the file exists. It gets its name when it is whole: a program
    /// that is killed meanwhile leaves no half of one.
    pub fn create(path: &Path) -> Result<Case, Problem> {
        let real = real_folder(path).map_err(|e| Problem::io(path, &e))?;
        if std::fs::symlink_metadata(&real).is_ok() {
            return Err(Problem::new(text!(
                "problem-file-exists",
                file = path.display()
            )));
        }
        let lock = WriterLock::take(&real).map_err(|refused| refused_problem(path, refused))?;
        // What an earlier case of this name left would be played into the new one.
        for suffix in ["-journal", "-wal", "-shm"] {
            let mut left = real.clone().into_os_string();
            left.push(suffix);
            if std::fs::symlink_metadata(&left).is_ok() {
                return Err(Problem::new(text!(
                    "problem-leftover",
                    file = path.display(),
                    left = Path::new(&left).display()
                )));
            }
        }
        files::write(path, &new_case(path)?, Existing::Kept, &[])?;
        let make = || {
            let file = CaseFile::find(path)?;
            let conn = connect(&file.real, OpenFlags::SQLITE_OPEN_READ_WRITE)
                .map_err(|e| sql_problem(path, &e))?;
            Ok(Self::of(conn, Arc::new(file), SCHEMA_VERSION).written_by(lock))
        };
        make().inspect_err(|_| {
            let _ = std::fs::remove_file(&real);
        })
    }

    /// An empty case to try things on that is gone when it is closed. Nobody else can open it, and nothing
    /// is left of it however the program ends. Messages call it `name`; it lies in that folder.
    pub fn scratch(name: &Path) -> Result<Case, Problem> {
        Self::scratch_filled(name, false, |conn| migrate::create(conn))
    }

    /// As [`Case::scratch`], with all that the case at `path` holds.
    pub fn scratch_of(path: &Path) -> Result<Case, Problem> {
        let from = Self::open_read_only(path)?;
        // The copy of a case that a window writes ahead says that it does so too, and would have a neighbour.
        let in_memory = from.file.writes_ahead();
        Self::scratch_filled(path, in_memory, |conn| {
            let pause = std::time::Duration::ZERO;
            Backup::new(&from.conn, conn)?.run_to_completion(4096, pause, None)?;
            migrate::upgrade(conn, from.version)
        })
    }

    fn scratch_filled(
        name: &Path,
        in_memory: bool,
        fill: impl FnOnce(&mut Connection) -> rusqlite::Result<()>,
    ) -> Result<Case, Problem> {
        let (file, mut conn) = CaseFile::nameless(name)?;
        let make = || {
            if in_memory {
                conn = Connection::open_in_memory()?;
            }
            prepare(&conn)?;
            keep_no_journal(&conn)?;
            fill(&mut conn)?;
            Ok(conn)
        };
        let conn = make().map_err(|e| sql_problem(name, &e))?;
        let mut case = Self::of(conn, Arc::new(file), SCHEMA_VERSION);
        case.role = Role::Scratch;
        Ok(case)
    }

    /// Opens for reading only. What a program that was killed left unfinished is not shown, and what it
    /// had finished is folded into the file: see [`Case::put_back`].
    pub fn open_read_only(path: &Path) -> Result<Case, Problem> {
        let file = CaseFile::find(path)?;
        let folded = open::fold_in(&file)?;
        let mut case = Self::read(file)?;
        case.put_back = case.put_back.or(folded);
        Ok(case)
    }

    fn read(file: CaseFile) -> Result<Case, Problem> {
        let given = file.given.clone();
        let (file, put_back) = match open::is_hot(&file)? {
            true => {
                open::is_case_untouched(&file, true)?;
                (file.copied_with_journal()?, Some(PutBack::Shown))
            }
            false => (file, None),
        };
        let flags = match put_back {
            // The journal is played back, on the copy.
            Some(_) => OpenFlags::SQLITE_OPEN_READ_WRITE,
            None => OpenFlags::SQLITE_OPEN_READ_ONLY,
        };
        let problem = |e: rusqlite::Error| sql_problem(&given, &e);
        let mut conn = connect(&file.real, flags).map_err(problem)?;
        let version = guard::inspect(&mut conn, &given, Some(file.len()))?;
        let mut file = file;
        if put_back.is_some() {
            file.unname();
        }
        if version < SCHEMA_VERSION {
            earlier::as_of_this_version(&conn).map_err(problem)?;
        }
        let mut case = Self::of(conn, Arc::new(file), version);
        case.read_only = Some(Problem::new(text!(
            "problem-opened-for-reading",
            file = given.display()
        )));
        case.put_back = put_back;
        Ok(case)
    }

    /// Opens for writing; where another program writes to the case or the disk does not let us,
    /// for reading, with the reason in [`Case::read_only`].
    pub fn open(path: &Path) -> Result<Case, Problem> {
        let file = CaseFile::find(path)?;
        let refused = match Self::lock(&file) {
            Ok(lock) => match open::to_write(&file)? {
                Ok((conn, put_back)) => {
                    let mut case = Self::of(conn, Arc::new(file), SCHEMA_VERSION).written_by(lock);
                    case.put_back = put_back;
                    return Ok(case);
                }
                Err(refused) => refused,
            },
            Err(refused) => refused,
        };
        let mut case = Self::read(file)?;
        case.read_only = Some(refused);
        Ok(case)
    }

    /// As [`Case::open`], but a case that cannot be written to is an error.
    pub fn open_for_writing(path: &Path) -> Result<Case, Problem> {
        let mut case = Self::open(path)?;
        match case.read_only.take() {
            Some(why) => Err(why),
            None => Ok(case),
        }
    }

    /// The writer's place, for a file that may be written to.
    fn lock(file: &CaseFile) -> Result<WriterLock, Problem> {
        // A journal goes by the name of the file: under another name it is not found, and the case
        // is half-written for good.
        if file.names() > 1 {
            return Err(Problem::new(text!(
                "problem-case-names",
                file = file.given.display(),
                n = file.names()
            )));
        }
        WriterLock::take(&file.real).map_err(|refused| refused_problem(&file.given, refused))
    }

    fn of(conn: Connection, file: Arc<CaseFile>, version: i64) -> Case {
        Case {
            conn,
            file,
            role: Role::Guest,
            read_only: None,
            known_on: None,
            version,
            put_back: None,
        }
    }

    fn written_by(mut self, lock: WriterLock) -> Case {
        self.role = Role::Writer { _lock: lock };
        self
    }

    /// A second connection to the same case for a job of this program, which goes on holding the
    /// writer's lock itself.
    pub fn for_job(&self) -> Result<Case, Problem> {
        self.connector()()
    }

    /// Makes such a connection on the job's own thread: making one takes longer than a frame may.
    pub fn connector(&self) -> impl FnOnce() -> Result<Case, Problem> + Send + use<> {
        let (file, read_only, day) = (self.file.clone(), self.read_only.clone(), self.known_on);
        move || {
            let flags = match read_only {
                Some(_) => OpenFlags::SQLITE_OPEN_READ_ONLY,
                None => OpenFlags::SQLITE_OPEN_READ_WRITE,
            };
            let problem = |e: rusqlite::Error| sql_problem(&file.given, &e);
            let mut conn = connect(&file.real, flags).map_err(problem)?;
            let version = guard::inspect(&mut conn, &file.given, None)?;
            if version < SCHEMA_VERSION {
                earlier::as_of_this_version(&conn).map_err(problem)?;
            }
            let mut case = Self::of(conn, file, version);
            case.read_only = read_only;
            if let Some(day) = day {
                case.look_back(day)?;
            }
            Ok(case)
        }
    }

    /// The file as the user named it.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.file.given
    }

    /// Why the case cannot be written to; `None` where it can.
    #[must_use]
    pub fn read_only(&self) -> Option<&Problem> {
        self.read_only.as_ref()
    }

    /// A sentence for the user about what opening found unfinished beside the file.
    #[must_use]
    pub fn remark(&self) -> Option<Problem> {
        let key = match self.put_back? {
            PutBack::Shown => text!("case-shown-as-before"; file),
            PutBack::Restored => text!("case-restored"; file),
            PutBack::FoldedIn => text!("case-folded-in"; file),
        };
        Some(Problem::file(key, self.path()))
    }

    /// What opening found unfinished beside the file.
    #[must_use]
    pub fn put_back(&self) -> Option<PutBack> {
        self.put_back
    }

    /// Lets others read while a job writes. Refused, harmlessly, where another holds the file at that
    /// moment: then they wait for each other.
    pub(super) fn make_way(&self) {
        if matches!(self.role, Role::Guest) {
            derived::set_journal(&self.conn, &self.file, "WAL");
        }
    }

    /// After a job wrote: the file alone is the whole case again, whatever becomes of the program.
    pub(super) fn fold_back(&self) {
        if matches!(self.role, Role::Guest) {
            derived::settle(&self.conn, &self.file);
        }
    }

    /// Whether every page of the file is where it belongs. Reads all of it; opening does so by
    /// itself where the file is small.
    pub fn quick_check(&self) -> Result<(), Problem> {
        guard::quick_check(&self.conn, self.path())
    }

    /// Whether opening did that.
    #[must_use]
    pub fn was_checked(&self) -> bool {
        self.file.len() <= guard::CHECKED_AT_OPEN_BYTES
    }

    /// Ends what this connection is doing, from another thread; that fails then.
    pub fn interrupter(&self) -> impl Fn() + Send + Sync + 'static {
        let handle = self.conn.get_interrupt_handle();
        move || handle.interrupt()
    }

    /// An error, which says why, where the case cannot be written to.
    pub(super) fn writable(&self) -> Result<(), Problem> {
        match &self.read_only {
            Some(why) => Err(why.clone()),
            None => Ok(()),
        }
    }

    /// A case of an earlier version that is only read lacks the later tables.
    pub(super) fn has_table(&self, name: &str) -> rusqlite::Result<bool> {
        self.conn
            .prepare_cached("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?1")?
            .exists([name])
    }

    /// What `read` makes of each row that `sql` asks for.
    pub(super) fn list<T>(
        &self,
        sql: &str,
        params: impl Params,
        read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>, Problem> {
        let all = || {
            let mut statement = self.conn.prepare(sql)?;
            statement
                .query_map(params, read)?
                .collect::<rusqlite::Result<Vec<T>>>()
        };
        all().map_err(|e| self.problem(&e))
    }

    /// As [`Case::list`] of a table that the case may lack, without the rows of which `read` makes nothing.
    pub(super) fn read_all<T>(
        &self,
        table: &str,
        sql: &str,
        read: impl FnMut(&Row<'_>) -> rusqlite::Result<Option<T>>,
    ) -> Result<Vec<T>, Problem> {
        match self.has_table(table).map_err(|e| self.problem(&e))? {
            true => Ok(self.list(sql, [], read)?.into_iter().flatten().collect()),
            false => Ok(Vec::new()),
        }
    }

    /// What SQLite said, as something to do about it.
    pub(super) fn problem(&self, error: &rusqlite::Error) -> Problem {
        write_problem(&self.conn, self.path(), error)
    }
}

impl Drop for Case {
    /// A file that a job left in WAL mode does not open from read-only media: return it to one
    /// plain file. Fails, harmlessly, while another program reads it.
    fn drop(&mut self) {
        if matches!(self.role, Role::Writer { .. }) && self.file.writes_ahead() {
            derived::set_journal(&self.conn, &self.file, "DELETE");
        }
    }
}

/// The bytes of an empty case.
fn new_case(path: &Path) -> Result<Vec<u8>, Problem> {
    let make = || -> rusqlite::Result<Vec<u8>> {
        let mut conn = Connection::open_in_memory()?;
        migrate::create(&conn)?;
        Ok(conn.serialize("main")?.to_vec())
    };
    let mut bytes = make().map_err(|e| sql_problem(path, &e))?;
    // The count of changes begins anywhere: SQLite's copies begin at 1, and are not taken for the case that
    // derived data was made of. The second is to be the same (file format, "Version Valid For").
    let nanos = jiff::Timestamp::now().as_nanosecond() as u32;
    for at in [24, 92] {
        if let Some(counter) = bytes.get_mut(at..at + 4) {
            counter.copy_from_slice(&nanos.to_be_bytes());
        }
    }
    Ok(bytes)
}

/// The path of a file that is to be made, in a folder without symbolic links.
fn real_folder(path: &Path) -> std::io::Result<PathBuf> {
    let folder = path.parent().filter(|f| !f.as_os_str().is_empty());
    let folder = std::fs::canonicalize(folder.unwrap_or(Path::new(".")))?;
    Ok(folder.join(path.file_name().unwrap_or_default()))
}
