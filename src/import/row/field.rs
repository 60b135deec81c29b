//! What a column can be read as, and the names such columns go by.

use crate::import::values::normal;
use serde::{Deserialize, Serialize};

/// Declares the fields with their codes and the column names they are known by in files of
/// people's own, in order of preference.
macro_rules! fields {
    ($($(#[$meta:meta])* $field:ident = $code:literal: $($name:literal)*;)+) => {
        /// A part of an incident that a column may give.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[repr(u8)]
        pub enum Field { $($(#[$meta])* #[serde(rename = $code)] $field),+ }

        impl Field {
            pub const ALL: &'static [Field] = &[$(Field::$field),+];

            /// The stable code, as in `--map start=fecha`.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Field::$field => $code),+ }
            }

            /// Names of columns in English and Spanish, as [`normal`] writes them.
            #[must_use]
            pub const fn synonyms(self) -> &'static [&'static str] {
                match self { $(Field::$field => &[$($name),*]),+ }
            }
        }
    };
}

fields! {
    Id = "id": "id" "externalid" "eventid" "incidentid" "incidentnumber" "incidntnum" "caseid" "casenumber"
        "clave" "folio" "identificador" "key" "uniqueid" "rowid" "globalid" "uuid" "crimeid" "incidentkey"
        "cmplntnum" "sindeventid" "mainid" "webid" "pdid" "idincidente" "idevento" "idcarpeta" "numero"
        "objectid" "submissionid" "instanceid";
    Title = "title": "title" "titulo" "headline" "encabezado" "titular" "name" "nombre" "incidenttitle"
        "case" "caso";
    TitleEs = "title_es": "titlees" "tituloes" "namees" "nombrees";
    Kind = "kind": "kind" "type" "tipo" "eventtype" "tipodeevento" "tipoevento" "tipodeincidente"
        "tipoincidente" "tipodehecho" "tipohecho" "tipodesuceso" "tipodeagresion" "tipodeataque" "modalidad"
        "incidenttype" "incidentcategory" "meansofattack" "crimetype" "offense" "offence" "ofnsdesc"
        "delito" "category" "categoria" "clasificacion" "queocurrio" "quepaso" "mannerofdeath";
    /// A broader label, for where the kind itself is not known.
    KindGroup = "kind_group": "kindgroup" "categoriadelito" "lawcatcd" "attackcontext";
    Start = "start": "start" "date" "fecha" "when" "cuando" "startdate" "datestart" "inicio" "fechainicio"
        "fechadeinicio" "fechainicial" "eventdate" "fechadelhecho" "fechahecho" "fechaevento"
        "datetime" "fechahora" "timestamp";
    End = "end": "end" "enddate" "dateend" "fin" "fechafin" "fechafinal" "fechadefin" "until"
        "hasta" "cmplnttodt" "fechatermino" "fechadetermino";
    /// Parts of a date in columns of their own, read where no column gives the whole of it.
    Year = "year": "year" "ano" "anio" "aniohecho" "anohecho" "incidentyear" "reportedyear" "aohechos" "eventyear"
        "aniodelhecho" "anodelhecho";
    Month = "month": "month" "mes" "meshecho" "meshechos" "incidentmonth" "reportedmonth" "eventmonth" "mesdelhecho";
    Day = "day": "day" "dia" "diahecho" "incidentday" "eventday" "diadelmes" "diadelhecho";
    /// A clock time beside the date.
    Time = "time": "time" "hora" "starttime" "horainicio" "horadelhecho" "horahecho" "clock" "occurtime"
        "incidenttime" "horadelincidente" "horahechos" "cmplntfrtm" "eventtime" "horaincidente" "horaevento"
        "timeofincident" "horadelevento" "horadeloshechos";
    /// Of clock times: an IANA name or an offset.
    Zone = "zone": "zone" "timezone" "tz" "zona" "zonahoraria" "huso" "husohorario";
    DatePrecision = "date_precision": "dateprecision" "timeprecision" "precisionfecha"
        "precisiondefecha" "precisiontemporal";
    Lon = "lon": "lon" "lng" "long" "longitude" "longitud" "x" "coordx" "coordenadax" "gpslongitude" "xlongitude"
        "lon4326" "decimallongitude";
    Lat = "lat": "lat" "latitude" "latitud" "y" "coordy" "coordenaday" "gpslatitude" "ylatitude" "lat4326"
        "decimallatitude";
    PlacePrecision = "place_precision": "placeprecision" "geoprecision" "locationprecision"
        "precisionlugar" "precisiondelugar" "precisiongeografica" "precision";
    RadiusM = "radius_m": "radiusm" "radius" "radio" "radiom" "radiometros" "accuracym" "gpsaccuracy";
    /// Both coordinates in one: `27.5, -99.5`, `27°30'N 99°30'W`, `POINT (-99.5 27.5)`.
    Coordinates = "coordinates": "coordinates" "coordenadas" "coords" "latlon" "latlong" "lonlat" "longlat" "lnglat"
        "latlng" "geom" "geometry" "geometria" "wkt" "geo" "point" "punto" "gps" "geopoint" "geolocation" "geolocalizacion"
        "locationcoordinates" "thegeom" "ubicacionmaps" "ubicaciongps" "maplink" "mapa" "gpsposition";
    Place = "place": "place" "lugar" "localidad" "sitio" "ciudad" "city" "location" "locationofincident"
        "locationdescription" "lugardelhecho" "address" "direccion" "colonia" "coloniahecho" "coloniahechos" "ubicacion";
    Admin1 = "admin1": "admin1" "adm1" "state" "estado" "entidad" "provincia" "province"
        "departamento" "governorate" "region" "entidadfederativa";
    Admin2 = "admin2": "admin2" "adm2" "municipality" "municipio" "county" "condado" "alcaldia"
        "municipiohecho" "alcaldiahecho" "alcaldiahechos" "boro" "boronm" "district";
    Country = "country": "country" "pais" "countryofincident";
    Actor1 = "actor1": "actor1" "sidea" "actora" "actor" "perpetrator" "perpetrador" "grupo"
        "group" "ladoa" "autor" "actorname" "reportedperpetratorname" "agresor" "grupoarmado" "victimario";
    Actor1Type = "actor1_type": "actor1type" "actortype" "tipoactor1" "tipodeactor1" "tipoactor" "tipodeactor"
        "reportedperpetrator";
    /// Others on the same side, separated by `;`.
    Actor1Allies = "actor1_allies": "actor1allies" "assocactor1" "aliados1";
    Actor2 = "actor2": "actor2" "sideb" "actorb" "target" "objetivo" "victim" "victima" "ladob";
    Actor2Type = "actor2_type": "actor2type" "tipoactor2" "tipodeactor2";
    Actor2Allies = "actor2_allies": "actor2allies" "assocactor2" "aliados2";
    DeathsLow = "deaths_low": "deathslow" "low" "lowest" "muertosmin" "muertosminimo" "minimo";
    DeathsBest = "deaths_best": "deathsbest" "best" "deaths" "fatalities" "killed" "dead" "muertos"
        "muertes" "fallecidos" "fallecimientos" "victimasmortales" "defunciones" "homicidios" "totalkilled"
        "numberdead" "numberofdead" "nkill" "numkilled" "totaldead" "totalfatalities" "victimasfatales"
        "personasmuertas" "personasfallecidas" "numerodemuertos" "numerodefallecidos" "asesinados" "decesos" "occisos"
        "healthworkerskilled" "aidworkerskilled" "educatorskilled" "workerskilled" "staffkilled";
    DeathsHigh = "deaths_high": "deathshigh" "high" "highest" "muertosmax" "muertosmaximo" "maximo";
    Narrative = "narrative": "narrative" "notes" "description" "descripcion" "narrativa" "notas"
        "relato" "resumen" "summary" "details" "detalles" "hechos" "observaciones" "texto" "text"
        "eventdescription" "incidentdescription" "descript" "descripciondelhecho" "descripciondeloshechos" "comentarios";
    NarrativeEs = "narrative_es": "narrativees" "descripciones" "noteses";
    Source = "source": "source" "fuente" "publisher" "medio" "sources" "fuentes" "informationsource"
        "fuentedeinformacion";
    SourceTitle = "source_title": "sourcetitle" "sourceheadline" "titulofuente"
        "titulodelafuente";
    SourceDate = "source_date": "sourcedate" "fechafuente" "fechadelafuente"
        "publicationdate" "fechapublicacion" "fechadepublicacion" "fechanota" "fechadelanota" "fechadenota";
    SourceUrl = "source_url": "sourceurl" "url" "link" "enlace" "liga" "vinculo";
    SourceLanguage = "source_language": "sourcelanguage" "language" "idioma" "lang";
    /// Both halves of the Admiralty code in one, such as `B2`.
    Grade = "grade": "grade" "grado" "calificacion";
    Reliability = "reliability": "reliability" "confiabilidad" "fiabilidad" "sourcegrade" "sourcereliability";
    Credibility = "credibility": "credibility" "credibilidad" "infograde" "infocredibility";
    /// Which of two deliveries of a row is newer, such as a Unix time; a whole number.
    Version = "version": "version" "revision";
    /// How the actor of an area stands to it.
    Relation = "relation": "relation" "relacion" "predicate";
    /// Ids of other incidents, separated by `;`.
    Related = "related": "related" "relacionados" "relacionadas" "relacionado";
}

impl Field {
    /// The field with this code, or that goes by this name.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Field> {
        let name = normal(code);
        let mut all = Field::ALL.iter().copied();
        all.find(|f| f.synonyms().contains(&name.as_str()))
    }

    /// Whether all rows of a file may be given one value: ids would collide, and rows at one place
    /// that nobody has written down would look as if somebody had.
    #[must_use]
    pub const fn may_be_set(self) -> bool {
        use Field::{Coordinates, Day, Id, Lat, Lon, Month, Version, Year};
        !matches!(
            self,
            Id | Lon | Lat | Coordinates | Version | Year | Month | Day
        )
    }

    /// Whether a value for all rows of one file is most likely not that of the next: Tuesday's
    /// checkpoints are not of Monday.
    #[must_use]
    pub const fn is_of_one_file(self) -> bool {
        matches!(
            self,
            Field::Start
                | Field::End
                | Field::Year
                | Field::Month
                | Field::Day
                | Field::Time
                | Field::SourceDate
        )
    }
}

/// The words of the name of a column, also of one written `likeThis`.
fn words(name: &str) -> Vec<String> {
    let mut parted = String::with_capacity(name.len());
    let mut was_small = false;
    for c in name.chars() {
        if c.is_uppercase() && was_small {
            parted.push(' ');
        }
        was_small = c.is_lowercase();
        parted.push(if c.is_alphanumeric() { c } else { ' ' });
    }
    parted.split_whitespace().map(normal).collect()
}

/// The name of a column, ready to be compared.
#[derive(Default)]
pub struct ColumnName {
    /// As [`normal`] writes it.
    pub normal: String,
    /// Its words, each as [`normal`] writes it.
    pub words: Vec<String>,
    /// The last part of a name that begins with those of groups of questions, as forms write it:
    /// `data-group-date`, `group/date`; as [`normal`] writes it.
    pub question: Option<String>,
    /// Whether it may have been cut: Shapefiles have ten bytes for it.
    is_cut: bool,
}

impl ColumnName {
    const CUT_BYTES: usize = 10;

    pub fn all(columns: &[String]) -> Vec<ColumnName> {
        // A hyphen parts groups where several columns share what stands before it.
        let shares = |group: &str| {
            let shared = columns
                .iter()
                .filter(|c| c.strip_prefix(group).is_some_and(|r| r.starts_with('-')));
            shared.count() > 1
        };
        let question = |column: &String| {
            let slash = || {
                let at = column.find(['/', ':'])?;
                let (group, rest) = column.split_at(at);
                let of_group = |c: &&String| {
                    c.strip_prefix(group)
                        .is_some_and(|r| r.starts_with(['/', ':']))
                };
                let is_shared = columns.iter().filter(of_group).count() > 1;
                is_shared.then(|| (group, rest.rsplit(['/', ':']).next().unwrap_or_default()))
            };
            let hyphen = || {
                let (group, rest) = column.split_once('-').filter(|(group, _)| shares(group))?;
                Some((group, rest.rsplit('-').next()?))
            };
            slash()
                .or_else(hyphen)
                .map(|(_, rest)| normal(rest))
                .filter(|rest| !rest.is_empty())
        };
        let name = |column: &String| ColumnName {
            normal: normal(column),
            words: words(column),
            question: question(column),
            is_cut: column.len() == ColumnName::CUT_BYTES,
        };
        columns.iter().map(name).collect()
    }

    pub fn is(&self, known: &str) -> bool {
        self.normal == known || self.is_beginning_of(known)
    }

    pub fn is_beginning_of(&self, known: &str) -> bool {
        self.is_cut && known.starts_with(&self.normal)
    }
}

/// `trucks2018`, `trucks_2018`, `Trucks 2018`: what was counted, and the year.
pub fn measure_and_year(name: &str) -> Option<(&str, i16)> {
    let at = name.len().checked_sub(4).filter(|at| *at > 0)?;
    let (measure, year) = (name.get(..at)?, name.get(at..)?);
    let year = year
        .bytes()
        .all(|b| b.is_ascii_digit())
        .then(|| year.parse().ok())??;
    let measure = measure.trim_end_matches(|c: char| !c.is_alphanumeric());
    let plausible = (1800..2200).contains(&year) && measure.ends_with(char::is_alphabetic);
    plausible.then_some((measure, year))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn no_name_stands_for_two_fields() {
        let mut seen = HashSet::new();
        for field in Field::ALL {
            assert_eq!(Field::from_code(field.code()), Some(*field));
            assert!(
                field.synonyms().contains(&normal(field.code()).as_str()),
                "{} is not known by its own code",
                field.code()
            );
            for name in field.synonyms() {
                assert_eq!(normal(name), *name);
                assert!(seen.insert(*name), "{name}");
            }
        }
    }
}
