//! `Draws`: the joint draws of some inputs, any block of them at a time.

use super::correlation::{Blend, Link, Repair};
use super::latin::{Permutation, stratify};
use super::marginal::Marginal;
use super::sobol::{DIMENSIONS, Sobol};
use super::stream::{Stream, fill_pair, mix};

/// How points are spread over the inputs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sampling {
    /// Each by itself.
    #[default]
    Plain,
    /// One of each of `n` equal strata of every input.
    Latin,
    /// Scrambled Sobol points.
    Sobol,
}

/// The joint draws of some inputs as uniform numbers; [`Marginal`]s make values of them.
#[derive(Debug, Clone)]
pub struct Draws {
    seed: u64,
    inputs: Vec<Input>,
    blend: Option<Blend>,
}

/// Where the uniform numbers of one input come from.
#[derive(Debug, Clone)]
struct Input {
    stream: Stream,
    way: Way,
}

#[derive(Debug, Clone)]
enum Way {
    Plain,
    /// Shares the words of its counters with the input of this column.
    Paired(usize),
    /// Is filled together with the one that is `Paired` with it.
    Partner,
    Latin(Permutation),
    Sobol(Box<Sobol>, u64),
}

/// How many inputs Sobol points can be drawn for.
pub const SOBOL_INPUTS: usize = DIMENSIONS;

impl Draws {
    /// Draws for some streams, `total` of them if they are stratified; nothing if Sobol points do not reach that far.
    pub fn new(seed: u64, sampling: Sampling, total: u64, streams: &[Stream]) -> Option<Draws> {
        let inputs: Option<Vec<Input>> = (0..streams.len())
            .map(|at| {
                let key = mix(seed ^ mix(tag(streams[at])));
                let way = match sampling {
                    Sampling::Plain => paired(streams, at),
                    Sampling::Latin => Way::Latin(Permutation::new(total, key)),
                    Sampling::Sobol => Way::Sobol(Box::new(Sobol::dimension(at)?), key),
                };
                Some(Input { stream: streams[at], way })
            })
            .collect();
        Some(Draws { seed, inputs: inputs?, blend: None })
    }

    /// The draws of some of the inputs, in rising order; each is drawn as it is among all of them.
    pub fn only(&self, places: &[usize]) -> Draws {
        let streams: Vec<Stream> = places.iter().map(|place| self.inputs[*place].stream).collect();
        let input = |(at, place): (usize, &usize)| {
            let way = match &self.inputs[*place].way {
                Way::Latin(permutation) => Way::Latin(*permutation),
                Way::Sobol(sobol, key) => Way::Sobol(sobol.clone(), *key),
                _ => paired(&streams, at),
            };
            Input { stream: streams[at], way }
        };
        Draws { seed: self.seed, inputs: places.iter().enumerate().map(input).collect(), blend: None }
    }

    /// The same draws with some of the inputs, which have these marginals, moving together.
    pub fn linked(mut self, links: &[Link], marginals: &[Marginal]) -> (Draws, Option<Repair>) {
        if links.is_empty() {
            return (self, None);
        }
        let (blend, repair) = Blend::new(links, marginals);
        self.blend = Some(blend);
        (self, repair)
    }

    /// The streams, one for each input.
    pub fn streams(&self) -> impl Iterator<Item = Stream> {
        self.inputs.iter().map(|input| input.stream)
    }

    /// How some of the inputs move together.
    pub fn blend(&self) -> Option<&Blend> {
        self.blend.as_ref()
    }

    /// Writes the uniform numbers of the draws from `first` on, a column for each input.
    pub fn uniforms(&self, first: u64, columns: &mut [&mut [f64]]) {
        for (at, input) in self.inputs.iter().enumerate() {
            match &input.way {
                Way::Plain => input.stream.fill(self.seed, first, columns[at]),
                Way::Paired(other) => self.pair(first, at, *other, columns),
                Way::Partner => {}
                Way::Latin(permutation) => {
                    input.stream.fill(self.seed, first, columns[at]);
                    stratify(permutation, first, columns[at]);
                }
                Way::Sobol(sobol, key) => sobol.fill(*key, first, columns[at]),
            }
        }
        if let Some(blend) = &self.blend {
            blend.apply(columns);
        }
    }

    fn pair(&self, first: u64, at: usize, other: usize, columns: &mut [&mut [f64]]) {
        let Stream::Numbered(number) = self.inputs[at].stream else { return };
        if let Ok([left, right]) = columns.get_disjoint_mut([at, other]) {
            fill_pair(self.seed, number / 2, first, left, right);
        }
    }
}

/// Numbered streams that share their counters are filled together.
fn paired(streams: &[Stream], at: usize) -> Way {
    let place = |wanted: Stream| streams.iter().position(|stream| *stream == wanted);
    if let Some(other) = streams[at].partner().and_then(place).filter(|_| place(streams[at]) == Some(at)) {
        return Way::Paired(other);
    }
    let leader = streams.iter().position(|stream| stream.partner() == Some(streams[at]));
    if leader.is_some() && place(streams[at]) == Some(at) { Way::Partner } else { Way::Plain }
}

fn tag(stream: Stream) -> u64 {
    match stream {
        Stream::Numbered(number) => u64::from(number),
        Stream::Named(name) => !name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn uniforms(draws: &Draws, first: u64, count: usize) -> Vec<Vec<f64>> {
        let mut columns = vec![vec![0.0; count]; draws.inputs.len()];
        let mut slices: Vec<&mut [f64]> = columns.iter_mut().map(Vec::as_mut_slice).collect();
        draws.uniforms(first, &mut slices);
        columns
    }

    fn streams() -> Vec<Stream> {
        [3, 1, 0, 8].map(Stream::Numbered).into_iter().chain(["co.g", "co.ke"].map(Stream::of_path)).collect()
    }

    #[test]
    fn any_block_is_part_of_the_whole() {
        for sampling in [Sampling::Plain, Sampling::Latin, Sampling::Sobol] {
            let draws = Draws::new(5, sampling, 5_000, &streams()).expect("few inputs");
            let uniform = vec![Marginal::uniform(0.0, 1.0).expect("a distribution"); 6];
            let (draws, _) = draws.linked(&[Link { left: 1, right: 4, rho: 0.5 }], &uniform);
            let whole = uniforms(&draws, 0, 5_000);
            let part = uniforms(&draws, 4_321, 300);
            for (whole, part) in whole.iter().zip(&part) {
                assert_eq!(&whole[4_321..4_621], part.as_slice(), "{sampling:?}");
            }
        }
    }

    #[test]
    fn another_input_changes_no_draw() {
        let few = Draws::new(5, Sampling::Plain, 0, &streams()[..3]).expect("few inputs");
        let more = Draws::new(5, Sampling::Plain, 0, &streams()).expect("few inputs");
        assert_eq!(uniforms(&few, 9, 100)[..], uniforms(&more, 9, 100)[..3]);
    }

    #[test]
    fn some_of_the_inputs_are_drawn_as_among_all() {
        for sampling in [Sampling::Plain, Sampling::Latin, Sampling::Sobol] {
            let draws = Draws::new(5, sampling, 1_000, &streams()).expect("few inputs");
            let (whole, some) = (uniforms(&draws, 7, 90), uniforms(&draws.only(&[0, 2, 4]), 7, 90));
            assert_eq!(some, [0, 2, 4].map(|at: usize| whole[at].clone()), "{sampling:?}");
        }
    }

    #[test]
    fn sobol_points_end_with_their_table() {
        let many: Vec<Stream> = (0..300).map(Stream::Numbered).collect();
        assert!(Draws::new(1, Sampling::Sobol, 10, &many).is_none());
        assert!(Draws::new(1, Sampling::Sobol, 10, &many[..SOBOL_INPUTS]).is_some());
    }
}
