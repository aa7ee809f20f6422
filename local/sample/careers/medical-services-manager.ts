import type * as z from 'zod'
import type { career } from '#shared/domain/catalog/career.ts'
import { bls } from '../bls.ts'

export const medicalServicesManager: { id: string; body: z.input<typeof career> } = {
  id: 'medical-services-manager',
  body: {
    title: 'Medical Services Manager',
    summary:
      'Good care needs more than good doctors: someone has to see that there are enough hands on the ward, that the money lasts the year, and that the rules are kept. That someone is the medical services manager.',
    soc: ['11-9111'],
    aliases: ['Medical and Health Services Manager', 'Health Services Administrator', 'Health Care Manager'],
    facts: [
      {
        metric: 'degree-required',
        label: 'Degree required',
        value: 'Bachelor’s degree',
        statistic: 'typical requirement',
        ...bls.handbookOf2016,
      },
      {
        metric: 'key-responsibilities',
        label: 'Key responsibilities',
        value: 'Planning and directing the services, staff and budget of a health care facility',
        ...bls.classificationOf2018,
      },
      {
        metric: 'mean-annual-wage',
        label: 'Average salary',
        value: 106070,
        unit: 'USD',
        ...bls.wagesOfMay2015,
      },
    ],
    sections: [
      {
        id: 'what-is-it',
        heading: 'What does a medical services manager do?',
        body: 'Some managers run a whole nursing home or clinic; others lead one department of a large hospital, health records among them. Either way the task is to let the people who treat patients get on with it: fill the roster, settle the budget, buy the equipment, and know what the law requires before an inspector asks.',
      },
      {
        id: 'duties',
        heading: 'What does a typical day look like?',
        body: 'You talk with people a great deal. A morning may hold a meeting about next year’s budget, an interview with a nurse, and a family’s complaint that deserves a proper answer. You read numbers with care, because waiting times and readmissions tell you where patients are being let down. Illness keeps no office hours, so now and then neither will you.',
      },
      {
        id: 'education',
        heading: 'How do I prepare?',
        body: 'A bachelor’s degree, often in health administration or health information management, is the usual first step, and some go on to a master’s. Time spent in health care counts for a lot. Plenty of managers began at a records desk, at a front desk or at the bedside.',
      },
      {
        id: 'salary-and-outlook',
        heading: 'What does it pay?',
        body: 'In May 2015 the mean was $106,070 a year, according to the Bureau of Labor Statistics. That figure takes in heads of large hospitals as well as managers of small practices, and it is years old: use it to compare the occupations of its time, not to plan a household.',
      },
    ],
    education:
      'Plan on a bachelor’s degree in health administration or a related field; larger employers may like a master’s.',
    relatedCareers: [
      {
        slug: 'health-record-technician',
        reason: 'A way into the same buildings with a certificate or a two-year degree, and room to grow from there.',
      },
    ],
    degreeOptions: [
      { level: 'bachelor', label: 'Bachelor’s degree in health administration or health information management' },
      { level: 'master', label: 'Master’s degree in health administration' },
    ],
  },
}
