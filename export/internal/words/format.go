package words

import (
	"strings"
	"time"

	"github.com/go-playground/locales"
	"github.com/go-playground/locales/currency"
)

// FormatTime writes a time in a language, as Hugo does: by a form of Go's, with the language's names of months and days in it, or
// by one of the CLDR's forms, as ":date_long".
func FormatTime(t time.Time, form, lang string) string {
	_, l := dated(lang)
	if name, ok := strings.CutPrefix(form, ":"); ok {
		switch name {
		case "date_full":
			return l.FmtDateFull(t)
		case "date_long":
			return l.FmtDateLong(t)
		case "date_medium":
			return l.FmtDateMedium(t)
		case "date_short":
			return l.FmtDateShort(t)
		case "time_full":
			return l.FmtTimeFull(t)
		case "time_long":
			return l.FmtTimeLong(t)
		case "time_medium":
			return l.FmtTimeMedium(t)
		case "time_short":
			return l.FmtTimeShort(t)
		}
	}
	s := t.Format(form)
	switch month := t.Month().String(); {
	case strings.Contains(form, "January"):
		s = strings.ReplaceAll(s, month, l.MonthWide(t.Month()))
	case strings.Contains(form, "Jan"):
		s = strings.ReplaceAll(s, month[:3], l.MonthAbbreviated(t.Month()))
	}
	switch day := t.Weekday().String(); {
	case strings.Contains(form, "Monday"):
		s = strings.ReplaceAll(s, day, l.WeekdayWide(t.Weekday()))
	case strings.Contains(form, "Mon"):
		s = strings.ReplaceAll(s, day[:3], l.WeekdayAbbreviated(t.Weekday()))
	}
	return s
}

// currencies are those that a site may name; an amount in another stands behind its code.
var currencies = map[string]currency.Type{"USD": currency.USD, "EUR": currency.EUR, "GBP": currency.GBP, "JPY": currency.JPY, "CHF": currency.CHF,
	"CAD": currency.CAD, "AUD": currency.AUD, "NOK": currency.NOK, "SEK": currency.SEK, "DKK": currency.DKK, "PLN": currency.PLN, "CZK": currency.CZK,
	"RUB": currency.RUB, "UAH": currency.UAH, "INR": currency.INR, "CNY": currency.CNY, "BRL": currency.BRL, "MXN": currency.MXN, "KRW": currency.KRW}

// FormatNumber writes a number with so many digits behind the point, in a language: plain, as a part of a hundred ("%"), or as
// money (by a code of ISO 4217).
func FormatNumber(n float64, digits int, unit, lang string) string {
	_, l := dated(lang)
	v := uint64(max(digits, 0))
	if c, ok := currencies[unit]; ok {
		return l.FmtCurrency(n, v, c)
	}
	switch unit {
	case "":
		return l.FmtNumber(n, v)
	case "%":
		return l.FmtPercent(n, v)
	}
	return unit + " " + l.FmtNumber(n, v)
}

// Plural says which of the CLDR's forms a language takes for a number of things: zero, one, two, few, many, other.
func Plural(n int, lang string) string {
	_, l := dated(lang)
	switch l.CardinalPluralRule(float64(n), 0) {
	case locales.PluralRuleZero:
		return "zero"
	case locales.PluralRuleOne:
		return "one"
	case locales.PluralRuleTwo:
		return "two"
	case locales.PluralRuleFew:
		return "few"
	case locales.PluralRuleMany:
		return "many"
	}
	return "other"
}
