//! The Rules screen: finding rules, why a rule applied or did not, the way to an answer and back, faults in full, and
//! packs that are reloaded while the program runs.

#![expect(clippy::disallowed_methods, reason = "packs are written as their authors write them")]

use std::fs;
use std::path::Path;
use std::time::Duration;

use cairn_coach::app::{Effect, Model, Msg, Query, RuleRow, Screen, update};
use cairn_coach::config::Theme;
use cairn_coach::desk::{Desk, OpenOptions};
use cairn_coach::domain::{Severity, Truth};

use crate::harness::{App, TODAY};

const MANIFEST: &str = "id = \"acme\"\nversion = \"1.2.0\"\ntitle = \"Acme Care\"\nlicence = \"CC-BY-4.0\"\nattribution = \"Acme Care\"\nsource = \"Our framework, 2025\"\nrules_api = \"1\"\n";
const DOC: &str =
    "//! # What it notices\n//! Low.\n//! # Why it matters\n//! It does.\n//! # What it cannot know\n//! Much.\n";
/// A rule that applies to the demonstration's answers.
pub(crate) const GOOD: &str = "rule(\"acme.low\", #{\n    title: \"Risk is hard for us\",\n    when: rating(\"FL-5\") <= 2 and not(importance(\"FL-5\") == 1),\n    suggest: [\"small-bet\"],\n    because: \"You rated {behaviour} {value}.\",\n    priority: 99,\n});\n";

/// A pack in a temporary folder.
pub(crate) struct Pack(tempfile::TempDir);

impl Pack {
    pub(crate) fn new(rule: &str) -> Self {
        let folder = tempfile::tempdir().expect("a folder can be made");
        fs::create_dir(folder.path().join("rules")).expect("writable");
        let pack = Self(folder);
        pack.write("pack.toml", MANIFEST);
        pack.rule(rule);
        pack
    }

    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.path().join(name), text).expect("writable");
    }

    fn rule(&self, rule: &str) {
        self.write("rules/a.rhai", &format!("{DOC}{rule}"));
    }
}

/// The demonstration with a pack, at the Rules screen.
fn at_rules(pack: &Pack) -> App {
    App::with_pack(pack.path()).sized(120, 45).keys("6")
}

/// Returns the number of rules of all packs.
fn total(app: &App) -> usize {
    app.model.person.rules.book.as_ref().map_or(0, |book| book.rules.len())
}

#[test]
fn packs_and_families_are_listed_and_a_family_opens() {
    let mut app = App::demo().sized(120, 45).keys("6");
    app.sees(&format!("{} rules: ", total(&app)))
        .sees(" applied, ")
        .sees("Leadership for empowered and healthy communiti");
    let rows = app.model.person.rules.rows.len();
    assert!((50..90).contains(&rows), "a thousand rules are read as some sixty rows: {rows} of {}", total(&app));
    app.sees("Licence: ").sees("By: ").sees("Layer: built in").sees("Problems: none");
    app.press("down");
    app.sees("37 rules are one rule, repeated for each behaviour.").sees("What it notices").sees("Where to find it");
    app.press("enter");
    app.sees("matters-and-not-yet.FL-5");
    assert_eq!(app.model.person.rules.rows.len(), rows + 37);
    app.press("enter");
    assert_eq!(app.model.person.rules.rows.len(), rows);
    app.press("up enter");
    assert!(app.model.person.rules.rows.len() < 10, "you can close a pack");
}

#[test]
fn what_is_typed_narrows_by_id_title_pack_and_state() {
    let mut app = App::demo().keys("6 'FL-5'");
    let ids = |app: &App| {
        let rules = &app.model.person.rules;
        let book = rules.book.as_ref().expect("the rules are there");
        let id = |row: &RuleRow| match row {
            RuleRow::Rule(at, _) => book.rules.get(*at).map(|rule| (rule.id.clone(), rule.truth)),
            _ => None,
        };
        rules.rows.iter().filter_map(id).collect::<Vec<_>>()
    };
    app.sees(&format!("{} of {} rules found", ids(&app).len(), total(&app)));
    assert!(app.styles().contains("\"FL-5\" Yellow"), "{}", app.styles());
    assert!(ids(&app).len() > 5 && ids(&app).iter().all(|(id, _)| id.ends_with(".FL-5")), "{:?}", ids(&app));
    app.press("' applied'");
    assert!(!ids(&app).is_empty() && ids(&app).iter().all(|(_, truth)| *truth == Truth::Yes));
    app.press("ctrl-u 'are you taking on too much yourself'");
    assert_eq!(ids(&app).first().map(|(id, _)| id.as_str()), Some("doing-it-all-myself"));
    app.press("ctrl-u 'lqf'");
    app.sees("There is room to grow in this element").misses("This matters in your role");
    app.press("ctrl-u 'xyzzyq'");
    app.sees("No pack or rule matches that").sees("ctrl-u Clear");
    app.press("ctrl-u");
    app.sees(&format!("{} rules", total(&app)));
}

#[test]
fn a_rule_says_why_it_spoke_why_not_and_what_is_nearest() {
    let mut app = App::demo().sized(120, 60).keys("6 'matters-and-not-yet.FL-5' enter");
    app.sees("This rule applied: You said this is essential")
        .sees("What would change this")
        .sees("+ yes: rating of FL-5 is at most 2");
    app.sees("(line 12, column").sees("What it cannot know").sees("priority 68 of 100").sees("Pack: Leadership");
    app.press("esc ctrl-u 'just missed'");
    let near = app.model.person.rules.rows.iter().filter(|row| matches!(row, RuleRow::Rule(..))).count();
    assert!(near > 0);
    app.press("enter");
    app.sees("This rule did not apply: it applies when ").sees("Nearest to applying: it would apply if you gave ");
    app.press("esc ctrl-u 'room to grow here just missed' enter");
    app.sees("these is enough)").sees("What it would say");
    app.press("esc ctrl-u 'not-yet.SI-5' enter");
    app.sees("Not enough answers: Cairn cannot tell whether ").sees("not answered yet");
}

#[test]
fn a_condition_under_not_says_which_way_it_speaks() {
    let pack = Pack::new(&GOOD.replace("== 1)", "== 3)"));
    let app = at_rules(&pack).keys("'acme.low' enter");
    app.sees("This rule did not apply: it does not apply when importance of FL-5 is 3").sees("which counts against it");
    app.sees("Nearest to applying: it would apply if you gave FL-5 an importance of anything but 3 instead of");
    let pack = Pack::new(GOOD);
    let app = at_rules(&pack).keys("'acme.low' enter");
    app.sees("+ yes: not: importance of FL-5 is 1").sees("which counts for it");
}

#[test]
fn from_an_advice_to_its_rule_to_the_answer_and_back() {
    let mut app = App::demo().sized(80, 24).keys("4 down");
    let row = app.model.person.at[Screen::Advice].row;
    app.press("r");
    app.sees("It uses these answers").sees("enter Go to answer");
    let (rule, code) = {
        let detail = app.model.person.rules.in_front().expect("the rule is there");
        let looked = detail.looked.first().expect("it looked at something");
        (detail.id.clone(), looked.code.clone())
    };
    assert_eq!(app.model.person.snapshot.advised.shown[row].reasons[0].rule, rule);
    app.press("enter");
    app.sees(&code).sees("What you said on").sees("Rating: ").sees("tab Next");
    app.press("tab");
    app.sees("How often do you do this");
    app.press("esc");
    app.sees("It uses these answers");
    assert_eq!(app.model.person.rules.in_front().map(|detail| detail.id.clone()), Some(rule));
    app.press("esc");
    app.sees("a Accept");
    assert_eq!((app.model.person.screen, app.model.person.at[Screen::Advice].row), (Screen::Advice, row));
}

#[test]
fn the_words_that_a_rule_found_are_the_answer_it_leads_to() {
    let mut app = App::new().keys("/ 'FC-5' enter 2 3 'It is quicker myself.' ctrl-s");
    app.press("6 'are you taking on too much yourself' enter");
    app.sees("\u{201c}quicker myself\u{201d}, 22 Nov");
    app.press("enter");
    app.sees("What you said on Sun 22 Nov 2026").sees("It is quicker myself.").sees("Importance: Essential");
}

#[test]
fn what_nobody_answered_can_be_answered_and_the_rule_speaks_then() {
    let mut app = App::new().keys("6 'matters-and-not-yet.FL-5' enter");
    app.sees("not answered yet");
    app.press("enter");
    app.sees("How often do you do this");
    app.press("2 3 ctrl-s");
    app.sees("Saved.");
    app.press("esc");
    app.sees("This rule applied: You said this is essential");
    app.press("esc ctrl-u");
    app.sees(&format!("{} rules: 1 applied", total(&app)));
}

#[test]
fn a_pack_with_a_fault_is_told_in_full() {
    let pack = Pack::new(&GOOD.replace("rating(", "raitng("));
    let app = at_rules(&pack);
    app.sees("! Problems to fix: 1 fault")
        .sees("! error: ")
        .sees("rules/a.rhai:9:")
        .sees("9 |     when: raitng(\"FL-5\")");
    app.sees("what to do: ").sees("rating");
    let screen = app.screen();
    let rows: Vec<&str> = screen.lines().collect();
    let at = rows.iter().position(|row| row.contains("when: raitng")).expect("the line is quoted");
    let column = |row: &str, what: &str| row.split_once(what).map(|(before, _)| before.chars().count());
    assert_eq!(column(rows[at + 1], "^"), column(rows[at], "raitng"), "{screen}");
    let gone = App::with_pack(Path::new("nowhere-at-all")).sized(120, 45);
    gone.sees("! See what is wrong with a pack or a rule");
    let gone = gone.keys("6 down");
    gone.sees("! nowhere-at-all").sees("not used, 1 fault").sees("Cairn is not using this pack").sees("cannot be read");
}

#[test]
fn a_rule_that_is_switched_off_never_spoke_and_a_change_is_told() {
    let pack = Pack::new(
        "disable(\"doing-it-all-myself\", \"we have another way\");\nadjust(\"running-on-empty\", #{ priority: 10, note: \"until June\" });\n",
    );
    let app = at_rules(&pack);
    app.sees(", 1 switched off");
    let mut app = app.keys("'switched off' enter");
    app.sees("Are you taking on too much yourself?")
        .sees("This rule never applies: it is switched off by")
        .sees("we have another way");
    app.sees("What it would say").misses("This rule applied");
    app.press("esc ctrl-u 'sound worn out' enter");
    app.sees("What later packs changed").sees("until June");
}

/// Checks for changed packs, as the worker does twice a second on this screen.
fn look(app: &mut App) {
    assert_eq!(app.model.idle_after(), Some(500));
    app.send(Msg::Idle);
}

#[test]
fn a_changed_file_is_read_again_and_advice_follows() {
    let pack = Pack::new(GOOD);
    let mut app = at_rules(&pack);
    look(&mut app);
    assert_eq!(app.model.person.notice, None, "nothing is different");
    let advised = |app: &App| format!("{:?}", app.model.person.snapshot.advised.shown);
    assert!(advised(&app).contains("acme.low"));
    pack.rule(&GOOD.replace("acme.low", "acme.new").replace("Risk is hard for us", "Risk again"));
    look(&mut app);
    app.sees("Packs loaded: 1 rule from Acme Care.").sees("Risk again").misses("Risk is hard");
    assert!(advised(&app).contains("acme.new") && !advised(&app).contains("acme.low"));
    app.press("'acme.new' enter");
    app.sees("This rule applied: You rated");
    pack.rule("");
    app.press("r");
    app.sees("Packs loaded: Acme Care, which adds no rules.").sees("This rule no longer exists");
    app.press("esc ctrl-u");
    app.press("ctrl-r");
    app.sees("Nothing has changed since the packs were last read.");
}

#[test]
fn a_fault_keeps_the_old_rules_until_it_is_mended() {
    let pack = Pack::new(GOOD);
    let mut app = at_rules(&pack);
    let rules = |app: &App| app.desk.loaded_packs.rules.rules().len();
    let before = (rules(&app), app.model.person.snapshot.advised.clone());
    for wrong in ["rule(", "rule(\"acme.low\", #{ title: 7 });", &GOOD.replace("small-bet", "no-such-thing")] {
        pack.rule(wrong);
        look(&mut app);
        app.sees("! Using old rules: ").sees("rules/a.rhai:").sees("using old rules, ");
        assert_eq!((rules(&app), app.model.person.snapshot.advised.clone()), before, "{wrong}");
        app.press("f4");
        app.sees("! Using old rules: ");
        app.press("f6");
        look(&mut app);
    }
    pack.write("pack.toml", "id = ");
    look(&mut app);
    app.sees("! Using old rules: ").sees("pack.toml:1");
    fs::remove_file(pack.path().join("pack.toml")).expect("removable");
    look(&mut app);
    app.sees("Using old rules: ").sees("has no pack.toml");
    assert_eq!(rules(&app), before.0);
    pack.write("pack.toml", MANIFEST);
    pack.rule(&format!("{GOOD}{}", GOOD.replace("acme.low", "acme.two")));
    look(&mut app);
    app.sees("Packs loaded: 2 rules from Acme Care.").misses("Using old rules").misses("Problems to fix");
    assert_eq!(rules(&app), before.0 + 1);
    assert_eq!(app.model.shell.banner, "");
}

#[test]
fn one_wrong_pack_does_not_hold_another_back() {
    let (good, wrong) = (Pack::new(GOOD), Pack::new(GOOD));
    wrong.write("pack.toml", "id = ");
    let packs = vec![wrong.path().to_path_buf(), good.path().to_path_buf()];
    let opening = OpenOptions { demo: true, today: Some(TODAY), packs, ..OpenOptions::default() };
    let mut app = App::over(&opening).sized(120, 45).keys("6");
    app.sees("not used, 1 fault").sees("Risk is hard for us");
    good.rule(&GOOD.replace("Risk is hard for us", "Risk again"));
    look(&mut app);
    app.sees("Packs loaded: 1 rule from Acme Care. Still to fix: 1 thing.").sees("Risk again");
    // Once repaired, it declares rules with names that exist already. The later pack, which had no fault before, is the
    // one with the fault.
    wrong.write("pack.toml", &MANIFEST.replace("\"acme\"", "\"first\""));
    look(&mut app);
    let book = app.model.person.rules.book.clone().expect("the rules are there");
    assert!(book.faults().any(|fault| fault.severity == Severity::Error && fault.message.contains("declared twice")));
    assert_eq!(app.desk.loaded_packs.rules.rules().iter().filter(|rule| rule.id == "acme.low").count(), 1);
}

#[test]
fn packs_that_were_added_are_watched_too() {
    let (cairn, pack) = (crate::binary::Cairn::new(), Pack::new(GOOD));
    let folder = pack.path().display().to_string();
    cairn.run(&["pack", "add", &folder]).exits(0);
    let opening = OpenOptions { data_dir: Some(cairn.data()), today: Some(TODAY), ..OpenOptions::default() };
    let mut app = App::over(&opening).sized(120, 45).keys("6");
    app.sees("Acme Care 1.2.0").sees("Layer: organisation").sees("Signature: not signed").sees(&folder);
    pack.write("pack.toml", &MANIFEST.replace("1.2.0", "1.3.0"));
    pack.rule(&GOOD.replace("Risk is hard for us", "Risk again"));
    look(&mut app);
    app.misses("Risk again");
    cairn.run(&["pack", "add", &folder]).exits(0);
    look(&mut app);
    app.sees("Packs loaded: 1 rule from Acme Care.").sees("Risk again").sees("Acme Care 1.3.0");
    cairn.run(&["pack", "remove", "acme"]).exits(0);
    look(&mut app);
    app.sees("Packs loaded. There are no packs in the folders.").misses("Acme Care");
    assert_eq!(app.model.idle_after(), None, "nothing is left to watch");
}

#[test]
fn words_being_written_survive_new_packs() {
    let pack = Pack::new(GOOD);
    let mut app = App::with_pack(pack.path()).keys("/ 'DT-7' enter 2 3 'Half a thought' f6");
    let framework = "id = \"mini\"\nedition = \"1\"\ntitle = \"Mini\"\nsummary = \"s\"\n[[theme]]\ncode = \"MI\"\nid = \"mini\"\ntitle = \"Mini\"\n[[behaviour]]\ncode = \"MI-1\"\ntheme = \"MI\"\ntitle = \"Does it\"\nstatement = \"Does it.\"\n";
    pack.write("framework.toml", framework);
    look(&mut app);
    app.press("esc");
    app.sees("DT-7").sees("Half a thought");
    app.press("f2 ctrl-u 'MI-1'");
    app.sees("Does it");
    app.press("enter tab tab 'Ours' f6");
    fs::remove_file(pack.path().join("framework.toml")).expect("removable");
    look(&mut app);
    app.sees("Packs loaded");
    assert!(app.model.person.reflect.is_none(), "its behaviour is gone, and its words are saved as a draft");
    app.press("esc");
    assert_ne!(app.model.person.screen, Screen::Reflect);
    pack.write("framework.toml", framework);
    app.press("f6");
    look(&mut app);
    app.press("f2 ctrl-u 'MI-1' enter");
    app.sees("Your draft is here").sees("Ours");
}

#[test]
fn nothing_wakes_the_program_where_there_is_nothing_to_watch() {
    let mut app = App::demo().keys("6");
    assert_eq!(app.model.idle_after(), None, "built-in packs do not change");
    app.press("ctrl-r");
    app.sees("All packs are built in");
    let pack = Pack::new(GOOD);
    let mut app = at_rules(&pack);
    assert_eq!(app.model.idle_after(), Some(500));
    for key in ["f4", "f5", "f2"] {
        app.press(key);
        assert_eq!(app.model.idle_after(), None, "{key}");
        app.press("f6");
    }
    let mut model = app.model.clone();
    let asks = |model: &mut Model| update(model, Msg::Idle);
    assert!(matches!(asks(&mut model).as_slice(), [Effect::Look(Query::Reread { asked: false })]));
    assert!(update(&mut model, Msg::Unchanged).is_empty());
}

#[test]
fn nothing_is_asked_twice_and_nothing_before_the_records_are_open() {
    let mut model = Model::new(TODAY, false);
    let press = |model: &mut Model, key: &str| update(model, Msg::Key(key.parse().expect("it is a key")));
    assert_eq!(press(&mut model, "6"), []);
    let mut model = App::demo().model;
    assert_eq!(press(&mut model, "6"), [Effect::Look(Query::Rulebook)]);
    assert_eq!(press(&mut model, "down"), [], "it is on its way");
    let mut model = App::demo().keys("6").model;
    let asked = press(&mut model, "down");
    assert!(matches!(asked.as_slice(), [Effect::Look(Query::Rule(_))]), "{asked:?}");
    assert_eq!(press(&mut model, "left"), []);
    update(&mut model, Msg::Failed("The disk is full.".to_owned()));
    assert_eq!(press(&mut model, "left"), [], "what failed is not asked for with every key");
}

#[test]
fn titles_of_all_kinds_and_hostile_names_paint_nothing() {
    let title = "Ll\u{177}r\u{2019}s caf\u{e9} \u{1f469}\u{200d}\u{1f469}\u{200d}\u{1f467} \u{6f22}\u{5b57} \u{627}\u{644}\u{639}\u{631}\u{628}\u{64a}\u{629} Donaudampfschifffahrtsgesellschaftskapit\u{e4}nsm\u{fc}tzenabzeichen";
    let pack = Pack::new(&GOOD.replace("Risk is hard for us", &format!("{title}\\x1b[31m\\u202e")));
    pack.write("rules/\u{1b}[31m\u{202e}b.rhai", "rule(");
    pack.write("rules/c.rhai", "rule(\"\u{1b}]0;x\u{7}\u{202e}");
    for (columns, rows) in [(50, 14), (60, 20), (80, 24), (160, 45)] {
        for keys in ["6", "6 down", "6 down down", "6 'caf' enter", "4 r"] {
            let app = App::with_pack(pack.path()).sized(columns, rows).keys(keys);
            let screen = app.screen();
            let paints = |c: char| (c.is_control() && c != '\n') || ('\u{202a}'..='\u{202e}').contains(&c);
            assert!(!screen.contains(paints), "{keys} at {columns}x{rows}: {screen:?}");
        }
    }
}

#[test]
fn a_thousand_rules_are_listed_at_once() {
    let many: String = (0..1_000).map(|n| GOOD.replace("acme.low", &format!("acme.low-{n}")) + "\n").collect();
    let pack = Pack::new("");
    for part in 0..4 {
        let quarter: Vec<&str> = many.split_inclusive("});\n\n").skip(part * 250).take(250).collect();
        pack.write(&format!("rules/m{part}.rhai"), &format!("{DOC}{}", quarter.concat()));
    }
    let mut app = at_rules(&pack);
    assert!(total(&app) > 1_900, "{}", total(&app));
    app.sees(&format!("{} rules", total(&app)));
    app.press("'low-77' enter");
    app.sees("acme.low-77, 1 of 11");
}

/// Measures the cost of loading the Rules screen, which must never delay work on the records.
#[test]
fn a_rulebook_and_a_rule_cost_milliseconds() {
    let opening = OpenOptions { demo: true, today: Some(TODAY), ..OpenOptions::default() };
    let desk = Desk::open(&opening).expect("the desk opens");
    let best = |work: &dyn Fn()| {
        let once = || {
            let watch = cairn_coach::os::Stopwatch::start();
            work();
            watch.elapsed()
        };
        (0..9).map(|_| once()).min().unwrap_or_default()
    };
    let book = best(&|| drop(desk.rulebook().expect("readable")));
    let rule = best(&|| drop(desk.judged("not-yet.FL-5").expect("readable")));
    // Limits without optimisation on a busy machine; the release build needs far less than a tenth.
    assert!(book < Duration::from_millis(200) && rule < Duration::from_millis(20), "{book:?} {rule:?}");
}

#[test]
fn without_colour_what_spoke_is_still_marked() {
    let mut app = App::demo().keys("6 'applied'");
    app.theme = Theme::built_in("mono").expect("it comes along");
    app.sees("+ ").sees("applied");
    assert!(!app.styles().contains("Green"), "{}", app.styles());
}

/// Snapshots of each view at three sizes. The pack is in a folder whose name is the same on every machine.
#[test]
fn every_view_as_it_is() {
    let views = [
        ("rules", "6"),
        ("rules-family", "6 down"),
        ("rules-found", "6 'fl-5'"),
        ("rule-spoke", "6 'matters-and-not-yet.FL-5' enter"),
        ("rule-came-close", "6 'just missed' enter"),
        ("rule-answer", "4 r enter"),
    ];
    for (name, script) in views {
        for (columns, rows) in [(60, 20), (80, 24), (160, 45)] {
            let app = App::demo().sized(columns, rows).keys(script);
            insta::assert_snapshot!(format!("{name}-{columns}x{rows}"), app.screen());
        }
    }
}
