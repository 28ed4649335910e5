//! Test after test in one process, each in a machine of its own: what the suite that
//! runs all of test262 talks to.
//!
//! A request is a line of JSON, and so is its answer:
//!
//! ```json
//! {"files": ["assert.js", "x.js"], "strict": true, "module": false, "stress": null}
//! {"printed": "", "phase": "runtime", "name": "TypeError", "message": "…"}
//! ```
//!
//! An answer without `phase` is that of a test that ended by itself.

use std::collections::HashMap;
use std::fs;
use std::io::{self, BufRead, Write};

use serde_json::{Value, json};

use super::host::{self, Text};
use crate::commands::Failure;

/// `axil --test262-worker`: answers requests until there are no more.
pub fn work() -> Result<(), Failure> {
    let mut files = HashMap::new();
    let mut stdout = io::stdout().lock();
    for line in io::stdin().lock().lines() {
        let line = line.map_err(|error| format!("cannot read a request: {error}"))?;
        let request =
            serde_json::from_str(&line).map_err(|error| format!("not a request: {error}"))?;
        let answer = answer(&mut files, &request)?;
        writeln!(stdout, "{answer}")
            .and_then(|()| stdout.flush())
            .map_err(|error| format!("cannot answer: {error}"))?;
    }
    Ok(())
}

fn answer(files: &mut HashMap<String, String>, request: &Value) -> Result<Value, String> {
    let is = |name: &str| request[name].as_bool().unwrap_or(false);
    let mut texts = Vec::new();
    let names: Vec<&str> =
        request["files"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let (test, harness) = names.split_last().ok_or("a request without files")?;
    for name in harness {
        if !files.contains_key(*name) {
            files.insert((*name).to_owned(), read(name)?);
        }
        texts.push(Text { name: (*name).to_owned(), text: files[*name].clone() });
    }
    let stress = request["stress"].as_u64().and_then(|every| u32::try_from(every).ok());
    let directive = if is("strict") { "\"use strict\";\n" } else { "" };
    texts.push(Text { name: (*test).to_owned(), text: format!("{directive}{}", read(test)?) });
    let report = host::run(&texts, is("module"), stress);
    let mut answer = json!({ "printed": report.printed });
    if let Some(fault) = report.fault {
        answer["phase"] = fault.phase.as_str().into();
        answer["name"] = fault.name.into();
        answer["message"] = fault.message.into();
    }
    Ok(answer)
}

fn read(name: &str) -> Result<String, String> {
    fs::read_to_string(name).map_err(|error| format!("cannot read '{name}': {error}"))
}
