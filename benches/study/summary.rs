//! Mean, standard deviation and exact quantiles of very many values, by hand.

/// Count, mean, standard deviation, then the quantiles asked for (type 7).
pub fn summary(values: &[f64], threads: usize, quantiles: &[f64]) -> Vec<f64> {
    let parts = on_threads(values, threads, |part| {
        let sum: f64 = lanes(part, |x| x);
        sum
    });
    let mean = parts.iter().sum::<f64>() / values.len() as f64;
    let squares = on_threads(values, threads, |part| lanes(part, |x| (x - mean) * (x - mean)));
    let sd = (squares.iter().sum::<f64>() / (values.len() - 1) as f64).sqrt();
    let mut found = vec![mean, sd];
    found.extend(exact(values, threads, quantiles));
    found
}

fn lanes(values: &[f64], f: impl Fn(f64) -> f64) -> f64 {
    let mut sums = [0.0; 16];
    let (whole, rest) = values.as_chunks::<16>();
    for chunk in whole {
        for lane in 0..16 {
            sums[lane] += f(chunk[lane]);
        }
    }
    sums.iter().sum::<f64>() + rest.iter().map(|x| f(*x)).sum::<f64>()
}

/// A bracket from a sample, one counting pass, the bracket sorted.
fn exact(values: &[f64], threads: usize, quantiles: &[f64]) -> Vec<f64> {
    let step = (values.len() / 20_000).max(1);
    let mut sample: Vec<f64> = values.iter().step_by(step).copied().collect();
    sample.sort_unstable_by(f64::total_cmp);
    let bounds: Vec<(f64, f64)> = quantiles
        .iter()
        .map(|p| {
            let (middle, reach) = (p * sample.len() as f64, 5.0 * (sample.len() as f64 * p * (1.0 - p)).sqrt() + 5.0);
            let low = sample[(middle - reach).max(0.0) as usize];
            (low, sample[((middle + reach) as usize).min(sample.len() - 1)])
        })
        .collect();
    let parts = on_threads(values, threads, |part| {
        bounds
            .iter()
            .map(|(low, high)| {
                let (mut below, mut kept) = (0u64, Vec::new());
                for block in part.chunks(1024) {
                    below += block.iter().map(|x| u64::from(x < low)).sum::<u64>();
                    let inside: u64 = block.iter().map(|x| u64::from((x >= low) & (x <= high))).sum();
                    if inside > 0 {
                        kept.extend(block.iter().filter(|x| *x >= low && *x <= high));
                    }
                }
                (below, kept)
            })
            .collect::<Vec<(u64, Vec<f64>)>>()
    });
    let quantile = |(at, p): (usize, &f64)| {
        let below: u64 = parts.iter().map(|part| part[at].0).sum();
        let mut kept: Vec<f64> = parts.iter().flat_map(|part| part[at].1.iter().copied()).collect();
        kept.sort_unstable_by(f64::total_cmp);
        let rank = p * (values.len() - 1) as f64;
        let place = rank as usize - below as usize;
        kept[place] + (kept[place + 1] - kept[place]) * rank.fract()
    };
    quantiles.iter().enumerate().map(quantile).collect()
}

fn on_threads<T: Send>(values: &[f64], threads: usize, f: impl Fn(&[f64]) -> T + Sync) -> Vec<T> {
    let part = values.len().div_ceil(threads);
    std::thread::scope(|scope| {
        let parts: Vec<_> = values.chunks(part).map(|part| scope.spawn(|| f(part))).collect();
        parts.into_iter().filter_map(|part| part.join().ok()).collect()
    })
}
