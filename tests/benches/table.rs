//! The table that every benchmark prints: what, candidate, reference, their ratio, the bar, and whether it was kept.
//! `scripts/bench` puts the rows of all benchmarks under each other, so no column but the first may hold a space.
//! Figures are milliseconds where a row says nothing else.

/// Where a figure must stay.
#[derive(Clone, Copy)]
pub(crate) enum Bar {
    /// Not more than this.
    AtMost(f64),
    /// Not less than this.
    AtLeast(f64),
    /// Shown for information.
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

/// Three digits at most.
fn short(limit: f64) -> String {
    if limit < 1.0 {
        format!("{limit:.3}").trim_end_matches('0').trim_end_matches('.').to_owned()
    } else {
        limit.to_string()
    }
}

/// A figure with as many digits as mean anything.
fn figure(value: f64) -> String {
    if value < 10.0 { format!("{value:.3}") } else { format!("{value:.1}") }
}

/// Prints its rows as they come and remembers whether every bar was kept.
pub(crate) struct Table {
    kept: bool,
}

impl Table {
    /// Prints the head.
    pub(crate) fn begin() -> Self {
        print("what", ["candidate", "reference", "ratio", "bar", "verdict"]);
        Self { kept: true }
    }

    /// A candidate against its reference; the bar is one for their ratio.
    pub(crate) fn ratio(&mut self, what: &str, (candidate, reference): (f64, f64), bar: Bar) {
        let ratio = candidate / reference;
        let cells =
            [&figure(candidate), &figure(reference), &format!("{ratio:.3}x"), &bar.words("x"), bar.verdict(ratio)];
        self.row(what, cells);
    }

    /// A figure with a bar of its own.
    pub(crate) fn figure(&mut self, what: &str, value: f64, bar: Bar) {
        self.row(what, [&figure(value), "-", "-", &bar.words(""), bar.verdict(value)]);
    }

    fn row(&mut self, what: &str, cells: [&str; 5]) {
        self.kept &= !matches!(cells[4], "OVER" | "UNDER");
        print(what, cells);
    }

    /// How the program ends: with a fault if a bar was missed.
    pub(crate) fn end(&self) -> std::process::ExitCode {
        if self.kept { std::process::ExitCode::SUCCESS } else { std::process::ExitCode::FAILURE }
    }
}

fn print(what: &str, [candidate, reference, ratio, bar, verdict]: [&str; 5]) {
    println!("{what:<64} {candidate:>10} {reference:>10} {ratio:>9} {bar:>9} {verdict:>7}");
}
