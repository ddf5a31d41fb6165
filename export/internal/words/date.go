package words

import (
	"fmt"
	"strings"

	"github.com/twinpress/twinpress/export/document"
)

// Date gives a date as it is printed in a language: as the publisher prints it when that is known, else day, month and
// year as far as they are. "" for an unknown date.
func Date(d document.Date, lang string) string {
	if d.Printed != "" {
		return d.Printed
	}
	if d.Precision == 0 {
		return ""
	}
	y, m, day := d.Time.UTC().Date()
	if d.Precision == 1 {
		return fmt.Sprint(y)
	}
	primary, rest, _ := strings.Cut(strings.ToLower(lang), "-")
	form, ok := dateForms[primary]
	if !ok {
		primary, form = "en", dateForms["en"]
	}
	if primary == "en" && rest != "" && !strings.Contains(rest, "us") {
		form.day = "{d} {m} {y}"
	}
	pattern, names := form.month, form.names
	if d.Precision == 3 {
		pattern = form.day
		if form.genitive != "" {
			names = form.genitive
		}
	}
	month := strings.Fields(names)[m-1]
	number := fmt.Sprint(day)
	if day == 1 && form.first != "" {
		number = form.first
	}
	return strings.NewReplacer("{d}", number, "{m}", month, "{y}", fmt.Sprint(y)).Replace(pattern)
}

// dateForms follow the CLDR's long dates. Genitive: the months' names beside a day, where they differ.
var dateForms = map[string]struct{ day, month, first, names, genitive string }{
	"en": {day: "{m} {d}, {y}", month: "{m} {y}",
		names: "January February March April May June July August September October November December"},
	"de": {day: "{d}. {m} {y}", month: "{m} {y}",
		names: "Januar Februar März April Mai Juni Juli August September Oktober November Dezember"},
	"fr": {day: "{d} {m} {y}", month: "{m} {y}", first: "1er",
		names: "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"},
	"es": {day: "{d} de {m} de {y}", month: "{m} de {y}",
		names: "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"},
	"pt": {day: "{d} de {m} de {y}", month: "{m} de {y}",
		names: "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro"},
	"it": {day: "{d} {m} {y}", month: "{m} {y}", first: "1º",
		names: "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre"},
	"nl": {day: "{d} {m} {y}", month: "{m} {y}",
		names: "januari februari maart april mei juni juli augustus september oktober november december"},
	"pl": {day: "{d} {m} {y}", month: "{m} {y}",
		names:    "styczeń luty marzec kwiecień maj czerwiec lipiec sierpień wrzesień październik listopad grudzień",
		genitive: "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia"},
	"cs": {day: "{d}. {m} {y}", month: "{m} {y}",
		names:    "leden únor březen duben květen červen červenec srpen září říjen listopad prosinec",
		genitive: "ledna února března dubna května června července srpna září října listopadu prosince"},
	"ru": {day: "{d} {m} {y} г.", month: "{m} {y} г.",
		names:    "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь",
		genitive: "января февраля марта апреля мая июня июля августа сентября октября ноября декабря"},
	"el": {day: "{d} {m} {y}", month: "{m} {y}",
		names:    "Ιανουάριος Φεβρουάριος Μάρτιος Απρίλιος Μάιος Ιούνιος Ιούλιος Αύγουστος Σεπτέμβριος Οκτώβριος Νοέμβριος Δεκέμβριος",
		genitive: "Ιανουαρίου Φεβρουαρίου Μαρτίου Απριλίου Μαΐου Ιουνίου Ιουλίου Αυγούστου Σεπτεμβρίου Οκτωβρίου Νοεμβρίου Δεκεμβρίου"},
	"sq": {day: "{d} {m} {y}", month: "{m} {y}",
		names: "janar shkurt mars prill maj qershor korrik gusht shtator tetor nëntor dhjetor"},
	"sv": {day: "{d} {m} {y}", month: "{m} {y}",
		names: "januari februari mars april maj juni juli augusti september oktober november december"},
	"tr": {day: "{d} {m} {y}", month: "{m} {y}",
		names: "Ocak Şubat Mart Nisan Mayıs Haziran Temmuz Ağustos Eylül Ekim Kasım Aralık"},
	"ar": {day: "{d} {m} {y}", month: "{m} {y}",
		names: "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر"},
}
