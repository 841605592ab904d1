//! The best pairing of two sets, one to one.

/// Pairs rows with columns so that the weights of the pairs sum to the most, by the Hungarian method (Kuhn 1955, with
/// the potentials of Jonker and Volgenant 1987). Cubic in the larger side.
///
/// `weights` holds a row of equal length for each row; pairs of weight 0 are left out. In order of rows.
pub fn best_pairs(weights: &[Vec<f64>]) -> Vec<(usize, usize)> {
    let rows = weights.len();
    let columns = weights.first().map_or(0, Vec::len);
    if rows == 0 || columns == 0 {
        return Vec::new();
    }
    // The method needs at least as many columns as rows; columns beyond the last weigh nothing.
    let width = columns.max(rows);
    let cost = |row: usize, column: usize| if column < columns { -weights[row][column] } else { 0.0 };
    let (mut of_row, mut of_column) = (vec![0.0; rows + 1], vec![0.0; width + 1]);
    // Row of each column and the column before it on the path; index 0 stands for none.
    let (mut taken, mut before) = (vec![0usize; width + 1], vec![0usize; width + 1]);
    for row in 1..=rows {
        taken[0] = row;
        let mut at = 0;
        let mut least = vec![f64::INFINITY; width + 1];
        let mut used = vec![false; width + 1];
        while taken[at] != 0 {
            used[at] = true;
            let here = taken[at];
            let (mut step, mut next) = (f64::INFINITY, 0);
            for column in 1..=width {
                if used[column] {
                    continue;
                }
                let reduced = cost(here - 1, column - 1) - of_row[here] - of_column[column];
                if reduced < least[column] {
                    least[column] = reduced;
                    before[column] = at;
                }
                if least[column] < step {
                    step = least[column];
                    next = column;
                }
            }
            for column in 0..=width {
                if used[column] {
                    of_row[taken[column]] += step;
                    of_column[column] -= step;
                } else {
                    least[column] -= step;
                }
            }
            at = next;
        }
        while at != 0 {
            taken[at] = taken[before[at]];
            at = before[at];
        }
    }
    let mut pairs: Vec<(usize, usize)> = (1..=columns)
        .filter(|column| taken[*column] != 0)
        .map(|column| (taken[column] - 1, column - 1))
        .filter(|(row, column)| weights[*row][*column] > 0.0)
        .collect();
    pairs.sort_unstable();
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sum_counts_and_not_the_single_best() {
        // The best single pair, 3, would leave 0 for the other row.
        assert_eq!(best_pairs(&[vec![3.0, 2.0], vec![2.0, 0.0]]), [(0, 1), (1, 0)]);
    }

    #[test]
    fn more_of_one_side_stay_alone() {
        assert_eq!(best_pairs(&[vec![1.0], vec![2.0], vec![0.5]]), [(1, 0)]);
        assert_eq!(best_pairs(&[vec![1.0, 4.0, 2.0]]), [(0, 1)]);
        assert_eq!(best_pairs(&[vec![0.0, 0.0]]), []);
        assert_eq!(best_pairs(&[]), []);
    }
}
