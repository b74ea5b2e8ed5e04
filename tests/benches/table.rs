//! A table of ratios with their bars, as every benchmark prints it.

/// One measured thing and what it must not exceed.
pub(crate) struct Row {
    /// What was measured, against what.
    pub(crate) what: String,
    /// The figure.
    pub(crate) figure: f64,
    /// `x`, `ms`, `%`, `bytes`.
    pub(crate) unit: &'static str,
    /// Where the figure must stay.
    pub(crate) bar: Bar,
    /// More figures, in words.
    pub(crate) note: String,
}

/// A limit.
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
    fn words(self) -> String {
        match self {
            Self::AtMost(most) => format!("<= {}", short(most)),
            Self::AtLeast(least) => format!(">= {}", short(least)),
            Self::None => "-".to_owned(),
        }
    }

    fn verdict(self, figure: f64) -> &'static str {
        match self {
            Self::AtMost(most) if figure > most => "OVER",
            Self::AtLeast(least) if figure < least => "UNDER",
            Self::None => "",
            _ => "ok",
        }
    }
}

/// Three digits at most.
fn short(limit: f64) -> String {
    if limit < 1.0 { format!("{limit:.3}") } else { limit.to_string() }
}

/// Prints the rows under each other.
pub(crate) fn print(title: &str, rows: &[Row]) {
    println!("\n{title}");
    let width = rows.iter().map(|row| row.what.len()).max().unwrap_or(0);
    for row in rows {
        let Row { what, figure, unit, bar, note } = row;
        let (limit, verdict) = (bar.words(), bar.verdict(*figure));
        println!("  {what:<width$}  {figure:>9.3} {unit:<5}  {limit:>8}  {verdict:<5}  {note}");
    }
}

/// The middle one.
pub(crate) fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures.get(figures.len() / 2).copied().unwrap_or(f64::NAN)
}

/// The one that 99 of 100 do not exceed.
pub(crate) fn p99(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures.get((figures.len() * 99 / 100).min(figures.len().saturating_sub(1))).copied().unwrap_or(f64::NAN)
}
