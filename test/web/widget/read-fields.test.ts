import { describe, expect, it } from 'vitest'
import { leadRequest as leadSchema, matchRequest as matchSchema } from '#shared/contract/capture/capture.ts'
import { question } from '#shared/domain/catalog/question.ts'
import { buildLeadRequest, buildMatchRequest } from '#web/form/build-requests.ts'
import { collectQuestions } from '#web/form/collect-questions.ts'
import { contactFields, type Match, matchFields } from '#web/form/fields.ts'
import { assignFaults, formatFault } from '#web/form/format-fault.ts'
import { collectFormValues, readFields } from '#web/form/read-fields.ts'

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
  schools: [{ schoolId: 'oak', name: 'Oak College', programId: 'oak-1', programName: 'Records' }],
  disclosure: { text: 'I agree.', sha256: 'a'.repeat(64) },
}
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

describe('what a form sends', () => {
  it('is what the contract takes, each value where its pointer says', () => {
    const matchDraft = buildMatchRequest({ career: 'records', program: 'oak-1' }, questions, formValues, {
      source: 'news',
    })
    expect(matchDraft.faults).toEqual([])
    expect(matchSchema.parse(matchDraft.body)).toMatchObject({ zip: '78701', utm: { source: 'news' } })

    const leadDraft = buildLeadRequest(match, questions, formValues, { page })
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

  it('never holds a consent that nobody gave', () => {
    const { faults } = buildLeadRequest(match, questions, { ...formValues, '/consent/granted': [] }, { page })
    expect(faults).toEqual([{ pointer: '/consent/granted', detail: 'is required' }])
  })

  it('holds no field that was not asked for', () => {
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

describe('what is wrong with a form', () => {
  it.each([
    ['four', 'must be a number from 0 up to 4'],
    ['4.5', 'must be a number from 0 up to 4'],
    [' ', 'is required'],
  ])('says of the average %j that it %s', (average, detail) => {
    const { faults } = readFields(questions, { ...formValues, '/answers/gpa': [average] })
    expect(faults).toEqual([{ pointer: '/answers/gpa', detail }])
  })

  it('names the field, and quotes a question', () => {
    const [phone] = contactFields.slice(-1)
    const [average] = questions
    expect(phone && formatFault(phone, { pointer: '', detail: 'is required' })).toBe('Phone number is required.')
    expect(average && formatFault(average, { pointer: '', detail: 'is required' })).toBe('“Your average?” is required.')
  })

  it('puts each error of the API to the field that it is of, and keeps the rest', () => {
    const errors = [
      { pointer: '/contact/phone', detail: 'must exist' },
      { pointer: '/contact/phone', detail: 'must exist, too' },
      { pointer: '/contact/email/0', detail: 'is strange' },
      { pointer: '/matchId', detail: 'is old' },
    ]
    expect(assignFaults(contactFields, errors)).toEqual({
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

function createQuestions(input: object) {
  return [question.parse(input)]
}

function days() {
  return ['mon', 'tue', 'wed'].map((value) => ({ value, label: value }))
}
