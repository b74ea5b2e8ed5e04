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
    Journal "journal" Text "Journal" "The journal, which narrows as you type.";
    Before "before" Plain "an earlier answer" "An answer that was given before, in front of a reflection.";
    Form "form" ModalText "forms" "A small form with lines to fill in.";
    Picker "picker" Modal "choices" "A list to pick one from.";
    Chooser "chooser" ModalText "people" "A list that narrows as you type.";
    Ticks "ticks" Modal "ticks" "A list in which you can tick any row.";
    Dialogue "dialogue" ModalText "planning" "The plan as questions, one at a time.";
    Begin "begin" Plain "starting a session" "Where you start a session.";
    Session "session" Plain "a session" "An open session, in any of its parts.";
    Page "page" Plain "session summary" "The last part of a session, a summary to read together.";
    LookUp "look-up" Plain "looking up in a session" "The search screen, opened over a session.";
    Agreement "agreement" Plain "the agreement" "What coach and client agreed.";
    Views "views" Plain "comparing ratings" "A comparison before and after both people have rated.";
    Rating "rating" Plain "giving ratings" "Ratings being given.";
    Help "help" ModalText "help" "The help page.";
    Palette "palette" ModalText "the list of commands" "The list of all commands, which narrows as you type.";
    Messages "messages" Modal "messages" "Recent messages.";
    Tour "tour" Modal "the tour" "The cards of the first tour.";
    Secret "secret" ModalText "a passphrase" "Where Cairn asks for a passphrase.";
    Paper "paper" Modal "the paper key" "The paper key, which is shown once.";
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
            Self::Go => "Go to",
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
    GoHome "home" "Today" Go 40 [Go "1"] "Go to Today.";
    GoFind "find" "Find" Go 60 [Go "2", Go "/", Global "ctrl-f", Global "f2"] "Find a behaviour by typing what is on your mind.";
    GoReflect "reflect" "Reflect" Go 20 [Go "3", Global "f3"] "Return to your unfinished reflection.";
    GoAdvice "advice" "Advice" Go 45 [Go "4", Global "f4"] "See what Cairn suggests, and why.";
    GoPlan "plan" "Plan" Go 42 [Go "5", Global "f5"] "See what you have decided to do.";
    GoRules "rules" "Rules" Go 41 [Go "6", Global "f6"] "See all packs and rules, and which rules apply to you.";
    GoSession "session" "Session" Go 43 [Go "7", Global "f7"] "Start a session, or return to the one you started.";
    GoProgress "progress" "Progress" Go 40 [Go "8", Global "f8"] "See what has changed, in words and numbers.";
    GoJournal "journal" "Journal" Go 39 [Go "9", Global "f9"] "Search everything you have written.";
    People "people" "People" Go 35 [Go "w"] "Open the records of someone you coach, or your own.";
    GoAgreement "agreement" "Agreement" Go 29 [Go "c"] "Show what you and your client agreed.";
    GoCompare "compare" "Compare ratings" Go 28 [Go "v"] "Rate the chosen behaviours separately, then compare.";
    HandOver "hand-over" "Report" Go 33 [Go "h"] "Create a report for the client, the coach or the sponsor.";
    QuickNote "note" "Note" Go 31 [Go "N", Global "alt-n"] "Write a note about anything, from anywhere.";
    HidePrivate "private-lines" "Private notes" Go 34 [Global "ctrl-o"] "Hide all private notes, or show them again.";
    AboutMe "about-me" "My role" Go 30 [Go "m"] "Tell Cairn about your role and organisation.";
    Palette "commands" "Commands" Go 36 [Go ":", Picker ":", Ticks ":", Global "ctrl-p"] "Find a command by typing part of its name, and run it.";
    Safety "safety" "Who to ring" Go 6 [Go "!"] "Show people to ring if you wrote words that can mean danger.";
    Messages "messages" "Messages" Go 5 [Go "i"] "See recent messages and any problems.";
    Tour "tour" "Tour" Go 4 [Go "t"] "See the tour again.";
    Lock "lock" "Lock" Go 2 [Global "ctrl-l"] "Hide the screen, and lock your records if they have a passphrase.";
    Passphrase "passphrase" "Passphrase" Go 2 [Go "P"] "Set, change or remove the passphrase for your records.";
    BackUp "back-up" "Back up" Go 2 [Go "B"] "Make a backup now, next to your records.";
    Restore "restore" "Restore" Go 2 [Go "R"] "Restore a backup and keep a copy of your current records.";
    Theme "theme" "Theme" Go 3 [Go "T"] "Choose how the screens look.";
    Settings "settings" "Settings" Go 3 [Go "S"] "Change theme, mouse, locking, region and other settings.";
    Help "help" "Help" Go 100 [Go "?", Picker "?", Ticks "?", Global "f1"] "Show the keys that work on this screen.";
    Back "back" "Back" Go 70 [Global "esc", Safety "enter"] "Go back one step without losing anything you wrote.";
    Mouse "mouse" "Mouse" Go 2 [Global "alt-m"] "Use the mouse to select and open items, or turn this off.";
    Suspend "suspend" "Pause" Go 3 [Global "alt-z"] "Pause Cairn and go to the shell, where fg brings Cairn back.";
    HowToPause "how-to-pause" "How to pause" Go 0 [Global "ctrl-z"] "Say which key pauses Cairn.";
    Quit "quit" "Quit" Go 10 [Go "q", Global "ctrl-q", Global "ctrl-c"] "Leave Cairn and save what you are writing as a draft.";

    Open "open" "Open" Act 90 [Home "enter"] "Open the selected item.";
    FindOpen "find-open" "Reflect on this" Act 90 [Find "enter"] "Reflect on the selected behaviour.";
    NoteBehaviour "note-behaviour" "Add to note" Act 91 [LookUp "enter"] "Add the behaviour to your note and go back to the note.";
    FocusToggle "focus" "Focus" Act 75 [Find "ctrl-t"] "Add the behaviour to your focus set, or remove it.";
    BeginSession "begin-session" "Start" Act 90 [Begin "enter"] "Start a session with the selected model.";
    NextPart "next-part" "Next" Act 85 [Session "tab"] "Go to the next part of the session.";
    PreviousPart "previous-part" "Previous part" Act 50 [Session "shift-tab"] "Go to the previous part.";
    GoToPart "go-to-part" "Parts" Act 80 [Session "ctrl-g"] "Go to any part, or change the model.";
    OtherNote "other-note" "Other note" Act 66 [Session "ctrl-t"] "Switch between the shared note and the coach's private note.";
    ToPage "to-page" "Summary" Act 64 [Session "ctrl-s"] "Go to the summary to read together before you finish.";
    EndSession "end-session" "Finish session" Act 90 [Page "enter"] "Finish the session and save it.";
    Agree "agree" "We agree" Act 88 [Agreement "a"] "Record that you both agree to this today.";
    EditTerms "edit-terms" "Change" Act 80 [Agreement "enter", Agreement "e"] "Change purpose, goal, sponsor, limits or dates.";
    MaySee "may-see" "Who can see what" Act 76 [Agreement "p"] "Change who can see what.";
    UseEarlier "use-earlier" "Use past answers" Act 74 [Agreement "u"] "Record that the client agrees to use earlier answers here.";
    EditCard "edit-card" "Edit details" Act 62 [Agreement "n"] "Change the name, the email address and consent to the hours log.";
    EndAgreement "end-agreement" "End agreement" Act 20 [Agreement "x"] "End the agreement today.";
    GiveView "give-view" "Go on" Act 90 [Views "enter"] "Start the next set of ratings, or show both.";
    NextView "next-view" "Next" Act 85 [Rating "tab"] "Go to the next behaviour.";
    PreviousView "previous-view" "Previous" Act 50 [Rating "shift-tab"] "Go to the previous behaviour.";
    Example "example" "Add example" Act 70 [Rating "e"] "Write down what you saw.";
    Seal "seal" "Submit ratings" Act 84 [Rating "ctrl-s"] "Submit your ratings, which nobody can see until you have both finished.";
    Take "take" "Save to plan" Act 70 [Dialogue "ctrl-s"] "Save this action in your plan.";
    NextQuestion "next-question" "Next" Act 90 [Dialogue "enter", Dialogue "tab", Dialogue "down"] "Go to the next question, or add the action to your plan after the last one.";
    PreviousQuestion "previous-question" "Previous" Act 60 [Dialogue "shift-tab", Dialogue "up"] "Go to the previous question.";
    MoreQuestions "more-questions" "More questions" Act 65 [Dialogue "ctrl-g"] "Plan in more detail, with all twelve questions.";
    Tick "tick" "Tick" Act 92 [Ticks "space"] "Tick the selected row, or remove the tick.";
    TakeTicks "take-ticks" "Done" Act 90 [Ticks "enter", Ticks "ctrl-s"] "Save your ticks.";
    FindClear "find-clear" "Clear" Act 65 [Find "ctrl-u", Rules "ctrl-u", Journal "ctrl-u"] "Clear the search line.";
    NextStep "next-step" "Next" Act 85 [Reflect "tab", Before "enter"] "Go to the next step of the reflection.";
    PreviousStep "previous-step" "Previous step" Act 50 [Reflect "shift-tab"] "Go to the previous step.";
    Save "save" "Save" Act 88 [Reflect "ctrl-s", Review "enter"] "Save your answer and see what Cairn suggests.";
    Choose "choose" "Choose" Act 86 [Choice "enter", Choice "space"] "Choose the selected answer and go on.";
    Pick1 "pick-1" "1" Act 0 [Choice "1"] "Choose 1.";
    Pick2 "pick-2" "2" Act 0 [Choice "2"] "Choose 2.";
    Pick3 "pick-3" "3" Act 0 [Choice "3"] "Choose 3.";
    Pick4 "pick-4" "4" Act 0 [Choice "4"] "Choose 4.";
    Pick5 "pick-5" "5" Act 0 [Choice "5"] "Choose 5.";
    Pick6 "pick-6" "6" Act 0 [Choice "6"] "Choose 6.";
    Pick7 "pick-7" "7" Act 0 [Choice "7"] "Choose 7.";
    Pick8 "pick-8" "8" Act 0 [Choice "8"] "Choose 8.";
    Pick9 "pick-9" "9" Act 0 [Choice "9"] "Choose 9.";
    PickNotApplicable "not-applicable" "Not applicable" Act 0 [Choice "n"] "Say that this does not apply to your role.";
    PickCannotSay "cannot-say" "Can't say" Act 0 [Choice "c"] "Say that you cannot tell.";
    PickPreferNot "prefer-not-to-say" "Prefer not to say" Act 0 [Choice "p"] "Say that you prefer not to say.";
    Unchoose "unchoose" "Clear answer" Act 15 [Choice "backspace", Choice "delete"] "Clear your answer.";
    Accept "accept" "Accept" Act 89 [Advice "a"] "Add this activity to your plan as it is.";
    Adapt "adapt" "Adapt" Act 80 [Advice "e"] "Change the words before you add this activity to your plan.";
    Decline "decline" "Decline" Act 78 [Advice "x"] "Remove this activity and say why.";
    Why "why" "Why" Act 76 [Advice "enter", Advice "w"] "Show or hide why Cairn suggests this activity.";
    Behind "rule-behind" "Rule" Act 77 [Advice "r"] "Show the rule behind this activity and the answers it used.";
    LeftOut "left-out" "Other ideas" Act 38 [Advice "l"] "Show or hide other ideas, and why they are not on the list.";
    RuleOpen "rule-open" "Open" Act 90 [Rules "enter"] "Open the selected rule, or show or hide the rules of a pack.";
    ToAnswer "to-answer" "Go to answer" Act 90 [Rule "enter"] "Go to the selected answer, or to where you can give one.";
    NextRule "next-rule" "Next rule" Act 60 [Rule "tab", Rule "n"] "Go to the next rule.";
    PreviousRule "previous-rule" "Previous rule" Act 30 [Rule "shift-tab", Rule "b"] "Go to the previous rule.";
    ReadAgain "read-again" "Reload packs" Act 62 [Rules "ctrl-r", Rule "r", Rule "ctrl-r"] "Read the pack folders again, which also happens when a file changes.";
    InJournal "in-journal" "See in Journal" Act 90 [Progress "enter"] "Show what you wrote about the selected row in the Journal.";
    CompareDays "compare-days" "Choose dates" Act 79 [Progress "b"] "Choose the two dates to compare.";
    ShowCoach "beside" "Coach's ratings" Act 73 [Progress "s"] "Show or hide your coach's ratings next to your own.";
    Evidence "evidence" "Evidence" Act 78 [Progress "e", Journal "tab"] "Show or hide what you wrote since the last session, by behaviour.";
    JournalOpen "journal-open" "Open" Act 90 [Journal "enter"] "Open the selected entry where you wrote it.";
    CorrectEntry "correct" "Correct" Act 79 [Journal "ctrl-r"] "Correct the selected entry and keep the earlier version.";
    WithdrawEntry "withdraw" "Withdraw" Act 56 [Journal "ctrl-t", Plan "delete", Views "ctrl-t"] "Delete an entry, an action or a set of ratings for good, from your records and from every backup here.";
    AddNote "add-note" "Add a note" Act 40 [Journal "ctrl-n"] "Add a note to the selected session.";
    Discard "discard" "Discard" Act 12 [Reflect "alt-x", Session "alt-x", Dialogue "alt-x", Form "alt-x"] "Discard what you have started here.";
    HappenedOn "happened-on" "Change date" Act 45 [Reflect "alt-d"] "Say when this happened, if it was not today.";
    Done "done" "Done" Act 84 [Plan "d"] "Mark the action as done and say what you learned.";
    Change "change" "Change" Act 74 [Plan "enter", Plan "e"] "Change the words, the first step or the date of the action.";
    Drop "drop" "Stop" Act 55 [Plan "x"] "Stop this action, which you can reopen later.";
    Reopen "reopen" "Reopen" Act 54 [Plan "r"] "Reopen this action.";
    New "new" "New" Act 72 [Plan "n"] "Add an action of your own.";
    Submit "submit" "Save" Act 90 [Form "enter", Form "ctrl-s"] "Save.";
    NextField "next-field" "Next line" Act 60 [Form "tab", Form "down", Secret "tab", Secret "down"] "Go to the next line of the form.";
    PreviousField "previous-field" "Previous line" Act 0 [Form "shift-tab", Form "up", Secret "shift-tab", Secret "up"] "Go to the previous line.";
    NextCard "next-card" "Next" Act 90 [Tour "enter", Tour "space", Tour "right", Tour "tab"] "Go to the next card, or end the tour after the last card.";
    TakeSecret "take-secret" "Go on" Act 90 [Secret "enter"] "Use the passphrase you typed.";
    Reveal "reveal" "Show" Act 60 [Secret "ctrl-r"] "Show what you typed, or hide it again.";
    OfferWords "offer-words" "Offer words" Act 80 [Secret "ctrl-w"] "Offer four words for a new passphrase.";
    ClearSecret "clear-secret" "Clear line" Edit 0 [Secret "ctrl-u"] "Clear the line.";
    PutAside "put-aside" "Hide this" Act 60 [Safety "x"] "Hide this until you write similar words again.";
    PaperKept "paper-kept" "Written down" Act 90 [Paper "enter"] "Continue once you have written the paper key down, because it is not shown again.";
    PreviousCard "previous-card" "Previous card" Act 60 [Tour "left", Tour "shift-tab", Tour "backspace"] "Go to the previous card.";
    RunCommand "run" "Run" Act 90 [Palette "enter"] "Run the selected command.";
    PickOpen "pick" "Choose" Act 90 [Picker "enter", Chooser "enter"] "Choose the selected item.";

    Down "down" "Down" Move 0 [List "down", List "j", Picker "down", Ticks "down", Ticks "j", Chooser "down", Choice "down", Choice "j", Review "down", Review "j", Help "down", Palette "down", Messages "down", Messages "j", Safety "down", Safety "j", Find "down", Find "ctrl-n", Rules "down", Rules "ctrl-n", Journal "down", Palette "ctrl-n", Chooser "ctrl-n"] "Go down one row.";
    Up "up" "Up" Move 0 [List "up", List "k", Picker "up", Ticks "up", Ticks "k", Chooser "up", Choice "up", Choice "k", Review "up", Review "k", Help "up", Palette "up", Messages "up", Messages "k", Safety "up", Safety "k", Find "up", Find "ctrl-k", Rules "up", Rules "ctrl-k", Journal "up", Journal "ctrl-k", Palette "ctrl-p", Palette "ctrl-k", Chooser "ctrl-p", Chooser "ctrl-k"] "Go up one row.";
    PageDown "page-down" "More" Move 8 [Write "pagedown", List "pagedown", List "space", Help "pagedown", Messages "pagedown", Messages "space", Safety "pagedown", Safety "space", Find "pagedown", Rules "pagedown", Journal "pagedown", Choice "pagedown"] "Scroll down one page.";
    PageUp "page-up" "Page up" Move 0 [Write "pageup", List "pageup", Help "pageup", Messages "pageup", Safety "pageup", Find "pageup", Rules "pageup", Journal "pageup", Choice "pageup"] "Scroll up one page.";
    First "first" "First" Move 0 [List "home", List "g", Picker "home"] "Go to the first row.";
    Last "last" "Last" Move 0 [List "end", List "G", Picker "end"] "Go to the last row.";
    CopyPage "copy-page" "Copy page" Act 0 [List "ctrl-y", Review "ctrl-y", Find "ctrl-y", Rules "ctrl-y", Journal "ctrl-y"] "Copy this page, to the clipboard as well if your terminal allows it.";

    NewLine "new-line" "New line" Edit 0 [Write "enter"] "Start a new line.";
    EraseLeft "erase-left" "Erase" Edit 0 [Text "backspace", Secret "backspace"] "Erase the character before the cursor.";
    EraseRight "erase-right" "Erase after" Edit 0 [Text "delete"] "Erase the character after the cursor.";
    EraseWord "erase-word" "Erase word" Edit 0 [Text "ctrl-w", Text "alt-backspace"] "Erase the word before the cursor.";
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
    SelectAll "select-all" "Select all" Edit 0 [Text "alt-a"] "Select all of this text.";
    Cut "cut" "Cut" Edit 13 [Text "ctrl-x"] "Cut the selected text.";
    Copy "copy" "Copy" Edit 60 [Text "ctrl-c", Text "alt-c"] "Copy the selected text, to the clipboard as well if your terminal allows it.";
    Insert "insert" "Insert" Edit 0 [Text "ctrl-v"] "Insert the text you last cut or copied here.";
    Undo "undo" "Undo" Edit 14 [Text "ctrl-z", Text "alt-u"] "Undo your last change to the text.";
    Redo "redo" "Redo" Edit 0 [Text "alt-e", Text "ctrl-y"] "Redo the change you last undid.";
    EditOutside "edit-outside" "Editor" Edit 0 [Write "alt-o", Form "alt-o", Dialogue "alt-o"] "Carry on writing in your own text editor.";
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
