//! The formats that a report can be written in.

/// How a report is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReportFormat {
    /// A page for a browser, which prints well.
    Html,
    /// Plain text with marks.
    Markdown,
    /// Days of the plan for a calendar.
    Calendar,
}

impl ReportFormat {
    const ALL: [(Self, &'static str); 3] =
        [(Self::Html, "html"), (Self::Markdown, "markdown"), (Self::Calendar, "calendar")];

    /// The word it is kept under.
    #[must_use]
    pub fn id(self) -> &'static str {
        Self::ALL.iter().find(|(form, _)| *form == self).map_or("", |(_, id)| *id)
    }

    /// How the names of its files may end, without the full stop; the usual one first.
    #[must_use]
    pub const fn endings(self) -> &'static [&'static str] {
        match self {
            Self::Html => &["html", "htm", "xhtml"],
            Self::Markdown => &["md", "markdown", "txt", "text"],
            Self::Calendar => &["ics"],
        }
    }

    /// Reads [`ReportFormat::id`].
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, id)| *id == text).map(|(form, _)| *form)
    }

    /// The format that the name of a file asks for by its ending; `None` if it asks for none of them.
    #[must_use]
    pub fn of_file(name: &std::path::Path) -> Option<Self> {
        let ending = name.extension()?.to_str()?.to_lowercase();
        Self::ALL.iter().map(|(format, _)| *format).find(|format| format.endings().contains(&ending.as_str()))
    }
}
