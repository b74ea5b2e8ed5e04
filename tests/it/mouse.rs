//! The mouse: what clicks and the wheel do once the mouse is switched on, and that they do nothing before.

use cairn_coach::app::{Msg, Screen, Wheel};

use crate::harness::App;

/// Returns the column and row of a text on the screen, counted from 0.
fn place(app: &App, text: &str) -> (u16, u16) {
    let screen = app.screen();
    let (row, line) = screen.lines().enumerate().find(|(_, line)| line.contains(text)).expect("it is on the screen");
    let column = line.split(text).next().expect("in front of it").chars().count();
    (u16::try_from(column).expect("small"), u16::try_from(row).expect("small"))
}

fn click(app: &mut App, text: &str) {
    let (column, row) = place(app, text);
    app.send(Msg::Click(column, row));
}

#[test]
fn a_click_marks_a_row_a_second_one_opens_it_and_a_tab_is_gone_to() {
    let mut app = App::demo().keys("/ 'risk'");
    let before = app.screen();
    click(&mut app, "FL-5");
    app.send(Msg::Wheel(Wheel::Down));
    assert_eq!(app.screen(), before, "nobody has asked for the mouse");
    app.press("alt-m");
    app.sees("You can now use the mouse to select and open items");
    app.press("down down down");
    click(&mut app, "FL-5");
    app.sees("> FL-5");
    click(&mut app, "> FL-5");
    app.sees("How often do you do this");
    click(&mut app, "3   ");
    app.sees("> 3");
    app.press("esc esc");
    click(&mut app, "Plan");
    assert_eq!(app.model.person.screen, Screen::Plan);
    app.press("alt-m");
    click(&mut app, "Advice");
    assert_eq!(app.model.person.screen, Screen::Plan);
}

#[test]
fn the_wheel_moves_the_mark_scrolls_a_page_and_moves_the_caret() {
    let mut app = App::demo().keys("alt-m 5");
    let row = app.model.person.at[Screen::Plan].row;
    app.send(Msg::Wheel(Wheel::Down));
    assert_eq!(app.model.person.at[Screen::Plan].row, row + 1);
    app.send(Msg::Wheel(Wheel::Up));
    assert_eq!(app.model.person.at[Screen::Plan].row, row);
    let mut app = App::demo().keys("alt-m / 'FL-5' enter 2 3 'one two' enter 'three'");
    click(&mut app, "ne two");
    app.send(Msg::Wheel(Wheel::Down));
    app.press("'x' up 'y'");
    app.sees("oyne two").sees("txhree");
}

#[test]
fn a_click_beside_everything_does_nothing() {
    let mut app = App::demo().keys("alt-m");
    let before = app.screen();
    for (column, row) in [(79, 23), (78, 23), (500, 500), (79, 1), (65_535, 65_535)] {
        app.send(Msg::Click(column, row));
    }
    assert_eq!(app.screen(), before);
}
