//! How a number of things spreads over a number of places: much to a few, a little to most.

use crate::seed::dice::Dice;

/// The first of all is this far from the top of Zipf's curve, where one place would get a tenth of everything.
const OFFSET: f64 = 4.0;

/// Spreads `total` by Zipf's law over places that each take `most` at the most, in a shuffled order. As many as there is
/// room for.
pub(super) fn zipf(total: usize, most: &[usize], dice: &mut Dice) -> Vec<usize> {
    let open = most.iter().enumerate().filter(|(_, most)| **most > 0).map(|(place, _)| place).collect();
    let ranking: Vec<usize> = dice.shuffled(open);
    let weights: Vec<f64> = (0_u32..).map(|rank| 1.0 / (f64::from(rank) + OFFSET)).take(ranking.len()).collect();
    let mut weight_left: f64 = weights.iter().sum();
    let mut left = total;
    let mut counts = vec![0; most.len()];
    for (place, weight) in ranking.iter().copied().zip(weights) {
        let share = (left as f64 * weight / weight_left).ceil() as usize;
        left -= give(&mut counts, most, place, share.min(left));
        weight_left -= weight;
    }
    // What the last could not take goes to whoever has room.
    for place in ranking {
        left -= give(&mut counts, most, place, left);
    }
    counts
}

/// Gives a place what it can take, and tells how much that was.
fn give(counts: &mut [usize], most: &[usize], place: usize, share: usize) -> usize {
    let (Some(count), Some(most)) = (counts.get_mut(place), most.get(place)) else { return 0 };
    let taken = share.min(most.saturating_sub(*count));
    *count += taken;
    taken
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_is_spread_much_to_a_few_and_nobody_gets_more_than_he_can_take() {
        let most = [0, 5_000, 5_000, 7, 5_000].repeat(100);
        let mut counts = zipf(60_000, &most, &mut Dice::new("x"));
        assert_eq!(counts.iter().sum::<usize>(), 60_000);
        assert!(counts.iter().zip(&most).all(|(count, most)| count <= most));
        counts.sort_unstable();
        let (top, middle) = (counts[499], counts[300]);
        assert!(top > 2_000 && (1..200).contains(&middle), "{top} {middle}");
    }

    #[test]
    fn what_there_is_no_room_for_is_left_out() {
        assert_eq!(zipf(100, &[3, 0, 2], &mut Dice::new("x")), [3, 0, 2]);
    }
}
