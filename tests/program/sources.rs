//! The program's own source, as the rules of `architecture.rs` look at it: read with syn, without comments
//! and without what only tests see.

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Files of an ending, or with an empty one all.
pub fn files_below(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files_below(&path, ending));
        } else if ending.is_empty() || path.extension().is_some_and(|e| e == ending) {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// Names joined by `::`, as written.
pub type Names = Vec<String>;

pub struct Source {
    /// From `src/` on, such as `store/mod.rs`.
    pub path: String,
    /// The top module it belongs to, such as `store`.
    pub module: String,
    /// Its tokens without a space between them.
    pub text: String,
    /// What it names with `::`, each member of a group by itself.
    pub paths: Vec<Names>,
    /// What its `use` lines bring in: the name, and what it stands for. `*` is all of a module.
    uses: Vec<(String, Names)>,
    /// Names of the items that are defined in it.
    items: BTreeSet<String>,
    /// What it names, but for `pub use`: a façade does not depend on what it shows.
    needs: Vec<Names>,
}

/// Every file of `src` but those that hold tests alone.
pub fn sources() -> Vec<Source> {
    let src = root().join("src");
    let mut for_tests = BTreeSet::new();
    let mut all = Vec::new();
    for file in files_below(&src, "rs") {
        let inner = file.strip_prefix(&src).unwrap().to_str().unwrap();
        let path = inner.replace('\\', "/");
        let text = std::fs::read_to_string(&file).unwrap();
        let parsed = syn::parse_file(&text).unwrap_or_else(|e| panic!("{path}: {e}"));
        let mut source = Source::new(path);
        let module = source.module_path().join("/");
        source.take(parsed.items, &module, &mut for_tests);
        all.push(source);
    }
    all.retain(|s| {
        let module = s.module_path().join("/");
        let is_in = |t: &String| module == *t || module.starts_with(&format!("{t}/"));
        !for_tests.iter().any(is_in)
    });
    all
}

impl Source {
    fn new(path: String) -> Source {
        Source {
            module: path.split(['/', '.']).next().unwrap().to_owned(),
            path,
            text: String::new(),
            paths: Vec::new(),
            uses: Vec::new(),
            items: BTreeSet::new(),
            needs: Vec::new(),
        }
    }

    /// `scene/layers/mod.rs` is `["scene", "layers"]`.
    pub fn module_path(&self) -> Names {
        let path = self.path.trim_end_matches(".rs");
        let names = path.split('/').filter(|n| !["mod", "lib"].contains(n));
        names.map(str::to_owned).collect()
    }

    fn take(&mut self, items: Vec<syn::Item>, module: &str, for_tests: &mut BTreeSet<String>) {
        for item in items {
            let name = name_of(&item);
            if is_for_tests(&item) {
                if let (syn::Item::Mod(m), Some(name)) = (&item, name)
                    && m.content.is_none()
                {
                    for_tests.insert(
                        format!("{module}/{name}")
                            .trim_start_matches('/')
                            .to_owned(),
                    );
                }
                continue;
            }
            self.items.extend(name);
            let is_shown = match &item {
                syn::Item::Use(of) => {
                    let mut found = Vec::new();
                    leaves(&of.tree, &mut Vec::new(), &mut found);
                    self.uses.extend(found);
                    !matches!(of.vis, syn::Visibility::Inherited)
                }
                _ => false,
            };
            let mut paths = Vec::new();
            let tokens = without_tests(item).into_token_stream();
            walk(tokens, &mut self.text, &mut paths);
            if !is_shown {
                self.needs.extend(paths.iter().cloned());
            }
            self.paths.extend(paths);
        }
    }
}

fn attributes(item: &syn::Item) -> &[syn::Attribute] {
    match item {
        syn::Item::Const(i) => &i.attrs,
        syn::Item::Enum(i) => &i.attrs,
        syn::Item::Fn(i) => &i.attrs,
        syn::Item::Impl(i) => &i.attrs,
        syn::Item::Mod(i) => &i.attrs,
        syn::Item::Static(i) => &i.attrs,
        syn::Item::Struct(i) => &i.attrs,
        syn::Item::Trait(i) => &i.attrs,
        syn::Item::Type(i) => &i.attrs,
        syn::Item::Use(i) => &i.attrs,
        syn::Item::ExternCrate(i) => &i.attrs,
        _ => &[],
    }
}

fn is_test_attribute(attribute: &syn::Attribute) -> bool {
    attribute.path().is_ident("cfg")
        && attribute.to_token_stream().to_string().replace(' ', "") == "#[cfg(test)]"
}

fn is_for_tests(item: &syn::Item) -> bool {
    attributes(item).iter().any(is_test_attribute)
}

/// Without methods that only tests see.
fn without_tests(mut item: syn::Item) -> syn::Item {
    if let syn::Item::Impl(of) = &mut item {
        of.items.retain(|inner| match inner {
            syn::ImplItem::Fn(f) => !f.attrs.iter().any(is_test_attribute),
            _ => true,
        });
    }
    item
}

fn name_of(item: &syn::Item) -> Option<String> {
    let name = match item {
        syn::Item::Const(i) => &i.ident,
        syn::Item::Enum(i) => &i.ident,
        syn::Item::Fn(i) => &i.sig.ident,
        syn::Item::Mod(i) => &i.ident,
        syn::Item::Static(i) => &i.ident,
        syn::Item::Struct(i) => &i.ident,
        syn::Item::Trait(i) => &i.ident,
        syn::Item::Type(i) => &i.ident,
        syn::Item::Macro(i) => i.ident.as_ref()?,
        _ => return None,
    };
    Some(name.to_string())
}

/// The leaves of a `use`, by the name that they have here.
fn leaves(tree: &syn::UseTree, before: &mut Names, found: &mut Vec<(String, Names)>) {
    let with = |name: &syn::Ident| {
        let mut names = before.clone();
        // `a::{self}` is `a`.
        names.extend((name != "self" || before.is_empty()).then(|| name.to_string()));
        names
    };
    match tree {
        syn::UseTree::Path(p) => {
            before.push(p.ident.to_string());
            leaves(&p.tree, before, found);
            before.pop();
        }
        syn::UseTree::Group(g) => g.items.iter().for_each(|t| leaves(t, before, found)),
        syn::UseTree::Name(n) => {
            let names = with(&n.ident);
            found.push((names.last().cloned().unwrap_or_default(), names));
        }
        syn::UseTree::Rename(r) => found.push((r.rename.to_string(), with(&r.ident))),
        syn::UseTree::Glob(_) => found.push(("*".to_owned(), before.clone())),
    }
}

/// The text of tokens and the paths in them; those of macros too, which are not parsed.
fn walk(tokens: TokenStream, text: &mut String, paths: &mut Vec<Names>) {
    names_in(tokens, &[], text, paths);
}

fn names_in(tokens: TokenStream, before: &[String], text: &mut String, paths: &mut Vec<Names>) {
    let mut tokens = tokens.into_iter().peekable();
    let mut names: Names = before.to_vec();
    let mut colons = 0;
    let end = |names: &mut Names, paths: &mut Vec<Names>| {
        if names.len() > 1 {
            paths.push(names.clone());
        }
        *names = before.to_vec();
    };
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Punct(p) if p.as_char() == '#' => {
                // Attributes name nothing that rules speak of, and comments on items are attributes.
                let inner =
                    tokens.next_if(|t| matches!(t, TokenTree::Punct(p) if p.as_char() == '!'));
                tokens.next_if(|t| matches!(t, TokenTree::Group(_)));
                text.extend(inner.map(|_| '!'));
                end(&mut names, paths);
                colons = 0;
            }
            TokenTree::Punct(p) if p.as_char() == ':' => {
                text.push(':');
                colons += 1;
            }
            TokenTree::Punct(p) => {
                text.push(p.as_char());
                end(&mut names, paths);
                colons = 0;
            }
            TokenTree::Ident(ident) => {
                let name = ident.to_string();
                text.push_str(&name);
                if colons != 2 {
                    end(&mut names, paths);
                }
                names.push(name);
                colons = 0;
            }
            TokenTree::Literal(literal) => {
                text.push_str(&literal.to_string());
                end(&mut names, paths);
                colons = 0;
            }
            TokenTree::Group(group) => {
                let [open, close] = match group.delimiter() {
                    proc_macro2::Delimiter::Parenthesis => ["(", ")"],
                    proc_macro2::Delimiter::Brace => ["{", "}"],
                    proc_macro2::Delimiter::Bracket => ["[", "]"],
                    proc_macro2::Delimiter::None => ["", ""],
                };
                text.push_str(open);
                // `a::{b, c}`.
                if colons == 2 {
                    names_in(group.stream(), &names, text, paths);
                    names = before.to_vec();
                } else {
                    end(&mut names, paths);
                    names_in(group.stream(), &[], text, paths);
                }
                text.push_str(close);
                colons = 0;
            }
        }
    }
    end(&mut names, paths);
}

/// Which file needs which, by number: where a name is only shown by another file, the one that defines it
/// is meant.
pub fn needs(sources: &[Source]) -> Vec<(usize, usize)> {
    let by_module: BTreeMap<Names, usize> = sources
        .iter()
        .enumerate()
        .map(|(i, s)| (s.module_path(), i))
        .collect();
    let house = House { sources, by_module };
    let mut found = BTreeSet::new();
    for (i, source) in sources.iter().enumerate() {
        let module = source.module_path();
        let names = source.needs.iter();
        let targets = names.filter_map(|names| house.file_of(&module, names, 0));
        found.extend(targets.filter(|t| *t != i).map(|t| (i, t)));
    }
    found.into_iter().collect()
}

struct House<'a> {
    sources: &'a [Source],
    by_module: BTreeMap<Names, usize>,
}

impl House<'_> {
    /// The file that defines what is named in a module.
    fn file_of(&self, module: &[String], names: &[String], depth: usize) -> Option<usize> {
        let mut at: Names = module.to_vec();
        let mut rest = names;
        match names.first()?.as_str() {
            "crate" => {
                at.clear();
                rest = &names[1..];
            }
            "self" => rest = &names[1..],
            "super" => {
                while rest.first().is_some_and(|n| n == "super") {
                    at.pop()?;
                    rest = &rest[1..];
                }
            }
            child => {
                let mut inner = at.clone();
                inner.push(child.to_owned());
                self.by_module.get(&inner)?;
            }
        }
        while let Some(name) = rest.first() {
            at.push(name.clone());
            if !self.by_module.contains_key(&at) {
                at.pop();
                break;
            }
            rest = &rest[1..];
        }
        let file = *self.by_module.get(&at)?;
        let Some(name) = rest.first().filter(|_| depth < 8) else {
            return Some(file);
        };
        let source = &self.sources[file];
        if source.items.contains(name) {
            return Some(file);
        }
        let shown = source.uses.iter().filter(|(n, _)| n == name || n == "*");
        let mut defined = shown.filter_map(|(n, target)| {
            let mut target = target.clone();
            target.extend((n == "*").then(|| name.clone()));
            target.extend(rest[1..].iter().cloned());
            self.file_of(&at, &target, depth + 1)
                .filter(|f| n != "*" || self.sources[*f].items.contains(name))
        });
        defined.next().or(Some(file))
    }
}
