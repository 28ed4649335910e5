//! What specifiers mean: packages, their `exports` and `imports`, and files. CommonJS has
//! `exports` and `imports` from here, ECMAScript modules all of it.
//!
//! <https://nodejs.org/api/esm.html#resolution-algorithm-specification>

use std::cmp::Ordering;
use std::fs;
use std::rc::Rc;

use serde_json::{Map, Value};

use super::failure::{Failure, imported_from, invalid_specifier, not_found};
use super::file_url;
use super::packages::{Kind as PackageKind, Package, Packages, folder_of, invalid};
use crate::builtin_modules;

/// Who asks, and under which conditions.
#[derive(Clone, Copy)]
pub(crate) struct Asker<'a> {
    pub(crate) packages: &'a Packages,
    /// The address of the module that asks; none for CommonJS.
    pub(crate) url: Option<&'a str>,
    /// Its file, as messages name it; none where they do not.
    pub(crate) path: Option<&'a str>,
    pub(crate) conditions: &'a [String],
}

/// What a target is.
enum Found {
    /// A file, which may not be there.
    Path(String),
    /// Something else: `node:…`.
    Url(String),
}

type Resolution = Result<Option<Found>, Failure>;

// ---------------------------------------------------------------------------
// Targets of `exports` and `imports`
// ---------------------------------------------------------------------------

/// Where a target stands.
#[derive(Clone, Copy)]
struct Place<'a> {
    package: &'a Package,
    /// The key that it belongs to.
    key: &'a str,
    /// What `*` stands for, if there is one.
    star: Option<&'a str>,
    is_import: bool,
}

/// Which part of a path must not be part of a target.
fn has_invalid_segment(path: &str) -> bool {
    let parts = path.split(['/', '\\']);
    parts
        .map(|part| file_url::decoded(part).to_ascii_lowercase())
        .any(|part| matches!(&*part, "." | ".." | "node_modules"))
}

impl Asker<'_> {
    fn invalid_target(&self, place: Place<'_>, target: &Value) -> Failure {
        let shown = match target {
            Value::Object(_) | Value::Array(_) | Value::String(_) => target.to_string(),
            other => format!("\"{other}\""),
        };
        let file = place.package.file();
        let base = imported_from(self.path);
        let wants_dot = match target {
            Value::String(text) => !text.is_empty() && !text.starts_with("./"),
            Value::Number(_) | Value::Bool(_) => true,
            _ => false,
        };
        let hint =
            if wants_dot && !place.is_import { "; targets must start with \"./\"" } else { "" };
        let message = if place.key == "." {
            format!(
                "Invalid \"exports\" main target {shown} defined in the package config \
                 {file}{base}{hint}"
            )
        } else {
            let field = if place.is_import { "imports" } else { "exports" };
            format!(
                "Invalid \"{field}\" target {shown} defined for '{}' in the package config \
                 {file}{base}{hint}",
                place.key
            )
        };
        Failure::new("ERR_INVALID_PACKAGE_TARGET", message)
    }

    /// `PACKAGE_TARGET_RESOLVE`
    fn target(&self, place: Place<'_>, target: &Value) -> Resolution {
        match target {
            Value::String(text) => self.target_text(place, text).map(Some),
            Value::Array(targets) => {
                let mut last = Ok(None);
                for target in targets {
                    match self.target(place, target) {
                        Ok(Some(found)) => return Ok(Some(found)),
                        Ok(None) => last = Ok(None),
                        Err(failure) if failure.code == "ERR_INVALID_PACKAGE_TARGET" => {
                            last = Err(failure);
                        }
                        Err(failure) => return Err(failure),
                    }
                }
                last
            }
            Value::Object(conditions) => {
                if conditions.keys().any(|key| is_index(key)) {
                    let file = place.package.file();
                    let why = "\"exports\" cannot contain numeric property keys.";
                    return Err(invalid(&file, self.url, why));
                }
                for (condition, target) in conditions {
                    if condition != "default" && !self.conditions.contains(condition) {
                        continue;
                    }
                    match target {
                        Value::Null => return Ok(None),
                        target => match self.target(place, target)? {
                            Some(found) => return Ok(Some(found)),
                            // An object without a condition that holds says nothing; null
                            // does.
                            None if ends_in_null(target, self.conditions) => return Ok(None),
                            None => {}
                        },
                    }
                }
                Ok(None)
            }
            Value::Null => Ok(None),
            _ => Err(self.invalid_target(place, target)),
        }
    }

    fn target_text(&self, place: Place<'_>, target: &str) -> Result<Found, Failure> {
        let refuse = || Err(self.invalid_target(place, &Value::String(target.to_owned())));
        let filled =
            || place.star.map_or_else(|| target.to_owned(), |star| target.replace('*', star));
        let Some(inside) = target.strip_prefix("./") else {
            let is_outside = target.starts_with("../") || target.starts_with('/');
            if !place.is_import || is_outside || is_url(target) {
                return refuse();
            }
            return self.package(&filled(), &place.package.file());
        };
        if has_invalid_segment(inside) {
            return refuse();
        }
        self.warn_of_slashes(place, target, inside);
        if let Some(star) = place.star
            && has_invalid_segment(star)
        {
            let request = place.key.replacen('*', star, 1);
            let field = if place.is_import { "imports" } else { "exports" };
            let reason = format!(
                "request is not a valid match in pattern \"{}\" for the \"{field}\" resolution of {}",
                place.key,
                place.package.file()
            );
            return Err(invalid_specifier(&request, &reason, self.path));
        }
        let filled = filled();
        let inside = filled.strip_prefix("./").unwrap_or(&filled);
        let folder = place.package.folder.trim_end_matches('/');
        let whole = format!("{folder}/{inside}");
        if file_url::has_encoded_separator(inside) {
            let reason = "must not include encoded \"/\" or \"\\\" characters";
            return Err(invalid_specifier(&whole, reason, self.path));
        }
        Ok(Found::Path(normalized(&file_url::decoded(&whole))))
    }

    /// Warns of names that are empty in what a target or a pattern stands for.
    fn warn_of_slashes(&self, place: Place<'_>, target: &str, inside: &str) {
        let is_empty = |path: &str| path.split(['/', '\\']).any(str::is_empty);
        let in_target = is_empty(inside);
        if !in_target && !place.star.is_some_and(|star| !star.is_empty() && is_empty(star)) {
            return;
        }
        let fill = |text: &str| match place.star {
            Some(star) => text.replace('*', star),
            None => text.to_owned(),
        };
        let (resolved, request) = (fill(target), fill(place.key));
        let shown = if in_target { target } else { &request };
        let is_double = shown.replace('\\', "/").contains("//");
        let what = if is_double { "double slash" } else { "leading or trailing slash matching" };
        let matched = if request == place.key {
            String::new()
        } else {
            format!("matched to \"{}\" ", place.key)
        };
        let field = if place.is_import { "imports" } else { "exports" };
        let (file, base) = (place.package.file(), imported_from(self.path));
        let message = format!(
            "Use of deprecated {what} resolving \"{resolved}\" for module request \"{request}\" \
             {matched}in the \"{field}\" field module resolution of the package at {file}{base}."
        );
        self.packages.warn(format!("{file}|{request}|{target}"), "DEP0166", message);
    }

    // -----------------------------------------------------------------------
    // `exports`
    // -----------------------------------------------------------------------

    /// `PACKAGE_EXPORTS_RESOLVE`: the file of a subpath, which is `.` or begins with `./`.
    pub(crate) fn exports(&self, package: &Package, subpath: &str) -> Result<String, Failure> {
        let Some(exports) = &package.exports else {
            return Err(self.not_exported(package, subpath));
        };
        let sugar;
        let table = match exports {
            Value::Object(table) if !self.is_conditions(package, table)? => table,
            other => {
                let mut table = Map::new();
                table.insert(".".to_owned(), other.clone());
                sugar = table;
                &sugar
            }
        };
        match self.entry(package, table, subpath, false)? {
            Some(Found::Path(path)) => Ok(path),
            Some(Found::Url(url)) => Ok(url),
            None => Err(self.not_exported(package, subpath)),
        }
    }

    /// Whether the keys are conditions, not subpaths.
    fn is_conditions(
        &self,
        package: &Package,
        table: &Map<String, Value>,
    ) -> Result<bool, Failure> {
        let mut kinds = table.keys().map(|key| !key.starts_with('.'));
        let Some(first) = kinds.next() else { return Ok(false) };
        if kinds.all(|kind| kind == first) {
            return Ok(first);
        }
        let why = "\"exports\" cannot contain some keys starting with '.' and some not. The \
                   exports object must either be an object of package subpath keys or an object \
                   of main entry condition name keys only.";
        Err(invalid(&package.file(), self.url, why))
    }

    /// The entry of a table that fits best.
    fn entry(
        &self,
        package: &Package,
        table: &Map<String, Value>,
        subpath: &str,
        is_import: bool,
    ) -> Resolution {
        if let Some(target) = table.get(subpath)
            && !subpath.contains('*')
            && !subpath.ends_with('/')
        {
            return self.target(Place { package, key: subpath, star: None, is_import }, target);
        }
        let mut best: Option<(&str, &Value, &str)> = None;
        for (key, target) in table {
            let Some((before, after)) = key.split_once('*') else { continue };
            let fits = !after.contains('*')
                && subpath.len() >= key.len()
                && subpath.starts_with(before)
                && subpath.ends_with(after)
                && best.is_none_or(|(known, ..)| compare_patterns(known, key) == Ordering::Greater);
            if fits {
                best = Some((key, target, &subpath[before.len()..subpath.len() - after.len()]));
            }
        }
        match best {
            Some((key, target, star)) => {
                self.target(Place { package, key, star: Some(star), is_import }, target)
            }
            None => Ok(None),
        }
    }

    fn not_exported(&self, package: &Package, subpath: &str) -> Failure {
        let (file, base) = (package.file(), imported_from(self.path));
        let message = if subpath == "." {
            format!("No \"exports\" main defined in {file}{base}")
        } else {
            format!("Package subpath '{subpath}' is not defined by \"exports\" in {file}{base}")
        };
        Failure::new("ERR_PACKAGE_PATH_NOT_EXPORTED", message)
    }

    // -----------------------------------------------------------------------
    // `imports`
    // -----------------------------------------------------------------------

    /// `PACKAGE_IMPORTS_RESOLVE`: what a specifier that begins with `#` means in a file.
    fn imports(&self, specifier: &str, file: &str) -> Result<Found, Failure> {
        if specifier == "#" || specifier.ends_with('/') {
            let reason = "is not a valid internal imports specifier name";
            return Err(invalid_specifier(specifier, reason, self.path));
        }
        let package = self.packages.around(file)?;
        if let Some(package) = &package
            && let Some(Value::Object(table)) = &package.imports
            && let Some(found) = self.entry(package, table, specifier, true)?
        {
            return Ok(found);
        }
        let place = package.map_or_else(String::new, |it| format!(" in package {}", it.file()));
        let base = imported_from(self.path.or(Some(file)));
        let message =
            format!("Package import specifier \"{specifier}\" is not defined{place}{base}");
        Err(Failure::of_type("ERR_PACKAGE_IMPORT_NOT_DEFINED", message))
    }

    /// The same for CommonJS: a path, or `node:…`.
    pub(crate) fn imports_path(&self, specifier: &str, file: &str) -> Result<String, Failure> {
        match self.imports(specifier, file)? {
            Found::Path(found) | Found::Url(found) => Ok(found),
        }
    }

    // -----------------------------------------------------------------------
    // Packages
    // -----------------------------------------------------------------------

    /// The file that a package's own name means in it; none if a file is in another one.
    pub(crate) fn own_name(&self, specifier: &str, file: &str) -> Result<Option<String>, Failure> {
        let Some(package) = self.packages.around(file)? else { return Ok(None) };
        let Some(name) = package.name.as_deref().filter(|_| package.exports.is_some()) else {
            return Ok(None);
        };
        let Some(rest) = specifier.strip_prefix(name) else { return Ok(None) };
        if !rest.is_empty() && !rest.starts_with('/') {
            return Ok(None);
        }
        self.exports(&package, &format!(".{rest}")).map(Some)
    }

    /// `PACKAGE_RESOLVE`
    fn package(&self, specifier: &str, file: &str) -> Result<Found, Failure> {
        if builtin_modules::is_public_without_scheme(specifier) {
            return Ok(Found::Url(format!("node:{specifier}")));
        }
        let (name, subpath) = parse_name(specifier).ok_or_else(|| {
            invalid_specifier(specifier, "is not a valid package name", self.path)
        })?;
        if let Some(path) = self.own_name(specifier, file)? {
            return Ok(Found::Path(path));
        }
        let mut at = file;
        while let Some(folder) = folder_of(at) {
            at = folder;
            if folder.ends_with("/node_modules") && !name.is_empty() {
                continue;
            }
            let home = format!("{}/node_modules/{name}", folder.trim_end_matches('/'));
            let home = home.trim_end_matches('/').to_owned();
            if !fs::metadata(&home).is_ok_and(|it| it.is_dir()) {
                continue;
            }
            let importing = self.path.map(|base| format!("\"{specifier}\" from {base}"));
            let package = self.packages.in_folder(&home, importing.as_deref())?;
            if let Some(package) = &package
                && package.exports.is_some()
            {
                return self.exports(package, &subpath).map(Found::Path);
            }
            if subpath == "." {
                return self.legacy_main(&home, package.as_ref()).map(Found::Path);
            }
            return Ok(Found::Path(normalized(&format!("{home}/{}", &subpath[2..]))));
        }
        Err(not_found("package", name, self.path))
    }

    /// What `main` says, or `index`.
    fn legacy_main(&self, folder: &str, package: Option<&Rc<Package>>) -> Result<String, Failure> {
        let is_file = |path: &String| fs::metadata(path).is_ok_and(|it| it.is_file());
        let main = package.and_then(|package| package.main.as_deref()).filter(|it| !it.is_empty());
        let ends = ["", ".js", ".json", ".node", "/index.js", "/index.json", "/index.node"];
        let by_main = main.map(|main| ends.map(|end| normalized(&format!("{folder}/{main}{end}"))));
        let indexes = ["index.js", "index.json", "index.node"].map(|end| format!("{folder}/{end}"));
        let mut tries = by_main.into_iter().flatten().chain(indexes);
        let Some(found) = tries.find(is_file) else {
            let main = main.unwrap_or("index.js");
            return Err(not_found("package", &normalized(&format!("{folder}/{main}")), self.path));
        };
        let is_whole = main.is_some_and(|main| normalized(&format!("{folder}/{main}")) == found);
        if let Some(package) = package
            && !is_whole
        {
            self.warn_of_main(package, main, &found);
        }
        Ok(found)
    }

    /// Warns of an ECMAScript module that `main` does not name as it is called.
    fn warn_of_main(&self, package: &Package, main: Option<&str>, found: &str) {
        let is_script = std::path::Path::new(found).extension().is_some_and(|it| it == "js");
        if !is_script || package.kind != PackageKind::Module {
            return;
        }
        let (folder, base) = (&package.folder, imported_from(self.path));
        let inside = found.strip_prefix(&**folder).unwrap_or(found).trim_start_matches('/');
        let message = match main {
            Some(main) => format!(
                "Package {folder}/ has a \"main\" field set to \"{main}\", excluding the full \
                 filename and extension to the resolved file at \"{inside}\",{base}.\n Automatic \
                 extension resolution of the \"main\" field is deprecated for ES modules."
            ),
            None => format!(
                "No \"main\" or \"exports\" field defined in the package.json for {folder}/ \
                 resolving the main entry point \"{inside}\",{base}.\nDefault \"index\" lookups \
                 for the main are deprecated for ES modules."
            ),
        };
        self.packages.warn(format!("{folder}|{base}"), "DEP0151", message);
    }

    // -----------------------------------------------------------------------
    // Modules
    // -----------------------------------------------------------------------

    /// `ESM_RESOLVE`: the address of what a specifier means in an ECMAScript module.
    pub(crate) fn module(&self, specifier: &str, keep_links: bool) -> Result<String, Failure> {
        let base = self.url.unwrap_or("file:///");
        let is_relative = specifier.starts_with('/')
            || specifier == "."
            || specifier == ".."
            || specifier.starts_with("./")
            || specifier.starts_with("../");
        if is_relative && !base.starts_with("file:") {
            let message = format!(
                "Failed to resolve module specifier \"{specifier}\" from \"{base}\": Invalid \
                 relative URL or base scheme is not hierarchical."
            );
            return Err(Failure::of_type("ERR_UNSUPPORTED_RESOLVE_REQUEST", message)
                .with("input", specifier));
        }
        if is_relative || specifier.starts_with("file:") {
            return self.finish(&file_url::joined(base, specifier), keep_links);
        }
        if !specifier.starts_with('#') && is_url(specifier) {
            return Ok(specifier.to_owned());
        }
        if !base.starts_with("file:") {
            let message = format!(
                "Failed to resolve module specifier \"{specifier}\" from \"{base}\": Invalid \
                 relative URL or base scheme is not hierarchical."
            );
            if !builtin_modules::is_public_without_scheme(specifier) {
                return Err(Failure::of_type("ERR_UNSUPPORTED_RESOLVE_REQUEST", message)
                    .with("input", specifier));
            }
        }
        let file = file_url::to_path(base).unwrap_or_default();
        let found = if specifier.starts_with('#') {
            self.imports(specifier, &file)?
        } else {
            self.package(specifier, &file)?
        };
        match found {
            Found::Path(path) => self.finish(&file_url::from_path(&path), keep_links),
            Found::Url(url) => Ok(url),
        }
    }

    /// The address of a file that must be there, without links.
    fn finish(&self, url: &str, keep_links: bool) -> Result<String, Failure> {
        let (address, suffix) = file_url::split(url);
        if file_url::has_encoded_separator(address) {
            let path = address.strip_prefix("file://").unwrap_or(address);
            let reason = "must not include encoded \"/\" or \"\\\" characters";
            return Err(invalid_specifier(path, reason, self.path));
        }
        let path = file_url::to_path(url)?;
        let base =
            self.path.map_or_else(|| self.url.map(file_url::shown), |it| Some(it.to_owned()));
        let metadata = fs::metadata(&path);
        if path.ends_with('/') || metadata.as_ref().is_ok_and(fs::Metadata::is_dir) {
            let base = base.unwrap_or_default();
            let message = format!(
                "Directory import '{path}' is not supported resolving ES modules imported from {base}"
            );
            return Err(Failure::new("ERR_UNSUPPORTED_DIR_IMPORT", message).with("url", url));
        }
        if metadata.is_err() {
            return Err(not_found("module", &path, base.as_deref()).with("url", url));
        }
        if keep_links {
            return Ok(url.to_owned());
        }
        match fs::canonicalize(&path) {
            Ok(real) if real.as_os_str() != &*path => {
                Ok(file_url::from_path(&real.to_string_lossy()) + suffix)
            }
            _ => Ok(format!("{}{suffix}", file_url::from_path(&path))),
        }
    }
}

/// Whether what was found nowhere was refused, not just without a condition that holds.
fn ends_in_null(target: &Value, conditions: &[String]) -> bool {
    match target {
        Value::Null => true,
        Value::Object(table) => table
            .iter()
            .find(|(key, _)| *key == "default" || conditions.contains(key))
            .is_some_and(|(_, target)| ends_in_null(target, conditions)),
        Value::Array(targets) => targets.last().is_some_and(Value::is_null),
        _ => false,
    }
}

fn is_index(key: &str) -> bool {
    key == "0" || key.parse::<u32>().is_ok_and(|number| number.to_string() == key)
}

/// Whether a text is a URL with a scheme.
fn is_url(text: &str) -> bool {
    let Some((scheme, _)) = text.split_once(':') else { return false };
    let mut letters = scheme.chars();
    letters.next().is_some_and(|first| first.is_ascii_alphabetic())
        && letters.all(|other| other.is_ascii_alphanumeric() || "+-.".contains(other))
}

/// `PATTERN_KEY_COMPARE`: greater, if the second one is the more exact pattern.
fn compare_patterns(one: &str, other: &str) -> Ordering {
    let length = |key: &str| key.find('*').map_or(key.len(), |at| at + 1);
    length(other).cmp(&length(one)).then(other.len().cmp(&one.len()))
}

/// A package's name, and `.` or `./…`.
fn parse_name(specifier: &str) -> Option<(&str, String)> {
    let mut parts = specifier.match_indices('/');
    let end = if specifier.starts_with('@') {
        parts.next()?;
        parts.next()
    } else {
        parts.next()
    };
    let end = end.map_or(specifier.len(), |(at, _)| at);
    let (name, rest) = specifier.split_at(end);
    let is_valid = !name.starts_with('.') && !name.contains(['%', '\\']);
    is_valid.then(|| (name, format!(".{rest}")))
}

/// A path without `.`, `..` and empty parts.
pub(crate) fn normalized(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    let end = if path.ends_with('/') && !parts.is_empty() { "/" } else { "" };
    format!("/{}{end}", parts.join("/"))
}
