//! Names within names, such as countries, states and municipalities: a tree, or what a search finds in it.

use super::names::{choose, is_entered, search_box, seen};
use super::options::{count, having, rows, sum};
use super::row::{Clicked, Row, Tick};
use crate::domain::filter::{PATH, fold, is_in_admin};
use crate::index::{Columns, Names};
use crate::query::{Figure, List, Part};
use crate::view::{Context, kit};
use egui::Ui;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, Weak};

/// One of the names, such as a country, state or municipality.
struct Node {
    path: String,
    parent: Option<usize>,
    children: Vec<usize>,
    /// 0 for what has nothing above it.
    depth: usize,
    folded: String,
}

/// All there are in these columns.
#[derive(Default)]
struct Tree {
    of: Weak<Columns>,
    nodes: Vec<Node>,
    /// Which options lie in which nodes.
    members: Vec<(usize, usize)>,
}

#[derive(Default)]
pub struct State {
    search: String,
    open: BTreeSet<String>,
    /// Whether a lone root was unfolded: once, as it may be folded by hand.
    was_opened: bool,
    tree: Tree,
    listed: Listed,
}

/// The rows in their order, until what they follow from changes.
#[derive(Default)]
struct Listed {
    of: Option<((u64, Figure), String, usize)>,
    rows: Vec<Listing>,
    counts: Vec<u32>,
    longest: u32,
}

enum Listing {
    /// One of the filter, with its count.
    Chosen(String, u32),
    Node(usize),
}

pub fn show(ui: &mut Ui, cx: &mut Context<'_>, part: Part, list: &List, state: &mut State) {
    let field = search_box(ui, &mut state.search, &cx.tr(list.hint), list.hint.as_str());
    let entered = is_entered(ui, &field, &state.search);
    ui.add_space(2.0);
    update(cx, part, list, state);
    let searching = !state.search.trim().is_empty();
    let (tree, listed) = (&state.tree, &state.listed);
    let mut acted: Option<(Clicked, String)> = None;
    let mut toggled = None;
    seen(ui, list.none.as_str(), listed.rows.len(), |ui, i| {
        let (path, clicked) = match &listed.rows[i] {
            Listing::Chosen(path, count) => {
                (path, chosen_row(ui, cx, path, *count, listed.longest))
            }
            Listing::Node(node) => {
                let at = &tree.nodes[*node];
                let open =
                    (!searching && !at.children.is_empty()).then(|| state.open.contains(&at.path));
                let count = (listed.counts[*node], listed.longest);
                (&at.path, node_row(ui, cx, list, at, open, searching, count))
            }
        };
        if clicked.fold {
            toggled = Some(path.clone());
        } else if clicked != Clicked::default() {
            acted = Some((clicked, path.clone()));
        }
    });
    if listed.rows.is_empty() {
        kit::note(ui, cx.tr(list.none));
    }
    let first = listed.rows.iter().find_map(|row| match row {
        Listing::Node(node) => Some(tree.nodes[*node].path.clone()),
        Listing::Chosen(..) => None,
    });
    if let Some(first) = first.filter(|_| entered) {
        acted = Some((Clicked::TOGGLE, first));
    }
    if let Some(path) = toggled {
        state.listed.of = None;
        if !state.open.remove(&path) {
            state.open.insert(path);
        }
    }
    let Some((clicked, path)) = acted else { return };
    if clicked.count {
        let inside = inside(cx, list, &path);
        let rows = rows(cx, part, |option| inside[option]);
        return cx.select(rows);
    }
    cx.set_filter(|f| choose((list.chosen_mut)(f), path, clicked.only));
}

/// Which options lie in a place of the filter.
fn inside(cx: &Context<'_>, list: &List, path: &str) -> Vec<bool> {
    let names = (list.names)(&cx.loaded.columns).iter();
    names.map(|(_, name)| is_in_admin(name, path)).collect()
}

/// The last name of a path; a level that nobody gave has a word of its own.
fn name_of(cx: &Context<'_>, path: &str) -> String {
    match path.rsplit(PATH).next() {
        None | Some("") => cx.tr(text!("filter-admin-unnamed")),
        Some(name) => name.to_owned(),
    }
}

fn chosen_row(ui: &mut Ui, cx: &Context<'_>, path: &str, count: u32, longest: u32) -> Clicked {
    let name = name_of(cx, path);
    let only_name = cx.tr(text!("filter-only", name = name));
    let row = Row {
        about: path,
        salt: 1,
        ..Row::option(cx, &name, &only_name, true)
    };
    row.counting(count, longest).show(ui, cx)
}

fn node_row(
    ui: &mut Ui,
    cx: &Context<'_>,
    list: &List,
    node: &Node,
    open: Option<bool>,
    searching: bool,
    (count, longest): (u32, u32),
) -> Clicked {
    let chosen = (list.chosen)(&cx.workspace.filter);
    let on = chosen.contains(&node.path);
    // Part of something chosen, such as a state of a country that is.
    let some = !on && chosen.iter().any(|asked| is_in_admin(&node.path, asked));
    let mut name = name_of(cx, &node.path);
    let only_name = cx.tr(text!("filter-only", name = name));
    if searching && let Some(above) = node.path.rsplit(PATH).nth(1) {
        name = format!("{name} · {above}");
    }
    let fold_w = if open.is_some() || searching {
        0.0
    } else {
        18.0
    };
    let indent = if searching {
        0.0
    } else {
        14.0 * node.depth as f32
    };
    let row = Row {
        indent: indent + fold_w,
        open,
        tick: Tick::Box { on, some },
        about: &node.path,
        ..Row::option(cx, &name, &only_name, on)
    };
    row.counting(count, longest).show(ui, cx)
}

impl Tree {
    fn of(columns: &Arc<Columns>, names: &Names) -> Tree {
        let mut tree = Tree {
            of: Arc::downgrade(columns),
            ..Tree::default()
        };
        let mut by_path: HashMap<&str, usize> = HashMap::new();
        for (id, path) in names.iter() {
            let ends = path.match_indices(PATH).map(|(at, _)| at);
            let mut parent = None;
            for end in ends.chain([path.len()]) {
                let prefix = &path[..end];
                if prefix.is_empty() {
                    continue;
                }
                let node = *by_path
                    .entry(prefix)
                    .or_insert_with(|| tree.add(prefix, parent));
                tree.members.push((id.0 as usize, node));
                parent = Some(node);
            }
        }
        tree.add_namesakes(names);
        tree
    }

    fn add(&mut self, path: &str, parent: Option<usize>) -> usize {
        let node = self.nodes.len();
        self.nodes.push(Node {
            path: path.to_owned(),
            parent,
            children: Vec::new(),
            depth: parent.map_or(0, |p| self.nodes[p].depth + 1),
            folded: fold(path.rsplit(PATH).next().unwrap_or_default()),
        });
        if let Some(parent) = parent {
            self.nodes[parent].children.push(node);
        }
        node
    }

    /// An event whose linked rows lie in several places of a node counts once for it.
    fn count_events_once(&self, cx: &Context<'_>, part: Part, counts: &mut [u32]) {
        let linked = cx.loaded.links.groups().iter().flatten();
        let any = having(cx, part, |_| true);
        let ids: BTreeSet<usize> = linked.filter_map(|row| any(*row)).collect();
        let mut nodes: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
        for (id, node) in self.members.iter().filter(|(id, _)| ids.contains(id)) {
            nodes.entry(*node).or_default().insert(*id);
        }
        for (node, inside) in nodes.into_iter().filter(|(_, ids)| ids.len() > 1) {
            let of = having(cx, part, |id| inside.contains(&id));
            counts[node] = counts[node].saturating_sub(cx.overlap(part, of));
        }
    }

    /// The filter takes a lone name at any level: a state that is called like a country counts
    /// with it, as it would pass with it.
    fn add_namesakes(&mut self, names: &Names) {
        let mut by_name: HashMap<&str, usize> = HashMap::new();
        for (i, node) in self.nodes.iter().enumerate() {
            if !node.path.contains(PATH) {
                by_name.insert(&node.path, i);
            }
        }
        let mut more = Vec::new();
        for (id, path) in names.iter() {
            for level in path.split(PATH).skip(1) {
                if let Some(node) = by_name.get(level)
                    && !path.starts_with(level)
                {
                    more.push((id.0 as usize, *node));
                }
            }
        }
        more.dedup();
        self.members.append(&mut more);
    }
}

/// Those chosen come first, then the tree, most incidents first, or what is found by name.
fn update(cx: &Context<'_>, part: Part, list: &List, state: &mut State) {
    let columns = &cx.loaded.columns;
    if state.tree.of.as_ptr() != Arc::as_ptr(columns) {
        state.tree = Tree::of(columns, (list.names)(columns));
        state.listed.of = None;
    }
    let wanted = fold(state.search.trim());
    let of = (cx.counting(), wanted, state.open.len());
    if state.listed.of.as_ref() == Some(&of) {
        return;
    }
    let tree = &state.tree;
    let mut counts = vec![0_u32; tree.nodes.len()];
    for (id, node) in &tree.members {
        counts[*node] = counts[*node].saturating_add(count(cx, part, *id));
    }
    tree.count_events_once(cx, part, &mut counts);
    let by_count = |nodes: &mut Vec<usize>| {
        nodes.sort_by_key(|n| (std::cmp::Reverse(counts[*n]), &tree.nodes[*n].path));
    };
    let mut roots: Vec<usize> = (0..tree.nodes.len())
        .filter(|n| tree.nodes[*n].parent.is_none() && counts[*n] > 0)
        .collect();
    by_count(&mut roots);
    if let ([root], false) = (roots.as_slice(), state.was_opened) {
        state.open.insert(tree.nodes[*root].path.clone());
        state.was_opened = true;
    }
    let mut rows = Vec::new();
    if of.1.is_empty() {
        for path in (list.chosen)(&cx.workspace.filter) {
            let inside = inside(cx, list, path);
            let count = sum(cx, part, |option| inside[option]);
            rows.push(Listing::Chosen(path.clone(), count));
        }
        // Depth first; the last of the stack comes next.
        let mut stack = roots;
        stack.reverse();
        while let Some(node) = stack.pop() {
            rows.push(Listing::Node(node));
            if state.open.contains(&tree.nodes[node].path) {
                let mut below = tree.nodes[node].children.clone();
                below.retain(|n| counts[*n] > 0);
                by_count(&mut below);
                stack.extend(below.into_iter().rev());
            }
        }
    } else {
        let mut found: Vec<usize> = (0..tree.nodes.len())
            .filter(|n| tree.nodes[*n].folded.contains(&of.1))
            .collect();
        by_count(&mut found);
        rows.extend(found.into_iter().map(Listing::Node));
    }
    state.listed = Listed {
        longest: counts.iter().copied().max().unwrap_or(0),
        of: Some((of.0, of.1, state.open.len())),
        rows,
        counts,
    };
}
