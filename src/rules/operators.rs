//! Comparing numbers and joining conditions.

use std::sync::Arc;

use rhai::{Array, Dynamic, Engine, EvalAltResult, NativeCallContext};

use super::build::{Build, plain_type};
use super::cond::{Cond, Condition, Fact, MOST_LEAVES, Number, Operator, Test};

type Text = rhai::ImmutableString;
type Outcome = Result<Dynamic, Box<EvalAltResult>>;

/// `number ⋈ number` for every operator, with whole and decimal constants on either side; a text on either side is
/// reported, because Rhai would answer «false» in silence.
pub(super) fn register_comparisons(engine: &mut Engine, build: &Build) {
    for operator in Operator::ALL {
        let sign = operator.sign();
        let compare = |left: Number, operator: Operator, fact: Fact, broken: bool| {
            let broken = broken || left.broken;
            let condition = Condition::leaf(Test::Compare(left.fact, operator, fact), left.at);
            Dynamic::from(Condition { broken, ..condition })
        };
        engine.register_fn(sign, move |left: Number, right: Number| compare(left, operator, right.fact, right.broken));
        #[expect(clippy::cast_precision_loss, reason = "constants in rules are small whole numbers")]
        {
            engine.register_fn(sign, move |left: Number, right: i64| {
                compare(left, operator, Fact::Constant(right as f64), false)
            });
            engine.register_fn(sign, move |left: i64, right: Number| {
                compare(right, operator.flipped(), Fact::Constant(left as f64), false)
            });
        }
        engine.register_fn(sign, move |left: Number, right: f64| compare(left, operator, Fact::Constant(right), false));
        engine.register_fn(sign, move |left: f64, right: Number| {
            compare(right, operator.flipped(), Fact::Constant(left), false)
        });
        let refuse = |build: &Build, number: &Number, text: &str| {
            let message = format!("a number cannot be compared with the text \"{text}\"");
            build.report(&number.at, message, "write a number without quotation marks, like rating(\"FL-1\") <= 2");
            Dynamic::from(Condition::broken(number.at.clone()))
        };
        let (first, second) = (build.clone(), build.clone());
        engine.register_fn(sign, move |left: Number, right: Text| refuse(&first, &left, &right));
        engine.register_fn(sign, move |left: Text, right: Number| refuse(&second, &right, &left));
    }
}

fn too_large(build: &Build, context: &NativeCallContext) -> Dynamic {
    let at = build.here(context);
    let message = format!("the condition has more than {MOST_LEAVES} parts");
    build.report(&at, message, "split it into several rules");
    Dynamic::from(Condition::broken(at))
}

pub(super) fn register_joins(
    engine: &mut Engine,
    build: &Build,
    names: &[&str],
    precedence: u8,
    join: fn(Vec<Arc<Cond>>) -> Cond,
) {
    for name in names {
        // The names are constants of the table above and are free, so registering them cannot fail.
        let _ = engine.register_custom_operator(*name, precedence);
        let build = build.clone();
        let shown = (*name).to_owned();
        engine.register_fn(*name, move |context: NativeCallContext, left: Dynamic, right: Dynamic| -> Outcome {
            let kinds = (left.type_name().to_owned(), right.type_name().to_owned());
            match (left.try_cast::<Condition>(), right.try_cast::<Condition>()) {
                (Some(left), Some(right)) => Ok(Condition::joined(vec![left, right], join)
                    .map_or_else(|| too_large(&build, &context), Dynamic::from)),
                (left, _) => {
                    let at = build.here(&context);
                    let kind = plain_type(if left.is_none() { &kinds.0 } else { &kinds.1 });
                    let message = format!("both sides of {shown} must be conditions, and one is a {kind}");
                    build.report(&at, message, "compare the number with something, like rating(\"FL-1\") <= 2");
                    Ok(Dynamic::from(Condition::broken(at)))
                }
            }
        });
    }
}

pub(super) fn register_not(engine: &mut Engine, _: &Build) {
    engine.register_fn("not", |condition: Condition| condition.negated());
    engine.register_fn("!", |condition: Condition| condition.negated());
}

pub(super) fn register_list(engine: &mut Engine, build: &Build, name: &'static str, join: fn(Vec<Arc<Cond>>) -> Cond) {
    let build = build.clone();
    engine.register_fn(name, move |context: NativeCallContext, list: Array| {
        let at = build.here(&context);
        match build.conditions(&at, list, name) {
            None => Dynamic::from(Condition::broken(at)),
            Some(parts) => Condition::joined(parts, join).map_or_else(|| too_large(&build, &context), Dynamic::from),
        }
    });
}

pub(super) fn register_at_least(engine: &mut Engine, build: &Build) {
    let build = build.clone();
    engine.register_fn("at_least", move |context: NativeCallContext, n: i64, list: Array| {
        let at = build.here(&context);
        let Some(parts) = build.conditions(&at, list, "at_least") else { return Dynamic::from(Condition::broken(at)) };
        let needed = usize::try_from(n).ok().filter(|n| (1..=parts.len()).contains(n));
        let Some(needed) = needed else {
            let message = format!("at_least asks for {n} of {} conditions", parts.len());
            build.report(&at, message, "ask for at least one and at most as many as the list has");
            return Dynamic::from(Condition::broken(at));
        };
        Condition::joined(parts, |conds| Cond::AtLeast(needed, conds))
            .map_or_else(|| too_large(&build, &context), Dynamic::from)
    });
}
