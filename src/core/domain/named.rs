//! A macro for enums whose variants have a name in the settings and a description, such as key contexts.

/// Defines an enum from a table of variants, each with its name in the settings and a description: `Find "find" "The
/// search screen.";`. Adds `ALL`, `id`, `about` and `from_id`.
#[macro_export]
#[doc(hidden)]
macro_rules! __named {
    ($(#[$meta:meta])* $name:ident { $($variant:ident $id:literal $about:literal;)* }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $(#[doc = $about] $variant,)*
        }

        impl $name {
            /// All variants, in the order of the table.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// Returns the name used in the settings.
            #[must_use]
            pub fn id(self) -> &'static str {
                match self { $(Self::$variant => $id,)* }
            }

            /// Returns a description in one sentence.
            #[must_use]
            pub fn about(self) -> &'static str {
                match self { $(Self::$variant => $about,)* }
            }

            /// Returns the variant with this name.
            #[must_use]
            pub fn from_id(id: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.id() == id)
            }
        }
    };
}
pub use crate::__named as named;
