//! Undo by gesture, not by frame: the view is looked at when hands are off the controls, and a
//! step is kept if it has changed since the last such moment.

/// Steps kept; older ones are forgotten.
const MOST_STEPS: usize = 200;

/// What a person did to a state, to be taken back and done again.
#[derive(Clone, Debug)]
pub struct History<S> {
    settled: S,
    past: Vec<S>,
    future: Vec<S>,
}

impl<S: Clone + PartialEq> History<S> {
    pub fn new(state: S) -> History<S> {
        History {
            settled: state,
            past: Vec::new(),
            future: Vec::new(),
        }
    }

    /// To be called when no gesture is under way.
    pub fn settle(&mut self, state: &S) {
        if *state != self.settled {
            if self.past.len() == MOST_STEPS {
                self.past.remove(0);
            }
            self.past
                .push(std::mem::replace(&mut self.settled, state.clone()));
            self.future.clear();
        }
    }

    /// The state before the last gesture. `current` may hold one that has not settled yet.
    pub fn undo(&mut self, current: &S) -> Option<S> {
        self.settle(current);
        let before = self.past.pop()?;
        self.future
            .push(std::mem::replace(&mut self.settled, before));
        Some(self.settled.clone())
    }

    /// The state that the last undo took back.
    pub fn redo(&mut self, current: &S) -> Option<S> {
        self.settle(current);
        let after = self.future.pop()?;
        self.past.push(std::mem::replace(&mut self.settled, after));
        Some(self.settled.clone())
    }

    #[must_use]
    pub fn can_undo(&self) -> bool {
        !self.past.is_empty()
    }

    #[must_use]
    pub fn can_redo(&self) -> bool {
        !self.future.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gesture_is_one_step() {
        let mut h = History::new(0);
        // A drag through 1, 2, 3 settles once.
        h.settle(&3);
        h.settle(&3);
        h.settle(&4);
        assert_eq!(h.undo(&4), Some(3));
        assert_eq!(h.undo(&3), Some(0));
        assert_eq!(h.undo(&0), None);
        assert_eq!(h.redo(&0), Some(3));
        assert_eq!(h.redo(&3), Some(4));
        assert_eq!(h.redo(&4), None);
    }

    #[test]
    fn a_new_gesture_forgets_what_was_undone() {
        let mut h = History::new(0);
        h.settle(&1);
        assert_eq!(h.undo(&1), Some(0));
        // 5 has not settled when redo is asked for: it is a step of its own.
        assert_eq!(h.redo(&5), None);
        assert_eq!(h.undo(&5), Some(0));
    }
}
