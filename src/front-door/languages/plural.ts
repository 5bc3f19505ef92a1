// Numbers of things in words: which form of a noun a number takes differs from language to language (Unicode CLDR plural rules, as
// Intl knows them). Pure.

/** `#` stands for the number; a form may do without. */
export type PluralForms = Partial<Record<Exclude<Intl.LDMLPluralRule, 'other'>, string>> & { readonly other: string };

/** Writes so many in the language of `locale`. */
export function pluralsOf(locale: string): (many: number, forms: PluralForms) => string {
  const [rules, numbers] = [new Intl.PluralRules(locale), new Intl.NumberFormat(locale)];
  // A number and what it counts stay on one line.
  return (many, forms) =>
    (forms[rules.select(many)] ?? forms.other).replace('# ', '#\u00a0').replace('#', numbers.format(many));
}
