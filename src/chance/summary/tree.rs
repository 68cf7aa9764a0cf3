//! `Tree`: the moments of chunks, added up two by two in an order that no split of the work changes.

use serde::{Deserialize, Serialize};

use super::Moments;

/// Moments of chunks: complete pairs are one node, pairs of those one again, as in a knockout tournament.
///
/// Which chunks make a node depends on their numbers alone. So a run cut anywhere between chunks and put together again
/// has the same nodes, and the same sum to the last bit.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Tree {
    nodes: Vec<Node>,
    /// Every node that begins with the first draw, the smallest first: how the mean settled.
    firsts: Vec<Moments>,
}

/// The chunks from `index << level` to the next such number.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
struct Node {
    level: u32,
    index: u64,
    moments: Moments,
}

impl Tree {
    /// Adds the chunk of a number; chunks come in rising order.
    pub fn push(&mut self, index: u64, moments: Moments) {
        self.add(Node { level: 0, index, moments });
    }

    /// Adds the part of a run that follows this one.
    pub fn append(&mut self, next: &Tree) {
        if self.nodes.is_empty() {
            return self.clone_from(next);
        }
        next.nodes.iter().for_each(|node| self.add(*node));
    }

    /// The moments of everything.
    pub fn total(&self) -> Moments {
        self.nodes.iter().fold(Moments::default(), |sum, node| sum.and(node.moments))
    }

    /// The moments of the first 1, 2, 4, 8, … chunks.
    pub fn firsts(&self) -> &[Moments] {
        &self.firsts
    }

    fn add(&mut self, mut node: Node) {
        loop {
            if node.index == 0 {
                self.firsts.push(node.moments);
            }
            match self.nodes.last() {
                Some(last) if last.level == node.level && last.index + 1 == node.index && node.index % 2 == 1 => {
                    node.moments = last.moments.and(node.moments);
                    (node.level, node.index) = (node.level + 1, node.index / 2);
                    self.nodes.pop();
                }
                _ => break,
            }
        }
        self.nodes.push(node);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chunk(index: u64) -> Moments {
        Moments::of(&[libm::sin(index as f64), index as f64 * 0.1, 1.0 / (1.0 + index as f64)])
    }

    #[test]
    fn any_split_has_the_same_bits() {
        let tree = |from: u64, to: u64| {
            let mut tree = Tree::default();
            (from..to).for_each(|index| tree.push(index, chunk(index)));
            tree
        };
        for count in [1, 2, 7, 64, 101] {
            let whole = tree(0, count);
            for split in 0..=count {
                let mut parts = tree(0, split);
                let middle = split + (count - split) / 3;
                parts.append(&tree(split, middle));
                parts.append(&tree(middle, count));
                assert_eq!(parts, whole, "{count} cut at {split}");
            }
        }
    }

    #[test]
    fn firsts_are_powers_of_two() {
        let mut tree = Tree::default();
        (0..11).for_each(|index| tree.push(index, chunk(index)));
        assert_eq!(tree.firsts().iter().map(|first| first.count).collect::<Vec<_>>(), [3, 6, 12, 24]);
    }
}
