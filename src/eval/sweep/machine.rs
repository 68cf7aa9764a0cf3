//! `Machine`: runs a program over points, block by block, with the widest instructions there are.

use pulp::{Arch, NullaryFnOnce};

use super::kernel::{self, BLOCK, Lanes, Read, TILE, TILES, Tile};
use super::program::{Action, From, Program, Step};

/// The registers of one worker.
#[derive(Debug, Clone)]
pub(super) struct Machine<'p> {
    program: &'p Program,
    /// A register is out while it is written.
    registers: Vec<Option<Box<Lanes>>>,
    numbers: Vec<Tile>,
    /// The columns of the last points, if they do not fill a block.
    rest: Vec<Lanes>,
    arch: Arch,
}

impl<'p> Machine<'p> {
    /// A machine for a program.
    pub fn new(program: &'p Program) -> Machine<'p> {
        Machine {
            program,
            registers: vec![Some(Box::new([[0.0; TILE]; TILES])); program.registers],
            numbers: program.numbers.clone(),
            rest: Vec::new(),
            arch: Arch::new(),
        }
    }

    /// Runs the program for every point of some columns and writes what it wants to `out`.
    pub fn run(&mut self, columns: &[&[f64]], out: &mut [&mut [f64]]) {
        let arch = self.arch;
        arch.dispatch(Run { machine: self, columns, out });
    }

    /// Runs the program row after row: the numbers of each row are given, the columns are the same for all of them and
    /// fill whole blocks.
    pub fn run_rows(&mut self, numbers: &[Vec<f64>], columns: &[Vec<f64>], width: usize, out: &mut [&mut [f64]]) {
        let arch = self.arch;
        arch.dispatch(Rows { machine: self, numbers, columns, width, out });
    }
}

/// A run over some columns.
struct Run<'r, 'p, 'c, 'o> {
    machine: &'r mut Machine<'p>,
    columns: &'r [&'c [f64]],
    out: &'r mut [&'o mut [f64]],
}

impl NullaryFnOnce for Run<'_, '_, '_, '_> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        let Run { machine, columns, out } = self;
        let points = out.first().map_or(0, |out| out.len());
        let mut reads: Vec<Read<'_>> = Vec::with_capacity(columns.len());
        let whole = points - points % BLOCK;
        for from in (0..whole).step_by(BLOCK) {
            reads.clear();
            reads.extend(columns.iter().map(|column| column[from..from + BLOCK].as_chunks().0));
            block(machine.program, &mut machine.registers, &machine.numbers, &reads);
            machine.write(&reads, out, from, BLOCK);
        }
        if whole < points {
            let rest = rest(std::mem::take(&mut machine.rest), columns, whole);
            let reads: Vec<Read<'_>> = rest.iter().map(|lanes| lanes.as_slice()).collect();
            block(machine.program, &mut machine.registers, &machine.numbers, &reads);
            machine.write(&reads, out, whole, points - whole);
            machine.rest = rest;
        }
    }
}

/// A run over the rows of a grid.
struct Rows<'r, 'p, 'o> {
    machine: &'r mut Machine<'p>,
    numbers: &'r [Vec<f64>],
    columns: &'r [Vec<f64>],
    width: usize,
    out: &'r mut [&'o mut [f64]],
}

impl NullaryFnOnce for Rows<'_, '_, '_> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        let Rows { machine, numbers, columns, width, out } = self;
        let rows = out.first().map_or(0, |out| out.len() / width);
        let reads = |from: usize| columns.iter().map(|column| column[from..from + BLOCK].as_chunks().0).collect();
        let blocks: Vec<Vec<Read<'_>>> = (0..width).step_by(BLOCK).map(reads).collect();
        for row in 0..rows {
            for (tile, numbers) in machine.numbers.iter_mut().zip(numbers) {
                tile.fill(numbers[row]);
            }
            for (at, reads) in blocks.iter().enumerate() {
                block(machine.program, &mut machine.registers, &machine.numbers, reads);
                let from = at * BLOCK;
                machine.write(reads, out, row * width + from, BLOCK.min(width - from));
            }
        }
    }
}

/// The last points of some columns as whole blocks.
fn rest(mut rest: Vec<Lanes>, columns: &[&[f64]], from: usize) -> Vec<Lanes> {
    rest.resize(columns.len(), [[f64::NAN; TILE]; TILES]);
    for (lanes, column) in rest.iter_mut().zip(columns) {
        let points = &column[from..];
        lanes.as_flattened_mut()[..points.len()].copy_from_slice(points);
    }
    rest
}

impl Machine<'_> {
    fn write(&self, reads: &[Read<'_>], out: &mut [&mut [f64]], at: usize, points: usize) {
        for (from, out) in self.program.outputs.iter().zip(out) {
            let out = &mut out[at..at + points];
            match read(&self.registers, &self.numbers, reads, *from) {
                [one] => out.fill(one[0]),
                tiles => out.copy_from_slice(&tiles.as_flattened()[..points]),
            }
        }
    }
}

/// Every step for one block of points.
#[inline(always)]
fn block(program: &Program, registers: &mut [Option<Box<Lanes>>], numbers: &[Tile], columns: &[Read<'_>]) {
    for step in &program.steps {
        let Some(mut to) = registers[step.to as usize].take() else { continue };
        act(step, &mut to, |from| read(registers, numbers, columns, from));
        registers[step.to as usize] = Some(to);
    }
}

#[inline(always)]
fn act<'r>(step: &Step, to: &mut Lanes, read: impl Fn(From) -> Read<'r>) {
    match &step.action {
        Action::One(op, x) => kernel::one(*op, to, read(*x), step.checks),
        Action::Two(op, [a, b]) => kernel::two(*op, to, read(*a), read(*b), step.checks),
        Action::Pair(first, second, is_flipped, from) => {
            kernel::pair(*first, *second, *is_flipped, to, from.map(read), step.checks);
        }
        Action::Choose(from) => kernel::choose(to, from.map(read), step.checks),
        Action::Many(op, from) => {
            let reads: Vec<Read<'r>> = from.iter().map(|from| read(*from)).collect();
            kernel::many(op, to, &reads);
        }
        Action::Copy(from) => kernel::copy(to, read(*from), step.checks),
    }
}

#[inline(always)]
fn read<'r>(registers: &'r [Option<Box<Lanes>>], numbers: &'r [Tile], columns: &[Read<'r>], from: From) -> Read<'r> {
    match from {
        From::Register(at) => registers[at as usize].as_ref().map_or(&[], |lanes| lanes.as_slice()),
        From::Column(at) => columns[at as usize],
        From::Number(at) => std::slice::from_ref(&numbers[at as usize]),
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::op::{One, Two};
    use super::super::graph::Graph;
    use super::super::program::Given;
    use super::*;
    use crate::builtin::Builtin;

    #[test]
    fn narrow_and_wide_instructions_give_the_same_bits() {
        let mut graph = Graph::default();
        let (x, y) = (graph.knob(0), graph.knob(1));
        let product = graph.two(Two::Times, x, y);
        let sum = graph.two(Two::Plus, product, x);
        let quotient = graph.two(Two::Over, sum, y);
        let root = graph.one(One::Elementary(Builtin::Sqrt), quotient);
        let power = graph.two(Two::Power, root, y);
        let least = graph.two(Two::Least, power, product);
        let given = Given { columns: vec![x, y], numbers: Vec::new() };
        let program = Program::of(&graph, &[quotient, root, power, least], &given);
        let column = |factor: f64| (0..1000).map(|at| (f64::from(at) - 300.0) * factor).collect::<Vec<f64>>();
        let columns = [column(0.37), column(0.011)];
        let run = |arch: Arch| {
            let mut out = vec![vec![0.0; 1000]; 4];
            let mut slices: Vec<&mut [f64]> = out.iter_mut().map(Vec::as_mut_slice).collect();
            let mut machine = Machine { arch, ..Machine::new(&program) };
            machine.run(&columns.each_ref().map(Vec::as_slice), &mut slices);
            out.into_iter().flatten().map(f64::to_bits).collect::<Vec<u64>>()
        };
        assert_eq!(run(Arch::Scalar), run(Arch::new()));
        #[cfg(target_arch = "x86_64")]
        if let Some(v3) = pulp::x86::V3::try_new() {
            assert_eq!(run(Arch::V3(v3)), run(Arch::new()));
        }
    }
}
