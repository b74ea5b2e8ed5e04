//! Tables of things with a name and a sentence: contexts of keys, roles of a theme.

/// An enum from a table of variants, each with its name in settings and what it is: `Find "find" "The search screen.";`.
/// Gives it `ALL`, `id`, `about` and `from_id`.
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
            /// All of them, in the order of the table.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// Name in settings.
            #[must_use]
            pub fn id(self) -> &'static str {
                match self { $(Self::$variant => $id,)* }
            }

            /// What it is, in one sentence.
            #[must_use]
            pub fn about(self) -> &'static str {
                match self { $(Self::$variant => $about,)* }
            }

            /// The one of this name.
            #[must_use]
            pub fn from_id(id: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.id() == id)
            }
        }
    };
}
pub use crate::__named as named;
