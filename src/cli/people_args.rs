//! Argument definitions of `cairn plan`, `cairn people` and `cairn session`.

use clap::{Args, Subcommand};

#[derive(Debug, Args)]
pub(super) struct PlanArgs {
    #[command(subcommand)]
    pub(super) what: Option<PlanCommand>,
    /// One JSON value
    #[arg(long, global = true)]
    pub(super) json: bool,
}

#[derive(Debug, Subcommand)]
pub(super) enum PlanCommand {
    /// Take a recommended activity into the plan
    Accept {
        /// Id of the activity, as `cairn recommend` shows it
        activity: String,
    },
    /// Add an action of your own
    Add(Box<PlanWords>),
    /// Mark an action as done
    Done {
        /// Id of the action, or enough of its end to tell it apart
        id: String,
        /// What you learned
        #[arg(long, default_value = "")]
        learned: String,
        /// Whether it came out as you hoped: as-hoped, in-part or not-as-hoped
        #[arg(long, value_name = "HOW")]
        came_out: Option<String>,
    },
    /// Change the words or the days of an action; its earlier states are kept
    Change(Box<ChangeWords>),
    /// Let an action go
    Drop {
        /// Id of the action, or enough of its end to tell it apart
        id: String,
    },
    /// Take up an action again that is done or was let go
    Reopen {
        /// Id of the action, or enough of its end to tell it apart
        id: String,
    },
}

/// What an action says from now on; what is not given stays as it is, and an empty text takes a line out.
#[derive(Debug, Args)]
pub(super) struct ChangeWords {
    /// Id of the action, or enough of its end to tell it apart
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
    /// What you wish for
    #[arg(long)]
    pub(super) wish: Option<String>,
    /// The best that could come of it
    #[arg(long)]
    pub(super) outcome: Option<String>,
    /// What might stand in the way
    #[arg(long)]
    pub(super) obstacle: Option<String>,
    /// If: the situation in which it is needed
    #[arg(long = "if", value_name = "SITUATION")]
    pub(super) situation: Option<String>,
    /// Then: what you will do in it
    #[arg(long = "then", value_name = "RESPONSE")]
    pub(super) response: Option<String>,
    /// Who knows of it and helps
    #[arg(long)]
    pub(super) helper: Option<String>,
    /// What one would see if it worked
    #[arg(long)]
    pub(super) evidence: Option<String>,
    /// What you learned
    #[arg(long)]
    pub(super) learned: Option<String>,
    /// The day to look back at it
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
    /// What you wish for
    #[arg(long, default_value = "")]
    pub(super) wish: String,
    /// The best that could come of it
    #[arg(long, default_value = "")]
    pub(super) outcome: String,
    /// What might stand in the way
    #[arg(long, default_value = "")]
    pub(super) obstacle: String,
    /// If: the situation in which it is needed
    #[arg(long = "if", default_value = "", value_name = "SITUATION")]
    pub(super) situation: String,
    /// Then: what you will do in it
    #[arg(long = "then", default_value = "", value_name = "RESPONSE")]
    pub(super) response: String,
    /// on-the-job, through-others, formal or reflection
    #[arg(long)]
    pub(super) kind: Option<String>,
    /// Who knows of it and helps
    #[arg(long, default_value = "")]
    pub(super) helper: String,
    /// What one would see if it worked
    #[arg(long, default_value = "")]
    pub(super) evidence: String,
    /// The day to look back at it
    #[arg(long)]
    pub(super) review: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct PeopleArgs {
    #[command(subcommand)]
    pub(super) what: Option<PeopleCommand>,
    /// One JSON value
    #[arg(long, global = true)]
    pub(super) json: bool,
}

#[derive(Debug, Subcommand)]
pub(super) enum PeopleCommand {
    /// Add a client
    Add {
        /// How to call them; initials are enough
        name: String,
        /// Somebody else than the client of the same name who is there already
        #[arg(long)]
        another: bool,
    },
    /// What was agreed with the client named with --person, and their focus set
    Show,
    /// Change name, e-mail address or consent to the hours log of the client named with --person
    Card {
        /// How to call them
        #[arg(long)]
        name: Option<String>,
        /// Their e-mail address
        #[arg(long)]
        email: Option<String>,
        /// The day they agreed to be named in the coach's hours log, or no
        #[arg(long, value_name = "DAY|no")]
        hours_log: Option<String>,
    },
    /// Change what was agreed with the client named with --person
    Terms(TermsArgs),
    /// Set the focus set, of the client named with --person or your own
    Focus {
        /// Like FL-5, or FL-5=3 with how much it matters; none empties the set
        behaviours: Vec<String>,
    },
}

#[derive(Debug, Args)]
pub(super) struct TermsArgs {
    /// development, selection or appraisal
    #[arg(long)]
    pub(super) purpose: Option<String>,
    /// What the client wants from it
    #[arg(long)]
    pub(super) goal: Option<String>,
    /// Who pays or asked for it
    #[arg(long)]
    pub(super) sponsor: Option<String>,
    /// When confidence ends
    #[arg(long)]
    pub(super) limits: Option<String>,
    /// Until when records are kept
    #[arg(long, value_name = "DAY")]
    pub(super) keep_until: Option<String>,
    /// Whether the coach is paid
    #[arg(long)]
    pub(super) paid: Option<bool>,
    /// The day both agreed
    #[arg(long, value_name = "DAY")]
    pub(super) agreed: Option<String>,
    /// The day it ended
    #[arg(long, value_name = "DAY")]
    pub(super) ended: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct SessionArgs {
    #[command(subcommand)]
    pub(super) what: Option<SessionCommand>,
    /// The coach's private notes, too
    #[arg(long, global = true)]
    pub(super) private: bool,
    /// One JSON value
    #[arg(long, global = true)]
    pub(super) json: bool,
}

#[derive(Debug, Subcommand)]
pub(super) enum SessionCommand {
    /// One session whole
    Show {
        /// Id of the session, or enough of its end; or last
        id: String,
    },
    /// Add a note to a session that has ended; with --private only the coach may read it
    Note {
        /// Id of the session, or enough of its end; or last
        id: String,
        /// What it says
        text: String,
    },
    /// Throw away the session that was begun and not ended
    Discard {
        /// Do not ask
        #[arg(long)]
        yes: bool,
    },
}
