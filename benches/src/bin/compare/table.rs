//! The table of the comparison.

use std::time::Duration;

use axil_benches::statistics::geometric_mean;

/// What the contenders took for one program, Axil first.
pub struct Row {
    /// The program's name.
    pub program: String,
    /// Its length.
    pub megabytes: f64,
    /// The median time of each contender.
    pub medians: Vec<Duration>,
}

impl Row {
    /// How many times longer than Axil each of the others took.
    fn ratios(&self) -> impl Iterator<Item = f64> {
        let (axil, others) = self.medians.split_first().expect("Axil takes part");
        others.iter().map(|time| time.as_secs_f64() / axil.as_secs_f64())
    }

    /// Prints the program's line.
    pub fn print(&self) {
        let axil = self.medians[0].as_secs_f64();
        print!("{:<34}{:>6.2}", shortened(&self.program), self.megabytes);
        print!("{:>9.2}{:>9.1}", axil * 1e3, self.megabytes / axil);
        for (time, ratio) in self.medians[1..].iter().zip(self.ratios()) {
            print!("{:>10.2}{:>8}", time.as_secs_f64() * 1e3, format!("×{ratio:.2}"));
        }
        println!();
    }
}

/// Prints what the columns are.
pub fn print_head(names: &[String]) {
    println!("Medians of one interleaved run. × is how many times longer than {}.\n", names[0]);
    print!("{:<34}{:>6}{:>9}{:>9}", "", "", names[0], "");
    for name in &names[1..] {
        print!("{name:>18}");
    }
    print!("\n{:<34}{:>6}{:>9}{:>9}", "", "MB", "ms", "MB/s");
    for _ in &names[1..] {
        print!("{:>10}{:>8}", "ms", "");
    }
    println!();
}

/// Prints the geometric means.
pub fn print_foot(rows: &[Row]) {
    let speeds: Vec<f64> =
        rows.iter().map(|row| row.megabytes / row.medians[0].as_secs_f64()).collect();
    print!("{:<34}{:>6}{:>9}{:>9.1}", "geometric mean", "", "", geometric_mean(&speeds));
    let ratios: Vec<Vec<f64>> = rows.iter().map(|row| row.ratios().collect()).collect();
    for contender in 0..ratios.first().map_or(0, Vec::len) {
        let column: Vec<f64> = ratios.iter().map(|row| row[contender]).collect();
        print!("{:>18}", format!("×{:.2}", geometric_mean(&column)));
    }
    println!();
}

fn shortened(name: &str) -> &str {
    &name[..name.floor_char_boundary(33)]
}
