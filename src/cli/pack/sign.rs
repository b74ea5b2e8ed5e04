//! `cairn pack sign` and `cairn pack trust`: signs packs, and manages trusted keys.

use std::path::Path;
use std::process::ExitCode;

use serde::Serialize;

use super::args::{Switch, TrustArgs};
use super::folder_named;
use crate::cli::out::Out;
use crate::desk::{self, LoadedPacks, OpenOptions, PackOrigin};
use crate::domain::count;
use crate::error::Error;
use crate::pack::Trusted;

#[derive(Debug, Serialize)]
struct Listed {
    require_signed: bool,
    keys: Vec<KeyRow>,
}

#[derive(Debug, Serialize)]
struct KeyRow {
    key: String,
    name: String,
}

pub(super) fn sign(folder: &Path, opening: &OpenOptions, out: &mut Out) -> Result<ExitCode, Error> {
    folder_named(folder)?;
    let sealed = desk::sign_pack(opening, folder)?;
    out.line(format!(
        "The pack {} {} is signed. pack.lock lists {}, and pack.sig says that the list is yours.",
        sealed.id,
        sealed.version,
        count(sealed.files, "file", "files")
    ));
    out.line("After a change to any of them, sign it again.");
    out.line("");
    out.line("Your public key:");
    out.line(format!("    {}", sealed.key));
    out.paragraph(
        "",
        "Anyone who gets the pack needs to trust your key once, with the line below. Send the key in \
        another way than the pack, so that they can tell that it is yours.",
    );
    out.line(format!("    cairn pack trust {} --name \"YOUR NAME\"", sealed.key));
    Ok(ExitCode::SUCCESS)
}

pub(super) fn trust(args: &TrustArgs, opening: &OpenOptions, out: &mut Out) -> Result<ExitCode, Error> {
    if let Some(given) = &args.key {
        let trusted = desk::trust_key(opening, given, args.name.as_deref())?;
        out.line(format!("You trust packs signed by {}.", called(&trusted)));
    } else if let Some(given) = &args.remove {
        let gone = desk::distrust(opening, given)?;
        out.line(format!("You no longer trust {}.", called(&gone)));
    } else if let Some(switch) = args.require {
        desk::require_signed(opening, switch == Switch::On)?;
        out.line(match switch {
            Switch::On => "From now on, every pack must be signed by a key that you trust, including personal ones.",
            Switch::Off => "Packs no longer all need a signature.",
        });
    } else {
        return list(args.json, opening, out);
    }
    state(opening, out)?;
    Ok(ExitCode::SUCCESS)
}

fn called(trusted: &Trusted) -> String {
    if trusted.name.is_empty() { trusted.key.to_string() } else { format!("{} ({})", trusted.name, trusted.key) }
}

fn list(json: bool, opening: &OpenOptions, out: &mut Out) -> Result<ExitCode, Error> {
    let trust = desk::trust(opening)?;
    if json {
        let keys = trust.keys.iter().map(|known| KeyRow { key: known.key.to_string(), name: known.name.clone() });
        out.json(&Listed { require_signed: trust.required, keys: keys.collect() })?;
        return Ok(ExitCode::SUCCESS);
    }
    for known in &trust.keys {
        out.line(format!("{}  {}", known.key, known.name).trim_end());
    }
    state(opening, out)?;
    Ok(ExitCode::SUCCESS)
}

/// Prints the consequences of the trust settings for packs.
fn state(opening: &OpenOptions, out: &mut Out) -> Result<(), Error> {
    let trust = desk::trust(opening)?;
    out.paragraph(
        "",
        match (trust.required, trust.keys.is_empty()) {
            (true, true) => {
                "Packs need a signature but you do not trust any key, so you can only use built-in packs. \
            Trust one with: cairn pack trust KEY"
            }
            (true, false) => {
                "Every pack must be signed by one of these keys. `cairn pack trust --require off` changes \
            that."
            }
            (false, true) => {
                "You do not trust any key, and packs do not need a signature. You can add any pack. `cairn \
            pack list` shows which ones are signed."
            }
            (false, false) => {
                "Packs of organisations must be signed by a key that you trust. Personal packs do not need \
            a signature."
            }
        },
    );
    let loaded_packs = LoadedPacks::open(&OpenOptions { packs: Vec::new(), ..opening.clone() });
    for dropped in loaded_packs.dropped.iter().filter(|dropped| dropped.way == PackOrigin::Added) {
        let cause =
            loaded_packs.faults_in(&dropped.label).into_iter().next().map(|fault| fault.message).unwrap_or_default();
        out.paragraph("  - ", &format!("{}: {cause}", dropped.sentence()));
    }
    Ok(())
}
