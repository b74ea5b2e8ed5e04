//! What every command does. Whether it does anything now is said by `enabled`.

use super::advice::{accept, adapt, decline};
use super::enabled::{pick_row, points};
use super::home::{Target, items};
use super::layer::{HelpPage, Layer, Picker, PickerFor};
use super::model::{Model, Screen, Tone};
use super::moving::{To, move_row, scroll};
use super::msg::Effect;
use super::plan::{change, done, new, with_status};
use super::secret::SecretFor;
use super::submit::{levels_of, picked, question, submit, take_plan, tick, ticked};
use super::update::{keep_draft, reflect_on};
use super::writing::{copy, insert, write};
use super::{
    agreement, amend, compare, drafts, focus, handover, journal, locking, messages, mouse, outside, palette, people,
    plan, progress, rule, rules, safety, session, tour,
};
use crate::command::Command;
use crate::domain::{ActionStatus, NonAnswer};

/// Does a command that is enabled.
pub(super) fn run(model: &mut Model, command: Command) -> Vec<Effect> {
    if session::holds_back(model, command) {
        return Vec::new();
    }
    if locking::is_ours(model, command) {
        return locking::run(model, command);
    }
    if let Some(to) = To::by(command) {
        move_row(model, to);
        return Vec::new();
    }
    match command {
        Command::GoHome => return leave_to(model, Screen::Home),
        Command::GoFind => return leave_to(model, Screen::Find),
        Command::GoReflect => return leave_to(model, Screen::Reflect),
        Command::GoAdvice => return leave_to(model, Screen::Advice),
        Command::GoPlan => return leave_to(model, Screen::Plan),
        Command::GoRules => return leave_to(model, Screen::Rules),
        Command::GoProgress => return leave_to(model, Screen::Progress),
        Command::GoJournal => return leave_to(model, Screen::Journal),
        Command::CompareDays => progress::compare_days(model),
        Command::Beside => progress::toggle_beside(model),
        Command::InJournal => journal::show(model, &progress::query(model)),
        Command::Evidence => journal::toggle_evidence(model),
        Command::JournalOpen => return journal::open(model),
        Command::RuleOpen => rules::open(model),
        Command::Behind => rule::behind(model),
        Command::ToAnswer => return rule::to_answer(model),
        Command::NextRule | Command::PreviousRule => rule::turn(model, command == Command::NextRule),
        Command::ReadAgain => return vec![Effect::Reread { asked: true }],
        Command::AboutMe => about_me(model),
        Command::Help => toggle_help(model),
        Command::Palette => palette::open(model),
        Command::RunCommand => return palette::run_marked(model),
        Command::Messages => messages::open(model),
        Command::Tour => tour::open(model),
        Command::Theme => choose_theme(model),
        Command::NextCard | Command::PreviousCard => tour::turn(model, command == Command::NextCard),
        Command::Back => return back(model),
        Command::Quit => return drafts::leave(model),
        Command::Open => return open(model),
        Command::FindOpen => {
            if let Some(ix) = model.person.find.marked() {
                return reflect_on(model, ix);
            }
        }
        Command::NextStep => step_by(model, 1),
        Command::PreviousStep => step_by(model, -1),
        Command::Save => return save(model),
        Command::Choose => choose(model, None),
        Command::PickNotApplicable => choose_non_answer(model, NonAnswer::NotApplicable),
        Command::PickCannotSay => choose_non_answer(model, NonAnswer::CannotSay),
        Command::PickPreferNot => choose_non_answer(model, NonAnswer::PreferNotToSay),
        Command::Unchoose if model.person.screen == Screen::Compare => compare::unchoose(model),
        Command::Unchoose => drop(model.person.reflect.as_mut().map(super::Reflect::unchoose)),
        Command::Accept => return accept(model),
        Command::Adapt => adapt(model),
        Command::Decline => decline(model),
        Command::Why => (model.person.advice.why, model.person.advice.scroll) = (!model.person.advice.why, 0),
        Command::LeftOut => {
            (model.person.advice.left_out, model.person.advice.scroll) = (!model.person.advice.left_out, 0);
        }
        Command::Done => done(model),
        Command::Change => change(model),
        Command::Drop => return set_status(model, ActionStatus::Dropped),
        Command::Reopen => return set_status(model, ActionStatus::Open),
        Command::New => new(model),
        Command::Submit => return submit(model),
        Command::NextField => move_field(model, 1),
        Command::PreviousField => move_field(model, -1),
        Command::PickOpen => return picked(model),
        Command::PageDown | Command::PageUp => scroll(model, command == Command::PageDown),
        other => match pick_row(other) {
            Some(row) => choose(model, Some(row)),
            None => return coach(model, other),
        },
    }
    Vec::new()
}

/// What coach and client do together, and the plan as a dialogue; what is left is writing.
fn coach(model: &mut Model, command: Command) -> Vec<Effect> {
    match command {
        Command::CorrectEntry | Command::WithdrawEntry | Command::AddNote | Command::HappenedOn | Command::Discard => {
            amend::run(model, command);
        }
        Command::Safety => safety::open(model),
        Command::PutAside => return safety::put_aside(model),
        Command::GoSession => session::open(model),
        Command::People => people::choose(model),
        Command::GoAgreement => return leave_to(model, Screen::Agreement),
        Command::GoCompare => return leave_to(model, Screen::Compare),
        Command::HandOver => handover::open(model),
        Command::HidePrivate => return session::hide_private(model),
        Command::NoteBehaviour => session::note_behaviour(model),
        Command::FocusToggle => return focus::toggle(model),
        Command::BeginSession => session::begin(model),
        Command::NextPart => session::step(model, 1),
        Command::PreviousPart => session::step(model, -1),
        Command::GoToPart => session::parts(model),
        Command::OtherNote => session::other_note(model),
        Command::ToPage => session::to_page(model),
        Command::EndSession => return session::end(model),
        Command::Agree => agreement::ask_to_agree(model),
        Command::EditTerms => agreement::edit(model),
        Command::MaySee => agreement::may_see(model),
        Command::UseEarlier => agreement::use_earlier(model),
        Command::EditCard => people::edit_card(model),
        Command::EndAgreement => agreement::ask_to_end(model),
        Command::GiveView => return compare::give(model),
        Command::NextView => compare::step(model, 1),
        Command::PreviousView => compare::step(model, -1),
        Command::Example => compare::example(model),
        Command::Seal => return compare::seal(model),
        Command::Take => return take_plan(model),
        Command::NextQuestion => return question(model, 1),
        Command::PreviousQuestion => return question(model, -1),
        Command::Tick => tick(model),
        Command::TakeTicks => return ticked(model),
        Command::Cut | Command::Copy => return copy(model, command),
        Command::Mouse => mouse::toggle(model),
        Command::EditOutside => return outside::edit(model),
        Command::Suspend => {
            // Whoever brings it back may have somebody beside them.
            let mut effects = if model.person.show_private { session::hide_private(model) } else { Vec::new() };
            effects.push(Effect::Suspend);
            return effects;
        }
        Command::CopyPage => return vec![Effect::CopyPage],
        Command::Insert => insert(model),
        other => edit(model, other),
    }
    Vec::new()
}

fn edit(model: &mut Model, command: Command) {
    let width = usize::from(model.view.write_width.get().max(10));
    write(model, |buffer| {
        buffer.run(command, width);
    });
}

/// Shows another screen; what is being written is kept.
fn leave_to(model: &mut Model, screen: Screen) -> Vec<Effect> {
    let effects = keep_draft(model);
    compare::put_by(model);
    model.go(screen);
    effects
}

fn back(model: &mut Model) -> Vec<Effect> {
    match model.person.layers.pop() {
        Some(Layer::Dialogue(dialogue)) => {
            let (slot, changed) = (dialogue.slot(), dialogue.drafted || dialogue.unsaved || dialogue.keeping);
            return drafts::left(model, &slot, dialogue.draft(), changed);
        }
        Some(Layer::Secret(page)) if page.purpose == SecretFor::Choose => return vec![Effect::DeclinePassphrase],
        Some(Layer::Form(form)) => {
            let Some(slot) = form.slot() else { return Vec::new() };
            return drafts::left(model, &slot, form.draft(), form.is_changed());
        }
        Some(_) => return Vec::new(),
        None => {}
    }
    let effects = keep_draft(model);
    compare::put_by(model);
    model.person.screen = model.person.trail.pop().unwrap_or(Screen::Home);
    effects
}

fn toggle_help(model: &mut Model) {
    if let Some(Layer::Help(_)) = model.person.layers.last() {
        model.person.layers.pop();
    } else {
        if matches!(model.person.layers.last(), Some(Layer::Palette(_) | Layer::Messages(_) | Layer::Tour(_))) {
            model.person.layers.pop();
        }
        model.person.layers.push(Layer::Help(HelpPage::default()));
    }
}

fn open(model: &mut Model) -> Vec<Effect> {
    let Some(item) = items(model).into_iter().nth(model.person.home_row) else { return Vec::new() };
    match item.to {
        Target::Find => model.go(Screen::Find),
        Target::Advice => model.go(Screen::Advice),
        Target::Rules => model.go(Screen::Rules),
        Target::AboutMe => about_me(model),
        Target::Tour => tour::open(model),
        Target::Safety => safety::open(model),
        Target::Messages => messages::open(model),
        Target::Passphrase => locking::passphrase(model),
        Target::Restore => return vec![Effect::ListBackups],
        Target::Session => session::open(model),
        Target::Dialogue(slot) => plan::resume(model, &slot),
        Target::Form(slot) => return drafts::resume_form(model, &slot),
        Target::Compare => model.go(Screen::Compare),
        Target::Agreement => model.go(Screen::Agreement),
        Target::People => people::choose(model),
        Target::Person(id) => return people::turn_to(model, Some(id)),
        Target::Reflect(ix) => return reflect_on(model, ix),
        Target::Action(id) => {
            model.person.plan.row = model.plan_rows().iter().position(|action| action.id == id).unwrap_or(0);
            model.go(Screen::Plan);
        }
    }
    Vec::new()
}

fn about_me(model: &mut Model) {
    let Some(library) = &model.shell.library else { return };
    let Some(framework) = levels_of(library) else { return };
    let own =
        model.person.snapshot.person.level.as_deref().and_then(|own| framework.level(own)).map_or(0, |(at, _)| at);
    let mut rows = vec!["I would rather not say".to_owned()];
    rows.extend(framework.levels.iter().map(|level| level.title.clone()));
    model.person.layers.push(Layer::Picker(Picker::new("Where do you lead from?", rows, own, PickerFor::Level)));
}

fn choose_theme(model: &mut Model) {
    let at = model.shell.themes.iter().position(|name| *name == model.shell.theme).unwrap_or(0);
    let rows = model.shell.themes.clone();
    model.person.layers.push(Layer::Picker(Picker::new("How should it look?", rows, at, PickerFor::Theme)));
}

fn step_by(model: &mut Model, by: isize) {
    let (Some(library), Some(reflect)) = (&model.shell.library, &mut model.person.reflect) else { return };
    reflect.go(reflect.at.saturating_add_signed(by), library);
}

fn choose(model: &mut Model, row: Option<usize>) {
    if model.person.screen == Screen::Compare {
        return compare::choose(model, row);
    }
    let (Some(library), Some(reflect)) = (&model.shell.library, &mut model.person.reflect) else { return };
    let row = row.unwrap_or(reflect.row);
    reflect.choose(row, library);
}

fn choose_non_answer(model: &mut Model, kind: NonAnswer) {
    let at = NonAnswer::ALL.iter().position(|other| *other == kind).unwrap_or(0);
    let row = points(model) + at;
    choose(model, Some(row));
}

fn save(model: &mut Model) -> Vec<Effect> {
    let Some(library) = model.shell.library.clone() else { return Vec::new() };
    let Some(reflect) = model.person.reflect.take() else { return Vec::new() };
    let answer = reflect.answer(&library, model.shell.today);
    model
        .person
        .snapshot
        .drafts
        .retain(|draft| (&draft.framework, &draft.behaviour) != (&answer.framework, &answer.behaviour));
    model.person.saving = Some(reflect);
    model.person.advice = super::AdviceScreen::default();
    model.person.trail.retain(|screen| *screen != Screen::Reflect);
    model.person.screen = Screen::Advice;
    vec![Effect::SaveAnswer(Box::new(answer))]
}

fn set_status(model: &mut Model, status: ActionStatus) -> Vec<Effect> {
    model.marked_action().map(|action| with_status(action, status, &action.learned)).into_iter().collect()
}

fn move_field(model: &mut Model, by: isize) {
    if let Some(Layer::Form(form)) = model.person.layers.last_mut() {
        let last = isize::try_from(form.fields.len()).unwrap_or(1);
        let at = isize::try_from(form.at).unwrap_or(0) + by;
        form.at = usize::try_from(at.rem_euclid(last.max(1))).unwrap_or(0);
    }
}

/// Says that something went wrong while an answer was saved, and brings the answer back.
pub(super) fn unsave(model: &mut Model, why: String) {
    if let Some(mut reflect) = model.person.saving.take() {
        reflect.unsaved = true;
        model.person.reflect = Some(reflect);
        model.go(Screen::Reflect);
    }
    model.say(Tone::Bad, why);
}
