//! Sheets for progress: words first, then the numbers behind them, then what was written.

use super::words::capital;
use super::{
    Behaved, Block, By, Excluded, Move, Progress, Quote, Rating, RatingHistory, Sheet, ThemeProfile, short_day,
};

/// Maximum number of ratings listed individually; the newest ones.
const MOST_RATINGS: usize = 12;

/// Whether the coach's view is shown beside the person's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum ShowCoach {
    /// Only the person's own view.
    Own,
    /// Both views.
    #[default]
    Coach,
}

impl Progress {
    /// Builds the sheet with the summary sentences, which are about no single behaviour.
    #[must_use]
    pub fn in_short(&self) -> Sheet {
        let mut sheet = Sheet::default();
        for words in &self.words {
            sheet.text(words.clone());
        }
        sheet
    }

    /// Builds the sheet of the themes with their numbers.
    #[must_use]
    pub fn profile_sheet(&self, beside: ShowCoach) -> Sheet {
        let mut sheet = Sheet::default();
        sheet.heading("By theme, on the last day");
        for theme in &self.themes {
            sheet.pair(&theme.title, theme_line(theme, beside));
        }
        sheet.note("Averages use ratings only and show how many. Cairn never gives a person a score.");
        sheet
    }

    /// Builds the sheet of one behaviour.
    #[must_use]
    pub fn behaved(&self, row: &Behaved, beside: ShowCoach) -> Sheet {
        let mut sheet = Sheet::default();
        for (by, course) in shown(row, beside) {
            sheet.pair(whose(by), capital(&course.words(self.today)));
        }
        if row.courses.is_empty() {
            sheet.note("There is no rating to compare.");
        }
        if let (ShowCoach::Coach, Some(gap)) = (beside, row.gap()) {
            sheet.note(match gap {
                0 => "You both rate this the same.".to_owned(),
                gap => format!(
                    "Your coach rated this {} {} than you did. Which moments did each of you have in mind?",
                    super::count(usize::try_from(gap.abs()).unwrap_or(0), "point", "points"),
                    if gap > 0 { "higher" } else { "lower" }
                ),
            });
        }
        around(row, &mut sheet);
        for (by, course) in shown(row, beside) {
            self.ratings(by, course, &mut sheet);
            self.words_behind(by, course, &mut sheet);
        }
        let apart: Vec<&Excluded> =
            row.apart.iter().filter(|apart| apart.by == By::Myself || beside == ShowCoach::Coach).collect();
        if !apart.is_empty() {
            sheet.heading("Listed but not compared");
            for one in apart {
                let who = if one.by == By::Myself { String::new() } else { format!("{}: ", whose(one.by)) };
                sheet.blocks.push(Block::Point(format!("{who}{}", one.words(&row.title, self.today))));
                one.quotes.iter().for_each(|quote| sheet.note(quoted(quote)));
            }
        }
        sheet
    }

    /// Appends every rating with its day, newest last.
    fn ratings(&self, by: By, course: &RatingHistory, sheet: &mut Sheet) {
        let skipped = course.line.len().saturating_sub(MOST_RATINGS);
        let listed: Vec<String> = course
            .line
            .iter()
            .skip(skipped)
            .map(|(on, value)| format!("{value} on {}", short_day(*on, self.today)))
            .collect();
        if listed.len() > 1 {
            let earlier = if skipped > 0 { format!("{skipped} earlier, then ") } else { String::new() };
            sheet.pair(&format!("{}, day by day", whose(by)), format!("{earlier}{}", listed.join(", ")));
        }
    }

    fn words_behind(&self, by: By, course: &RatingHistory, sheet: &mut Sheet) {
        let mut one = |rating: &Rating, when: &str| {
            if rating.quotes.is_empty() {
                return;
            }
            let day = short_day(rating.on, self.today);
            sheet.heading(format!("{} {when}, {day}: {} ({})", whose(by), rating.value, rating.label));
            rating.quotes.iter().for_each(|quote| sheet.text(quoted(quote)));
        };
        let single = matches!(course.moved(), Move::Once);
        if let Some(after) = &course.after {
            one(after, if single { "wrote" } else { "wrote last" });
        }
        if let (Some(before), false) = (&course.before, single) {
            one(before, "wrote first");
        }
    }

    /// Builds the sheet of one theme.
    #[must_use]
    pub fn theme(&self, theme: &ThemeProfile, beside: ShowCoach) -> Sheet {
        let mut sheet = Sheet::default();
        sheet.pair("You", theme.words());
        let apart = theme.apart();
        if !apart.is_empty() {
            sheet.pair("Not included", apart);
        }
        if let (ShowCoach::Coach, Some(mean)) = (beside, theme.coach.mean) {
            sheet.pair("Your coach", format!("{mean} ({} of {} rated)", mean.n, theme.of));
        }
        if let (ShowCoach::Coach, Some(mean)) = (beside, theme.others.mean) {
            sheet.pair("Others", format!("{mean} ({})", super::count(mean.n, "rating", "ratings")));
        }
        match theme.again {
            Some(again) => sheet.text(format!(
                "{}, from {} to {}.",
                super::count(
                    again.before.n,
                    "behaviour rated more than once went",
                    "behaviours rated more than once went"
                ),
                again.before,
                again.after
            )),
            None => sheet.note("You did not rate anything here more than once in this time."),
        }
        sheet
    }
}

/// Returns a line such as `2.5 (2 of 7 rated); your coach 3.0 (2 of 7)`.
fn theme_line(theme: &ThemeProfile, beside: ShowCoach) -> String {
    let mut words = theme.words();
    if let (ShowCoach::Coach, Some(mean)) = (beside, theme.coach.mean) {
        words = format!("{words}, your coach {mean} ({} of {})", mean.n, theme.of);
    }
    if let (ShowCoach::Coach, Some(mean)) = (beside, theme.others.mean) {
        words = format!("{words}, others {mean} ({})", super::count(mean.n, "rating", "ratings"));
    }
    if let Some(again) = theme.again {
        words = format!("{words}, {} rated more than once, from {} to {}", again.before.n, again.before, again.after);
    }
    words
}

/// Appends importance and target.
fn around(row: &Behaved, sheet: &mut Sheet) {
    if let Some((_, words)) = &row.importance {
        sheet.pair("In your role", words.clone());
    }
    let Some((target, words)) = &row.target else { return };
    let now = row.by(By::Myself).and_then(RatingHistory::now).map(|rating| rating.value);
    let how = match now.map(|now| now - target) {
        None => String::new(),
        Some(0) => ", where you are now".to_owned(),
        Some(over @ 1..) => format!(", {over} below where you are now"),
        Some(under) => format!(", {} above where you are now", -under),
    };
    let whose = if row.is_suggested { "Cairn suggests for your level" } else { "Expected at your level" };
    sheet.pair(whose, format!("{target} ({words}){how}"));
}

fn shown(row: &Behaved, beside: ShowCoach) -> impl Iterator<Item = (By, &RatingHistory)> {
    let wanted = move |by: By| by == By::Myself || beside == ShowCoach::Coach;
    row.courses.iter().filter(move |(by, _)| wanted(*by)).map(|(by, course)| (*by, course))
}

fn whose(by: By) -> &'static str {
    match by {
        By::Myself => "You",
        By::Coach => "Your coach",
        By::Other => "Another person",
    }
}

fn quoted(quote: &Quote) -> String {
    let text = quote.text.trim();
    if quote.asked.is_empty() {
        format!("Example: \u{201c}{text}\u{201d}")
    } else {
        format!("{} \u{201c}{text}\u{201d}", quote.asked)
    }
}
