# English. Keys are grouped by where they are seen; es.ftl has the same keys.

## Kinds, groups and marks
kind-armed_violence = Armed violence
kind-gun_battle = Gun battle
kind-ambush = Ambush
kind-attack_civilians = Attack on civilians
kind-homicide = Homicide
kind-bodies_displayed = Bodies displayed
kind-explosive = Explosive
kind-car_bomb = Car bomb
kind-drone_strike = Drone strike
kind-grenade_mine = Grenade or mine
kind-explosion_other = Other explosion
kind-coercion = Coercion
kind-abduction = Abduction
kind-disappearance = Disappearance
kind-extortion = Extortion
kind-threat = Threat or propaganda
kind-blockade = Blockade
kind-state_action = State action
kind-arrest = Arrest
kind-rescue = Rescue
kind-raid = Raid
kind-seizure_mark = Seizure
kind-seizure = Seizure
kind-laboratory = Laboratory destroyed
kind-deployment = Deployment
kind-recon_flight = Reconnaissance flight
kind-extradition = Extradition or transfer
kind-unrest = Unrest
kind-protest = Protest
kind-riot = Riot
kind-prison_incident = Prison incident
kind-context = Context
kind-policy = Policy
kind-infrastructure = Infrastructure
kind-statement = Statement
kind-other = Other

## Actor types
actor-cartel_or_gang = cartel or gang
actor-military = military
actor-police = police
actor-government = government
actor-armed_civilians = armed civilians
actor-civilians = civilians
actor-foreign_state = foreign state
actor-unknown = unknown

## Precision in words
place-exact = exact place
place-near = near the place named
place-municipality = municipality known
place-state = state known
place-country = country known
time-minute = minute known
time-hour = hour known
time-day = day known
time-week = week known
time-month = month known
time-year = year known

## Territory
relation-controls = controls
relation-contests = contests
relation-present = present
relation-influences = influences
relation-operates_in_ungoverned_area = operates in ungoverned area

## Admiralty code
reliability-A = completely reliable
reliability-B = usually reliable
reliability-C = fairly reliable
reliability-D = not usually reliable
reliability-E = unreliable
reliability-F = reliability cannot be judged
credibility-1 = confirmed by other sources
credibility-2 = probably true
credibility-3 = possibly true
credibility-4 = doubtful
credibility-5 = improbable
credibility-6 = truth cannot be judged

## Dates
month-1 = Jan
month-2 = Feb
month-3 = Mar
month-4 = Apr
month-5 = May
month-6 = Jun
month-7 = Jul
month-8 = Aug
month-9 = Sep
month-10 = Oct
month-11 = Nov
month-12 = Dec
weekday-1 = Mon
weekday-2 = Tue
weekday-3 = Wed
weekday-4 = Thu
weekday-5 = Fri
weekday-6 = Sat
weekday-7 = Sun

## Counts
n-incidents = { $n_count ->
    [one] { $n } incident
   *[other] { $n } incidents
}

## Problems with files
problem-file-missing = { $file }: there is no such file. Check the name and the folder.
problem-file-denied = { $file }: you are not allowed to open this file.
problem-file-is-folder = { $file } is a folder, not a file.
problem-file-io = { $file } could not be read or written: { $cause }.
problem-read-only-disk = { $file } is on a disk that cannot be written to.
problem-disk-full = The disk is full: { $file } was not changed. Free some space and try again.
problem-unwritten = { $file } could not be written: { $cause }. Nothing was changed there. Try again, or choose another folder.
problem-unwritten-denied = { $file } could not be written: you are not allowed to change its folder. Choose another folder.
problem-unwritten-full = { $file } could not be written: the disk is full. Nothing was changed there. Free some space and try again.
problem-unwritten-limit = { $file } could not be written: it is larger than files may be in this session (ulimit -f). Nothing was changed there. Raise the limit and try again.
problem-output-is-input = { $file } cannot be written: it is { $input }, which this is made from, or belongs to it. Choose another name.
problem-output-protected = { $file } is write-protected; it was not touched. Remove the protection, or choose another name.
problem-output-special = { $file } is not a regular file; it was not touched. Choose another name.

## Problems with a case
problem-file-exists = { $file } already exists; it was not touched. Choose another name.
problem-not-a-case = { $file } is not an Atalaya case. Open a .gpkg case, or import this file into one.
problem-case-newer = { $file } was made by a newer Atalaya (schema { $version }; this program knows { $known }). Update Atalaya to open it.
problem-case-damaged = { $file } is damaged: { $cause }. Restore it from a copy.
problem-case-foreign-code = { $file } was changed in a way that Atalaya does not trust: “{ $name }” is not as Atalaya makes it, and could run something when the case is read. It was not opened. Open a copy from before that change.
problem-case-unwritten = { $file } could not be written, and was not changed: { $cause }. Check the disk and the limit on the size of files (ulimit -f), and try again.
problem-case-layout = { $file } does not hold what a case of its version holds: { $cause }. Another program changed it, or it is damaged. Restore it from a copy.
problem-case-ids = { $file } has no ids left for new rows: another program used the largest number there is. Restore it from a copy.
problem-leftover = { $left } is left from an earlier { $file } and would be mixed into the new one. Remove it, or choose another name.
problem-case-foreign-change = { $file } was changed by another program while it was open: “{ $name }” is not as Atalaya makes it, and could run something. Nothing was saved. Close the case and open a copy from before that change.
problem-case-in-use = { $file } is open for writing in another window. Close that one, or look at it here without changing it.
problem-case-cannot-open = { $file } could not be opened. Check that the folder exists and that you may write to it.
problem-case-place = { $file } cannot be changed where it is: { $cause }. Copy it to a folder you may write to.
problem-opened-for-reading = { $file } was opened for reading only.
problem-file-special = { $file } is not a regular file. Choose a case file, not a pipe or a device.
problem-case-unfinished = { $file } was being written to when a program or the computer stopped, and there is no room beside it to show it as it was before: { $cause }. Open it in the window, or import into it, to restore it.
problem-case-names = { $file } has { $n } names (hard links). Changing it under one of them could damage it. Make a copy and change that.
problem-lock-in-the-way = { $lock } is in the way: { $file } cannot be changed while something that is not a lock file lies there. Remove or rename it.
problem-case-version = { $file } gives “{ $version }” as its schema version, which is not a version of Atalaya. Restore it from a copy.
problem-case-incomplete = { $file } is damaged: it lacks { $name }, which every case has. Restore it from a copy.
case-unfinished-title = An unfinished change was found
case-shown-as-before = { $file } was being written to when a program or the computer stopped. It is shown as it was before; opening it in the window or importing into it puts the file right.
case-restored = { $file } was being written to when a program or the computer stopped. It is as it was before that; import the last file again.
case-folded-in = { $file } had finished changes beside it that a stopped program left. They are in the file now.
problem-not-mbtiles = { $file } is not an MBTiles file.

## Checks of a case
check-integrity = File integrity
check-links = Links between tables
check-schema = Schema version
check-geopackage = GeoPackage 1.4 marks
check-incident-index = Spatial index of incidents
check-territory-index = Spatial index of territories
check-usable = Incidents without a usable place or date
check-imports = Imports whose rows are not all accounted for
check-unfinished = Unfinished changes beside the file
check-deaths = Incidents with impossible numbers of deaths
check-codes = Incidents with a kind, precision or grade that is not known
check-further = Incidents whose further columns cannot be read
check-territory-values = Territories with a relation, grade, share or date that cannot be read
check-territory-shapes = Territories without a readable shape
check-movement-shapes = Movements without a readable line
check-place-shapes = Places without a readable position
check-words = Words in the search index agree with the rows
check-free-pages = Free pages that still hold deleted content (VACUUM in an SQLite tool clears them)

## Command line
cli-demo-made = Made { $file } with { $nincidents_count ->
    [one] { $nincidents } incident
   *[other] { $nincidents } incidents
} and { $nterritories_count ->
    [one] { $nterritories } territory estimate
   *[other] { $nterritories } territory estimates
}. Open it with: atalaya { $file }
cli-imported = { $file } as { $profile } into { $dataset }: { $nread_count ->
    [one] { $nread } row read
   *[other] { $nread } rows read
}, { $added } added, { $updated } updated, { $unchanged } unchanged, { $rejected } rejected; { $deaths_count ->
    [one] { $deaths } death
   *[other] { $deaths } deaths
} (best estimate).
cli-reject-line = Line or feature { $line }: { $reason }
cli-more-rejects = … and { $n } more; atalaya check lists them with --format json.
cli-snapshot-made = Wrote { $file }
cli-ok = ok
cli-not-ok = NOT OK
cli-col-check = Check
cli-col-ok = Result
cli-col-found = Found
cli-col-import = Import
cli-col-dataset = Dataset
cli-col-file = File
cli-col-sha256 = SHA-256
cli-col-profile = Profile
cli-col-read = Read
cli-col-added = Added
cli-col-updated = Updated
cli-col-unchanged = Unchanged
cli-col-rejected = Rejected
cli-col-line = Line
cli-col-column = Column
cli-col-value = Value
cli-col-reason = Reason
cli-col-day = Day
cli-col-week = Week
cli-col-month = Month
cli-col-year = Year
cli-col-kind = Kind
cli-col-actor = Actor
cli-col-admin1 = State
cli-col-weekday = Weekday
cli-col-hour = Hour
cli-col-certainly_inside = Certainly inside
cli-col-possibly_inside = Possibly inside
cli-col-incidents = Incidents
cli-col-deaths_low = Deaths, low
cli-col-deaths_best = Deaths, best
cli-col-deaths_high = Deaths, high
cli-col-deaths_unknown = Deaths not reported
cli-col-id = Id
cli-col-start = Start
cli-col-end = End
cli-col-time_precision = Time precision
cli-col-title = Title
cli-col-place = Place
cli-col-country = Country
cli-col-lon = Longitude
cli-col-lat = Latitude
cli-col-place_precision = Place precision
cli-col-grade = Grade
cli-col-side_a = Side A
cli-col-side_b = Side B

## Problems with arguments
problem-dates-reversed = The first day ({ $from }) is after the last ({ $to }).
problem-date-argument = "{ $value }" is not a date. Write 2023-01-31, 2023-01 or 2023.
problem-no-such-kind = There is no kind "{ $value }". Known are: { $known }.
problem-no-such-actor = No actor of this case is called "{ $name }". atalaya count CASE --by actor lists them.
problem-no-such-dataset = This case has no dataset "{ $name }". It has: { $known }.
problem-bbox-argument = "{ $value }" is not a box. Write west,south,east,north in degrees, such as -118,14,-86,33.
problem-precision-argument = "{ $value }" is not a precision. Write exact, near, municipality, state or country.
problem-map-argument = "{ $value }" is not FIELD=COLUMN. Fields are: { $known }.
problem-output = The answer could not be written: { $cause }.
problem-done-untold = { $file } is written as asked; only the answer is missing.
problem-cancelled = { $file }: cancelled; nothing was changed.
problem-job-lost = The work ended without a result. This is a fault of Atalaya; please report it.
problem-case-not-sound = { $file } is not sound: see the lines above that are not ok.
## Import: files that cannot be read
problem-file-type = { $file } is of a type that is not read, or not what its name says: it looks like { $found }. Save it as CSV, XLSX or GeoJSON and load that.
problem-file-empty = { $file } is empty: there is nothing in it to load.
problem-csv-quote = { $file }, line { $line }, column { $column }: a quotation mark opens here and is never closed, so nothing was loaded. Close it, or remove it, and load the file again.
problem-full-cut-off = { $file }: a quotation mark is never closed, so the rest of the file was not read, and --full would retire what stands there. Nothing was loaded. Close the mark, or remove it, and load the file again.
problem-csv-stray-quote = { $file }: a quotation mark that opens in line { $line } is closed only lines further down, in the middle of a cell, so there are no column names to read. Remove it, or close it, and load the file again.
problem-csv-cell-long = { $file }, line { $line }, column { $column }: one cell holds more than 1 MB of text, so nothing was loaded. Check the delimiter and the quotation marks.
problem-json-cut = { $file } ends too early, at line { $line }, column { $column }: the rest is missing. Fetch or export the file again.
problem-json-syntax = { $file }, line { $line }, column { $column }: this is not valid JSON. Check what stands just before this place.
problem-json-value-big = { $file }, line { $line }, column { $column }: one value is larger than 64 MB or has more than 2 million parts. Split or simplify it.
problem-geojson-root = { $file }, line { $line }, column { $column }: a GeoJSON file starts with “{"{"}”, but this one does not. Export it as a FeatureCollection.
problem-geojson-features = { $file }, line { $line }, column { $column }: the list of “features” is missing or is not a list. Export it as a FeatureCollection.
problem-geojson-type = { $file }, line { $line }, column { $column }: this is JSON, but its “type” is not one of GeoJSON. Export it as a FeatureCollection.
problem-geojson-crs = { $file }, line { $line }, column { $column }: its coordinates are in { $crs }, and only WGS 84 (EPSG:4326) is read. Export it again in WGS 84.
problem-columns-missing = { $file }: no column was found for { $wanted }. The file has: { $found }. Rename a column or name it, for example --map { $field }=COLUMN.{ $undated ->
    [true] {" "}Or give all rows one date, for example --set date=2025-02-03.
   *[other] {""}
}{ $named ->
    [true] {" "}Or locate the rows by the names of their places, with --gazetteer.
   *[other] {""}
}
problem-map-column = { $file } has no column “{ $column }” for the field { $field }. The file has: { $found }.
problem-profile-unknown = There is no import profile “{ $profile }”. Choose one of: { $known }.
problem-acled-aggregate = { $file } holds ACLED aggregates: numbers of events by area and week or month, and no single events, so there is nothing to put on the map one by one. Download the event-level export instead.

## Import: what to know about a file
note-no-rows = { $file } has no rows: there was nothing to load.
note-encoding-guessed = { $file } does not name its encoding; it was read as { $encoding }. Check the accents.
note-encoding-damaged = { $file } was read as { $encoding }, but { $n_count ->
    [one] one character in it stands for nothing there: it is damaged and may show as �
   *[other] { $n } characters in it stand for nothing there: they are damaged and may show as �
}. Check the accents, or name the encoding.
note-encoding-open = { $file } does not name its encoding, and several give words: { $readings }. It was read as { $encoding }. If another one is right, take the import back with undo and load the file again with --encoding NAME.
note-dates-ambiguous = { $file }: dates such as 3/2/2025 were read as day/month/year; no date in the file tells which it is.
note-dates-mixed = { $file }: some dates read as day/month/year and some as month/day/year. The more frequent order was taken; dates that do not fit it are rejected.
note-clock-without-zone = { $n_count ->
    [one] { $n } row gives
   *[other] { $n } rows give
} a clock time without a time zone: the day was kept, and the time stays with the row as written.
note-deaths-bounds = { $n_count ->
    [one] { $n } row has
   *[other] { $n } rows have
} a best estimate of deaths outside of its own low and high: the best estimate was kept, the bound that contradicts it is taken as unknown and stays with the row as written.

## Import: rows that were not taken
reject-bad_count = “{ $value }” in column { $column } is not a whole number of persons.
reject-bad_date = “{ $value }” in column { $column } is not a date that can be read. Write it like 2025-02-03.
reject-bad_grade = “{ $value }” in column { $column } is not a grade: A to F for the source, 1 to 6 for the information.
reject-bad_geometry = The geometry cannot be read: { $value }
reject-bad_number = “{ $value }” in column { $column } is not a number that can be taken there.
reject-bad_properties = The properties of the feature are not an object: { $value }
reject-deaths_order = The numbers of deaths contradict each other: low must not be above best, nor best above high (column { $column }: { $value }).
reject-duplicate_id = “{ $value }” in column { $column } is the id of an earlier row of this file that says something else; the earlier one was kept.
reject-end_before_start = The end “{ $value }” in column { $column } lies before the start.
reject-feature_not_json = The feature is not valid JSON: { $value }
reject-geometry_not_taken = A geometry of type { $value } is not taken as one row: a point becomes an incident, lines a movement, polygons a territory estimate.
reject-no_actor = The area names no actor (column { $column }). It needs columns actor and relation, as the file of rejected rows can be given.
reject-no_date = There is no date in column { $column }.
reject-no_id = There is no id in column { $column }.
reject-no_position = There is no position (column { $column }: “{ $value }”). Empty and 0, 0 mean that it is not known.
reject-no_such_day = “{ $value }” in column { $column } is a day that does not exist.
reject-not_a_feature = This entry is not a GeoJSON feature: { $value }
reject-nul_byte = Column { $column } holds a NUL character: the row is damaged.
reject-out_of_range = “{ $value }” in column { $column } is not on Earth: longitude goes from −180 to 180, latitude from −90 to 90.
reject-ragged_row = The row has a different number of cells from the header ({ $value }). Check its delimiters and quotation marks.
reject-too_many_names = Column { $column } names { $value } actors, sources or related incidents; more than 1,000 in one row are not taken.
reject-too_many_cells = The row has more than { $value } cells. Check its delimiters and quotation marks.
reject-stray_quote = A quotation mark that opens in line { $value } is closed only lines further down, in the middle of a cell, so these lines were read as one row.
reject-open_quote = A quotation mark that opens in line { $value }, column { $column }, is never closed, so the file could not be read beyond the start of this row.
reject-cell_too_big = Column { $column } holds more than { $value } of text in one cell, which is more than is taken.
reject-ring_open = A ring of the area does not end where it starts: { $value }
reject-ring_short = A ring of the area has fewer than four positions: { $value }
reject-share_order = The high share “{ $value }” in column { $column } is below the low one.
reject-swapped = Latitude “{ $value }” in column { $column } is out of range: latitude and longitude look swapped.
reject-unknown_relation = Column { $column } (“{ $value }”) does not say how the actor stands to the area: controls, contests, present, influences, or operates in ungoverned area.
reject-unknown_code = “{ $value }” in column { $column } is not one of the values known there.

## Window: bar, menus, states
no-case = no case
case-menu = Case: { $name }
menu-open = Open a case…
menu-new = New case…
menu-demo = Open the Nuevo Laredo case
menu-import = Import…
menu-picture = Save a picture…
menu-help = Shortcuts and licences
bar-picture = Picture…
undo = Undo
redo = Redo
theme-light = Light colours
theme-dark = Dark colours
language-tip = Cambiar a español
read-only = read-only
search-hint = Search incidents, places, actors
cancel = Cancel
close = Close
ok = OK
empty-title = What do you want to look at?
empty-what = Open a case, make a new one and import your files, or look around in the example.
empty-open = Open a case…
nothing-known-title = Nothing of this case was known on { $date }
nothing-known-what = Its first file was received later. Choose a later day at the left, under “As known on this day”.
nothing-known-today = Show what is known today
no-rows-title = This case is empty
no-rows-what = Import a table, a KML, a GPX, a Shapefile or another file of the field, or drop it here. Columns of UCDP, ACLED, GDELT, GTD and SESNSP are known.
working-open = Opening { $file }
working-import = Importing
working-rows = { $n_count ->
    [one] { $n } row
   *[other] { $n } rows
}
import-done = Import finished
import-more-rejects = … and { $n_count ->
    [one] { $n } more rejected row
   *[other] { $n } more rejected rows
}: see Data.
picture-done = Picture saved
problem-title = That did not work
problem-no-case = Open or make a case first; then import into it.
problem-no-certificates = This machine has no certificates, so no online map can be trusted. Install the package ca-certificates.
problem-tiles-unreachable = The online map { $host } cannot be reached. Check the connection, or choose another map.
problem-tiles-slow = The online map { $host } does not send its tiles in time. Check the connection, or choose another map.
problem-tiles-busy = The online map { $host } asks to be left alone for a while. It is asked again later; until then, choose another map.
problem-tiles-status = The online map { $host } answers with error { $status }. Check the address, or choose another map.
problem-tiles-elsewhere = The online map { $host } redirects to another address, which is not followed. If you trust that address, enter it instead.
problem-tiles-too-big = The online map { $host } sends more than belongs to a tile. Check the address, or choose another map.
problem-tiles-no-image = The online map { $host } sends something other than PNG or JPEG images of up to 1,024 pixels a side. Check the address, or choose another map.
problem-picture-ending = { $file }: name the picture .png or .svg.
drop-here = Drop to open the case or import the files
typed-what = This system has no file dialog. Type the path of the file.
typed-path = Path of the file
no-window = No window can be opened: { $why } Writing { $file } instead; atalaya --help lists what works without a window.
no-window-display = there is no display.
no-window-driver = there is no graphics driver; the packages libvulkan1 mesa-vulkan-drivers or libegl1 would help.
no-window-library = a window library is missing; the packages libx11-xcb1 libxcursor1 libxi6 libxkbcommon-x11-0 would help.
no-window-headless = this program was built without one.
help-box = Drag on the map with Shift to select a box
help-escape = Close what is open, or clear the selection
help-licences = Atalaya: MIT or Apache-2.0. Type: Inter (OFL). Icons: Phosphor (MIT). Map: Natural Earth (public domain), GeoNames (CC BY 4.0). Municipalities of Mexico: INEGI (free use with attribution). Time zones: IANA (public domain).

## Window: left panel
tab-filter = Filter
tab-layers = Layers
tab-data = Data
fold-left = Fold this panel away
filter-what = What
filter-all = all
filter-only = Only { $name }
filter-fold = Fold { $name }
filter-unfold = Unfold { $name }
filter-who = Who
filter-actor-hint = Find an actor
filter-no-actor = No actor of that name
filter-where = Where
filter-everywhere = Everywhere
filter-how-sure = How sure
filter-precision-any = Any
filter-uncertain-dates = include uncertain dates
filter-min-deaths = Deaths, at least
filter-datasets = Datasets
layers-shown = Shown on the map
layers-basemap = Basemap
layers-online = Online maps
online-warning = An online map tells its owner where you look. Nothing is sent until you choose one.
basemap-builtin = Built-in map
basemap-none = No map
basemap-file = A file of tiles…
basemap-osm = OpenStreetMap
basemap-address = Address of another map
basemap-use-address = Use this address
basemap-bad-address = The address starts with https:// and holds { "{z}" }, { "{x}" } and { "{y}" }.
data-indexing = Words are being made ready to search: { $percent } %. Until then searching is slower.
data-datasets = Datasets
data-imports = Imports
data-counts = { $nread_count ->
    [one] { $nread } row read
   *[other] { $nread } rows read
}: { $added } added, { $updated } updated, { $unchanged } unchanged, { $rejected } rejected
data-rejects = { $n_count ->
    [one] { $n } row could not be used
   *[other] { $n } rows could not be used
}
n-territories = { $n_count ->
    [one] { $n } territory estimate
   *[other] { $n } territory estimates
}
n-deaths = { $n_count ->
    [one] { $n } death
   *[other] { $n } deaths
}

## Window: map
map-name = Map
map-zoom-in = Zoom in
map-zoom-out = Zoom out
map-home = Show all that is filtered
map-draw-box = Draw a box to filter by
map-many-here = { $n_count ->
    [one] { $n } incident here: click to select it
   *[other] { $n } incidents here: click to select them
}
map-more-here = and { $n } more here: click for the list
attribution-builtin = Natural Earth, GeoNames · offline
attribution-none = no map · offline
attribution-file = { $file } · offline
attribution-osm = © OpenStreetMap contributors · online
attribution-online = { $host } · online
legend-territory = Territory, estimates
legend-contested = contested
legend-incidents = Incidents in view
legend-ring = somewhere inside the ring
legend-lighter = day not known
legend-deaths = Deaths (best estimate)
chip-certain = certain dates only
chip-actors = { $n_count ->
    [one] { $n } actor
   *[other] { $n } actors
}
chip-box = in a box
chip-min-deaths = { $n_count ->
    [one] { $n } death or more
   *[other] { $n } deaths or more
}
chip-precision-exact = exact places only
chip-precision-near = near or better
chip-precision-municipality = municipality or better
chip-precision-state = state or better
chip-precision-country = country or better
chip-datasets = { $n_count ->
    [one] { $n } dataset
   *[other] { $n } datasets
}
chip-kinds = { $n_count ->
    [one] { $n } kind
   *[other] { $n } kinds
}
chip-remove = Remove: { $name }
counts-of = of { $ntotal_count ->
    [one] { $ntotal } incident
   *[other] { $ntotal } incidents
}
counts-deaths = deaths { $low }–{ $high }, best { $best }
counts-deaths-one = deaths { $best }
counts-deaths-unknown = deaths not reported
counts-select = List these incidents
no-match = No incident passes the filter
no-match-what = Take one of these off to see some:
no-match-without = Without { $name }: { $n_count ->
    [one] { $n } incident
   *[other] { $n } incidents
}
no-match-clear = Clear the whole filter

## Window: timeline
time-play = Play
time-pause = Pause
time-back = One step back
time-forward = One step forward
time-window = Window
time-cumulative = Cumulative
time-speed = { $n } × { $step } / s
time-speed-tip = Step and speed
time-step = Step
time-steps-a-second = Steps a second
step-day = day
step-week = week
step-month = month
step-year = year
time-all = All times
time-from = from { $date }
time-until = until { $date }
time-by-day = by day
time-by-week = by week
time-by-month = by month
time-by-year = by year
time-uncertain = { $n } only possibly in this time
time-zoom-in = Fewer days
time-zoom-out = More days
time-against-before = { $times } × the period before
time-peak-hour = most in an hour: { $n }, { $when }
time-peak-day = most in a day: { $n }, { $when }
time-peak-week = most: { $n }, { $when }
time-peak-month = most in a month: { $n }, { $when }
time-peak-year = most in a year: { $n }, { $when }
time-peak-decade = most in a decade: { $n }, { $when }
time-bars = Incidents over time
time-first-day = First day: { $date }
time-last-day = Last day: { $date }

## Window: inspector
inspector-empty-what = Click an incident on the map, or drag with Shift for several.
inspector-back = { $n_count ->
    [one] back to the one
   *[other] back to the { $n }
}
card-go-to = Show on the map
card-when = When
card-where = Where
card-who = Who
card-deaths = Deaths
card-within = within { $km } km
card-not-reported = not reported
card-and = and, on the other side
card-deaths-range = { $low } to { $high }, best estimate { $best }
card-account = Account
card-sources = Sources
card-no-source = The row names no source.
card-linked = Linked
card-other-columns = Other columns
card-source-kind = kind in the source
card-from = Where this row comes from
card-dataset = dataset { $dataset } · id { $id }
card-line = { $file }, line { $line }
card-import = import { $import }, { $date } · SHA-256 { $sha }…

## Layers
layer-territories = Territory estimates
layer-uncertainty_rings = Where the place is not exact
layer-incidents = Incidents
layer-selected = Selected incidents
layer-labels = Names

## Scale
scale-at-north = { $distance } at { $latitude }° N
scale-at-south = { $distance } at { $latitude }° S

## Problems with maps and pictures
problem-basemap-damaged = { $file } is not a PMTiles file, or it is damaged. Get the file again, or choose another.
problem-basemap-raster = { $file } holds images. Atalaya draws PMTiles files of vector tiles; choose one of those.
problem-picture-size = A picture of { $width } × { $height } px cannot be made. Choose a size between 1 and 16,384 px.
problem-picture = The picture could not be made: { $cause }.

## The page
page-headline-none = No matching incident in this map
page-headline-one = { $what }, { $period }
page-headline-only = { $what }: { $n } incidents, { $period }
page-headline-mixed = { $n } incidents, { $period }, { $share } { $what }
page-headline-state = { $finding }; { $share } in { $state }
page-deck = { $n_count ->
    [one] { $n } of the case’s { $all } incidents is
   *[other] { $n } of the case’s { $all } incidents are
} in this map, { $when }.
page-deck-none = { $all_count ->
    [one] The case holds { $all } incident, which does not match here.
   *[other] The case holds { $all } incidents, none of which match here.
}
page-deck-all = { $n_count ->
    [one] The one incident of the case, { $when }.
   *[other] All { $n } incidents of the case, { $when }.
}
page-deck-deaths = Deaths { $range } (best estimate { $best }).
page-key-incidents = Incidents, by kind
page-key-none = None.
page-key-deaths = { $n_count ->
    [one] { $n } death
   *[other] { $n } deaths
}
page-key-lighter = day not known
page-key-rings = place not exact: somewhere inside
page-key-territories = Territory, as estimated
page-key-contested = contested
page-key-more = and { $n } more
page-key-grade = Letter and number: reliability of the source, A–F, and credibility of the information, 1–6.
page-chart-day = Incidents a day, { $years }
page-chart-week = Incidents a week, { $years }
page-chart-month = Incidents a month, { $years }
page-chart-year = Incidents a year, { $years }
page-chart-peak = Peak { $when }: { $n }
page-unknown = What we don’t know
page-unknown-dates = { $n_count ->
    [one] One incident has no known day, only a span of days, a month or a year.
   *[other] { $n } incidents have no known day, only a span of days, a month or a year.
}
page-unknown-period = { $n_count ->
    [one] One may have happened outside the period.
   *[other] { $n } may have happened outside the period.
}
page-unknown-places = Places known only roughly: { $list }.
page-unknown-municipality = { $n } to the municipality
page-unknown-state = { $n } to the state
page-unknown-country = { $n } to the country
page-unknown-deaths = { $n_count ->
    [one] For one nobody reported deaths, which does not mean none.
   *[other] For { $n } nobody reported deaths, which does not mean none.
}
page-unknown-area-out = { $n_count ->
    [one] One is known only roughly and may lie outside the area.
   *[other] { $n } are known only roughly and may lie outside the area.
}
page-unknown-area-in = { $n_count ->
    [one] One more, known only roughly, may lie inside it.
   *[other] { $n } more, known only roughly, may lie inside it.
}
page-unknown-outside = { $n_count ->
    [one] One more matches but lies outside this map.
   *[other] { $n } more match but lie outside this map.
}
page-sources = Sources.
page-method = Method.
page-basemap = Natural Earth; GeoNames, CC BY 4.0
page-basemap-from = Map: { $source }
page-method-all = All incidents of the case.{ $value }
page-method-period = Dates { $value }.
page-method-from = From { $value }.
page-method-to = Until { $value }.
page-method-certain = Only dates that certainly fall in the period.{ $value }
page-method-possible = Dates that may fall in the period are included.{ $value }
page-method-kinds = Kinds: { $value }.
page-method-actors = Actors: { $value }.
page-method-bounds = Within { $value } (degrees).
page-method-text = Containing “{ $value }”.
page-method-deaths = At least { $value_count ->
    [one] { $value } death
   *[other] { $value } deaths
}.
page-method-precision = Precision of place: { $value } or better.
page-method-datasets = Datasets: { $value }.
page-method-symbols = Each symbol is one incident; its area grows with the best estimate of deaths. Incidents on one inexact place are set side by side.{ $value }
page-method-deaths-best = Deaths are sums of the low, best and high estimates; incidents without a figure add nothing.{ $value }
page-disclaimer = Boundaries and names do not imply endorsement. Web Mercator projection.
page-data-of = Data imported on { $date }.
page-made-with = Made with Atalaya { $version }

inspector-shown = Shown now
unknown-day = { $n_count ->
    [one] { $n } has no known day
   *[other] { $n } have no known day
}
unknown-place = { $n_count ->
    [one] { $n } has a place known only to the municipality or wider
   *[other] { $n } have a place known only to the municipality or wider
}
unknown-deaths = { $n_count ->
    [one] { $n } has no report of deaths, which does not mean none
   *[other] { $n } have no report of deaths, which does not mean none
}
unknown-grade = { $n_count ->
    [one] { $n } has a source whose reliability nobody judged
   *[other] { $n } have a source whose reliability nobody judged
}

key-space = Space
key-home = Home
key-shift = Shift
legend-title = Key
legend-fold = Fold the key
legend-unfold = Show the key

page-headline-plain = { $n } incidents, { $period }
page-deck-deaths-unknown = Deaths were not reported.

problem-busy = Something is still being opened or imported. Wait for it to end, or cancel it.
problem-csv-cells = { $file }, line { $line }: the row has more than { $ncells } cells. Check the delimiter and the quotes.

compass-n = N
compass-s = S
compass-e = E
compass-w = W
chip-text = “{ $text }”
unfold-left = Show the left panel
fold-timeline = Fold the timeline away
unfold-timeline = Show the timeline
help-timeline = Fold the timeline away, or show it
help-pick = Select what is in the middle of the map, while the map has the keyboard
key-enter = Enter

problem-no-folder = { $file }: the folder is not there. Make it first, or choose another.

# Many incidents: counts on the map and their key
number-thousands = { $n }k
number-millions = { $n }M
density-key-dot = Incidents in a dot, here { $width } wide
density-key-hexagon = Incidents in a hexagon about { $width } wide
density-key-cluster = Each circle counts the incidents around it; its ring shows their kinds.
density-key-mixed = Colours are mixed by the shares of the kinds.
density-key-deeper-light = Darker: more incidents, from { $least } to { $most }.
density-key-deeper-dark = Brighter: more incidents, from { $least } to { $most }.
legend-incidents-total = Incidents in view: { $n }
density-key-total = In view
layers-incidents = Incidents as
style-auto = Automatic
style-auto-hint = Symbols up to 20,000 in view, counts above
style-symbols = Symbols
style-symbols-hint = One for each incident, however many
style-density = Density
style-density-hint = Colour says how many lie at each point
style-hexagons = Hexagons
style-hexagons-hint = Counts in cells of equal area
style-clusters = Clusters
style-clusters-hint = Circles with the number of incidents around
layers-density-color = Colour of counts
density-color-ramp = Count
density-color-ramp-hint = Colour says how many
density-color-kind = Kind
density-color-kind-hint = Colour says which kinds, depth how many
layers-density-scale = Scale
density-scale-log = Log
density-scale-log-hint = Ten times as many is always the same step of colour
density-scale-equal-area = Equal area
density-scale-equal-area-hint = Each colour covers as much of the map: small differences show
page-key-counts = Incidents, how many
page-method-raster = The colour of each point says how many incidents lie in a dot around it; places are drawn where the source puts them.{ $value }
page-method-compare = The colour of each hexagon compares the incidents a day of the two times; an incident with an uncertain date may count in both.{ $value }
page-method-hexagons = The colour of each H3 hexagon says how many incidents lie in it; places are counted where the source puts them.{ $value }
page-method-clusters = Each circle counts the incidents around it, its size by the logarithm; single incidents have their symbol.{ $value }
page-method-log = Colours by logarithm: ten times as many is always the same step.{ $value }
page-method-equal-area = Colours by rank: each covers as much of the map.{ $value }

# The case at a million rows
check-columns = Kept columns agree with the rows
## Filter: options, areas, routes
layer-area = The area that is filtered by
filter-clear = Take off: { $name }
filter-list-these = { $n_count ->
    [one] List this one: { $name }
   *[other] List these { $n }: { $name }
}
filter-side-either = Either side
filter-side-a = Side A
filter-side-b = Side B
filter-admin = Country, state, municipality
filter-admin-hint = Find a place by name
filter-admin-unnamed = not named
filter-no-admin = No place of that name
filter-deaths = Deaths
filter-deaths-from = from
filter-deaths-to = to
filter-deaths-none = No deaths
filter-deaths-range = { $range_count ->
    [one] { $range } death
   *[other] { $range } deaths
}
filter-deaths-unknown = Not reported
filter-deaths-unknown-about = Incidents of which nobody gave a number: no bound lets them through
filter-max-deaths = Deaths, at most
filter-grade = Grade
filter-grade-any = Any, even not judged
filter-grade-best = { $code }: { $words }
filter-grade-at-least = { $code } or better: { $words }
filter-reliability = Reliability of the source
filter-credibility = Credibility of the information
area-box = Box
area-polygon = Polygon
area-circle = Circle
area-corridor = Corridor
area-file = Route…
area-import = Filter along the route of a file…
area-import-done = Route read
area-import-left-out = { $n_count ->
    [one] The file holds one more line or polygon that does not meet this one. It was left out; the longest was taken.
   *[other] The file holds { $n } more lines or polygons that do not meet this one. They were left out; the longest was taken.
}
area-radius = Radius
area-width = Width
area-each-side = Edge to edge: { $side } to each side of the line.
area-certain = { $n } certainly inside
area-possible = { $n } possibly inside
area-inside-tip = A place is known to some metres or kilometres. Certainly inside: the whole circle it may lie in. Possibly inside: a part of that circle. The filter goes by its middle.
area-go-to = Show on the map
area-typed = Places of an area
area-typed-hint = Monterrey – Nuevo Laredo, or lat, lon; …
area-find-ways = Find the ways by road
area-find-place = Look up this place
area-around = Around { $place }
area-way = { $km } by road
area-way-roads = { $roads }: { $km }
area-way-by = { $roads } by { $town }: { $km }
area-way-off = { $km } of it is straight, where the built-in map has no road.
area-make-circle = Circle of 25 km
area-make-corridor = Corridor of 10 km
area-make-polygon = Polygon
area-hint-box = Drag from one corner of the box to the other.
area-hint-polygon = Click the corners one after the other. A second click on the last one, or Enter, closes it; Backspace takes the last one back.
area-hint-circle = Press in the middle and drag outwards.
area-hint-corridor = Click the points of the line. A second click on the last one, or Enter, ends it; Backspace takes the last one back.
area-finish = Filter by this
chip-polygon = In a polygon of { $size }
chip-circle = Within { $radius } of { $at }
chip-corridor = Corridor { $width } wide, { $length } long
chip-side-a = Side A: { $name }
chip-side-b = Side B: { $name }
chip-admins = { $n_count ->
    [one] { $n } place
   *[other] { $n } places
}
chip-max-deaths = { $n_count ->
    [one] { $n } death or fewer
   *[other] { $n } deaths or fewer
}
chip-reliability = source { $code } or better
chip-credibility = information { $code } or better
page-method-area = { $value }
page-method-polygon = Within a polygon of { $n } corners and { $size }.
page-method-circle = Within { $radius } of { $at } (latitude, longitude).
page-method-corridor = Within a corridor { $width } wide along a line of { $length }.
page-method-side-a = First side: { $value }.
page-method-side-b = Second side: { $value }.
page-method-admin = In { $value }.
page-method-deaths-most = At most { $value_count ->
    [one] { $value } death
   *[other] { $value } deaths
}.
page-method-reliability = Reliability of the source: { $value } or better.
page-method-credibility = Credibility of the information: { $value } or better.

## Problems with routes and areas
problem-route-big = { $file } is larger than { $mb } MB: that is no route. Cut it to the part you need.
problem-route-type = { $file } is neither GPX nor GeoJSON. Export the route as one of these.
problem-route-points = { $file } has more than { $n } points. Simplify the line and try again.
problem-route-place = { $file }: “{ $value }” is not a place on Earth. Latitude goes from −90 to 90, longitude from −180 to 180.
problem-route-none = { $file } holds no track, route, line or polygon: waypoints alone make no route.
problem-route-geometry = { $file } has a geometry that cannot be read as a line or polygon. Export the route again.
problem-no-such-admin = No country, state or municipality of this case is called “{ $name }”.
problem-max-deaths = The least number of deaths ({ $least }) is above the most ({ $most }).
problem-grade-argument = “{ $value }” is not a grade. Write a letter A–F, a digit 1–6 or both, such as B2.
problem-area-argument = “{ $value }” is not an area. Write { $form }.
problem-areas = Only one area at a time: { $given }.
note-along-off = { $km } km of the way are straight: the built-in map has no road there.
problem-along-form = “{ $value }” does not name two places. Write a route as “Monterrey – Nuevo Laredo”; a place is a town, “Monterrey, Nuevo León”, or coordinates.
problem-along-place = No town called “{ $place }” is in the built-in list. Check the spelling, or give its coordinates.
problem-along-several = “{ $place }” stands for several towns: { $places }. Add the state or the country, as in “Monterrey, Nuevo León”.
problem-along-far = No built-in road lies within { $km } km of { $place }. Choose a town, or draw the corridor by hand.
problem-along-none = No built-in road leads from one place to the other. Draw the corridor by hand, or load a route from a file.
problem-along-by = No way found is “{ $by }”. Choose one of these by its number: { $ways }.
problem-width-argument = --width goes with --route, and is a number of kilometres above 0.
problem-width-polygon = { $file } holds a polygon, which has no width. Leave --width out.

## Time: hours to decades, two times side by side, clock and calendar
layer-compare = Two times compared
page-chart-decade = Incidents a decade, { $years }
time-by-hour = by hour
time-by-decade = by decade
time-certain-possible = { $certain } certainly, { $possible } at most; uncertain dates are spread over their days
time-bar-tip = Click: filter by these days. Drag: a longer time. Wheel: zoom
time-bar-tip-compare = Click or drag: B. With Shift: A. Wheel: zoom
time-select-bar = Select all that may lie in it
time-select-these = Select these
time-select-shown = { $n_count ->
    [one] Select the one in this time
   *[other] Select the { $n } in this time
}
time-select-before = { $n_count ->
    [one] Select the one of the time before
   *[other] Select the { $n } of the time before
}
time-select-deadly = Select those with deaths
time-shape-tip = Over time, or by clock and calendar
time-shape-over = Over time
time-shape-week = By weekday and hour
time-shape-year = By month of the year
time-of-day-known = time of day known
time-weekday-unknown = day not known: { $n }
time-hour-unknown = Hour not known
time-months-note = All years together; uncertain dates are spread over their days.
time-compare = Compare
time-compare-period = { $side }: year, month or days
time-compare-same = B has about as many { $what } as A
time-compare-more = B has { $n } % more { $what } than A
time-compare-fewer = B has { $n } % fewer { $what } than A
time-compare-many = B has { $n }× as many { $what } as A
time-compare-daily-same = about as many per day
time-compare-daily-more = { $n } % more per day
time-compare-daily-fewer = { $n } % fewer per day
time-compare-daily-many = { $n }× as many per day
time-compare-no-a = A has no { $what }
time-compare-kinds = By kind
compare-key = Incidents a day: A against B
compare-much-more-a = A: 4 times B or more
compare-more-a = A: 2 to 4 times B
compare-same = about the same
compare-more-b = B: 2 to 4 times A
compare-much-more-b = B: 4 times A or more
compare-deck = Incidents that pass the filter in each of the two times, on this map or not; by the day in colours.

# Table and inspector
table-name = Table
fold-table = Fold the table away
unfold-table = Show the table
help-table = Show the table of incidents, or fold it away
table-all = All shown ({ $n })
table-selected = Selected ({ $n })
table-columns = Columns
table-copy = Copy
table-copy-what = Copy the selected rows, or all rows of the table, to paste into a spreadsheet
table-copied = { $n_count ->
    [one] { $n } row copied
   *[other] { $n } rows copied
}
table-sort = Sort by this column; once more turns the order round
table-no-sort = This text stays in the case file and is read only for the rows on show, so rows cannot be sorted by it
table-scroll = Scroll through the rows
table-none-selected = None of these is selected. Select incidents on the map or in the timeline.
table-col-date = Date
table-col-kind = Kind
table-col-title = Title
table-col-place = Place
table-col-municipality = Municipality
table-col-state = State
table-col-country = Country
table-col-side_a = Side A
table-col-side_b = Side B
table-col-deaths = Deaths
table-col-precision = Place precision
table-col-grade = Grade
table-col-dataset = Dataset
table-col-id = Id
table-col-file = File
table-col-line = Line
table-deaths-low = Deaths, low
table-deaths-best = Deaths, best
table-deaths-high = Deaths, high
working-copy = Copying rows
problem-too-many-to-copy = { $n } rows are too many for the clipboard, which takes { $most } at most. Select fewer, or write them to a file with “atalaya list”.
inspector-widen = { $n_count ->
    [one] back to the one selected before
   *[other] back to { $n } selected before
}
inspector-previous = Previous of the selected
inspector-next = Next of the selected
inspector-place = { $at } of { $n }
summary-charts = Summary
summary-list = List
summary-kinds = What
summary-actors = Who
summary-states = In which state
summary-no-state = No state given
summary-all = { $n_count ->
    [one] that one
   *[other] all { $n }
}
summary-narrow = Select these alone
summary-list-cut = The first { $n } are listed here; the table has them all.
card-history = What earlier files said
card-history-first = The first that was heard of it
card-history-nothing = nothing
card-title-es = Title in Spanish
## Search, palette, bookmarks, measuring, actors
action-search = Search
action-palette = Find a command
action-clear-filter = Clear the whole filter, time included
action-select-none = Select nothing
action-fold-left = Fold the left panel, or show it
action-fold-right = Fold the right panel, or show it
action-basemap-builtin = Map below: built-in
action-basemap-none = Map below: none
action-basemap-file = Map below: a file of tiles…
action-theme = Light or dark colours
action-layer = Show or hide: { $name }
help-bookmarks = Go to a bookmark, first to ninth
palette-hint = Find a command
palette-none = No command of that name
search-coordinates = Coordinates
search-actors = Actors
search-places = Places
search-incidents = Incidents
search-text = Words
search-by-text = Filter by the words “{ $text }”
search-filter = Show only this
search-select = Select
search-on-map = on the map
search-outside = outside the filter
search-busy = Searching…
search-off-earth = These coordinates do not lie on Earth. Latitude goes from −90 to 90, longitude from −180 to 180.
search-unclear = As coordinates this can be read in no way or in several. Understood: 27.4763, -99.5164 · 27°28'34.7"N 99°30'59"W · 27 28.578 N 99 30.984 W · 14R 448983 3039298 · geo: links · addresses of web maps
pin-title = Place
pin-remove = Remove the mark
pin-copy = Copy { $text }
map-measure = Measure distance and area
measure-begin = Click on the map where to begin
measure-go-on = Click where to go on
measure-length = { $n_count ->
    [one] { $length }
   *[other] { $length } in { $n } legs
}
measure-area = Area { $area }, perimeter { $length }
measure-hint = Click the first point to close the shape, the last one to end. Backspace takes a point back, Esc ends.
measure-close = Close the shape
measure-copy = Copy the result
measure-anew = Begin anew
measure-end = End
bookmarks = Bookmarks
bookmarks-none = No view is kept yet. A bookmark keeps filter, map, layers and timeline.
bookmarks-read-only = The case is read-only: bookmarks last until it is closed.
bookmark-add = Bookmark this view
bookmark-go = Go to bookmark: { $name }
bookmark-rename = Rename { $name }
bookmark-update = Let { $name } be the view of now
bookmark-delete = Delete { $name }
bookmark-put-back = { $name } was deleted. Put it back
bookmark-name = Name of the bookmark
bookmark-unnamed = View
actors-title = Who against whom
actors-what = Incidents in which two stand on opposite sides, of those that pass the filter. Click a number for its incidents, a name to filter by it.
actors-close = Close who against whom
actors-table = Table
actors-network = Network
actors-none = None of the incidents shown names an actor.
actors-others = { $n_count ->
    [one] { $n } other
   *[other] { $n } others
}
actors-pair = { $n_count ->
    [one] { $a } against { $b }: { $n } incident
   *[other] { $a } against { $b }: { $n } incidents
}
actors-filter = Filter by { $name }

# Actions of the palette
action-polygon = Filter by a polygon drawn on the map
action-circle = Filter by a circle drawn on the map
action-corridor = Filter by a corridor along a line drawn on the map
action-next = Next of the selected incidents
action-previous = Previous of the selected incidents
action-style-auto = Show incidents as symbols, or counts where there are many
action-style-symbols = Show incidents as symbols
action-style-density = Show incidents as density
action-style-hexagons = Show incidents as hexagons
action-style-clusters = Show incidents as clusters

action-go-to-area = Show the area of the filter
reject-line_short = A line needs at least two positions: { $value }
problem-encoding-unknown = There is no encoding “{ $encoding }”. Name one such as utf-8, utf-16le, windows-1252 or macintosh.
problem-delimiter = A delimiter is one character such as , ; | or a tab.
problem-header-line = { $file } has no line { $line } to take the names of the columns from.
problem-zip-entries = { $file } is a zip file of { $n } entries; more than { $most } are not read.
problem-zip-bomb = { $file }: { $entry } grows out of all proportion when it is unpacked ({ $cause }), so nothing was loaded. A file made to do harm looks like this; ask who sent it.
problem-zip-damaged = { $file } is damaged or not what its name says ({ $entry }: { $cause }), so nothing was loaded. Ask for the file again.
profile-fit = { $all_count ->
    [one] its one column is
   *[other] { $known } of its { $all } columns are
} there

# Spreadsheets, shapefiles, GeoPackage, FlatGeobuf
problem-zip-foreign = { $file } is a zip file, but not one of those that are read: it holds { $entries }. Read are Excel (.xlsx) and OpenDocument (.ods) workbooks, KMZ files and zipped shapefiles; unpack anything else first.
problem-sheet-xml = { $file } is damaged: { $entry } cannot be read from byte { $at } on ({ $cause }), so nothing was loaded. Open it in a spreadsheet program and save it again.
problem-sheet-row = { $file } cannot be read at row { $line } of the sheet: { $cause }. Open it in a spreadsheet program and save it again.
problem-sheet-empty = The sheet “{ $sheet }” of { $file } is empty. Choose another one.
problem-layer = { $file } has no sheet or layer “{ $layer }”. It has: { $layers }.
problem-crs = { $file } is in the reference system “{ $crs }”, which cannot be converted to WGS 84 here without measured shifts or a formula that is not known. Export it in WGS 84 (EPSG:4326), for example with QGIS, and load that.
problem-crs-untold = { $file } does not say which reference system its coordinates are in (there is no .prj), and they are not degrees. Export it in WGS 84 (EPSG:4326) and load that.
problem-part-missing = { $file } lacks { $part }, which holds its columns. Put the file beside it: a shapefile is made of several files of one name.
problem-part-damaged = { $file }: { $part } is damaged ({ $cause }), so nothing was loaded. Ask for the files again.
problem-gpkg = { $file } cannot be read as a GeoPackage ({ $cause }), so nothing was loaded.
problem-gpkg-plain = { $file } is an SQLite database, but no GeoPackage with layers of features or attributes.
problem-gpkg-view = The layer “{ $layer }” of { $file } is a view or another table that runs code of its file; only plain tables are read. Export the layer to a new GeoPackage and load that.
problem-fgb = { $file } is damaged ({ $cause }), so nothing was loaded. Ask for the file again.
note-header-line = The names of the columns of { $file } were taken from row { $line } of the sheet; the rows above it are a title.
note-crs-converted = { $file } is in the reference system “{ $crs }”; its coordinates were converted to WGS 84.
note-crs-near = { $file } is in the reference system “{ $crs }”, which lies within two metres of WGS 84; its coordinates were taken as they are.
note-crs-untold = { $file } does not say which reference system its coordinates are in; they were read as degrees of WGS 84.

problem-known-on = { $file } is shown as it was known on { $date }, which is the past: nothing can be changed there. Take the day off first.
problem-received-future = { $date } is still to come: nothing can have been received on it.
problem-received-early = The last delivery of { $dataset } in the case was received on { $last }; one received on { $date } has to be imported before it. Undo the later ones first, or leave the day out.
problem-full-retires = { $file } would retire { $n } of the { $of_count ->
    [one] { $of } row
   *[other] { $of } rows
} that the case has of this dataset, so nothing was loaded. If it really is the whole dataset, import it with --full --force; if not, without --full.
problem-no-imports = { $file } has no imports.
problem-no-such-import = { $file } has no import { $id }. atalaya check lists them.
problem-undo-newer = Import { $id } cannot be undone yet: import { $later } ({ $file }) of the same dataset, { $dataset }, rests on it. Undo that one first.
problem-undo-history = Import { $id } cannot be undone: what { $n_count ->
    [one] { $n } row
   *[other] { $n } rows
} said before it was not kept.
note-older-rows = { $n_count ->
    [one] { $n } row is
   *[other] { $n } rows are
} older than what the case has and left it as it was.
note-rejected-without-id = { $n_count ->
    [one] { $n } rejected row has no id that can be read: what it stands for counts as missing from the file.
   *[other] { $n } rejected rows have no id that can be read: what they stand for counts as missing from the file.
}
note-retired = { $n_count ->
    [one] { $n } row that the file does not have any more was retired; it stays in history.
   *[other] { $n } rows that the file does not have any more were retired; they stay in history.
}
change-added = added
change-revised = revised
change-retired = retired
cli-no-changes = Nothing was received since then.
cli-changes-of = Import { $import }, received on { $date }: { $file } into { $dataset }; { $added } added, { $revised } revised, { $retired } retired.
cli-col-received = Received
cli-col-change = Change
cli-col-field = Field
cli-col-before = Before
cli-col-after = After
cli-rejects-written = { $n_count ->
    [one] { $n } rejected row
   *[other] { $n } rejected rows
} written to { $file }. Mend them there and import the file with the same --dataset.
cli-undone = Import { $id } ({ $file }) is undone: { $removed_count ->
    [one] { $removed } row
   *[other] { $removed } rows
} removed, { $restored } as { $restored_count ->
    [one] it was
   *[other] they were
} before, { $rejects_count ->
    [one] { $rejects } reject
   *[other] { $rejects } rejects
} dropped.
cli-undo-would = Undoing import { $id } ({ $file } into { $dataset }, { $date }) removes { $removed_count ->
    [one] { $removed } row
   *[other] { $removed } rows
}, restores { $restored } and drops { $rejects_count ->
    [one] { $rejects } reject
   *[other] { $rejects } rejects
}. Run it with --yes.

profile-fit-missing = { $all_count ->
    [one] its one column is
   *[other] { $known } of its { $all } columns are
} there, but not { $missing }, which it needs
profile-own = any table: { $known } of { $all_count ->
    [one] { $all } column is known by its name
   *[other] { $all } columns are known by their names
}
profile-places = places with numbers of years, if you choose it
problem-columns-places = { $file } has no column with a date ({ $wanted }…), only numbers with years. If its rows are places and not incidents, import it with the profile “places” (--profile places). Columns found: { $found }.
reject-bad_coordinates = “{ $value }” in column { $column } cannot be read as coordinates. Write them like 27.4763, -99.5164.
reject-no_measure = The row has no number with a year: name columns like trucks_2018, or give a column with the year or date (column { $column }).
reject-place_ambiguous = Column { $column }: several places have this name – { $value }. Add the state and the country.
reject-place_unknown = “{ $value }” in column { $column } is no place of the built-in list of cities, at least not in the state and country given.
reject-projected = “{ $value }” in column { $column } is no degree: the coordinates look projected, such as metres of UTM. Export them as WGS 84 longitude and latitude.
note-clock-ambiguous = { $n_count ->
    [one] One clock time lies in an hour that a change of clocks skips or repeats; it was kept as written, the day as it is.
   *[other] { $n } clock times lie in an hour that a change of clocks skips or repeats; they were kept as written, the days as they are.
}
note-clock-unread = { $n_count ->
    [one] One clock time could not be read; it was kept as written, the day as it is.
   *[other] { $n } clock times could not be read; they were kept as written, the days as they are.
}
note-located = { $n_count ->
    [one] One row without coordinates was located by the name of its place, at the precision of a municipality (GeoNames, CC BY 4.0; INEGI).
   *[other] { $n } rows without coordinates were located by the names of their places, at the precision of a municipality (GeoNames, CC BY 4.0; INEGI).
}

assistant-title = Import { $file }
assistant-of = file { $at } of { $all }
assistant-looking = Looking at the file…
assistant-missing = Choose a column for: { $fields }
assistant-order-open = Say which comes first in the dates: the day or the month
assistant-import = Import
assistant-skip = Skip this file
assistant-same = Read the files after it the same way where they have the same columns
assistant-template-used = Read as the template “{ $name }” says.
assistant-template-drop = Without the template
assistant-template-fits = The template “{ $name }” fits these columns.
assistant-template-use = Use template “{ $name }”
assistant-file = File
assistant-profile = Read as
assistant-profile-own = A table of your own
assistant-profile-entry = { $name }, fits { $score } %
assistant-layer = Sheet or layer
assistant-encoding = Encoding
assistant-guessed = { $what } (guessed)
assistant-check-accents = The file does not name its encoding. Look at the accents in the rows beside this.
assistant-encoding-ask = The file does not name its encoding, and several give words. Which reading is right?
assistant-encoding-open = Say which reading of the letters is right.
assistant-encoding-other = Any other encoding can be chosen above.
assistant-letters-central = Central European
assistant-letters-turkish = Turkish
assistant-letters-baltic = Baltic
assistant-letters-cyrillic = Cyrillic
assistant-letters-greek = Greek
assistant-letters-hebrew = Hebrew
assistant-letters-arabic = Arabic
assistant-letters-thai = Thai
assistant-letters-chinese = Chinese
assistant-letters-japanese = Japanese
assistant-letters-korean = Korean
assistant-delimiter = Delimiter
assistant-delimiter-comma = Comma
assistant-delimiter-semicolon = Semicolon
assistant-delimiter-tab = Tab
assistant-delimiter-pipe = Vertical bar
assistant-header = Header
assistant-header-line = In line { $line }
assistant-header-none = In no line
assistant-order-plain = The dates themselves show which number is the day.
assistant-order-ask = No date tells which number is the day. Which is it?
assistant-order-found = Found from the dates of the file:
assistant-order-chosen = Chosen:
assistant-day-first = Day first
assistant-month-first = Month first
assistant-no-day = no such day
assistant-zone = Clock times
assistant-zone-written = Only with a zone
assistant-zone-place = Zone of the place
assistant-swapped = Of { $nrows_count ->
    [one] { $nrows } point
   *[other] { $nrows } points
} { $near } { $near_count ->
    [one] lies near { $country } as it is
   *[other] lie near { $country } as they are
}, and { $exchanged } with longitude and latitude exchanged.
assistant-swap = Exchange longitude and latitude
assistant-gazetteer = Locate rows without coordinates by the names of their places
assistant-gazetteer-tip = Places are looked up in the built-in list of towns, and known to the municipality. Ambiguous names are rejected, not guessed.
assistant-what = What
assistant-goes-to = Goes to
assistant-dataset = Dataset
assistant-attribution = Attribution
assistant-licence = Licence
assistant-template = Template
assistant-template-what = Kept under a name, all this is offered for the next file with these columns.
assistant-template-name = Name of the template
assistant-template-save = Save
assistant-template-saved = Saved as “{ $name }”.
assistant-column = Column { $column }
assistant-kept-extra = kept as extra
assistant-kept = { $n_count ->
    [one] row would be kept
   *[other] rows would be kept
}
assistant-rejected = { $n_count ->
    [one] would be rejected
   *[other] would be rejected
}
assistant-counting = Reading all rows…
assistant-all-kept = Every row can be used.
problem-template-missing = There is no template “{ $name }” in { $file }. There are: { $known }.
problem-template-damaged = { $file } is no template that can be read ({ $cause }). Delete it, or save the template anew.
problem-template-name = “{ $name }” cannot be the name of a template. Use letters, digits, spaces and - _ . ( ), at most 80.
data-rejects-reason = { $n_count ->
    [one] { $n } row, line { $line }: { $reason }
   *[other] { $n } rows, the first in line { $line }: { $reason }
}
cli-reading = { $file } is read as { $profile } ({ $score } %: { $reason })
cli-reading-file = format { $format }, encoding { $encoding }, delimiter { $delimiter }, sheet { $layer }, column names in line { $line }
cli-reading-field = { $field } ← { $column }
cli-reading-extra = kept as extra: { $columns }
cli-reading-day-first = dates such as 3/2/2025 are read day first
cli-reading-month-first = dates such as 3/2/2025 are read month first
field-id = Id
field-title = Title
field-title_es = Title in Spanish
field-kind = Kind
field-kind_group = Group of kinds
field-start = Date
field-end = End date
field-time = Clock time
field-zone = Time zone
field-date_precision = Precision of the date
field-lon = Longitude
field-lat = Latitude
field-place_precision = Precision of the place
field-radius_m = Radius in metres
field-coordinates = Coordinates in one column
field-place = Place
field-admin1 = State
field-admin2 = Municipality
field-country = Country
field-actor1 = Side A
field-actor1_type = Type of side A
field-actor1_allies = Allies of side A
field-actor2 = Side B
field-actor2_type = Type of side B
field-actor2_allies = Allies of side B
field-deaths_low = Deaths, low
field-deaths_best = Deaths
field-deaths_high = Deaths, high
field-narrative = Account
field-narrative_es = Account in Spanish
field-source = Source
field-source_title = Title of the source
field-source_date = Date of the source
field-source_url = Address of the source
field-source_language = Language of the source
field-grade = Grade, such as B2
field-reliability = Reliability of the source
field-credibility = Credibility
field-version = Version of the row
field-related = Related incidents

movement-track = Track
movement-deployment = Deployment
movement-flow = Flow
reject-too_many_points = The shape has { $value } points; more than 1,000,000 are not taken.
layer-movements = Movements
layer-places = Places with figures
legend-ways = Movements and places
legend-also = Also on the map
legend-places = Place with figures
n-movements = { $n_count ->
    [one] { $n } movement
   *[other] { $n } movements
}
n-places = { $n_count ->
    [one] { $n } place
   *[other] { $n } places
}
way-amount = Amount
way-length = { $km } km along { $n_count ->
    [one] { $n } point
   *[other] { $n } points
}
way-place = Place
way-series = Figures
way-series-sum = { $n_count ->
    [one] { $sum } in one figure, { $period }.
   *[other] { $sum } in all, from { $n } figures, { $period }.
}
way-series-unknown = { $n_count ->
    [one] For one more period nobody gives a figure: it is not zero.
   *[other] For { $n } more periods nobody gives a figure: they are not zero.
}
way-numbers-show = { $n_count ->
    [one] Show the figure and its line
   *[other] Show all { $n } figures with their lines
}
way-numbers-hide = { $n_count ->
    [one] Hide the figure
   *[other] Hide the { $n } figures
}
way-numbers-more = { $n_count ->
    [one] one earlier figure is in the case
   *[other] { $n } earlier figures are in the case
}

problem-no-such-pair = “{ $value }” names no two incidents of this case. Write DATASET:ID=DATASET:ID, such as acled:MEX1=own:7; the datasets are: { $known }.
duplicates-same-point = at the same point
duplicates-distance = { $distance } apart
duplicates-days-apart = { $n_count ->
    [one] { $n } day apart
   *[other] { $n } days apart
}
duplicates-same-days = on the same day or days that meet
duplicates-same-kind = of the same kind
duplicates-same-group = of the same group of kinds
duplicates-same-actor = both name { $actor }
duplicates-actor-as = { $actor } may be { $other }
duplicates-actors-alike = actors of the same sort
duplicates-actors-unknown = one of them names nobody
duplicates-actors-differ = but the actors differ
duplicates-same-deaths = { $n_count ->
    [one] { $n } death in both
   *[other] { $n } deaths in both
}
duplicates-deaths-overlap = deaths that can be the same
duplicates-deaths-unknown = deaths not reported in one of them
duplicates-deaths-differ = but the deaths differ
duplicates-same-place = both in { $place }
duplicates-same-municipality = in the same municipality
duplicates-linked = linked
duplicates-dismissed = dismissed
duplicates-undecided = undecided
cli-col-pair = Pair
cli-col-verdict = Decided
cli-col-score = Score
cli-col-distance_m = Distance, m
cli-col-days_apart = Days apart
cli-col-reasons = Why
cli-col-a_dataset = Dataset A
cli-col-a_id = Id A
cli-col-a_start = Start A
cli-col-a_title = Title A
cli-col-a_place = Place A
cli-col-a_deaths = Deaths A
cli-col-b_dataset = Dataset B
cli-col-b_id = Id B
cli-col-b_start = Start B
cli-col-b_title = Title B
cli-col-b_place = Place B
cli-col-b_deaths = Deaths B
duplicates-title = Duplicates
duplicates-close = Close the duplicates
duplicates-what = Incidents of different datasets, in what is filtered, that may be the same event. Linked ones count once; nothing is merged.
duplicates-km = Kilometres apart, at most
duplicates-days = Days apart, at most
duplicates-look = Look for duplicates
duplicates-looking = Looking for duplicates…
duplicates-two-needed = This case has one dataset. Load a second one of the same time and area: then incidents that both report can be found here.
duplicates-begin = Say how near two incidents have to be, and look.
duplicates-none = Nothing more is proposed for this distance and these days.
duplicates-found = { $n_count ->
    [one] { $n } pair may be one event
   *[other] { $n } pairs may be one event
}
duplicates-old = What is filtered has changed since: look again.
duplicates-score = score { $score } of 100
duplicates-link = Link
duplicates-dismiss = Dismiss
duplicates-show = Show on the map
duplicates-keys = Arrows: next pair · L: link · D: dismiss · Enter: show
duplicates-undo-linked = Undo: { $title } was linked
duplicates-undo-dismissed = Undo: { $title } was dismissed
duplicates-pair = { $a } and { $b }: { $reasons }
card-one-event = The same event
card-counts-once = Linked rows count once. This one stands for the event.
card-stands-aside = Linked rows count once. Another row stands for the event.

problem-xml-syntax = { $file }, line { $line }: this is not valid XML ({ $cause }). Export the file again.
problem-xml-cut = { $file } ends too early, at line { $line }: the rest is missing. Fetch or export the file again.
problem-xml-outside = { $file }, line { $line }: something stands outside of the one element that holds all others, so this is not valid XML. Export the file again.
problem-xml-doctype = { $file }, line { $line }: the file declares a document type (DOCTYPE), which can be made to do harm and is not read. Remove the declaration, or export the file again.
problem-xml-deep = { $file }, line { $line }: more than { $most } elements stand inside of one another, so nothing was loaded.
problem-xml-big = { $file }, line { $line }: one element holds more than 32 MB of text or 4 million positions, so nothing was loaded. Split or simplify it.
problem-xml-root = { $file } is XML of another kind ({ $found }); only KML and GPX are read. Export it as one of these.
problem-kmz-empty = { $file } is a zip file without a KML in it. Export it again, or unpack it and load what is inside.
problem-route-point = { $file }, line { $line }: a point of the track or route has no latitude and longitude that are numbers.
reject-feature_too_big = The feature is larger than 64 MB or has more than 2 million parts. Split or simplify it.
note-encoding-declared = { $file } says that its encoding is “{ $declared }”, but its bytes say otherwise; it was read as { $encoding }. Check the accents.
note-encoding-lost = { $file } holds the character �: the program that wrote it had already lost what stood there.
note-header-below-title = { $file }: the names of the columns were taken from line { $line }; what is above it was taken for a title.
note-kml-links = { $n_count ->
    [one] { $n } other file that the KML refers to (a network link or an image over the map) was not fetched.
   *[other] { $n } other files that the KML refers to (network links or images over the map) were not fetched.
}
note-kml-html = { $n_count ->
    [one] { $n } description was HTML; its text was kept without the formatting.
   *[other] { $n } descriptions were HTML; their text was kept without the formatting.
}

chip-known-on = as known on { $date }
filter-known = Known on
filter-known-on = As known on this day
filter-known-hint = Today, or a day such as 2025-02-03
filter-known-past = Shown as it was known at the end of { $date }: the past is only looked at.
filter-known-go = As known on { $date }
data-undo = Undo import { $id }…
data-undo-what = { $removed_count ->
    [one] { $removed } added row goes
   *[other] { $removed } added rows go
}, { $restored_count ->
    [one] { $restored } changed or retired one is as it was before
   *[other] { $restored } changed or retired ones are as they were before
}, { $rejects_count ->
    [one] { $rejects } reject is
   *[other] { $rejects } rejects are
} dropped. This itself cannot be undone; import the file again to have it back.
data-undo-now = Undo it

assistant-fit = Fits { $score } %: { $reason }
assistant-full = The file holds its whole dataset
assistant-full-tip = Rows of the dataset that the file lacks are retired: they leave the map and stay in history.
rejects-done = Rejected rows saved
data-rejects-save = Save the rejected rows…
data-rejects-more = … and { $n } more: save them to see them all.

data-rejects-list = Show { $n_count ->
    [one] { $n } row
   *[other] { $n } rows
} from line { $line } on
problem-zone-unknown = There is no time zone “{ $zone }”. Give an IANA name such as America/Matamoros, an offset such as -06:00, or place for that of where a row lies.
duplicates-kind-unknown = of a kind that one of the two does not say
assistant-nothing-kept = No row could be used as it is: look at the reasons above
assistant-missing-or-locate = Choose a column for: { $fields } – or locate rows by the names of their places, at the left
problem-dataset-name = A dataset needs a name, such as --dataset acled.
problem-full-one-file = With --full one file is the whole dataset: give one file at a time.

note-options-unused = Files of this kind have nothing of what was chosen, so it was left aside: { $options }.

# Words for what happened
note-places-nowhere = { $n_count ->
    [one] { $n } row tells of a municipality
   *[other] { $n } rows tell of municipalities
} without coordinates: their figures are kept, and are not on the map. Located by its names (--gazetteer, or the switch in the assistant), a municipality is.
note-unknown-kinds = { $n_count ->
    [one] { $n } incident has a word for what happened that is not known, and is
   *[other] { $n } incidents have words for what happened that are not known, and are
} of the kind “Other”: { $words }.
problem-kind-named = There is no kind “{ $value }”. The codes of the kinds: { $known }; their names in English and Spanish do too.
problem-kind-of = “{ $value }” does not say which word is which kind: write it as "Ataque armado=gun_battle".
problem-kinds-long = { $file } is longer than 1 MiB: a table of words for kinds has a word, a kind and a note between tabs, one a line.
problem-kinds-line = { $file }, line { $line }: “{ $value }” is not a word and a kind between tabs, such as those of assets/kinds.
assistant-words = Words for what happened
assistant-words-unknown = No table knows these words: their rows become “Other” unless you say what they are.
assistant-words-choose = Other (not known)
assistant-words-unset = Not known

problem-set-field = All rows cannot have the same { $field }: an id is that of one row, and a place that nobody wrote down is none.
problem-set-profile = { $file } is read as { $profile }, whose rows say themselves what and when. To give all rows one { $field }, read it as a table of your own (--profile own).
problem-set-column = { $file } has the column “{ $column }” for { $field }, and a value for all rows takes the place of no cell. Leave the value out, or leave the column unread (--no-field { $field }).
problem-set-mapped = A field has a column or one value for all rows, not both: { $map } and { $set }.
problem-set-value = “{ $value }” cannot be given to all rows as { $field }: { $reason ->
    [bad_date] it is no date. Write it like 2025-02-03.
    [no_such_day] there is no such day.
    [end_before_start] it is before the date of the start.
    [unknown_code] it is none of the words known there.
    [bad_grade] it is no grade. Write it like B2, or B and 2.
    [bad_count] it is no number of persons.
    [deaths_order] it is below the lower number.
   *[other] it cannot be read there.
}
note-given = For all rows, and not from the file: { $values }.
cli-reading-given = { $field } = “{ $value }” for all rows
reject-other_srid = The geometry in column { $column } is in the reference system SRID { $value }. Only WGS 84 longitude and latitude (SRID 4326) is read there.
note-far = { $n_count ->
    [one] One row lies
   *[other] { $n } rows lie
} more than 100 km (outside of Mexico, Central America and the United States 800 km) from every town known in the country named, and { $n_count ->
    [one] is
   *[other] are
} kept as written. Line or feature: { $first }.
note-far-sign = { $n_count ->
    [one] With the sign of its longitude turned, it would lie in that country: a minus sign seems to be missing, or to be one too many.
   *[other] With the sign of the longitude turned, { $n } of them would lie in that country: minus signs seem to be missing, or to be too many.
}
assistant-given = Same for all rows
assistant-given-what = One value for what no column gives; each record says that it was given so.
assistant-given-add = choose a field…
assistant-given-value = { $field } for all rows
assistant-missing-or-give = Give all rows a value at the left, or choose a column, for: { $fields }

row-incident = incident
row-territory = territory estimate
row-movement = movement
change-points = { $n_count ->
    [one] { $n } point
   *[other] { $n } points
}; point { $nth }: { $at }
change-name = Name
change-name-es = Name in Spanish
change-relation = Relation
change-share = Share
change-claimant = Claimed by
cli-col-row = Kind of row
action-known-on = As known on…
data-received = Received on { $date }
data-received-loaded = Received on { $date }, loaded on { $loaded }
data-rejects-reading = The rejected rows are being read: { $percent } %
assistant-received = Received on
assistant-received-today = Today, or a day such as 2025-02-03
assistant-received-tip = The day on which you got the file, where that was earlier. “As known on” goes by it.
assistant-received-wrong = “{ $text }” is not a day: write when the file was received like 2025-02-03

cause-missing = it is not there
cause-denied = permission was denied
cause-disk-full = the disk is full
cause-read-only = it can only be read, not written
cause-folder = it is a folder
cause-in-use = another program is using it
cause-gone = the disk or network folder cannot be reached
cause-device = the disk reported an error
cause-size-limit = a file cannot be larger in this session (ulimit -f)
cause-memory = memory did not suffice
cause-pipe = nobody reads on at the other end
cause-name-long = the name is too long
cause-cut = it ends too early
cause-not-text = it holds bytes that are no text
cause-not-database = it is not a database
cause-database = the database in it is damaged
cause-no-table = a table or column is missing from it
cause-no-zip = it is not a whole zip file
cause-password = it is protected by a password
cause-packing = it is packed in a way that is not read
cause-checksum = what was unpacked is not what was packed
cause-xml-tags = an element is not closed where it should be
cause-xml = it is not well-formed XML
cause-json = it is not valid JSON
cause-breaks-off = it breaks off
cause-header-cut = its header breaks off
cause-fgb-version = it is of another version than 3
cause-index-long = its index is longer than the file
cause-deep = elements lie too deep in each other
cause-row-order = its rows are out of order
cause-no-dbase = it is no dBASE III, IV or FoxPro table
cause-columns-rows = its columns do not fit its rows
cause-row-cells = a row has more than 16,384 cells
cause-repeated = it is repeated beyond the end of a sheet
cause-no-text = a cell names a text that is not there
cause-row-number = the row after it has a number that cannot be
time-week-of = week of { $date }
legend-covers = It would lie over what is selected, so it is folded
help-legend = Fold the key of the map, or show it
import-save-rejects = Save the rejected rows of { $file }…
assistant-row-rejected = would be rejected: { $reason }

problem-set-argument = “{ $value }” is not FIELD=VALUE. Fields that all rows may be given are: { $known }.
card-given = Given for all rows

card-history-cut = Older changes are not shown here.
card-history-came-back = Retired, then in a file again

map-crossing = { $name } crossing
layer-reference = Outlines of areas
relation-reference = outline only
field-year = Year
field-month = Month
field-day = Day
field-relation = Relation to the area
reject-future_date = “{ $value }” in column { $column } is more than a year in the future.
reject-placeholder_date = “{ $value }” in column { $column } is a date that programs write where there is none.
reject-lost_point = “{ $value }” in column { $column } is no degree: the decimal point seems to be lost, as when a spreadsheet reads degrees as thousands.
reject-total_row = “{ $value }” in column { $column }: the row sums up others and is no incident.
reject-group = { $n_count ->
    [one] Line { $lines }:
   *[other] { $n } rows (lines { $lines }):
}
remedy-date = If the dates stand in another column, name it: --map start=COLUMN. Otherwise correct the dates and import the rows again.
remedy-no-date = If the dates stand in another column, name it: --map start=COLUMN. One day for all rows is given with --set date=2025-02-03. Otherwise correct the dates and import the rows again.
remedy-coordinates = Name other columns with --map lat=COLUMN --map lon=COLUMN, or with --map coordinates=COLUMN. Otherwise correct the coordinates and import the rows again.
remedy-position = With --gazetteer, rows are located by the names of their places. Otherwise add the coordinates and import the rows again.
remedy-swapped = With --swap, longitude and latitude are exchanged.
remedy-lost-point = Store the coordinates as text with a decimal point, such as 27.4763, and import the file again.
remedy-id = With --no-field id, the rows are told apart by their content; --map id=COLUMN names another column.
remedy-end = With --no-field end, the ends are not read.
remedy-deaths = With --no-field deaths_low --no-field deaths_high, only the best estimate is read.
remedy-ragged = Name the character between cells with --delimiter, or check the quotation marks on these lines.
remedy-quote = Close the quotation mark, or remove it, and import the file again.
remedy-place = Add the municipality, the state and the country, or coordinates.
remedy-area = Give all areas an actor and a relation with --set actor=NAME --set relation=controls.
remedy-total = Nothing is to be done.
remedy-mend = Correct the rows and import them again; once others of the file are loaded, atalaya rejects saves those that were not.
problem-no-row-kept = { $file }: { $n_count ->
    [one] the only row was rejected
   *[other] all { $n } rows were rejected
}, so nothing was imported.
note-quality-unread = Column { $column }: { $n_count ->
    [one] one value
   *[other] { $n } values
} could not be read and { $n_count ->
    [one] was
   *[other] were
} kept as written; the rows count without it. { $words }
note-counts-read = Column { $column }: { $n_count ->
    [one] one count
   *[other] { $n } counts
} written as a range or in words: read as bounds, and kept as written. { $words }
note-counts-unread = Column { $column }: { $n_count ->
    [one] one count is
   *[other] { $n } counts are
} no number: taken as unknown, and kept as written. { $words }
note-buddhist-years = { $n_count ->
    [one] One date has a year
   *[other] { $n } dates have years
} of the Buddhist calendar, such as 2568: 543 years were subtracted.
note-dates-suspect = { $n_count ->
    [one] One row is dated
   *[other] { $n } rows are dated
} 1900-01-01 or 1970-01-01, which many programs write where there is no date. Please check: line { $first }.
note-dates-future = { $n_count ->
    [one] One row lies
   *[other] { $n } rows lie
} in the future. Please check: line { $first }.
note-utc-nowhere = { $n_count ->
    [one] One time is
   *[other] { $n } times are
} in UTC, and the time zone of the place is not known: the day is that of UTC.
note-utc-moved = { $n_count ->
    [one] One time in UTC falls on another day at its place, and counts on the day there.
   *[other] { $n } times in UTC fall on another day at their place, and count on the day there.
}
note-utc-late = { $n_count ->
    [one] One time is in UTC and falls on another day at its place. The day of UTC was kept;
   *[other] { $n } times are in UTC and fall on another day at their place. The days of UTC were kept;
} with --zone place, the day at the place counts.
note-other-dates = { $file }: the date is read from column { $column }. There are other dates in: { $others }. Name one of them with --map start=COLUMN if it says when it happened.
note-id-repeats = { $file }: the values of column { $column } repeat (in rows: { $n }), so they are no ids. The rows are told apart by their content.
note-id-repeats-instead = { $file }: the values of column { $column } repeat (in rows: { $n }), so they are no ids. The ids are read from column { $instead }.
note-id-damaged = { $file }: a spreadsheet damaged the ids in column { $column }, as in 2.02E+11 (rows: { $n }). The rows are told apart by their content; the original file has the true ids.
note-id-damaged-instead = { $file }: a spreadsheet damaged the ids in column { $column }, as in 2.02E+11 (rows: { $n }). The ids are read from column { $instead }.
note-half-converted = { $file }: in column { $column }, { $n_count ->
    [one] the one real date has
   *[other] all { $n } real dates have
} a day of 12 or less, while all dates stored as text have one above 12. A spreadsheet probably exchanged day and month of the real dates. Check them; --half-converted yes exchanges them back, --half-converted no keeps them.
note-half-exchanged = { $file }: in column { $column }, day and month were exchanged in { $n_count ->
    [one] one date
   *[other] { $n } dates
} that a spreadsheet had converted.
note-sheets-joined = { $file }: sheets with the same columns were read together: { $sheets }.
note-sheets-unread = { $file }: read { $sheets }; not read: { $unread }. Choose one with --sheet NAME.
note-row-names = { $file }: the rows have one cell more than the header: the first one was taken for the row names that R writes.
note-short-rows = { $n_count ->
    [one] One row ends
   *[other] { $n } rows end
} before the last column; the missing cells were taken as empty.
note-rows-repeat = { $n_count ->
    [one] One row repeats
   *[other] { $n } rows repeat
} another row of the file word for word; each counts. If they were entered twice, delete the copies.
note-rows-repeat-id = { $n_count ->
    [one] One row repeats another row of the file and was counted
   *[other] { $n } rows repeat other rows of the file and were counted
} once.
note-sums-of-events = { $n_count ->
    [one] One row sums up what happened in a state or country over months. It is of the kind Other, not a single event.
   *[other] { $n } rows sum up what happened in a state or country over months. They are of the kind Other, not single events.
}
note-lines-undated = { $n_count ->
    [one] One line has no date: it is always shown, in the layer Movements.
   *[other] { $n } lines have no date: they are always shown, in the layer Movements.
}
note-reference-areas = { $n_count ->
    [one] One area names no actor: it was loaded as an outline for reference, in the layer Outlines of areas.
   *[other] { $n } areas name no actor: they were loaded as outlines for reference, in the layer Outlines of areas.
}
note-region-sign = { $n_count ->
    [one] One row lies
   *[other] { $n } rows lie
} far from all others, but among them with the sign of a coordinate turned: a minus sign seems to be missing, or to be one too many. Please check: line { $first }.
note-delivery-of = These rows are a new delivery of dataset { $dataset }, and were loaded into it. Rows that are there already: { $shared } of { $n }. With --dataset NAME they are kept apart.
note-delivery-like = Some rows are also in dataset { $dataset }, and now count twice: { $shared } of { $n }. If the file is a delivery of it, load it with --dataset { $dataset }.
note-rows-corrected = { $n_count ->
    [one] One row without an id differs
   *[other] { $n } rows without ids differ
} from an earlier one in one respect: taken as its correction.
note-earlier-rows = { $n_count ->
    [one] One earlier row of this dataset is
   *[other] { $n } earlier rows of this dataset are
} not in this file and still { $n_count ->
    [one] counts
   *[other] count
}. If the file is the whole dataset, import it with --full.

assistant-layers-alike = All with the same columns
assistant-other-dates = The date is read from { $column }. Other columns with dates, to be read instead:
assistant-half = The { $n_count ->
    [one] real date has
   *[other] { $n } real dates have
} a day of 12 or less, all dates stored as text a day above 12: a spreadsheet probably exchanged day and month of the real ones.
assistant-half-exchange = Exchange day and month back
assistant-half-keep = The dates are right
assistant-half-open = Say whether a spreadsheet exchanged day and month.
assistant-fit-delivery = { $shared } of { $nrows_count ->
    [one] { $nrows } row
   *[other] { $nrows } rows
} { $shared_count ->
    [one] is
   *[other] are
} in dataset { $dataset } already: the file goes there as a new delivery.
assistant-fit-twice = { $shared } of { $nrows_count ->
    [one] { $nrows } row
   *[other] { $nrows } rows
} { $shared_count ->
    [one] is
   *[other] are
} in dataset { $dataset } already, and will count twice.
assistant-fit-apart = Keep it apart
assistant-fit-join = Load it into { $dataset }
assistant-remedy-date = Choose another column for the date above, or correct these dates and import the rows again.
assistant-remedy-coordinates = Choose other columns for the coordinates above, or correct them and import the rows again.
assistant-remedy-position = Locate rows by the names of their places
assistant-remedy-swapped = Exchange longitude and latitude
assistant-remedy-lost-point = Store the coordinates as text with a decimal point, and import the file again.
assistant-remedy-id = Tell the rows apart by their content
assistant-remedy-end = Do not read the ends
assistant-remedy-deaths = Read the best estimate alone
assistant-remedy-ragged = Choose another delimiter at the left, or check the quotation marks on these lines.
assistant-remedy-area = Give all areas an actor and a relation under “Same for all rows” at the left.
assistant-remedy-mend = Save the rejected rows in the tab Data after the import, correct them and import them again.
remedy-number = Write it with digits, such as 27.4763, or name another column with --map, and import the rows again.
assistant-remedy-number = Write it with digits, such as 27.4763, or choose another column above, and import the rows again.
note-day-numbers = { $file }: column { $column } holds numbers of days, as spreadsheets count them from 1900; they were read as dates.
note-utc-placed = { $n_count ->
    [one] One time is in UTC; at its place it is the same day.
   *[other] { $n } times are in UTC; at their places they are of the same days.
}

## What is counted, and the time
figure-incidents = Incidents
figure-deaths = Deaths
figure-deaths-low = low
figure-deaths-high = high
figure-tip = What the bars, the numbers beside the filters and the summary count. Deaths are best estimates
filter-list-deaths = { $n_count ->
    [one] { $n } death: list the incidents of { $name }
   *[other] { $n } deaths: list the incidents of { $name }
}
step-window = period
time-step-window = The length of the period
time-period = Period
time-period-tip = Type a period: 2010, Mar 2010, 3 Feb 2010, 2010 – 2012, since 2010
time-period-unread = Not recognised as a period. Try 2010, Mar 2010, 2010-03-05, 3 Feb 2010, 2010 – 2012 or since 2010
time-clear = All times
time-on-show = Part of the time that is shown
time-show-all = All
time-show-window = The period of the filter
time-show-year = One year
time-average-hour = { $n } an hour
time-average-day = { $n } a day
time-average-week = { $n } a week
time-average-month = { $n } a month
time-average-year = { $n } a year
time-average-decade = { $n } a decade
time-average-tip = Average of the bars in the period. Incidents with uncertain dates are spread over the days they may lie on
time-table = Table of the bars
time-table-copy = Copy table
time-table-note = Uncertain dates are spread over their days
time-table-total = Total
time-day-unknown = Day not known
card-left-out = Not on the map: the filter leaves it out
summary-of-shown = { $n_count ->
    [one] Summarize it
   *[other] Summarize all { $n }
}

## What the colours of symbols say
layers-color-by = Colour of symbols
layers-color-by-tip = What the colour of a symbol says. Shapes stay those of the kinds; counts of many incidents keep their colours
color-by-kind = Kind
color-by-side-a = Actor, side A
color-by-side-b = Actor, side B
color-by-deaths = Deaths
color-by-year = Year
color-by-dataset = Dataset
color-others = others
color-no-actor = not named
color-deaths-unknown = not reported
color-shapes = Shape: kind

## The first minutes
menu-mexico = Mexico 1989–2023 (UCDP)
menu-recent = Recent cases
menu-forget-recent = Clear this list
welcome-title = Nuevo Laredo, 3–9 February 2025
welcome-what = An example: one newspaper report, coded by hand. Click a symbol to see what is known of it, who says so and how sure that is. The timeline below shows other times.
welcome-more = You can also open
welcome-mexico = Mexico 1989–2023: 18,957 incidents
welcome-drop = Or drop a file here: a table, a map, a GPS track, a case.
welcome-close = Close this card

## Areas by name
area-name = Name of this area
area-keep = Save area
area-forget = Remove { $name } from the list
area-municipality = Municipality: { $name }
problem-area-unknown = No area is called { $name }: neither one kept in this case, nor a municipality of Mexico, nor a county at the border. You can add the state: "Juárez, Chihuahua".
problem-area-several = Several areas are called { $name }. Name one of them: { $areas }.
note-no-font = No font of this computer has these letters, which stand as empty boxes: { $letters }. Install one that has them, such as Noto Sans.
time-day-known = day known
color-says = Colour: { $what }
search-road = Along the roads
search-along-what = filter by what lies along the way
area-name-label = Name
card-deaths-best-only = { $n }, without a low or high estimate
legend-incidents-of = Incidents in view: { $n } of { $all }
area-replace = Replace
time-compare-none = B has no { $what }, A does
