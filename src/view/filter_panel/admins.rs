//! Countries, states and municipalities by name: a tree, or what a search finds in it.

use super::row::{Clicked, Row, Tick};
use super::{is_entered, list, note, search_box};
use crate::domain::filter::{PATH, fold, is_in_admin};
use crate::index::{Columns, NameId};
use crate::query::{Figure, Part};
use crate::view::Context;
use egui::Ui;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, Weak};

/// A country, state or municipality.
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
    /// Which ids of `Columns::admins` lie in which nodes.
    members: Vec<(NameId, usize)>,
}

#[derive(Default)]
pub struct State {
    search: String,
    open: BTreeSet<String>,
    /// Whether a lone country was unfolded: once, as it may be folded by hand.
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
    /// A place of the filter, with its count.
    Chosen(String, u32),
    Node(usize),
}

pub fn show(ui: &mut Ui, cx: &mut Context<'_>, state: &mut State) {
    let hint = cx.tr("filter-admin-hint");
    let field = search_box(ui, &mut state.search, &hint, "admin-search");
    let entered = is_entered(ui, &field, &state.search);
    ui.add_space(2.0);
    update(cx, state);
    let searching = !state.search.trim().is_empty();
    let (tree, listed) = (&state.tree, &state.listed);
    let mut acted: Option<(Clicked, String)> = None;
    let mut toggled = None;
    list(ui, "admins", listed.rows.len(), |ui, i| {
        let (path, clicked) = match &listed.rows[i] {
            Listing::Chosen(path, count) => {
                (path, chosen_row(ui, cx, path, *count, listed.longest))
            }
            Listing::Node(node) => {
                let at = &tree.nodes[*node];
                let open =
                    (!searching && !at.children.is_empty()).then(|| state.open.contains(&at.path));
                let count = (listed.counts[*node], listed.longest);
                (&at.path, node_row(ui, cx, at, open, searching, count))
            }
        };
        if clicked.fold {
            toggled = Some(path.clone());
        } else if clicked != Clicked::default() {
            acted = Some((clicked, path.clone()));
        }
    });
    if listed.rows.is_empty() {
        note(ui, cx.tr("filter-no-admin"));
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
    if let Some((clicked, path)) = acted {
        act(cx, clicked, path);
    }
}

/// The last name of a path; a level that nobody gave has a word of its own.
fn name_of(cx: &Context<'_>, path: &str) -> String {
    match path.rsplit(PATH).next() {
        None | Some("") => cx.tr("filter-admin-unnamed"),
        Some(name) => name.to_owned(),
    }
}

fn chosen_row(ui: &mut Ui, cx: &Context<'_>, path: &str, count: u32, longest: u32) -> Clicked {
    let name = name_of(cx, path);
    let only_name = cx.tr_args("filter-only", &[("name", &name)]);
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
    node: &Node,
    open: Option<bool>,
    searching: bool,
    (count, longest): (u32, u32),
) -> Clicked {
    let chosen = &cx.workspace.filter.admin;
    let on = chosen.contains(&node.path);
    // Part of something chosen, such as a state of a country that is.
    let some = !on && chosen.iter().any(|asked| is_in_admin(&node.path, asked));
    let mut name = name_of(cx, &node.path);
    let only_name = cx.tr_args("filter-only", &[("name", &name)]);
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

fn act(cx: &mut Context<'_>, clicked: Clicked, path: String) {
    if clicked.count {
        let columns = cx.loaded.columns.clone();
        let inside: Vec<bool> = columns
            .admins
            .iter()
            .map(|(_, p)| is_in_admin(p, &path))
            .collect();
        let judged = &cx.derived.judged;
        let rows = judged.rows_having(Part::Admin, |r| {
            inside[columns.admin[r as usize].0 as usize]
        });
        return cx.select(rows);
    }
    cx.set_filter(|f| super::choose(&mut f.admin, path, clicked.only));
}

impl Tree {
    fn of(columns: &Arc<Columns>) -> Tree {
        let mut tree = Tree {
            of: Arc::downgrade(columns),
            ..Tree::default()
        };
        let mut by_path: HashMap<&str, usize> = HashMap::new();
        for (id, path) in columns.admins.iter() {
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
                tree.members.push((id, node));
                parent = Some(node);
            }
        }
        tree.add_namesakes(columns);
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
    fn count_events_once(&self, cx: &Context<'_>, counts: &mut [u32]) {
        let linked = cx.loaded.links.groups().iter().flatten();
        let ids: BTreeSet<u32> = linked
            .map(|row| cx.loaded.columns.admin[*row as usize].0)
            .collect();
        let mut nodes: BTreeMap<usize, BTreeSet<u32>> = BTreeMap::new();
        for (id, node) in self.members.iter().filter(|(id, _)| ids.contains(&id.0)) {
            nodes.entry(*node).or_default().insert(id.0);
        }
        for (node, inside) in nodes.into_iter().filter(|(_, ids)| ids.len() > 1) {
            let of = |row| Some(cx.loaded.columns.admin[row as usize].0);
            let of = |row| of(row).filter(|id| inside.contains(id));
            counts[node] = counts[node].saturating_sub(cx.overlap(Part::Admin, of));
        }
    }

    /// The filter takes a lone name at any level: a state that is called like a country counts
    /// with it, as it would pass with it.
    fn add_namesakes(&mut self, columns: &Columns) {
        let mut by_name: HashMap<&str, usize> = HashMap::new();
        for (i, node) in self.nodes.iter().enumerate() {
            if !node.path.contains(PATH) {
                by_name.insert(&node.path, i);
            }
        }
        let mut more = Vec::new();
        for (id, path) in columns.admins.iter() {
            for level in path.split(PATH).skip(1) {
                if let Some(node) = by_name.get(level)
                    && !path.starts_with(level)
                {
                    more.push((id, *node));
                }
            }
        }
        more.dedup();
        self.members.append(&mut more);
    }
}

/// Those chosen come first, then the tree, most incidents first, or what is found by name.
fn update(cx: &Context<'_>, state: &mut State) {
    let columns = &cx.loaded.columns;
    if state.tree.of.as_ptr() != Arc::as_ptr(columns) {
        state.tree = Tree::of(columns);
        state.listed.of = None;
    }
    let wanted = fold(state.search.trim());
    let of = (cx.counting(), wanted, state.open.len());
    if state.listed.of.as_ref() == Some(&of) {
        return;
    }
    let tree = &state.tree;
    let facet = cx.facets().of(Part::Admin);
    let count_of = |id: NameId| facet.get(id.0 as usize).copied().unwrap_or(0);
    let mut counts = vec![0_u32; tree.nodes.len()];
    for (id, node) in &tree.members {
        counts[*node] = counts[*node].saturating_add(count_of(*id));
    }
    tree.count_events_once(cx, &mut counts);
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
        for path in &cx.workspace.filter.admin {
            let ids = columns.admins.iter().filter(|(_, p)| is_in_admin(p, path));
            let counts = ids.map(|(id, _)| count_of(id));
            let count = counts.fold(0, u32::saturating_add);
            let inside = |row| {
                let id = columns.admin[row as usize];
                is_in_admin(columns.admins.get(id), path).then_some(id.0)
            };
            let count = count.saturating_sub(cx.overlap(Part::Admin, inside));
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
