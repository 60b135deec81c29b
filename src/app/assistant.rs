//! The mapping assistant at work: files chosen for import are looked at and tried out in jobs, one
//! file after the other, and what is decided becomes one import of all.

use super::App;
use crate::import::{self, Inspection, Options, Trial};
use crate::jobs::{Busy, Slot, Wake};
use crate::locale::Problem;
use crate::session::{
    Delivery, Fit, Order, Template, Templates, fit_of, save_template, templates_in,
};
use crate::view::assistant::{Asked, State, Tried};
use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// Files on their way into the case.
pub(crate) struct Assistant {
    pub state: State,
    /// Still to be shown.
    rest: VecDeque<PathBuf>,
    orders: Vec<Order>,
    look: Slot<(), Looked>,
    trial: Slot<(), Option<Tested>>,
    /// The case that the files go into.
    case: PathBuf,
    live: Arc<Live>,
    /// What the last look was begun with.
    asked: Option<Options>,
    /// The file was looked at and is still to be tried out.
    needs_trial: bool,
    /// Templates are looked for with the first look at a file.
    wants_templates: bool,
    /// The columns of the file before, where this one is to be read like it.
    like: Option<Vec<String>>,
}

/// Rows of a trial under way.
#[derive(Default)]
struct Live {
    kept: AtomicU64,
    rejected: AtomicU64,
}

/// What came of reading all rows, and what of them the case has already.
type Tested = (Trial, Option<Fit>);

/// What a look at a file gives.
struct Looked {
    seen: Inspection,
    /// That were looked for, with the one that fits.
    templates: Option<Templates>,
    fitting: Option<Template>,
    /// The one that fits was made for just these columns, and `seen` is by it.
    applied: bool,
}

impl App {
    /// Opens the assistant for these files, or puts them after those it has.
    pub(super) fn ask_about(&mut self, ctx: &egui::Context, paths: Vec<PathBuf>) {
        let Some(desk) = &self.desk else {
            return self.tell(&Problem::new(text!("problem-no-case")));
        };
        // Files dropped while another case opens belong to neither.
        if self.is_loading() {
            return self.tell(&Problem::new(text!("problem-busy")));
        }
        if let Some(why) = desk.loaded.case.read_only() {
            let why = why.clone();
            return self.tell(&why);
        }
        if let Some(assistant) = &mut self.assistant {
            assistant.state.of += paths.len();
            return assistant.rest.extend(paths);
        }
        let case = desk.loaded.case.path().to_owned();
        self.assistant = Assistant::new(paths.into(), case, &self.wake);
        // Enter is for the assistant, not for the button that was pressed last.
        ctx.memory_mut(|m| {
            let focused = m.focused();
            focused.into_iter().for_each(|id| m.surrender_focus(id));
        });
    }

    /// Begins what the decisions of the last frame call for: the newest wins.
    pub(super) fn assist(&mut self, ctx: &egui::Context) {
        let Some(assistant) = &mut self.assistant else {
            return;
        };
        let wanted = reading(&assistant.state.options);
        let is_new = assistant.asked.as_ref() != Some(&wanted);
        // Each look reads all of a file: one for the whole of what is typed is enough.
        let may_wait = assistant.is_big() && ctx.text_edit_focused();
        if is_new && !may_wait {
            assistant.begin_look(wanted, &self.templates);
        } else if !is_new && std::mem::take(&mut assistant.needs_trial) {
            assistant.begin_trial();
        }
        assistant.state.looking = assistant.is_looking();
        if assistant.is_busy() {
            ctx.request_repaint_after(Duration::from_millis(100));
        }
        let like_the_last = assistant.like.is_some() && !assistant.is_looking();
        if like_the_last && assistant.is_like_the_last() {
            if assistant.state.hindrance(self.lang).is_none() && !assistant.waits_for_day() {
                self.answer(ctx, Asked::Import);
            } else {
                assistant.like = None;
            }
        }
    }

    pub(super) fn poll_assistant(&mut self) {
        if let Some(assistant) = &mut self.assistant {
            assistant.poll();
        }
    }

    pub(super) fn answer(&mut self, ctx: &egui::Context, asked: Asked) {
        let Some(assistant) = &mut self.assistant else {
            return;
        };
        match asked {
            Asked::Import => {
                if assistant.state.hindrance(self.lang).is_none() {
                    let order = assistant.order();
                    assistant.orders.push(order);
                    self.next_file();
                }
            }
            Asked::Skip => {
                assistant.state.same = false;
                self.next_file();
            }
            Asked::Cancel => {
                assistant.stop();
                self.assistant = None;
            }
            Asked::Save => {
                let case = self.desk.as_ref().map(|desk| desk.loaded.case.path());
                if let Err(problem) = assistant.save(&self.templates, case) {
                    self.tell(&problem);
                }
            }
            Asked::UseOffered => {
                if let Some(template) = assistant.state.offered.clone() {
                    assistant.apply(&template);
                }
            }
            Asked::DropTemplate => {
                assistant.state.applied = None;
                assistant.state.forget();
            }
        }
        ctx.request_repaint();
    }

    fn next_file(&mut self) {
        let Some(assistant) = &mut self.assistant else {
            return;
        };
        if !assistant.advance() {
            let orders = std::mem::take(&mut assistant.orders);
            self.assistant = None;
            if let Some(desk) = &mut self.desk
                && !orders.is_empty()
            {
                desk.import(orders);
            }
        }
    }
}

impl Assistant {
    fn new(mut paths: VecDeque<PathBuf>, case: PathBuf, wake: &Wake) -> Option<Assistant> {
        let of = paths.len();
        let path = paths.pop_front()?;
        Some(Assistant {
            state: State {
                path,
                at: 1,
                of,
                ..State::default()
            },
            rest: paths,
            orders: Vec::new(),
            look: Slot::new("inspect", wake),
            trial: Slot::new("try-out", wake),
            case,
            live: Arc::default(),
            asked: None,
            needs_trial: false,
            wants_templates: true,
            like: None,
        })
    }

    fn is_big(&self) -> bool {
        const BIG_BYTES: u64 = 16 * 1024 * 1024;
        let facts = self.state.seen.as_ref().map(|seen| &seen.facts);
        facts.is_some_and(|facts| facts.size_bytes > BIG_BYTES)
    }

    fn is_looking(&self) -> bool {
        self.look.is_busy() || self.asked.as_ref() != Some(&reading(&self.state.options))
    }

    /// The next file; whether there is one.
    fn advance(&mut self) -> bool {
        self.stop();
        let Some(path) = self.rest.pop_front() else {
            return false;
        };
        let last = std::mem::take(&mut self.state);
        self.state = State {
            path,
            at: last.at + 1,
            of: last.of,
            same: last.same,
            ..State::default()
        };
        (self.asked, self.needs_trial, self.wants_templates) = (None, false, true);
        self.like = None;
        if last.same {
            self.like = last.seen.map(|seen| seen.facts.columns);
            self.state.options = last.options;
            self.ask_for_days();
            self.state.dataset = last.dataset;
            self.state.licence = last.licence;
            self.state.attribution = last.attribution;
            self.state.received = last.received;
            self.wants_templates = false;
        }
        true
    }

    /// The days that all rows of the file before were given are to be typed anew.
    fn ask_for_days(&mut self) {
        // What a spreadsheet did to one file it need not have done to the next.
        self.state.options.half_converted = None;
        let set = &mut self.state.options.set;
        set.retain(|(_, value)| !value.trim().is_empty());
        for (field, value) in set.iter_mut().filter(|(field, _)| field.is_of_one_file()) {
            value.clear();
            self.state.wants.get_or_insert(*field);
        }
    }

    /// Whether this file is of a day of its own, which is not typed yet.
    fn waits_for_day(&self) -> bool {
        let mut set = self.state.options.set.iter();
        set.any(|(field, value)| field.is_of_one_file() && value.trim().is_empty())
    }

    /// Whether this file has the columns of the one before. Where not it is begun anew, by itself.
    fn is_like_the_last(&mut self) -> bool {
        let columns = self.state.seen.as_ref().map(|seen| &seen.facts.columns);
        if self.like.is_some() && columns == self.like.as_ref() {
            return true;
        }
        self.like = None;
        self.state.same = false;
        self.state.wants = None;
        self.state.forget();
        self.state.problem = None;
        (self.asked, self.wants_templates) = (None, true);
        false
    }

    fn begin_look(&mut self, wanted: Options, folder: &Path) {
        self.stop();
        self.state.problem = None;
        let templates = self.wants_templates.then(|| folder.to_owned());
        let (path, options) = (self.state.path.clone(), wanted.clone());
        self.asked = Some(wanted);
        self.look
            .start((), move |_| look(&path, &options, templates.as_deref()));
    }

    fn begin_trial(&mut self) {
        let Some(options) = self.asked.clone() else {
            return;
        };
        self.live = Arc::default();
        let (path, live) = (self.state.path.clone(), self.live.clone());
        let case = self.case.clone();
        self.trial.start((), move |progress| {
            let trial = import::try_out(&path, &options, &mut |_, so_far| {
                live.kept.store(so_far.kept, Ordering::Relaxed);
                live.rejected.store(so_far.rejected, Ordering::Relaxed);
                !progress.is_cancelled()
            })?;
            let Some(trial) = trial else {
                return Ok(None);
            };
            // What the case has of it is a hint: without it the file can be imported all the same.
            let fit = fit_of(&case, &path, &options, progress).ok().flatten();
            Ok(Some((trial, fit)))
        });
    }

    fn poll(&mut self) {
        match self.look.poll() {
            Some((_, Ok(looked))) => self.take(looked),
            Some((_, Err(problem))) => self.state.problem = Some(problem),
            None => {}
        }
        self.state.tried = match self.trial.poll() {
            Some((_, Ok(Some((trial, fit))))) => {
                self.state.unknown_kinds.clone_from(&trial.unknown_kinds);
                self.state.fit = fit;
                Tried::Done(trial)
            }
            Some((_, Ok(None))) => Tried::Nothing,
            Some((_, Err(problem))) => Tried::Failed(problem),
            None if self.trial.is_busy() => Tried::Running {
                kept: self.live.kept.load(Ordering::Relaxed),
                rejected: self.live.rejected.load(Ordering::Relaxed),
            },
            None => return,
        };
    }

    fn take(&mut self, looked: Looked) {
        if let Some(templates) = looked.templates {
            self.wants_templates = false;
            self.state.damaged = templates.damaged;
            self.state.offered = looked.fitting;
            if let Some(template) = self.state.offered.clone().filter(|_| looked.applied) {
                self.apply(&template);
                self.asked = Some(reading(&self.state.options));
            }
        }
        if self.state.options.day_order.is_none() {
            self.state.asks_order = looked.seen.day_order_open;
        }
        self.needs_trial = looked.seen.missing.is_empty();
        self.state.wait_for_date(&looked.seen);
        self.state.seen = Some(looked.seen);
    }

    fn apply(&mut self, template: &Template) {
        let state = &mut self.state;
        state.options = template.options.clone();
        state.licence = state.options.licence.take().unwrap_or_default();
        state.attribution = state.options.attribution.take().unwrap_or_default();
        state.dataset = template.dataset.clone().unwrap_or_default();
        state.template_name.clone_from(&template.name);
        state.applied = Some(template.name.clone());
        state.asks_order = false;
    }

    /// What is decided, with what stands in the lines of text.
    fn decided(&self) -> Options {
        Options {
            licence: typed(&self.state.licence),
            attribution: typed(&self.state.attribution),
            ..reading(&self.state.options)
        }
    }

    fn order(&self) -> Order {
        Order {
            path: self.state.path.clone(),
            options: self.decided(),
            delivery: Delivery {
                dataset: typed(&self.state.dataset),
                received: self.state.received_on().ok().flatten(),
                full: self.state.full,
                ..Delivery::default()
            },
        }
    }

    fn save(&mut self, folder: &Path, case: Option<&Path>) -> Result<(), Problem> {
        let Some(seen) = &self.state.seen else {
            return Ok(());
        };
        let dataset = typed(&self.state.dataset);
        let template = Template::of(&self.state.template_name, seen, &self.decided(), dataset)?;
        let inputs: Vec<&Path> = case.into_iter().chain([&*self.state.path]).collect();
        save_template(folder, &template, &inputs)?;
        self.state.saved = Some(template.name);
        Ok(())
    }

    /// Nobody waits for these any more.
    fn stop(&mut self) {
        self.look.cancel();
        self.trial.cancel();
        self.needs_trial = false;
        self.state.tried = Tried::Nothing;
    }
}

impl Busy for Assistant {
    fn is_busy(&self) -> bool {
        self.look.is_busy() || self.trial.is_busy()
    }
}

/// The part of the options that changes how a file is read.
fn reading(options: &Options) -> Options {
    let set = options.set.iter();
    Options {
        licence: None,
        attribution: None,
        set: set
            .filter_map(|(field, value)| Some((*field, typed(value)?)))
            .collect(),
        ..options.clone()
    }
}

/// What is typed, `None` where it is nothing.
fn typed(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// Looks at a file; with a folder of templates also by the one that was made for such files.
fn look(path: &Path, options: &Options, folder: Option<&Path>) -> Result<Looked, Problem> {
    let mut seen = import::inspect(path, options)?;
    let mut templates = folder.map(templates_in);
    let columns = &seen.facts.columns;
    let fitting = templates.as_ref().and_then(|t| t.fitting(columns)).cloned();
    let mut applied = false;
    let made_for = fitting.as_ref().filter(|t| t.is_made_for(columns));
    if let Some(template) = made_for {
        match import::inspect(path, &reading(&template.options)) {
            Ok(by_template) => (seen, applied) = (by_template, true),
            Err(problem) => templates
                .iter_mut()
                .for_each(|t| t.damaged.push(problem.clone())),
        }
    }
    Ok(Looked {
        seen,
        templates,
        fitting,
        applied,
    })
}
