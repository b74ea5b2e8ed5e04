//! The cost of rules: 50 and 1,000 of them loaded, evaluated and explained, compared with the same rules as Rhai
//! closures over typed answers. Run with `cargo bench --bench rules`.
//!
//! A generated rule has four or five conditions, one of them with alternatives; about two in five rules fire. Both
//! sides see the same person: 37 behaviours rated on two dates, with a reflection on each. The reference is what a host
//! with closures would do: one call of a function pointer per rule, the answers in hash tables behind an `Rc`, words
//! folded and counted beforehand. It is compared with rules whose facts were computed beforehand, as its own were; a
//! second row starts from the profile each time, with texts not folded. Both must fire the same rules. Processor time,
//! alternating, medians.

#![expect(clippy::print_stdout, reason = "a benchmark's table is its result")]
#![expect(clippy::cast_precision_loss, reason = "counts as figures of a table")]

#[path = "measure.rs"]
mod measure;
#[path = "synthetic.rs"]
#[expect(dead_code, reason = "only its random numbers are used")]
mod synthetic;
#[path = "table.rs"]
#[expect(dead_code, reason = "shared with the other benchmarks")]
mod table;

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};
use std::process::ExitCode;
use std::rc::Rc;
use std::sync::Arc;

use cairn_coach::desk::{LoadedPacks, PackRules};
use cairn_coach::domain::{Answer, Library, Person, Profile, Rated, Reflection, Truth, fold};
use cairn_coach::pack::{PackFiles, builtin_packs, load};
use cairn_coach::rules::{Facts, RuleSet, advise, leaves_seen, truth};
use rhai::packages::{ArithmeticPackage, LogicPackage, Package};
use rhai::{AST, Engine, FnPtr, ImmutableString};

use measure::{Outcome, cpu_ms, in_turns, wall_ms, wanted};
use synthetic::Xorshift;
use table::{Bar, Table};

/// Rules per file of the pack.
const A_FILE: usize = 50;
/// Phrases that rules look for, and the rest of the texts.
const PHRASES: [&str; 6] = ["no time", "on my own", "quicker myself", "too busy", "red tape", "as always"];
const SENTENCES: [&str; 4] = [
    "On Tuesday I asked the team how the rota could work for everybody and waited for their ideas.",
    "It was quicker myself, because there was no time to explain it before the visit.",
    "We walked through the street with two residents and wrote down what they would like to begin.",
    "There is so much red tape that I stopped asking, and did it on my own as always.",
];

fn main() -> Outcome<ExitCode> {
    if !wanted() {
        return Ok(ExitCode::SUCCESS);
    }
    let mut table = Table::begin();
    measure(50, &mut table)?;
    measure(1_000, &mut table)?;
    Ok(table.end())
}

fn measure(count: usize, table: &mut Table) -> Outcome<()> {
    let texts = texts(count);
    let library = library(&texts)?;
    let (set, faults) = RuleSet::load(&library);
    if let Some(fault) = faults.first() {
        return Err(format!("the rules do not load: {} ({})", fault.message, fault.place()).into());
    }
    let profile = profile(&library);
    let closures = Closures::load(&texts)?;
    let answers = Answers::of(&library, &profile);
    let (ours, theirs) = (fired(&set, &Facts::new(&library, &profile)), closures.fired(&answers)?);
    if set.rules().len() != count || ours != theirs {
        return Err(format!(
            "{} rules, of which fire {} here and {} there",
            set.rules().len(),
            ours.len(),
            theirs.len()
        )
        .into());
    }
    let share = 100 * ours.len() / count;

    let what = |what: &str| format!("rules: {count} {what}");
    let load = || Ok(wall_ms(|| RuleSet::load(&library)));
    let compile = || Ok(wall_ms(|| Closures::load(&texts).map(|closures| closures.rules.len())));
    let loaded = in_turns(11, load, compile)?;
    table.ratio(&what("loaded / compiled as closures"), loaded, Bar::None);
    table.figure(&what("loaded"), loaded.0, Bar::AtMost(100.0));

    // One pass over few rules takes less time than reading the clock.
    let (rounds, batch) = (21, 5_000 / count);
    let times = |work: &dyn Fn() -> usize| Ok(cpu_ms(|| (0..batch).map(|_| work()).sum::<usize>()) / batch as f64);
    let reference = || times(&|| closures.fired(&answers).map_or(0, |fired| fired.len()));
    let facts = Facts::new(&library, &profile);
    let evaluated = in_turns(rounds, || times(&|| fired(&set, &facts).len()), reference)?;
    table.ratio(&format!("{} / as Rhai closures ({share} % fire)", what("evaluated")), evaluated, Bar::AtMost(0.1));
    let afresh = || times(&|| fired(&set, &Facts::new(&library, &profile)).len());
    let evaluated = in_turns(rounds, afresh, reference)?;
    table.ratio(&what("evaluated from the profile / as Rhai closures"), evaluated, Bar::None);
    table.figure(&what("evaluated from the profile"), evaluated.0, Bar::AtMost(1.0));

    let explained = || times(&|| explain(&set, &Facts::new(&library, &profile)));
    let advised = || times(&|| advise(&set, &library, &profile).shown.len());
    let (explained, advised) = in_turns(rounds, explained, advised)?;
    table.figure(&what("evaluated, every leaf explained"), explained, Bar::AtMost(5.0));
    table.figure(&what("advised: ranked, reasons and near misses in words"), advised, Bar::AtMost(5.0));

    // What the Rules screen computes: all rules when it is opened, one rule when it is marked.
    let loaded_packs =
        LoadedPacks { library: Arc::clone(&library), rules: PackRules::Read(set.clone()), ..LoadedPacks::default() };
    let first = set.rules().first().ok_or("no rule")?;
    let book = || times(&|| loaded_packs.rulebook(&profile).rules.len());
    let one = || times(&|| loaded_packs.judged(first, &profile).leaves.len());
    let (book, one) = in_turns(rounds, book, one)?;
    table.figure(&what("listed with how each came out"), book, Bar::AtMost(5.0));
    table.figure(&what("and one of them shown whole"), one, Bar::AtMost(1.0));
    Ok(())
}

/// Returns the ids of the rules that fire.
fn fired<'a>(set: &'a RuleSet, facts: &Facts<'_>) -> Vec<&'a str> {
    let outcomes = set.truths(facts);
    set.rules()
        .iter()
        .zip(outcomes)
        .filter(|(_, truth)| *truth == Truth::Yes)
        .map(|(rule, _)| rule.id.as_str())
        .collect()
}

/// Explains every leaf of every rule. Returns the number of leaves.
fn explain(set: &RuleSet, facts: &Facts<'_>) -> usize {
    let seen = |rule: &cairn_coach::rules::Rule| (truth(&rule.when, facts), leaves_seen(&rule.when, facts));
    set.rules().iter().map(|rule| seen(rule).1.len()).sum()
}

/// One rule in both dialects.
struct Text {
    id: String,
    ours: String,
    closure: String,
}

/// Returns rules whose conditions differ in kind, behaviour and threshold.
fn texts(count: usize) -> Vec<Text> {
    let library = load(&builtin_packs()).library;
    let codes: Vec<&str> = ours(&library).collect();
    let activities: Vec<&str> = library.activities.iter().map(|activity| activity.id.as_str()).collect();
    let mut random = Xorshift::new(7);
    (0..count)
        .map(|number| {
            let code = *one_of(&codes, &mut random);
            let parts: Vec<(String, String)> = (0..2 + random.below(3)).map(|_| atom(&mut random, code, &codes)).collect();
            let (one, two) = (atom(&mut random, code, &codes), atom(&mut random, code, &codes));
            let joined = |pick: fn(&(String, String)) -> &String, and: &str, or: &str| {
                let mut words = format!("({} {or} {})", pick(&one), pick(&two));
                for part in &parts {
                    words = format!("{words} {and} {}", pick(part));
                }
                words
            };
            let id = format!("made.{number}");
            let (first, second) = (one_of(&activities, &mut random), one_of(&activities, &mut random));
            let ours = format!(
                "rule(\"{id}\", #{{\n    title: \"Rule {number}\",\n    when: {},\n    suggest: [\"{first}\", \"{second}\"],\n    \
                 because: \"You rated «{{behaviour}}» {{value}}.\",\n    priority: {},\n}});\n",
                joined(|part| &part.0, "and", "or"),
                random.below(101),
            );
            let closure = format!("rule(\"{id}\", |a| {});\n", joined(|part| &part.1, "&&", "||"));
            Text { id, ours, closure }
        })
        .collect()
}

/// Returns the codes of the behaviours that rules are about.
fn ours(library: &Library) -> impl Iterator<Item = &str> {
    let own = library.behaviours.iter().filter(|behaviour| behaviour.framework == "empowered-communities");
    own.map(|behaviour| behaviour.code.as_str())
}

fn one_of<'a, T>(list: &'a [T], random: &mut Xorshift) -> &'a T {
    &list[random.below(list.len())]
}

/// Returns one condition in both dialects; four in five hold.
fn atom(random: &mut Xorshift, code: &str, codes: &[&str]) -> (String, String) {
    let code = if random.below(3) == 0 { *one_of(codes, random) } else { code };
    let same = |text: String| (text.clone(), format!("a.{text}"));
    match random.below(10) {
        0..3 => same(format!("rating(\"{code}\") <= {}", 3 + random.below(3))),
        3..5 => same(format!("rating(\"{code}\") >= {}", 1 + random.below(3))),
        5 => same(format!("importance(\"{code}\") >= {}", 1 + random.below(2))),
        6 => same(format!("level() >= {}", 1 + random.below(2))),
        7 => same(format!("trend(\"{code}\", 2) >= {}", random.below(2))),
        8 => same(format!("words(\"{code}\") > {}", 10 + random.below(30))),
        _ => {
            let phrase = one_of(&PHRASES, random);
            let mention = format!("mentions(\"{code}\", \"{phrase}\")");
            (format!("not({mention})"), format!("!a.{mention}"))
        }
    }
}

/// Loads the built-in packs with the rules of a generated pack in place of their own.
fn library(texts: &[Text]) -> Outcome<Arc<Library>> {
    let manifest = "id = \"made\"\nversion = \"1.0.0\"\ntitle = \"Made\"\nlicence = \"MIT\"\nattribution = \"nobody\"\n\
                    source = \"a bench\"\nrules_api = \"1\"\nrequires = [\"empowered-communities >=1.0.0\"]\n";
    let head: String = cairn_coach::rules::HEADINGS
        .iter()
        .fold(String::new(), |head, heading| head + "//! # " + *heading + "\n//! It was made to be measured.\n");
    let mut files = BTreeMap::from([("pack.toml".to_owned(), manifest.to_owned())]);
    for (number, some) in texts.chunks(A_FILE).enumerate() {
        let rules: String = some.iter().map(|text| text.ours.as_str()).collect();
        files.insert(format!("rules/{number:03}.rhai"), format!("{head}\n{rules}"));
    }
    let mut packs = builtin_packs();
    for pack in &mut packs {
        pack.files.retain(|path, _| !path.starts_with("rules/"));
    }
    packs.push(PackFiles { label: "made".to_owned(), origin: "made".to_owned(), files });
    let loaded = load(&packs);
    match loaded.faults.first() {
        Some(fault) => Err(format!("the pack does not load: {} ({})", fault.message, fault.place()).into()),
        None => Ok(Arc::new(loaded.library)),
    }
}

/// Returns the profile of a team leader with answers on two dates.
fn profile(library: &Library) -> Profile {
    let mut random = Xorshift::new(11);
    let mut answers = Vec::new();
    for code in ours(library) {
        for on in [jiff::civil::date(2026, 9, 1), jiff::civil::date(2026, 11, 2)] {
            let text = format!("{} {}", one_of(&SENTENCES, &mut random), one_of(&SENTENCES, &mut random));
            answers.push(Answer {
                framework: "empowered-communities".to_owned(),
                edition: "2012".to_owned(),
                behaviour: code.to_owned(),
                rated: Rated::Value(1 + i64::try_from(random.below(5)).unwrap_or(0)),
                importance: Some(1 + i64::try_from(random.below(3)).unwrap_or(0)),
                reflections: vec![Reflection { prompt: String::new(), text }],
                ..Answer::blank(on)
            });
        }
    }
    let person = Person { level: Some("managers".to_owned()), ..Person::default() };
    Profile::new(library, person, jiff::civil::date(2026, 11, 22), answers, &[], &[])
}

/// The argument of the closures: everything looked up and folded beforehand.
#[derive(Clone)]
struct Answers(Rc<Known>);

struct Known {
    level: i64,
    by_code: HashMap<String, One>,
}

struct One {
    rating: i64,
    importance: i64,
    trend: i64,
    words: i64,
    folded: String,
}

impl Answers {
    fn of(library: &Library, profile: &Profile) -> Self {
        let one = |ix| {
            let standing = profile.of(ix)?;
            let text: String = standing.newest()?.words().collect();
            Some(One {
                rating: standing.rated.value()?,
                importance: standing.importance?,
                trend: standing.trend(2)?,
                words: i64::try_from(text.split_whitespace().count()).ok()?,
                folded: fold(&text),
            })
        };
        let by_code = library.indices().filter_map(|ix| Some((library.behaviour(ix).code.clone(), one(ix)?))).collect();
        let level =
            profile.person.level.as_deref().and_then(|own| library.level(own)).map_or(0, |(_, position, _)| position);
        Self(Rc::new(Known { level: i64::try_from(level).unwrap_or(0), by_code }))
    }

    fn number(&self, code: &str, number: impl Fn(&One) -> i64) -> i64 {
        self.0.by_code.get(code).map_or(-1, number)
    }
}

/// A code as Rhai passes it.
type Code = ImmutableString;

/// The same rules as Rhai closures.
struct Closures {
    engine: Engine,
    ast: AST,
    rules: Vec<(ImmutableString, FnPtr)>,
}

impl Closures {
    fn load(texts: &[Text]) -> Outcome<Self> {
        let mut engine = Engine::new_raw();
        ArithmeticPackage::new().register_into_engine(&mut engine);
        LogicPackage::new().register_into_engine(&mut engine);
        engine.register_type_with_name::<Answers>("answers");
        engine.register_fn("level", |a: &mut Answers| a.0.level);
        engine.register_fn("rating", |a: &mut Answers, code: Code| a.number(&code, |one| one.rating));
        engine.register_fn("importance", |a: &mut Answers, code: Code| a.number(&code, |one| one.importance));
        engine.register_fn("trend", |a: &mut Answers, code: Code, _ratings: i64| a.number(&code, |one| one.trend));
        engine.register_fn("words", |a: &mut Answers, code: Code| a.number(&code, |one| one.words));
        engine.register_fn("mentions", |a: &mut Answers, code: Code, phrase: Code| {
            a.0.by_code.get(code.as_str()).is_some_and(|one| one.folded.contains(phrase.as_str()))
        });
        let found: Rc<RefCell<Vec<(Code, FnPtr)>>> = Rc::default();
        let finding = Rc::clone(&found);
        engine.register_fn("rule", move |id: Code, when: FnPtr| finding.borrow_mut().push((id, when)));
        let script: String = texts.iter().map(|text| text.closure.as_str()).collect();
        let ast = engine.compile(script)?;
        engine.run_ast(&ast)?;
        let rules = found.take();
        if rules.iter().map(|(id, _)| id.as_str()).ne(texts.iter().map(|text| text.id.as_str())) {
            return Err("the closures are not the rules".into());
        }
        Ok(Self { engine, ast, rules })
    }

    /// Returns the ids of the rules that fire.
    fn fired(&self, answers: &Answers) -> Outcome<Vec<&str>> {
        let mut fired = Vec::new();
        for (id, when) in &self.rules {
            if when.call::<bool>(&self.engine, &self.ast, (answers.clone(),))? {
                fired.push(id.as_str());
            }
        }
        Ok(fired)
    }
}
