//! A PostgreSQL server for one run of the tests, out of Debian's package, and a fresh database for each test in it.

use std::env;
use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

/// A fresh database.
pub(crate) struct Database {
    name: String,
}

/// The server. It ends when this process does, however that ends, because then its standard input is closed.
struct Server {
    /// Where its socket is, and the certificate by which it is trusted on loopback.
    place: PathBuf,
    port: u16,
    _process: Child,
}

/// Makes a cluster, serves it on a socket and on loopback, says where, and clears everything away when it hears nothing any more.
const SERVE: &str = r#"
    set -e
    place=$(mktemp -d "${TMPDIR:-/tmp}/qulaq-postgres-XXXXXX")
    initdb --pgdata "$place/data" --username qulaq --auth trust --encoding UTF8 --locale C.UTF-8 > "$place/log"
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj "/CN=a database of tests" \
        -addext subjectAltName=DNS:localhost -addext basicConstraints=critical,CA:FALSE \
        -keyout "$place/key.pem" -out "$place/cert.pem" 2>> "$place/log"
    postgres -D "$place/data" -k "$place" -p "$PGPORT" -c listen_addresses=127.0.0.1 -c max_connections=400 \
        -c shared_buffers=32MB -c fsync=on -c ssl=on -c ssl_cert_file="$place/cert.pem" \
        -c ssl_key_file="$place/key.pem" >> "$place/log" 2>&1 &
    until pg_isready --quiet --host "$place"; do kill -0 $!; done
    createuser --host "$place" --username qulaq collector
    echo "$place"
    read -r _ || true
    kill -QUIT $!
    wait
    rm -r "$place"
"#;

const ADVICE: &str = "these tests need PostgreSQL: on Debian, `apt-get install postgresql`";

impl Database {
    pub(crate) fn new() -> Self {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let name = format!("test{}", COUNT.fetch_add(1, Ordering::Relaxed));
        server().client("createdb", &["--owner", "collector", &name]);
        Self { name }
    }

    /// How a collector connects to it.
    pub(crate) fn url(&self) -> String {
        let place = server().place.to_str().unwrap().replace('/', "%2F");
        format!("postgres://collector@{place}:{}/{}", server().port, self.name)
    }

    /// The same, with a host before it that is not there.
    pub(crate) fn url_with_two_hosts(&self) -> String {
        self.url().replace("collector@", "collector@%2Fnowhere,")
    }

    /// The same over the network, with TLS, and the certificate of the server.
    pub(crate) fn url_with_tls(&self) -> (String, PathBuf) {
        let Server { place, port, .. } = server();
        let url = format!("postgres://collector@localhost:{port}/{}?sslmode=require", self.name);
        (url, place.join("cert.pem"))
    }

    /// Its name on the server.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// Ends every connection of collectors.
    pub(crate) fn disconnect(&self) {
        self.sql(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
             WHERE datname = current_database() AND usename = 'collector'",
        );
    }

    /// Asks until the answer is this one.
    pub(crate) fn until(&self, sql: &str, answer: &str) {
        let began = std::time::Instant::now();
        while self.sql(sql) != answer {
            assert!(began.elapsed().as_secs() < 30, "{sql}: {} and not {answer}", self.sql(sql));
        }
    }

    /// Runs SQL beside the collector and gives what it prints.
    pub(crate) fn sql(&self, sql: &str) -> String {
        let arguments =
            ["--no-psqlrc", "--tuples-only", "--no-align", "--dbname", &self.name, "--command", sql];
        server().client("psql", &arguments).trim().to_owned()
    }
}

impl Server {
    fn start() -> Self {
        let mut process = Command::new("sh");
        if is_root() {
            // PostgreSQL refuses to run as root; its package has made an account.
            process = Command::new("setpriv");
            process.args(["--reuid=postgres", "--regid=postgres", "--clear-groups", "sh"]);
        }
        // Free now, and in all likelihood still free in a moment.
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        process
            .args(["-c", SERVE])
            .env("PATH", search_path())
            .env("PGPORT", port.to_string())
            .current_dir("/");
        let mut process = process
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap_or_else(|error| panic!("{ADVICE}: {error}"));
        let mut place = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut place).unwrap();
        assert!(!place.is_empty(), "{ADVICE}");
        Self { place: PathBuf::from(place.trim()), port, _process: process }
    }

    fn client(&self, program: &str, arguments: &[&str]) -> String {
        let mut command = Command::new(program);
        command.env("PATH", search_path()).env("PGHOST", &self.place).env("PGUSER", "qulaq");
        command.env("PGPORT", self.port.to_string());
        let output = command.args(arguments).output().unwrap_or_else(|error| panic!("{ADVICE}: {error}"));
        assert!(output.status.success(), "{program}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }
}

fn server() -> &'static Server {
    static SERVER: OnceLock<Server> = OnceLock::new();
    SERVER.get_or_init(Server::start)
}

fn is_root() -> bool {
    let id = Command::new("id").arg("-u").output().unwrap();
    id.stdout.starts_with(b"0\n")
}

/// Debian keeps the server's programs of each release in a directory of its own, which is on nobody's search path.
fn search_path() -> String {
    let releases = Path::new("/usr/lib/postgresql").read_dir().into_iter().flatten().flatten();
    let mut directories: Vec<String> =
        releases.map(|release| release.path().join("bin").to_str().unwrap().to_owned()).collect();
    directories.sort();
    directories.push(env::var("PATH").unwrap());
    directories.join(":")
}
