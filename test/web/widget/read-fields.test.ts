import { describe, expect, it } from 'vitest'
import { leadRequest as leadSchema, matchRequest as matchSchema } from '#shared/contract/capture/capture.ts'
import {
  currentDisclosureVersion,
  getCurrentDisclosureTemplate,
  renderDisclosureText,
} from '#shared/domain/capture/disclosure.ts'
import { question } from '#shared/domain/catalog/question.ts'
import { parseNumberText } from '#shared/domain/fields/number-text.ts'
import { assignFaults } from '#web/form/assign-faults.ts'
import { buildLeadRequest, buildMatchRequest } from '#web/form/build-requests.ts'
import { collectQuestions, listAskingSchools } from '#web/form/collect-questions.ts'
import { renderConsentText } from '#web/form/consent-text.ts'
import { contactFields, getContactStepFields, type Match, matchFields } from '#web/form/fields.ts'
import { collectFormValues, readFields } from '#web/form/read-fields.ts'
import { renderErrorSummary } from '#web/parts/form-parts.ts'
import { toHtml } from '#web/parts/to-html.ts'

const questions = collectQuestions(
  [
    { schoolId: 'oak', name: 'Oak College', programId: 'oak-1' },
    { schoolId: 'elm', name: 'Elm College', programId: 'elm-1' },
  ],
  [
    {
      programId: 'oak-1',
      questions: createQuestions({ id: 'gpa', kind: 'number', label: 'Your average?', min: 0, max: 4 }),
    },
    {
      programId: 'elm-1',
      questions: [
        ...createQuestions({ id: 'gpa', kind: 'number', label: 'Your average?', min: 0, max: 4 }),
        ...createQuestions({ id: 'credits', kind: 'yes-no', label: 'Any credits?' }),
        ...createQuestions({ id: 'why', kind: 'text', label: 'Why?', required: false }),
        ...createQuestions({
          id: 'days',
          kind: 'multi-choice',
          label: 'Which days?',
          required: false,
          options: days(),
        }),
      ],
    },
  ],
)
const match: Match = {
  matchId: 'token',
  schools: ['Oak', 'Elm', 'Fir'].map((tree) => ({
    schoolId: tree.toLowerCase(),
    name: `${tree} College`,
    consentName: `${tree} College, Inc.`,
    programId: `${tree.toLowerCase()}-1`,
    programName: 'Records',
  })),
  disclosure: { sha256: 'b'.repeat(64), template: getCurrentDisclosureTemplate() },
}
const agreedMatch = { ...match, consentSha256: 'a'.repeat(64) }
const formValues = {
  '/zip': ['78701'],
  '/education/highestLevel': ['ged'],
  '/startWindow': [''],
  '/answers/gpa': ['3.4'],
  '/answers/credits': ['false'],
  '/answers/days': ['mon', 'tue'],
  '/contact/firstName': [' Ada '],
  '/contact/lastName': ['Example'],
  '/contact/email': ['ada@mail.example'],
  '/contact/phone': ['(512) 789-1111'],
  '/schoolIds': ['oak'],
  '/consent/granted': ['true'],
}
const page = { url: 'https://careers.example/records' }

describe('requests of the form', () => {
  it('builds requests that fit the contract, with each value at its pointer', () => {
    const matchDraft = buildMatchRequest({ career: 'records', program: 'oak-1' }, questions, formValues, {
      utm: { source: 'news' },
      subIds: { gclid: 'g1' },
    })
    expect(matchDraft.faults).toEqual([])
    expect(matchSchema.parse(matchDraft.body)).toMatchObject({
      zip: '78701',
      utm: { source: 'news' },
      subIds: { gclid: 'g1' },
    })

    const leadDraft = buildLeadRequest(agreedMatch, questions, formValues, { page })
    expect(leadDraft.faults).toEqual([])
    expect(leadSchema.parse(leadDraft.body)).toEqual({
      matchId: 'token',
      schoolIds: ['oak'],
      contact: {
        firstName: 'Ada',
        lastName: 'Example',
        email: 'ada@mail.example',
        phone: '(512) 789-1111',
        zip: '78701',
      },
      education: { highestLevel: 'ged' },
      answers: { gpa: 3.4, credits: false, days: ['mon', 'tue'] },
      consent: { granted: true, sha256: 'a'.repeat(64) },
      page,
      test: false,
    })
  })

  it.each([
    ['with invisible marks around it', '\u202a3.4\u202c'],
    ['with a decimal comma', '3,4'],
    ['in full-width digits', '３.４'],
    ['in Arabic digits', '٣٫٤'],
    ['with a plus sign and zeros', '+3.400'],
  ])('reads a number %s', (_, typed) => {
    const { body, faults } = buildLeadRequest(
      agreedMatch,
      questions,
      { ...formValues, '/answers/gpa': [typed] },
      { page },
    )
    expect(faults).toEqual([])
    expect(body.answers).toMatchObject({ gpa: 3.4 })
  })

  it.each(['', 'none', '0x3', '3e0', '3 4', '3.4.1', '1,200', 'Infinity'])('reads no number from "%s"', (typed) => {
    expect(parseNumberText(typed)).toBeUndefined()
  })

  it('requires the answer to a question that several schools ask if one of them requires it', () => {
    const ask = (programId: string, fields: object) => ({
      programId,
      questions: createQuestions({ id: 'why', kind: 'text', label: 'Why?', ...fields }),
    })
    const schools = ['oak', 'elm'].map((id) => ({ schoolId: id, name: id, programId: id }))
    const forms = [ask('oak', { required: false }), ask('elm', {})]
    for (const order of [forms, forms.toReversed()])
      expect(collectQuestions(schools, order)).toMatchObject([{ required: true, help: 'Question from oak and elm' }])
  })

  it.each([
    ['ada', '512 78', ['/contact/email', '/contact/phone', '/consent/granted']],
    ['ada@mail.example', '(512) 789-1111', ['/consent/granted']],
    ['ada@[203.0.113.7]', '+45 33 12 34 56', ['/consent/granted']],
    ['ada@mail.example', '٥١٢٧٨٩١١١١', ['/consent/granted']],
    ['ada＠mail.example', '512-SUE-ADAM', ['/consent/granted']],
    ['ada＠', 'call me', ['/contact/email', '/contact/phone', '/consent/granted']],
  ])('faults %s and %s in the same round as the agreement, if neither can be meant', (email, phone, pointers) => {
    const contact = { '/contact/firstName': ['Ada'], '/contact/lastName': ['Example'], '/schoolIds': ['oak'] }
    const values = { ...contact, '/contact/email': [email], '/contact/phone': [phone] }
    const { faults } = readFields(getContactStepFields(match), values)
    expect(faults.map(({ pointer }) => pointer)).toEqual(pointers)
  })

  it('faults a request without consent', () => {
    const { faults } = buildLeadRequest(agreedMatch, questions, { ...formValues, '/consent/granted': [] }, { page })
    expect(faults).toEqual([{ pointer: '/consent/granted', message: 'Check the box to agree.' }])
  })

  it('leaves out fields that the form does not have', () => {
    const values = collectFormValues([
      ['/zip', '78701'],
      ['/test', 'true'],
      ['/__proto__/polluted', 'yes'],
      ['__proto__', 'yes'],
    ])
    expect(readFields(matchFields, values).body).toEqual({ zip: '78701' })
    expect({}).not.toHaveProperty('polluted')
  })
})

describe('the consent text of the form', () => {
  it.each([
    [['oak'], ['Oak College, Inc.']],
    [
      ['fir', 'oak'],
      ['Oak College, Inc.', 'Fir College, Inc.'],
    ],
    [
      ['oak', 'elm', 'fir'],
      ['Oak College, Inc.', 'Elm College, Inc.', 'Fir College, Inc.'],
    ],
  ])('is that of the API for the checked schools %j, in the order of the match', (checkedIds, names) => {
    expect(renderConsentText(match, checkedIds)).toBe(renderDisclosureText(currentDisclosureVersion, names))
  })

  it('does not exist if no school is checked, or only one that the match does not have', () => {
    expect([renderConsentText(match, []), renderConsentText(match, ['ash'])]).toEqual([undefined, undefined])
  })
})

describe('errors of the form', () => {
  it.each([
    ['four', 'Enter a number from 0 to 4.'],
    ['4.5', 'Enter a number from 0 to 4.'],
    [' ', 'Please answer this question.'],
  ])('answers the value %j of a question for 0 to 4 with %j', (average, message) => {
    const { faults } = readFields(questions, { ...formValues, '/answers/gpa': [average] })
    expect(faults).toEqual([{ pointer: '/answers/gpa', message }])
  })

  it('shows the own sentence of each field, and repeats the question in the error summary', () => {
    const { faults } = readFields([...contactFields.slice(-1), ...questions.slice(0, 1)], {})
    const summary = toHtml(renderErrorSummary([...contactFields, ...questions], faults))
    expect(summary).toContain('>Enter your phone number.</a>')
    expect(summary).toContain('>Your average? Please answer this question.</a>')
  })

  it('has a plain sentence for each fault of every field and question', () => {
    const fields = [...matchFields, ...getContactStepFields(match), ...questions]
    for (const { errors } of fields)
      for (const sentence of Object.values(errors)) {
        expect(sentence).toMatch(/^[A-Z][^_{}|"]+$/)
        expect(sentence).not.toMatch(/^(Too |Invalid |Expected)|must be one of/)
      }
  })

  it('assigns each error of the API to its field with our sentence, and returns the rest', () => {
    const errors = [
      { pointer: '/contact/phone', code: 'invalid_phone' },
      { pointer: '/contact/phone', code: 'too_big' },
      { pointer: '/contact/email/0', code: 'constructor' },
      { pointer: '/matchId', code: 'too_small' },
    ]
    expect(assignFaults(contactFields, errors)).toEqual({
      faults: [
        { pointer: '/contact/phone', message: 'Enter a valid 10-digit phone number, like (512) 555-0123' },
        { pointer: '/contact/email', message: 'Enter a valid email address, like name@example.com' },
      ],
      unassigned: [{ pointer: '/matchId', code: 'too_small' }],
    })
  })
})

describe('questions of a match', () => {
  it('leave out only the schools that require an answer if a question is skipped', () => {
    const schools = ['oak', 'elm'].map((schoolId) => ({ schoolId, name: schoolId, programId: schoolId }))
    const forms = schools.map(({ programId }) => ({
      programId,
      questions: createQuestions({ id: 'why', kind: 'text', label: 'Why?', required: programId === 'elm' }),
    }))
    expect(listAskingSchools(schools, forms, '/answers/why').map(({ schoolId }) => schoolId)).toEqual(['elm'])
  })

  it('asks each question once and names the schools that ask', () => {
    expect(questions.map(({ pointer }) => pointer)).toEqual([
      '/answers/gpa',
      '/answers/credits',
      '/answers/why',
      '/answers/days',
    ])
    expect(questions[0]?.help).toBe('Question from Oak College and Elm College')
  })
})

function createQuestions(input: object) {
  return [question.parse(input)]
}

function days() {
  return ['mon', 'tue', 'wed'].map((value) => ({ value, label: value }))
}
