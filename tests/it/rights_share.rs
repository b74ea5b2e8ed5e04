//! A coach and a client on two machines, with the real binary: what is shared arrives unchanged, opening it twice adds
//! nothing, and an invalid file is rejected as a whole.

use std::fs;

use cairn_coach::seal::{Identity, Recipient, open_with_keys, seal_for};
use serde_json::{Value, json};

use crate::binary::{Cairn, Ran, has_keys};
use crate::cli_answers::{file_of, month};

/// Maximum size of the content in bytes.
const CAP: u64 = 1 << 24;

/// Two people, each with records of their own.
pub(crate) struct Two {
    pub(crate) cairn: Cairn,
}

impl Two {
    pub(crate) fn new() -> Self {
        let two = Self { cairn: Cairn::new() };
        two.coach(&["people", "add", "Amira Khan"]).exits(0);
        two
    }

    pub(crate) fn coach(&self, args: &[&str]) -> Ran {
        self.cairn.run_in("coach", args)
    }

    fn client(&self, args: &[&str]) -> Ran {
        self.cairn.run_in("client", args)
    }

    fn key(&self, whose: &str) -> String {
        let ran = self.cairn.run_in(whose, &["share", "--my-key", "--json"]).exits(0);
        has_keys(&ran.json(), &["key", "last", "name"]);
        ran.json()["key"].as_str().expect("a key").to_owned()
    }

    /// The client writes a month of answers and a plan, and shares them.
    pub(crate) fn client_shares(&self) -> String {
        self.cairn.file("a.json", file_of(&month()));
        self.client(&["reflect", "--from", "a.json"]).exits(0);
        self.client(&["plan", "add", "Ask the quietest first", "--due", "2026-11-30"]).exits(0);
        let key = self.key("coach");
        let ran =
            self.client(&["share", "--yes", "--to", &key, "--name", "My coach", "--out", "to-coach.age"]).exits(0);
        assert!(ran.out.contains("called My coach, and for yourself") && ran.out.contains("SHA-256"), "{}", ran.out);
        key
    }
}

fn exported(ran: &Ran) -> Value {
    ran.json()["people"][0]["records"].clone()
}

#[test]
fn what_a_client_shares_becomes_records_of_that_client_as_it_was_given() {
    let two = Two::new();
    two.client_shares();
    let look = two.coach(&["open", "--yes", "to-coach.age", "--dry-run"]).exits(0).out;
    assert!(look.contains("1 action") && look.contains("Nothing was imported"), "{look}");
    two.coach(&["open", "--yes", "to-coach.age"]).exits(2).says(&["which of your clients", "--person"]);
    two.coach(&["--person", "amira", "open", "--yes", "to-coach.age"]).exits(2).says(&["has no name yet", "--name"]);
    let args = ["--person", "amira", "open", "--yes", "to-coach.age", "--with-mine", "--name", "Amira's key", "--json"];
    let taken = two.coach(&args).exits(0).json();
    has_keys(&taken, &["about", "name", "from", "content", "taken_in"]);
    assert_eq!(taken["taken_in"]["person"], "Amira Khan");
    assert_eq!(taken["taken_in"]["answers"], taken["content"]["answers"]);
    let hers = exported(&two.coach(&["export", "--subject", "amira", "--plaintext"]).exits(0));
    let own = exported(&two.client(&["export", "--subject", "me", "--plaintext"]).exits(0));
    let said = |records: &Value| -> Vec<Value> {
        let rows = records["answers"].as_array().expect("answers");
        let brief = |row: &Value| json!([row["behaviour"], row["by"], row["rating"], row["on"], row["evidence"]]);
        let mut all: Vec<Value> = rows.iter().map(brief).collect();
        all.sort_by_key(ToString::to_string);
        all
    };
    assert_eq!(said(&hers), said(&own));
    let reflected = |records: &Value| records["reflections"].as_array().map(Vec::len);
    assert_eq!(reflected(&hers), reflected(&own));
    assert_eq!(hers["action_states"][0]["title"], "Ask the quietest first");
    // Opened again it adds nothing, and the sender's key is known.
    let again = two.coach(&["open", "--yes", "to-coach.age"]).exits(0).out;
    assert!(again.contains("Nothing was added"), "{again}");
    let after = exported(&two.coach(&["export", "--subject", "amira", "--plaintext"]).exits(0));
    assert_eq!(after, hers);
    let mine = exported(&two.coach(&["export", "--subject", "me", "--plaintext"]).exits(0));
    assert_eq!(mine["answers"], Value::Null, "nothing of it is the coach's");
    let again = two.client(&["open", "--yes", "to-coach.age"]).exits(0).out;
    assert!(again.contains("You made this file yourself, so there is nothing to import."), "{again}");
}

#[test]
fn what_comes_back_adds_only_what_is_new() {
    let two = Two::new();
    two.client_shares();
    two.coach(&["--person", "amira", "open", "--yes", "to-coach.age", "--name", "Amira"]).exits(0);
    let view = json!({"today": "2026-11-22", "answers": [
        {"behaviour": "DT-6", "rating": 4, "on": "2026-11-21", "by": "coach", "evidence": "The rota meeting."}]});
    two.cairn.file("view.json", view.to_string());
    two.coach(&["--person", "amira", "reflect", "--from", "view.json"]).exits(0);
    let plan = two.coach(&["--person", "amira", "plan", "--json"]).exits(0).rows();
    let id = plan[0]["id"].as_str().expect("an id");
    two.coach(&["--person", "amira", "plan", "done", id, "--learned", "They wait to be asked"]).exits(0);
    let shared = two.coach(&["--person", "amira", "share", "--yes", "--to", "Amira", "--json"]).exits(0).json();
    has_keys(&shared, &["file", "sealed_for", "content"]);
    let file = shared["file"].as_str().expect("a name");
    assert_eq!(file, "cairn-share-2026-11-22-AK.age");
    let taken = two.client(&["open", "--yes", file, "--json"]).exits(0).json()["taken_in"].clone();
    assert_eq!((&taken["person"], &taken["answers"], &taken["actions"]), (&json!("me"), &json!(1), &json!(0)));
    assert_eq!(taken["changes_of_actions"], 1);
    let plan = two.client(&["plan", "--json"]).exits(0).rows();
    assert_eq!(
        (plan.len(), &plan[0]["status"], &plan[0]["learned"]),
        (1, &json!("done"), &json!("They wait to be asked"))
    );
    let own = exported(&two.client(&["export", "--subject", "me", "--plaintext"]).exits(0));
    let told = own["answers"].as_array().expect("answers").iter().filter(|row| row["evidence"] == "The rota meeting.");
    assert_eq!(told.map(|row| row["by"].clone()).collect::<Vec<_>>(), ["coach"]);
    assert_eq!(own["action_states"].as_array().map(Vec::len), Some(2), "the older state stays");
    let taken = two.client(&["open", "--yes", file, "--json"]).exits(0).json()["taken_in"].clone();
    assert_eq!((&taken["answers"], &taken["actions"], &taken["changes_of_actions"]), (&json!(0), &json!(0), &json!(0)));
    // Opening the older file after the newer one does not restore an older state.
    two.coach(&["open", "--yes", "to-coach.age"]).exits(0);
    assert_eq!(two.coach(&["--person", "amira", "plan", "--json"]).exits(0).rows()[0]["status"], "done");
    two.client(&["--person", "x", "open", "--yes", file]).exits(2).says(&["your own records"]);
}

#[test]
fn keys_are_named_once_and_files_are_not_written_over() {
    let two = Two::new();
    two.client(&["share", "--yes", "--to", "age1nonsense"]).exits(2).says(&["age1nonsense", "62 letters"]);
    let key = two.key("coach");
    assert_eq!(two.key("coach"), key, "it is made once");
    two.client(&["share", "--yes", "--to", &key]).exits(2).says(&["has no name yet", "--name"]);
    assert_eq!(two.client(&["share", "--keys", "--json"]).exits(0).json(), json!([]));
    two.client_shares();
    let keys = two.client(&["share", "--keys", "--json"]).exits(0).rows();
    assert_eq!((&keys[0]["name"], &keys[0]["key"]), (&json!("My coach"), &json!(key)));
    two.client(&["share", "--yes", "--to", "My coach", "--out", "to-coach.age"]).exits(2).says(&["already exists"]);
    for name in ["cairn-share-2026-11-22.age", "cairn-share-2026-11-22-2.age"] {
        let told = two.client(&["share", "--yes", "--to", "My coach"]).exits(0).out;
        assert!(told.contains(name), "{told}");
    }
    let later = two.client(&["share", "--yes", "--to", "My coach", "--since", "2026-11-22", "--json"]).exits(0).json();
    assert_eq!(
        (&later["content"]["from_day"], &later["content"]["to_day"]),
        (&json!("2026-11-22"), &json!("2026-11-22"))
    );
    two.client(&["share", "--yes", "--to", "My coach", "--since", "someday"]).exits(2).says(&["someday"]);
    two.coach(&["--person", "amira", "share", "--yes", "--to", &key, "--name", "x"])
        .exits(2)
        .says(&["there is nothing to share"]);
}

#[test]
fn an_export_can_be_sealed_and_opens_with_the_key() {
    let two = Two::new();
    let identity = Identity::generate();
    let key = identity.recipient().to_string();
    two.coach(&["export", "--all", "--to", &key, "--out", "all.age"]).exits(0);
    let bytes = fs::read(two.cairn.path("all.age")).expect("written");
    assert!(bytes.starts_with(b"age-encryption.org/v1\n"));
    let opened = open_with_keys(&[identity], &bytes, CAP).expect("it opens");
    let value: Value = serde_json::from_slice(&opened).expect("JSON");
    assert_eq!(value["people"][1]["name"], "Amira Khan");
}

#[test]
fn a_hostile_file_is_refused_whole_with_its_name_and_a_next_step() {
    let two = Two::new();
    let coach = Recipient::parse(&two.client_shares()).expect("a key");
    let before = two.coach(&["export", "--all", "--plaintext"]).exits(0).out;
    let good = fs::read(two.cairn.path("to-coach.age")).expect("written");
    let refused = |name: &str, bytes: &[u8], says: &[&str]| {
        two.cairn.file(name, bytes);
        let ran = two.coach(&["--person", "amira", "open", "--yes", name, "--name", "x"]).exits(2);
        ran.says(&[name, "hint:"]).says(says);
    };
    let sealed = |content: &[u8]| seal_for(std::slice::from_ref(&coach), content).expect("sealed");
    refused(
        "damaged.age",
        &{
            let mut bad = good.clone();
            let at = bad.len() - 40;
            bad[at] ^= 1;
            bad
        },
        &["damaged"],
    );
    refused("short.age", &good[..good.len() - 9], &["damaged"]);
    refused("plain.age", b"{}", &["not an encrypted file"]);
    refused("other.age", &seal_for(&[Identity::generate().recipient()], b"{}").expect("sealed"), &["does not open it"]);
    refused("empty.age", &sealed(b""), &["not made by `cairn share`"]);
    refused("deep.age", &sealed("[".repeat(200_000).as_bytes()), &["not made by `cairn share`"]);
    refused("newer.age", &sealed(br#"{"format":"cairn-share","version":9,"more":[]}"#), &["newer version"]);
    refused("large.age", &sealed(&vec![b' '; 10 * 1024 * 1024 + 1]), &["larger than"]);
    two.coach(&["open", "--yes", "missing.age"]).exits(2).says(&["missing.age", "does not exist"]);
    // The following content is almost valid. It is sealed with the client's own key.
    let forged = |change: &dyn Fn(&mut Value)| {
        let content = json!({"about": "sender", "from": "age1x", "name": "Amira Khan", "made_on": "2026-11-22",
            "purpose": "development", "sessions": [], "actions": [], "answers": [answer("a"), answer("b")]});
        let mut content = content;
        change(&mut content);
        let body = compact(&content);
        let whole =
            format!("{{\"format\":\"cairn-share\",\"version\":1,\"sha256\":\"{}\",\"content\":{body}}}", sum(&body));
        sealed(whole.as_bytes())
    };
    refused("twice.age", &forged(&|content| content["answers"][1]["id"] = json!("a")), &["one id"]);
    refused("id.age", &forged(&|content| content["answers"][0]["id"] = json!("../x")), &["the id of an answer"]);
    refused("day.age", &forged(&|content| content["answers"][0]["on"] = json!("2026-13-01")), &["is not a date"]);
    refused("later.age", &forged(&|content| content["answers"][0]["on"] = json!("2026-11-24")), &["is in the future"]);
    refused("scale.age", &forged(&|content| content["answers"][0]["rating"] = json!(9)), &["not on the scale"]);
    refused("wide.age", &forged(&|content| content["answers"][0]["rating"] = json!(i64::MIN)), &["not on a scale"]);
    refused("more.age", &forged(&|content| content["answers"][0]["secret"] = json!(1)), &["unknown field"]);
    refused("key.age", &forged(&|_| {}), &["which key it comes from"]);
    let swapped =
        String::from_utf8(br#"{"format":"cairn-share","version":1,"sha256":"00","content":"#.to_vec()).expect("text");
    let body = compact(&json!({"about": "sender", "from": "", "name": "", "made_on": "2026-11-22",
        "purpose": "development", "sessions": [], "actions": [], "answers": []}));
    refused("sum.age", &sealed(format!("{swapped}{body}}}").as_bytes()), &["checksum"]);
    assert_eq!(two.coach(&["export", "--all", "--plaintext"]).exits(0).out, before, "nothing was changed");
}

pub(crate) fn answer(id: &str) -> Value {
    json!({"id": id, "on": "2026-11-20", "framework": "empowered-communities", "edition": "2012", "behaviour": "FL-5",
        "by": "self", "rating": 2, "not_rated": null, "importance": null, "reflections": [], "evidence": "x"})
}

/// Returns JSON in the order in which the program writes it; `Value` does not preserve the order of keys.
pub(crate) fn compact(content: &Value) -> String {
    const TOP: [&str; 8] = ["about", "from", "name", "made_on", "purpose", "answers", "sessions", "actions"];
    const ANSWER: [&str; 11] = [
        "id",
        "on",
        "framework",
        "edition",
        "behaviour",
        "by",
        "rating",
        "not_rated",
        "importance",
        "reflections",
        "evidence",
    ];
    let object = |value: &Value, order: &[&str]| {
        let known = order.iter().map(|key| (*key).to_owned());
        let more = value.as_object().expect("an object").keys().filter(|key| !order.contains(&key.as_str())).cloned();
        // These keys come sorted, and the program writes a title before its label.
        let more = more.collect::<Vec<_>>().into_iter().rev();
        let pairs = known.chain(more).map(|key| match key.as_str() {
            "answers" => String::new(),
            _ => format!("\"{key}\":{}", value[&key]),
        });
        pairs.collect::<Vec<_>>()
    };
    let answers: Vec<String> = content["answers"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|answer| format!("{{{}}}", object(answer, &ANSWER).join(",")))
        .collect();
    let pairs = object(content, &TOP).into_iter().map(|pair| match pair.as_str() {
        "" => format!("\"answers\":[{}]", answers.join(",")),
        _ => pair,
    });
    format!("{{{}}}", pairs.collect::<Vec<_>>().join(","))
}

pub(crate) fn sum(text: &str) -> String {
    cairn_coach::store::sha256(text)
}

#[test]
fn a_key_belongs_to_one_person_and_opens_nobody_elses_records() {
    let two = Two::new();
    two.client_shares();
    two.coach(&["people", "add", "Ben Osei"]).exits(0);
    two.coach(&["--person", "amira", "open", "--yes", "to-coach.age", "--name", "Amira's key"]).exits(0);
    two.cairn.file("ben.json", file_of(&month()));
    two.coach(&["--person", "ben", "reflect", "--from", "ben.json"]).exits(0);
    // Sharing with the key of another person, and from it.
    two.coach(&["--person", "ben", "share", "--yes", "--to", "Amira's key"])
        .exits(2)
        .says(&["belongs to Amira Khan", "Ben Osei"]);
    two.coach(&["share", "--yes", "--to", "Amira's key"]).exits(2).says(&["belongs to Amira Khan"]);
    two.coach(&["--person", "ben", "open", "--yes", "to-coach.age"]).exits(2).says(&["Amira Khan", "Ben Osei"]);
    let own = two.key("client");
    two.coach(&["--person", "ben", "share", "--yes", "--to", &own]).exits(2).says(&["belongs to Amira Khan"]);
    // Two keys with one name could not be told apart.
    let other = Identity::generate().recipient().to_string();
    let twin = ["--person", "amira", "share", "--yes", "--to", &other, "--name", "amira's KEY"];
    two.coach(&twin).exits(2).says(&["already has another key", "give this one its own name"]);
    two.coach(&["--person", "amira", "share", "--yes", "--to", &other, "--name", "Amira's laptop"]).exits(0);
    let several = two.coach(&["--person", "amira", "share", "--yes", "--to", "Amira"]).exits(2);
    several.says(&["Amira"]);
}

#[test]
fn what_is_sent_is_listed_and_what_comes_is_shown_and_taken_back_as_one() {
    let two = Two::new();
    two.client_shares();
    // Nobody is there to review the entries.
    two.client(&["share", "--to", "My coach"]).exits(2).says(&["nothing was encrypted", "--list", "--yes"]);
    let list = two.client(&["share", "--to", "My coach", "--list"]).exits(0).out;
    let first = list.lines().find(|line| line.contains("[x]")).expect("an entry");
    let id = first.rsplit('(').next().and_then(|rest| rest.strip_suffix(')')).expect("its id").to_owned();
    let fewer = two.client(&["share", "--yes", "--to", "My coach", "--untick", &id, "--json"]).exits(0).json();
    let all = two.client(&["share", "--yes", "--to", "My coach", "--json"]).exits(0).json();
    let answers = |shared: &Value| shared["content"]["answers"].as_u64().expect("a number");
    assert_eq!(answers(&all), answers(&fewer) + 1);
    two.client(&["share", "--yes", "--to", "My coach", "--untick", "zzzz"]).exits(2).says(&["zzzz"]);
    // What arrives is shown entry by entry and has to be confirmed.
    let shown = two.coach(&["--person", "amira", "open", "to-coach.age", "--dry-run"]).exits(0).out;
    assert!(shown.lines().filter(|line| line.contains("answer on")).count() as u64 == answers(&all), "{shown}");
    two.coach(&["--person", "amira", "open", "to-coach.age", "--name", "Amira"])
        .exits(2)
        .says(&["nothing was imported"]);
    assert_eq!(two.coach(&["--person", "amira", "journal", "--json"]).exits(0).rows().len(), 0);
    let told = two.coach(&["--person", "amira", "open", "--yes", "to-coach.age", "--name", "Amira"]).exits(0).out;
    let batch = told.lines().find_map(|line| line.split("withdraw --file ").nth(1)).expect("how to take it back");
    two.coach(&["--person", "amira", "withdraw", "--yes", "--file", batch.trim()]).exits(0);
    assert_eq!(two.coach(&["--person", "amira", "journal", "--json"]).exits(0).rows().len(), 0);
}

#[test]
fn nobody_is_made_to_say_what_they_did_not_say_and_no_file_is_larger_than_a_life() {
    let two = Two::new();
    let coach = Recipient::parse(&two.client_shares()).expect("a key");
    let forged = |change: &dyn Fn(&mut Value)| {
        let mut content = json!({"about": "sender", "from": "age1x", "name": "Amira Khan", "made_on": "2026-11-22",
            "purpose": "development", "sessions": [], "actions": [], "answers": [answer("a"), answer("b")]});
        change(&mut content);
        let body = compact(&content);
        let whole =
            format!("{{\"format\":\"cairn-share\",\"version\":1,\"sha256\":\"{}\",\"content\":{body}}}", sum(&body));
        seal_for(std::slice::from_ref(&coach), whole.as_bytes()).expect("sealed")
    };
    let key = Identity::generate().recipient().to_string();
    two.cairn.file(
        "mine.age",
        forged(&|content| {
            content["from"] = json!(key);
            content["answers"][1]["by"] = json!("coach");
        }),
    );
    let ran = two.coach(&["--person", "amira", "open", "--yes", "mine.age", "--name", "x", "--json"]).exits(0);
    assert_eq!(ran.json()["taken_in"]["answers"], 1, "the coach never gave that rating");
    assert!(ran.err.contains("left out: 1 rating") && ran.err.contains("--with-mine"), "{}", ran.err);
    let again = two.coach(&["--person", "amira", "open", "--yes", "mine.age", "--with-mine", "--json"]).exits(0);
    assert_eq!(again.json()["taken_in"]["answers"], 1);
    let note = json!({"part": "goal", "title": "Goal", "text": "x"});
    let session = json!({"id": "s", "on": "2026-11-20", "kind": "one-to-one", "purpose": "development", "minutes": 5,
        "model": null, "behaviours": [], "actions": [], "notes": vec![note; 8_000]});
    let many: Vec<Value> = (0..5_001).map(|at| answer(&format!("a{at}"))).collect();
    for (name, bytes) in [
        ("notes.age", forged(&|content| content["sessions"] = json!([session]))),
        ("rows.age", forged(&|content| content["answers"] = json!(many))),
    ] {
        two.cairn.file(name, bytes);
        two.coach(&["--person", "amira", "open", "--yes", name, "--name", "x"]).exits(2).says(&["at most", name]);
    }
}

#[test]
fn a_key_is_not_named_after_another_client_and_their_words_are_not_shown_first() {
    let two = Two::new();
    two.coach(&["people", "add", "Tom Webb"]).exits(0);
    let new = Identity::generate().recipient().to_string();
    two.client_shares();
    two.coach(&["--person", "amira", "open", "--yes", "to-coach.age", "--name", "Tom"])
        .exits(2)
        .says(&["Tom Webb is a client of yours", "records of Amira Khan"]);
    assert!(two.coach(&["share", "--keys"]).exits(0).out.contains("You have not named any keys"));
    let ran = two.coach(&["--person", "amira", "open", "--dry-run", "to-coach.age", "--name", "Tom"]).exits(2);
    assert!(!ran.out.contains("answer on"), "{}", ran.out);
    two.coach(&["--person", "amira", "open", "--yes", "to-coach.age", "--name", "Amira"]).exits(0);
    let args = ["--person", "amira", "share", "--yes", "--to", &new, "--name", "tom webb", "--out", "y.age"];
    two.coach(&args).exits(2).says(&["Tom Webb is a client of yours"]);
    assert!(!two.cairn.path("y.age").exists());
    // `--list` alone stores no key, and nothing of a file is shown until it is known whose records it is for.
    two.coach(&["--person", "amira", "share", "--list", "--to", &new, "--name", "Her work key"]).exits(0);
    assert_eq!(two.coach(&["share", "--keys", "--json"]).exits(0).rows().len(), 1);
    let ran = two.coach(&["--person", "tom", "open", "--yes", "to-coach.age"]).exits(2);
    assert!(!ran.out.contains("answer on") && ran.err.contains("Amira Khan"), "{}{}", ran.out, ran.err);
    two.coach(&["share", "--forget", "Amira"]).exits(0);
    assert_eq!(two.coach(&["share", "--keys", "--json"]).exits(0).rows().len(), 0);
    two.coach(&["share", "--forget", "Amira"]).exits(2).says(&["there is no key called Amira"]);
    let ran = two.coach(&["--person", "tom", "open", "--dry-run", "to-coach.age"]);
    assert!(ran.out.contains("answer on"), "nobody knows whose it is: {}{}", ran.out, ran.err);
}

#[test]
fn somebody_in_danger_in_what_is_taken_in_is_noticed_at_once() {
    let two = Two::new();
    two.cairn.file("a.json", r#"{"answers":[{"behaviour":"FL-5","rating":2,"evidence":"I want to kill myself."}]}"#);
    two.client(&["reflect", "--from", "a.json"]).exits(0);
    let key = two.key("coach");
    two.client(&["share", "--yes", "--to", &key, "--name", "My coach", "--out", "s.age"]).exits(0);
    // Even before it is taken in, because the words are already displayed.
    let look = two.coach(&["open", "--dry-run", "s.age"]).exits(0).out;
    assert!(look.contains("Samaritans"), "{look}");
    let ran = two.coach(&["--person", "amira", "open", "--yes", "s.age", "--name", "Amira"]).exits(0);
    assert!(ran.out.contains("Samaritans"), "{}", ran.out);
}

#[test]
fn a_file_is_taken_back_with_everything_it_was_corrected_to() {
    let two = Two::new();
    two.client_shares();
    two.coach(&["--person", "amira", "open", "--yes", "to-coach.age", "--name", "Amira"]).exits(0);
    let rows = two.coach(&["--person", "amira", "journal", "--json"]).exits(0).rows();
    let id =
        rows.iter().find(|row| row["kind"] == "answer").expect("there is one")["id"].as_str().expect("text").to_owned();
    two.coach(&["--person", "amira", "correct", &id, "--on", "2026-11-01"]).exits(0);
    let files = two.coach(&["--person", "amira", "withdraw", "--files", "--json"]).exits(0).rows();
    let file = files[0]["id"].as_str().expect("text");
    two.coach(&["--person", "amira", "withdraw", "--file", file, "--yes"]).exits(0);
    let left = exported(&two.coach(&["export", "--subject", "amira", "--plaintext"]).exits(0));
    assert_eq!(left["answers"].as_array().map_or(0, Vec::len), 0, "{left}");
    assert_eq!(two.coach(&["--person", "amira", "withdraw", "--files", "--json"]).exits(0).rows().len(), 0);
}
