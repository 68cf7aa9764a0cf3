//! Currencies by their ISO 4217 codes, and the words of markets that are none of them.

/// Code and name of each currency that is a unit without being declared.
pub const CURRENCIES: &[(&str, &str)] = &[
    ("AED", "UAE dirham"),
    ("AFN", "afghani"),
    ("ALL", "lek"),
    ("AMD", "dram"),
    ("AOA", "kwanza"),
    ("ARS", "Argentine peso"),
    ("AUD", "Australian dollar"),
    ("AWG", "Aruban florin"),
    ("AZN", "Azerbaijani manat"),
    ("BAM", "convertible mark"),
    ("BBD", "Barbados dollar"),
    ("BDT", "taka"),
    ("BGN", "Bulgarian lev"),
    ("BHD", "Bahraini dinar"),
    ("BIF", "Burundi franc"),
    ("BMD", "Bermudian dollar"),
    ("BND", "Brunei dollar"),
    ("BOB", "boliviano"),
    ("BRL", "Brazilian real"),
    ("BSD", "Bahamian dollar"),
    ("BTN", "ngultrum"),
    ("BWP", "pula"),
    ("BYN", "Belarusian rouble"),
    ("BZD", "Belize dollar"),
    ("CAD", "Canadian dollar"),
    ("CDF", "Congolese franc"),
    ("CHF", "Swiss franc"),
    ("CLF", "unidad de fomento"),
    ("CLP", "Chilean peso"),
    ("CNY", "renminbi"),
    ("COP", "Colombian peso"),
    ("CRC", "Costa Rican colon"),
    ("CUP", "Cuban peso"),
    ("CVE", "Cabo Verde escudo"),
    ("CZK", "Czech koruna"),
    ("DJF", "Djibouti franc"),
    ("DKK", "Danish krone"),
    ("DOP", "Dominican peso"),
    ("DZD", "Algerian dinar"),
    ("EGP", "Egyptian pound"),
    ("ERN", "nakfa"),
    ("ETB", "birr"),
    ("EUR", "euro"),
    ("FJD", "Fiji dollar"),
    ("FKP", "Falkland Islands pound"),
    ("GBP", "pound sterling"),
    ("GEL", "lari"),
    ("GHS", "Ghana cedi"),
    ("GIP", "Gibraltar pound"),
    ("GMD", "dalasi"),
    ("GNF", "Guinean franc"),
    ("GTQ", "quetzal"),
    ("GYD", "Guyana dollar"),
    ("HKD", "Hong Kong dollar"),
    ("HNL", "lempira"),
    ("HTG", "gourde"),
    ("HUF", "forint"),
    ("IDR", "rupiah"),
    ("ILS", "new shekel"),
    ("INR", "Indian rupee"),
    ("IQD", "Iraqi dinar"),
    ("IRR", "Iranian rial"),
    ("ISK", "Icelandic krona"),
    ("JMD", "Jamaican dollar"),
    ("JOD", "Jordanian dinar"),
    ("JPY", "yen"),
    ("KES", "Kenyan shilling"),
    ("KGS", "som"),
    ("KHR", "riel"),
    ("KMF", "Comorian franc"),
    ("KPW", "North Korean won"),
    ("KRW", "won"),
    ("KWD", "Kuwaiti dinar"),
    ("KYD", "Cayman Islands dollar"),
    ("KZT", "tenge"),
    ("LAK", "kip"),
    ("LBP", "Lebanese pound"),
    ("LKR", "Sri Lanka rupee"),
    ("LRD", "Liberian dollar"),
    ("LSL", "loti"),
    ("LYD", "Libyan dinar"),
    ("MAD", "Moroccan dirham"),
    ("MDL", "Moldovan leu"),
    ("MGA", "ariary"),
    ("MKD", "denar"),
    ("MMK", "kyat"),
    ("MNT", "tugrik"),
    ("MOP", "pataca"),
    ("MRU", "ouguiya"),
    ("MUR", "Mauritius rupee"),
    ("MVR", "rufiyaa"),
    ("MWK", "Malawi kwacha"),
    ("MXN", "Mexican peso"),
    ("MYR", "ringgit"),
    ("MZN", "metical"),
    ("NAD", "Namibia dollar"),
    ("NGN", "naira"),
    ("NIO", "cordoba"),
    ("NOK", "Norwegian krone"),
    ("NPR", "Nepalese rupee"),
    ("NZD", "New Zealand dollar"),
    ("OMR", "rial Omani"),
    ("PAB", "balboa"),
    ("PEN", "sol"),
    ("PGK", "kina"),
    ("PHP", "Philippine peso"),
    ("PKR", "Pakistan rupee"),
    ("PLN", "zloty"),
    ("PYG", "guarani"),
    ("QAR", "Qatari rial"),
    ("RON", "Romanian leu"),
    ("RSD", "Serbian dinar"),
    ("RUB", "Russian rouble"),
    ("RWF", "Rwanda franc"),
    ("SAR", "Saudi riyal"),
    ("SBD", "Solomon Islands dollar"),
    ("SCR", "Seychelles rupee"),
    ("SDG", "Sudanese pound"),
    ("SEK", "Swedish krona"),
    ("SGD", "Singapore dollar"),
    ("SHP", "Saint Helena pound"),
    ("SLE", "leone"),
    ("SOS", "Somali shilling"),
    ("SRD", "Surinam dollar"),
    ("SSP", "South Sudanese pound"),
    ("STN", "dobra"),
    ("SVC", "Salvadoran colon"),
    ("SYP", "Syrian pound"),
    ("SZL", "lilangeni"),
    ("THB", "baht"),
    ("TJS", "somoni"),
    ("TMT", "Turkmenistan manat"),
    ("TND", "Tunisian dinar"),
    ("TOP", "paanga"),
    ("TRY", "Turkish lira"),
    ("TTD", "Trinidad and Tobago dollar"),
    ("TWD", "New Taiwan dollar"),
    ("TZS", "Tanzanian shilling"),
    ("UAH", "hryvnia"),
    ("UGX", "Uganda shilling"),
    ("USD", "US dollar"),
    ("UYU", "Uruguayan peso"),
    ("UZS", "Uzbekistan sum"),
    ("VES", "bolivar"),
    ("VND", "dong"),
    ("VUV", "vatu"),
    ("WST", "tala"),
    ("XAF", "CFA franc of Central Africa"),
    ("XCD", "East Caribbean dollar"),
    ("XCG", "Caribbean guilder"),
    ("XDR", "special drawing right"),
    ("XOF", "CFA franc of West Africa"),
    ("XPF", "CFP franc"),
    ("YER", "Yemeni rial"),
    ("ZAR", "rand"),
    ("ZMW", "Zambian kwacha"),
    ("ZWG", "Zimbabwe gold"),
];

/// What markets quote in parts of a currency: the part, its currency and how much of it.
const PARTS: &[(&str, &str, &str)] = &[
    ("GBp", "GBP", "0.01"),
    ("GBX", "GBP", "0.01"),
    ("GBx", "GBP", "0.01"),
    ("ZAc", "ZAR", "0.01"),
    ("ZAC", "ZAR", "0.01"),
    ("ILA", "ILS", "0.01"),
    ("ILa", "ILS", "0.01"),
    ("USc", "USD", "0.01"),
    ("USX", "USD", "0.01"),
    ("EUc", "EUR", "0.01"),
    ("KWF", "KWD", "0.001"),
];

/// Names of currencies that are not their codes.
const OTHER_NAMES: &[(&str, &str)] = &[
    ("RMB", "CNY"),
    ("CNH", "CNY"),
    ("NTD", "TWD"),
    ("NT", "TWD"),
    ("RUR", "RUB"),
    ("TRL", "TRY"),
    ("UKP", "GBP"),
    ("STG", "GBP"),
    ("EURO", "EUR"),
    ("YEN", "JPY"),
    ("RM", "MYR"),
];

/// What to do about a name that looks like a currency and is none: a part of one, another name, three capital letters.
///
/// `nearest` is the unit it looks like, which may be one that it is a slip of.
pub fn currency_help(name: &str, nearest: Option<&str>) -> Option<String> {
    if let Some((_, currency, part)) = PARTS.iter().find(|(other, _, _)| *other == name) {
        return Some(format!(
            "`{name}` is {part} {currency}, and no {currency}: declare it, `unit {name} = {part} {currency}`"
        ));
    }
    if let Some((_, code)) = OTHER_NAMES.iter().find(|(other, _)| *other == name) {
        return Some(format!(
            "write its ISO code, `{code}`; what is traded apart from it can be a unit: `unit {name}`"
        ));
    }
    let is_code = name.len() == 3 && name.bytes().all(|letter| letter.is_ascii_uppercase());
    let is_currency = |name: &str| CURRENCIES.iter().any(|(code, _)| *code == name);
    let swapped = |code: &str| match (code.as_bytes(), name.as_bytes()) {
        ([a, b, c], [x, y, z]) => (a, b, c) == (y, x, z) || (a, b, c) == (x, z, y),
        _ => false,
    };
    let swapped = CURRENCIES.iter().find(|(code, _)| is_code && swapped(code));
    match swapped {
        Some((code, _)) => Some(format!("did you mean `{code}`?")),
        None if is_code && nearest.is_none_or(is_currency) => Some(format!(
            "it is no currency of ISO 4217; if it is a unit, declare it: `unit {name} \"what it counts\"`"
        )),
        None => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_sorted_and_each_is_there_once() {
        assert!(CURRENCIES.windows(2).all(|pair| pair[0].0 < pair[1].0));
        assert!(CURRENCIES.iter().all(|(code, _)| code.len() == 3));
        assert!(PARTS.iter().all(|(_, currency, _)| CURRENCIES.iter().any(|(code, _)| code == currency)));
    }

    #[test]
    fn a_part_of_a_currency_is_not_taken_for_it() {
        assert!(currency_help("GBp", None).is_some_and(|help| help.contains("unit GBp = 0.01 GBP")));
        assert_eq!(currency_help("CYN", None).as_deref(), Some("did you mean `CNY`?"));
        assert!(currency_help("BTC", None).is_some_and(|help| help.starts_with("it is no currency")));
        assert_eq!(currency_help("wafr", None), None);
        assert_eq!(currency_help("GPY", Some("GPU")), None);
    }
}
