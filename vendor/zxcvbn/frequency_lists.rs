use std::collections::HashMap;

#[derive(Copy, Clone, Debug, Eq, PartialEq, Hash, Default)]
pub enum DictionaryType {
    #[default]
    Passwords,
    English,
    FemaleNames,
    MaleNames,
    Surnames,
    UsTvAndFilm,
    UserInputs,
}

/// In the order of `lists.deflate`.
const LISTS: [DictionaryType; 6] = [
    DictionaryType::Passwords,
    DictionaryType::English,
    DictionaryType::FemaleNames,
    DictionaryType::Surnames,
    DictionaryType::UsTvAndFilm,
    DictionaryType::MaleNames,
];

type RankedDictionary = HashMap<&'static str, usize>;

static TEXT: std::sync::LazyLock<String> = std::sync::LazyLock::new(|| {
    let packed = include_bytes!("lists.deflate");
    let text = miniz_oxide::inflate::decompress_to_vec(packed).expect("the lists are compressed");
    String::from_utf8(text).expect("the lists are text")
});
pub(crate) static RANKED_DICTIONARIES: std::sync::LazyLock<Vec<(DictionaryType, RankedDictionary)>> = std::sync::LazyLock::new(|| {
    let ranked = |list: &'static str| list.lines().zip(1..).collect();
    LISTS.into_iter().zip(TEXT.split("\n\n").map(ranked)).collect()
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_compressed_lists_are_the_lists() {
        let lists = [
            include_str!("lists/passwords.txt"),
            include_str!("lists/english_wiki.txt"),
            include_str!("lists/female_names.txt"),
            include_str!("lists/surnames.txt"),
            include_str!("lists/us_tv_and_film.txt"),
            include_str!("lists/male_names.txt"),
        ];
        assert!(*TEXT == lists.join("\n"), "write lists.deflate anew: the lists, an empty line between them, as raw deflate");
        assert_eq!(RANKED_DICTIONARIES.iter().map(|(_, words)| words.len()).sum::<usize>(), 93_855);
    }
}
