//! Settings: which source wins, and what is not a setting.

use crate::support::Program;
use clap::Parser;
use collector::origin::Allowed;
use collector::settings::{LogLevel, Settings, Source};
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
noindex = true
log = "warn"
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
            noindex: true,
            widget: None,
            log: LogLevel::Warn,
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
    let serve = |file| program.fail(&["serve", "--config", file, "--widget", "widget"]);
    assert!(serve("typo.toml").contains("unknown field `lisen`"));
    assert!(serve("wrong.toml").contains("https://agency.example"), "it says how an origin is written");
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
    let file: toml::Table = toml::from_str(&format!("{FILE}widget = \"/w\"")).unwrap();
    assert_eq!(file.keys().cloned().collect::<HashSet<_>>(), flags);
}
