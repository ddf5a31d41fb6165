package words

import "strings"

// A Vocabulary holds the words that an edition adds to the text in one language: heads of lists, labels, credits. Both formats
// take them from here, so that a reader of the PDF and a reader of the EPUB are told the same.
//
// Credits and labels with a %s are patterns; the rest stand alone. Lower case is kept where the language wants it in a
// running text, since a backend can raise a letter but not guess which to lower.
type Vocabulary struct {
	Contents, Notes, Cover, TitlePage, Imprint, Contributors, Colophon, Illustrations, Pages, Landmarks string

	Issue, Volume   string // "Issue 112": label before a number
	By              string // "By %s"
	InterviewWith   string // "Interview with %s"
	TranslatedBy    string // "Translated by %s"
	EditedBy        string // "Edited by %s"
	And             string // joins the last two names of a list
	Note, Page      string // before a number
	Figure          string
	Summary         string // head of a standfirst, for who cannot see that it is one
	AboutAuthor     string
	BackToText      string // label of the link from a note to its reference
	BackToReference string // the same where a note has several: "Back to reference %s"
	StartOfContent  string
	End             string // of an article
	FirstPublished  string // "First published as %s"
	Source          string
	Identifier      string
	MadeWith        string // "Made with %s"
	PagesFrom       string // "The page numbers are those of %s"
	PDFEdition      string
	Continued       string
	License         string
	Editors         string
}

// For gives the words for a BCP 47 language tag; a language without words of its own gets English.
func For(lang string) *Vocabulary {
	primary, _, _ := strings.Cut(strings.ToLower(lang), "-")
	if primary == "gr" {
		primary = "el" // Greece's country code, often written for its language
	}
	for i := range vocabularies {
		if vocabularies[i].lang == primary {
			return &vocabularies[i].words
		}
	}
	return &vocabularies[0].words
}

var vocabularies = [...]struct {
	lang  string
	words Vocabulary
}{
	{"en", Vocabulary{Contents: "Contents", Notes: "Notes", Cover: "Cover", TitlePage: "Title page", Imprint: "Imprint",
		Contributors: "Contributors", Colophon: "Colophon", Illustrations: "Illustrations", Pages: "Pages", Landmarks: "Landmarks",
		Issue: "Issue", Volume: "Volume", By: "By %s", InterviewWith: "Interview with %s", TranslatedBy: "Translated by %s",
		EditedBy: "Edited by %s", And: "and", Note: "Note", Page: "Page", Figure: "Figure", Summary: "Summary",
		AboutAuthor: "About the author", BackToText: "Back to the text", BackToReference: "Back to reference %s",
		StartOfContent: "Start of content", End: "End", FirstPublished: "First published as %s", Source: "Source",
		Identifier: "Identifier", MadeWith: "Made with %s", PagesFrom: "The page numbers are those of %s.", PDFEdition: "the PDF edition",
		Continued: "continued", License: "Licence", Editors: "Editors"}},
	{"de", Vocabulary{Contents: "Inhalt", Notes: "Anmerkungen", Cover: "Umschlag", TitlePage: "Titelseite", Imprint: "Impressum",
		Contributors: "Mitwirkende", Colophon: "Kolophon", Illustrations: "Abbildungen", Pages: "Seiten", Landmarks: "Wegmarken",
		Issue: "Ausgabe", Volume: "Band", By: "Von %s", InterviewWith: "Gespräch mit %s", TranslatedBy: "Übersetzt von %s",
		EditedBy: "Herausgegeben von %s", And: "und", Note: "Anmerkung", Page: "Seite", Figure: "Abbildung", Summary: "Zusammenfassung",
		AboutAuthor: "Über den Autor", BackToText: "Zurück zum Text", BackToReference: "Zurück zu Verweis %s",
		StartOfContent: "Beginn des Textes", End: "Ende", FirstPublished: "Zuerst erschienen als %s", Source: "Quelle",
		Identifier: "Kennung", MadeWith: "Hergestellt mit %s", PagesFrom: "Die Seitenzahlen sind die von: %s.", PDFEdition: "PDF-Ausgabe",
		Continued: "Fortsetzung", License: "Lizenz", Editors: "Redaktion"}},
	{"fr", Vocabulary{Contents: "Sommaire", Notes: "Notes", Cover: "Couverture", TitlePage: "Page de titre", Imprint: "Mentions légales",
		Contributors: "Contributeurs", Colophon: "Colophon", Illustrations: "Illustrations", Pages: "Pages", Landmarks: "Repères",
		Issue: "Numéro", Volume: "Volume", By: "Par %s", InterviewWith: "Entretien avec %s", TranslatedBy: "Traduit par %s",
		EditedBy: "Sous la direction de %s", And: "et", Note: "Note", Page: "Page", Figure: "Figure", Summary: "Résumé",
		AboutAuthor: "À propos de l’auteur", BackToText: "Retour au texte", BackToReference: "Retour à l’appel %s",
		StartOfContent: "Début du texte", End: "Fin", FirstPublished: "Première publication : %s", Source: "Source",
		Identifier: "Identifiant", MadeWith: "Réalisé avec %s", PagesFrom: "Les numéros de page sont ceux de : %s.", PDFEdition: "l’édition PDF",
		Continued: "suite", License: "Licence", Editors: "Rédaction"}},
	{"es", Vocabulary{Contents: "Índice", Notes: "Notas", Cover: "Cubierta", TitlePage: "Portada", Imprint: "Página de créditos",
		Contributors: "Colaboradores", Colophon: "Colofón", Illustrations: "Ilustraciones", Pages: "Páginas", Landmarks: "Puntos de referencia",
		Issue: "Número", Volume: "Volumen", By: "Por %s", InterviewWith: "Entrevista con %s", TranslatedBy: "Traducción de %s",
		EditedBy: "Edición de %s", And: "y", Note: "Nota", Page: "Página", Figure: "Figura", Summary: "Resumen",
		AboutAuthor: "Sobre el autor", BackToText: "Volver al texto", BackToReference: "Volver a la llamada %s",
		StartOfContent: "Comienzo del texto", End: "Fin", FirstPublished: "Publicado por primera vez como %s", Source: "Fuente",
		Identifier: "Identificador", MadeWith: "Hecho con %s", PagesFrom: "Los números de página son los de %s.", PDFEdition: "la edición en PDF",
		Continued: "continuación", License: "Licencia", Editors: "Redacción"}},
	{"pt", Vocabulary{Contents: "Sumário", Notes: "Notas", Cover: "Capa", TitlePage: "Folha de rosto", Imprint: "Ficha técnica",
		Contributors: "Colaboradores", Colophon: "Colofão", Illustrations: "Ilustrações", Pages: "Páginas", Landmarks: "Pontos de referência",
		Issue: "Número", Volume: "Volume", By: "Por %s", InterviewWith: "Entrevista com %s", TranslatedBy: "Tradução de %s",
		EditedBy: "Edição de %s", And: "e", Note: "Nota", Page: "Página", Figure: "Figura", Summary: "Resumo",
		AboutAuthor: "Sobre o autor", BackToText: "Voltar ao texto", BackToReference: "Voltar à chamada %s",
		StartOfContent: "Início do texto", End: "Fim", FirstPublished: "Publicado pela primeira vez como %s", Source: "Fonte",
		Identifier: "Identificador", MadeWith: "Feito com %s", PagesFrom: "Os números de página são os de: %s.", PDFEdition: "edição em PDF",
		Continued: "continuação", License: "Licença", Editors: "Redação"}},
	{"it", Vocabulary{Contents: "Indice", Notes: "Note", Cover: "Copertina", TitlePage: "Frontespizio", Imprint: "Colophon",
		Contributors: "Collaboratori", Colophon: "Nota di edizione", Illustrations: "Illustrazioni", Pages: "Pagine", Landmarks: "Punti di riferimento",
		Issue: "Numero", Volume: "Volume", By: "Di %s", InterviewWith: "Intervista con %s", TranslatedBy: "Traduzione di %s",
		EditedBy: "A cura di %s", And: "e", Note: "Nota", Page: "Pagina", Figure: "Figura", Summary: "Sommario",
		AboutAuthor: "Sull’autore", BackToText: "Torna al testo", BackToReference: "Torna al richiamo %s",
		StartOfContent: "Inizio del testo", End: "Fine", FirstPublished: "Pubblicato per la prima volta come %s", Source: "Fonte",
		Identifier: "Identificatore", MadeWith: "Realizzato con %s", PagesFrom: "I numeri di pagina sono quelli di: %s.", PDFEdition: "edizione PDF",
		Continued: "continua", License: "Licenza", Editors: "Redazione"}},
	{"nl", Vocabulary{Contents: "Inhoud", Notes: "Noten", Cover: "Omslag", TitlePage: "Titelpagina", Imprint: "Colofon",
		Contributors: "Medewerkers", Colophon: "Over deze uitgave", Illustrations: "Afbeeldingen", Pages: "Pagina’s", Landmarks: "Oriëntatiepunten",
		Issue: "Nummer", Volume: "Jaargang", By: "Door %s", InterviewWith: "Interview met %s", TranslatedBy: "Vertaald door %s",
		EditedBy: "Onder redactie van %s", And: "en", Note: "Noot", Page: "Pagina", Figure: "Afbeelding", Summary: "Samenvatting",
		AboutAuthor: "Over de auteur", BackToText: "Terug naar de tekst", BackToReference: "Terug naar verwijzing %s",
		StartOfContent: "Begin van de tekst", End: "Einde", FirstPublished: "Eerder verschenen als %s", Source: "Bron",
		Identifier: "Kenmerk", MadeWith: "Gemaakt met %s", PagesFrom: "De paginanummers zijn die van %s.", PDFEdition: "de pdf-uitgave",
		Continued: "vervolg", License: "Licentie", Editors: "Redactie"}},
	{"pl", Vocabulary{Contents: "Spis treści", Notes: "Przypisy", Cover: "Okładka", TitlePage: "Strona tytułowa", Imprint: "Stopka redakcyjna",
		Contributors: "Autorzy i współpracownicy", Colophon: "Kolofon", Illustrations: "Ilustracje", Pages: "Strony", Landmarks: "Punkty orientacyjne",
		Issue: "Numer", Volume: "Tom", By: "%s", InterviewWith: "Rozmówca: %s", TranslatedBy: "Tłumaczenie: %s",
		EditedBy: "Redakcja: %s", And: "i", Note: "Przypis", Page: "Strona", Figure: "Rysunek", Summary: "Streszczenie",
		AboutAuthor: "O autorze", BackToText: "Powrót do tekstu", BackToReference: "Powrót do odsyłacza %s",
		StartOfContent: "Początek tekstu", End: "Koniec", FirstPublished: "Pierwodruk: %s", Source: "Źródło",
		Identifier: "Identyfikator", MadeWith: "Przygotowano w programie %s", PagesFrom: "Numery stron według: %s.", PDFEdition: "wydanie PDF",
		Continued: "ciąg dalszy", License: "Licencja", Editors: "Redakcja"}},
	{"cs", Vocabulary{Contents: "Obsah", Notes: "Poznámky", Cover: "Obálka", TitlePage: "Titulní strana", Imprint: "Tiráž",
		Contributors: "Autoři a spolupracovníci", Colophon: "Kolofon", Illustrations: "Vyobrazení", Pages: "Strany", Landmarks: "Orientační body",
		Issue: "Číslo", Volume: "Ročník", By: "%s", InterviewWith: "Rozhovor: %s", TranslatedBy: "Překlad: %s",
		EditedBy: "Redakce: %s", And: "a", Note: "Poznámka", Page: "Strana", Figure: "Obrázek", Summary: "Shrnutí",
		AboutAuthor: "O autorovi", BackToText: "Zpět k textu", BackToReference: "Zpět k odkazu %s",
		StartOfContent: "Začátek textu", End: "Konec", FirstPublished: "Poprvé vyšlo: %s", Source: "Zdroj",
		Identifier: "Identifikátor", MadeWith: "Vytvořeno v programu %s", PagesFrom: "Čísla stran odpovídají: %s.", PDFEdition: "vydání v PDF",
		Continued: "pokračování", License: "Licence", Editors: "Redakce"}},
	{"ru", Vocabulary{Contents: "Содержание", Notes: "Примечания", Cover: "Обложка", TitlePage: "Титульный лист", Imprint: "Выходные данные",
		Contributors: "Авторы номера", Colophon: "Колофон", Illustrations: "Иллюстрации", Pages: "Страницы", Landmarks: "Ориентиры",
		Issue: "Номер", Volume: "Том", By: "%s", InterviewWith: "Собеседник: %s", TranslatedBy: "Перевод: %s",
		EditedBy: "Редакция: %s", And: "и", Note: "Примечание", Page: "Страница", Figure: "Рисунок", Summary: "Аннотация",
		AboutAuthor: "Об авторе", BackToText: "Назад к тексту", BackToReference: "Назад к сноске %s",
		StartOfContent: "Начало текста", End: "Конец", FirstPublished: "Впервые опубликовано: %s", Source: "Источник",
		Identifier: "Идентификатор", MadeWith: "Подготовлено в программе %s", PagesFrom: "Номера страниц соответствуют изданию: %s.", PDFEdition: "PDF",
		Continued: "продолжение", License: "Лицензия", Editors: "Редакция"}},
	{"el", Vocabulary{Contents: "Περιεχόμενα", Notes: "Σημειώσεις", Cover: "Εξώφυλλο", TitlePage: "Σελίδα τίτλου", Imprint: "Ταυτότητα έκδοσης",
		Contributors: "Συντελεστές", Colophon: "Κολοφώνας", Illustrations: "Εικόνες", Pages: "Σελίδες", Landmarks: "Σημεία αναφοράς",
		Issue: "Τεύχος", Volume: "Τόμος", By: "%s", InterviewWith: "Συνέντευξη: %s", TranslatedBy: "Μετάφραση: %s",
		EditedBy: "Επιμέλεια: %s", And: "και", Note: "Σημείωση", Page: "Σελίδα", Figure: "Εικόνα", Summary: "Περίληψη",
		AboutAuthor: "Για τον συγγραφέα", BackToText: "Πίσω στο κείμενο", BackToReference: "Πίσω στην παραπομπή %s",
		StartOfContent: "Αρχή κειμένου", End: "Τέλος", FirstPublished: "Πρώτη δημοσίευση: %s", Source: "Πηγή",
		Identifier: "Αναγνωριστικό", MadeWith: "Δημιουργήθηκε με το %s", PagesFrom: "Οι αριθμοί σελίδων ακολουθούν: %s.", PDFEdition: "έκδοση PDF",
		Continued: "συνέχεια", License: "Άδεια", Editors: "Σύνταξη"}},
	{"sq", Vocabulary{Contents: "Përmbajtja", Notes: "Shënime", Cover: "Kopertina", TitlePage: "Faqja e titullit", Imprint: "Të dhëna botimi",
		Contributors: "Kontribuesit", Colophon: "Kolofoni", Illustrations: "Ilustrime", Pages: "Faqet", Landmarks: "Pika orientimi",
		Issue: "Numri", Volume: "Vëllimi", By: "Nga %s", InterviewWith: "Intervistë me %s", TranslatedBy: "Përktheu %s",
		EditedBy: "Redaktoi %s", And: "dhe", Note: "Shënim", Page: "Faqja", Figure: "Figura", Summary: "Përmbledhje",
		AboutAuthor: "Për autorin", BackToText: "Kthehu te teksti", BackToReference: "Kthehu te referenca %s",
		StartOfContent: "Fillimi i tekstit", End: "Fund", FirstPublished: "Botuar së pari si %s", Source: "Burimi",
		Identifier: "Identifikues", MadeWith: "Përgatitur me %s", PagesFrom: "Numrat e faqeve ndjekin: %s.", PDFEdition: "botimin PDF",
		Continued: "vijon", License: "Licenca", Editors: "Redaksia"}},
	{"sv", Vocabulary{Contents: "Innehåll", Notes: "Noter", Cover: "Omslag", TitlePage: "Titelsida", Imprint: "Redaktionsruta",
		Contributors: "Medverkande", Colophon: "Kolofon", Illustrations: "Illustrationer", Pages: "Sidor", Landmarks: "Landmärken",
		Issue: "Nummer", Volume: "Årgång", By: "Av %s", InterviewWith: "Intervju med %s", TranslatedBy: "Översättning av %s",
		EditedBy: "Redigerad av %s", And: "och", Note: "Not", Page: "Sida", Figure: "Figur", Summary: "Sammanfattning",
		AboutAuthor: "Om författaren", BackToText: "Tillbaka till texten", BackToReference: "Tillbaka till hänvisning %s",
		StartOfContent: "Textens början", End: "Slut", FirstPublished: "Först publicerad som %s", Source: "Källa",
		Identifier: "Identifierare", MadeWith: "Framställd med %s", PagesFrom: "Sidnumren följer %s.", PDFEdition: "PDF-utgåvan",
		Continued: "fortsättning", License: "Licens", Editors: "Redaktion"}},
	{"tr", Vocabulary{Contents: "İçindekiler", Notes: "Notlar", Cover: "Kapak", TitlePage: "Başlık sayfası", Imprint: "Künye",
		Contributors: "Katkıda bulunanlar", Colophon: "Kolofon", Illustrations: "Görseller", Pages: "Sayfalar", Landmarks: "İşaret noktaları",
		Issue: "Sayı", Volume: "Cilt", By: "%s", InterviewWith: "Söyleşi: %s", TranslatedBy: "Çeviri: %s",
		EditedBy: "Editör: %s", And: "ve", Note: "Not", Page: "Sayfa", Figure: "Şekil", Summary: "Özet",
		AboutAuthor: "Yazar hakkında", BackToText: "Metne dön", BackToReference: "%s numaralı göndermeye dön",
		StartOfContent: "Metnin başı", End: "Son", FirstPublished: "İlk yayımlanışı: %s", Source: "Kaynak",
		Identifier: "Tanımlayıcı", MadeWith: "%s ile hazırlandı", PagesFrom: "Sayfa numaraları şuna göredir: %s.", PDFEdition: "PDF baskısı",
		Continued: "devamı", License: "Lisans", Editors: "Yayın kurulu"}},
	{"ar", Vocabulary{Contents: "المحتويات", Notes: "الهوامش", Cover: "الغلاف", TitlePage: "صفحة العنوان", Imprint: "بيانات النشر",
		Contributors: "المساهمون", Colophon: "بيانات الطبعة", Illustrations: "الصور", Pages: "الصفحات", Landmarks: "المعالم",
		Issue: "العدد", Volume: "المجلد", By: "%s", InterviewWith: "حوار مع %s", TranslatedBy: "ترجمة %s",
		EditedBy: "تحرير %s", And: "و", Note: "هامش", Page: "صفحة", Figure: "شكل", Summary: "ملخص",
		AboutAuthor: "عن المؤلف", BackToText: "العودة إلى النص", BackToReference: "العودة إلى الإحالة %s",
		StartOfContent: "بداية النص", End: "النهاية", FirstPublished: "نُشر أول مرة بعنوان %s", Source: "المصدر",
		Identifier: "المعرّف", MadeWith: "أُعدّ باستخدام %s", PagesFrom: "أرقام الصفحات هي أرقام %s.", PDFEdition: "طبعة PDF",
		Continued: "تتمة", License: "الترخيص", Editors: "التحرير"}},
}

// Names joins names as a list is read: "A", "A and B", "A, B and C".
func (w *Vocabulary) Names(names []string) string {
	switch len(names) {
	case 0:
		return ""
	case 1:
		return names[0]
	}
	last := len(names) - 1
	return strings.Join(names[:last], ", ") + " " + w.And + " " + names[last]
}
