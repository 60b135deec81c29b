//! What rows of every kind have in common.

use crate::domain::LocalText;

/// A row of whatever kind.
pub trait RecordRow {
    /// Unique among the rows of its kind within the dataset.
    fn external_id(&self) -> &str;

    /// What it is called.
    fn title(&self) -> LocalText;

    /// Line of its file, 1-based; `None` where it is of no single file.
    fn line(&self) -> Option<u64>;

    /// Columns that no field took, in file order.
    fn extra(&self) -> &[(String, String)];

    /// External id and further columns, for the reader of a file to complete; `None` where a row is none of a file.
    fn completed(&mut self) -> Option<(&mut String, &mut Vec<(String, String)>)>;
}

/// Makes a row of a file a [`RecordRow`]: what it is called is in the field that is named.
macro_rules! record_row {
    ($row:ident, $title:ident) => {
        impl crate::domain::RecordRow for $row {
            fn external_id(&self) -> &str {
                &self.external_id
            }

            fn title(&self) -> crate::domain::LocalText {
                self.$title.clone()
            }

            fn line(&self) -> Option<u64> {
                Some(self.line)
            }

            fn extra(&self) -> &[(String, String)] {
                &self.extra
            }

            fn completed(&mut self) -> Option<(&mut String, &mut Vec<(String, String)>)> {
                Some((&mut self.external_id, &mut self.extra))
            }
        }
    };
}
pub(super) use record_row;
