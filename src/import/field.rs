//! What a column can be read as, and the names such columns go by.

use crate::domain::filter::fold;
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
    Id = "id": "id" "externalid" "eventid" "clave" "folio" "identificador" "key";
    Title = "title": "title" "titulo" "headline" "encabezado" "titular" "name" "nombre";
    TitleEs = "title_es": "titlees" "tituloes" "namees" "nombrees";
    Kind = "kind": "kind" "type" "tipo" "eventtype" "tipodeevento" "tipoevento" "tipodeincidente"
        "tipoincidente" "incidenttype" "category" "categoria" "delito";
    /// A broader label, for where the kind itself is not known.
    KindGroup = "kind_group": "kindgroup";
    Start = "start": "start" "startdate" "datestart" "date" "fecha" "inicio" "fechainicio"
        "fechadeinicio" "fechainicial" "eventdate" "fechadelhecho" "fechahecho" "fechaevento" "day"
        "dia" "when" "cuando" "datetime" "fechahora" "timestamp" "year" "ano";
    End = "end": "end" "enddate" "dateend" "fin" "fechafin" "fechafinal" "fechadefin" "until"
        "hasta";
    /// A clock time beside the date.
    Time = "time": "time" "hora" "starttime" "horainicio" "horadelhecho" "horahecho" "clock";
    /// Of clock times: an IANA name or an offset.
    Zone = "zone": "zone" "timezone" "tz" "zona" "zonahoraria" "huso" "husohorario";
    DatePrecision = "date_precision": "dateprecision" "timeprecision" "precisionfecha"
        "precisiondefecha" "precisiontemporal";
    Lon = "lon": "lon" "lng" "long" "longitude" "longitud" "x" "coordx" "coordenadax";
    Lat = "lat": "lat" "latitude" "latitud" "y" "coordy" "coordenaday";
    PlacePrecision = "place_precision": "placeprecision" "geoprecision" "locationprecision"
        "precisionlugar" "precisiondelugar" "precisiongeografica";
    RadiusM = "radius_m": "radiusm" "radius" "radio" "radiom" "radiometros";
    /// Both coordinates in one: `27.5, -99.5`, `27°30'N 99°30'W`, `POINT (-99.5 27.5)`.
    Coordinates = "coordinates": "coordinates" "coordenadas" "coords" "latlon" "latlong" "lonlat" "longlat" "lnglat"
        "latlng" "geom" "geometry" "geometria" "wkt" "geo" "point" "punto" "gps";
    Place = "place": "place" "location" "lugar" "localidad" "sitio" "ciudad" "city" "colonia"
        "ubicacion";
    Admin1 = "admin1": "admin1" "adm1" "state" "estado" "entidad" "provincia" "province"
        "departamento";
    Admin2 = "admin2": "admin2" "adm2" "municipality" "municipio" "county" "condado" "alcaldia";
    Country = "country": "country" "pais";
    Actor1 = "actor1": "actor1" "sidea" "actora" "actor" "perpetrator" "perpetrador" "grupo"
        "group" "ladoa" "autor";
    Actor1Type = "actor1_type": "actor1type" "actortype" "tipoactor1" "tipodeactor1" "tipoactor";
    /// Others on the same side, separated by `;`.
    Actor1Allies = "actor1_allies": "actor1allies" "assocactor1" "aliados1";
    Actor2 = "actor2": "actor2" "sideb" "actorb" "target" "objetivo" "victim" "victima" "ladob";
    Actor2Type = "actor2_type": "actor2type" "tipoactor2" "tipodeactor2";
    Actor2Allies = "actor2_allies": "actor2allies" "assocactor2" "aliados2";
    DeathsLow = "deaths_low": "deathslow" "low" "lowest" "muertosmin" "muertosminimo" "minimo";
    DeathsBest = "deaths_best": "deathsbest" "best" "deaths" "fatalities" "killed" "dead" "muertos"
        "muertes" "fallecidos" "fallecimientos" "victimasmortales" "defunciones" "homicidios";
    DeathsHigh = "deaths_high": "deathshigh" "high" "highest" "muertosmax" "muertosmaximo" "maximo";
    Narrative = "narrative": "narrative" "notes" "description" "descripcion" "narrativa" "notas"
        "relato" "resumen" "summary" "details" "detalles" "hechos" "observaciones" "texto" "text";
    NarrativeEs = "narrative_es": "narrativees" "descripciones" "noteses";
    Source = "source": "source" "fuente" "publisher" "medio" "sources" "fuentes";
    SourceTitle = "source_title": "sourcetitle" "sourceheadline" "titulofuente"
        "titulodelafuente";
    SourceDate = "source_date": "sourcedate" "fechafuente" "fechadelafuente"
        "publicationdate" "fechapublicacion" "fechadepublicacion";
    SourceUrl = "source_url": "sourceurl" "url" "link" "enlace" "liga" "vinculo";
    SourceLanguage = "source_language": "sourcelanguage" "language" "idioma" "lang";
    /// Both halves of the Admiralty code in one, such as `B2`.
    Grade = "grade": "grade" "grado" "calificacion";
    Reliability = "reliability": "reliability" "confiabilidad" "fiabilidad";
    Credibility = "credibility": "credibility" "credibilidad";
    /// Which of two deliveries of a row is newer, such as a Unix time; a whole number.
    Version = "version": "version" "revision";
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
        use Field::{Coordinates, Id, Lat, Lon, Version};
        !matches!(self, Id | Lon | Lat | Coordinates | Version)
    }

    /// Whether a value for all rows of one file is most likely not that of the next: Tuesday's
    /// checkpoints are not of Monday.
    #[must_use]
    pub const fn is_of_one_file(self) -> bool {
        matches!(
            self,
            Field::Start | Field::End | Field::Time | Field::SourceDate
        )
    }
}

/// A column name as it is compared: lower case, without accents, and letters and digits only.
#[must_use]
pub fn normal(name: &str) -> String {
    // Labels of a million rows come through here, nearly all of them plain ASCII.
    let letters = name.chars().filter(|c| c.is_alphanumeric());
    match name.is_ascii() {
        true => letters.map(|c| c.to_ascii_lowercase()).collect(),
        false => fold(&letters.collect::<String>()),
    }
}

/// The name of a column, ready to be compared.
pub struct ColumnName {
    /// As [`normal`] writes it.
    pub normal: String,
    /// Whether it may have been cut: Shapefiles have ten bytes for it.
    is_cut: bool,
}

impl ColumnName {
    const CUT_BYTES: usize = 10;

    pub fn all(columns: &[String]) -> Vec<ColumnName> {
        let name = |column: &String| ColumnName {
            normal: normal(column),
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
