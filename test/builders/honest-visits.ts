import * as fc from 'fast-check'
import { dummyToken } from '#local/fake-turnstile.ts'

/** How one person fills in and sends a form: everything that bot detection looks at. */
export type Visit = {
  contact: { firstName: string; lastName: string; email: string; phone: string; zip: string }
  /** The ZIP code of the match request, which may differ from that of the contact. */
  askedZip: string
  /** Seconds from the first match of the page to the lead. */
  seconds: number
  /** How often the browser repeats the request. */
  retries: number
  turnstileToken: string
  /** Whether Cloudflare can be reached. */
  cloudflare: 'up' | 'down'
}

const firstNames = (
  'Ada José Zoë Renée Siobhán Đặng Nguyễn Łukasz Björk Seán Chloë François Ñusta Aaliyah Mohammed Xiùying Olúwasẹ́gun ' +
  'Mary-Jane Al Bo Jo Ty Wei Lee Kim Dee Sri Ann 李 Анна محمد Priya Fred Wes Trew Asa Anna Lulu Art'
).split(' ')
const lastNames = (
  'Byron O’Brien D’Angelo Nguyễn García-López Núñez Müller Wert Trew Ng Li Wu Oh Lee Kim Poe Smith-Jones Øster ' +
  'Van-der-Berg Ojukwu Žižek Sato Singh Kaur Khan Ali Begum Hassan MacDonald Weir Sass Dass Asante 王 Иванова'
).split(' ')
const zips = ['78701', '75201', '10001', '43004', '90210', '33101', '60601', '99501', '96813', '02108', '73301-0001']
const areas = ['512', '214', '212', '614', '310', '305', '312', '907', '808', '617']
const domains = [
  'gmail.com',
  'yahoo.com',
  'aol.com',
  'icloud.com',
  'privaterelay.appleid.com',
  'duck.com',
  'utexas.edu',
]

const weighted = <One>(weight: number, arbitrary: fc.Arbitrary<One>) => ({ weight, arbitrary })

const lastName = fc.oneof(
  weighted(95, fc.constantFrom(...lastNames)),
  weighted(
    5,
    fc.tuple(fc.constantFrom(...lastNames), fc.constantFrom(...lastNames)).map((names) => names.join(' ')),
  ),
)
// In the formats that people use, also with an extension; exchanges such as 555 do not exist.
const phone = fc
  .record({
    area: fc.constantFrom(...areas),
    exchange: fc.integer({ min: 220, max: 989 }).filter((three) => three % 100 !== 11 && three !== 555),
    line: fc.integer({ min: 0, max: 9999 }).map((four) => String(four).padStart(4, '0')),
    form: fc.constantFrom('(A) E-L', 'A-E-L', 'AEL', '+1 A E L', '1.A.E.L', 'A E L x12'),
  })
  .map(({ area, exchange, line, form }) => form.replace('A', area).replace('E', String(exchange)).replace('L', line))
const seconds = fc.oneof(
  // A browser with autofill; a person who types; a person who was interrupted.
  weighted(25, fc.double({ min: 2, max: 8, noNaN: true })),
  weighted(60, fc.double({ min: 8, max: 900, noNaN: true })),
  weighted(15, fc.double({ min: 900, max: 23.9 * 3600, noNaN: true })),
)

const visit = fc.record({
  firstName: fc.constantFrom(...firstNames),
  lastName,
  // Some people have one name, and enter it as first and last name.
  names: fc.oneof(weighted(99, fc.constant('two')), weighted(1, fc.constant('one'))),
  shouts: fc.constantFrom('as it is', 'as it is', 'lower', 'upper'),
  local: fc.stringMatching(/^[a-z]{2,12}[0-9]{0,4}$/),
  domain: fc.oneof(weighted(99, fc.constantFrom(...domains)), weighted(1, fc.constant('mailinator.com'))),
  phone,
  zip: fc.constantFrom(...zips),
  // Some people search from work or have just moved.
  askedZip: fc.oneof(weighted(85, fc.constant(undefined)), weighted(15, fc.constantFrom(...zips))),
  seconds,
  retries: fc.oneof(weighted(80, fc.constant(0)), weighted(20, fc.integer({ min: 1, max: 3 }))),
  cloudflare: fc.oneof(weighted(97, fc.constant('up' as const)), weighted(3, fc.constant('down' as const))),
})

/** One visit of an unrelated person. */
export const honestVisit: fc.Arbitrary<Visit> = visit.map(toVisit)

/** Visits of people who share an IP address, a last name and a phone number, one after the other on the same page. */
export const honestHousehold: fc.Arbitrary<Visit[]> = fc
  .tuple(fc.array(visit, { minLength: 1, maxLength: 4 }), lastName, phone, fc.constantFrom(...zips))
  .map(([people, family, shared, zip]) =>
    people.map((one) => toVisit({ ...one, lastName: family, phone: shared, zip, askedZip: undefined })),
  )

type VisitSample = typeof visit extends fc.Arbitrary<infer One> ? One : never

function toVisit({ names, shouts: letterCase, local, domain, askedZip, ...sample }: VisitSample): Visit {
  const { firstName, lastName: family, phone: number, zip, ...rest } = sample
  const applyCase = (name: string) => {
    if (letterCase === 'as it is') return name
    return letterCase === 'lower' ? name.toLowerCase() : name.toUpperCase()
  }
  const last = names === 'one' ? firstName : family
  const contact = {
    firstName: applyCase(firstName),
    lastName: applyCase(last),
    email: `${local}@${domain}`,
    phone: number,
    zip,
  }
  return { ...rest, contact, askedZip: askedZip ?? zip, turnstileToken: dummyToken }
}
