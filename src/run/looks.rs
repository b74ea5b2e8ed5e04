//! The appearance of the screens, determined from settings, environment and the terminal's reply.

use crate::config::{Colours, Depth, Glyphs, Settings, Theme, ThemeChoice};
use crate::os::{Background, Env};
use crate::tui::Painter;

/// Everything that determines the appearance except the current theme.
pub(super) struct Looks {
    settings: Settings,
    depth: Depth,
    ascii: bool,
    no_color: bool,
}

impl Looks {
    pub(super) fn new(settings: Settings, env: &Env) -> Self {
        let depth = match settings.colours {
            Colours::True => Depth::True,
            Colours::Auto if env.true_color => Depth::True,
            Colours::Sixteen | Colours::Auto => Depth::Sixteen,
        };
        let ascii = match settings.characters {
            Glyphs::Ascii => true,
            Glyphs::Unicode => false,
            // A locale that states nothing is usually a container or a service, on a terminal that supports Unicode.
            Glyphs::Auto => env.utf8 == Some(false),
        };
        Self { settings, depth, ascii, no_color: env.no_color }
    }

    /// Returns the names of the available themes, the user's own first.
    pub(super) fn names(&self) -> Vec<String> {
        let built_in = Theme::BUILT_IN.iter().map(|(name, _)| (*name).to_owned());
        self.settings.themes.keys().cloned().chain(built_in).collect()
    }

    /// Returns whether the terminal has to be asked for its background.
    pub(super) fn must_ask(&self) -> bool {
        self.settings.theme == ThemeChoice::Auto && !self.no_color
    }

    /// Returns the name of the initial theme.
    pub(super) fn first(&self, background: Option<Background>) -> String {
        match (&self.settings.theme, background) {
            _ if self.no_color => "mono".to_owned(),
            (ThemeChoice::Named(name), _) => name.clone(),
            // Shades of our own only where it is certain that they can be read.
            (ThemeChoice::Auto, Some(Background::Dark)) if self.depth == Depth::True => "heather".to_owned(),
            (ThemeChoice::Auto, Some(Background::Light)) if self.depth == Depth::True => "chalk".to_owned(),
            (ThemeChoice::Auto, Some(Background::Light | Background::LightGrey)) => "light".to_owned(),
            (ThemeChoice::Auto, _) => "dark".to_owned(),
        }
    }

    /// Returns a painter for the theme with this name.
    pub(super) fn painter(&self, name: &str) -> Painter {
        let theme = self.settings.theme_named(name).or_else(|| Theme::built_in("dark")).expect("it comes along");
        let theme = if self.no_color { theme.without_colour() } else { theme.at(self.depth) };
        Painter { theme, ascii: self.ascii }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Ink, Role, read};

    fn looks(text: &str, env: &Env) -> Looks {
        let (settings, faults) = read("config.toml", text);
        assert_eq!(faults, []);
        Looks::new(settings, env)
    }

    #[test]
    fn no_color_stands_above_every_theme_and_shades_need_a_terminal_that_has_them() {
        let plain = Env { no_color: true, true_color: true, ..Env::default() };
        let painter = looks("theme = \"heather\"\n", &plain).painter("heather");
        assert_eq!(painter.theme.look(Role::Focus).ink, Ink::Own);
        let shades = |env: &Env, text: &str| {
            matches!(looks(text, env).painter("heather").theme.look(Role::Focus).ink, Ink::Rgb(..))
        };
        assert!(!shades(&Env::default(), ""));
        assert!(shades(&Env { true_color: true, ..Env::default() }, ""));
        assert!(shades(&Env::default(), "colours = \"true\"\n"));
        assert!(!shades(&Env { true_color: true, ..Env::default() }, "colours = \"16\"\n"));
    }

    #[test]
    fn the_background_decides_only_where_nobody_did() {
        let env = Env::default();
        assert_eq!(looks("", &env).first(None), "dark");
        assert_eq!(looks("", &env).first(Some(Background::Light)), "light");
        assert_eq!(looks("", &env).first(Some(Background::LightGrey)), "light");
        let shades = Env { true_color: true, ..Env::default() };
        for (background, name) in [
            (None, "dark"),
            (Some(Background::Dark), "heather"),
            (Some(Background::DarkGrey), "dark"),
            (Some(Background::LightGrey), "light"),
            (Some(Background::Light), "chalk"),
        ] {
            assert_eq!(looks("", &shades).first(background), name);
            let sixteen = looks("colours = \"16\"\n", &shades).first(background);
            assert!(sixteen == "dark" || sixteen == "light", "{sixteen}");
        }
        assert_eq!(looks("theme = \"high-contrast\"\n", &env).first(Some(Background::Light)), "high-contrast");
        assert!(looks("", &env).must_ask() && !looks("theme = \"dark\"\n", &env).must_ask());
    }

    #[test]
    fn marks_are_plain_only_where_the_locale_says_so_or_somebody_did() {
        let ascii = |utf8, text| looks(text, &Env { utf8, ..Env::default() }).painter("dark").ascii;
        assert!(!ascii(None, "") && !ascii(Some(true), "") && ascii(Some(false), ""));
        assert!(ascii(Some(true), "characters = \"ascii\"\n") && !ascii(Some(false), "characters = \"unicode\"\n"));
    }
}
