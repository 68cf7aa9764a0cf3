//! A residual-income valuation with six uncertain inputs, whose draws and values are known to the last digit.

pub const BOOK: &str = r#"scn 1
model w1 "Residual income" { currency CNY, as_of 2026-01-15, owner li.wei }
calendar fy = annual 2025A..2037E ending Dec

assume beta = 1.06 by li.wei because "two years of weekly returns"
assume rf = 0.020 by li.wei because "ten-year bond"
assume erp = 0.060 by li.wei because "survey"
assume g = 0.16 by li.wei because "growth after the plan"
assume pay = 0.26 by li.wei because "policy"
assume mult = 1 by li.wei because "plan"
assume g_term = 0.06 by li.wei because "long run"
assume shares = 424.7 by li.wei because "filing"

assume flow plan = 2026E 6_156 | 2027E 9_558 | 2028E 13_544 by li.wei because "plan"
derive coe = rf + beta * erp
flow ni = 2026E..2028E plan * mult | 2029E.. ni[prev] * (1 + g)
stock e = 2025A 11_842 by li.wei because "filing" | 2026E 17_499 by li.wei because "plan"
    | 2027E 25_558 by li.wei because "plan" | 2028E 36_602 by li.wei because "plan" | 2029E.. e[prev] + ni * (1 - pay)
flow ri = 2026E.. (ni / ((e[prev] + e) * 0.5) - coe) * e[prev]
ratio df = 2026E 1 by li.wei because "undiscounted" | 2027E.. df[prev] * (1 / (1 + coe))
flow worth = 2026E..2036E ri * df
derive cv = ri[2037E] * (1 + g_term) / max(coe - g_term, 0.005) * df[2037E]
derive value = (e[2026E] + sum(worth[2026E..2036E]) + cv) / shares

simulate mc "Value of a share" of value {
  draws 10_000
  seed 20260714
  vary beta normal sd 0.05 stream 0
  vary rf 0.018..0.022 triangular stream 1
  vary erp 0.055..0.065 triangular stream 2
  vary g normal sd 0.02 stream 3
  vary pay 0.15..0.40 triangular stream 4
  vary mult lognormal mu -0.02 sigma 0.20 stream 5
  report mean, sd, q5, q50, q95
}
"#;
