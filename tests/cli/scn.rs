//! `Scn`: a folder with files, in which the command is run.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

/// A small book with a case, a figure that reconciles and one that fails.
pub const BOOK: &str = "\
scn 1
model duo \"One company\" { currency CNY, as_of 2026-03-31, owner research }
calendar fy = annual 2025A..2028E ending Dec
source ar25 \"Annual report\" = document \"annual report\" dated 2026-03-28
source note \"A note\" = document \"broker's note\" dated 2026-03-30

kind company {}
company co \"Company A\" {
  given shares = 400 mn share from ar25 p 8
  assume payout = 30% range 20%..40% by li.wei because \"policy\"
  flow revenue: bn CNY = 2025A 7 bn CNY from ar25 p 41 | 2026E.. revenue[prev] * 1.2 because \"order book\"
  derive value: CNY/share = sum(revenue[2026E..2028E]) * payout / shares
}
case bull \"A better payout\" from base by li.wei {
  co.payout = high because \"a new policy\"
}
reconcile co.payout ~ 30% as printed from note p 2
reconcile co.value ~ 30 CNY/share within 1% from note p 3
output co.value \"Value of a share\", co.revenue \"Revenue\"
";

/// A folder of its own for one test.
pub struct Scn {
    folder: tempfile::TempDir,
}

impl Scn {
    /// An empty folder.
    pub fn new() -> Scn {
        Scn { folder: tempfile::tempdir().expect("a folder") }
    }

    /// Puts a file there.
    pub fn file(self, path: &str, text: &str) -> Scn {
        self.bytes(path, text.as_bytes())
    }

    /// Puts a file of any bytes there.
    pub fn bytes(self, path: &str, bytes: &[u8]) -> Scn {
        let path = self.folder.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap_or(Path::new("."))).expect("a folder");
        std::fs::write(path, bytes).expect("a file");
        self
    }

    /// Where the folder is.
    #[allow(dead_code)] // Not every test asks for it.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// The text of a file.
    pub fn read(&self, path: &str) -> String {
        std::fs::read_to_string(self.folder.path().join(path)).expect("a file")
    }

    /// What a run with a text on standard input prints.
    pub fn stdin(&self, command: &str, text: &str) -> String {
        let mut child = self.command(command, &[]).stdin(Stdio::piped()).spawn().expect("a run");
        child.stdin.take().expect("a pipe").write_all(text.as_bytes()).expect("a reader");
        String::from_utf8_lossy(&child.wait_with_output().expect("an end").stdout).into_owned()
    }

    /// How a run ends that is interrupted after a while, and what it said; it has half a minute to end.
    ///
    /// What runs in the background of a shell ignores interrupts, and so would a run started from there: `env` sets it right.
    #[cfg(unix)]
    pub fn interrupted(&self, command: &str, after: Duration) -> (Option<i32>, String) {
        let by = ["env", "--default-signal=INT"];
        let knows = Command::new(by[0]).args([by[1], "true"]).output().is_ok_and(|tried| tried.status.success());
        let mut run = self.command_by(if knows { &by } else { &[] }, command, &[]);
        let mut child = run.stdin(Stdio::null()).spawn().expect("a run");
        std::thread::sleep(after);
        let kill = Command::new("kill").args(["-INT", &child.id().to_string()]).status();
        assert!(kill.is_ok_and(|status| status.success()), "the run had ended");
        let deadline = Instant::now() + Duration::from_secs(30);
        while child.try_wait().expect("a run").is_none() && Instant::now() < deadline {
            std::thread::sleep(Duration::from_millis(50));
        }
        let _ = child.kill();
        let output = child.wait_with_output().expect("an end");
        (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
    }

    /// The names of the files in the folder, sorted.
    pub fn files(&self) -> Vec<String> {
        let files = std::fs::read_dir(self.folder.path()).expect("a folder");
        let mut names: Vec<String> =
            files.map(|file| file.expect("a file").file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }

    /// What a run prints on standard error.
    pub fn stderr(&self, command: &str, environment: &[(&str, &str)]) -> String {
        String::from_utf8_lossy(&self.output(command, environment).stderr).into_owned()
    }

    /// Runs one command after the other: what each prints on which stream, and how it ends.
    pub fn transcript(&self, commands: &[&str]) -> String {
        commands.iter().map(|command| self.told(command)).collect::<Vec<_>>().join("\n")
    }

    fn told(&self, command: &str) -> String {
        let output = self.output(command, &[]);
        let mut text = format!("$ scn {command}\n{}", String::from_utf8_lossy(&output.stdout));
        for line in String::from_utf8_lossy(&output.stderr).lines() {
            text += format!("! {line}").trim_end();
            text.push('\n');
        }
        text + &format!("= {}\n", output.status.code().unwrap_or(-1))
    }

    fn output(&self, command: &str, environment: &[(&str, &str)]) -> Output {
        self.command(command, environment).stdin(Stdio::null()).output().expect("a run")
    }

    fn command(&self, command: &str, environment: &[(&str, &str)]) -> Command {
        self.command_by(&[], command, environment)
    }

    /// A run started by another program, which becomes it.
    fn command_by(&self, by: &[&str], command: &str, environment: &[(&str, &str)]) -> Command {
        let command = words(command);
        let mut whole = by.iter().copied().chain([env!("CARGO_BIN_EXE_scn")]).chain(command.iter().map(String::as_str));
        let mut run = Command::new(whole.next().expect("a program"));
        run.args(whole).current_dir(self.folder.path());
        run.env_remove("NO_COLOR").env_remove("CLICOLOR_FORCE").envs(environment.iter().copied());
        run.stdout(Stdio::piped()).stderr(Stdio::piped());
        run
    }
}

/// The words of a command; those in `'` hold together.
fn words(command: &str) -> Vec<String> {
    let parts = command.split('\'').enumerate();
    let words = parts.flat_map(|(at, part)| match at % 2 {
        1 => vec![part.to_string()],
        _ => part.split_whitespace().map(str::to_string).collect(),
    });
    words.collect()
}
