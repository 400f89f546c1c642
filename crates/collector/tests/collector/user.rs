//! `qulaq user`, from outside.

use crate::support::Program;
use std::io::Write;
use std::process::Stdio;

const PASSWORD: &str = "алма пісті, жер иіскеді";

/// Runs a command with a line on its standard input, and gives whether it succeeded and all that it said.
fn typed(program: &Program, arguments: &[&str], line: &str) -> (bool, String) {
    let mut command = program.command(arguments);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut process = command.spawn().unwrap();
    process.stdin.take().unwrap().write_all(line.as_bytes()).unwrap();
    let output = process.wait_with_output().unwrap();
    (output.status.success(), String::from_utf8([output.stdout, output.stderr].concat()).unwrap())
}

#[test]
fn the_first_account_owns_everything_and_the_next_one_looks_on() {
    let program = Program::new();
    let line = format!("{PASSWORD}\n");
    let (added, said) = typed(&program, &["user", "add", "Aigul", "--display", "Айгүл"], &line);
    assert!(added && said == "added: aigul\tАйгүл\towner of every survey\n", "{said}");
    assert!(typed(&program, &["user", "add", "bolat"], &line).0);
    assert_eq!(
        program.succeed(&["user", "list"]),
        "aigul\tАйгүл\towner of every survey\nbolat\tbolat\tviewer of every survey\n"
    );
    assert!(typed(&program, &["user", "add", "aigul"], &line).1.contains("already"));
    assert!(!program.succeed(&["user", "list"]).contains(PASSWORD));
}

#[test]
fn a_password_comes_from_standard_input_and_must_be_hard_to_guess() {
    let program = Program::new();
    for (line, said) in
        [("", "no password"), ("short\n", "15 characters"), ("aigul12345678aigul\n", "guessed")]
    {
        let (added, told) = typed(&program, &["user", "add", "aigul"], line);
        assert!(!added && told.contains(said), "{told}");
    }
    assert!(program.fail(&["user", "add", "aigul", "--password", PASSWORD]).contains("unexpected argument"));
    assert!(program.fail(&["user", "add", "айгүл"]).contains("Latin letters"));
}

#[test]
fn roles_are_given_and_taken_accounts_shut_opened_and_removed() {
    let program = Program::new();
    assert!(typed(&program, &["user", "add", "aigul"], PASSWORD).0);
    program.succeed(&["user", "role", "aigul", "none"]);
    assert!(program.fail(&["user", "role", "aigul", "owner", "--survey", "x"]).contains("was published"));
    assert!(program.fail(&["user", "role", "aigul", "king"]).contains("must be viewer"));
    assert!(program.fail(&["user", "role", "nobody", "owner"]).contains("qulaq user list"));
    program.succeed(&["user", "disable", "aigul"]);
    assert_eq!(program.succeed(&["user", "list"]), "aigul\taigul\tnothing\tshut\n");
    program.succeed(&["user", "enable", "aigul"]);
    assert!(typed(&program, &["user", "password", "aigul"], "қыс қыстау, жаз жайлау").0);
    program.succeed(&["user", "remove", "aigul"]);
    assert_eq!(program.succeed(&["user", "list"]), "");
}
