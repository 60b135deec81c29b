//! Well-known text of coordinate reference systems (OGC 01-009, ISO 19162, and what ESRI makes of
//! the former): read into nodes, and those as the parameters that projections are computed from.

/// Brackets deeper than this are no reference system.
const MOST_DEPTH: usize = 20;
const MOST_BYTES: usize = 64 << 10;

/// `NAME["text", 1.5, CHILD[…]]`
#[derive(Debug, Default)]
struct Node {
    name: String,
    texts: Vec<String>,
    numbers: Vec<f64>,
    nodes: Vec<Node>,
}

/// What a reference system says of itself.
#[derive(Debug, PartialEq)]
pub struct Wkt {
    pub name: String,
    /// Code in the EPSG's registry.
    pub epsg: Option<u32>,
    /// As PROJ writes it; `None` where a part of it is not known here.
    pub proj: Option<String>,
}

/// `None` where the text is no reference system.
pub fn read(text: &str) -> Option<Wkt> {
    let root = parse(text.get(..MOST_BYTES.min(text.len()))?)?;
    let kind = root.name.to_ascii_uppercase();
    if kind == "BOUNDCRS" {
        let source = root.find("SOURCECRS")?;
        return source.nodes.first().map(described);
    }
    let known = [
        "PROJCS",
        "GEOGCS",
        "PROJCRS",
        "GEOGCRS",
        "GEODCRS",
        "PROJECTEDCRS",
    ];
    known.contains(&kind.as_str()).then(|| described(&root))
}

fn described(root: &Node) -> Wkt {
    let epsg = ["AUTHORITY", "ID"].iter().find_map(|key| {
        let id = root.find(key)?;
        let code = id.texts.get(1).and_then(|code| code.parse().ok());
        let code = code.or_else(|| id.numbers.first().map(|code| *code as u32));
        code.filter(|_| {
            id.texts
                .first()
                .is_some_and(|who| who.eq_ignore_ascii_case("EPSG"))
        })
    });
    Wkt {
        name: root.texts.first().cloned().unwrap_or_default(),
        epsg,
        proj: proj(root),
    }
}

/// Lower case, letters and digits alone: writers differ in all else.
fn plain(name: &str) -> String {
    let kept = name.chars().filter(char::is_ascii_alphanumeric);
    kept.map(|c| c.to_ascii_lowercase()).collect()
}

fn proj(root: &Node) -> Option<String> {
    let geographic = root
        .find("GEOGCS")
        .or_else(|| root.find("BASEGEOGCRS"))
        .or_else(|| root.find("BASEGEODCRS"))
        .unwrap_or(root);
    let datum = datum(geographic)?;
    let Some(method) = root.find("PROJECTION").or_else(|| {
        let conversion = root.find("CONVERSION")?;
        conversion.find("METHOD")
    }) else {
        return Some(format!("+proj=longlat {datum} +no_defs"));
    };
    let method = plain(method.texts.first()?);
    if method.contains("pseudomercator") || method == "mercatorauxiliarysphere" {
        let sphere = "+proj=merc +a=6378137 +b=6378137 +lat_ts=0 +lon_0=0 +x_0=0 +y_0=0 +k=1";
        return Some(format!("{sphere} +units=m +nadgrids=@null +no_defs"));
    }
    let method = match method.as_str() {
        "transversemercator" | "gausskruger" => "tmerc",
        "lambertconformalconic"
        | "lambertconformalconic1sp"
        | "lambertconformalconic2sp"
        | "lambertconicconformal1sp"
        | "lambertconicconformal2sp" => "lcc",
        "albers" | "albersconicequalarea" | "albersequalarea" => "aea",
        "mercator" | "mercator1sp" | "mercatorvarianta" => "merc",
        "lambertazimuthalequalarea" => "laea",
        _ => return None,
    };
    let unit_m = root.unit_m()?;
    let mut text = format!("+proj={method}");
    let conversion = root.find("CONVERSION").unwrap_or(root);
    let given = conversion
        .nodes
        .iter()
        .filter(|n| n.name.eq_ignore_ascii_case("PARAMETER"));
    let (mut has_lat_0, mut lat_1) = (false, None);
    for parameter in given {
        let (name, value) = (parameter.texts.first()?, *parameter.numbers.first()?);
        let key = match plain(name).as_str() {
            "falseeasting" | "eastingatfalseorigin" => "x_0",
            "falsenorthing" | "northingatfalseorigin" => "y_0",
            "centralmeridian"
            | "longitudeofcenter"
            | "longitudeoforigin"
            | "longitudeofnaturalorigin"
            | "longitudeoffalseorigin" => "lon_0",
            "latitudeoforigin"
            | "latitudeofcenter"
            | "latitudeofnaturalorigin"
            | "latitudeoffalseorigin" => "lat_0",
            "standardparallel1" | "latitudeof1ststandardparallel" => "lat_1",
            "standardparallel2" | "latitudeof2ndstandardparallel" => "lat_2",
            "scalefactor" | "scalefactoratnaturalorigin" => "k_0",
            _ => return None,
        };
        has_lat_0 |= key == "lat_0";
        if key == "lat_1" {
            lat_1 = Some(value);
        }
        // PROJ takes offsets in metres.
        let value = if matches!(key, "x_0" | "y_0") {
            value * unit_m
        } else {
            value
        };
        text.push_str(&format!(" +{key}={value}"));
    }
    if let (false, Some(lat)) = (has_lat_0, lat_1) {
        text.push_str(&format!(" +lat_0={lat}"));
    }
    Some(format!("{text} +to_meter={unit_m} {datum} +no_defs"))
}

/// The shape of the Earth and how it lies to WGS 84; `None` where that is not said, for a guess
/// may be off by hundreds of metres.
fn datum(geographic: &Node) -> Option<String> {
    let datum = geographic
        .find("DATUM")
        .or_else(|| geographic.find("ENSEMBLE"))?;
    let ellipsoid = datum.find("SPHEROID").or_else(|| datum.find("ELLIPSOID"))?;
    let [a, rf] = ellipsoid.numbers.get(..2)?.try_into().ok()?;
    let degree = geographic
        .find("UNIT")
        .and_then(|unit| unit.numbers.first());
    let greenwich = geographic.find("PRIMEM").and_then(|p| p.numbers.first());
    if !(6.3e6..6.4e6).contains(&a)
        || !(290.0..310.0).contains(&rf)
        || degree.is_some_and(|d| (d - 1_f64.to_radians()).abs() > 1e-9)
        || greenwich.is_some_and(|at| *at != 0.0)
    {
        return None;
    }
    let shape = format!("+a={a} +rf={rf}");
    if let Some(shift) = datum.find("TOWGS84") {
        let numbers: Vec<String> = shift.numbers.iter().map(f64::to_string).collect();
        return matches!(numbers.len(), 3 | 7)
            .then(|| format!("{shape} +towgs84={}", numbers.join(",")));
    }
    let names = [&datum.texts, &geographic.texts];
    let names = names.into_iter().filter_map(|texts| texts.first());
    let near: Vec<Near> = names.filter_map(|name| near_wgs84(&plain(name))).collect();
    if near.contains(&Near::Itself) {
        return Some("+datum=WGS84".to_owned());
    }
    near.first().map(|_| format!("{shape} +towgs84=0,0,0"))
}

#[derive(PartialEq)]
enum Near {
    Itself,
    /// Within two metres.
    Close,
}

/// How near to WGS 84 the datum of this name lies; `None` where it may be far.
fn near_wgs84(name: &str) -> Option<Near> {
    const ITSELF: [&str; 3] = ["wgs1984", "wgs84", "worldgeodeticsystem1984"];
    const CLOSE: [&str; 10] = [
        "nad1983",
        "nad83",
        "northamericandatum1983",
        "northamerican1983",
        "mexicoitrf",
        "itrf",
        "sirgas",
        "etrs1989",
        "etrs89",
        "europeanterrestrialreferencesystem1989",
    ];
    let bare = name
        .strip_prefix("gcs")
        .or_else(|| name.strip_prefix('d'))
        .unwrap_or(name);
    let starts = |all: &[&str]| all.iter().any(|start| bare.starts_with(start));
    if starts(&ITSELF) {
        Some(Near::Itself)
    } else {
        starts(&CLOSE).then_some(Near::Close)
    }
}

impl Node {
    fn find(&self, name: &str) -> Option<&Node> {
        self.nodes
            .iter()
            .find(|node| node.name.eq_ignore_ascii_case(name))
    }

    /// Metres in a unit of the axes.
    fn unit_m(&self) -> Option<f64> {
        let axis = || self.find("AXIS")?.find("LENGTHUNIT");
        let unit = self
            .find("UNIT")
            .or_else(|| self.find("LENGTHUNIT"))
            .or_else(axis);
        let metres = *unit?.numbers.first()?;
        (1e-3..1e4).contains(&metres).then_some(metres)
    }
}

/// Reads nodes with a stack of its own, no deeper than [`MOST_DEPTH`].
fn parse(text: &str) -> Option<Node> {
    let mut open: Vec<Node> = Vec::new();
    let mut word = String::new();
    let mut chars = text
        .trim_matches(['\0', '\u{feff}'])
        .trim()
        .chars()
        .peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' => {
                let mut quoted = String::new();
                loop {
                    match chars.next()? {
                        '"' if chars.peek() == Some(&'"') => {
                            chars.next();
                            quoted.push('"');
                        }
                        '"' => break,
                        c => quoted.push(c),
                    }
                }
                open.last_mut()?.texts.push(quoted);
            }
            '[' | '(' => {
                if open.len() == MOST_DEPTH {
                    return None;
                }
                open.push(Node {
                    name: std::mem::take(&mut word).trim().to_owned(),
                    ..Node::default()
                });
            }
            ',' | ']' | ')' => {
                let word = std::mem::take(&mut word);
                if let Ok(number) = word.trim().parse::<f64>() {
                    if !number.is_finite() {
                        return None;
                    }
                    open.last_mut()?.numbers.push(number);
                }
                if c != ',' {
                    let done = open.pop()?;
                    match open.last_mut() {
                        Some(outer) => outer.nodes.push(done),
                        None => return Some(done),
                    }
                }
            }
            c => word.push(c),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_programs_write_beside_shapefiles() {
        // ESRI's for Mexico ITRF2008 / LCC, as GDAL writes it.
        let text = r#"PROJCS["Mexico_ITRF2008_LCC",GEOGCS["GCS_Mexico_ITRF2008",DATUM["D_Mexico_ITRF2008",SPHEROID["GRS_1980",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Lambert_Conformal_Conic"],PARAMETER["False_Easting",2500000.0],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",-102.0],PARAMETER["Standard_Parallel_1",17.5],PARAMETER["Standard_Parallel_2",29.5],PARAMETER["Latitude_Of_Origin",12.0],UNIT["Meter",1.0]]"#;
        let wkt = read(text).unwrap();
        assert_eq!(
            wkt.proj.unwrap(),
            "+proj=lcc +x_0=2500000 +y_0=0 +lon_0=-102 +lat_1=17.5 +lat_2=29.5 +lat_0=12 \
             +to_meter=1 +a=6378137 +rf=298.257222101 +towgs84=0,0,0 +no_defs"
        );
        let degrees = r#"GEOGCS["GCS_WGS_1984",DATUM["D_unknown",SPHEROID["WGS84",6378137,298.257223563]],PRIMEM["Greenwich",0],UNIT["Degree",0.017453292519943295]]"#;
        let found = read(degrees).unwrap().proj.unwrap();
        assert_eq!(found, "+proj=longlat +datum=WGS84 +no_defs");
        let coded = r#"PROJCS["x",AUTHORITY["EPSG","32614"]]"#;
        assert_eq!(read(coded).unwrap().epsg, Some(32_614));
        let later = r#"PROJCRS["WGS 84 / UTM zone 14N",ID["EPSG",32614]]"#;
        assert_eq!(read(later).unwrap().epsg, Some(32_614));
    }

    #[test]
    fn what_is_not_known_is_not_guessed() {
        let clarke = r#"GEOGCS["GCS_North_American_1927",DATUM["D_North_American_1927",SPHEROID["Clarke_1866",6378206.4,294.9786982]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]"#;
        assert_eq!(read(clarke).unwrap().proj, None);
        let deep = "A[".repeat(100_000);
        for text in [
            "",
            "GEOGCS",
            "GEOGCS[",
            "GEOGCS[\"x",
            "]",
            &deep,
            "LOCAL_CS[\"x\"]",
        ] {
            assert_eq!(read(text), None, "{}", &text[..text.len().min(20)]);
        }
    }
}
