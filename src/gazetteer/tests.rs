use super::*;

fn found(place: &str, admin2: &str, admin1: &str, country: &str) -> String {
    let places = PlaceNames {
        place: place.to_owned(),
        admin2: admin2.to_owned(),
        admin1: admin1.to_owned(),
        country: country.to_owned(),
    };
    match find(&places) {
        Match::One(city) => city.label(),
        Match::Several(cities) => format!("{} cities", cities.len()),
        Match::None => "-".to_owned(),
    }
}

#[test]
fn the_list_is_whole() {
    let all = &GAZETTEER.cities;
    assert!(all.len() > 60_000, "{}", all.len());
    for city in all {
        assert!(
            city.lat.abs() <= 90.0 && city.lon.abs() <= 180.0,
            "{city:?}"
        );
        assert!(country_code(city.country).is_some(), "{city:?}");
        let known = ["MX", "US"].contains(&city.country);
        assert!(known || city.state.is_empty(), "{city:?}");
    }
}

#[test]
fn names_find_their_city() {
    let nuevo_laredo = "Nuevo Laredo, Tamaulipas, Mexico (GeoNames)";
    for (place, admin2, admin1, country) in [
        ("Nuevo Laredo", "", "Tamaulipas", "Mexico"),
        ("NUEVO LAREDO", "", "", "México"),
        ("Colonia Madero", "Nuevo Laredo", "Tamps.", ""),
        ("Puente 2", "Nuevo Laredo", "Tamaulipas", "MEX"),
        // Neighbourhoods called like towns elsewhere in the state.
        ("Victoria", "Nuevo Laredo", "Tamaulipas", "México"),
        ("Madero", "NUEVO LAREDO", "Tamaulipas", "México"),
    ] {
        assert_eq!(
            found(place, admin2, admin1, country),
            nuevo_laredo,
            "{place}"
        );
    }
    for (admin2, admin1, wanted) in [
        (
            "Acapulco",
            "Guerrero",
            "Acapulco de Juárez, Guerrero, Mexico (GeoNames)",
        ),
        (
            "Municipio de Reynosa",
            "Tamps",
            "Reynosa, Tamaulipas, Mexico (GeoNames)",
        ),
    ] {
        assert!(
            found("", admin2, admin1, "").starts_with(&wanted[..6]),
            "{}",
            found("", admin2, admin1, "")
        );
    }
    assert_eq!(
        found("Laredo", "", "TX", "US"),
        "Laredo, Texas, United States (GeoNames)"
    );
    for (place, state) in [
        ("Ciudad Juárez", "Chihuahua"),
        ("Heroica Matamoros", "Tamaulipas"),
        ("Matamoros", "Tamaulipas"),
        ("Cd. Victoria", "Tamaulipas"),
        ("Acapulco", "Guerrero"),
        ("Xalapa", "Veracruz de Ignacio de la Llave"),
        ("Ciudad de México", "CDMX"),
        ("Toluca", "México"),
    ] {
        let label = found(place, "", state, "Mexico");
        assert!(label.ends_with("Mexico (GeoNames)"), "{place}: {label}");
    }
    assert_eq!(found("Nowhere at all", "", "", ""), "-");
    assert_eq!(found("Nuevo Laredo", "", "", "Ruritania"), "-");
}

#[test]
fn a_name_of_many_is_not_guessed() {
    let places = PlaceNames {
        place: "Guadalupe".to_owned(),
        country: "Mexico".to_owned(),
        ..PlaceNames::default()
    };
    let Match::Several(cities) = find(&places) else {
        panic!("{:?}", find(&places));
    };
    assert!(cities.len() > 3);
    assert!(cities.is_sorted_by(|a, b| a.population >= b.population));
}
