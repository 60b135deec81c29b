//! Which of several columns with dates says when it happened: not when it was recorded, opened,
//! published or uploaded.

use super::field::ColumnName;

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
