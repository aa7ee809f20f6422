import type { Consent } from '../consent.ts'

/** A school that a publisher says its text names, with the names that count: the legal one and those it registered. */
export type ClaimedSchool = { schoolId: string; names: readonly string[] }
type TextGaps = NonNullable<Consent['textGaps']>
/** Returns the schools that a publisher's own text really names, and what the text lacks. */
export function reviewOwnText(text: string, schools: readonly ClaimedSchool[]) {
  const namedIds = findNamedSchools(text, schools)
  const schoolIds = schools.map(({ schoolId }) => schoolId)
  const gaps: TextGaps = {
    elements: findMissingElements(text),
    schoolIds: schoolIds.filter((id) => !namedIds.has(id)),
  }
  return { namedSchoolIds: schoolIds.filter((id) => namedIds.has(id)), gaps }
}

// English and Spanish wordings. A wording that is missing costs leads, so the tests are about presence, not about style.
const elementTests: readonly [TextGaps['elements'][number], RegExp][] = [
  [
    'agreement',
    /\b(agree|agreed|agreeing|agreement|consent\w*|authori[sz]\w*|permission|sign(ed|ing|ature)?|opt(ing)? in|acepto|aceptar|consiento|consentimiento|autorizo|autorizaci[oó]n|firma)\b/,
  ],
  [
    'phone-contact',
    /\b(calls?|called|calling|telephon\w*|phones?|mobile|cell\w*|sms|texts?|texted|texting|dial\w*|llam\w+|tel[eé]fono\w*|mensajes? de texto)\b/,
  ],
  [
    'automated',
    /\b(auto-?dial\w*|automat\w*|pre-?recorded|recorded (messages?|voices?)|artificial|robo-?(calls?|texts?)|dialing (system|technology)|autom[aá]tic\w*|pregrabad\w*|marcaci[oó]n)\b/,
  ],
  [
    'not-a-condition',
    /\b(not|n't|never|no|without|need not|neither|nor)\b[^.!?]{0,80}\b(condition\w*|required?|requirement|necessary|obligat\w*|oblige[sd]?|purchas\w*|buy\w*|enrol\w*)\b|\bcondition\w*[^.!?]{0,40}\bnot\b|\b(optional|voluntary|regardless of)\b|\bno\b[^.!?]{0,60}\b(condici[oó]n|requisito|requiere|oblig\w*|necesari\w*)|\bsin\b[^.!?]{0,40}\b(compra|obligaci[oó]n)/,
  ],
]

// "If I do not agree" and "I do not have to agree" refuse nothing.
const refusals: readonly RegExp[] = [
  /(?<!\b(if|unless|until|whether|though|that) )\b(i|we) (hereby |expressly )?(do not|don't|cannot|can't|will not|won't|would not|(will |would |can )?never|no longer|refuse to|decline to) (hereby |expressly |ever )?(agree|consent|authori[sz]e|permit|allow|opt in|sign|(give|grant|provide) [^.,;!?]{0,20}(consent|permission|authori[sz]ation|agreement|signature))\b/,
  /(?<!\b(if|unless|until|whether|though|that) )\b(i|we) (hereby |expressly )?(disagree|object|(refuse|withhold|deny|revoke|withdraw) [^.,;!?]{0,20}(consent|permission|authori[sz]ation|agreement))\b/,
  /(?<!\b(si|que) )\bno (acepto|autorizo|consiento|firmo|doy [^.,;!?]{0,20}(consentimiento|permiso|autorizaci[oó]n)|estoy de acuerdo)\b/,
]

function findMissingElements(text: string): TextGaps['elements'] {
  const normalized = normalizeLetters(text).toLowerCase().replace(/\s+/g, ' ')
  const isRefused = refusals.some((wording) => wording.test(normalized))
  // What HTML hides cannot be told from what the visitor saw.
  const hasMarkup = /<[/!]?[a-z-][^>]*>|&(#x?[0-9a-f]+|[a-z]+);/i.test(text)
  return [
    ...(hasMarkup ? (['plain-text'] as const) : []),
    ...elementTests.flatMap(([element, wording]) =>
      wording.test(normalized) && !(element === 'agreement' && isRefused) ? [] : [element],
    ),
  ]
}

/**
 * Finds each name as whole words, without regard to case, spacing and the form of quotes. The longest names are searched
 * first, and a place in the text counts for one name, so that "Alpha College" is not found in "Alpha College of Nursing",
 * be it another school's name or not. Letters that only look alike are different letters.
 */
function findNamedSchools(text: string, schools: readonly ClaimedSchool[]): Set<string> {
  const words = splitWords(text)
  const isUpperCaseText = !/\p{Ll}/u.test(text)
  const claims = schools.flatMap(({ schoolId, names }) => names.map((name) => ({ schoolId, name: splitWords(name) })))
  claims.sort((a, b) => b.name.length - a.name.length)
  const isTaken = words.map(() => '')
  const named = new Set<string>()
  for (const { schoolId, name } of claims)
    for (let at = 0; at + name.length <= words.length; at++) {
      const place = isTaken.slice(at, at + name.length)
      // Two schools may share a legal name, for example two brands of one company.
      const key = name.map(({ norm }) => norm).join(' ')
      if (!place.every((owner) => owner === '' || owner === key)) continue
      if (!matchesName(words, name, at) || isPartOfLongerName(words, at, name.length, isUpperCaseText)) continue
      isTaken.fill(key, at, at + name.length)
      if (!isExcluded(words, at, name.length)) named.add(schoolId)
    }
  return named
}

/** A word, the kind of gap before it, and whether it begins with a capital. */
type Word = { norm: string; gap: '' | ' ' | ','; isCapitalized: boolean }

function splitWords(text: string): Word[] {
  const normalized = normalizeLetters(text)
  let end = 0
  return [...normalized.matchAll(/[\p{L}\p{N}\p{M}]+(?:['.@][\p{L}\p{N}\p{M}]+)*/gu)].map(({ 0: word, index }) => {
    const between = normalized.slice(end, index)
    const previous = normalized.slice(0, end)
    end = index + word.length
    const norm = word.toLowerCase().replaceAll('.', '')
    // "St. John": a period after a short word is not the end of a sentence.
    const isAbbreviation = /^\.\s+$/.test(between) && /\b\p{L}{1,3}$/u.test(previous)
    const gap = /^[\s\p{Pd}]*$/u.test(between) || isAbbreviation ? (between === '' ? '' : ' ') : ','
    return { norm: entityForms[norm] ?? norm, gap, isCapitalized: /^\p{Lu}/u.test(word) }
  })
}

/** Compatible forms of letters, straight quotes, and "and" for "&". */
function normalizeLetters(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\u2018\u2019\u02bc\u0060\u00b4]/g, "'")
    .replace(/[\u201c\u201d]/g, '"')
    .replace(/\u00ad|\u200b|\u2060|\ufeff/g, '')
    .replaceAll('&', ' and ')
}

/** Forms of companies, which follow a name with or without a comma. */
const entityForms: { readonly [form: string]: string } = {
  incorporated: 'inc',
  inc: 'inc',
  corporation: 'corp',
  corp: 'corp',
  company: 'co',
  limited: 'ltd',
  ltd: 'ltd',
  llc: 'llc',
  pllc: 'pllc',
  lp: 'lp',
  llp: 'llp',
}
const companyForms = new Set(Object.values(entityForms))

function matchesName(words: readonly Word[], name: readonly Word[], at: number): boolean {
  return name.every(({ norm, gap }, offset) => {
    const word = words[at + offset]
    if (word?.norm !== norm) return false
    return offset === 0 || word.gap === gap || companyForms.has(norm)
  })
}

/** Whether the words around a place continue the name: another form of company, "of Nursing", or a further capitalized word. */
function isPartOfLongerName(words: readonly Word[], at: number, length: number, isUpperCaseText: boolean): boolean {
  const [before, first, last] = [words[at - 1], words[at], words[at + length - 1]]
  const [next, afterNext] = [words[at + length], words[at + length + 1]]
  if (next && next.norm !== 'co' && companyForms.has(next.norm) && !companyForms.has(last?.norm ?? '')) return true
  if (isUpperCaseText) return next?.gap === ' ' && /^(of|at)$/.test(next.norm)
  const continues = (word: Word | undefined) => word?.gap === ' ' && word.isCapitalized && !/^(i|my)$/.test(word.norm)
  if (continues(next)) return true
  if (next?.gap === ' ' && /^(of|at|for)$/.test(next.norm) && continues(afterNext)) return true
  const beforePrevious = words[at - 2]
  const isPrefixed = first?.gap === ' ' && before?.isCapitalized === true && !introductions.has(before.norm)
  const isChild =
    first?.gap === ' ' && before?.norm === 'of' && before.gap === ' ' && beforePrevious?.isCapitalized === true
  return isPrefixed || isChild
}

/** Whether the words around a place exclude the name: "except Alpha", "but not by Alpha", "Alpha may not call". */
function isExcluded(words: readonly Word[], at: number, length: number): boolean {
  const textOf = (from: number, to: number) =>
    words
      .slice(Math.max(0, from), to)
      .map(({ norm }) => norm)
      .join(' ')
  const before = textOf(at - 4, at)
  const after = textOf(at + length, at + length + 2)
  return (
    /\b(except|excluding|other than|nor|neither|(?<!\b(whether|if) or )not)( for| by| from| to| with| that| the)*$/.test(
      before,
    ) || /^((may|must|shall) not|cannot)\b/.test(after)
  )
}

/** Words that may be capitalized before a name without being a part of it. */
const introductions = new Set(
  (
    'the that by from and or to with for at of contact authorize authorise allow let permit school schools college partner ' +
    'partners provider including i agree submit send continue request information here now'
  ).split(' '),
)
