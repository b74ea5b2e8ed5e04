//! Where the user is on each screen: one value for every screen that has no search line of its own.

use std::ops::{Index, IndexMut};

use super::place::Screen;

/// The marked row of a list and the scroll offset of the page beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Position {
    /// Index of the marked row, counted from 0.
    pub row: usize,
    /// Scroll offset in rows.
    pub scroll: u16,
}

impl Position {
    /// Returns the position at a row, with the page beside it from its top.
    #[must_use]
    pub const fn at(row: usize) -> Self {
        Self { row, scroll: 0 }
    }
}

/// The position on each screen.
#[derive(Debug, Clone, Default)]
pub struct Positions([Position; Screen::COUNT]);

impl Index<Screen> for Positions {
    type Output = Position;

    fn index(&self, screen: Screen) -> &Position {
        let Self(positions) = self;
        &positions[screen as usize]
    }
}

impl IndexMut<Screen> for Positions {
    fn index_mut(&mut self, screen: Screen) -> &mut Position {
        let Self(positions) = self;
        &mut positions[screen as usize]
    }
}
