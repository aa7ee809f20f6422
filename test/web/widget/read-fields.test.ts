import { describe, expect, it } from 'vitest'
import { leadRequest as leadSchema, matchRequest as matchSchema } from '#shared/contract/capture/capture.ts'
import { question } from '#shared/domain/catalog/question.ts'
import { contactFields, type Match, matchFields } from '#web/form/fields.ts'
import { questionsOf } from '#web/form/questions-of.ts'
import { readFields, valuesOf } from '#web/form/read-fields.ts'
import { leadRequest, matchRequest } from '#web/form/requests.ts'
import { faultsOf, tellFault } from '#web/form/tell-faults.ts'

const questions = questionsOf(
  [
    { schoolId: 'oak', name: 'Oak College', programId: 'oak-1' },
    { schoolId: 'elm', name: 'Elm College', programId: 'elm-1' },
  ],
  [
    { programId: 'oak-1', questions: asked({ id: 'gpa', kind: 'number', label: 'Your average?', min: 0, max: 4 }) },
    {
      programId: 'elm-1',
      questions: [
        ...asked({ id: 'gpa', kind: 'number', label: 'Your average?', min: 0, max: 4 }),
        ...asked({ id: 'credits', kind: 'yes-no', label: 'Any credits?' }),
        ...asked({ id: 'why', kind: 'text', label: 'Why?', required: false }),
        ...asked({ id: 'days', kind: 'multi-choice', label: 'Which days?', required: false, options: days() }),
      ],
    },
  ],
)
const match: Match = {
  matchId: 'token',
  schools: [{ schoolId: 'oak', name: 'Oak College', programId: 'oak-1', programName: 'Records' }],
  disclosure: { text: 'I agree.', sha256: 'a'.repeat(64) },
}
const filled = {
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

describe('what a form sends', () => {
  it('is what the contract takes, each value where its pointer says', () => {
    const asked = matchRequest({ career: 'records', program: 'oak-1' }, questions, filled, { source: 'news' })
    expect(asked.faults).toEqual([])
    expect(matchSchema.parse(asked.body)).toMatchObject({ zip: '78701', utm: { source: 'news' } })

    const sent = leadRequest(match, questions, filled, { page })
    expect(sent.faults).toEqual([])
    expect(leadSchema.parse(sent.body)).toEqual({
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

  it('never holds a consent that nobody gave', () => {
    const { faults } = leadRequest(match, questions, { ...filled, '/consent/granted': [] }, { page })
    expect(faults).toEqual([{ pointer: '/consent/granted', detail: 'is required' }])
  })

  it('holds no field that was not asked for', () => {
    const values = valuesOf([
      ['/zip', '78701'],
      ['/test', 'true'],
      ['/__proto__/polluted', 'yes'],
      ['__proto__', 'yes'],
    ])
    expect(readFields(matchFields, values).body).toEqual({ zip: '78701' })
    expect({}).not.toHaveProperty('polluted')
  })
})

describe('what is wrong with a form', () => {
  it.each([
    ['four', 'must be a number from 0 up to 4'],
    ['4.5', 'must be a number from 0 up to 4'],
    [' ', 'is required'],
  ])('says of the average %j that it %s', (given, detail) => {
    const { faults } = readFields(questions, { ...filled, '/answers/gpa': [given] })
    expect(faults).toEqual([{ pointer: '/answers/gpa', detail }])
  })

  it('names the field, and quotes a question', () => {
    const [phone] = contactFields.slice(-1)
    const [average] = questions
    expect(phone && tellFault(phone, { pointer: '', detail: 'is required' })).toBe('Phone number is required.')
    expect(average && tellFault(average, { pointer: '', detail: 'is required' })).toBe('“Your average?” is required.')
  })

  it('puts each error of the API to the field that it is of, and keeps the rest', () => {
    const sent = [
      { pointer: '/contact/phone', detail: 'must exist' },
      { pointer: '/contact/phone', detail: 'must exist, too' },
      { pointer: '/contact/email/0', detail: 'is strange' },
      { pointer: '/matchId', detail: 'is old' },
    ]
    expect(faultsOf(contactFields, sent)).toEqual({
      faults: [
        { pointer: '/contact/phone', detail: 'must exist' },
        { pointer: '/contact/email', detail: 'is strange' },
      ],
      elsewhere: [{ pointer: '/matchId', detail: 'is old' }],
    })
  })
})

describe('the questions of a match', () => {
  it('are asked once each, and say who asks', () => {
    expect(questions.map(({ pointer }) => pointer)).toEqual([
      '/answers/gpa',
      '/answers/credits',
      '/answers/why',
      '/answers/days',
    ])
    expect(questions[0]?.help).toBe('Asked by Oak College and Elm College.')
  })
})

function asked(given: object) {
  return [question.parse(given)]
}

function days() {
  return ['mon', 'tue', 'wed'].map((value) => ({ value, label: value }))
}
