//! File formats of reports.

/// A format with everything that is said about it.
struct Known {
    format: ReportFormat,
    id: &'static str,
    /// File name extensions without the full stop, the default first.
    endings: &'static [&'static str],
    /// The sentence with which it is offered.
    offer: &'static str,
}

/// Declares the formats in the order in which they are offered: description, name, id, file name extensions, offer.
macro_rules! formats {
    ($($(#[$doc:meta])* $name:ident $id:literal $endings:expr, $offer:literal;)+) => {
        /// The format of a report.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum ReportFormat {
            $($(#[$doc])* $name,)+
        }

        impl ReportFormat {
            /// All formats, in the order in which they are offered.
            pub const ALL: &[Self] = &[$(Self::$name,)+];
        }

        const KNOWN: &[Known] =
            &[$(Known { format: ReportFormat::$name, id: $id, endings: &$endings, offer: $offer },)+];
    };
}

formats! {
    /// An HTML page, suitable for printing.
    Html "html" ["html", "htm", "xhtml"], "A page that opens in a browser and prints on A4";
    /// Markdown text.
    Markdown "markdown" ["md", "markdown", "txt", "text"], "Plain text with simple formatting (Markdown)";
    /// The days of the plan as a calendar file (iCalendar).
    Calendar "calendar" ["ics"], "The dates in the plan, for a calendar, with neutral titles";
}

impl ReportFormat {
    fn known(self) -> Option<&'static Known> {
        KNOWN.iter().find(|known| known.format == self)
    }

    /// Returns the identifier under which the choice is stored.
    #[must_use]
    pub fn id(self) -> &'static str {
        self.known().map_or("", |known| known.id)
    }

    /// Returns whether it is the format of a page. A calendar is made from the plan and not from a page.
    #[must_use]
    pub fn is_page(self) -> bool {
        self != Self::Calendar
    }

    /// Returns the accepted file name extensions without the full stop, the default first.
    #[must_use]
    pub fn endings(self) -> &'static [&'static str] {
        self.known().map_or(&[], |known| known.endings)
    }

    /// Returns the default file name extension, without the full stop.
    #[must_use]
    pub fn ending(self) -> &'static str {
        self.endings().first().copied().unwrap_or_default()
    }

    /// Returns the sentence with which the format is offered.
    #[must_use]
    pub fn offer(self) -> &'static str {
        self.known().map_or("", |known| known.offer)
    }

    /// Parses the output of [`ReportFormat::id`]; `None` for any other text.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|format| format.id() == text)
    }

    /// Returns the format for the extension of a file name, ignoring case; `None` if there is none or it is unknown.
    #[must_use]
    pub fn of_file(name: &std::path::Path) -> Option<Self> {
        let ending = name.extension()?.to_str()?.to_lowercase();
        Self::ALL.iter().copied().find(|format| format.endings().contains(&ending.as_str()))
    }
}
