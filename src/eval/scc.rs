//! Strongly connected components, without recursion.

/// The components of a graph, each after those it leads to; `open` says which nodes take part.
///
/// Tarjan's algorithm with a stack of its own, so that chains of any length are fine.
pub(super) fn components(edges: &[Vec<u32>], open: impl Fn(u32) -> bool) -> Vec<Vec<u32>> {
    let mut search = Search {
        edges,
        order: vec![NEW; edges.len()],
        low: vec![0; edges.len()],
        waiting: Vec::new(),
        is_waiting: vec![false; edges.len()],
        next: 0,
        found: Vec::new(),
    };
    for node in 0..edges.len() as u32 {
        if open(node) && search.order[node as usize] == NEW {
            search.from(node, &open);
        }
    }
    search.found
}

const NEW: u32 = u32::MAX;

struct Search<'g> {
    edges: &'g [Vec<u32>],
    order: Vec<u32>,
    low: Vec<u32>,
    waiting: Vec<u32>,
    is_waiting: Vec<bool>,
    next: u32,
    found: Vec<Vec<u32>>,
}

impl Search<'_> {
    fn from(&mut self, root: u32, open: &impl Fn(u32) -> bool) {
        let mut path = vec![(self.enter(root), 0)];
        while let Some((node, at)) = path.last_mut() {
            let node = *node;
            match self.edges[node as usize].get(*at) {
                Some(target) => {
                    *at += 1;
                    let target = *target;
                    if !open(target) {
                        continue;
                    }
                    if self.order[target as usize] == NEW {
                        path.push((self.enter(target), 0));
                    } else if self.is_waiting[target as usize] {
                        self.lower(node, self.order[target as usize]);
                    }
                }
                None => {
                    path.pop();
                    self.leave(node, path.last().map(|(above, _)| *above));
                }
            }
        }
    }

    fn enter(&mut self, node: u32) -> u32 {
        self.order[node as usize] = self.next;
        self.low[node as usize] = self.next;
        self.next += 1;
        self.waiting.push(node);
        self.is_waiting[node as usize] = true;
        node
    }

    fn leave(&mut self, node: u32, above: Option<u32>) {
        if self.low[node as usize] == self.order[node as usize] {
            let from = self.waiting.iter().rposition(|other| *other == node).unwrap_or(0);
            let component = self.waiting.split_off(from);
            component.iter().for_each(|node| self.is_waiting[*node as usize] = false);
            self.found.push(component);
        }
        if let Some(above) = above {
            self.lower(above, self.low[node as usize]);
        }
    }

    fn lower(&mut self, node: u32, to: u32) {
        let low = &mut self.low[node as usize];
        *low = (*low).min(to);
    }
}
