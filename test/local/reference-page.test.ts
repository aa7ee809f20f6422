import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Host, startHost } from '#local/host.ts'
import { startClock } from './start-clock.ts'

// Each statement of the reference page of a health record technician, in its order, in our own words: where the API serves
// it, and what the landing page shows.
type Statement = { statement: string; field: string; api: RegExp; page?: RegExp }
const statements: Statement[] = [
  statement(
    'the title names career and salary facts',
    'title',
    /^Health Record Technician$/,
    /duties, education, and pay<\/title>/,
  ),
  statement(
    'the page tells requirements, duties, outlook and pay',
    'summary',
    /what the job asks of you, what it has paid, and how to prepare/,
  ),
  statement(
    'schools teach Electronic Medical Records',
    'subject',
    /^Electronic Medical Records$/,
    /href="#schools">See schools for Electronic Medical Records/,
  ),
  statement('also known as health information technicians', 'aliases.0', /^Health Information Technician$/),
  statement('work in medical offices', 'sections.1.body', /family doctors, outpatient clinics and nursing homes/),
  statement(
    'enter records in electronic systems, registries and databases',
    'sections.0.body',
    /electronic system.*registries and databases/,
  ),
  statement(
    'records serve quality assessment and insurance billing',
    'sections.0.body',
    /how well they care for people, and insurers need them before they pay/,
  ),
  statement('keep records secure', 'sections.0.body', /out of the wrong hands/),
  statement(
    'some specialize as coders or cancer registrars',
    'sections.0.body',
    /\*Medical coders\*.*\*cancer registrars\*/,
    /<em>Medical coders<\/em>.*<em>cancer registrars<\/em>/,
  ),
  statement(
    'degree required',
    'facts.5',
    /degree-required.*associate degree is the common choice; a certificate can be enough/,
  ),
  statement('education field of study', 'facts.6', /"Health information technology"/),
  statement('key responsibilities', 'facts.7', /Documenting patients’ medical information/),
  statement(
    'job growth 2014-2024',
    'facts.8',
    /"value":15,"unit":"percent".*2014-2024/,
    /15%<sup><a href="#source-\d"/,
  ),
  statement(
    'average salary 2015',
    'facts.9',
    /"value":40430,"unit":"USD".*May 2015/,
    /\$40,430 a year<sup><a href="#source-\d"/,
  ),
  statement(
    'source of both figures',
    'attributions',
    /U\.S\. Bureau of Labor Statistics/,
    /<li id="source-\d" value="\d"><a [^>]*>U\.S\. Bureau of Labor Statistics/,
  ),
  statement(
    'data must be accurate, complete and confidential',
    'sections.1.body',
    /accurate and complete\?.*Who may see it\?/,
  ),
  statement(
    'ask other staff if records are unclear',
    'sections.1.body',
    /out of date or hard to make sense of, you go and ask/,
  ),
  statement('hospital, clinic, practice or nursing home', 'sections.1.body', /Hospitals are.*outpatient clinics/),
  statement(
    'much time at a computer because of electronic records',
    'sections.1.body',
    /electronic ones.*typing in and checking data is a large share/,
  ),
  statement('coding of procedures', 'sections.1.body', /each procedure has a code of its own/),
  statement(
    'codes become insurance claims',
    'sections.1.body',
    /the claim that goes to the insurer is built from them/,
  ),
  statement(
    'most hold an associate degree, says the BLS, with a link',
    'sections.2.body',
    /\(\[BLS\]\(https:\/\/www\.bls\.gov\/ooh\/\)\)/,
    /\(<a href="https:\/\/www\.bls\.gov\/ooh\/">BLS<\/a>\)/,
  ),
  statement(
    'a high school diploma and experience can be enough',
    'sections.2.body',
    /high school graduate who already knows the work/,
  ),
  statement(
    'a certificate can be enough',
    'sections.2.body',
    /certificate in coding or in health information technology can be enough/,
  ),
  statement(
    'the degree takes two years and teaches these courses',
    'sections.2.body',
    /two years, with courses on:\n\n- the vocabulary of medicine, and anatomy/,
    /<ul><li>the vocabulary of medicine, and anatomy<\/li><li>coding and medical transcription/,
  ),
  statement('RHIT, a designation of AHIMA', 'sections.2.body', /\(RHIT\).*\(\[AHIMA\]/),
  statement('average salary in 2015, in words', 'sections.3.body', /\$40,430 a year in May 2015/),
  statement(
    'a bachelor degree in health information management raises pay',
    'sections.3.body',
    /bachelor’s degree in health information management.*\(RHIA\)/,
  ),
  statement(
    'salary of medical and health services managers',
    'facts.10',
    /106070.*"careerSlug":"medical-services-manager","careerTitle":"Medical Services Manager"/,
    /<a href="\/landing\/medical-services-manager" title="Medical Services Manager">Average salary of medical and health/,
  ),
  statement(
    'growth of 15 percent is above the average',
    'sections.3.body',
    /15 percent more of these jobs, well above/,
  ),
  statement(
    'best prospects with a certification',
    'sections.3.body',
    /people with a certification would find work most easily/,
  ),
  statement(
    'database administrators work in any industry',
    'sections.4.body',
    /database administration: the same care for order and secrecy, in any industry/,
  ),
  statement('managers coordinate staff and budget', 'sections.4.body', /answers for its staff and its budget/),
  statement('both need a bachelor degree', 'sections.4.body', /bachelor’s degree for both/),
  statement(
    'related careers',
    'relatedCareers',
    /database-administrator.*medical-services-manager/,
    /<a href="\/landing\/database-administrator">/,
  ),
  statement(
    'degree options lead to courses, prerequisites and aid',
    'sections.4.body',
    /courses, prerequisites, and financial aid/,
  ),
  statement(
    'related articles',
    'relatedArticles',
    /Occupational Outlook Handbook/,
    /<h2 id="articles">Related articles<\/h2><ul><li><a href="https:\/\/www\.bls\.gov/,
  ),
  statement(
    'numbered degree options that lead to schools',
    'degreeOptions.0',
    /"position":1.*schools\?level=certificate/,
    /<ol class="degrees"><li><span><a href="\/landing\/health-record-technician\?level=certificate#schools">/,
  ),
]

let host: Host
let career: unknown
let page: string
const read = async (path: string) => (await fetch(`${host.urls.api}${path}`)).json()
beforeAll(async () => {
  host = await startHost({ port: 0, now: startClock('2026-12-01T17:00:00.000Z') })
  career = await read('/v1/careers/health-record-technician')
  page = await (await fetch(host.urls.landing)).text()
})
afterAll(() => host.close())

describe('the sample serves the reference page', () => {
  it.each(statements)('$statement', ({ field, api, page: shown }) => {
    const value = field.split('.').reduce((part: unknown, name) => Object(part)[name], career)
    const served = typeof value === 'string' ? value : JSON.stringify(value)
    expect(served).toMatch(new RegExp(api.source, 's'))
    if (shown) expect(page).toMatch(new RegExp(shown.source, 's'))
  })

  it('warns above the list that schools pay, that costs vary, and to ask for tuition', async () => {
    const { disclosure, page: numbers } = Object(await read('/v1/careers/health-record-technician/schools'))
    expect(disclosure.text).toMatch(/not free|pay/i)
    expect(disclosure.text).toMatch(/tuition/i)
    expect(page).toContain(disclosure.text.slice(0, 40))
    expect(numbers).toMatchObject({ number: 1, pages: 2, next: 2 })
    expect(page).toMatch(/<span aria-current="page">1<\/span>.*>2<\/a>.*Next »/s)
  })

  it('gives each degree option programs with curriculum, prerequisites and aid', async () => {
    const { degreeOptions } = Object(career)
    for (const { schools } of degreeOptions) {
      const listing = Object(await read(schools))
      const { programId } = listing.schools[0].programs[0]
      const program = Object(await read(`/v1/programs/${programId}`))
      for (const field of ['curriculum', 'prerequisites', 'financialAid', 'url'])
        expect(program[field]).toMatch(/\w{4}/)
      const response = await fetch(`${host.urls.landing}/programs/${programId}`)
      const html = await response.text()
      expect(response.status).toBe(200)
      for (const heading of ['What you learn', 'What you need to apply', 'Financial aid', 'Accreditation'])
        expect(html).toContain(`${heading}</h`)
      expect(html).toMatch(/Next start dates<\/dt><dd>January 11, 2027/)
    }
  })
})

function statement(statement: string, field: string, api: RegExp, page?: RegExp): Statement {
  return { statement, field, api, ...(page && { page }) }
}
