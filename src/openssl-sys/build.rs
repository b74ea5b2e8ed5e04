//! Builds of OpenSSL only the part that SQLCipher calls.
//!
//! SQLCipher needs AES-256-CBC, HMAC, PBKDF2, three hashes and random numbers. Building all of OpenSSL for them was a third
//! of the first build. The same source is configured here without TLS, certificate protocols, other ciphers and curves.
//!
//! This short cut is taken on Linux when the program is built on the system it is for. Everywhere else the crate
//! `openssl-src` builds all of OpenSSL. With `OPENSSL_NO_VENDOR=1` neither runs and the libcrypto of the system is linked:
//! the one in `OPENSSL_DIR`, or the one that pkg-config names.

use std::error::Error;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::{env, fs};

/// Parts of OpenSSL that SQLCipher never calls, as `Configure` names them.
const LEFT_OUT: &str = "apps aria argon2 async autoload-config bf blake2 camellia cast chacha cmac cmp cms comp ct deprecated \
    des dgram dh docs dsa dso dtls ec engine gost http idea integrity-only-ciphers legacy lms makedepend md4 mdc2 ml-dsa ml-kem \
    module ocb ocsp poly1305 psk quic rc2 rc4 rfc3779 rmd160 scrypt seed shared siphash siv slh-dsa sm2 sm3 sm4 sock srp srtp \
    ssl ssl-trace static-engine tests thread-pool tls ts ui-console whirlpool";

type Result<T> = std::result::Result<T, Box<dyn Error>>;

fn main() -> ExitCode {
    for name in ["OPENSSL_NO_VENDOR", "OPENSSL_DIR"] {
        println!("cargo:rerun-if-env-changed={name}");
    }
    println!("cargo:rerun-if-changed=build.rs");
    let vendored = cfg!(feature = "vendored") && !env::var("OPENSSL_NO_VENDOR").is_ok_and(|value| value != "0");
    let linked = if vendored { build() } else { system() };
    match linked {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("libcrypto, which encrypts the records, is not there: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Links what the system has.
fn system() -> Result<()> {
    if let Some(dir) = env::var_os("OPENSSL_DIR").map(PathBuf::from) {
        let lib = ["lib64", "lib"].map(|name| dir.join(name)).into_iter().find(|lib| lib.is_dir());
        let lib = lib.ok_or_else(|| format!("{} has no folder `lib`, and OPENSSL_DIR names it", dir.display()))?;
        println!("cargo:rustc-link-search=native={}", lib.display());
        println!("cargo:rustc-link-lib=dylib=crypto");
        println!("cargo:include={}", dir.join("include").display());
        return Ok(());
    }
    let found = pkg_config::Config::new().atleast_version("3.0").print_system_libs(false).probe("libcrypto").map_err(|error| {
        format!("{error}\nInstall it (Debian and Ubuntu: libssl-dev, Fedora: openssl-devel), name its folder in OPENSSL_DIR, or take OPENSSL_NO_VENDOR away.")
    })?;
    let include = found.include_paths.first().cloned().unwrap_or_else(|| PathBuf::from("/usr/include"));
    println!("cargo:include={}", include.display());
    Ok(())
}

/// Builds the part, or all of OpenSSL where there is no short cut.
fn build() -> Result<()> {
    let target = env::var("TARGET")?;
    let short_cut = configured_as(&target).filter(|_| env::var("HOST").is_ok_and(|host| host == target));
    let Some(system) = short_cut else {
        let built = openssl_src::Build::new().build();
        println!("cargo:include={}", built.include_dir().display());
        built.print_cargo_metadata();
        return Ok(());
    };
    let (include, lib) = build_part(&target, system).map_err(|error| {
        format!(
            "{error}\nIt is built with a C compiler, make and perl. With OPENSSL_NO_VENDOR=1 the libcrypto of the system is used \
             (Debian and Ubuntu: libssl-dev, Fedora: openssl-devel)."
        )
    })?;
    println!("cargo:include={}", include.display());
    println!("cargo:rustc-link-search=native={}", lib.display());
    println!("cargo:rustc-link-lib=static=crypto");
    Ok(())
}

/// The name that OpenSSL's `Configure` has for a target, where the short cut is known to work.
fn configured_as(target: &str) -> Option<&'static str> {
    match target {
        "x86_64-unknown-linux-gnu" | "x86_64-unknown-linux-musl" => Some("linux-x86_64"),
        "aarch64-unknown-linux-gnu" | "aarch64-unknown-linux-musl" => Some("linux-aarch64"),
        _ => None,
    }
}

/// Builds libcrypto and gives the folders of its headers and of the library.
fn build_part(target: &str, system: &str) -> Result<(PathBuf, PathBuf)> {
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or("OUT_DIR is not set")?);
    let (build, include, lib) = (out.join("build"), out.join("include"), out.join("lib"));
    let headers = include.join("openssl");
    for dir in [&build, &include, &lib] {
        if dir.exists() {
            fs::remove_dir_all(dir)?;
        }
    }
    for dir in [&build, &headers, &lib] {
        fs::create_dir_all(dir)?;
    }

    let source = openssl_src::source_dir();
    // What takes time at run time is assembly either way, so the daily build does without.
    let level = if env::var("OPT_LEVEL").is_ok_and(|level| level == "3") { 2 } else { 0 };
    let compiler = cc::Build::new().opt_level(level).debug(false).warnings(false).get_compiler();
    let mut configure = Command::new("perl");
    configure.arg(source.join("Configure")).arg(system).args(LEFT_OUT.split_whitespace().map(|name| format!("no-{name}")));
    configure.env("CC", compiler.path()).env("CFLAGS", compiler.args().join(OsStr::new(" ")));
    if target.ends_with("musl") {
        configure.arg("-DOPENSSL_NO_SECURE_MEMORY");
    }
    run(configure.current_dir(&build))?;

    let mut make = Command::new("make");
    make.args(["build_generated", "libcrypto.a"]);
    if let Some(flags) = env::var_os("CARGO_MAKEFLAGS") {
        make.env("MAKEFLAGS", flags);
    }
    run(make.current_dir(&build))?;

    copy_headers(&source.join("include/openssl"), &headers)?;
    copy_headers(&build.join("include/openssl"), &headers)?;
    fs::copy(build.join("libcrypto.a"), lib.join("libcrypto.a"))?;
    fs::remove_dir_all(&build)?;
    Ok((include, lib))
}

fn copy_headers(from: &Path, to: &Path) -> Result<()> {
    for entry in fs::read_dir(from)? {
        let path = entry?.path();
        if let (Some(name), true) = (path.file_name(), path.extension() == Some(OsStr::new("h"))) {
            fs::copy(&path, to.join(name))?;
        }
    }
    Ok(())
}

fn run(command: &mut Command) -> Result<()> {
    let program = command.get_program().to_string_lossy().into_owned();
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("`{program}` ended with {status}, see its output above").into()),
        Err(error) => Err(format!("`{program}` could not be run: {error}").into()),
    }
}
