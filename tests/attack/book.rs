//! Books that attacks begin with: in memory, and one that has every kind of text and of file.

use std::collections::BTreeMap;
use std::path::Path;

use scn::report::Templates;
use scn::resolve::Loader;

/// A book in memory, with its data and its templates.
#[derive(Debug, Clone, Default)]
pub struct Memory(pub BTreeMap<String, Vec<u8>>);

impl Memory {
    /// Files by their paths.
    pub fn of(files: &[(&str, &[u8])]) -> Memory {
        Memory(files.iter().map(|(path, bytes)| (path.to_string(), bytes.to_vec())).collect())
    }

    /// Puts the files below a folder.
    pub fn write(&self, folder: &Path) {
        for (path, bytes) in &self.0 {
            put(folder, path, bytes);
        }
    }
}

impl Loader for Memory {
    fn read(&self, path: &str) -> Result<Vec<u8>, String> {
        self.0.get(path).cloned().ok_or_else(|| "there is no such file".to_string())
    }
}

impl Templates for Memory {
    fn read(&self, name: &str) -> Result<Option<String>, String> {
        let text = |bytes: &Vec<u8>| String::from_utf8(bytes.clone()).map_err(|error| error.to_string());
        self.0.get(&format!("templates/{name}")).map(text).transpose()
    }
}

/// Puts a file below a folder.
pub fn put(folder: &Path, path: &str, bytes: impl AsRef<[u8]>) {
    let path = folder.join(path);
    std::fs::create_dir_all(path.parent().unwrap_or(folder)).expect("a folder");
    std::fs::write(path, bytes).expect("a file");
}

/// A book with every text that the grammar has, each called by `text`: it is given the number of the place.
pub fn with_texts(text: impl Fn(usize) -> String) -> Memory {
    let parts: Vec<&str> = BOOK.split('§').collect();
    let mut book = String::new();
    for (at, part) in parts.iter().enumerate() {
        book.push_str(part);
        if at + 1 < parts.len() {
            book.push_str(&text(at));
        }
    }
    let cell = text(3).replace("\\n", " ").replace("\\\"", "\"").replace('"', "\"\"");
    let data = format!("name,asp,note\nc1,50,\"{cell}\"\nc2,60,plain\n");
    Memory::of(&[
        ("book.scn", book.as_bytes()),
        ("data/asp.csv", data.as_bytes()),
        ("templates/page.md.j2", PAGE.as_bytes()),
        ("paper.txt", b"A paper.\n"),
    ])
}

const BOOK: &str = r#"scn 1
model duo "§" { currency CNY, as_of 2026-03-31, owner research }
calendar fy = annual 2025A..2028E ending Dec
source ar25 "§" = document "§" dated 2026-03-28
source web "§" = url "§" accessed 2025-03-30 stale after 30 d
source paper "§" = file "paper.txt" dated 2026-03-30
unit die "§"
kind chip "§" { in asp: USD/die, cost: USD/die, note: text }
data asp = csv "data/asp.csv" for chip by "name" from ar25 {
  given asp: USD/die = "asp"
  given note = "note"
}
chip c1 "§" by wang.y because "§" { assume cost = 30 USD/die range 25..40 USD/die }
chip c2 "§" by wang.y because "§" { assume cost = 35 USD/die }
kind company {}
company co "§" by li.wei because "§" {
  given shares = 400 mn share from ar25 p 8
  given motto = "§" from web
  assume payout = 70% range 60%..80% from web "§" because "§"
  assume units = 100 mn die range 50..150 mn die by li.wei because "§"
  assume ke = 10% range 8%..12% by li.wei because "§" implied by back
  given price = NA "§" from ar25 p 9
  flow profit: mn CNY = 2025A 900 mn CNY because "§" | 2026E.. units * payout * (c1.asp - c1.cost) * 7 CNY/USD in mn CNY because "§"
  derive value: CNY/share = pv(profit[2026E..2028E], ke, 2025A) / shares because "§"
}
case bull "§" from base prob 20% by li.wei because "§" { co.payout = high because "§" }
case bear "§" from base by li.wei { co.payout = low because "§" }
check co.value > 1_000 CNY/share "§"
alert co.value > 0 CNY/share "§"
reconcile co.payout ~ 70% as printed from ar25 p 2
reconcile co.value ~ 30 CNY/share within 1% from web "§" disputed because "§"
reconcile co.value ~ 31 CNY/share within 1% from ar25 "§"
claim grows "§" when co.value > 0 CNY/share with v = co.value
output co.value "§", co.profit "§"
grid by_ke "§" of co.value { co.ke = 9%..11% step 1% }
tornado swings "§" of co.value
simulate worlds "§" of co.value { draws 50, seed 3 }
bridge lift "§" of co.value from base to bull
calibrate back "§" {
  co.value = 30 CNY/share within 20 CNY/share
  free co.ke in 1%..50%
}
report page "§" template "page.md.j2" to "page.md"
"#;

const PAGE: &str = r#"# {{ title | md }}

{{ co.label | md }} {{ co.value }} {{ co.value | cite }} {{ co.payout | cite }} {{ co.units.because | md }} {{ co.price | cite }}
{{ claim("grows") | md }}
{% from "parts/tables.md.j2" import series_table, entity_table, case_table %}
{% from "parts/inputs.md.j2" import assumptions_table, givens_table, source_list %}
{% from "parts/cases.md.j2" import changes_of_cases %}
{% from "parts/figures.md.j2" import reconcile_table, errata, check_table, figure_count %}
{% from "parts/studies.md.j2" import study_exhibit %}
{% call exhibit("A table", label="t") %}
{{ entity_table(chip, ["asp", "cost"]) }}
{% endcall %}

{{ series_table([co.profit]) }}

{{ case_table([co.value]) }}

{{ assumptions_table(model.inputs) }}

{{ givens_table(model.inputs) }}

{{ source_list() }}

{{ changes_of_cases() }}

{{ reconcile_table() }}

{{ errata() }}

{{ check_table() }}

{{ study_exhibit("swings") }}

{{ study_exhibit("by_ke") }}

{{ chart.bars("profit", [co.profit | named("Profit")], title=title) }}

{{ chart.target("target", co.value, title=co.label) }}

{{ footnotes() }}
"#;
