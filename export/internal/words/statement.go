package words

import "strings"

// A StatementWords holds the words of an accessibility statement in one language: short sentences, with a number or names behind
// a colon, so that no language has to bend a word by a number.
type StatementWords struct {
	Language string // BCP 47

	Title, Intro, There, Lacking, NoLack string

	Text, Order      string
	PageNumbers      string // of the EPUB
	Notes            string // "…: %s"
	Pictures         string // how many there are
	Described        string // of them, with a text alternative
	Ornaments        string // of them, without meaning
	Formulas, Tables string
	Languages        string
	Still            string // no hazards
	Moving           string // pictures that move
	PDF              string // standards that the PDF is made to
	Claim, Certified string
	NoClaim          string
	Contact          string

	Undescribed string // pictures without an alternative, to be listed
	Picture     string // before a picture's number
	Captions    string // pictures whose caption stands for a description
	Sources     string // formulas given as source
	Headless    string // tables without header cells
	NoTags      string // the PDF is made to no standard of accessibility
}

// ForStatement gives the words of an accessibility statement for a language; English for one that has none, which its Language
// says.
func ForStatement(lang string) *StatementWords {
	base, _, _ := strings.Cut(strings.ToLower(lang), "-")
	for i := range statements {
		if statements[i].Language == base {
			return &statements[i]
		}
	}
	return &statements[0]
}

// statements begin with the one that stands in for all others.
var statements = [...]StatementWords{
	{Language: "en", Title: "Accessibility",
		Intro: "What this edition offers to those who read otherwise than by eye, and what it lacks. It was worked out from the content when the edition was made.",
		There: "What is there", Lacking: "What is lacking", NoLack: "Nothing is known to be lacking.",
		Text:        "All text can be read aloud and shown in braille; in the EPUB it can be enlarged, recoloured and set in another face.",
		Order:       "Contents, headings and links lead through the edition, which is read in one order.",
		PageNumbers: "The EPUB has the page numbers of the PDF.",
		Notes:       "Notes, linked from the text and back: %s", Pictures: "Pictures: %s", Described: "of which with a text alternative: %s", Ornaments: "of which ornaments: %s",
		Formulas: "Formulas in MathML: %s", Tables: "Tables with header cells: %s", Languages: "The language of each text is marked: %s",
		Still: "There is no sound, no motion, no flashing and no script.", Moving: "Moving pictures, which were not examined for flashing: %s",
		PDF: "The PDF is tagged and made to these standards: %s", Claim: "The publisher claims for the EPUB: %s", Certified: "Certified by: %s",
		NoClaim: "No conformance of the EPUB to a standard is claimed, and nobody has certified it.", Contact: "Contact: %s",
		Undescribed: "Pictures without a text alternative: %s", Picture: "picture %s", Captions: "Pictures whose caption stands for a description: %s",
		Sources: "Formulas given in TeX notation only: %s", Headless: "Tables without header cells: %s", NoTags: "The PDF is made to no standard of accessibility."},
	{Language: "de", Title: "Barrierefreiheit",
		Intro: "Was diese Ausgabe denen bietet, die anders als mit den Augen lesen, und was ihr fehlt. Ermittelt aus dem Inhalt, als die Ausgabe hergestellt wurde.",
		There: "Was vorhanden ist", Lacking: "Was fehlt", NoLack: "Es ist nichts bekannt, was fehlt.",
		Text:        "Aller Text kann vorgelesen und in Braille angezeigt werden; im EPUB lassen sich Größe, Farben und Schrift ändern.",
		Order:       "Inhaltsverzeichnis, Überschriften und Verweise führen durch die Ausgabe, die in einer Reihenfolge gelesen wird.",
		PageNumbers: "Das EPUB hat die Seitenzahlen des PDF.",
		Notes:       "Anmerkungen, vom Text und zurück verlinkt: %s", Pictures: "Abbildungen: %s", Described: "davon mit Textalternative: %s", Ornaments: "davon Schmuck: %s",
		Formulas: "Formeln in MathML: %s", Tables: "Tabellen mit Kopfzellen: %s", Languages: "Die Sprache jedes Textes ist ausgezeichnet: %s",
		Still: "Es gibt keinen Ton, keine Bewegung, kein Blitzen und keine Skripte.", Moving: "Bewegte Bilder, die nicht auf Blitzen geprüft wurden: %s",
		PDF: "Das PDF ist getaggt und nach diesen Normen hergestellt: %s", Claim: "Der Verlag erklärt für das EPUB: %s", Certified: "Bestätigt von: %s",
		NoClaim: "Für das EPUB wird keine Konformität mit einer Norm erklärt, und niemand hat sie bestätigt.", Contact: "Kontakt: %s",
		Undescribed: "Abbildungen ohne Textalternative: %s", Picture: "Abbildung %s", Captions: "Abbildungen, deren Unterschrift eine Beschreibung ersetzt: %s",
		Sources: "Formeln nur in TeX-Schreibweise: %s", Headless: "Tabellen ohne Kopfzellen: %s", NoTags: "Das PDF ist nach keiner Norm der Barrierefreiheit hergestellt."},
	{Language: "fr", Title: "Accessibilité",
		Intro: "Ce que cette édition offre à qui lit autrement que par les yeux, et ce qui lui manque. Établi d’après le contenu lors de sa fabrication.",
		There: "Ce qui est présent", Lacking: "Ce qui manque", NoLack: "Aucun manque n’est connu.",
		Text:        "Tout le texte peut être lu à voix haute et affiché en braille\u00A0; dans l’EPUB, on peut l’agrandir et en changer les couleurs et la police.",
		Order:       "La table des matières, les titres et les liens guident dans l’édition, qui se lit dans un seul ordre.",
		PageNumbers: "L’EPUB porte les numéros de page du PDF.",
		Notes:       "Notes, liées au texte dans les deux sens\u00A0: %s", Pictures: "Images\u00A0: %s", Described: "dont pourvues d’un texte de remplacement\u00A0: %s", Ornaments: "dont ornements\u00A0: %s",
		Formulas: "Formules en MathML\u00A0: %s", Tables: "Tableaux avec cellules d’en-tête\u00A0: %s", Languages: "La langue de chaque texte est indiquée\u00A0: %s",
		Still: "Il n’y a ni son, ni mouvement, ni clignotement, ni script.", Moving: "Images animées, dont le clignotement n’a pas été examiné\u00A0: %s",
		PDF: "Le PDF est balisé et fabriqué selon ces normes\u00A0: %s", Claim: "L’éditeur déclare pour l’EPUB\u00A0: %s", Certified: "Certifié par\u00A0: %s",
		NoClaim: "Aucune conformité de l’EPUB à une norme n’est déclarée, et personne ne l’a certifiée.", Contact: "Contact\u00A0: %s",
		Undescribed: "Images sans texte de remplacement\u00A0: %s", Picture: "image %s", Captions: "Images dont la légende tient lieu de description\u00A0: %s",
		Sources: "Formules données seulement en notation TeX\u00A0: %s", Headless: "Tableaux sans cellules d’en-tête\u00A0: %s", NoTags: "Le PDF n’est fabriqué selon aucune norme d’accessibilité."},
	{Language: "es", Title: "Accesibilidad",
		Intro: "Lo que esta edición ofrece a quien lee de otro modo que con los ojos, y lo que le falta. Se dedujo del contenido al hacer la edición.",
		There: "Lo que hay", Lacking: "Lo que falta", NoLack: "No se conoce nada que falte.",
		Text:        "Todo el texto puede leerse en voz alta y mostrarse en braille; en el EPUB se pueden cambiar el tamaño, los colores y la letra.",
		Order:       "El índice, los títulos y los enlaces guían por la edición, que se lee en un solo orden.",
		PageNumbers: "El EPUB lleva los números de página del PDF.",
		Notes:       "Notas, enlazadas con el texto en ambos sentidos: %s", Pictures: "Imágenes: %s", Described: "de ellas con texto alternativo: %s", Ornaments: "de ellas adornos: %s",
		Formulas: "Fórmulas en MathML: %s", Tables: "Tablas con celdas de encabezado: %s", Languages: "El idioma de cada texto está marcado: %s",
		Still: "No hay sonido, movimiento, destellos ni programas.", Moving: "Imágenes en movimiento, cuyos destellos no se han examinado: %s",
		PDF: "El PDF está etiquetado y hecho según estas normas: %s", Claim: "El editor declara para el EPUB: %s", Certified: "Certificado por: %s",
		NoClaim: "No se declara la conformidad del EPUB con ninguna norma, ni nadie la ha certificado.", Contact: "Contacto: %s",
		Undescribed: "Imágenes sin texto alternativo: %s", Picture: "imagen %s", Captions: "Imágenes cuyo pie hace de descripción: %s",
		Sources: "Fórmulas dadas solo en notación TeX: %s", Headless: "Tablas sin celdas de encabezado: %s", NoTags: "El PDF no está hecho según ninguna norma de accesibilidad."},
	{Language: "it", Title: "Accessibilità",
		Intro: "Che cosa questa edizione offre a chi legge altrimenti che con gli occhi, e che cosa le manca. Ricavato dal contenuto quando l’edizione è stata fatta.",
		There: "Che cosa c’è", Lacking: "Che cosa manca", NoLack: "Non risulta che manchi nulla.",
		Text:        "Tutto il testo può essere letto ad alta voce e mostrato in braille; nell’EPUB se ne possono cambiare grandezza, colori e carattere.",
		Order:       "Indice, titoli e collegamenti guidano attraverso l’edizione, che si legge in un solo ordine.",
		PageNumbers: "L’EPUB ha i numeri di pagina del PDF.",
		Notes:       "Note, collegate al testo nei due sensi: %s", Pictures: "Immagini: %s", Described: "di cui con testo alternativo: %s", Ornaments: "di cui ornamenti: %s",
		Formulas: "Formule in MathML: %s", Tables: "Tabelle con celle di intestazione: %s", Languages: "La lingua di ogni testo è indicata: %s",
		Still: "Non ci sono suoni, movimenti, lampeggi o script.", Moving: "Immagini in movimento, non esaminate per i lampeggi: %s",
		PDF: "Il PDF è codificato con tag e fatto secondo queste norme: %s", Claim: "L’editore dichiara per l’EPUB: %s", Certified: "Certificato da: %s",
		NoClaim: "Non si dichiara alcuna conformità dell’EPUB a una norma, e nessuno l’ha certificata.", Contact: "Contatto: %s",
		Undescribed: "Immagini senza testo alternativo: %s", Picture: "immagine %s", Captions: "Immagini la cui didascalia vale da descrizione: %s",
		Sources: "Formule date solo in notazione TeX: %s", Headless: "Tabelle senza celle di intestazione: %s", NoTags: "Il PDF non è fatto secondo alcuna norma di accessibilità."},
	{Language: "nl", Title: "Toegankelijkheid",
		Intro: "Wat deze uitgave biedt aan wie anders dan met de ogen leest, en wat eraan ontbreekt. Afgeleid uit de inhoud toen de uitgave werd gemaakt.",
		There: "Wat er is", Lacking: "Wat ontbreekt", NoLack: "Er is niets bekend dat ontbreekt.",
		Text:        "Alle tekst kan worden voorgelezen en in braille getoond; in de EPUB zijn grootte, kleuren en letter te veranderen.",
		Order:       "Inhoudsopgave, koppen en links leiden door de uitgave, die in één volgorde wordt gelezen.",
		PageNumbers: "De EPUB heeft de paginanummers van de PDF.",
		Notes:       "Noten, vanuit de tekst en terug gelinkt: %s", Pictures: "Afbeeldingen: %s", Described: "waarvan met tekstalternatief: %s", Ornaments: "waarvan versiering: %s",
		Formulas: "Formules in MathML: %s", Tables: "Tabellen met kopcellen: %s", Languages: "De taal van elke tekst is aangegeven: %s",
		Still: "Er is geen geluid, geen beweging, geen flitsen en geen script.", Moving: "Bewegende beelden, niet op flitsen onderzocht: %s",
		PDF: "De PDF is getagd en gemaakt volgens deze normen: %s", Claim: "De uitgever verklaart voor de EPUB: %s", Certified: "Gecertificeerd door: %s",
		NoClaim: "Voor de EPUB wordt geen conformiteit met een norm verklaard, en niemand heeft die gecertificeerd.", Contact: "Contact: %s",
		Undescribed: "Afbeeldingen zonder tekstalternatief: %s", Picture: "afbeelding %s", Captions: "Afbeeldingen waarvan het bijschrift de beschrijving vervangt: %s",
		Sources: "Formules alleen in TeX-notatie: %s", Headless: "Tabellen zonder kopcellen: %s", NoTags: "De PDF is volgens geen norm voor toegankelijkheid gemaakt."},
	{Language: "pt", Title: "Acessibilidade",
		Intro: "O que esta edição oferece a quem lê de outro modo que não com os olhos, e o que lhe falta. Apurado a partir do conteúdo quando a edição foi feita.",
		There: "O que existe", Lacking: "O que falta", NoLack: "Não se conhece nada que falte.",
		Text:        "Todo o texto pode ser lido em voz alta e mostrado em braille; no EPUB podem mudar-se o tamanho, as cores e a letra.",
		Order:       "O índice, os títulos e as ligações guiam pela edição, que se lê numa só ordem.",
		PageNumbers: "O EPUB tem os números de página do PDF.",
		Notes:       "Notas, ligadas ao texto nos dois sentidos: %s", Pictures: "Imagens: %s", Described: "das quais com texto alternativo: %s", Ornaments: "das quais ornamentos: %s",
		Formulas: "Fórmulas em MathML: %s", Tables: "Tabelas com células de cabeçalho: %s", Languages: "A língua de cada texto está marcada: %s",
		Still: "Não há som, movimento, cintilação nem scripts.", Moving: "Imagens em movimento, cuja cintilação não foi examinada: %s",
		PDF: "O PDF está etiquetado e feito segundo estas normas: %s", Claim: "O editor declara para o EPUB: %s", Certified: "Certificado por: %s",
		NoClaim: "Não se declara conformidade do EPUB com norma alguma, nem ninguém a certificou.", Contact: "Contacto: %s",
		Undescribed: "Imagens sem texto alternativo: %s", Picture: "imagem %s", Captions: "Imagens cuja legenda serve de descrição: %s",
		Sources: "Fórmulas dadas só em notação TeX: %s", Headless: "Tabelas sem células de cabeçalho: %s", NoTags: "O PDF não está feito segundo norma alguma de acessibilidade."},
}
