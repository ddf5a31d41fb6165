package words

import "testing"

func TestGuess(t *testing.T) {
	for want, text := range map[string]string{
		"en": "The art of the book is older than the press, and it will be with us when the last of the presses that we know has been sold for what it was worth to those who did not know what it was for.",
		"de": "Die Kunst des Buches ist älter als die Presse, und sie wird bei uns sein, wenn die letzte der Pressen, die wir kennen, für das verkauft ist, was sie denen wert war, die nicht wussten, wofür sie da war.",
		"fr": "L'art du livre est plus ancien que la presse, et il sera avec nous quand la dernière des presses que nous connaissons aura été vendue pour ce qu'elle valait à ceux qui ne savaient pas à quoi elle servait.",
		"ru": "Искусство книги старше печатного станка, и оно останется с нами.",
		"el": "Η τέχνη του βιβλίου είναι παλαιότερη από το πιεστήριο.",
		"zh": "书籍的艺术比印刷机更古老。",
		"ja": "本の芸術は印刷機よりも古い。",
		"uk": "Її їжа є.",
		"ar": "فن الكتاب أقدم من المطبعة.",
		"he": "אמנות הספר עתיקה מבית הדפוס.",
		"ko": "책의 예술은 인쇄기보다 오래되었다.",
		"es": "<p class=\"the of and\">El arte del libro es más antiguo que la imprenta, y seguirá con nosotros cuando la última de las que conocemos se haya vendido por lo que valía para los que no sabían para qué era.</p>",
		"":   "Lorem ipsum.",
	} {
		if got := Guess([]byte(text)); got != want {
			t.Errorf("%.20q… is taken for %q, want %q", text, got, want)
		}
	}
}
