//! The tables of contexts and commands. Both are `Copy` and carry no data.

use crate::domain::named;

/// What a printable key is in a context, and whether the contexts further out are searched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Takes {
    /// A key is a command, and what is not one here may be one further out.
    Plain,
    /// A printable key is text.
    Text,
    /// A key is a command, and only [`Context::Global`] and [`Context::Text`] are searched further out.
    Modal,
    /// Both [`Takes::Text`] and [`Takes::Modal`].
    ModalText,
}

/// Declares the contexts: variant, name in the settings, what keys are, title for the table of keys, and description.
macro_rules! contexts {
    ($($variant:ident $id:literal $takes:ident $title:literal $about:literal;)*) => {
        named! {
            /// A place in which a key can be pressed. The model supplies a stack of these, innermost first.
            Context { $($variant $id $about;)* }
        }

        impl Context {
            /// Returns the place in a few words, for the table of keys.
            #[must_use]
            pub fn title(self) -> &'static str {
                match self { $(Self::$variant => $title,)* }
            }

            const fn takes(self) -> Takes {
                match self { $(Self::$variant => Takes::$takes,)* }
            }
        }
    };
}

contexts! {
    Global "everywhere" Plain "everywhere" "Everywhere.";
    Go "go" Plain "where letters are not text" "Wherever a letter is not text.";
    List "list" Plain "lists" "A list or a page to move in.";
    Home "today" Plain "Today" "The first screen.";
    Find "find" Text "Find" "The search screen.";
    Reflect "reflect" Plain "Reflect" "A reflection, whatever its step.";
    Choice "choice" Plain "rating, importance" "A step of it that offers points to choose from.";
    Review "review" Plain "review" "Its last step, which shows what will be saved.";
    Write "write" Text "writing" "Text of several lines being written.";
    Text "text" Text "typing" "Wherever text is typed, also a single line.";
    Advice "advice" Plain "Advice" "The advice screen.";
    Plan "plan" Plain "Plan" "The plan screen.";
    Rules "rules" Text "Rules" "The list of packs and rules, which narrows as one types.";
    Rule "rule" Plain "a rule" "One rule whole.";
    Progress "progress" Plain "Progress" "How things changed.";
    Journal "journal" Text "Journal" "The journal, which narrows as one types.";
    Before "before" Plain "an earlier answer" "An answer that was given before, in front of a reflection.";
    Form "form" ModalText "forms" "A small form with lines to fill in.";
    Picker "picker" Modal "choices" "A list to pick one from.";
    Chooser "chooser" ModalText "people" "A list that narrows as one types.";
    Ticks "ticks" Modal "ticks" "A list of which any may be ticked.";
    Dialogue "dialogue" ModalText "planning" "The plan as a dialogue, one question at a time.";
    Begin "begin" Plain "beginning a session" "Where a session is begun.";
    Session "session" Plain "a session" "A session that goes on, whatever its part.";
    Page "page" Plain "its page" "Its last part, the page that is read together.";
    LookUp "look-up" Plain "looking up in a session" "The search screen, opened over a session.";
    Agreement "agreement" Plain "the agreement" "What coach and client agreed.";
    Views "views" Plain "two views" "A comparison before and after the views are given.";
    Rating "rating" Plain "giving a view" "A view being given.";
    Help "help" ModalText "help" "The help page.";
    Palette "palette" ModalText "the list of commands" "The list of every command, which narrows as one types.";
    Messages "messages" Modal "messages" "What was said lately.";
    Tour "tour" Modal "the tour" "The cards of the first tour.";
    Secret "secret" ModalText "a passphrase" "Where a passphrase is asked for.";
    Paper "paper" Modal "the paper key" "The paper key, shown once.";
    Safety "safety" Modal "people to ring" "People to ring.";
}

impl Context {
    /// Returns whether printable keys are text in this context and never commands of an outer context.
    #[must_use]
    pub const fn is_text(self) -> bool {
        matches!(self.takes(), Takes::Text | Takes::ModalText)
    }

    /// Returns whether no context further out is searched, except [`Context::Global`] and [`Context::Text`].
    #[must_use]
    pub const fn is_modal(self) -> bool {
        matches!(self.takes(), Takes::Modal | Takes::ModalText)
    }
}

/// The heading under which help lists a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// Navigation between screens.
    Go,
    /// Movement in lists and pages.
    Move,
    /// Actions of the current screen.
    Act,
    /// Text editing.
    Edit,
}

impl Group {
    /// All groups in the order of the help page, with the actions of the current screen first.
    pub const ALL: [Self; 4] = [Self::Act, Self::Go, Self::Move, Self::Edit];

    /// Returns the heading.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Go => "Getting about",
            Self::Act => "On this screen",
            Self::Move => "Moving",
            Self::Edit => "Writing",
        }
    }
}

/// A row of the command table.
#[derive(Debug, Clone, Copy)]
pub struct Entry {
    /// The command.
    pub command: Command,
    /// Name in settings.
    pub id: &'static str,
    /// One or two words for the footer.
    pub title: &'static str,
    /// One sentence for help.
    pub help: &'static str,
    /// Heading in help.
    pub group: Group,
    /// Priority in a narrow footer, higher first; 0 means never in the footer.
    pub priority: u8,
    /// Default keys with their contexts.
    pub keys: &'static [(Context, &'static str)],
}

macro_rules! commands {
    ($($variant:ident $id:literal $title:literal $group:ident $priority:literal [$($context:ident $key:literal),*] $help:literal;)*) => {
        /// An action that a person can trigger.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Command {
            $(#[doc = $help] $variant,)*
        }

        /// Every command, in the order of the help page.
        pub const COMMANDS: &[Entry] = &[
            $(Entry {
                command: Command::$variant,
                id: $id,
                title: $title,
                help: $help,
                group: Group::$group,
                priority: $priority,
                keys: &[$((Context::$context, $key)),*],
            },)*
        ];
    };
}

commands! {
    GoHome "home" "Today" Go 40 [Go "1"] "Show what matters now.";
    GoFind "find" "Find" Go 60 [Go "2", Go "/", Global "ctrl-f", Global "f2"] "Find a behaviour by typing what is on your mind.";
    GoReflect "reflect" "Reflect" Go 20 [Go "3", Global "f3"] "Go back to the reflection that is open.";
    GoAdvice "advice" "Advice" Go 45 [Go "4", Global "f4"] "See which activities the rules recommend, and why.";
    GoPlan "plan" "Plan" Go 42 [Go "5", Global "f5"] "See what you decided to do.";
    GoRules "rules" "Rules" Go 41 [Go "6", Global "f6"] "See every pack and rule, and how each rule came out for you.";
    GoSession "session" "Session" Go 43 [Go "7", Global "f7"] "Begin a session, or go back to the one that goes on.";
    GoProgress "progress" "Progress" Go 40 [Go "8", Global "f8"] "See how things changed, in words and in numbers.";
    GoJournal "journal" "Journal" Go 39 [Go "9", Global "f9"] "Read and search everything that was ever written.";
    People "people" "People" Go 35 [Go "w"] "Open the records of somebody you coach, or your own.";
    GoAgreement "agreement" "Agreement" Go 29 [Go "c"] "Show what you and your client agreed.";
    GoCompare "compare" "Two views" Go 28 [Go "v"] "Rate the focus set apart from each other, then compare.";
    HandOver "hand-over" "Hand over" Go 33 [Go "h"] "Write a report for the client, the coach or the sponsor.";
    HidePrivate "private-lines" "Private lines" Go 34 [Global "ctrl-o"] "Hide everything private at once, or show it again.";
    AboutMe "about-me" "About me" Go 30 [Go "m"] "Say from which level you lead and in which kind of organisation.";
    Palette "commands" "Commands" Go 36 [Go ":", Picker ":", Ticks ":", Global "ctrl-p"] "Find any command by typing a part of its name, and do it.";
    Safety "safety" "Who to ring" Go 6 [Go "!"] "Show people to ring, where words were noticed that can mean danger.";
    Messages "messages" "Messages" Go 5 [Go "i"] "Read what was said lately, and what is wrong with settings and packs.";
    Tour "tour" "Tour" Go 4 [Go "t"] "See the first tour again.";
    Lock "lock" "Lock" Go 2 [Global "ctrl-l"] "Put your records away and cover the screen.";
    Passphrase "passphrase" "Passphrase" Go 2 [Go "P"] "Lock your records with a passphrase, change it, or take it away.";
    BackUp "back-up" "Back up" Go 2 [Go "B"] "Copy your records now, beside them.";
    Restore "restore" "Restore" Go 2 [Go "R"] "Put a backup in place of your records; nothing is deleted.";
    Theme "theme" "Theme" Go 3 [Go "T"] "Choose how the screens look.";
    Help "help" "Help" Go 100 [Go "?", Picker "?", Ticks "?", Global "f1"] "Show everything that works here.";
    Back "back" "Back" Go 70 [Global "esc", Safety "enter"] "Go back one step; nothing you wrote is lost.";
    Mouse "mouse" "Mouse" Go 2 [Global "alt-m"] "Let the mouse mark and open rows, or give it back to the terminal.";
    Suspend "suspend" "Suspend" Go 3 [Global "alt-z", Global "ctrl-z"] "Stop Cairn and go back to the shell, where fg brings it back.";
    Quit "quit" "Quit" Go 10 [Go "q", Global "ctrl-q", Global "ctrl-c"] "Leave Cairn; what you are writing is kept as a draft.";

    Open "open" "Open" Act 90 [Home "enter"] "Open the row that is marked.";
    FindOpen "find-open" "Reflect on it" Act 90 [Find "enter"] "Reflect on the behaviour that is marked.";
    NoteBehaviour "note-behaviour" "Note it" Act 91 [LookUp "enter"] "Put the behaviour into the note you came from, and go back there.";
    FocusToggle "focus" "Focus" Act 75 [Find "ctrl-t"] "Take the behaviour into the focus set, or out of it.";
    BeginSession "begin-session" "Begin" Act 90 [Begin "enter"] "Begin a session with the model that is marked.";
    NextPart "next-part" "Next" Act 85 [Session "tab"] "Go to the next part of the session.";
    PreviousPart "previous-part" "Back a part" Act 50 [Session "shift-tab"] "Go to the part before.";
    GoToPart "go-to-part" "Parts" Act 80 [Session "ctrl-g"] "Go to any part, or change the model.";
    OtherNote "other-note" "Private note" Act 66 [Session "ctrl-t"] "Go from the shared note to the coach's private one, or back.";
    ToPage "to-page" "The page" Act 64 [Session "ctrl-s"] "Go to the page that is read together before the end.";
    EndSession "end-session" "Close the session" Act 90 [Page "enter"] "Close the session and keep it.";
    Agree "agree" "We agree" Act 88 [Agreement "a"] "Note that both agreed to this today; you are asked first.";
    EditTerms "edit-terms" "Change" Act 80 [Agreement "enter", Agreement "e"] "Change purpose, goal, sponsor, limits or dates.";
    MaySee "may-see" "Who may see" Act 76 [Agreement "p"] "Change who may see what.";
    UseEarlier "use-earlier" "Use earlier answers" Act 74 [Agreement "u"] "Note that the client lets answers given for another purpose serve this one.";
    EditCard "edit-card" "Name" Act 62 [Agreement "n"] "Change name, e-mail address and consent to the hours log.";
    EndAgreement "end-agreement" "End it" Act 20 [Agreement "x"] "End the agreement today.";
    GiveView "give-view" "Go on" Act 90 [Views "enter"] "Begin the next view, or open both.";
    NextView "next-view" "Next" Act 85 [Rating "tab"] "Go to the next behaviour.";
    PreviousView "previous-view" "Back" Act 50 [Rating "shift-tab"] "Go to the behaviour before.";
    Example "example" "Example" Act 70 [Rating "e"] "Write down what you saw.";
    Seal "seal" "Put away" Act 84 [Rating "ctrl-s"] "Put this view away, so that nobody sees it before both are given.";
    Take "take" "Take it" Act 70 [Dialogue "ctrl-s"] "Take the action into the plan as it is written.";
    NextQuestion "next-question" "Next" Act 90 [Dialogue "enter", Dialogue "tab", Dialogue "down"] "Go to the next question; at the end, take the action into the plan.";
    PreviousQuestion "previous-question" "Question before" Act 60 [Dialogue "shift-tab", Dialogue "up"] "Go to the question before.";
    Tick "tick" "Tick" Act 92 [Ticks "space"] "Tick the row that is marked, or take the tick back.";
    TakeTicks "take-ticks" "Done" Act 90 [Ticks "enter", Ticks "ctrl-s"] "Keep the ticks as they are.";
    FindClear "find-clear" "Clear" Act 65 [Find "ctrl-u", Rules "ctrl-u", Journal "ctrl-u"] "Empty the search line.";
    NextStep "next-step" "Next" Act 85 [Reflect "tab", Before "enter"] "Go to the next step of the reflection.";
    PreviousStep "previous-step" "Step back" Act 50 [Reflect "shift-tab"] "Go to the step before.";
    Save "save" "Save" Act 88 [Reflect "ctrl-s", Review "enter"] "Save the answer and ask the rules for advice.";
    Choose "choose" "Choose" Act 86 [Choice "enter", Choice "space"] "Choose the point that is marked and go on.";
    Pick1 "pick-1" "1" Act 0 [Choice "1"] "Choose the first point.";
    Pick2 "pick-2" "2" Act 0 [Choice "2"] "Choose the second point.";
    Pick3 "pick-3" "3" Act 0 [Choice "3"] "Choose the third point.";
    Pick4 "pick-4" "4" Act 0 [Choice "4"] "Choose the fourth point.";
    Pick5 "pick-5" "5" Act 0 [Choice "5"] "Choose the fifth point.";
    Pick6 "pick-6" "6" Act 0 [Choice "6"] "Choose the sixth point.";
    Pick7 "pick-7" "7" Act 0 [Choice "7"] "Choose the seventh point.";
    Pick8 "pick-8" "8" Act 0 [Choice "8"] "Choose the eighth point.";
    Pick9 "pick-9" "9" Act 0 [Choice "9"] "Choose the ninth point.";
    PickNotApplicable "not-applicable" "Not applicable" Act 0 [Choice "n"] "Say that it does not apply to your role.";
    PickCannotSay "cannot-say" "Can't say" Act 0 [Choice "c"] "Say that you cannot tell.";
    PickPreferNot "prefer-not-to-say" "Prefer not to say" Act 0 [Choice "p"] "Say that you prefer not to say.";
    Unchoose "unchoose" "Take back" Act 15 [Choice "backspace", Choice "delete"] "Take the choice back, so that the question is unanswered.";
    Accept "accept" "Accept" Act 89 [Advice "a"] "Take the activity into your plan as it is.";
    Adapt "adapt" "Adapt" Act 80 [Advice "e"] "Take it into your plan in your own words.";
    Decline "decline" "Decline" Act 78 [Advice "x"] "Set it aside, with a reason.";
    Why "why" "Why" Act 76 [Advice "enter", Advice "w"] "Show or hide the conditions behind an activity.";
    Behind "rule-behind" "Rule" Act 77 [Advice "r"] "Show the rule behind an activity, its conditions and the answers it looked at.";
    LeftOut "left-out" "Left out" Act 38 [Advice "l"] "Show or hide what was not shown, and which rules came close.";
    RuleOpen "rule-open" "Open" Act 90 [Rules "enter"] "Open the rule that is marked, or show and hide what belongs to a pack or a family.";
    ToAnswer "to-answer" "To the answer" Act 90 [Rule "enter"] "Go to the answer that is marked, or to where one can be given.";
    NextRule "next-rule" "Next rule" Act 60 [Rule "tab", Rule "n"] "Go on to the next rule.";
    PreviousRule "previous-rule" "Rule before" Act 30 [Rule "shift-tab", Rule "b"] "Go back to the rule before.";
    ReadAgain "read-again" "Read again" Act 62 [Rules "ctrl-r", Rule "r", Rule "ctrl-r"] "Read the packs in folders again, which also happens when a file changes.";
    InJournal "in-journal" "Words" Act 90 [Progress "enter"] "Show in the journal what was written about the row that is marked.";
    CompareDays "compare-days" "Days" Act 79 [Progress "b"] "Choose the two days that are compared.";
    ShowCoach "beside" "Coach" Act 73 [Progress "s"] "Show or hide what the coach sees beside your own view.";
    Evidence "evidence" "Evidence" Act 78 [Progress "e", Journal "tab"] "Show or hide what was written since the last session, by behaviour.";
    JournalOpen "journal-open" "Open" Act 90 [Journal "enter"] "Open what is marked where it was written.";
    CorrectEntry "correct" "Correct" Act 79 [Journal "ctrl-r"] "Correct the entry that is selected; the earlier version is kept.";
    WithdrawEntry "withdraw" "Withdraw" Act 56 [Journal "ctrl-t", Plan "delete", Views "ctrl-t"] "Take an entry, an action or a view back for good, from the records and from every backup here.";
    AddNote "add-note" "Add a note" Act 40 [Journal "ctrl-n"] "Add a note to the session that is selected.";
    Discard "discard" "Throw away" Act 12 [Reflect "alt-x", Session "alt-x", Dialogue "alt-x", Form "alt-x"] "Throw away what was begun here.";
    HappenedOn "happened-on" "Another day" Act 45 [Reflect "alt-d"] "Say on which day this happened, if it was not today.";
    Done "done" "Done" Act 84 [Plan "d"] "Mark the action as done, with what you learned.";
    Change "change" "Change" Act 74 [Plan "enter", Plan "e"] "Change the words, the first step or the day of the action.";
    Drop "drop" "Let go" Act 55 [Plan "x"] "Let the action go.";
    Reopen "reopen" "Reopen" Act 54 [Plan "r"] "Take up a finished action again.";
    New "new" "New" Act 72 [Plan "n"] "Add an action of your own.";
    Submit "submit" "OK" Act 90 [Form "enter", Form "ctrl-s"] "Take what the form says.";
    NextField "next-field" "Next line" Act 60 [Form "tab", Form "down", Secret "tab", Secret "down"] "Go to the next line of the form.";
    PreviousField "previous-field" "Line before" Act 0 [Form "shift-tab", Form "up", Secret "shift-tab", Secret "up"] "Go to the line before.";
    NextCard "next-card" "Next" Act 90 [Tour "enter", Tour "space", Tour "right", Tour "tab"] "Go to the next card of the tour; after the last one it ends.";
    TakeSecret "take-secret" "Go on" Act 90 [Secret "enter"] "Take what is typed.";
    Reveal "reveal" "Show" Act 60 [Secret "ctrl-r"] "Show what is typed, or cover it again.";
    OfferWords "offer-words" "Offer words" Act 80 [Secret "ctrl-w"] "Offer four words for a new passphrase.";
    ClearSecret "clear-secret" "Erase all" Edit 0 [Secret "ctrl-u"] "Erase the line.";
    PutAside "put-aside" "Put aside" Act 60 [Safety "x"] "Put aside what was noticed; it comes back if such words are written again.";
    PaperKept "paper-kept" "I have it" Act 90 [Paper "enter"] "Go on: the paper key is written down and is not shown again.";
    PreviousCard "previous-card" "Card before" Act 60 [Tour "left", Tour "shift-tab", Tour "backspace"] "Go to the card before.";
    RunCommand "run" "Do it" Act 90 [Palette "enter"] "Do the command that is marked.";
    PickOpen "pick" "Choose" Act 90 [Picker "enter", Chooser "enter"] "Choose the row that is marked.";

    Down "down" "Down" Move 0 [List "down", List "j", Picker "down", Ticks "down", Ticks "j", Chooser "down", Choice "down", Choice "j", Review "down", Review "j", Help "down", Palette "down", Messages "down", Messages "j", Safety "down", Safety "j", Find "down", Rules "down", Journal "down"] "Go one row down.";
    Up "up" "Up" Move 0 [List "up", List "k", Picker "up", Ticks "up", Ticks "k", Chooser "up", Choice "up", Choice "k", Review "up", Review "k", Help "up", Palette "up", Messages "up", Messages "k", Safety "up", Safety "k", Find "up", Rules "up", Journal "up"] "Go one row up.";
    PageDown "page-down" "More" Move 8 [Write "pagedown", List "pagedown", List "space", Help "pagedown", Messages "pagedown", Messages "space", Safety "pagedown", Safety "space", Find "pagedown", Rules "pagedown", Journal "pagedown", Choice "pagedown"] "Scroll the text one page down.";
    PageUp "page-up" "Page up" Move 0 [Write "pageup", List "pageup", Help "pageup", Messages "pageup", Safety "pageup", Find "pageup", Rules "pageup", Journal "pageup", Choice "pageup"] "Scroll the text one page up.";
    First "first" "First" Move 0 [List "home", List "g", Picker "home"] "Go to the first row.";
    Last "last" "Last" Move 0 [List "end", List "G", Picker "end"] "Go to the last row.";
    CopyPage "copy-page" "Copy the page" Act 0 [List "ctrl-y", Review "ctrl-y", Find "ctrl-y", Rules "ctrl-y", Journal "ctrl-y"] "Copy the text in front, to the clipboard too if the terminal allows it.";

    NewLine "new-line" "New line" Edit 0 [Write "enter"] "Begin a new line.";
    EraseLeft "erase-left" "Erase" Edit 0 [Text "backspace", Secret "backspace"] "Erase the character before.";
    EraseRight "erase-right" "Erase after" Edit 0 [Text "delete"] "Erase the character after.";
    EraseWord "erase-word" "Erase word" Edit 0 [Text "ctrl-w", Text "alt-backspace"] "Erase the word before.";
    EraseToStart "erase-to-start" "Erase line" Edit 0 [Text "ctrl-u"] "Erase to the start of the line.";
    EraseToEnd "erase-to-end" "Erase to end" Edit 0 [Text "ctrl-k"] "Erase to the end of the line.";
    Left "left" "Left" Edit 0 [Text "left"] "Go one character left.";
    Right "right" "Right" Edit 0 [Text "right"] "Go one character right.";
    WordLeft "word-left" "Word left" Edit 0 [Text "ctrl-left", Text "alt-left", Text "alt-b"] "Go one word left.";
    WordRight "word-right" "Word right" Edit 0 [Text "ctrl-right", Text "alt-right", Text "alt-f"] "Go one word right.";
    LineUp "line-up" "Line up" Edit 0 [Write "up"] "Go one line up.";
    LineDown "line-down" "Line down" Edit 0 [Write "down"] "Go one line down.";
    LineStart "line-start" "Line start" Edit 0 [Text "home", Text "ctrl-a"] "Go to the start of the line.";
    LineEnd "line-end" "Line end" Edit 0 [Text "end", Text "ctrl-e"] "Go to the end of the line.";
    SelectLeft "select-left" "Select left" Edit 0 [Text "shift-left"] "Select the character before.";
    SelectRight "select-right" "Select right" Edit 0 [Text "shift-right"] "Select the character after.";
    SelectWordLeft "select-word-left" "Select word left" Edit 0 [Text "ctrl-shift-left", Text "alt-shift-left"] "Select the word before.";
    SelectWordRight "select-word-right" "Select word right" Edit 0 [Text "ctrl-shift-right", Text "alt-shift-right"] "Select the word after.";
    SelectLineUp "select-line-up" "Select up" Edit 0 [Write "shift-up"] "Select one line up.";
    SelectLineDown "select-line-down" "Select down" Edit 0 [Write "shift-down"] "Select one line down.";
    SelectLineStart "select-line-start" "Select to start" Edit 0 [Text "shift-home"] "Select to the start of the line.";
    SelectLineEnd "select-line-end" "Select to end" Edit 0 [Text "shift-end"] "Select to the end of the line.";
    SelectAll "select-all" "Select all" Edit 0 [Text "alt-a"] "Select everything that is written here.";
    Cut "cut" "Cut" Edit 97 [Text "ctrl-x"] "Take out what is selected and copy it.";
    Copy "copy" "Copy" Edit 98 [Text "alt-c"] "Copy what is selected, to the clipboard too if the terminal allows it.";
    Insert "insert" "Insert" Edit 0 [Text "ctrl-v"] "Insert what was cut or copied here last.";
    Undo "undo" "Undo" Edit 14 [Text "ctrl-z", Text "alt-u"] "Undo the last change to the text.";
    Redo "redo" "Redo" Edit 0 [Text "alt-e", Text "ctrl-y"] "Redo what was undone.";
    EditOutside "edit-outside" "Editor" Edit 0 [Write "alt-o", Form "alt-o", Dialogue "alt-o"] "Write on in your own editor, VISUAL or EDITOR, and come back.";
}

impl Command {
    /// Returns the command's row in the table.
    ///
    /// # Panics
    /// Never: the macro creates one row for every variant, in order.
    #[must_use]
    pub fn entry(self) -> &'static Entry {
        COMMANDS.get(self as usize).expect("the table has a row for every command")
    }

    /// Returns whether the command is available in a stack of contexts, innermost first, whatever its keys are.
    /// Navigation commands are available wherever no modal context is open: where letters are text they have no key,
    /// but can be run by name.
    #[must_use]
    pub fn works_in(self, contexts: &[Context]) -> bool {
        let own = self.entry().keys;
        let has = |context: &Context| own.iter().any(|(other, _)| other == context);
        let modal = contexts.iter().position(|context| context.is_modal());
        // Beyond a modal context, only text contexts and the global context are searched.
        let end = modal.map_or(contexts.len(), |at| at + 1);
        let always = contexts.iter().skip(end).filter(|context| matches!(context, Context::Text | Context::Global));
        contexts.iter().take(end).chain(always).any(has) || (modal.is_none() && has(&Context::Go))
    }

    /// Returns the command with an id.
    #[must_use]
    pub fn from_id(id: &str) -> Option<Self> {
        COMMANDS.iter().find(|entry| entry.id == id).map(|entry| entry.command)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::command::{Chord, KeyName};

    #[test]
    fn the_table_is_a_table() {
        let mut ids = BTreeMap::new();
        for (at, entry) in COMMANDS.iter().enumerate() {
            assert_eq!(entry.command as usize, at);
            assert_eq!(entry.command.entry().id, entry.id);
            assert!(ids.insert(entry.id, at).is_none(), "{} twice", entry.id);
            assert!(entry.help.ends_with('.') && entry.help.matches('.').count() == 1, "{}", entry.help);
            assert!(!entry.keys.is_empty(), "{} has no key", entry.id);
        }
    }

    #[test]
    fn no_two_defaults_share_a_key_and_every_key_can_be_received() {
        let mut taken = BTreeMap::new();
        for entry in COMMANDS {
            for (context, key) in entry.keys {
                let chord: Chord = key.parse().unwrap_or_else(|error| panic!("{}: {error}", entry.id));
                assert_eq!(chord.to_string(), *key);
                let other = taken.insert((*context, chord), entry.id);
                assert!(other.is_none(), "{key} in {context:?} means {} and {}", entry.id, other.unwrap_or(""));
                let lost = chord.ctrl && matches!(chord.key, KeyName::Char('i' | 'm' | 'h' | '[') | KeyName::Enter);
                assert!(!lost, "many terminals cannot send {key}");
                assert!(!(context.is_text() && chord.printable().is_some()), "{key} is text in {context:?}");
            }
        }
    }
}
