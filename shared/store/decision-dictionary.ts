const at = '2027-01-01T00:00:00.000Z'

const verdicts = [
  {
    campaignId: '',
    schoolId: '-university',
    selected: false,
    reason: 'CAMPAIGN_INACTIVE',
    detail: 'The campaign is paused.',
  },
  {
    campaignId: '',
    schoolId: '',
    selected: false,
    reason: 'EDUCATION_LEVEL',
    detail: '',
    also: ['CAP_DAY', 'CAP_MONTH'],
  },
  { campaignId: '', schoolId: '', selected: false, reason: 'STATE', detail: 'The program is not open to this state.' },
  {
    campaignId: '-online',
    schoolId: '-college',
    selected: false,
    reason: 'SCHOOL_NOT_NAMED_IN_CONSENT',
    detail: 'The visitor unchecked this school, so the consent text does not name it.',
    also: ['SCHOOL_NOT_NAMED_IN_CONSENT'],
  },
  {
    campaignId: '-online',
    schoolId: '-university',
    rank: 2,
    programId: '-certificate',
    selected: false,
    reason: 'OUTRANKED',
    detail: 'A campaign with a better rank got the lead.',
  },
  { campaignId: '-online', schoolId: '-college', rank: 1, programId: '-associate', selected: true, priceCents: 4500 },
]

const question = {
  id: 'gpa',
  label: 'What was your ',
  help: 'Your best estimate is fine.',
  required: true,
  rules: { field: 'answers.gpa', op: 'at-least', value: 3, reason: 'GPA', detail: 'This program requires a ' },
  kind: 'number',
  min: 0,
  max: 4,
}
const rules = {
  all: [
    { field: 'state', op: 'one-of', value: ['TX', 'CA', 'FL', 'NY'], reason: 'STATE' },
    {
      field: 'education.highestLevel',
      op: 'at-least',
      value: 'high-school-diploma',
      reason: 'EDUCATION_LEVEL',
      detail: '',
    },
  ],
}
const counters = [
  { period: 'day', unit: 'leads', name: 'leads-day' },
  { period: 'month', unit: 'leads', name: 'leads-month' },
]
const caps = [
  { period: 'day', limit: 40, unit: 'leads', onReached: 'skip' },
  { period: 'month', limit: 500, unit: 'leads', onReached: 'skip' },
]
const campaignTerms = {
  waitForCallingHours: false,
  priority: 200,
  weight: 1,
  sharing: 'exclusive',
  exclusiveMultiplier: 1,
  fallback: false,
  priceCents: 3800,
  sendIpAndUserAgent: false,
}
const paused = { status: 'paused', pausedBy: [{ by: 'staff', at }] }
const schoolTerms = {
  status: 'active',
  titleIv: true,
  caps: [],
  billing: 'invoice',
  deliveries: { atOnce: 10 },
  duplicates: { keys: 'any', windowDays: 30 },
}
const programPlace = { states: ['TX'], questions: [question], sponsored: true, rank: 100 }

const candidates = [
  {
    campaign: {
      schoolId: '',
      programIds: ['', ''],
      name: '',
      ...paused,
      rules,
      caps,
      ...campaignTerms,
      counters,
      id: '',
    },
    school: {
      name: ' University',
      timeZone: 'America/Denver America/Phoenix America/Los_Angeles',
      ...schoolTerms,
      id: '',
    },
    programs: [
      {
        schoolId: '-university',
        name: 'Bachelor of Science in Health Information Management',
        careerSlugs: ['-specialist', '-manager'],
        level: 'bachelor',
        modality: 'hybrid',
        ...programPlace,
        id: '-bachelor',
      },
    ],
  },
  {
    campaign: {
      schoolId: '-college',
      programIds: ['-associate'],
      name: 'Associate degree, nationwide',
      status: 'active',
      caps: [],
      ...campaignTerms,
      sharing: 'shared',
      id: '-nationwide',
    },
    school: {
      name: ' College',
      legalName: ' College, Inc.',
      timeZone: 'America/New_York',
      ...schoolTerms,
      id: '-college',
    },
    programs: [
      {
        schoolId: '-college',
        name: 'Associate of Applied Science in ',
        careerSlugs: ['health-record-technician', 'medical-coding-specialist'],
        level: 'associate',
        modality: 'campus',
        states: ['TX'],
        questions: [],
        sponsored: true,
        rank: 100,
        id: '-associate',
      },
    ],
  },
  {
    campaign: {
      schoolId: '-institute',
      programIds: ['-certificate'],
      name: 'Online certificate',
      status: 'active',
      caps: [],
      ...campaignTerms,
      sharing: 'shared',
      id: '-online',
    },
    school: {
      name: ' Institute',
      legalName: ' Institute, LLC',
      timeZone: 'America/Chicago',
      ...schoolTerms,
      id: '-institute',
    },
    programs: [
      {
        schoolId: '-institute',
        name: 'Online Certificate in Medical Coding',
        careerSlugs: ['health-record-technician'],
        level: 'certificate',
        modality: 'online',
        questions: [],
        sponsored: true,
        rank: 100,
        id: '-certificate',
      },
    ],
  },
]

const inputs = {
  stage: 'lead',
  namedSchoolIds: ['-college', '-university'],
  legalNames: { '-college': ' College, Inc.', '-institute': ' Institute, LLC' },
  naming: { uncheckedSchoolIds: ['-university'] },
  suppressed: false,
  suppressedSchoolIds: [],
  rejectedBy: [],
  duplicateSchoolIds: [],
  duplicateOfSource: false,
  method: 'priority',
  maxSales: 5,
  soldTo: 0,
  seed: 'lead_',
  test: false,
  profile: {
    education: { highestLevel: 'high-school-diploma some-college associate bachelor ged' },
    careerSlug: 'health-record-technician',
    zip: '7',
    state: 'TX',
    sourceId: '',
    at,
  },
  matchRefusals: { '-online': 'OUTRANKED', '': 'CAMPAIGN_INACTIVE' },
  candidates,
  counters: { 'campaigns#': { [`leads-day#${at}`]: 0, [`leads-month#${at}`]: 0 } },
}

/**
 * What verdicts and inputs of most decisions have in common, the most frequent last. Stored rows can be read with these bytes only, so they never change.
 */
export const decisionDictionary = Buffer.from(JSON.stringify({ verdicts, inputs }))
