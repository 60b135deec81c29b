#!/bin/sh
# Asks GDAL what it makes of a case: tests/ogr.sh PATH/TO/atalaya
# Needs ogrinfo (Debian: gdal-bin). Fails on any warning, and where counts or extents differ from ours.
set -eu

program=$1
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
case_file=$folder/case.gpkg

"$program" --lang en demo "$case_file"
"$program" --lang en count "$case_file" --format csv > "$folder/count.csv"
before=$(sha256sum < "$case_file")

fail() {
    echo "ogr.sh: $1" >&2
    exit 1
}

# GDAL's own check of the standard's demands comes with reading; -ro leaves the file alone.
ogrinfo -ro -al -so "$case_file" > "$folder/summary.txt" 2>&1 || fail "ogrinfo could not read the case"
ogrinfo -ro -q "$case_file" -sql "SELECT min(ST_MinX(geom)) AS west, min(ST_MinY(geom)) AS south, max(ST_MaxX(geom)) AS east, max(ST_MaxY(geom)) AS north FROM incident" \
    > "$folder/extent.txt" 2>&1 || fail "ogrinfo could not query the case"
ogrinfo -ro -q "$case_file" -spat -99.6 27.4 -99.4 27.5 incident > "$folder/window.txt" 2>&1 || fail "ogrinfo could not use the index"
# GDAL before 3.7 says of every GeoPackage 1.4 that it knows versions up to 1.3; that is about GDAL.
if grep -hiE 'warning|error' "$folder"/*.txt | grep -v '10400, v1.4.0.*may only be partially supported'; then
    fail "GDAL complains"
fi

# Of one layer: the lines from its name to the next one.
layer() { awk -v name="Layer name: $1" '/^Layer name: /{on = ($0 == name)} on' "$folder/summary.txt"; }
count() { layer "$1" | sed -n 's/^Feature Count: //p'; }

incidents=$(sed -n '2s/,.*//p' "$folder/count.csv")
[ "$(count incident)" = "$incidents" ] || fail "incidents: $(count incident), not $incidents"
[ "$(count territory)" = 4 ] || fail "territories: $(count territory), not 4"
for table in setting dataset import reject actor source series; do
    layer "$table" | grep -q '^Feature Count: ' || fail "no table $table"
done
layer incident | grep -q '^Geometry: Point' || fail "incidents are not points"
layer territory | grep -q '^Geometry: Multi Polygon' || fail "territories are not multipolygons"
layer movement | grep -q '^Geometry: Multi Line String' || fail "movements are not lines"
layer place | grep -q '^Geometry: Point' || fail "places are not points"
layer incident | grep -q 'start_date: Date' || fail "start_date is not a date"

# Both sides to six decimals: what gpkg_contents says, and what the points say.
told=$(layer incident | sed -n 's/^Extent: (\(.*\), \(.*\)) - (\(.*\), \(.*\))$/\1 \2 \3 \4/p' | awk '{printf "%.6f %.6f %.6f %.6f", $1, $2, $3, $4}')
found=$(awk -F' = ' '/west|south|east|north/ {printf "%s%.6f", sep, $2; sep = " "}' "$folder/extent.txt")
[ "$told" = "$found" ] || fail "extent: told $told, found $found"
grep -q 'external_id (String) = NL-003' "$folder/window.txt" || fail "NL-003 is not found through the index"
[ "$before" = "$(sha256sum < "$case_file")" ] || fail "reading changed the case"
echo "ogr.sh: GDAL reads the case: $incidents incidents, 4 territory estimates, extent $told"
