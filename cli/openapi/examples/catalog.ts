import { fullSampleLead } from '#shared/domain/delivery/sample-event.ts'
import type { OperationExamples } from './operation-examples.ts'
import { lastPage } from './people.ts'

const { school, program } = fullSampleLead.data
const summary = {
  slug: 'health-record-technician',
  title: 'Health Record Technician',
  summary: 'Makes sure that patient records are complete, coded and private.',
}
const source = { name: 'U.S. Bureau of Labor Statistics', url: 'https://www.bls.gov/oes/tables.htm' }
const programOffered = {
  programId: program.id,
  schoolId: school.id,
  schoolName: school.name,
  name: program.name,
  level: program.level,
  modality: program.modality,
  careerSlugs: [summary.slug],
  states: ['TX', 'OK'],
  sponsored: true,
  tuition: {
    cents: 1_452_000,
    per: 'program',
    asOf: '2026-08-01T00:00:00.000Z',
    source: { name: 'Catalog 2026-27', url: 'https://tall-grass.example/catalog' },
  },
  curriculum: 'You study:\n\n- medical terminology\n- coding of diagnoses and procedures',
  prerequisites: 'A high school diploma or GED.',
  financialAid: 'Students can apply for federal aid with the **FAFSA**.',
  startDates: ['2027-01-11', '2027-08-23'],
  url: 'https://tall-grass.example/hit',
  contentSource: { name: 'Catalog 2026-27', asOf: '2026-08-01T00:00:00.000Z' },
  school: {
    url: 'https://tall-grass.example/',
    accreditation: [{ name: 'Higher Learning Commission', url: 'https://www.hlcommission.org/' }],
  },
}

export const catalog: OperationExamples = {
  compareCareers: {
    200: {
      careers: [summary],
      metrics: [
        {
          metric: 'mean-annual-wage',
          facts: [
            {
              metric: 'mean-annual-wage',
              label: 'Mean annual wage',
              value: 55120,
              unit: 'USD',
              statistic: 'mean',
              period: 'May 2024',
              geography: 'United States',
              source,
              asOf: '2025-04-01T00:00:00.000Z',
              expiresAt: '2026-04-01T00:00:00.000Z',
            },
          ],
        },
      ],
    },
  },
  listStates: {
    200: {
      slug: summary.slug,
      period: 'May 2024',
      source,
      expiresAt: '2026-04-01T00:00:00.000Z',
      states: [{ state: 'TX', name: 'Texas', medianAnnualWage: 48210, employment: 15230 }],
    },
  },
  listCareers: { 200: { careers: [summary], page: lastPage } },
  readCareer: {
    200: {
      ...summary,
      soc: ['29-2072'],
      aliases: ['Medical records specialist'],
      facts: [
        {
          metric: 'mean-annual-wage',
          label: 'Average annual wage',
          value: 40430,
          unit: 'USD',
          statistic: 'mean',
          period: 'May 2015',
          geography: 'United States',
          source,
          asOf: '2016-03-30T00:00:00.000Z',
          expiresAt: '2017-03-31T00:00:00.000Z',
          footnote: 1,
          stale: true,
        },
      ],
      sections: [
        { id: 'duties', heading: 'What they do', body: 'They review records and assign codes to each visit.' },
      ],
      relatedCareers: [
        {
          slug: 'cancer-registrar',
          title: 'Cancer Registrar',
          reason: 'Works with the same records, for cancer patients.',
        },
      ],
      subject: 'Electronic Medical Records',
      relatedArticles: [{ title: 'How records are coded', url: 'https://careers.example/coding' }],
      degreeOptions: [
        {
          position: 1,
          level: 'associate',
          label: 'Associate degree',
          programCount: 3,
          schools: '/v1/careers/health-record-technician/schools?level=associate',
        },
      ],
      attributions: [{ footnote: 1, ...source }],
    },
  },
  listSchools: {
    200: {
      disclosure: { text: 'Schools pay to be listed here.', version: '2026-11-01' },
      rankingBasis: 'By price per lead, highest first.',
      schools: [
        {
          position: 1,
          schoolId: school.id,
          name: school.name,
          sponsored: true,
          placementBasis: 'Sponsored: this school pays to be listed.',
          programCount: 1,
          programs: [{ programId: program.id, name: program.name, level: program.level, modality: program.modality }],
          links: { programs: [`/v1/programs/${program.id}`], rel: 'sponsored nofollow' },
        },
      ],
      page: { number: 1, size: 10, total: 1, pages: 1, next: null, previous: null },
    },
  },
  readJsonld: {
    200: {
      '@context': 'https://schema.org',
      '@graph': [{ '@type': 'Occupation', name: summary.title, description: summary.summary }],
    },
  },
  readProgram: { 200: programOffered },
  readForm: {
    200: {
      programId: program.id,
      schoolId: school.id,
      questions: [
        { id: 'gpa', kind: 'number', label: 'What is your grade point average?', required: true, min: 0, max: 5 },
      ],
    },
  },
  readIndex: { 200: { name: 'Prospectus', links: { docs: '/docs', openapi: '/openapi.json' } } },
  readOpenapi: { 200: { openapi: '3.1.1', info: { title: 'Prospectus', version: '0.1.0' }, paths: {} } },
  readDocs: { 200: '<!doctype html>\n<html lang="en">...</html>\n' },
  readDocsSection: { 200: '<!doctype html>\n<html lang="en">...</html>\n' },
  readHealth: { 200: { status: 'ok' } },
  readReadiness: { 200: { status: 'ok' } },
}
