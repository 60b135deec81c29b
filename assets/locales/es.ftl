# Español (México). Las mismas claves que en.ftl.

## Kinds, groups and marks
kind-armed_violence = Violencia armada
kind-gun_battle = Enfrentamiento armado
kind-ambush = Emboscada
kind-attack_civilians = Ataque a civiles
kind-homicide = Homicidio
kind-bodies_displayed = Cuerpos exhibidos
kind-explosive = Explosivos
kind-car_bomb = Coche bomba
kind-drone_strike = Ataque con dron
kind-grenade_mine = Granada o mina
kind-explosion_other = Otra explosión
kind-coercion = Coacción
kind-abduction = Secuestro
kind-disappearance = Desaparición
kind-extortion = Extorsión
kind-threat = Amenaza o propaganda
kind-blockade = Bloqueo
kind-state_action = Acción del Estado
kind-arrest = Detención
kind-rescue = Rescate
kind-raid = Cateo
kind-seizure_mark = Decomiso
kind-seizure = Decomiso
kind-laboratory = Laboratorio destruido
kind-deployment = Despliegue
kind-recon_flight = Vuelo de reconocimiento
kind-extradition = Extradición o traslado
kind-unrest = Protesta y disturbios
kind-protest = Protesta
kind-riot = Disturbio
kind-prison_incident = Incidente en prisión
kind-context = Contexto
kind-policy = Medida de gobierno
kind-infrastructure = Infraestructura
kind-statement = Declaración
kind-other = Otro

## Actor types
actor-cartel_or_gang = cártel o banda
actor-military = fuerzas armadas
actor-police = policía
actor-government = gobierno
actor-armed_civilians = civiles armados
actor-civilians = civiles
actor-foreign_state = Estado extranjero
actor-unknown = desconocido

## Precision in words
place-exact = lugar exacto
place-near = cerca del lugar nombrado
place-municipality = municipio conocido
place-state = estado conocido
place-country = país conocido
time-minute = minuto conocido
time-hour = hora conocida
time-day = día conocido
time-week = semana conocida
time-month = mes conocido
time-year = año conocido

## Territory
relation-controls = controla
relation-contests = disputa
relation-present = presente
relation-influences = influye
relation-operates_in_ungoverned_area = opera en zona sin gobierno

## Admiralty code
reliability-A = totalmente confiable
reliability-B = generalmente confiable
reliability-C = bastante confiable
reliability-D = generalmente no confiable
reliability-E = no confiable
reliability-F = confiabilidad no evaluable
credibility-1 = confirmado por otras fuentes
credibility-2 = probablemente cierto
credibility-3 = posiblemente cierto
credibility-4 = dudoso
credibility-5 = improbable
credibility-6 = veracidad no evaluable

## Dates
month-1 = ene
month-2 = feb
month-3 = mar
month-4 = abr
month-5 = may
month-6 = jun
month-7 = jul
month-8 = ago
month-9 = sep
month-10 = oct
month-11 = nov
month-12 = dic
weekday-1 = lun
weekday-2 = mar
weekday-3 = mié
weekday-4 = jue
weekday-5 = vie
weekday-6 = sáb
weekday-7 = dom

## Counts
n-incidents = { $n_count ->
    [one] { $n } incidente
   *[other] { $n } incidentes
}

## Problems with files
problem-file-missing = { $file }: no existe ese archivo. Revise el nombre y la carpeta.
problem-file-denied = { $file }: no tiene permiso para abrir este archivo.
problem-file-is-folder = { $file } es una carpeta, no un archivo.
problem-file-io = { $file } no se pudo leer o escribir: { $cause }.
problem-read-only-disk = { $file } está en un disco donde no se puede escribir.
problem-disk-full = El disco está lleno: { $file } no cambió. Libere espacio e intente de nuevo.
problem-unwritten = No se pudo escribir { $file }: { $cause }. Ahí no cambió nada. Intente de nuevo o elija otra carpeta.
problem-unwritten-denied = No se pudo escribir { $file }: no tiene permiso para modificar su carpeta. Elija otra carpeta.
problem-unwritten-full = No se pudo escribir { $file }: el disco está lleno. Ahí no cambió nada. Libere espacio e intente de nuevo.
problem-unwritten-limit = No se pudo escribir { $file }: rebasa el tamaño que los archivos pueden tener en esta sesión (ulimit -f). Ahí no cambió nada. Suba el límite e intente de nuevo.
problem-output-is-input = No se puede escribir { $file }: es { $input }, de donde sale esto, o forma parte de él. Elija otro nombre.
problem-output-protected = { $file } está protegido contra escritura; no se tocó. Quite la protección o elija otro nombre.
problem-output-special = { $file } no es un archivo regular; no se tocó. Elija otro nombre.

## Problems with a case
problem-file-exists = { $file } ya existe; no se tocó. Elija otro nombre.
problem-not-a-case = { $file } no es un caso de Atalaya. Abra un caso .gpkg o importe este archivo en uno.
problem-case-newer = { $file } se hizo con un Atalaya más nuevo (esquema { $version }; este programa conoce { $known }). Actualice Atalaya para abrirlo.
problem-case-damaged = { $file } está dañado: { $cause }. Recupérelo de una copia.
problem-case-foreign-code = { $file } se modificó de un modo en que Atalaya no confía: «{ $name }» no es como Atalaya lo hace, y podría ejecutar algo al leer el caso. No se abrió. Abra una copia anterior a ese cambio.
problem-case-unwritten = No se pudo escribir { $file }, y no cambió: { $cause }. Revise el disco y el tamaño máximo de los archivos (ulimit -f), e intente de nuevo.
problem-case-layout = { $file } no contiene lo que contiene un caso de su versión: { $cause }. Otro programa lo cambió o está dañado. Recupérelo de una copia.
problem-case-ids = { $file } ya no tiene números para filas nuevas: otro programa usó el más grande que hay. Recupérelo de una copia.
problem-leftover = { $left } quedó de un { $file } anterior y se mezclaría con el nuevo. Quítelo o elija otro nombre.
problem-case-foreign-change = Otro programa modificó { $file } mientras estaba abierto: «{ $name }» no es como Atalaya lo hace y podría ejecutar algo. No se guardó nada. Cierre el caso y abra una copia anterior a ese cambio.
problem-case-in-use = { $file } está abierto para escritura en otra ventana. Ciérrela, o véalo aquí sin cambiarlo.
problem-case-cannot-open = { $file } no se pudo abrir. Revise que la carpeta exista y que pueda escribir en ella.
problem-case-place = { $file } no se puede modificar donde está: { $cause }. Cópielo a una carpeta donde pueda escribir.
problem-opened-for-reading = { $file } se abrió solo para lectura.
problem-file-special = { $file } no es un archivo normal. Elija un archivo de caso, no una tubería ni un dispositivo.
problem-case-unfinished = { $file } se estaba escribiendo cuando un programa o la computadora se detuvo, y no hay lugar junto a él para mostrarlo como estaba antes: { $cause }. Ábralo en la ventana, o importe algo en él, y queda corregido.
problem-case-names = { $file } tiene { $n } nombres (enlaces duros). Modificarlo con uno de ellos podría dañarlo. Haga una copia y modifique la copia.
problem-lock-in-the-way = { $lock } estorba: { $file } no se puede modificar mientras haya ahí algo que no es un archivo de bloqueo. Quítelo o cámbiele el nombre.
problem-case-version = { $file } indica «{ $version }» como versión de su esquema, que no es una versión de Atalaya. Recupérelo de una copia.
problem-case-incomplete = { $file } está dañado: le falta { $name }, que todo caso tiene. Recupérelo de una copia.
case-unfinished-title = Se encontró un cambio sin terminar
case-shown-as-before = { $file } se estaba escribiendo cuando un programa o la computadora se detuvo. Se muestra como estaba antes; al abrirlo en la ventana o importar algo en él, el archivo queda corregido.
case-restored = { $file } se estaba escribiendo cuando un programa o la computadora se detuvo. Está como estaba antes; vuelva a importar el último archivo.
case-folded-in = { $file } tenía junto a él cambios terminados que dejó un programa detenido. Ya están en el archivo.
problem-not-mbtiles = { $file } no es un archivo MBTiles.

## Checks of a case
check-integrity = Integridad del archivo
check-links = Enlaces entre tablas
check-schema = Versión del esquema
check-geopackage = Marcas de GeoPackage 1.4
check-incident-index = Índice espacial de incidentes
check-territory-index = Índice espacial de territorios
check-usable = Incidentes sin lugar o fecha utilizables
check-imports = Importaciones con filas sin contabilizar
check-unfinished = Cambios sin terminar junto al archivo
check-deaths = Incidentes con cifras de muertes imposibles
check-codes = Incidentes con un tipo, una precisión o un grado desconocidos
check-further = Incidentes cuyas columnas adicionales no se pueden leer
check-territory-values = Territorios con una relación, un grado, una proporción o una fecha que no se pueden leer
check-territory-shapes = Territorios sin una forma legible
check-movement-shapes = Movimientos sin una línea legible
check-place-shapes = Lugares sin una posición legible
check-words = Las palabras del índice de búsqueda coinciden con las filas
check-free-pages = Páginas libres que aún guardan contenido borrado (VACUUM en una herramienta de SQLite las limpia)

## Command line
cli-demo-made = Se creó { $file } con { $nincidents_count ->
    [one] { $nincidents } incidente
   *[other] { $nincidents } incidentes
} y { $nterritories_count ->
    [one] { $nterritories } estimación
   *[other] { $nterritories } estimaciones
} de territorio. Ábralo con: atalaya { $file }
cli-imported = { $file } como { $profile } en { $dataset }: { $nread_count ->
    [one] { $nread } fila leída
   *[other] { $nread } filas leídas
}, { $added_count ->
    [one] { $added } nueva
   *[other] { $added } nuevas
}, { $updated_count ->
    [one] { $updated } actualizada
   *[other] { $updated } actualizadas
}, { $unchanged } sin cambio, { $rejected_count ->
    [one] { $rejected } rechazada
   *[other] { $rejected } rechazadas
}; { $deaths_count ->
    [one] { $deaths } muerte
   *[other] { $deaths } muertes
} (estimación central).
cli-reject-line = Línea o elemento { $line }: { $reason }
cli-more-rejects = … y { $n } más; atalaya check { $n_count ->
    [one] la
   *[other] las
} muestra con --format json.
cli-snapshot-made = Se escribió { $file }
cli-ok = bien
cli-not-ok = MAL
cli-col-check = Revisión
cli-col-ok = Resultado
cli-col-found = Hallado
cli-col-import = Importación
cli-col-dataset = Conjunto
cli-col-file = Archivo
cli-col-sha256 = SHA-256
cli-col-profile = Perfil
cli-col-read = Leídas
cli-col-added = Nuevas
cli-col-updated = Actualizadas
cli-col-unchanged = Sin cambio
cli-col-rejected = Rechazadas
cli-col-line = Línea
cli-col-column = Columna
cli-col-value = Valor
cli-col-reason = Motivo
cli-col-day = Día
cli-col-week = Semana
cli-col-month = Mes
cli-col-year = Año
cli-col-kind = Tipo
cli-col-actor = Actor
cli-col-admin1 = Estado
cli-col-weekday = Día de la semana
cli-col-hour = Hora
cli-col-certainly_inside = Con certeza dentro
cli-col-possibly_inside = Posiblemente dentro
cli-col-incidents = Incidentes
cli-col-deaths_low = Muertes, mín.
cli-col-deaths_best = Muertes, estimación central
cli-col-deaths_high = Muertes, máx.
cli-col-deaths_unknown = Muertes sin dato
cli-col-id = Id
cli-col-start = Inicio
cli-col-end = Fin
cli-col-time_precision = Precisión del tiempo
cli-col-title = Título
cli-col-place = Lugar
cli-col-country = País
cli-col-lon = Longitud
cli-col-lat = Latitud
cli-col-place_precision = Precisión del lugar
cli-col-grade = Grado
cli-col-side_a = Parte A
cli-col-side_b = Parte B

## Problems with arguments
problem-dates-reversed = El primer día ({ $from }) es posterior al último ({ $to }).
problem-date-argument = «{ $value }» no es una fecha. Escriba 2023-01-31, 2023-01 o 2023.
problem-no-such-kind = No hay un tipo «{ $value }». Los conocidos son: { $known }.
problem-no-such-actor = Ningún actor de este caso se llama «{ $name }». atalaya count CASO --by actor los muestra.
problem-no-such-dataset = Este caso no tiene un conjunto «{ $name }». Tiene: { $known }.
problem-bbox-argument = «{ $value }» no es un recuadro. Escriba oeste,sur,este,norte en grados, como -118,14,-86,33.
problem-precision-argument = «{ $value }» no es una precisión. Escriba exact, near, municipality, state o country.
problem-map-argument = «{ $value }» no es CAMPO=COLUMNA. Los campos son: { $known }.
problem-output = La respuesta no se pudo escribir: { $cause }.
problem-done-untold = { $file } quedó escrito como se pidió; solo falta la respuesta.
problem-cancelled = { $file }: cancelado; nada cambió.
problem-job-lost = El trabajo terminó sin resultado. Es una falla de Atalaya; repórtela, por favor.
problem-case-not-sound = { $file } no está sano: vea arriba las líneas que están mal.
## Import: files that cannot be read
problem-file-type = { $file } es de un tipo que no se lee, o no es lo que dice su nombre: parece { $found }. Guárdelo como CSV, XLSX o GeoJSON y cargue ese archivo.
problem-file-empty = { $file } está vacío: no hay nada que cargar.
problem-csv-quote = { $file }, línea { $line }, columna { $column }: aquí se abren comillas que nunca se cierran, así que no se cargó nada. Ciérrelas o quítelas y vuelva a cargar el archivo.
problem-full-cut-off = { $file }: hay unas comillas que nunca se cierran, así que no se leyó el resto del archivo, y --full retiraría lo que está ahí. No se cargó nada. Ciérrelas o quítelas y vuelva a cargar el archivo.
problem-csv-stray-quote = { $file }: unas comillas que se abren en la línea { $line } se cierran líneas más abajo, en medio de una celda, así que no hay encabezados que leer. Quítelas o ciérrelas y vuelva a cargar el archivo.
problem-csv-cell-long = { $file }, línea { $line }, columna { $column }: una celda tiene más de 1 MB de texto, así que no se cargó nada. Revise el delimitador y las comillas.
problem-json-cut = { $file } termina antes de tiempo, en la línea { $line }, columna { $column }: falta el resto. Descargue o exporte el archivo de nuevo.
problem-json-syntax = { $file }, línea { $line }, columna { $column }: no es JSON válido. Revise lo que está justo antes de este punto.
problem-json-value-big = { $file }, línea { $line }, columna { $column }: un valor pasa de 64 MB o de 2 millones de partes. Divídalo o simplifíquelo.
problem-geojson-root = { $file }, línea { $line }, columna { $column }: un archivo GeoJSON empieza con «{"{"}», pero este no. Expórtelo como FeatureCollection.
problem-geojson-features = { $file }, línea { $line }, columna { $column }: falta la lista «features» o no es una lista. Expórtelo como FeatureCollection.
problem-geojson-type = { $file }, línea { $line }, columna { $column }: es JSON, pero su «type» no es de GeoJSON. Expórtelo como FeatureCollection.
problem-geojson-crs = { $file }, línea { $line }, columna { $column }: sus coordenadas están en { $crs } y solo se lee WGS 84 (EPSG:4326). Expórtelo de nuevo en WGS 84.
problem-columns-missing = { $file }: no se encontró columna para { $wanted }. El archivo tiene: { $found }. Cambie el nombre de una columna o indíquela, por ejemplo --map { $field }=COLUMNA.{ $undated ->
    [true] {" "}O dé una fecha a todas las filas, por ejemplo --set date=2025-02-03.
   *[other] {""}
}{ $named ->
    [true] {" "}O ubique las filas por el nombre de su lugar, con --gazetteer.
   *[other] {""}
}
problem-map-column = { $file } no tiene la columna «{ $column }» para el campo { $field }. El archivo tiene: { $found }.
problem-profile-unknown = No existe el perfil de importación «{ $profile }». Elija uno de: { $known }.
problem-acled-aggregate = { $file } contiene agregados de ACLED: números de eventos por área y semana o mes, y no eventos individuales, así que no hay nada que poner uno por uno en el mapa. Descargue la exportación por evento.

## Import: what to know about a file
note-no-rows = { $file } no tiene filas: no había nada que cargar.
note-encoding-guessed = { $file } no indica su codificación; se leyó como { $encoding }. Revise los acentos.
note-encoding-damaged = { $file } se leyó como { $encoding }, pero { $n_count ->
    [one] un carácter no corresponde ahí a nada: está dañado y puede verse como �
   *[other] { $n } caracteres no corresponden ahí a nada: están dañados y pueden verse como �
}. Revise los acentos o indique la codificación.
note-encoding-open = { $file } no indica su codificación y en varias se leen palabras: { $readings }. Se leyó como { $encoding }. Si la correcta es otra, deshaga la importación con undo y vuelva a cargar el archivo con --encoding NOMBRE.
note-dates-ambiguous = { $file }: las fechas como 3/2/2025 se leyeron como día/mes/año; ninguna fecha del archivo indica cuál es el orden.
note-dates-mixed = { $file }: unas fechas parecen día/mes/año y otras mes/día/año. Se tomó el orden más frecuente; las fechas que no caben en él se rechazan.
note-clock-without-zone = { $n_count ->
    [one] { $n } fila da
   *[other] { $n } filas dan
} una hora sin zona horaria: se conservó el día, y la hora queda con la fila tal como está escrita.
note-deaths-bounds = { $n_count ->
    [one] { $n } fila tiene
   *[other] { $n } filas tienen
} una estimación central de muertes fuera de su propio mínimo y máximo: se conservó la estimación central; el límite que la contradice se toma como desconocido y queda con la fila tal como está escrito.

## Import: rows that were not taken
reject-bad_count = «{ $value }» en la columna { $column } no es un número entero de personas.
reject-bad_date = «{ $value }» en la columna { $column } no es una fecha que se pueda leer. Escríbala así: 2025-02-03.
reject-bad_grade = «{ $value }» en la columna { $column } no es un grado: de A a F para la fuente, de 1 a 6 para la información.
reject-bad_geometry = No se puede leer la geometría: { $value }
reject-bad_number = «{ $value }» en la columna { $column } no es un número admisible ahí.
reject-bad_properties = Las propiedades del elemento no son un objeto: { $value }
reject-deaths_order = Los números de muertes se contradicen: el mínimo no puede pasar de la estimación central, ni esta del máximo (columna { $column }: { $value }).
reject-duplicate_id = «{ $value }» en la columna { $column } es el id de una fila anterior de este archivo que dice otra cosa; se conservó la anterior.
reject-end_before_start = El fin «{ $value }» en la columna { $column } es anterior al inicio.
reject-feature_not_json = El elemento no es JSON válido: { $value }
reject-geometry_not_taken = Una geometría de tipo { $value } no se toma como una sola fila: un punto se vuelve incidente; las líneas, movimiento; los polígonos, estimación de territorio.
reject-no_actor = El área no nombra a ningún actor (columna { $column }). Necesita las columnas actor y relacion, que pueden agregarse al archivo de filas rechazadas.
reject-no_date = No hay fecha en la columna { $column }.
reject-no_id = No hay identificador en la columna { $column }.
reject-no_position = No hay posición (columna { $column }: «{ $value }»). Vacío y 0, 0 significan que no se conoce.
reject-no_such_day = «{ $value }» en la columna { $column } es un día que no existe.
reject-not_a_feature = Esta entrada no es un elemento (feature) de GeoJSON: { $value }
reject-nul_byte = La columna { $column } tiene un carácter nulo (NUL): la fila está dañada.
reject-out_of_range = «{ $value }» en la columna { $column } no está en la Tierra: la longitud va de −180 a 180 y la latitud de −90 a 90.
reject-ragged_row = La fila no tiene tantas celdas como el encabezado ({ $value }). Revise sus delimitadores y comillas.
reject-too_many_names = La columna { $column } nombra { $value } actores, fuentes o incidentes relacionados; no se aceptan más de 1,000 en una fila.
reject-too_many_cells = La fila tiene más de { $value } celdas. Revise sus delimitadores y comillas.
reject-stray_quote = Las comillas que se abren en la línea { $value } se cierran líneas más abajo, en medio de una celda, así que esas líneas se leyeron como una sola fila.
reject-open_quote = Las comillas que se abren en la línea { $value }, columna { $column }, nunca se cierran, así que el archivo no se pudo leer más allá del inicio de esta fila.
reject-cell_too_big = La columna { $column } tiene más de { $value } de texto en una celda, más de lo que se acepta.
reject-ring_open = Un anillo del área no termina donde empieza: { $value }
reject-ring_short = Un anillo del área tiene menos de cuatro posiciones: { $value }
reject-share_order = La proporción máxima «{ $value }» en la columna { $column } es menor que la mínima.
reject-swapped = La latitud «{ $value }» en la columna { $column } está fuera de rango: parece que latitud y longitud están intercambiadas.
reject-unknown_relation = «{ $value }» en la columna { $column } no dice qué relación tiene el actor con el área: controla, disputa, presente, influye, u opera en zona sin gobierno.
reject-unknown_code = «{ $value }» en la columna { $column } no es uno de los valores conocidos ahí.

## Window: bar, menus, states
no-case = sin caso
case-menu = Caso: { $name }
menu-open = Abrir un caso…
menu-new = Caso nuevo…
menu-demo = Abrir el caso Nuevo Laredo
menu-import = Importar…
menu-picture = Guardar una imagen…
menu-help = Atajos y licencias
bar-picture = Imagen…
undo = Deshacer
redo = Rehacer
theme-light = Colores claros
theme-dark = Colores oscuros
language-tip = Switch to English
read-only = solo lectura
search-hint = Buscar incidentes, lugares, actores
cancel = Cancelar
close = Cerrar
ok = Aceptar
empty-title = ¿Qué quiere ver?
empty-what = Abra un caso, cree uno e importe sus archivos, o explore el ejemplo.
empty-open = Abrir un caso…
nothing-known-title = El { $date } no se sabía nada de este caso
nothing-known-what = Su primer archivo se recibió después. Elija un día posterior a la izquierda, en «Como se conocía este día».
nothing-known-today = Mostrar lo que se sabe hoy
no-rows-title = Este caso está vacío
no-rows-what = Importe una tabla, un KML, un GPX, un Shapefile u otro archivo del ramo, o suéltelo aquí. Se reconocen las columnas de UCDP, ACLED, GDELT, GTD y SESNSP.
working-open = Abriendo { $file }
working-import = Importando
working-rows = { $n_count ->
    [one] { $n } fila
   *[other] { $n } filas
}
import-done = Importación terminada
import-more-rejects = … y { $n_count ->
    [one] { $n } fila rechazada
   *[other] { $n } filas rechazadas
} más: vea Datos.
picture-done = Imagen guardada
problem-title = No se pudo
problem-no-case = Primero abra o cree un caso; luego importe en él.
problem-no-certificates = Este equipo no tiene certificados, así que no se puede confiar en un mapa en línea. Instale el paquete ca-certificates.
problem-tiles-unreachable = No se puede conectar con el mapa en línea { $host }. Revise la conexión o elija otro mapa.
problem-tiles-slow = El mapa en línea { $host } no envía sus teselas a tiempo. Revise la conexión o elija otro mapa.
problem-tiles-busy = El mapa en línea { $host } pide una pausa. Se le volverá a consultar más tarde; mientras tanto, elija otro mapa.
problem-tiles-status = El mapa en línea { $host } responde con el error { $status }. Revise la dirección o elija otro mapa.
problem-tiles-elsewhere = El mapa en línea { $host } redirige a otra dirección, que no se sigue. Si confía en esa dirección, escríbala en su lugar.
problem-tiles-too-big = El mapa en línea { $host } envía más de lo que cabe en una tesela. Revise la dirección o elija otro mapa.
problem-tiles-no-image = El mapa en línea { $host } no envía imágenes PNG o JPEG de hasta 1,024 píxeles por lado. Revise la dirección o elija otro mapa.
problem-picture-ending = { $file }: el nombre de la imagen debe terminar en .png o .svg.
drop-here = Suelte para abrir el caso o importar los archivos
typed-what = Este sistema no tiene diálogo de archivos. Escriba la ruta del archivo.
typed-path = Ruta del archivo
no-window = No se puede abrir una ventana: { $why } Se escribe { $file } en su lugar; atalaya --help muestra lo que funciona sin ventana.
no-window-display = no hay pantalla.
no-window-driver = no hay controlador gráfico; ayudarían los paquetes libvulkan1 mesa-vulkan-drivers o libegl1.
no-window-library = falta una biblioteca de ventanas; ayudarían los paquetes libx11-xcb1 libxcursor1 libxi6 libxkbcommon-x11-0.
no-window-headless = este programa se compiló sin ella.
help-box = Arrastrar en el mapa con Mayús para seleccionar un recuadro
help-escape = Cerrar lo abierto, o quitar la selección
help-licences = Atalaya: MIT o Apache-2.0. Letra: Inter (OFL). Iconos: Phosphor (MIT). Mapa: Natural Earth (dominio público), GeoNames (CC BY 4.0). Municipios de México: INEGI (libre uso con atribución). Husos horarios: IANA (dominio público).

## Window: left panel
tab-filter = Filtro
tab-layers = Capas
tab-data = Datos
fold-left = Plegar este panel
filter-what = Qué
filter-all = todo
filter-only = Solo { $name }
filter-fold = Plegar { $name }
filter-unfold = Desplegar { $name }
filter-who = Quién
filter-actor-hint = Buscar un actor
filter-no-actor = No hay un actor con ese nombre
filter-where = Dónde
filter-everywhere = En todas partes
filter-how-sure = Certeza
filter-precision-any = Todo
filter-uncertain-dates = incluir fechas inciertas
filter-min-deaths = Muertes, al menos
filter-datasets = Conjuntos de datos
layers-shown = En el mapa
layers-basemap = Mapa base
layers-online = Mapas en línea
online-warning = Un mapa en línea le dice a su dueño dónde mira usted. Nada se envía hasta que elija uno.
basemap-builtin = Mapa incluido
basemap-none = Sin mapa
basemap-file = Un archivo de teselas…
basemap-osm = OpenStreetMap
basemap-address = Dirección de otro mapa
basemap-use-address = Usar esta dirección
basemap-bad-address = La dirección empieza con https:// y contiene { "{z}" }, { "{x}" } y { "{y}" }.
data-indexing = Se preparan las palabras para buscar: { $percent } %. Mientras tanto, buscar tarda más.
data-datasets = Conjuntos de datos
data-imports = Importaciones
data-counts = { $nread_count ->
    [one] { $nread } fila leída
   *[other] { $nread } filas leídas
}: { $added_count ->
    [one] { $added } nueva
   *[other] { $added } nuevas
}, { $updated_count ->
    [one] { $updated } actualizada
   *[other] { $updated } actualizadas
}, { $unchanged } sin cambio, { $rejected_count ->
    [one] { $rejected } rechazada
   *[other] { $rejected } rechazadas
}
data-rejects = { $n_count ->
    [one] { $n } fila no se pudo usar
   *[other] { $n } filas no se pudieron usar
}
n-territories = { $n_count ->
    [one] { $n } estimación de territorio
   *[other] { $n } estimaciones de territorio
}
n-deaths = { $n_count ->
    [one] { $n } muerte
   *[other] { $n } muertes
}

## Window: map
map-name = Mapa
map-zoom-in = Acercar
map-zoom-out = Alejar
map-home = Mostrar todo lo filtrado
map-draw-box = Dibujar un recuadro para filtrar
map-many-here = { $n_count ->
    [one] { $n } incidente aquí: haga clic para seleccionarlo
   *[other] { $n } incidentes aquí: haga clic para seleccionarlos
}
map-more-here = y { $n } más aquí: haga clic para la lista
attribution-builtin = Natural Earth, GeoNames · sin conexión
attribution-none = sin mapa · sin conexión
attribution-file = { $file } · sin conexión
attribution-osm = © colaboradores de OpenStreetMap · en línea
attribution-online = { $host } · en línea
legend-territory = Territorio, estimaciones
legend-contested = en disputa
legend-incidents = Incidentes a la vista
legend-ring = en algún punto del círculo
legend-lighter = día desconocido
legend-deaths = Muertes (estimación central)
chip-certain = solo fechas ciertas
chip-actors = { $n_count ->
    [one] { $n } actor
   *[other] { $n } actores
}
chip-box = en un recuadro
chip-min-deaths = { $n_count ->
    [one] { $n } muerte o más
   *[other] { $n } muertes o más
}
chip-precision-exact = solo lugares exactos
chip-precision-near = lugar aproximado o mejor
chip-precision-municipality = municipio o mejor
chip-precision-state = estado o mejor
chip-precision-country = país o mejor
chip-datasets = { $n_count ->
    [one] { $n } conjunto
   *[other] { $n } conjuntos
}
chip-kinds = { $n_count ->
    [one] { $n } tipo
   *[other] { $n } tipos
}
chip-remove = Quitar: { $name }
counts-of = de { $ntotal_count ->
    [one] { $ntotal } incidente
   *[other] { $ntotal } incidentes
}
counts-deaths = muertes { $low }–{ $high }, estimación central { $best }
counts-deaths-one = muertes { $best }
counts-deaths-unknown = muertes sin dato
counts-select = Listar estos incidentes
no-match = Ningún incidente pasa el filtro
no-match-what = Quite uno de estos filtros para ver incidentes:
no-match-without = Sin { $name }: { $n_count ->
    [one] { $n } incidente
   *[other] { $n } incidentes
}
no-match-clear = Quitar todo el filtro

## Window: timeline
time-play = Reproducir
time-pause = Pausa
time-back = Un paso atrás
time-forward = Un paso adelante
time-window = Ventana
time-cumulative = Acumulado
time-speed = { $n } × { $step } / s
time-speed-tip = Paso y velocidad
time-step = Paso
time-steps-a-second = Pasos por segundo
step-day = día
step-week = semana
step-month = mes
step-year = año
time-all = Todo el tiempo
time-from = desde el { $date }
time-until = hasta el { $date }
time-by-day = por día
time-by-week = por semana
time-by-month = por mes
time-by-year = por año
time-uncertain = { $n } quizá fuera de este periodo
time-zoom-in = Menos días
time-zoom-out = Más días
time-against-before = { $times_count ->
    [one] igual que el periodo anterior
   *[other] { $times } veces el periodo anterior
}
time-peak-hour = máximo en una hora: { $n }, { $when }
time-peak-day = máximo en un día: { $n }, { $when }
time-peak-week = máximo: { $n }, { $when }
time-peak-month = máximo en un mes: { $n }, { $when }
time-peak-year = máximo en un año: { $n }, { $when }
time-peak-decade = máximo en una década: { $n }, { $when }
time-bars = Incidentes en el tiempo
time-first-day = Primer día: { $date }
time-last-day = Último día: { $date }

## Window: inspector
inspector-empty-what = Haga clic en un incidente del mapa, o arrastre con Mayús para varios.
inspector-back = { $n_count ->
    [one] volver al único
   *[other] volver a los { $n }
}
card-go-to = Mostrar en el mapa
card-when = Cuándo
card-where = Dónde
card-who = Quién
card-deaths = Muertes
card-within = a menos de { $km } km
card-not-reported = sin dato
card-and = y, del otro lado
card-deaths-range = { $low } a { $high }, estimación central { $best }
card-account = Relato
card-sources = Fuentes
card-no-source = La fila no nombra fuente.
card-linked = Vinculados
card-other-columns = Otras columnas
card-source-kind = tipo en la fuente
card-from = De dónde viene esta fila
card-dataset = conjunto { $dataset } · id { $id }
card-line = { $file }, línea { $line }
card-import = importación { $import }, { $date } · SHA-256 { $sha }…

## Layers
layer-territories = Estimaciones de territorio
layer-uncertainty_rings = Donde el lugar no es exacto
layer-incidents = Incidentes
layer-selected = Incidentes seleccionados
layer-labels = Nombres

## Scale
scale-at-north = { $distance } a { $latitude }° N
scale-at-south = { $distance } a { $latitude }° S

## Problems with maps and pictures
problem-basemap-damaged = { $file } no es un archivo PMTiles o está dañado. Consiga el archivo de nuevo o elija otro.
problem-basemap-raster = { $file } contiene imágenes. Atalaya dibuja archivos PMTiles con teselas vectoriales; elija uno de esos.
problem-picture-size = No se puede hacer una imagen de { $width } × { $height } px. Elija un tamaño entre 1 y 16,384 px.
problem-picture = No se pudo hacer la imagen: { $cause }.

## The page
page-headline-none = Ningún incidente correspondiente en este mapa
page-headline-one = { $what }, { $period }
page-headline-only = { $what }: { $n } incidentes, { $period }
page-headline-mixed = { $n } incidentes, { $period }, { $share } { $what }
page-headline-state = { $finding }; { $share } en { $state }
page-deck = { $n_count ->
    [one] { $n } de los { $all } incidentes del caso está
   *[other] { $n } de los { $all } incidentes del caso están
} en este mapa, { $when }.
page-deck-none = { $all_count ->
    [one] El caso contiene { $all } incidente, que no corresponde aquí.
   *[other] El caso contiene { $all } incidentes; ninguno corresponde aquí.
}
page-deck-all = { $n_count ->
    [one] El único incidente del caso, { $when }.
   *[other] Los { $n } incidentes del caso, { $when }.
}
page-deck-deaths = Muertes: { $range } (estimación central: { $best }).
page-key-incidents = Incidentes, por tipo
page-key-none = Ninguno.
page-key-deaths = { $n_count ->
    [one] { $n } muerte
   *[other] { $n } muertes
}
page-key-lighter = día desconocido
page-key-rings = lugar no exacto: en algún punto dentro
page-key-territories = Territorio, según estimaciones
page-key-contested = en disputa
page-key-more = y { $n } más
page-key-grade = Letra y número: confiabilidad de la fuente, A–F, y credibilidad de la información, 1–6.
page-chart-day = Incidentes por día, { $years }
page-chart-week = Incidentes por semana, { $years }
page-chart-month = Incidentes por mes, { $years }
page-chart-year = Incidentes por año, { $years }
page-chart-peak = Máximo { $when }: { $n }
page-unknown = Lo que no sabemos
page-unknown-dates = { $n_count ->
    [one] De un incidente no se conoce el día, solo un lapso de días, un mes o un año.
   *[other] De { $n } incidentes no se conoce el día, solo un lapso de días, un mes o un año.
}
page-unknown-period = { $n_count ->
    [one] Uno pudo haber ocurrido fuera del periodo.
   *[other] { $n } pudieron haber ocurrido fuera del periodo.
}
page-unknown-places = Lugares conocidos solo de forma aproximada: { $list }.
page-unknown-municipality = { $n } a nivel municipal
page-unknown-state = { $n } a nivel estatal
page-unknown-country = { $n } a nivel nacional
page-unknown-deaths = { $n_count ->
    [one] De uno nadie informó muertes, lo cual no significa que no las haya.
   *[other] De { $n } nadie informó muertes, lo cual no significa que no las haya.
}
page-unknown-area-out = { $n_count ->
    [one] De uno solo se conoce el lugar aproximado: puede quedar fuera del área.
   *[other] De { $n } solo se conoce el lugar aproximado: pueden quedar fuera del área.
}
page-unknown-area-in = { $n_count ->
    [one] Uno más, de lugar aproximado, puede quedar dentro.
   *[other] { $n } más, de lugar aproximado, pueden quedar dentro.
}
page-unknown-outside = { $n_count ->
    [one] Uno más corresponde, pero queda fuera de este mapa.
   *[other] { $n } más corresponden, pero quedan fuera de este mapa.
}
page-sources = Fuentes.
page-method = Método.
page-basemap = Natural Earth; GeoNames, CC BY 4.0
page-basemap-from = Mapa: { $source }
page-method-all = Todos los incidentes del caso.{ $value }
page-method-period = Fechas: { $value }.
page-method-from = Desde { $value }.
page-method-to = Hasta { $value }.
page-method-certain = Solo fechas que con certeza caen en el periodo.{ $value }
page-method-possible = Se incluyen las fechas que pueden caer en el periodo.{ $value }
page-method-kinds = Tipos: { $value }.
page-method-actors = Actores: { $value }.
page-method-bounds = Dentro de { $value } (grados).
page-method-text = Que contienen «{ $value }».
page-method-deaths = Al menos { $value_count ->
    [one] { $value } muerte
   *[other] { $value } muertes
}.
page-method-precision = Precisión del lugar: { $value } o mejor.
page-method-datasets = Conjuntos de datos: { $value }.
page-method-symbols = Cada símbolo es un incidente; su área crece con la estimación central de muertes. Los incidentes de un mismo lugar inexacto se ponen lado a lado.{ $value }
page-method-deaths-best = Las muertes son sumas de las estimaciones baja, central y alta; los incidentes sin dato no suman nada.{ $value }
page-disclaimer = Los límites y nombres no implican aval. Proyección Web Mercator.
page-data-of = Datos importados el { $date }.
page-made-with = Hecho con Atalaya { $version }

inspector-shown = Se muestra
unknown-day = { $n } sin día conocido
unknown-place = { $n } con lugar conocido solo a nivel municipal o más amplio
unknown-deaths = { $n } sin reporte de muertes, lo que no significa que no las haya
unknown-grade = { $n } con una fuente cuya confiabilidad nadie evaluó

key-space = Espacio
key-home = Inicio
key-shift = Mayús
legend-title = Leyenda
legend-fold = Plegar la leyenda
legend-unfold = Mostrar la leyenda

page-headline-plain = { $n } incidentes, { $period }
page-deck-deaths-unknown = No hay datos sobre muertes.

problem-busy = Algo se está abriendo o importando todavía. Espere a que termine, o cancélelo.
problem-csv-cells = { $file }, línea { $line }: la fila tiene más de { $ncells } celdas. Revise el separador y las comillas.

compass-n = N
compass-s = S
compass-e = E
compass-w = O
chip-text = «{ $text }»
unfold-left = Mostrar el panel izquierdo
fold-timeline = Plegar la línea de tiempo
unfold-timeline = Mostrar la línea de tiempo
help-timeline = Plegar o mostrar la línea de tiempo
help-pick = Seleccionar lo que está en el centro del mapa, cuando el mapa tiene el teclado
key-enter = Intro

problem-no-folder = { $file }: la carpeta no existe. Créela antes, o elija otra.

# Muchos incidentes: conteos en el mapa y su clave
number-thousands = { $n } mil
number-millions = { $n } M
density-key-dot = Incidentes en un punto, aquí de { $width } de ancho
density-key-hexagon = Incidentes en un hexágono de unos { $width } de ancho
density-key-cluster = Cada círculo cuenta los incidentes a su alrededor; el anillo muestra sus tipos.
density-key-mixed = Los colores se mezclan según la proporción de cada tipo.
density-key-deeper-light = Más oscuro: más incidentes, de { $least } a { $most }.
density-key-deeper-dark = Más brillante: más incidentes, de { $least } a { $most }.
legend-incidents-total = Incidentes a la vista: { $n }
density-key-total = A la vista
layers-incidents = Incidentes como
style-auto = Automático
style-auto-hint = Símbolos hasta 20,000 a la vista; si hay más, conteos
style-symbols = Símbolos
style-symbols-hint = Uno por incidente, sean cuantos sean
style-density = Densidad
style-density-hint = El color dice cuántos hay en cada punto
style-hexagons = Hexágonos
style-hexagons-hint = Conteos en celdas de igual área
style-clusters = Cúmulos
style-clusters-hint = Círculos con el número de incidentes alrededor
layers-density-color = Color de los conteos
density-color-ramp = Cantidad
density-color-ramp-hint = El color dice cuántos hay
density-color-kind = Tipo
density-color-kind-hint = El color dice de qué tipo; su intensidad, cuántos
layers-density-scale = Escala
density-scale-log = Logarítmica
density-scale-log-hint = Diez veces más es siempre el mismo paso de color
density-scale-equal-area = Áreas iguales
density-scale-equal-area-hint = Cada color cubre la misma superficie: se notan las diferencias pequeñas
page-key-counts = Incidentes, cuántos
page-method-raster = El color de cada punto dice cuántos incidentes hay en el punto que lo rodea; cada lugar se dibuja donde lo sitúa la fuente.{ $value }
page-method-compare = El color de cada hexágono compara los incidentes por día de los dos periodos; un incidente de fecha incierta puede contar en ambos.{ $value }
page-method-hexagons = El color de cada hexágono H3 dice cuántos incidentes hay en él; cada lugar se cuenta donde lo sitúa la fuente.{ $value }
page-method-clusters = Cada círculo cuenta los incidentes a su alrededor, con tamaño según el logaritmo; los incidentes solos llevan su símbolo.{ $value }
page-method-log = Colores por logaritmo: diez veces más es siempre el mismo paso.{ $value }
page-method-equal-area = Colores por rango: cada uno cubre la misma superficie del mapa.{ $value }

# The case at a million rows
check-columns = Las columnas guardadas coinciden con las filas
## Filter: options, areas, routes
layer-area = La zona por la que se filtra
filter-clear = Quitar: { $name }
filter-list-these = { $n_count ->
    [one] Listar este: { $name }
   *[other] Listar estos { $n }: { $name }
}
filter-side-either = Cualquiera
filter-side-a = Parte A
filter-side-b = Parte B
filter-admin = País, estado, municipio
filter-admin-hint = Buscar un lugar por nombre
filter-admin-unnamed = sin nombre
filter-no-admin = Ningún lugar con ese nombre
filter-deaths = Muertes
filter-deaths-from = de
filter-deaths-to = a
filter-deaths-none = Ninguna muerte
filter-deaths-range = { $range_count ->
    [one] { $range } muerte
   *[other] { $range } muertes
}
filter-deaths-unknown = Sin dato
filter-deaths-unknown-about = Incidentes de los que nadie dio una cifra: ningún límite los deja pasar
filter-max-deaths = Muertes, como máximo
filter-grade = Calificación
filter-grade-any = Cualquiera, aun sin calificar
filter-grade-best = { $code }: { $words }
filter-grade-at-least = { $code } o mejor: { $words }
filter-reliability = Confiabilidad de la fuente
filter-credibility = Credibilidad de la información
area-box = Recuadro
area-polygon = Polígono
area-circle = Círculo
area-corridor = Corredor
area-file = Ruta…
area-import = Filtrar a lo largo de la ruta de un archivo…
area-import-done = Ruta leída
area-import-left-out = { $n_count ->
    [one] El archivo trae otra línea o polígono que no se une a esta. Quedó fuera; se tomó la más larga.
   *[other] El archivo trae otras { $n } líneas o polígonos que no se unen a esta. Quedaron fuera; se tomó la más larga.
}
area-radius = Radio
area-width = Ancho
area-each-side = De orilla a orilla: { $side } a cada lado de la línea.
area-certain = { $n } con certeza dentro
area-possible = { $n } posiblemente dentro
area-inside-tip = Un lugar se conoce con una precisión de metros o kilómetros. Con certeza dentro: todo el círculo en el que puede estar. Posiblemente dentro: una parte de él. El filtro se guía por su centro.
area-go-to = Ver en el mapa
area-typed = Lugares de una zona
area-typed-hint = Monterrey – Nuevo Laredo, o lat, lon; …
area-find-ways = Buscar rutas por carretera
area-find-place = Buscar este lugar
area-around = Alrededor de { $place }
area-way = { $km } por carretera
area-way-roads = { $roads }: { $km }
area-way-by = { $roads } por { $town }: { $km }
area-way-off = De ello, { $km } en línea recta, donde el mapa incluido no tiene carretera.
area-make-circle = Círculo de 25 km
area-make-corridor = Corredor de 10 km
area-make-polygon = Polígono
area-hint-box = Arrastre de una esquina del recuadro a la otra.
area-hint-polygon = Haga clic en las esquinas, una tras otra. Otro clic en la última, o Intro, lo cierra; Retroceso quita la última.
area-hint-circle = Presione en el centro y arrastre hacia afuera.
area-hint-corridor = Haga clic en los puntos de la línea. Otro clic en el último, o Intro, la termina; Retroceso quita el último.
area-finish = Filtrar por esto
chip-polygon = En un polígono de { $size }
chip-circle = A menos de { $radius } de { $at }
chip-corridor = Corredor de { $width } de ancho y { $length } de largo
chip-side-a = Parte A: { $name }
chip-side-b = Parte B: { $name }
chip-admins = { $n_count ->
    [one] { $n } lugar
   *[other] { $n } lugares
}
chip-max-deaths = { $n_count ->
    [one] { $n } muerte o menos
   *[other] { $n } muertes o menos
}
chip-reliability = fuente { $code } o mejor
chip-credibility = información { $code } o mejor
page-method-area = { $value }
page-method-polygon = Dentro de un polígono de { $n } esquinas y { $size }.
page-method-circle = A menos de { $radius } de { $at } (latitud, longitud).
page-method-corridor = Dentro de un corredor de { $width } de ancho a lo largo de una línea de { $length }.
page-method-side-a = Primera parte: { $value }.
page-method-side-b = Segunda parte: { $value }.
page-method-admin = En { $value }.
page-method-deaths-most = A lo más { $value_count ->
    [one] { $value } muerte
   *[other] { $value } muertes
}.
page-method-reliability = Confiabilidad de la fuente: { $value } o mejor.
page-method-credibility = Credibilidad de la información: { $value } o mejor.

## Problems with routes and areas
problem-route-big = { $file } pesa más de { $mb } MB: eso no es una ruta. Recórtelo a la parte que necesita.
problem-route-type = { $file } no es GPX ni GeoJSON. Exporte la ruta en uno de estos formatos.
problem-route-points = { $file } tiene más de { $n } puntos. Simplifique la línea e inténtelo de nuevo.
problem-route-place = { $file }: «{ $value }» no es un lugar de la Tierra. La latitud va de −90 a 90; la longitud, de −180 a 180.
problem-route-none = { $file } no trae recorrido, ruta, línea ni polígono: los puntos sueltos no hacen una ruta.
problem-route-geometry = { $file } tiene una geometría que no se puede leer como línea ni polígono. Exporte la ruta otra vez.
problem-no-such-admin = Ningún país, estado o municipio de este caso se llama «{ $name }».
problem-max-deaths = El mínimo de muertes ({ $least }) es mayor que el máximo ({ $most }).
problem-grade-argument = «{ $value }» no es una calificación. Escriba una letra A–F, un dígito 1–6 o ambos, como B2.
problem-area-argument = «{ $value }» no es una zona. Escriba { $form }.
problem-areas = Solo una zona a la vez: { $given }.
note-along-off = { $km } km de la ruta van en línea recta: el mapa incluido no tiene carretera ahí.
problem-along-form = «{ $value }» no nombra dos lugares. Escriba una ruta como «Monterrey – Nuevo Laredo»; un lugar es una localidad, «Monterrey, Nuevo León», o coordenadas.
problem-along-place = En la lista incluida no hay ninguna localidad llamada «{ $place }». Revise la ortografía o dé sus coordenadas.
problem-along-several = «{ $place }» corresponde a varias localidades: { $places }. Agregue el estado o el país, como en «Monterrey, Nuevo León».
problem-along-far = Ninguna carretera incluida pasa a menos de { $km } km de { $place }. Elija una localidad o dibuje el corredor a mano.
problem-along-none = Ninguna carretera incluida lleva de un lugar al otro. Dibuje el corredor a mano o cargue una ruta de un archivo.
problem-along-by = Ninguna de las rutas encontradas es «{ $by }». Elija una de estas por su número: { $ways }.
problem-width-argument = --width va con --route y es un número de kilómetros mayor que 0.
problem-width-polygon = { $file } trae un polígono, que no tiene ancho. Quite --width.

## Time: hours to decades, two times side by side, clock and calendar
layer-compare = Dos periodos comparados
page-chart-decade = Incidentes por década, { $years }
time-by-hour = por hora
time-by-decade = por década
time-certain-possible = { $certain } con certeza, { $possible } como máximo; las fechas inciertas se reparten entre sus días
time-bar-tip = Clic: filtrar por estos días. Arrastrar: un periodo más largo. Rueda: acercar
time-bar-tip-compare = Clic o arrastrar: B. Con Mayús: A. Rueda: acercar
time-select-bar = Seleccionar todo lo que puede caer aquí
time-select-these = Seleccionar estos
time-select-shown = { $n_count ->
    [one] Seleccionar el único de este periodo
   *[other] Seleccionar los { $n } de este periodo
}
time-select-before = { $n_count ->
    [one] Seleccionar el único del periodo anterior
   *[other] Seleccionar los { $n } del periodo anterior
}
time-select-deadly = Seleccionar los que tienen muertes
time-shape-tip = En el tiempo, o por reloj y calendario
time-shape-over = En el tiempo
time-shape-week = Por día de la semana y hora
time-shape-year = Por mes del año
time-of-day-known = con hora conocida
time-weekday-unknown = día desconocido: { $n }
time-hour-unknown = Hora desconocida
time-months-note = Todos los años juntos; las fechas inciertas se reparten entre sus días.
time-compare = Comparar
time-compare-period = { $side }: año, mes o días
time-compare-same = A y B tienen casi la misma cantidad de { $what }
time-compare-more = B tiene { $n } % más { $what } que A
time-compare-fewer = B tiene { $n } % menos { $what } que A
time-compare-many = En B hay { $n }× de { $what } respecto a A
time-compare-daily-same = casi lo mismo por día
time-compare-daily-more = { $n } % más por día
time-compare-daily-fewer = { $n } % menos por día
time-compare-daily-many = { $n }× por día
time-compare-no-a = A no tiene { $what }
time-compare-kinds = Por tipo
compare-key = Incidentes por día: A frente a B
compare-much-more-a = A: 4 veces B o más
compare-more-a = A: de 2 a 4 veces B
compare-same = casi lo mismo
compare-more-b = B: de 2 a 4 veces A
compare-much-more-b = B: 4 veces A o más
compare-deck = Incidentes que pasan el filtro en cada uno de los dos periodos, estén o no en este mapa; por día en los colores.

# Table and inspector
table-name = Tabla
fold-table = Ocultar la tabla
unfold-table = Mostrar la tabla
help-table = Mostrar u ocultar la tabla de incidentes
table-all = Todos los visibles ({ $n })
table-selected = Seleccionados ({ $n })
table-columns = Columnas
table-copy = Copiar
table-copy-what = Copiar las filas seleccionadas, o toda la tabla, para pegarlas en una hoja de cálculo
table-copied = { $n_count ->
    [one] { $n } fila copiada
   *[other] { $n } filas copiadas
}
table-sort = Ordenar por esta columna; otra vez invierte el orden
table-no-sort = Este texto queda en el archivo del caso y solo se lee para las filas a la vista: no se puede ordenar por él
table-scroll = Recorrer las filas
table-none-selected = No hay ninguno seleccionado. Seleccione incidentes en el mapa o en la línea de tiempo.
table-col-date = Fecha
table-col-kind = Tipo
table-col-title = Título
table-col-place = Lugar
table-col-municipality = Municipio
table-col-state = Estado
table-col-country = País
table-col-side_a = Parte A
table-col-side_b = Parte B
table-col-deaths = Muertes
table-col-precision = Lugar conocido
table-col-grade = Grado
table-col-dataset = Conjunto
table-col-id = Id
table-col-file = Archivo
table-col-line = Línea
table-deaths-low = Muertes, mínimo
table-deaths-best = Muertes, estimación central
table-deaths-high = Muertes, máximo
working-copy = Copiando filas
problem-too-many-to-copy = { $n } filas son demasiadas para el portapapeles, que admite { $most } como máximo. Seleccione menos o escríbalas en un archivo con «atalaya list».
inspector-widen = { $n_count ->
    [one] volver al de antes
   *[other] volver a los { $n } de antes
}
inspector-previous = Anterior de los seleccionados
inspector-next = Siguiente de los seleccionados
inspector-place = { $at } de { $n }
summary-charts = Resumen
summary-list = Lista
summary-kinds = Qué
summary-actors = Quién
summary-states = En qué estado
summary-no-state = Sin estado
summary-all = { $n_count ->
    [one] ese
   *[other] los { $n }
}
summary-narrow = Seleccionar solo estos
summary-list-cut = Aquí van los primeros { $n }; la tabla los tiene todos.
card-history = Lo que decían archivos anteriores
card-history-first = Lo primero que se supo
card-history-nothing = nada
card-title-es = Título en español
## Search, palette, bookmarks, measuring, actors
action-search = Buscar
action-palette = Encontrar un comando
action-clear-filter = Quitar todo el filtro, también el de tiempo
action-select-none = No seleccionar nada
action-fold-left = Plegar o mostrar el panel izquierdo
action-fold-right = Plegar o mostrar el panel derecho
action-basemap-builtin = Mapa de fondo: el incluido
action-basemap-none = Mapa de fondo: ninguno
action-basemap-file = Mapa de fondo: un archivo de teselas…
action-theme = Colores claros u oscuros
action-layer = Mostrar u ocultar: { $name }
help-bookmarks = Ir a un marcador, del primero al noveno
palette-hint = Encontrar un comando
palette-none = Ningún comando se llama así
search-coordinates = Coordenadas
search-actors = Actores
search-places = Lugares
search-incidents = Incidentes
search-text = Palabras
search-by-text = Filtrar por las palabras «{ $text }»
search-filter = Mostrar solo esto
search-select = Seleccionar
search-on-map = en el mapa
search-outside = fuera del filtro
search-busy = Buscando…
search-off-earth = Esas coordenadas no están en la Tierra. La latitud va de −90 a 90 y la longitud de −180 a 180.
search-unclear = Como coordenadas esto no se entiende, o se entiende de varias maneras. Se aceptan: 27.4763, -99.5164 · 27°28'34.7"N 99°30'59"O · 27 28.578 N 99 30.984 O · 14R 448983 3039298 · enlaces geo: · direcciones de mapas web
pin-title = Punto
pin-remove = Quitar la marca
pin-copy = Copiar { $text }
map-measure = Medir distancia y superficie
measure-begin = Haz clic en el mapa donde empieza
measure-go-on = Haz clic donde sigue
measure-length = { $n_count ->
    [one] { $length }
   *[other] { $length } en { $n } tramos
}
measure-area = Superficie { $area }, perímetro { $length }
measure-hint = Un clic en el primer punto cierra la figura; en el último, termina. Retroceso quita un punto, Esc sale.
measure-close = Cerrar la figura
measure-copy = Copiar el resultado
measure-anew = Empezar de nuevo
measure-end = Terminar
bookmarks = Marcadores
bookmarks-none = Aún no hay vistas guardadas. Un marcador guarda filtro, mapa, capas y línea de tiempo.
bookmarks-read-only = El caso es de solo lectura: los marcadores duran hasta cerrarlo.
bookmark-add = Guardar esta vista
bookmark-go = Ir al marcador: { $name }
bookmark-rename = Cambiar el nombre de { $name }
bookmark-update = Poner la vista actual en { $name }
bookmark-delete = Borrar { $name }
bookmark-put-back = Se borró { $name }. Recuperarlo
bookmark-name = Nombre del marcador
bookmark-unnamed = Vista
actors-title = Quién contra quién
actors-what = Incidentes en que dos están en bandos opuestos, de los que pasan el filtro. Un clic en un número lleva a sus incidentes; en un nombre, filtra por él.
actors-close = Cerrar quién contra quién
actors-table = Tabla
actors-network = Red
actors-none = Ninguno de los incidentes mostrados nombra a un actor.
actors-others = { $n } más
actors-pair = { $n_count ->
    [one] { $a } contra { $b }: { $n } incidente
   *[other] { $a } contra { $b }: { $n } incidentes
}
actors-filter = Filtrar por { $name }

# Acciones de la paleta
action-polygon = Filtrar con un polígono dibujado en el mapa
action-circle = Filtrar con un círculo dibujado en el mapa
action-corridor = Filtrar con un corredor a lo largo de una línea dibujada en el mapa
action-next = Siguiente de los incidentes seleccionados
action-previous = Anterior de los incidentes seleccionados
action-style-auto = Mostrar los incidentes como símbolos, o conteos si hay muchos
action-style-symbols = Mostrar los incidentes como símbolos
action-style-density = Mostrar los incidentes como densidad
action-style-hexagons = Mostrar los incidentes como hexágonos
action-style-clusters = Mostrar los incidentes como cúmulos

action-go-to-area = Mostrar el área del filtro
reject-line_short = Una línea necesita al menos dos posiciones: { $value }
problem-encoding-unknown = No existe la codificación «{ $encoding }». Indique una como utf-8, utf-16le, windows-1252 o macintosh.
problem-delimiter = Un separador es un solo carácter, como , ; | o un tabulador.
problem-header-line = { $file } no tiene una línea { $line } de la que tomar los nombres de las columnas.
problem-zip-entries = { $file } es un archivo zip de { $n } entradas; no se leen más de { $most }.
problem-zip-bomb = { $file }: { $entry } crece sin proporción al descomprimirse ({ $cause }), así que no se cargó nada. Así es un archivo hecho para dañar; pregunte a quien lo envió.
problem-zip-damaged = { $file } está dañado o no es lo que dice su nombre ({ $entry }: { $cause }), así que no se cargó nada. Pida el archivo de nuevo.
profile-fit = { $all_count ->
    [one] tiene su única columna
   *[other] tiene { $known } de sus { $all } columnas
}

# Hojas de cálculo, shapefiles, GeoPackage, FlatGeobuf
problem-zip-foreign = { $file } es un archivo zip, pero no de los que se leen: contiene { $entries }. Se leen libros de Excel (.xlsx) y OpenDocument (.ods), archivos KMZ y shapefiles en zip; descomprima primero cualquier otro.
problem-sheet-xml = { $file } está dañado: { $entry } no se puede leer a partir del byte { $at } ({ $cause }), así que no se cargó nada. Ábralo en un programa de hojas de cálculo y guárdelo de nuevo.
problem-sheet-row = { $file } no se puede leer en la fila { $line } de la hoja: { $cause }. Ábralo en un programa de hojas de cálculo y guárdelo de nuevo.
problem-sheet-empty = La hoja «{ $sheet }» de { $file } está vacía. Elija otra.
problem-layer = { $file } no tiene ninguna hoja o capa «{ $layer }». Tiene: { $layers }.
problem-crs = { $file } está en el sistema de referencia «{ $crs }», que aquí no se puede convertir a WGS 84: requiere desplazamientos medidos o una fórmula desconocida. Expórtelo en WGS 84 (EPSG:4326), por ejemplo con QGIS, y cargue ese archivo.
problem-crs-untold = { $file } no dice en qué sistema de referencia están sus coordenadas (falta el .prj), y no son grados. Expórtelo en WGS 84 (EPSG:4326) y cargue ese archivo.
problem-part-missing = A { $file } le falta { $part }, donde están sus columnas. Póngalo junto a él: un shapefile consta de varios archivos con el mismo nombre.
problem-part-damaged = { $file }: { $part } está dañado ({ $cause }), así que no se cargó nada. Pida los archivos de nuevo.
problem-gpkg = { $file } no se puede leer como GeoPackage ({ $cause }), así que no se cargó nada.
problem-gpkg-plain = { $file } es una base de datos SQLite, pero no un GeoPackage con capas de elementos o de atributos.
problem-gpkg-view = La capa «{ $layer }» de { $file } es una vista u otra tabla que ejecuta código del archivo; solo se leen tablas simples. Exporte la capa a un GeoPackage nuevo y cargue ese.
problem-fgb = { $file } está dañado ({ $cause }), así que no se cargó nada. Pida el archivo de nuevo.
note-header-line = Los nombres de las columnas de { $file } se tomaron de la fila { $line } de la hoja; las filas de arriba son un título.
note-crs-converted = { $file } está en el sistema de referencia «{ $crs }»; sus coordenadas se convirtieron a WGS 84.
note-crs-near = { $file } está en el sistema de referencia «{ $crs }», que difiere menos de dos metros de WGS 84; sus coordenadas se tomaron tal cual.
note-crs-untold = { $file } no dice en qué sistema de referencia están sus coordenadas; se leyeron como grados de WGS 84.

problem-known-on = { $file } se muestra como se conocía el { $date }, es decir, en el pasado: ahí nada se puede cambiar. Quite antes esa fecha.
problem-received-future = El { $date } aún no llega: nada pudo recibirse ese día.
problem-received-early = La última entrega de { $dataset } en el caso se recibió el { $last }; una recibida el { $date } tiene que importarse antes. Deshaga primero las posteriores u omita la fecha.
problem-full-retires = { $file } retiraría { $of_count ->
    [one] la única fila
   *[other] { $n } de las { $of } filas
} que el caso tiene de este conjunto de datos, así que no se cargó nada. Si de verdad es el conjunto completo, impórtelo con --full --force; si no, sin --full.
problem-no-imports = { $file } no tiene importaciones.
problem-no-such-import = { $file } no tiene la importación { $id }. atalaya check las enumera.
problem-undo-newer = La importación { $id } aún no se puede deshacer: la { $later } ({ $file }), del mismo conjunto { $dataset }, se apoya en ella. Deshaga primero esa.
problem-undo-history = La importación { $id } no se puede deshacer: no se conservó lo que { $n_count ->
    [one] decía antes { $n } fila
   *[other] decían antes { $n } filas
}.
note-older-rows = { $n_count ->
    [one] { $n } fila es más antigua que la del caso y no la cambió.
   *[other] { $n } filas son más antiguas que las del caso y no las cambiaron.
}
note-rejected-without-id = { $n_count ->
    [one] { $n } fila rechazada no tiene un id legible: lo que representa cuenta como ausente del archivo.
   *[other] { $n } filas rechazadas no tienen un id legible: lo que representan cuenta como ausente del archivo.
}
note-retired = { $n_count ->
    [one] Se retiró { $n } fila que el archivo ya no trae; queda en el historial.
   *[other] Se retiraron { $n } filas que el archivo ya no trae; quedan en el historial.
}
change-added = nueva
change-revised = modificada
change-retired = retirada
cli-no-changes = Desde entonces no se ha recibido nada.
cli-changes-of = Importación { $import }, recibida el { $date }: { $file } en { $dataset }; { $added_count ->
    [one] { $added } nueva
   *[other] { $added } nuevas
}, { $revised_count ->
    [one] { $revised } modificada
   *[other] { $revised } modificadas
}, { $retired_count ->
    [one] { $retired } retirada
   *[other] { $retired } retiradas
}.
cli-col-received = Recibida
cli-col-change = Cambio
cli-col-field = Campo
cli-col-before = Antes
cli-col-after = Después
cli-rejects-written = { $n_count ->
    [one] { $n } fila rechazada escrita
   *[other] { $n } filas rechazadas escritas
} en { $file }. Corríjalas ahí e importe el archivo con el mismo --dataset.
cli-undone = Se deshizo la importación { $id } ({ $file }): { $removed_count ->
    [one] { $removed } fila eliminada
   *[other] { $removed } filas eliminadas
}, { $restored } como { $restored_count ->
    [one] estaba
   *[other] estaban
} antes, { $rejects_count ->
    [one] { $rejects } rechazo descartado
   *[other] { $rejects } rechazos descartados
}.
cli-undo-would = Deshacer la importación { $id } ({ $file } en { $dataset }, { $date }) elimina { $removed_count ->
    [one] { $removed } fila
   *[other] { $removed } filas
}, restituye { $restored } y descarta { $rejects_count ->
    [one] { $rejects } rechazo
   *[other] { $rejects } rechazos
}. Ejecútelo con --yes.

profile-fit-missing = { $all_count ->
    [one] tiene su única columna
   *[other] tiene { $known } de sus { $all } columnas
}, pero le faltan { $missing }, que son indispensables
profile-own = cualquier tabla: { $known } de { $all_count ->
    [one] { $all } columna
   *[other] { $all } columnas
} se { $known_count ->
    [one] reconoce
   *[other] reconocen
} por su nombre
profile-places = lugares con cifras por año, si así lo indica
problem-columns-places = { $file } no trae ninguna columna con fecha ({ $wanted }…), solo cifras con año. Si sus filas son lugares y no incidentes, impórtelo con el perfil «places» (--profile places). Columnas encontradas: { $found }.
reject-bad_coordinates = «{ $value }» en la columna { $column } no se puede leer como coordenadas. Escríbalas así: 27.4763, -99.5164.
reject-no_measure = La fila no trae ninguna cifra con año: nombre las columnas como camiones_2018, o agregue una con el año o la fecha (columna { $column }).
reject-place_ambiguous = Columna { $column }: varios lugares se llaman igual – { $value }. Agregue el estado y el país.
reject-place_unknown = «{ $value }» en la columna { $column } no está en la lista de ciudades incluida, al menos no en el estado y el país indicados.
reject-projected = «{ $value }» en la columna { $column } no son grados: las coordenadas parecen proyectadas, por ejemplo metros UTM. Expórtelas como longitud y latitud WGS 84.
note-clock-ambiguous = { $n_count ->
    [one] Una hora cae en la que el cambio de horario omite o repite; se conservó como está escrita, sin mover el día.
   *[other] { $n } horas caen en la que el cambio de horario omite o repite; se conservaron como están escritas, sin mover el día.
}
note-clock-unread = { $n_count ->
    [one] Una hora no se pudo leer; se conservó como está escrita, sin mover el día.
   *[other] { $n } horas no se pudieron leer; se conservaron como están escritas, sin mover el día.
}
note-located = { $n_count ->
    [one] Una fila sin coordenadas se ubicó por el nombre de su lugar, con precisión de municipio (GeoNames, CC BY 4.0; INEGI).
   *[other] { $n } filas sin coordenadas se ubicaron por el nombre de su lugar, con precisión de municipio (GeoNames, CC BY 4.0; INEGI).
}

assistant-title = Importar { $file }
assistant-of = archivo { $at } de { $all }
assistant-looking = Revisando el archivo…
assistant-missing = Elija una columna para: { $fields }
assistant-order-open = Indique qué va primero en las fechas: el día o el mes
assistant-import = Importar
assistant-skip = Omitir este archivo
assistant-same = Leer igual los archivos que siguen si tienen las mismas columnas
assistant-template-used = Se lee según la plantilla «{ $name }».
assistant-template-drop = Sin la plantilla
assistant-template-fits = La plantilla «{ $name }» sirve para estas columnas.
assistant-template-use = Usar la plantilla «{ $name }»
assistant-file = Archivo
assistant-profile = Leer como
assistant-profile-own = Columnas propias
assistant-profile-entry = { $name }, coincide { $score } %
assistant-layer = Hoja o capa
assistant-encoding = Codificación
assistant-guessed = { $what } (supuesta)
assistant-check-accents = El archivo no dice su codificación. Revise los acentos en las filas de al lado.
assistant-encoding-ask = El archivo no dice su codificación y en varias se leen palabras. ¿Cuál lectura es la correcta?
assistant-encoding-open = Indique cuál lectura de las letras es la correcta.
assistant-encoding-other = Arriba se puede elegir cualquier otra codificación.
assistant-letters-central = Europa Central
assistant-letters-turkish = turco
assistant-letters-baltic = báltico
assistant-letters-cyrillic = cirílico
assistant-letters-greek = griego
assistant-letters-hebrew = hebreo
assistant-letters-arabic = árabe
assistant-letters-thai = tailandés
assistant-letters-chinese = chino
assistant-letters-japanese = japonés
assistant-letters-korean = coreano
assistant-delimiter = Separador
assistant-delimiter-comma = Coma
assistant-delimiter-semicolon = Punto y coma
assistant-delimiter-tab = Tabulador
assistant-delimiter-pipe = Barra vertical
assistant-header = Encabezados
assistant-header-line = En la línea { $line }
assistant-header-none = En ninguna línea
assistant-order-plain = Las fechas no dejan duda de qué número es el día.
assistant-order-ask = Ninguna fecha aclara qué número es el día. ¿Cuál es?
assistant-order-found = Según las fechas del archivo:
assistant-order-chosen = Elegido:
assistant-day-first = Primero el día
assistant-month-first = Primero el mes
assistant-no-day = no existe ese día
assistant-zone = Horas
assistant-zone-written = Solo con huso
assistant-zone-place = Huso del lugar
assistant-swapped = De { $nrows_count ->
    [one] { $nrows } punto
   *[other] { $nrows } puntos
}, { $near } { $near_count ->
    [one] cae cerca de { $country } tal como está
   *[other] caen cerca de { $country } tal como están
}, y { $exchanged } con longitud y latitud intercambiadas.
assistant-swap = Intercambiar longitud y latitud
assistant-gazetteer = Ubicar filas sin coordenadas por el nombre del lugar
assistant-gazetteer-tip = Los lugares se buscan en la lista de localidades del programa y se conocen a nivel de municipio. Los nombres ambiguos se rechazan, no se adivinan.
assistant-what = Qué
assistant-goes-to = Destino
assistant-dataset = Conjunto
assistant-attribution = Atribución
assistant-licence = Licencia
assistant-template = Plantilla
assistant-template-what = Guardado con un nombre, todo esto se ofrece para el próximo archivo con estas columnas.
assistant-template-name = Nombre de la plantilla
assistant-template-save = Guardar
assistant-template-saved = Guardada como «{ $name }».
assistant-column = Columna { $column }
assistant-kept-extra = se guarda aparte
assistant-kept = { $n_count ->
    [one] fila se conservaría
   *[other] filas se conservarían
}
assistant-rejected = { $n_count ->
    [one] se rechazaría
   *[other] se rechazarían
}
assistant-counting = Leyendo todas las filas…
assistant-all-kept = Todas las filas se pueden usar.
problem-template-missing = No hay ninguna plantilla «{ $name }» en { $file }. Hay estas: { $known }.
problem-template-damaged = { $file } no es una plantilla que se pueda leer ({ $cause }). Bórrela o guarde la plantilla de nuevo.
problem-template-name = «{ $name }» no puede ser el nombre de una plantilla. Use letras, dígitos, espacios y - _ . ( ), hasta 80.
data-rejects-reason = { $n_count ->
    [one] { $n } fila, línea { $line }: { $reason }
   *[other] { $n } filas, la primera en la línea { $line }: { $reason }
}
cli-reading = { $file } se lee como { $profile } ({ $score } %: { $reason })
cli-reading-file = formato { $format }, codificación { $encoding }, separador { $delimiter }, hoja { $layer }, encabezados en la línea { $line }
cli-reading-field = { $field } ← { $column }
cli-reading-extra = se guarda aparte: { $columns }
cli-reading-day-first = las fechas como 3/2/2025 se leen con el día primero
cli-reading-month-first = las fechas como 3/2/2025 se leen con el mes primero
field-id = Identificador
field-title = Título
field-title_es = Título en español
field-kind = Tipo
field-kind_group = Grupo de tipos
field-start = Fecha
field-end = Fecha final
field-time = Hora
field-zone = Huso horario
field-date_precision = Precisión de la fecha
field-lon = Longitud
field-lat = Latitud
field-place_precision = Precisión del lugar
field-radius_m = Radio en metros
field-coordinates = Coordenadas en una columna
field-place = Lugar
field-admin1 = Estado
field-admin2 = Municipio
field-country = País
field-actor1 = Parte A
field-actor1_type = Tipo del lado A
field-actor1_allies = Aliados del lado A
field-actor2 = Parte B
field-actor2_type = Tipo del lado B
field-actor2_allies = Aliados del lado B
field-deaths_low = Muertes, mínimo
field-deaths_best = Muertes
field-deaths_high = Muertes, máximo
field-narrative = Relato
field-narrative_es = Relato en español
field-source = Fuente
field-source_title = Título de la fuente
field-source_date = Fecha de la fuente
field-source_url = Dirección de la fuente
field-source_language = Idioma de la fuente
field-grade = Calificación, como B2
field-reliability = Confiabilidad de la fuente
field-credibility = Credibilidad
field-version = Versión de la fila
field-related = Incidentes relacionados

movement-track = Recorrido
movement-deployment = Despliegue
movement-flow = Flujo
reject-too_many_points = La figura tiene { $value } puntos; no se aceptan más de 1,000,000.
layer-movements = Movimientos
layer-places = Lugares con cifras
legend-ways = Movimientos y lugares
legend-also = También en el mapa
legend-places = Lugar con cifras
n-movements = { $n_count ->
    [one] { $n } movimiento
   *[other] { $n } movimientos
}
n-places = { $n_count ->
    [one] { $n } lugar
   *[other] { $n } lugares
}
way-amount = Cantidad
way-length = { $km } km a lo largo de { $n_count ->
    [one] { $n } punto
   *[other] { $n } puntos
}
way-place = Lugar
way-series = Cifras
way-series-sum = { $n_count ->
    [one] { $sum } en una sola cifra, { $period }.
   *[other] { $sum } en total, de { $n } cifras, { $period }.
}
way-series-unknown = { $n_count ->
    [one] De un periodo más nadie da una cifra: no es cero.
   *[other] De { $n } periodos más nadie da una cifra: no son cero.
}
way-numbers-show = { $n_count ->
    [one] Ver la cifra y su línea
   *[other] Ver las { $n } cifras con su línea
}
way-numbers-hide = { $n_count ->
    [one] Ocultar la cifra
   *[other] Ocultar las { $n } cifras
}
way-numbers-more = { $n_count ->
    [one] una cifra anterior está en el caso
   *[other] { $n } cifras anteriores están en el caso
}

problem-no-such-pair = «{ $value }» no nombra dos incidentes de este caso. Escriba CONJUNTO:ID=CONJUNTO:ID, por ejemplo acled:MEX1=own:7; los conjuntos son: { $known }.
duplicates-same-point = en el mismo punto
duplicates-distance = a { $distance } uno de otro
duplicates-days-apart = { $n_count ->
    [one] con { $n } día de diferencia
   *[other] con { $n } días de diferencia
}
duplicates-same-days = el mismo día o en días que coinciden
duplicates-same-kind = del mismo tipo
duplicates-same-group = del mismo grupo de tipos
duplicates-same-actor = ambos mencionan a { $actor }
duplicates-actor-as = { $actor } puede ser { $other }
duplicates-actors-alike = actores de la misma clase
duplicates-actors-unknown = uno de los dos no menciona a nadie
duplicates-actors-differ = pero los actores son otros
duplicates-same-deaths = { $n_count ->
    [one] { $n } muerte en ambos
   *[other] { $n } muertes en ambos
}
duplicates-deaths-overlap = cifras de muertes compatibles
duplicates-deaths-unknown = uno de los dos no informa de muertes
duplicates-deaths-differ = pero las muertes no coinciden
duplicates-same-place = ambos en { $place }
duplicates-same-municipality = en el mismo municipio
duplicates-linked = vinculado
duplicates-dismissed = descartado
duplicates-undecided = sin decidir
cli-col-pair = Par
cli-col-verdict = Decisión
cli-col-score = Puntos
cli-col-distance_m = Distancia, m
cli-col-days_apart = Días entre ambos
cli-col-reasons = Por qué
cli-col-a_dataset = Conjunto A
cli-col-a_id = Id A
cli-col-a_start = Inicio A
cli-col-a_title = Título A
cli-col-a_place = Lugar A
cli-col-a_deaths = Muertes A
cli-col-b_dataset = Conjunto B
cli-col-b_id = Id B
cli-col-b_start = Inicio B
cli-col-b_title = Título B
cli-col-b_place = Lugar B
cli-col-b_deaths = Muertes B
duplicates-title = Duplicados
duplicates-close = Cerrar los duplicados
duplicates-what = Incidentes de conjuntos distintos, dentro de lo filtrado, que pueden ser el mismo hecho. Los vinculados cuentan una vez; nada se fusiona.
duplicates-km = Kilómetros entre ambos, como máximo
duplicates-days = Días entre ambos, como máximo
duplicates-look = Buscar duplicados
duplicates-looking = Buscando duplicados…
duplicates-two-needed = Este caso tiene un solo conjunto de datos. Cargue otro de la misma zona y época: aquí se verá qué incidentes aparecen en los dos.
duplicates-begin = Indique qué tan cerca deben estar dos incidentes y busque.
duplicates-none = No hay más propuestas para esta distancia y estos días.
duplicates-found = { $n_count ->
    [one] { $n } par puede ser el mismo hecho
   *[other] { $n } pares pueden ser el mismo hecho
}
duplicates-old = Lo filtrado ha cambiado desde entonces: busque de nuevo.
duplicates-score = { $score_count ->
    [one] { $score } punto de 100
   *[other] { $score } puntos de 100
}
duplicates-link = Vincular
duplicates-dismiss = Descartar
duplicates-show = Ver en el mapa
duplicates-keys = Flechas: otro par · L: vincular · D: descartar · Intro: ver
duplicates-undo-linked = Deshacer: se vinculó { $title }
duplicates-undo-dismissed = Deshacer: se descartó { $title }
duplicates-pair = { $a } y { $b }: { $reasons }
card-one-event = El mismo hecho
card-counts-once = Las filas vinculadas cuentan una vez. Esta es la que cuenta.
card-stands-aside = Las filas vinculadas cuentan una vez. La que cuenta es otra.

problem-xml-syntax = { $file }, línea { $line }: esto no es XML válido ({ $cause }). Exporte el archivo de nuevo.
problem-xml-cut = { $file } termina antes de tiempo, en la línea { $line }: falta el resto. Descargue o exporte el archivo de nuevo.
problem-xml-outside = { $file }, línea { $line }: hay algo fuera del elemento que contiene a todos los demás, así que no es XML válido. Exporte el archivo de nuevo.
problem-xml-doctype = { $file }, línea { $line }: el archivo declara un tipo de documento (DOCTYPE), que puede usarse para hacer daño y no se lee. Quite la declaración o exporte el archivo de nuevo.
problem-xml-deep = { $file }, línea { $line }: hay más de { $most } elementos unos dentro de otros; no se cargó nada.
problem-xml-big = { $file }, línea { $line }: un elemento tiene más de 32 MB de texto o 4 millones de posiciones; no se cargó nada. Divídalo o simplifíquelo.
problem-xml-root = { $file } es XML de otro tipo ({ $found }); solo se leen KML y GPX. Expórtelo en uno de estos.
problem-kmz-empty = { $file } es un archivo zip sin ningún KML. Expórtelo de nuevo, o descomprímalo y cargue lo que contiene.
problem-route-point = { $file }, línea { $line }: un punto de la traza o ruta no tiene latitud y longitud en números.
reject-feature_too_big = El elemento pasa de 64 MB o de 2 millones de partes. Divídalo o simplifíquelo.
note-encoding-declared = { $file } dice estar codificado en «{ $declared }», pero sus bytes indican otra cosa; se leyó como { $encoding }. Revise los acentos.
note-encoding-lost = { $file } contiene el carácter �: el programa que lo escribió ya había perdido lo que iba ahí.
note-header-below-title = { $file }: los nombres de las columnas se tomaron de la línea { $line }; lo que está arriba se consideró título.
note-kml-links = { $n_count ->
    [one] No se descargó { $n } archivo más al que remite el KML (un enlace de red o una imagen sobre el mapa).
   *[other] No se descargaron { $n } archivos más a los que remite el KML (enlaces de red o imágenes sobre el mapa).
}
note-kml-html = { $n_count ->
    [one] { $n } descripción venía en HTML; se conservó su texto sin el formato.
   *[other] { $n } descripciones venían en HTML; se conservó su texto sin el formato.
}

chip-known-on = como se conocía el { $date }
filter-known = Lo que se sabía
filter-known-on = Como se conocía este día
filter-known-hint = Hoy, o un día como 2025-02-03
filter-known-past = Se muestra como se conocía al final del { $date }: el pasado solo se mira.
filter-known-go = Como se conocía el { $date }
data-undo = Deshacer la importación { $id }…
data-undo-what = { $removed_count ->
    [one] Se va { $removed } fila añadida
   *[other] Se van { $removed } filas añadidas
}, { $restored_count ->
    [one] { $restored } modificada o retirada vuelve a como estaba
   *[other] { $restored } modificadas o retiradas vuelven a como estaban
} y { $rejects_count ->
    [one] se descarta { $rejects } rechazo
   *[other] se descartan { $rejects } rechazos
}. Esto no se puede deshacer; para recuperarla, importe el archivo otra vez.
data-undo-now = Deshacerla

assistant-fit = Coincide { $score } %: { $reason }
assistant-full = El archivo trae el conjunto completo
assistant-full-tip = Las filas del conjunto que faltan en el archivo se retiran: salen del mapa y quedan en el historial.
rejects-done = Filas rechazadas guardadas
data-rejects-save = Guardar las filas rechazadas…
data-rejects-more = … y { $n } más: { $n_count ->
    [one] guárdela para verla
   *[other] guárdelas para verlas todas
}.

data-rejects-list = Mostrar { $n_count ->
    [one] { $n } fila
   *[other] { $n } filas
} desde la línea { $line }
problem-zone-unknown = No existe el huso horario «{ $zone }». Indique un nombre IANA como America/Matamoros, una diferencia como -06:00, o place para el del lugar de cada fila.
duplicates-kind-unknown = de un tipo que una de las dos no dice
assistant-nothing-kept = Ninguna fila se puede usar así: vea los motivos arriba
assistant-missing-or-locate = Elija una columna para: { $fields }, o ubique las filas por el nombre de su lugar, a la izquierda
problem-dataset-name = Un conjunto de datos necesita un nombre, como --dataset acled.
problem-full-one-file = Con --full un solo archivo es el conjunto completo: indique un archivo a la vez.

note-options-unused = Los archivos de este tipo no tienen lo que se eligió, así que se dejó de lado: { $options }.

# Words for what happened
note-places-nowhere = { $n_count ->
    [one] { $n } fila habla de un municipio
   *[other] { $n } filas hablan de municipios
} sin coordenadas: sus cifras se conservan, pero no aparecen en el mapa. Ubicado por sus nombres (--gazetteer, o el interruptor del asistente), un municipio sí aparece.
note-unknown-kinds = { $n_count ->
    [one] { $n } incidente usa para lo ocurrido una palabra desconocida y queda
   *[other] { $n } incidentes usan para lo ocurrido palabras desconocidas y quedan
} en el tipo «Otro»: { $words }.
problem-kind-named = No hay ningún tipo «{ $value }». Los códigos de los tipos: { $known }; también valen sus nombres en español e inglés.
problem-kind-of = «{ $value }» no dice qué palabra es de qué tipo: escríbalo como "Ataque armado=gun_battle".
problem-kinds-long = { $file } pasa de 1 MiB: una tabla de palabras y tipos lleva en cada línea una palabra, un tipo y una nota entre tabuladores.
problem-kinds-line = { $file }, línea { $line }: «{ $value }» no es una palabra y un tipo entre tabuladores, como en assets/kinds.
assistant-words = Palabras para lo ocurrido
assistant-words-unknown = Ninguna tabla conoce estas palabras: sus filas quedarán como «Otro» si no indica qué son.
assistant-words-choose = Otro (desconocido)
assistant-words-unset = Desconocido

problem-set-field = No todas las filas pueden tener el mismo { $field }: una clave es de una sola fila, ni puede darse a todas un lugar que nadie anotó.
problem-set-profile = { $file } se lee como { $profile }, cuyas filas ya dicen qué y cuándo. Para dar un mismo { $field } a todas las filas, léalo como tabla propia (--profile own).
problem-set-column = { $file } tiene la columna «{ $column }» para { $field }, y un valor para todas las filas no sustituye ninguna celda. Omita el valor, o deje la columna sin leer (--no-field { $field }).
problem-set-mapped = Un campo tiene una columna o un valor para todas las filas, no ambos: { $map } y { $set }.
problem-set-value = «{ $value }» no puede darse a todas las filas como { $field }: { $reason ->
    [bad_date] no es una fecha. Escríbala así: 2025-02-03.
    [no_such_day] ese día no existe.
    [end_before_start] es anterior a la fecha de inicio.
    [unknown_code] no es ninguna de las palabras que se conocen ahí.
    [bad_grade] no es una calificación. Escríbala así: B2, o B y 2.
    [bad_count] no es un número de personas.
    [deaths_order] es menor que el número más bajo.
   *[other] no puede leerse ahí.
}
note-given = Para todas las filas, y no tomado del archivo: { $values }.
cli-reading-given = { $field } = «{ $value }» para todas las filas
reject-other_srid = La geometría de la columna { $column } está en el sistema de referencia SRID { $value }. Ahí solo se leen longitud y latitud WGS 84 (SRID 4326).
note-far = { $n_count ->
    [one] Una fila queda
   *[other] { $n } filas quedan
} a más de 100 km (fuera de México, Centroamérica y Estados Unidos, 800 km) de toda población conocida del país que { $n_count ->
    [one] nombra, y se conserva
   *[other] nombran, y se conservan
} como en el archivo. Línea o elemento: { $first }.
note-far-sign = { $n_count ->
    [one] Con el signo de su longitud cambiado caería en ese país: parece que falta o sobra un signo menos.
   *[other] Con el signo de la longitud cambiado, { $n } de ellas caerían en ese país: parece que faltan o sobran signos menos.
}
assistant-given = Igual en todas las filas
assistant-given-what = Un valor para lo que ninguna columna da; cada registro dice que se dio así.
assistant-given-add = elija un campo…
assistant-given-value = { $field } para todas las filas
assistant-missing-or-give = Dé un valor a todas las filas, a la izquierda, o elija una columna para: { $fields }

row-incident = incidente
row-territory = estimación de territorio
row-movement = movimiento
change-points = { $n_count ->
    [one] { $n } punto
   *[other] { $n } puntos
}; punto { $nth }: { $at }
change-name = Nombre
change-name-es = Nombre en español
change-relation = Relación
change-share = Proporción
change-claimant = Lo afirma
cli-col-row = Clase de fila
action-known-on = Como se sabía el día…
data-received = Recibida el { $date }
data-received-loaded = Recibida el { $date }, cargada el { $loaded }
data-rejects-reading = Se están leyendo las filas rechazadas: { $percent } %
assistant-received = Recibido el
assistant-received-today = Hoy, o un día como 2025-02-03
assistant-received-tip = El día en que le llegó el archivo, si fue antes. «Como se sabía» se rige por él.
assistant-received-wrong = «{ $text }» no es un día: escriba cuándo se recibió el archivo, así: 2025-02-03

cause-missing = no está ahí
cause-denied = no hay permiso
cause-disk-full = el disco está lleno
cause-read-only = solo se puede leer, no escribir
cause-folder = es una carpeta
cause-in-use = otro programa lo está usando
cause-gone = no se llega al disco o a la carpeta de red
cause-device = el disco dio un error
cause-size-limit = un archivo no puede ser más grande en esta sesión (ulimit -f)
cause-memory = no alcanzó la memoria
cause-pipe = nadie sigue leyendo del otro lado
cause-name-long = el nombre es demasiado largo
cause-cut = termina antes de tiempo
cause-not-text = contiene bytes que no son texto
cause-not-database = no es una base de datos
cause-database = la base de datos que contiene está dañada
cause-no-table = le falta una tabla o una columna
cause-no-zip = no es un archivo zip completo
cause-password = está protegido con contraseña
cause-packing = está comprimido de un modo que no se lee
cause-checksum = lo descomprimido no es lo que se comprimió
cause-xml-tags = un elemento no se cierra donde debe
cause-xml = no es XML bien formado
cause-json = no es JSON válido
cause-breaks-off = se interrumpe
cause-header-cut = su encabezado se interrumpe
cause-fgb-version = es de una versión distinta de la 3
cause-index-long = su índice es más largo que el archivo
cause-deep = hay demasiados elementos unos dentro de otros
cause-row-order = sus filas no están en orden
cause-no-dbase = no es una tabla de dBASE III, IV o FoxPro
cause-columns-rows = sus columnas no corresponden a sus filas
cause-row-cells = una fila tiene más de 16,384 celdas
cause-repeated = se repite más allá del fin de una hoja
cause-no-text = una celda remite a un texto que no está
cause-row-number = la fila siguiente tiene un número imposible
time-week-of = semana del { $date }
legend-covers = Taparía lo seleccionado, por eso está plegada
help-legend = Plegar la leyenda del mapa o mostrarla
import-save-rejects = Guardar las filas rechazadas de { $file }…
assistant-row-rejected = se rechazaría: { $reason }

problem-set-argument = «{ $value }» no es CAMPO=VALOR. Los campos que pueden darse a todas las filas son: { $known }.
card-given = Dado a todas las filas

card-history-cut = Los cambios más antiguos no se muestran aquí.
card-history-came-back = Se retiró y después volvió a venir en un archivo

map-crossing = Cruce { $name }
layer-reference = Contornos de áreas
relation-reference = solo contorno
field-year = Año
field-month = Mes
field-day = Día
field-relation = Relación con el área
reject-future_date = «{ $value }» en la columna { $column } está a más de un año en el futuro.
reject-placeholder_date = «{ $value }» en la columna { $column } es una fecha que los programas escriben cuando no hay ninguna.
reject-lost_point = «{ $value }» en la columna { $column } no es un grado: parece que se perdió el punto decimal, como cuando una hoja de cálculo lee grados como miles.
reject-total_row = «{ $value }» en la columna { $column }: la fila suma otras y no es un incidente.
reject-group = { $n_count ->
    [one] Línea { $lines }:
   *[other] { $n } filas (líneas { $lines }):
}
remedy-date = Si las fechas están en otra columna, indíquela: --map start=COLUMNA. Si no, corrija las fechas e importe las filas de nuevo.
remedy-no-date = Si las fechas están en otra columna, indíquela: --map start=COLUMNA. Un mismo día para todas las filas se da con --set date=2025-02-03. Si no, corrija las fechas e importe las filas de nuevo.
remedy-coordinates = Indique otras columnas con --map lat=COLUMNA --map lon=COLUMNA, o con --map coordinates=COLUMNA. Si no, corrija las coordenadas e importe las filas de nuevo.
remedy-position = Con --gazetteer, las filas se ubican por el nombre de su lugar. Si no, agregue las coordenadas e importe las filas de nuevo.
remedy-swapped = Con --swap se intercambian longitud y latitud.
remedy-lost-point = Guarde las coordenadas como texto con punto decimal, como 27.4763, e importe de nuevo el archivo.
remedy-id = Con --no-field id, las filas se distinguen por su contenido; --map id=COLUMNA indica otra columna.
remedy-end = Con --no-field end no se leen los finales.
remedy-deaths = Con --no-field deaths_low --no-field deaths_high solo se lee la estimación central.
remedy-ragged = Indique el carácter entre celdas con --delimiter, o revise las comillas en esas líneas.
remedy-quote = Cierre las comillas o quítelas y vuelva a importar el archivo.
remedy-place = Agregue el municipio, el estado y el país, o las coordenadas.
remedy-area = Dé a todas las áreas un actor y una relación con --set actor=NOMBRE --set relation=controls.
remedy-total = No hay nada que hacer.
remedy-mend = Corrija las filas e impórtelas de nuevo; cuando otras del archivo ya están cargadas, atalaya rejects guarda las que no.
problem-no-row-kept = { $file }: { $n_count ->
    [one] se rechazó la única fila
   *[other] se rechazaron las { $n } filas
}, así que no se importó nada.
note-quality-unread = Columna { $column }: { $n_count ->
    [one] un valor no se pudo leer y se conservó como está escrito; la fila cuenta sin él.
   *[other] { $n } valores no se pudieron leer y se conservaron como están escritos; las filas cuentan sin ellos.
} { $words }
note-counts-read = Columna { $column }: { $n_count ->
    [one] una cifra está escrita como rango o con palabras: se leyó como límites y se conservó como está escrita.
   *[other] { $n } cifras están escritas como rango o con palabras: se leyeron como límites y se conservaron como están escritas.
} { $words }
note-counts-unread = Columna { $column }: { $n_count ->
    [one] una cifra no es un número: se toma como desconocida y se conserva como está escrita.
   *[other] { $n } cifras no son números: se toman como desconocidas y se conservan como están escritas.
} { $words }
note-buddhist-years = { $n_count ->
    [one] Una fecha tiene un año
   *[other] { $n } fechas tienen años
} del calendario budista, como 2568: se restaron 543 años.
note-dates-suspect = { $n_count ->
    [one] Una fila tiene
   *[other] { $n } filas tienen
} fecha 1900-01-01 o 1970-01-01, que muchos programas escriben cuando no hay fecha. Revise: línea { $first }.
note-dates-future = { $n_count ->
    [one] Una fila está
   *[other] { $n } filas están
} en el futuro. Revise: línea { $first }.
note-utc-nowhere = { $n_count ->
    [one] Una hora está
   *[other] { $n } horas están
} en UTC y no se conoce la zona horaria del lugar: el día es el de UTC.
note-utc-moved = { $n_count ->
    [one] Una hora en UTC cae en otro día en su lugar y cuenta en el día de ahí.
   *[other] { $n } horas en UTC caen en otro día en su lugar y cuentan en el día de ahí.
}
note-utc-late = { $n_count ->
    [one] Una hora está en UTC y cae en otro día en su lugar. Se conservó el día de UTC;
   *[other] { $n } horas están en UTC y caen en otro día en su lugar. Se conservaron los días de UTC;
} con --zone place cuenta el día del lugar.
note-other-dates = { $file }: la fecha se lee de la columna { $column }. Hay otras fechas en: { $others }. Si una de ellas dice cuándo ocurrió, indíquela con --map start=COLUMNA.
note-id-repeats = { $file }: los valores de la columna { $column } se repiten (filas: { $n }), así que no son identificadores. Las filas se distinguen por su contenido.
note-id-repeats-instead = { $file }: los valores de la columna { $column } se repiten (filas: { $n }), así que no son identificadores. Los identificadores se leen de la columna { $instead }.
note-id-damaged = { $file }: una hoja de cálculo dañó los identificadores de la columna { $column }, como en 2.02E+11 (filas: { $n }). Las filas se distinguen por su contenido; el archivo original tiene los verdaderos.
note-id-damaged-instead = { $file }: una hoja de cálculo dañó los identificadores de la columna { $column }, como en 2.02E+11 (filas: { $n }). Los identificadores se leen de la columna { $instead }.
note-half-converted = { $file }: en la columna { $column }, { $n_count ->
    [one] la única fecha real tiene
   *[other] las { $n } fechas reales tienen
} un día de 12 o menos, mientras que todas las fechas guardadas como texto tienen uno mayor que 12. Es probable que una hoja de cálculo haya intercambiado día y mes en las fechas reales. Revíselas; con --half-converted yes se vuelven a intercambiar y con --half-converted no se quedan como están.
note-half-exchanged = { $file }: en la columna { $column } se intercambiaron día y mes en { $n_count ->
    [one] una fecha
   *[other] { $n } fechas
} que una hoja de cálculo había convertido.
note-sheets-joined = { $file }: se leyeron juntas las hojas con las mismas columnas: { $sheets }.
note-sheets-unread = { $file }: se leyó { $sheets }; no se leyó: { $unread }. Elija una con --sheet NOMBRE.
note-row-names = { $file }: las filas tienen una celda más que el encabezado: la primera se tomó como el nombre de fila que escribe R.
note-short-rows = { $n_count ->
    [one] Una fila termina
   *[other] { $n } filas terminan
} antes de la última columna; las celdas que faltan se tomaron como vacías.
note-rows-repeat = { $n_count ->
    [one] Una fila repite
   *[other] { $n } filas repiten
} otra fila del archivo palabra por palabra; cada una cuenta. Si se capturaron dos veces, borre las copias.
note-rows-repeat-id = { $n_count ->
    [one] Una fila repite otra del archivo y se contó
   *[other] { $n } filas repiten otras del archivo y se contaron
} una sola vez.
note-sums-of-events = { $n_count ->
    [one] Una fila suma lo que ocurrió en un estado o país durante meses. Es del tipo Otro, no un solo hecho.
   *[other] { $n } filas suman lo que ocurrió en un estado o país durante meses. Son del tipo Otro, no hechos individuales.
}
note-lines-undated = { $n_count ->
    [one] Una línea no tiene fecha: se muestra siempre, en la capa Movimientos.
   *[other] { $n } líneas no tienen fecha: se muestran siempre, en la capa Movimientos.
}
note-reference-areas = { $n_count ->
    [one] Un área no nombra a ningún actor: se cargó como contorno de referencia, en la capa Contornos de áreas.
   *[other] { $n } áreas no nombran a ningún actor: se cargaron como contornos de referencia, en la capa Contornos de áreas.
}
note-region-sign = { $n_count ->
    [one] Una fila está
   *[other] { $n } filas están
} lejos de todas las demás, pero entre ellas si se cambia el signo de una coordenada: parece que falta o sobra un signo menos. Revise: línea { $first }.
note-delivery-of = Estas filas son una nueva entrega del conjunto { $dataset } y se cargaron en él. Filas que ya estaban ahí: { $shared } de { $n }. Con --dataset NOMBRE se mantienen aparte.
note-delivery-like = Algunas filas están también en el conjunto { $dataset } y ahora cuentan dos veces: { $shared } de { $n }. Si el archivo es una entrega de él, cárguelo con --dataset { $dataset }.
note-rows-corrected = { $n_count ->
    [one] Una fila sin identificador difiere de una anterior en un solo dato: se toma como su corrección.
   *[other] { $n } filas sin identificador difieren de una anterior en un solo dato: se toman como sus correcciones.
}
note-earlier-rows = { $n_count ->
    [one] Una fila anterior de este conjunto no está
   *[other] { $n } filas anteriores de este conjunto no están
} en este archivo y { $n_count ->
    [one] sigue
   *[other] siguen
} contando. Si el archivo es el conjunto completo, impórtelo con --full.

assistant-layers-alike = Todas las de las mismas columnas
assistant-other-dates = La fecha se lee de { $column }. Otras columnas con fechas que se pueden leer en su lugar:
assistant-half = { $n_count ->
    [one] La fecha real tiene
   *[other] Las { $n } fechas reales tienen
} un día de 12 o menos, y todas las fechas guardadas como texto un día mayor que 12: es probable que una hoja de cálculo haya intercambiado día y mes de las reales.
assistant-half-exchange = Volver a intercambiar día y mes
assistant-half-keep = Las fechas están bien
assistant-half-open = Indique si una hoja de cálculo intercambió día y mes.
assistant-fit-delivery = { $shared } de { $nrows_count ->
    [one] { $nrows } fila
   *[other] { $nrows } filas
} ya { $shared_count ->
    [one] está
   *[other] están
} en el conjunto { $dataset }: el archivo va ahí como nueva entrega.
assistant-fit-twice = { $shared } de { $nrows_count ->
    [one] { $nrows } fila
   *[other] { $nrows } filas
} ya { $shared_count ->
    [one] está
   *[other] están
} en el conjunto { $dataset }, y se contarían dos veces.
assistant-fit-apart = Mantenerlo aparte
assistant-fit-join = Cargarlo en { $dataset }
assistant-remedy-date = Elija arriba otra columna para la fecha, o corrija estas fechas e importe las filas de nuevo.
assistant-remedy-coordinates = Elija arriba otras columnas para las coordenadas, o corríjalas e importe las filas de nuevo.
assistant-remedy-position = Ubicar las filas por el nombre de su lugar
assistant-remedy-swapped = Intercambiar longitud y latitud
assistant-remedy-lost-point = Guarde las coordenadas como texto con punto decimal e importe de nuevo el archivo.
assistant-remedy-id = Distinguir las filas por su contenido
assistant-remedy-end = No leer los finales
assistant-remedy-deaths = Leer solo la estimación central
assistant-remedy-ragged = Elija otro delimitador a la izquierda, o revise las comillas en esas líneas.
assistant-remedy-area = Dé a todas las áreas un actor y una relación en «Igual en todas las filas», a la izquierda.
assistant-remedy-mend = Después de importar, guarde las filas rechazadas en la pestaña Datos, corríjalas e impórtelas de nuevo.
remedy-number = Escríbalo con dígitos, como 27.4763, o indique otra columna con --map, e importe las filas de nuevo.
assistant-remedy-number = Escríbalo con dígitos, como 27.4763, o elija arriba otra columna, e importe las filas de nuevo.
note-day-numbers = { $file }: la columna { $column } contiene números de días, como las hojas de cálculo los cuentan desde 1900; se leyeron como fechas.
note-utc-placed = { $n_count ->
    [one] Una hora está en UTC; en su lugar es el mismo día.
   *[other] { $n } horas están en UTC; en sus lugares son de los mismos días.
}

## Qué se cuenta, y el tiempo
figure-incidents = Incidentes
figure-deaths = Muertes
figure-deaths-low = mín.
figure-deaths-high = máx.
figure-tip = Qué cuentan las barras, los números junto a los filtros y el resumen. Las muertes son estimaciones centrales
filter-list-deaths = { $n_count ->
    [one] { $n } muerte: listar los incidentes de { $name }
   *[other] { $n } muertes: listar los incidentes de { $name }
}
step-window = periodo
time-step-window = La duración del periodo
time-period = Periodo
time-period-tip = Escriba un periodo: 2010, mar 2010, 3 feb 2010, 2010 – 2012, desde 2010
time-period-unread = No es un periodo. Pruebe 2010, mar 2010, 2010-03-05, 3 feb 2010, 2010 – 2012 o desde 2010
time-clear = Todo el tiempo
time-on-show = Parte del tiempo que se muestra
time-show-all = Todo
time-show-window = El periodo del filtro
time-show-year = Un año
time-average-hour = { $n } por hora
time-average-day = { $n } por día
time-average-week = { $n } por semana
time-average-month = { $n } por mes
time-average-year = { $n } por año
time-average-decade = { $n } por década
time-average-tip = Promedio de las barras del periodo. Los incidentes con fecha incierta se reparten entre los días en que pudieron ocurrir
time-table = Tabla de las barras
time-table-copy = Copiar tabla
time-table-note = Las fechas inciertas se reparten entre sus días
time-table-total = Total
time-day-unknown = Día desconocido
card-left-out = No está en el mapa: el filtro lo deja fuera
summary-of-shown = { $n_count ->
    [one] Resumir el incidente
   *[other] Resumir los { $n } incidentes
}

## Qué dicen los colores de los símbolos
layers-color-by = Color de los símbolos
layers-color-by-tip = Qué dice el color de un símbolo. La forma sigue siendo la del tipo; los conteos de muchos incidentes conservan sus colores
color-by-kind = Tipo
color-by-side-a = Actor, parte A
color-by-side-b = Actor, parte B
color-by-deaths = Muertes
color-by-year = Año
color-by-dataset = Conjunto de datos
color-others = otros
color-no-actor = sin identificar
color-deaths-unknown = sin dato
color-shapes = Forma: tipo

## Los primeros minutos
menu-mexico = México 1989–2023 (UCDP)
menu-recent = Casos recientes
menu-forget-recent = Vaciar esta lista
welcome-title = Nuevo Laredo, del 3 al 9 de febrero de 2025
welcome-what = Un ejemplo: un reportaje de prensa, codificado a mano. Haga clic en un símbolo para ver qué se sabe de él, quién lo dice y con qué certeza. La línea de tiempo de abajo permite ver otros periodos.
welcome-more = También puede abrir
welcome-mexico = México 1989–2023: 18,957 incidentes
welcome-drop = O suelte aquí un archivo: una tabla, un mapa, una ruta de GPS, un caso.
welcome-close = Cerrar esta tarjeta

## Áreas con nombre
area-name = Nombre de esta área
area-keep = Guardar área
area-forget = Quitar { $name } de la lista
area-municipality = Municipio: { $name }
problem-area-unknown = Ninguna área se llama { $name }: ni una guardada en este caso, ni un municipio de México, ni un condado de la frontera. Puede añadir el estado: «Juárez, Chihuahua».
problem-area-several = Varias áreas se llaman { $name }. Indique una de ellas: { $areas }.
note-no-font = Ninguna tipografía de este equipo tiene estas letras, que aparecen como cuadros vacíos: { $letters }. Instale una que las tenga, como Noto Sans.
time-day-known = con día conocido
color-says = Color: { $what }
search-road = Por carretera
search-along-what = filtrar por lo que hay a lo largo de la ruta
area-name-label = Nombre
card-deaths-best-only = { $n }, sin estimación mínima ni máxima
legend-incidents-of = Incidentes a la vista: { $n } de { $all }
area-replace = Reemplazar
time-compare-none = B no tiene { $what }, A sí
