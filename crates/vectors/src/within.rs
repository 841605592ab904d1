//! What reports of one event do not share, weighed down.
//!
//! Vectors of one event differ in some directions more than in others: in how a headline is built, in what a newsroom
//! makes of it. Within-class covariance normalisation (Hatch, Kajarekar and Stolcke 2006) measures that scatter and
//! divides by it. The matrix is fixed and ships with the model, like the [means](crate::means).

use dateline_model::Embedding;

/// The inverse square root of the covariance within events.
pub struct Within {
    /// Row by row.
    rows: Vec<f32>,
}

impl Within {
    /// Reads 384 × 384 numbers of 32 bits, little-endian, row by row. The error says what is wrong.
    pub fn read(file: &[u8]) -> Result<Self, String> {
        let expected = Embedding::DIMENSIONS * Embedding::DIMENSIONS * size_of::<f32>();
        if file.len() != expected {
            return Err(format!("it has {} bytes instead of {expected}", file.len()));
        }
        let (numbers, _) = file.as_chunks();
        let rows: Vec<f32> = numbers.iter().copied().map(f32::from_le_bytes).collect();
        if rows.iter().any(|number| !number.is_finite()) {
            return Err("one of its numbers is none".to_owned());
        }
        Ok(Self { rows })
    }

    /// A vector in the directions in which events differ.
    pub fn turned(&self, vector: &[f32]) -> Vec<f32> {
        let dot = |row: &[f32]| row.iter().zip(vector).map(|(a, b)| a * b).sum();
        self.rows.chunks_exact(Embedding::DIMENSIONS).map(dot).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(number: impl Fn(usize, usize) -> f32) -> Vec<u8> {
        let all = 0..Embedding::DIMENSIONS;
        let row = |at: usize| all.clone().map(move |column| (at, column));
        all.clone().flat_map(row).flat_map(|(at, column)| number(at, column).to_le_bytes()).collect()
    }

    #[test]
    fn a_matrix_is_read_row_by_row() {
        let swaps = |row: usize, column: usize| f32::from(u8::from(row == column ^ 1));
        let vector: Vec<f32> = (0..Embedding::DIMENSIONS).map(|at| at as f32).collect();
        let turned = Within::read(&file(swaps)).unwrap().turned(&vector);
        assert_eq!(turned[..4], [1.0, 0.0, 3.0, 2.0]);
        let first_row = |row: usize, _: usize| f32::from(u8::from(row == 0));
        let turned = Within::read(&file(first_row)).unwrap().turned(&[1.0; Embedding::DIMENSIONS]);
        assert_eq!(turned[..2], [Embedding::DIMENSIONS as f32, 0.0]);
    }

    #[test]
    fn what_is_no_matrix_says_so() {
        let nan = file(|row, _| if row == 7 { f32::NAN } else { 1.0 });
        for file in [&[][..], &[0; 384], &nan] {
            assert!(Within::read(file).is_err());
        }
    }
}
