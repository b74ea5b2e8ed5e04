//! A list and the details of its marked row.

use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::widgets::Paragraph;
use unicode_width::UnicodeWidthStr;

use super::super::canvas::Canvas;
use super::super::chrome::draw_rows;
use super::super::more::More;
use super::super::page::Page;
use super::super::paint::spread;
use super::super::panes::{Titles, divider, is_wide, panes};
use super::super::web;
use super::row::{Rowing, WIDEST_ROW, mark};
use super::{Look, cut};
use crate::app::{
    CODE_COLUMN, Highlight, ListLayout, ListView, Mark, PagePart, PageView, RowTone, SpreadView, ThirdView, WebView,
};
use crate::config::Role;

/// Width in cells of the first column of a table. A longer text pushes the next column to the right.
const NAME: usize = 18;
/// Rows above the text under a list: a blank line, its title, and another blank line.
const ABOVE: u16 = 3;
/// The same where room is short: a blank line and the title.
const ABOVE_TIGHT: u16 = 2;
/// Number of parts of the text under a list for which the first row gives up its own text.
const SHOWN: usize = 3;
/// Size of a chart: its height in rows below the text (`BELOW`), its width in cells beside the text (`ASIDE`).
const BELOW: u16 = 17;
const ASIDE: u16 = 34;

impl Look<'_> {
    pub(super) fn list(self, list: &ListView<'_>, scroll: u16, canvas: &mut Canvas<'_>, area: Rect) {
        match list.layout {
            // The detail says why there are no rows.
            _ if list.rows.is_empty() && list.layout != ListLayout::DetailFirst => {
                self.whole(&list.detail, area.width).draw(canvas, area, 0);
            }
            ListLayout::Panes(percent) => self.panes(list, percent, scroll, canvas, area),
            ListLayout::ListFirst if is_wide(area) => self.panes(list, 52, scroll, canvas, area),
            ListLayout::ListFirst => self.list_first(list, scroll, canvas, area),
            ListLayout::DetailFirst => self.detail_first(list, scroll, canvas, area),
            ListLayout::RowsOnly => self.rows(list, self.rowing(list, area, false).0, canvas, (area, None)),
            ListLayout::Wrapped => self.wrapped(list, canvas, area),
            ListLayout::Table => self.table(list, canvas, area),
        }
    }

    /// Draws the rows, the details of the marked row and, where there is room, a third pane.
    fn panes(self, list: &ListView<'_>, percent: u16, scroll: u16, canvas: &mut Canvas<'_>, area: Rect) {
        let named = |third: &'_ ThirdView| third.spread.as_ref().map_or(third.title, |spread| spread.third.0);
        let third = list.third.as_ref().map_or("", named);
        let is_name = list.detail.title == list.detail_title;
        let titles = Titles { third, is_name, percent, ..Titles::two(list.title, &list.detail_title) };
        let most = Rect { height: (area.height * 2 / 5).max(3), ..area };
        let wanted = list.rows.len().max(usize::from(self.rowing(list, most, false).1));
        let places = panes(titles, wanted, self.paint, canvas, area);
        let mut detail = &list.detail;
        if let (Some(right), Some(third)) = (places.third, &list.third)
            && let Some(spread) = &third.spread
            && self.spread(list, &third.detail, spread, scroll, canvas, [places.list, places.detail, right])
        {
            return;
        }
        if let (Some(area), Some(third)) = (places.third, &list.third) {
            let mut page = Page::new(self.paint, area.width);
            if third.spread.is_some() {
                page.text(Role::Heading, third.title);
            }
            self.parts(&third.page.parts, &mut page);
            page.beside(canvas, area);
            detail = &third.detail;
            canvas.view.beside = true;
        }
        let mut rest: &[PagePart] = &[];
        let (mut shown, used) = self.rowing(list, places.list, is_wide(area));
        let mut below = list.third.as_ref().filter(|third| third.else_below && places.third.is_none());
        if let Some(third) = list.third.as_ref().filter(|_| is_wide(area) && places.third.is_none()) {
            let tightest = [Rowing::Airy, Rowing::Notes, Rowing::AsNeeded, Rowing::Brief];
            let choices = if third.else_below { tightest.as_slice() } else { &[shown] };
            // A little less air is better than less of the next thing to do.
            let wide = |above| self.with_third(list, third, choices, above, places.list);
            let is_whole = |rowing: &Option<Rowing>| rowing.is_some_and(|rowing| rowing != Rowing::Brief);
            let (above, chosen) = match (wide(ABOVE), wide(ABOVE_TIGHT)) {
                (first, second) if !is_whole(&first) && second.is_some() => (ABOVE_TIGHT, second),
                (first, _) => (ABOVE, first),
            };
            let used = chosen.map_or(used, |rowing| self.lines_of(list, rowing, places.list.width));
            shown = chosen.unwrap_or(shown);
            if let Some(many) = self.under_rows(third, above, true, canvas, cut(places.list, used).1) {
                (detail, below) = (&third.detail, None);
                rest = third.page.parts.get(many..).unwrap_or_default();
            }
        }
        let room = self.picture(list.web.as_ref(), canvas, places.detail);
        let mut page = self.detail(list, detail, room.width);
        if let Some(third) = below {
            page.gap();
            page.text(Role::Heading, third.title);
            rest = &third.page.parts;
        }
        // What has no room below the rows follows the detail, which can be scrolled.
        if !rest.is_empty() {
            page.gap();
            self.parts(rest, &mut page);
        }
        page.draw(canvas, room, scroll);
        self.rows(list, shown, canvas, (places.list, places.edge));
    }

    /// Returns the first way of drawing the rows that leaves room for what belongs under them; `None` if none does.
    fn with_third(
        self,
        list: &ListView<'_>,
        third: &ThirdView,
        choices: &[Rowing],
        above: u16,
        area: Rect,
    ) -> Option<Rowing> {
        let parts = &third.page.parts;
        let wanted = if third.else_below { parts.len().min(SHOWN) } else { parts.len() };
        let fits = |rowing: &Rowing, fewest| {
            let used = self.lines_of(list, *rowing, area.width).saturating_add(above);
            self.fitting(parts, fewest, area.width, area.height.saturating_sub(used)).is_some()
        };
        let first = |fewest| choices.iter().find(|rowing| fits(rowing, fewest)).copied();
        first(wanted).or_else(|| first(1).filter(|_| third.else_below))
    }

    /// Draws what belongs to the marked row, or to the whole list, under the rows, `above` lines below them. What
    /// belongs to the marked row is drawn whole or not at all. Returns the number of parts that were drawn; `None` if
    /// there was no room.
    fn under_rows(
        self,
        third: &ThirdView,
        above: u16,
        is_wide: bool,
        canvas: &mut Canvas<'_>,
        area: Rect,
    ) -> Option<usize> {
        let fewest = if third.else_below { 1 } else { third.page.parts.len() };
        let room = area.height.saturating_sub(above);
        let (many, page) = self.fitting(&third.page.parts, fewest, area.width, room)?;
        let (line, rest) = cut(cut(area, 1).1, 1);
        if is_wide {
            divider(third.title, self.paint, canvas, line);
        } else {
            canvas.render_widget(Paragraph::new(self.paint.span(Role::Heading, third.title)), line);
        }
        canvas.render_widget(Paragraph::new(page.lines), cut(rest, above - 2).1);
        Some(many)
    }

    /// Returns as many of the first parts as fit into a height, and their number, with titles cut only if that makes them fit; `None` if
    /// fewer than `fewest` do.
    fn fitting(self, parts: &[PagePart], fewest: usize, width: u16, height: u16) -> Option<(usize, Page<'static>)> {
        let choices = (fewest.max(1)..=parts.len()).rev().flat_map(|many| [(many, true), (many, false)]);
        choices.into_iter().find_map(|(many, is_whole)| {
            let mut page = Page::new(self.paint, width);
            page.is_whole = is_whole;
            self.parts(parts.get(..many)?, &mut page);
            (page.lines.len() <= usize::from(height)).then_some((many, page))
        })
    }

    fn detail<'a>(self, list: &'a ListView<'_>, detail: &PageView, width: u16) -> Page<'a> {
        let mut page = Page::new(self.paint, width);
        if let Highlight::Found(found) = &list.highlight {
            page = page.marking(Some(found));
        }
        // Not repeated where it is already the title of the pane.
        if !detail.title.is_empty() && detail.title != list.detail_title {
            page.text(Role::Title, &detail.title);
        }
        self.parts(&detail.parts, &mut page);
        page
    }

    /// Draws all rows and, where there is room, the text about the whole list below them. Where there is not, all of it
    /// is a page that can be scrolled, and begins with the rows.
    fn list_first(self, list: &ListView<'_>, scroll: u16, canvas: &mut Canvas<'_>, area: Rect) {
        // What stands below the list is worth more than more about its first row.
        let third = list.third.as_ref().filter(|third| third.else_below && !third.page.parts.is_empty());
        let (title, room) = cut(area, 1);
        let chosen =
            third.and_then(|third| self.with_third(list, third, &[Rowing::AsNeeded, Rowing::Brief], ABOVE_TIGHT, room));
        let (shown, wanted) = match chosen {
            Some(rowing) => (rowing, self.lines_of(list, rowing, area.width)),
            None => {
                // A second line for long rows alone, where there is no room for more.
                let brief = self.lines_of(list, Rowing::Brief, area.width);
                match self.rowing(list, room, false) {
                    (Rowing::Single, _) if brief < room.height => (Rowing::Brief, brief),
                    whole => whole,
                }
            }
        };
        let below = room.height.saturating_sub(wanted.saturating_add(ABOVE_TIGHT));
        let is_whole = wanted <= room.height
            && shown != Rowing::Single
            && third.is_none_or(|third| {
                let parts = &third.page.parts;
                self.fitting(parts, parts.len(), area.width, below).is_some()
            });
        let mut page = Page::new(self.paint, area.width);
        if !is_whole {
            self.everything(list, third, &mut page);
            let (rows, most) = page.scrolls(area.height);
            if scroll > 0 && most > 0 {
                page.draw(canvas, area, scroll);
                canvas.set_cursor_position((area.x, area.y));
                return;
            }
            canvas.view.page_rows = u16::try_from(rows).unwrap_or(area.height);
            canvas.view.page_most = u16::try_from(most).unwrap_or(u16::MAX);
        }
        let is_cut = canvas.view.page_most > 0 && !is_whole;
        // The sign has a line of its own, if that does not cost the text below the list.
        let tight = Rect { height: room.height.saturating_sub(1), ..room };
        let choices = [Rowing::AsNeeded, Rowing::Brief];
        let again = third.filter(|_| is_cut).map(|third| self.with_third(list, third, &choices, ABOVE_TIGHT, tight));
        let (shown, wanted, has_line) = match again {
            Some(Some(rowing)) => (rowing, self.lines_of(list, rowing, area.width), true),
            Some(None) => (shown, wanted, chosen.is_none()),
            None => (shown, wanted, is_cut),
        };
        let lines = Rect { height: area.height.saturating_sub(u16::from(has_line)), ..area };
        let has_title = wanted < lines.height;
        if has_title {
            canvas.render_widget(Paragraph::new(self.paint.span(Role::Heading, list.title)), title);
        }
        let (rows, rest) = cut(if has_title { cut(lines, 1).1 } else { lines }, wanted);
        // The sign of the page counts the rows too.
        self.rows(list, shown, canvas, (rows, is_cut.then_some(Rect { width: 0, ..area })));
        if let Some(third) = third {
            self.under_rows(third, ABOVE_TIGHT, false, canvas, rest);
        }
        if is_cut {
            let below = usize::from(canvas.view.page_most);
            let y = if has_line { lines.bottom() } else { rest.y + 1 };
            More { above: 0, below }.draw(self.paint, canvas, Rect { y, height: 1, ..area });
        }
    }

    /// Writes the rows in full and what belongs below them as one page.
    fn everything(self, list: &ListView<'_>, third: Option<&ThirdView>, page: &mut Page<'_>) {
        page.text(Role::Heading, list.title);
        for at in 0..list.rows.len() {
            let row = list.rows.get(at);
            let lead = format!("  {}", mark(row.mark, at));
            let role = if row.mark == Mark::Urgent { Role::Urgent } else { Role::Body };
            page.paragraph(&lead, role, role, &row.text);
            for text in [&row.note, &row.below].into_iter().filter(|text| !text.is_empty()) {
                page.paragraph(&" ".repeat(lead.width()), Role::Note, Role::Note, text);
            }
        }
        if let Some(third) = third {
            page.gap();
            page.text(Role::Heading, third.title);
            self.parts(&third.page.parts, page);
        }
    }

    /// Spreads content over the lower halves of three panes; returns `false`, and draws nothing, if what belongs below
    /// the rows does not fit there.
    fn spread(
        self,
        list: &ListView<'_>,
        detail: &PageView,
        spread: &SpreadView,
        scroll: u16,
        canvas: &mut Canvas<'_>,
        [left, middle, right]: [Rect; 3],
    ) -> bool {
        let whole = |parts: &[PagePart], area: Rect| Some(self.fitting(parts, parts.len(), area.width, area.height)?.1);
        let tightest = [Rowing::Airy, Rowing::Notes, Rowing::AsNeeded];
        let under = |rowing: Rowing| {
            // The two lines across stand at the same height, whatever is selected.
            let used = self.lines_of(list, rowing, left.width).max(left.height / 2) + 1;
            let below = Rect { y: left.y + used, height: left.height.checked_sub(used + 2)?, ..left };
            Some((rowing, below, whole(&spread.rows.1.parts, Rect { y: below.y + 2, ..below })?))
        };
        let Some((rowing, below, page)) = tightest.into_iter().find_map(under) else { return false };
        let rows = Rect { height: below.y - left.y - 1, ..left };
        divider(spread.rows.0, self.paint, canvas, Rect { height: 1, ..below });
        canvas.render_widget(Paragraph::new(page.lines), Rect { y: below.y + 2, ..below });
        let mut page = self.detail(list, detail, middle.width);
        let lower = Rect { y: below.y, height: below.height, ..middle };
        let is_short = page.lines.len() < usize::from(below.y - middle.y);
        match whole(&spread.detail.1.parts, lower).filter(|lower| is_short && !lower.lines.is_empty()) {
            Some(page) => {
                divider(spread.detail.0, self.paint, canvas, Rect { height: 1, ..lower });
                canvas.render_widget(Paragraph::new(page.lines), Rect { y: lower.y + 2, ..lower });
            }
            None if !spread.detail.1.parts.is_empty() => {
                page.gap();
                page.text(Role::Heading, spread.detail.0);
                self.parts(&spread.detail.1.parts, &mut page);
            }
            None => {}
        }
        page.draw(canvas, middle, scroll);
        let mut page = Page::new(self.paint, right.width);
        self.parts(&spread.third.1.parts, &mut page);
        page.beside(canvas, right);
        canvas.view.beside = true;
        self.rows(list, rowing, canvas, (rows, None));
        true
    }

    /// Draws a few rows, and below them the page, which takes most of the height.
    fn detail_first(self, list: &ListView<'_>, scroll: u16, canvas: &mut Canvas<'_>, area: Rect) {
        let most = (area.height / 4).max(2);
        let rows = u16::try_from(list.rows.len().max(1)).unwrap_or(u16::MAX).min(most);
        let (rows, rest) = cut(area, rows);
        let (edge, body) = cut(rest, 1);
        self.detail(list, &list.detail, body.width).draw(canvas, body, scroll);
        self.rows(list, Rowing::Single, canvas, (rows, Some(edge)));
    }

    /// Draws rows in three columns: what is done, its keys, and a sentence about it.
    fn table(self, list: &ListView<'_>, canvas: &mut Canvas<'_>, area: Rect) {
        let width = usize::from(area.width.min(WIDEST_ROW));
        draw_rows(self.paint, canvas, area, (list.marked, list.rows.len()), |at| {
            let row = list.rows.get(at);
            let (text, code, note) = match row.tone {
                _ if at == list.marked => (Role::Marked, Role::Marked, Role::Marked),
                RowTone::Off => (Role::Body, Role::Note, Role::Note),
                _ => (Role::Title, Role::Key, Role::Body),
            };
            let lead = if at == list.marked { "> " } else { "  " };
            let left = vec![
                self.paint.span(text, format!("{:<NAME$} ", format!("{lead}{}", row.text))),
                self.paint.span(code, format!("{:<CODE_COLUMN$}", row.code)),
                self.paint.span(note, row.note),
            ];
            spread(left, Vec::new(), width)
        });
    }

    /// Draws rows whose texts are shown in full, wrapped, scrolled so that the marked row is visible.
    fn wrapped(self, list: &ListView<'_>, canvas: &mut Canvas<'_>, area: Rect) {
        let mut page = Page::new(self.paint, area.width);
        let mut marked_from = 0;
        for at in 0..list.rows.len() {
            let (row, marked) = (list.rows.get(at), at == list.marked);
            if marked {
                marked_from = page.lines.len();
            }
            let lead = format!("{}{}", if marked { "> " } else { "  " }, mark(row.mark, at));
            let role = if marked { Role::Marked } else { Role::Body };
            page.paragraph(&lead, role, role, &row.text);
        }
        let (height, _) = page.scrolls(area.height);
        let scroll = (marked_from + 3).saturating_sub(height);
        page.draw(canvas, area, u16::try_from(scroll).unwrap_or(0));
        let row = u16::try_from(marked_from.saturating_sub(scroll)).unwrap_or(0).min(area.height.saturating_sub(1));
        canvas.set_cursor_position((area.x, area.y + row));
    }

    /// Draws the chart of the details where there is room. Returns the area that remains for the text.
    fn picture(self, picture: Option<&WebView>, canvas: &mut Canvas<'_>, area: Rect) -> Rect {
        match picture {
            Some(picture) if area.height >= 2 * BELOW => {
                let [text, _, below] =
                    Layout::vertical([Constraint::Fill(1), Constraint::Length(1), Constraint::Length(BELOW)])
                        .areas(area);
                let [left, _, right] =
                    Layout::horizontal([Constraint::Percentage(56), Constraint::Length(2), Constraint::Fill(1)])
                        .areas(below);
                web::draw(picture, self.paint, canvas, left);
                web::numbers(picture, self.paint, canvas, right);
                text
            }
            Some(picture) if picture.is_about_all && area.width >= ASIDE + 40 && area.height >= 9 => {
                let [text, _, right] =
                    Layout::horizontal([Constraint::Fill(1), Constraint::Length(2), Constraint::Length(ASIDE)])
                        .areas(area);
                web::draw(picture, self.paint, canvas, right);
                text
            }
            _ => area,
        }
    }
}
