package words

// Parts are the words that stand over the parts of an issue beside its articles, and over those of its masthead.
type Parts struct {
	HalfTitle, Masthead, Editorial, Corrections, Advertisements, NameIndex string

	Purpose    string // why the journal is made
	Guidelines string // for who wants to write for it
	Funders    string // before or over who gives money
	Address    string // to write to
	Type       string // before the names of the faces
	Checksum   string // before the number that tells whether the texts are the same
}

// PartsFor gives the words for a BCP 47 language tag; a language without words of its own gets English.
func PartsFor(lang string) *Parts {
	if l, _ := find(lang); l != nil {
		for i := range parts {
			if parts[i].tag == l.tag {
				return &parts[i].Parts
			}
		}
	}
	return &parts[0].Parts
}

// parts has a row for each language that has a Vocabulary.
var parts = [...]struct {
	tag string
	Parts
}{
	{"en", Parts{"Half title", "Masthead", "Editorial", "Corrections", "Advertisements", "Index of names", "Statement of purpose", "Submission guidelines", "Supported by", "Address", "Type", "Checksum of the texts"}},
	{"de", Parts{"Schmutztitel", "Redaktion und Verlag", "Editorial", "Berichtigungen", "Anzeigen", "Namenregister", "Selbstverständnis", "Hinweise für Einsendungen", "Gefördert von", "Anschrift", "Schrift", "Prüfsumme der Texte"}},
	{"fr", Parts{"Faux-titre", "Ours", "Éditorial", "Errata", "Annonces", "Index des noms", "Déclaration d’intention", "Consignes aux auteurs", "Avec le soutien de", "Adresse", "Caractères", "Somme de contrôle des textes"}},
	{"es", Parts{"Anteportada", "Equipo editorial", "Editorial", "Fe de erratas", "Anuncios", "Índice de nombres", "Declaración de principios", "Normas para el envío de textos", "Con el apoyo de", "Dirección", "Tipografía", "Suma de comprobación de los textos"}},
	{"pt", Parts{"Anterrosto", "Equipe editorial", "Editorial", "Erratas", "Anúncios", "Índice de nomes", "Declaração de princípios", "Normas para envio de textos", "Com o apoio de", "Endereço", "Tipografia", "Soma de verificação dos textos"}},
	{"it", Parts{"Occhiello", "Redazione e gerenza", "Editoriale", "Errata corrige", "Annunci", "Indice dei nomi", "Dichiarazione d’intenti", "Norme per gli autori", "Con il sostegno di", "Indirizzo", "Caratteri", "Somma di controllo dei testi"}},
	{"nl", Parts{"Franse titel", "Colofon van de redactie", "Redactioneel", "Rectificaties", "Advertenties", "Namenregister", "Beginselverklaring", "Richtlijnen voor inzendingen", "Met steun van", "Adres", "Letter", "Controlegetal van de teksten"}},
	{"pl", Parts{"Przedtytuł", "Stopka redakcyjna", "Od redakcji", "Sprostowania", "Ogłoszenia", "Indeks nazwisk", "O nas", "Wskazówki dla autorów", "Dofinansowanie", "Adres", "Pismo", "Suma kontrolna tekstów"}},
	{"cs", Parts{"Patitul", "Redakce a vydavatel", "Úvodník", "Opravy", "Inzerce", "Jmenný rejstřík", "O časopise", "Pokyny pro autory", "Za podpory", "Adresa", "Písmo", "Kontrolní součet textů"}},
	{"ru", Parts{"Авантитул", "Редакция", "От редакции", "Исправления", "Объявления", "Указатель имён", "О журнале", "Правила для авторов", "При поддержке", "Адрес", "Гарнитура", "Контрольная сумма текстов"}},
	{"el", Parts{"Ψευδότιτλος", "Ταυτότητα", "Σημείωμα της σύνταξης", "Διορθώσεις", "Διαφημίσεις", "Ευρετήριο ονομάτων", "Διακήρυξη αρχών", "Οδηγίες προς συγγραφείς", "Με την υποστήριξη", "Διεύθυνση", "Γραμματοσειρά", "Άθροισμα ελέγχου των κειμένων"}},
	{"sq", Parts{"Paratitulli", "Redaksia dhe botuesi", "Editorial", "Ndreqje", "Njoftime", "Treguesi i emrave", "Parimet tona", "Udhëzime për autorët", "Me mbështetjen e", "Adresa", "Shkronjat", "Shuma e kontrollit të teksteve"}},
	{"sv", Parts{"Smutstitel", "Redaktionsruta", "Ledare", "Rättelser", "Annonser", "Personregister", "Programförklaring", "Anvisningar för bidrag", "Med stöd av", "Adress", "Typsnitt", "Texternas kontrollsumma"}},
	{"tr", Parts{"Yarım başlık", "Künye", "Editörden", "Düzeltmeler", "İlanlar", "Adlar dizini", "Amacımız", "Yazı gönderim kuralları", "Destekleyenler", "Adres", "Yazı karakteri", "Metinlerin sağlama toplamı"}},
	{"ar", Parts{"صفحة العنوان المختصر", "هيئة التحرير", "افتتاحية", "تصويبات", "إعلانات", "فهرس الأسماء", "بيان الأهداف", "إرشادات النشر", "بدعم من", "العنوان", "الخط", "المجموع الاختباري للنصوص"}},
	{"da", Parts{"Smudstitel", "Kolofon og redaktion", "Leder", "Rettelser", "Annoncer", "Navneregister", "Formålserklæring", "Vejledning for bidrag", "Med støtte fra", "Adresse", "Skrift", "Teksternes kontrolsum"}},
	{"nb", Parts{"Smusstittel", "Redaksjonen", "Leder", "Rettelser", "Annonser", "Navneregister", "Formålserklæring", "Veiledning for bidrag", "Med støtte fra", "Adresse", "Skrift", "Tekstenes kontrollsum"}},
	{"fi", Parts{"Esinimiö", "Toimitus", "Pääkirjoitus", "Oikaisut", "Ilmoitukset", "Henkilöhakemisto", "Toiminta-ajatus", "Kirjoittajan ohjeet", "Tukijat", "Osoite", "Kirjasin", "Tekstien tarkistussumma"}},
	{"ro", Parts{"Pagina de gardă", "Caseta redacțională", "Editorial", "Erată", "Anunțuri", "Indice de nume", "Declarație de principii", "Recomandări pentru autori", "Cu sprijinul", "Adresa", "Litera", "Suma de control a textelor"}},
	{"hu", Parts{"Szennycím", "Impresszum és szerkesztőség", "Szerkesztői előszó", "Helyesbítések", "Hirdetések", "Névmutató", "Célkitűzéseink", "Útmutató szerzőknek", "Támogatók", "Cím", "Betűtípus", "A szövegek ellenőrző összege"}},
	{"hr", Parts{"Prednaslov", "Uredništvo i nakladnik", "Uvodnik", "Ispravci", "Oglasi", "Kazalo imena", "Naša načela", "Upute autorima", "Uz potporu", "Adresa", "Pismo", "Kontrolni zbroj tekstova"}},
	{"ca", Parts{"Anteportada", "Equip editorial", "Editorial", "Fe d’errates", "Anuncis", "Índex de noms", "Declaració de principis", "Normes per als autors", "Amb el suport de", "Adreça", "Tipografia", "Suma de verificació dels textos"}},
	{"uk", Parts{"Авантитул", "Редакція", "Від редакції", "Виправлення", "Оголошення", "Покажчик імен", "Про часопис", "Правила для авторів", "За підтримки", "Адреса", "Гарнітура", "Контрольна сума текстів"}},
	{"bg", Parts{"Предзаглавие", "Редакция", "Редакционна статия", "Поправки", "Обяви", "Показалец на имената", "За списанието", "Указания за авторите", "С подкрепата на", "Адрес", "Шрифт", "Контролна сума на текстовете"}},
	{"sr", Parts{"Преднаслов", "Редакција и издавач", "Уводник", "Исправке", "Огласи", "Регистар имена", "О часопису", "Упутство за ауторе", "Уз подршку", "Адреса", "Писмо", "Контролни збир текстова"}},
	{"sk", Parts{"Predtitul", "Redakcia a vydavateľ", "Úvodník", "Opravy", "Inzercia", "Menný register", "O časopise", "Pokyny pre autorov", "S podporou", "Adresa", "Písmo", "Kontrolný súčet textov"}},
	{"sl", Parts{"Predstran", "Uredništvo", "Uvodnik", "Popravki", "Oglasi", "Imensko kazalo", "O reviji", "Navodila avtorjem", "S podporo", "Naslov", "Pisava", "Kontrolna vsota besedil"}},
	{"lt", Parts{"Priešlapis", "Redakcija ir leidėjas", "Redakcijos skiltis", "Pataisos", "Skelbimai", "Vardų rodyklė", "Apie leidinį", "Nurodymai autoriams", "Rėmėjai", "Adresas", "Šriftas", "Tekstų kontrolinė suma"}},
	{"lv", Parts{"Priekštitullapa", "Redakcija un izdevējs", "Ievadraksts", "Labojumi", "Sludinājumi", "Personu rādītājs", "Par izdevumu", "Norādījumi autoriem", "Ar atbalstu", "Adrese", "Burtveidols", "Tekstu kontrolsumma"}},
	{"et", Parts{"Eestiitel", "Toimetus ja kirjastaja", "Juhtkiri", "Parandused", "Kuulutused", "Nimeregister", "Ajakirjast", "Juhised autoritele", "Toetajad", "Aadress", "Kirjatüüp", "Tekstide kontrollsumma"}},
	{"gl", Parts{"Anteportada", "Equipo editorial", "Editorial", "Fe de erratas", "Anuncios", "Índice de nomes", "Declaración de principios", "Normas para os autores", "Co apoio de", "Enderezo", "Tipografía", "Suma de comprobación dos textos"}},
	{"is", Parts{"Smátitill", "Ritstjórn og útgefandi", "Ritstjórnargrein", "Leiðréttingar", "Auglýsingar", "Nafnaskrá", "Stefna ritsins", "Leiðbeiningar til höfunda", "Með stuðningi", "Heimilisfang", "Letur", "Gátsumma textanna"}},
	{"ga", Parts{"Leath-theideal", "Foireann eagarthóireachta", "Eagarfhocal", "Ceartúcháin", "Fógraí", "Innéacs ainmneacha", "Ráiteas cuspóra", "Treoirlínte d’údair", "Le tacaíocht ó", "Seoladh", "Cló", "Suim sheiceála na dtéacsanna"}},
	{"id", Parts{"Halaman prancis", "Susunan redaksi", "Tajuk rencana", "Ralat", "Iklan", "Indeks nama", "Pernyataan tujuan", "Pedoman penulisan", "Didukung oleh", "Alamat", "Huruf", "Jumlah pemeriksa teks"}},
	{"vi", Parts{"Trang tên phụ", "Ban biên tập", "Lời toà soạn", "Đính chính", "Quảng cáo", "Bảng tra tên người", "Tôn chỉ", "Hướng dẫn gửi bài", "Với sự hỗ trợ của", "Địa chỉ", "Kiểu chữ", "Giá trị kiểm tra của văn bản"}},
	{"he", Parts{"שער מקוצר", "המערכת", "דבר המערכת", "תיקונים", "מודעות", "מפתח שמות", "הצהרת כוונות", "הנחיות לכותבים", "בתמיכת", "כתובת", "גופן", "סיכום ביקורת של הטקסטים"}},
	{"fa", Parts{"پیش\u200cعنوان", "شناسنامه", "سرمقاله", "تصحیح\u200cها", "آگهی\u200cها", "نمایهٔ نام\u200cها", "دربارهٔ نشریه", "راهنمای نویسندگان", "با پشتیبانی", "نشانی", "قلم", "جمع کنترلی متن\u200cها"}},
	{"ja", Parts{"前扉", "編集体制", "巻頭言", "訂正", "広告", "人名索引", "発刊の趣旨", "投稿規定", "助成", "所在地", "書体", "本文のチェックサム"}},
	{"zh", Parts{"半扉页", "编辑部", "卷首语", "更正", "广告", "人名索引", "办刊宗旨", "投稿须知", "支持机构", "地址", "字体", "文本校验和"}},
	{"zh-hant", Parts{"半扉頁", "編輯部", "卷首語", "更正", "廣告", "人名索引", "辦刊宗旨", "投稿須知", "支持單位", "地址", "字體", "文本校驗和"}},
	{"ko", Parts{"반표제", "편집진", "권두언", "정정", "광고", "인명 색인", "발간 취지", "투고 안내", "후원", "주소", "서체", "본문 체크섬"}},
}
