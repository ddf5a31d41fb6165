package words

import (
	"strings"
	"sync"

	"github.com/go-playground/locales"
	"github.com/go-playground/locales/ar"
	"github.com/go-playground/locales/cs"
	"github.com/go-playground/locales/de"
	"github.com/go-playground/locales/el"
	"github.com/go-playground/locales/en"
	"github.com/go-playground/locales/es"
	"github.com/go-playground/locales/fr"
	"github.com/go-playground/locales/it"
	"github.com/go-playground/locales/nl"
	"github.com/go-playground/locales/pl"
	"github.com/go-playground/locales/pt"
	"github.com/go-playground/locales/ru"
	"github.com/go-playground/locales/sq"
	"github.com/go-playground/locales/sv"
	"github.com/go-playground/locales/tr"
)

// A language is what this room knows of one; what a language lacks is English.
type language struct {
	tag     string                    // primary subtag of BCP 47, in lower case
	locale  func() locales.Translator // the CLDR's names of months and long dates
	dates   dateForm
	comma   bool       // a comma parts the whole from its fraction (CLDR's decimal symbol),
	point   string     // but a point does in this region
	rtl     bool       // written from right to left in its usual script
	indents bool       // a section's first paragraph is indented too
	common  string     // the words that nearly every paragraph has, and its neighbours seldom
	words   Vocabulary // what an edition adds to the text
}

// find gives the language of a BCP 47 tag, nil when it is not among them, and the rest of the tag in lower case.
func find(tag string) (l *language, rest string) {
	primary, rest, _ := strings.Cut(strings.ToLower(tag), "-")
	for i := range languages {
		if languages[i].tag == primary {
			return &languages[i], rest
		}
	}
	return nil, rest
}

// languages begin with the one that stands in for all others.
var languages = [...]language{
	{tag: "en", locale: sync.OnceValue(en.New),
		common: "the of and to in is that it was for with as his on be at by this had not are but from or have an they which you were her all she there would their we him been has when who will more no if out so said what up its about into than them can only other",
		words: Vocabulary{Contents: "Contents", Notes: "Notes", Cover: "Cover", TitlePage: "Title page", Imprint: "Imprint",
			Contributors: "Contributors", Colophon: "Colophon", Illustrations: "Illustrations", Pages: "Pages", Landmarks: "Landmarks",
			Issue: "Issue", Volume: "Volume", By: "By %s", InterviewWith: "Interview with %s", TranslatedBy: "Translated by %s",
			EditedBy: "Edited by %s", And: "and", Note: "Note", Page: "Page", Figure: "Figure", Summary: "Summary",
			AboutAuthor: "About the author", BackToText: "Back to the text", BackToReference: "Back to reference %s",
			StartOfContent: "Start of content", End: "End", FirstPublished: "First published as %s", Source: "Source",
			Identifier: "Identifier", MadeWith: "Made with %s", PagesFrom: "The page numbers are those of %s.", PDFEdition: "the PDF edition",
			Continued: "continued", License: "Licence", Editors: "Editors"}},
	{tag: "de", comma: true, point: "de-ch", locale: sync.OnceValue(de.New),
		common: "der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er hat daß dass sie nach wird bei einer um am sind noch wie einem über einen so zum war haben nur oder aber vor zur bis mehr durch man sein wurde sei",
		words: Vocabulary{Contents: "Inhalt", Notes: "Anmerkungen", Cover: "Umschlag", TitlePage: "Titelseite", Imprint: "Impressum",
			Contributors: "Mitwirkende", Colophon: "Kolophon", Illustrations: "Abbildungen", Pages: "Seiten", Landmarks: "Wegmarken",
			Issue: "Ausgabe", Volume: "Band", By: "Von %s", InterviewWith: "Gespräch mit %s", TranslatedBy: "Übersetzt von %s",
			EditedBy: "Herausgegeben von %s", And: "und", Note: "Anmerkung", Page: "Seite", Figure: "Abbildung", Summary: "Zusammenfassung",
			AboutAuthor: "Über den Autor", BackToText: "Zurück zum Text", BackToReference: "Zurück zu Verweis %s",
			StartOfContent: "Beginn des Textes", End: "Ende", FirstPublished: "Zuerst erschienen als %s", Source: "Quelle",
			Identifier: "Kennung", MadeWith: "Hergestellt mit %s", PagesFrom: "Die Seitenzahlen sind die von: %s.", PDFEdition: "PDF-Ausgabe",
			Continued: "Fortsetzung", License: "Lizenz", Editors: "Redaktion"}},
	{tag: "fr", indents: true, comma: true, locale: sync.OnceValue(fr.New), dates: dateForm{first: "1er"},
		common: "de la le et les des en un du une que est pour qui dans a par plus pas au sur ne se ce il sont aux avec cette ou son mais comme nous ils elle être fait ses leur ont était d l qu c n s",
		words: Vocabulary{Contents: "Sommaire", Notes: "Notes", Cover: "Couverture", TitlePage: "Page de titre", Imprint: "Mentions légales",
			Contributors: "Contributeurs", Colophon: "Colophon", Illustrations: "Illustrations", Pages: "Pages", Landmarks: "Repères",
			Issue: "Numéro", Volume: "Volume", By: "Par %s", InterviewWith: "Entretien avec %s", TranslatedBy: "Traduit par %s",
			EditedBy: "Sous la direction de %s", And: "et", Note: "Note", Page: "Page", Figure: "Figure", Summary: "Résumé",
			AboutAuthor: "À propos de l’auteur", BackToText: "Retour au texte", BackToReference: "Retour à l’appel %s",
			StartOfContent: "Début du texte", End: "Fin", FirstPublished: "Première publication : %s", Source: "Source",
			Identifier: "Identifiant", MadeWith: "Réalisé avec %s", PagesFrom: "Les numéros de page sont ceux de : %s.", PDFEdition: "l’édition PDF",
			Continued: "suite", License: "Licence", Editors: "Rédaction"}},
	{tag: "es", comma: true, point: "es-mx", locale: sync.OnceValue(es.New), dates: dateForm{month: "%s de %s"},
		common: "de la que el en y a los del se las por un para con no una su al es lo como más pero sus le ya o este sí porque esta entre cuando muy sin sobre también me hasta hay donde quien desde todo nos durante",
		words: Vocabulary{Contents: "Índice", Notes: "Notas", Cover: "Cubierta", TitlePage: "Portada", Imprint: "Página de créditos",
			Contributors: "Colaboradores", Colophon: "Colofón", Illustrations: "Ilustraciones", Pages: "Páginas", Landmarks: "Puntos de referencia",
			Issue: "Número", Volume: "Volumen", By: "Por %s", InterviewWith: "Entrevista con %s", TranslatedBy: "Traducción de %s",
			EditedBy: "Edición de %s", And: "y", Note: "Nota", Page: "Página", Figure: "Figura", Summary: "Resumen",
			AboutAuthor: "Sobre el autor", BackToText: "Volver al texto", BackToReference: "Volver a la llamada %s",
			StartOfContent: "Comienzo del texto", End: "Fin", FirstPublished: "Publicado por primera vez como %s", Source: "Fuente",
			Identifier: "Identificador", MadeWith: "Hecho con %s", PagesFrom: "Los números de página son los de %s.", PDFEdition: "la edición en PDF",
			Continued: "continuación", License: "Licencia", Editors: "Redacción"}},
	{tag: "pt", comma: true, locale: sync.OnceValue(pt.New), dates: dateForm{month: "%s de %s"},
		common: "de a o que e do da em um para é com não uma os no se na por mais as dos como mas foi ao ele das tem à seu sua ou ser quando muito há nos já está eu também só pelo pela até isso ela entre",
		words: Vocabulary{Contents: "Sumário", Notes: "Notas", Cover: "Capa", TitlePage: "Folha de rosto", Imprint: "Ficha técnica",
			Contributors: "Colaboradores", Colophon: "Colofão", Illustrations: "Ilustrações", Pages: "Páginas", Landmarks: "Pontos de referência",
			Issue: "Número", Volume: "Volume", By: "Por %s", InterviewWith: "Entrevista com %s", TranslatedBy: "Tradução de %s",
			EditedBy: "Edição de %s", And: "e", Note: "Nota", Page: "Página", Figure: "Figura", Summary: "Resumo",
			AboutAuthor: "Sobre o autor", BackToText: "Voltar ao texto", BackToReference: "Voltar à chamada %s",
			StartOfContent: "Início do texto", End: "Fim", FirstPublished: "Publicado pela primeira vez como %s", Source: "Fonte",
			Identifier: "Identificador", MadeWith: "Feito com %s", PagesFrom: "Os números de página são os de: %s.", PDFEdition: "edição em PDF",
			Continued: "continuação", License: "Licença", Editors: "Redação"}},
	{tag: "it", comma: true, locale: sync.OnceValue(it.New), dates: dateForm{first: "1º"},
		common: "di e il la che in un a per è una non del con si da le della i sono al come dei più nel alla anche ma lo gli ha delle o suo questo essere nella se dal cui ci sul quando dalla",
		words: Vocabulary{Contents: "Indice", Notes: "Note", Cover: "Copertina", TitlePage: "Frontespizio", Imprint: "Colophon",
			Contributors: "Collaboratori", Colophon: "Nota di edizione", Illustrations: "Illustrazioni", Pages: "Pagine", Landmarks: "Punti di riferimento",
			Issue: "Numero", Volume: "Volume", By: "Di %s", InterviewWith: "Intervista con %s", TranslatedBy: "Traduzione di %s",
			EditedBy: "A cura di %s", And: "e", Note: "Nota", Page: "Pagina", Figure: "Figura", Summary: "Sommario",
			AboutAuthor: "Sull’autore", BackToText: "Torna al testo", BackToReference: "Torna al richiamo %s",
			StartOfContent: "Inizio del testo", End: "Fine", FirstPublished: "Pubblicato per la prima volta come %s", Source: "Fonte",
			Identifier: "Identificatore", MadeWith: "Realizzato con %s", PagesFrom: "I numeri di pagina sono quelli di: %s.", PDFEdition: "edizione PDF",
			Continued: "continua", License: "Licenza", Editors: "Redazione"}},
	{tag: "nl", comma: true, locale: sync.OnceValue(nl.New),
		common: "de van het een en in is dat op te voor met die niet zijn aan er om ook als dan maar bij door nog uit wordt naar worden heeft tot over hij ze werd deze wel kan hun geen zich",
		words: Vocabulary{Contents: "Inhoud", Notes: "Noten", Cover: "Omslag", TitlePage: "Titelpagina", Imprint: "Colofon",
			Contributors: "Medewerkers", Colophon: "Over deze uitgave", Illustrations: "Afbeeldingen", Pages: "Pagina’s", Landmarks: "Oriëntatiepunten",
			Issue: "Nummer", Volume: "Jaargang", By: "Door %s", InterviewWith: "Interview met %s", TranslatedBy: "Vertaald door %s",
			EditedBy: "Onder redactie van %s", And: "en", Note: "Noot", Page: "Pagina", Figure: "Afbeelding", Summary: "Samenvatting",
			AboutAuthor: "Over de auteur", BackToText: "Terug naar de tekst", BackToReference: "Terug naar verwijzing %s",
			StartOfContent: "Begin van de tekst", End: "Einde", FirstPublished: "Eerder verschenen als %s", Source: "Bron",
			Identifier: "Kenmerk", MadeWith: "Gemaakt met %s", PagesFrom: "De paginanummers zijn die van %s.", PDFEdition: "de pdf-uitgave",
			Continued: "vervolg", License: "Licentie", Editors: "Redactie"}},
	{tag: "pl", indents: true, comma: true, locale: sync.OnceValue(pl.New),
		dates:  dateForm{alone: "styczeń luty marzec kwiecień maj czerwiec lipiec sierpień wrzesień październik listopad grudzień"},
		common: "i w na z się do nie że jest o to jak a po przez od co dla są ale za czy jego tym tego być oraz które który",
		words: Vocabulary{Contents: "Spis treści", Notes: "Przypisy", Cover: "Okładka", TitlePage: "Strona tytułowa", Imprint: "Stopka redakcyjna",
			Contributors: "Autorzy i współpracownicy", Colophon: "Kolofon", Illustrations: "Ilustracje", Pages: "Strony", Landmarks: "Punkty orientacyjne",
			Issue: "Numer", Volume: "Tom", By: "%s", InterviewWith: "Rozmówca: %s", TranslatedBy: "Tłumaczenie: %s",
			EditedBy: "Redakcja: %s", And: "i", Note: "Przypis", Page: "Strona", Figure: "Rysunek", Summary: "Streszczenie",
			AboutAuthor: "O autorze", BackToText: "Powrót do tekstu", BackToReference: "Powrót do odsyłacza %s",
			StartOfContent: "Początek tekstu", End: "Koniec", FirstPublished: "Pierwodruk: %s", Source: "Źródło",
			Identifier: "Identyfikator", MadeWith: "Przygotowano w programie %s", PagesFrom: "Numery stron według: %s.", PDFEdition: "wydanie PDF",
			Continued: "ciąg dalszy", License: "Licencja", Editors: "Redakcja"}},
	{tag: "cs", indents: true, comma: true, locale: sync.OnceValue(cs.New),
		dates:  dateForm{alone: "leden únor březen duben květen červen červenec srpen září říjen listopad prosinec"},
		common: "a v se na je že s z do o i to za by ve pro jako jsou ale po od jeho který které jsem být také podle",
		words: Vocabulary{Contents: "Obsah", Notes: "Poznámky", Cover: "Obálka", TitlePage: "Titulní strana", Imprint: "Tiráž",
			Contributors: "Autoři a spolupracovníci", Colophon: "Kolofon", Illustrations: "Vyobrazení", Pages: "Strany", Landmarks: "Orientační body",
			Issue: "Číslo", Volume: "Ročník", By: "%s", InterviewWith: "Rozhovor: %s", TranslatedBy: "Překlad: %s",
			EditedBy: "Redakce: %s", And: "a", Note: "Poznámka", Page: "Strana", Figure: "Obrázek", Summary: "Shrnutí",
			AboutAuthor: "O autorovi", BackToText: "Zpět k textu", BackToReference: "Zpět k odkazu %s",
			StartOfContent: "Začátek textu", End: "Konec", FirstPublished: "Poprvé vyšlo: %s", Source: "Zdroj",
			Identifier: "Identifikátor", MadeWith: "Vytvořeno v programu %s", PagesFrom: "Čísla stran odpovídají: %s.", PDFEdition: "vydání v PDF",
			Continued: "pokračování", License: "Licence", Editors: "Redakce"}},
	{tag: "ru", indents: true, comma: true, locale: sync.OnceValue(ru.New),
		dates: dateForm{month: "%s %s г.", alone: "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь"},
		words: Vocabulary{Contents: "Содержание", Notes: "Примечания", Cover: "Обложка", TitlePage: "Титульный лист", Imprint: "Выходные данные",
			Contributors: "Авторы номера", Colophon: "Колофон", Illustrations: "Иллюстрации", Pages: "Страницы", Landmarks: "Ориентиры",
			Issue: "Номер", Volume: "Том", By: "%s", InterviewWith: "Собеседник: %s", TranslatedBy: "Перевод: %s",
			EditedBy: "Редакция: %s", And: "и", Note: "Примечание", Page: "Страница", Figure: "Рисунок", Summary: "Аннотация",
			AboutAuthor: "Об авторе", BackToText: "Назад к тексту", BackToReference: "Назад к сноске %s",
			StartOfContent: "Начало текста", End: "Конец", FirstPublished: "Впервые опубликовано: %s", Source: "Источник",
			Identifier: "Идентификатор", MadeWith: "Подготовлено в программе %s", PagesFrom: "Номера страниц соответствуют изданию: %s.", PDFEdition: "PDF",
			Continued: "продолжение", License: "Лицензия", Editors: "Редакция"}},
	{tag: "el", comma: true, locale: sync.OnceValue(el.New),
		dates: dateForm{alone: "Ιανουάριος Φεβρουάριος Μάρτιος Απρίλιος Μάιος Ιούνιος Ιούλιος Αύγουστος Σεπτέμβριος Οκτώβριος Νοέμβριος Δεκέμβριος"},
		words: Vocabulary{Contents: "Περιεχόμενα", Notes: "Σημειώσεις", Cover: "Εξώφυλλο", TitlePage: "Σελίδα τίτλου", Imprint: "Ταυτότητα έκδοσης",
			Contributors: "Συντελεστές", Colophon: "Κολοφώνας", Illustrations: "Εικόνες", Pages: "Σελίδες", Landmarks: "Σημεία αναφοράς",
			Issue: "Τεύχος", Volume: "Τόμος", By: "%s", InterviewWith: "Συνέντευξη: %s", TranslatedBy: "Μετάφραση: %s",
			EditedBy: "Επιμέλεια: %s", And: "και", Note: "Σημείωση", Page: "Σελίδα", Figure: "Εικόνα", Summary: "Περίληψη",
			AboutAuthor: "Για τον συγγραφέα", BackToText: "Πίσω στο κείμενο", BackToReference: "Πίσω στην παραπομπή %s",
			StartOfContent: "Αρχή κειμένου", End: "Τέλος", FirstPublished: "Πρώτη δημοσίευση: %s", Source: "Πηγή",
			Identifier: "Αναγνωριστικό", MadeWith: "Δημιουργήθηκε με το %s", PagesFrom: "Οι αριθμοί σελίδων ακολουθούν: %s.", PDFEdition: "έκδοση PDF",
			Continued: "συνέχεια", License: "Άδεια", Editors: "Σύνταξη"}},
	{tag: "sq", comma: true, locale: sync.OnceValue(sq.New),
		common: "të e në për një me që nga i është se dhe ka u si nuk do më ishte kjo ky por",
		words: Vocabulary{Contents: "Përmbajtja", Notes: "Shënime", Cover: "Kopertina", TitlePage: "Faqja e titullit", Imprint: "Të dhëna botimi",
			Contributors: "Kontribuesit", Colophon: "Kolofoni", Illustrations: "Ilustrime", Pages: "Faqet", Landmarks: "Pika orientimi",
			Issue: "Numri", Volume: "Vëllimi", By: "Nga %s", InterviewWith: "Intervistë me %s", TranslatedBy: "Përktheu %s",
			EditedBy: "Redaktoi %s", And: "dhe", Note: "Shënim", Page: "Faqja", Figure: "Figura", Summary: "Përmbledhje",
			AboutAuthor: "Për autorin", BackToText: "Kthehu te teksti", BackToReference: "Kthehu te referenca %s",
			StartOfContent: "Fillimi i tekstit", End: "Fund", FirstPublished: "Botuar së pari si %s", Source: "Burimi",
			Identifier: "Identifikues", MadeWith: "Përgatitur me %s", PagesFrom: "Numrat e faqeve ndjekin: %s.", PDFEdition: "botimin PDF",
			Continued: "vijon", License: "Licenca", Editors: "Redaksia"}},
	{tag: "sv", comma: true, locale: sync.OnceValue(sv.New),
		common: "och i att det som en på är av för med den till inte har de ett om men var sig så från vi han kan när år säger hon under också efter eller nu sin där vid mot",
		words: Vocabulary{Contents: "Innehåll", Notes: "Noter", Cover: "Omslag", TitlePage: "Titelsida", Imprint: "Redaktionsruta",
			Contributors: "Medverkande", Colophon: "Kolofon", Illustrations: "Illustrationer", Pages: "Sidor", Landmarks: "Landmärken",
			Issue: "Nummer", Volume: "Årgång", By: "Av %s", InterviewWith: "Intervju med %s", TranslatedBy: "Översättning av %s",
			EditedBy: "Redigerad av %s", And: "och", Note: "Not", Page: "Sida", Figure: "Figur", Summary: "Sammanfattning",
			AboutAuthor: "Om författaren", BackToText: "Tillbaka till texten", BackToReference: "Tillbaka till hänvisning %s",
			StartOfContent: "Textens början", End: "Slut", FirstPublished: "Först publicerad som %s", Source: "Källa",
			Identifier: "Identifierare", MadeWith: "Framställd med %s", PagesFrom: "Sidnumren följer %s.", PDFEdition: "PDF-utgåvan",
			Continued: "fortsättning", License: "Licens", Editors: "Redaktion"}},
	{tag: "tr", comma: true, locale: sync.OnceValue(tr.New),
		common: "ve bir bu da de için ile olarak daha çok en gibi olan kadar sonra ne ya ama o",
		words: Vocabulary{Contents: "İçindekiler", Notes: "Notlar", Cover: "Kapak", TitlePage: "Başlık sayfası", Imprint: "Künye",
			Contributors: "Katkıda bulunanlar", Colophon: "Kolofon", Illustrations: "Görseller", Pages: "Sayfalar", Landmarks: "İşaret noktaları",
			Issue: "Sayı", Volume: "Cilt", By: "%s", InterviewWith: "Söyleşi: %s", TranslatedBy: "Çeviri: %s",
			EditedBy: "Editör: %s", And: "ve", Note: "Not", Page: "Sayfa", Figure: "Şekil", Summary: "Özet",
			AboutAuthor: "Yazar hakkında", BackToText: "Metne dön", BackToReference: "%s numaralı göndermeye dön",
			StartOfContent: "Metnin başı", End: "Son", FirstPublished: "İlk yayımlanışı: %s", Source: "Kaynak",
			Identifier: "Tanımlayıcı", MadeWith: "%s ile hazırlandı", PagesFrom: "Sayfa numaraları şuna göredir: %s.", PDFEdition: "PDF baskısı",
			Continued: "devamı", License: "Lisans", Editors: "Yayın kurulu"}},
	{tag: "ar", rtl: true, locale: sync.OnceValue(ar.New),
		words: Vocabulary{Contents: "المحتويات", Notes: "الهوامش", Cover: "الغلاف", TitlePage: "صفحة العنوان", Imprint: "بيانات النشر",
			Contributors: "المساهمون", Colophon: "بيانات الطبعة", Illustrations: "الصور", Pages: "الصفحات", Landmarks: "المعالم",
			Issue: "العدد", Volume: "المجلد", By: "%s", InterviewWith: "حوار مع %s", TranslatedBy: "ترجمة %s",
			EditedBy: "تحرير %s", And: "و", Note: "هامش", Page: "صفحة", Figure: "شكل", Summary: "ملخص",
			AboutAuthor: "عن المؤلف", BackToText: "العودة إلى النص", BackToReference: "العودة إلى الإحالة %s",
			StartOfContent: "بداية النص", End: "النهاية", FirstPublished: "نُشر أول مرة بعنوان %s", Source: "المصدر",
			Identifier: "المعرّف", MadeWith: "أُعدّ باستخدام %s", PagesFrom: "أرقام الصفحات هي أرقام %s.", PDFEdition: "طبعة PDF",
			Continued: "تتمة", License: "الترخيص", Editors: "التحرير"}},
	{tag: "da", comma: true,
		common: "og i at det er en til på som for med af de den der ikke har et om men var sig så fra vi han kan når blev også efter eller nu sin hvor ved mod"},
	{tag: "nb", comma: true,
		common: "og i det er på som en til for at med av de den ikke har et om men var seg så fra vi han kan når også etter eller nå sin hvor ved mot ble"},
	{tag: "fi", comma: true,
		common: "ja on ei se että hän oli ovat mutta joka niin kun kuin myös tai mukaan sen olla jos hänen ollut vain"},
	{tag: "ro", comma: true,
		common: "de și în a la cu pe nu care o este din că pentru un mai au să ca fi sunt prin dar sau"},
	{tag: "hu", comma: true,
		common: "a az és hogy nem is egy van meg ez de volt azt már csak ki még vagy mint amely lesz kell"},
	{tag: "hr", comma: true,
		common: "i u je se na da za od su s koji a o kao što iz ali bi biti nije koje ili"},
	{tag: "ca", comma: true,
		common: "de la i el que en a els les per un una amb del és no al va més com es dels o són"},
	{tag: "nn", comma: true}, {tag: "no", comma: true}, {tag: "uk", indents: true, comma: true}, {tag: "bg", indents: true, comma: true},
	{tag: "sr", indents: true, comma: true}, {tag: "sk", indents: true, comma: true}, {tag: "sl", comma: true}, {tag: "lt", comma: true},
	{tag: "lv", comma: true}, {tag: "et", comma: true}, {tag: "gl", comma: true}, {tag: "eu", comma: true},
	{tag: "is", comma: true}, {tag: "be", comma: true}, {tag: "mk", comma: true}, {tag: "hy", comma: true},
	{tag: "ka", comma: true}, {tag: "az", comma: true}, {tag: "kk", comma: true}, {tag: "vi", comma: true},
	{tag: "id", comma: true}, {tag: "fa", rtl: true}, {tag: "he", rtl: true}, {tag: "iw", rtl: true},
	{tag: "ur", rtl: true}, {tag: "yi", rtl: true}, {tag: "ps", rtl: true}, {tag: "sd", rtl: true}, {tag: "ug", rtl: true},
	{tag: "dv", rtl: true}, {tag: "ckb", rtl: true},
}
