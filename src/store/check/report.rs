//! What a check found.

/// One thing looked at. `name` is a key under `check-<name>` in the locale files.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct CheckItem {
    pub name: &'static str,
    pub ok: bool,
    /// What was found: SQLite's own words, or counts.
    pub found: String,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct CheckReport {
    pub items: Vec<CheckItem>,
}

impl CheckReport {
    #[must_use]
    pub fn is_sound(&self) -> bool {
        self.items.iter().all(|i| i.ok)
    }

    pub(in crate::store) fn add(&mut self, name: &'static str, ok: bool, found: impl ToString) {
        self.items.push(CheckItem {
            name,
            ok,
            found: found.to_string(),
        });
    }
}

/// How many rows are wrong in one way, and the first of them.
#[derive(Default)]
pub(in crate::store) struct Wrong {
    rows: u64,
    ids: Vec<i64>,
}

impl Wrong {
    const SHOWN: usize = 10;

    pub(in crate::store) fn add(&mut self, id: i64) {
        self.rows += 1;
        if self.ids.len() < Self::SHOWN {
            self.ids.push(id);
        }
    }

    /// `0`, `3: id 4, 7, 12` or `900: id 4, 7, 12 …`
    fn found(&self) -> String {
        if self.rows == 0 {
            return "0".to_owned();
        }
        let ids: Vec<String> = self.ids.iter().map(ToString::to_string).collect();
        let more = if self.rows > self.ids.len() as u64 {
            " …"
        } else {
            ""
        };
        format!("{}: id {}{more}", self.rows, ids.join(", "))
    }

    pub(in crate::store) fn into_report(self, name: &'static str, report: &mut CheckReport) {
        report.add(name, self.rows == 0, self.found());
    }
}
