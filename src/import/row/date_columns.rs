//! Which of several columns with dates says when it happened: not when it was recorded, opened,
//! published or uploaded.

use super::field::{ColumnName, Field};
use super::mapping::Mapping;
use super::options::Options;
use crate::import::fault::OWN_COLUMNS;
use crate::import::formats::Table;
use crate::import::values::{date, given};

impl Mapping {
    /// Which of the columns with dates says when it happened, and what belongs to it: a column of the
    /// whole date, else those of its parts.
    pub(super) fn find_dates(&mut self, options: &Options) {
        let is_free = |field: Field| !options.unmap.contains(&field);
        let is_set = options
            .set
            .iter()
            .any(|(f, value)| *f == Field::Start && !value.trim().is_empty());
        if self.index(Field::Start).is_none() && is_free(Field::Start) {
            let ranked = self
                .names
                .iter()
                .enumerate()
                .filter(|(i, _)| !self.taken[*i]);
            let best = ranked.filter_map(|(i, name)| Some((rank(name)?, i))).min();
            let year = self
                .free(Field::Year.synonyms())
                .filter(|_| is_free(Field::Year));
            // A day or a month alone, or the time of an upload, gives way to columns of the parts.
            let is_whole = |rank: u8| rank <= 2 || rank == 4;
            match (best, year) {
                (Some((rank, index)), year) if is_whole(rank) || year.is_none() => {
                    self.set(Field::Start, index);
                }
                (_, Some(year)) if !is_set && self.index(Field::Year).is_none() => {
                    self.set(Field::Year, year);
                    for field in [Field::Month, Field::Day] {
                        let found = self.free(field.synonyms()).filter(|_| is_free(field));
                        if let Some(index) = found.filter(|_| self.index(field).is_none()) {
                            self.set(field, index);
                        }
                    }
                }
                _ => {}
            }
        }
        let start = self
            .index(Field::Start)
            .map(|i| self.names[i].normal.clone());
        let start = start.unwrap_or_default();
        if self.index(Field::End).is_none() && is_free(Field::End) {
            let ends = Field::End.synonyms().iter().filter(|end| {
                // The end of a form that was filled in is not that of what it tells of.
                start_of(end).is_none_or(|began| began == start || self.named(began).is_none())
            });
            let ends: Vec<&str> = ends.copied().collect();
            if let Some(index) = self.free(&ends) {
                self.set(Field::End, index);
            }
        }
        if self.index(Field::Time).is_none() && is_free(Field::Time) {
            let beside = |time: &&&str| is_beside(time, &start);
            let mut times: Vec<&str> = Field::Time
                .synonyms()
                .iter()
                .filter(beside)
                .copied()
                .collect();
            // One named like the date before one of any date.
            times.sort_by_key(|time| ["time", "hora", "clock"].contains(time));
            if let Some(index) = self.free(&times) {
                self.set(Field::Time, index);
            }
        }
    }

    /// Columns of dates that no field reads, to be named: of most of the first rows a day.
    pub(super) fn find_other_dates(&mut self, table: &Table) {
        const LOOKED_AT: usize = 200;
        let records = table.sample.records.iter().take(LOOKED_AT);
        let dates = |index: usize| {
            let cells = records.clone().filter_map(|r| given(r.get(index).trim()));
            let (mut filled, mut dates) = (0_u32, 0_u32);
            for cell in cells {
                filled += 1;
                let may_be = cell.len() >= 6 && cell.contains(['-', '/', ':', ' ', '.']);
                let read = may_be.then(|| date(cell, self.day_order).ok()).flatten();
                dates += u32::from(read.is_some_and(|d| d.start == d.end && d.start.year() > 1900));
            }
            filled > 0 && dates * 5 >= filled * 4
        };
        let read = |index: &usize| {
            let of = [Field::Start, Field::End, Field::SourceDate].map(|field| self.index(field));
            of.contains(&Some(*index))
        };
        let own = |index: &usize| table.columns[*index].starts_with(OWN_COLUMNS);
        self.other_dates = (0..table.columns.len())
            .filter(|i| !read(i) && !own(i) && !self.taken[*i] && dates(*i))
            .collect();
    }
}

/// Words for what happened, as columns are named by it. They may stand inside of a longer word.
const EVENT: [&str; 14] = [
    "hecho",
    "incident",
    "event",
    "occur",
    "ocurr",
    "suces",
    "sucedi",
    "crim",
    "attack",
    "ataque",
    "agresion",
    "homicid",
    "siniestro",
    "delito",
];

/// Words for what was done with the record afterwards.
const RECORD: [&str; 26] = [
    "captur",
    "regist",
    "report",
    "entry",
    "creat",
    "creaci",
    "upload",
    "subid",
    "submi",
    "envio",
    "publi",
    "nota",
    "modif",
    "edit",
    "updat",
    "actualiz",
    "apertura",
    "denuncia",
    "ingreso",
    "recib",
    "receiv",
    "verif",
    "insert",
    "carga",
    "consult",
    "nacimiento",
];

const DATE: [&str; 5] = ["fecha", "date", "datetime", "dia", "day"];

/// Words of columns that hold a part of a date, or its end.
const OTHER: [&str; 20] = [
    "week",
    "semana",
    "weekday",
    "dow",
    "year",
    "ano",
    "anio",
    "month",
    "mes",
    "end",
    "fin",
    "final",
    "termino",
    "hasta",
    "until",
    "time",
    "hora",
    "precision",
    "type",
    "tipo",
];

/// How well a column tells when it happened, the lowest best; `None` where it does not.
pub fn rank(name: &ColumnName) -> Option<u8> {
    let of_question = || {
        let question = name.question.as_ref()?;
        rank_of(question, std::slice::from_ref(question))
    };
    rank_of(&name.normal, &name.words).or_else(of_question)
}

fn rank_of(text: &str, words: &[String]) -> Option<u8> {
    const PLAIN: [&str; 8] = [
        "date",
        "fecha",
        "when",
        "cuando",
        "datetime",
        "fechahora",
        "fechayhora",
        "datetimeoriginal",
    ];
    const SPAN: [&str; 12] = [
        "start",
        "startdate",
        "datestart",
        "begin",
        "begindate",
        "inicio",
        "fechainicio",
        "fechadeinicio",
        "fechainicial",
        "desde",
        "from",
        "validfrom",
    ];
    let has = |all: &[&str]| all.iter().any(|word| text.contains(word));
    let is_word = |all: &[&str]| words.iter().any(|word| all.contains(&word.as_str()));
    let is_date = is_word(&DATE)
        || ["fecha", "date"]
            .iter()
            .any(|d| text.starts_with(d) || text.ends_with(d));
    match text {
        // New York's police: from.
        "cmplntfrdt" | "cuandoocurrio" | "cuandopaso" => Some(0),
        _ if PLAIN.contains(&text) => Some(1),
        _ if SPAN.contains(&text) => Some(2),
        "day" | "dia" => Some(3),
        "reporteddate" | "datereported" | "fechareporte" | "fechadereporte" | "fechadelreporte" => {
            Some(4)
        }
        "timestamp" | "marcatemporal" => Some(5),
        "month" | "mes" => Some(6),
        "fechautc" | "dateutc" | "utcdate" | "fechalocal" | "localdate" | "datelocal" => Some(1),
        "today" => Some(5),
        // Of a date in three columns, mostly.
        _ if is_date && has(&EVENT) && is_word(&["dia", "day"]) => Some(3),
        _ if is_date && has(&EVENT) && !has(&RECORD) && !is_word(&OTHER) => Some(0),
        _ => None,
    }
}

/// The beginning that an end belongs to: `end` ends what `start` began, and no other column.
pub fn start_of(end: &str) -> Option<&'static str> {
    Some(match end {
        "end" => "start",
        "enddate" => "startdate",
        "dateend" => "datestart",
        "fin" => "inicio",
        "fechafin" => "fechainicio",
        "fechafinal" => "fechainicial",
        "fechadefin" => "fechadeinicio",
        "hasta" => "desde",
        _ => return None,
    })
}

/// Whether a column of clock times may stand beside a column of dates: `hora_inicio` tells nothing
/// of `fecha_hecho`.
pub fn is_beside(time: &str, date: &str) -> bool {
    let rest = |name: &str, words: &[&str]| {
        let rest = words
            .iter()
            .fold(name.to_owned(), |name, word| name.replacen(word, "", 1));
        rest.trim_start_matches("del")
            .trim_start_matches("de")
            .trim_start_matches("los")
            .to_owned()
    };
    let of_time = rest(time, &["hora", "time", "clock", "tm"]);
    let of_date = rest(date, &["fechayhora", "fecha", "datetime", "date", "dt"]);
    // A plain name stands beside any.
    of_time.is_empty()
        || of_date.is_empty() && of_time != "inicio" && of_time != "start"
        || of_time == of_date
}

#[cfg(test)]
mod tests {
    use super::*;

    fn best(columns: &[&str]) -> String {
        let columns: Vec<String> = columns.iter().map(|c| (*c).to_owned()).collect();
        let names = ColumnName::all(&columns);
        let ranked = names
            .iter()
            .enumerate()
            .filter_map(|(i, n)| Some((rank(n)?, i)));
        ranked
            .min()
            .map_or("-".to_owned(), |(_, i)| columns[i].clone())
    }

    #[test]
    fn when_it_happened_wins_over_when_it_was_recorded() {
        for (columns, wanted) in [
            (&["fecha_inicio", "fecha_hecho"][..], "fecha_hecho"),
            (
                &[
                    "start",
                    "end",
                    "today",
                    "Fecha del incidente",
                    "_submission_time",
                ],
                "Fecha del incidente",
            ),
            (&["Timestamp", "Fecha del incidente"], "Fecha del incidente"),
            (&["Year", "Incident Date"], "Incident Date"),
            (&["fecha", "fecha_hecho"], "fecha_hecho"),
            (&["Marca temporal", "¿Cuándo ocurrió?"], "¿Cuándo ocurrió?"),
            (
                &[
                    "Report Datetime",
                    "Incident Datetime",
                    "Incident Day of Week",
                ],
                "Incident Datetime",
            ),
            (&["OCCUR_DATE", "OCCUR_TIME"], "OCCUR_DATE"),
            (&["RPT_DT", "CMPLNT_FR_DT", "CMPLNT_TO_DT"], "CMPLNT_FR_DT"),
            (&["fecha_captura", "fecha"], "fecha"),
            (&["createdDate", "incidentDate"], "incidentDate"),
            (&["Reported Date", "Reported Year"], "Reported Date"),
            (
                &["Fecha de los hechos", "Fecha de registro de los hechos"],
                "Fecha de los hechos",
            ),
            (&["fecha_de_nacimiento", "edad"], "-"),
        ] {
            assert_eq!(best(columns), wanted, "{columns:?}");
        }
    }

    #[test]
    fn clock_times_stay_with_their_dates() {
        for (time, date, is) in [
            ("horahecho", "fechahecho", true),
            ("horainicio", "fechahecho", false),
            ("hora", "fechahecho", true),
            ("horadelincidente", "fechadelincidente", true),
            ("occurtime", "occurdate", true),
            ("horainicio", "fecha", false),
            ("horahecho", "fecha", true),
            ("incidenttime", "incidentdatetime", true),
        ] {
            assert_eq!(is_beside(time, date), is, "{time} {date}");
        }
    }
}
