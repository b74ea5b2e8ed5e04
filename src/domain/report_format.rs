//! File formats of reports.

/// The format of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReportFormat {
    /// An HTML page, suitable for printing.
    Html,
    /// Markdown text.
    Markdown,
    /// The days of the plan as a calendar file (iCalendar).
    Calendar,
}

impl ReportFormat {
    const ALL: [(Self, &'static str); 3] =
        [(Self::Html, "html"), (Self::Markdown, "markdown"), (Self::Calendar, "calendar")];

    /// Returns the identifier under which the choice is stored.
    #[must_use]
    pub fn id(self) -> &'static str {
        Self::ALL.iter().find(|(form, _)| *form == self).map_or("", |(_, id)| *id)
    }

    /// Returns the accepted file name extensions without the full stop, the default first.
    #[must_use]
    pub const fn endings(self) -> &'static [&'static str] {
        match self {
            Self::Html => &["html", "htm", "xhtml"],
            Self::Markdown => &["md", "markdown", "txt", "text"],
            Self::Calendar => &["ics"],
        }
    }

    /// Parses the output of [`ReportFormat::id`]; `None` for any other text.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, id)| *id == text).map(|(form, _)| *form)
    }

    /// Returns the format for the extension of a file name, ignoring case; `None` if there is none or it is unknown.
    #[must_use]
    pub fn of_file(name: &std::path::Path) -> Option<Self> {
        let ending = name.extension()?.to_str()?.to_lowercase();
        Self::ALL.iter().map(|(format, _)| *format).find(|format| format.endings().contains(&ending.as_str()))
    }
}
