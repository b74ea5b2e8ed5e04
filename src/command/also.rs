//! Words that people type for a command and that are in neither its name nor its description.

use super::Command;

impl Command {
    /// Returns further words by which the palette finds the command, separated by blanks; empty for none.
    #[must_use]
    pub fn also(self) -> &'static str {
        match self {
            Self::GoHome => "start home overview dashboard",
            Self::GoFind => "search look up behaviour",
            Self::GoReflect => "rate answer write self-assessment",
            Self::GoAdvice => "suggestions ideas recommendations activities",
            Self::GoPlan => "actions goals to-do tasks pdp",
            Self::GoRules => "packs framework organisation",
            Self::GoSession => "note coaching supervision gibbs driscoll reflective model",
            Self::GoProgress => "chart graph results change history",
            Self::GoJournal => "diary history entries notes search",
            Self::People => "client clients coach switch person",
            Self::GoAgreement => "contract confidentiality",
            Self::GoCompare => "two views self coach rating 360",
            Self::HandOver => {
                "report print pdf html share export summary nmc hcpc revalidation account cpd calendar csv email"
            }
            Self::QuickNote => "write jot diary entry remember",
            Self::HidePrivate => "hide show secret notes privacy",
            Self::AboutMe => "role level job organisation profile",
            Self::Safety => "help danger emergency safeguarding ring call",
            Self::Messages => "errors warnings problems log",
            Self::Lock => "password secure log out away",
            Self::Passphrase => "password lock encrypt security secure",
            Self::BackUp => "save copy export",
            Self::Restore => "undo import recover",
            Self::Settings => {
                "preferences options configuration colour color theme mouse lock plain region language easy screen reader"
            }
            Self::Theme => "colour color dark light contrast look",
            Self::Mouse => "click touchpad",
            Self::Suspend => "shell background suspend",
            Self::Quit => "exit close leave",
            Self::CorrectEntry => "edit change fix",
            Self::WithdrawEntry => "delete erase remove",
            Self::Discard => "delete cancel draft",
            Self::Drop => "delete cancel",
            Self::AddNote => "note comment",
            Self::HappenedOn => "date yesterday night shift",
            Self::EditOutside => "vim nano editor",
            _ => "",
        }
    }
}
