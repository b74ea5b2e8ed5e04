//! Argument definitions of `cairn plan`, `cairn people` and `cairn session`.

use clap::{Args, Subcommand};

#[derive(Debug, Args)]
pub(super) struct PlanArgs {
    #[command(subcommand)]
    pub(super) what: Option<PlanCommand>,
    /// Print as JSON
    #[arg(long, global = true)]
    pub(super) json: bool,
}

#[derive(Debug, Subcommand)]
pub(super) enum PlanCommand {
    /// Add a suggested activity to your plan
    Accept {
        /// Id of the activity, as `cairn recommend` shows it
        activity: String,
    },
    /// Add an action of your own
    Add(Box<PlanWords>),
    /// Mark an action as done
    Done {
        /// Id of the action, or the last part of it
        id: String,
        /// What you learned
        #[arg(long, default_value = "")]
        learned: String,
        /// Whether it turned out as you hoped: as-hoped, in-part or not-as-hoped
        #[arg(long, value_name = "HOW")]
        came_out: Option<String>,
    },
    /// Change the words or dates of an action and keep the earlier version
    Change(Box<ChangeWords>),
    /// Stop an action
    Drop {
        /// Id of the action, or the last part of it
        id: String,
    },
    /// Reopen an action that you finished or stopped
    Reopen {
        /// Id of the action, or the last part of it
        id: String,
    },
}

/// What an action says from now on; what is not given stays as it is, and an empty text takes a line out.
#[derive(Debug, Args)]
pub(super) struct ChangeWords {
    /// Id of the action, or the last part of it
    pub(super) id: String,
    /// What you will do
    #[arg(long)]
    pub(super) title: Option<String>,
    /// The first step
    #[arg(long)]
    pub(super) first_step: Option<String>,
    /// By when: 2026-12-06, 6 Dec or +14
    #[arg(long)]
    pub(super) due: Option<String>,
    /// What you want to happen
    #[arg(long)]
    pub(super) wish: Option<String>,
    /// The best that could happen
    #[arg(long)]
    pub(super) outcome: Option<String>,
    /// What might get in your way
    #[arg(long)]
    pub(super) obstacle: Option<String>,
    /// If: when this might happen
    #[arg(long = "if", value_name = "SITUATION")]
    pub(super) situation: Option<String>,
    /// Then: what you will do
    #[arg(long = "then", value_name = "RESPONSE")]
    pub(super) response: Option<String>,
    /// Who you will tell and who can help
    #[arg(long)]
    pub(super) helper: Option<String>,
    /// How you will know it worked
    #[arg(long)]
    pub(super) evidence: Option<String>,
    /// What you learned
    #[arg(long)]
    pub(super) learned: Option<String>,
    /// The date to look back at it
    #[arg(long)]
    pub(super) review: Option<String>,
}

/// An action in words.
#[derive(Debug, Args)]
pub(super) struct PlanWords {
    /// What you will do
    pub(super) title: String,
    /// The first step
    #[arg(long, default_value = "")]
    pub(super) first_step: String,
    /// By when: 2026-12-06, 6 Dec or +14
    #[arg(long)]
    pub(super) due: Option<String>,
    /// What you want to happen
    #[arg(long, default_value = "")]
    pub(super) wish: String,
    /// The best that could happen
    #[arg(long, default_value = "")]
    pub(super) outcome: String,
    /// What might get in your way
    #[arg(long, default_value = "")]
    pub(super) obstacle: String,
    /// If: when this might happen
    #[arg(long = "if", default_value = "", value_name = "SITUATION")]
    pub(super) situation: String,
    /// Then: what you will do
    #[arg(long = "then", default_value = "", value_name = "RESPONSE")]
    pub(super) response: String,
    /// on-the-job, through-others, formal or reflection
    #[arg(long)]
    pub(super) kind: Option<String>,
    /// Who you will tell and who can help
    #[arg(long, default_value = "")]
    pub(super) helper: String,
    /// How you will know it worked
    #[arg(long, default_value = "")]
    pub(super) evidence: String,
    /// The date to look back at it
    #[arg(long)]
    pub(super) review: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct PeopleArgs {
    #[command(subcommand)]
    pub(super) what: Option<PeopleCommand>,
    /// Print as JSON
    #[arg(long, global = true)]
    pub(super) json: bool,
}

#[derive(Debug, Subcommand)]
pub(super) enum PeopleCommand {
    /// Add a client
    Add {
        /// Name or initials
        name: String,
        /// Another person with the same name as a client you have
        #[arg(long)]
        another: bool,
    },
    /// Show what you agreed with the client named with --person, and their focus set
    Show,
    /// Change the name, email address or hours log consent of the client named with --person
    Card {
        /// Name or initials
        #[arg(long)]
        name: Option<String>,
        /// Their email address
        #[arg(long)]
        email: Option<String>,
        /// The date they agreed to be named in your hours log, or no
        #[arg(long, value_name = "DAY|no")]
        hours_log: Option<String>,
    },
    /// Change what you agreed with the client named with --person
    Terms(TermsArgs),
    /// Set your focus set, or that of the client named with --person
    Focus {
        /// Like FL-5, or FL-5=3 with how much it matters, or nothing to empty the set
        behaviours: Vec<String>,
    },
}

#[derive(Debug, Args)]
pub(super) struct TermsArgs {
    /// development, selection or appraisal
    #[arg(long)]
    pub(super) purpose: Option<String>,
    /// What the client wants
    #[arg(long)]
    pub(super) goal: Option<String>,
    /// Who pays or asked for the coaching
    #[arg(long)]
    pub(super) sponsor: Option<String>,
    /// Limits of confidentiality
    #[arg(long)]
    pub(super) limits: Option<String>,
    /// Date to keep records until
    #[arg(long, value_name = "DAY")]
    pub(super) keep_until: Option<String>,
    /// Whether the coach is paid
    #[arg(long)]
    pub(super) paid: Option<bool>,
    /// The date you both agreed
    #[arg(long, value_name = "DAY")]
    pub(super) agreed: Option<String>,
    /// The date it ended
    #[arg(long, value_name = "DAY")]
    pub(super) ended: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct SessionArgs {
    #[command(subcommand)]
    pub(super) what: Option<SessionCommand>,
    /// Show your private notes as well
    #[arg(long, global = true)]
    pub(super) private: bool,
    /// Print as JSON
    #[arg(long, global = true)]
    pub(super) json: bool,
}

#[derive(Debug, Subcommand)]
pub(super) enum SessionCommand {
    /// Show one session in full
    Show {
        /// Id of the session or the last part of it, or last
        id: String,
    },
    /// Add a note to a finished session. With --private, only the coach can read it
    Note {
        /// Id of the session or the last part of it, or last
        id: String,
        /// What it says
        text: String,
    },
    /// Discard your unfinished session
    Discard {
        /// Do not ask
        #[arg(long)]
        yes: bool,
    },
}
