//! Word lists with which [`super::names`] distinguishes names from other words. All are in lower case except the last.

/// Titles that precede a name.
pub(super) const TITLES: &str = "mr mrs ms miss mx dr doctor nurse sister matron prof professor rev father sir dame lady lord cllr councillor \
     aunt auntie uncle nan";
/// Small words inside a name.
pub(super) const PARTICLES: &str = "ap ab ferch verch de van von der la bin al";
/// Capitalised words that name nobody.
pub(super) const PLAIN: &str = "i i'm i've i'd i'll monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs \
     fri sat sun january february march april may june july august september october november december jan feb \
     mar apr jun jul aug sep sept oct nov dec christmas easter ramadan eid diwali english welsh british scottish \
     irish wales england scotland ireland britain code zoom teams excel";
/// Verbs whose subject is a person; a word before one of them at the start of a sentence may be a name.
pub(super) const SAYS: &str = "said says told tells asked asks felt feels rang phoned called replied thought thinks wanted wants agreed \
     cried laughed smiled explained mentioned admitted refused suggested offered complained apologised shouted";
/// Subjects of such verbs that are not names.
pub(super) const NOBODY: &str = "i he she they we you it who one two three some many most all both nobody everybody everyone somebody someone \
     staff people carers colleagues residents families managers nurses others another none relatives inspectors \
     volunteers commissioners then never always later that this nothing something it's that's there's what's \
     who's here's let's he's she's today's yesterday's tomorrow's where's how's one's everyone's everybody's \
     somebody's nobody's people's today yesterday";
/// Words that begin a sentence and may be followed by a name: "When Sarah", "The Joneses".
pub(super) const OPENERS: &str = "the a an in on at to for from with by of as my our your his her their its this that these those when if \
     after before while because then so but and or although since until once during about what why how where who \
     which thank thanks ask asked tell told dear both only even also not no yes perhaps maybe without like seeing \
     meeting today yesterday";
/// Pairs of capitals that are not initials.
pub(super) const SHORT: &str = "AM PM GP OT UK EU IT HR TV OK PA CV ID QI PE PT AI LA MP OD RM CQ ED";

/// Returns whether a list contains a word.
pub(super) fn holds(list: &str, word: &str) -> bool {
    list.split_ascii_whitespace().any(|own| own == word)
}
