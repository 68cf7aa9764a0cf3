//! `Subset`: some of the players of a game.

/// Some of the players of a game, numbered from 0.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Subset {
    words: Vec<u64>,
}

impl Subset {
    /// Nobody of so many players.
    pub fn empty(players: usize) -> Subset {
        Subset { words: vec![0; players.div_ceil(64).max(1)] }
    }

    /// All of so many players.
    pub fn full(players: usize) -> Subset {
        (0..players).fold(Subset::empty(players), |subset, player| subset.with(player))
    }

    /// The players whose bits are set in a mask; for up to 64 players.
    pub(super) fn of_mask(players: usize, mask: u64) -> Subset {
        let mut subset = Subset::empty(players);
        subset.words[0] = mask;
        subset
    }

    /// Whether a player is in it.
    pub fn contains(&self, player: usize) -> bool {
        self.words.get(player / 64).is_some_and(|word| word >> (player % 64) & 1 == 1)
    }

    /// The same and one more player.
    pub fn with(&self, player: usize) -> Subset {
        let mut more = self.clone();
        if let Some(word) = more.words.get_mut(player / 64) {
            *word |= 1 << (player % 64);
        }
        more
    }

    /// How many players are in it.
    pub fn len(&self) -> usize {
        self.words.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// Whether nobody is in it.
    pub fn is_empty(&self) -> bool {
        self.words.iter().all(|word| *word == 0)
    }
}
