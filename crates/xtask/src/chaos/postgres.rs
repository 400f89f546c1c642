//! PostgreSQL made for one run: servers of their own in a directory that goes away, one of them a standby if it is wanted.

use std::cell::Cell;
use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use tempfile::TempDir;

use crate::command;

/// Who owns the databases.
const USER: &str = "qulaq";

/// Whom PostgreSQL runs as where this program is run by root, which it refuses.
pub(crate) const SYSTEM_USER: &str = "postgres";

/// The name by which the primary knows its standby.
const STANDBY: &str = "standby";

/// A server that can be stopped, killed and started; it is killed when it is dropped.
pub(crate) struct Server {
    directory: PathBuf,
    port: u16,
}

/// One server, or a primary with its standby.
pub(crate) struct Cluster {
    /// The one that was made first.
    pub(crate) primary: Server,
    databases: Cell<u32>,
    // The last to go: the servers are in it.
    directory: TempDir,
}

impl Cluster {
    /// A server that runs, and nobody else's.
    pub(crate) fn start() -> Result<Self> {
        let directory = tempfile::tempdir()?;
        if is_root() {
            command::run(Command::new("chown").arg(SYSTEM_USER).arg(directory.path()))
                .with_context(|| format!("PostgreSQL runs as the user `{SYSTEM_USER}`"))?;
        }
        let primary = Server::at(directory.path().join("primary"))?;
        let settings = "fsync = on\nsynchronous_commit = on\nmax_connections = 60\nwal_keep_size = '256MB'\n";
        command::output(
            program("initdb")?
                .args([
                    "--username",
                    USER,
                    "--auth",
                    "trust",
                    "--encoding",
                    "UTF8",
                    "--locale",
                    "C",
                    "--no-sync",
                ])
                .args(["--pgdata"])
                .arg(&primary.directory),
        )?;
        primary.configure(settings)?;
        primary.start()?;
        Ok(Self { primary, databases: Cell::new(0), directory })
    }

    /// Makes a standby of the primary, without which the primary acknowledges nothing from now on.
    pub(crate) fn add_synchronous_standby(&self) -> Result<Server> {
        let standby = Server::at(self.directory.path().join(STANDBY))?;
        let primary =
            format!("host=127.0.0.1 port={} user={USER} application_name={STANDBY}", self.primary.port);
        let mut copy = program("pg_basebackup")?;
        copy.args([
            "--dbname",
            &primary,
            "--write-recovery-conf",
            "--wal-method=stream",
            "--checkpoint=fast",
        ]);
        command::output(copy.arg("--pgdata").arg(&standby.directory))?;
        standby.configure("")?;
        standby.start()?;
        self.primary.set("synchronous_standby_names", STANDBY)?;
        Ok(standby)
    }

    /// Makes a database, in this tablespace if one is named, and gives its address.
    pub(crate) fn database(&self, tablespace: Option<&str>) -> Result<String> {
        Ok(url(&[&self.primary], &self.database_named(tablespace)?))
    }

    /// The same; gives its name.
    pub(crate) fn database_named(&self, tablespace: Option<&str>) -> Result<String> {
        self.databases.set(self.databases.get() + 1);
        let name = format!("qulaq{}", self.databases.get());
        let place = tablespace.map(|name| format!(" TABLESPACE {name}")).unwrap_or_default();
        self.primary.sql(&format!("CREATE DATABASE {name}{place}"))?;
        Ok(name)
    }
}

/// The address of a database on whichever of the servers takes writes.
pub(crate) fn url(servers: &[&Server], database: &str) -> String {
    let hosts: Vec<_> = servers.iter().map(|server| format!("127.0.0.1:{}", server.port)).collect();
    format!(
        "postgres://{USER}@{}/{database}?sslmode=disable&target_session_attrs=read-write",
        hosts.join(",")
    )
}

impl Server {
    fn at(directory: PathBuf) -> Result<Self> {
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        Ok(Self { directory, port })
    }

    /// Adds to its settings.
    fn configure(&self, settings: &str) -> Result<()> {
        let own = format!(
            "{settings}listen_addresses = '127.0.0.1'\nport = {}\nunix_socket_directories = ''\n",
            self.port
        );
        let file = self.directory.join("postgresql.auto.conf");
        let before = fs::read_to_string(&file).unwrap_or_default();
        // Overwritten where it stands, so that it keeps its owner.
        Ok(fs::write(file, before + &own)?)
    }

    /// Starts it and waits until it takes connections.
    pub(crate) fn start(&self) -> Result<()> {
        let log = self.directory.join("server.log");
        command::succeeds(self.control("start").arg("--log").arg(&log).args(["--wait", "--silent"]))
            .then_some(())
            .with_context(|| {
                format!("PostgreSQL does not start\n{}", fs::read_to_string(log).unwrap_or_default())
            })
    }

    /// Stops it as an administrator does.
    pub(crate) fn stop(&self) -> Result<()> {
        command::output(self.control("stop").args(["--wait", "--mode=fast", "--silent"])).map(drop)
    }

    /// Makes a standby the one that takes writes.
    pub(crate) fn promote(&self) -> Result<()> {
        command::output(self.control("promote").args(["--wait", "--silent"])).map(drop)
    }

    /// Kills it and all its processes with -9, as if its machine were switched off.
    pub(crate) fn kill(&self) -> Result<()> {
        let pid = self.pid().context("it does not run")?;
        let children = command::text(Command::new("ps").args(["-o", "pid=", "--ppid", &pid]))?;
        let all: Vec<_> = std::iter::once(pid.as_str()).chain(children.split_whitespace()).collect();
        // A child that ended meanwhile is as good as killed.
        command::succeeds(Command::new("kill").arg("-9").args(all));
        while Path::new("/proc").join(&pid).exists() {
            std::thread::yield_now();
        }
        Ok(())
    }

    /// Sets something for all its sessions, from now on.
    pub(crate) fn set(&self, setting: &str, value: &str) -> Result<()> {
        self.sql(&format!("ALTER SYSTEM SET {setting} = '{value}'"))?;
        self.sql("SELECT pg_reload_conf()")
    }

    /// Runs a statement as the owner of everything.
    pub(crate) fn sql(&self, statement: &str) -> Result<()> {
        let mut psql = program("psql")?;
        psql.args(["--no-psqlrc", "--quiet", "--host=127.0.0.1", "--dbname=postgres", "--username", USER]);
        // What cannot be set while sessions are read-only is set all the same.
        psql.env("PGOPTIONS", "-c default_transaction_read_only=off");
        command::output(psql.arg(format!("--port={}", self.port)).args(["--command", statement])).map(drop)
    }

    fn pid(&self) -> Option<String> {
        let file = fs::read_to_string(self.directory.join("postmaster.pid")).ok()?;
        Some(file.lines().next()?.trim().to_owned())
    }

    fn control(&self, what: &str) -> Command {
        let mut control = program("pg_ctl").unwrap_or_else(|_| Command::new("pg_ctl"));
        control.arg(what).arg("--pgdata").arg(&self.directory);
        control
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if self.pid().is_some() {
            drop(self.kill());
        }
    }
}

/// A program of PostgreSQL, run by the user that it wants.
fn program(name: &str) -> Result<Command> {
    let path = command::which(name).or_else(|| newest_of_debian()?.join(name).canonicalize().ok());
    let Some(path) = path else {
        bail!("PostgreSQL is missing, and its {name} is needed: on Debian, `apt-get install postgresql`");
    };
    if !is_root() {
        return Ok(Command::new(path));
    }
    let mut command = Command::new("runuser");
    command.args(["-u", SYSTEM_USER, "--"]).arg(path).current_dir("/");
    Ok(command)
}

/// Debian keeps the programs of each version in a directory of its own, away from the search path.
fn newest_of_debian() -> Option<PathBuf> {
    let versions = fs::read_dir("/usr/lib/postgresql").ok()?.filter_map(Result::ok);
    let number = |path: &Path| path.file_name()?.to_str()?.parse::<u32>().ok();
    versions.map(|entry| entry.path()).max_by_key(|path| number(path)).map(|path| path.join("bin"))
}

/// Whether this program is run by root: then it owns the directory that Linux keeps for it.
fn is_root() -> bool {
    use std::os::unix::fs::MetadataExt;
    fs::metadata("/proc/self").is_ok_and(|own| own.uid() == 0)
}
