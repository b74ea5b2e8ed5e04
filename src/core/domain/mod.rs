//! The data model of coaching, independent of disk, terminal and rule engine.
//!
//! # Glossary
//! | word | type |
//! | --- | --- |
//! | framework, theme, behaviour, level, arena, crosswalk link | [`Framework`], [`Theme`], [`Behaviour`], [`Level`], [`Arena`], [`Link`] |
//! | scale, importance | [`Scale`] |
//! | prompt | [`Prompt`] |
//! | conversation model | [`ConversationModel`] |
//! | activity | [`Activity`] |
//! | person | [`Person`] |
//! | engagement, party, kind of record | [`Engagement`], [`Party`], [`RecordKind`] |
//! | session, note | [`Session`], [`Note`] |
//! | focus set | [`FocusSet`] |
//! | comparison: self, then coach | [`Comparison`], [`GapKind`] |
//! | release to the sponsor | [`ReleaseItem`], [`Release`] |
//! | all records about one person | [`Dossier`] |
//! | progress: changes between two days, by behaviour and theme | [`Progress`], [`Behaved`], [`RatingHistory`], [`ThemeProfile`] |
//! | journal: everything that was written, and where | [`Journal`], [`Entry`], [`Written`] |
//! | answer, non-answer | [`Answer`], [`NonAnswer`] |
//! | advice | [`Advice`] |
//! | action (in the plan), the intent behind it | [`Action`], [`Intent`] |
//! | fault: a problem in a file that somebody wrote | [`Fault`] |
//! | front: the frameworks that are listed first; meant: whether a behaviour is for a person's level | [`Front`], [`Meant`] |
//! | library: the merged content of all packs | [`Library`] |
//! | profile: a person's answers as rules evaluate them | [`Profile`] |
//! | rulebook: all packs and rules, with the result of each | [`Rulebook`] |
//! | notice: words were detected that can mean danger; contact: whom to ring | [`SafetyNotice`], [`Contact`] |
//! | withdrawal, correction: an entry is removed, or replaced by a newer one | [`Piece`] |
//! | draft: text that is not finished; slot: where a draft is stored | [`Slot`] |
//! | sheet: headings, paragraphs and points to be read, on screen or in lines | [`Sheet`] |
//!
//! Words of the program around it:
//!
//! | word | meaning | where |
//! | --- | --- | --- |
//! | records | the encrypted database of one installation; also what it holds about one person | `store` |
//! | pack | a folder of framework, prompts, activities and rules; layer: its rank among packs | `pack` |
//! | desk | packs, records and clock, opened together | `desk` |
//! | screen, overlay | what fills the window; what lies over a screen until it is closed; both are places | `app::place` |
//! | view | what a place shows, as data | `app::view` |
//! | command, context, chord | something that can be done; where; the keys that do it | `command` |
//! | effect, reply | work that the screens ask for; its outcome | `app::effect`, `app::msg` |
//! | snapshot | what the screens need of the records, read after every change | `app::snapshot` |
//! | edition | the published version of a framework; answers of another one keep their own words | [`Framework`] |
//! | paper key, escrow | ways into locked records: on paper; by an organisation's policy | `seal`, `desk` |
//! | plain mode | the program line by line, for screen readers | `plain` |
//!
//! Code, screens, packs and documentation use these words, one for each concept.

mod activity;
mod advice;
mod answer;
mod archive;
mod behaved;
mod clean;
mod coach_sheet;
mod comparison;
mod course;
mod day;
mod day_style;
mod dossier;
mod engagement;
mod entry;
mod fault;
mod focus;
mod framework;
mod journal;
mod journal_sheet;
mod library;
mod model;
mod named;
mod notice_sheet;
mod offer;
mod parcel;
mod person;
mod piece;
mod plan;
mod plan_check;
mod profile;
mod progress;
mod progress_sheet;
mod progress_words;
mod prompt;
mod reading;
mod release;
mod remembered;
mod report_format;
mod retention;
mod rule_sheet;
mod rulebook;
mod safety;
mod safety_notice;
mod scale;
mod session;
mod sheet;
mod signs;
mod slot;
mod story;
mod text;
mod theme_profile;
mod translation;
mod words;
mod yours_sheet;

pub use activity::{Activity, ActivityKind, Permission};
pub use advice::{
    Advice, Advised, Cited, LeafSeen, NearMiss, NotShown, Reason, SetAside, Truth, USUAL_REASONS, Unmet, Verdict,
};
pub use answer::{Answer, AnswerError, By, NonAnswer, Rated, Reflection};
pub use archive::{Archive, Cell, Cells, Field, Holding, Kept, Kind, Means};
pub use behaved::Behaved;
pub use clean::{clean, clean_unfinished, cleaned};
pub use comparison::{Compared, Comparison, GapKind, compare, middle};
pub use course::{Excluded, Move, Quote, Rating, RatingHistory};
pub use dossier::{Dossier, Waiting};
pub use engagement::{Engagement, EngagementPurpose, Party, RecordKind};
pub use entry::{Entry, EntryKind, Written};
pub use fault::{Fault, Severity, did_you_mean, nearest, toml_words};
pub use focus::{Focus, FocusSet};
pub use framework::{
    AppliesTo, Arena, Behaviour, Certainty, External, Framework, Level, Link, LinkTarget, Place, Theme,
};
pub use journal::{Gathered, Journal};
pub use library::{BUILT_IN, BehaviourIx, Crossing, Library, LookupError, PackInfo, RuleFile};
pub use model::{ConversationModel, ModelKind, Stage};
pub use offer::{Front, Meant, Offering};
pub use parcel::{About, Added, Parcel};
pub use person::{Organisation, Person, PersonKind, can_be_read, same_name, spelt};
pub use piece::{Correction, FileTaken, GoneAction, Piece};
pub use plan::{Action, ActionStatus, CameOut, Due, Intent, Revision, first_step_by};
pub use plan_check::plan_questions;
pub use profile::{Given, PlanCounts, Profile, Standing};
pub use progress::{Asking, Private, Progress, SnapshotDay};
pub use progress_sheet::ShowCoach;
pub use prompt::{Prompt, Purpose};
pub use reading::{Counted, NotCompared, Wording};
pub use release::{Release, ReleaseItem};
pub use remembered::Remembered;
pub use report_format::ReportFormat;
pub use retention::{Period, Review, ReviewWhy, Until};
pub use rule_sheet::Lead;
pub use rulebook::{
    Family, Looked, PackCard, PackState, RuleCard, RuleDetail, Rulebook, Said, Suggested, states, wrong_words,
};
pub use safety::{Lock, Safety, Shut};
pub use safety_notice::{Contact, HeardIn, SafetyNotice};
pub use scale::{Height, Point, Scale};
pub use session::{CHECK_IN, Note, NoteFor, QUICK_NOTE, SUMMARY, Session, SessionKind};
pub use sheet::{Block, Sheet};
pub use slot::Slot;
pub use story::Story;
pub use text::{fold, is_blank, places_of};
pub use theme_profile::{Again, Mean, Tally, ThemeProfile};
pub use translation::{ENGLISH, Translation, is_language};
pub use words::{capital, count, hex, join_and, join_or, truncate, typed, unhex};

pub use day::{MONTHS, YEARS, parse_day, parse_past_day};
pub use day_style::{DayStyle, long_day, short_day, typed_day, write_days};
pub use named::named;

/// A calendar day without a time zone, written `2026-11-22`.
pub type Day = jiff::civil::Date;
