//! All keys of a pack's TOML files as one table, from which the JSON Schema and the tables of the authoring guide are
//! generated. A test compares it with what the loader accepts, key by key.

use KeyShape::{OneOf, Table, Tables, Text, TextByName, Texts, TextsByName, Whole, WholeByName, WholesByName, YesNo};

/// The type of a key's value.
#[derive(Debug)]
pub enum KeyShape {
    /// `"words"`
    Text,
    /// `3`
    Whole,
    /// `true` or `false`
    YesNo,
    /// `["one", "two"]`
    Texts,
    /// One of these words.
    OneOf(&'static [&'static str]),
    /// `{ name = "words" }`
    TextByName,
    /// `{ name = ["words"] }`
    TextsByName,
    /// `{ name = 3 }`
    WholeByName,
    /// `[{ name = 3 }, { name = 4 }]`
    WholesByName,
    /// `[name]` with its own keys.
    Table(&'static [TomlKey]),
    /// `[[name]]`, repeated as needed, each with its own keys.
    Tables(&'static [TomlKey]),
}

/// A key of a TOML file.
#[derive(Debug)]
pub struct TomlKey {
    /// Name of the key.
    pub name: &'static str,
    /// Type of its value.
    pub shape: KeyShape,
    /// Whether it is mandatory.
    pub required: bool,
    /// Meaning, in one sentence.
    pub doc: &'static str,
}

/// A TOML file of a pack.
#[derive(Debug)]
pub struct TomlFile {
    /// Path inside the pack.
    pub name: &'static str,
    /// Description of its content.
    pub about: &'static str,
    /// Keys, in the order of the reference.
    pub keys: &'static [TomlKey],
}

/// Returns all TOML files of a pack.
#[must_use]
pub fn toml_files() -> &'static [TomlFile] {
    FILES
}

const fn must(name: &'static str, shape: KeyShape, doc: &'static str) -> TomlKey {
    TomlKey { name, shape, required: true, doc }
}

const fn may(name: &'static str, shape: KeyShape, doc: &'static str) -> TomlKey {
    TomlKey { name, shape, required: false, doc }
}

const SCALE: &[TomlKey] = &[
    must("question", Text, "What a person answers with it, shown above the points."),
    may("reworded", Texts, "Earlier questions under this edition that mean the same, word for word."),
    must(
        "points",
        Tables(&[
            must("value", Whole, "The number of the point. Numbers go up, from 0 to 100."),
            must("label", Text, "The words of the point. Every point has some."),
            may("meaning", Text, "When it is the right point to choose, as a person says it of themselves."),
            may(
                "of_others",
                Text,
                "The same for someone who rates another person. Without it they see the label only.",
            ),
            may("reworded", Texts, "Earlier labels and meanings of this point under this edition that mean the same."),
        ]),
        "Two to ten points, the lowest first.",
    ),
];

const APPLIES: KeyShape = OneOf(&["any", "commissioner", "provider"]);

const FRAMEWORK: &[TomlKey] = &[
    must("id", Text, "Short name, used as in acme/A-1. Use lower-case letters, digits, hyphens and full stops."),
    must("edition", Text, "Which edition of it this is. Answers keep the edition they were given under."),
    must("title", Text, "Full name."),
    must("summary", Text, "Two or three sentences about it."),
    may("scale", Table(SCALE), "The rating scale. Five points in words if left out."),
    may("importance", Table(SCALE), "The scale of importance in your role. Three points if left out."),
    may(
        "level",
        Tables(&[
            must("id", Text, "Name used in packs and answers files."),
            must("title", Text, "Name shown."),
            may("aliases", Texts, "Other names that are understood."),
            may("about", Text, "Who this means."),
            may("target", Whole, "The rating that is expected at this level. target(…) and gap(…) use it."),
        ]),
        "Where in an organisation a person works, the front line first. May be left out.",
    ),
    may(
        "arena",
        Tables(&[
            must("id", Text, "Name used in packs."),
            must("title", Text, "Name shown."),
            may("about", Text, "What this means."),
        ]),
        "Where a behaviour shows. May be left out.",
    ),
    may(
        "theme",
        Tables(&[
            must("code", Text, "The letters in front of its behaviours' numbers."),
            must("id", Text, "Long id."),
            must("title", Text, "Name shown."),
            may("motto", Text, "The few words the framework gives it."),
            may("aliases", Texts, "Other names it goes by."),
            may("about", Text, "Two or three sentences."),
            may("levels", Texts, "Ids of the levels it is for. Left out, it is for everyone."),
        ]),
        "A group of behaviours.",
    ),
    may(
        "behaviour",
        Tables(&[
            must("code", Text, "Unique in the framework, like A-1."),
            must("theme", Text, "Code of its theme."),
            must("title", Text, "A short name that starts with a verb."),
            must("statement", Text, "What you can see a person do."),
            may("easy", Text, "The same in one short sentence of everyday words, for people who choose it."),
            may("indicators", Texts, "Its single observable parts, if the statement holds more than one."),
            may("opposite", Text, "What this does not look like."),
            may("arenas", Texts, "Ids of arenas."),
            may("applies_to", APPLIES, "For which kind of organisation. Any if left out."),
            may("levels", TextByName, "Level id = what it looks like at that level."),
            may("targets", WholeByName, "Level id = the rating expected there, instead of the level's own target."),
            may("aliases", Texts, "Other names for it."),
            may("keywords", Texts, "Everyday words people would type to find it."),
            may(
                "reworded",
                Texts,
                "Earlier title, statement, indicators, opposite or level texts under this edition that mean the same.",
            ),
            may(
                "source",
                Table(&[
                    may("document", Text, "Name of the document. The pack's source if left out."),
                    may("theme", Text, "The heading it is under."),
                    may("position", Whole, "Position in that list, from 1."),
                ]),
                "Where the published text states it.",
            ),
        ]),
        "What you can see the person do.",
    ),
    may(
        "link",
        Tables(&[
            must("from", Text, "Code of a theme or behaviour of this framework."),
            must("framework", Text, "Id of the other framework."),
            may("to", Text, "Code in the other framework, if it is loaded."),
            may("dimension", Text, "Name of a dimension of the other framework, if it is not loaded."),
            may("element", Text, "Name of an element of that dimension."),
            may("gist", Text, "What the other side says, in your own words."),
            must("certainty", OneOf(&["stated", "inferred"]), "Whether the source says so or you concluded it."),
            may("note", Text, "Why it is inferred."),
        ]),
        "A link to another framework.",
    ),
    may(
        "external",
        Tables(&[
            must("id", Text, "Name used in links."),
            must("title", Text, "Name shown."),
            may("about", Text, "Owner and status."),
        ]),
        "A framework that this pack links to, without any of its text.",
    ),
];

const CASE: &[TomlKey] = &[
    must("name", Text, "What the story tells."),
    may("level", Text, "The person's level."),
    may("organisation", OneOf(&["commissioner", "provider", "other"]), "The person's kind of organisation."),
    may("today", Text, "The day of the story, like 2026-11-22."),
    may("ratings", WholeByName, "Behaviour, theme or framework = rating, given today."),
    may("importance", WholeByName, "Behaviour = importance, given today."),
    may("non_answers", TextByName, "Behaviour = cannot-say, not-applicable or prefer-not-to-say, chosen today."),
    may("words", TextByName, "Behaviour = what the person wrote today."),
    may("history", WholesByName, "Earlier ratings, oldest first, a month apart."),
    may(
        "answers",
        Tables(&[
            must("behaviour", Text, "Code of the behaviour."),
            may("rating", Whole, "A point of the scale."),
            may("not", Text, "A non-answer instead of a rating."),
            may("importance", Whole, "A point of the scale of importance."),
            may("on", Text, "The day, like 2026-11-20. The story's day if left out."),
            may("by", OneOf(&["self", "coach", "other"]), "Who answered. Self if left out."),
            may("words", Text, "What was written."),
        ]),
        "Answers in full, where a day or another rater matters.",
    ),
    may(
        "actions",
        Tables(&[
            may("activity", Text, "Id of the activity. Leave out for an action of your own."),
            must("status", OneOf(&["open", "done", "dropped", "declined"]), "What became of it."),
            may("on", Text, "The day it was decided, done, dropped or declined."),
            may("due", Text, "By when it was to be done."),
            may("learned", Text, "What the person noted afterwards."),
            may("came_out", OneOf(&["as-hoped", "in-part", "not-as-hoped"]), "Whether it turned out as hoped."),
        ]),
        "What is in the plan, and what happened to earlier suggestions.",
    ),
    may("fires", Texts, "Rules that must apply."),
    may("silent", Texts, "Rules that must not apply."),
    may("top", Texts, "The first activities shown, in order."),
    may("never", Texts, "Activities that must not be shown."),
    may("because", TextByName, "Rule = words that its sentence must contain."),
];

const FILES: &[TomlFile] = &[
    TomlFile {
        name: "pack.toml",
        about: "What the pack is, who owns its words, and what it needs.",
        keys: &[
            must("id", Text, "Unique name of the pack: lower-case letters, digits, hyphens and full stops."),
            must("version", Text, "Three numbers, like \"1.0.0\"."),
            must("title", Text, "Name shown."),
            may("summary", Text, "What is in it."),
            must("licence", Text, "Under which terms its words may be used."),
            must("attribution", Text, "Who to credit."),
            must("source", Text, "What it was made from."),
            must("rules_api", Text, "Version of the rules language it is written for: \"1\"."),
            may("language", Text, "The language of its words, like \"cy\" for Welsh. English (\"en\") if left out."),
            may("requires", Texts, "Packs it builds on, like \"empowered-communities >=1\"."),
            may("renamed", TextByName, "Former id = present id, of rules and activities."),
        ],
    },
    TomlFile {
        name: "framework.toml",
        about: "A framework: its scale, levels, themes and behaviours.",
        keys: FRAMEWORK,
    },
    TomlFile {
        name: "prompts.toml",
        about: "Open questions to reflect on.",
        keys: &[
            may(
                "prompt",
                Tables(&[
                    must("id", Text, "Unique name."),
                    must("behaviour", Text, "Code of the behaviour it is about."),
                    must("purpose", OneOf(&["reflect", "evidence", "coach", "appreciative"]), "What it is for."),
                    may("level", Text, "Level it is for. Every level if left out."),
                    may(
                        "fits",
                        Texts,
                        "Ratings after which it is asked: low, middle, high. After every one if left out.",
                    ),
                    must("text", Text, "One open question."),
                    may("replaces", YesNo, "Replaces an earlier pack's prompt of this id."),
                ]),
                "One open question.",
            ),
            may(
                "earlier",
                TextByName,
                "Id of a question no longer asked = its text, shown with the answers given to it.",
            ),
        ],
    },
    TomlFile {
        name: "models.toml",
        about: "Stages of a conversation or of a reflection.",
        keys: &[may(
            "model",
            Tables(&[
                must("id", Text, "Unique name."),
                must("title", Text, "Name shown."),
                must("kind", OneOf(&["conversation", "reflection"]), "What it guides."),
                may("best_for", Text, "When to choose it."),
                may("source", Text, "Who published it."),
                may("minutes", Whole, "How long it usually takes."),
                may(
                    "stage",
                    Tables(&[
                        must("id", Text, "Unique in the model."),
                        must("title", Text, "Name shown."),
                        may("aim", Text, "What it is for."),
                        must("prompts", Texts, "Open questions, the best first."),
                    ]),
                    "One stage, in order.",
                ),
            ]),
            "One model.",
        )],
    },
    TomlFile {
        name: "activities.toml",
        about: "What people can do to develop.",
        keys: &[may(
            "activity",
            Tables(&[
                must("id", Text, "Unique name, used by suggest."),
                must("title", Text, "What the person does, starting with a verb."),
                must("kind", OneOf(&["on-the-job", "through-others", "formal", "reflection"]), "How it develops."),
                must("behaviours", Texts, "What it develops, best match first."),
                may("levels", Texts, "Levels it is for. Every level if left out."),
                may("applies_to", APPLIES, "For which kind of organisation. Any if left out."),
                must("minutes", Whole, "Honest total effort in minutes."),
                may("permission", OneOf(&["none", "ask"]), "Whether someone has to agree first. Not said if left out."),
                must("first_step", Text, "A concrete step within 14 days."),
                may("steps", Texts, "What comes after it."),
                may("afterwards", Text, "How you will know it worked."),
                may(
                    "tags",
                    Texts,
                    "Short topic words for activities(b, tag). \"relief\" is all that Cairn offers to someone who is \
                     worn out.",
                ),
                may("replaces", YesNo, "Replaces an earlier pack's activity of this id."),
            ]),
            "One activity.",
        )],
    },
    TomlFile {
        name: "synonyms.toml",
        about: "Words people type, and what they mean by them.",
        keys: &[may("synonyms", TextsByName, "Word typed = words that are in the texts.")],
    },
    TomlFile {
        name: "translations.toml",
        about: "Behaviours in another language. They are shown to people who chose that language in their settings.",
        keys: &[may(
            "behaviour",
            Tables(&[
                must("language", Text, "The language, like \"cy\" for Welsh."),
                must("code", Text, "Code of the behaviour, of this pack or of one it requires."),
                must("title", Text, "Its short name in that language."),
                must("statement", Text, "What you can see a person do."),
                may("easy", Text, "The same in one short sentence of everyday words."),
                may("indicators", Texts, "Its single observable parts, as many as in the original."),
                may("opposite", Text, "What this does not look like."),
                may("keywords", Texts, "Everyday words people would type to find it."),
            ]),
            "One behaviour in one language. What is left out is shown in the original language.",
        )],
    },
    TomlFile {
        name: "contacts.toml",
        about: "Your own people to ring if someone may be in danger. They come before the numbers that Cairn knows.",
        keys: &[may(
            "contact",
            Tables(&[
                must("name", Text, "Who, like \"Asha Begum, safety lead\"."),
                may("number", Text, "Their number."),
                may("when", Text, "When to ring, as a phrase."),
                may("for", Texts, "The concerns they are for, like harm or self-harm. All of them if left out."),
            ]),
            "One of them.",
        )],
    },
    TomlFile {
        name: "cases/*.toml",
        about: "Stories that say which suggestions must and must not come.",
        keys: &[may("case", Tables(CASE), "One story.")],
    },
];
