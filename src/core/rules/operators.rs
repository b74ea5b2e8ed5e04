//! The operators of the rules language: comparison, arithmetic, and joining of conditions.

use std::sync::Arc;

use rhai::{Array, Dynamic, Engine, EvalAltResult, NativeCallContext};

use super::build::{Build, plain_type};
use super::cond::{Cond, Condition, MOST_LEAVES, Number};
use super::fact::{Arithmetic, Fact, Operator, Test};

type Text = rhai::ImmutableString;
type Outcome = Result<Dynamic, Box<EvalAltResult>>;

/// Registers every comparison operator for numbers, with an integer or decimal constant allowed on either side. A text
/// on either side is reported, because Rhai would silently evaluate the comparison to false.
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
                compare(left, operator, Fact::constant(right as f64), false)
            });
            engine.register_fn(sign, move |left: i64, right: Number| {
                compare(right, operator.flipped(), Fact::constant(left as f64), false)
            });
        }
        engine.register_fn(sign, move |left: Number, right: f64| compare(left, operator, Fact::constant(right), false));
        engine.register_fn(sign, move |left: f64, right: Number| {
            compare(right, operator.flipped(), Fact::constant(left), false)
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

/// Registers the arithmetic operators for numbers, with an integer or decimal constant allowed on either side, and
/// unary minus.
pub(super) fn register_arithmetic(engine: &mut Engine, build: &Build) {
    for sign in Arithmetic::ALL {
        let name = sign.sign();
        let plain = |build: &Build, context: &NativeCallContext, value: f64| Number {
            fact: Fact::constant(value),
            at: build.here(context),
            size: 0,
            broken: false,
        };
        let both = build.clone();
        engine.register_fn(name, move |context: NativeCallContext, left: Number, right: Number| {
            calculated(&both, &context, left, sign, right)
        });
        let (first, second) = (build.clone(), build.clone());
        #[expect(clippy::cast_precision_loss, reason = "constants in rules are small whole numbers")]
        {
            engine.register_fn(name, move |context: NativeCallContext, left: Number, right: i64| {
                calculated(&first, &context, left, sign, plain(&first, &context, right as f64))
            });
            engine.register_fn(name, move |context: NativeCallContext, left: i64, right: Number| {
                calculated(&second, &context, plain(&second, &context, left as f64), sign, right)
            });
        }
        let (first, second) = (build.clone(), build.clone());
        engine.register_fn(name, move |context: NativeCallContext, left: Number, right: f64| {
            calculated(&first, &context, left, sign, plain(&first, &context, right))
        });
        engine.register_fn(name, move |context: NativeCallContext, left: f64, right: Number| {
            calculated(&second, &context, plain(&second, &context, left), sign, right)
        });
    }
    register_division(engine);
    let build = build.clone();
    engine.register_fn("-", move |context: NativeCallContext, number: Number| {
        let nothing = Number { fact: Fact::constant(0.0), at: number.at.clone(), size: 0, broken: false };
        calculated(&build, &context, nothing, Arithmetic::Minus, number)
    });
}

/// Makes `/` on constants exact, as it is between facts: 5 / 2 is 2.5, while 4 / 2 remains the integer 2.
fn register_division(engine: &mut Engine) {
    // Otherwise Rhai divides integers with its built-in operator.
    engine.set_fast_operators(false);
    let nothing = || -> Box<EvalAltResult> { "a number is divided by 0, so divide by another number".into() };
    engine.register_fn("/", move |left: i64, right: i64| -> Outcome {
        if right == 0 {
            return Err(nothing());
        }
        #[expect(clippy::cast_precision_loss, reason = "constants in rules are small whole numbers")]
        let exact = || Dynamic::from(left as f64 / right as f64);
        let whole = left.checked_rem(right) == Some(0);
        Ok(left.checked_div(right).filter(|_| whole).map_or_else(exact, Dynamic::from))
    });
    engine.register_fn("/=", |_: &mut i64, _: i64| -> Result<(), Box<EvalAltResult>> {
        Err("a whole number cannot become a fraction in its place, so write x = x / 2".into())
    });
}

/// Combines two numbers. A calculation with too many parts is reported and replaced by a placeholder.
fn calculated(build: &Build, context: &NativeCallContext, left: Number, sign: Arithmetic, right: Number) -> Number {
    let size = left.size + right.size + 1;
    let at = if left.fact.as_constant().is_some() { right.at } else { left.at };
    let broken = left.broken || right.broken;
    if size > MOST_LEAVES {
        let message = format!("the calculation has more than {MOST_LEAVES} parts");
        build.report(&build.here(context), message, "use total(…) or average(…) over a list of behaviours");
        return Number { fact: Fact::Sessions, at, size: 1, broken: true };
    }
    Number { fact: Fact::Calc(Arc::new(left.fact), sign, Arc::new(right.fact)), at, size, broken }
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
        // The names are constants and are not reserved, so registering them cannot fail.
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
                    let message = format!("both sides of {shown} must be conditions, but one is {kind}");
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
