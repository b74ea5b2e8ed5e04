//! The summary of progress in sentences: counts and changes, never a verdict.

use super::{
    ActionStatus, Behaved, By, Day, Dossier, Move, NonAnswer, Progress, Rated, SnapshotDay, count, join_and, short_day,
};

/// Returns the summary sentences.
pub(super) fn in_words(progress: &Progress, dossier: &Dossier, span: (Day, Day)) -> Vec<String> {
    let mut words = vec![moves(progress, span)];
    words.extend(largest(&progress.rows));
    words.extend(beside(&progress.rows));
    let within = |day: Day| (span.0..=span.1.max(progress.today)).contains(&day);
    let done = dossier.actions.iter().filter(|action| action.status == ActionStatus::Done && within(action.changed_on));
    match done.count() {
        0 => {}
        n => words.push(format!("You finished {} of your plan in this time.", count(n, "action", "actions"))),
    }
    words.extend(non_answers(&progress.rows));
    let apart: usize = progress.rows.iter().map(|row| row.apart.len()).sum();
    if apart > 0 {
        let listed = if apart == 1 {
            "Cairn lists it but does not compare it"
        } else {
            "Cairn lists them but does not compare them"
        };
        let given = count(apart, "answer was", "answers were");
        words.push(format!("{given} given under another edition, in other words or with a future date. {listed}."));
    }
    if dossier.kept_apart > 0 {
        let given = count(dossier.kept_apart, "answer was", "answers were");
        words.push(format!("{given} given for another purpose and not used here."));
    }
    words
}

/// Returns a sentence such as `Since 3 Sep you rated 7 behaviours: 3 moved up, 1 moved down and 3 stayed.`
fn moves(progress: &Progress, (from, to): (Day, Day)) -> String {
    let today = progress.today;
    let newest = progress.days.last().is_none_or(|day| day.on == to);
    let time = match (from == to, newest) {
        (true, _) => format!("On {}", short_day(to, today)),
        (false, true) => format!("Since {}", short_day(from, today)),
        (false, false) => format!("Between {} and {}", short_day(from, today), short_day(to, today)),
    };
    let rated_within = |row: &&Behaved| {
        let line = row.by(By::Myself).map(|course| course.line.as_slice()).unwrap_or_default();
        line.iter().any(|(on, _)| (from..=to).contains(on))
    };
    let rows: Vec<&Behaved> = progress.rows.iter().filter(rated_within).collect();
    let rated = count(rows.len(), "behaviour", "behaviours");
    let many = |kind: fn(Move) -> bool| rows.iter().filter(|row| kind(row.moved())).count();
    let parts: Vec<String> = [
        (many(|moved| matches!(moved, Move::Up(_))), "went up"),
        (many(|moved| matches!(moved, Move::Down(_))), "went down"),
        (many(|moved| moved == Move::Stayed), "stayed"),
        (many(|moved| moved == Move::Once), "rated once so far"),
        (many(|moved| moved == Move::Unsaid), "no longer rated"),
    ]
    .into_iter()
    .filter(|(n, _)| *n > 0)
    .map(|(n, what)| format!("{n} {what}"))
    .collect();
    let once = rows.iter().all(|row| row.moved() == Move::Once);
    match (rows.is_empty(), once) {
        (true, _) => format!("{time} you did not rate anything."),
        (false, true) => format!("{time} you rated {rated}, once each. Rate them again later to see what has changed."),
        (false, false) => format!("{time} you rated {rated}: {}.", join_and(&parts)),
    }
}

/// Returns sentences about the largest increase and the largest decrease; importance decides between equal ones.
fn largest(rows: &[Behaved]) -> Vec<String> {
    let step = |row: &Behaved| match row.moved() {
        Move::Up(by) => by,
        Move::Down(by) => -by,
        _ => 0,
    };
    let weight = |row: &Behaved| (step(row).abs(), row.importance.as_ref().map_or(0, |(value, _)| *value));
    let mut found = Vec::new();
    for (sign, what) in [(1, "The largest step up"), (-1, "The largest step down")] {
        // Reversed so that the first of equal rows is taken: `max_by_key` returns the last.
        let row = rows.iter().rev().filter(|row| step(row).signum() == sign).max_by_key(|row| weight(row));
        let Some((row, course)) = row.and_then(|row| Some((row, row.by(By::Myself)?))) else { continue };
        if let (Some(before), Some(after)) = (&course.before, &course.after) {
            found.push(format!(
                "{what}: {} {}, from \u{201c}{}\u{201d} to \u{201c}{}\u{201d}.",
                row.code, row.title, before.label, after.label
            ));
        }
    }
    found
}

/// Returns a sentence such as `You and your coach both rated 4 behaviours: 2 as you did, 1 higher and 1 lower.`
fn beside(rows: &[Behaved]) -> Option<String> {
    let gaps: Vec<i64> = rows.iter().filter_map(Behaved::gap).collect();
    let parts: Vec<String> = [(0, "as you did"), (1, "higher"), (-1, "lower")]
        .into_iter()
        .map(|(sign, what)| (gaps.iter().filter(|gap| gap.signum() == sign).count(), what))
        .filter(|(n, _)| *n > 0)
        .map(|(n, what)| format!("{n} {what}"))
        .collect();
    let both = count(gaps.len(), "behaviour", "behaviours");
    (!gaps.is_empty()).then(|| format!("You and your coach both rated {both}: {}.", join_and(&parts)))
}

fn non_answers(rows: &[Behaved]) -> Option<String> {
    let latest = |row: &Behaved| row.by(By::Myself)?.latest.map(|(_, rated)| rated);
    let parts: Vec<String> = NonAnswer::ALL
        .into_iter()
        .map(|kind| (rows.iter().filter(|row| latest(row) == Some(Rated::Not(kind))).count(), kind))
        .filter(|(n, _)| *n > 0)
        .map(|(n, kind)| format!("{} ({n})", kind.title()))
        .collect();
    (!parts.is_empty()).then(|| format!("Not included in averages: {}.", join_and(&parts)))
}

impl SnapshotDay {
    /// Returns a line such as `3 Sep: 4 answers, 2 by others`.
    #[must_use]
    pub fn words(&self, today: Day) -> String {
        let others = match self.others {
            0 => String::new(),
            n => format!(", {n} by others"),
        };
        format!("{}: {}{others}", short_day(self.on, today), count(self.own, "answer", "answers"))
    }
}
