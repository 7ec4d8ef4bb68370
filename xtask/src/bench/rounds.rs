//! Measuring several things in turn, so that whatever else the machine does meets all of them alike.

use anyhow::Result;

/// How often each is measured.
const ROUNDS: usize = 3;

/// Seconds that each is measured for each time.
pub(super) const SECONDS: u64 = 2;

/// What each reached: one figure a round.
pub(super) fn in_turn<const N: usize>(measures: [&mut dyn FnMut() -> Result<f64>; N]) -> Result<[Vec<f64>; N]> {
    let mut measures = measures;
    let mut figures = [const { Vec::new() }; N];
    for _ in 0..ROUNDS {
        for (measure, figures) in measures.iter_mut().zip(&mut figures) {
            figures.push(measure()?);
        }
    }
    Ok(figures)
}

/// The middle one.
pub(super) fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures.get(figures.len() / 2).copied().unwrap_or_default()
}

/// The middle one of the rounds' ratios.
pub(super) fn ratio(ours: &[f64], theirs: &[f64]) -> f64 {
    median(ours.iter().zip(theirs).map(|(ours, theirs)| ours / theirs).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_round_that_went_wrong_decides_nothing() {
        let mut figures = [10.0, 1.0, 12.0].into_iter();
        let mut ours = || Ok(figures.next().unwrap_or_default());
        let mut theirs = || Ok(20.0);
        let [ours, theirs] = in_turn([&mut ours, &mut theirs]).unwrap();
        assert_eq!((median(ours.clone()), ratio(&ours, &theirs)), (10.0, 0.5));
    }
}
