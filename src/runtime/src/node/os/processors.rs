//! The processors that a system has.
//!
//! <https://nodejs.org/api/os.html#oscpus>

use std::fs;

use axil_engine::value::Value;
use axil_engine::vm::{Arguments, Completion, Vm};

use crate::native::{array, string};

/// An array a processor: model, megahertz, and milliseconds of user, nice, sys, idle, irq.
pub(super) fn processors(vm: &mut Vm, _: Arguments<'_>) -> Completion {
    /// The kernel counts in hundredths of a second.
    const TICK: f64 = 10.0;
    let details = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let field = |name: &str| -> Vec<String> {
        details
            .lines()
            .filter_map(|line| line.split_once(':'))
            .filter(|(key, _)| key.trim() == name)
            .map(|(_, value)| value.trim().to_owned())
            .collect()
    };
    let (models, speeds) = (field("model name"), field("cpu MHz"));
    let counts = fs::read_to_string("/proc/stat").unwrap_or_default();
    let list = vm.new_array();
    for line in counts.lines() {
        let mut words = line.split_whitespace();
        let number = words.next().and_then(|name| name.strip_prefix("cpu"));
        let Some(number) = number.and_then(|number| number.parse::<usize>().ok()) else { continue };
        let ticks: Vec<f64> = words.map(|word| word.parse().unwrap_or(0.0)).collect();
        let tick = |at: usize| Value::number(ticks.get(at).copied().unwrap_or(0.0) * TICK);
        let model = models.get(number).or(models.first()).map_or("unknown", String::as_str);
        let scaled = format!("/sys/devices/system/cpu/cpu{number}/cpufreq/scaling_cur_freq");
        let scaled = fs::read_to_string(scaled).ok();
        let scaled = scaled.and_then(|text| text.trim().parse::<f64>().ok());
        let given = speeds.get(number).and_then(|speed| speed.parse::<f64>().ok());
        let speed = scaled.map(|kilohertz| kilohertz / 1000.0).or(given).unwrap_or(0.0);
        let row = [
            string(vm, model),
            Value::number(speed.trunc()),
            tick(0),
            tick(1),
            tick(2),
            tick(3),
            tick(5),
        ];
        let row = array(vm, &row);
        list.push(&vm.memory, row);
    }
    Ok(Value::cell(list))
}
