// Package words knows languages: what tells them apart.
package words

import (
	"strings"
	"unicode"
)

// commonWords are words that nearly every paragraph of a language has, and its neighbours seldom.
var commonWords = map[string]string{
	"en": "the of and to in is that it was for with as his on be at by this had not are but from or have an they which you were her all she there would their we him been has when who will more no if out so said what up its about into than them can only other",
	"de": "der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er hat daß dass sie nach wird bei einer um am sind noch wie einem über einen so zum war haben nur oder aber vor zur bis mehr durch man sein wurde sei",
	"fr": "de la le et les des en un du une que est pour qui dans a par plus pas au sur ne se ce il sont aux avec cette ou son mais comme nous ils elle être fait ses leur ont était d l qu c n s",
	"es": "de la que el en y a los del se las por un para con no una su al es lo como más pero sus le ya o este sí porque esta entre cuando muy sin sobre también me hasta hay donde quien desde todo nos durante",
	"pt": "de a o que e do da em um para é com não uma os no se na por mais as dos como mas foi ao ele das tem à seu sua ou ser quando muito há nos já está eu também só pelo pela até isso ela entre",
	"it": "di e il la che in un a per è una non del con si da le della i sono al come dei più nel alla anche ma lo gli ha delle o suo questo essere nella se dal cui ci sul quando dalla",
	"nl": "de van het een en in is dat op te voor met die niet zijn aan er om ook als dan maar bij door nog uit wordt naar worden heeft tot over hij ze werd deze wel kan hun geen zich",
	"sv": "och i att det som en på är av för med den till inte har de ett om men var sig så från vi han kan när år säger hon under också efter eller nu sin där vid mot",
	"da": "og i at det er en til på som for med af de den der ikke har et om men var sig så fra vi han kan når blev også efter eller nu sin hvor ved mod",
	"nb": "og i det er på som en til for at med av de den ikke har et om men var seg så fra vi han kan når også etter eller nå sin hvor ved mot ble",
	"fi": "ja on ei se että hän oli ovat mutta joka niin kun kuin myös tai mukaan sen olla jos hänen ollut vain",
	"pl": "i w na z się do nie że jest o to jak a po przez od co dla są ale za czy jego tym tego być oraz które który",
	"cs": "a v se na je že s z do o i to za by ve pro jako jsou ale po od jeho který které jsem být také podle",
	"hu": "a az és hogy nem is egy van meg ez de volt azt már csak ki még vagy mint amely lesz kell",
	"ro": "de și în a la cu pe nu care o este din că pentru un mai au să ca fi sunt prin dar sau",
	"tr": "ve bir bu da de için ile olarak daha çok en gibi olan kadar sonra ne ya ama o",
	"sq": "të e në për një me që nga i është se dhe ka u si nuk do më ishte kjo ky por",
	"hr": "i u je se na da za od su s koji a o kao što iz ali bi biti nije koje ili",
	"ca": "de la i el que en a els les per un una amb del és no al va més com es dels o són",
}

// Guess tells a text's language from its script and its commonest words; "" when it cannot.
func Guess(text []byte) string {
	if len(text) > 20000 {
		text = text[:20000]
	}
	scripts := map[string]int{}
	latin, letters := 0, 0
	for _, c := range string(text) {
		if !unicode.IsLetter(c) {
			continue
		}
		letters++
		switch {
		case c < 0x250:
			latin++
		case unicode.Is(unicode.Cyrillic, c):
			scripts["ru"]++
			switch c {
			case 'і', 'ї', 'є', 'ґ':
				scripts["uk"] += 5
			case 'ђ', 'ј', 'љ', 'њ', 'ћ', 'џ':
				scripts["sr"] += 5
			}
		case unicode.Is(unicode.Greek, c):
			scripts["el"]++
		case unicode.Is(unicode.Arabic, c):
			scripts["ar"]++
			switch c {
			case 'پ', 'چ', 'گ', 'ژ', 'ی', 'ک':
				scripts["fa"] += 4
			}
		case unicode.Is(unicode.Hebrew, c):
			scripts["he"]++
		case unicode.Is(unicode.Devanagari, c):
			scripts["hi"]++
		case unicode.Is(unicode.Hiragana, c) || unicode.Is(unicode.Katakana, c):
			scripts["ja"] += 3
		case unicode.Is(unicode.Hangul, c):
			scripts["ko"]++
		case unicode.Is(unicode.Han, c):
			scripts["zh"]++
		case unicode.Is(unicode.Armenian, c):
			scripts["hy"]++
		case unicode.Is(unicode.Georgian, c):
			scripts["ka"]++
		case unicode.Is(unicode.Thai, c):
			scripts["th"]++
		case unicode.Is(unicode.Ethiopic, c):
			scripts["am"]++
		}
	}
	best, most := "", 0
	for lang, n := range scripts {
		if n > most || n == most && lang < best {
			best, most = lang, n
		}
	}
	if most > latin {
		return best
	}
	if letters == 0 {
		return ""
	}
	index := map[string][]string{}
	for lang, words := range commonWords {
		for _, w := range strings.Fields(words) {
			index[w] = append(index[w], lang)
		}
	}
	counts := map[string]float64{}
	total := 0
	for _, w := range strings.FieldsFunc(strings.ToLower(withoutTags(string(text))), func(c rune) bool { return !unicode.IsLetter(c) }) {
		total++
		for _, lang := range index[w] {
			counts[lang] += 1 / float64(len(index[w]))
		}
	}
	best, score := "", 0.0
	for lang, n := range counts {
		if n > score || n == score && lang < best {
			best, score = lang, n
		}
	}
	if total < 25 || score < float64(total)/20 || score < counts["en"]*1.3 && best != "en" {
		return ""
	}
	return best
}

// withoutTags takes HTML's tags out of a text, whose names are words of some language.
func withoutTags(s string) string {
	var b strings.Builder
	for {
		i := strings.IndexByte(s, '<')
		if i < 0 {
			break
		}
		j := strings.IndexByte(s[i:], '>')
		if j < 0 || j > 300 {
			break
		}
		b.WriteString(s[:i])
		b.WriteByte(' ')
		s = s[i+j+1:]
	}
	b.WriteString(s)
	return b.String()
}
