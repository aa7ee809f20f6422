import { describe, expect, it } from 'vitest'
import { currentDisclosureVersion, renderDisclosureText } from '#shared/domain/capture/disclosure.ts'
import { reviewOwnText } from '#shared/domain/capture/naming/own-consent-text.ts'

const rest =
  ' may call or text me at the number I entered with automated technology and prerecorded voices. ' +
  'I agree. Consent is not a condition of purchase.'

function findNamed(text: string, ...names: (string | string[])[]): string[] {
  const schools = names.map((name) => ({ schoolId: [name].flat()[0] ?? '', names: [name].flat() }))
  return reviewOwnText(text, schools).namedSchoolIds
}
const findMissing = (text: string) => reviewOwnText(text, []).gaps.elements

describe('a name in a publisher’s consent text', () => {
  it.each([
    ['the name itself', 'I agree that Alpha College may call', 'Alpha College'],
    ['other case', 'I AGREE THAT ALPHA COLLEGE MAY CALL', 'Alpha College'],
    ['line breaks and wide spaces', 'that Alpha\r\n\t\u00a0College may', 'Alpha College'],
    ['curly quotes', 'that St. Mary’s College may', "St. Mary's College"],
    ['an ampersand', 'that Smith & Jones College may', 'Smith and Jones College'],
    ['no comma before the form of company', 'that Alpha College Inc. may', 'Alpha College, Inc.'],
    ['the long form of company', 'that Alpha College, Incorporated may', 'Alpha College, Inc.'],
    ['periods in the form of company', 'that Alpha College, L.L.C. may', 'Alpha College, LLC'],
    ['compatible forms of letters', 'that Ａｌｐｈａ College may', 'Alpha College'],
    ['the possessive of the text around it', 'that (Alpha College) may', 'Alpha College'],
    ['a place in a list', 'that Zeta School, Alpha College, and Beta may', 'Alpha College'],
    ['the start of the text', 'Alpha College may call', 'Alpha College'],
    ['a choice before it', 'whether or not Alpha College has called me', 'Alpha College'],
    ['a promise after it', 'that Alpha College may call. Alpha College may not sell my data', 'Alpha College'],
  ])('is found with %s', (_, text, name) => {
    expect(findNamed(text, name)).toEqual([name])
  })

  it.each([
    ['it is not there', 'I like cats.', 'Alpha College'],
    ['it continues as another name', 'that Alpha College of Beta may call', 'Alpha College'],
    ['it continues with a further name', 'that Omega Debt Buyers LLC may call', 'Omega'],
    ['it is the end of another name', 'that Greater Alpha College may call', 'Alpha College'],
    ['it is a part of a word', 'that Alpha Colleges may call', 'Alpha College'],
    ['the form of company is another', 'that Alpha College, LLC may call', 'Alpha College, Inc.'],
    ['the form of company is missing', 'that Alpha College may call', 'Alpha College, Inc.'],
    ['the text adds a form of company', 'that Alpha College, Inc. may call', 'Alpha College'],
    ['two names of a list would make it', 'that Alpha, Beta College may call', 'Alpha Beta College'],
    ['the text excepts it', 'that any school except Alpha College may call', 'Alpha College'],
    ['the text excludes it', 'that Beta may call, but not by Alpha College', 'Alpha College'],
    ['every other school is meant', 'that schools other than the Alpha College may call', 'Alpha College'],
    ['the text forbids it the call', 'that Beta may call. Alpha College may not call', 'Alpha College'],
    ['a letter only looks alike', 'that Аlpha College may call', 'Alpha College'],
  ])('is not found if %s', (_, text, name) => {
    expect(findNamed(text, name)).toEqual([])
  })

  it('does not count inside the longer name of another school, unless it is there on its own too', () => {
    const names = ['alpha college', 'alpha college of beta'] as const
    expect(findNamed('agree that alpha college of beta may call', ...names)).toEqual(['alpha college of beta'])
    expect(findNamed('agree that alpha college of beta and alpha college may call', ...names)).toEqual([...names])
  })

  it('may be a name that the school registered', () => {
    expect(findNamed('that Alpha Online may call', ['Alpha Holdings, LLC', 'Alpha Online'])).toHaveLength(1)
  })

  it('counts for each school with the same legal name', () => {
    const schools = ['a', 'b'].map((schoolId) => ({ schoolId, names: ['Alpha Holdings, LLC'] }))
    expect(reviewOwnText('that Alpha Holdings, LLC may call', schools).namedSchoolIds).toEqual(['a', 'b'])
  })

  it('is found within a second in the longest text with twenty names', () => {
    const text = `${'Alpha College and '.repeat(660)}`.slice(0, 12_000)
    const started = performance.now()
    findNamed(text, ...Array.from({ length: 20 }, (_, index) => `Alpha College and Alpha ${index}`))
    expect(performance.now() - started).toBeLessThan(1000)
  })
})

describe('what a publisher’s consent text must say', () => {
  it('is complete in our own text', () => {
    expect(findMissing(renderDisclosureText(currentDisclosureVersion, ['Alpha College']) ?? '')).toEqual([])
    expect(findMissing(renderDisclosureText('2026-11-01', ['Alpha College']) ?? '')).toEqual([])
  })

  it.each([
    `I agree that Alpha College${rest}`,
    'By submitting, I provide my signature and consent to be contacted via autodialed calls, pre-recorded messages or SMS. I understand I am not required to consent in order to enroll.',
    'I authorize Alpha to dial my cell using an automatic telephone dialing system, without any obligation to buy.',
    'Autorizo a Alpha a llamarme con marcación automática y mensajes pregrabados. Mi consentimiento no es condición de compra.',
  ])('is found in: %.60s', (text) => {
    expect(findMissing(text)).toEqual([])
  })

  it.each([
    ['agreement', 'Alpha may call me with automated technology. It is not a condition of purchase.'],
    ['phone-contact', 'I agree that Alpha may write to me by automated means. It is not a condition of purchase.'],
    ['automated', 'I agree that Alpha may call me. It is not a condition of purchase.'],
    ['not-a-condition', 'I agree that Alpha may call me with automated technology.'],
    ['not-a-condition', 'I agree that Alpha may call me with automated technology as a condition of purchase.'],
    ['plain-text', `I agree that <b>Alpha</b>${rest}`],
    ['plain-text', `I agree that Alpha &amp; Sons${rest}`],
    ['plain-text', `I agree that Beta<!-- Alpha -->${rest}`],
  ])('lacks %s in: %.90s', (element, text) => {
    expect(findMissing(text)).toEqual([element])
  })

  it.each([
    `I do not agree that Alpha College${rest}`,
    `I don’t consent that Alpha${rest}`,
    `I will never authorize Alpha. Alpha${rest}`,
    `We hereby decline to give Alpha our permission; Alpha${rest}`,
    `I do not give Alpha College my consent. Alpha${rest}`,
    `I withhold my consent: Alpha${rest}`,
    'No autorizo a Alpha a llamarme con marcación automática y mensajes pregrabados. Mi consentimiento no es condición de compra.',
  ])('lacks agreement in a text that refuses: %.60s', (text) => {
    expect(findMissing(text)).toEqual(['agreement'])
  })

  it.each([
    `If I do not agree, I may call instead. I agree that Alpha${rest}`,
    `I do not have to agree to enroll. Alpha${rest}`,
    `I understand that I don’t give up any right. Alpha${rest}`,
    `I can withdraw my consent at any time. Alpha${rest}`,
    `Si no acepto, puedo llamar. I agree that Alpha${rest}`,
  ])('has agreement in: %.60s', (text) => {
    expect(findMissing(text)).toEqual([])
  })

  it('lacks everything in a text about cats', () => {
    expect(findMissing('I like cats.')).toEqual(['agreement', 'phone-contact', 'automated', 'not-a-condition'])
  })
})
