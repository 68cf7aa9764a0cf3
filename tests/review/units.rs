//! Outputs that measure something else than before.

use scn::eval::Cell;

use super::{BOOK, reviewed};

#[test]
fn what_is_measured_otherwise_is_no_move() {
    let with = |size: &str| {
        format!(
            "{BOOK}kind thing {{}}\nthing a by me {{\n  assume size = 10 CNY because \"so\"\n  derive twice = size * 2\n}}\nthing b like a by me {{ assume size = {size} because \"so\" }}\noutput b.twice\n"
        )
    };
    let review = reviewed(&with("10 CNY"), &with("7 kg"));
    let of_b =
        review.effects.iter().filter(|effect| review.outputs[effect.output].path == "b.twice" && effect.case == "base");
    let sides: Vec<_> =
        of_b.map(|effect| (number(&effect.moved.old), number(&effect.moved.new), effect.moved.difference)).collect();
    assert_eq!(sides, [(None, Some(14_000.0), None), (Some(20.0), None, None)]);
}

fn number(cell: &Option<Cell>) -> Option<f64> {
    cell.as_ref().and_then(Cell::number)
}
