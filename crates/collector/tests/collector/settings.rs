//! Settings: which source wins, and what is not a setting.

use crate::support::Program;
use clap::Parser;
use collector::oidc::config::Named;
use collector::origin::Allowed;
use collector::settings::{Certificate, LogFormat, LogLevel, Settings, Source};
use std::collections::HashSet;
use std::path::PathBuf;

#[derive(Parser)]
struct Flags {
    #[command(flatten)]
    source: Source,
}

/// What these flags say, without this process's environment.
fn flags(arguments: &[&str]) -> Source {
    Flags::parse_from([&["qulaq"], arguments].concat()).source
}

const FILE: &str = r#"
listen = "127.0.0.1:1111"
data = "/file"
database-url = "postgres://qulaq@db1,db2/qulaq"
public-url = "https://qulaq.example"
allow-origin = ["https://a.example", "*"]
require-languages = ["kk", "ru"]
stored-in = "Қазақстан"
noindex = true
log = "warn"
log-format = "text"
tls-cert = "/tls/chain.pem"
tls-key = "/tls/key.pem"
trusted-proxy = ["10.0.0.0/8", "::1"]
metrics-listen = "127.0.0.1:9100"
metrics-allow = ["192.0.2.7"]
max-connections = 1000
security-contact = ["mailto:security@agency.example"]
oidc-issuer = "https://id.example/realms/agency"
oidc-client-id = "qulaq"
oidc-name = "Кіру"
oidc-only = true
calendar = "/calendar.json"
"#;

#[test]
fn a_flag_wins_over_the_file_and_the_file_over_the_default() {
    let program = Program::new();
    let file = program.file("qulaq.toml", FILE);
    let settings = Settings::load(flags(&["--listen", "127.0.0.1:2222"]), Some(&file)).unwrap();
    assert_eq!(
        settings,
        Settings {
            listen: "127.0.0.1:2222".parse().unwrap(),
            data: PathBuf::from("/file"),
            database_url: Some("postgres://qulaq@db1,db2/qulaq".parse().unwrap()),
            public_url: Some("https://qulaq.example".parse().unwrap()),
            allow_origin: vec!["https://a.example".parse().unwrap(), Allowed::Any],
            require_languages: vec!["kk".into(), "ru".into()],
            stored_in: Some("Қазақстан".into()),
            noindex: true,
            widget: None,
            log: LogLevel::Warn,
            log_format: LogFormat::Text,
            tls: Some(Certificate { chain: "/tls/chain.pem".into(), key: "/tls/key.pem".into() }),
            trusted_proxy: vec!["10.0.0.0/8".parse().unwrap(), "::1".parse().unwrap()],
            metrics_listen: Some("127.0.0.1:9100".parse().unwrap()),
            metrics_allow: vec!["192.0.2.7".parse().unwrap()],
            max_connections: 1000,
            security_contact: vec!["mailto:security@agency.example".parse().unwrap()],
            oidc: Some(Named {
                issuer: "https://id.example/realms/agency".parse().unwrap(),
                client: "qulaq".to_owned(),
                secret_file: None,
                name: Some("Кіру".to_owned()),
                mapping: None,
                only: true,
            }),
            calendar: Some(PathBuf::from("/calendar.json")),
        }
    );
    assert_eq!(Settings::load(flags(&[]), None).unwrap(), Settings::default());
}

#[test]
fn the_environment_stands_between_flags_and_file() {
    let program = Program::new();
    program.file("qulaq.toml", "data = \"from-file\"");
    let token = ["token", "create", "--name", "n"];
    let create = |arguments: &[&str], environment: &[(&str, &str)]| {
        let mut command = program.command(&[&token, arguments].concat());
        assert!(command.envs(environment.iter().copied()).output().unwrap().status.success());
    };
    create(&[], &[("QULAQ_CONFIG", "qulaq.toml")]);
    create(&[], &[("QULAQ_CONFIG", "qulaq.toml"), ("QULAQ_DATA", "from-environment")]);
    create(&["--data", "from-flag"], &[("QULAQ_CONFIG", "qulaq.toml"), ("QULAQ_DATA", "from-environment")]);
    for directory in ["from-file", "from-environment", "from-flag"] {
        assert!(program.directory.path().join(directory).join("qulaq.db").exists(), "{directory}");
    }
}

#[test]
fn several_origins_stand_in_the_environment_with_commas_between() {
    let source = flags(&["--allow-origin", "https://a.example,https://b.example"]);
    assert_eq!(source.allow_origin.map(|origins| origins.len()), Some(2));
}

#[test]
fn a_key_that_is_no_setting_is_refused_by_its_name() {
    let program = Program::new();
    program.file("typo.toml", "lisen = \"127.0.0.1:1\"");
    program.file("wrong.toml", "allow-origin = [\"agency.example\"]");
    program.file("half.toml", "tls-cert = \"chain.pem\"");
    let serve = |file| program.fail(&["serve", "--config", file, "--widget", "widget"]);
    assert!(serve("typo.toml").contains("unknown field `lisen`"));
    assert!(serve("wrong.toml").contains("https://agency.example"), "it says how an origin is written");
    assert!(serve("half.toml").contains("tls-cert and tls-key belong together"));
    assert!(serve("missing.toml").contains("cannot read the settings in missing.toml"));
}

#[test]
fn help_prints_every_default() {
    let help = Program::new().succeed(&["serve", "--help"]);
    let default = Settings::default();
    for value in [default.listen.to_string(), default.data.display().to_string(), "info".to_owned()] {
        assert!(help.contains(&format!("[default: {value}]")), "{value}: {help}");
    }
    let said = |word: &str| help.matches(word).count();
    assert_eq!(said("[default: "), said("[env: QULAQ_") - 1, "only --config has no default: {help}");
}

#[test]
fn the_file_has_the_same_keys_as_the_flags() {
    use clap::CommandFactory;
    let flags: HashSet<String> = Flags::command()
        .get_arguments()
        .filter_map(|argument| argument.get_long().map(str::to_owned))
        .collect();
    let file: toml::Table = toml::from_str(&format!(
        "{FILE}widget = \"/w\"\noidc-client-secret-file = \"/s\"\noidc-mapping = \"/m\""
    ))
    .unwrap();
    assert_eq!(file.keys().cloned().collect::<HashSet<_>>(), flags);
}

#[test]
fn who_may_read_what_is_measured_is_this_machine_unless_a_proxy_stands_before_the_collector() {
    let allowed = |arguments: &[&str]| Settings::load(flags(arguments), None).unwrap().metrics_allow;
    assert_eq!(allowed(&[]), Settings::default().metrics_allow);
    assert_eq!(allowed(&["--public-url", "https://qulaq.example"]), []);
    let named = ["--public-url", "https://qulaq.example", "--metrics-allow", "10.0.0.0/8"];
    assert_eq!(allowed(&named), ["10.0.0.0/8".parse().unwrap()]);
}
