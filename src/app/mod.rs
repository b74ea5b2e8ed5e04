//! The screens as data: `update(&mut Model, Msg) -> Vec<Effect>` changes memory only. Nothing here draws, reads a disk,
//! or knows the rules engine; what must be done outside is an [`Effect`], and its outcome comes back as a [`Msg`].

mod advice;
mod commands;
mod edit;
mod find;
mod home;
mod journal;
mod laid;
mod layer;
mod model;
mod msg;
mod plan;
mod progress;
mod reflect;
mod reread;
mod rule;
mod rules;
mod submit;
mod update;
mod wrap;

pub use advice::AdviceScreen;
pub use edit::{EditBuffer, MOST_CHARACTERS};
pub use find::FindScreen;
pub use home::{Item, Target, items};
pub use journal::{JournalRow, JournalScreen, Listing};
pub use layer::{Field, Form, FormFor, Layer, Picker, PickerFor};
pub use model::{Model, Notice, Screen, Tone, ViewCache};
pub use msg::{Changed, Decision, Effect, Msg, Opened, Planned, Snapshot};
pub use plan::PlanScreen;
pub use progress::{ProgressRow, ProgressScreen};
pub use reflect::{Page, Reflect, Step};
pub use rule::RulePage;
pub use rules::{RuleRow, RulesScreen};
pub use update::update;
pub use wrap::{wrap, wrapped};
