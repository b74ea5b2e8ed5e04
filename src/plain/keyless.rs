//! Sentences of the core that name a key, as somebody without keys should hear them. A test holds that each of them is
//! still said, and the walk through the product holds that no other key is named.

/// What is said, and what is told instead.
pub const KEYLESS: &[(&str, &str)] = &[
    ("leave it with esc", "leave it with :back"),
    ("This is the last step; enter saves.", "This is the last step; save saves the answer."),
    ("Choose a focus set first: ctrl-t in Find.", "Choose a focus set first: in Find, :focus and the number of a row."),
    ("together: ctrl-t in Find.", "together: in Find, :focus and the number of a row."),
    ("This is the last one; ctrl-s puts it away.", "This is the last one; put away ends the view."),
    ("All of it is beside; pagedown reads on.", "There is nothing more to open."),
    ("Private lines are hidden; ctrl-o shows them.", "Private lines are hidden; :private lines shows them."),
    (
        "Nothing is written yet; ctrl-g lets an empty session go.",
        "Nothing is written yet; parts lets an empty session go.",
    ),
    (
        "Private lines are on the screen. ctrl-o hides them all.",
        "Private lines are told from now on. :private lines hides them all.",
    ),
    ("p on the agreement changes that.", "who may see, on the agreement, changes that."),
    ("This is the first screen; q leaves Cairn.", "This is the first screen; quit leaves Cairn."),
    ("Two views need a client; w opens their records.", "Two views need a client; people opens their records."),
    (
        "Read this together first; a notes that you both agree.",
        "Read this together first; agree notes that you both do.",
    ),
    ("The session is kept. h hands over the page.", "The session is kept. hand over writes the page for somebody."),
    ("Open a client's records first, with w.", "Open a client's records first, with people."),
    ("Agree to it together: a.", "Agree to it together; agree notes it."),
    ("and r takes it up again.", "and reopen takes it up again."),
    ("may be, u notes it.", "may be, use earlier answers notes it."),
    (
        "1 on the job  2 through others  3 formal learning  4 reflection",
        "1 on the job, 2 through others, 3 formal learning, 4 reflection",
    ),
    ("Show every key that works here.", "Say which commands work here."),
];

/// A text of the core without keys.
pub(super) fn keyless(text: &str) -> String {
    KEYLESS.iter().fold(text.to_owned(), |text, (key, word)| text.replace(key, word))
}
