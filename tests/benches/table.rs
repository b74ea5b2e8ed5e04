//! The table that every benchmark prints: what, candidate, reference, their ratio, the bar, and whether it was met.
//! `scripts/bench` joins the rows of all benchmarks, so only the first column may contain spaces. Figures are in
//! milliseconds unless the row says otherwise.

/// The limit of a figure.
#[derive(Clone, Copy)]
pub(crate) enum Bar {
    /// Maximum.
    AtMost(f64),
    /// Minimum.
    AtLeast(f64),
    /// No limit; shown for information.
    None,
}

impl Bar {
    fn words(self, unit: &str) -> String {
        match self {
            Self::AtMost(most) => format!("<={}{unit}", short(most)),
            Self::AtLeast(least) => format!(">={}{unit}", short(least)),
            Self::None => "-".to_owned(),
        }
    }

    fn verdict(self, figure: f64) -> &'static str {
        match self {
            Self::AtMost(most) if figure > most => "OVER",
            Self::AtLeast(least) if figure < least => "UNDER",
            Self::None => "-",
            _ => "ok",
        }
    }
}

/// Formats a limit with at most three digits.
fn short(limit: f64) -> String {
    if limit < 1.0 {
        format!("{limit:.3}").trim_end_matches('0').trim_end_matches('.').to_owned()
    } else {
        limit.to_string()
    }
}

/// Formats a figure with its significant digits.
fn figure(value: f64) -> String {
    if value < 10.0 { format!("{value:.3}") } else { format!("{value:.1}") }
}

/// Prints its rows as they come and remembers whether every bar was met.
pub(crate) struct Table {
    kept: bool,
}

impl Table {
    /// Prints the header.
    pub(crate) fn begin() -> Self {
        print("what", ["candidate", "reference", "ratio", "bar", "verdict"]);
        Self { kept: true }
    }

    /// Prints a candidate and its reference; the bar is for their ratio.
    pub(crate) fn ratio(&mut self, what: &str, (candidate, reference): (f64, f64), bar: Bar) {
        let ratio = candidate / reference;
        let cells =
            [&figure(candidate), &figure(reference), &format!("{ratio:.3}x"), &bar.words("x"), bar.verdict(ratio)];
        self.row(what, cells);
    }

    /// Prints a single figure with a bar of its own.
    pub(crate) fn figure(&mut self, what: &str, value: f64, bar: Bar) {
        self.row(what, [&figure(value), "-", "-", &bar.words(""), bar.verdict(value)]);
    }

    fn row(&mut self, what: &str, cells: [&str; 5]) {
        self.kept &= !matches!(cells[4], "OVER" | "UNDER");
        print(what, cells);
    }

    /// Returns the exit code: a failure if a bar was missed.
    pub(crate) fn end(&self) -> std::process::ExitCode {
        if self.kept { std::process::ExitCode::SUCCESS } else { std::process::ExitCode::FAILURE }
    }
}

fn print(what: &str, [candidate, reference, ratio, bar, verdict]: [&str; 5]) {
    println!("{what:<64} {candidate:>10} {reference:>10} {ratio:>9} {bar:>9} {verdict:>7}");
}
